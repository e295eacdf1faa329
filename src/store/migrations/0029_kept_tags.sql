-- What the user, or a rule of the user's, has tagged an article whose text went with its subscription: it has those tags again
-- when it comes back.
CREATE TABLE kept_tag (
  entry_id INTEGER NOT NULL,
  source   INTEGER NOT NULL,
  name     TEXT NOT NULL,
  PRIMARY KEY (entry_id, source, name)
) STRICT, WITHOUT ROWID;
