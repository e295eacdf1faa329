-- What an article is about (content/features), packed, made when it is indexed.
CREATE TABLE feature (
  id     INTEGER PRIMARY KEY,
  packed BLOB NOT NULL
) STRICT;

-- Stories: articles about one event. `size` counts the live ones, `last` is the newest one's place in the list. An article's
-- story is in its state row; `has_story`: others are in it, too.
CREATE TABLE story (
  id   INTEGER PRIMARY KEY AUTOINCREMENT,
  size INTEGER NOT NULL,
  last INTEGER NOT NULL
) STRICT;
CREATE INDEX story_last ON story (last DESC, id DESC) WHERE size > 0;
ALTER TABLE state ADD COLUMN story INTEGER;
ALTER TABLE state ADD COLUMN has_story INTEGER NOT NULL DEFAULT 0;
CREATE INDEX state_story ON state (story) WHERE story IS NOT NULL;
CREATE TRIGGER story_member_live AFTER UPDATE OF is_live ON state
WHEN old.is_live <> new.is_live AND new.story IS NOT NULL BEGIN
  UPDATE story SET size = size + iif(new.is_live, 1, -1) WHERE id = new.story;
  UPDATE state SET has_story = 1 WHERE story = new.story AND (SELECT size FROM story WHERE id = new.story) > 1;
END;

-- Why an article joined its story: how likely it tells the same, and which article it is most like.
CREATE TABLE story_entry (
  entry_id   INTEGER PRIMARY KEY,
  likelihood REAL NOT NULL,
  like_id    INTEGER NOT NULL
) STRICT;
-- What the user has said of two articles, the smaller id first: one story, or never one.
CREATE TABLE story_pair (
  one         INTEGER NOT NULL,
  other       INTEGER NOT NULL,
  is_together INTEGER NOT NULL,
  PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_pair_other ON story_pair (other);

-- Articles that are indexed and still to group, in the transaction that indexes them. `turn` as in index_queue.
CREATE TABLE story_queue (
  id   INTEGER PRIMARY KEY,
  at   INTEGER NOT NULL,
  turn INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX story_queue_at ON story_queue (at, id);
-- The versions that stories and topics were made by. `generation` grows with each change, so that a process sees that
-- another one has been at it.
CREATE TABLE story_rules (
  stories    INTEGER NOT NULL,
  topics     INTEGER NOT NULL,
  generation INTEGER NOT NULL
) STRICT;
INSERT INTO story_rules (stories, topics, generation) VALUES (0, 0, 0);

-- Followed topics; the tag of the same name is what lists know of them. `is_judged`: the whole library was, by what is known
-- of the topic now.
CREATE TABLE topic (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  tag_id INTEGER NOT NULL UNIQUE,
  name   TEXT NOT NULL,
  query  TEXT,
  is_judged INTEGER NOT NULL DEFAULT 0
) STRICT;
-- Why an article belongs to a topic, as JSON (model/topic.rs).
CREATE TABLE topic_entry (
  topic_id INTEGER NOT NULL,
  entry_id INTEGER NOT NULL,
  score    REAL NOT NULL,
  why      TEXT NOT NULL,
  PRIMARY KEY (topic_id, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX topic_entry_entry ON topic_entry (entry_id);
-- What the user has taught: an article belongs, or does not.
CREATE TABLE topic_taught (
  topic_id INTEGER NOT NULL,
  entry_id INTEGER NOT NULL,
  is_in    INTEGER NOT NULL,
  PRIMARY KEY (topic_id, entry_id)
) STRICT, WITHOUT ROWID;

-- Features come with the words: everything is read once more.
UPDATE index_rules SET version = 0;
