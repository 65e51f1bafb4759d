-- Seals over all heads that were made day by day, and whether they reached those who keep them elsewhere.
CREATE TABLE aux_seals (
    id BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    digest TEXT NOT NULL,
    seal TEXT NOT NULL,
    mail_id BIGINT,
    to_post TEXT NOT NULL,
    posted_at BIGINT,
    to_stamp TEXT NOT NULL,
    stamped_at BIGINT,
    stamp TEXT,
    attempts BIGINT NOT NULL,
    next_at BIGINT,
    claimed_until BIGINT,
    trouble TEXT,
    trouble_words TEXT
);
CREATE UNIQUE INDEX aux_seals_digest ON aux_seals (digest);
CREATE INDEX aux_seals_due ON aux_seals (next_at);
