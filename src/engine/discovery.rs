//! From what a person pastes to the feeds it may mean: fetched one after the other, within limits, and looked into.

use std::sync::Arc;

use url::Url;

use super::ingest::Parsed;
use super::record::{cost, not_a_feed};
use super::subscriptions::typed_url;
use super::{Engine, EngineError};
use crate::content::discover::{self, Candidate};
use crate::content::parse::ParseError;
use crate::model::feed::{Digest, FailureKind, FetchError, Subscription, Validators, command, shown_url};
use crate::model::traffic::Cost;
use crate::net::{Body, Outcome, Reach, Wait};

/// No site is asked for more candidates than this.
const MOST: usize = 10;

/// A feed that was looked at, before anyone has subscribed to it.
#[derive(Debug)]
pub struct Found {
    /// As it is asked for, with the user's credentials if there are any.
    pub(super) url: String,
    pub(super) validators: Validators,
    pub(super) digest: Digest,
    pub(super) fresh: Option<Wait>,
    pub(super) cost: Cost,
    pub(super) parsed: Parsed,
    title: String,
}

impl Found {
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

impl Engine {
    /// The feeds that `typed` may mean, the best first; at least one. A feed is only itself. A page has those it announces;
    /// one that announces none, the first that is found where feeds usually are.
    pub async fn discover(&self, typed: &Url) -> Result<Vec<Arc<Found>>, EngineError> {
        let known = discover::of_address(typed);
        let found = self.look_at(typed, known.into_iter().map(untitled)).await;
        if !found.is_empty() {
            return Ok(found);
        }
        let page = self.fetch_body(typed).await?;
        let base = page.final_url.clone();
        let announced = discover::announced(&page.bytes, page.content_type.as_deref(), &base);
        let error = match self.look_into(typed.clone(), String::new(), page).await {
            Ok(found) => return Ok(vec![found]),
            Err(error) => error,
        };
        let found = self.look_at(typed, announced.into_iter().filter(|candidate| candidate.url != *typed)).await;
        if !found.is_empty() {
            return Ok(found);
        }
        let url = shown_url(typed.as_str());
        let is_page = matches!(&error, ParseError::NotAFeed { what } if what.contains("HTML"));
        if !is_page {
            return Err(EngineError::Fetch { url, error: not_a_feed(&error).error });
        }
        self.first_of(typed, discover::well_known(&base))
            .await
            .map(|found| vec![found])
            .ok_or(EngineError::NoFeed { url })
    }

    /// Those of the candidates that are feeds; what has no articles comes after what has.
    async fn look_at(&self, typed: &Url, candidates: impl Iterator<Item = Candidate>) -> Vec<Arc<Found>> {
        let mut found: Vec<Arc<Found>> = Vec::new();
        for Candidate { url, title } in candidates.take(MOST) {
            let Ok(body) = self.fetch_named(typed, &url).await else { continue };
            // Two addresses of one document are one feed.
            if found.iter().any(|known| known.digest == body.digest) {
                continue;
            }
            found.extend(self.look_into(url, title, body).await.ok());
        }
        found.sort_by_key(|found| found.articles() == 0);
        found
    }

    /// The first of these that is a feed. A server that cannot be reached, or wants to be left alone, is asked no more.
    async fn first_of(&self, typed: &Url, places: Vec<Url>) -> Option<Arc<Found>> {
        for url in places.into_iter().take(MOST) {
            match self.fetch_named(typed, &url).await {
                Ok(body) => {
                    if let Ok(found) = self.look_into(url, String::new(), body).await {
                        return Some(found);
                    }
                }
                Err(EngineError::Fetch { error, .. }) if is_refusal(error.kind) => return None,
                Err(_) => {}
            }
        }
        None
    }

    async fn look_into(&self, url: impl Into<String>, title: String, body: Body) -> Result<Arc<Found>, ParseError> {
        let (validators, digest, fresh) = (body.validators.clone(), body.digest, body.fresh);
        let cost = cost(body.hops, body.wire_bytes);
        let base = body.final_url.clone();
        let parsed = self.parse(body, base).await?;
        Ok(Arc::new(Found { url: url.into(), validators, digest, fresh, cost, parsed, title }))
    }

    /// What the user typed.
    async fn fetch_body(&self, url: &Url) -> Result<Body, EngineError> {
        self.fetch_within(Reach::Anywhere, url).await
    }

    /// What the page that the user typed may name.
    async fn fetch_named(&self, typed: &Url, url: &Url) -> Result<Body, EngineError> {
        self.fetch_within(self.inner.client.onward(Reach::Anywhere, typed, url), url).await
    }

    async fn fetch_within(&self, reach: Reach, url: &Url) -> Result<Body, EngineError> {
        let fail = |error| EngineError::Fetch { url: shown_url(url.as_str()), error };
        let outcome = self.ask(reach, url, &Validators::default()).await?.map_err(|held| fail(held.error()))?;
        whole(outcome).map_err(fail)
    }

    /// The one feed that a command prints, or that is at an address, as the user's filter and manners make it.
    pub(super) async fn look_through(&self, source: &str, subscription: &Subscription) -> Result<Found, EngineError> {
        let fail = |error| EngineError::Fetch { url: shown_url(source), error };
        let (source, mut body) = match command(source) {
            Some(command) => (source.to_owned(), whole(self.inner.client.run(command).await).map_err(fail)?),
            None => {
                let url = typed_url(source)?;
                let (manners, none) = (subscription.manners(), Validators::default());
                let outcome = self.ask_as(manners, Reach::Anywhere, &url, &none).await?;
                let outcome = outcome.map_err(|held| fail(held.error()))?;
                (url.into(), whole(outcome).map_err(fail)?)
            }
        };
        if let Some(filter) = &subscription.filter {
            body = self.inner.client.filter(filter, body).await.map_err(|failure| fail(failure.error))?;
        }
        let (validators, digest, fresh) = (body.validators.clone(), body.digest, body.fresh);
        let cost = cost(body.hops, body.wire_bytes);
        let base = body.final_url.clone();
        let parsed = self.parse(body, base).await.map_err(|error| fail(not_a_feed(&error).error))?;
        Ok(Found { url: source, validators, digest, fresh, cost, parsed, title: String::new() })
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
