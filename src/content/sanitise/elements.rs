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

    /// Whether it is the tag of an element: HTML knows the name, or it has the form that tags of other vocabularies have, or
    /// there is an end to it. `git <command>` has none of that.
    pub(in crate::content) fn has(&self, tag: &Tag<'_>) -> bool {
        let looks_like_one =
            || tag.is_closed() || is_foreign(tag.name) || tag.attributes().any(|attribute| attribute.quoted);
        rule(tag.name) != Rule::Unwrap
            || is_left_open(tag.name)
            || is_name(tag.name) && (looks_like_one() || self.has_end(tag.name))
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

/// Elements of HTML whose tags go and whose content stays, and that are written without an end, rightly or not.
pub(in crate::content) fn is_left_open(name: &str) -> bool {
    const OPEN: [&str; 13] = [
        "span", "font", "big", "html", "body", "option", "optgroup", "colgroup", "rb", "rtc", "nobr", "spacer",
        "nextid",
    ];
    OPEN.iter().any(|known| name.eq_ignore_ascii_case(known))
}

fn is_name(name: &str) -> bool {
    name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':' | b'_' | b'.')) && !name.ends_with(':')
}

/// `o:p`, `amp-img`.
fn is_foreign(name: &str) -> bool {
    name.contains([':', '-'])
}
