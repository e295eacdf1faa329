-- A feed: what the user asked for, what the publisher says of itself, and its counts (kept by store/ingest.rs and
-- store/state.rs in the transaction that changes them). A feed that was unsubscribed stays, so that what was read or
-- starred is not forgotten.
CREATE TABLE feed (
  id            INTEGER PRIMARY KEY,
  url           TEXT NOT NULL UNIQUE,
  is_subscribed INTEGER NOT NULL DEFAULT 1,
  title         TEXT NOT NULL DEFAULT '',
  user_title    TEXT,
  folder        TEXT,
  tags          TEXT NOT NULL DEFAULT '[]',
  interval      INTEGER,
  fulltext      INTEGER NOT NULL DEFAULT 0,
  muted         INTEGER NOT NULL DEFAULT 0,
  facts         TEXT NOT NULL DEFAULT '{}',
  articles      INTEGER NOT NULL DEFAULT 0,
  unread        INTEGER NOT NULL DEFAULT 0,
  starred       INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The fetch record: the only row that a poll without news rewrites. Times are unix seconds.
CREATE TABLE fetch (
  feed_id       INTEGER PRIMARY KEY REFERENCES feed (id),
  etag          BLOB,
  last_modified BLOB,
  digest        BLOB,
  last_attempt  INTEGER,
  last_success  INTEGER,
  next_attempt  INTEGER NOT NULL DEFAULT 0,
  failures      INTEGER NOT NULL DEFAULT 0,
  error_kind    TEXT,
  error_detail  TEXT
) STRICT;

-- What kabar and the user know of an item. Outlives the entry, so that a republished item never comes back as new.
-- `at` is the list's order: published, but not later than first seen. `is_live`: the entry's text is there.
CREATE TABLE state (
  id          INTEGER PRIMARY KEY,
  feed_id     INTEGER NOT NULL,
  at          INTEGER NOT NULL,
  first_seen  INTEGER NOT NULL,
  is_read     INTEGER NOT NULL DEFAULT 0,
  is_starred  INTEGER NOT NULL DEFAULT 0,
  is_live     INTEGER NOT NULL DEFAULT 1,
  fingerprint INTEGER NOT NULL,
  title_hash  INTEGER NOT NULL,
  has_guid    INTEGER NOT NULL
) STRICT;
CREATE INDEX state_at ON state (at DESC, id DESC) WHERE is_live = 1;
CREATE INDEX state_feed ON state (feed_id, at DESC, id DESC, is_read) WHERE is_live = 1;
CREATE INDEX state_unread ON state (at DESC, id DESC, feed_id) WHERE is_live = 1 AND is_read = 0;
CREATE INDEX state_starred ON state (at DESC, id DESC, feed_id) WHERE is_live = 1 AND is_starred = 1;

-- How items are recognised: hashes of guid, link, title and date (model/plan.rs).
CREATE TABLE identity (
  feed_id  INTEGER NOT NULL,
  hash     INTEGER NOT NULL,
  entry_id INTEGER NOT NULL,
  PRIMARY KEY (feed_id, hash)
) STRICT, WITHOUT ROWID;

-- An item as published, as far as a list shows it.
CREATE TABLE entry (
  id        INTEGER PRIMARY KEY,
  url       TEXT,
  title     TEXT NOT NULL,
  author    TEXT,
  published INTEGER,
  updated   INTEGER,
  language  TEXT,
  summary   TEXT NOT NULL DEFAULT '',
  is_edited INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Its text and the rest, read one at a time. `details` is JSON: authors, image, enclosures.
CREATE TABLE body (
  id      INTEGER PRIMARY KEY,
  html    TEXT NOT NULL,
  details TEXT
) STRICT;

-- Tags under their folded key; `name` is the first spelling that was met.
CREATE TABLE tag (
  id       INTEGER PRIMARY KEY,
  key      TEXT NOT NULL UNIQUE,
  name     TEXT NOT NULL,
  articles INTEGER NOT NULL DEFAULT 0,
  unread   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE entry_tag (
  entry_id INTEGER NOT NULL,
  tag_id   INTEGER NOT NULL,
  source   INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  PRIMARY KEY (entry_id, tag_id, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_tag_tag ON entry_tag (tag_id, at DESC, entry_id DESC);
