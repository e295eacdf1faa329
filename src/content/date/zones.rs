//! The zones of the world by their names in the IANA database (`Europe/Berlin`), each by the rule that is in force there: a
//! date from before a law has changed that rule may be off by the change.

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};

/// A line is a rule and the names of its zones.
const ZONES: &str = include_str!("../../../assets/zones.txt");

pub(super) fn named(word: &str) -> Option<TimeZone> {
    let is_name = word.contains('/') && word.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    let mut lines =
        ZONES.lines().filter(|line| is_name && !line.starts_with('#')).filter_map(|line| line.split_once(' '));
    let (rule, _) = lines.find(|(_, names)| names.split(' ').any(|name| name.eq_ignore_ascii_case(word)))?;
    TimeZone::posix(rule).ok()
}

/// How far the clocks of a zone are from UTC when they show this; of an hour that they show twice, the first time.
pub(super) fn offset(zone: &TimeZone, civil: DateTime) -> Offset {
    match zone.to_ambiguous_timestamp(civil).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset,
        AmbiguousOffset::Gap { before, .. } | AmbiguousOffset::Fold { before, .. } => before,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_has_a_rule_that_is_understood_and_a_name_of_its_own() {
        let mut known = std::collections::HashSet::new();
        for line in ZONES.lines().filter(|line| !line.starts_with('#')) {
            let (rule, names) = line.split_once(' ').unwrap();
            assert!(TimeZone::posix(rule).is_ok(), "{rule}");
            for name in names.split(' ') {
                assert!(known.insert(name.to_ascii_lowercase()) && named(name).is_some(), "{name}");
            }
        }
        assert!(known.len() > 500);
        for word in ["", "/", "Europe", "Europe/", "Europe/Atlantis", "Nov/08/2024", "IANA/zone"] {
            assert_eq!(named(word), None, "{word}");
        }
    }
}
