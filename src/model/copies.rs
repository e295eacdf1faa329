//! Which entries of several feeds are one article: those with its page, and those that say the same within a few days.
//! Entries of one feed are never one article here; whether an item has come again is for [`super::plan`] to say.

/// Entries that say the same and are further apart, in seconds, are published anew.
pub const NEAR: i64 = 7 * 86_400;

/// An entry, as far as it may be another one's copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    pub id: i64,
    pub feed: i64,
    /// Its date, in unix seconds.
    pub at: i64,
    /// The hash of its page, where that is an article's own.
    pub page: Option<i64>,
    /// What it says: [`super::wording`].
    pub wording: Option<i64>,
}

/// The articles that these entries are, each with its entries, the first one first. A page counts for more than a text:
/// of two entries in one feed the one that has an article's page is that article's.
#[must_use]
pub fn articles(mut entries: Vec<Candidate>) -> Vec<Vec<Candidate>> {
    entries.sort_unstable_by_key(|entry| entry.id);
    let single = entries.into_iter().map(|entry| vec![entry]).collect();
    united(united(single, has_same_page), says_the_same)
}

/// Puts together what is the same, as long as no feed is there twice.
fn united(groups: Vec<Vec<Candidate>>, is_same: fn(&Candidate, &Candidate) -> bool) -> Vec<Vec<Candidate>> {
    let before = groups.len();
    let mut done: Vec<Vec<Candidate>> = Vec::with_capacity(before);
    for group in groups {
        let are_one = |other: &&mut Vec<Candidate>| {
            let any =
                |is: &dyn Fn(&Candidate, &Candidate) -> bool| group.iter().any(|a| other.iter().any(|b| is(a, b)));
            any(&is_same) && !any(&|a, b| a.feed == b.feed)
        };
        match done.iter_mut().find(are_one) {
            Some(other) => other.extend(group),
            None => done.push(group),
        }
    }
    // What has been put together may have something in common with what came before.
    if done.len() == before { done } else { united(done, is_same) }
}

fn has_same_page(a: &Candidate, b: &Candidate) -> bool {
    a.page.is_some() && a.page == b.page
}

fn says_the_same(a: &Candidate, b: &Candidate) -> bool {
    a.wording.is_some() && a.wording == b.wording && a.at.abs_diff(b.at) <= NEAR as u64
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn entry(id: i64, feed: i64, page: Option<i64>, wording: Option<i64>) -> Candidate {
        Candidate { id, feed, at: 0, page, wording }
    }

    fn ids(entries: Vec<Candidate>) -> Vec<Vec<i64>> {
        articles(entries).iter().map(|group| group.iter().map(|entry| entry.id).collect()).collect()
    }

    #[test]
    fn a_page_or_a_text_makes_entries_one_article() {
        let entries = vec![entry(3, 3, Some(7), None), entry(1, 1, None, Some(8)), entry(2, 2, Some(7), Some(8))];
        assert_eq!(ids(entries), [vec![1, 2, 3]]);
    }

    #[test]
    fn what_one_feed_has_twice_is_two_articles_and_its_page_says_which() {
        let entries = vec![entry(1, 1, Some(7), Some(8)), entry(2, 2, None, Some(8)), entry(3, 2, Some(7), Some(8))];
        assert_eq!(ids(entries), [vec![1, 3], vec![2]]);
    }

    #[test]
    fn a_text_that_comes_again_after_weeks_is_another_article() {
        let later = |at: i64| Candidate { at, ..entry(2, 2, None, Some(8)) };
        assert_eq!(ids(vec![entry(1, 1, None, Some(8)), later(NEAR)]).len(), 1);
        assert_eq!(ids(vec![entry(1, 1, None, Some(8)), later(NEAR + 1)]).len(), 2);
    }

    fn candidates() -> impl Strategy<Value = Vec<Candidate>> {
        let key = || prop::option::of(0..3_i64);
        prop::collection::vec((0..4_i64, 0..3_i64, key(), key()), 0..12).prop_map(|entries| {
            let numbered = entries.into_iter().zip(0..);
            numbered
                .map(|((feed, at, page, wording), id)| Candidate { id, feed, at: at * NEAR * 2 / 3, page, wording })
                .collect()
        })
    }

    proptest! {
        #[test]
        fn every_entry_is_in_one_article_that_no_feed_has_twice_and_none_is_left_apart(entries in candidates()) {
            let groups = articles(entries.clone());
            let mut all: Vec<Candidate> = groups.concat();
            all.sort_unstable_by_key(|entry| entry.id);
            prop_assert_eq!(all, entries);
            let feeds = |group: &[Candidate]| group.iter().map(|entry| entry.feed).collect::<BTreeSet<_>>();
            for (n, group) in groups.iter().enumerate() {
                prop_assert_eq!(feeds(group).len(), group.len());
                prop_assert_eq!(group.iter().map(|entry| entry.id).min(), group.first().map(|entry| entry.id));
                for other in groups.iter().skip(n + 1).filter(|other| feeds(other).is_disjoint(&feeds(group))) {
                    let is_one = |a: &Candidate, b: &Candidate| has_same_page(a, b) || says_the_same(a, b);
                    prop_assert!(!group.iter().any(|a| other.iter().any(|b| is_one(a, b))));
                }
            }
        }
    }
}
