-- Calls while they happen. No evidence yet: what is tapped and typed at a desk becomes an entry when its author saves it.
-- state: running, over (waiting to be saved), saved or dropped; then its taps are gone.

CREATE TABLE aux_live_calls (
    id INTEGER NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    incident_id INTEGER NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    person_id INTEGER NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    began_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    entry_id INTEGER REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX aux_live_calls_incident ON aux_live_calls (incident_id, state);
CREATE UNIQUE INDEX aux_live_calls_one ON aux_live_calls (incident_id, person_id) WHERE state = 'running';

-- In the order of their keys. tap: JSON, as the browser made it.
CREATE TABLE aux_live_taps (
    id INTEGER NOT NULL PRIMARY KEY,
    call_id INTEGER NOT NULL REFERENCES aux_live_calls (id) DEFERRABLE INITIALLY DEFERRED,
    uid TEXT NOT NULL,
    tap TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX aux_live_taps_once ON aux_live_taps (call_id, uid);
