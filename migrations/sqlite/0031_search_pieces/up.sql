-- FTS5 goes from the latest back by itself: there is nothing to do. See the step of that name for PostgreSQL.
SELECT 1;
