-- The words of articles (model/terms), never their text: `title_stems` and `body_stems` have what differs from its word,
-- `often` what the body says three times or more. The rowid is the entry's id.
CREATE VIRTUAL TABLE search USING fts5 (
  title, title_stems, body, body_stems, author, often,
  content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '4'
);

-- What the index knows of an article that it holds.
CREATE TABLE indexed (
  id       INTEGER PRIMARY KEY,
  words    INTEGER NOT NULL,
  language TEXT NOT NULL
) STRICT;
-- The languages of the articles in the index.
CREATE TABLE indexed_language (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

-- What is still to index, or to take out. `turn` grows when the text changes once more before it was its turn. The queue is
-- fed by triggers, in the transaction that changes the text, so that nobody can forget to.
CREATE TABLE index_queue (
  id   INTEGER PRIMARY KEY,
  turn INTEGER NOT NULL DEFAULT 0
) STRICT;
-- The version of the rules that the words were made by.
CREATE TABLE index_rules (version INTEGER NOT NULL) STRICT;
INSERT INTO index_rules (version) VALUES (0);

CREATE TRIGGER index_body_new AFTER INSERT ON body BEGIN
  INSERT INTO index_queue (id) VALUES (new.id) ON CONFLICT (id) DO UPDATE SET turn = turn + 1;
END;
CREATE TRIGGER index_body_edited AFTER UPDATE OF html ON body WHEN old.html <> new.html BEGIN
  INSERT INTO index_queue (id) VALUES (new.id) ON CONFLICT (id) DO UPDATE SET turn = turn + 1;
END;
CREATE TRIGGER index_body_gone AFTER DELETE ON body BEGIN
  INSERT INTO index_queue (id) VALUES (old.id) ON CONFLICT (id) DO UPDATE SET turn = turn + 1;
END;
CREATE TRIGGER index_entry_edited AFTER UPDATE OF title, author, language ON entry
WHEN (old.title, old.author, old.language) IS NOT (new.title, new.author, new.language) BEGIN
  INSERT INTO index_queue (id) VALUES (new.id) ON CONFLICT (id) DO UPDATE SET turn = turn + 1;
END;
CREATE TRIGGER index_page_new AFTER INSERT ON page WHEN new.html IS NOT NULL BEGIN
  INSERT INTO index_queue (id) VALUES (new.id) ON CONFLICT (id) DO UPDATE SET turn = turn + 1;
END;
CREATE TRIGGER index_page_edited AFTER UPDATE OF html ON page WHEN old.html IS NOT new.html BEGIN
  INSERT INTO index_queue (id) VALUES (new.id) ON CONFLICT (id) DO UPDATE SET turn = turn + 1;
END;
CREATE TRIGGER index_page_gone AFTER DELETE ON page WHEN old.html IS NOT NULL BEGIN
  INSERT INTO index_queue (id) VALUES (old.id) ON CONFLICT (id) DO UPDATE SET turn = turn + 1;
END;
