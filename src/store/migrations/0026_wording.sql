-- Copies are also known by what they say. `article` is the first entry of those that are copies of each other, by their
-- page or their text (store/copies.rs). `wording` is a hash of title and text (model/wording.rs), worked out when another
-- feed has the same title; 0 where the text is too short to tell an article by.
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
CREATE INDEX state_title ON state (title_hash, at DESC) WHERE is_live = 1;
