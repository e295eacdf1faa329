//! Dates as feeds and pages write them: RFC 3339, RFC 2822, and the many things in between, in the languages of the
//! world's news. Knows the zones' rules of today alone, and not the current time.

mod names;
mod parts;
mod persian;
mod zones;

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::{Date, ISOWeekDate};
use jiff::fmt::rfc2822;
use jiff::fmt::temporal::{Pieces, PiecesOffset};
use jiff::tz::Offset;

use super::markup::{Token, Tokens};
use crate::model::page::Dated;
use parts::Parts;

/// Which of the figures `05/06/2024` is the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    DayFirst,
    MonthFirst,
}

/// The order that the dates of one document are in, where one of them shows it (`05/13/2024`) and none shows the other.
pub fn order<'a>(texts: impl Iterator<Item = &'a str>) -> Option<Order> {
    let mut shown = texts.filter(|text| is_in_figures(text)).filter_map(|text| words(text)?.order());
    let first = shown.next()?;
    shown.all(|order| order == first).then_some(first)
}

/// Whether `text` may have its day and its month as figures, so that it is for others to say which is which.
#[must_use]
pub fn is_in_figures(text: &str) -> bool {
    text.split(is_gap).any(|word| {
        let mut figures = word.split(['/', '-', '.']);
        let mut is_figure = || figures.next().is_some_and(|text| text.parse::<u8>().is_ok_and(|number| number <= 31));
        is_figure() && is_figure() && short_iso(word).is_none()
    })
}

/// The instant that a field for dates holds; without a zone it is read as UTC. `None` when it is no date, or one that
/// programs write where they know none.
#[must_use]
pub fn parse(text: &str) -> Option<Timestamp> {
    parse_in(text, None)
}

/// As [`parse`], of a document whose dates are in this order.
#[must_use]
pub fn parse_in(text: &str, order: Option<Order>) -> Option<Timestamp> {
    let text = text.trim();
    if text.contains('<') {
        return in_markup(text);
    }
    let instant = match read_in(text, order) {
        Some(dated) => dated.instant(),
        None => figures(text),
    }?;
    let is_placeholder = instant == Timestamp::UNIX_EPOCH || instant < FIRST;
    (!is_placeholder).then_some(instant)
}

/// The date of a `time` element or the like: the one that it states for programs, else the one that it shows.
fn in_markup(html: &str) -> Option<Timestamp> {
    let stated = Tokens::new(html).find_map(|token| match token {
        Token::Start(tag) => tag.attribute("datetime").or_else(|| tag.attribute("content")).and_then(parse),
        _ => None,
    });
    let shown = || {
        let texts = Tokens::new(html).filter_map(|token| match token {
            Token::Text(text) if !text.contains('<') => Some(text),
            _ => None,
        });
        parse(&texts.collect::<Vec<_>>().join(" "))
    };
    stated.or_else(shown)
}

/// The zero of some programs' calendars is in the year 1, that of others in 1601 or at the end of 1899.
const FIRST: Timestamp = Timestamp::constant(-2_208_000_000, 0);

/// The date that stands somewhere in a line of text (`Jakarta, 8 November 2024 | 12.41 WIB (diperbarui)`).
#[must_use]
pub fn find(text: &str) -> Option<Dated> {
    if let Some(dated) = read(text) {
        return Some(dated);
    }
    let text = plainly_written(text);
    let words: Vec<&str> =
        text.split(|c| is_gap(c) || matches!(c, '·' | '•')).filter(|word| !word.is_empty()).take(40).collect();
    // The longest run of words that reads as a date has the time and the zone too.
    (2..=8).rev().chain([1]).find_map(|length| {
        words.windows(length).find_map(|run| {
            let is_date = |word: &&str| word.bytes().any(|b| b.is_ascii_digit());
            let starts_well = run
                .first()
                .is_some_and(|word| is_date(word) || matches!(names::name(word), Some(names::Name::Month(_))));
            if starts_well { read(&run.join(" ")) } else { None }
        })
    })
}

/// The date that `text` names, on the clock that it was written by.
#[must_use]
pub fn read(text: &str) -> Option<Dated> {
    read_in(text, None)
}

fn read_in(text: &str, order: Option<Order>) -> Option<Dated> {
    let text = text.trim();
    if text.len() > 128 || !text.is_ascii() && text.chars().count() > 100 {
        return None;
    }
    let is_iso = text.as_bytes().get(..5).is_some_and(|head| head.ends_with(b"-"));
    if is_iso { iso(text) } else { strict(text) }.or_else(|| words(text)?.dated(order))
}

/// `Fri, 08 Nov 2024 12:41:00 +0700`, to the letter, as most feeds write it.
fn strict(text: &str) -> Option<Dated> {
    let names_zone = text.ends_with(|last: char| last.is_ascii_digit()) || text.ends_with("GMT");
    let zoned = names_zone.then(|| rfc2822::DateTimeParser::new().parse_zoned(text).ok()).flatten()?;
    Some(Dated { civil: zoned.datetime(), offset: Some(zoned.offset()), has_time: true })
}

/// `2024-11-08T12:41:00+07:00` and its shortened forms.
fn iso(text: &str) -> Option<Dated> {
    let pieces = Pieces::parse(text).ok()?;
    let offset = pieces.offset().map(|offset| match offset {
        PiecesOffset::Numeric(offset) => offset.offset(),
        _ => Offset::UTC,
    });
    let has_time = pieces.time().is_some();
    let civil = pieces.date().to_datetime(pieces.time().unwrap_or_default());
    let dated = Dated { civil, offset, has_time };
    if offset.is_some() {
        return dated.instant().map(|_| dated);
    }
    // A zone that the strict form does not know (`2024-11-08 12:41 WIB`, `2024-11-08T12:41[Asia/Jakarta]`) is left to the
    // loose form.
    let has_tail = text.ends_with(']') || text.split_once(' ').is_some_and(|(_, time)| time.contains(' '));
    if has_tail {
        return None;
    }
    Some(dated)
}

/// What is a date only because a field says so: parts of one (W3C-DTF, ISO 8601), figures without separators, the
/// seconds or milliseconds since 1970.
fn figures(text: &str) -> Option<Timestamp> {
    // `@1718013900`, `/Date(1718013900000)/`, `/Date(1718013900000+0700)/`
    let text = match text.strip_prefix("/Date(").and_then(|text| text.strip_suffix(")/")) {
        Some(since) => since.split(['+', '-']).next().unwrap_or_default(),
        None => text.trim_start_matches('@'),
    };
    let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    // `1718013900.25`
    let date = match date.split_once('.') {
        Some((whole, part)) if time.is_empty() && whole.len() == 10 && part.bytes().all(|b| b.is_ascii_digit()) => {
            whole
        }
        _ => date,
    };
    if time.is_empty() && date.bytes().all(|b| b.is_ascii_digit()) {
        match date.len() {
            10 => return Timestamp::from_second(date.parse().ok()?).ok(),
            13 => return Timestamp::from_millisecond(date.parse().ok()?).ok(),
            12 | 14 => {
                let (day, clock) = date.split_at(8);
                return read(&format!("{} {}", spaced(day, '-', 4), spaced(clock, ':', 2)))?.instant();
            }
            _ => {}
        }
    }
    let date = calendar(date)?;
    match time {
        "" => read(&date.to_string())?.instant(),
        _ => {
            let is_plain = time.as_bytes().get(..6).is_some_and(|head| head.iter().all(u8::is_ascii_digit));
            let time = match time.split_at_checked(6).filter(|_| is_plain) {
                Some((clock, zone)) => format!("{}{zone}", spaced(clock, ':', 2)),
                None => time.to_owned(),
            };
            read(&format!("{date} {time}"))?.instant()
        }
    }
}

/// `2024`, `2024-11`, `20241108`, `241108`, `2024-313` (the day of the year), `2024-W45-5`.
fn calendar(text: &str) -> Option<Date> {
    let is_figures = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let mut fields = text.splitn(3, '-');
    let (first, second, third) = (fields.next()?, fields.next(), fields.next());
    if !is_figures(first) {
        return None;
    }
    let number: i32 = first.parse().ok()?;
    let year = i16::try_from(number).ok().filter(|_| first.len() == 4);
    if let Some(week) = second.and_then(|week| week.strip_prefix('W')) {
        let day = jiff::civil::Weekday::from_monday_one_offset(third.unwrap_or("1").parse().ok()?).ok()?;
        return Some(ISOWeekDate::new(year?, week.parse().ok()?, day).ok()?.date());
    }
    match (first.len(), second, third) {
        (4, None, None) if (1900..2200).contains(&number) => Date::new(year?, 1, 1).ok(),
        (4, Some(day), None) if day.len() == 3 => {
            Date::new(year?, 1, 1).ok()?.with().day_of_year(day.parse().ok()?).build().ok()
        }
        (4, Some(month), None) => Date::new(year?, month.parse().ok()?, 1).ok(),
        (8, None, None) => {
            Date::new(i16::try_from(number / 10_000).ok()?, (number / 100 % 100) as i8, (number % 100) as i8).ok()
        }
        (6, None, None) => {
            let year = i16::try_from(number / 10_000).ok()?;
            let year = if year < 70 { 2000 + year } else { 1900 + year };
            Date::new(year, (number / 100 % 100) as i8, (number % 100) as i8).ok()
        }
        _ => None,
    }
}

/// Figures in groups of two, behind a first one of another length.
fn spaced(figures: &str, separator: char, first: usize) -> String {
    let is_start = |at: usize| at >= first && (at - first).is_multiple_of(2);
    let mut spaced = String::with_capacity(figures.len() + 4);
    for (at, figure) in figures.chars().enumerate() {
        if at > 0 && is_start(at) {
            spaced.push(separator);
        }
        spaced.push(figure);
    }
    spaced
}

/// A date as a row of words in any order: weekday, day, month name, year, time, zone.
fn words(text: &str) -> Option<Parts> {
    let text = plainly_written(text);
    let mut parts = Parts::default();
    for word in text.split(is_gap) {
        if split_date(word).filter(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())).count() == 3 {
            parts.forget_name();
        }
        if let Some((year, rest)) = short_iso(word) {
            parts.take(&year, 0)?;
            for (at, word) in split_date(rest).enumerate() {
                parts.take(word, at + 1)?;
            }
        } else if parts.take_zone(word) {
            // It is one word, whatever signs are in it.
        } else if parts.has_date() && is_dotted(word) {
            parts.take(&word.replace('.', ":"), 0)?;
        } else {
            for (at, word) in split_date(word).enumerate() {
                parts.take(word, at)?;
            }
        }
    }
    Some(parts)
}

fn is_gap(c: char) -> bool {
    matches!(c, ' ' | ',' | '\t' | '\r' | '\n' | '(' | ')' | '[' | ']' | '|' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// `03-12-31`: three figures with hyphens come in the order of ISO 8601, of which this is an old form.
fn short_iso(word: &str) -> Option<(String, &str)> {
    let [a, b, b'-', c, d, b'-', _, _] = word.as_bytes() else { return None };
    let month = (char::from(*c).to_digit(10)?, char::from(*d).to_digit(10)?);
    if !matches!(month, (0, 1..=9) | (1, 0..=2)) || !a.is_ascii_digit() || !b.is_ascii_digit() {
        return None;
    }
    let (year, rest) = word.split_once('-')?;
    let century = if *a < b'7' { "20" } else { "19" };
    Some((format!("{century}{year}"), rest))
}

/// The zeros of the scripts that have digits of their own.
const ZEROS: [char; 16] = ['٠', '۰', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '๐', '໐', '၀', '០', '０'];

/// Digits of other scripts as ASCII, `2024年11月8日12時41分` as `2024/11/8 12:41`, `12h41` as `12:41`, `8T12` as `8 12`.
fn plainly_written(text: &str) -> Cow<'_, str> {
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let has_letter = text
        .as_bytes()
        .windows(3)
        .any(|w| is_digit(w.first()) && matches!(w.get(1), Some(b'h' | b'H' | b'T' | b't')) && is_digit(w.last()));
    let text = names::joined(text);
    let text = names::in_western_years(text);
    if text.is_ascii() && !has_letter {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut after_digit = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let zero = ZEROS.into_iter().find(|zero| (*zero..).take(10).any(|digit| digit == c));
        let digit = zero.and_then(|zero| char::from_digit(c as u32 - zero as u32, 10));
        let before_digit = chars.peek().is_some_and(char::is_ascii_digit);
        match c {
            '月' | '월' if after_digit && !follows_year(&plain) => name_month(&mut plain),
            '年' | '月' | '년' | '월' | '時' | '时' | '点' | '點' | '시' if after_digit => {
                plain.push(if matches!(c, '年' | '月' | '년' | '월') { '/' } else { ':' });
                // `12時 41分`
                while chars.next_if_eq(&' ').is_some() {}
            }
            'h' | 'H' if after_digit => plain.push(if before_digit { ':' } else { 'h' }),
            'T' | 't' if after_digit && before_digit => plain.push(' '),
            '日' | '分' | '秒' | '일' | '분' | '초' => plain.push(' '),
            '，' | '、' | '،' | '：' | '—' | '–' => plain.push(if c == '：' { ':' } else { ' ' }),
            c => plain.push(digit.unwrap_or(c)),
        }
        after_digit = digit.is_some() || c.is_ascii_digit();
    }
    Cow::Owned(plain)
}

/// The last number stands behind a year: `2024/11`, `2024/ 11`.
fn follows_year(plain: &str) -> bool {
    plain.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end().ends_with('/')
}

/// The number of a month that stands alone (`08 11월 2024`) by its name, so that the day may stand before it or behind.
fn name_month(plain: &mut String) {
    let before = plain.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let number = plain.get(before..).and_then(|digits| digits.parse::<usize>().ok());
    if let Some(name) = number.and_then(|number| names::ENGLISH_MONTHS.get(number.checked_sub(1)?)) {
        plain.truncate(before);
        plain.push_str(name);
    }
    plain.push(' ');
}

/// `08-Nov-2024` and `8/11/2024` are three words; `+07:00` and `-0500` are one.
fn split_date(word: &str) -> impl Iterator<Item = &str> {
    let separator = if word.contains('/') {
        '/'
    } else if word.contains('-') && !word.starts_with('-') && !word.contains([':', '+']) && !is_zone(word) {
        '-'
    } else if is_dotted(word) {
        '.'
    } else {
        ' '
    };
    word.split(separator)
}

/// `08.11.2024`, and the time `12.41.05`.
fn is_dotted(word: &str) -> bool {
    let begins = word.as_bytes().first().is_some_and(u8::is_ascii_digit);
    begins && word.trim_end_matches('.').matches('.').count() == 2 && !word.contains(':')
}

/// `GMT-0500`
fn is_zone(word: &str) -> bool {
    word.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) && names::zone(word).is_some()
}

#[cfg(test)]
mod tests;
