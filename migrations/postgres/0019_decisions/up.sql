-- A decision names the item of the agenda that it settles.
ALTER TABLE entries ADD COLUMN settles_id BIGINT REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX entries_settles ON entries (settles_id);
