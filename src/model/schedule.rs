//! When a feed is asked again. Pure: the clock and the jitter are arguments.

use jiff::{SignedDuration, Timestamp};

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

/// The longest a feed is ever left alone.
const CAP: SignedDuration = SignedDuration::from_hours(24);
/// A server that names a time far off is believed up to this.
const RETRY_CAP: SignedDuration = SignedDuration::from_hours(24 * 7);

/// The time of the next attempt. `interval` is the user's or the default one; `ttl` the publisher's wish;
/// `jitter` in 0..1 spreads feeds that share an interval over a twelfth of it.
#[must_use]
pub fn next_attempt(
    now: Timestamp,
    attempt: Attempt,
    interval: SignedDuration,
    ttl: Option<SignedDuration>,
    jitter: f64,
) -> Timestamp {
    let wait = match attempt {
        Attempt::Success { max_age } => {
            interval.max(ttl.unwrap_or_default().min(CAP)).max(max_age.unwrap_or_default().min(CAP))
        }
        Attempt::Failure { failures, .. } => backoff(interval, failures),
        Attempt::Gone => CAP,
    };
    let spread = SignedDuration::from_secs((wait.as_secs_f64() / 12.0 * jitter) as i64);
    let planned = now.saturating_add(wait + spread).unwrap_or(Timestamp::MAX);
    match attempt {
        Attempt::Failure { retry_at: Some(at), .. } => {
            planned.max(at.min(now.saturating_add(RETRY_CAP).unwrap_or(Timestamp::MAX)))
        }
        _ => planned,
    }
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

    fn after(attempt: Attempt, ttl: Option<SignedDuration>) -> SignedDuration {
        let now = Timestamp::UNIX_EPOCH;
        next_attempt(now, attempt, HOUR, ttl, 0.0).duration_since(now)
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
        let at = |jitter| next_attempt(now, Attempt::Success { max_age: None }, HOUR, None, jitter).as_second();
        assert_eq!((at(0.0), at(1.0)), (3600, 3900));
    }
}
