//! Decides what storing one document does: which of its items are new, which changed, which are known.
//! Pure: the store looks up what it knows and carries out the plan.
//!
//! An item is recognised within its feed by its guid; an item without one by its link, else by its title and date; and an
//! item whose guid is unknown, but whose link *and* title are those of a stored one, has only got a new guid.

use std::collections::{HashMap, HashSet};

use xxhash_rust::xxh3::Xxh3;

use super::entry::{Draft, EntryId};
use super::tag;

/// One way to recognise an item within its feed: 64 bits of a hash over its kind and text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identity(pub i64);

/// The identities of one draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identities {
    pub guid: Option<Identity>,
    pub link: Option<Identity>,
    /// Title and date; where there is no title, the text.
    pub title: Identity,
}

impl Identities {
    #[must_use]
    pub fn of(draft: &Draft) -> Self {
        let published = draft.published.map_or(0, jiff::Timestamp::as_second).to_be_bytes();
        let texts = [Some(&draft.title), draft.content.as_ref(), draft.summary.as_ref()];
        let text = texts.into_iter().flatten().find(|text| !text.is_empty()).map_or("", String::as_str);
        Self {
            guid: draft.guid.as_deref().map(|guid| identity(b'g', guid, &[])),
            link: draft.url.as_deref().map(|url| identity(b'l', same_link(url), &[])),
            title: identity(b't', text, &published),
        }
    }

    /// Those that are there, the strongest first.
    pub fn all(&self) -> impl Iterator<Item = Identity> {
        self.guid.into_iter().chain(self.link).chain([self.title])
    }

    /// The one that an item is told apart by within its document.
    fn strongest(&self) -> Identity {
        self.guid.or(self.link).unwrap_or(self.title)
    }
}

/// http or https, and a trailing fragment, make no other article.
fn same_link(url: &str) -> &str {
    let url = url.split_once('#').map_or(url, |(page, _)| page);
    url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url)
}

fn identity(kind: u8, text: &str, more: &[u8]) -> Identity {
    let mut hash = Xxh3::new();
    hash.update(&[kind]);
    hash.update(text.as_bytes());
    hash.update(more);
    Identity(hash.digest() as i64)
}

/// What the store knows of one entry of the feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    pub id: EntryId,
    /// [`fingerprint`] of the version that is stored.
    pub fingerprint: i64,
    /// Its publisher gave it a guid.
    pub has_guid: bool,
    /// Its [`Identities::title`], without the date.
    pub title: i64,
    /// Its text has been removed by retention; only its state is left.
    pub is_removed: bool,
}

/// What to do with a document. Indices are those of the drafts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    pub new: Vec<usize>,
    pub changed: Vec<(EntryId, usize)>,
    pub unchanged: Vec<(EntryId, usize)>,
    /// The same item twice in one document: the first counts.
    pub repeated: usize,
}

/// A hash over the title alone, for telling a changed guid from another article at the same link.
#[must_use]
pub fn title_hash(draft: &Draft) -> i64 {
    identity(b'T', &tag::fold(&draft.title), &[]).0
}

/// A hash over what a reader sees of the item: when it differs, the publisher has changed it.
#[must_use]
pub fn fingerprint(draft: &Draft) -> i64 {
    let mut hash = Xxh3::new();
    for part in [Some(&draft.title), draft.url.as_ref(), draft.content.as_ref(), draft.summary.as_ref()] {
        hash.update(part.map_or(&[], |text| text.as_bytes()));
        hash.update(&[0]);
    }
    for part in draft.authors.iter().chain(&draft.categories).chain(draft.enclosures.iter().map(|file| &file.url)) {
        hash.update(part.as_bytes());
        hash.update(&[0]);
    }
    hash.digest() as i64
}

/// Sorts the drafts by what is known. `drafts` are the identities, fingerprint and title hash of each item, in document order.
#[must_use]
#[expect(clippy::implicit_hasher, reason = "one caller, one map")]
pub fn plan(drafts: &[(Identities, i64, i64)], known: &HashMap<Identity, Known>) -> Plan {
    let mut links: HashMap<Identity, usize> = HashMap::new();
    for (identities, ..) in drafts {
        if let Some(link) = identities.link {
            *links.entry(link).or_default() += 1;
        }
    }
    let find = |identities: &Identities, title: i64| {
        let by = |identity: Option<Identity>| identity.and_then(|identity| known.get(&identity)).copied();
        if let Some(same) = by(identities.guid) {
            return Some(same);
        }
        // A link that several items share (a home page) identifies none of them.
        let link = identities.link.filter(|link| links[link] == 1);
        if let Some(same) = by(link) {
            let comparable = identities.guid.is_some() && same.has_guid;
            if !comparable || same.title == title {
                return Some(same);
            }
        }
        let nameless = identities.guid.is_none() && identities.link.is_none();
        if nameless { known.get(&identities.title).copied() } else { None }
    };

    let mut plan = Plan::default();
    let mut taken: HashSet<EntryId> = HashSet::new();
    let mut seen: HashSet<Identity> = HashSet::new();
    // An entry that some item claims by its guid cannot be claimed by another item's link.
    let claimed: HashSet<EntryId> =
        drafts.iter().filter_map(|(identities, ..)| known.get(&identities.guid?)).map(|known| known.id).collect();
    for (index, (identities, fingerprint, title)) in drafts.iter().enumerate() {
        if !seen.insert(identities.strongest()) {
            plan.repeated += 1;
            continue;
        }
        let by_guid = identities.guid.is_some_and(|guid| known.contains_key(&guid));
        let same = find(identities, *title).filter(|known| by_guid || !claimed.contains(&known.id));
        match same {
            None => plan.new.push(index),
            Some(known) if !taken.insert(known.id) => plan.repeated += 1,
            Some(known) if known.is_removed || known.fingerprint == *fingerprint => {
                plan.unchanged.push((known.id, index));
            }
            Some(known) => plan.changed.push((known.id, index)),
        }
    }
    plan
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(guid: Option<&str>, url: Option<&str>, title: &str) -> Draft {
        Draft { guid: guid.map(Into::into), url: url.map(Into::into), title: title.into(), ..Draft::default() }
    }

    fn keys(drafts: &[Draft]) -> Vec<(Identities, i64, i64)> {
        drafts.iter().map(|draft| (Identities::of(draft), fingerprint(draft), title_hash(draft))).collect()
    }

    /// What a store that holds these drafts as entries 0, 1, 2 … would look up.
    fn stored(drafts: &[Draft]) -> HashMap<Identity, Known> {
        let mut known = HashMap::new();
        for (n, (identities, fingerprint, title)) in keys(drafts).into_iter().enumerate() {
            let has_guid = identities.guid.is_some();
            let row = Known { id: EntryId(n as i64), fingerprint, has_guid, title, is_removed: false };
            for identity in identities.all() {
                known.entry(identity).or_insert(row);
            }
        }
        known
    }

    fn outcome(before: &[Draft], now: &[Draft]) -> (usize, usize, usize, usize) {
        let plan = plan(&keys(now), &stored(before));
        (plan.new.len(), plan.changed.len(), plan.unchanged.len(), plan.repeated)
    }

    #[test]
    fn a_known_document_changes_nothing() {
        let items =
            [draft(Some("1"), Some("https://a/1"), "A"), draft(None, Some("https://a/2"), "B"), draft(None, None, "C")];
        assert_eq!(outcome(&items, &items), (0, 0, 3, 0));
    }

    #[test]
    fn a_new_guid_with_the_same_link_and_title_is_the_same_item() {
        let before = [draft(Some("1"), Some("http://a/1"), "Putin siap")];
        let now = [draft(Some("tag:a,1"), Some("https://a/1#utm"), "Putin siap")];
        assert_eq!(outcome(&before, &now), (0, 1, 0, 0));
    }

    #[test]
    fn items_that_share_a_link_stay_apart_by_guid() {
        let before = [draft(Some("1"), Some("https://a/"), "Status 1")];
        let now = [draft(Some("2"), Some("https://a/"), "Status 2")];
        assert_eq!(outcome(&before, &now), (1, 0, 0, 0));
        let both = [now[0].clone(), before[0].clone()];
        assert_eq!(outcome(&before, &both), (1, 0, 1, 0));
    }

    #[test]
    fn an_edited_item_is_changed_not_new() {
        let before = [draft(Some("1"), Some("https://a/1"), "A")];
        let now = [draft(Some("1"), Some("https://a/1"), "A, diperbarui")];
        assert_eq!(outcome(&before, &now), (0, 1, 0, 0));
    }

    #[test]
    fn an_item_given_twice_counts_once() {
        let item = draft(Some("1"), None, "A");
        assert_eq!(outcome(&[], &[item.clone(), item.clone()]), (1, 0, 0, 1));
        assert_eq!(outcome(std::slice::from_ref(&item), &[item.clone(), item.clone()]), (0, 0, 1, 1));
    }

    #[test]
    fn an_empty_document_plans_nothing() {
        assert_eq!(outcome(&[draft(Some("1"), None, "A")], &[]), (0, 0, 0, 0));
    }
}
