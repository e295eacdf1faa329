//! When a feed is asked again, and why then. Pure: the clock and the jitter are arguments.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::feed::Quiet;

/// What the last attempt means for the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// A document came, or word that it has not changed; until `fresh_until` the server calls it fresh.
    Success { fresh_until: Option<Timestamp> },
    /// Nothing usable came; `failures` counts this one. `retry_at` is the time the server named.
    Failure { failures: u32, retry_at: Option<Timestamp> },
    /// 410: not asked again until the user says so.
    Gone,
}

/// What made the time of the next attempt what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// The user's own interval for this feed.
    Interval,
    /// As often as the feed speaks, within the usual interval and a day.
    Rhythm,
    /// Articles came and went between two polls: sooner than the feed's rhythm, for a while.
    Gap,
    /// The document names the minutes it is good for (`<ttl>`).
    Ttl,
    /// The server calls the document fresh until then (`Cache-Control`, `Expires`).
    Fresh,
    /// The document names hours and days in which it is not to be asked for.
    Quiet,
    /// It has failed; the pauses grow.
    Backoff,
    /// The server refused further requests: until the time it named (`Retry-After`), else for a while.
    Held,
    /// Its host has been asked as often today as the settings allow.
    Budget,
    /// Nobody could be reached at all.
    Offline,
    /// The publisher has ended the feed (410): there is no next time.
    Gone,
}

impl Why {
    pub const ALL: [Self; 11] = [
        Self::Interval,
        Self::Rhythm,
        Self::Gap,
        Self::Ttl,
        Self::Fresh,
        Self::Quiet,
        Self::Backoff,
        Self::Held,
        Self::Budget,
        Self::Offline,
        Self::Gone,
    ];

    /// The stable name stored and shown to scripts.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Interval => "interval",
            Self::Rhythm => "rhythm",
            Self::Gap => "gap",
            Self::Ttl => "ttl",
            Self::Fresh => "fresh",
            Self::Quiet => "quiet",
            Self::Backoff => "backoff",
            Self::Held => "held",
            Self::Budget => "budget",
            Self::Offline => "offline",
            Self::Gone => "gone",
        }
    }

    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.name() == name)
    }
}

/// When a feed is asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Next {
    pub at: Timestamp,
    /// What the publisher wishes: a shorter interval of the user's does not go below it.
    pub earliest: Timestamp,
    pub why: Why,
}

/// What decides how long a feed is left alone, besides how the last attempt went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// The user's own interval for this feed: instead of the rhythm, never instead of the publisher's wishes.
    pub own: Option<SignedDuration>,
    /// The shortest without it.
    pub usual: SignedDuration,
    /// Articles that the last week brought; `None` until that is known.
    pub weekly: Option<u32>,
    /// What would have caught the articles that rolled past lately; instead of a slower rhythm.
    pub gap: Option<SignedDuration>,
    /// The publisher's wish.
    pub ttl: Option<SignedDuration>,
    /// What the publisher wished when it was last heard: a failure is no reason to ask sooner.
    pub earliest: Option<Timestamp>,
    pub quiet: Quiet,
}

/// The longest a feed is ever left alone.
const CAP: SignedDuration = SignedDuration::from_hours(24);
/// A server that names a time far off is believed up to this.
const RETRY_CAP: SignedDuration = SignedDuration::from_hours(24 * 7);
/// The shortest interval that the user can ask for.
const FLOOR: SignedDuration = SignedDuration::from_mins(5);
/// How long a host rests that names no time, at first.
const REST: SignedDuration = SignedDuration::from_mins(15);
const DAY: i64 = 86_400;
const WEEK: SignedDuration = SignedDuration::from_hours(24 * 7);

impl Terms {
    /// How long to wait when all goes well and the server has no wish: as long as one article takes on average, but
    /// not less than usual and not more than a day.
    #[must_use]
    pub fn interval(&self) -> SignedDuration {
        if let Some(own) = self.own {
            return own.max(FLOOR);
        }
        self.rhythm().min(self.gap.unwrap_or(CAP)).max(self.usual)
    }

    /// How long the publisher wants to be left alone, and what says so.
    fn wish(&self, now: Timestamp, until: Option<Timestamp>) -> (SignedDuration, Why) {
        let ttl = self.ttl.unwrap_or_default().min(CAP);
        let fresh = until.map_or(SignedDuration::ZERO, |until| until.duration_since(now)).min(CAP);
        if ttl >= fresh { (ttl, Why::Ttl) } else { (fresh, Why::Fresh) }
    }

    /// The time that one article takes.
    fn rhythm(&self) -> SignedDuration {
        let rhythm = match self.weekly {
            None => self.usual,
            Some(articles) => WEEK / i32::try_from(articles).unwrap_or(i32::MAX).max(1),
        };
        rhythm.min(CAP).max(self.usual)
    }

    /// What the interval comes from.
    fn why(&self) -> Why {
        match self.own {
            Some(_) => Why::Interval,
            None if self.interval() < self.rhythm() => Why::Gap,
            None => Why::Rhythm,
        }
    }
}

/// The time of the next attempt. `jitter` in 0..1 spreads feeds that share an interval over a twelfth of it, always to
/// later: no feed is asked sooner than its interval.
#[must_use]
pub fn next_attempt(now: Timestamp, attempt: Attempt, terms: &Terms, jitter: f64) -> Next {
    let interval = terms.interval();
    let (floor, wait, why) = match attempt {
        Attempt::Success { fresh_until } => {
            let (floor, wish) = terms.wish(now, fresh_until);
            if floor > interval { (floor, floor, wish) } else { (floor, interval, terms.why()) }
        }
        Attempt::Failure { failures, .. } => {
            let (floor, wish) = terms.wish(now, terms.earliest);
            // How seldom a feed speaks is no reason to leave it out of order for long; what the user has set is.
            let pause = backoff(terms.own.map_or(interval.min(terms.usual), |_own| interval), failures);
            if floor > pause { (floor, floor, wish) } else { (floor, pause, Why::Backoff) }
        }
        Attempt::Gone => (CAP, CAP, Why::Gone),
    };
    let spread = SignedDuration::from_secs((wait.as_secs_f64() / 12.0 * jitter) as i64);
    let planned = later(now, wait + spread);
    let (at, earliest) = (awake(planned, terms.quiet), awake(later(now, floor), terms.quiet));
    let why = if at > planned && why != Why::Gone { Why::Quiet } else { why };
    match attempt {
        Attempt::Failure { retry_at: Some(named), .. } => {
            let named = held_until(now, named);
            Next { at: at.max(named), earliest: earliest.max(named), why: if named >= at { Why::Held } else { why } }
        }
        _ => Next { at, earliest, why },
    }
}

/// How long a host rests that wants to be asked less and names no time (429), after a rest of `last` that has not
/// helped: twice as long each time, at most a day.
#[must_use]
pub fn rest(last: Option<SignedDuration>) -> SignedDuration {
    last.map_or(REST, |last| last.saturating_mul(2).clamp(REST, CAP))
}

/// When to look again whether there is a network.
#[must_use]
pub fn offline(now: Timestamp) -> Next {
    Next { at: later(now, FLOOR), earliest: now, why: Why::Offline }
}

/// When a feed was put off by [`offline`] to then.
#[must_use]
pub fn put_off_at(next_attempt: Timestamp) -> Timestamp {
    next_attempt.saturating_sub(FLOOR).unwrap_or(Timestamp::MIN)
}

/// When the next attempt is once the user has set another interval, counted from the `last` one: what the publisher wishes
/// stays. A feed that fails, or whose server named a time, waits as it did.
#[must_use]
pub fn reset(last: Timestamp, next: Next, terms: &Terms) -> Next {
    if matches!(next.why, Why::Backoff | Why::Held | Why::Budget | Why::Offline) {
        return next;
    }
    let planned = later(last, terms.interval());
    let at = awake(planned.max(next.earliest), terms.quiet);
    match terms.own {
        // How often it speaks is known after the next attempt.
        None => Next { at: at.min(next.at), ..next },
        Some(_) => Next { at, why: if at > planned { next.why } else { Why::Interval }, ..next },
    }
}

/// When a new day begins, by which requests are counted.
#[must_use]
pub fn tomorrow(now: Timestamp) -> Timestamp {
    let second = now.as_second();
    Timestamp::from_second(second - second.rem_euclid(DAY) + DAY).unwrap_or(Timestamp::MAX)
}

/// The time that a server named, as far as it is believed.
#[must_use]
pub fn held_until(now: Timestamp, named: Timestamp) -> Timestamp {
    whole(named).min(later(now, RETRY_CAP))
}

/// In whole seconds, as times are stored: rounded up, since down would be too soon.
fn later(at: Timestamp, wait: SignedDuration) -> Timestamp {
    whole(at.saturating_add(wait).unwrap_or(Timestamp::MAX))
}

fn whole(at: Timestamp) -> Timestamp {
    let up = i64::from(at.subsec_nanosecond() > 0);
    Timestamp::from_second(at.as_second() + up).unwrap_or(at)
}

/// `at`, or the first full hour after it in which the publisher wants to be asked. One that never does is not believed.
fn awake(at: Timestamp, quiet: Quiet) -> Timestamp {
    if quiet == Quiet::default() {
        return at;
    }
    let start = at.as_second() - at.as_second().rem_euclid(3600);
    let hours = (0..24 * 7).filter_map(|hour| Timestamp::from_second(start + hour * 3600).ok());
    let awake = hours
        .map(|hour| (hour, hour.to_zoned(TimeZone::UTC)))
        .find(|(_, utc)| !quiet.is_quiet(utc.weekday(), utc.hour().unsigned_abs()));
    awake.map_or(at, |(hour, _)| hour.max(at))
}

/// Doubles with each failure in a row, and never gives up: at most a day.
#[must_use]
pub fn backoff(interval: SignedDuration, failures: u32) -> SignedDuration {
    let factor = 1_i32 << failures.saturating_sub(1).min(16);
    interval.checked_mul(factor).unwrap_or(CAP).min(CAP.max(interval))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: SignedDuration = SignedDuration::from_hours(1);

    const TERMS: Terms = Terms {
        own: None,
        usual: HOUR,
        weekly: None,
        gap: None,
        ttl: None,
        earliest: None,
        quiet: Quiet { hours: 0, days: 0 },
    };
    const SUCCESS: Attempt = Attempt::Success { fresh_until: None };

    fn wait(attempt: Attempt, terms: Terms) -> SignedDuration {
        let now = Timestamp::UNIX_EPOCH;
        next_attempt(now, attempt, &terms, 0.0).at.duration_since(now)
    }

    fn after(attempt: Attempt, ttl: Option<SignedDuration>) -> SignedDuration {
        wait(attempt, Terms { ttl, ..TERMS })
    }

    #[test]
    fn a_feed_is_asked_as_often_as_it_speaks_within_an_hour_and_a_day() {
        let of = |weekly| wait(SUCCESS, Terms { weekly: Some(weekly), ..TERMS });
        assert_eq!([0, 1, 7, 14, 84, 168, 10_000, u32::MAX].map(of), [24, 24, 24, 12, 2, 1, 1, 1].map(|n| HOUR * n));
    }

    #[test]
    fn the_users_own_interval_goes_down_to_five_minutes_but_not_below_the_publishers_wish() {
        let of = |minutes, ttl| {
            let own = Some(SignedDuration::from_mins(minutes));
            wait(SUCCESS, Terms { own, ttl, weekly: Some(1), ..TERMS }).as_mins()
        };
        assert_eq!((of(1, None), of(15, None), of(15, Some(HOUR))), (5, 15, 60));
    }

    #[test]
    fn a_quiet_feed_that_fails_is_tried_again_within_the_usual_time() {
        let attempt = Attempt::Failure { failures: 1, retry_at: None };
        assert_eq!(wait(attempt, Terms { weekly: Some(0), ..TERMS }), HOUR);
    }

    #[test]
    fn a_failure_is_no_reason_to_ask_sooner_than_the_publisher_or_the_user_wants() {
        let failure = Attempt::Failure { failures: 1, retry_at: None };
        let after = |terms| {
            let next = next_attempt(Timestamp::UNIX_EPOCH, failure, &terms, 0.0);
            (next.at.duration_since(Timestamp::UNIX_EPOCH).as_hours(), next.why)
        };
        assert_eq!(after(Terms { ttl: Some(HOUR * 6), ..TERMS }), (6, Why::Ttl));
        let earliest = Some(Timestamp::UNIX_EPOCH + HOUR * 3);
        assert_eq!(after(Terms { earliest, ..TERMS }), (3, Why::Fresh));
        assert_eq!(after(Terms { own: Some(HOUR * 12), ..TERMS }), (12, Why::Backoff));
        assert_eq!(
            after(Terms { ttl: Some(HOUR / 2), earliest: Some(Timestamp::UNIX_EPOCH), ..TERMS }),
            (1, Why::Backoff)
        );
        // However wrong the clock was.
        let earliest = Some(Timestamp::UNIX_EPOCH + HOUR * 10_000);
        assert_eq!(after(Terms { earliest, ..TERMS }).0, 24);
    }

    #[test]
    fn a_feed_that_rolled_past_is_asked_sooner_as_far_as_the_usual_interval_allows() {
        let of = |gap| {
            let gap = Some(SignedDuration::from_mins(gap));
            wait(SUCCESS, Terms { weekly: Some(7), gap, ..TERMS }).as_mins()
        };
        assert_eq!([5, 60, 180, 60 * 48].map(of), [60, 60, 180, 24 * 60]);
        let own = Terms { own: Some(HOUR * 6), gap: Some(HOUR), ..TERMS };
        assert_eq!(wait(SUCCESS, own), HOUR * 6, "what the user has set is the user's to change");
    }

    #[test]
    fn a_host_that_names_no_time_rests_longer_each_time_but_never_more_than_a_day() {
        let mut last = None;
        let rests: Vec<i64> = (0..9)
            .map(|_| {
                let next = rest(last);
                last = Some(next);
                next.as_mins()
            })
            .collect();
        assert_eq!(rests, [15, 30, 60, 120, 240, 480, 960, 1440, 1440]);
        assert_eq!(rest(Some(SignedDuration::from_secs(1))).as_mins(), 15);
    }

    #[test]
    fn hours_and_days_to_be_skipped_are_slept_through() {
        // The epoch was a Thursday. Quiet from one to three, and all of Friday and Saturday.
        let night = Quiet { hours: 0b1110, days: 0 };
        assert_eq!(wait(SUCCESS, Terms { quiet: night, ..TERMS }), HOUR * 4);
        let weekend = Quiet { hours: 0, days: 0b11_0000 };
        assert_eq!(wait(SUCCESS, Terms { own: Some(HOUR * 24), quiet: weekend, ..TERMS }), HOUR * 24 * 3);
        let always = Quiet { hours: (1 << 24) - 1, days: 0 };
        assert_eq!(wait(SUCCESS, Terms { quiet: always, ..TERMS }), HOUR);
    }

    #[test]
    fn a_publisher_may_ask_for_less_but_not_for_silence() {
        let fresh = |wait| Attempt::Success { fresh_until: Some(Timestamp::UNIX_EPOCH + wait) };
        assert_eq!(after(SUCCESS, None), HOUR);
        assert_eq!(after(SUCCESS, Some(HOUR * 3)), HOUR * 3);
        assert_eq!(after(SUCCESS, Some(HOUR * 1000)), HOUR * 24);
        assert_eq!([0, 2, 1000].map(|n| after(fresh(HOUR * n), None)), [1, 2, 24].map(|n| HOUR * n));
    }

    #[test]
    fn failures_back_off_and_never_give_up() {
        let wait = |failures| after(Attempt::Failure { failures, retry_at: None }, None);
        assert_eq!([1, 2, 3, 6, 60].map(wait), [1, 2, 4, 24, 24].map(|n| HOUR * n));
    }

    #[test]
    fn a_server_that_names_a_time_is_not_asked_sooner() {
        let retry_at = Some(Timestamp::UNIX_EPOCH + HOUR * 5);
        assert_eq!(after(Attempt::Failure { failures: 1, retry_at }, None), HOUR * 5);
    }

    #[test]
    fn jitter_spreads_within_a_twelfth() {
        let now = Timestamp::UNIX_EPOCH;
        let at = |jitter| next_attempt(now, SUCCESS, &TERMS, jitter).at.as_second();
        assert_eq!((at(0.0), at(1.0)), (3600, 3900));
    }

    #[test]
    fn it_is_said_why_a_feed_is_asked_then() {
        let now = Timestamp::UNIX_EPOCH;
        let why = |attempt, terms| next_attempt(now, attempt, &terms, 0.0).why;
        let fresh = |wait| Attempt::Success { fresh_until: Some(now + wait) };
        let failure = |retry_at| Attempt::Failure { failures: 1, retry_at };
        assert_eq!(why(fresh(HOUR), TERMS), Why::Rhythm);
        assert_eq!(why(fresh(HOUR * 2), TERMS), Why::Fresh);
        assert_eq!(why(fresh(HOUR * 2), Terms { ttl: Some(HOUR * 3), ..TERMS }), Why::Ttl);
        assert_eq!(why(SUCCESS, Terms { own: Some(HOUR), ..TERMS }), Why::Interval);
        let slow = Terms { weekly: Some(7), ..TERMS };
        assert_eq!(why(SUCCESS, Terms { gap: Some(HOUR * 3), ..slow }), Why::Gap);
        assert_eq!(why(SUCCESS, Terms { gap: Some(HOUR * 48), ..slow }), Why::Rhythm, "its rhythm is enough");
        assert_eq!(why(SUCCESS, Terms { gap: Some(HOUR), weekly: Some(500), ..TERMS }), Why::Rhythm);
        assert_eq!(why(SUCCESS, Terms { gap: Some(HOUR), own: Some(HOUR), ..slow }), Why::Interval);
        assert_eq!(why(SUCCESS, Terms { quiet: Quiet { hours: 0b10, days: 0 }, ..TERMS }), Why::Quiet);
        assert_eq!(why(failure(None), TERMS), Why::Backoff);
        assert_eq!(why(failure(Some(now + HOUR * 9)), TERMS), Why::Held);
        assert_eq!(why(Attempt::Gone, TERMS), Why::Gone);
        for why in Why::ALL {
            assert_eq!(Why::from_name(why.name()), Some(why));
        }
    }

    #[test]
    fn an_interval_set_later_counts_from_the_last_attempt_and_never_overrules_the_publisher() {
        let last = Timestamp::UNIX_EPOCH;
        let minutes = SignedDuration::from_mins;
        let after = |attempt, terms: Terms, own| {
            let next = reset(last, next_attempt(last, attempt, &terms, 0.0), &Terms { own, weekly: None, ..terms });
            (next.at.duration_since(last).as_mins(), next.why)
        };
        let fresh = Attempt::Success { fresh_until: Some(last + HOUR * 2) };
        let slow = Terms { weekly: Some(1), ..TERMS };
        assert_eq!(after(SUCCESS, slow, Some(minutes(5))), (5, Why::Interval));
        assert_eq!(after(SUCCESS, slow, None), (60, Why::Rhythm));
        assert_eq!(after(fresh, TERMS, Some(minutes(5))), (120, Why::Fresh));
        assert_eq!(after(fresh, TERMS, Some(HOUR * 48)), (48 * 60, Why::Interval));
        let failure = Attempt::Failure { failures: 3, retry_at: None };
        assert_eq!(after(failure, TERMS, Some(minutes(5))), (4 * 60, Why::Backoff));
    }

    #[test]
    fn no_server_is_believed_to_want_peace_for_more_than_a_week() {
        let retry_at = Some(Timestamp::UNIX_EPOCH + HOUR * 10_000);
        assert_eq!(after(Attempt::Failure { failures: 1, retry_at }, None), HOUR * 24 * 7);
    }
}
