-- Entries in runs of 1024 ids, with the span of their times: nothing in a zone is older than `oldest` or newer than `newest`.
-- Ids grow with arrival and so, by and large, with time: a list in time's order of what is found by id begins in the zones
-- that are the newest and ends before those that cannot hold anything newer. Rows of `state` never go.
CREATE TABLE zone (
  number INTEGER PRIMARY KEY,
  oldest INTEGER NOT NULL,
  newest INTEGER NOT NULL
) STRICT;
INSERT INTO zone (number, oldest, newest) SELECT id >> 10, min(at), max(at) FROM state GROUP BY id >> 10;

CREATE TRIGGER zone_entry_new AFTER INSERT ON state BEGIN
  INSERT INTO zone (number, oldest, newest) VALUES (new.id >> 10, new.at, new.at)
  ON CONFLICT (number) DO UPDATE SET oldest = min(oldest, new.at), newest = max(newest, new.at)
  WHERE new.at < oldest OR new.at > newest;
END;
CREATE TRIGGER zone_entry_moved AFTER UPDATE OF at ON state BEGIN
  UPDATE zone SET oldest = min(oldest, new.at), newest = max(newest, new.at) WHERE number = new.id >> 10;
END;
