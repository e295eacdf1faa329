//! Whole articles from their pages: fetched politely, put together from several pages, extracted on a thread of their own
//! within a time limit, kept in the store.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use tokio::sync::oneshot;
use url::Url;

use super::event::EngineEvent;
use super::workers::{STACK, Workers};
use super::{Engine, EngineError};
use crate::config::Config;
use crate::content::extract::{self, About, ExtractError, Sites};
use crate::content::text;
use crate::model::entry::{Entry, EntryId};
use crate::model::feed::{FeedId, Validators};
use crate::model::page::{Barrier, Learned, Page};
use crate::net::{Body, Client, Gate, Outcome, Reach, host};
use crate::platform::clock;
use crate::store::{Common, ShortBlock};

/// Extractors take seconds on a hostile page; a reader does not wait longer than this.
const DEADLINE: Duration = Duration::from_secs(4);
/// Bytes from which to read a page is long work.
const LARGE: usize = 1 << 20;
/// How long a large page waits for those before it.
const TURN: Duration = Duration::from_secs(30);
/// Pages fetched by themselves after one poll.
const AFTER_POLL: u32 = 60;
/// Entries older than this are not fetched by themselves.
const RECENT: SignedDuration = SignedDuration::from_hours(48);
/// Shown length of a block that may be a site's boilerplate.
const SHORT: usize = 300;

/// Why there is no article of a page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    #[error(transparent)]
    Extract(#[from] ExtractError),
    #[error("the page took too long to read")]
    Slow,
    #[error("the page could not be read")]
    Failed,
    #[error("{}", .0.words())]
    Barrier(Barrier),
    #[error("{0}")]
    Fetch(String),
    /// The server named a time before which it is not asked.
    #[error("the server asked to be left alone for a while")]
    Held,
    #[error("the article has no address")]
    NoAddress,
    #[error("the page has no more than the feed")]
    NoMore,
    #[error("the picture is too large")]
    TooLarge,
    #[error("this is no picture that kabar can show")]
    NoPicture,
}

impl PageError {
    /// As the store keeps it.
    fn name(&self) -> String {
        match self {
            Self::Barrier(barrier) => barrier.name().to_owned(),
            other => other.to_string(),
        }
    }

    /// Asking again would bring the same.
    pub(super) fn is_final(&self) -> bool {
        !matches!(self, Self::Fetch(_) | Self::Slow | Self::Held)
    }
}

/// Reads pages: what the web is asked with, who may ask when, and the rules for single sites.
#[derive(Debug, Clone)]
pub struct Pages {
    client: Client,
    gate: Gate,
    sites: Arc<Sites>,
    long: Arc<Workers>,
    /// Whose holds and budgets count; none without a store.
    engine: Option<Engine>,
}

/// A page that was fetched, and how far what it names may reach.
struct Fetched {
    page: Page,
    url: Url,
    reach: Reach,
}

impl Pages {
    /// As the settings say; for looking at a page without a store.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let gate = Gate::new(config.poll.in_flight, config.poll.per_host);
        Self {
            client: super::client(config),
            gate,
            sites: Arc::clone(&config.sites),
            long: Arc::new(Workers::long()),
            engine: None,
        }
    }

    /// The article of a page whose bytes are at hand.
    pub async fn read(&self, bytes: Vec<u8>, content_type: Option<String>, url: Url) -> Result<Page, PageError> {
        let (reply, answer) = oneshot::channel();
        let sites = Arc::clone(&self.sites);
        let is_large = bytes.len() > LARGE;
        let read = move || extract::extract(&bytes, content_type.as_deref(), &url, &sites);
        let answer = if is_large {
            let turn = tokio::time::timeout(TURN, self.long.turn()).await.map_err(|_elapsed| PageError::Slow)?;
            self.long.start(turn.ok_or(PageError::Failed)?, read)
        } else {
            // Not one of the runtime's threads: those are few, and a page that hangs would keep one.
            let work = move || drop(reply.send(read()));
            let thread = std::thread::Builder::new().name("extract".to_owned()).stack_size(STACK).spawn(work);
            thread.map_err(|_error| PageError::Failed)?;
            answer
        };
        match tokio::time::timeout(DEADLINE, answer).await {
            Ok(Ok(page)) => Ok(page?),
            Ok(Err(_panicked)) => Err(PageError::Failed),
            Err(_elapsed) => Err(PageError::Slow),
        }
    }

    /// The whole article at an address that the user named.
    pub async fn article(&self, url: &Url) -> Result<Page, PageError> {
        self.article_within(Reach::Anywhere, url).await
    }

    /// The whole article at `url`: its further pages joined, and the plainer form of a page that shows nothing.
    pub(super) async fn article_within(&self, reach: Reach, url: &Url) -> Result<Page, PageError> {
        let mut first = self.fetch(reach, url).await?;
        let canonical = form_of(&first);
        if (first.page.barrier.is_some() || first.page.is_cut)
            && let Some(other) = self.other_form(&first).await
        {
            first = other;
        }
        let page = self.with_further_pages(first).await;
        let is_amp = canonical.is_some();
        Ok(Page { canonical: canonical.map(|url| url.to_string()).or(page.canonical), is_amp, ..page })
    }

    /// The plainer form of a page that shows nothing, or the page whose form shows nothing or not all; on the same site.
    async fn other_form(&self, first: &Fetched) -> Option<Fetched> {
        let named: Vec<Url> =
            first.page.amp.iter().chain(&first.page.canonical).filter_map(|other| Url::parse(other).ok()).collect();
        for other in named.iter().filter(|other| is_same_site(&first.url, other) && **other != first.url) {
            let reach = self.client.onward(first.reach, &first.url, other);
            if let Ok(found) = self.fetch(reach, other).await
                && found.page.barrier.is_none()
                && (first.page.barrier.is_some() || found.page.html.len() > first.page.html.len())
            {
                return Some(found);
            }
        }
        None
    }

    async fn with_further_pages(&self, first: Fetched) -> Page {
        let Fetched { mut page, url, mut reach } = first;
        let mut at = url;
        let mut seen: HashSet<String> = HashSet::from([at.to_string()]);
        let mut parts = vec![page.html.clone()];
        while let Some(next) = page.next.take() {
            let is_new = seen.insert(next.clone());
            let Some(next) = Url::parse(&next).ok().filter(|_| is_new && parts.len() < extract::next::PAGES) else {
                break;
            };
            // What has come so far is worth more than nothing.
            let onward = self.client.onward(reach, &at, &next);
            let Ok(further) = self.fetch(onward, &next).await else { break };
            (at, reach) = (further.url, further.reach);
            let further = further.page;
            if further.barrier.is_some() || parts.contains(&further.html) {
                break;
            }
            // All pages in one replace the first.
            let is_all = text::plain(&further.html).contains(&text::plain(&page.html));
            if is_all {
                parts.clear();
            }
            page.next = further.next.filter(|_| !is_all);
            parts.push(further.html);
        }
        if parts.len() > 1 {
            let about = About { title: page.title.as_deref(), authors: &page.authors, is_feed: false };
            page.html = extract::clean(&parts.join("\n"), about);
        } else if let Some(only) = parts.pop() {
            page.html = only;
        }
        page
    }

    /// One page, when its host's turn comes: a host that asked to be left alone is. Only one host is waited for at a time,
    /// so that two articles never wait for each other.
    async fn fetch(&self, reach: Reach, url: &Url) -> Result<Fetched, PageError> {
        let pass = self.gate.enter(&host(url)).await;
        let outcome = match &self.engine {
            Some(engine) => {
                let asked = engine.ask(&pass, reach, url, &Validators::default()).await;
                asked.map_err(|_store| PageError::Failed)?.map_err(|_held| PageError::Held)?
            }
            None => self.client.fetch_within(reach, url, &Validators::default()).await,
        };
        drop(pass);
        match outcome {
            Outcome::Body(Body { bytes, content_type, final_url, reach, .. }) => {
                let page = self.read(bytes, content_type, final_url.clone()).await?;
                Ok(Fetched { page, url: final_url, reach })
            }
            Outcome::Failed(failure) => Err(PageError::Fetch(failure.error.detail)),
            Outcome::NotModified(_) => Err(PageError::Failed),
        }
    }
}

/// The page that a fetched one is a plainer form of, where both are of one site.
fn form_of(fetched: &Fetched) -> Option<Url> {
    let canonical = fetched.page.canonical.as_deref().filter(|_| fetched.page.is_amp)?;
    let canonical = Url::parse(canonical).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    (is_same_site(&fetched.url, &canonical) && canonical != fetched.url).then_some(canonical)
}

/// Also where one is a copy of the other in a cache for AMP, which names the site in its own address
/// (`a-id.cdn.ampproject.org/c/s/a.id/amp/1`).
fn is_same_site(from: &Url, to: &Url) -> bool {
    let is_cached = from.host_str().is_some_and(|host| host.ends_with(".cdn.ampproject.org"))
        && to.host_str().is_some_and(|host| from.path().split('/').any(|part| part == host));
    is_cached || site(from) == site(to)
}

/// A host without the parts that a site's own forms differ in.
fn site(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
    ["www.", "m.", "amp.", "mobile."].iter().find_map(|form| host.strip_prefix(form)).unwrap_or(&host).to_owned()
}

impl Engine {
    /// Fetches the whole article of an entry and keeps it. The feed's text stays when there is none, with the reason.
    pub async fn fetch_whole(&self, id: EntryId) -> Result<Result<(), PageError>, EngineError> {
        let Some(entry) = self.entry(id).await? else { return Ok(Err(PageError::NoAddress)) };
        let (at, feed) = (clock::now(), entry.headline.feed);
        match self.article_of(&entry).await {
            Ok(page) => {
                let blocks = self.short_blocks(&page.html).await;
                let common = self.learn_blocks(&entry, blocks.clone()).await?;
                let html = extract::without_blocks(&page.html, &common.blocks);
                let canonical = page.canonical.filter(|_| page.is_amp);
                self.store().save_page(id, html, page.tags, canonical, at).await?;
                // More is known of those that were kept before; and of this one, where others were fetched meanwhile.
                let now = self.learn_blocks(&entry, blocks).await?;
                let mut changed = common.earlier;
                changed.extend((now.blocks != common.blocks).then_some(id));
                for other in &changed {
                    let blocks = now.blocks.clone();
                    self.store().reread_page(*other, move |html| extract::without_blocks(html, &blocks)).await?;
                }
                changed.push(id);
                self.tell_changed(feed, changed);
                Ok(Ok(()))
            }
            Err(error) => {
                tracing::info!(entry = id.0, %error, "no whole article");
                self.store().save_page_problem(id, error.name(), error.is_final(), at).await?;
                self.tell_changed(feed, vec![id]);
                Ok(Err(error))
            }
        }
    }

    fn tell_changed(&self, feed: FeedId, changed: Vec<EntryId>) {
        self.tell(EngineEvent::Ingested { feed, new: Vec::new(), changed });
    }

    async fn article_of(&self, entry: &Entry) -> Result<Page, PageError> {
        let url = entry.headline.url.as_deref().and_then(|url| Url::parse(url).ok()).ok_or(PageError::NoAddress)?;
        // A page that is a file may only be named by a feed that is one.
        let is_file = url.scheme() == "file" && entry.feed_url.starts_with("file:");
        if !matches!(url.scheme(), "http" | "https") && !is_file {
            return Err(PageError::NoAddress);
        }
        let page = self.pages().article_within(self.page_reach(entry, &url), &url).await?;
        if let Some(barrier) = page.barrier {
            return Err(PageError::Barrier(barrier));
        }
        // A feed that has the whole text has the better one.
        let (theirs, ours) = (text::plain(&page.html), text::plain(&entry.html));
        if !entry.is_whole && theirs.len() * 10 < ours.len() * 9 {
            return Err(PageError::NoMore);
        }
        Ok(page)
    }

    pub(super) fn pages(&self) -> Pages {
        Pages {
            client: self.inner.client.clone(),
            gate: self.inner.gate.clone(),
            sites: Arc::clone(&self.inner.config.sites),
            long: Arc::clone(&self.inner.long),
            engine: Some(self.clone()),
        }
    }

    /// How far a page that a feed names may reach. A feed that came from the web names pages of the web only, also on its
    /// own host: a name may be made to mean another address by the time its page is asked for.
    pub(super) fn page_reach(&self, entry: &Entry, url: &Url) -> Reach {
        match Url::parse(&entry.feed_url) {
            Ok(feed) => {
                self.inner.client.onward(if entry.is_local { Reach::Anywhere } else { Reach::Public }, &feed, url)
            }
            Err(_) => Reach::Public,
        }
    }

    /// How far what an article shows and links to may reach.
    pub(super) fn link_reach(&self, entry: &Entry, to: &Url) -> Reach {
        // The text of a feed is the feed's word, that of a page the page's.
        let page = entry.headline.url.as_deref().filter(|_| entry.is_whole).and_then(|url| Url::parse(url).ok());
        match page {
            Some(page) => self.inner.client.onward(self.page_reach(entry, &page), &page, to),
            None => self.page_reach(entry, to),
        }
    }

    async fn short_blocks(&self, html: &str) -> Vec<ShortBlock> {
        let theirs = html.to_owned();
        let found = self.in_turn(html.len(), move || extract::short_blocks(&theirs, SHORT)).await.unwrap_or_default();
        found.into_iter().map(|(hash, words)| ShortBlock { hash, words }).collect()
    }

    /// Learns an article's short blocks, and which of them other articles of the site have, too.
    async fn learn_blocks(&self, entry: &Entry, blocks: Vec<ShortBlock>) -> Result<Common, EngineError> {
        let url = entry.headline.url.as_deref().and_then(|url| Url::parse(url).ok());
        let Some(site) = url.as_ref().map(site).filter(|site| !site.is_empty()) else { return Ok(Common::default()) };
        Ok(self.store().learn_blocks(site, entry.headline.id, blocks).await?)
    }

    /// Fetches the pages that subscriptions want whole, a few at a time, until there are none or `AFTER_POLL` are done.
    pub(super) async fn fetch_wanted(&self) -> Result<(), EngineError> {
        let since = clock::now() - RECENT;
        let wanted = self.store().pages_wanted(since, AFTER_POLL).await?;
        let mut fetches = tokio::task::JoinSet::new();
        for page in wanted {
            // No more at once than one host may be asked for: they are often all of one.
            if fetches.len() >= self.inner.config.poll.per_host.max(2) {
                fetches.join_next().await;
            }
            let engine = self.clone();
            fetches.spawn(async move {
                if let Err(error) = engine.fetch_whole(page.id).await {
                    tracing::warn!(%error, "a page could not be kept");
                }
            });
        }
        while fetches.join_next().await.is_some() {}
        Ok(())
    }

    /// The site of an article, and what its articles have in common and are shown without.
    pub async fn boilerplate(&self, id: EntryId) -> Result<(String, Vec<Learned>), EngineError> {
        let entry = self.entry(id).await?;
        let url = entry.and_then(|entry| entry.headline.url).and_then(|url| Url::parse(&url).ok());
        let Some(site) = url.as_ref().map(site).filter(|site| !site.is_empty()) else {
            return Ok((String::new(), Vec::new()));
        };
        Ok((site.clone(), self.store().learned_blocks(site).await?))
    }

    /// Keeps one of those from now on, or leaves it out again, in pages that are fetched from now on.
    pub async fn keep_block(&self, site: &str, hash: i64, is_kept: bool) -> Result<Vec<Learned>, EngineError> {
        self.store().keep_block(site.to_owned(), hash, is_kept).await?;
        Ok(self.store().learned_blocks(site.to_owned()).await?)
    }
}
