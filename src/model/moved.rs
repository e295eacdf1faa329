//! When a feed that its server redirects for good is taken to have moved. One such answer is not enough: a captive portal, a
//! broken server or a lapsed domain gives it, too. Pure: the day is an argument.

use serde::{Deserialize, Serialize};
use url::Url;

/// Where the redirects of one fetch ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Led {
    pub to: Url,
    /// Each of them was for good (301, 308).
    pub is_permanent: bool,
}

/// A redirect as it has been met with, each time to a document that is a feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    pub to: String,
    /// Different days on which it was for good. None for one that never was: it is kept because the articles that come
    /// that way are the feed's from then on, and prove nothing later.
    pub days: u32,
    /// The last such day, since the epoch.
    pub last: u32,
    /// Whether the first document from there had articles that the feed had before; `None` until one has come.
    #[serde(default)]
    pub is_same: Option<bool>,
}

impl Moved {
    /// The address that the server says is the feed's for good, though it is not taken over yet.
    #[must_use]
    pub fn is_for_good(&self) -> bool {
        self.days > 0
    }
}

/// Days on which a redirect must have led to the same place.
pub const DAYS: u32 = 3;

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

/// Why a feed keeps its address, however long its server sends it on: only the user can say that the other one is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// It is encrypted now, and would not be there.
    Clear,
    /// What the user has set for its own site, a login or headers, would go to another one, or be lost.
    Secrets,
}

/// What keeps the feed at `from` from being taken to `to`; `has_secrets` says that something is set for its site alone.
#[must_use]
pub fn obstacle(from: &Url, to: &Url, has_secrets: bool) -> Option<Obstacle> {
    let login = |url: &Url| (url.username().to_owned(), url.password().map(str::to_owned));
    let is_login_lost = (!from.username().is_empty() || from.password().is_some()) && login(from) != login(to);
    if from.scheme() == "https" && to.scheme() != "https" {
        Some(Obstacle::Clear)
    } else if is_login_lost || (has_secrets && !is_same_site(from, to)) {
        Some(Obstacle::Secrets)
    } else {
        None
    }
}

/// What it means that the feed at `from` was got after redirects, or from `from` itself. `has_secrets` as for [`obstacle`].
#[must_use]
pub fn verdict(known: Option<&Moved>, from: &Url, led: Option<Led>, day: u32, has_secrets: bool) -> Verdict {
    let Some(Led { to, is_permanent }) = led.filter(|led| led.to != *from) else { return Verdict::Here };
    let may_move = is_permanent && obstacle(from, &to, has_secrets).is_none();
    if may_move && is_secured(from, &to) {
        return Verdict::Moved(to);
    }
    let (mut days, mut last) = match known {
        Some(known) if known.to == to.as_str() => (known.days, known.last),
        _ => (0, day),
    };
    if is_permanent {
        days += u32::from(days == 0 || last != day);
        last = day;
    }
    let is_same = shown(known, from, &to);
    if may_move && days >= DAYS && is_same == Some(true) {
        return Verdict::Moved(to);
    }
    Verdict::Maybe(Moved { to: to.into(), days, last, is_same })
}

/// Whether `to` has the articles of the feed, as far as that is known. Another host has to show it: a lapsed domain leads
/// to any feed. Once such a one has got in, its articles are among the feed's and show nothing.
fn shown(known: Option<&Moved>, from: &Url, to: &Url) -> Option<bool> {
    if is_same_site(from, to) {
        return Some(true);
    }
    let known = known?;
    let is_there = Url::parse(&known.to).is_ok_and(|before| is_same_site(&before, to));
    known.is_same.filter(|is_same| is_there || !is_same)
}

/// Same host and port, and not from encrypted to clear; from http to https on their usual ports is the same site too.
#[must_use]
pub fn is_same_site(from: &Url, to: &Url) -> bool {
    let is_same_place = from.scheme() == to.scheme() && from.port_or_known_default() == to.port_or_known_default();
    from.host() == to.host() && (is_same_place || is_secured(from, to))
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

    fn permanent(to: &str) -> Led {
        Led { to: url(to), is_permanent: true }
    }

    fn temporary(to: &str) -> Led {
        Led { to: url(to), is_permanent: false }
    }

    fn after(days: &[(u32, &str)]) -> Verdict {
        let from = url("http://a.example/rss");
        let mut known = None;
        let mut last = Verdict::Here;
        for (day, to) in days {
            last = verdict(known.as_ref(), &from, Some(permanent(to)), *day, false);
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
            let verdict = verdict(Some(&known), &from, Some(permanent(to.as_str())), 2, false);
            assert!(matches!(verdict, Verdict::Maybe(Moved { days: 91, .. })), "{verdict:?}");
        }
    }

    #[test]
    fn the_same_host_encrypted_is_believed_at_once() {
        let (from, to) = (url("http://a.example/rss"), url("https://a.example/feed"));
        assert_eq!(verdict(None, &from, Some(permanent(to.as_str())), 1, false), Verdict::Moved(to));
        for other in ["https://b.example/rss", "https://a.example:8443/rss", "http://a.example/feed"] {
            assert!(matches!(verdict(None, &from, Some(permanent(other)), 1, false), Verdict::Maybe(_)), "{other}");
        }
    }

    /// Whether `to` becomes the address of `from` after it has been so for long, with the same articles.
    fn moves(from: &str, to: &str, has_secrets: bool) -> bool {
        let known = Moved { to: to.to_owned(), days: 90, last: 1, is_same: Some(true) };
        matches!(verdict(Some(&known), &url(from), Some(permanent(to)), 2, has_secrets), Verdict::Moved(_))
    }

    #[test]
    fn what_is_set_for_a_site_never_moves_to_another() {
        let (http, https) = ("http://a.example/rss", "https://a.example/rss");
        for other in ["https://b.example/rss", "https://a.example:8443/rss", "http://a.example:81/rss"] {
            assert!(moves(http, other, false) && !moves(http, other, true), "{other}");
        }
        assert!(moves(http, https, true) && moves(https, "https://a.example/feed", true), "the same site");
        let with_login = "https://me:secret@a.example/rss";
        assert!(moves(with_login, "https://me:secret@a.example/feed", true));
        assert!(!moves(with_login, "https://a.example/feed", false), "it would be lost");
        assert!(!moves(with_login, "https://b.example/feed", false));
    }

    #[test]
    fn what_is_encrypted_never_moves_to_where_it_is_not() {
        let https = "https://a.example/rss";
        for clear in ["http://a.example/rss", "http://a.example:443/rss", "http://b.example/rss"] {
            assert!(!moves(https, clear, false), "{clear}");
        }
    }

    #[test]
    fn a_feed_that_answers_itself_is_where_it_was() {
        let known = Some(Moved { to: "https://b.example/rss".to_owned(), days: 2, last: 1, is_same: Some(true) });
        assert_eq!(verdict(known.as_ref(), &url("http://a.example/rss"), None, 5, false), Verdict::Here);
    }

    /// What is known after each answer, of which the first one from a place shows whether that has the same articles.
    fn told(answers: &[(u32, Led)], is_same: bool) -> Verdict {
        let from = url("http://a.example/rss");
        let mut known = None;
        let mut last = Verdict::Here;
        for (day, led) in answers {
            last = verdict(known.as_ref(), &from, Some(led.clone()), *day, false);
            if let Verdict::Maybe(moved) = &last {
                known = Some(Moved { is_same: moved.is_same.or(Some(is_same)), ..moved.clone() });
            }
        }
        last
    }

    #[test]
    fn days_of_a_redirect_that_is_not_for_good_do_not_count() {
        let b = "https://b.example/rss";
        let days: Vec<_> = (1..9).map(|day| (day, temporary(b))).collect();
        assert!(matches!(told(&days, true), Verdict::Maybe(Moved { days: 0, .. })));
        let then = |more: &[(u32, Led)]| told(&[&days, more].concat(), true);
        assert!(matches!(then(&[(8, permanent(b))]), Verdict::Maybe(Moved { days: 1, .. })));
        let mixed = [(9, permanent(b)), (10, temporary(b)), (11, permanent(b)), (11, permanent(b))];
        assert!(matches!(then(&mixed), Verdict::Maybe(Moved { days: 2, .. })));
        assert_eq!(then(&[&mixed[..], &[(12, permanent(b))]].concat()), Verdict::Moved(url(b)));
    }

    #[test]
    fn a_foreign_feed_that_came_by_redirects_for_a_while_shows_nothing_when_they_are_for_good() {
        let foreign = "https://b.example/asing";
        let days: Vec<_> = (1..9).map(|day| (day, temporary(foreign))).collect();
        for to in [foreign, "https://b.example/rss", "https://c.example/rss"] {
            let then: Vec<_> = (9..20).map(|day| (day, permanent(to))).collect();
            let verdict = told(&[&days[..], &then].concat(), false);
            assert!(matches!(verdict, Verdict::Maybe(Moved { days: 11, is_same: Some(false), .. })), "{verdict:?}");
        }
    }
}
