-- Incidents, and everything on and beside their timelines.
-- Rows with a position are parts of the row they refer to, in that order from 0, and are written and revised with it.
-- A moment is four columns: x_from, x_to, x_words, x_zone. What may point to several kinds of things is two: x_kind, x_id.

CREATE TABLE incidents (
    id INTEGER NOT NULL PRIMARY KEY,
    year INTEGER NOT NULL,
    count INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    title_outward TEXT NOT NULL,
    provider_id INTEGER NOT NULL REFERENCES providers (id) DEFERRABLE INITIALLY DEFERRED,
    severity TEXT NOT NULL,
    what TEXT NOT NULL,
    affected TEXT NOT NULL,
    cause TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX incidents_number ON incidents (year, count);
CREATE INDEX incidents_provider ON incidents (provider_id);

CREATE TABLE incident_times (
    incident_id INTEGER NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    which TEXT NOT NULL,
    at_from INTEGER NOT NULL,
    at_to INTEGER NOT NULL,
    at_words TEXT,
    at_zone TEXT NOT NULL,
    by_id INTEGER REFERENCES providers (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (incident_id, position)
) STRICT;
CREATE UNIQUE INDEX incident_times_which ON incident_times (incident_id, which);

CREATE TABLE incident_parties (
    incident_id INTEGER NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    provider_id INTEGER NOT NULL REFERENCES providers (id) DEFERRABLE INITIALLY DEFERRED,
    role TEXT NOT NULL,
    sign TEXT NOT NULL,
    PRIMARY KEY (incident_id, position)
) STRICT;
CREATE INDEX incident_parties_provider ON incident_parties (provider_id);

CREATE TABLE incident_contracts (
    incident_id INTEGER NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    contract_id INTEGER NOT NULL REFERENCES contracts (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (incident_id, position)
) STRICT;
CREATE INDEX incident_contracts_contract ON incident_contracts (contract_id);

-- Where an incident has rows here, only these people and admins may know of it.
CREATE TABLE incident_people (
    incident_id INTEGER NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    person_id INTEGER NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (incident_id, position)
) STRICT;

CREATE TABLE changes (
    id INTEGER NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    incident_id INTEGER NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    provider_id INTEGER NOT NULL REFERENCES providers (id) DEFERRABLE INITIALLY DEFERRED,
    what TEXT NOT NULL,
    effective_from INTEGER,
    effective_to INTEGER,
    effective_words TEXT,
    effective_zone TEXT,
    visibility TEXT NOT NULL,
    struck_at INTEGER,
    struck_reason TEXT
) STRICT;
CREATE INDEX changes_incident ON changes (incident_id);

CREATE TABLE entries (
    id INTEGER NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    incident_id INTEGER NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL,
    occurred_from INTEGER NOT NULL,
    occurred_to INTEGER NOT NULL,
    occurred_words TEXT,
    occurred_zone TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    author_id INTEGER REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    provider_id INTEGER REFERENCES providers (id) DEFERRABLE INITIALLY DEFERRED,
    contact_id INTEGER REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    place TEXT NOT NULL,
    change_id INTEGER REFERENCES changes (id) DEFERRABLE INITIALLY DEFERRED,
    visibility TEXT NOT NULL,
    struck_at INTEGER,
    struck_reason TEXT
) STRICT;
CREATE INDEX entries_timeline ON entries (incident_id, occurred_from, recorded_at, id);

CREATE TABLE calls (
    entry_id INTEGER NOT NULL PRIMARY KEY REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
    direction TEXT NOT NULL,
    with_whom TEXT NOT NULL,
    number TEXT NOT NULL,
    dialled INTEGER NOT NULL,
    answered INTEGER,
    ended INTEGER,
    outcome TEXT NOT NULL
) STRICT;

CREATE TABLE call_legs (
    entry_id INTEGER NOT NULL REFERENCES calls (entry_id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    contact_id INTEGER REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED,
    who TEXT NOT NULL,
    from_at INTEGER,
    to_at INTEGER,
    -- Whether the whole story was told to them from the start.
    told TEXT NOT NULL,
    told_from INTEGER,
    told_to INTEGER,
    PRIMARY KEY (entry_id, position)
) STRICT;

CREATE TABLE call_waits (
    entry_id INTEGER NOT NULL REFERENCES calls (entry_id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    why TEXT NOT NULL,
    from_at INTEGER NOT NULL,
    to_at INTEGER NOT NULL,
    PRIMARY KEY (entry_id, position)
) STRICT;

CREATE TABLE statements (
    id INTEGER NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    entry_id INTEGER NOT NULL REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    -- The speaker: theirs (a company, perhaps a contact, who as told) or ours (perhaps a person).
    side TEXT NOT NULL,
    provider_id INTEGER REFERENCES providers (id) DEFERRABLE INITIALLY DEFERRED,
    contact_id INTEGER REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED,
    who TEXT,
    person_id INTEGER REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    words TEXT NOT NULL,
    verbatim TEXT NOT NULL,
    said_at INTEGER,
    standing TEXT NOT NULL,
    change_id INTEGER REFERENCES changes (id) DEFERRABLE INITIALLY DEFERRED,
    visibility TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX statements_entry ON statements (entry_id, position);

CREATE TABLE statement_cites (
    statement_id INTEGER NOT NULL REFERENCES statements (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    cited_kind TEXT NOT NULL,
    cited_id INTEGER NOT NULL,
    PRIMARY KEY (statement_id, position)
) STRICT;

CREATE TABLE promises (
    id INTEGER NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    incident_id INTEGER NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    entry_id INTEGER NOT NULL REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
    statement_id INTEGER NOT NULL REFERENCES statements (id) DEFERRABLE INITIALLY DEFERRED,
    due_from INTEGER,
    due_to INTEGER,
    due_words TEXT,
    due_zone TEXT,
    due_by TEXT NOT NULL,
    due_reason TEXT NOT NULL,
    state TEXT NOT NULL,
    settled_from INTEGER,
    settled_to INTEGER,
    settled_words TEXT,
    settled_zone TEXT,
    settled_by INTEGER REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
    moved_to INTEGER REFERENCES promises (id) DEFERRABLE INITIALLY DEFERRED,
    struck_at INTEGER,
    struck_reason TEXT
) STRICT;
CREATE INDEX promises_incident ON promises (incident_id);
CREATE INDEX promises_statement ON promises (statement_id);
CREATE INDEX promises_due ON promises (state, due_to);

CREATE TABLE asks (
    id INTEGER NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    incident_id INTEGER NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    provider_id INTEGER NOT NULL REFERENCES providers (id) DEFERRABLE INITIALLY DEFERRED,
    words TEXT NOT NULL,
    answered_by INTEGER REFERENCES statements (id) DEFERRABLE INITIALLY DEFERRED,
    visibility TEXT NOT NULL,
    struck_at INTEGER,
    struck_reason TEXT
) STRICT;
CREATE INDEX asks_incident ON asks (incident_id);

CREATE TABLE ask_entries (
    ask_id INTEGER NOT NULL REFERENCES asks (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    entry_id INTEGER NOT NULL REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (ask_id, position)
) STRICT;
CREATE INDEX ask_entries_entry ON ask_entries (entry_id);

CREATE TABLE ruled_out (
    id INTEGER NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    incident_id INTEGER NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    why TEXT NOT NULL,
    visibility TEXT NOT NULL,
    struck_at INTEGER,
    struck_reason TEXT
) STRICT;
CREATE INDEX ruled_out_incident ON ruled_out (incident_id);

CREATE TABLE contradictions (
    id INTEGER NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    incident_id INTEGER NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    statement_id INTEGER NOT NULL REFERENCES statements (id) DEFERRABLE INITIALLY DEFERRED,
    against_kind TEXT NOT NULL,
    against_id INTEGER NOT NULL,
    note TEXT NOT NULL,
    visibility TEXT NOT NULL,
    struck_at INTEGER,
    struck_reason TEXT
) STRICT;
CREATE INDEX contradictions_incident ON contradictions (incident_id);

CREATE TABLE notices (
    id INTEGER NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    incident_id INTEGER NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    change_id INTEGER NOT NULL REFERENCES changes (id) DEFERRABLE INITIALLY DEFERRED,
    provider_id INTEGER NOT NULL REFERENCES providers (id) DEFERRABLE INITIALLY DEFERRED,
    form TEXT NOT NULL,
    sent_from INTEGER,
    sent_to INTEGER,
    sent_words TEXT,
    sent_zone TEXT,
    received_from INTEGER,
    received_to INTEGER,
    received_words TEXT,
    received_zone TEXT,
    address TEXT NOT NULL,
    to_registered TEXT,
    standing TEXT NOT NULL,
    entry_id INTEGER REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
    note TEXT NOT NULL,
    visibility TEXT NOT NULL,
    struck_at INTEGER,
    struck_reason TEXT
) STRICT;
CREATE INDEX notices_incident ON notices (incident_id);

CREATE TABLE attachments (
    id INTEGER NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    owner_kind TEXT NOT NULL,
    owner_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    visibility TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    added_by INTEGER REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    struck_at INTEGER,
    struck_reason TEXT
) STRICT;
CREATE INDEX attachments_owner ON attachments (owner_id, owner_kind);
CREATE INDEX attachments_sha256 ON attachments (sha256);
