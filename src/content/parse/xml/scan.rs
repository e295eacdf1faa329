//! Cuts a document that means to be XML into tags and text. It never fails: what no tag can be is text, what is not
//! closed ends where the next thing begins. Decodes nothing, nests nothing; its time is linear in the document.

use memchr::{memchr, memmem};

use super::super::super::sanitise::{Rule, is_left_open, rule};
use super::notes::Notes;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// References not decoded.
    Text(&'a str),
    /// Means itself.
    Cdata(&'a str),
    Start {
        name: &'a str,
        attributes: &'a str,
        closed: bool,
    },
    End(&'a str),
}

pub(super) struct Scan<'a> {
    text: &'a str,
    at: usize,
    cdata_end: Ahead,
    comment_end: Ahead,
    quotes: [Ahead; 2],
    notes: &'a Notes,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str, notes: &'a Notes) -> Self {
        Self {
            text,
            at: 0,
            cdata_end: Ahead::of(b"]]>"),
            comment_end: Ahead::of(b"-->"),
            quotes: [Ahead::of(b"\""), Ahead::of(b"'")],
            notes,
        }
    }

    /// The next token. `inside` is the name of the innermost open element, where a section that is not closed ends.
    pub(super) fn next(&mut self, inside: &str) -> Option<Token<'a>> {
        let bytes = self.text.as_bytes();
        loop {
            let start = self.at;
            if *bytes.get(start)? != b'<' {
                return Some(self.plain(start));
            }
            match bytes.get(start + 1) {
                Some(b) if begins_name(*b) => return Some(self.start_tag(start + 1)),
                Some(b'/') => {
                    let name = self.end_tag(start + 2);
                    if !name.is_empty() {
                        return Some(Token::End(name));
                    }
                }
                Some(b'!') if begins_section(self.rest(start)) => return Some(self.cdata(start + 9, inside)),
                Some(b'!' | b'?') => self.declaration(start),
                _ => return Some(self.plain(start)),
            }
        }
    }

    fn rest(&self, from: usize) -> &'a str {
        self.text.get(from..).unwrap_or_default()
    }

    fn cut(&self, from: usize, to: usize) -> &'a str {
        // All cuts are made beside ASCII characters, so none falls within a character.
        self.text.get(from..to).unwrap_or_default()
    }

    /// Text up to the next `<` that opens something.
    fn plain(&mut self, start: usize) -> Token<'a> {
        let bytes = self.text.as_bytes();
        let mut from = start;
        if bytes.get(start) == Some(&b'<') {
            self.notes.flaw("a `<` that opens no tag");
            from += 1;
        }
        self.at = loop {
            let Some(found) = bytes.get(from..).and_then(|rest| memchr(b'<', rest)) else {
                break bytes.len();
            };
            let at = from + found;
            if bytes.get(at + 1).is_some_and(|b| begins_name(*b) || matches!(b, b'/' | b'!' | b'?')) {
                break at;
            }
            self.notes.flaw("a `<` that opens no tag");
            from = at + 1;
        };
        Token::Text(self.cut(start, self.at))
    }

    fn start_tag(&mut self, start: usize) -> Token<'a> {
        let name_end = self.end_of_name(start);
        let (end, is_whole) = self.end_of_tag(name_end);
        let (name, attributes) = (self.cut(start, name_end), self.cut(name_end, end));
        if !is_whole && end < self.text.len() && is_comparison(name, attributes) {
            self.notes.flaw("a `<` that opens no tag");
            return Token::Text(self.cut(start - 1, end));
        }
        if !is_whole {
            self.notes.flaw("a tag without its end");
        }
        let attributes = attributes.trim_end();
        let (attributes, closed) = attributes.strip_suffix('/').map_or((attributes, false), |open| (open, true));
        Token::Start { name, attributes, closed }
    }

    /// Moves behind the tag; returns where its attributes end, and whether the tag ends there too.
    fn end_of_tag(&mut self, from: usize) -> (usize, bool) {
        let bytes = self.text.as_bytes();
        let mut after_equals = false;
        let mut at = from;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'>' => {
                    self.at = at + 1;
                    return (at, true);
                }
                b'<' => break,
                b'"' | b'\'' if after_equals => at = self.end_of_value(at, *byte),
                _ => {}
            }
            after_equals = *byte == b'=' || after_equals && byte.is_ascii_whitespace();
            at += 1;
        }
        self.at = at.min(bytes.len());
        (self.at, false)
    }

    /// Where the quoted value that begins at `start` ends; `start` itself where it has no end.
    fn end_of_value(&mut self, start: usize, quote: u8) -> usize {
        let bytes = self.text.as_bytes();
        let [double, single] = &mut self.quotes;
        let ahead = if quote == b'"' { double } else { single };
        let Some(end) = ahead.find(bytes, start + 1) else {
            return start;
        };
        // `href="https://a.id/> … <b c="`: the quote that comes next belongs to another tag.
        let value = bytes.get(start + 1..end).unwrap_or_default();
        let is_other = memchr(b'>', value).is_some_and(|close| memchr(b'<', value).is_some_and(|open| close < open));
        if is_other {
            self.notes.flaw("a value without its quote");
            return start;
        }
        end
    }

    fn end_tag(&mut self, start: usize) -> &'a str {
        let bytes = self.text.as_bytes();
        let end = self.end_of_name(start);
        let tail = bytes.get(end..).unwrap_or_default();
        self.at = match memchr::memchr2(b'>', b'<', tail) {
            Some(found) if tail.get(found) == Some(&b'>') => end + found + 1,
            Some(found) => end + found,
            None => bytes.len(),
        };
        self.cut(start, end)
    }

    fn end_of_name(&self, from: usize) -> usize {
        let tail = self.text.as_bytes().get(from..).unwrap_or_default();
        let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'<' | b'=' | b'"' | b'\'');
        tail.iter().position(ends).map_or(self.text.len(), |length| from + length)
    }

    fn cdata(&mut self, start: usize, inside: &str) -> Token<'a> {
        let bytes = self.text.as_bytes();
        let end = self.cdata_end.find(bytes, start);
        let limit = end.unwrap_or(bytes.len());
        let content = bytes.get(start..limit).unwrap_or_default();
        // Another section may not begin within one: where the element ends before that, the end was forgotten.
        let next = memmem::find(content, b"<![CDATA[");
        if end.is_none() || next.is_some() {
            let reach = content.get(..next.unwrap_or(content.len())).unwrap_or_default();
            let close = format!("</{inside}");
            if let Some(found) = memmem::find(reach, close.as_bytes()) {
                self.notes.flaw("a CDATA section without its end");
                self.at = start + found;
                return Token::Cdata(self.cut(start, self.at));
            }
        }
        if end.is_none() {
            self.notes.flaw("a CDATA section without its end");
        }
        self.at = end.map_or(bytes.len(), |end| end + 3);
        Token::Cdata(self.cut(start, limit))
    }

    fn declaration(&mut self, start: usize) {
        let bytes = self.text.as_bytes();
        let end = if self.rest(start).starts_with("<!--") {
            self.comment_end.find(bytes, start + 4).map(|end| end + 3)
        } else {
            None
        };
        let simple = || memchr(b'>', bytes.get(start..)?).map(|found| start + found + 1);
        self.at = end.or_else(simple).unwrap_or(bytes.len());
    }
}

/// What looks like a tag that has no end is the `<` of `x<y` where no vocabulary knows the name.
fn is_comparison(name: &str, attributes: &str) -> bool {
    const OF_FEEDS: [&str; 15] = [
        "item",
        "entry",
        "channel",
        "link",
        "guid",
        "id",
        "description",
        "content",
        "pubdate",
        "published",
        "updated",
        "author",
        "category",
        "enclosure",
        "rss",
    ];
    let is_letter = name.len() == 1 && !matches!(name, "a" | "p");
    let is_known = || {
        rule(name) != Rule::Unwrap
            || name.contains(':')
            || OF_FEEDS.iter().any(|known| name.eq_ignore_ascii_case(known))
            || is_left_open(name)
    };
    !attributes.contains('=') && (is_letter || !is_known())
}

/// `<![CDATA[`, in any case.
fn begins_section(text: &str) -> bool {
    text.starts_with("<![") && text.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<![CDATA["))
}

fn begins_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | b':' | 0x80..)
}

/// Where a needle comes next, remembered: asking again from further on costs nothing until it is passed.
struct Ahead {
    needle: &'static [u8],
    next: Next,
}

#[derive(Clone, Copy)]
enum Next {
    Unknown,
    At(usize),
    Nowhere,
}

impl Ahead {
    fn of(needle: &'static [u8]) -> Self {
        Self { needle, next: Next::Unknown }
    }

    fn find(&mut self, bytes: &[u8], from: usize) -> Option<usize> {
        match self.next {
            Next::Nowhere => return None,
            Next::At(at) if at >= from => return Some(at),
            Next::At(_) | Next::Unknown => {}
        }
        let found = bytes.get(from..).and_then(|rest| memmem::find(rest, self.needle)).map(|at| from + at);
        self.next = found.map_or(Next::Nowhere, Next::At);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str, inside: &str) -> Vec<String> {
        let notes = Notes::default();
        let mut scan = Scan::new(text, &notes);
        std::iter::from_fn(|| scan.next(inside))
            .map(|token| match token {
                Token::Text(text) => format!("'{text}'"),
                Token::Cdata(text) => format!("[{text}]"),
                Token::Start { name, attributes, closed } => {
                    format!("<{name}{attributes}{}>", if closed { "/" } else { "" })
                }
                Token::End(name) => format!("</{name}>"),
            })
            .collect()
    }

    #[test]
    fn whole_xml_is_cut_where_it_says() {
        assert_eq!(
            tokens("<?xml version='1.0'?><!-- <x> --><a b=\"c>d\"><![CDATA[<i>]]></a ><e/>", ""),
            ["<a b=\"c>d\">", "[<i>]", "</a>", "<e/>"]
        );
    }

    #[test]
    fn what_opens_no_tag_is_text() {
        assert_eq!(tokens("1 < 2 <3 <= x</>y", ""), ["'1 < 2 <3 <= x'", "'y'"]);
    }

    #[test]
    fn what_is_not_closed_ends_where_the_next_thing_begins() {
        assert_eq!(tokens("<a b<c>x", ""), ["<a b>", "<c>", "'x'"]);
        assert_eq!(tokens("x<y and z<w<c>", ""), ["'x'", "'<y and z'", "'<w'", "<c>"]);
        assert_eq!(tokens("<link<c><x y=z<c><n", ""), ["<link>", "<c>", "<x y=z>", "<c>", "<n>"]);
        assert_eq!(tokens("<a href=\"x>t</a><b c=\"d\">", ""), ["<a href=\"x>", "'t'", "</a>", "<b c=\"d\">"]);
        assert_eq!(tokens("<![CDATA[x</d><d><![CDATA[y]]></d>", "d"), ["[x]", "</d>", "<d>", "[y]", "</d>"]);
        assert_eq!(tokens("<![CDATA[x</e>", "d"), ["[x</e>]"]);
        assert_eq!(tokens("<!-- x><a>", ""), ["<a>"]);
        assert_eq!(tokens("<![cdata[x]]><![CDAT", ""), ["[x]"]);
    }
}
