-- What companies are shown by a link or by a number and a code.

CREATE TABLE shares (
    id INTEGER NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    incident_id INTEGER NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    provider_id INTEGER NOT NULL REFERENCES providers (id) DEFERRABLE INITIALLY DEFERRED,
    number TEXT NOT NULL UNIQUE,
    their_names TEXT NOT NULL,
    our_names TEXT NOT NULL,
    other_companies TEXT NOT NULL,
    call TEXT NOT NULL,
    note TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    made_by INTEGER REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    revoked_reason TEXT
) STRICT;
CREATE INDEX shares_incident ON shares (incident_id);

CREATE TABLE share_openings (
    id INTEGER NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    incident_id INTEGER NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    share_id INTEGER NOT NULL REFERENCES shares (id) DEFERRABLE INITIALLY DEFERRED,
    at INTEGER NOT NULL,
    way TEXT NOT NULL,
    name TEXT NOT NULL,
    department TEXT NOT NULL,
    address TEXT NOT NULL
) STRICT;
CREATE INDEX share_openings_incident ON share_openings (incident_id);

-- The secrets of a share. Who loses them makes another link; they are no evidence, and stand in no ledger.
-- token_hash: SHA-256 of the link's secret. code_hash: argon2id. sealed: both, encrypted under the key in the data folder.
-- wrong_numbers, wrong_links: wrong codes on the short page and at the link, since the last right one.
CREATE TABLE aux_share_secrets (
    share_id INTEGER NOT NULL PRIMARY KEY REFERENCES shares (id) DEFERRABLE INITIALLY DEFERRED,
    token_hash TEXT NOT NULL UNIQUE,
    code_hash TEXT NOT NULL,
    sealed TEXT NOT NULL,
    wrong_numbers INTEGER NOT NULL,
    wrong_links INTEGER NOT NULL
) STRICT;

-- Who has a share open: the browser holds a token, this its hash.
CREATE TABLE aux_share_readers (
    token_hash TEXT NOT NULL PRIMARY KEY,
    share_id INTEGER NOT NULL REFERENCES shares (id) DEFERRABLE INITIALLY DEFERRED,
    expires_at INTEGER NOT NULL
) STRICT;
