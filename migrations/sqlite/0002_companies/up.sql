-- Companies and their people, contracts, and what stands in and beside them.
-- Rows with a position are parts of the row they refer to, in that order from 0, and are written and revised with it.

CREATE TABLE providers (
    id INTEGER NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    name TEXT NOT NULL,
    trade TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE provider_numbers (
    provider_id INTEGER NOT NULL REFERENCES providers (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    written TEXT NOT NULL,
    digits TEXT NOT NULL,
    PRIMARY KEY (provider_id, position)
) STRICT;
CREATE INDEX provider_numbers_digits ON provider_numbers (digits);

CREATE TABLE contacts (
    id INTEGER NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    provider_id INTEGER NOT NULL REFERENCES providers (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT,
    department TEXT NOT NULL,
    role TEXT NOT NULL,
    email TEXT NOT NULL,
    note TEXT NOT NULL,
    merged_into INTEGER REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX contacts_provider ON contacts (provider_id);

CREATE TABLE contact_numbers (
    contact_id INTEGER NOT NULL REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    written TEXT NOT NULL,
    digits TEXT NOT NULL,
    PRIMARY KEY (contact_id, position)
) STRICT;
CREATE INDEX contact_numbers_digits ON contact_numbers (digits);

CREATE TABLE contracts (
    id INTEGER NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    provider_id INTEGER NOT NULL REFERENCES providers (id) DEFERRABLE INITIALLY DEFERRED,
    title TEXT NOT NULL,
    number TEXT NOT NULL,
    starts_on TEXT,
    ends_on TEXT,
    monthly_fee INTEGER,
    currency TEXT NOT NULL,
    zone TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX contracts_provider ON contracts (provider_id);

CREATE TABLE contract_addresses (
    contract_id INTEGER NOT NULL REFERENCES contracts (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    form TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (contract_id, position)
) STRICT;

CREATE TABLE clauses (
    id INTEGER NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    contract_id INTEGER NOT NULL REFERENCES contracts (id) DEFERRABLE INITIALLY DEFERRED,
    number TEXT NOT NULL,
    heading TEXT NOT NULL,
    quote TEXT NOT NULL,
    struck_at INTEGER,
    struck_reason TEXT
) STRICT;
CREATE INDEX clauses_contract ON clauses (contract_id);

CREATE TABLE agreements (
    id INTEGER NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    contract_id INTEGER NOT NULL REFERENCES contracts (id) DEFERRABLE INITIALLY DEFERRED,
    made_from INTEGER NOT NULL,
    made_to INTEGER NOT NULL,
    made_words TEXT,
    made_zone TEXT NOT NULL,
    made_with TEXT NOT NULL,
    contact_id INTEGER REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED,
    how TEXT NOT NULL,
    words TEXT NOT NULL,
    verbatim TEXT NOT NULL,
    evidence TEXT NOT NULL,
    standing TEXT NOT NULL,
    before_clause INTEGER REFERENCES clauses (id) DEFERRABLE INITIALLY DEFERRED,
    visibility TEXT NOT NULL,
    struck_at INTEGER,
    struck_reason TEXT
) STRICT;
CREATE INDEX agreements_contract ON agreements (contract_id);
