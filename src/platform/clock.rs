//! The only place that reads the clock.

use jiff::{Timestamp, Zoned};

#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// Now, with the time zone of the user.
#[must_use]
pub fn local() -> Zoned {
    now().to_zoned(jiff::tz::TimeZone::system())
}

/// A number in 0..1 that differs from call to call, for spreading polls.
#[must_use]
pub fn jitter() -> f64 {
    use std::hash::{BuildHasher, RandomState};
    (RandomState::new().hash_one(0_u8) >> 11) as f64 / (1_u64 << 53) as f64
}
