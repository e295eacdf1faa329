//! Moments and spans of time as they are written.

use std::fmt::{Display, Formatter, Result};

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp, ToSpan as _, Zoned};

/// A moment, absolute or relative to now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// This many of the unit ago.
    Ago(u32, Unit),
    /// The last midnight.
    Today,
    /// The midnight before.
    Yesterday,
    /// The midnight at which this day begins.
    Day(Date),
    /// When the clocks here show this.
    At(DateTime),
    Moment(Timestamp),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    Seconds,
    Minutes,
    Hours,
    Days,
    Weeks,
    Months,
    Years,
}

impl Unit {
    /// The units with how they are written, the shortest first.
    const ALL: [(Self, &'static [&'static str]); 7] = [
        (Self::Seconds, &["s", "sec", "second", "seconds"]),
        (Self::Minutes, &["m", "min", "minute", "minutes"]),
        (Self::Hours, &["h", "hour", "hours"]),
        (Self::Days, &["d", "day", "days"]),
        (Self::Weeks, &["w", "week", "weeks"]),
        (Self::Months, &["mo", "month", "months"]),
        (Self::Years, &["y", "year", "years"]),
    ];

    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, names)| names.contains(&name)).map(|(unit, _)| *unit)
    }

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(unit, _)| *unit == self).and_then(|(_, names)| names.first()).unwrap_or(&"")
    }

    fn before(self, number: u32, now: &Zoned) -> Timestamp {
        let seconds = |each: i64| now.timestamp().saturating_sub(SignedDuration::from_secs(i64::from(number) * each));
        let calendar = |span: std::result::Result<Span, jiff::Error>| {
            span.and_then(|span| now.checked_sub(span)).map(|zoned| zoned.timestamp())
        };
        let moment = match self {
            Self::Seconds => seconds(1),
            Self::Minutes => seconds(60),
            Self::Hours => seconds(3600),
            Self::Days => seconds(86_400),
            Self::Weeks => seconds(604_800),
            Self::Months => calendar(Span::new().try_months(number)),
            Self::Years => calendar(Span::new().try_years(number)),
        };
        moment.unwrap_or(Timestamp::MIN)
    }
}

impl When {
    /// The moment meant, seen from `now`, whose time zone says when a day begins.
    #[must_use]
    pub fn moment(self, now: &Zoned) -> Timestamp {
        let here = |at: DateTime| {
            let beyond = if at.year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
            at.to_zoned(now.time_zone().clone()).map_or(beyond, |at| at.timestamp())
        };
        let midnight = |day: Date| here(day.to_datetime(Time::midnight()));
        match self {
            Self::Ago(number, unit) => unit.before(number, now),
            Self::Today => midnight(now.date()),
            Self::Yesterday => midnight(now.date().saturating_sub(1.day())),
            Self::Day(day) => midnight(day),
            Self::At(at) => here(at),
            Self::Moment(moment) => moment,
        }
    }

    /// So much later; `None` for what is told from now.
    fn moved(self, length: Span) -> Option<Self> {
        let civil = |at: DateTime| {
            let at = at.checked_add(length).ok()?;
            Some(if at.time() == Time::midnight() { Self::Day(at.date()) } else { Self::At(at) })
        };
        match self {
            Self::Day(day) => civil(day.to_datetime(Time::midnight())),
            Self::At(at) => civil(at),
            Self::Moment(moment) => {
                moment.to_zoned(TimeZone::UTC).checked_add(length).ok().map(|at| Self::Moment(at.timestamp()))
            }
            Self::Ago(..) | Self::Today | Self::Yesterday => None,
        }
    }
}

impl Display for When {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Today => f.write_str("today"),
            Self::Yesterday => f.write_str("yesterday"),
            Self::Day(day) => write!(f, "{day}"),
            Self::At(at) => write!(f, "{at}"),
            Self::Moment(moment) => write!(f, "{moment}"),
            Self::Ago(number, unit) => write!(f, "{number}{}", unit.name()),
        }
    }
}

/// `7d`, `1 week ago`, `today`, `2026-11-01`, `2026-11`, `2026-11-01T12:00`.
pub(super) fn when(value: &str) -> Option<When> {
    span(value).map(|(from, _)| from)
}

/// From when and until when, as `FreshRSS` writes it: `2026-11`, `2026-11-01/2026-11-07`, `2026-11-01/07`, `P7D/`, `/2026-11`,
/// `2026-11-01/P7D`.
pub(super) fn interval(value: &str) -> Option<(Option<When>, Option<When>)> {
    let Some((from, to)) = value.split_once('/').or_else(|| value.split_once("--")) else {
        return span(value).map(|(from, to)| (Some(from), to));
    };
    let begin = if from.is_empty() { None } else { Some(span(from)?) };
    let end = match to {
        "" | "today" => None,
        to => Some(span(to).or_else(|| span(&completed(from, to)?))?),
    };
    // The last moment of a month or an hour is part of it.
    let (begin, end) = (begin.map(|(from, _)| from), end.map(|(from, to)| to.unwrap_or(from)));
    match (begin, end) {
        (None, None) => None,
        (Some(When::Ago(..)), Some(When::Ago(..))) => Some((begin, end)),
        // A period beside a day lasts, and is not counted from now.
        (Some(begin), Some(When::Ago(..))) => Some((Some(begin), Some(begin.moved(length(to)?)?))),
        (Some(When::Ago(..)), Some(end)) => Some((Some(end.moved(length(from)?.negate())?), Some(end))),
        ends => Some(ends),
    }
}

/// The end of an interval with what it shares with the beginning: `2026-02-03/05`, `2026-02-03T22:00/22:15`.
fn completed(from: &str, to: &str) -> Option<String> {
    let shared = from.len().checked_sub(to.len())?;
    let shared = from.get(..shared).filter(|shared| shared.ends_with(['-', 'T', 't', ':']))?;
    Some(format!("{shared}{to}"))
}

/// How long a period of ISO 8601 lasts.
fn length(period: &str) -> Option<Span> {
    period.starts_with(['P', 'p']).then(|| period.parse().ok()).flatten()
}

/// When a span begins, and when it is over, where it is one of the calendar's or of the clock's.
fn span(value: &str) -> Option<(When, Option<When>)> {
    let lower = value.trim().to_ascii_lowercase();
    match lower.as_str() {
        "today" => return Some((When::Today, None)),
        "yesterday" => return Some((When::Yesterday, Some(When::Today))),
        _ => {}
    }
    if let Some(ago) = ago(&lower).or_else(|| period(&lower)) {
        return Some((ago, None));
    }
    if value.contains(['T', 't', ':', '[']) {
        return clock(value.trim());
    }
    let digits = lower.bytes().all(|byte| byte.is_ascii_digit()).then_some(lower.len());
    let (first, length) = match (digits, lower.split('-').count()) {
        (Some(4), _) => (format!("{lower}-01-01"), 1.year()),
        (Some(6), _) => (format!("{}-{}-01", lower.get(..4)?, lower.get(4..)?), 1.month()),
        (Some(8), _) | (None, 3) => (lower, 1.day()),
        (None, 2) => (format!("{lower}-01"), 1.month()),
        _ => return None,
    };
    let first = When::Day(first.parse().ok()?);
    Some((first, first.moved(length)))
}

/// `7d`, `3 weeks`, `an hour ago`.
fn ago(value: &str) -> Option<When> {
    let value = value.strip_suffix(" ago").unwrap_or(value).trim();
    let end = value.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = match value.split_at_checked(end)? {
        ("", _) => (1, value.strip_prefix("a ").or_else(|| value.strip_prefix("an "))?),
        (number, unit) => (number.parse().ok()?, unit),
    };
    Unit::named(unit.trim()).map(|unit| When::Ago(number, unit))
}

/// `p7d`, `pt5h`, `p1y2m`, as ISO 8601 has it.
fn period(value: &str) -> Option<When> {
    let (mut months, mut seconds, mut number, mut has_time) = (0_u32, 0_u32, String::new(), false);
    for c in value.strip_prefix('p')?.chars() {
        if c.is_ascii_digit() {
            number.push(c);
            continue;
        }
        if c == 't' && number.is_empty() {
            has_time = true;
            continue;
        }
        let count: u32 = std::mem::take(&mut number).parse().ok()?;
        let (total, each) = match (c, has_time) {
            ('y', false) => (&mut months, 12),
            ('m', false) => (&mut months, 1),
            ('w', false) => (&mut seconds, 604_800),
            ('d', false) => (&mut seconds, 86_400),
            ('h', true) => (&mut seconds, 3600),
            ('m', true) => (&mut seconds, 60),
            ('s', true) => (&mut seconds, 1),
            _ => return None,
        };
        *total = total.checked_add(count.checked_mul(each)?)?;
    }
    let (number, unit) = match (months, seconds) {
        _ if !number.is_empty() => return None,
        (0, 0) => return None,
        (0, seconds) if seconds % 86_400 == 0 => (seconds / 86_400, Unit::Days),
        (0, seconds) if seconds % 3600 == 0 => (seconds / 3600, Unit::Hours),
        (0, seconds) if seconds % 60 == 0 => (seconds / 60, Unit::Minutes),
        (0, seconds) => (seconds, Unit::Seconds),
        (months, 0) if months % 12 == 0 => (months / 12, Unit::Years),
        (months, 0) => (months, Unit::Months),
        _ => return None,
    };
    Some(When::Ago(number, unit))
}

/// The hour, minute or second of a day, in a time zone where it names one, else here.
fn clock(value: &str) -> Option<(When, Option<When>)> {
    let from = if let Ok(zoned) = value.parse::<Zoned>() {
        When::Moment(zoned.timestamp())
    } else if let Ok(moment) = value.parse() {
        When::Moment(moment)
    } else {
        When::At(value.parse().ok()?)
    };
    let (_, time) = value.split_once(['T', 't', ' '])?;
    let time = time.split(['Z', 'z', '+', '-', '[', '.', ',']).next().unwrap_or_default();
    let length = match time.bytes().filter(u8::is_ascii_digit).count() {
        ..=2 => 1.hour(),
        3..=4 => 1.minute(),
        _ => 1.second(),
    };
    Some((from, from.moved(length)))
}
