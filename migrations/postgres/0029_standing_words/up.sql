-- Where each incident stands, made anew with what the list is narrowed and sorted by, so that it needs no other table to find its page.
-- ended_to: empty while it goes on. words: the title and the number, in lower case as far as ASCII goes.
DROP TABLE aux_standing;
CREATE TABLE aux_standing (
    incident_id BIGINT NOT NULL PRIMARY KEY,
    provider_id BIGINT NOT NULL,
    year BIGINT NOT NULL,
    count BIGINT NOT NULL,
    goes_on BIGINT NOT NULL,
    status TEXT NOT NULL,
    started_from BIGINT NOT NULL,
    started_to BIGINT NOT NULL,
    ended_to BIGINT,
    news_at BIGINT NOT NULL,
    words TEXT NOT NULL
);
CREATE INDEX aux_standing_started ON aux_standing (started_from, started_to, year, count, incident_id);
CREATE INDEX aux_standing_status ON aux_standing (status, started_from, started_to, year, count, incident_id);
CREATE INDEX aux_standing_company ON aux_standing (provider_id, started_from, started_to, year, count, incident_id, status);
CREATE INDEX aux_standing_news ON aux_standing (goes_on, news_at, incident_id);
CREATE INDEX aux_standing_provider ON aux_standing (goes_on, provider_id, incident_id);
INSERT INTO aux_standing (incident_id, provider_id, year, count, goes_on, status, started_from, started_to, ended_to, news_at, words)
SELECT i.id, i.provider_id, i.year, i.count,
    CASE WHEN r.which IS NULL AND c.which IS NULL THEN 1 ELSE 0 END,
    CASE WHEN c.which IS NOT NULL THEN 'closed' WHEN r.which IS NOT NULL THEN 'restored' WHEN m.which IS NOT NULL THEN 'mitigated' ELSE 'open' END,
    COALESCE(s.at_from, -9000000000000000000), COALESCE(s.at_to, -9000000000000000000), COALESCE(m.at_to, r.at_to, c.at_to),
    COALESCE((SELECT e.recorded_at FROM entries e WHERE e.incident_id = i.id AND e.struck_at IS NULL AND e.visibility <> 'private'
        ORDER BY e.recorded_at DESC LIMIT 1), 0),
    lower(i.title COLLATE "C") || ' inc-' || CAST(i.year AS TEXT) || '-' || substr('0000', length(CAST(i.count AS TEXT)) + 1) || CAST(i.count AS TEXT)
FROM incidents i
    LEFT JOIN incident_times s ON s.incident_id = i.id AND s.which = 'started'
    LEFT JOIN incident_times m ON m.incident_id = i.id AND m.which = 'mitigated'
    LEFT JOIN incident_times r ON r.incident_id = i.id AND r.which = 'restored'
    LEFT JOIN incident_times c ON c.incident_id = i.id AND c.which = 'closed';
