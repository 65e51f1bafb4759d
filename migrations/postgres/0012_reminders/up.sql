-- Who is reminded of deadlines by mail. at_minute: from which minute of their day on; site: under which address they reached us
-- when they chose it, for the links; looked_on: the last day for which it was decided, so that no day has two mails.
CREATE TABLE aux_reminders (
    person_id BIGINT NOT NULL PRIMARY KEY REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    address TEXT NOT NULL,
    at_minute BIGINT NOT NULL,
    site TEXT NOT NULL,
    chosen_at BIGINT NOT NULL,
    stopped_at BIGINT,
    looked_on TEXT
);

-- A reminder is a mail about no incident: reminds says for whom it is. Its text is made when it is sent.
ALTER TABLE aux_outbox ALTER COLUMN incident_id DROP NOT NULL;
ALTER TABLE aux_outbox ADD COLUMN reminds BIGINT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX aux_outbox_reminds ON aux_outbox (reminds);
