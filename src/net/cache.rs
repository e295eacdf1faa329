//! The headers that say when to come back: Cache-Control (RFC 9111 §5.2), Expires (§5.3) and Retry-After (RFC 9110 §10.2.3).
//! Pure: header values in, times out; the clock is an argument.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// How long a server asks to be left alone, or calls a document fresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    After(Duration),
    At(Timestamp),
}

impl Wait {
    /// Reads a Retry-After value: seconds, or an HTTP date in any of its three spellings, which counts from Date as Expires
    /// does.
    #[must_use]
    pub fn retry_after(value: &str, sent: Option<&str>) -> Option<Self> {
        let value = value.trim();
        seconds(value).map(Self::After).or_else(|| Some(Self::since(sent, date(value)?)))
    }

    /// The freshness that the headers grant: Cache-Control's, else what Expires is after Date, so that the two clocks need
    /// not agree. An Expires that is no date has passed (RFC 9111 §5.3).
    #[must_use]
    pub fn fresh(cache_control: &str, expires: Option<&str>, sent: Option<&str>) -> Option<Self> {
        match granted(cache_control) {
            Grant::Age(age) => return Some(Self::After(age)),
            Grant::None => return None,
            Grant::Unsaid => {}
        }
        match Self::since(sent, date(expires?.trim())?) {
            Self::After(Duration::ZERO) => None,
            fresh => Some(fresh),
        }
    }

    /// What a moment is after Date; none for one before it.
    fn since(sent: Option<&str>, moment: Timestamp) -> Self {
        match sent.and_then(|sent| date(sent.trim())) {
            Some(sent) => Self::After(Duration::try_from(moment.duration_since(sent)).unwrap_or_default()),
            None => Self::At(moment),
        }
    }

    /// The moment at which the wait is over; never before `now`.
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

/// What Cache-Control says of freshness.
#[derive(Debug, PartialEq, Eq)]
enum Grant {
    Age(Duration),
    /// `no-store`, `no-cache`: none, whatever Expires says.
    None,
    Unsaid,
}

/// The freshness that a Cache-Control value grants. The first `max-age` counts, as §4.2.1 suggests.
fn granted(cache_control: &str) -> Grant {
    let mut granted = None;
    for directive in directives(cache_control) {
        let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
        let (name, value) = (name.trim(), value.trim().trim_matches('"'));
        if name.eq_ignore_ascii_case("no-store") || name.eq_ignore_ascii_case("no-cache") {
            return Grant::None;
        }
        if granted.is_none() && name.eq_ignore_ascii_case("max-age") {
            granted = seconds(value);
        }
    }
    granted.map_or(Grant::Unsaid, Grant::Age)
}

fn date(text: &str) -> Option<Timestamp> {
    Timestamp::try_from(httpdate::parse_http_date(text).ok()?).ok()
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
            assert_eq!(granted(value), Grant::Age(HOUR), "{value}");
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
            assert_eq!(Wait::fresh(value, None, None), None, "{value}");
        }
    }

    #[test]
    fn expires_counts_where_cache_control_says_nothing_and_needs_no_clock_of_ours() {
        let (noon, one) = (Some("Sun, 22 Nov 2026 12:00:00 GMT"), Some("Sun, 22 Nov 2026 13:00:00 GMT"));
        assert_eq!(Wait::fresh("public", one, noon), Some(Wait::After(HOUR)));
        assert_eq!(Wait::fresh("", one, None), Some(Wait::At(moment("2026-11-22T13:00:00Z"))));
        assert_eq!(Wait::fresh("max-age=7200", one, noon), Some(Wait::After(HOUR * 2)));
        for (cache_control, expires) in [("no-cache", one), ("", Some("0")), ("", Some("-1")), ("", None)] {
            assert_eq!(Wait::fresh(cache_control, expires, noon), None, "{cache_control} {expires:?}");
        }
        assert_eq!(Wait::fresh("", noon, one), None, "has expired");
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        assert_eq!(Wait::retry_after(" 120 ", None), Some(Wait::After(Duration::from_secs(120))));
        let date = Wait::At(moment("1994-11-06T08:49:37Z"));
        for value in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(Wait::retry_after(value, None), Some(date), "{value}");
        }
        for value in ["", "-1", "1.5", "soon", "1994-11-06"] {
            assert_eq!(Wait::retry_after(value, None), None, "{value}");
        }
        let (noon, one) = ("Sun, 22 Nov 2026 12:00:00 GMT", "Sun, 22 Nov 2026 13:00:00 GMT");
        assert_eq!(Wait::retry_after(one, Some(noon)), Some(Wait::After(HOUR)), "whatever our clock says");
        assert_eq!(Wait::retry_after(noon, Some(one)), Some(Wait::After(Duration::ZERO)), "is over");
    }

    #[test]
    fn a_wait_never_ends_before_now_nor_overflows() {
        let now = moment("2026-11-22T12:00:00Z");
        assert_eq!(Wait::After(HOUR).until(now), moment("2026-11-22T13:00:00Z"));
        assert_eq!(Wait::At(moment("1994-11-06T08:49:37Z")).until(now), now);
        let endless = Wait::retry_after("99999999999999999999999", None).unwrap();
        assert_eq!(endless.until(now), Timestamp::MAX);
    }
}
