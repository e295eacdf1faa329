//! Which of the things in angle brackets are tags. `x<y and z>w`, `Vec<String>` and `<ann@example.org>` are text, and so
//! is the `<div>` of a title about HTML.

use std::cell::OnceCell;
use std::collections::HashSet;

use super::super::markup::{Tag, Token, Tokens};
use super::rules::{Rule, rule};

/// The elements of one text.
pub(in crate::content) struct Elements<'a> {
    html: &'a str,
    ends: OnceCell<HashSet<String>>,
}

impl<'a> Elements<'a> {
    pub(in crate::content) fn of(html: &'a str) -> Self {
        Self { html, ends: OnceCell::new() }
    }

    /// Whether it is the tag of an element: HTML knows the name, or it has the form that names of other vocabularies have,
    /// or there is an end to it.
    pub(in crate::content) fn has(&self, tag: &Tag<'_>) -> bool {
        rule(tag.name) != Rule::Unwrap
            || is_known(tag.name)
            || is_name(tag.name) && (tag.is_closed() || is_foreign(tag.name) || self.has_end(tag.name))
    }

    /// Whether any end tag has that name.
    pub(in crate::content) fn has_end(&self, name: &str) -> bool {
        let ends = self.ends.get_or_init(|| {
            let names = Tokens::new(self.html).filter_map(|token| match token {
                Token::End(name) => Some(name.to_ascii_lowercase()),
                _ => None,
            });
            names.collect()
        });
        ends.contains(&name.to_ascii_lowercase())
    }
}

/// Elements of HTML, of today and of old, whose tags go and whose content stays.
pub(super) fn is_known(name: &str) -> bool {
    const KNOWN: [&str; 42] = [
        "span",
        "font",
        "big",
        "time",
        "label",
        "form",
        "picture",
        "html",
        "body",
        "noscript",
        "colgroup",
        "option",
        "optgroup",
        "legend",
        "nobr",
        "bdi",
        "bdo",
        "data",
        "output",
        "meter",
        "progress",
        "map",
        "rb",
        "rtc",
        "slot",
        "search",
        "blink",
        "marquee",
        "spacer",
        "layer",
        "ilayer",
        "applet",
        "multicol",
        "nextid",
        "isindex",
        "plaintext",
        "portal",
        "menuitem",
        "command",
        "content",
        "shadow",
        "nolayer",
    ];
    KNOWN.iter().any(|known| name.eq_ignore_ascii_case(known))
}

fn is_name(name: &str) -> bool {
    name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':' | b'_' | b'.')) && !name.ends_with(':')
}

/// `o:p`, `amp-img`.
fn is_foreign(name: &str) -> bool {
    name.contains([':', '-'])
}
