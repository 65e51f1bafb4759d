-- Incidents, and everything on and beside their timelines.
-- Rows with a position are parts of the row they refer to, in that order from 0, and are written and revised with it.
-- A moment is four columns: x_from, x_to, x_words, x_zone. What may point to several kinds of things is two: x_kind, x_id.

CREATE TABLE incidents (
    id BIGINT NOT NULL PRIMARY KEY,
    year BIGINT NOT NULL,
    count BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    title_outward TEXT NOT NULL,
    provider_id BIGINT NOT NULL REFERENCES providers (id) DEFERRABLE INITIALLY DEFERRED,
    severity TEXT NOT NULL,
    what TEXT NOT NULL,
    affected TEXT NOT NULL,
    cause TEXT NOT NULL
);
CREATE UNIQUE INDEX incidents_number ON incidents (year, count);
CREATE INDEX incidents_provider ON incidents (provider_id);

CREATE TABLE incident_times (
    incident_id BIGINT NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    position BIGINT NOT NULL,
    which TEXT NOT NULL,
    at_from BIGINT NOT NULL,
    at_to BIGINT NOT NULL,
    at_words TEXT,
    at_zone TEXT NOT NULL,
    by_id BIGINT REFERENCES providers (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (incident_id, position)
);
CREATE UNIQUE INDEX incident_times_which ON incident_times (incident_id, which);

CREATE TABLE incident_parties (
    incident_id BIGINT NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    position BIGINT NOT NULL,
    provider_id BIGINT NOT NULL REFERENCES providers (id) DEFERRABLE INITIALLY DEFERRED,
    role TEXT NOT NULL,
    sign TEXT NOT NULL,
    PRIMARY KEY (incident_id, position)
);
CREATE INDEX incident_parties_provider ON incident_parties (provider_id);

CREATE TABLE incident_contracts (
    incident_id BIGINT NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    position BIGINT NOT NULL,
    contract_id BIGINT NOT NULL REFERENCES contracts (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (incident_id, position)
);
CREATE INDEX incident_contracts_contract ON incident_contracts (contract_id);

-- Where an incident has rows here, only these people and admins may know of it.
CREATE TABLE incident_people (
    incident_id BIGINT NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    position BIGINT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (incident_id, position)
);

CREATE TABLE changes (
    id BIGINT NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision BIGINT NOT NULL,
    incident_id BIGINT NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    provider_id BIGINT NOT NULL REFERENCES providers (id) DEFERRABLE INITIALLY DEFERRED,
    what TEXT NOT NULL,
    effective_from BIGINT,
    effective_to BIGINT,
    effective_words TEXT,
    effective_zone TEXT,
    visibility TEXT NOT NULL,
    struck_at BIGINT,
    struck_reason TEXT
);
CREATE INDEX changes_incident ON changes (incident_id);

CREATE TABLE entries (
    id BIGINT NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision BIGINT NOT NULL,
    incident_id BIGINT NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL,
    occurred_from BIGINT NOT NULL,
    occurred_to BIGINT NOT NULL,
    occurred_words TEXT,
    occurred_zone TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    author_id BIGINT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    provider_id BIGINT REFERENCES providers (id) DEFERRABLE INITIALLY DEFERRED,
    contact_id BIGINT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    place TEXT NOT NULL,
    change_id BIGINT REFERENCES changes (id) DEFERRABLE INITIALLY DEFERRED,
    visibility TEXT NOT NULL,
    struck_at BIGINT,
    struck_reason TEXT
);
CREATE INDEX entries_timeline ON entries (incident_id, occurred_from, recorded_at, id);

CREATE TABLE calls (
    entry_id BIGINT NOT NULL PRIMARY KEY REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
    direction TEXT NOT NULL,
    with_whom TEXT NOT NULL,
    number TEXT NOT NULL,
    dialled BIGINT NOT NULL,
    answered BIGINT,
    ended BIGINT,
    outcome TEXT NOT NULL
);

CREATE TABLE call_legs (
    entry_id BIGINT NOT NULL REFERENCES calls (entry_id) DEFERRABLE INITIALLY DEFERRED,
    position BIGINT NOT NULL,
    contact_id BIGINT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED,
    who TEXT NOT NULL,
    from_at BIGINT,
    to_at BIGINT,
    -- Whether the whole story was told to them from the start.
    told TEXT NOT NULL,
    told_from BIGINT,
    told_to BIGINT,
    PRIMARY KEY (entry_id, position)
);

CREATE TABLE call_waits (
    entry_id BIGINT NOT NULL REFERENCES calls (entry_id) DEFERRABLE INITIALLY DEFERRED,
    position BIGINT NOT NULL,
    why TEXT NOT NULL,
    from_at BIGINT NOT NULL,
    to_at BIGINT NOT NULL,
    PRIMARY KEY (entry_id, position)
);

CREATE TABLE statements (
    id BIGINT NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    entry_id BIGINT NOT NULL REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    -- The speaker: theirs (a company, perhaps a contact, who as told) or ours (perhaps a person).
    side TEXT NOT NULL,
    provider_id BIGINT REFERENCES providers (id) DEFERRABLE INITIALLY DEFERRED,
    contact_id BIGINT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED,
    who TEXT,
    person_id BIGINT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    words TEXT NOT NULL,
    verbatim TEXT NOT NULL,
    said_at BIGINT,
    standing TEXT NOT NULL,
    change_id BIGINT REFERENCES changes (id) DEFERRABLE INITIALLY DEFERRED,
    visibility TEXT NOT NULL
);
CREATE UNIQUE INDEX statements_entry ON statements (entry_id, position);

CREATE TABLE statement_cites (
    statement_id BIGINT NOT NULL REFERENCES statements (id) DEFERRABLE INITIALLY DEFERRED,
    position BIGINT NOT NULL,
    cited_kind TEXT NOT NULL,
    cited_id BIGINT NOT NULL,
    PRIMARY KEY (statement_id, position)
);

CREATE TABLE promises (
    id BIGINT NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision BIGINT NOT NULL,
    incident_id BIGINT NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    entry_id BIGINT NOT NULL REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
    statement_id BIGINT NOT NULL REFERENCES statements (id) DEFERRABLE INITIALLY DEFERRED,
    due_from BIGINT,
    due_to BIGINT,
    due_words TEXT,
    due_zone TEXT,
    due_by TEXT NOT NULL,
    due_reason TEXT NOT NULL,
    state TEXT NOT NULL,
    settled_from BIGINT,
    settled_to BIGINT,
    settled_words TEXT,
    settled_zone TEXT,
    settled_by BIGINT REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
    moved_to BIGINT REFERENCES promises (id) DEFERRABLE INITIALLY DEFERRED,
    struck_at BIGINT,
    struck_reason TEXT
);
CREATE INDEX promises_incident ON promises (incident_id);
CREATE INDEX promises_statement ON promises (statement_id);
CREATE INDEX promises_due ON promises (state, due_to);

CREATE TABLE asks (
    id BIGINT NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision BIGINT NOT NULL,
    incident_id BIGINT NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    provider_id BIGINT NOT NULL REFERENCES providers (id) DEFERRABLE INITIALLY DEFERRED,
    words TEXT NOT NULL,
    answered_by BIGINT REFERENCES statements (id) DEFERRABLE INITIALLY DEFERRED,
    visibility TEXT NOT NULL,
    struck_at BIGINT,
    struck_reason TEXT
);
CREATE INDEX asks_incident ON asks (incident_id);

CREATE TABLE ask_entries (
    ask_id BIGINT NOT NULL REFERENCES asks (id) DEFERRABLE INITIALLY DEFERRED,
    position BIGINT NOT NULL,
    entry_id BIGINT NOT NULL REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (ask_id, position)
);
CREATE INDEX ask_entries_entry ON ask_entries (entry_id);

CREATE TABLE ruled_out (
    id BIGINT NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision BIGINT NOT NULL,
    incident_id BIGINT NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    why TEXT NOT NULL,
    visibility TEXT NOT NULL,
    struck_at BIGINT,
    struck_reason TEXT
);
CREATE INDEX ruled_out_incident ON ruled_out (incident_id);

CREATE TABLE contradictions (
    id BIGINT NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision BIGINT NOT NULL,
    incident_id BIGINT NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    statement_id BIGINT NOT NULL REFERENCES statements (id) DEFERRABLE INITIALLY DEFERRED,
    against_kind TEXT NOT NULL,
    against_id BIGINT NOT NULL,
    note TEXT NOT NULL,
    visibility TEXT NOT NULL,
    struck_at BIGINT,
    struck_reason TEXT
);
CREATE INDEX contradictions_incident ON contradictions (incident_id);

CREATE TABLE notices (
    id BIGINT NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision BIGINT NOT NULL,
    incident_id BIGINT NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    change_id BIGINT NOT NULL REFERENCES changes (id) DEFERRABLE INITIALLY DEFERRED,
    provider_id BIGINT NOT NULL REFERENCES providers (id) DEFERRABLE INITIALLY DEFERRED,
    form TEXT NOT NULL,
    sent_from BIGINT,
    sent_to BIGINT,
    sent_words TEXT,
    sent_zone TEXT,
    received_from BIGINT,
    received_to BIGINT,
    received_words TEXT,
    received_zone TEXT,
    address TEXT NOT NULL,
    to_registered TEXT,
    standing TEXT NOT NULL,
    entry_id BIGINT REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
    note TEXT NOT NULL,
    visibility TEXT NOT NULL,
    struck_at BIGINT,
    struck_reason TEXT
);
CREATE INDEX notices_incident ON notices (incident_id);

CREATE TABLE attachments (
    id BIGINT NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision BIGINT NOT NULL,
    owner_kind TEXT NOT NULL,
    owner_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    visibility TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    added_by BIGINT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    struck_at BIGINT,
    struck_reason TEXT
);
CREATE INDEX attachments_owner ON attachments (owner_id, owner_kind);
CREATE INDEX attachments_sha256 ON attachments (sha256);
