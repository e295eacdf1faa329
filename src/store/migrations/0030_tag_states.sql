-- What bears a tag and is unread (0) or starred (1), in the order of lists: of the many that are unread few may bear it, and
-- of the many that bear it few may be unread. Kept by triggers alone, so that nobody can forget to. It takes the place of
-- the table of those that are starred.
DROP TRIGGER starred_tag_star;
DROP TRIGGER starred_tag_unstar;
DROP TRIGGER starred_tag_given;
DROP TRIGGER starred_tag_taken;
DROP TRIGGER starred_tag_merged;
DROP TABLE starred_tag;
CREATE TABLE tag_state (
  tag_id   INTEGER NOT NULL,
  state    INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  entry_id INTEGER NOT NULL,
  PRIMARY KEY (tag_id, state, at DESC, entry_id DESC)
) STRICT, WITHOUT ROWID;
INSERT INTO tag_state (tag_id, state, at, entry_id)
SELECT DISTINCT x.tag_id, 0, x.at, x.entry_id FROM entry_tag x JOIN state s ON s.id = x.entry_id WHERE s.is_read = 0
UNION ALL
SELECT DISTINCT x.tag_id, 1, x.at, x.entry_id FROM entry_tag x JOIN state s ON s.id = x.entry_id WHERE s.is_starred = 1
ORDER BY 1, 2, 3 DESC, 4 DESC;
CREATE TRIGGER tag_state_unread AFTER UPDATE OF is_read ON state WHEN new.is_read < old.is_read BEGIN
  INSERT OR IGNORE INTO tag_state (tag_id, state, at, entry_id)
  SELECT tag_id, 0, at, entry_id FROM entry_tag WHERE entry_id = new.id;
END;
CREATE TRIGGER tag_state_read AFTER UPDATE OF is_read ON state WHEN new.is_read > old.is_read BEGIN
  DELETE FROM tag_state WHERE (tag_id, state, at, entry_id) IN
    (SELECT tag_id, 0, at, entry_id FROM entry_tag WHERE entry_id = new.id);
END;
CREATE TRIGGER tag_state_star AFTER UPDATE OF is_starred ON state WHEN new.is_starred > old.is_starred BEGIN
  INSERT OR IGNORE INTO tag_state (tag_id, state, at, entry_id)
  SELECT tag_id, 1, at, entry_id FROM entry_tag WHERE entry_id = new.id;
END;
CREATE TRIGGER tag_state_unstar AFTER UPDATE OF is_starred ON state WHEN new.is_starred < old.is_starred BEGIN
  DELETE FROM tag_state WHERE (tag_id, state, at, entry_id) IN
    (SELECT tag_id, 1, at, entry_id FROM entry_tag WHERE entry_id = new.id);
END;
CREATE TRIGGER tag_state_given AFTER INSERT ON entry_tag BEGIN
  INSERT OR IGNORE INTO tag_state (tag_id, state, at, entry_id)
  SELECT new.tag_id, 0, new.at, new.entry_id FROM state WHERE id = new.entry_id AND is_read = 0;
  INSERT OR IGNORE INTO tag_state (tag_id, state, at, entry_id)
  SELECT new.tag_id, 1, new.at, new.entry_id FROM state WHERE id = new.entry_id AND is_starred = 1;
END;
CREATE TRIGGER tag_state_taken AFTER DELETE ON entry_tag
WHEN NOT EXISTS (SELECT 1 FROM entry_tag WHERE entry_id = old.entry_id AND tag_id = old.tag_id) BEGIN
  DELETE FROM tag_state WHERE tag_id = old.tag_id AND state IN (0, 1) AND at = old.at AND entry_id = old.entry_id;
END;
CREATE TRIGGER tag_state_merged AFTER UPDATE OF tag_id ON entry_tag BEGIN
  DELETE FROM tag_state
  WHERE tag_id = old.tag_id AND state IN (0, 1) AND at = old.at AND entry_id = old.entry_id
    AND NOT EXISTS (SELECT 1 FROM entry_tag WHERE entry_id = old.entry_id AND tag_id = old.tag_id);
  INSERT OR IGNORE INTO tag_state (tag_id, state, at, entry_id)
  SELECT new.tag_id, 0, new.at, new.entry_id FROM state WHERE id = new.entry_id AND is_read = 0;
  INSERT OR IGNORE INTO tag_state (tag_id, state, at, entry_id)
  SELECT new.tag_id, 1, new.at, new.entry_id FROM state WHERE id = new.entry_id AND is_starred = 1;
END;
