//! Redirects, one hop at a time. kabar follows them itself, because which hop was permanent, where credentials may go
//! and which schemes are allowed are decisions of a news reader. Pure: URLs and headers in, URLs out.

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, LOCATION};
use url::Url;

use super::outcome::Failure;
use crate::model::feed::FailureKind;
use crate::model::moved::is_same_site;

/// Where the redirects have led so far.
#[derive(Debug)]
pub(super) struct Trail {
    /// With the user's credentials while they may still be sent.
    pub(super) url: Url,
    pub(super) hops: usize,
    /// Still on the site that was asked for, which alone gets what the user has for it.
    pub(super) is_home: bool,
    all_permanent: bool,
}

impl Trail {
    pub(super) fn new(url: &Url) -> Self {
        Self { url: url.clone(), hops: 0, is_home: true, all_permanent: true }
    }

    pub(super) fn follow(&mut self, status: StatusCode, headers: &HeaderMap) -> Result<(), Failure> {
        let next = target(&self.url, status, headers).map_err(|detail| Failure {
            status: Some(status.as_u16()),
            ..Failure::new(FailureKind::Redirect, &detail)
        })?;
        self.hops += 1;
        self.is_home &= is_same_site(&self.url, &next);
        self.all_permanent &= matches!(status.as_u16(), 301 | 308);
        self.url = next;
        Ok(())
    }

    /// The URL to use from now on, if that is what the server said at every hop.
    pub(super) fn permanent(&self) -> Option<Url> {
        (self.hops > 0 && self.all_permanent).then(|| self.url.clone())
    }
}

/// The URL a redirect leads to, with the credentials of `from` if it stays on the same site and without any otherwise:
/// those that a server puts there are not the user's.
fn target(from: &Url, status: StatusCode, headers: &HeaderMap) -> Result<Url, String> {
    let Some(location) = headers.get(LOCATION) else {
        return Err(format!("HTTP {} without a Location", status.as_u16()));
    };
    let location = String::from_utf8_lossy(location.as_bytes());
    let Ok(joined) = from.join(&location) else {
        return Err("redirect to a URL that is not valid".to_owned());
    };
    if !matches!(joined.scheme(), "http" | "https") {
        return Err(format!("redirect to a {}: URL", joined.scheme()));
    }
    let mut next = bare(&joined);
    next.set_fragment(None);
    if is_same_site(from, &next) {
        // Both succeed for every URL that has a host.
        let _ = next.set_username(from.username());
        let _ = next.set_password(from.password());
    }
    Ok(next)
}

/// `url` with the user's login, unless it has one of its own.
pub(super) fn with_login(url: &Url, login: Option<&str>) -> Url {
    let mut url = url.clone();
    if let (Some(login), "", None) = (login, url.username(), url.password()) {
        // A percent sign is one of the login's own, not the beginning of an escape as it would be in a URL.
        let login = login.replace('%', "%25");
        let (user, password) = login.split_once(':').unwrap_or((&login, ""));
        // Both succeed for every URL that has a host.
        let _ = url.set_username(user);
        let _ = url.set_password(Some(password));
    }
    url
}

/// `url` without user name and password.
#[must_use]
pub fn bare(url: &Url) -> Url {
    let mut bare = url.clone();
    let _ = bare.set_username("");
    let _ = bare.set_password(None);
    bare
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn hop(from: &str, location: &str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(LOCATION, HeaderValue::from_bytes(location.as_bytes()).unwrap());
        let from = Url::parse(from).unwrap();
        match target(&from, StatusCode::FOUND, &headers) {
            Ok(url) => url.into(),
            Err(detail) => detail,
        }
    }

    #[test]
    fn credentials_follow_to_the_same_site_alone() {
        let from = "http://user:secret@news.example/feed";
        for (location, expected) in [
            ("/rss", "http://user:secret@news.example/rss"),
            ("//news.example:80/rss", "http://user:secret@news.example/rss"),
            ("https://news.example/rss", "https://user:secret@news.example/rss"),
            ("http://a:b@news.example/rss", "http://user:secret@news.example/rss"),
            ("http://www.news.example/rss", "http://www.news.example/rss"),
            ("http://news.example:8080/rss", "http://news.example:8080/rss"),
            ("https://news.example:444/rss", "https://news.example:444/rss"),
            ("http://a:b@other.example/rss", "http://other.example/rss"),
        ] {
            assert_eq!(hop(from, location), expected, "{location}");
        }
    }

    #[test]
    fn a_login_is_sent_as_it_was_written() {
        let url = with_login(&Url::parse("http://news.example/feed").unwrap(), Some("us%41er:100%41:x"));
        assert_eq!((url.username(), url.password()), ("us%2541er", Some("100%2541%3Ax")));
    }

    #[test]
    fn credentials_never_go_from_encrypted_to_clear() {
        assert_eq!(
            hop("https://user:secret@news.example/feed", "http://news.example/feed"),
            "http://news.example/feed"
        );
    }

    #[test]
    fn a_location_is_relative_to_where_it_was_met_and_may_be_written_badly() {
        let from = "https://news.example/a/feed?x=1";
        for (location, expected) in [
            ("rss", "https://news.example/a/rss"),
            ("?y=2", "https://news.example/a/feed?y=2"),
            ("/b c#part", "https://news.example/b%20c"),
            ("/berit\u{e4}", "https://news.example/berit%C3%A4"),
        ] {
            assert_eq!(hop(from, location), expected, "{location}");
        }
    }

    #[test]
    fn a_trail_is_permanent_while_every_hop_is() {
        let headers = HeaderMap::from_iter([(LOCATION, HeaderValue::from_static("/b"))]);
        let mut trail = Trail::new(&Url::parse("https://news.example/a").unwrap());
        assert_eq!(trail.permanent(), None);
        trail.follow(StatusCode::MOVED_PERMANENTLY, &headers).unwrap();
        assert_eq!(trail.permanent().unwrap().path(), "/b");
        trail.follow(StatusCode::TEMPORARY_REDIRECT, &headers).unwrap();
        trail.follow(StatusCode::PERMANENT_REDIRECT, &headers).unwrap();
        assert_eq!(trail.permanent(), None);
    }
}
