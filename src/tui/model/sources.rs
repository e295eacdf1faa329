//! The source pane: fixed places, then folders with their feeds.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::Timestamp;

use super::Place;
use crate::model::feed::{Feed, FeedId};
use crate::model::ledger::{Account, Gap};
use crate::model::tag;
use crate::model::topic::TopicRow;
use crate::model::view::{SavedView, ViewId};
use crate::store::Overlaps;
use crate::tui::msg::Ticket;

/// One row of the pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    pub place: Place,
    /// The feed's name or the folder's; empty for the fixed places, whose names the view knows.
    pub name: String,
    pub depth: u16,
    /// Unread articles; for the starred ones, all.
    pub count: u64,
    /// For folders: shown with its feeds.
    pub is_open: Option<bool>,
    pub is_failing: bool,
    pub is_muted: bool,
}

#[derive(Debug, Default)]
pub struct Sources {
    pub feeds: Vec<Feed>,
    /// What the feeds' counts have too much, added up.
    pub overlaps: Overlaps,
    /// The accounts of feeds that have rolled past between two polls.
    pub gaps: BTreeMap<FeedId, Account>,
    pub rows: Vec<SourceRow>,
    pub selected: usize,
    pub offset: usize,
    pub closed: HashSet<String>,
    pub today: u64,
    /// What is followed, with the counts of its tags.
    pub topics: Vec<TopicRow>,
    pub has_topics_closed: bool,
    pub views: Vec<SavedView>,
    /// How much is unread in them, as it was counted last.
    pub in_views: BTreeMap<ViewId, u64>,
    /// Those in which something may have happened since then.
    pub stale_views: BTreeSet<ViewId>,
    /// The count that is awaited.
    pub counting_views: Option<Ticket>,
    pub is_loaded: bool,
    /// The place that the list is to follow to, once the selection rests.
    pub following: Option<Place>,
}

impl Sources {
    #[must_use]
    pub fn current(&self) -> Option<&SourceRow> {
        self.rows.get(self.selected)
    }

    #[must_use]
    pub fn feed(&self, id: FeedId) -> Option<&Feed> {
        self.feeds.iter().find(|feed| feed.id == id)
    }

    /// The shorter interval to offer for a feed; `usual` is that of the settings, in seconds.
    #[must_use]
    pub fn offer(&self, id: FeedId, usual: u32, now: Timestamp) -> Option<Gap> {
        let account = self.gaps.get(&id)?;
        account.offer(self.feed(id)?.subscription.interval.unwrap_or(usual), now)
    }

    /// Takes the feeds as the store has them now; the selection stays on its row.
    pub fn replace(&mut self, feeds: Vec<Feed>, overlaps: Overlaps) {
        self.feeds = feeds;
        self.overlaps = overlaps;
        self.is_loaded = true;
        self.rebuild();
    }

    /// Makes the rows anew from the feeds and the open folders.
    pub fn rebuild(&mut self) {
        let place = self.current().map(|row| row.place.clone());
        self.rows = self.fixed();
        self.rows.extend(self.views.iter().map(|view| view_row(view, &self.in_views)));
        self.rows.extend(self.topic_rows());
        let mut folders: BTreeMap<&str, Vec<&Feed>> = BTreeMap::new();
        let mut loose = Vec::new();
        for feed in &self.feeds {
            match feed.subscription.folder.as_deref().filter(|name| !name.is_empty()) {
                Some(name) => folders.entry(name).or_default().push(feed),
                None => loose.push(feed),
            }
        }
        // Folders keep the order in which they were first used, which is the order of the user's list.
        let mut order: Vec<&str> = Vec::new();
        for feed in &self.feeds {
            if let Some(name) =
                feed.subscription.folder.as_deref().filter(|name| !name.is_empty() && !order.contains(name))
            {
                order.push(name);
            }
        }
        let mut rows = Vec::new();
        for name in order {
            let feeds = &folders[name];
            let is_open = !self.closed.contains(name);
            rows.push(SourceRow {
                place: Place::Folder(name.to_owned()),
                name: name.to_owned(),
                depth: 0,
                count: feeds
                    .iter()
                    .filter(|feed| !feed.subscription.muted)
                    .map(|feed| feed.unread)
                    .sum::<u64>()
                    .saturating_sub(self.overlaps.folders.get(name).map_or(0, |surplus| surplus.unread)),
                is_open: Some(is_open),
                is_failing: !is_open && feeds.iter().any(|feed| feed.fetch.error.is_some()),
                is_muted: false,
            });
            if is_open {
                rows.extend(feeds.iter().map(|feed| row(feed, 1)));
            }
        }
        rows.extend(loose.into_iter().map(|feed| row(feed, 0)));
        self.rows.extend(rows);
        if let Some(found) = place.and_then(|place| self.rows.iter().position(|row| row.place.is_same(&place))) {
            self.selected = found;
        }
        self.selected = self.selected.min(self.rows.len().saturating_sub(1));
    }

    fn fixed(&self) -> Vec<SourceRow> {
        let heard = || self.feeds.iter().filter(|feed| !feed.subscription.muted);
        let counts = [
            (Place::All, heard().map(|feed| feed.unread).sum::<u64>().saturating_sub(self.overlaps.all.unread)),
            (Place::Today, self.today),
            (Place::Starred, heard().map(|feed| feed.starred).sum::<u64>().saturating_sub(self.overlaps.all.starred)),
        ];
        let fixed = |(place, count)| SourceRow {
            place,
            name: String::new(),
            depth: 0,
            count,
            is_open: None,
            is_failing: false,
            is_muted: false,
        };
        counts.into_iter().map(fixed).collect()
    }

    fn topic_rows(&self) -> Vec<SourceRow> {
        if self.topics.is_empty() {
            return Vec::new();
        }
        let row = |place, depth, count, is_open| SourceRow {
            place,
            name: String::new(),
            depth,
            count,
            is_open,
            is_failing: false,
            is_muted: false,
        };
        let is_open = !self.has_topics_closed;
        let mut rows = vec![row(Place::Topics(self.topic_names()), 0, 0, Some(is_open))];
        let topics = self.topics.iter().filter(|_| is_open);
        rows.extend(topics.map(|topic| {
            let place = Place::Topic { id: topic.id, name: topic.name.clone() };
            row(place, 1, topic.unread, None)
        }));
        rows
    }

    /// The topic whose tag has this key.
    #[must_use]
    pub fn topic(&self, key: &str) -> Option<&TopicRow> {
        self.topics.iter().find(|topic| topic.key == key || tag::fold(&topic.name) == key)
    }

    #[must_use]
    pub fn topic_names(&self) -> Vec<String> {
        self.topics.iter().map(|topic| topic.name.clone()).collect()
    }

    /// Counts along that an article with these tags was read, or is unread again.
    pub fn count_topics_along(&mut self, tags: &[String], unread: i64) {
        let keys: Vec<String> = tags.iter().map(|name| tag::fold(name)).collect();
        for topic in self.topics.iter_mut().filter(|topic| keys.contains(&topic.key)) {
            topic.unread = topic.unread.saturating_add_signed(unread);
        }
    }

    /// Articles have come, or were read or tagged: any view may hold other ones now.
    pub fn views_changed(&mut self) {
        self.stale_views = self.views.iter().map(|view| view.id).collect();
    }

    /// Counts a mark along, until the store's own counts come.
    pub fn count_along(&mut self, feed: FeedId, unread: i64, starred: i64) {
        if let Some(feed) = self.feeds.iter_mut().find(|other| other.id == feed) {
            feed.unread = feed.unread.saturating_add_signed(unread);
            feed.starred = feed.starred.saturating_add_signed(starred);
        }
        self.rebuild();
    }

    pub fn scroll_to_selection(&mut self, visible: usize) {
        let lowest = self.selected.saturating_sub(visible.saturating_sub(1));
        self.offset = self.offset.clamp(lowest, self.selected).min(self.rows.len().saturating_sub(visible));
    }
}

fn view_row(view: &SavedView, counts: &BTreeMap<ViewId, u64>) -> SourceRow {
    SourceRow {
        place: Place::View(view.clone()),
        name: view.name.clone(),
        depth: 0,
        count: counts.get(&view.id).copied().unwrap_or_default(),
        is_open: None,
        is_failing: false,
        is_muted: false,
    }
}

fn row(feed: &Feed, depth: u16) -> SourceRow {
    SourceRow {
        place: Place::Feed(feed.id),
        name: feed.name().to_owned(),
        depth,
        count: feed.unread,
        is_open: None,
        is_failing: feed.fetch.error.is_some(),
        is_muted: feed.subscription.muted,
    }
}
