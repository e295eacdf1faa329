//! Decides what storing one document does: which of its items are new, which changed, which are known.
//! Pure: the store looks up what it knows and carries out the plan.
//!
//! An item is recognised within its feed by its guid; an item without one by its text as it was, else by its link, else by
//! its title and date; within one document an item without guid and page of its own is told from others by its text. Feeds
//! change their guids, their addresses and their hosts, though, and an item must not come back as new for that: one whose
//! guid is unknown is recognised by its link, by its link on the host where the feed was, or by title and date, where
//! something else (the title, the text, the date) agrees too. Where that holds for the document as a whole, the link
//! alone is enough for the rest of it. Items that merely share a title or a link (a forecast a day, a status page) stay apart.

use std::collections::{HashMap, HashSet};

use super::entry::{Draft, EntryId};
use super::identity::has_same_text;
pub use super::identity::{Identities, Identity, fingerprint, title_hash};

/// What the store knows of one entry of the feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    pub id: EntryId,
    /// [`fingerprint`] of the version that is stored.
    pub fingerprint: i64,
    /// Its publisher gave it a guid.
    pub has_guid: bool,
    /// Its [`title_hash`].
    pub title: i64,
    /// Its date, else when it was first seen; unix seconds.
    pub at: i64,
    /// Its text went with its subscription; only its state is left.
    pub is_removed: bool,
}

/// One item of the document, as far as recognising it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    pub identities: Identities,
    pub fingerprint: i64,
    pub title: i64,
    /// Unix seconds, not later than now.
    pub date: Option<i64>,
    /// Its link on each host that the feed's links were on before.
    pub moved: Vec<Identity>,
}

impl Sketch {
    /// Of an item that nothing is known of yet.
    #[must_use]
    pub fn of(draft: &Draft) -> Self {
        Self {
            identities: Identities::of(draft),
            fingerprint: fingerprint(draft),
            title: title_hash(draft),
            date: draft.published.or(draft.updated).map(jiff::Timestamp::as_second),
            moved: Vec::new(),
        }
    }
}

/// What to do with a document. Indices are those of the drafts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    pub new: Vec<usize>,
    pub changed: Vec<(EntryId, usize)>,
    pub unchanged: Vec<(EntryId, usize)>,
    /// Those of `unchanged` and `changed` whose guid or link is another one than before: it has to be learnt.
    pub renamed: Vec<(EntryId, usize)>,
    /// Those of `unchanged` of which only the state is left: the feed is subscribed to again.
    pub returned: Vec<(EntryId, usize)>,
    /// The same item twice in one document: the first counts.
    pub repeated: usize,
    /// The feed's links are on another host than before.
    pub has_moved: bool,
}

/// Dates closer than this are those of one item that its publisher has touched up.
const NEAR: i64 = 12 * 3600;
/// So many items must agree before the whole document is taken to have changed its guids or its host.
const ENOUGH: usize = 2;

/// Entries by their identities. A link may be that of several, and so may a title.
pub type Knowledge = HashMap<Identity, Vec<Known>>;

/// Sorts the items of a document, in its order, by what is known.
#[must_use]
pub fn plan(items: &[Sketch], known: &Knowledge) -> Plan {
    let mut matching = Matching::new(items, known);
    matching.by_guid();
    if known.is_empty() {
        return matching.plan();
    }
    matching.by_text();
    matching.by_link();
    matching.by_title();
    matching.as_a_whole();
    matching.plan()
}

struct Matching<'a> {
    items: &'a [Sketch],
    known: &'a Knowledge,
    /// How often each link occurs in the document, and each title with its date among what is not repeated.
    links: HashMap<Identity, LinkUse>,
    titles: HashMap<Identity, usize>,
    /// What each item was recognised as.
    found: Vec<Option<Known>>,
    taken: HashSet<EntryId>,
    is_repeated: Vec<bool>,
    guids_known: usize,
    /// Entries that were found though their guid has changed.
    renamed: usize,
    has_moved: bool,
}

/// How a document uses one link.
struct LinkUse {
    items: usize,
    title: Identity,
    /// All of its items have this title and date: they are one item, repeated.
    is_of_one: bool,
}

impl<'a> Matching<'a> {
    fn new(items: &'a [Sketch], known: &'a Knowledge) -> Self {
        let mut links = HashMap::new();
        for Sketch { identities, .. } in items {
            if let Some(link) = identities.link {
                let title = identities.title;
                let usage = links.entry(link).or_insert(LinkUse { items: 0, title, is_of_one: true });
                usage.items += 1;
                usage.is_of_one &= usage.title == title;
            }
        }
        let mut matching = Self {
            items,
            known,
            links,
            titles: HashMap::new(),
            found: vec![None; items.len()],
            taken: HashSet::new(),
            is_repeated: Vec::new(),
            guids_known: 0,
            renamed: 0,
            has_moved: false,
        };
        let mut seen = HashSet::new();
        matching.is_repeated = items.iter().map(|item| !seen.insert(matching.strongest(item))).collect();
        for (item, _) in items.iter().zip(&matching.is_repeated).filter(|(_, is_repeated)| !**is_repeated) {
            *matching.titles.entry(item.identities.title).or_insert(0) += 1;
        }
        matching
    }

    /// What an item is told apart by within its document.
    fn strongest(&self, Sketch { identities, .. }: &Sketch) -> Identity {
        let link = identities.link.filter(|link| identities.is_own_link && self.links[link].is_of_one);
        identities.guid.or(link).or(identities.text).unwrap_or(identities.title)
    }

    /// The item's link, where no other item of the document has it.
    fn link(&self, item: &Sketch) -> Option<Identity> {
        item.identities.link.filter(|link| self.links[link].items == 1)
    }

    fn take(&mut self, index: usize, known: Known) {
        if self.taken.insert(known.id) {
            self.found[index] = Some(known);
        } else {
            self.is_repeated[index] = true;
        }
    }

    fn by_guid(&mut self) {
        for (index, item) in self.items.iter().enumerate() {
            let same = item.identities.guid.and_then(|guid| self.known.get(&guid)?.first().copied());
            if let Some(same) = same.filter(|_| !self.is_repeated[index]) {
                self.guids_known += 1;
                self.take(index, same);
            }
        }
    }

    /// Items without a guid that are as they were, whatever they share with others of the document.
    fn by_text(&mut self) {
        for index in self.open() {
            if let Some(same) = self.items[index].identities.text.and_then(|text| self.holder(text)) {
                self.take(index, same);
            }
        }
    }

    /// Items nobody has recognised yet.
    fn open(&self) -> Vec<usize> {
        (0..self.items.len()).filter(|index| self.found[*index].is_none() && !self.is_repeated[*index]).collect()
    }

    /// The one entry with this link, where neither the document nor the feed's past has two. An entry that an item claims
    /// by its guid cannot be claimed by another item's link.
    fn holder(&self, link: Identity) -> Option<Known> {
        let [one] = self.known.get(&link)?.as_slice() else { return None };
        Some(*one).filter(|one| !self.taken.contains(&one.id))
    }

    fn by_own_link(&self, item: &Sketch) -> Option<Known> {
        self.holder(self.link(item)?)
    }

    /// On the hosts where the feed was.
    fn by_moved_link(&self, item: &Sketch) -> Option<Known> {
        self.link(item)?;
        item.moved.iter().find_map(|link| self.holder(*link))
    }

    fn by_link(&mut self) {
        for index in self.open() {
            let item = &self.items[index];
            if let Some(same) = self.by_own_link(item).filter(|same| is_same(item, same)) {
                self.renamed += usize::from(has_other_guid(item, &same));
                self.take(index, same);
                continue;
            }
            let moved = self.by_moved_link(item).filter(|same| item.title == same.title);
            let moved = moved.filter(|same| {
                has_its_title_and_date(item, same)
                    || (item.identities.is_own_link && has_same_text(item.fingerprint, same.fingerprint))
            });
            if let Some(same) = moved {
                self.has_moved = true;
                self.renamed += 1;
                self.take(index, same);
            }
        }
    }

    /// By title and date: items that have neither guid nor link of their own, and those whose text agrees too.
    fn by_title(&mut self) {
        for index in self.open() {
            let item = &self.items[index];
            let is_nameless =
                item.identities.guid.is_none() && (self.link(item).is_none() || !item.identities.is_own_link);
            if let Some(same) = self.by_title_and_date(index)
                && (is_nameless || (item.date.is_some() && has_same_text(item.fingerprint, same.fingerprint)))
            {
                self.take(index, same);
            }
        }
    }

    fn by_title_and_date(&self, index: usize) -> Option<Known> {
        let title = self.items[index].identities.title;
        self.holder(title).filter(|_| self.titles[&title] == 1).or_else(|| self.left_over(index))
    }

    /// The one entry that is left where all others of this title and date were recognised, in the place where it was: its
    /// text has changed. One that came for one that went stands elsewhere, for entries are numbered from the end.
    fn left_over(&self, index: usize) -> Option<Known> {
        let title = self.items[index].identities.title;
        let all = self.known.get(&title).filter(|all| all.len() > 1 && all.len() == self.titles[&title])?;
        let mut left = all.iter().filter(|one| !self.taken.contains(&one.id));
        let one = left.next().filter(|_| left.next().is_none())?;
        let others = self.found.iter().enumerate().filter_map(|(place, other)| Some((place, other.as_ref()?.id)));
        let mut others = others.filter(|(_, id)| all.iter().any(|known| known.id == *id));
        others.all(|(place, id)| (index < place) == (one.id > id)).then_some(*one)
    }

    /// No guid of the document is known, but its items are: the feed has new guids, and perhaps a new host. Then a link
    /// tells what an edited text no longer does, and a title what a new link no longer does.
    fn as_a_whole(&mut self) {
        if self.guids_known > 0 {
            return;
        }
        let moved = self.each_open(Self::by_moved_page);
        if moved.len() > ENOUGH {
            self.has_moved = true;
            self.renamed += moved.len();
            self.take_all(moved);
        }
        let linked = self.each_open(Self::by_link_alone);
        let pages = linked.iter().filter(|(index, _)| self.items[*index].identities.is_own_link).count();
        if pages > ENOUGH || self.renamed >= ENOUGH && self.renamed >= linked.len() {
            self.take_all(linked);
        }
        let named = self.each_open(Self::by_name_alone);
        // A document of one or two has no more to show it by.
        let is_all = named.len() == self.open().len();
        if is_all || self.renamed + named.len() > ENOUGH {
            self.take_all(named);
        }
    }

    fn each_open(&self, find: impl Fn(&Self, usize) -> Option<Known>) -> Vec<(usize, Known)> {
        self.open().into_iter().filter_map(|index| Some((index, find(self, index)?))).collect()
    }

    fn take_all(&mut self, found: Vec<(usize, Known)>) {
        for (index, same) in found {
            self.take(index, same);
        }
    }

    /// An article's own page, where only the host is another one.
    fn by_moved_page(&self, index: usize) -> Option<Known> {
        let item = &self.items[index];
        let is_page = |same: &Known| item.identities.is_own_link && item.title == same.title;
        self.by_moved_link(item).filter(is_page)
    }

    fn by_link_alone(&self, index: usize) -> Option<Known> {
        let item = &self.items[index];
        let own = self.by_own_link(item).filter(|same| has_other_guid(item, same));
        own.or_else(|| self.by_moved_link(item).filter(|_| self.has_moved && item.identities.is_own_link))
    }

    /// By title and date, or by title and text where there is no date.
    fn by_name_alone(&self, index: usize) -> Option<Known> {
        let item = &self.items[index];
        let same = self.by_title_and_date(index).filter(|same| has_other_guid(item, same))?;
        let has_same_text = item.date.is_none() && has_same_text(item.fingerprint, same.fingerprint);
        (has_same_text || has_its_title_and_date(item, &same)).then_some(same)
    }

    fn plan(self) -> Plan {
        let repeated = self.is_repeated.iter().filter(|is_repeated| **is_repeated).count();
        let mut plan = Plan { repeated, has_moved: self.has_moved, ..Plan::default() };
        for (index, item) in self.items.iter().enumerate().filter(|(index, _)| !self.is_repeated[*index]) {
            let Some(same) = self.found[index] else {
                plan.new.push(index);
                continue;
            };
            let is_changed = !same.is_removed && same.fingerprint != item.fingerprint;
            if is_changed {
                plan.changed.push((same.id, index));
            } else {
                plan.unchanged.push((same.id, index));
            }
            if same.is_removed {
                plan.returned.push((same.id, index));
            }
            let is_guid_new = item.identities.guid.is_some_and(|guid| !self.known.contains_key(&guid));
            if is_guid_new || self.has_moved {
                plan.renamed.push((same.id, index));
            }
        }
        plan
    }
}

/// Title and date are those of this entry.
fn has_its_title_and_date(item: &Sketch, known: &Known) -> bool {
    item.title == known.title && item.date.is_some_and(|date| date == known.at)
}

/// Both have a guid. Since the item's is unknown, it is another one.
fn has_other_guid(item: &Sketch, known: &Known) -> bool {
    item.identities.guid.is_some() && known.has_guid
}

/// Whether an item with an unknown guid, or none, is the only entry that has its link.
fn is_same(item: &Sketch, known: &Known) -> bool {
    let has_same_text = has_same_text(item.fingerprint, known.fingerprint);
    let is_near = item.date.map(|date| date.abs_diff(known.at) < NEAR as u64);
    if has_other_guid(item, known) {
        // A column of fixed name and address has a new guid and a new date each week.
        let is_text_enough = item.identities.is_own_link || item.date.is_none();
        let has_its_name = item.title == known.title && (is_near == Some(true) || (has_same_text && is_text_enough));
        return has_its_name || (item.identities.is_own_link && item.date == Some(known.at));
    }
    // A section's page brings other articles by and by; an article's own page is always that article's.
    item.identities.is_own_link || is_near.unwrap_or(true)
}

#[cfg(test)]
mod tests;
