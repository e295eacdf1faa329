//! JSON Feed 1.0 and 1.1 (jsonfeed.org), with every field optional: most of them are, and the rest are missing too.

mod document;
mod mend;

use url::Url;

use crate::model::entry::{Enclosure, FeedDraft};
use crate::model::feed::FeedFacts;
use crate::model::ledger::Dropped;

use super::super::date::{self, Order};
use super::super::{address, language};
use super::draft::{self, Body, Raw};
use super::mojibake::Mender;
use super::{IS_CUT, ParseError, Stop};
use document::{Attachment, Document, Item, Items, Many, Object};
use mend::Ending;

/// By which a text says that it is a feed, whatever is broken in it.
pub(super) const DECLARED: &str = "jsonfeed.org/version/";

pub(super) fn parse(text: &str, base: &Url, mender: &Mender, stop: &Stop<'_>) -> Result<FeedDraft, ParseError> {
    let mut repairs = Vec::new();
    let (document, ending) = document(text, &mut repairs, stop)?;
    stop.check()?;
    let Document { version, home_page_url, description, icon, favicon, items, mut own } = document;
    let resource = |url: Option<String>| {
        let url = url?;
        address::resource(&url, base).map(std::borrow::Cow::into_owned)
    };
    let is_declared = version.is_some_and(|version| version.contains("jsonfeed.org"));
    let items = match items {
        Some(items) if is_declared || own.title.is_some() || items.kept.iter().any(is_article) => items,
        // The only item of the feed, alone.
        None if is_declared && (own.content_html.is_some() || own.content_text.is_some()) => {
            Items { kept: vec![std::mem::take(&mut own)], ..Items::default() }
        }
        None if is_declared => Items::default(),
        _ => return Err(not_a_feed()),
    };
    let home = resource(home_page_url);
    let bodies_base = home.as_deref().and_then(|home| Url::parse(home).ok());
    let bodies_base = bodies_base.as_ref().unwrap_or(base);
    let authors = names(own.authors);
    let facts = FeedFacts {
        title: own.title.map(|title| draft::plain_line(&title)).unwrap_or_default(),
        description: description.map(|text| draft::plain_line(&text)),
        language: own.language.as_deref().and_then(language::declared),
        icon: resource(icon).or_else(|| resource(favicon)),
        home,
        authors: authors.clone(),
        ttl: None,
        quiet: crate::model::feed::Quiet::default(),
        is_local: false,
    };
    let dropped = Dropped { empty: items.strange, over_limit: items.over_limit, ..Dropped::default() };
    let order = date::order(items.kept.iter().flat_map(dates));
    let mut entries = Vec::with_capacity(items.kept.len());
    let mut is_cut = false;
    for mut item in items.kept {
        stop.check()?;
        is_cut |= item.cut();
        entries.push(draft::draft(raw(item, &authors, order, bodies_base, mender), bodies_base));
    }
    if is_cut {
        repairs.push(format!("left out {IS_CUT}"));
    }
    let declared = own.language.map(|tag| draft::line(&tag, false));
    // A document that is a list of one has a bracket more around its items.
    let around = if text.starts_with('[') { 3 } else { 2 };
    let (is_cut_off, breaks_off) = match ending {
        Ending::Whole => (false, false),
        Ending::Within(depth) => (depth > around, true),
    };
    Ok(FeedDraft { facts, entries, language: declared, repairs, dropped, is_cut_off, breaks_off })
}

/// Whether it can be nothing but an item of a feed, whatever the document says of itself.
fn is_article(item: &Item) -> bool {
    item.content_html.is_some() || item.content_text.is_some() || item.id.is_some() && item.title.is_some()
}

fn not_a_feed() -> ParseError {
    ParseError::NotAFeed { what: "a JSON document".to_owned() }
}

/// The document, mended where it has to be.
fn document(text: &str, repairs: &mut Vec<String>, stop: &Stop<'_>) -> Result<(Document, Ending), ParseError> {
    let error = match read(text) {
        Ok(document) => return Ok((document, Ending::Whole)),
        Err(error) => error,
    };
    // Nobody is helped by mending what is something else.
    if !text.contains(DECLARED) && !text.contains("\"items\"") {
        return Err(not_a_feed());
    }
    stop.check()?;
    let (mended, ending) = mend::mended(text);
    stop.check()?;
    match read(&mended) {
        Ok(document) => {
            let how = if ending == Ending::Whole { "mended its JSON" } else { "mended its JSON: it breaks off" };
            repairs.push(how.to_owned());
            Ok((document, ending))
        }
        Err(_) if text.contains(DECLARED) => Err(ParseError::Malformed { detail: error.to_string() }),
        Err(_) => Err(not_a_feed()),
    }
}

/// The object, or the first one of a list.
fn read(text: &str) -> serde_json::Result<Document> {
    if text.starts_with('[') {
        let first = serde_json::from_str::<Many<Object<Document>, 1>>(text)?.kept.pop();
        return Ok(first.and_then(|object| object.0).unwrap_or_default());
    }
    Ok(serde_json::from_str::<Object<Document>>(text)?.0.unwrap_or_default())
}

fn dates(item: &Item) -> impl Iterator<Item = &str> {
    item.date_published.as_deref().into_iter().chain(item.date_modified.as_deref())
}

fn raw(item: Item, feed_authors: &[String], order: Option<Order>, base: &Url, mender: &Mender) -> Raw {
    let link = |url: Option<String>| address::link(&url?, base).map(std::borrow::Cow::into_owned);
    let external_url = link(item.external_url);
    let own_url = link(item.url);
    let by_id = || link(item.id.clone().filter(|id| address::is_http(id)));
    let url = own_url.or_else(by_id).or_else(|| external_url.clone());
    let mut authors = names(item.authors);
    if authors.is_empty() {
        authors = feed_authors.to_vec();
    }
    let date = |text: Option<String>| date::parse_in(&text?, order);
    let plain = |text| Body { text: mender.mended(text), html: false };
    // Where both are given they are the same text twice.
    let html = item.content_html.map(|text| Body { text: mender.mended(text), html: true });
    let content = html.or_else(|| item.content_text.map(plain));
    let summary = item.summary.map(plain);
    Raw {
        external_url: external_url.filter(|external| Some(external) != url.as_ref()),
        guid: item.id,
        url,
        title: item.title.map(|title| draft::line(&mender.mended(title), false)),
        authors,
        published: date(item.date_published),
        updated: date(item.date_modified),
        bodies: content.into_iter().chain(summary).collect(),
        language: item.language,
        thumbnails: item.image.into_iter().chain(item.banner_image).collect(),
        categories: item.tags,
        enclosures: item.attachments.into_iter().filter_map(enclosure).collect(),
    }
}

fn enclosure(file: Attachment) -> Option<Enclosure> {
    Some(Enclosure {
        url: file.url?,
        mime_type: file.mime_type,
        title: file.title,
        size: number(file.size_in_bytes),
        duration: number(file.duration_in_seconds),
    })
}

fn names(said: Vec<String>) -> Vec<String> {
    let mut names = Vec::new();
    for name in said {
        draft::author_into(&mut names, &name);
    }
    names
}

/// A number above zero.
fn number(text: Option<String>) -> Option<u64> {
    let number: f64 = text?.trim().parse().ok()?;
    (1.0..1e15).contains(&number).then_some(number as u64)
}
