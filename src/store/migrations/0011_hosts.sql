-- Why the next attempt is when it is (model/schedule.rs), and the time before which the publisher does not want one: a
-- shorter interval of the user's does not go below it.
ALTER TABLE fetch ADD COLUMN why TEXT;
ALTER TABLE fetch ADD COLUMN earliest INTEGER NOT NULL DEFAULT 0;

-- What every process and every feed minds of a host. It asked to be left alone (Retry-After): when it did, and until when.
-- Where the settings have a budget: the day (since the epoch) that `requests` were made on.
CREATE TABLE host (
  name       TEXT PRIMARY KEY,
  held_since INTEGER NOT NULL DEFAULT 0,
  held_until INTEGER NOT NULL DEFAULT 0,
  day        INTEGER NOT NULL DEFAULT 0,
  requests   INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
