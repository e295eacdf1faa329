-- The command of the user's own that the feed's document passes before it is read.
ALTER TABLE feed ADD COLUMN filter TEXT;
