-- The language of an article whose publisher declares none is told when it comes. For those that are there already it is what
-- the index has found. They are indexed as they would be with it: not once more.
DROP TRIGGER index_entry_edited;
UPDATE entry SET language = i.language FROM indexed i
WHERE i.id = entry.id AND entry.language IS NULL AND i.language <> '';
CREATE TRIGGER index_entry_edited AFTER UPDATE OF title, author, language ON entry
WHEN (old.title, old.author, old.language) IS NOT (new.title, new.author, new.language) BEGIN
  INSERT INTO index_queue (id) VALUES (new.id) ON CONFLICT (id) DO UPDATE SET turn = turn + 1;
END;
