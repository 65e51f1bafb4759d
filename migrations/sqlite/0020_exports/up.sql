-- Exports that take longer than one waits for a page: each for whoever asked for it, made by a job, gone after a day. The file itself
-- stands under exports/ beside the database. asked_at, held_until, made_at: microseconds; done, whole: units of work; size: bytes.
CREATE TABLE aux_exports (
    id INTEGER NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    incident_id INTEGER NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    person_id INTEGER NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    export_form TEXT NOT NULL,
    audience TEXT NOT NULL,
    locale TEXT NOT NULL,
    site TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    held_until INTEGER,
    stage TEXT NOT NULL,
    done INTEGER NOT NULL,
    whole INTEGER NOT NULL,
    made_at INTEGER,
    size INTEGER NOT NULL,
    trouble TEXT,
    about TEXT NOT NULL
) STRICT;
CREATE INDEX aux_exports_person ON aux_exports (person_id, incident_id);
CREATE INDEX aux_exports_asked_at ON aux_exports (asked_at);
