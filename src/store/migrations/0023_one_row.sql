-- What a new entry sets off, without a statement that may have to be undone by itself: where one may, every page that it
-- touches is copied before. No function is called (it may fail), and whoever inserts says OR FAIL: a change that fails undoes
-- its whole transaction anyway.
DROP TRIGGER index_body_new;
CREATE TRIGGER index_body_new AFTER INSERT ON body BEGIN
  UPDATE index_queue SET turn = turn + 1 WHERE id = new.id;
  INSERT INTO index_queue (id) VALUES (new.id) ON CONFLICT (id) DO NOTHING;
END;
DROP TRIGGER zone_entry_new;
CREATE TRIGGER zone_entry_new AFTER INSERT ON state BEGIN
  INSERT INTO zone (number, oldest, newest, seen) VALUES (new.id >> 10, new.at, new.at, new.first_seen)
  ON CONFLICT (number) DO NOTHING;
  UPDATE zone SET
    oldest = CASE WHEN new.at < oldest THEN new.at ELSE oldest END,
    newest = CASE WHEN new.at > newest THEN new.at ELSE newest END,
    seen = CASE WHEN new.first_seen > seen THEN new.first_seen ELSE seen END
  WHERE number = new.id >> 10 AND (new.at < oldest OR new.at > newest OR new.first_seen > seen);
END;
