-- The language of an article whose publisher declares none is told from its text when it is indexed, which is no reason to
-- index it once more. For those that are there already it is what the index has found.
DROP TRIGGER index_entry_edited;
CREATE TRIGGER index_entry_edited AFTER UPDATE OF title, author, language ON entry
WHEN (old.title, old.author) IS NOT (new.title, new.author)
  OR (old.language IS NOT NULL AND old.language IS NOT new.language) BEGIN
  INSERT INTO index_queue (id) VALUES (new.id) ON CONFLICT (id) DO UPDATE SET turn = turn + 1;
END;
UPDATE entry SET language = i.language FROM indexed i
WHERE i.id = entry.id AND entry.language IS NULL AND i.language <> '';
