-- Seals over all heads that were made day by day, and whether they reached those who keep them elsewhere.
CREATE TABLE aux_seals (
    id INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    digest TEXT NOT NULL,
    seal TEXT NOT NULL,
    mail_id INTEGER,
    to_post TEXT NOT NULL,
    posted_at INTEGER,
    to_stamp TEXT NOT NULL,
    stamped_at INTEGER,
    stamp TEXT,
    attempts INTEGER NOT NULL,
    next_at INTEGER,
    claimed_until INTEGER,
    trouble TEXT,
    trouble_words TEXT
) STRICT;
CREATE UNIQUE INDEX aux_seals_digest ON aux_seals (digest);
CREATE INDEX aux_seals_due ON aux_seals (next_at);
