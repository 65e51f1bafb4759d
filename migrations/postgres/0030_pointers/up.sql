-- A correction writes an entry's statements anew, and each time it is looked whether anything points to those that go. How often a share
-- was opened is counted by the share.
CREATE INDEX asks_answered_by ON asks (answered_by);
CREATE INDEX contradictions_statement ON contradictions (statement_id);
CREATE INDEX reply_acts_statement ON reply_acts (statement_id);
CREATE INDEX share_openings_share ON share_openings (share_id);
