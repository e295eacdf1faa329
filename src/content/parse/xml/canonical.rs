//! The one form that every dialect is brought to: Atom 1.0, as feed-rs reads it without a stumble. Writes only what
//! `fact` and `item` have understood; addresses are absolute already.

use super::super::super::entity;
use super::value::Value;

/// The relation of a link to a picture of its item, within the canonical form only.
pub(super) const IMAGE: &str = "image";

/// The relation of a link to the address that stands before the page of its item, within the canonical form only.
pub(super) const ELSEWHERE: &str = "via";

#[derive(Debug, Default)]
pub(super) struct Person {
    pub name: Option<String>,
    pub email: Option<String>,
}

#[derive(Debug, Default)]
pub(super) struct Attached {
    pub url: String,
    pub mime_type: Option<String>,
    pub title: Option<String>,
    pub size: Option<u64>,
    pub duration: Option<u64>,
}

/// A document under construction.
pub(super) struct Canonical {
    xml: String,
    root: &'static str,
}

impl Canonical {
    pub(super) fn new(root: &'static str, language: Option<&str>, capacity: usize) -> Self {
        let mut new = Self { xml: String::with_capacity(capacity + 256), root };
        new.xml.push('<');
        new.xml.push_str(root);
        new.xml.push_str(" xmlns=\"http://www.w3.org/2005/Atom\" xmlns:media=\"http://search.yahoo.com/mrss/\"");
        new.attribute("xml:lang", language);
        new.xml.push('>');
        new
    }

    fn attribute(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.xml.push(' ');
            self.xml.push_str(name);
            self.xml.push_str("=\"");
            entity::escape_into(&mut self.xml, value);
            self.xml.push('"');
        }
    }

    pub(super) fn text(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            self.open(name, &[]);
            self.cdata(value);
            self.close(name);
        }
    }

    /// A title or the like with its type.
    pub(super) fn rich(&mut self, name: &str, value: &Value) {
        let kind = if value.html { "html" } else { "text" };
        self.open(name, &[("type", Some(kind))]);
        self.cdata(&value.text);
        self.close(name);
    }

    /// What is to be known of the text that goes beside it: `base` is what relative addresses in it refer to.
    pub(super) fn content(&mut self, base: Option<&str>, language: Option<&str>) {
        if base.is_some() || language.is_some() {
            self.open("content", &[("type", Some("text")), ("xml:base", base), ("xml:lang", language)]);
            self.cdata(" ");
            self.close("content");
        }
    }

    pub(super) fn person(&mut self, person: &Person) {
        self.open("author", &[]);
        self.text("name", person.name.as_deref());
        self.text("email", person.email.as_deref());
        self.close("author");
    }

    pub(super) fn category(&mut self, term: &str) {
        self.empty("category", &[("term", Some(term))]);
    }

    pub(super) fn page(&mut self, url: Option<&str>) {
        if url.is_some() {
            self.empty("link", &[("rel", Some("alternate")), ("href", url)]);
        }
    }

    pub(super) fn icon(&mut self, url: Option<&str>) {
        self.text("icon", url);
    }

    pub(super) fn attached(&mut self, file: &Attached) {
        let size = file.size.map(|size| size.to_string());
        self.empty(
            "link",
            &[
                ("rel", Some("enclosure")),
                ("href", Some(&file.url)),
                ("type", file.mime_type.as_deref()),
                ("title", file.title.as_deref()),
                ("length", size.as_deref()),
            ],
        );
        // Atom has no word for it.
        if let Some(duration) = file.duration {
            self.empty("media:content", &[("url", Some(&file.url)), ("duration", Some(&duration.to_string()))]);
        }
    }

    /// A picture for the item: feed-rs keeps a thumbnail only beside some content.
    pub(super) fn image(&mut self, url: &str) {
        self.empty("link", &[("rel", Some(IMAGE)), ("href", Some(url))]);
    }

    /// An address that leads to the page by way of another host.
    pub(super) fn elsewhere(&mut self, url: &str) {
        self.empty("link", &[("rel", Some(ELSEWHERE)), ("href", Some(url))]);
    }

    pub(super) fn finish(mut self) -> String {
        let root = self.root;
        self.close(root);
        self.xml
    }

    fn open(&mut self, name: &str, attributes: &[(&str, Option<&str>)]) {
        self.xml.push('<');
        self.xml.push_str(name);
        for (name, value) in attributes {
            self.attribute(name, *value);
        }
        self.xml.push('>');
    }

    fn close(&mut self, name: &str) {
        self.xml.push_str("</");
        self.xml.push_str(name);
        self.xml.push('>');
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, Option<&str>)]) {
        self.open(name, attributes);
        self.close(name);
    }

    fn cdata(&mut self, text: &str) {
        self.xml.push_str("<![CDATA[");
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("]]>") {
            self.xml.push_str(before);
            self.xml.push_str("]]]]><![CDATA[>");
            rest = after;
        }
        self.xml.push_str(rest);
        self.xml.push_str("]]>");
    }
}
