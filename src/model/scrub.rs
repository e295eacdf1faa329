//! The one scrubber. Text from outside passes it where it enters, so that no byte of it can act as a control function
//! on the screen, on stdout or on stderr. Run it again wherever character references are decoded.

use std::borrow::Cow;

/// Whether `c` may act on a terminal or reorder the text around it: C0, DEL, C1, bidi embeddings, overrides and
/// isolates, line and paragraph separators, interlinear annotation marks, the byte order mark.
/// Joiners (U+200C, U+200D) and direction marks (U+200E, U+200F) are part of ordinary text and stay.
#[must_use]
pub fn is_unsafe(c: char) -> bool {
    matches!(c,
        '\u{00}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}'
        | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fff9}'..='\u{fffb}' | '\u{feff}')
}

/// Text of several lines: keeps `\n` and `\t`, turns other line ends into `\n`, drops the rest of the unsafe characters.
#[must_use]
pub fn text(raw: &str) -> Cow<'_, str> {
    if !raw.chars().any(|c| is_unsafe(c) && c != '\n' && c != '\t') {
        return Cow::Borrowed(raw);
    }
    let mut clean = String::with_capacity(raw.len());
    let mut after_return = false;
    for c in raw.chars() {
        match c {
            '\n' if after_return => {}
            '\n' | '\t' => clean.push(c),
            '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            c if is_unsafe(c) => {}
            c => clean.push(c),
        }
        after_return = c == '\r';
    }
    Cow::Owned(clean)
}

/// One line: every run of white space becomes one space, unsafe characters go, the ends are trimmed.
#[must_use]
pub fn line(raw: &str) -> Cow<'_, str> {
    let tidy = !raw.starts_with(' ')
        && !raw.ends_with(' ')
        && !raw.contains("  ")
        && !raw.chars().any(|c| is_unsafe(c) || (c.is_whitespace() && c != ' '));
    if tidy {
        return Cow::Borrowed(raw);
    }
    let mut clean = String::with_capacity(raw.len());
    for c in raw.chars() {
        if c.is_whitespace() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}') {
            if !clean.is_empty() && !clean.ends_with(' ') {
                clean.push(' ');
            }
        } else if !is_unsafe(c) {
            clean.push(c);
        }
    }
    clean.truncate(clean.trim_end().len());
    Cow::Owned(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_function_survives() {
        let hostile = "a\u{1b}[31mb\u{9b}2Jc\u{7f}d\u{202e}e\u{2066}f\u{0}g\u{7}";
        assert_eq!(text(hostile), "a[31mb2Jcdefg");
        assert_eq!(line(hostile), "a[31mb2Jcdefg");
    }

    #[test]
    fn lines_and_tabs_of_a_text_stay() {
        assert_eq!(text("a\r\nb\rc\n\td\u{2028}e"), "a\nb\nc\n\td\ne");
        assert!(matches!(text("plain\ntext"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(line("  a\n\tb\u{a0} c \u{3000}"), "a b c");
        assert!(matches!(line("plain text"), Cow::Borrowed(_)));
    }

    #[test]
    fn joiners_of_emoji_and_persian_stay() {
        for whole in ["👩\u{200d}🚀", "می\u{200c}خواهم", "a\u{200f}b"] {
            assert_eq!(line(whole), whole);
        }
    }
}
