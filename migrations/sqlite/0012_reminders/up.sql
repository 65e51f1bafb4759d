-- Who is reminded of deadlines by mail. at_minute: from which minute of their day on; site: under which address they reached us
-- when they chose it, for the links; looked_on: the last day for which it was decided, so that no day has two mails.
CREATE TABLE aux_reminders (
    person_id INTEGER NOT NULL PRIMARY KEY REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    address TEXT NOT NULL,
    at_minute INTEGER NOT NULL,
    site TEXT NOT NULL,
    chosen_at INTEGER NOT NULL,
    stopped_at INTEGER,
    looked_on TEXT
) STRICT;

-- A reminder is a mail about no incident: reminds says for whom it is. Its text is made when it is sent.
CREATE TABLE aux_outbox_new (
    id INTEGER NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    incident_id INTEGER REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
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
    trouble_words TEXT,
    reminds INTEGER REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
INSERT INTO aux_outbox_new (id, uid, incident_id, share_id, recipient, subject, body, queued_at, queued_by, attempts, next_at, claimed_until, sent_at, trouble, trouble_words)
    SELECT id, uid, incident_id, share_id, recipient, subject, body, queued_at, queued_by, attempts, next_at, claimed_until, sent_at, trouble, trouble_words FROM aux_outbox;
DROP TABLE aux_outbox;
ALTER TABLE aux_outbox_new RENAME TO aux_outbox;
CREATE INDEX aux_outbox_incident ON aux_outbox (incident_id);
CREATE INDEX aux_outbox_next ON aux_outbox (next_at);
CREATE INDEX aux_outbox_reminds ON aux_outbox (reminds);
