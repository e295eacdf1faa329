//! The remote document ([`Feed`]) and the user's relation to it ([`Subscription`]).

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};

use super::manners::Manners;
use super::moved::{self, Moved, Obstacle};
use super::schedule::Why;
use super::traffic::Traffic;

/// Row id of a feed in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FeedId(pub i64);

impl std::fmt::Display for FeedId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What a server gave us to ask "has it changed?" with (RFC 9110 §8.8): the header values byte for byte.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    pub etag: Option<Vec<u8>>,
    pub last_modified: Option<Vec<u8>>,
}

impl Validators {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }
}

/// 128-bit fingerprint of a response body (XXH3). Equal bodies are not parsed twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digest(pub u128);

/// What the user asked for, beyond the URL.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Subscription {
    /// The user's own name for the feed; the publisher's is shown when there is none.
    pub title: Option<String>,
    /// Folders are one level deep and named by path (`Dunia/Asia`).
    pub folder: Option<String>,
    /// Tags that every article of the feed gets.
    pub tags: Vec<String>,
    /// Seconds between two polls, when the user has set one.
    pub interval: Option<u32>,
    /// Fetch the whole page of every new article.
    pub fulltext: bool,
    /// Keep polling, but show nothing of it outside its own list.
    pub muted: bool,
    /// A command that the document passes before it is read.
    pub filter: Option<String>,
    /// What its server wants to be asked with: for most feeds nothing, which takes no room in a long list.
    pub manners: Option<Box<Manners>>,
}

impl Subscription {
    #[must_use]
    pub fn manners(&self) -> &Manners {
        static NONE: Manners = Manners::NONE;
        self.manners.as_deref().unwrap_or(&NONE)
    }
}

/// Facts about the document itself, as its publisher states them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedFacts {
    pub title: String,
    pub home: Option<String>,
    pub description: Option<String>,
    pub language: Option<String>,
    pub icon: Option<String>,
    pub authors: Vec<String>,
    /// Minutes the publisher asks us to wait between polls (`<ttl>`).
    pub ttl: Option<u32>,
    /// When the publisher wants to be left alone.
    pub quiet: Quiet,
    /// The document came from a file, a command or an address that is not one of the web: it may name such places.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_local: bool,
}

/// The hours and days in which a feed is not to be asked (`<skipHours>`, `<skipDays>`), as bits, in UTC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Quiet {
    /// Bit 0 is the hour after midnight.
    pub hours: u32,
    /// Bit 0 is Monday.
    pub days: u8,
}

impl Quiet {
    /// `hour` is within 0..24.
    #[must_use]
    pub fn is_quiet(self, day: Weekday, hour: u8) -> bool {
        self.hours >> hour & 1 == 1 || self.days >> day.to_monday_zero_offset() & 1 == 1
    }
}

/// How the last attempts went and when the next one is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FetchState {
    pub last_attempt: Option<Timestamp>,
    pub last_success: Option<Timestamp>,
    /// None for a feed that is not asked again by itself.
    pub next_attempt: Option<Timestamp>,
    /// Why it is then.
    pub why: Option<Why>,
    /// Failed attempts in a row.
    pub failures: u32,
    /// Why the last attempt failed: a machine-readable kind and a line for people.
    pub error: Option<FetchError>,
    /// What it has cost its server lately.
    pub traffic: Traffic,
    /// Where its server sends it on to.
    pub moved: Option<Moved>,
}

/// A failure as it is stored with the feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FetchError {
    pub kind: FailureKind,
    pub detail: String,
}

/// Why a fetch did not bring entries, by what the reader can do about it. Shown in words by the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailureKind {
    /// The host name has no address.
    UnknownHost,
    /// Nothing answered at that address, or the connection broke.
    Unreachable,
    /// The TLS certificate is expired, self-signed or of another host.
    Certificate,
    /// No answer within the deadline.
    Timeout,
    /// The body is larger than the limit.
    TooLarge,
    /// Too many redirects, or a redirect to a scheme that is not http(s).
    Redirect,
    /// Something on the web led to an address of a private network.
    Private,
    /// 401 or 403.
    Forbidden,
    /// 404.
    NotFound,
    /// 410: the publisher says it is gone for good.
    Gone,
    /// 429, or 503 with Retry-After.
    Throttled,
    /// Any other 4xx or 5xx.
    Http,
    /// The body could not be decoded (broken compression).
    Encoding,
    /// Got a document that is no feed.
    NotAFeed,
    /// The path of a `file:` source cannot be read.
    File,
    /// The URL has a scheme kabar does not fetch.
    Scheme,
    /// The command of an `exec:` source, or a filter, failed or took too long.
    Command,
}

impl FailureKind {
    /// The stable name stored and shown to scripts (`unknown-host`).
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::UnknownHost => "unknown-host",
            Self::Unreachable => "unreachable",
            Self::Certificate => "certificate",
            Self::Timeout => "timeout",
            Self::TooLarge => "too-large",
            Self::Redirect => "redirect",
            Self::Private => "private",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not-found",
            Self::Gone => "gone",
            Self::Throttled => "throttled",
            Self::Http => "http",
            Self::Encoding => "encoding",
            Self::NotAFeed => "not-a-feed",
            Self::File => "file",
            Self::Scheme => "scheme",
            Self::Command => "command",
        }
    }

    pub const ALL: [Self; 17] = [
        Self::UnknownHost,
        Self::Unreachable,
        Self::Certificate,
        Self::Timeout,
        Self::TooLarge,
        Self::Redirect,
        Self::Private,
        Self::Forbidden,
        Self::NotFound,
        Self::Gone,
        Self::Throttled,
        Self::Http,
        Self::Encoding,
        Self::NotAFeed,
        Self::File,
        Self::Scheme,
        Self::Command,
    ];

    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A feed as the services show it: subscription, facts, counts and fetch record together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    pub id: FeedId,
    pub url: String,
    pub subscription: Subscription,
    pub facts: FeedFacts,
    pub fetch: FetchState,
    pub articles: u64,
    pub unread: u64,
    pub starred: u64,
}

impl Feed {
    /// The name to show: the user's, else the publisher's, else the URL.
    #[must_use]
    pub fn name(&self) -> &str {
        match &self.subscription.title {
            Some(title) => title,
            None if self.facts.title.is_empty() => &self.url,
            None => &self.facts.title,
        }
    }

    /// What keeps it at its address, though its server sends it on for good.
    #[must_use]
    pub fn obstacle(&self) -> Option<Obstacle> {
        let moved = self.fetch.moved.as_ref().filter(|moved| moved.is_for_good())?;
        let (from, to) = (url::Url::parse(&self.url).ok()?, url::Url::parse(&moved.to).ok()?);
        // A login that is set apart from the address is no part of where it is sent on to.
        moved::obstacle(&from, &to, self.subscription.manners().has_secrets())
    }
}

/// The command of an `exec:` source. Commands are the user's own: they come from the command line, or from a list that
/// was imported with the user's word for it.
#[must_use]
pub fn command(source: &str) -> Option<&str> {
    source.strip_prefix("exec:").map(str::trim).filter(|command| !command.is_empty())
}

/// A URL as it may be shown or logged: without the user's credentials. Also what somebody has typed that is none.
#[must_use]
pub fn shown_url(url: &str) -> String {
    match url::Url::parse(url) {
        Ok(mut parsed) if !parsed.username().is_empty() || parsed.password().is_some() => {
            // Only URLs that cannot have credentials refuse to lose them.
            let _ = parsed.set_username("");
            let _ = parsed.set_password(None);
            parsed.into()
        }
        Ok(parsed) if parsed.has_host() || command(url).is_some() => url.to_owned(),
        _ => without_login(url),
    }
}

/// `feed:http://me:secret@host/x`, `me:secret@host/x` or worse, without what comes before the host.
fn without_login(text: &str) -> String {
    let (scheme, rest) = match text.split_once("//") {
        Some((scheme, rest)) => (format!("{scheme}//"), rest),
        None => (String::new(), text),
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // A password may have a slash in it, which makes it no URL; a name alone (`@me@host`) is no secret.
    let login = if authority.contains('@') { authority } else { rest };
    match login.rsplit_once('@') {
        Some((login, _)) if login.contains(':') => {
            format!("{scheme}{}", rest.get(login.len() + 1..).unwrap_or_default())
        }
        _ => text.to_owned(),
    }
}

/// A feed's name as it may be shown: one without a title goes by its URL, which may hold a password.
#[must_use]
pub fn shown_name(name: &str) -> Cow<'_, str> {
    if name.contains("://") { Cow::Owned(shown_url(name)) } else { Cow::Borrowed(name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_not_shown() {
        assert_eq!(shown_url("https://me:secret@a.example/feed"), "https://a.example/feed");
        for whole in
            ["https://a.example/feed?x=1", "https://a.example:81/@me", "@me@a.example", "exec:curl u:p@h", "a b"]
        {
            assert_eq!(shown_url(whole), whole);
        }
        for (typed, shown) in [
            ("feed:http://me:secret@a.example/x", "feed:http://a.example/x"),
            ("feed://me:secret@a.example/x", "feed://a.example/x"),
            ("ftp://me:s3cr3t@x/f", "ftp://x/f"),
            ("me:secret@a.example/x", "a.example/x"),
            ("http://me:se/cret@a.example/x", "http://a.example/x"),
            ("http://me:secret@a b/x", "http://a b/x"),
        ] {
            assert_eq!(shown_url(typed), shown);
        }
    }

    #[test]
    fn every_failure_is_stored_under_its_own_name() {
        for kind in FailureKind::ALL {
            assert_eq!(FailureKind::from_name(kind.name()), Some(kind));
        }
    }
}
