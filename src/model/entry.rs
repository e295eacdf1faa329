//! An item as published: as a [`Draft`] on its way in, as a [`Headline`] in a list, as an [`Entry`] when read.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::article::Anchor;
use super::feed::{FeedFacts, FeedId, shown_name};
use super::ledger::Dropped;
use super::story::StoryId;

/// Row id of an entry in the store; stable for as long as the store lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryId(pub i64);

impl std::fmt::Display for EntryId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A file attached to an entry: a podcast episode, a video, a picture.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosure {
    pub url: String,
    pub mime_type: Option<String>,
    pub title: Option<String>,
    /// Bytes.
    pub size: Option<u64>,
    /// Seconds.
    pub duration: Option<u64>,
}

/// What is heard or seen in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    Audio,
    Video,
}

impl Medium {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Audio => "audio",
            Self::Video => "video",
        }
    }

    /// By the type that is declared, else by the file's name: many a server calls everything a stream of octets.
    #[must_use]
    pub fn of(mime_type: Option<&str>, url: &str) -> Option<Self> {
        let declared = mime_type.unwrap_or_default().trim().to_ascii_lowercase();
        let kind = match declared.as_str() {
            "" | "application/octet-stream" | "binary/octet-stream" | "application/force-download" => kind_of(url)?,
            "application/ogg" => "audio/ogg",
            // What the feeds of YouTube call a video.
            "application/x-shockwave-flash" => "video/",
            kind => kind,
        };
        [Self::Audio, Self::Video].into_iter().find(|medium| kind.split('/').next() == Some(medium.name()))
    }

    /// Those that an article's text links to, as files or, where the page had a player, at the host of the player.
    pub fn within(html: &str) -> impl Iterator<Item = Self> {
        html.split("<a href=\"").skip(1).filter_map(|link| {
            let (url, rest) = link.split_once('"')?;
            // What stood for itself on the page has no words of its own here.
            let is_player = rest.split_once('>').is_some_and(|(_, words)| words.starts_with("</a>"));
            Self::of(None, url).or_else(|| if is_player { Self::played_at(url) } else { None })
        })
    }

    /// What the players of a host play; those that others put into their pages.
    fn played_at(url: &str) -> Option<Self> {
        const VIDEO: [&str; 9] = [
            "youtube.com",
            "youtube-nocookie.com",
            "youtu.be",
            "vimeo.com",
            "dailymotion.com",
            "vidio.com",
            "rutube.ru",
            "bilibili.com",
            "twitch.tv",
        ];
        const AUDIO: [&str; 5] =
            ["soundcloud.com", "spotify.com", "podcasts.apple.com", "megaphone.fm", "mixcloud.com"];
        let (_, rest) = url.split_once("://")?;
        let host = rest.split(['/', '?', '#', ':']).next()?;
        let is_of = |site: &&str| host.strip_suffix(*site).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'));
        if VIDEO.iter().any(is_of) { Some(Self::Video) } else { AUDIO.iter().any(is_of).then_some(Self::Audio) }
    }
}

/// The type of a file by the ending of its name.
#[must_use]
pub fn kind_of(url: &str) -> Option<&'static str> {
    let path = url.split(['?', '#']).next()?;
    let (_, ending) = path.rsplit('/').next()?.rsplit_once('.')?;
    Some(match ending.to_ascii_lowercase().as_str() {
        "mp3" => "audio/mpeg",
        "m4a" | "m4b" => "audio/mp4",
        "aac" => "audio/aac",
        "ogg" | "oga" => "audio/ogg",
        "opus" => "audio/opus",
        "flac" => "audio/flac",
        "wav" => "audio/wav",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "mov" => "video/quicktime",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "pdf" => "application/pdf",
        "epub" => "application/epub+zip",
        "torrent" => "application/x-bittorrent",
        _ => return None,
    })
}

/// One item of a feed, decoded, resolved, sanitised and scrubbed, but not yet matched with the store.
/// Titles, names and categories are plain text without control characters; `content` and `summary` are safe HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The publisher's identifier (`guid`, `atom:id`, `rdf:about`, JSON Feed `id`), when there is one.
    pub guid: Option<String>,
    /// Absolute URL of the article's page.
    pub url: Option<String>,
    /// Absolute URL of another page, where there is one: the one it talks about (JSON Feed `external_url`), or the one that
    /// counts readers on their way to `url` (`FeedBurner`).
    pub external_url: Option<String>,
    pub title: String,
    pub authors: Vec<String>,
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    /// Safe HTML of the body, the longest that the feed offers.
    pub content: Option<String>,
    /// Safe HTML of the teaser, when it is not the content itself.
    pub summary: Option<String>,
    pub language: Option<String>,
    /// Absolute URL of the lead image.
    pub image: Option<String>,
    pub categories: Vec<String>,
    pub enclosures: Vec<Enclosure>,
}

impl Draft {
    /// Nothing that anyone could read or open.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let is_blank = |text: &Option<String>| text.as_ref().is_none_or(|text| text.trim().is_empty());
        self.title.is_empty()
            && is_blank(&self.content)
            && is_blank(&self.summary)
            && self.url.is_none()
            && self.enclosures.is_empty()
    }
}

/// One parsed feed document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedDraft {
    pub facts: FeedFacts,
    pub entries: Vec<Draft>,
    /// The feed's language as the publisher declares it, region and script included.
    pub language: Option<String>,
    /// What had to be mended to read it, in words for a warning on stderr.
    pub repairs: Vec<String>,
    /// Items that the parser left out.
    pub dropped: Dropped,
    /// The document ends in the middle of the last entry. It is shown, but not stored: its text would replace a whole one.
    pub is_cut_off: bool,
    /// The document ends too soon, there or between two entries: there may be more than has come.
    pub breaks_off: bool,
}

/// An entry's list row. Never its body.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "facts that hold independently")]
pub struct Headline {
    pub id: EntryId,
    pub feed: FeedId,
    pub feed_title: String,
    pub title: String,
    pub url: Option<String>,
    pub author: Option<String>,
    /// When the publisher says it appeared.
    pub published: Option<Timestamp>,
    /// When kabar first saw it.
    pub received: Timestamp,
    /// The list's order, newest first: `published`, but never later than `received`; `received` where undated.
    pub at: Timestamp,
    pub read: bool,
    pub starred: bool,
    /// The publisher changed it after kabar had stored it.
    pub edited: bool,
    /// The display names of its tags, publisher's first, in stored order.
    pub tags: Vec<String>,
    /// A plain-text teaser of at most 300 characters.
    pub summary: String,
    pub language: Option<String>,
    /// How many other feeds have the same article.
    pub copies: u32,
    /// Hidden by a rule or by hand.
    pub muted: bool,
    /// What it tells of, with others or alone; none before it was grouped.
    pub story: Option<StoryId>,
    /// How many articles of the library tell it, itself included.
    pub in_story: u32,
    /// The followed topics that it belongs to.
    pub topics: Vec<String>,
}

impl Headline {
    /// The position of this row in the list's order.
    #[must_use]
    pub fn key(&self) -> RowKey {
        RowKey { at: self.at.as_second(), id: self.id }
    }

    /// Its title; an article without one goes by its text, else by its address.
    #[must_use]
    pub fn words(&self) -> &str {
        let texts = [self.title.as_str(), self.summary.as_str(), self.url.as_deref().unwrap_or_default()];
        texts.into_iter().find(|text| !text.is_empty()).unwrap_or("-")
    }

    /// The feed's name as it may be shown.
    #[must_use]
    pub fn feed_name(&self) -> Cow<'_, str> {
        shown_name(&self.feed_title)
    }
}

/// A place in the newest-first order; windows of the list begin after or before one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowKey {
    /// Unix seconds.
    pub at: i64,
    pub id: EntryId,
}

/// Everything known about one entry, the body included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub headline: Headline,
    pub feed_url: String,
    /// Its feed did not come from the web, and may lead to places that are not on the web either.
    pub is_local: bool,
    pub authors: Vec<String>,
    pub updated: Option<Timestamp>,
    /// Safe HTML: the article of its page, else the feed's content, else its summary.
    pub html: String,
    /// `html` is from the page.
    pub is_whole: bool,
    /// Why the page could not be had when it was asked for last: a barrier's name, or words.
    pub page_problem: Option<String>,
    /// How far it was read.
    pub position: Option<Anchor>,
    pub image: Option<String>,
    pub enclosures: Vec<Enclosure>,
    /// The names of the other feeds that have the same article.
    pub also_in: Vec<String>,
}

impl Entry {
    /// Who wrote it, as far as that is known.
    #[must_use]
    pub fn authors(&self) -> Vec<&str> {
        if self.authors.is_empty() {
            return self.headline.author.iter().map(String::as_str).collect();
        }
        self.authors.iter().map(String::as_str).collect()
    }
}
