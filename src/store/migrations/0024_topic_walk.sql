-- What bears a tag because of a topic (source 5) is an index of its own: few of the articles with that tag may be the topic's.
CREATE INDEX entry_tag_topic ON entry_tag (tag_id, at DESC, entry_id DESC) WHERE source = 5;
