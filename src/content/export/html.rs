//! An article as a page of HTML that says of itself what is known of it.

use std::borrow::Cow;

use jiff::tz::TimeZone;

use super::super::entity::escape_into;
use super::{is_rtl, language, origin, url};
use crate::model::entry::Entry;

const STYLE: &str = "body{max-width:42em;margin:2em auto;padding:0 1em;line-height:1.6;font-family:serif}\
    img{max-width:100%;height:auto}pre{overflow-x:auto}table{border-collapse:collapse}td,th{border:1px solid;padding:.2em .5em}\
    .about{opacity:.7}article+article{margin-top:4em}";

/// A page with one article.
#[must_use]
pub fn document(entry: &Entry, zone: &TimeZone) -> String {
    let mut page = start(entry.headline.words(), Some(entry));
    page.push_str(&article(entry, zone));
    page.push_str(end());
    page
}

/// How a page of that title begins; `only` is the one article that it will have.
#[must_use]
pub fn start(title: &str, only: Option<&Entry>) -> String {
    let mut page = String::from("<!doctype html>\n<html");
    if let Some(entry) = only {
        attributes(entry, &mut page);
    }
    page.push_str(">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    escape_into(&mut page, title);
    page.push_str("</title>\n<meta name=\"viewport\" content=\"width=device-width\">\n");
    if let Some(entry) = only {
        let meta = |page: &mut String, name: &str, value: &str| {
            page.extend(["<meta name=\"", name, "\" content=\""]);
            escape_into(page, value);
            page.push_str("\">\n");
        };
        for author in entry.authors() {
            meta(&mut page, "author", author);
        }
        meta(&mut page, "date", &entry.headline.at.to_string());
        meta(&mut page, "publisher", &entry.headline.feed_name());
        if !entry.headline.tags.is_empty() {
            meta(&mut page, "keywords", &entry.headline.tags.join(", "));
        }
        if let Some(url) = url(entry) {
            page.push_str("<link rel=\"canonical\" href=\"");
            escape_into(&mut page, &url);
            page.push_str("\">\n");
        }
    }
    page.extend(["<style>", STYLE, "</style>\n</head>\n<body>\n"]);
    page
}

/// One article of a page.
#[must_use]
pub fn article(entry: &Entry, zone: &TimeZone) -> String {
    let mut page = String::from("<article");
    attributes(entry, &mut page);
    page.push_str(">\n");
    about(entry, zone, &mut page);
    page.extend([&*super::for_others(&entry.html), "\n</article>\n"]);
    page
}

#[must_use]
pub fn end() -> &'static str {
    "</body>\n</html>\n"
}

fn attributes(entry: &Entry, page: &mut String) {
    if let Some(language) = language(entry) {
        page.push_str(" lang=\"");
        escape_into(page, &language);
        page.push('"');
    }
    page.push_str(if is_rtl(entry) { " dir=\"rtl\"" } else { " dir=\"ltr\"" });
}

/// Title, origin, address, tags and files: markup that is XML, too.
pub(super) fn about(entry: &Entry, zone: &TimeZone, page: &mut String) {
    let headline = &entry.headline;
    page.push_str("<h1 dir=\"auto\">");
    escape_into(page, headline.words());
    page.push_str("</h1>\n<p class=\"about\">");
    escape_into(page, &origin(entry, zone).join(" · "));
    page.push_str("</p>\n");
    if !headline.tags.is_empty() {
        page.push_str("<p class=\"about\">");
        let tags: Vec<String> = headline.tags.iter().map(|tag| format!("#{tag}")).collect();
        escape_into(page, &tags.join(" "));
        page.push_str("</p>\n");
    }
    let files = entry.enclosures.iter().map(|file| Cow::Borrowed(file.url.as_str()));
    for url in url(entry).into_iter().chain(files) {
        page.push_str("<p class=\"about\"><a href=\"");
        escape_into(page, &url);
        page.push_str("\">");
        escape_into(page, &url);
        page.push_str("</a></p>\n");
    }
}
