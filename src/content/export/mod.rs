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

use super::{address, language, text};
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

/// Safe HTML for programs that do not show a link without text by its title, as links to embedded media are.
fn worded(html: &str) -> Cow<'_, str> {
    const END: &str = "\"></a>";
    let (mut page, mut left) = (String::new(), html);
    while let Some(at) = left.find(END) {
        let (before, after) = left.split_at(at);
        page.push_str(before);
        page.push_str("\">");
        let attributes =
            before.rsplit_once("<a href=\"").and_then(|(_, attributes)| attributes.split_once("\" title=\""));
        if let Some((_, title)) = attributes.filter(|(href, title)| address::label(href) == *title) {
            page.push_str(title);
        }
        left = after.strip_prefix("\">").unwrap_or(after);
    }
    if page.is_empty() {
        return Cow::Borrowed(html);
    }
    page.push_str(left);
    Cow::Owned(page)
}

/// Where it is from, by whom and when, each for itself.
fn origin(entry: &Entry, zone: &TimeZone) -> Vec<String> {
    let headline = &entry.headline;
    let at = headline.at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
    let authors = Some(entry.authors().join(", ")).filter(|authors| !authors.is_empty());
    let from = [Some(headline.feed_name().into_owned()), authors, Some(at)];
    from.into_iter().flatten().filter(|text| !text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_media_have_words_where_titles_are_not_shown() {
        for (html, shown) in [
            (
                "a <a href=\"https://www.a.id/v?x=1&amp;y\" title=\"a.id/v\"></a>, b",
                "a <a href=\"https://www.a.id/v?x=1&amp;y\" title=\"a.id/v\">a.id/v</a>, b",
            ),
            (
                "<a href=\"https://a.id/\" title=\"Permalink\"></a>",
                "<a href=\"https://a.id/\" title=\"Permalink\"></a>",
            ),
            ("<a href=\"https://a.id/v\"></a>", "<a href=\"https://a.id/v\"></a>"),
            ("<p>tanpa</p>", "<p>tanpa</p>"),
        ] {
            assert_eq!(worded(html), shown);
        }
    }
}
