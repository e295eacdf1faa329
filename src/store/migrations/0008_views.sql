-- Saved views, in the order in which they were made. `query` is in the query language; `key` goes to it.
CREATE TABLE view (
  id    INTEGER PRIMARY KEY,
  name  TEXT NOT NULL UNIQUE COLLATE NOCASE,
  query TEXT NOT NULL,
  key   TEXT UNIQUE
) STRICT;
