-- Asked before each list: a feed's row holds its addresses and settings, and few feeds are muted.
CREATE INDEX feed_muted ON feed (id) WHERE muted = 1;
