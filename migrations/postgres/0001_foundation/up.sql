-- Every table is evidence unless it is named aux_…; see src/store/mod.rs.
-- Times are microseconds since 1970 UTC. Enumerations, zones and hashes are text with one spelling each.

CREATE TABLE house (
    id BIGINT NOT NULL PRIMARY KEY,
    revision BIGINT NOT NULL,
    company TEXT NOT NULL,
    locale TEXT NOT NULL,
    zone TEXT NOT NULL
);

CREATE TABLE people (
    id BIGINT NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision BIGINT NOT NULL,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    locale TEXT NOT NULL,
    zone TEXT NOT NULL,
    disabled_at BIGINT
);

CREATE TABLE ledger (
    chain TEXT NOT NULL,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    -- Both NULL once erased; the digest stays.
    payload TEXT,
    salt TEXT,
    payload_digest TEXT NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (chain, seq)
);
CREATE UNIQUE INDEX ledger_objects ON ledger (object_kind, object_id, revision);

CREATE TABLE ledger_heads (
    chain TEXT NOT NULL PRIMARY KEY,
    count BIGINT NOT NULL,
    head TEXT NOT NULL
);
INSERT INTO ledger_heads (chain, count, head)
VALUES ('house', 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- The one sequence for the keys of all evidence rows; a table of the same name in SQLite.
CREATE SEQUENCE aux_ids;

CREATE TABLE aux_counters (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);

CREATE TABLE aux_credentials (
    person_id BIGINT NOT NULL PRIMARY KEY REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    hash TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE TABLE aux_sessions (
    token_hash TEXT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    csrf TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX aux_sessions_person ON aux_sessions (person_id);
CREATE INDEX aux_sessions_expiry ON aux_sessions (expires_at);

CREATE TABLE aux_throttle (
    key TEXT NOT NULL PRIMARY KEY,
    count BIGINT NOT NULL,
    window_start BIGINT NOT NULL,
    locked_until BIGINT
);

CREATE TABLE aux_idempotency (
    person_id BIGINT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    key TEXT NOT NULL,
    form TEXT NOT NULL,
    result TEXT,
    at BIGINT NOT NULL,
    PRIMARY KEY (person_id, key)
);
CREATE INDEX aux_idempotency_age ON aux_idempotency (at);

CREATE TABLE aux_setup (
    token_hash TEXT NOT NULL PRIMARY KEY,
    created_at BIGINT NOT NULL
);
