//! What an element says: as plain text, or as HTML, whichever way its publisher has wrapped it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::super::super::entity;
use super::super::super::text;
use super::super::mojibake::Mender;
use super::super::{IS_CUT, LONGEST_TEXT, Stop};
use super::entities::Entities;
use super::names::Space;
use super::notes::Notes;
use super::tree::{Element, Node};

/// A text and what it is to be taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    pub text: String,
    pub html: bool,
}

/// Reads the values of one document.
pub(super) struct Reader<'a> {
    pub entities: Entities<'a>,
    pub notes: &'a Notes,
    pub mender: &'a Mender,
    pub stop: &'a Stop<'a>,
}

impl Reader<'_> {
    /// The text of an element and everything in it, trimmed; `None` where it says nothing.
    pub(super) fn text(&self, element: &Element<'_>) -> Option<String> {
        let mut text = String::new();
        self.text_into(&mut text, element);
        let text = self.finished(text);
        let trimmed = text.trim();
        match trimmed.len() {
            0 => None,
            length if length == text.len() => Some(text),
            _ => Some(trimmed.to_owned()),
        }
    }

    /// As [`Self::text`], but of what stands in the element itself, where there is such a thing.
    pub(super) fn own_text(&self, element: &Element<'_>) -> Option<String> {
        let mut text = String::new();
        for node in &element.children {
            match node {
                Node::Text(raw) => self.entities.decode_into(&mut text, raw, self.notes),
                Node::Cdata(own) => text.push_str(own),
                Node::Element(_) => {}
            }
        }
        let text = self.finished(text);
        Some(text.trim()).filter(|own| !own.is_empty()).map(str::to_owned).or_else(|| self.text(element))
    }

    fn text_into(&self, out: &mut String, element: &Element<'_>) {
        for node in &element.children {
            match node {
                Node::Text(raw) => self.entities.decode_into(out, raw, self.notes),
                Node::Cdata(text) => out.push_str(text),
                Node::Element(inner) => self.text_into(out, inner),
            }
        }
    }

    /// The text of an element that may hold markup: by what it says of its type, and where it says nothing, as
    /// `html` says. `None` where it says nothing or holds no text (a picture in base64).
    pub(super) fn rich(&self, element: &Element<'_>, html: bool) -> Option<Value> {
        let stated = element.attribute("type").unwrap_or_default().to_ascii_lowercase();
        let kind = stated.split(';').next().unwrap_or_default().trim();
        let mode = element.attribute("mode").unwrap_or_default().to_ascii_lowercase();
        if mode == "base64" || is_binary(kind) {
            return self.unpacked(element, kind, html);
        }
        let is_markup = kind.ends_with("html") || kind.ends_with("xml");
        if mode != "escaped" && element.elements().next().is_some() {
            let written = self.written_within(element).filter(|_| kind == "html");
            return self.value(written.unwrap_or_else(|| self.markup(element)), true);
        }
        let text = self.text(element)?;
        if kind.contains("xhtml") && mode != "escaped" {
            // Text within XML, not markup written as text.
            let html = self.markup(element);
            return self.value(html, true);
        }
        self.value(text, is_markup || kind.is_empty() && html)
    }

    fn unpacked(&self, element: &Element<'_>, kind: &str, html: bool) -> Option<Value> {
        let packed: Vec<u8> = self.text(element)?.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
        let text = String::from_utf8(STANDARD.decode(packed).ok()?).ok()?;
        self.value(text, kind.ends_with("html") || kind.ends_with("xml") || kind.is_empty() && html)
    }

    fn value(&self, text: String, html: bool) -> Option<Value> {
        let text = self.finished(text);
        (!text.trim().is_empty()).then_some(Value { text, html })
    }

    /// The HTML that stands as text within the one `div` of an element: of its two forms Atom allows either, not both.
    fn written_within(&self, element: &Element<'_>) -> Option<String> {
        let wrapper = wrapper(element)?;
        let text = wrapper.elements().next().is_none().then(|| self.text(wrapper)).flatten()?;
        (text.contains("</") || text.contains("/>")).then_some(text)
    }

    /// The children of an element as HTML, without the one `div` that Atom wraps them in (RFC 4287 § 3.1.1.3).
    fn markup(&self, element: &Element<'_>) -> String {
        let mut html = String::new();
        let element = wrapper(element).unwrap_or(element);
        for node in &element.children {
            self.markup_into(&mut html, node);
        }
        html
    }

    fn markup_into(&self, out: &mut String, node: &Node<'_>) {
        match node {
            Node::Text(raw) => {
                let mut text = String::with_capacity(raw.len());
                self.entities.decode_into(&mut text, raw, self.notes);
                entity::escape_into(out, &text);
            }
            Node::Cdata(text) => entity::escape_into(out, text),
            Node::Element(element) => {
                out.push('<');
                out.push_str(&element.name);
                for attribute in element.attributes().filter(|attribute| !attribute.name.starts_with("xmlns")) {
                    let mut value = String::new();
                    self.entities.decode_into(&mut value, attribute.value, self.notes);
                    if let (Some(base), true) = (&element.base, matches!(attribute.name, "href" | "src")) {
                        // Its own base is lost with the elements around it.
                        value = base.join(value.trim()).map_or(value, String::from);
                    }
                    out.push(' ');
                    out.push_str(attribute.name);
                    out.push_str("=\"");
                    entity::escape_into(out, &value);
                    out.push('"');
                }
                out.push('>');
                if element.children.is_empty() && is_void(&element.name) {
                    return;
                }
                for node in &element.children {
                    self.markup_into(out, node);
                }
                out.push_str("</");
                out.push_str(&element.name);
                out.push('>');
            }
        }
    }

    /// Within its limit, and with an old accident undone.
    fn finished(&self, text: String) -> String {
        let mut text = self.mender.mended(unwrapped(text));
        if text.len() > LONGEST_TEXT {
            self.notes.left_out(IS_CUT);
            text.truncate(text::head(&text, LONGEST_TEXT).len());
        }
        text
    }
}

/// Without the signs of a CDATA section around it, which some programs escape with all the rest.
fn unwrapped(text: String) -> String {
    let inner = || text.trim().strip_prefix("<![CDATA[")?.strip_suffix("]]>");
    match inner() {
        Some(inner) => inner.to_owned(),
        None => text,
    }
}

/// The `div` that is all there is in an element.
fn wrapper<'e, 'a>(element: &'e Element<'a>) -> Option<&'e Element<'a>> {
    let is_alone = element.children.iter().all(|node| match node {
        Node::Text(text) | Node::Cdata(text) => text.trim().is_empty(),
        Node::Element(_) => true,
    }) && element.elements().count() == 1;
    element.elements().next().filter(|inner| is_alone && inner.name == "div")
}

/// Whether the content is something packed in base64 by its type (RFC 4287 § 4.1.3.3).
fn is_binary(kind: &str) -> bool {
    kind.contains('/') && !kind.starts_with("text/") && !kind.ends_with("xml") && !kind.ends_with("html")
}

fn is_void(name: &str) -> bool {
    matches!(name, "br" | "img" | "hr" | "input" | "col" | "wbr" | "area" | "embed" | "source" | "track" | "param")
}

/// Whether the element is one that holds the body of an item.
pub(super) fn is_content(element: &Element<'_>) -> bool {
    match element.space {
        Space::Feed => matches!(element.name.as_ref(), "content" | "fullitem" | "body"),
        Space::Content => element.name == "encoded",
        Space::Xhtml => matches!(element.name.as_ref(), "body" | "div"),
        // What publishers give to news portals.
        Space::Other => matches!(element.name.as_ref(), "full-text" | "fulltext"),
        _ => false,
    }
}
