-- Which key the secrets in this database are kept under, by its digest: several machines on one database must have the same.
CREATE TABLE aux_keys (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    digest TEXT NOT NULL
) STRICT;
