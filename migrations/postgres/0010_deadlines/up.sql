-- Deadlines of open incidents, found again with their verdicts.
-- uid: the same for as long as the same clause or promise gives it. at_from, at_to: the last instant under the earliest and the latest
-- reading; counts_at: the one that counts. sequence: how often it was changed; gone_at: since when it is none any more.
-- only_for: the only one who may know of it.
CREATE TABLE aux_deadlines (
    uid TEXT NOT NULL PRIMARY KEY,
    incident_id BIGINT NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL,
    side TEXT NOT NULL,
    provider_id BIGINT NOT NULL REFERENCES providers (id) DEFERRABLE INITIALLY DEFERRED,
    about TEXT NOT NULL,
    counts_at BIGINT NOT NULL,
    at_from BIGINT NOT NULL,
    at_to BIGINT NOT NULL,
    at_words TEXT,
    at_zone TEXT NOT NULL,
    first_day TEXT,
    last_day TEXT,
    only_for BIGINT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    sequence BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    gone_at BIGINT
);
CREATE INDEX aux_deadlines_incident ON aux_deadlines (incident_id);
CREATE INDEX aux_deadlines_counts ON aux_deadlines (counts_at);

-- Addresses under which a person's calendar reads those deadlines. token_hash: SHA-256 of the secret in the address.
CREATE TABLE aux_calendar_feeds (
    token_hash TEXT NOT NULL PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX aux_calendar_feeds_person ON aux_calendar_feeds (person_id);

-- The deadlines of what is on record already.
INSERT INTO aux_recomputations (incident_id, queued_at) SELECT id, 0 FROM incidents WHERE true ON CONFLICT DO NOTHING;
