-- Mail that waits to go out, was sent, or was given up. No evidence: what the record says stands elsewhere.

CREATE TABLE aux_outbox (
    id BIGINT NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    incident_id BIGINT NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    share_id BIGINT REFERENCES shares (id) DEFERRABLE INITIALLY DEFERRED,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    queued_at BIGINT NOT NULL,
    queued_by BIGINT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    attempts BIGINT NOT NULL,
    next_at BIGINT,
    claimed_until BIGINT,
    sent_at BIGINT,
    trouble TEXT,
    trouble_words TEXT
);
CREATE INDEX aux_outbox_incident ON aux_outbox (incident_id);
CREATE INDEX aux_outbox_next ON aux_outbox (next_at);
