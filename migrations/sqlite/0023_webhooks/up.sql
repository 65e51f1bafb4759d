-- Programs that are told what happens. sealed: the address and the secrets, under the data folder's key; host: the beginning of the
-- address, for showing; events: words with blanks between them; times in microseconds.
CREATE TABLE aux_webhooks (
    id INTEGER NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    shape TEXT NOT NULL,
    events TEXT NOT NULL,
    locale TEXT NOT NULL,
    host TEXT NOT NULL,
    site TEXT NOT NULL,
    sealed TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    paused TEXT,
    paused_at INTEGER
) STRICT;

-- What they are told: waits, has arrived, or was given up. event is missing where it is a trial; the text is made when it is sent.
CREATE TABLE aux_webhook_deliveries (
    id INTEGER NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    webhook_id INTEGER NOT NULL REFERENCES aux_webhooks (id) DEFERRABLE INITIALLY DEFERRED,
    event TEXT,
    incident_id INTEGER REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    object_kind TEXT,
    object_uid TEXT,
    by_id INTEGER REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    next_at INTEGER,
    claimed_until INTEGER,
    arrived_at INTEGER,
    status INTEGER,
    miss TEXT,
    miss_words TEXT
) STRICT;
CREATE INDEX aux_webhook_deliveries_webhook ON aux_webhook_deliveries (webhook_id, id);
CREATE INDEX aux_webhook_deliveries_next ON aux_webhook_deliveries (next_at);
CREATE INDEX aux_webhook_deliveries_incident ON aux_webhook_deliveries (incident_id);
