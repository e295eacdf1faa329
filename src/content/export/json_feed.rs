//! A parsed feed as a JSON Feed 1.1 document (<https://www.jsonfeed.org/version/1.1/>).

use std::borrow::Cow;
use std::collections::HashSet;

use jiff::Timestamp;
use serde::{Serialize, Serializer};

use super::super::{pixel, text};
use super::{is_rtl, language};
use crate::model::entry::{Draft, Enclosure, Entry, FeedDraft};
use crate::model::feed::shown_url;
use crate::model::plan::Identities;

const VERSION: &str = "https://jsonfeed.org/version/1.1";

#[derive(Debug, Serialize)]
pub struct Document<'a> {
    version: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    home_page_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    icon: Option<&'a str>,
    items: Vec<Item<'a>>,
}

#[derive(Debug, Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Debug, Serialize)]
pub struct Item<'a> {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_url: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<Cow<'a, str>>,
    /// The HTML that it is made from, when it is written: nobody needs the texts of all items at once.
    #[serde(serialize_with = "as_text")]
    content_text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<Timestamp>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment<'a>>,
    #[serde(skip_serializing_if = "Option::is_none", rename = "_kabar")]
    kept: Option<Kept<'a>>,
}

/// What the format has no place for: an extension of kabar's own.
#[derive(Debug, Serialize)]
struct Kept<'a> {
    feed: Cow<'a, str>,
    feed_url: String,
    /// When kabar first saw it.
    received: Timestamp,
    read: bool,
    starred: bool,
    /// The text is from the article's page.
    full: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct Attachment<'a> {
    url: &'a str,
    mime_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    size_in_bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_in_seconds: Option<u64>,
}

/// A parsed feed as one document.
#[must_use]
pub fn of_feed<'a>(feed: &'a FeedDraft, feed_url: Option<&'a str>) -> Document<'a> {
    let facts = &feed.facts;
    let mut items: Vec<Item<'_>> = feed.entries.iter().map(item).collect();
    let mut seen = HashSet::new();
    for (item, draft) in items.iter_mut().zip(&feed.entries) {
        // Items that share what they go by are told apart by all of their text.
        if !seen.insert(item.id.clone())
            && let Some(text) = Identities::of(draft).text
        {
            item.id = format!("text:{:016x}", text.0);
        }
    }
    Document {
        version: VERSION,
        title: &facts.title,
        home_page_url: facts.home.as_deref(),
        feed_url,
        description: facts.description.as_deref(),
        language: feed.language.as_deref(),
        authors: authors(&facts.authors),
        icon: facts.icon.as_deref(),
        items,
    }
}

fn item(draft: &Draft) -> Item<'_> {
    // An id is required; where the publisher gave none, what else tells the item apart: its page, else its text.
    let given = [draft.guid.as_deref(), draft.url.as_deref()].into_iter().flatten().find(|id| !id.is_empty());
    let id = given.map_or_else(|| format!("text:{:016x}", Identities::of(draft).title.0), str::to_owned);
    let html = draft.content.as_deref().or(draft.summary.as_deref());
    Item {
        id,
        url: draft.url.as_deref(),
        external_url: draft.external_url.as_deref(),
        title: &draft.title,
        content_html: draft.content.as_deref().map(Cow::Borrowed),
        content_text: html.unwrap_or_default(),
        summary: draft.summary.as_deref().map(text::plain),
        image: draft.image.as_deref(),
        date_published: draft.published,
        date_modified: draft.updated,
        authors: authors(&draft.authors),
        language: draft.language.as_deref().map(Cow::Borrowed),
        tags: &draft.categories,
        attachments: draft.enclosures.iter().map(attachment).collect(),
        kept: None,
    }
}

/// A stored article as one item.
#[must_use]
pub fn of_entry(entry: &Entry) -> Item<'_> {
    let headline = &entry.headline;
    Item {
        // Not the address: several feeds may have the same.
        id: format!("kabar:{}", headline.id),
        url: headline.url.as_deref(),
        external_url: None,
        title: &headline.title,
        content_html: Some(super::for_others(&entry.html)).filter(|html| !html.is_empty()),
        content_text: &entry.html,
        summary: Some(headline.summary.clone()).filter(|summary| !summary.is_empty()),
        image: entry.image.as_deref().filter(|image| !pixel::is_pixel(image)),
        date_published: headline.published,
        date_modified: entry.updated,
        authors: entry.authors().into_iter().map(|name| Author { name }).collect(),
        language: language(entry),
        tags: &headline.tags,
        attachments: entry.enclosures.iter().map(attachment).collect(),
        kept: Some(Kept {
            feed: headline.feed_name(),
            feed_url: shown_url(&entry.feed_url),
            received: headline.received,
            read: headline.read,
            starred: headline.starred,
            full: entry.is_whole,
            direction: is_rtl(entry).then_some("rtl"),
        }),
    }
}

/// How a document of many items begins; they follow, with commas between them, then [`END`].
#[must_use]
pub fn start(title: &str) -> String {
    let title = serde_json::Value::from(title);
    format!("{{\n\"version\": \"{VERSION}\",\n\"title\": {title},\n\"items\": [")
}

pub const END: &str = "\n]\n}\n";

fn as_text<S: Serializer>(html: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&text::plain(html))
}

fn authors(names: &[String]) -> Vec<Author<'_>> {
    names.iter().map(|name| Author { name }).collect()
}

fn attachment(file: &Enclosure) -> Attachment<'_> {
    Attachment {
        url: &file.url,
        // Required, too; this is what is said of bytes of which nothing is known (RFC 2046 §4.5.1).
        mime_type: file.mime_type.as_deref().unwrap_or("application/octet-stream"),
        title: file.title.as_deref(),
        size_in_bytes: file.size,
        duration_in_seconds: file.duration,
    }
}
