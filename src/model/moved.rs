//! When a feed that its server redirects for good is taken to have moved. One such answer is not enough: a captive portal, a
//! broken server or a lapsed domain gives it, too. Pure: the day is an argument.

use serde::{Deserialize, Serialize};
use url::Url;

/// A permanent redirect as it has been met with, each time to a document that is a feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    pub to: String,
    /// Different days on which it was.
    pub days: u32,
    /// The last one, since the epoch.
    pub last: u32,
    /// Whether the first document from there had articles that the feed had before; `None` until one has come.
    #[serde(default)]
    pub is_same: Option<bool>,
}

/// Days on which a redirect must have led to the same place.
const DAYS: u32 = 3;

/// What a redirect means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The feed is where it was.
    Here,
    /// It may have moved.
    Maybe(Moved),
    /// That is its address now.
    Moved(Url),
}

/// What it means that the feed at `from` was got from `to` after permanent redirects alone, or from `from` itself.
#[must_use]
pub fn verdict(known: Option<Moved>, from: &Url, to: Option<Url>, day: u32) -> Verdict {
    let Some(to) = to.filter(|to| to != from) else { return Verdict::Here };
    if is_secured(from, &to) {
        return Verdict::Moved(to);
    }
    let (days, is_same) = match known {
        Some(known) if known.to == to.as_str() => (known.days + u32::from(known.last != day), known.is_same),
        _ => (1, None),
    };
    // Another host has to show that it has the same feed: a lapsed domain leads to any feed.
    let site = |url: &Url| (url.host().map(|host| host.to_owned()), url.port());
    let is_same = if site(from) == site(&to) { Some(true) } else { is_same };
    if days >= DAYS && is_same == Some(true) {
        return Verdict::Moved(to);
    }
    Verdict::Maybe(Moved { to: to.into(), days, last: day, is_same })
}

/// The same host, now encrypted: nobody else can have answered there.
fn is_secured(from: &Url, to: &Url) -> bool {
    let ports = (from.port_or_known_default(), to.port_or_known_default());
    from.scheme() == "http" && to.scheme() == "https" && from.host() == to.host() && ports == (Some(80), Some(443))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn after(days: &[(u32, &str)]) -> Verdict {
        let from = url("http://a.example/rss");
        let mut known = None;
        let mut last = Verdict::Here;
        for (day, to) in days {
            last = verdict(known.take(), &from, Some(url(to)), *day);
            if let Verdict::Maybe(moved) = &last {
                known = Some(Moved { is_same: Some(true), ..moved.clone() });
            }
        }
        last
    }

    #[test]
    fn a_redirect_is_believed_on_the_third_day_that_it_leads_to_the_same_place() {
        let (b, c) = ("https://b.example/rss", "https://c.example/rss");
        assert!(matches!(after(&[(1, b)]), Verdict::Maybe(_)));
        assert!(matches!(after(&[(1, b), (1, b), (1, b)]), Verdict::Maybe(Moved { days: 1, .. })));
        assert!(matches!(after(&[(1, b), (2, b), (3, c)]), Verdict::Maybe(Moved { days: 1, .. })));
        assert_eq!(after(&[(1, b), (2, b), (9, b)]), Verdict::Moved(url(b)));
    }

    #[test]
    fn another_host_that_has_not_shown_the_same_articles_is_never_believed() {
        let (from, to) = (url("http://a.example/rss"), url("http://b.example/rss"));
        for is_same in [None, Some(false)] {
            let known = Moved { to: to.to_string(), days: 90, last: 1, is_same };
            let verdict = verdict(Some(known), &from, Some(to.clone()), 2);
            assert!(matches!(verdict, Verdict::Maybe(Moved { days: 91, .. })), "{verdict:?}");
        }
    }

    #[test]
    fn the_same_host_encrypted_is_believed_at_once() {
        let (from, to) = (url("http://a.example/rss"), url("https://a.example/feed"));
        assert_eq!(verdict(None, &from, Some(to.clone()), 1), Verdict::Moved(to));
        for other in ["https://b.example/rss", "https://a.example:8443/rss", "http://a.example/feed"] {
            assert!(matches!(verdict(None, &from, Some(url(other)), 1), Verdict::Maybe(_)), "{other}");
        }
    }

    #[test]
    fn a_feed_that_answers_itself_is_where_it_was() {
        let known = Some(Moved { to: "https://b.example/rss".to_owned(), days: 2, last: 1, is_same: Some(true) });
        assert_eq!(verdict(known, &url("http://a.example/rss"), None, 5), Verdict::Here);
    }
}
