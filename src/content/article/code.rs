//! Sets comments, quoted text and keywords of code apart, by what nearly all languages share: which language it is, an
//! article seldom says. Where it is in doubt, a part stays plain.

use unicode_segmentation::UnicodeSegmentation;

use crate::model::article::{Span, Style, Token};

/// Reads one line after the other of one block.
#[derive(Debug, Default)]
pub(super) struct Lexer {
    /// What ends the comment that an earlier line has opened.
    comment: Option<&'static str>,
}

const KEYWORDS: [&str; 88] = [
    "abstract",
    "alias",
    "and",
    "as",
    "assert",
    "async",
    "await",
    "begin",
    "boolean",
    "break",
    "case",
    "catch",
    "chan",
    "class",
    "const",
    "continue",
    "crate",
    "def",
    "default",
    "defer",
    "delete",
    "do",
    "done",
    "echo",
    "elif",
    "else",
    "elseif",
    "elsif",
    "end",
    "enum",
    "esac",
    "except",
    "export",
    "extends",
    "extern",
    "false",
    "fi",
    "final",
    "finally",
    "fn",
    "for",
    "foreach",
    "from",
    "func",
    "function",
    "global",
    "go",
    "goto",
    "if",
    "impl",
    "implements",
    "import",
    "in",
    "include",
    "interface",
    "is",
    "lambda",
    "let",
    "loop",
    "match",
    "module",
    "mut",
    "namespace",
    "new",
    "nil",
    "None",
    "not",
    "null",
    "or",
    "package",
    "private",
    "protected",
    "pub",
    "public",
    "raise",
    "return",
    "select",
    "self",
    "static",
    "struct",
    "switch",
    "then",
    "this",
    "throw",
    "true",
    "try",
    "type",
    "while",
];

impl Lexer {
    /// The same text in more spans.
    pub(super) fn line(&mut self, spans: Vec<(String, Style)>) -> Vec<(String, Style)> {
        let mut merged: Vec<(String, Style)> = Vec::with_capacity(spans.len());
        for (text, style) in spans {
            match merged.last_mut() {
                Some((last, known)) if *known == style => last.push_str(&text),
                _ => merged.push((text, style)),
            }
        }
        let mut out = Vec::with_capacity(merged.len() * 4);
        let mut is_start = true;
        for (text, style) in merged {
            self.span(&text, style, is_start, &mut out);
            is_start &= text.trim().is_empty();
        }
        out
    }

    fn span(&mut self, text: &str, style: Style, mut is_start: bool, out: &mut Vec<(String, Style)>) {
        let mut rest = text;
        let mut before = ' ';
        while let Some(first) = rest.chars().next() {
            let (length, token) = self.next(rest, first, before, is_start);
            let (part, after) = rest.split_at_checked(length.max(first.len_utf8())).unwrap_or((rest, ""));
            let style = Style { token, ..style };
            match out.last_mut() {
                Some((last, known)) if *known == style => last.push_str(part),
                _ => out.push((part.to_owned(), style)),
            }
            before = part.chars().last().unwrap_or(' ');
            is_start &= before.is_whitespace();
            rest = after;
        }
    }

    /// How many bytes of `rest` belong together, and what they are.
    fn next(&mut self, rest: &str, first: char, before: char, is_start: bool) -> (usize, Option<Token>) {
        if let Some(end) = self.comment {
            let length = rest.find(end).map(|at| at + end.len());
            self.comment = if length.is_some() { None } else { Some(end) };
            return (length.unwrap_or(rest.len()), Some(Token::Comment));
        }
        for (open, close) in [("/*", "*/"), ("<!--", "-->")] {
            if let Some(inner) = rest.strip_prefix(open) {
                let length = inner.find(close).map(|at| open.len() + at + close.len());
                self.comment = if length.is_some() { None } else { Some(close) };
                return (length.unwrap_or(rest.len()), Some(Token::Comment));
            }
        }
        let stands_alone = is_start || before.is_whitespace();
        let is_comment = (rest.starts_with("//") && before != ':')
            || (stands_alone && (rest.starts_with("# ") || rest.starts_with("-- ") || rest.starts_with("#!")));
        if is_comment {
            return (rest.len(), Some(Token::Comment));
        }
        if matches!(first, '"' | '\'' | '`') && !before.is_alphanumeric() {
            return quoted(rest, first).map_or((first.len_utf8(), None), |length| (length, Some(Token::Text)));
        }
        if first.is_alphabetic() || first == '_' {
            let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            let is_word = !before.is_alphanumeric() && !matches!(before, '_' | '.' | '-' | '$' | '@');
            let is_keyword = is_word && KEYWORDS.contains(&rest.get(..length).unwrap_or_default());
            return (length, is_keyword.then_some(Token::Keyword));
        }
        (first.len_utf8(), None)
    }
}

/// Characters of one row. More is no code that anyone reads, and each frame would have to walk along it.
const ROW: usize = 2000;

/// The line as it is; in rows where it is longer than any screen.
pub(super) fn rows(spans: Vec<(String, Style)>) -> Vec<Vec<Span>> {
    if spans.iter().map(|(text, _)| text.len()).sum::<usize>() <= ROW {
        return vec![spans.into_iter().map(|(text, style)| Span { text, style }).collect()];
    }
    let mut rows = vec![Vec::new()];
    let mut used = 0;
    for (text, style) in spans {
        let mut piece = String::new();
        for grapheme in text.graphemes(true) {
            if used == ROW {
                let text = std::mem::take(&mut piece);
                rows.last_mut().into_iter().for_each(|row| row.push(Span { text: text.clone(), style }));
                rows.push(Vec::new());
                used = 0;
            }
            piece.push_str(grapheme);
            used += 1;
        }
        rows.last_mut().into_iter().for_each(|row| row.push(Span { text: piece.clone(), style }));
    }
    rows
}

/// The length of the quoted text that `rest` begins with; `None` when it does not end on this line.
fn quoted(rest: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            c if c == quote => return Some(at + c.len_utf8()),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(lines: &[&str]) -> Vec<Vec<(String, &'static str)>> {
        let mut lexer = Lexer::default();
        let name = |token| match token {
            Some(Token::Keyword) => "key",
            Some(Token::Text) => "text",
            Some(Token::Comment) => "comment",
            None => "",
        };
        let line = |line: &&str| lexer.line(vec![((*line).to_owned(), Style::default())]);
        let lines: Vec<_> = lines.iter().map(line).collect();
        lines
            .into_iter()
            .map(|line| {
                line.into_iter()
                    .map(|(text, style)| (text, name(style.token)))
                    .filter(|(_, name)| !name.is_empty())
                    .collect()
            })
            .collect()
    }

    fn parts(pairs: &[(&str, &'static str)]) -> Vec<(String, &'static str)> {
        pairs.iter().map(|(text, name)| ((*text).to_owned(), *name)).collect()
    }

    #[test]
    fn comments_texts_and_keywords_stand_out_and_nothing_is_lost() {
        let found =
            told(&["fn main() { // mulai", "    let x = \"a \\\" // b\"; return_value", "/* satu", "dua */ if x"]);
        assert_eq!(found[0], parts(&[("fn", "key"), ("// mulai", "comment")]));
        assert_eq!(found[1], parts(&[("let", "key"), ("\"a \\\" // b\"", "text")]));
        assert_eq!(found[2], parts(&[("/* satu", "comment")]));
        assert_eq!(found[3], parts(&[("dua */", "comment"), ("if", "key")]));
    }

    #[test]
    fn a_line_without_end_becomes_rows() {
        let spans = vec![("a".repeat(ROW + 500), Style::default()), ("é".repeat(ROW), Style::default())];
        let rows: Vec<usize> =
            rows(spans).iter().map(|row| row.iter().map(|span| span.text.chars().count()).sum()).collect();
        assert_eq!(rows, [ROW, ROW, 500]);
    }

    #[test]
    fn what_only_looks_like_it_stays_plain() {
        for line in ["curl https://contoh.id/x#bagian", "it's plain", "a.for -if $in", "x--; i #1", "\"tak ditutup"] {
            assert_eq!(told(&[line]), [parts(&[])], "{line}");
        }
    }
}
