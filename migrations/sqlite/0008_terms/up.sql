-- Terms: clauses and agreements in a form that can be computed, and what they are held against.
-- term, calendar: JSON as `domain::term` and `domain::calendar` write it. looked_for: forms of notice, a blank between them.

ALTER TABLE clauses ADD COLUMN term TEXT;
ALTER TABLE agreements ADD COLUMN term TEXT;
ALTER TABLE contracts ADD COLUMN calendar TEXT;
ALTER TABLE entries ADD COLUMN looked_for TEXT;
-- about: the question of a verdict that the ask was made of.
ALTER TABLE asks ADD COLUMN about TEXT;
ALTER TABLE incidents ADD COLUMN total TEXT;
ALTER TABLE incidents ADD COLUMN fault TEXT;

-- What each clause came to, and on which facts. facts: JSON; because: which of them made it so.
CREATE TABLE verdicts (
    id INTEGER NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    incident_id INTEGER NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    clause_id INTEGER REFERENCES clauses (id) DEFERRABLE INITIALLY DEFERRED,
    agreement_id INTEGER REFERENCES agreements (id) DEFERRABLE INITIALLY DEFERRED,
    change_id INTEGER REFERENCES changes (id) DEFERRABLE INITIALLY DEFERRED,
    finding TEXT NOT NULL,
    of_clause TEXT NOT NULL,
    of_agreement TEXT,
    found_at INTEGER NOT NULL,
    facts TEXT NOT NULL,
    because TEXT NOT NULL
) STRICT;
CREATE INDEX verdicts_incident ON verdicts (incident_id);

-- The incidents whose verdicts are to be computed again.
CREATE TABLE aux_recomputations (
    incident_id INTEGER NOT NULL PRIMARY KEY REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    queued_at INTEGER NOT NULL
) STRICT;
