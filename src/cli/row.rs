//! A headline as scripts get it.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::Serialize;

use crate::model::entry::{EntryId, Headline};
use crate::model::feed::FeedId;
use crate::model::story::StoryId;

pub(super) use crate::model::feed::shown_name as shown;

#[derive(Debug, Serialize)]
pub(super) struct Row<'a> {
    id: EntryId,
    feed_id: FeedId,
    feed: Cow<'a, str>,
    feed_url: &'a str,
    title: &'a str,
    url: Option<&'a str>,
    author: Option<&'a str>,
    published: Option<Timestamp>,
    received: Timestamp,
    read: bool,
    starred: bool,
    tags: &'a [String],
    /// Followed topics it belongs to.
    topics: &'a [String],
    /// The story it is part of: null until it was grouped.
    story: Option<StoryId>,
    summary: &'a str,
    language: Option<&'a str>,
    #[serde(flatten)]
    rank: Option<Rank<'a>>,
}

/// What a search adds to a row.
#[derive(Debug, Serialize)]
pub(super) struct Rank<'a> {
    pub score: f64,
    pub snippet: &'a str,
}

impl<'a> Row<'a> {
    pub fn new(headline: &'a Headline, feed_url: &'a str) -> Self {
        Self {
            id: headline.id,
            feed_id: headline.feed,
            feed: shown(&headline.feed_title),
            feed_url,
            title: &headline.title,
            url: headline.url.as_deref(),
            author: headline.author.as_deref(),
            published: headline.published,
            received: headline.received,
            read: headline.read,
            starred: headline.starred,
            tags: &headline.tags,
            topics: &headline.topics,
            story: headline.story,
            summary: &headline.summary,
            language: headline.language.as_deref(),
            rank: None,
        }
    }

    pub fn ranked(self, rank: Rank<'a>) -> Self {
        Self { rank: Some(rank), ..self }
    }
}
