-- Finals: papers that are frozen. as_of: microseconds; size: bytes; the bytes themselves stand under sha256 beside the files.
CREATE TABLE papers (
    id INTEGER NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    incident_id INTEGER NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL,
    paper_form TEXT NOT NULL,
    audience TEXT NOT NULL,
    locale TEXT NOT NULL,
    as_of INTEGER NOT NULL,
    made_by INTEGER REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    head_count INTEGER NOT NULL,
    head_hash TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    note TEXT NOT NULL,
    struck_at INTEGER,
    struck_reason TEXT
) STRICT;
CREATE UNIQUE INDEX papers_number ON papers (incident_id, number);
CREATE INDEX papers_sha256 ON papers (sha256);
