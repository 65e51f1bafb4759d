-- Exports that take longer than one waits for a page: each for whoever asked for it, made by a job, gone after a day. The file itself
-- stands under exports/ beside the database. asked_at, held_until, made_at: microseconds; done, whole: units of work; size: bytes.
CREATE TABLE aux_exports (
    id BIGINT NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    incident_id BIGINT NOT NULL REFERENCES incidents (id) DEFERRABLE INITIALLY DEFERRED,
    person_id BIGINT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
    export_form TEXT NOT NULL,
    audience TEXT NOT NULL,
    locale TEXT NOT NULL,
    site TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    held_until BIGINT,
    stage TEXT NOT NULL,
    done BIGINT NOT NULL,
    whole BIGINT NOT NULL,
    made_at BIGINT,
    size BIGINT NOT NULL,
    trouble TEXT,
    about TEXT NOT NULL
);
CREATE INDEX aux_exports_person ON aux_exports (person_id, incident_id);
CREATE INDEX aux_exports_asked_at ON aux_exports (asked_at);
