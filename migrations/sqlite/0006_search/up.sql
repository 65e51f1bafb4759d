-- What can be searched for: derived from the record, and made anew from it where it is empty.
-- chain, object_kind, object_id: as in the ledger. anchor: the uid by which a page shows it.
-- tokens: what the words of the text were cut into (domain::search).

CREATE TABLE aux_search (
    id INTEGER NOT NULL PRIMARY KEY,
    chain TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id INTEGER NOT NULL,
    anchor TEXT NOT NULL,
    visibility TEXT NOT NULL,
    author_id INTEGER,
    words TEXT NOT NULL,
    tokens TEXT NOT NULL
) STRICT;
CREATE INDEX aux_search_object ON aux_search (object_kind, object_id);

-- Without the words themselves: they stand beside it. Kept in step by the two triggers.
CREATE VIRTUAL TABLE aux_search_fts USING fts5 (tokens, content = '', contentless_delete = 1, tokenize = 'ascii');

CREATE TRIGGER aux_search_added AFTER INSERT ON aux_search BEGIN
    INSERT INTO aux_search_fts (rowid, tokens) VALUES (new.id, new.tokens);
END;

CREATE TRIGGER aux_search_taken AFTER DELETE ON aux_search BEGIN
    DELETE FROM aux_search_fts WHERE rowid = old.id;
END;
