//! Subscribing, in its several ways: by URL, from a list, from a starter pack; and handing the list on.

use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use serde::Serialize;
use url::Url;

use super::discovery::Found;
use super::event::EngineEvent;
use super::ingest::Parsed;
use super::record::day;
use super::{Engine, EngineError};
use crate::content::discover;
use crate::content::newsboat;
use crate::content::opml::{self, Outline};
use crate::model::feed::{Feed, FeedId, Subscription, command, shown_url};
use crate::model::schedule::{Attempt, next_attempt};
use crate::model::traffic::Traffic;
use crate::platform::clock;
use crate::store::{FetchRecord, Ingest, NewFeed};

static PACKS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/config/packs");

/// A list of feeds that comes with kabar. Its name is translated by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    pub id: String,
    pub feeds: Vec<Outline>,
}

/// The starter packs, Indonesia first.
#[must_use]
pub fn packs() -> Vec<Pack> {
    let mut packs: Vec<Pack> = PACKS
        .files()
        .filter_map(|file| {
            let id = file.path().file_stem()?.to_str()?.to_owned();
            Some(Pack { id, feeds: opml::parse(file.contents_utf8()?).ok()? })
        })
        .collect();
    let order = ["indonesia", "world", "technology", "science", "business", "sport"];
    packs.sort_by_key(|pack| order.iter().position(|id| *id == pack.id).unwrap_or(order.len()));
    packs
}

/// What subscribing brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    pub feed: FeedId,
    pub url: String,
    pub title: String,
    pub articles: usize,
    /// It had been subscribed before.
    pub was_known: bool,
    /// The other feeds that were found there.
    pub others: Vec<Offer>,
}

/// A feed that could be subscribed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Offer {
    pub url: String,
    pub title: String,
    pub articles: usize,
}

impl Offer {
    #[must_use]
    pub fn of(found: &Found) -> Self {
        Self { url: found.url(), title: found.title().to_owned(), articles: found.articles() }
    }
}

/// What importing a list brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    pub added: Vec<FeedId>,
    pub known: usize,
    /// Lines that were left out, each with the reason.
    pub skipped: Vec<String>,
}

/// Whether a list may bring commands: `exec:` sources and filters. Whoever wrote the list could run anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Commands {
    Refused,
    Allowed,
}

/// How a list of subscriptions is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Opml,
    Newsboat,
}

impl Engine {
    /// Subscribes to what a person typed: a feed, a page that has some, a file. Looks at it first; what is no feed or cannot
    /// be had is not subscribed. Of several feeds the best is, and the others are named.
    ///
    /// The text is the user's own: `exec:COMMAND` is run.
    pub async fn add(&self, text: &str, subscription: Subscription) -> Result<Added, EngineError> {
        let text = text.trim();
        if command(text).is_some() || subscription.filter.is_some() || subscription.manners.is_some() {
            let found = self.look_through(text, &subscription).await?;
            return self.subscribe_found(&found, subscription).await;
        }
        let found = self.look_up(text).await?;
        let [best, others @ ..] = found.as_slice() else { return Err(EngineError::NotAUrl(text.to_owned())) };
        let added = self.subscribe_found(best, subscription).await?;
        Ok(Added { others: others.iter().map(|found| Offer::of(found)).collect(), ..added })
    }

    /// The feeds that a person may mean by this, the best first.
    pub async fn look_up(&self, text: &str) -> Result<Vec<Arc<Found>>, EngineError> {
        self.discover(&typed_url(text)?).await
    }

    /// Subscribes to a feed that was found, and stores what it had then.
    pub async fn subscribe_found(&self, found: &Found, subscription: Subscription) -> Result<Added, EngineError> {
        let title = found.title().to_owned();
        let terms = self.first_terms(&found.parsed.facts, subscription.interval);
        let new = NewFeed { url: found.url.clone(), subscription, title: title.clone() };
        let subscribed = self.store().subscribe(vec![new]).await?;
        let (feed, is_new) = subscribed.first().copied().ok_or_else(|| EngineError::NotAUrl(found.url()))?;
        let now = self.now();
        let attempt = Attempt::Success { fresh_until: found.fresh.map(|fresh| fresh.until(now)) };
        let record = FetchRecord {
            validators: Some(found.validators.clone()),
            digest: Some(found.digest),
            traffic: is_new.then(|| Traffic::default().with(day(now), found.cost)),
            ..FetchRecord::new(feed, now, next_attempt(now, attempt, &terms, clock::jitter()))
        };
        let Parsed { facts, items, dropped, .. } = &found.parsed;
        let ingest = Ingest { record, facts: facts.clone(), items: items.clone(), dropped: *dropped };
        let ingested = self.store().ingest(ingest).await?;
        self.tell(EngineEvent::FeedsChanged);
        self.tell(EngineEvent::Ingested { feed, new: ingested.new, changed: ingested.changed });
        let articles = found.articles();
        Ok(Added { feed, url: found.url(), title, articles, was_known: !is_new, others: Vec::new() })
    }

    /// Ends a subscription.
    pub async fn remove(&self, feed: FeedId) -> Result<(), EngineError> {
        self.store().unsubscribe(feed).await?;
        self.tell(EngineEvent::FeedsChanged);
        Ok(())
    }

    /// Replaces a subscription's settings, and its URL when one is given.
    pub async fn edit_feed(
        &self,
        feed: FeedId,
        url: Option<&str>,
        subscription: Subscription,
    ) -> Result<(), EngineError> {
        let url = url.map(typed_url).transpose()?.map(String::from);
        self.store().edit_feed(feed, url, subscription, self.usual()).await?;
        self.tell(EngineEvent::FeedsChanged);
        Ok(())
    }

    /// The feed that `name` means: an id, a URL or an unambiguous part of a title.
    pub async fn feed_named(&self, name: &str) -> Result<Feed, EngineError> {
        let feeds = self.feeds().await?;
        if let Some(feed) =
            feeds.iter().find(|feed| feed.id.to_string() == name || feed.url == name || shown_url(&feed.url) == name)
        {
            return Ok(feed.clone());
        }
        if let Some(feed) = typed_url(name).ok().and_then(|url| feeds.iter().find(|feed| feed.url == url.as_str())) {
            return Ok(feed.clone());
        }
        let part = name.to_lowercase();
        let is_exact = |feed: &&Feed| feed.name().to_lowercase() == part;
        if let Some(feed) = feeds.iter().find(is_exact) {
            return Ok(feed.clone());
        }
        let mut found: Vec<&Feed> = feeds.iter().filter(|feed| feed.name().to_lowercase().contains(&part)).collect();
        match (found.pop(), found.is_empty()) {
            (None, _) => Err(EngineError::UnknownFeed(name.to_owned())),
            (Some(feed), true) => Ok(feed.clone()),
            (Some(feed), false) => {
                found.push(feed);
                let candidates = found.iter().map(|feed| format!("{} ({})", shown_url(feed.name()), feed.id)).collect();
                Err(EngineError::Ambiguous { name: name.to_owned(), candidates })
            }
        }
    }

    /// Stores the subscriptions of an OPML document or a newsboat list, and fetches nothing. Relative addresses are taken
    /// from `base`, the folder of the list.
    pub async fn import(
        &self,
        what: &str,
        text: &str,
        base: Option<&Path>,
        commands: Commands,
    ) -> Result<Imported, EngineError> {
        let (outlines, mut skipped) = read_list(what, text)?;
        let mut feeds = Vec::new();
        for outline in outlines {
            match listed(&outline, base, commands) {
                Ok(url) => feeds.push((url, outline)),
                Err(reason) => skipped.push(format!("{}: {reason}", outline.url)),
            }
        }
        // The names in a list of the user's own are the user's names.
        let new = feeds.into_iter().map(|(url, outline)| NewFeed {
            url,
            title: String::new(),
            subscription: subscription(outline),
        });
        let imported = self.subscribe_all(new.collect()).await?;
        Ok(Imported { skipped, ..imported })
    }

    /// Subscribes to the feeds of starter packs, without fetching.
    pub async fn subscribe_packs(&self, ids: &[String]) -> Result<Imported, EngineError> {
        let feeds = packs().into_iter().filter(|pack| ids.contains(&pack.id)).flat_map(|pack| pack.feeds);
        // The names in a pack only stand in until the publisher's own is known.
        let new = feeds.map(|mut outline| NewFeed {
            title: outline.title.take().unwrap_or_default(),
            url: outline.url.clone(),
            subscription: subscription(outline),
        });
        self.subscribe_all(new.collect()).await
    }

    async fn subscribe_all(&self, new: Vec<NewFeed>) -> Result<Imported, EngineError> {
        let subscribed = self.store().subscribe(new).await?;
        self.tell(EngineEvent::FeedsChanged);
        let added: Vec<FeedId> = subscribed.iter().filter(|(_, is_new)| *is_new).map(|(id, _)| *id).collect();
        Ok(Imported { known: subscribed.len() - added.len(), added, skipped: Vec::new() })
    }

    /// All subscriptions as one document.
    pub async fn export(&self, format: Format) -> Result<String, EngineError> {
        let outlines: Vec<Outline> = self.feeds().await?.into_iter().map(outline).collect();
        Ok(match format {
            Format::Opml => opml::print("kabar", &outlines),
            Format::Newsboat => newsboat::print(&outlines),
        })
    }
}

fn subscription(outline: Outline) -> Subscription {
    Subscription {
        title: outline.title,
        folder: outline.folder,
        tags: outline.tags,
        muted: outline.muted,
        filter: outline.filter,
        ..Subscription::default()
    }
}

fn outline(feed: Feed) -> Outline {
    Outline {
        title: Some(feed.name().to_owned()).filter(|name| *name != feed.url),
        url: feed.url,
        folder: feed.subscription.folder,
        tags: feed.subscription.tags,
        home: feed.facts.home,
        muted: feed.subscription.muted,
        filter: feed.subscription.filter,
    }
}

fn read_list(what: &str, text: &str) -> Result<(Vec<Outline>, Vec<String>), EngineError> {
    if text.trim_start().starts_with('<') {
        let fail = |error: opml::OpmlError| EngineError::Import { what: what.to_owned(), problem: error.to_string() };
        return Ok((opml::parse(text).map_err(fail)?, Vec::new()));
    }
    let list = newsboat::parse(text);
    Ok((list.outlines, list.skipped.iter().map(skipped).collect()))
}

fn skipped(line: &newsboat::Skipped) -> String {
    let reason = match line.reason {
        newsboat::Reason::Query => "a saved search of newsboat",
        newsboat::Reason::Unknown => "no address",
    };
    format!("line {}: {}: {reason}", line.line, line.source)
}

/// Where a feed of a list is: an address, or a command where the user allows those.
fn listed(outline: &Outline, base: Option<&Path>, commands: Commands) -> Result<String, String> {
    let is_command = command(&outline.url).is_some();
    match commands {
        Commands::Refused if is_command || outline.filter.is_some() => {
            Err("a list may only bring commands with --allow-exec".to_owned())
        }
        Commands::Allowed if is_command => Ok(outline.url.clone()),
        Commands::Refused | Commands::Allowed => listed_url(&outline.url, base).map(String::from),
    }
}

/// An address of a list: web addresses as they are, others as files beside the list. Commands are never taken over.
fn listed_url(address: &str, base: Option<&Path>) -> Result<Url, String> {
    if let Ok(url) = Url::parse(address) {
        return match url.scheme() {
            "http" | "https" | "file" => Ok(url),
            "feed" => typed_url(address).map_err(|error| error.to_string()),
            scheme => Err(format!("kabar does not take {scheme}: addresses from a list")),
        };
    }
    let base = base.ok_or("not an absolute URL")?;
    Url::from_file_path(base.join(address)).map_err(|()| "not a URL".to_owned())
}

/// What a person means by an address: `feed:` and missing schemes are mended, paths become file URLs.
pub(super) fn typed_url(text: &str) -> Result<Url, EngineError> {
    let text = text.trim();
    let wrong = || EngineError::NotAUrl(text.to_owned());
    // What browsers and podcast players write before the address of a feed.
    for scheme in ["feed:", "rss:", "itpc:", "pcast:", "podcast:"] {
        let Some(rest) = text.strip_prefix(scheme) else { continue };
        return if rest.contains(scheme) { Err(wrong()) } else { typed_url(rest.trim_start_matches("//")) };
    }
    if text.is_empty() {
        return Err(wrong());
    }
    if let Some(profile) = discover::of_handle(text) {
        return Ok(profile);
    }
    let is_path = text.starts_with(['/', '.', '~']) || Path::new(text).is_file();
    if is_path {
        let path = match text.strip_prefix("~/") {
            Some(rest) => directories::BaseDirs::new().map(|dirs| dirs.home_dir().join(rest)).ok_or_else(wrong)?,
            None => std::path::absolute(text).map_err(|_no_cwd| wrong())?,
        };
        return Url::from_file_path(path).map_err(|()| wrong());
    }
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(url),
        Ok(url) if url.scheme() == "file" => Ok(url),
        // `example.com:8080/feed` parses as a scheme; `example.com/feed` does not parse.
        _ if !text.contains("://") => {
            let url = Url::parse(&format!("https://{text}")).map_err(|_not_a_url| wrong())?;
            let looks_like_a_host = url.host_str().is_some_and(|host| host.contains('.') || host == "localhost");
            if looks_like_a_host { Ok(url) } else { Err(wrong()) }
        }
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_understood_as_people_type_it() {
        let typed = |text| typed_url(text).map(String::from).map_err(|error| error.to_string());
        assert_eq!(typed(" antaranews.com/rss "), Ok("https://antaranews.com/rss".to_owned()));
        assert_eq!(typed("feed://a.example/x"), Ok("https://a.example/x".to_owned()));
        assert_eq!(typed("feed:http://a.example/x"), Ok("http://a.example/x".to_owned()));
        assert_eq!(typed("a.example:8080/feed"), Ok("https://a.example:8080/feed".to_owned()));
        assert_eq!(typed("/srv/feed.xml"), Ok("file:///srv/feed.xml".to_owned()));
        assert!(typed("putin").is_err() && typed("").is_err() && typed("ftp://a.example").is_err());
        assert!(typed("javascript:alert(1)").is_err());
    }

    #[test]
    fn a_list_cannot_smuggle_in_a_command() {
        assert!(listed_url("exec:rm -rf ~", None).is_err());
        assert!(listed_url("javascript:alert(1)", Some(Path::new("/tmp"))).is_err());
        assert_eq!(listed_url("a.xml", Some(Path::new("/srv/lists"))).unwrap().as_str(), "file:///srv/lists/a.xml");
    }

    #[test]
    fn every_starter_pack_can_be_read() {
        let packs = packs();
        assert_eq!(packs[0].id, "indonesia");
        assert!(packs.len() >= 4 && packs.iter().all(|pack| pack.feeds.len() >= 5));
        for outline in packs.iter().flat_map(|pack| &pack.feeds) {
            assert!(outline.url.starts_with("https://") && outline.title.is_some(), "{outline:?}");
        }
    }
}
