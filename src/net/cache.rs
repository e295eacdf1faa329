//! The headers that say when to come back: Cache-Control (RFC 9111 §5.2) and Retry-After (RFC 9110 §10.2.3).
//! Pure: header values in, times out; the clock is an argument.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// How long a server asks to be left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryAfter {
    After(Duration),
    At(Timestamp),
}

impl RetryAfter {
    /// Reads a Retry-After value: seconds, or an HTTP date in any of its three spellings.
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        let value = value.trim();
        if let Some(seconds) = seconds(value) {
            return Some(Self::After(seconds));
        }
        let date = httpdate::parse_http_date(value).ok()?;
        Timestamp::try_from(date).ok().map(Self::At)
    }

    /// The moment from which the server may be asked again; never before `now`.
    #[must_use]
    pub fn until(self, now: Timestamp) -> Timestamp {
        match self {
            Self::After(wait) => SignedDuration::try_from(wait)
                .ok()
                .and_then(|wait| now.checked_add(wait).ok())
                .unwrap_or(Timestamp::MAX),
            Self::At(moment) => moment.max(now),
        }
    }
}

/// The freshness that a Cache-Control value grants. The first `max-age` counts, as §4.2.1 suggests;
/// `no-store` and `no-cache` grant none.
#[must_use]
pub fn max_age(cache_control: &str) -> Option<Duration> {
    let mut granted = None;
    for directive in directives(cache_control) {
        let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
        let (name, value) = (name.trim(), value.trim().trim_matches('"'));
        if name.eq_ignore_ascii_case("no-store") || name.eq_ignore_ascii_case("no-cache") {
            return None;
        }
        if granted.is_none() && name.eq_ignore_ascii_case("max-age") {
            granted = seconds(value);
        }
    }
    granted
}

/// The comma-separated members of a list; commas within quoted strings do not separate.
fn directives(list: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    list.split(move |c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    })
    .map(str::trim)
    .filter(|directive| !directive.is_empty())
}

/// `delta-seconds`: digits only; what does not fit counts as the largest that does (RFC 9111 §1.2.2).
fn seconds(digits: &str) -> Option<Duration> {
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(Duration::from_secs(digits.parse().unwrap_or(u64::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(60 * 60);

    fn moment(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn max_age_is_found_among_other_directives() {
        for value in [
            "max-age=3600",
            "public, max-age=3600, must-revalidate",
            "Max-Age = \"3600\"",
            "private=\"a, max-age=1\", max-age=3600",
            ",, max-age=3600, max-age=1",
        ] {
            assert_eq!(max_age(value), Some(HOUR), "{value}");
        }
    }

    #[test]
    fn nothing_is_fresh_without_a_readable_max_age() {
        for value in [
            "",
            "public",
            "max-age",
            "max-age=-1",
            "max-age=1h",
            "s-maxage=3600",
            "no-cache, max-age=3600",
            "max-age=3600, no-store",
            "\"max-age=3600",
        ] {
            assert_eq!(max_age(value), None, "{value}");
        }
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        assert_eq!(RetryAfter::parse(" 120 "), Some(RetryAfter::After(Duration::from_secs(120))));
        let date = RetryAfter::At(moment("1994-11-06T08:49:37Z"));
        for value in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(RetryAfter::parse(value), Some(date), "{value}");
        }
        for value in ["", "-1", "1.5", "soon", "1994-11-06"] {
            assert_eq!(RetryAfter::parse(value), None, "{value}");
        }
    }

    #[test]
    fn a_wait_never_ends_before_now_nor_overflows() {
        let now = moment("2026-11-22T12:00:00Z");
        assert_eq!(RetryAfter::After(HOUR).until(now), moment("2026-11-22T13:00:00Z"));
        assert_eq!(RetryAfter::At(moment("1994-11-06T08:49:37Z")).until(now), now);
        let endless = RetryAfter::parse("99999999999999999999999").unwrap();
        assert_eq!(endless.until(now), Timestamp::MAX);
    }
}
