//! JSON Feed 1.0 and 1.1 (jsonfeed.org), with every field optional: most of them are, and the rest are missing too.

use serde_json::{Map, Value};
use url::Url;

use crate::model::entry::{Enclosure, FeedDraft};
use crate::model::feed::FeedFacts;
use crate::model::ledger::Dropped;

use super::super::{address, date, language};
use super::draft::{self, Body, Raw};
use super::{MOST_ITEMS, ParseError};

pub(super) fn parse(document: &str, base: &Url) -> Result<FeedDraft, ParseError> {
    let not_a_feed = || ParseError::NotAFeed { what: "a JSON document".to_owned() };
    let value: Value = serde_json::from_str(document).map_err(|error| {
        // A document that breaks off is a feed all the same if it says so.
        if document.contains("jsonfeed.org/version/") {
            ParseError::Malformed { detail: error.to_string() }
        } else {
            not_a_feed()
        }
    })?;
    let feed = value.as_object().ok_or_else(not_a_feed)?;
    let items = feed.get("items").and_then(Value::as_array);
    let is_declared = text(feed, "version").is_some_and(|version| version.contains("jsonfeed.org"));
    let items = match items {
        Some(items) if is_declared || feed.contains_key("title") => items,
        None if is_declared => &Vec::new(),
        _ => return Err(not_a_feed()),
    };
    let home = resource(feed, "home_page_url", base);
    let bodies_base = home.as_deref().and_then(|home| Url::parse(home).ok());
    let bodies_base = bodies_base.as_ref().unwrap_or(base);
    let authors = authors(feed);
    let facts = FeedFacts {
        title: text(feed, "title").map(|t| draft::plain_line(&t)).unwrap_or_default(),
        description: text(feed, "description").map(|t| draft::plain_line(&t)),
        language: text(feed, "language").as_deref().and_then(language::declared),
        icon: resource(feed, "favicon", base).or_else(|| resource(feed, "icon", base)),
        home,
        authors: authors.clone(),
        ttl: None,
        quiet: crate::model::feed::Quiet::default(),
        is_local: false,
    };
    let dropped = Dropped {
        empty: items.iter().take(MOST_ITEMS).filter(|item| !item.is_object()).count() as u64,
        over_limit: items.len().saturating_sub(MOST_ITEMS) as u64,
        ..Dropped::default()
    };
    let entries = items
        .iter()
        .take(MOST_ITEMS)
        .filter_map(Value::as_object)
        .map(|item| draft::draft(raw(item, &authors, bodies_base), bodies_base))
        .collect();
    let declared = text(feed, "language").map(|tag| draft::line(&tag, false));
    Ok(FeedDraft { facts, entries, language: declared, repairs: Vec::new(), dropped, is_cut_off: false })
}

fn raw(item: &Map<String, Value>, feed_authors: &[String], base: &Url) -> Raw {
    let link =
        |name: &str| text(item, name).and_then(|url| address::link(&url, base).map(std::borrow::Cow::into_owned));
    let guid = text(item, "id");
    let external_url = link("external_url");
    let url = link("url").or_else(|| guid.clone().filter(|id| address::is_http(id))).or_else(|| external_url.clone());
    let mut names = authors(item);
    if names.is_empty() {
        names = feed_authors.to_vec();
    }
    let body = |name: &str, html: bool| text(item, name).map(|text| Body { text, html });
    let html = body("content_html", true);
    // Where both are given they are the same text twice.
    let content = html.or_else(|| body("content_text", false));
    Raw {
        external_url: external_url.filter(|external| Some(external) != url.as_ref()),
        guid,
        url,
        title: text(item, "title").map(|title| draft::line(&title, false)),
        authors: names,
        published: text(item, "date_published").as_deref().and_then(date::parse),
        updated: text(item, "date_modified").as_deref().and_then(date::parse),
        bodies: content.into_iter().chain(body("summary", false)).collect(),
        language: text(item, "language"),
        thumbnails: ["image", "banner_image"].iter().filter_map(|name| resource(item, name, base)).collect(),
        categories: list(item, "tags").iter().filter_map(|tag| tag.as_str().map(str::to_owned)).collect(),
        enclosures: list(item, "attachments").iter().filter_map(Value::as_object).filter_map(enclosure).collect(),
    }
}

fn enclosure(attachment: &Map<String, Value>) -> Option<Enclosure> {
    Some(Enclosure {
        url: text(attachment, "url")?,
        mime_type: text(attachment, "mime_type"),
        title: text(attachment, "title"),
        size: number(attachment, "size_in_bytes"),
        duration: number(attachment, "duration_in_seconds"),
    })
}

fn authors(owner: &Map<String, Value>) -> Vec<String> {
    let mut names = Vec::new();
    for author in list(owner, "authors").iter().chain(owner.get("author")) {
        let name = author.get("name").unwrap_or(author);
        if let Some(name) = name.as_str() {
            draft::author_into(&mut names, name);
        }
    }
    names
}

/// A text, or a number in its place; not empty.
fn text(owner: &Map<String, Value>, name: &str) -> Option<String> {
    match owner.get(name)? {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A number above zero, or its digits in its place.
fn number(owner: &Map<String, Value>, name: &str) -> Option<u64> {
    let value = owner.get(name)?;
    let number = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())?;
    (1.0..1e15).contains(&number).then_some(number as u64)
}

fn list<'a>(owner: &'a Map<String, Value>, name: &str) -> &'a [Value] {
    owner.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn resource(owner: &Map<String, Value>, name: &str, base: &Url) -> Option<String> {
    let url = text(owner, name)?;
    address::resource(&url, base).map(std::borrow::Cow::into_owned)
}
