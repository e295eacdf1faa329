//! Subscribing, in its several ways: by URL, from a list, from a starter pack; and handing the list on.

use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use serde::Serialize;
use url::Url;

use super::discovery::Found;
use super::event::EngineEvent;
use super::ingest::Parsed;
use super::typed::Typed;
use super::{Engine, EngineError};
use crate::content::newsboat;
use crate::content::opml::{self, Outline};
use crate::model::feed::{Feed, FeedId, Subscription, command, shown_url};
use crate::store::{Ingest, NewFeed, StoreError};

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
        if command(text).is_some() {
            let found = self.look_at_output(text, &subscription).await?;
            return self.subscribe_found(&found, subscription).await;
        }
        let found = self.look_up_as(text, &subscription).await?;
        let [best, others @ ..] = found.as_slice() else { return Err(EngineError::NotAUrl(shown_url(text))) };
        let added = self.subscribe_found(best, subscription).await?;
        Ok(Added { others: others.iter().map(|found| Offer::of(found)).collect(), ..added })
    }

    /// The feeds that a person may mean by this, the best first.
    pub async fn look_up(&self, text: &str) -> Result<Vec<Arc<Found>>, EngineError> {
        self.look_up_as(text, &Subscription::default()).await
    }

    /// The same, asked for and filtered as the subscription says.
    async fn look_up_as(&self, text: &str, subscription: &Subscription) -> Result<Vec<Arc<Found>>, EngineError> {
        let Typed { url, or } = Typed::read(text)?;
        let found = self.discover(&url, subscription).await;
        match (found, or) {
            // What only a secure connection may carry waits for one.
            (Err(error), Some(open)) if error.is_of_connection() && !subscription.manners().has_secrets() => {
                self.discover(&open, subscription).await.map_err(|_open| error)
            }
            (found, _) => found,
        }
    }

    /// Subscribes to a feed that was found, and stores what it had then.
    pub async fn subscribe_found(&self, found: &Found, subscription: Subscription) -> Result<Added, EngineError> {
        let title = found.title().to_owned();
        let subscription = found.for_its_site(subscription);
        let url = self.known_address(found).await?.unwrap_or_else(|| found.url.clone());
        let new = NewFeed { url: url.clone(), subscription, title: title.clone() };
        let subscribed = self.store().subscribe(vec![new]).await?;
        let (feed, is_new) = subscribed.first().copied().ok_or_else(|| EngineError::NotAUrl(found.url()))?;
        let Parsed { facts, items, dropped, .. } = &found.parsed;
        let due = self.store().due(self.now(), true, Some(vec![feed])).await?.pop();
        let due = due.ok_or_else(|| StoreError::NoFeed(feed.to_string()))?;
        let record = self.record_found(&due, found);
        let ingest = Ingest { record, facts: facts.clone(), items: items.clone(), dropped: *dropped };
        let ingested = self.store().ingest(ingest).await?;
        self.tell(EngineEvent::FeedsChanged);
        self.tell(EngineEvent::Ingested { feed, new: ingested.new, changed: ingested.changed });
        let articles = found.articles();
        Ok(Added { feed, url: shown_url(&url), title, articles, was_known: !is_new, others: Vec::new() })
    }

    /// The address at which the feed is subscribed to already, where its server says that it is there for good.
    async fn known_address(&self, found: &Found) -> Result<Option<String>, EngineError> {
        let Some(there) = &found.permanent else { return Ok(None) };
        let feeds = self.feeds().await?;
        let is_known =
            feeds.iter().all(|feed| feed.url != found.url) && feeds.iter().any(|feed| feed.url == there.as_str());
        Ok(is_known.then(|| there.to_string()))
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
            (None, _) => Err(EngineError::UnknownFeed(shown_url(name))),
            (Some(feed), true) => Ok(feed.clone()),
            (Some(feed), false) => {
                found.push(feed);
                let candidates = found.iter().map(|feed| format!("{} ({})", shown_url(feed.name()), feed.id)).collect();
                Err(EngineError::Ambiguous { name: shown_url(name), candidates })
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
                Err(reason) => skipped.push(format!("{}: {reason}", shown_url(&outline.url))),
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
    format!("line {}: {}: {reason}", line.line, shown_url(&line.source))
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

/// What a person means by an address.
fn typed_url(text: &str) -> Result<Url, EngineError> {
    Ok(Typed::read(text)?.url)
}

#[cfg(test)]
mod tests {
    use super::*;

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
