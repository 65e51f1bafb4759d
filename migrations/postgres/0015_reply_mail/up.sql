-- Since when somebody wants a mail at once when a company replies through a share; none where they do not. Deadlines are chosen
-- apart from that: a row may be of replies alone, with stopped_at.
ALTER TABLE aux_reminders ADD COLUMN replies_since BIGINT;

-- A mail that tells of a reply: the reply's entry, beside reminds, which says for whom it is. Its text is made when it is sent.
ALTER TABLE aux_outbox ADD COLUMN reply_id BIGINT REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED;
