-- The whole article of an entry, from its page. Where there was none, `problem` says why (a barrier's or a failure's name)
-- and `html` is null; `attempts` counts the failures in a row.
CREATE TABLE page (
  id       INTEGER PRIMARY KEY,
  html     TEXT,
  fetched  INTEGER NOT NULL,
  problem  TEXT,
  attempts INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Short blocks that the articles of a site have in common: the hash of a block and the entries it was seen in.
CREATE TABLE boilerplate (
  site     TEXT NOT NULL,
  hash     INTEGER NOT NULL,
  entry_id INTEGER NOT NULL,
  words    TEXT NOT NULL,
  PRIMARY KEY (site, hash, entry_id)
) STRICT, WITHOUT ROWID;
