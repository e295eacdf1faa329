//! Rewrites safe HTML for html2text: a small set of elements, properly nested and not too deep; links and images by
//! number; marks for what html2text has no lines for. Whatever it is given, its own output is well formed.

mod inline;
mod shape;
pub(super) mod stack;
mod tables;

use std::borrow::Cow;
use std::collections::HashMap;

use crate::model::article::{Image, Link};
use crate::model::beacon::is_beacon;
use crate::model::scrub;

use super::super::entity;
use super::super::markup::{Tag, Token, Tokens};
use super::super::sanitise::{Rule, rule};
use super::Words;

/// A line across the page.
pub(super) const RULE: char = '\u{e000}';
/// Followed by a number: the place of a table, which is set on its own.
pub(super) const TABLE: char = '\u{e001}';
/// At least one empty line.
pub(super) const GAP: char = '\u{e002}';

/// Deepest nesting that is shown as such.
const DEPTH: usize = 100;
/// Bytes of text that a link or image is remembered by.
const LABEL: usize = 300;

#[derive(Debug, Default)]
pub(super) struct Document {
    pub html: String,
    pub tables: Vec<stack::Table>,
    pub links: Vec<Link>,
    pub images: Vec<Image>,
}

pub(super) fn prepare(html: &str, words: &Words<'_>) -> Document {
    let mut writer = Writer {
        words,
        document: Document::default(),
        stack: Vec::new(),
        flattened: 0,
        anchor: None,
        numbers: HashMap::new(),
        table: None,
        raised: None,
    };
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next() {
        writer.token(token, &mut tokens);
    }
    writer.close_to(0);
    writer.document
}

struct Open {
    /// The element of the source.
    name: &'static str,
    /// What closes it in the output.
    end: Cow<'static, str>,
}

/// The link that is open.
struct Anchor {
    number: u32,
    is_new: bool,
    has_text: bool,
    /// What a link to embedded media is shown by.
    label: Option<String>,
    /// Its number has been written.
    marked: bool,
}

/// The table that is being written.
struct Table {
    /// Open elements outside of it.
    base: usize,
    /// For each column, how many rows a cell above still reaches into.
    covered: Vec<usize>,
    /// Of the next cell.
    column: usize,
    row: usize,
    cells: Vec<stack::Cell>,
    /// The document's text so far; the table has its own.
    outside: String,
}

struct Writer<'a> {
    words: &'a Words<'a>,
    document: Document,
    stack: Vec<Open>,
    flattened: usize,
    anchor: Option<Anchor>,
    numbers: HashMap<String, u32>,
    table: Option<Table>,
    /// What digits are written as inside of raised or lowered text.
    raised: Option<&'static str>,
}

impl<'a> Writer<'_> {
    fn token(&mut self, token: Token<'a>, tokens: &mut Tokens<'a>) {
        match token {
            Token::Text(raw) => self.text(raw),
            Token::Start(tag) => match rule(tag.name) {
                Rule::Keep(name) => self.start(name, tag, tokens),
                Rule::Void("img") if is_beacon(tag.sides()) => {}
                Rule::Void("img") => self.image(tag),
                Rule::Void("hr") => self.line_of(RULE),
                Rule::Void(_) => self.put("<br>"),
                Rule::DropRaw | Rule::Frame => {
                    tokens.skip_raw(tag.name);
                }
                _ => {}
            },
            Token::End(name) => {
                if let Rule::Keep(name) = rule(name) {
                    self.end(name);
                }
            }
            Token::Other => {}
        }
    }

    fn put(&mut self, html: &str) {
        self.document.html.push_str(html);
    }

    fn top(&self) -> &'static str {
        self.stack.last().map_or("", |open| open.name)
    }

    /// How many open elements an end tag must leave alone.
    fn base(&self) -> usize {
        self.table.as_ref().map_or(0, |table| table.base)
    }

    fn open_element(&mut self, name: &'static str, start: &str, end: impl Into<Cow<'static, str>>) {
        self.put(start);
        self.stack.push(Open { name, end: end.into() });
    }

    fn line_of(&mut self, mark: char) {
        let html = if self.table.is_some() { "<br>".to_owned() } else { format!("<p>{mark}</p>") };
        self.put(&html);
    }

    fn text(&mut self, raw: &str) {
        let decoded = entity::decode(raw);
        let text: Cow<'_, str> = if decoded.chars().any(is_dropped) {
            Cow::Owned(decoded.chars().filter(|c| !is_dropped(*c)).collect())
        } else {
            decoded
        };
        let is_blank = text.trim().is_empty();
        if !is_blank {
            self.implied("");
        }
        if let Some(anchor) = &mut self.anchor {
            anchor.has_text |= !is_blank;
            if anchor.is_new
                && let Some(link) = self.document.links.last_mut()
                && link.text.len() < LABEL
            {
                link.text.push_str(&text);
            }
        }
        match self.raised {
            Some(digits) => {
                let set: String = text.chars().map(|c| inline::raised(c, digits)).collect();
                entity::escape_into(&mut self.document.html, &set);
            }
            None => entity::escape_into(&mut self.document.html, &text),
        }
    }

    /// Opens the list item or definition that content of a list must stand in.
    fn implied(&mut self, name: &str) {
        match self.top() {
            "ul" | "ol" if name != "li" => self.open_element("li", "<li>", "</li>"),
            "dl" if !matches!(name, "dt" | "dd") => self.open_element("dd", "<dd>", "</dd>"),
            _ => {}
        }
    }

    fn start(&mut self, name: &'static str, tag: Tag<'a>, tokens: &mut Tokens<'a>) {
        if self.flattened > 0 {
            self.flattened += 1;
            return;
        }
        if self.stack.len() >= DEPTH {
            self.flattened = 1;
            return;
        }
        if is_table_element(name) {
            self.table_element(name, tag, tokens);
            return;
        }
        if self.top() == "dl" && name == "div" {
            return self.open_element("div", "", "");
        }
        if self.top() == "p" && is_block(name) {
            self.close_to(self.stack.len() - 1);
        }
        if matches!(name, "li" | "dt" | "dd") {
            self.end_item(name);
        }
        self.implied(name);
        match name {
            "a" => self.anchor(tag),
            "p" | "div" => self.open_element(name, &format!("<{name}>"), format!("</{name}>")),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "pre" => {
                self.gap();
                self.open_element(name, &format!("<{name}>"), format!("</{name}>"));
            }
            "blockquote" => {
                self.gap();
                self.open_element(name, "<blockquote>", "</blockquote>");
            }
            "ul" => self.list(name, "<ul>"),
            "ol" => {
                let start: i64 = tag.attribute("start").and_then(|n| n.parse().ok()).unwrap_or(1);
                self.list(name, &format!("<ol start=\"{}\">", start.clamp(0, 99_999)));
            }
            "li" => {
                if !matches!(self.top(), "ul" | "ol") {
                    self.list("ul", "<ul>");
                }
                self.open_element("li", "<li>", "</li>");
            }
            "dl" => {
                self.gap();
                self.open_element("dl", "<dl>", "</dl>");
            }
            "dt" | "dd" if self.top() == "dl" => {
                self.open_element(name, &format!("<{name}>"), format!("</{name}>"));
            }
            "b" | "strong" | "mark" => self.open_element(name, "<b>", "</b>"),
            "em" | "i" | "cite" | "dfn" | "var" => self.open_element(name, "<i>", "</i>"),
            "s" | "del" => self.open_element(name, "<s>", "</s>"),
            "code" | "kbd" | "samp" => self.open_element(name, "<code>", "</code>"),
            "figure" | "details" => {
                self.gap();
                self.open_element(name, "<div>", "</div>");
            }
            "figcaption" => self.open_element(name, "<div><i>", "</i></div>"),
            "summary" => self.open_element(name, "<div>▾ <b>", "</b></div>"),
            "q" => self.open_element(name, "\u{201c}", "\u{201d}"),
            "rt" => self.open_element(name, "(", ")"),
            // The brackets are ours.
            "rp" => skip_to_end("rp", tokens),
            "sup" | "sub" => self.raise(name, tokens),
            _ => self.open_element(name, "", ""),
        }
    }

    /// Ends what is still open in the list that an item of that name belongs to.
    fn end_item(&mut self, name: &str) {
        let scope = self
            .stack
            .iter()
            .rposition(|open| matches!(open.name, "ul" | "ol" | "dl" | "blockquote" | "td" | "th" | "table"));
        if let Some(at) = scope.filter(|at| *at >= self.base()) {
            let list = self.stack.get(at).map_or("", |open| open.name);
            if (name == "li" && matches!(list, "ul" | "ol")) || (name != "li" && list == "dl") {
                self.close_to(at + 1);
            }
        }
    }

    /// An empty line before a block, which html2text leaves out before lists and quotes. Not in a table or inside a
    /// list, which are tight.
    fn gap(&mut self) {
        let is_tight = self.table.is_some() || self.stack.iter().any(|open| matches!(open.name, "li" | "dd"));
        if !is_tight {
            self.line_of(GAP);
        }
    }

    fn list(&mut self, name: &'static str, start: &str) {
        self.gap();
        let end = if name == "ul" { "</ul>" } else { "</ol>" };
        self.open_element(name, start, end);
    }

    fn end(&mut self, name: &'static str) {
        if self.flattened > 0 {
            self.flattened -= 1;
            return;
        }
        if name == "table" && self.table.is_some() {
            return self.end_table();
        }
        let base = self.base();
        let found = self.stack.iter().rposition(|open| open.name == name);
        if let Some(at) = found.filter(|at| *at >= base) {
            self.close_to(at);
            if is_block(name) && !matches!(name, "p" | "div" | "li" | "dt" | "dd" | "td" | "th" | "tr") {
                self.gap();
            }
        }
    }

    fn close_to(&mut self, depth: usize) {
        while self.stack.len() > depth {
            // The number of a link belongs to its text, not on a line of its own behind it.
            if self.stack.last().is_some_and(|open| open.name == "a" || is_block(open.name)) {
                self.mark_anchor();
            }
            let Some(open) = self.stack.pop() else { return };
            if matches!(open.name, "td" | "th") {
                self.end_cell();
            }
            self.put(&open.end);
            match open.name {
                "a" => self.forget_anchor(),
                "sup" | "sub" => self.raised = None,
                _ => {}
            }
            if self.table.as_ref().is_some_and(|table| table.base > self.stack.len()) {
                self.finish_table();
            }
        }
    }
}

/// Characters that never come through: unsafe ones, soft hyphens, and those that serve as marks here.
fn is_dropped(c: char) -> bool {
    (scrub::is_unsafe(c) && c != '\n' && c != '\t') || matches!(c, '\u{ad}' | '\u{e000}'..='\u{e00f}')
}

fn is_table_element(name: &str) -> bool {
    matches!(name, "table" | "caption" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th")
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "pre"
            | "blockquote"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "figure"
            | "figcaption"
            | "details"
            | "summary"
            | "table"
            | "tr"
            | "td"
            | "th"
    )
}

fn skip_to_end(name: &str, tokens: &mut Tokens<'_>) {
    for token in tokens {
        if matches!(token, Token::End(end) if end.eq_ignore_ascii_case(name)) {
            return;
        }
    }
}
