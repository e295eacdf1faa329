-- When the user marked an article last, in Unix seconds. Nobody knows it of what was marked before.
ALTER TABLE state ADD COLUMN marked INTEGER;
CREATE INDEX state_marked ON state (marked) WHERE marked IS NOT NULL;
