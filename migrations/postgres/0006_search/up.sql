-- What can be searched for: derived from the record, and made anew from it where it is empty.
-- chain, object_kind, object_id: as in the ledger. anchor: the uid by which a page shows it.
-- tokens: what the words of the text were cut into (domain::search).

CREATE TABLE aux_search (
    id BIGINT NOT NULL PRIMARY KEY,
    chain TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id BIGINT NOT NULL,
    anchor TEXT NOT NULL,
    visibility TEXT NOT NULL,
    author_id BIGINT,
    words TEXT NOT NULL,
    tokens TEXT NOT NULL
);
CREATE INDEX aux_search_object ON aux_search (object_kind, object_id);

CREATE INDEX aux_search_tokens ON aux_search USING gin (array_to_tsvector(string_to_array(tokens, ' ')));
