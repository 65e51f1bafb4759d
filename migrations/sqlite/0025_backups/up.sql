-- Where this record is. A row says that nothing may be written here, and why not: it is being filled from elsewhere, or has moved away.
-- The table may be there already: what fills an empty place says so before anything else.
CREATE TABLE IF NOT EXISTS aux_place (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    state TEXT NOT NULL,
    other TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

-- The backups that were made, or tried.
CREATE TABLE aux_backups (
    id INTEGER NOT NULL PRIMARY KEY,
    began_at INTEGER NOT NULL,
    held_until INTEGER,
    ended_at INTEGER,
    by_plan TEXT NOT NULL,
    file TEXT NOT NULL,
    with_key TEXT NOT NULL,
    size INTEGER,
    changes INTEGER,
    files INTEGER,
    trouble TEXT,
    gone_at INTEGER
) STRICT;
CREATE INDEX aux_backups_by_end ON aux_backups (ended_at);
