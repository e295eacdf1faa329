//! By what an item is recognised when it comes again: hashes of its guid, its link, its title and date, and of its text.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use xxhash_rust::xxh3::Xxh3;

use super::beacon;
use super::entry::Draft;
use super::link::Link;
use super::tag;

/// One way to recognise an item within its feed: 64 bits of a hash over its kind and text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identity(pub i64);

/// The identities of one draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identities {
    pub guid: Option<Identity>,
    /// The page of the item, unless it is the site's front page.
    pub link: Option<Identity>,
    /// The link looks like one article's own page, not like a section's.
    pub is_own_link: bool,
    /// Title and date; where there is no title, the text.
    pub title: Identity,
    /// Of an item without a guid: all of its text, so that it is told from those that share its title and date.
    pub text: Option<Identity>,
}

impl Identities {
    #[must_use]
    pub fn of(draft: &Draft) -> Self {
        let published = draft.published.map_or(0, Timestamp::as_second).to_be_bytes();
        let texts = [Some(&draft.title), draft.content.as_ref(), draft.summary.as_ref()];
        let text = texts.into_iter().flatten().find(|text| !text.is_empty()).map_or("", String::as_str);
        let link = draft.url.as_deref().map(|url| (Link::of(url), url));
        let hash = match &link {
            Some((Some(link), _)) => Some(Identity(link.hash())),
            // What is no web address is taken as it is.
            Some((None, url)) if !url.starts_with("http") => Some(identity(b'l', url, &[])),
            Some((None, _)) | None => None,
        };
        let is_own_link = match link {
            Some((Some(link), _)) => link.is_own,
            Some((None, _)) => true,
            None => false,
        };
        Self {
            guid: draft.guid.as_deref().map(|guid| identity(b'g', guid, &[])),
            link: hash,
            is_own_link,
            title: identity(b't', text, &published),
            text: draft.guid.is_none().then(|| whole(draft, &published)),
        }
    }
}

/// Takes away the guids that name nothing: those that different articles of one document have, as where every item has the
/// site's address for one. Versions of one article, which may share a guid, share its title, its page or its first date, too.
pub fn forget_shared_guids(drafts: &mut [Draft]) {
    let mut first: HashMap<&str, &Draft> = HashMap::new();
    let mut shared = HashSet::new();
    for draft in &*drafts {
        let Some(guid) = draft.guid.as_deref() else { continue };
        match first.entry(guid) {
            Entry::Vacant(place) => drop(place.insert(draft)),
            Entry::Occupied(place) if are_different(place.get(), draft) => drop(shared.insert(guid.to_owned())),
            Entry::Occupied(_) => {}
        }
    }
    if !shared.is_empty() {
        for draft in drafts {
            draft.guid.take_if(|guid| shared.contains(guid));
        }
    }
}

fn are_different(a: &Draft, b: &Draft) -> bool {
    let page = |draft| Some(Identities::of(draft)).filter(|own| own.is_own_link).and_then(|own| own.link);
    let has_other_name = !a.title.is_empty() && !b.title.is_empty() && title_hash(a) != title_hash(b);
    has_other_name
        && match (page(a), page(b)) {
            (Some(a), Some(b)) => a != b,
            (None, None) => a.published.zip(b.published).is_some_and(|(a, b)| a != b),
            _ => false,
        }
}

fn whole(draft: &Draft, published: &[u8]) -> Identity {
    let mut hash = Xxh3::new();
    hash.update(b"w");
    hash.update(published);
    for part in [Some(&draft.title), draft.url.as_ref(), draft.content.as_ref(), draft.summary.as_ref()] {
        beacon::around(part.map_or("", String::as_str)).for_each(|piece| hash.update(piece.as_bytes()));
        hash.update(&[0]);
    }
    Identity(hash.digest() as i64)
}

fn identity(kind: u8, text: &str, more: &[u8]) -> Identity {
    let mut hash = Xxh3::new();
    hash.update(&[kind]);
    hash.update(text.as_bytes());
    hash.update(more);
    Identity(hash.digest() as i64)
}

/// A hash over the title alone, for telling a changed guid from another article at the same link.
#[must_use]
pub fn title_hash(draft: &Draft) -> i64 {
    identity(b'T', &tag::fold_title(&draft.title), &[]).0
}

/// The upper bits of a fingerprint are those of the text; 40 of them tell versions of one item apart.
const REST: u32 = 24;

/// A hash over what a reader sees of the item: when it differs, the publisher has changed it. Its upper bits are the
/// title's and text's alone: see [`has_same_text`].
#[must_use]
pub fn fingerprint(draft: &Draft) -> i64 {
    let (mut text, mut rest) = (Xxh3::new(), Xxh3::new());
    for part in [Some(&draft.title), draft.content.as_ref(), draft.summary.as_ref()] {
        beacon::around(part.map_or("", String::as_str)).for_each(|piece| text.update(piece.as_bytes()));
        text.update(&[0]);
    }
    let url = draft.url.iter().chain(&draft.authors).chain(&draft.categories);
    for part in url.chain(draft.enclosures.iter().map(|file| &file.url)) {
        rest.update(part.as_bytes());
        rest.update(&[0]);
    }
    ((text.digest() >> REST << REST) | (rest.digest() >> (u64::BITS - REST))) as i64
}

/// Whether two fingerprints are of items with the same title and text, whatever else differs.
#[must_use]
pub fn has_same_text(a: i64, b: i64) -> bool {
    a >> REST == b >> REST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_tells_text_and_the_rest_apart() {
        let item = Draft {
            title: "A".into(),
            content: Some("isi".into()),
            url: Some("https://a.id/1".into()),
            ..Draft::default()
        };
        let moved = Draft { url: Some("https://b.id/1".into()), ..item.clone() };
        let edited = Draft { content: Some("isi baru".into()), ..item.clone() };
        let [one, two, three] = [&item, &moved, &edited].map(fingerprint);
        assert!(one != two && has_same_text(one, two));
        assert!(one != three && !has_same_text(one, three));
    }

    #[test]
    fn an_image_that_counts_readers_makes_no_new_version() {
        let counted = |n: u32| Draft {
            content: Some(format!("isi<img src=\"https://a.id/{n}.gif\" width=\"1\" height=\"1\">")),
            ..Draft::default()
        };
        assert_eq!(fingerprint(&counted(1)), fingerprint(&counted(2)));
    }

    #[test]
    fn a_guid_that_different_articles_share_names_none() {
        let item = |guid: &str, title: &str, url: &str, published: i64| Draft {
            guid: Some(guid.into()),
            title: title.into(),
            url: Some(url.into()),
            published: Timestamp::from_second(published).ok(),
            ..Draft::default()
        };
        let named = |mut items: Vec<Draft>| {
            forget_shared_guids(&mut items);
            items.iter().filter(|item| item.guid.is_some()).count()
        };
        let (one, other) = ("https://a.id/2024/1", "https://a.id/2024/2");
        assert_eq!(named(vec![item("x", "A", one, 1), item("x", "B", other, 2), item("y", "C", one, 3)]), 1);
        assert_eq!(named(vec![item("x", "A", "https://a.id/", 1), item("x", "B", "https://a.id/", 2)]), 0);
        // Repeated, edited, moved, a running story: one article.
        for again in [item("x", "A", one, 1), item("x", "A (2)", one, 2), item("x", "A", other, 1)] {
            assert_eq!(named(vec![item("x", "A", one, 1), again]), 2);
        }
        assert_eq!(named(vec![item("x", "A", "https://a.id/", 1), item("x", "B", "https://a.id/", 1)]), 2);
    }

    #[test]
    fn a_front_page_identifies_nothing() {
        let item = Draft { url: Some("https://a.id/".into()), ..Draft::default() };
        assert_eq!(Identities::of(&item).link, None);
    }
}
