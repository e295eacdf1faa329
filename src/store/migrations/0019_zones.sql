-- Entries in runs of 1024 ids, with the span of their times: nothing in a zone is older than `oldest`, newer than `newest` or
-- was first seen after `seen`. Ids grow with arrival and so, by and large, with time: a list in time's order of what is found
-- by id begins in the zones that are the newest and ends before those that cannot hold anything newer.
CREATE TABLE zone (
  number INTEGER PRIMARY KEY,
  oldest INTEGER NOT NULL,
  newest INTEGER NOT NULL,
  seen   INTEGER NOT NULL
) STRICT;
INSERT INTO zone (number, oldest, newest, seen)
SELECT id >> 10, min(at), max(at), max(first_seen) FROM state GROUP BY id >> 10;

CREATE TRIGGER zone_entry_new AFTER INSERT ON state BEGIN
  INSERT INTO zone (number, oldest, newest, seen) VALUES (new.id >> 10, new.at, new.at, new.first_seen)
  ON CONFLICT (number) DO UPDATE
  SET oldest = min(oldest, new.at), newest = max(newest, new.at), seen = max(seen, new.first_seen)
  WHERE new.at < oldest OR new.at > newest OR new.first_seen > seen;
END;
CREATE TRIGGER zone_entry_moved AFTER UPDATE OF at, first_seen ON state BEGIN
  UPDATE zone SET oldest = min(oldest, new.at), newest = max(newest, new.at), seen = max(seen, new.first_seen)
  WHERE number = new.id >> 10;
END;
