//! The headline list: a window of rows around the selection, never all of them.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::Filter;
use crate::model::entry::{EntryId, Headline};
use crate::store::{Mark, Span, Window};
use crate::tui::msg::{Fault, Ticket};

/// Rows that a new list begins with: more than a screen holds, and soon there.
pub const FIRST_PAGE: u32 = 60;
/// Rows loaded at a time from then on; more are asked for when the selection comes within half of this of an end.
pub const PAGE: u32 = 200;
/// Rows kept on either side of the selection.
const KEEP: usize = 400;

#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "facts that hold independently")]
pub struct List {
    pub filter: Filter,
    /// Newest first.
    pub rows: Vec<Headline>,
    /// There is nothing above the first row, below the last one.
    pub is_top: bool,
    pub is_bottom: bool,
    pub selected: usize,
    /// The first row on the screen.
    pub offset: usize,
    /// Articles in the whole list; `None` while it is being counted.
    pub count: Option<u64>,
    /// Its rows, where stories are there once; `None` where they are too many to count, or not counted yet.
    pub listed: Option<u64>,
    /// The list that a story was opened from.
    pub outer: Option<Box<Outer>>,
    /// Articles that have arrived above it since it was made.
    pub waiting: u64,
    /// The newest arrival that the list knows.
    pub newest: Option<EntryId>,
    /// Where in the titles of the rows stands what the filter looks for, in bytes.
    pub places: HashMap<EntryId, Vec<Range<usize>>>,
    pub marked: BTreeSet<EntryId>,
    pub fault: Option<Fault>,
    /// The reply that is awaited; `None` when the rows are what was asked for.
    pub awaited: Option<Ticket>,
    /// What is awaited is a ranking of everything, which may take long and can be cancelled.
    pub is_ranking: bool,
    /// A page at an end that is awaited.
    pub more: Option<Ticket>,
    pub counting: Option<Ticket>,
    pub counting_newer: Option<Ticket>,
    /// The filter changed while a reply was awaited: ask again when it comes.
    pub is_stale: bool,
    /// Nobody had touched the list when what is awaited was asked for.
    pub was_untouched: bool,
    /// Some reply has come.
    pub is_loaded: bool,
}

/// A list as it was when a story was opened from it.
#[derive(Debug)]
pub struct Outer {
    pub filter: Filter,
    rows: Vec<Headline>,
    is_top: bool,
    is_bottom: bool,
    selected: usize,
    offset: usize,
    count: Option<u64>,
    listed: Option<u64>,
    newest: Option<EntryId>,
    places: HashMap<EntryId, Vec<Range<usize>>>,
    marked: BTreeSet<EntryId>,
    /// Stories are other ones now.
    pub is_stale: bool,
}

impl Outer {
    #[must_use]
    pub fn of(list: &List) -> Self {
        Self {
            filter: list.filter.clone(),
            rows: list.rows.clone(),
            is_top: list.is_top,
            is_bottom: list.is_bottom,
            selected: list.selected,
            offset: list.offset,
            count: list.count,
            listed: list.listed,
            newest: list.newest,
            places: list.places.clone(),
            marked: list.marked.clone(),
            // A reply that is awaited will not be heard.
            is_stale: list.awaited.is_some(),
        }
    }
}

impl List {
    #[must_use]
    pub fn new(filter: Filter) -> Self {
        Self {
            filter,
            rows: Vec::new(),
            is_top: true,
            is_bottom: true,
            selected: 0,
            offset: 0,
            count: None,
            listed: None,
            outer: None,
            waiting: 0,
            newest: None,
            places: HashMap::new(),
            marked: BTreeSet::new(),
            fault: None,
            awaited: None,
            is_ranking: false,
            more: None,
            counting: None,
            counting_newer: None,
            is_stale: false,
            was_untouched: false,
            is_loaded: false,
        }
    }

    /// Shows again what was shown before a story was opened. What is still on its way is for nobody.
    pub fn restore(&mut self, outer: Outer) {
        let Outer { filter, rows, is_top, is_bottom, selected, offset, count, listed, newest, places, marked, .. } =
            outer;
        *self = Self {
            rows,
            is_top,
            is_bottom,
            selected,
            offset,
            count,
            listed,
            newest,
            places,
            marked,
            is_loaded: true,
            ..Self::new(filter)
        };
    }

    #[must_use]
    pub fn current(&self) -> Option<&Headline> {
        self.rows.get(self.selected)
    }

    /// The articles that an act works on: the marked ones, else the selected one.
    #[must_use]
    pub fn targets(&self) -> Vec<EntryId> {
        if self.marked.is_empty() {
            self.current().map(|row| row.id).into_iter().collect()
        } else {
            self.marked.iter().copied().collect()
        }
    }

    #[must_use]
    pub fn position(&self, id: EntryId) -> Option<usize> {
        self.rows.iter().position(|row| row.id == id)
    }

    /// Takes what belongs to the rows of a reply that is awaited.
    pub fn take_places(&mut self, ticket: Ticket, places: Vec<(EntryId, Vec<Range<usize>>)>) {
        if self.more == Some(ticket) {
            self.places.extend(places);
        } else if self.awaited == Some(ticket) {
            self.places = places.into_iter().collect();
        }
    }

    /// Takes a whole new window. The selection stays on its article where that is still listed, else on the row of its
    /// story, else on what came next.
    pub fn replace(&mut self, window: Window, span: Span, keep: Option<EntryId>) {
        let screen_row = self.selected.saturating_sub(self.offset);
        let before = std::mem::replace(&mut self.rows, window.rows);
        self.is_top = matches!(span, Span::Top) || (matches!(span, Span::Bottom) && window.is_last);
        self.is_bottom = matches!(span, Span::Bottom) || (!matches!(span, Span::Before(_)) && window.is_last);
        let last = self.rows.len().saturating_sub(1);
        self.selected = match keep.and_then(|id| self.position(id).or_else(|| self.heir(id, &before))) {
            Some(row) => row,
            None if matches!(span, Span::Bottom) => last,
            None => 0,
        };
        self.offset = self.selected.saturating_sub(screen_row);
        if self.is_top {
            self.waiting = 0;
            // Of what has come, all that the list has is in it, however old it says it is.
            self.newest = self.newest.max(window.newest);
        }
        self.newest = self.newest.max(self.rows.iter().map(|row| row.id).max());
        self.fault = None;
        self.is_loaded = true;
    }

    /// The row that a selection goes to when its article has left the list: a newer one of its story stands for both now.
    fn heir(&self, id: EntryId, before: &[Headline]) -> Option<usize> {
        let at = before.iter().position(|row| row.id == id)?;
        let (gone, next) = before.get(at..)?.split_first()?;
        let teller = self.rows.iter().position(|row| row.story.is_some() && row.story == gone.story);
        teller.or_else(|| next.iter().find_map(|row| self.position(row.id)))
    }

    /// Joins a page to the end it was asked for, and lets go of what is far from the selection.
    pub fn extend(&mut self, window: Window, span: Span) {
        match span {
            Span::After(_) | Span::From(_) | Span::Bottom => {
                self.is_bottom = window.is_last;
                self.rows.extend(window.rows);
                let surplus = self.selected.saturating_sub(KEEP).min(self.offset);
                if surplus > 0 {
                    self.rows.drain(..surplus);
                    self.selected -= surplus;
                    self.offset -= surplus;
                    self.is_top = false;
                }
            }
            Span::Before(_) | Span::Top => {
                self.is_top = window.is_last;
                let added = window.rows.len();
                self.rows.splice(0..0, window.rows);
                self.selected += added;
                self.offset += added;
                if self.rows.len() > self.selected + KEEP {
                    self.rows.truncate(self.selected + KEEP);
                    self.is_bottom = false;
                }
            }
        }
    }

    /// Takes rows that are listed as they are now.
    pub fn refresh(&mut self, rows: Vec<Headline>) {
        for row in rows {
            if let Some(at) = self.position(row.id) {
                self.rows[at] = row;
            }
        }
    }

    /// Whether all its rows are here.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.is_loaded && self.is_top && self.is_bottom
    }

    /// The page that is needed next, when the selection is near an end.
    #[must_use]
    pub fn wanted(&self) -> Option<Span> {
        let margin = PAGE as usize / 2;
        if !self.is_bottom && self.selected + margin >= self.rows.len() {
            return self.rows.last().map(|row| Span::After(row.key()));
        }
        if !self.is_top && self.selected < margin {
            return self.rows.first().map(|row| Span::Before(row.key()));
        }
        None
    }

    /// Shows a mark in the rows that are loaded.
    pub fn apply(&mut self, entries: &[EntryId], mark: Mark) {
        let set: BTreeSet<EntryId> = entries.iter().copied().collect();
        for row in self.rows.iter_mut().filter(|row| set.contains(&row.id)) {
            match mark {
                Mark::Read => row.read = true,
                Mark::Unread => row.read = false,
                Mark::Starred => row.starred = true,
                Mark::Unstarred => row.starred = false,
                Mark::Muted => row.muted = true,
                Mark::Unmuted => row.muted = false,
            }
        }
    }

    /// Keeps the selection on the screen, which has room for `visible` rows.
    pub fn scroll_to_selection(&mut self, visible: usize) {
        self.selected = self.selected.min(self.rows.len().saturating_sub(1));
        let lowest = self.selected.saturating_sub(visible.saturating_sub(1));
        self.offset = self.offset.clamp(lowest, self.selected);
        self.offset = self.offset.min(self.rows.len().saturating_sub(visible));
    }
}
