-- A second step of the login: one secret of RFC 6238 for a person, sealed under the key of the data folder. It counts once a code of it
-- was confirmed. last_step: of which stretch of 30 seconds a code was accepted last; made_at, confirmed_at: microseconds.
CREATE TABLE aux_second_factors (
    person_id BIGINT NOT NULL PRIMARY KEY REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    sealed TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    last_step BIGINT NOT NULL
);

-- Codes for whoever has lost the second step: each is good once. code_hash: SHA-256.
CREATE TABLE aux_recovery_codes (
    code_hash TEXT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX aux_recovery_codes_person ON aux_recovery_codes (person_id);

-- What a person may do once with a token: type the code of a second step, or choose a new password. token_hash: SHA-256.
CREATE TABLE aux_tickets (
    token_hash TEXT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE INDEX aux_tickets_person ON aux_tickets (person_id);
CREATE INDEX aux_tickets_made_at ON aux_tickets (made_at);

-- What happened to accounts. person_id: none where nobody has the login that was typed. by_id: who did it to somebody else.
CREATE TABLE aux_security_events (
    id BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    person_id BIGINT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    by_id BIGINT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    address TEXT NOT NULL,
    agent TEXT NOT NULL
);
CREATE INDEX aux_security_events_person ON aux_security_events (person_id, id);
CREATE INDEX aux_security_events_at ON aux_security_events (at);

-- Where a session was begun, and by which browser, in its own words.
ALTER TABLE aux_sessions ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE aux_sessions ADD COLUMN agent TEXT NOT NULL DEFAULT '';
