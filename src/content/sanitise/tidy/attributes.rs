//! Which attributes of an element stay, and how.

use std::borrow::Cow;

use crate::model::scrub;

use super::super::super::markup::{Attribute, Tag};
use super::super::super::{address, entity};
use super::super::rules::{self, Value};
use super::Tidy;

/// How the tag of a kept element is written.
pub(super) enum Written {
    Verbatim,
    With(String),
    /// Without its purpose: an image without an address, a link without a target.
    Pointless,
}

impl<'a> Tidy<'a, '_> {
    /// `raw` is the tag as it stands.
    pub(super) fn written(&self, element: &str, tag: Tag<'a>, raw: &str) -> Written {
        let is_control = |b: u8| b.is_ascii_control() && !matches!(b, b'\n' | b'\t');
        let is_copied = tag.name == element && !raw.bytes().any(is_control);
        if tag.attributes().next().is_none() {
            return match element {
                "a" | "img" => Written::Pointless,
                _ if is_copied => Written::Verbatim,
                _ => Written::With(String::new()),
            };
        }
        let target = match element {
            "a" => "href",
            "img" => "src",
            _ => "",
        };
        let mut verbatim = true;
        let mut has_target = target.is_empty();
        for attribute in tag.attributes() {
            let stays = Self::stays(element, &attribute);
            has_target |= stays && attribute.name == target;
            verbatim &= stays;
        }
        if verbatim && has_target && is_copied {
            return Written::Verbatim;
        }
        self.rewritten(element, target, tag)
    }

    /// Whether the attribute may stand as it is written.
    fn stays(element: &str, attribute: &Attribute<'_>) -> bool {
        let Some(kind) = rules::attribute(element, attribute.name) else {
            return false;
        };
        let value = attribute.value;
        attribute.quoted
            && match kind {
                Value::Link | Value::Resource => address::is_plain(value) && has_only_amp(value),
                Value::Text => {
                    !value.chars().any(|c| matches!(c, '&' | '<' | '>' | '\t' | '\n') || scrub::is_unsafe(c))
                }
                Value::Number => number(value) == Some(value),
                Value::Language => language(value) == Some(value),
            }
    }

    fn rewritten(&self, element: &str, target: &str, tag: Tag<'a>) -> Written {
        let mut attributes = String::new();
        let mut seen: Vec<&'static str> = Vec::new();
        if element == "img" {
            let Some(source) = self.image_source(tag) else {
                return Written::Pointless;
            };
            attribute_into(&mut attributes, "src", &source);
            seen.push("src");
        }
        for raw in tag.attributes() {
            let lower = raw.name.to_ascii_lowercase();
            let Some((name, kind)) = rules::ATTRIBUTES
                .iter()
                .chain(&rules::MORE_ATTRIBUTES)
                .find(|(owner, name, _)| *owner == element && *name == lower)
                .map(|(_, name, kind)| (*name, *kind))
            else {
                continue;
            };
            if seen.contains(&name) {
                continue;
            }
            let value = entity::decode(raw.value);
            let kept = match kind {
                Value::Link => address::link(&value, self.base),
                Value::Resource => address::resource(&value, self.base),
                Value::Text => Some(scrub::line(&value)).filter(|text| !text.is_empty()),
                Value::Number => number(&value).map(Cow::Borrowed),
                Value::Language => language(&value).map(Cow::Borrowed),
            };
            if let Some(value) = kept {
                attribute_into(&mut attributes, name, &value);
                seen.push(name);
            }
        }
        if target.is_empty() || seen.contains(&target) { Written::With(attributes) } else { Written::Pointless }
    }

    /// The address of an image, also where a script was to fill it in later.
    fn image_source(&self, tag: Tag<'a>) -> Option<String> {
        ["src", "data-src", "data-lazy-src", "data-original", "data-srcset", "srcset"].iter().find_map(|name| {
            let value = entity::decode(tag.attribute(name)?);
            let value =
                if name.ends_with("srcset") { value.split([' ', ',']).find(|part| !part.is_empty())? } else { &value };
            address::resource(value, self.base).map(Cow::into_owned)
        })
    }
}

fn has_only_amp(value: &str) -> bool {
    let mut rest = value;
    while let Some((_, tail)) = rest.split_once('&') {
        let Some(after) = tail.strip_prefix("amp;") else {
            return false;
        };
        rest = after;
    }
    true
}

fn number(value: &str) -> Option<&str> {
    let digits = value.trim();
    let digits = digits.strip_suffix("px").unwrap_or(digits);
    ((1..=5).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

fn language(value: &str) -> Option<&str> {
    value.split_ascii_whitespace().find(|class| {
        class.strip_prefix("language-").is_some_and(|name| {
            (1..=32).contains(&name.len())
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'#' | b'_'))
        })
    })
}

fn attribute_into(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    entity::escape_into(out, value);
    out.push('"');
}
