-- What is read is an index of its own, as what is unread is: it may be little of very much. Whether a starred article is read
-- is asked of the index, too: of many that are starred few may be unread.
CREATE INDEX state_read ON state (at DESC, id DESC, feed_id, has_copies, is_muted) WHERE is_live = 1 AND is_read = 1;
DROP INDEX state_starred;
CREATE INDEX state_starred ON state (at DESC, id DESC, feed_id, has_copies, is_muted, is_read)
WHERE is_live = 1 AND is_starred = 1;
