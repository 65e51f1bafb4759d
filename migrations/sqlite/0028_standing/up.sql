-- Where each incident stands, derived from its rows and written with them, so that lists need not go through all incidents to find those
-- that go on, those without news, or the ones begun last. goes_on: neither restored nor closed. started: far in the past where it is not
-- known. news_at: when something was last recorded that is not for its author alone; 0 where nothing was.
CREATE TABLE aux_standing (
    incident_id INTEGER NOT NULL PRIMARY KEY,
    provider_id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    count INTEGER NOT NULL,
    goes_on INTEGER NOT NULL,
    started_from INTEGER NOT NULL,
    started_to INTEGER NOT NULL,
    news_at INTEGER NOT NULL
) STRICT;
CREATE INDEX aux_standing_started ON aux_standing (started_from, started_to, year, count, incident_id);
CREATE INDEX aux_standing_news ON aux_standing (goes_on, news_at, incident_id);
CREATE INDEX aux_standing_provider ON aux_standing (goes_on, provider_id, incident_id);
CREATE INDEX entries_recorded ON entries (incident_id, recorded_at);
CREATE INDEX replies_noted ON replies (noted_at, entry_id);
INSERT INTO aux_standing (incident_id, provider_id, year, count, goes_on, started_from, started_to, news_at)
SELECT i.id, i.provider_id, i.year, i.count,
    CASE WHEN EXISTS (SELECT 1 FROM incident_times t WHERE t.incident_id = i.id AND t.which IN ('restored', 'closed')) THEN 0 ELSE 1 END,
    COALESCE(s.at_from, -9000000000000000000), COALESCE(s.at_to, -9000000000000000000),
    COALESCE((SELECT e.recorded_at FROM entries e WHERE e.incident_id = i.id AND e.struck_at IS NULL AND e.visibility <> 'private'
        ORDER BY e.recorded_at DESC LIMIT 1), 0)
FROM incidents i LEFT JOIN incident_times s ON s.incident_id = i.id AND s.which = 'started';
