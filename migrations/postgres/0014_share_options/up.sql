-- What a share shows, for whom, in which language, how often it may be opened, and whether it is paused.
-- without_files: yes where files are left out. left_out, let_in: keys of entries. locale: empty where its reader chooses.
ALTER TABLE shares ADD COLUMN without_files TEXT NOT NULL DEFAULT 'no';
ALTER TABLE shares ADD COLUMN left_out TEXT NOT NULL DEFAULT '';
ALTER TABLE shares ADD COLUMN let_in TEXT NOT NULL DEFAULT '';
ALTER TABLE shares ADD COLUMN contact_id BIGINT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE shares ADD COLUMN locale TEXT;
ALTER TABLE shares ADD COLUMN reach TEXT NOT NULL DEFAULT '';
ALTER TABLE shares ADD COLUMN holiday TEXT NOT NULL DEFAULT '';
ALTER TABLE shares ADD COLUMN most_openings BIGINT;
ALTER TABLE shares ADD COLUMN paused_at BIGINT;

-- Up to which change of the incident's ledger, and its fingerprint, somebody was shown the record; empty for the oldest openings.
ALTER TABLE share_openings ADD COLUMN version BIGINT;
ALTER TABLE share_openings ADD COLUMN fingerprint TEXT NOT NULL DEFAULT '';
