//! Moments and spans of time as they are written.

use std::fmt::{Display, Formatter, Result};

use jiff::civil::{Date, DateTime};
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
    Minutes,
    Hours,
    Days,
    Weeks,
    Months,
    Years,
}

impl Unit {
    /// The units with how they are written, the shortest first.
    const ALL: [(Self, &'static [&'static str]); 6] = [
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
        let here = |at: DateTime| at.to_zoned(now.time_zone().clone()).map_or(Timestamp::MIN, |at| at.timestamp());
        let midnight = |day: Date| here(day.to_datetime(jiff::civil::Time::midnight()));
        match self {
            Self::Ago(number, unit) => unit.before(number, now),
            Self::Today => midnight(now.date()),
            Self::Yesterday => midnight(now.date().saturating_sub(1.day())),
            Self::Day(day) => midnight(day),
            Self::At(at) => here(at),
            Self::Moment(moment) => moment,
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

/// From when and until when: `2026-11`, `2026-11-01/2026-11-07`, `P7D/`, `/2026-11`, as `FreshRSS` writes it.
pub(super) fn interval(value: &str) -> Option<(Option<When>, Option<When>)> {
    let Some((from, to)) = value.split_once('/') else {
        return span(value).map(|(from, to)| (Some(from), to));
    };
    let from = if from.is_empty() { None } else { Some(span(from)?.0) };
    let to = match to {
        "" | "today" => None,
        to => Some(span(to).map(|(from, to)| to.unwrap_or(from))?),
    };
    // A period that begins or ends with a day lasts, and is not counted from now.
    let is_ago = |end: Option<When>| matches!(end, Some(When::Ago(..)));
    let is_mixed = from.is_some() && to.is_some() && is_ago(from) != is_ago(to);
    ((from.is_some() || to.is_some()) && !is_mixed).then_some((from, to))
}

/// When a span begins, and when it is over, where it is one of the calendar's.
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
        return clock(value.trim()).map(|when| (when, None));
    }
    let is_year = lower.len() == 4 && lower.bytes().all(|byte| byte.is_ascii_digit());
    let parts = lower.split('-').count();
    let (first, length) = match parts {
        1 if is_year => (format!("{lower}-01-01"), 1.year()),
        2 => (format!("{lower}-01"), 1.month()),
        3 => (lower, 1.day()),
        _ => return None,
    };
    let first: Date = first.parse().ok()?;
    Some((When::Day(first), first.checked_add(length).ok().map(When::Day)))
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
    let (mut months, mut minutes, mut number, mut has_time) = (0_u32, 0_u32, String::new(), false);
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
            ('w', false) => (&mut minutes, 10_080),
            ('d', false) => (&mut minutes, 1440),
            ('h', true) => (&mut minutes, 60),
            ('m', true) => (&mut minutes, 1),
            _ => return None,
        };
        *total = total.checked_add(count.checked_mul(each)?)?;
    }
    match (months, minutes) {
        _ if !number.is_empty() => None,
        (0, 0) => None,
        (0, minutes) if minutes % 1440 == 0 => Some(When::Ago(minutes / 1440, Unit::Days)),
        (0, minutes) if minutes % 60 == 0 => Some(When::Ago(minutes / 60, Unit::Hours)),
        (0, minutes) => Some(When::Ago(minutes, Unit::Minutes)),
        (months, 0) if months % 12 == 0 => Some(When::Ago(months / 12, Unit::Years)),
        (months, 0) => Some(When::Ago(months, Unit::Months)),
        _ => None,
    }
}

/// A day and a time, in a time zone where it names one, else here.
fn clock(value: &str) -> Option<When> {
    if let Ok(zoned) = value.parse::<Zoned>() {
        return Some(When::Moment(zoned.timestamp()));
    }
    if let Ok(moment) = value.parse::<Timestamp>() {
        return Some(When::Moment(moment));
    }
    value.parse().ok().map(When::At)
}
