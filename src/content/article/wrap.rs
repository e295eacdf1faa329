//! Breaks styled text into lines of a width in columns: between words, anywhere between ideographs, and inside what is
//! longer than a line. Counts graphemes by what a terminal shows.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::model::article::{Span, Style};

/// A grapheme.
struct Atom<'a> {
    text: &'a str,
    width: usize,
    style: Style,
    is_space: bool,
}

/// The lines of `spans` at `width` columns. At least one line; none wider than `width` unless one grapheme is.
pub(super) fn wrap(spans: &[(String, Style)], width: usize) -> Vec<Vec<Span>> {
    let atoms = atoms(spans);
    let mut lines = Vec::new();
    let mut start = 0;
    let mut used = 0;
    // The last place where the line may end: what it ends before, and what the next one starts with.
    let mut stop: Option<(usize, usize)> = None;
    let mut at = 0;
    while let Some(atom) = atoms.get(at) {
        if atom.is_space {
            stop = Some((at, at + 1));
            // A space may stand in the margin: it is never shown there.
            used += atom.width;
            at += 1;
            continue;
        }
        if at > start && may_break(&atoms, at) {
            stop = Some((at, at));
        }
        if used + atom.width > width && at > start {
            let (end, next) = stop.filter(|(end, _)| *end > start).unwrap_or((at, at));
            lines.push(spans_of(atoms.get(start..end).unwrap_or_default()));
            start = next;
            stop = None;
            at = at.max(start);
            used = atoms.get(start..at).unwrap_or_default().iter().map(|atom| atom.width).sum();
            continue;
        }
        used += atom.width;
        at += 1;
    }
    lines.push(spans_of(atoms.get(start..).unwrap_or_default()));
    lines
}

pub(super) fn width_of(spans: &[(String, Style)]) -> usize {
    spans.iter().map(|(text, _)| text.width()).sum()
}

fn atoms(spans: &[(String, Style)]) -> Vec<Atom<'_>> {
    let mut atoms = Vec::new();
    for (text, style) in spans {
        for grapheme in text.graphemes(true) {
            atoms.push(Atom {
                text: grapheme,
                width: grapheme.width(),
                style: *style,
                is_space: matches!(grapheme, " " | "\u{3000}" | "\u{2002}" | "\u{2003}" | "\u{2009}"),
            });
        }
    }
    atoms
}

fn spans_of(atoms: &[Atom<'_>]) -> Vec<Span> {
    let end = atoms.iter().rposition(|atom| !atom.is_space).map_or(0, |last| last + 1);
    let begin = atoms.iter().position(|atom| !atom.is_space).unwrap_or(end);
    let mut spans: Vec<Span> = Vec::new();
    for atom in atoms.get(begin..end).unwrap_or_default() {
        match spans.last_mut() {
            Some(span) if span.style == atom.style => span.text.push_str(atom.text),
            _ => spans.push(Span { text: atom.text.to_owned(), style: atom.style }),
        }
    }
    spans
}

/// Whether a line may end before the atom at `at` though no space stands there.
fn may_break(atoms: &[Atom<'_>], at: usize) -> bool {
    let char_at = |at: usize| atoms.get(at).and_then(|atom| atom.text.chars().next());
    let (Some(before), Some(after)) = (at.checked_sub(1).and_then(char_at), char_at(at)) else {
        return false;
    };
    // The number of a link stays with its text.
    if atoms.get(at).is_some_and(|atom| atom.style.mark) || closes(after) || opens(before) {
        return false;
    }
    if is_ideograph(before) || is_ideograph(after) {
        return true;
    }
    // Behind a dash between words.
    matches!(before, '—' | '–') && after.is_alphanumeric()
        || before == '-'
            && after.is_alphabetic()
            && at.checked_sub(2).and_then(char_at).is_some_and(char::is_alphabetic)
}

/// Scripts that are written without spaces, in wide characters.
pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fdf}' | '\u{3003}'..='\u{30ff}' | '\u{3100}'..='\u{312f}' | '\u{31a0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Punctuation that no line begins with.
fn closes(c: char) -> bool {
    matches!(
        c,
        ',' | '.'
            | ';'
            | ':'
            | '!'
            | '?'
            | ')'
            | ']'
            | '}'
            | '”'
            | '’'
            | '»'
            | '›'
            | '…'
            | '%'
            | '、'
            | '。'
            | '，'
            | '．'
            | '；'
            | '：'
            | '！'
            | '？'
            | '）'
            | '］'
            | '｝'
            | '」'
            | '』'
            | '】'
            | '》'
            | '〉'
            | '〕'
            | '·'
            | 'ー'
            | '々'
            | 'っ'
            | 'ゃ'
            | 'ゅ'
            | 'ょ'
            | 'ッ'
            | 'ャ'
            | 'ュ'
            | 'ョ'
    )
}

/// Punctuation that no line ends with.
fn opens(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '“' | '‘' | '«' | '‹' | '（' | '［' | '｛' | '「' | '『' | '【' | '《' | '〈' | '〔')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, width: usize) -> Vec<String> {
        wrap(&[(text.to_owned(), Style::default())], width)
            .into_iter()
            .map(|spans| spans.into_iter().map(|span| span.text).collect())
            .collect()
    }

    #[test]
    fn words_stay_whole_where_they_fit() {
        assert_eq!(lines("satu dua tiga", 8), ["satu dua", "tiga"]);
        assert_eq!(lines("satu dua tiga", 7), ["satu", "dua", "tiga"]);
        assert_eq!(lines("", 7), [""]);
    }

    #[test]
    fn what_is_longer_than_a_line_is_broken() {
        assert_eq!(lines("a https://contoh.id/x", 10), ["a", "https://co", "ntoh.id/x"]);
    }

    #[test]
    fn ideographs_break_anywhere_but_not_before_a_full_stop() {
        assert_eq!(lines("中文新闻阅读器。好", 8), ["中文新闻", "阅读器。", "好"]);
        assert_eq!(lines("中文新。闻", 6), ["中文", "新。闻"]);
        assert_eq!(lines("中文新「闻", 8), ["中文新", "「闻"]);
    }

    #[test]
    fn an_emoji_of_several_characters_is_one() {
        let family = "👩\u{200d}👩\u{200d}👧";
        assert_eq!(lines(&family.repeat(3), 4), [family.repeat(2), family.to_owned()]);
    }
}
