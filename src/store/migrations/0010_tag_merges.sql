-- Tags that the user has merged: what comes under the one goes to the other. A row of `entry_tag` remembers in `said` under
-- which tag it came, where that is another one, so that a merge can be undone.
CREATE TABLE tag_merge (
  tag_id  INTEGER PRIMARY KEY,
  into_id INTEGER NOT NULL
) STRICT;
CREATE TABLE entry_tag_said (
  entry_id INTEGER NOT NULL,
  tag_id   INTEGER NOT NULL,
  source   INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  said     INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (entry_id, tag_id, source, said)
) STRICT, WITHOUT ROWID;
INSERT INTO entry_tag_said (entry_id, tag_id, source, at) SELECT entry_id, tag_id, source, at FROM entry_tag;
DROP TABLE entry_tag;
ALTER TABLE entry_tag_said RENAME TO entry_tag;
CREATE INDEX entry_tag_tag ON entry_tag (tag_id, at DESC, entry_id DESC);
