//! The article pane: the open article, and a few rendered ones around it.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;

use crate::model::article::Article;
use crate::model::entry::{Entry, EntryId};
use crate::tui::msg::Ticket;

/// Rendered articles kept at hand.
const KEPT: usize = 8;

#[derive(Debug, Clone)]
pub struct Rendered {
    pub id: EntryId,
    pub width: u16,
    pub entry: Arc<Entry>,
    pub article: Arc<Article>,
}

#[derive(Debug, Default)]
pub struct Reader {
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
    /// The search for an unread article that is awaited.
    pub seeking: Option<Ticket>,
    /// To be opened as soon as the list holds it; or the first unread one of the next list.
    pub open_when_listed: Option<EntryId>,
    pub open_next_unread: bool,
    kept: VecDeque<Rendered>,
}

impl Reader {
    #[must_use]
    pub fn kept(&self, id: EntryId, width: u16) -> Option<&Rendered> {
        self.kept.iter().find(|kept| kept.id == id && kept.width == width)
    }

    pub fn keep(&mut self, rendered: Rendered) {
        self.kept.retain(|kept| kept.id != rendered.id || kept.width != rendered.width);
        self.kept.push_back(rendered);
        while self.kept.len() > KEPT {
            self.kept.pop_front();
        }
    }

    /// The text has changed in the store.
    pub fn forget(&mut self, ids: &[EntryId]) {
        self.kept.retain(|kept| !ids.contains(&kept.id));
    }

    /// The shown article, when it is the wanted one.
    #[must_use]
    pub fn current(&self) -> Option<&Rendered> {
        self.shown.as_ref().filter(|shown| Some(shown.id) == self.wanted)
    }
}
