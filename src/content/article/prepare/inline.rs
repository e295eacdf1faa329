//! Links, images and raised text.

use std::fmt::Write as _;

use crate::model::article::{Image, Link};
use crate::model::{link, scrub};

use super::super::super::markup::{Tag, Token, Tokens};
use super::super::super::{address, entity, pixel, text};
use super::{Anchor, LABEL, Writer, is_dropped};

impl<'a> Writer<'_> {
    pub(super) fn anchor(&mut self, tag: Tag<'_>) {
        if let Some(at) = self.stack.iter().rposition(|open| open.name == "a") {
            if at < self.base() {
                return self.open_element("", "", "");
            }
            self.close_to(at);
        }
        let url = entity::decode(tag.attribute("href").unwrap_or_default());
        let target = scrub::line(&url);
        let url = link::without_tracking(&target).into_owned();
        if url.is_empty() || url.starts_with('#') {
            return self.open_element("", "", "");
        }
        // Other titles say something about the link, and a link without text that has one is a mark in the margin.
        let title = entity::decode(tag.attribute("title").unwrap_or_default()).into_owned();
        let label = Some(title).filter(|title| title == address::label(&target));
        let known = self.numbers.get(&url).copied();
        let number = known.unwrap_or_else(|| {
            self.document.links.push(Link { url: url.clone(), text: String::new() });
            self.document.links.len() as u32
        });
        self.numbers.insert(url, number);
        self.anchor = Some(Anchor { number, is_new: known.is_none(), has_text: false, label, marked: false });
        self.open_element("a", &format!("<a href=\"{number}\">"), "</a>");
    }

    pub(super) fn mark_anchor(&mut self) {
        let is_bare = |anchor: &&mut Anchor| !anchor.has_text;
        if let Some(label) = self.anchor.as_mut().filter(is_bare).and_then(|anchor| anchor.label.take()) {
            self.text(&label);
        }
        if let Some(anchor) = &mut self.anchor
            && anchor.has_text
            && !anchor.marked
        {
            anchor.marked = true;
            let mark = format!("[{}]", anchor.number);
            self.put(&mark);
        }
    }

    pub(super) fn forget_anchor(&mut self) {
        let Some(anchor) = self.anchor.take() else {
            return;
        };
        if !anchor.is_new {
            return;
        }
        if anchor.has_text {
            if let Some(link) = self.document.links.last_mut() {
                link.text = scrub::line(&link.text).into_owned();
            }
        } else if let Some(link) = self.document.links.pop() {
            // Nothing to follow it by.
            self.numbers.remove(&link.url);
        }
    }

    pub(super) fn image(&mut self, tag: Tag<'_>) {
        self.implied("img");
        let value = |name: &str| {
            let text = entity::decode(tag.attribute(name).unwrap_or_default()).into_owned();
            let text: String = text.chars().filter(|c| !is_dropped(*c)).collect();
            scrub::line(&text).into_owned()
        };
        let url = value("src");
        if url.is_empty() || pixel::is_pixel(&url) {
            return;
        }
        let mut alt = value("alt");
        if alt.is_empty() {
            alt = value("title");
        }
        alt.truncate(text::head(&alt, LABEL).len());
        let word = self.words.image;
        let label = if alt.is_empty() { format!("[{word}]") } else { format!("[{word}: {alt}]") };
        self.document.images.push(Image { url, alt: alt.clone() });
        let number = self.document.images.len();
        let _ = write!(self.document.html, "<img src=\"{number}\" alt=\"");
        entity::escape_into(&mut self.document.html, &label);
        self.put("\">");
        if let Some(anchor) = &mut self.anchor {
            anchor.has_text = true;
            if anchor.is_new
                && let Some(link) = self.document.links.last_mut()
                && link.text.is_empty()
            {
                link.text = alt;
            }
        }
    }

    /// `x²` and `H₂O` keep their meaning without a second line; ordinals (`1st`) and signs (`™`) need none.
    pub(super) fn raise(&mut self, name: &'static str, tokens: &Tokens<'a>) {
        let text = text_ahead(name, tokens.clone());
        let (digits, sign) = if name == "sup" { (SUPERSCRIPT, "^") } else { (SUBSCRIPT, "_") };
        let is_glued = self.document.html.chars().last().is_some_and(char::is_alphanumeric);
        if !text.is_empty() && text.chars().all(|c| raised(c, digits) != c) {
            self.raised = Some(digits);
            self.open_element(name, "", "");
        } else if !is_glued || text.is_empty() || is_ordinal(&text) {
            self.open_element(name, "", "");
        } else if text.chars().count() == 1 || sign == "_" && text.chars().all(char::is_alphanumeric) {
            self.open_element(name, sign, "");
        } else {
            self.open_element(name, if sign == "^" { "^(" } else { "_(" }, ")");
        }
    }
}

/// `0` to `9`, `+`, `-`, `=`, `(`, `)`.
const SUPERSCRIPT: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾";
const SUBSCRIPT: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎";
/// More is no exponent.
const RAISED: usize = 40;

/// The character as it is written in `set`; itself where there is no such form.
pub(super) fn raised(c: char, set: &str) -> char {
    let at = match c {
        '0'..='9' => c as usize - '0' as usize,
        '+' => 10,
        '-' | '−' | '–' => 11,
        '=' => 12,
        '(' => 13,
        ')' => 14,
        _ => return c,
    };
    set.chars().nth(at).unwrap_or(c)
}

/// The text up to the end of the element that has begun; empty when that is too far away.
fn text_ahead(name: &str, tokens: Tokens<'_>) -> String {
    let mut text = String::new();
    for token in tokens.take(8) {
        match token {
            Token::Text(raw) => text.push_str(&entity::decode(raw)),
            Token::End(end) if end.eq_ignore_ascii_case(name) => return text.trim().to_owned(),
            _ => {}
        }
        if text.len() > RAISED {
            break;
        }
    }
    String::new()
}

/// What is raised for looks: endings of ordinals, `®`, a reference in brackets, a star.
fn is_ordinal(text: &str) -> bool {
    let lower = text.to_lowercase();
    text.starts_with(['[', '(', '*', '†', '‡'])
        || text.chars().all(|c| matches!(c, '®' | '™' | '©' | '℠' | '°' | 'º' | 'ª'))
        || matches!(
            lower.as_str(),
            "st" | "nd"
                | "rd"
                | "th"
                | "er"
                | "re"
                | "e"
                | "è"
                | "me"
                | "ème"
                | "o"
                | "a"
                | "os"
                | "as"
                | "tm"
                | "sm"
                | "de"
                | "te"
        )
}
