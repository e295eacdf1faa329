//! Text that is written right to left, set as it is seen: for terminals that put one cell after the other and leave the
//! order to the program, which is most of them. Letters of Arabic get the forms that they have in their words, since such
//! terminals do not join them either. Everything else (finding, copying) works on the text as it is stored.

use std::borrow::Cow;

use ratatui::style::Style;
use unicode_bidi::{BidiInfo, Level};
use unicode_segmentation::UnicodeSegmentation;

pub(super) use crate::model::direction::begins_rtl;
use crate::model::direction::is_rtl_letter;
use crate::tui::model::Model;

/// A field of a list, in the order in which it is seen.
pub(super) fn field<'a>(model: &Model, text: &'a str) -> Cow<'a, str> {
    if !model.reorders || !text.chars().any(is_rtl_letter) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(line(model, text.to_owned(), begins_rtl(text)))
}

/// A line of text whose direction is known, in the order in which it is seen.
pub(super) fn line(model: &Model, text: String, is_rtl: bool) -> String {
    if !model.reorders || !text.chars().any(is_rtl_letter) {
        return text;
    }
    visual(vec![(text, Style::new())], is_rtl).into_iter().map(|(text, _)| text).collect()
}

/// A part of a line that mixes directions: what stands beside it is not drawn into it.
pub(super) fn isolated(model: &Model, text: &str) -> String {
    if model.reorders && text.chars().any(is_rtl_letter) { format!("\u{2068}{text}\u{2069}") } else { text.to_owned() }
}

/// One line in the order in which it is seen, from left to right.
pub(super) fn visual(pieces: Vec<(String, Style)>, is_rtl: bool) -> Vec<(String, Style)> {
    if !pieces.iter().any(|(text, _)| text.chars().any(is_rtl_letter)) && !is_rtl {
        return pieces;
    }
    let styles: Vec<Style> = pieces.iter().map(|(_, style)| *style).collect();
    let chars: Vec<(char, usize)> =
        pieces.iter().enumerate().flat_map(|(n, (text, _))| text.chars().map(move |c| (c, n))).collect();
    let shaped = joined(&chars);
    let text: String = shaped.iter().map(|(c, _)| *c).collect();
    // The style of each byte's character.
    let owners: Vec<usize> = shaped.iter().flat_map(|(c, n)| std::iter::repeat_n(*n, c.len_utf8())).collect();
    let base = if is_rtl { Level::rtl() } else { Level::ltr() };
    let bidi = BidiInfo::new(&text, Some(base));
    let [paragraph] = bidi.paragraphs.as_slice() else { return pieces };
    let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
    let mut out: Vec<(String, Style)> = Vec::new();
    let mut put = |text: &str, at: usize| {
        // Isolates have done their work.
        if matches!(text, "\u{2068}" | "\u{2069}") {
            return;
        }
        let style = owners.get(at).and_then(|n| styles.get(*n)).copied().unwrap_or_default();
        match out.last_mut() {
            Some((last, known)) if *known == style => last.push_str(text),
            _ => out.push((text.to_owned(), style)),
        }
    };
    for run in runs {
        let from = run.start;
        let part = text.get(run).unwrap_or_default();
        if levels.get(from).is_some_and(Level::is_rtl) {
            for (at, cluster) in part.grapheme_indices(true).rev() {
                let mut chars = cluster.chars();
                let first = chars.next().map(mirrored).into_iter().collect::<String>();
                put(&(first + chars.as_str()), from + at);
            }
        } else {
            for (at, cluster) in part.grapheme_indices(true) {
                put(cluster, from + at);
            }
        }
    }
    out
}

/// Brackets face the other way (UAX #9, rule L4).
fn mirrored(c: char) -> char {
    match c {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '<' => '>',
        '>' => '<',
        '«' => '»',
        '»' => '«',
        '‹' => '›',
        '›' => '‹',
        '≤' => '≥',
        '≥' => '≤',
        c => c,
    }
}

/// Whether a letter has the four forms of those that join on both sides, or the two of those that join before only; and
/// the first of them (isolated, final, initial, medial).
const FORMS: [(char, u32, bool); 63] = [
    ('ء', 0xfe80, false),
    ('آ', 0xfe81, false),
    ('أ', 0xfe83, false),
    ('ؤ', 0xfe85, false),
    ('إ', 0xfe87, false),
    ('ئ', 0xfe89, true),
    ('ا', 0xfe8d, false),
    ('ب', 0xfe8f, true),
    ('ة', 0xfe93, false),
    ('ت', 0xfe95, true),
    ('ث', 0xfe99, true),
    ('ج', 0xfe9d, true),
    ('ح', 0xfea1, true),
    ('خ', 0xfea5, true),
    ('د', 0xfea9, false),
    ('ذ', 0xfeab, false),
    ('ر', 0xfead, false),
    ('ز', 0xfeaf, false),
    ('س', 0xfeb1, true),
    ('ش', 0xfeb5, true),
    ('ص', 0xfeb9, true),
    ('ض', 0xfebd, true),
    ('ط', 0xfec1, true),
    ('ظ', 0xfec5, true),
    ('ع', 0xfec9, true),
    ('غ', 0xfecd, true),
    ('ف', 0xfed1, true),
    ('ق', 0xfed5, true),
    ('ك', 0xfed9, true),
    ('ل', 0xfedd, true),
    ('م', 0xfee1, true),
    ('ن', 0xfee5, true),
    ('ه', 0xfee9, true),
    ('و', 0xfeed, false),
    ('ى', 0xfeef, false),
    ('ي', 0xfef1, true),
    // Persian, Urdu, Kurdish, Pashto.
    ('ٱ', 0xfb50, false),
    ('ٻ', 0xfb52, true),
    ('پ', 0xfb56, true),
    ('ڀ', 0xfb5a, true),
    ('ٺ', 0xfb5e, true),
    ('ٿ', 0xfb62, true),
    ('ٹ', 0xfb66, true),
    ('ڤ', 0xfb6a, true),
    ('چ', 0xfb7a, true),
    ('ڈ', 0xfb88, false),
    ('ژ', 0xfb8a, false),
    ('ڑ', 0xfb8c, false),
    ('ک', 0xfb8e, true),
    ('گ', 0xfb92, true),
    ('ں', 0xfb9e, false),
    ('ۀ', 0xfba4, false),
    ('ہ', 0xfba6, true),
    ('ھ', 0xfbaa, true),
    ('ے', 0xfbae, false),
    ('ۓ', 0xfbb0, false),
    ('ڭ', 0xfbd3, true),
    ('ۇ', 0xfbd7, false),
    ('ۆ', 0xfbd9, false),
    ('ۋ', 0xfbde, false),
    ('ې', 0xfbe4, true),
    ('ی', 0xfbfc, true),
    ('ە', 0xfee9, false),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Joining {
    Both,
    Before,
    None,
    /// Marks: what is on either side joins across them.
    Transparent,
}

fn form(c: char) -> Option<(u32, bool)> {
    FORMS.iter().find(|(letter, ..)| *letter == c).map(|(_, first, joins_after)| (*first, *joins_after))
}

fn joining(c: char) -> Joining {
    match c {
        'ء' => Joining::None,
        '\u{640}' => Joining::Both,
        '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' => {
            Joining::Transparent
        }
        c => match form(c) {
            Some((_, true)) => Joining::Both,
            Some((_, false)) => Joining::Before,
            None => Joining::None,
        },
    }
}

/// Letters in the forms of their places in words, lam with alef as the one sign that it is; the number is passed along.
fn joined(chars: &[(char, usize)]) -> Vec<(char, usize)> {
    let mut out: Vec<(char, usize)> = Vec::with_capacity(chars.len());
    let mut joins_back = false;
    let mut at = 0;
    while let Some((c, n)) = chars.get(at).copied() {
        at += 1;
        let joins = joining(c);
        if joins == Joining::Transparent {
            out.push((c, n));
            continue;
        }
        let after = chars.iter().skip(at).map(|(c, _)| *c).find(|c| joining(*c) != Joining::Transparent);
        let is_beside = chars.get(at).map(|(c, _)| *c) == after;
        if let Some(sign) = after.filter(|_| c == 'ل' && is_beside).and_then(lam_alef) {
            out.push((char::from_u32(sign + u32::from(joins_back)).unwrap_or(c), n));
            joins_back = false;
            at += 1;
            continue;
        }
        let joins_on =
            joins == Joining::Both && after.is_some_and(|c| matches!(joining(c), Joining::Both | Joining::Before));
        let is_joined = joins_back && matches!(joins, Joining::Both | Joining::Before);
        let set = form(c).and_then(|(first, _)| {
            let place = match (is_joined, joins_on) {
                (false, false) => 0,
                (true, false) => 1,
                (false, true) => 2,
                (true, true) => 3,
            };
            char::from_u32(first + place)
        });
        out.push((set.unwrap_or(c), n));
        joins_back = joins == Joining::Both;
    }
    out
}

/// The sign for lam with this alef.
fn lam_alef(alef: char) -> Option<u32> {
    match alef {
        'آ' => Some(0xfef5),
        'أ' => Some(0xfef7),
        'إ' => Some(0xfef9),
        'ا' => Some(0xfefb),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str, is_rtl: bool) -> String {
        visual(vec![(text.to_owned(), Style::new())], is_rtl).into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn hebrew_is_read_from_the_right_and_what_is_latin_within_it_from_the_left() {
        assert_eq!(seen("שלום", true), "םולש");
        assert_eq!(seen("אמר Donald Trump ב-2024 (היום)", true), "(םויה) 2024-ב Donald Trump רמא");
        assert_eq!(seen("hello שלום world", false), "hello םולש world");
        assert_eq!(seen("a 12.5% ב", false), "a 12.5% ב");
    }

    #[test]
    fn arabic_letters_have_the_forms_of_their_places() {
        // beh alef beh: initial, final, isolated; seen from the right.
        assert_eq!(seen("باب", true), "\u{fe8f}\u{fe8e}\u{fe91}");
        assert_eq!(seen("سلام", true), "\u{fee1}\u{fefc}\u{feb3}");
        assert_eq!(seen("لا", true), "\u{fefb}");
        // A vowel sign stays on its letter and breaks no joint.
        assert_eq!(seen("بَب", true), "\u{fe90}\u{fe91}\u{64e}");
        assert_eq!(seen("ء ب", true), "\u{fe8f} \u{fe80}");
    }

    #[test]
    fn every_letter_has_its_forms_within_the_block() {
        for (letter, first, joins_after) in FORMS {
            for place in 0..if joins_after { 4 } else { 1 } {
                assert!(char::from_u32(first + place).is_some_and(is_rtl_letter), "{letter}");
            }
        }
    }

    #[test]
    fn each_part_keeps_its_style() {
        let bold = Style::new().bold();
        let pieces = vec![("אב".to_owned(), Style::new()), ("גד".to_owned(), bold), (" x".to_owned(), Style::new())];
        let parts = [("x ".to_owned(), Style::new()), ("דג".to_owned(), bold), ("בא".to_owned(), Style::new())];
        assert_eq!(visual(pieces, true), parts);
    }

    #[test]
    fn isolated_parts_do_not_draw_their_neighbours_in() {
        assert_eq!(seen("\u{2068}אב\u{2069} 9 Nov", false), "בא 9 Nov");
        assert_eq!(seen("#\u{2068}אב\u{2069} #\u{2068}גד\u{2069}", false), "#בא #דג");
    }

    #[test]
    fn what_is_read_from_the_left_is_left_alone() {
        for text in ["", "Putin siap", "普京准备", "👩\u{200d}🚀 1", "12"] {
            assert_eq!(seen(text, false), text);
        }
        assert_eq!(seen("👩\u{200d}🚀 שלום", true), "םולש 👩\u{200d}🚀");
    }
}
