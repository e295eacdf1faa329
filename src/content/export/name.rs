//! The name of an article's file: its title, in whatever script, without what a file system or a shell takes amiss.

use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::model::entry::Entry;
use crate::model::scrub;

/// Bytes of a name without its ending: file systems take 255, and a number or an ending still comes to it.
const LONGEST: usize = 180;

/// Names that mean devices on Windows, whatever their ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The name of the article's file, without an ending.
#[must_use]
pub fn stem(entry: &Entry) -> String {
    let stem = safe(entry.headline.words());
    if stem.is_empty() { format!("article-{}", entry.headline.id.0.unsigned_abs()) } else { stem }
}

fn safe(title: &str) -> String {
    let mut words = String::new();
    for c in title.nfc() {
        match c {
            // Not seen: two names that look the same would not be.
            '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' => {}
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => words.push(' '),
            c if c.is_whitespace() || scrub::is_unsafe(c) => words.push(' '),
            c => words.push(c),
        }
    }
    let words = words.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let is_edge = |c: char| matches!(c, '.' | '-' | ' ' | '~' | '_');
    let words = words.trim_matches(is_edge);
    let mut stem = String::new();
    for grapheme in words.graphemes(true) {
        if stem.len() + grapheme.len() > LONGEST {
            break;
        }
        stem.push_str(grapheme);
    }
    stem.truncate(stem.trim_end_matches(is_edge).len());
    let first = stem.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let is_port = |name: &str| {
        let digit = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
        digit.is_some_and(|digit| digit.chars().count() == 1 && digit.chars().all(char::is_numeric))
    };
    if DEVICES.contains(&first.as_str()) || is_port(&first) {
        stem.insert(0, '_');
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_in_any_script_is_a_name() {
        for (title, name) in [
            ("Harga beras naik 12% – apa sebabnya?", "Harga beras naik 12% – apa sebabnya"),
            ("قال الرئيس: «نعم»", "قال الرئيس «نعم»"),
            ("中国经济 / 上半年", "中国经济 上半年"),
            ("../../etc/passwd", "etc passwd"),
            ("-rf .", "rf"),
            ("a\u{0}b\nc\u{1b}[31md\u{202e}e\u{200f}", "a b c [31md e"),
            ("CON", "_CON"),
            ("com1.txt", "_com1.txt"),
            ("Cafe\u{301}", "Café"),
            ("...", ""),
            ("می\u{200c}خواهم 👩\u{200d}🚀", "می\u{200c}خواهم 👩\u{200d}🚀"),
        ] {
            assert_eq!(safe(title), name, "{title:?}");
        }
    }

    #[test]
    fn a_name_is_no_longer_than_a_file_system_takes() {
        for title in ["潮".repeat(500), "a b ".repeat(500), "👩\u{200d}👩\u{200d}👧\u{200d}👦".repeat(50)] {
            let name = safe(&title);
            assert!((150..=LONGEST).contains(&name.len()) && title.starts_with(&name), "{name}");
        }
    }
}
