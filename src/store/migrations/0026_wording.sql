-- Copies are also known by what they say: `wording` is a hash of title and text (model/wording.rs). `article` is the first
-- entry of those that are copies of each other, by their page or their text (store/copies.rs).
ALTER TABLE state ADD COLUMN wording INTEGER;
ALTER TABLE state ADD COLUMN article INTEGER;
UPDATE state SET article = (SELECT min(o.id) FROM state o WHERE o.link = state.link AND o.has_copies = 1)
WHERE has_copies = 1;
DROP INDEX state_copied;
CREATE INDEX state_copied ON state (article) WHERE has_copies = 1;
-- One whose copies have changed their pages was left alone.
UPDATE state SET has_copies = 0, article = NULL WHERE has_copies = 1 AND article IN (
  SELECT article FROM state WHERE has_copies = 1 GROUP BY article
  HAVING count(*) < 2 OR count(*) > count(DISTINCT feed_id)
);

-- What arrives now may be a copy of the last days' articles; older texts are not read for it.
UPDATE state SET wording = (SELECT wording(e.title, b.html) FROM entry e CROSS JOIN body b ON b.id = e.id WHERE e.id = state.id)
WHERE id IN (
  SELECT id FROM state INDEXED BY state_at WHERE is_live = 1 AND at >= (
    SELECT at FROM state INDEXED BY state_at WHERE is_live = 1 ORDER BY at DESC LIMIT 1
  ) - 604800 ORDER BY at DESC, id DESC LIMIT 20000
);
CREATE INDEX state_wording ON state (wording, at, feed_id) WHERE wording IS NOT NULL;
UPDATE state SET has_copies = 1, article = (
  SELECT min(o.id) FROM state o INDEXED BY state_wording WHERE o.wording = state.wording AND o.wording IS NOT NULL
)
WHERE wording IN (
  SELECT wording FROM state INDEXED BY state_wording WHERE wording IS NOT NULL GROUP BY wording
  HAVING count(*) > 1 AND count(DISTINCT feed_id) = count(*) AND max(has_copies) = 0
);
