//! Breaks styled text into lines of a width in columns, where the Unicode line breaking algorithm (UAX #14) lets a line
//! end, which is what keeps Chinese and Japanese punctuation where it belongs (kinsoku); and inside what is longer than a
//! line. Counts graphemes by what a terminal shows.

use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::model::article::{Span, Style};

/// A grapheme.
struct Atom<'a> {
    text: &'a str,
    width: usize,
    style: Style,
    is_space: bool,
    /// A line may begin with it.
    begins: bool,
}

/// The lines of `spans` at `width` columns. At least one line; none wider than `width` unless one grapheme is.
pub(super) fn wrap(spans: &[(String, Style)], width: usize) -> Vec<Vec<Span>> {
    let mut atoms = atoms(spans);
    // A hard space at the end is nothing to be seen, and no line of its own.
    while atoms.last().is_some_and(|atom| atom.text.trim().is_empty()) {
        atoms.pop();
    }
    let mut lines = Vec::new();
    let mut start = 0;
    let mut used = 0;
    // The last atom that the next line may begin with.
    let mut stop: Option<usize> = None;
    let mut at = 0;
    while let Some(atom) = atoms.get(at) {
        if atom.is_space {
            // A space may stand in the margin: it is never shown there.
            used += atom.width;
            at += 1;
            continue;
        }
        if at > start && atom.begins {
            stop = Some(at);
        }
        if used + atom.width > width && at > start {
            let next = stop.take().filter(|next| *next > start).unwrap_or(at);
            lines.push(spans_of(atoms.get(start..next).unwrap_or_default()));
            start = next;
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
    let text: String = spans.iter().map(|(text, _)| text.as_str()).collect();
    let mut breaks = linebreaks(&text).map(|(at, _)| at).peekable();
    let mut atoms: Vec<Atom<'_>> = Vec::with_capacity(text.len());
    let mut at = 0;
    for (text, style) in spans {
        for grapheme in text.graphemes(true) {
            while breaks.next_if(|offset| *offset < at).is_some() {}
            let is_break = breaks.peek() == Some(&at);
            let before = atoms.last().and_then(|atom| atom.text.chars().last());
            let after = grapheme.chars().next();
            let begins = match (before, after) {
                (Some(before), Some(after)) => {
                    // The number of a link stays with its text.
                    !style.mark && (is_break && !is_korean_word(before, after) || is_quoting(before, after))
                }
                _ => false,
            };
            atoms.push(Atom {
                text: grapheme,
                width: grapheme.width(),
                style: *style,
                is_space: matches!(grapheme, " " | "\u{3000}" | "\u{2002}" | "\u{2003}" | "\u{2009}"),
                begins,
            });
            at += grapheme.len();
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

/// Korean has spaces, and its newspapers break lines there only.
fn is_korean_word(before: char, after: char) -> bool {
    let is_hangul = |c: char| matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}');
    is_hangul(before) && is_hangul(after)
}

/// The quotation marks that Chinese shares with other scripts have a side where the text around them is Chinese; the
/// algorithm, which cannot tell, would let no line end on either side.
fn is_quoting(before: char, after: char) -> bool {
    let is_wide = |c: char| is_ideograph(c) || matches!(c, '\u{3000}'..='\u{3002}' | '\u{ff01}'..='\u{ff1f}');
    matches!(after, '“' | '‘') && is_wide(before) && !matches!(before, '（' | '［' | '｛')
        || matches!(before, '”' | '’')
            && (is_ideograph(after) || matches!(after, '（' | '「' | '『' | '《' | '〈' | '【'))
}

/// Scripts that are written without spaces, in wide characters.
pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fdf}' | '\u{3003}'..='\u{30ff}' | '\u{3100}'..='\u{312f}' | '\u{31a0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3ffff}')
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
        assert_eq!(lines("a antidisestablishmentarianisme", 10), ["a", "antidisest", "ablishment", "arianisme"]);
        assert_eq!(lines("a https://contoh.id/x", 10), ["a https://", "contoh.id/", "x"]);
    }

    #[test]
    fn ideographs_break_anywhere_but_not_before_a_full_stop() {
        assert_eq!(lines("中文新闻阅读器。好", 8), ["中文新闻", "阅读器。", "好"]);
        assert_eq!(lines("中文新。闻", 6), ["中文", "新。闻"]);
        assert_eq!(lines("中文新「闻", 8), ["中文新", "「闻"]);
    }

    #[test]
    fn no_line_begins_or_ends_with_what_kinsoku_forbids() {
        let text = "「東京は、今日も晴れ。」（気象庁）と発表した！『ちょっと』待って、キャッチャー・ミットは？々〜ヶ月【速報】。\
                    记者“在现场”说：“会议《纲要》已通过。”（完）、50％、￥300。";
        let (opening, closing) = ("「（『【《“￥", "、。」）』】》”！？，：ょっャッー・々％〜ヶ");
        for width in 14..40 {
            let set = lines(text, width);
            for (n, line) in set.iter().enumerate() {
                let (first, last) = (line.chars().next().unwrap(), line.chars().last().unwrap());
                assert!(n == 0 || !closing.contains(first), "{width}: {set:?}");
                assert!(n + 1 == set.len() || !opening.contains(last), "{width}: {line}");
                assert!(line.width() <= width, "{width}: {line}");
            }
            assert_eq!(set.concat(), text);
        }
    }

    #[test]
    fn chinese_quotation_marks_open_and_close() {
        assert_eq!(lines("中文说“你好”吧", 6), ["中文说", "“你好”", "吧"]);
    }

    #[test]
    fn korean_breaks_between_words_only() {
        assert_eq!(lines("대한민국 대통령은 오늘", 12), ["대한민국", "대통령은", "오늘"]);
    }

    #[test]
    fn french_punctuation_stays_with_its_word() {
        assert_eq!(lines("Vraiment ? Oui !", 10), ["Vraiment ?", "Oui !"]);
        assert_eq!(lines("Est-ce vrai ?", 12), ["Est-ce", "vrai ?"]);
    }

    #[test]
    fn an_emoji_of_several_characters_is_one() {
        let family = "👩\u{200d}👩\u{200d}👧";
        assert_eq!(lines(&family.repeat(3), 4), [family.repeat(2), family.to_owned()]);
    }
}
