-- Rules of the user's own. `acts` is JSON (model/rule.rs). One that was removed stays for the articles that it has touched.
CREATE TABLE rule (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL COLLATE NOCASE,
  query      TEXT NOT NULL,
  feed_id    INTEGER,
  acts       TEXT NOT NULL,
  is_removed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX rule_name ON rule (name) WHERE is_removed = 0;

-- Which rule has done what with which article, and when.
CREATE TABLE touched (
  entry_id INTEGER NOT NULL,
  rule_id  INTEGER NOT NULL,
  act      TEXT NOT NULL,
  at       INTEGER NOT NULL,
  PRIMARY KEY (entry_id, rule_id, act)
) STRICT, WITHOUT ROWID;
CREATE INDEX touched_rule ON touched (rule_id);

-- New articles for which rules that ask for words have to wait until their words are in the index.
CREATE TABLE rule_queue (id INTEGER PRIMARY KEY) STRICT;

-- What a rule still has to do outside the store: notify, fetch, run. Not before `due`; who takes one on moves that ahead.
CREATE TABLE errand (
  id       INTEGER PRIMARY KEY,
  entry_id INTEGER NOT NULL,
  rule_id  INTEGER NOT NULL,
  act      TEXT NOT NULL,
  due      INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  UNIQUE (entry_id, rule_id, act)
) STRICT;
CREATE INDEX errand_due ON errand (due);

-- Hidden by a rule or by hand: out of every list and count but that of what is muted.
ALTER TABLE state ADD COLUMN is_muted INTEGER NOT NULL DEFAULT 0;
DROP INDEX state_at;
DROP INDEX state_feed;
DROP INDEX state_unread;
DROP INDEX state_starred;
CREATE INDEX state_at ON state (at DESC, id DESC, feed_id, has_copies, is_muted) WHERE is_live = 1;
CREATE INDEX state_feed ON state (feed_id, at DESC, id DESC, is_read, has_copies, is_muted) WHERE is_live = 1;
CREATE INDEX state_unread ON state (at DESC, id DESC, feed_id, has_copies, is_muted) WHERE is_live = 1 AND is_read = 0;
CREATE INDEX state_starred ON state (at DESC, id DESC, feed_id, has_copies, is_muted) WHERE is_live = 1 AND is_starred = 1;
CREATE INDEX state_muted ON state (at DESC, id DESC) WHERE is_live = 1 AND is_muted = 1;
