-- The tokens and, as two more, the piece of the search in which a row stands (its key without its last 12 bits) and the larger one
-- (without its last 18): what is in every second row is then looked for among the latest alone. What was just written is gone through
-- row by row, so that there is to be little of it.

DROP INDEX aux_search_tokens;
CREATE INDEX aux_search_tokens ON aux_search
    USING gin (array_to_tsvector(string_to_array(tokens || ' #' || CAST(id >> 12 AS TEXT) || ' @' || CAST(id >> 18 AS TEXT), ' ')))
    WITH (gin_pending_list_limit = 256);
