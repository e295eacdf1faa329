//! Dates as feeds and pages write them: RFC 3339, RFC 2822, and the many things in between, in the languages of the
//! world's news. Knows no time zone database and not the current time.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::fmt::temporal::{Pieces, PiecesOffset};
use jiff::tz::Offset;

use crate::model::page::Dated;

/// The instant that `text` names; without a zone it is read as UTC. `None` when it is no date.
#[must_use]
pub fn parse(text: &str) -> Option<Timestamp> {
    read(text)?.instant()
}

/// The date that stands somewhere in a line of text (`Jakarta, 8 November 2024 | 12.41 WIB (diperbarui)`).
#[must_use]
pub fn find(text: &str) -> Option<Dated> {
    if let Some(dated) = read(text) {
        return Some(dated);
    }
    let text = plainly_written(text);
    let words: Vec<&str> = text
        .split([' ', ',', '\t', '\n', '(', ')', '|', '\u{a0}', '·', '•'])
        .filter(|word| !word.is_empty())
        .take(40)
        .collect();
    // The longest run of words that reads as a date has the time and the zone too.
    (2..=8).rev().chain([1]).find_map(|length| {
        words.windows(length).find_map(|run| {
            let is_date = |word: &&str| word.bytes().any(|b| b.is_ascii_digit());
            let starts_well = run.first().is_some_and(|word| is_date(word) || month(word).is_some());
            if starts_well { read(&run.join(" ")) } else { None }
        })
    })
}

/// The date that `text` names, on the clock that it was written by.
#[must_use]
pub fn read(text: &str) -> Option<Dated> {
    let text = text.trim();
    if text.len() > 128 || !text.is_ascii() && text.chars().count() > 100 {
        return None;
    }
    if text.as_bytes().get(..5).is_some_and(|head| head.ends_with(b"-")) {
        // The `T` stands between date and time; a second of one digit is no longer strict.
        return iso(text).or_else(|| match text.split_at_checked(10) {
            Some((date, time)) => loose(&format!("{date} {}", time.trim_start_matches('T'))),
            None => loose(text),
        });
    }
    loose(text)
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
    // A zone that the strict form does not know (`2024-11-08 12:41 WIB`) is left to the loose form.
    let has_tail = text.split_once(' ').is_some_and(|(_, time)| time.contains(' '));
    if has_tail {
        return None;
    }
    Some(dated)
}

/// A date as a row of words in any order: weekday, day, month name, year, time, zone.
fn loose(text: &str) -> Option<Dated> {
    let text = plainly_written(text);
    let mut parts = Parts::default();
    for word in text.split([' ', ',', '\t', '\n', '(', ')', '|', '\u{a0}']) {
        for (at, word) in split_date(word).enumerate() {
            parts.take(word, at)?;
        }
    }
    parts.dated()
}

/// Digits of other scripts as ASCII, `2024年11月8日12時41分` as `2024/11/8 12:41`, `12h41` as `12:41`.
fn plainly_written(text: &str) -> Cow<'_, str> {
    let has_h = text.as_bytes().windows(3).any(|w| {
        w.first().is_some_and(u8::is_ascii_digit) && w.get(1) == Some(&b'h') && w.last().is_some_and(u8::is_ascii_digit)
    });
    if text.is_ascii() && !has_h {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut after_digit = false;
    for c in text.chars() {
        let zero = ['٠', '۰', '०', '০', '０'].into_iter().find(|zero| (*zero..).take(10).any(|digit| digit == c));
        let digit = zero.and_then(|zero| char::from_digit(c as u32 - zero as u32, 10));
        match c {
            '年' | '月' | '년' | '월' if after_digit => plain.push('/'),
            '時' | '时' | '点' | '點' | '시' | 'h' if after_digit => plain.push(':'),
            '日' | '分' | '秒' | '일' | '분' => plain.push(' '),
            '，' | '、' | '،' | '：' | '—' | '–' => plain.push(if c == '：' { ':' } else { ' ' }),
            c => plain.push(digit.unwrap_or(c)),
        }
        after_digit = digit.is_some() || c.is_ascii_digit();
    }
    // The months of the Levant have names of two words.
    for (name, month) in LEVANTINE {
        if plain.contains(name) {
            plain = plain.replace(name, month);
        }
    }
    Cow::Owned(plain.replace("/ ", "/"))
}

const LEVANTINE: [(&str, &str); 4] =
    [("كانون الثاني", "يناير"), ("كانون الأول", "ديسمبر"), ("تشرين الثاني", "نوفمبر"), ("تشرين الأول", "أكتوبر")];

/// `08-Nov-2024` and `8/11/2024` are three words; `+07:00` and `-0500` are one.
fn split_date(word: &str) -> impl Iterator<Item = &str> {
    let separator = if word.contains('/') {
        '/'
    } else if word.contains('-') && !word.starts_with('-') && !word.contains(':') {
        '-'
    } else if word.matches('.').count() == 2 && !word.contains(':') {
        '.'
    } else {
        ' '
    };
    word.split(separator)
}

#[derive(Default)]
struct Parts {
    day: Option<i8>,
    month: Option<i8>,
    year: Option<i16>,
    time: Option<Time>,
    /// Seconds east of UTC.
    offset: Option<i32>,
    after_noon: Option<bool>,
}

impl Parts {
    fn take(&mut self, word: &str, position: usize) -> Option<()> {
        let word = word.trim_matches(['.', ';']);
        if word.is_empty() {
            return Some(());
        }
        let first = word.chars().next()?;
        if word.contains(':') && first.is_ascii_digit() {
            return self.clock(word);
        }
        if matches!(first, '+' | '-') && self.time.is_some() {
            self.offset = offset(word);
            return Some(());
        }
        if first.is_ascii_digit() {
            return self.number(word, position);
        }
        self.name(word);
        Some(())
    }

    fn number(&mut self, word: &str, position: usize) -> Option<()> {
        // Also `8th`, `21st`.
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        // `12.41` is how Indonesian pages write the time, after the date.
        if let Some((hour, minute)) = digits.split_once('.')
            && self.year.is_some()
        {
            self.time = Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok();
            return Some(());
        }
        let number: i16 = digits.parse().ok()?;
        if digits.len() == 4 {
            self.year = Some(number);
        } else if position == 1 && self.year.is_some() && self.day.is_none() && self.month.is_none() {
            // The year came first, so the month is next: `2024/11/08`.
            self.month = Some(number as i8);
        } else if self.day.is_none() && (1..=31).contains(&number) {
            self.day = Some(number as i8);
        } else if self.month.is_none() && position > 0 && (1..=12).contains(&number) {
            self.month = Some(number as i8);
        } else if self.month.is_none() && position > 0 && self.day.is_some_and(|day| day <= 12) && number <= 31 {
            // `11/28/2024`: the month cannot be 28, so it came first.
            self.month = self.day.replace(number as i8);
        } else if self.year.is_none() && digits.len() == 2 {
            self.year = Some(if number < 70 { 2000 + number } else { 1900 + number });
        } else {
            return None;
        }
        Some(())
    }

    fn clock(&mut self, word: &str) -> Option<()> {
        // The zone may stick to the time: `12:41:00Z`, `12:41+0700`, `7:05PM`.
        let end = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.')).unwrap_or(word.len());
        let (digits, tail) = word.split_at(end);
        let mut fields = digits.split(':');
        let hour: i8 = fields.next()?.parse().ok()?;
        let minute: i8 = fields.next()?.parse().ok()?;
        let second: f64 = fields.next().map_or(Some(0.0), |s| s.parse().ok())?;
        // 24:00 and leap seconds occur; neither is worth losing the date for.
        let hour = if hour == 24 { 0 } else { hour };
        self.time = Time::new(hour, minute, (second as i8).min(59), 0).ok();
        if matches!(tail.chars().next(), Some('+' | '-')) {
            self.offset = offset(tail);
        } else if !tail.is_empty() {
            self.name(tail);
        }
        self.time.map(|_| ())
    }

    fn name(&mut self, word: &str) {
        if let Some(seconds) = zone(word) {
            self.offset = self.offset.or(Some(seconds));
        } else if word.eq_ignore_ascii_case("am") || word.eq_ignore_ascii_case("pm") {
            self.after_noon = Some(word.eq_ignore_ascii_case("pm"));
        } else if let Some(number) = month(word) {
            // `Nov 8, 2024` and weekdays that look like months (Spanish `mar`): the last name wins.
            self.month = Some(number);
        }
    }

    fn dated(self) -> Option<Dated> {
        let has_time = self.time.is_some();
        let date = Date::new(self.year?, self.month?, self.day?).ok()?;
        let mut time = self.time.unwrap_or_default();
        match (self.after_noon, time.hour()) {
            (Some(true), 1..=11) => time = time.with().hour(time.hour() + 12).build().ok()?,
            (Some(false), 12) => time = time.with().hour(0).build().ok()?,
            _ => {}
        }
        let offset = match self.offset {
            Some(seconds) => Some(Offset::from_seconds(seconds).ok()?),
            None => None,
        };
        Some(Dated { civil: date.to_datetime(time), offset, has_time })
    }
}

/// `+0700`, `-05:00`, `+07`, `+7`.
fn offset(word: &str) -> Option<i32> {
    let negative = word.starts_with('-');
    let digits: String = word.chars().filter(char::is_ascii_digit).take(4).collect();
    let number: i32 = digits.parse().ok()?;
    let (hours, minutes) = if digits.len() <= 2 { (number, 0) } else { (number / 100, number % 100) };
    let seconds = hours * 3600 + minutes * 60;
    Some(if negative { -seconds } else { seconds })
}

const MONTHS: [(&str, i8); 42] = [
    ("يناير", 1),
    ("جانفي", 1),
    ("فبراير", 2),
    ("فيفري", 2),
    ("شباط", 2),
    ("مارس", 3),
    ("آذار", 3),
    ("أبريل", 4),
    ("إبريل", 4),
    ("أفريل", 4),
    ("نيسان", 4),
    ("مايو", 5),
    ("أيار", 5),
    ("يونيو", 6),
    ("جوان", 6),
    ("حزيران", 6),
    ("يوليو", 7),
    ("جويلية", 7),
    ("تموز", 7),
    ("أغسطس", 8),
    ("آب", 8),
    ("سبتمبر", 9),
    ("أيلول", 9),
    ("أكتوبر", 10),
    ("نوفمبر", 11),
    ("ديسمبر", 12),
    ("जनवरी", 1),
    ("फरवरी", 2),
    ("फ़रवरी", 2),
    ("मार्च", 3),
    ("अप्रैल", 4),
    ("मई", 5),
    ("जून", 6),
    ("जुलाई", 7),
    ("अगस्त", 8),
    ("सितंबर", 9),
    ("सितम्बर", 9),
    ("अक्टूबर", 10),
    ("अक्तूबर", 10),
    ("नवंबर", 11),
    ("नवम्बर", 11),
    ("दिसंबर", 12),
];

/// Seconds east of UTC of the zone names that feeds use (RFC 2822 § 4.3, Indonesia's three, and neighbours').
fn zone(word: &str) -> Option<i32> {
    let quarter_hours = match word.to_ascii_uppercase().as_str() {
        "Z" | "UT" | "UTC" | "GMT" | "WET" => 0,
        "WIB" | "ICT" => 28,
        "WITA" | "SGT" | "MYT" | "HKT" | "AWST" | "PHT" => 32,
        "WIT" | "JST" | "KST" => 36,
        "IST" => 22,
        "MSK" | "EAT" | "EEST" => 12,
        "CET" | "BST" | "WEST" | "MEZ" => 4,
        "CEST" | "EET" | "SAST" | "MESZ" => 8,
        "AEST" => 40,
        "AEDT" => 44,
        "NZST" => 48,
        "NZDT" => 52,
        "ADT" | "BRT" | "ART" => -12,
        "AST" | "EDT" => -16,
        "EST" | "CDT" => -20,
        "CST" | "MDT" => -24,
        "MST" | "PDT" => -28,
        "PST" | "AKDT" => -32,
        "AKST" => -36,
        "HST" => -40,
        _ => return None,
    };
    Some(quarter_hours * 900)
}

/// Months by the beginning of their names: in English, Indonesian, Spanish, French, German, Portuguese and Russian, then
/// in Arabic and Hindi.
fn month(word: &str) -> Option<i8> {
    let lower = word.to_lowercase();
    if !lower.is_ascii()
        && let Some((_, number)) = MONTHS.iter().find(|(name, _)| lower.starts_with(name))
    {
        return Some(*number);
    }
    let long: String = lower.chars().take(4).collect();
    match long.as_str() {
        "juin" => return Some(6),
        "juil" => return Some(7),
        // Weekdays that begin like a month: Martes, mardi.
        "mart" | "mard" => return None,
        _ => {}
    }
    let short: String = lower.chars().take(3).collect();
    Some(match short.as_str() {
        "jan" | "ene" | "янв" => 1,
        "feb" | "peb" | "fév" | "fev" | "фев" => 2,
        "mar" | "mär" | "mrt" | "мар" => 3,
        "apr" | "abr" | "avr" | "апр" => 4,
        "may" | "mei" | "mai" | "май" | "мая" => 5,
        "jun" | "июн" => 6,
        "jul" | "июл" => 7,
        "aug" | "agu" | "ags" | "agt" | "ago" | "aoû" | "авг" => 8,
        "sep" | "set" | "сен" => 9,
        "oct" | "okt" | "out" | "окт" => 10,
        "nov" | "nop" | "ноя" => 11,
        "dec" | "des" | "dez" | "dic" | "déc" | "дек" => 12,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_common_form_names_the_same_instant() {
        for text in [
            "2024-11-08T05:41:00Z",
            "2024-11-08T12:41:00+07:00",
            "2024-11-08T12:41:00+0700",
            "2024-11-08 05:41:00",
            "2024-11-08T05:41:00.000Z",
            "2024-11-08 12:41 WIB",
            "Fri, 08 Nov 2024 12:41:00 +0700",
            "Fri, 8 Nov 2024 05:41:00 GMT",
            "Fri, 8 Nov 2024 05:41 UT",
            "Fri, 08 Nov 2024 00:41:00 EST",
            "Fri, 08 Nov 24 05:41:00 Z",
            "Jumat, 08 November 2024 12:41:00 WIB",
            "Jum, 8 Nop 2024 13:41 WITA",
            "Jumat, 8 November 2024 | 12.41 WIB",
            "08-Nov-2024 05:41:00",
            "08/11/2024 05:41",
            "08.11.2024 05:41:00",
            "2024-11-08T06:41:0+01:00",
            "Nov 8, 2024 5:41am",
            "November 8th, 2024 05:41:00 UTC",
            "пт, 08 ноя 2024 08:41:00 +0300",
            "Fri Nov  8 05:41:00 UTC 2024",
        ] {
            let parsed = parse(text).map(|t| t.to_string());
            assert_eq!(parsed.as_deref(), Some("2024-11-08T05:41:00Z"), "{text}");
        }
    }

    #[test]
    fn a_date_alone_is_midnight() {
        for text in ["2024-11-08", "8 Nov 2024", "11/28/2024"] {
            let parsed = parse(text).map(|t| t.to_string()).unwrap();
            assert!(parsed.ends_with("T00:00:00Z"), "{text}: {parsed}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "kemarin", "0", "2024", "99 Nov 2024", "32/13/2024", "1699999999", "Fri, Nov 2024", "::", "-"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,60}", dateish in "[0-9:/+. ,a-zA-Z-]{0,40}") {
            let _ = parse(&text);
            let _ = parse(&dateish);
        }
    }

    #[test]
    fn dates_are_read_in_the_languages_of_pages() {
        for (text, day) in [
            ("2024年11月8日 12時41分", "2024-11-08T12:41:00+00:00"),
            ("2024年11月8日", "2024-11-08"),
            ("٨ نوفمبر ٢٠٢٤", "2024-11-08"),
            ("8 تشرين الثاني 2024", "2024-11-08"),
            ("8 नवंबर 2024", "2024-11-08"),
            ("8 नवम्बर 2024, 14:05", "2024-11-08T14:05:00+00:00"),
            ("8 novembre 2024 à 12h41", "2024-11-08T12:41:00+00:00"),
            ("8 de novembro de 2024", "2024-11-08"),
            ("8. November 2024", "2024-11-08"),
            ("2024-11-08T00:30:00+07:00", "2024-11-08T00:30:00+07:00"),
            ("8 November 2024 00.30 WIB", "2024-11-08T00:30:00+07:00"),
        ] {
            assert_eq!(read(text).map(|dated| dated.to_string()).as_deref(), Some(day), "{text}");
        }
    }

    #[test]
    fn a_date_is_found_in_a_line() {
        for (text, day) in [
            ("Jakarta (kabar) - Jumat, 8 November 2024 | 12:41 WIB", "2024-11-08T12:41:00+07:00"),
            ("Redaksi 3 menit baca · 8 Nov 2024", "2024-11-08"),
            ("Опубликовано 8 ноября 2024 в 10:15", "2024-11-08T10:15:00+00:00"),
            ("By Jane Doe Updated November 8, 2024", "2024-11-08"),
        ] {
            assert_eq!(find(text).map(|dated| dated.to_string()).as_deref(), Some(day), "{text}");
        }
        assert_eq!(find("3 menit yang lalu"), None);
    }
}
