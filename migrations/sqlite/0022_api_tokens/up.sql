-- What lets a machine in as one of our people. token_hash: SHA-256; scopes: words with blanks between them; times in microseconds.
CREATE TABLE aux_api_tokens (
    token_hash TEXT NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    person_id INTEGER NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    purpose TEXT NOT NULL,
    scopes TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
CREATE INDEX aux_api_tokens_person ON aux_api_tokens (person_id);
