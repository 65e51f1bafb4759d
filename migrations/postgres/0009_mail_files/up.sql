-- Mails that were sent in as files and wait, a day at most, until whoever sent them has looked them over. Their bytes stand
-- among the files, under sha256; the row goes when the mail is put on record, or is let go.
CREATE TABLE aux_mail_files (
    id BIGINT NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    incident_id BIGINT NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    person_id BIGINT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX aux_mail_files_at ON aux_mail_files (at);
CREATE INDEX aux_mail_files_sha256 ON aux_mail_files (sha256);
