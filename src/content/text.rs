//! Plain text of HTML, for lists, search and notifications. Lays nothing out.

use unicode_segmentation::UnicodeSegmentation;

use crate::model::scrub;

use super::entity;
use super::markup::{Token, Tokens};
use super::sanitise::{Rule, rule};

/// How much of an article a teaser looks at, in bytes.
const TEASER_REACH: usize = 16 * 1024;

/// The text of safe HTML: one line per block, references decoded, no control characters but `\n`.
#[must_use]
pub fn plain(html: &str) -> String {
    let mut text = Plain::default();
    text.read(html, usize::MAX);
    text.text
}

/// The beginning of the text on one line, cut at a grapheme with `…` when there is more.
#[must_use]
pub fn teaser(html: &str, max_graphemes: usize) -> String {
    let mut near = head(html, TEASER_REACH);
    if near.len() < html.len()
        && let Some(tag) = near.rfind('<')
        && near.rfind('>').is_none_or(|end| end < tag)
    {
        // The cut may fall within a tag.
        near = near.split_at(tag).0;
    }
    let mut text = Plain::default();
    // A grapheme is seldom longer than four bytes; what is left of a longer one is cut below anyway.
    let limit = max_graphemes.saturating_mul(4).saturating_add(64);
    let whole = text.read(near, limit) && near.len() == html.len();
    let line = text.text.replace('\n', " ");
    if line.is_empty() {
        return line;
    }
    cut(&line, max_graphemes, whole)
}

/// The beginning of `text` that is at most `max` bytes long, cut between characters.
pub(super) fn head(text: &str, max: usize) -> &str {
    let mut end = max.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.split_at(end).0
}

/// `text` when it is at most `max` graphemes long, else its beginning and `…`.
pub(super) fn cut(text: &str, max: usize, whole: bool) -> String {
    if text.is_ascii() && whole && text.len() <= max {
        return text.to_owned();
    }
    let mut graphemes = text.grapheme_indices(true);
    match graphemes.nth(max) {
        None if whole => text.to_owned(),
        None => format!("{}…", text.trim_end()),
        Some(_) => {
            let end = text.grapheme_indices(true).nth(max.saturating_sub(1)).map_or(0, |(at, _)| at);
            let (head, _) = text.split_at(end);
            format!("{}…", head.trim_end())
        }
    }
}

#[derive(Default)]
struct Plain {
    text: String,
    /// White space owed before the next word.
    gap: Option<char>,
}

impl Plain {
    /// Reads until `limit` bytes of text are there; false when it stopped before the end.
    fn read(&mut self, html: &str, limit: usize) -> bool {
        let mut tokens = Tokens::new(html);
        while let Some(token) = tokens.next() {
            match token {
                Token::Text(raw) => self.push(&entity::decode(raw), limit),
                Token::Start(tag) => match rule(tag.name) {
                    Rule::DropRaw | Rule::Frame => {
                        tokens.skip_raw(tag.name);
                    }
                    rule => self.boundary(rule),
                },
                Token::End(name) => self.boundary(rule(name)),
                Token::Other => {}
            }
            if self.text.len() >= limit {
                return tokens.next().is_none();
            }
        }
        true
    }

    fn boundary(&mut self, rule: Rule) {
        match rule {
            Rule::Keep("td" | "th" | "rt" | "rp") => self.gap = self.gap.or(Some(' ')),
            Rule::Keep(
                "a" | "strong" | "b" | "em" | "i" | "u" | "s" | "del" | "ins" | "code" | "kbd" | "samp" | "var" | "sub"
                | "sup" | "small" | "mark" | "q" | "cite" | "dfn" | "abbr" | "ruby",
            )
            | Rule::Void("img") => {}
            Rule::Keep(_) | Rule::Void(_) => self.gap = Some('\n'),
            _ => {}
        }
    }

    fn push(&mut self, text: &str, limit: usize) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            // Nearly all that is read is ASCII: a run of it is taken whole.
            let run = rest.bytes().position(|byte| !byte.is_ascii_graphic()).unwrap_or(rest.len());
            if run == 0 && (c.is_whitespace() || matches!(c, '\u{2028}' | '\u{2029}')) {
                self.gap = self.gap.or(Some(' '));
                rest = rest.split_at(c.len_utf8()).1;
                continue;
            }
            if run == 0 && (scrub::is_unsafe(c) || c == '\u{ad}') {
                rest = rest.split_at(c.len_utf8()).1;
                continue;
            }
            if self.text.len() >= limit {
                return;
            }
            if let Some(gap) = self.gap.take()
                && !self.text.is_empty()
            {
                self.text.push(gap);
            }
            let room = limit.saturating_sub(self.text.len()).max(1);
            let (shown, further) = rest.split_at(if run == 0 { c.len_utf8() } else { run.min(room) });
            self.text.push_str(shown);
            rest = further;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_become_lines_and_inline_tags_vanish() {
        let html = "<h1>Judul</h1>\n<p>Satu <b>du</b>a&nbsp;&amp; tiga.<br>Empat</p><ul><li>a</li><li>b</li></ul>\
                    <table><tr><td>1</td><td>2</td></tr></table><script>x()</script>";
        assert_eq!(plain(html), "Judul\nSatu dua & tiga.\nEmpat\na\nb\n1 2");
    }

    #[test]
    fn a_reference_cannot_bring_a_control_character() {
        assert_eq!(plain("a&#27;[31mb&#x202e;c&#155;d"), "a[31mbc›d");
    }

    #[test]
    fn a_teaser_is_cut_between_graphemes() {
        assert_eq!(teaser("<p>Halo <i>dunia</i></p>", 20), "Halo dunia");
        assert_eq!(teaser("<p>👩\u{200d}🚀👩\u{200d}🚀👩\u{200d}🚀</p>", 2), "👩\u{200d}🚀…");
        assert_eq!(teaser("<p>satu dua tiga</p>", 9), "satu dua…");
        assert_eq!(teaser("", 5), "");
    }

    #[test]
    fn a_teaser_reads_only_the_beginning() {
        let long = format!("<p>{}</p>", "kata ".repeat(100_000));
        assert_eq!(teaser(&long, 10), "kata kata…");
        let tags = "<b></b>".repeat(100_000) + "akhir";
        assert_eq!(teaser(&tags, 10), "");
    }
}
