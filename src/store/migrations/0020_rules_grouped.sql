-- A rule may ask for what only grouping knows: topics and stories. Its articles stay on the queue once their words are in the
-- index, until they are grouped.
ALTER TABLE rule_queue ADD COLUMN is_indexed INTEGER NOT NULL DEFAULT 0;
