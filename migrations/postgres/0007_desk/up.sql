-- Calls while they happen. No evidence yet: what is tapped and typed at a desk becomes an entry when its author saves it.
-- state: running, over (waiting to be saved), saved or dropped; then its taps are gone.

CREATE TABLE aux_live_calls (
    id BIGINT NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    incident_id BIGINT NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    person_id BIGINT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    began_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    entry_id BIGINT REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX aux_live_calls_incident ON aux_live_calls (incident_id, state);
CREATE UNIQUE INDEX aux_live_calls_one ON aux_live_calls (incident_id, person_id) WHERE state = 'running';

-- In the order of their keys. tap: JSON, as the browser made it.
CREATE TABLE aux_live_taps (
    id BIGINT NOT NULL PRIMARY KEY,
    call_id BIGINT NOT NULL REFERENCES aux_live_calls (id) DEFERRABLE INITIALLY DEFERRED,
    uid TEXT NOT NULL,
    tap TEXT NOT NULL
);
CREATE UNIQUE INDEX aux_live_taps_once ON aux_live_taps (call_id, uid);
