-- Where the reader has come in an article: a paragraph by its number and the fingerprint of its text, and the characters of
-- it before that place. An article that was not begun, or was read to its end, has none.
CREATE TABLE position (
  id     INTEGER PRIMARY KEY,
  block  INTEGER NOT NULL,
  offset INTEGER NOT NULL,
  mark   INTEGER NOT NULL
) STRICT;
