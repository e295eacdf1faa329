//! The page behind a link of an article, as an entry that no store knows.

use url::Url;

use super::Engine;
use super::pages::PageError;
use crate::model::entry::{Entry, EntryId, Headline};
use crate::model::feed::FeedId;
use crate::net::Reach;
use crate::platform::clock;

impl Engine {
    /// Fetches the page at `url`, which the article `from` leads to, and takes its article; `id` is what it will be known by.
    pub async fn follow(&self, from: &Entry, id: EntryId, url: &str) -> Result<Entry, PageError> {
        let url =
            Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https")).ok_or(PageError::NoAddress)?;
        let host = url.host_str().unwrap_or_default().to_owned();
        let now = clock::now();
        let reach = self.link_reach(from, &url);
        let page = self.pages().article_within(reach, &url).await?;
        if let Some(barrier) = page.barrier {
            return Err(PageError::Barrier(barrier));
        }
        let published = page.date.and_then(crate::model::page::Dated::instant);
        let headline = Headline {
            id,
            feed: FeedId(0),
            feed_title: host,
            title: page.title.unwrap_or_default(),
            url: Some(url.to_string()),
            author: page.authors.first().cloned(),
            published,
            received: now,
            at: published.unwrap_or(now),
            read: true,
            starred: false,
            edited: false,
            tags: page.tags,
            summary: String::new(),
            language: page.language,
            copies: 0,
            muted: false,
            story: None,
            in_story: 1,
            topics: Vec::new(),
        };
        Ok(Entry {
            headline,
            // Where this one leads to is judged like where it was led to from.
            is_local: reach == Reach::Anywhere,
            feed_url: from.feed_url.clone(),
            authors: page.authors,
            updated: None,
            html: page.html,
            is_whole: true,
            page_problem: None,
            position: None,
            image: page.image,
            enclosures: Vec::new(),
            also_in: Vec::new(),
        })
    }
}
