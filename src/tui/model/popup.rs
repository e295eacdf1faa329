//! What lies over the panes: a list to pick from, a form to fill in, the help, a question.

use std::ops::Range;
use std::sync::Arc;

use tui_input::Input;

use super::find::Search;
use super::reader::Listing;
use crate::command::{Command, Match};
use crate::engine::{Explanation, Found, TopicPage, Trial};
use crate::model::entry::EntryId;
use crate::model::feed::{FeedId, Subscription};
use crate::model::query::Query;
use crate::model::rule::Rule;
use crate::model::topic::TopicId;
use crate::model::view::ViewId;
use crate::tui::graphics::Drawn;
use crate::tui::msg::{Effect, Ticket};

#[derive(Debug)]
pub enum Popup {
    Picker(Picker),
    Form(Form),
    Picture(Viewer),
    /// How a feed fares.
    Explain {
        feed: FeedId,
        scroll: usize,
    },
    Help {
        scroll: usize,
    },
    /// Why an article is here.
    Why {
        explanation: Box<Explanation>,
        scroll: usize,
        /// Which of the topics is taught.
        topic: usize,
    },
    /// What was told of a topic.
    Topic {
        topic: TopicId,
        name: String,
        /// None while it is on its way.
        page: Option<Box<TopicPage>>,
        scroll: usize,
    },
    /// Enter does it, Esc does not.
    Confirm {
        question: String,
        effect: Effect,
    },
}

/// A picture of the article over the whole screen.
#[derive(Debug)]
pub struct Viewer {
    pub index: usize,
    pub url: String,
    pub ticket: Ticket,
    pub state: ViewerState,
}

#[derive(Debug)]
pub enum ViewerState {
    Loading,
    Shown(Arc<Drawn>),
    /// Why there is none.
    Failed(String),
}

/// What a picker is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PickerKind {
    TagFilter,
    /// The tags of one article, to filter by.
    ArticleTags(EntryId),
    /// What these articles might be followed by.
    Follow(Vec<EntryId>),
    /// What many tell of just now.
    Suggest,
    /// The user's own tags on these articles.
    EditTags(Vec<EntryId>),
    /// One of the user's tags to take off.
    RemoveTag(Vec<EntryId>),
    Palette,
    /// The saved views.
    Views,
    /// The rules, below what makes a new one.
    Rules(Vec<Rule>),
    /// The best of the archive for what is typed.
    Search {
        /// The answer that is awaited, and to what.
        awaited: Option<(Ticket, Query)>,
        /// Why what is typed is no query.
        problem: Option<String>,
        /// What each row says of it.
        passages: Vec<Passage>,
        /// What found them.
        found_by: Option<Query>,
    },
    /// The links and pictures of the article.
    Links,
    /// Its headings.
    Outline,
    /// What is left out of a site's articles.
    Boilerplate {
        site: String,
        ticket: Ticket,
    },
    /// The formats that an article can be saved in.
    Save,
    Welcome,
    /// The feeds that were found at an address.
    Feeds {
        found: Vec<Arc<Found>>,
        subscription: Subscription,
    },
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tick {
    #[default]
    Off,
    On,
    Out,
}

/// A text, and where in it stands what was sought, in bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    pub text: String,
    pub places: Vec<Range<usize>>,
    /// The article that says it; none where no text was asked for.
    pub article: Option<Listing>,
}

/// A row to pick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub label: String,
    pub detail: String,
    /// What identifies it: a tag's key, a pack's id, a command line.
    pub key: String,
    pub tick: Tick,
    pub command: Option<Command>,
}

/// A list that narrows as one types.
#[derive(Debug)]
pub struct Picker {
    pub kind: PickerKind,
    pub input: Input,
    pub items: Vec<Item>,
    /// Items that match what was typed, the best first.
    pub matches: Vec<usize>,
    pub selected: usize,
    pub matching: Match,
    pub is_loading: bool,
    /// Enters that were pressed before its rows had come.
    pub early: u8,
    /// A row was ticked in passing: Enter then only closes.
    pub has_ticked: bool,
    /// The selection was moved since something was typed last.
    pub has_moved: bool,
}

impl Picker {
    #[must_use]
    pub fn new(kind: PickerKind, items: Vec<Item>) -> Self {
        let mut picker = Self {
            kind,
            input: Input::default(),
            items,
            matches: Vec::new(),
            selected: 0,
            matching: Match::All,
            is_loading: false,
            early: 0,
            has_ticked: false,
            has_moved: false,
        };
        picker.narrow();
        picker
    }

    #[must_use]
    pub fn current(&self) -> Option<&Item> {
        self.matches.get(self.selected).and_then(|index| self.items.get(*index))
    }

    pub fn current_mut(&mut self) -> Option<&mut Item> {
        self.matches.get(self.selected).and_then(|index| self.items.get_mut(*index))
    }

    /// Tags to filter by, which may be followed.
    #[must_use]
    pub fn lists_tags(&self) -> bool {
        matches!(self.kind, PickerKind::TagFilter | PickerKind::ArticleTags(_))
    }

    /// Whether a letter that is also a key would go on narrowing: not once a row has been chosen by moving to it, and not
    /// where the row says what was typed and nothing would be left.
    #[must_use]
    pub fn would_type(&self, letter: char) -> bool {
        if self.has_moved {
            return false;
        }
        let typed = self.input.value().trim().to_lowercase();
        let is_said = self.current().is_some_and(|item| item.label.to_lowercase().contains(&typed));
        !is_said || !self.ranked(&format!("{typed}{letter}")).is_empty()
    }

    /// Ranks the items by what was typed; in their own order where nothing was.
    pub fn narrow(&mut self) {
        let typed = self.input.value().trim();
        // A search has chosen and ordered them.
        self.matches = if typed.is_empty() || matches!(self.kind, PickerKind::Search { .. }) {
            (0..self.items.len()).collect()
        } else {
            self.ranked(typed)
        };
        self.selected = 0;
        self.has_moved = false;
    }

    /// The items that match, the best first.
    fn ranked(&self, typed: &str) -> Vec<usize> {
        use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
        use nucleo_matcher::{Matcher, Utf32Str};
        let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(nucleo_matcher::Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut scored: Vec<(u32, usize)> = Vec::new();
        for (index, item) in self.items.iter().enumerate() {
            let mut score = |text: &str| pattern.score(Utf32Str::new(text, &mut buffer), &mut matcher);
            let best = score(&item.label).map(|score| score + 50).max(score(&item.key));
            scored.extend(best.map(|score| (score, index)));
        }
        scored.sort_by_key(|(score, index)| (std::cmp::Reverse(*score), *index));
        scored.into_iter().map(|(_, index)| index).collect()
    }
}

/// What a form is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormKind {
    Subscribe,
    EditFeed(FeedId),
    AddTag(Vec<EntryId>),
    /// What the list was filtered by before.
    Filter {
        before: Option<(String, Query)>,
    },
    Import,
    /// A view, new or changed.
    SaveView(Option<ViewId>),
    Rule {
        /// The one that is changed.
        over: Option<Box<Rule>>,
        /// What the archive has for the query that was typed so.
        trial: Option<(String, Trial)>,
    },
    /// What was looked for in the article before, and where the reader was.
    Find {
        before: Option<Search>,
        scroll: usize,
    },
}

/// Lines to fill in.
#[derive(Debug)]
pub struct Form {
    pub kind: FormKind,
    /// Text id of the label, and what is typed.
    pub fields: Vec<(&'static str, Input)>,
    pub selected: usize,
    pub error: Option<String>,
    /// The answer is being waited for.
    pub is_busy: bool,
}

impl Form {
    #[must_use]
    pub fn new(kind: FormKind, fields: Vec<(&'static str, Input)>) -> Self {
        Self { kind, fields, selected: 0, error: None, is_busy: false }
    }

    /// What was typed into the field with this label, trimmed.
    #[must_use]
    pub fn value(&self, label: &str) -> &str {
        self.fields.iter().find(|(name, _)| *name == label).map_or("", |(_, input)| input.value().trim())
    }
}
