-- Spellings of a tag meet in every form of Unicode now. What was two tags for that alone is one, as if it had been merged.
UPDATE OR IGNORE tag SET key = fold_tag(name) WHERE key <> fold_tag(name);
INSERT OR IGNORE INTO tag_merge (tag_id, into_id)
SELECT t.id, o.id FROM tag t JOIN tag o ON o.key = fold_tag(t.name) WHERE t.key <> fold_tag(t.name);
WITH RECURSIVE chain (id, root) AS (
  SELECT m.tag_id, m.into_id FROM tag_merge m JOIN tag t ON t.id = m.tag_id WHERE t.key <> fold_tag(t.name)
  UNION SELECT c.id, m.into_id FROM chain c JOIN tag_merge m ON m.tag_id = c.root
)
UPDATE entry_tag SET said = iif(said = 0, tag_id, said), tag_id = c.root
FROM chain c WHERE c.id = entry_tag.tag_id AND NOT EXISTS (SELECT 1 FROM tag_merge m WHERE m.tag_id = c.root);
