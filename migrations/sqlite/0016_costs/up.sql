-- What the cost of an incident is reckoned from; all empty where nobody has entered it. cost_rate: smallest unit of the currency,
-- per hour; cost_working, cost_own: minutes.
ALTER TABLE incidents ADD COLUMN cost_people INTEGER;
ALTER TABLE incidents ADD COLUMN cost_percent INTEGER;
ALTER TABLE incidents ADD COLUMN cost_rate INTEGER;
ALTER TABLE incidents ADD COLUMN cost_currency TEXT;
ALTER TABLE incidents ADD COLUMN cost_working INTEGER;
ALTER TABLE incidents ADD COLUMN cost_own INTEGER;
ALTER TABLE incidents ADD COLUMN cost_visibility TEXT;
