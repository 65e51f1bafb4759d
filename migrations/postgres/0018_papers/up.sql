-- Finals: papers that are frozen. as_of: microseconds; size: bytes; the bytes themselves stand under sha256 beside the files.
CREATE TABLE papers (
    id BIGINT NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision BIGINT NOT NULL,
    incident_id BIGINT NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    number BIGINT NOT NULL,
    paper_form TEXT NOT NULL,
    audience TEXT NOT NULL,
    locale TEXT NOT NULL,
    as_of BIGINT NOT NULL,
    made_by BIGINT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    head_count BIGINT NOT NULL,
    head_hash TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size BIGINT NOT NULL,
    note TEXT NOT NULL,
    struck_at BIGINT,
    struck_reason TEXT
);
CREATE UNIQUE INDEX papers_number ON papers (incident_id, number);
CREATE INDEX papers_sha256 ON papers (sha256);
