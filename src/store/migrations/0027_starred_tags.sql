-- What is starred and bears a tag, in the order of lists: of the many that are starred few may bear it, and of the many that
-- bear it few may be starred. Kept by triggers alone, so that nobody can forget to.
CREATE TABLE starred_tag (
  tag_id   INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  entry_id INTEGER NOT NULL,
  PRIMARY KEY (tag_id, at DESC, entry_id DESC)
) STRICT, WITHOUT ROWID;
INSERT INTO starred_tag (tag_id, at, entry_id)
SELECT DISTINCT x.tag_id, x.at, x.entry_id FROM state s CROSS JOIN entry_tag x ON x.entry_id = s.id WHERE s.is_starred = 1;
CREATE TRIGGER starred_tag_star AFTER UPDATE OF is_starred ON state WHEN new.is_starred > old.is_starred BEGIN
  INSERT OR IGNORE INTO starred_tag (tag_id, at, entry_id)
  SELECT tag_id, at, entry_id FROM entry_tag WHERE entry_id = new.id;
END;
CREATE TRIGGER starred_tag_unstar AFTER UPDATE OF is_starred ON state WHEN new.is_starred < old.is_starred BEGIN
  DELETE FROM starred_tag WHERE (tag_id, at, entry_id) IN
    (SELECT tag_id, at, entry_id FROM entry_tag WHERE entry_id = new.id);
END;
CREATE TRIGGER starred_tag_given AFTER INSERT ON entry_tag
WHEN (SELECT is_starred FROM state WHERE id = new.entry_id) = 1 BEGIN
  INSERT OR IGNORE INTO starred_tag (tag_id, at, entry_id) VALUES (new.tag_id, new.at, new.entry_id);
END;
CREATE TRIGGER starred_tag_taken AFTER DELETE ON entry_tag
WHEN NOT EXISTS (SELECT 1 FROM entry_tag WHERE entry_id = old.entry_id AND tag_id = old.tag_id) BEGIN
  DELETE FROM starred_tag WHERE tag_id = old.tag_id AND at = old.at AND entry_id = old.entry_id;
END;
CREATE TRIGGER starred_tag_merged AFTER UPDATE OF tag_id ON entry_tag
WHEN (SELECT is_starred FROM state WHERE id = new.entry_id) = 1 BEGIN
  DELETE FROM starred_tag WHERE tag_id = old.tag_id AND at = old.at AND entry_id = old.entry_id
    AND NOT EXISTS (SELECT 1 FROM entry_tag WHERE entry_id = old.entry_id AND tag_id = old.tag_id);
  INSERT OR IGNORE INTO starred_tag (tag_id, at, entry_id) VALUES (new.tag_id, new.at, new.entry_id);
END;
-- A feed's row is long and its counts are short: every list asks how much there is in all.
CREATE INDEX feed_counts ON feed (muted, folder, articles, unread, starred);
