-- Mail that waits to go out, was sent, or was given up. No evidence: what the record says stands elsewhere.

CREATE TABLE aux_outbox (
    id INTEGER NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    incident_id INTEGER NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    share_id INTEGER REFERENCES shares (id) DEFERRABLE INITIALLY DEFERRED,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    queued_at INTEGER NOT NULL,
    queued_by INTEGER REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    attempts INTEGER NOT NULL,
    next_at INTEGER,
    claimed_until INTEGER,
    sent_at INTEGER,
    trouble TEXT,
    trouble_words TEXT
) STRICT;
CREATE INDEX aux_outbox_incident ON aux_outbox (incident_id);
CREATE INDEX aux_outbox_next ON aux_outbox (next_at);
