//! The calendar of Iran and Afghanistan, by its cycle of 33 years, which is right from 1799 to 2123.

use jiff::ToSpan;
use jiff::civil::Date;

/// Years that can only be meant in it: what the West and the Muslim months count is elsewhere.
pub(super) const YEARS: std::ops::RangeInclusive<i16> = 1300..=1425;

/// The first day of the year 1300.
const START: Date = jiff::civil::date(1921, 3, 21);

/// The same day in the Gregorian calendar.
pub(super) fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    if !YEARS.contains(&year) || !(1..=12).contains(&month) || !(1..=length(year, month)).contains(&day) {
        return None;
    }
    let years: i32 = (*YEARS.start()..year).map(|year| 365 + i32::from(is_leap(year))).sum();
    let months: i32 = (1..month).map(|month| i32::from(length(year, month))).sum();
    START.checked_add((years + months + i32::from(day) - 1).days()).ok()
}

fn length(year: i16, month: i8) -> i8 {
    match month {
        1..=6 => 31,
        12 if !is_leap(year) => 29,
        _ => 30,
    }
}

fn is_leap(year: i16) -> bool {
    matches!(year % 33, 1 | 5 | 9 | 13 | 17 | 22 | 26 | 30)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_that_almanacs_give() {
        for (persian, gregorian) in [
            ((1300, 1, 1), "1921-03-21"),
            ((1357, 11, 22), "1979-02-11"),
            ((1399, 12, 30), "2021-03-20"),
            ((1400, 1, 1), "2021-03-21"),
            ((1403, 12, 30), "2025-03-20"),
            ((1404, 1, 1), "2025-03-21"),
            ((1405, 8, 29), "2026-11-20"),
        ] {
            let (year, month, day) = persian;
            assert_eq!(date(year, month, day).map(|date| date.to_string()).as_deref(), Some(gregorian), "{persian:?}");
        }
        for (year, month, day) in
            [(1404, 12, 30), (1405, 7, 31), (1405, 13, 1), (1448, 5, 10), (1299, 1, 1), (1400, 1, 0)]
        {
            assert_eq!(date(year, month, day), None);
        }
    }
}
