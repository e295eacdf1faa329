//! From what a person pastes to the feeds it may mean: fetched one after the other, within limits, and looked into.

use std::collections::HashSet;
use std::sync::Arc;

use url::Url;

use super::ingest::Parsed;
use super::record::{cost, not_a_feed};
use super::{Engine, EngineError};
use crate::content::discover::{self, Candidate};
use crate::content::parse::ParseError;
use crate::model::feed::{Digest, FailureKind, FetchError, Subscription, Validators, command, shown_url};
use crate::model::manners::Manners;
use crate::model::moved::is_same_site;
use crate::model::traffic::Cost;
use crate::net::{self, Body, Outcome, Reach, Wait, bare};

/// No page is believed to have more feeds than this.
const MOST: usize = 10;

/// A feed that was looked at, before anyone has subscribed to it.
#[derive(Debug)]
pub struct Found {
    /// As it is asked for, with the user's credentials if there are any.
    pub(super) url: String,
    /// Where its server says that it is for good.
    pub(super) permanent: Option<Url>,
    pub(super) validators: Validators,
    pub(super) digest: Digest,
    pub(super) fresh: Option<Wait>,
    pub(super) cost: Cost,
    pub(super) parsed: Parsed,
    title: String,
    /// It is of the site that the user named.
    is_home: bool,
}

impl Found {
    /// The subscription as far as it may be this feed's: what is set for one site goes to no other.
    pub(super) fn for_its_site(&self, subscription: Subscription) -> Subscription {
        match &subscription.manners {
            Some(manners) if !self.is_home => {
                Subscription { manners: manners.without_secrets().if_any(), ..subscription }
            }
            _ => subscription,
        }
    }

    /// As it may be shown.
    #[must_use]
    pub fn url(&self) -> String {
        shown_url(&self.url)
    }

    /// The feed's own title, else what the page calls it.
    #[must_use]
    pub fn title(&self) -> &str {
        if self.parsed.facts.title.is_empty() { &self.title } else { &self.parsed.facts.title }
    }

    #[must_use]
    pub fn articles(&self) -> usize {
        self.parsed.items.len()
    }
}

/// One feed at one address: that is what it is.
impl PartialEq for Found {
    fn eq(&self, other: &Self) -> bool {
        self.url == other.url
    }
}

impl Eq for Found {}

/// How an address is looked at, and what it leads to.
struct Look<'a> {
    typed: &'a Url,
    manners: &'a Manners,
    /// What each document passes before it is read as a feed.
    filter: Option<&'a str>,
}

impl Look<'_> {
    /// Whether it is of the site that the user named, which alone gets what the user has for it.
    fn is_home(&self, url: &Url) -> bool {
        is_same_site(self.typed, url)
    }

    /// As it is asked for: with the login of the address that the user typed, and with none that a page has put there.
    fn with_login(&self, url: &Url) -> Url {
        let mut url = bare(url);
        if self.is_home(&url) {
            // Both succeed for every URL that has a host.
            let _ = url.set_username(self.typed.username());
            let _ = url.set_password(self.typed.password());
        }
        url
    }

    fn manners(&self, url: &Url) -> Manners {
        if self.is_home(url) { self.manners.clone() } else { self.manners.without_secrets() }
    }
}

/// Why a document is not read as a feed.
enum Unread {
    Document(ParseError),
    Filter(FetchError),
}

impl Unread {
    fn is_page(&self) -> bool {
        matches!(self, Self::Document(ParseError::NotAFeed { what }) if what.contains("HTML"))
    }

    fn error(self) -> FetchError {
        match self {
            Self::Document(error) => not_a_feed(&error).error,
            Self::Filter(error) => error,
        }
    }
}

impl Engine {
    /// The feeds that `typed` may mean, the best first; at least one. A feed is only itself. A page has those it announces;
    /// one that announces none, those of the page that it leads to, or the first that is found where feeds usually are.
    /// Asked for and filtered as the subscription says.
    pub async fn discover(&self, typed: &Url, subscription: &Subscription) -> Result<Vec<Arc<Found>>, EngineError> {
        let look = Look { typed, manners: subscription.manners(), filter: subscription.filter.as_deref() };
        // Whoever filters a document means that one.
        let known = if look.filter.is_none() { discover::of_address(typed) } else { Vec::new() };
        let found = Box::pin(self.look_at(&look, known.into_iter().map(untitled))).await;
        if !found.is_empty() {
            return Ok(found);
        }
        // The user named it: it may be anywhere.
        let page = self.fetch_looked(&look, Reach::Anywhere, typed).await?;
        let base = page.final_url.clone();
        let onward = discover::onward(&page.bytes, page.content_type.as_deref(), &base);
        let (found, unread) = Box::pin(self.look_at_page(&look, typed, page)).await;
        if !found.is_empty() {
            return Ok(found);
        }
        let url = shown_url(typed.as_str());
        if let Some(unread) = unread.filter(|unread| !unread.is_page()) {
            return Err(EngineError::Fetch { url, error: unread.error() });
        }
        if let Some(onward) = onward
            && let Ok(page) = self.fetch_named(&look, &onward).await
        {
            let (found, _) = Box::pin(self.look_at_page(&look, &onward, page)).await;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        let found = Box::pin(self.first_of(&look, discover::well_known(&base))).await;
        if found.is_empty() { Err(EngineError::NoFeed { url }) } else { Ok(found) }
    }

    /// What is at this address if it is a feed, else the feeds that it announces, and why it is none itself.
    async fn look_at_page(&self, look: &Look<'_>, url: &Url, page: Body) -> (Vec<Arc<Found>>, Option<Unread>) {
        let announced = announced(&page);
        let unread = match self.look_into(look, url, String::new(), page).await {
            Ok(found) => return (vec![found], None),
            Err(unread) => unread,
        };
        let itself = bare(url);
        let announced = announced.into_iter().filter(|candidate| candidate.url != itself);
        (self.look_at(look, announced).await, Some(unread))
    }

    /// Those of the candidates that are feeds. Where none is, those that the first page among them announces: what a site
    /// calls its feeds may be a list of them.
    async fn look_at(&self, look: &Look<'_>, candidates: impl Iterator<Item = Candidate>) -> Vec<Arc<Found>> {
        let (found, listed) = Box::pin(self.look_at_each(look, candidates)).await;
        if found.is_empty() { Box::pin(self.look_at_each(look, listed.into_iter())).await.0 } else { found }
    }

    /// The feeds among the candidates, and what the first page among them announces besides. What has no articles comes after
    /// what has.
    async fn look_at_each(
        &self,
        look: &Look<'_>,
        candidates: impl Iterator<Item = Candidate>,
    ) -> (Vec<Arc<Found>>, Vec<Candidate>) {
        let mut found: Vec<Arc<Found>> = Vec::new();
        let (mut listed, mut asked) = (Vec::new(), HashSet::new());
        for Candidate { url, title } in candidates.take(MOST) {
            let body = self.fetch_named(look, &url).await;
            asked.insert(url.clone());
            let Ok(body) = body else { continue };
            // Two addresses of one document are one feed.
            if found.iter().any(|known| known.digest == body.digest) {
                continue;
            }
            let announced = announced(&body);
            match self.look_into(look, &url, title, body).await {
                Ok(feed) => found.push(feed),
                Err(unread) if listed.is_empty() && unread.is_page() => listed = announced,
                Err(_) => {}
            }
        }
        listed.retain(|candidate| !asked.contains(&candidate.url));
        found.sort_by_key(|found| found.articles() == 0);
        (found, listed)
    }

    /// The first of these that is a feed, or those of the first that is a list of feeds. A server that cannot be reached, or
    /// wants to be left alone, is asked no more.
    async fn first_of(&self, look: &Look<'_>, places: Vec<Url>) -> Vec<Arc<Found>> {
        let mut has_list = false;
        for url in places {
            match self.fetch_named(look, &url).await {
                Ok(body) => {
                    let announced = announced(&body);
                    match self.look_into(look, &url, String::new(), body).await {
                        Ok(found) => return vec![found],
                        Err(unread) if !has_list && unread.is_page() && !announced.is_empty() => {
                            has_list = true;
                            let (found, _) = Box::pin(self.look_at_each(look, announced.into_iter())).await;
                            if !found.is_empty() {
                                return found;
                            }
                        }
                        Err(_) => {}
                    }
                }
                Err(EngineError::Fetch { error, .. }) if is_refusal(error.kind) => break,
                Err(_) => {}
            }
        }
        Vec::new()
    }

    async fn look_into(&self, look: &Look<'_>, url: &Url, title: String, body: Body) -> Result<Arc<Found>, Unread> {
        let is_home = look.is_home(url);
        let found = self.read_found(look.with_login(url).into(), look.filter, body).await?;
        Ok(Arc::new(Found { title, is_home, ..found }))
    }

    async fn read_found(&self, url: String, filter: Option<&str>, body: Body) -> Result<Found, Unread> {
        let (validators, digest, fresh) = (body.validators.clone(), body.digest, body.fresh);
        let cost = cost(body.hops, body.wire_bytes);
        let (base, permanent) = (body.final_url.clone(), body.permanent.clone());
        let body = match filter {
            Some(filter) => {
                self.inner.client.filter(filter, body).await.map_err(|fault| Unread::Filter(fault.error))?
            }
            None => body,
        };
        let parsed = self.parse(body, base).await.map_err(Unread::Document)?;
        Ok(Found { url, permanent, validators, digest, fresh, cost, parsed, title: String::new(), is_home: true })
    }

    /// What the page that the user typed may name.
    async fn fetch_named(&self, look: &Look<'_>, url: &Url) -> Result<Body, EngineError> {
        self.fetch_looked(look, self.inner.client.onward(Reach::Anywhere, look.typed, url), url).await
    }

    async fn fetch_looked(&self, look: &Look<'_>, reach: Reach, url: &Url) -> Result<Body, EngineError> {
        let fail = |error| EngineError::Fetch { url: shown_url(url.as_str()), error };
        let pass = self.inner.gate.enter(&net::host(url)).await;
        let (manners, none) = (look.manners(url), Validators::default());
        let outcome = self.ask_as(&pass, &manners, reach, &look.with_login(url), &none).await?;
        whole(outcome.map_err(|held| fail(held.error()))?).map_err(fail)
    }

    /// The one feed that a command prints, as the user's filter makes it.
    pub(super) async fn look_at_output(&self, source: &str, subscription: &Subscription) -> Result<Found, EngineError> {
        let fail = |error| EngineError::Fetch { url: shown_url(source), error };
        let command = command(source).ok_or_else(|| EngineError::NotAUrl(shown_url(source)))?;
        let body = whole(self.inner.client.run(command).await).map_err(fail)?;
        let found = self.read_found(source.to_owned(), subscription.filter.as_deref(), body).await;
        found.map_err(|unread| fail(unread.error()))
    }
}

fn whole(outcome: Outcome) -> Result<Body, FetchError> {
    match outcome {
        Outcome::Body(body) => Ok(body),
        Outcome::Failed(failure) => Err(failure.error),
        Outcome::NotModified(_) => Err(FetchError {
            kind: FailureKind::Http,
            detail: "the server says that nothing has changed, though it was not asked".to_owned(),
        }),
    }
}

/// The feeds that a document announces, if it is a page.
fn announced(page: &Body) -> Vec<Candidate> {
    discover::announced(&page.bytes, page.content_type.as_deref(), page.links.as_deref(), &page.final_url)
}

fn untitled(url: Url) -> Candidate {
    Candidate { url, title: String::new() }
}

/// No other place on the server will do better.
fn is_refusal(kind: FailureKind) -> bool {
    matches!(
        kind,
        FailureKind::UnknownHost
            | FailureKind::Unreachable
            | FailureKind::Certificate
            | FailureKind::Timeout
            | FailureKind::Throttled
    )
}
