//! An article as plain text: what is known of it, its lines, the addresses of its links.

use jiff::tz::TimeZone;

use super::{language, origin};
use crate::model::article::Article;
use crate::model::entry::Entry;
use crate::model::scrub;

/// Columns to set the article for.
pub const WIDTH: u16 = 80;

/// Stands between two articles in one document.
pub const BETWEEN: &str = "\n--------------------------------------------------------------------------------\n\n";

/// The article, as it was set for [`WIDTH`] columns.
#[must_use]
pub fn document(entry: &Entry, article: &Article, zone: &TimeZone) -> String {
    let headline = &entry.headline;
    let mut page = format!("{}\n{}\n", headline.words(), origin(entry, zone).join(" · "));
    for line in super::url(entry).into_iter().chain(language(entry)) {
        page.extend([line.as_ref(), "\n"]);
    }
    if !headline.tags.is_empty() {
        let tags: Vec<String> = headline.tags.iter().map(|tag| format!("#{tag}")).collect();
        page.extend([tags.join(" "), "\n".to_owned()]);
    }
    for file in &entry.enclosures {
        page.extend(["+ ", &file.url, "\n"]);
    }
    page.push('\n');
    for line in &article.lines {
        page.extend([line.text().trim_end(), "\n"]);
    }
    if !article.links.is_empty() {
        page.push('\n');
    }
    for (n, link) in article.links.iter().enumerate() {
        page.push_str(&format!("[{}] {}\n", n + 1, link.url));
    }
    scrub::text(&page).into_owned()
}
