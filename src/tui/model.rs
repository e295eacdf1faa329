//! The interface's state: plain data that the UI task alone owns. `update` changes it, `view` draws it.

pub mod filter;
pub mod find;
pub mod list;
pub mod popup;
pub mod reader;
pub mod sources;

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::layout::Size;

pub use filter::{Filter, Place, TagChip};
pub use list::List;
pub use popup::{Form, FormKind, Item, Passage, Picker, PickerKind, Popup, Tick};
pub use reader::Reader;
pub use sources::{SourceRow, Sources};

use super::layout::{self, Panes};
use super::msg::Ticket;
use crate::command::keys::KeySequence;
use crate::config::{ArticlePlace, Bidi, Config, ScopeSetting, Theme};
use crate::i18n::{Language, Texts};
use crate::model::entry::EntryId;
use crate::model::topic::{Membership, TopicId};
use crate::platform::opener::Browser;
use crate::store::{Change, StoryEdit, TagEdit};

/// The pane that has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    Sources,
    Headlines,
    Article,
}

/// How the user likes the screen divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prefs {
    /// The list's share of its split, in percent.
    pub split: u16,
    pub place: ArticlePlace,
    pub is_zoomed: bool,
    pub is_compact: bool,
    pub reading_width: u16,
}

/// A line at the bottom that goes away by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub text: String,
    pub is_error: bool,
    /// A path that `text` holds: its end is what is shown where there is no room for all of it.
    pub path: Option<String>,
}

/// How the running poll stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    pub is_running: bool,
    pub feeds: usize,
    pub done: usize,
    pub failed: usize,
}

/// Something that can be undone.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    Marked(Change),
    Tagged(TagEdit),
    Regrouped(StoryEdit),
    Followed { topic: TopicId, name: String, examples: Vec<EntryId> },
    Taught(Lesson),
}

/// What the reader has said of an article and a topic, and what held before.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    pub topic: TopicId,
    pub name: String,
    pub id: EntryId,
    pub is_in: bool,
    pub said_before: Option<bool>,
    /// How the article belonged to the topic by itself, where nothing had been said.
    pub before: Option<Membership>,
}

/// Why the interface ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Quit,
    /// The reader wants to look around in the demo.
    Demo,
}

#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "facts that hold independently")]
pub struct Model {
    pub texts: Texts,
    pub theme: Theme,
    pub is_ascii: bool,
    /// Kabar sets right-to-left text in the order in which it is seen, since the terminal does not.
    pub reorders: bool,
    pub is_demo: bool,
    pub size: Size,
    pub prefs: Prefs,
    pub focus: Focus,
    pub sources: Sources,
    pub list: List,
    pub reader: Reader,
    pub popup: Option<Popup>,
    /// The names of all tags, the most used first, as they were asked for last.
    pub tag_names: Vec<String>,
    pub progress: Progress,
    pub notice: Option<Notice>,
    pub undo: Vec<Act>,
    pub redo: Vec<Act>,
    /// The beginning of a key sequence.
    pub pending: KeySequence,
    /// Digits of a link's number.
    pub number: Option<u32>,
    pub now: Timestamp,
    pub zone: TimeZone,
    pub exit: Option<Exit>,
    /// Nobody has pressed a key since the list was made: newcomers may still move it.
    pub is_pristine: bool,
    pub browser: Browser,
    pub read_delay: Duration,
    /// Words of the titles or addresses of feeds whose pictures are fetched ahead.
    pub pictured: Vec<String>,
    /// Seconds between two polls of a feed that has no interval of its own.
    pub interval: u32,
    pub store_version: Option<i64>,
    /// Something has come that the counts and the list do not show yet.
    pub counts_due: bool,
    next_ticket: u64,
}

impl Model {
    #[must_use]
    pub fn new(config: &Config, language: Language, theme: Theme, now: Timestamp, zone: TimeZone) -> Self {
        let interface = &config.interface;
        let scope = match interface.scope {
            ScopeSetting::All => crate::command::Scope::All,
            ScopeSetting::Unread => crate::command::Scope::Unread,
            ScopeSetting::Starred => crate::command::Scope::Starred,
        };
        Self {
            texts: Texts::new(language),
            theme,
            is_ascii: interface.ascii,
            reorders: interface.bidi != Bidi::Terminal,
            is_demo: false,
            size: Size::new(80, 24),
            prefs: Prefs {
                split: interface.split,
                place: interface.article,
                is_zoomed: false,
                is_compact: interface.compact,
                reading_width: interface.reading_width,
            },
            focus: Focus::Headlines,
            sources: Sources::default(),
            list: List::new(Filter { scope, ..Filter::default() }),
            reader: Reader::default(),
            popup: None,
            tag_names: Vec::new(),
            progress: Progress::default(),
            notice: None,
            undo: Vec::new(),
            redo: Vec::new(),
            pending: KeySequence::new(),
            number: None,
            now,
            zone,
            exit: None,
            is_pristine: true,
            browser: config.browser.clone(),
            read_delay: interface.read_delay,
            pictured: interface.pictures.clone(),
            interval: u32::try_from(config.poll.interval.as_secs()).unwrap_or(u32::MAX),
            store_version: None,
            counts_due: false,
            next_ticket: 0,
        }
    }

    pub fn ticket(&mut self) -> Ticket {
        self.next_ticket += 1;
        Ticket(self.next_ticket)
    }

    /// Whether the list is still that of what a search has found: then there is a next one.
    #[must_use]
    pub fn is_walking(&self) -> bool {
        let outer = self.list.outer.as_ref().filter(|_| self.list.filter.words.is_none());
        let filter = outer.map_or(&self.list.filter, |outer| &outer.filter);
        self.reader.walk.as_ref().is_some_and(|walk| filter.words.as_ref() == Some(&walk.words))
    }

    /// Where the panes are now.
    #[must_use]
    pub fn panes(&self) -> Panes {
        layout::panes(self.size, self.prefs, self.focus)
    }

    pub fn tell(&mut self, text: String) {
        self.notice = Some(Notice { text, is_error: false, path: None });
    }

    pub fn warn(&mut self, text: String) {
        self.notice = Some(Notice { text, is_error: true, path: None });
    }

    /// Lines of a headline row.
    #[must_use]
    pub fn row_height(&self) -> u16 {
        let height = self.panes().headlines.map_or(0, |area| area.height);
        if self.prefs.is_compact || height < 10 { 1 } else { 2 }
    }

    /// Rows that the headline pane has room for, at least one.
    #[must_use]
    pub fn visible_rows(&self) -> usize {
        let height = self.panes().headlines.map_or(0, |area| area.height.saturating_sub(2));
        usize::from(height / self.row_height()).max(1)
    }
}
