//! The account of a document: what became of each of its items, and whether the feed rolls past between two polls.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Items of one document, or of all of a feed's. Every item is in exactly one of the parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ledger {
    pub items: u64,
    pub new: u64,
    pub changed: u64,
    pub known: u64,
    pub dropped: Dropped,
}

/// Items that were not stored, by why.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Dropped {
    /// The same item stood in the document before.
    pub repeated: u64,
    /// Nothing in it: no title, text, address or file.
    pub empty: u64,
    /// Beyond the number of items that are taken from one document.
    pub over_limit: u64,
    /// So broken that no parser could make anything of it, or cut off by the end of the document.
    pub unreadable: u64,
}

impl Dropped {
    #[must_use]
    pub fn count(self) -> u64 {
        self.repeated + self.empty + self.over_limit + self.unreadable
    }
}

impl Ledger {
    /// Whether every item is accounted for.
    #[must_use]
    pub fn is_balanced(&self) -> bool {
        self.items == self.new + self.changed + self.known + self.dropped.count()
    }

    /// Nothing of it was there before, but for the few that a publisher keeps in sight for long.
    #[must_use]
    pub fn is_nearly_all_new(&self) -> bool {
        let kept = self.known + self.changed;
        self.new > 0 && (kept * PINNED <= self.new || (kept <= 1 && self.new >= FULL))
    }

    pub fn add(&mut self, other: &Self) {
        self.items += other.items;
        self.new += other.new;
        self.changed += other.changed;
        self.known += other.known;
        self.dropped.repeated += other.dropped.repeated;
        self.dropped.empty += other.dropped.empty;
        self.dropped.over_limit += other.dropped.over_limit;
        self.dropped.unreadable += other.dropped.unreadable;
    }
}

/// Articles were published and gone again between two polls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// When it was noticed.
    pub at: Timestamp,
    /// Seconds between polls that would have caught them.
    pub interval: u32,
}

/// What a feed's account keeps: its last document, the sum of all, and the last gap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    pub last: Ledger,
    pub sum: Ledger,
    pub gap: Option<Gap>,
}

/// A gap that has not come again for so long is no longer spoken of.
const FORGOTTEN: i64 = 7 * 86_400;

impl Account {
    /// The shorter interval to offer for a feed that is polled every `interval` seconds.
    #[must_use]
    pub fn offer(&self, interval: u32, now: Timestamp) -> Option<Gap> {
        let is_fresh = |gap: &Gap| now.as_second() - gap.at.as_second() < FORGOTTEN;
        self.gap.filter(|gap| gap.interval < interval && is_fresh(gap))
    }
}

impl Gap {
    /// Seconds between the polls of a feed that has had this gap: those that would have caught it, growing by as much with
    /// each day without another. `None` once it is forgotten.
    #[must_use]
    pub fn wanted(&self, now: Timestamp) -> Option<u32> {
        let since = (now.as_second() - self.at.as_second()).max(0);
        let days = u32::try_from(since / 86_400).unwrap_or(u32::MAX);
        (since < FORGOTTEN).then(|| self.interval.saturating_mul(days.saturating_add(1)))
    }
}

/// A document next to what its feed had before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    pub now: Timestamp,
    /// The last time the feed answered.
    pub last_success: Option<Timestamp>,
    /// Items of the last document.
    pub before: u64,
    pub ledger: Ledger,
    /// Unix seconds of the newest article that was known.
    pub newest_known: Option<i64>,
    /// What has stayed of what was known: none, or where the newest of it is.
    pub kept: Kept,
    /// Unix seconds of the oldest and newest of what is new in the document.
    pub oldest: Option<i64>,
    pub newest: Option<i64>,
}

/// What was known and is still in a document that is nearly all new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    Nothing,
    /// All of it stands before what is new, as what is pinned does; unix seconds of the newest.
    Above(i64),
    /// Some of it follows what is new: nothing is missing between.
    Below,
}

/// Of so many new items one may have been there before.
const PINNED: u64 = 10;
/// Fewer items than this may well have come one by one.
const FULL: u64 = 5;
const SHORTEST: i64 = 300;
const LONGEST: i64 = 86_400;

impl Passage {
    /// Nothing in a document as full as the last one is known, but for what is pinned, and all of it is newer than what
    /// was: what lay between has rolled past. Polled twice in the time that the document spans, nothing would have.
    #[must_use]
    pub fn gap(&self) -> Option<Gap> {
        let Self { now, ledger, before, .. } = *self;
        let is_full = ledger.new >= FULL && ledger.new * 5 >= before * 4;
        let is_beyond = match (self.oldest, self.newest_known) {
            (Some(oldest), Some(known)) => oldest > known,
            (None, _) | (_, None) => true,
        };
        // What was the newest and is still there leaves no room for a gap.
        let is_apart = match self.kept {
            Kept::Nothing => true,
            Kept::Above(newest) => self.newest_known.is_some_and(|known| known > newest),
            Kept::Below => false,
        };
        if !ledger.is_nearly_all_new() || !is_full || before == 0 || !is_beyond || !is_apart {
            return None;
        }
        let span = match (self.oldest, self.newest) {
            (Some(oldest), Some(newest)) if newest > oldest => newest - oldest,
            _ => now.as_second() - self.last_success?.as_second(),
        };
        let interval = (span / 2).clamp(SHORTEST, LONGEST) / SHORTEST * SHORTEST;
        Some(Gap { at: now, interval: u32::try_from(interval).unwrap_or(u32::MAX) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3600;

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_second(1_730_000_000 + hours * HOUR).unwrap_or_default()
    }

    /// Twenty new items of the last two hours, five hours after the last poll brought twenty.
    fn rolled() -> Passage {
        let ledger = Ledger { items: 20, new: 20, ..Ledger::default() };
        let second = |hours| Some(at(hours).as_second());
        Passage {
            now: at(5),
            last_success: Some(at(0)),
            before: 20,
            ledger,
            newest_known: second(0),
            kept: Kept::Nothing,
            oldest: second(3),
            newest: second(5),
        }
    }

    #[test]
    fn a_full_document_of_nothing_known_is_a_gap() {
        assert_eq!(rolled().gap(), Some(Gap { at: at(5), interval: 3600 }));
        let undated = Passage { oldest: None, newest: None, ..rolled() };
        assert_eq!(undated.gap().map(|gap| gap.interval), Some(9000));
    }

    #[test]
    fn what_is_pinned_hides_no_gap() {
        let pinned = Kept::Above(at(-100).as_second());
        for (new, known) in [(19, 1), (9, 1), (40, 3)] {
            let ledger = Ledger { items: new + known, new, known, ..Ledger::default() };
            let passage = Passage { ledger, kept: pinned, before: new + known, ..rolled() };
            assert!(passage.gap().is_some(), "{new} and {known}");
        }
        let half = Ledger { new: 10, known: 10, ..rolled().ledger };
        assert_eq!(Passage { ledger: half, before: 10, kept: pinned, ..rolled() }.gap(), None);
    }

    #[test]
    fn what_has_another_reason_is_no_gap() {
        let one_known = Ledger { new: 19, known: 1, ..rolled().ledger };
        let newest = Kept::Above(at(0).as_second());
        let few = Ledger { items: 3, new: 3, ..Ledger::default() };
        for passage in [
            Passage { ledger: one_known, kept: Kept::Below, ..rolled() },
            Passage { ledger: one_known, kept: newest, ..rolled() },
            Passage { ledger: few, before: 3, ..rolled() },
            Passage { before: 0, ..rolled() },
            Passage { before: 100, ..rolled() },
            Passage { newest_known: Some(at(4).as_second()), ..rolled() },
        ] {
            assert_eq!(passage.gap(), None, "{passage:?}");
        }
    }

    #[test]
    fn the_interval_that_a_gap_has_shortened_grows_back_day_by_day() {
        let gap = rolled().gap().unwrap_or_else(|| Gap { at: at(0), interval: 0 });
        let after = |days: i64| gap.wanted(at(5 + 24 * days));
        assert_eq!([0, 1, 6, 7].map(after), [Some(3600), Some(7200), Some(7 * 3600), None]);
        assert_eq!(gap.wanted(at(0)), Some(3600), "a clock that was set back");
    }

    #[test]
    fn only_a_shorter_interval_is_offered_and_not_for_ever() {
        let account = Account { gap: rolled().gap(), ..Account::default() };
        assert!(account.offer(7200, at(6)).is_some());
        assert_eq!(account.offer(3600, at(6)), None);
        assert_eq!(account.offer(7200, at(24 * 9)), None);
    }
}
