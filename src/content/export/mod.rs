//! Articles as documents for other programs: Markdown, plain text, HTML, the parts of an EPUB, JSON Feed; and the names
//! of their files. One article after the other, so that a thousand of them are never held at once.

pub mod book;
pub mod html;
pub mod json_feed;
pub mod markdown;
pub mod name;
pub mod plain;
mod xhtml;

use std::borrow::Cow;

use jiff::tz::TimeZone;

use super::{language, text};
use crate::model::direction;
use crate::model::entry::Entry;

/// Whether an article is written from right to left: as its text is, and where there is none, its title.
#[must_use]
pub fn is_rtl(entry: &Entry) -> bool {
    let text = text::teaser(&entry.html, 1000);
    direction::is_rtl(if text.is_empty() { &entry.headline.title } else { &text })
}

/// The language that the article declares, else the one that it is written in.
#[must_use]
pub fn language(entry: &Entry) -> Option<Cow<'_, str>> {
    if let Some(declared) = &entry.headline.language {
        return Some(Cow::Borrowed(declared));
    }
    let text = format!("{}. {}", entry.headline.title, text::teaser(&entry.html, 1000));
    language::of(None, &text).map(Cow::Owned)
}

/// Where it is from, by whom and when, each for itself.
fn origin(entry: &Entry, zone: &TimeZone) -> Vec<String> {
    let headline = &entry.headline;
    let at = headline.at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
    let authors = Some(entry.authors().join(", ")).filter(|authors| !authors.is_empty());
    let from = [Some(headline.feed_name().into_owned()), authors, Some(at)];
    from.into_iter().flatten().filter(|text| !text.is_empty()).collect()
}
