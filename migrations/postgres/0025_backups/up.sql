-- Where this record is. A row says that nothing may be written here, and why not: it is being filled from elsewhere, or has moved away.
-- The table may be there already: what fills an empty place says so before anything else.
CREATE TABLE IF NOT EXISTS aux_place (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    state TEXT NOT NULL,
    other TEXT NOT NULL,
    at BIGINT NOT NULL
);

-- The backups that were made, or tried.
CREATE TABLE aux_backups (
    id BIGINT NOT NULL PRIMARY KEY,
    began_at BIGINT NOT NULL,
    held_until BIGINT,
    ended_at BIGINT,
    by_plan TEXT NOT NULL,
    file TEXT NOT NULL,
    with_key TEXT NOT NULL,
    size BIGINT,
    changes BIGINT,
    files BIGINT,
    trouble TEXT,
    gone_at BIGINT
);
CREATE INDEX aux_backups_by_end ON aux_backups (ended_at);
