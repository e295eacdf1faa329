-- The older versions of an article, first to last: each as what leads back to it from the next one (model/revision.rs).
-- `source` 0 is the feed's text, 1 the text of its page. `replaced` is when the next version came, in unix seconds.
CREATE TABLE revision (
  entry_id INTEGER NOT NULL,
  source   INTEGER NOT NULL,
  number   INTEGER NOT NULL,
  title    TEXT NOT NULL,
  delta    TEXT NOT NULL,
  replaced INTEGER NOT NULL,
  PRIMARY KEY (entry_id, source, number)
) STRICT, WITHOUT ROWID;

-- The item was edited after its page was fetched.
ALTER TABLE page ADD COLUMN is_stale INTEGER NOT NULL DEFAULT 0;
CREATE INDEX page_stale ON page (id) WHERE is_stale = 1;
