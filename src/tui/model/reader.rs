//! The article pane: the open article, and a few rendered ones around it.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use jiff::Timestamp;

use super::find::{Hit, Search};
use crate::model::article::{Anchor, Article};
use crate::model::entry::{Entry, EntryId, Headline, RowKey};
use crate::model::query::Query;
use crate::model::story::StoryId;
use crate::tui::msg::Ticket;

/// Rendered articles kept at hand; beyond so many bytes of text only the latest two, the shown one and the next.
const KEPT: usize = 8;
const BYTES: usize = 1 << 20;

/// An article that a list may have among its rows, or within the story that a row tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    pub key: RowKey,
    /// The story that it tells with others, and a title for it.
    pub story: Option<(StoryId, String)>,
}

impl Listing {
    #[must_use]
    pub fn of(row: &Headline) -> Self {
        let story = row.story.filter(|_| row.in_story > 1);
        Self { key: row.key(), story: story.map(|story| (story, row.title.clone())) }
    }
}

/// What a search has found, to be gone through from one to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walk {
    /// As the list's filter has them.
    pub words: (String, Query),
    /// The best first.
    pub hits: Vec<Listing>,
    pub at: usize,
}

#[derive(Debug, Clone)]
pub struct Rendered {
    pub id: EntryId,
    pub width: u16,
    pub entry: Arc<Entry>,
    pub article: Arc<Article>,
}

impl Rendered {
    /// The addresses that numbers lead to: the links of the text, then its files.
    pub fn numbered(&self) -> impl Iterator<Item = (u32, &str)> {
        let links = self.article.links.iter().map(|link| link.url.as_str());
        (1..).zip(links.chain(self.entry.enclosures.iter().map(|file| file.url.as_str())))
    }
}

/// What the list's filter looks for, where it stands in an article that is set at one width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highlights {
    pub id: EntryId,
    pub width: u16,
    pub query: Query,
    pub hits: Vec<Hit>,
}

impl Highlights {
    /// Whether they are those of this article for this query.
    #[must_use]
    pub fn are_of(&self, shown: &Rendered, query: &Query) -> bool {
        self.id == shown.id && self.width == shown.width && self.query == *query
    }
}

#[derive(Debug, Default)]
pub struct Reader {
    /// The list's article.
    pub selected: Option<EntryId>,
    /// The article the pane is to show.
    pub wanted: Option<EntryId>,
    /// What it shows; may be the previous one for as long as the wanted one is being set.
    pub shown: Option<Rendered>,
    /// First line on the screen.
    pub scroll: usize,
    /// Columns that code is scrolled sideways by.
    pub shift: usize,
    /// Requested from the engine and not yet answered.
    pub requested: Vec<(EntryId, u16)>,
    /// Articles whose pages are being fetched.
    pub fetching: Vec<EntryId>,
    /// The wanted article is gone from the store.
    pub is_gone: bool,
    /// Open since the last tick, but not yet long enough to count as read.
    pub opened: Option<(EntryId, Timestamp)>,
    /// What was found last, until Esc.
    pub walk: Option<Walk>,
    /// The search for an unread article that is awaited.
    pub seeking: Option<Ticket>,
    /// To be opened as soon as the list holds it; or the first unread one of the next list.
    pub open_when_listed: Option<Listing>,
    pub open_next_unread: bool,
    /// What is looked for in the shown article, until Esc.
    pub search: Option<Search>,
    /// What the filter looks for; without hits until they have come.
    pub highlights: Option<Highlights>,
    /// Pages that were gone to from the selected article, the one that is shown last.
    pub visits: Vec<Visit>,
    /// Where the page that is gone back to was left.
    pub returning: Option<usize>,
    /// The page behind a link that is on its way.
    pub following: Option<Ticket>,
    /// How far articles have been read since they were loaded; `None` where there is nothing to come back to.
    pub places: HashMap<EntryId, Option<Anchor>>,
    visited: i64,
    kept: VecDeque<Rendered>,
}

/// A page that a link of an article led to, shown like an article; its id is negative and no store knows it.
#[derive(Debug, Clone)]
pub struct Visit {
    pub entry: Arc<Entry>,
    /// Where the reader was when leaving for it.
    pub scroll: usize,
}

impl Reader {
    /// An id that no entry and no other page has.
    pub fn next_visit(&mut self) -> EntryId {
        self.visited -= 1;
        EntryId(self.visited)
    }

    /// The page that was gone to, when it is what the pane shows.
    #[must_use]
    pub fn visit(&self) -> Option<&Visit> {
        self.visits.last()
    }

    #[must_use]
    pub fn kept(&self, id: EntryId, width: u16) -> Option<&Rendered> {
        self.kept.iter().find(|kept| kept.id == id && kept.width == width)
    }

    pub fn keep(&mut self, rendered: Rendered) {
        self.kept.retain(|kept| kept.id != rendered.id || kept.width != rendered.width);
        self.kept.push_back(rendered);
        let bytes = |kept: &VecDeque<Rendered>| kept.iter().map(|kept| kept.entry.html.len()).sum::<usize>();
        while self.kept.len() > KEPT || self.kept.len() > 2 && bytes(&self.kept) > BYTES {
            self.kept.pop_front();
        }
    }

    /// The text has changed in the store.
    pub fn forget(&mut self, ids: &[EntryId]) {
        self.kept.retain(|kept| !ids.contains(&kept.id));
        self.highlights = self.highlights.take().filter(|highlights| !ids.contains(&highlights.id));
    }

    /// The shown article, when it is the wanted one.
    #[must_use]
    pub fn current(&self) -> Option<&Rendered> {
        self.shown.as_ref().filter(|shown| Some(shown.id) == self.wanted)
    }
}
