//! What happened ([`Msg`]), what to do next ([`Effect`]), and the ticket that tells a late reply from the awaited one.

mod rules;
mod topics;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use crossterm::event::Event;
use ratatui::layout::Size;

pub use rules::{RuleEffect, RuleMsg};
pub use topics::{TopicEffect, TopicMsg};

use super::graphics::Drawn;
use super::model::reader::Highlights;
use crate::engine::{Added, EngineEvent, Explanation, Found, Imported, PollRequest, Revision, Searched};
use crate::model::article::{Anchor, Article};
use crate::model::entry::{Entry, EntryId, Headline, RowKey};
use crate::model::feed::{Feed, FeedId, Subscription};
use crate::model::file_format::FileFormat;
use crate::model::ledger::Account;
use crate::model::page::Learned;
use crate::model::query::Query;
use crate::model::tag::{TagCount, TagSource};
use crate::model::view::{NewView, SavedView, ViewId};
use crate::platform::notifier::Notification;
use crate::store::{Change, Mark, Overlaps, Span, TagEdit, Window};

/// Stamped on a request and on its reply; a reply whose ticket is no longer the awaited one is dropped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ticket(pub u64);

/// Why a mark or tag is set: only a fresh act goes onto the undo stack and clears the redo stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Act,
    Undo,
    Redo,
}

/// What happened.
#[derive(Debug)]
pub enum Msg {
    Terminal(Event),
    Engine(EngineEvent),
    /// So many events were missed that everything has to be looked at anew.
    Lagged,
    Listed {
        ticket: Ticket,
        span: Span,
        keep: Option<EntryId>,
        result: Result<Window, Fault>,
        /// Where in the titles stands what the filter looks for.
        places: Vec<(EntryId, Vec<Range<usize>>)>,
    },
    /// Where in an article stands what the filter looks for.
    Highlighted(Highlights),
    Counted {
        ticket: Ticket,
        count: u64,
        /// Rows, where that is known.
        listed: Option<u64>,
    },
    Newer {
        ticket: Ticket,
        count: u64,
    },
    Today(u64),
    Views(Vec<SavedView>),
    /// How much is unread in these views.
    ViewsCounted {
        ticket: Ticket,
        counts: Vec<(ViewId, u64)>,
    },
    ViewSaved,
    /// Rows as they are now.
    Rows(Vec<Headline>),
    Feeds(Vec<Feed>, Overlaps, BTreeMap<FeedId, Account>),
    Tags(Vec<TagCount>),
    Topic(TopicMsg),
    Rule(RuleMsg),
    EntryTags {
        id: EntryId,
        tags: Vec<(String, TagSource)>,
    },
    Explained(Option<Box<Explanation>>),
    Article {
        id: EntryId,
        width: u16,
        found: Option<(Arc<Entry>, Arc<Article>)>,
    },
    UnreadFound {
        ticket: Ticket,
        found: Option<Headline>,
    },
    Marked {
        change: Change,
        origin: Origin,
    },
    Tagged {
        edit: TagEdit,
        origin: Origin,
    },
    /// What was found at an address, the best first, and what it was looked for with.
    Discovered {
        found: Vec<Arc<Found>>,
        subscription: Subscription,
    },
    Added(Added),
    Imported(Imported),
    Edited,
    Opened(String),
    /// What is left out of a site's articles.
    Boilerplate {
        ticket: Ticket,
        site: String,
        blocks: Vec<Learned>,
    },
    /// So many articles are files now; the path of the only one, else of their folder.
    Saved {
        count: usize,
        path: PathBuf,
    },
    /// The whole article of an entry is there, or the reason why not.
    Fetched {
        id: EntryId,
        problem: Option<String>,
    },
    /// The page behind a link has come, or the reason why not.
    Followed {
        ticket: Ticket,
        result: Result<Arc<Entry>, String>,
    },
    /// The best articles for what was typed.
    Searched {
        ticket: Ticket,
        text: String,
        found: Searched,
    },
    /// The versions of an article have been compared.
    Compared {
        ticket: Ticket,
        found: Option<(Arc<Entry>, Vec<Revision>)>,
    },
    Failed(Fault),
    /// A picture is ready to be shown, or the reason why not.
    Picture {
        ticket: Ticket,
        result: Result<Arc<Drawn>, String>,
    },
    /// What was to be remembered is on disk.
    Kept,
    /// Another process may have written to the store.
    Version(i64),
    /// Time to look at what a poll has brought.
    FollowUp,
    /// An article has been open for a while, which may be long enough for "read".
    Lingered,
    /// The selection of the source pane has come to rest.
    Rested,
    /// The notice has been there for long enough.
    NoticeOver,
}

/// A failure in the interface's words: a text id, and what to fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub id: &'static str,
    pub detail: String,
}

/// What the update asks for; it never acts itself.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    List {
        ticket: Ticket,
        query: Query,
        span: Span,
        keep: Option<EntryId>,
    },
    Count {
        ticket: Ticket,
        query: Query,
    },
    CountNewer {
        ticket: Ticket,
        query: Query,
        than: EntryId,
    },
    /// The best articles of the archive for this.
    Search {
        ticket: Ticket,
        query: Query,
        text: String,
    },
    CountToday,
    LoadViews,
    /// Count what is unread in these views.
    CountViews {
        ticket: Ticket,
        views: Vec<(ViewId, Query)>,
    },
    SaveView {
        over: Option<ViewId>,
        view: NewView,
    },
    RemoveView(ViewId),
    /// These rows once more: something about them has changed.
    LoadRows(Vec<EntryId>),
    LoadFeeds,
    LoadTags,
    /// About topics and stories.
    Topic(TopicEffect),
    /// About rules.
    Rule(RuleEffect),
    LoadEntryTags(EntryId),
    /// Why an article is here.
    Explain(EntryId),
    /// Tell of articles that rules ask it for.
    Notify(Notification),
    LoadArticle {
        id: EntryId,
        width: u16,
        image_word: String,
    },
    /// Find in an article, as it is set, what the filter looks for.
    Highlight {
        id: EntryId,
        width: u16,
        query: Query,
        entry: Arc<Entry>,
        article: Arc<Article>,
    },
    /// Set a page that was gone to; `id` is its headline's.
    SetPage {
        entry: Arc<Entry>,
        width: u16,
        image_word: String,
    },
    /// Fetch the page behind a link of an article and take its own article, under this id.
    Follow {
        ticket: Ticket,
        from: Arc<Entry>,
        id: EntryId,
        url: String,
    },
    /// Fetch a picture of an article and draw it for a place of that size.
    LoadPicture {
        ticket: Ticket,
        from: Arc<Entry>,
        url: String,
        size: Size,
    },
    /// Fetch the pictures of an article before they are asked for.
    FetchPictures(EntryId),
    /// Remember how far an article was read.
    SavePosition {
        id: EntryId,
        anchor: Option<Anchor>,
    },
    /// Fetch the article's page.
    FetchPage(EntryId),
    /// What has been learned of an article's site.
    LoadBoilerplate {
        ticket: Ticket,
        id: EntryId,
    },
    /// Keep a block of it from now on, or leave it out again.
    KeepBlock {
        ticket: Ticket,
        site: String,
        hash: i64,
        is_kept: bool,
    },
    /// Write articles to files: these, or a page that no store knows.
    Save {
        entries: Vec<EntryId>,
        page: Option<Arc<Entry>>,
        format: FileFormat,
    },
    /// Compare the versions of an article.
    Compare {
        ticket: Ticket,
        id: EntryId,
    },
    /// The next unread article of the list after this row, else from the top.
    FindUnread {
        ticket: Ticket,
        query: Query,
        after: Option<RowKey>,
    },
    /// No key is read until this is on disk.
    Mark {
        entries: Vec<EntryId>,
        mark: Mark,
        origin: Origin,
    },
    MarkAll {
        query: Query,
        up_to: Option<EntryId>,
        mark: Mark,
    },
    EditTag {
        entries: Vec<EntryId>,
        tag: String,
        is_added: bool,
        origin: Origin,
    },
    Poll(PollRequest),
    /// Because a key was pressed; `None` is all feeds.
    Reload(Option<Vec<FeedId>>),
    CancelPoll,
    /// Stop ranking everything.
    CancelRanking,
    Discover {
        url: String,
        subscription: Subscription,
    },
    Subscribe {
        found: Vec<Arc<Found>>,
        subscription: Subscription,
    },
    SubscribePacks(Vec<String>),
    Import(PathBuf),
    EditFeed {
        feed: FeedId,
        url: Option<String>,
        subscription: Subscription,
    },
    Remove(FeedId),
    Browse(String),
    Copy(String),
    CheckVersion,
    Redraw,
}

impl Effect {
    /// Whether the next key has to wait until this is on disk.
    #[must_use]
    pub fn is_durable(&self) -> bool {
        matches!(self, Self::Mark { .. } | Self::SavePosition { .. })
    }
}
