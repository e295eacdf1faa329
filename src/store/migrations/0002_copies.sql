-- Where an article of one feed is that of another: `link` is the hash of its page (model/link.rs), by which an item is
-- also recognised within its feed. `has_copies`: other feeds have the article too (store/copies.rs).
ALTER TABLE state ADD COLUMN link INTEGER;
ALTER TABLE state ADD COLUMN has_copies INTEGER NOT NULL DEFAULT 0;
UPDATE state SET link = (SELECT link_hash(e.url) FROM entry e WHERE e.id = state.id AND e.url IS NOT NULL);
CREATE INDEX state_link ON state (link, feed_id) WHERE link IS NOT NULL;
UPDATE state SET has_copies = 1 WHERE link IN (
  SELECT link FROM state WHERE link IS NOT NULL GROUP BY link
  HAVING count(*) > 1 AND count(DISTINCT feed_id) = count(*) AND count(DISTINCT title_hash) = 1
);
CREATE INDEX state_copied ON state (link) WHERE has_copies = 1;

-- The lists' indexes, so that an article's copies are left out without reading its row.
DROP INDEX state_at;
DROP INDEX state_feed;
DROP INDEX state_unread;
DROP INDEX state_starred;
CREATE INDEX state_at ON state (at DESC, id DESC, feed_id, has_copies) WHERE is_live = 1;
CREATE INDEX state_feed ON state (feed_id, at DESC, id DESC, is_read, has_copies) WHERE is_live = 1;
CREATE INDEX state_unread ON state (at DESC, id DESC, feed_id, has_copies) WHERE is_live = 1 AND is_read = 0;
CREATE INDEX state_starred ON state (at DESC, id DESC, feed_id, has_copies) WHERE is_live = 1 AND is_starred = 1;

-- By how much the counts of feeds or tags, added up, exceed the number of articles, since some are in several feeds.
-- `kind` 0: all feeds; 1: those of the folder `key`; 2: the tag with the id `key`. Muted feeds do not count.
CREATE TABLE overlap (
  kind     INTEGER NOT NULL,
  key      ANY NOT NULL,
  articles INTEGER NOT NULL,
  unread   INTEGER NOT NULL,
  starred  INTEGER NOT NULL,
  PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

-- What became of the items of each feed's documents: of the last one, and of all of them. `gap_at`: when a document last
-- had nothing that was known, though it should have; `gap_interval`: the seconds between polls that would have caught it.
CREATE TABLE ledger (
  feed_id      INTEGER PRIMARY KEY REFERENCES feed (id),
  last         TEXT NOT NULL,
  sum          TEXT NOT NULL,
  gap_at       INTEGER,
  gap_interval INTEGER
) STRICT;
