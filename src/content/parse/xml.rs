//! RSS and Atom, by feed-rs: whole where possible, item by item where a broken one would lose the rest.

use std::borrow::Cow;

use feed_rs::model::{Entry, Feed, FeedType, MediaObject, Person, Text};
use feed_rs::parser::Builder;
use jiff::Timestamp;
use memchr::memmem;
use url::Url;

use crate::model::entry::{Enclosure, FeedDraft};
use crate::model::feed::FeedFacts;
use crate::model::ledger::Dropped;

use super::super::{address, date, guard, language};
use super::draft::{self, Body, Raw};
use super::{MOST_ITEMS, ParseError, mend};

/// Larger documents are not tried again item by item.
const SALVAGED: usize = 4 * 1024 * 1024;

pub(super) fn parse(root: &str, base: &Url) -> Result<FeedDraft, ParseError> {
    if mend::is_too_deep(root) {
        return Err(ParseError::TooDeep { limit: mend::DEPTH });
    }
    let root = known_version(root);
    let mut repairs = Vec::new();
    let feed = match read(&root, base) {
        Ok(feed) => feed,
        Err(first) => {
            let mended = mend::mend(&root);
            match read(&mended, base) {
                Ok(feed) => {
                    repairs.push(format!("mended its XML: {first}"));
                    feed
                }
                Err(_) => salvage(&mended, base, &mut repairs).ok_or(ParseError::Malformed { detail: first })?,
            }
        }
    };
    Ok(convert(feed, base, repairs))
}

/// feed-rs knows four version numbers of RSS; publishers know more.
fn known_version(root: &str) -> Cow<'_, str> {
    let Some((tag, rest)) = root.split_once('>') else {
        return Cow::Borrowed(root);
    };
    if !tag.starts_with("<rss")
        || ["2.0", "", "0.91", "0.92"]
            .iter()
            .any(|v| tag.contains(&format!("version=\"{v}\"")) || tag.contains(&format!("version='{v}'")))
    {
        return Cow::Borrowed(root);
    }
    let attributes = tag.trim_start_matches("<rss").replace("version=", "stated-version=");
    Cow::Owned(format!("<rss version=\"2.0\" {attributes}>{rest}"))
}

fn read(xml: &str, base: &Url) -> Result<Feed, String> {
    // A parser of feed-rs cannot be used again after an error, so each document gets its own.
    let parsed = guard::guarded(|| {
        Builder::new()
            .base_uri(Some(base.as_str()))
            .sanitize_content(false)
            .id_generator(|_, _, _| String::new())
            // The `parse` is chrono's, which has to be handed text: the type cannot be named without depending on it.
            .timestamp_parser(|text| date::parse(text)?.to_string().parse().ok())
            .build()
            .parse(xml.as_bytes())
    });
    match parsed {
        Some(Ok(feed)) => Ok(feed),
        Some(Err(error)) => Err(error.to_string()),
        None => Err("the parser gave up".to_owned()),
    }
}

/// Reads the items that can be read, by halving the set of items until the broken ones stand alone.
fn salvage(xml: &str, base: &Url, repairs: &mut Vec<String>) -> Option<Feed> {
    if xml.len() > SALVAGED {
        return None;
    }
    let (head, items) = items(xml)?;
    let tail = if head.starts_with("<rss") {
        "</channel></rss>".to_owned()
    } else {
        let name = head.trim_start_matches('<').split([' ', '>', '\n', '\t', '\r']).next()?;
        format!("</{name}>")
    };
    let mut head = Cow::Borrowed(head);
    let mut feed = read(&format!("{head}{tail}"), base).ok();
    if feed.is_none() {
        // The facts about the feed are broken: its items may still be whole.
        head = Cow::Owned(bare_head(&head)?);
        feed = read(&format!("{head}{tail}"), base).ok();
    }
    let mut feed = feed?;
    let mut lost = 0;
    let mut open = vec![&items[..]];
    while let Some(some) = open.pop() {
        match read(&format!("{head}{}{tail}", some.concat()), base) {
            Ok(mut part) => feed.entries.append(&mut part.entries),
            Err(_) if some.len() <= 1 => lost += some.len(),
            Err(_) => {
                let (first, second) = some.split_at(some.len() / 2);
                open.push(second);
                open.push(first);
            }
        }
    }
    repairs.push(format!("left out {lost} of {} items that cannot be read", items.len()));
    (!feed.entries.is_empty()).then_some(feed)
}

/// The root element alone, with the feed's title where it has one.
fn bare_head(head: &str) -> Option<String> {
    let (root, rest) = head.split_once('>')?;
    let title =
        rest.split_once("<title>").and_then(|(_, title)| title.split_once("</title>")).map_or("", |(title, _)| title);
    let channel = if root.starts_with("<rss") { "<channel>" } else { "" };
    Some(format!("{root}>{channel}<title>{title}</title>"))
}

/// The document before its first item, and each item. One that the end cuts off is none.
fn items(xml: &str) -> Option<(&str, Vec<&str>)> {
    let bytes = xml.as_bytes();
    let (name, first) = ["item", "entry"].into_iter().find_map(|name| {
        let start = format!("<{name}");
        memmem::find_iter(bytes, start.as_bytes())
            .find(|at| bytes.get(at + start.len()).is_some_and(|b| matches!(b, b'>' | b' ' | b'\n' | b'\r' | b'\t')))
            .map(|at| (name, at))
    })?;
    let (head, rest) = xml.split_at(first);
    let (start, end) = (format!("<{name}"), format!("</{name}>"));
    let mut items = Vec::new();
    let mut rest = rest;
    while let Some(at) = rest.find(&start) {
        let (_, item) = rest.split_at(at);
        let Some(length) = item.find(&end) else { break };
        let (item, after) = item.split_at(length + end.len());
        items.push(item);
        rest = after;
    }
    Some((head, items))
}

fn convert(feed: Feed, base: &Url, repairs: Vec<String>) -> FeedDraft {
    let home = feed
        .links
        .iter()
        .filter(|link| matches!(link.rel.as_deref(), None | Some("alternate")))
        .find_map(|link| address::resource(&link.href, base))
        .map(Cow::into_owned);
    let context = Context {
        kind: feed.feed_type.clone(),
        base,
        home: home.as_deref().and_then(|home| Url::parse(home).ok()),
        authors: authors(&feed.authors),
    };
    let icon = [feed.icon.as_ref(), feed.logo.as_ref()]
        .into_iter()
        .flatten()
        .find_map(|image| address::resource(&image.uri, base).map(Cow::into_owned));
    let facts = FeedFacts {
        title: feed.title.map(|title| draft::plain_line(&title.content)).unwrap_or_default(),
        description: feed.description.map(|text| draft::plain_line(&text.content)).filter(|text| !text.is_empty()),
        language: feed.language.as_deref().and_then(language::declared),
        icon,
        authors: context.authors.clone(),
        ttl: feed.ttl.filter(|minutes| *minutes > 0),
        home,
    };
    let over_limit = feed.entries.len().saturating_sub(MOST_ITEMS) as u64;
    let entries = feed
        .entries
        .into_iter()
        .take(MOST_ITEMS)
        .map(|entry| context.raw(entry))
        .map(|(raw, base)| draft::draft(raw, base.as_ref().unwrap_or(context.default_base())))
        .collect();
    FeedDraft { facts, entries, repairs, dropped: Dropped { over_limit, ..Dropped::default() } }
}

struct Context<'a> {
    kind: FeedType,
    base: &'a Url,
    home: Option<Url>,
    authors: Vec<String>,
}

impl Context<'_> {
    /// What relative addresses in bodies refer to: the site, which is where the text is read, else the document.
    fn default_base(&self) -> &Url {
        self.home.as_ref().unwrap_or(self.base)
    }

    fn raw(&self, entry: Entry) -> (Raw, Option<Url>) {
        let base = entry.base.as_deref().and_then(|base| self.base.join(base).ok());
        let guid = Some(entry.id.trim()).filter(|id| !id.is_empty()).map(str::to_owned);
        let page = entry
            .links
            .iter()
            .filter(|link| link.target.is_none() && matches!(link.rel.as_deref(), None | Some("alternate")))
            .min_by_key(|link| link.media_type.as_deref().is_some_and(|kind| !kind.contains("html")));
        let url = page
            .and_then(|link| address::page(&link.href, self.base))
            .or_else(|| guid.as_deref().filter(|guid| address::is_http(guid)).map(Cow::Borrowed))
            .map(Cow::into_owned);
        let mut names = authors(&entry.authors);
        if names.is_empty() && matches!(self.kind, FeedType::Atom) {
            names.clone_from(&self.authors);
        }
        let mut raw = Raw {
            guid,
            url,
            title: entry.title.map(|title| title.content),
            authors: names,
            published: entry.published.and_then(instant),
            // feed-rs gives RSS items, which have one date, that date twice.
            updated: entry.updated.filter(|date| Some(date) != entry.published.as_ref()).and_then(instant),
            language: entry.language,
            categories: entry.categories.into_iter().map(|category| category.label.unwrap_or(category.term)).collect(),
            ..Raw::default()
        };
        for link in entry.links {
            if link.rel.as_deref() == Some("enclosure") {
                raw.enclosures.push(Enclosure {
                    url: link.href,
                    mime_type: link.media_type,
                    title: link.title,
                    size: link.length.filter(|size| *size > 0),
                    duration: None,
                });
            }
        }
        if let Some(content) = entry.content
            && let Some(text) = content.body
        {
            let kind = content.content_type.as_str();
            // Also `application/xhtml`, as feed-rs calls it; not pictures in base64.
            if kind.starts_with("text/") || kind.ends_with("ml") {
                raw.bodies.push(Body { text, html: self.is_html(kind) });
            }
        }
        if let Some(summary) = entry.summary {
            raw.bodies.push(self.body(summary));
        }
        files(entry.media, &mut raw);
        (raw, base)
    }

    fn body(&self, text: Text) -> Body {
        Body { html: self.is_html(text.content_type.as_str()), text: text.content }
    }

    /// Only Atom means it when it says that a text is plain: feed-rs says so of every text in RSS.
    fn is_html(&self, kind: &str) -> bool {
        kind != "text/plain" || !matches!(self.kind, FeedType::Atom)
    }
}

/// Adds what a publisher attaches with the vocabularies of RSS, Media RSS and podcasts.
fn files(media: Vec<MediaObject>, raw: &mut Raw) {
    let mut described = None;
    for object in media {
        raw.thumbnails.extend(object.thumbnails.into_iter().map(|thumbnail| thumbnail.image.uri));
        let title = object.title.map(|title| title.content);
        for file in object.content {
            let Some(url) = file.url else { continue };
            raw.enclosures.push(Enclosure {
                url: url.into(),
                mime_type: file.content_type.map(|kind| kind.to_string()),
                title: title.clone(),
                size: file.size.filter(|size| *size > 0),
                duration: file.duration.or(object.duration).map(|d| d.as_secs()).filter(|s| *s > 0),
            });
        }
        described = described.or(object.description);
    }
    // Videos and episodes often carry their text nowhere else.
    if raw.bodies.iter().all(|body| body.text.trim().is_empty())
        && let Some(text) = described
    {
        let html = text.content_type.as_str() != "text/plain";
        raw.bodies.push(Body { text: text.content, html });
    }
}

fn authors(people: &[Person]) -> Vec<String> {
    let mut names = Vec::new();
    for name in people.iter().filter_map(|person| person.name.as_deref()) {
        draft::author_into(&mut names, name);
    }
    names
}

/// From chrono's to jiff's, without naming chrono.
fn instant(at: impl Into<std::time::SystemTime>) -> Option<Timestamp> {
    Timestamp::try_from(at.into()).ok()
}
