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

use super::markup::{Tag, Token, Tokens};
use super::{address, entity, language, pixel, text};
use crate::model::direction;
use crate::model::entry::Entry;
use crate::model::link::without_tracking;

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

/// The article's address, without what follows the reader.
fn url(entry: &Entry) -> Option<Cow<'_, str>> {
    entry.headline.url.as_deref().map(without_tracking)
}

/// Safe HTML for other programs: they follow links and fetch pictures as they are, and do not show a link without text by its
/// title, as links to embedded media are.
fn for_others(html: &str) -> Cow<'_, str> {
    match unfollowed(html) {
        Cow::Borrowed(html) => worded(html),
        Cow::Owned(html) => Cow::Owned(worded(&html).into_owned()),
    }
}

/// Without what follows the reader: parameters of links, and pictures that only count.
fn unfollowed(html: &str) -> Cow<'_, str> {
    let (mut page, mut copied, mut end) = (String::new(), 0, 0);
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next() {
        let from = std::mem::replace(&mut end, tokens.position());
        let Token::Start(tag) = token else { continue };
        let address = |name: &str| entity::decode(tag.attribute(name).unwrap_or_default());
        let mut written = String::new();
        let is_changed = match tag.name {
            "img" => pixel::is_pixel(&address("src")),
            "a" => {
                let address = address("href");
                let clean = without_tracking(&address);
                let is_followed = clean != address;
                if is_followed {
                    start_of(&mut written, tag, &clean);
                }
                is_followed
            }
            _ => false,
        };
        if is_changed {
            page.push_str(html.get(copied..from).unwrap_or_default());
            page.push_str(&written);
            copied = end;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(html);
    }
    page.push_str(html.get(copied..).unwrap_or_default());
    Cow::Owned(page)
}

/// A link's start, to another address.
fn start_of(page: &mut String, tag: Tag<'_>, address: &str) {
    page.push_str("<a");
    for attribute in tag.attributes() {
        let value = if attribute.name == "href" { Cow::Borrowed(address) } else { entity::decode(attribute.value) };
        page.extend([" ", attribute.name, "=\""]);
        entity::escape_into(page, &value);
        page.push('"');
    }
    page.push('>');
}

/// With the titles of links without text as their words.
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
    fn what_leaves_kabar_follows_nobody() {
        for (html, shown) in [
            (
                "<p>a <a href=\"https://a.id/1?utm_source=rss&amp;id=7\" title=\"x &quot;y&quot;\">b</a></p>",
                "<p>a <a href=\"https://a.id/1?id=7\" title=\"x &quot;y&quot;\">b</a></p>",
            ),
            ("<p>a<img src=\"https://pixel.wp.com/b.gif\"> b</p>", "<p>a b</p>"),
            (
                "<a href=\"https://a.id/1?id=7\">a</a><img src=\"https://a.id/b.png\">",
                "<a href=\"https://a.id/1?id=7\">a</a><img src=\"https://a.id/b.png\">",
            ),
        ] {
            assert_eq!(for_others(html), shown);
        }
    }

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
