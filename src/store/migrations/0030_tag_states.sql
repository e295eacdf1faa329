-- What bears a tag and is unread (0) or starred (1), in the order of lists: of the many that are unread few may bear it, and
-- of the many that bear it few may be unread. It takes the place of the table of those that are starred. What is unread is
-- kept for tags of which much has been read: of the others a list goes through little that is read, and nothing is kept for
-- each article that comes. Kept by triggers alone, so that nobody can forget to.
DROP TRIGGER starred_tag_star;
DROP TRIGGER starred_tag_unstar;
DROP TRIGGER starred_tag_given;
DROP TRIGGER starred_tag_taken;
DROP TRIGGER starred_tag_merged;
CREATE TABLE tag_state (
  tag_id   INTEGER NOT NULL,
  state    INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  entry_id INTEGER NOT NULL,
  PRIMARY KEY (tag_id, state, at DESC, entry_id DESC)
) STRICT, WITHOUT ROWID;
INSERT INTO tag_state (tag_id, state, at, entry_id) SELECT tag_id, 1, at, entry_id FROM starred_tag;
DROP TABLE starred_tag;
-- Whether its unread articles are in tag_state.
ALTER TABLE tag ADD COLUMN keeps_unread INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER tag_keeps_unread AFTER UPDATE OF articles, unread ON tag
WHEN new.articles - new.unread > 4096 AND new.keeps_unread = 0 BEGIN
  INSERT OR IGNORE INTO tag_state (tag_id, state, at, entry_id)
  SELECT x.tag_id, 0, x.at, x.entry_id FROM entry_tag x CROSS JOIN state s ON s.id = x.entry_id
  WHERE x.tag_id = new.id AND s.is_read = 0;
  UPDATE tag SET keeps_unread = 1 WHERE id = new.id;
END;
UPDATE tag SET articles = articles;
CREATE TRIGGER tag_state_unread AFTER UPDATE OF is_read ON state WHEN new.is_read < old.is_read BEGIN
  INSERT OR IGNORE INTO tag_state (tag_id, state, at, entry_id)
  SELECT x.tag_id, 0, x.at, x.entry_id FROM entry_tag x CROSS JOIN tag t ON t.id = x.tag_id
  WHERE x.entry_id = new.id AND t.keeps_unread = 1;
END;
CREATE TRIGGER tag_state_read AFTER UPDATE OF is_read ON state WHEN new.is_read > old.is_read BEGIN
  DELETE FROM tag_state WHERE (tag_id, state, at, entry_id) IN (
    SELECT x.tag_id, 0, x.at, x.entry_id FROM entry_tag x CROSS JOIN tag t ON t.id = x.tag_id
    WHERE x.entry_id = new.id AND t.keeps_unread = 1);
END;
CREATE TRIGGER tag_state_star AFTER UPDATE OF is_starred ON state WHEN new.is_starred > old.is_starred BEGIN
  INSERT OR IGNORE INTO tag_state (tag_id, state, at, entry_id)
  SELECT tag_id, 1, at, entry_id FROM entry_tag WHERE entry_id = new.id;
END;
CREATE TRIGGER tag_state_unstar AFTER UPDATE OF is_starred ON state WHEN new.is_starred < old.is_starred BEGIN
  DELETE FROM tag_state WHERE (tag_id, state, at, entry_id) IN
    (SELECT tag_id, 1, at, entry_id FROM entry_tag WHERE entry_id = new.id);
END;
CREATE TRIGGER tag_state_given AFTER INSERT ON entry_tag
WHEN (SELECT keeps_unread FROM tag WHERE id = new.tag_id) = 1 BEGIN
  INSERT OR IGNORE INTO tag_state (tag_id, state, at, entry_id)
  SELECT new.tag_id, 0, new.at, new.entry_id FROM state WHERE id = new.entry_id AND is_read = 0;
END;
CREATE TRIGGER tag_state_given_starred AFTER INSERT ON entry_tag
WHEN (SELECT is_starred FROM state WHERE id = new.entry_id) = 1 BEGIN
  INSERT OR IGNORE INTO tag_state (tag_id, state, at, entry_id) VALUES (new.tag_id, 1, new.at, new.entry_id);
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
  SELECT new.tag_id, 0, new.at, new.entry_id FROM state s CROSS JOIN tag t ON t.id = new.tag_id
  WHERE s.id = new.entry_id AND s.is_read = 0 AND t.keeps_unread = 1;
  INSERT OR IGNORE INTO tag_state (tag_id, state, at, entry_id)
  SELECT new.tag_id, 1, new.at, new.entry_id FROM state WHERE id = new.entry_id AND is_starred = 1;
END;
