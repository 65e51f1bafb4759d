-- Every table is evidence unless it is named aux_…; see src/store/mod.rs.
-- Times are microseconds since 1970 UTC. Enumerations, zones and hashes are text with one spelling each.

CREATE TABLE house (
    id INTEGER NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL,
    company TEXT NOT NULL,
    locale TEXT NOT NULL,
    zone TEXT NOT NULL
) STRICT;

CREATE TABLE people (
    id INTEGER NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    locale TEXT NOT NULL,
    zone TEXT NOT NULL,
    disabled_at INTEGER
) STRICT;

CREATE TABLE ledger (
    chain TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    -- Both NULL once erased; the digest stays.
    payload TEXT,
    salt TEXT,
    payload_digest TEXT NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (chain, seq)
) STRICT;
CREATE UNIQUE INDEX ledger_objects ON ledger (object_kind, object_id, revision);

CREATE TABLE ledger_heads (
    chain TEXT NOT NULL PRIMARY KEY,
    count INTEGER NOT NULL,
    head TEXT NOT NULL
) STRICT;
INSERT INTO ledger_heads (chain, count, head)
VALUES ('house', 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- The one sequence for the keys of all evidence rows.
CREATE TABLE aux_ids (
    name TEXT NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;
INSERT INTO aux_ids (name, last) VALUES ('evidence', 0);

CREATE TABLE aux_counters (
    name TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;

CREATE TABLE aux_credentials (
    person_id INTEGER NOT NULL PRIMARY KEY REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    hash TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE aux_sessions (
    token_hash TEXT NOT NULL PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    csrf TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX aux_sessions_person ON aux_sessions (person_id);
CREATE INDEX aux_sessions_expiry ON aux_sessions (expires_at);

CREATE TABLE aux_throttle (
    key TEXT NOT NULL PRIMARY KEY,
    count INTEGER NOT NULL,
    window_start INTEGER NOT NULL,
    locked_until INTEGER
) STRICT;

CREATE TABLE aux_idempotency (
    person_id INTEGER NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    key TEXT NOT NULL,
    form TEXT NOT NULL,
    result TEXT,
    at INTEGER NOT NULL,
    PRIMARY KEY (person_id, key)
) STRICT;
CREATE INDEX aux_idempotency_age ON aux_idempotency (at);

CREATE TABLE aux_setup (
    token_hash TEXT NOT NULL PRIMARY KEY,
    created_at INTEGER NOT NULL
) STRICT;
