//! Rewrites HTML tag by tag: what is allowed stays byte for byte, the rest goes. In strict mode it gives up where the
//! nesting or a reference needs a real HTML parser; in mending mode it repairs what it can and leaves the rest to one,
//! whose output is looked at once more. Writes nothing that it has not looked at.

mod attributes;
mod patch;

use std::borrow::Cow;
use std::ops::Range;

use url::Url;

use crate::model::scrub;

use super::super::address;
use super::super::entity::{self, Reference};
use super::super::markup::{Tag, Token, Tokens};
use super::elements::{self, Elements};
use super::rules::{self, Rule};
use attributes::Written;
use patch::Patch;

/// Deepest nesting that is let through unparsed; the parser's own output is never deeper (see [`MENDED_DEPTH`]).
const DEPTH: usize = 256;
/// Deepest nesting handed to the HTML parser, whose time and depth grow faster than its input.
const MENDED_DEPTH: usize = 60;

/// Bytes between a `<` that opens no tag and the next `>`, at most, for what is between them to be looked through for tags:
/// more than once for each of many such signs.
const SHORT: usize = 80;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Strict,
    Mend,
    /// Every element has its end: a parser has written it.
    Parsed,
}

/// `None` (never in mending mode) when the text needs a real parser.
pub(super) fn tidy<'a>(html: &'a str, base: &Url, mode: Mode) -> Option<Cow<'a, str>> {
    let mut tidy = Tidy {
        html,
        elements: Elements::of(html),
        base,
        mode,
        out: Patch::new(html),
        stack: Vec::new(),
        flattened: 0,
        awaits_source: false,
        endless: Vec::new(),
    };
    let mut tokens = Tokens::new(html);
    loop {
        let start = tokens.position();
        let Some(token) = tokens.next() else { break };
        let range = start..tokens.position();
        match token {
            Token::Text(_) => tidy.text(range)?,
            Token::Start(tag) => tidy.start(tag, range, &mut tokens)?,
            Token::End(name) => tidy.end(name, range)?,
            Token::Other => tidy.other(range)?,
        }
    }
    tidy.close_to(0);
    Some(tidy.out.finish())
}

struct Open {
    name: &'static str,
    /// An element whose tags are not written (a link without a target).
    shown: bool,
}

struct Tidy<'a, 'b> {
    html: &'a str,
    elements: Elements<'a>,
    base: &'b Url,
    mode: Mode,
    out: Patch<'a>,
    stack: Vec<Open>,
    /// Open elements beyond the depth limit, left out.
    flattened: usize,
    /// Inside a `video` or `audio` that has not told its address yet.
    awaits_source: bool,
    /// Elements that go with their content, and of which no further one has an end.
    endless: Vec<String>,
}

impl<'a> Tidy<'a, '_> {
    fn is_strict(&self) -> bool {
        self.mode != Mode::Mend
    }

    fn top(&self) -> &'static str {
        self.stack.last().map_or("", |open| open.name)
    }

    fn is_open(&self, name: &str) -> bool {
        self.stack.iter().any(|open| open.shown && open.name == name)
    }

    fn text(&mut self, range: Range<usize>) -> Option<()> {
        let bytes = self.html.as_bytes();
        if self.is_strict()
            && is_table_part(self.top())
            && !bytes.get(range.clone())?.iter().all(u8::is_ascii_whitespace)
        {
            // The parser moves stray text out of tables.
            return None;
        }
        let mut from = range.start;
        let mut at = range.start;
        while at < range.end {
            at = next_special(bytes, at, range.end);
            if at >= range.end {
                break;
            }
            let (length, put): (usize, Option<Piece>) = match SPECIAL.get(usize::from(*bytes.get(at)?)).copied() {
                Some(0) | None => {
                    at += 1;
                    continue;
                }
                Some(AMPERSAND) => match entity::read(bytes.get(at..range.end)?) {
                    Reference::Char(c, length) => {
                        if is_canonical(bytes.get(at..at + length)?) {
                            at += length;
                            continue;
                        }
                        (length, Some(Piece::Char(c)))
                    }
                    Reference::Bare => (1, Some(Piece::Char('&'))),
                    Reference::Unknown => match entity::traditional(bytes.get(at..range.end)?) {
                        Some((c, length)) => (length, Some(Piece::Char(c))),
                        None if self.is_strict() => return None,
                        None => {
                            at += 1;
                            continue;
                        }
                    },
                },
                Some(LESS) => (1, Some(Piece::Char('<'))),
                Some(RETURN) => {
                    let newline = bytes.get(at + 1) == Some(&b'\n');
                    (1, (!newline).then_some(Piece::Char('\n')))
                }
                Some(CONTROL) => (1, None),
                // The first byte of a character that may be unsafe.
                Some(_) => {
                    let c = self.html.get(at..)?.chars().next()?;
                    if !scrub::is_unsafe(c) {
                        at += c.len_utf8();
                        continue;
                    }
                    let is_line_end = matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}');
                    (c.len_utf8(), is_line_end.then_some(Piece::Char('\n')))
                }
            };
            self.out.keep(from..at);
            if let Some(Piece::Char(c)) = put {
                self.char(c);
            }
            at += length;
            from = at;
        }
        self.out.keep(from..range.end);
        Some(())
    }

    fn char(&mut self, c: char) {
        if scrub::is_unsafe(c) && c != '\n' && c != '\t' {
            return;
        }
        match c {
            '&' => self.out.put("&amp;"),
            '<' => self.out.put("&lt;"),
            '>' => self.out.put("&gt;"),
            c => self.out.put(c.encode_utf8(&mut [0; 4])),
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>, tokens: &mut Tokens<'a>) -> Option<()> {
        match rules::rule(tag.name) {
            Rule::Keep(name) => self.open(name, tag, range)?,
            Rule::Void(name) => {
                if self.is_strict() && is_table_part(self.top()) {
                    return None;
                }
                match self.written(name, tag, self.html.get(range.clone())?) {
                    Written::Verbatim => self.out.keep(range),
                    Written::With(attributes) => self.out.put(&format!("<{name}{attributes}>")),
                    Written::Pointless => {}
                }
            }
            Rule::Unwrap if !self.elements.has(&tag) => {
                let is_short = range.len() <= SHORT;
                self.stray(if is_short { range.start..range.start + 1 } else { range.clone() })?;
                if is_short {
                    // What looks like its attributes may hold tags.
                    tokens.go_to(range.start + 1);
                }
            }
            Rule::Unwrap | Rule::DropVoid => {}
            Rule::Drop => {
                if let Some(words) = self.skip(tag, tokens, skip_element).filter(|words| !words.is_empty()) {
                    self.words(words)?;
                }
            }
            Rule::Formula => {
                if let Some(words) = tag.attribute("alttext").filter(|words| !words.trim().is_empty())
                    && self.skip(tag, tokens, skip_element).is_some()
                {
                    self.words(words)?;
                }
            }
            Rule::DropRaw => {
                tokens.skip_raw(tag.name);
            }
            Rule::Frame => {
                self.skip(tag, tokens, |name, tokens| tokens.skip_raw(name).then_some(()));
                self.embedded(tag);
            }
            Rule::Media => self.awaits_source = !self.embedded(tag),
            Rule::Source => {
                if self.awaits_source {
                    self.awaits_source = !self.embedded(tag);
                }
            }
        }
        Some(())
    }

    /// A comment or a declaration goes, and so does a tag that the end of the document cuts off.
    fn other(&mut self, range: Range<usize>) -> Option<()> {
        let raw = self.html.get(range.clone())?.trim_start_matches('<');
        let name = raw.split(|c: char| c.is_whitespace() || matches!(c, '/' | '=')).next().unwrap_or_default();
        let is_tag = !raw.starts_with(|c: char| c.is_ascii_alphabetic())
            || rules::rule(name) != Rule::Unwrap
            || elements::is_left_open(name);
        if is_tag { Some(()) } else { self.stray(range) }
    }

    /// Text that begins like a tag.
    fn stray(&mut self, range: Range<usize>) -> Option<()> {
        if self.is_strict() && is_table_part(self.top()) {
            return None;
        }
        self.text(range)
    }

    /// Moves behind the end of an element that goes with its content. One that has no end (`<svg/>`) has no content
    /// either: what follows is the article's.
    fn skip<T>(
        &mut self,
        tag: Tag<'a>,
        tokens: &mut Tokens<'a>,
        skip: fn(&str, &mut Tokens<'a>) -> Option<T>,
    ) -> Option<T> {
        let is_foreign = tag.name.eq_ignore_ascii_case("svg") || tag.name.eq_ignore_ascii_case("math");
        if is_foreign && tag.is_closed() || self.endless.iter().any(|name| tag.name.eq_ignore_ascii_case(name)) {
            return None;
        }
        let mut ahead = tokens.clone();
        let skipped = skip(tag.name, &mut ahead);
        match skipped {
            Some(_) => *tokens = ahead,
            None => self.endless.push(tag.name.to_ascii_lowercase()),
        }
        skipped
    }

    /// Text from outside the text: of an attribute or a picture.
    fn words(&mut self, raw: &str) -> Option<()> {
        if self.is_strict() && is_table_part(self.top()) {
            return None;
        }
        for c in scrub::line(&entity::decode(raw)).chars() {
            self.char(c);
        }
        Some(())
    }

    fn open(&mut self, name: &'static str, tag: Tag<'a>, range: Range<usize>) -> Option<()> {
        if self.flattened > 0 {
            self.flattened += 1;
            return Some(());
        }
        // What is not written does not stand between an element and the one that ends it.
        while let Some(at) = self.stack.iter().rposition(|open| open.shown)
            && self.stack.get(at).is_some_and(|open| closes(name, open.name))
        {
            match self.mode {
                Mode::Strict | Mode::Mend => self.close_to(at),
                Mode::Parsed => self.end_early(at),
            }
        }
        if self.is_strict() {
            if self.stack.len() >= DEPTH || !fits(name, self.top()) {
                return None;
            }
        } else if self.stack.len() >= MENDED_DEPTH {
            self.flattened = 1;
            return Some(());
        }
        let mut shown = true;
        if name == "a" && self.is_open("a") {
            if self.mode == Mode::Strict {
                return None;
            }
            shown = false;
        } else {
            // HTML does not heed the slash of `<p/>`, nor several; readers of XHTML would.
            let raw = self.html.get(range.clone())?;
            match (self.written(name, tag, raw), raw.strip_suffix("/>")) {
                (Written::Verbatim, None) => self.out.keep(range),
                (Written::Verbatim, Some(raw)) => {
                    self.out.put(raw.trim_end_matches(|c: char| c == '/' || c.is_whitespace()));
                    self.out.put(">");
                }
                (Written::With(attributes), _) => self.out.put(&format!("<{name}{attributes}>")),
                (Written::Pointless, _) => shown = false,
            }
        }
        self.stack.push(Open { name, shown });
        Some(())
    }

    fn end(&mut self, raw: &str, range: Range<usize>) -> Option<()> {
        let Rule::Keep(name) = rules::rule(raw) else {
            if matches!(rules::rule(raw), Rule::Media) {
                self.awaits_source = false;
            }
            return Some(());
        };
        if self.flattened > 0 {
            self.flattened -= 1;
            return Some(());
        }
        let Some(at) = self.stack.iter().rposition(|open| open.name == name) else {
            return Some(());
        };
        let inside = self.stack.get(at + 1..)?;
        if self.is_strict() && !inside.iter().all(|open| has_optional_end(open.name)) {
            return None;
        }
        self.close_to(at + 1);
        let shown = self.stack.pop().is_some_and(|open| open.shown);
        let verbatim = raw == name && range.len() == name.len() + 3;
        if shown && verbatim {
            self.out.keep(range);
        } else if shown {
            self.out.put(&format!("</{name}>"));
        }
        Some(())
    }

    fn close_to(&mut self, depth: usize) {
        while self.stack.len() > depth {
            if let Some(open) = self.stack.pop()
                && open.shown
            {
                self.out.put(&format!("</{}>", open.name));
            }
        }
    }

    /// As [`Self::close_to`], for elements whose own end is still to come, and must not be taken for another's.
    fn end_early(&mut self, depth: usize) {
        for open in self.stack.iter_mut().skip(depth).rev().filter(|open| open.shown) {
            self.out.put(&format!("</{}>", open.name));
            open.shown = false;
        }
    }

    /// Puts a link in the place of embedded media; false when the tag names no address. The link has no text, for its
    /// address is no word of the article, and a title, by which it is shown.
    fn embedded(&mut self, tag: Tag<'a>) -> bool {
        let address = ["src", "data-src", "data"].iter().find_map(|name| {
            let value = entity::decode(tag.attribute(name)?).into_owned();
            address::resource(&value, self.base).map(Cow::into_owned)
        });
        let Some(url) = address else { return false };
        if self.is_open("a") || is_table_part(self.top()) || self.flattened > 0 {
            return true;
        }
        let mut html = String::from("<a href=\"");
        entity::escape_into(&mut html, &url);
        html.push_str("\" title=\"");
        entity::escape_into(&mut html, address::label(&url));
        html.push_str("\"></a>");
        if matches!(self.top(), "" | "div" | "blockquote" | "figure" | "li" | "td" | "th") {
            html = format!("<p>{html}</p>");
        }
        self.out.put(&html);
        true
    }
}

enum Piece {
    Char(char),
}

const AMPERSAND: u8 = 1;
const LESS: u8 = 2;
const RETURN: u8 = 3;
const CONTROL: u8 = 4;
const LEAD: u8 = 5;

/// Which bytes of text need a second look.
const SPECIAL: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = CONTROL;
        byte += 1;
    }
    table[b'\n' as usize] = 0;
    table[b'\t' as usize] = 0;
    table[b'\r' as usize] = RETURN;
    table[0x7f] = CONTROL;
    table[b'&' as usize] = AMPERSAND;
    table[b'<' as usize] = LESS;
    // C1 controls; U+2028 to U+202E, U+2066 to U+2069; U+FEFF, U+FFF9 to U+FFFB.
    table[0xc2] = LEAD;
    table[0xe2] = LEAD;
    table[0xef] = LEAD;
    table
};

/// Where, from `at` on, the next byte stands that needs a second look. The compiler looks at a chunk at once.
fn next_special(bytes: &[u8], mut at: usize, end: usize) -> usize {
    const CHUNK: usize = 32;
    while let Some(chunk) = bytes.get(at..(at + CHUNK).min(end)).filter(|chunk| !chunk.is_empty()) {
        let found = chunk.iter().fold(false, |found, b| {
            let control = *b < 0x20 && *b != b'\n' && *b != b'\t';
            found | control | matches!(*b, b'&' | b'<' | 0x7f | 0xc2 | 0xe2 | 0xef)
        });
        if found {
            let is_special = |b: &u8| SPECIAL.get(usize::from(*b)).is_some_and(|class| *class != 0);
            return chunk.iter().position(is_special).map_or(at, |offset| at + offset);
        }
        at += chunk.len();
    }
    end
}

/// The references that safe HTML is written with.
fn is_canonical(reference: &[u8]) -> bool {
    matches!(reference, b"&amp;" | b"&lt;" | b"&gt;" | b"&quot;" | b"&nbsp;")
}

/// Parts of a table that hold other parts only, no text.
fn is_table_part(name: &str) -> bool {
    matches!(name, "table" | "thead" | "tbody" | "tfoot" | "tr")
}

/// Whether the parser would leave `name` where it stands: in its parent, unmoved.
fn fits(name: &str, parent: &str) -> bool {
    match name {
        "caption" | "thead" | "tbody" | "tfoot" => parent == "table",
        "tr" => matches!(parent, "table" | "thead" | "tbody" | "tfoot"),
        "td" | "th" => parent == "tr",
        _ => !is_table_part(parent),
    }
}

/// Whether the start of `name` ends an open `top` (HTML Living Standard § 13.1.2.4).
fn closes(name: &str, top: &str) -> bool {
    match top {
        "p" => name == "p",
        "li" => name == "li",
        "dt" | "dd" => matches!(name, "dt" | "dd"),
        "td" | "th" => matches!(name, "td" | "th" | "tr" | "tbody" | "tfoot"),
        "tr" => matches!(name, "tr" | "tbody" | "tfoot"),
        "thead" | "tbody" => matches!(name, "tbody" | "tfoot"),
        "rt" | "rp" => matches!(name, "rt" | "rp"),
        _ => false,
    }
}

fn has_optional_end(name: &str) -> bool {
    matches!(name, "p" | "li" | "dt" | "dd" | "td" | "th" | "tr" | "thead" | "tbody" | "tfoot" | "rt" | "rp")
}

/// Moves behind the end of an element that goes with everything in it, but for the name of a picture; empty where there is
/// none.
fn skip_element<'a>(name: &str, tokens: &mut Tokens<'a>) -> Option<&'a str> {
    let mut words = "";
    let mut is_named = false;
    let mut depth = 1_usize;
    while depth > 0 {
        match tokens.next()? {
            Token::Start(tag) if tag.name.eq_ignore_ascii_case(name) => depth += usize::from(!tag.is_closed()),
            Token::End(end) if end.eq_ignore_ascii_case(name) => depth -= 1,
            Token::Start(tag) => is_named = matches!(tag.name, "title" | "desc") && name.eq_ignore_ascii_case("svg"),
            Token::Text(text) if is_named && words.is_empty() && !text.trim().is_empty() => words = text,
            Token::Text(_) => {}
            Token::End(_) | Token::Other => is_named = false,
        }
    }
    Some(words)
}
