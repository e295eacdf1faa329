-- Nothing in a zone was first seen before `earliest`: what arrived before some time is in the zones that began before it.
ALTER TABLE zone ADD COLUMN earliest INTEGER NOT NULL DEFAULT 0;
UPDATE zone SET earliest = s.earliest
FROM (SELECT id >> 10 AS number, min(first_seen) AS earliest FROM state GROUP BY id >> 10) s WHERE s.number = zone.number;
DROP TRIGGER zone_entry_new;
CREATE TRIGGER zone_entry_new AFTER INSERT ON state BEGIN
  INSERT INTO zone (number, oldest, newest, seen, earliest)
  VALUES (new.id >> 10, new.at, new.at, new.first_seen, new.first_seen) ON CONFLICT (number) DO NOTHING;
  UPDATE zone SET
    oldest = CASE WHEN new.at < oldest THEN new.at ELSE oldest END,
    newest = CASE WHEN new.at > newest THEN new.at ELSE newest END,
    seen = CASE WHEN new.first_seen > seen THEN new.first_seen ELSE seen END,
    earliest = CASE WHEN new.first_seen < earliest THEN new.first_seen ELSE earliest END
  WHERE number = new.id >> 10
    AND (new.at < oldest OR new.at > newest OR new.first_seen > seen OR new.first_seen < earliest);
END;
DROP TRIGGER zone_entry_moved;
CREATE TRIGGER zone_entry_moved AFTER UPDATE OF at, first_seen ON state BEGIN
  UPDATE zone SET oldest = min(oldest, new.at), newest = max(newest, new.at), seen = max(seen, new.first_seen),
    earliest = min(earliest, new.first_seen)
  WHERE number = new.id >> 10;
END;
-- When articles were changed.
CREATE INDEX revision_replaced ON revision (replaced);
