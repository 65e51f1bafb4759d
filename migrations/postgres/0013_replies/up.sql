-- What companies leave through shares. A reply is part of its entry: its words are the entry's statements.
-- formal: yes where they said that it is their company's formal answer. noted: since when one of us has looked at it, and who.
CREATE TABLE replies (
    entry_id BIGINT NOT NULL PRIMARY KEY REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
    share_id BIGINT NOT NULL REFERENCES shares (id) DEFERRABLE INITIALLY DEFERRED,
    opening_id BIGINT NOT NULL REFERENCES share_openings (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    department TEXT NOT NULL,
    formal TEXT NOT NULL,
    takes_over TEXT NOT NULL,
    phone TEXT NOT NULL,
    noted_at BIGINT,
    noted_by BIGINT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX replies_share ON replies (share_id);

-- What a reply says, one by one. about: a statement, an ask or an agreement.
CREATE TABLE reply_acts (
    entry_id BIGINT NOT NULL REFERENCES replies (entry_id) DEFERRABLE INITIALLY DEFERRED,
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    about_kind TEXT,
    about_id BIGINT,
    statement_id BIGINT REFERENCES statements (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (entry_id, position)
);

-- The reply in which an agreement was confirmed, once one of us has accepted that.
ALTER TABLE agreements ADD COLUMN confirmed_in BIGINT REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED;

-- yes: it came from outside, and none of us has looked at it yet.
ALTER TABLE attachments ADD COLUMN held TEXT NOT NULL DEFAULT 'no';

-- Who has a share open gave a name with one opening of it. Those who have one open now give the code once more.
DELETE FROM aux_share_readers;
ALTER TABLE aux_share_readers ADD COLUMN opening_id BIGINT REFERENCES share_openings (id) DEFERRABLE INITIALLY DEFERRED;

-- Under which key a reply's form came, so that one sent twice is one reply. result: its entry's uid.
CREATE TABLE aux_reply_keys (
    key TEXT NOT NULL PRIMARY KEY,
    result TEXT NOT NULL,
    at BIGINT NOT NULL
);
