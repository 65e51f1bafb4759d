-- What each incident adds to its company's record, as it was found last. Right while the incident does not wait in aux_recomputations.
CREATE TABLE aux_records (
    incident_id INTEGER NOT NULL PRIMARY KEY REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    share TEXT NOT NULL
) STRICT;

-- What stands on record already is found by the same job as what is written from now on.
INSERT INTO aux_recomputations (incident_id, queued_at) SELECT id, 0 FROM incidents WHERE 1 = 1 ON CONFLICT DO NOTHING;
