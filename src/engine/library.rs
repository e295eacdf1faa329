//! Reading and marking: what the store knows, for lists, panes and scripts.

use std::collections::BTreeMap;

use super::workers::SMALL;
use super::{Engine, EngineError};
use crate::content::extract::clean_feed;
use crate::model::article::Anchor;
use crate::model::entry::{Entry, EntryId, Headline};
use crate::model::feed::{Feed, FeedId};
use crate::model::ledger::Account;
use crate::model::query::Query;
use crate::model::revision::Version;
use crate::model::tag::{TagCount, TagSource};
use crate::platform::clock;
use crate::store::{Change, Mark, Overlaps, Span, TagEdit, Window};

/// The text of a feed without what its publisher's system puts around it; what is stored stays as it came.
fn as_read(mut entry: Entry) -> Entry {
    if !entry.is_whole && !entry.html.is_empty() {
        entry.html = clean_feed(&entry.html, &entry.headline.title, &entry.authors);
    }
    entry
}

/// How many rows a list has at most.
fn most(query: &Query) -> u64 {
    query.limit().map_or(u64::MAX, u64::from)
}

impl Engine {
    pub async fn feeds(&self) -> Result<Vec<Feed>, EngineError> {
        Ok(self.store().feeds().await?)
    }

    /// What became of the items of each feed's documents.
    pub async fn accounts(&self) -> Result<BTreeMap<FeedId, Account>, EngineError> {
        Ok(self.store().accounts().await?)
    }

    /// The same for those feeds that have once rolled past between two polls.
    pub async fn gaps(&self) -> Result<BTreeMap<FeedId, Account>, EngineError> {
        Ok(self.store().gaps().await?)
    }

    /// All versions of an article, the oldest first.
    pub async fn versions(&self, id: EntryId) -> Result<Vec<Version>, EngineError> {
        Ok(self.store().versions(id).await?)
    }

    pub async fn tags(&self) -> Result<Vec<TagCount>, EngineError> {
        Ok(self.store().tags().await?)
    }

    /// Tags by source, for scripts: name, source, articles, unread.
    pub async fn tag_sources(&self) -> Result<Vec<(String, TagSource, u64, u64)>, EngineError> {
        Ok(self.store().tag_sources().await?)
    }

    pub async fn entry_tags(&self, id: EntryId) -> Result<Vec<(String, TagSource)>, EngineError> {
        Ok(self.store().entry_tags(id).await?)
    }

    /// At most `limit` rows of a list, every entry of it, however long what is to be indexed takes.
    pub async fn headlines(&self, query: Query, span: Span, limit: u32) -> Result<Window, EngineError> {
        self.index_for(&query, |_| {}).await?;
        Ok(self.store().headlines(query, span, limit, clock::local()).await?)
    }

    /// At most `limit` rows of a list, where an article that several feeds have is there once.
    pub async fn articles(&self, query: Query, span: Span, limit: u32) -> Result<Window, EngineError> {
        self.catch_up(&query).await?;
        Ok(self.store().articles(query, span, limit, clock::local()).await?)
    }

    /// The same, but of a story's articles only the first in the list is there.
    pub async fn told(&self, query: Query, span: Span, limit: u32) -> Result<Window, EngineError> {
        self.catch_up(&query).await?;
        Ok(self.store().told(query, span, limit, clock::local()).await?)
    }

    /// How many articles the list holds, those that several feeds have counted once.
    pub async fn count_articles(&self, query: Query) -> Result<u64, EngineError> {
        self.catch_up(&query).await?;
        let most = most(&query);
        Ok(self.store().count_articles(query, clock::local()).await?.min(most))
    }

    /// By how much the counts of the feeds, added up, exceed the articles there are.
    pub async fn overlaps(&self) -> Result<Overlaps, EngineError> {
        Ok(self.store().overlaps().await?)
    }

    pub async fn headlines_by_id(&self, ids: Vec<EntryId>) -> Result<Vec<Headline>, EngineError> {
        Ok(self.store().headlines_by_id(ids).await?)
    }

    /// How many entries the list holds, however long what is to be indexed takes.
    pub async fn count(&self, query: Query) -> Result<u64, EngineError> {
        self.index_for(&query, |_| {}).await?;
        let most = most(&query);
        Ok(self.store().count(query, clock::local()).await?.min(most))
    }

    /// How many articles of the list have arrived since the one with this id.
    pub async fn count_newer(&self, query: Query, than: EntryId) -> Result<u64, EngineError> {
        self.catch_up(&query).await?;
        Ok(self.store().count_newer(query, than, clock::local()).await?)
    }

    /// An entry as it is read: the text of a feed without what its publisher's system puts around it.
    pub async fn entry(&self, id: EntryId) -> Result<Option<Entry>, EngineError> {
        let Some(entry) = self.store().entry(id).await? else { return Ok(None) };
        if entry.html.len() <= SMALL {
            return Ok(Some(as_read(entry)));
        }
        let kept = entry.clone();
        let cleaned = self.in_turn(entry.html.len(), move || as_read(entry)).await;
        Ok(Some(cleaned.unwrap_or(kept)))
    }

    /// Marks entries; on disk when it returns. The change names those that were not so marked before.
    pub async fn mark(&self, entries: Vec<EntryId>, mark: Mark) -> Result<Change, EngineError> {
        Ok(self.store().mark(entries, mark, clock::now()).await?)
    }

    /// Marks these entries and none of their copies: takes a change back.
    pub async fn mark_only(&self, entries: Vec<EntryId>, mark: Mark) -> Result<Change, EngineError> {
        Ok(self.store().mark_only(entries, mark, clock::now()).await?)
    }

    /// Marks a whole list, except what has arrived after `up_to`. With `up_to` a list is meant that somebody sees: what is not
    /// in it because it is still to be indexed is left alone.
    pub async fn mark_all(&self, query: Query, up_to: Option<EntryId>, mark: Mark) -> Result<Change, EngineError> {
        if up_to.is_none() {
            self.index_for(&query, |_| {}).await?;
        }
        if let Some(entries) = self.best(&query).await? {
            return Ok(self.store().mark(entries, mark, clock::now()).await?);
        }
        Ok(self.store().mark_all(query, up_to, mark, clock::local()).await?)
    }

    /// The entries of a list that has only the first so many in another order than that of time; `None` for all others.
    async fn best(&self, query: &Query) -> Result<Option<Vec<EntryId>>, EngineError> {
        let Some(limit) = query.limit().filter(|_| query.is_whole()) else { return Ok(None) };
        let hits = self.rank_all(query.clone(), limit, false, |_| {}).await?;
        Ok(Some(hits.into_iter().map(|hit| hit.row.id).collect()))
    }

    /// Remembers how far an article was read.
    pub async fn save_position(&self, id: EntryId, anchor: Option<Anchor>) -> Result<(), EngineError> {
        Ok(self.store().save_position(id, anchor).await?)
    }

    /// Merges a tag into another one: so is what comes under its name later. False when it is part of that one already.
    pub async fn merge_tag(&self, tag: String, into: String) -> Result<bool, EngineError> {
        Ok(self.store().merge_tag(tag, into).await?)
    }

    /// Undoes the merge of a tag; false when there was none.
    pub async fn split_tag(&self, tag: String) -> Result<bool, EngineError> {
        Ok(self.store().split_tag(tag).await?)
    }

    /// The merges: a tag, and what it was merged into.
    pub async fn tag_merges(&self) -> Result<Vec<(String, String)>, EngineError> {
        Ok(self.store().tag_merges().await?)
    }

    pub async fn edit_tag(&self, entries: Vec<EntryId>, tag: String, is_added: bool) -> Result<TagEdit, EngineError> {
        Ok(self.store().edit_tag(entries, tag, is_added).await?)
    }

    pub async fn edit_tag_all(&self, query: Query, tag: String, is_added: bool) -> Result<TagEdit, EngineError> {
        self.index_for(&query, |_| {}).await?;
        if let Some(entries) = self.best(&query).await? {
            return Ok(self.store().edit_tag(entries, tag, is_added).await?);
        }
        Ok(self.store().edit_tag_all(query, tag, is_added, clock::local()).await?)
    }

    /// Differs from the last call's when another process has written to the store.
    pub async fn store_version(&self) -> Result<i64, EngineError> {
        Ok(self.store().version().await?)
    }

    /// When the next feed is due.
    pub async fn next_due(&self) -> Result<Option<jiff::Timestamp>, EngineError> {
        self.recall_holds().await?;
        Ok(self.store().next_due().await?)
    }

    /// What is wrong with the store; reads all of it.
    pub async fn check_store(&self) -> Result<Vec<String>, EngineError> {
        Ok(self.store().check().await?)
    }

    /// Counts everything anew, which mends wrong counters.
    pub async fn recount(&self) -> Result<(), EngineError> {
        Ok(self.store().recount().await?)
    }
}
