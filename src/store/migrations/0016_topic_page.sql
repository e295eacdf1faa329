-- When a topic's page was last looked at, in Unix seconds; 0: never.
ALTER TABLE topic ADD COLUMN looked INTEGER NOT NULL DEFAULT 0;
-- What the user has switched in the interface, by name.
CREATE TABLE preference (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
