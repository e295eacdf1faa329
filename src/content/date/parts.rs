//! The words of a date, taken one after the other in whatever order they come.

use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::{Offset, TimeZone};

use super::names::{Name, name, weekday, zone};
use super::{Order, persian, zones};
use crate::model::page::Dated;

/// Whose months they are.
#[derive(Default, PartialEq)]
enum Calendar {
    #[default]
    Gregorian,
    Persian,
}

/// What the last word says of the next one.
#[derive(Default, PartialEq)]
enum Last {
    #[default]
    Nothing,
    /// It was the time: digits behind a comma are parts of its second.
    Time,
    /// It was the day, with a full stop, and the month may follow as a number: `10. 6. 2024`.
    DottedDay,
    /// The next number is a month.
    MonthFollows,
    /// The next number is a day of the week: `Thứ 2`.
    WeekdayFollows,
}

/// How day and month are written.
#[derive(Default, PartialEq)]
enum Figures {
    #[default]
    Apart,
    /// Both as figures of one word, of which either may be the month.
    Together,
    /// Both as figures of one word, of which only the second can be the day.
    Swapped,
}

#[derive(Default)]
pub(super) struct Parts {
    day: Option<i8>,
    month: Option<i8>,
    year: Option<i16>,
    time: Option<Time>,
    /// The end of the day, as midnight of the next one.
    is_end_of_day: bool,
    /// Seconds east of UTC.
    offset: Option<i32>,
    /// Where no offset is said.
    zone: Option<TimeZone>,
    after_noon: Option<bool>,
    calendar: Calendar,
    last: Last,
    /// The last word was the `a` or `p` of `a. m.`
    half: Option<bool>,
    figures: Figures,
    weekday: Option<Weekday>,
    has_seconds: bool,
}

impl Parts {
    /// The next word; `position` is its place within a date of figures (`2024/11/08`). `None` when this is no date.
    pub(super) fn take(&mut self, word: &str, position: usize) -> Option<()> {
        let dotted = word.ends_with('.');
        // `8 Nov '24`
        let word = word.trim_matches(['.', ';', '\'', '’', '॰', '\u{200e}', '\u{200f}']);
        let Some(first) = word.chars().next() else { return Some(()) };
        let last = std::mem::take(&mut self.last);
        if first.is_ascii_digit() {
            if word.contains(':') {
                return self.clock(word);
            }
            if last == Last::Time && word.len() != 4 && word.len() != 2 && word.bytes().all(|b| b.is_ascii_digit()) {
                return Some(());
            }
            if last == Last::WeekdayFollows && word.len() == 1 {
                return Some(());
            }
            return self.number(word, position, dotted, &last);
        }
        if matches!(first, '+' | '-' | '\u{2212}') {
            if self.time.is_some() {
                self.offset = zone(word);
            }
            return Some(());
        }
        self.name(word);
        Some(())
    }

    fn number(&mut self, word: &str, position: usize, dotted: bool, last: &Last) -> Option<()> {
        // Also `8th`, `21st`, `1er`, `8º`.
        let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
        // `12.41` is how Indonesian pages write the time, after the date.
        if digits.contains('.') && self.year.is_some() {
            return self.clock(&digits.replace('.', ":"));
        }
        let number: i16 = digits.parse().ok()?;
        let (follows, after_day) = (*last == Last::MonthFollows, *last == Last::DottedDay);
        if digits.len() == 4 {
            self.year = Some(number);
            // `2024. 11. 8.`
            if dotted && self.day.is_none() && self.month.is_none() {
                self.last = Last::MonthFollows;
            }
        } else if follows && self.month.is_none() && (1..=12).contains(&number) {
            self.month = Some(number as i8);
        } else if position == 1 && self.year.is_some() && self.day.is_none() && self.month.is_none() {
            // The year came first, so the month is next: `2024/11/08`.
            self.month = Some(number as i8);
        } else if self.day.is_none() && (1..=31).contains(&number) {
            self.day = Some(number as i8);
            if dotted {
                self.last = Last::DottedDay;
            }
        } else if self.month.is_none() && (position > 0 || after_day) && (1..=12).contains(&number) {
            self.month = Some(number as i8);
            if position == 1 {
                self.figures = Figures::Together;
            }
        } else if self.month.is_none() && position > 0 && self.day.is_some_and(|day| day <= 12) && number <= 31 {
            // `11/28/2024`: the month cannot be 28, so it came first.
            self.month = self.day.replace(number as i8);
            self.figures = Figures::Swapped;
        } else if self.year.is_none() && self.month.is_some() && digits.len() <= 2 {
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
        let mut fields = digits.trim_end_matches([':', '.']).split(':');
        let hour: i8 = fields.next()?.parse().ok()?;
        let minute: i8 = fields.next()?.parse().ok()?;
        let second = fields.next();
        self.has_seconds = second.is_some();
        let second: f64 = second.map_or(Some(0.0), |s| s.parse().ok())?;
        // 24:00 and leap seconds occur; neither is worth losing the date for.
        self.is_end_of_day = hour == 24;
        let hour = if hour == 24 { 0 } else { hour };
        self.time = Time::new(hour, minute, (second as i8).min(59), 0).ok();
        if tail.is_empty() {
            self.last = Last::Time;
        }
        if matches!(tail.chars().next(), Some('+' | '-' | '\u{2212}')) {
            self.offset = zone(tail);
        } else if !tail.is_empty() {
            self.name(tail.trim_matches('.'));
        }
        self.time.map(|_| ())
    }

    fn name(&mut self, word: &str) {
        let half = self.half.take();
        match (word, half) {
            ("a" | "A", _) => self.half = Some(false),
            ("p" | "P", _) => self.half = Some(true),
            ("m" | "M", Some(half)) => self.after_noon = Some(half),
            _ => self.named(word),
        }
    }

    fn named(&mut self, word: &str) {
        self.weekday = self.weekday.or_else(|| weekday(word));
        if let Some(seconds) = zone(word) {
            self.offset = self.offset.or(Some(seconds));
            return;
        }
        match name(word) {
            // `Nov 8, 2024` and weekdays that look like months (Spanish `mar`): the last name wins. What stands behind
            // a whole date is no part of it: `14 mai 2024, par Étienne Marchand`.
            Some(Name::Month(number)) if !self.has_date() => {
                self.month = Some(number);
                self.calendar = Calendar::Gregorian;
            }
            Some(Name::Persian(number)) if !self.has_date() => {
                self.month = Some(number);
                self.calendar = Calendar::Persian;
            }
            Some(Name::AfterNoon(is_so)) => self.after_noon = Some(is_so),
            Some(Name::MonthFollows) => self.last = Last::MonthFollows,
            Some(Name::WeekdayFollows) => self.last = Last::WeekdayFollows,
            Some(Name::Month(_) | Name::Persian(_)) | None => {}
        }
    }

    /// A whole date in figures is next: what looked like the name of a month was that of a weekday (`mar, 12/11/2024`).
    pub(super) fn forget_name(&mut self) {
        if self.day.is_none() && self.year.is_none() {
            self.month = None;
        }
    }

    /// All three of the date are known.
    pub(super) fn has_date(&self) -> bool {
        self.day.is_some() && self.month.is_some() && self.year.is_some()
    }

    fn year(&self) -> Option<i16> {
        // In Thailand years are counted from the death of the Buddha.
        self.year.map(|year| if (2400..2700).contains(&year) { year - 543 } else { year })
    }

    /// A zone by its name (`Europe/Berlin`), which is that of a time.
    pub(super) fn take_zone(&mut self, word: &str) -> bool {
        let zone = self.time.and_then(|_| zones::named(word));
        let is_zone = zone.is_some();
        self.zone = self.zone.take().or(zone);
        is_zone
    }

    /// The order that day and month are seen to be in: one of them can be no month, or the day of the week is that of one
    /// reading only.
    pub(super) fn order(&self) -> Option<Order> {
        let (year, day, month) = (self.year()?, self.day?, self.month?);
        match self.figures {
            Figures::Apart => return None,
            Figures::Swapped => return Some(Order::MonthFirst),
            Figures::Together if day > 12 => return Some(Order::DayFirst),
            Figures::Together => {}
        }
        let weekday = self.weekday?;
        let is_of = |day, month| Date::new(year, month, day).is_ok_and(|date| date.weekday() == weekday);
        match (is_of(day, month), is_of(month, day)) {
            (true, false) => Some(Order::DayFirst),
            (false, true) => Some(Order::MonthFirst),
            _ => None,
        }
    }

    /// Whether `05/02` is the second of May: by itself, by the other dates of its document, or by a clock of twelve hours,
    /// which is written by those who put the month first.
    fn has_month_first(&self, document: Option<Order>) -> bool {
        let may_have = self.figures == Figures::Together && self.day.is_some_and(|day| day <= 12);
        let is_american = || self.weekday.is_none() && self.after_noon.is_some() && self.has_seconds;
        may_have && self.order().or(document).map_or_else(is_american, |order| order == Order::MonthFirst)
    }

    /// The date; `order` is that of its document, where it is known.
    pub(super) fn dated(self, order: Option<Order>) -> Option<Dated> {
        let has_time = self.time.is_some();
        let (year, day, month) = (self.year()?, self.day?, self.month?);
        let (day, month) = if self.has_month_first(order) { (month, day) } else { (day, month) };
        let mut date = if self.calendar == Calendar::Persian || persian::YEARS.contains(&year) {
            persian::date(year, month, day)?
        } else {
            Date::new(year, month, day).ok()?
        };
        if self.is_end_of_day {
            date = date.checked_add(1.day()).ok()?;
        }
        let mut time = self.time.unwrap_or_default();
        match (self.after_noon, time.hour()) {
            (Some(true), 1..=11) => time = time.with().hour(time.hour() + 12).build().ok()?,
            (Some(false), 12) => time = time.with().hour(0).build().ok()?,
            _ => {}
        }
        // One that no place on earth has was not meant.
        let offset = self.offset.filter(|seconds| seconds.abs() <= 15 * 3600);
        let offset = offset.and_then(|seconds| Offset::from_seconds(seconds).ok());
        let civil = date.to_datetime(time);
        let offset = offset.or_else(|| self.zone.map(|zone| zones::offset(&zone, civil)));
        Some(Dated { civil, offset, has_time })
    }
}
