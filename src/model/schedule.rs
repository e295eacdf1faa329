//! When a feed is asked again. Pure: the clock and the jitter are arguments.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::feed::Quiet;

/// What the last attempt means for the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// A document came, or word that it has not changed; `max_age` is how long the server calls it fresh.
    Success { max_age: Option<SignedDuration> },
    /// Nothing usable came; `failures` counts this one. `retry_at` is the time the server named.
    Failure { failures: u32, retry_at: Option<Timestamp> },
    /// 410: asked once a day in case it was a mistake.
    Gone,
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
    /// The publisher's wish.
    pub ttl: Option<SignedDuration>,
    pub quiet: Quiet,
}

/// The longest a feed is ever left alone.
const CAP: SignedDuration = SignedDuration::from_hours(24);
/// A server that names a time far off is believed up to this.
const RETRY_CAP: SignedDuration = SignedDuration::from_hours(24 * 7);
/// The shortest interval that the user can ask for.
const FLOOR: SignedDuration = SignedDuration::from_mins(5);
const WEEK: SignedDuration = SignedDuration::from_hours(24 * 7);

impl Terms {
    /// How long to wait when all goes well and the server has no wish: as long as one article takes on average, but
    /// not less than usual and not more than a day.
    #[must_use]
    pub fn interval(&self) -> SignedDuration {
        if let Some(own) = self.own {
            return own.max(FLOOR);
        }
        let rhythm = match self.weekly {
            None => self.usual,
            Some(articles) => WEEK / i32::try_from(articles).unwrap_or(i32::MAX).max(1),
        };
        rhythm.min(CAP).max(self.usual)
    }
}

/// The time of the next attempt. `jitter` in 0..1 spreads feeds that share an interval over a twelfth of it, always to
/// later: no feed is asked sooner than its interval.
#[must_use]
pub fn next_attempt(now: Timestamp, attempt: Attempt, terms: &Terms, jitter: f64) -> Timestamp {
    let interval = terms.interval();
    let wait = match attempt {
        Attempt::Success { max_age } => {
            interval.max(terms.ttl.unwrap_or_default().min(CAP)).max(max_age.unwrap_or_default().min(CAP))
        }
        Attempt::Failure { failures, .. } => backoff(interval.min(terms.usual), failures),
        Attempt::Gone => CAP,
    };
    let spread = SignedDuration::from_secs((wait.as_secs_f64() / 12.0 * jitter) as i64);
    let planned = awake(now.saturating_add(wait + spread).unwrap_or(Timestamp::MAX), terms.quiet);
    match attempt {
        Attempt::Failure { retry_at: Some(at), .. } => {
            planned.max(at.min(now.saturating_add(RETRY_CAP).unwrap_or(Timestamp::MAX)))
        }
        _ => planned,
    }
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

    const TERMS: Terms = Terms { own: None, usual: HOUR, weekly: None, ttl: None, quiet: Quiet { hours: 0, days: 0 } };
    const SUCCESS: Attempt = Attempt::Success { max_age: None };

    fn wait(attempt: Attempt, terms: Terms) -> SignedDuration {
        let now = Timestamp::UNIX_EPOCH;
        next_attempt(now, attempt, &terms, 0.0).duration_since(now)
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
        let success = Attempt::Success { max_age: None };
        assert_eq!(after(success, None), HOUR);
        assert_eq!(after(success, Some(HOUR * 3)), HOUR * 3);
        assert_eq!(after(success, Some(HOUR * 1000)), HOUR * 24);
        assert_eq!(after(Attempt::Success { max_age: Some(HOUR * 2) }, None), HOUR * 2);
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
        let at = |jitter| next_attempt(now, SUCCESS, &TERMS, jitter).as_second();
        assert_eq!((at(0.0), at(1.0)), (3600, 3900));
    }
}
