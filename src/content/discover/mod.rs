//! From any address that a person pastes to the feeds it may mean. Pure: what is tried, and in which order, is decided
//! here; asking is the engine's.
//!
//! Three sources, from the most certain: the address itself, where its service is known ([`of_address`]); what the page
//! and the head of the answer say ([`announced`]); and where feeds usually are ([`well_known`]).

mod header;
mod page;
mod services;
mod tags;

use url::Url;

pub use page::{announced, onward};
pub use services::{of_address, of_handle};

/// An address that may be a feed's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub url: Url,
    /// What the page calls it; empty where it does not say.
    pub title: String,
}

impl Candidate {
    /// Feeds of comments are the last that anyone looks for.
    #[must_use]
    pub fn is_of_comments(&self) -> bool {
        let title = self.title.to_lowercase();
        ["comment", "komentar"].iter().any(|word| title.contains(word) || self.url.path().to_lowercase().contains(word))
    }
}

/// Where feeds usually are, the most usual first.
const PLACES: [&str; 14] = [
    "feed",
    "rss",
    "rss.xml",
    "atom.xml",
    "feed.xml",
    "index.xml",
    "feed.json",
    "feed/",
    "rss/",
    "index.rdf",
    "atom",
    "rss2",
    "?feed=rss2",
    "feeds/posts/default",
];

/// Where a site may have its feed though no page says so: below the page's first folder, then at the root.
#[must_use]
pub fn well_known(page: &Url) -> Vec<Url> {
    if !matches!(page.scheme(), "http" | "https") {
        return Vec::new();
    }
    let section =
        page.path_segments().and_then(|mut parts| parts.next().filter(|part| !part.is_empty() && !part.contains('.')));
    let beside =
        section.into_iter().flat_map(|section| PLACES.iter().take(3).map(move |place| format!("/{section}/{place}")));
    let root = PLACES.iter().map(|place| format!("/{place}"));
    beside.chain(root).filter_map(|path| page.join(&path).ok()).filter(|url| url != page).collect()
}

/// A feed's address as it stands on a page; only a page that is itself a file may name files.
fn join(base: &Url, href: &str) -> Option<Url> {
    let href = href.trim();
    let href = ["feed:", "rss:"].iter().find_map(|scheme| href.strip_prefix(scheme)).unwrap_or(href);
    let url = base.join(href).ok().filter(|_| !href.is_empty())?;
    let is_allowed = matches!(url.scheme(), "http" | "https") || (url.scheme() == "file" && base.scheme() == "file");
    is_allowed.then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_places_are_few_and_begin_with_the_pages_own_section() {
        let urls = well_known(&Url::parse("https://a.example/blog/2024/satu?x=1#y").unwrap());
        assert_eq!(urls[0].as_str(), "https://a.example/blog/feed");
        assert_eq!(urls[3].as_str(), "https://a.example/feed");
        assert!(urls.len() <= 17 && urls.iter().any(|url| url.as_str() == "https://a.example/?feed=rss2"));
        assert_eq!(well_known(&Url::parse("file:///srv/index.html").unwrap()), []);
    }
}
