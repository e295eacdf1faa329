//! The poll: what is due, many at once, one transaction each. A feed that fails disturbs no other.

use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::futures::Notified;
use tokio::task::JoinSet;
use tokio::time::Instant;
use url::Url;

use super::event::{EngineEvent, FeedOutcome, PollFailure, PollReport};
use super::ingest::Parsed;
use super::{Engine, EngineError};
use crate::content::parse::ParseError;
use crate::model::feed::{FailureKind, FeedId, FetchError, command, shown_url};
use crate::model::schedule::{Attempt, Terms, next_attempt};
use crate::net::{Body, Failure, Outcome, Unchanged};
use crate::platform::clock;
use crate::store::{Due, FetchRecord, Ingest};

/// Which feeds to ask.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PollRequest {
    /// Also those whose time has not come. A server's Retry-After is kept all the same.
    pub all: bool,
    pub only: Option<Vec<FeedId>>,
}

impl Engine {
    /// Asks the feeds for what is new, and returns when all have answered. Waits while another process polls.
    pub async fn poll(&self, request: PollRequest) -> Result<PollReport, EngineError> {
        let _counted = Counted::new(&self.inner.polls);
        // From here on it hears of a cancellation, also while it waits.
        let mut cancelled = std::pin::pin!(self.inner.cancel.notified());
        let lock = tokio::select! {
            lock = self.poll_lock() => lock?,
            () = &mut cancelled => return Ok(PollReport { was_cancelled: true, ..PollReport::default() }),
        };
        let report = self.poll_locked(request, cancelled).await;
        if let Ok(report) = &report {
            self.tell(EngineEvent::PollFinished(report.clone()));
        }
        // Others may poll while pages are fetched; whoever cancels means the pages too.
        drop(lock);
        if report.as_ref().is_ok_and(|report| !report.was_cancelled) {
            let mut cancelled = std::pin::pin!(self.inner.cancel.notified());
            tokio::select! {
                fetched = self.fetch_wanted() => fetched?,
                () = &mut cancelled => {}
            }
        }
        report
    }

    async fn poll_locked(
        &self,
        request: PollRequest,
        mut cancelled: Pin<&mut Notified<'_>>,
    ) -> Result<PollReport, EngineError> {
        let start = Instant::now();
        let due = self.store().due(clock::now(), request.all, request.only).await?;
        let mut report = PollReport { feeds: due.len(), ..PollReport::default() };
        self.tell(EngineEvent::PollStarted { feeds: due.len() });
        let mut fetches = JoinSet::new();
        for feed in due {
            let engine = self.clone();
            fetches.spawn(async move { engine.poll_feed(feed).await });
        }
        loop {
            let done = tokio::select! {
                done = fetches.join_next() => done,
                () = &mut cancelled, if !report.was_cancelled => {
                    report.was_cancelled = true;
                    fetches.abort_all();
                    continue;
                }
            };
            match done {
                None => break,
                Some(Ok(outcome)) => report.add(&outcome?),
                Some(Err(aborted)) if aborted.is_cancelled() => {}
                Some(Err(panic)) => tracing::error!(%panic, "a fetch panicked"),
            }
        }
        report.millis = start.elapsed().as_millis() as u64;
        Ok(report)
    }

    /// Stops the polls that are running or waiting; what has arrived stays. A later poll is not affected.
    pub fn cancel_poll(&self) {
        self.inner.cancel.notify_waiters();
    }

    /// One feed from request to commit. Only the store's failure is an error of the whole poll.
    async fn poll_feed(&self, feed: Due) -> Result<FeedOutcome, EngineError> {
        let id = feed.id;
        // Held until the document is stored: what is fetched, but not yet stored, is what a poll takes in memory.
        let host = Url::parse(&feed.url).ok().and_then(|url| Some(url.host_str()?.to_owned())).unwrap_or_default();
        let _pass = self.inner.gate.enter(&host).await;
        let outcome = match self.fetch(&feed, &host).await {
            Err(HeldUntil(until)) => self.record_held(&feed, until).await?,
            Ok(Outcome::NotModified(unchanged)) => self.record_unchanged(&feed, unchanged).await?,
            Ok(Outcome::Body(body)) if feed.digest == Some(body.digest) => {
                let Body { validators, permanent, max_age, .. } = body;
                self.record_unchanged(&feed, Unchanged { validators, permanent, max_age }).await?
            }
            Ok(Outcome::Body(body)) => self.ingest_body(&feed, body).await?,
            Ok(Outcome::Failed(failure)) => self.record_failure(&feed, failure).await?,
        };
        self.tell(EngineEvent::FeedPolled { feed: id, outcome: outcome.clone() });
        Ok(outcome)
    }

    async fn fetch(&self, feed: &Due, host: &str) -> Result<Outcome, HeldUntil> {
        if let Some(command) = command(&feed.url) {
            return Ok(self.inner.client.run(command).await);
        }
        let url = match Url::parse(&feed.url) {
            Ok(url) => url,
            Err(error) => {
                let error = FetchError { kind: FailureKind::Scheme, detail: error.to_string() };
                return Ok(Outcome::Failed(Failure { error, retry_after: None, status: None }));
            }
        };
        if feed.last_error == Some(FailureKind::Throttled) && feed.next_attempt > clock::now() {
            return Err(HeldUntil(feed.next_attempt));
        }
        // While this one waited its turn, the host may have told another to come back later.
        if let Some(until) = self.inner.gate.held_until(host, clock::now()) {
            return Err(HeldUntil(until));
        }
        let outcome = self.inner.client.fetch(&url, &feed.validators).await;
        if let Outcome::Failed(Failure { error, retry_after: Some(retry), .. }) = &outcome
            && error.kind == FailureKind::Throttled
        {
            self.inner.gate.hold(host, retry.until(clock::now()));
        }
        Ok(outcome)
    }

    async fn ingest_body(&self, feed: &Due, body: Body) -> Result<FeedOutcome, EngineError> {
        let (validators, digest, base) = (body.validators.clone(), body.digest, body.final_url.clone());
        let (wire_bytes, max_age) = (body.wire_bytes, body.max_age);
        let body = match &feed.filter {
            None => body,
            Some(filter) => match self.inner.client.filter(filter, body).await {
                Ok(body) => body,
                Err(failure) => return self.record_failure(feed, failure).await,
            },
        };
        let parsed = match self.parse(body, base).await {
            Ok(parsed) => parsed,
            Err(error) => return self.record_failure(feed, not_a_feed(&error)).await,
        };
        let Parsed { facts, items, repairs, dropped } = parsed;
        if !repairs.is_empty() {
            tracing::debug!(feed = feed.id.0, ?repairs, "a feed was mended");
        }
        let now = clock::now();
        let terms = Terms { ttl: minutes(facts.ttl), quiet: facts.quiet, ..self.terms(feed) };
        let next = next_attempt(now, success(max_age), &terms, clock::jitter());
        let record = FetchRecord {
            feed: feed.id,
            at: now,
            next_attempt: next,
            validators: Some(validators),
            digest: Some(digest),
            failures: 0,
            error: None,
        };
        let ingested = self.store().ingest(Ingest { record, facts, items, dropped }).await?;
        let outcome =
            FeedOutcome::Fetched { ledger: ingested.ledger, has_gap: ingested.gap.is_some(), bytes: wire_bytes };
        if !ingested.new.is_empty() || !ingested.changed.is_empty() {
            self.tell(EngineEvent::Ingested { feed: feed.id, new: ingested.new, changed: ingested.changed });
        }
        Ok(outcome)
    }

    async fn record_unchanged(&self, feed: &Due, unchanged: Unchanged) -> Result<FeedOutcome, EngineError> {
        let now = clock::now();
        let next_attempt = next_attempt(now, success(unchanged.max_age), &self.terms(feed), clock::jitter());
        let record = FetchRecord {
            feed: feed.id,
            at: now,
            next_attempt,
            validators: Some(unchanged.validators),
            digest: None,
            failures: 0,
            error: None,
        };
        self.store().record_fetch(record).await?;
        Ok(FeedOutcome::NotModified)
    }

    async fn record_failure(&self, feed: &Due, failure: Failure) -> Result<FeedOutcome, EngineError> {
        let now = clock::now();
        let failures = feed.failures + 1;
        let attempt = match failure.error.kind {
            FailureKind::Gone => Attempt::Gone,
            _ => Attempt::Failure { failures, retry_at: failure.retry_after.map(|retry| retry.until(now)) },
        };
        let next_attempt = next_attempt(now, attempt, &self.terms(feed), clock::jitter());
        tracing::info!(feed = feed.id.0, error = %failure.error.detail, "a feed failed");
        let record = FetchRecord {
            feed: feed.id,
            at: now,
            next_attempt,
            validators: None,
            digest: None,
            failures,
            error: Some(failure.error.clone()),
        };
        self.store().record_fetch(record).await?;
        Ok(failed(feed, failure.error, next_attempt))
    }

    /// The server named a time before which it is not asked: nothing was sent, only the time is kept.
    async fn record_held(&self, feed: &Due, until: Timestamp) -> Result<FeedOutcome, EngineError> {
        let error = FetchError {
            kind: FailureKind::Throttled,
            detail: "the server asked to be left alone for a while".to_owned(),
        };
        let record = FetchRecord {
            feed: feed.id,
            at: clock::now(),
            next_attempt: until,
            validators: None,
            digest: None,
            failures: feed.failures,
            error: Some(error.clone()),
        };
        self.store().record_fetch(record).await?;
        Ok(failed(feed, error, until))
    }

    fn terms(&self, feed: &Due) -> Terms {
        let seconds = |seconds: u64| SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX));
        Terms {
            own: feed.interval.map(|own| seconds(own.into())),
            usual: seconds(self.inner.config.poll.interval.as_secs()),
            weekly: feed.weekly,
            ttl: minutes(feed.ttl),
            quiet: feed.quiet,
        }
    }
}

/// One more poll, for as long as this lives.
struct Counted<'a>(&'a AtomicUsize);

impl<'a> Counted<'a> {
    fn new(polls: &'a AtomicUsize) -> Self {
        polls.fetch_add(1, Ordering::SeqCst);
        Self(polls)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// The server is not asked before this.
struct HeldUntil(Timestamp);

fn minutes(minutes: Option<u32>) -> Option<SignedDuration> {
    minutes.map(|minutes| SignedDuration::from_mins(minutes.into()))
}

fn success(max_age: Option<std::time::Duration>) -> Attempt {
    Attempt::Success { max_age: max_age.and_then(|age| SignedDuration::try_from(age).ok()) }
}

fn failed(feed: &Due, error: FetchError, next_attempt: Timestamp) -> FeedOutcome {
    // As it is stored: in whole seconds.
    let next_attempt = Timestamp::from_second(next_attempt.as_second()).unwrap_or(next_attempt);
    FeedOutcome::Failed(PollFailure { feed: feed.id, url: shown_url(&feed.url), error, next_attempt })
}

/// A parser's refusal in the store's words.
pub(super) fn not_a_feed(error: &ParseError) -> Failure {
    let error = FetchError { kind: FailureKind::NotAFeed, detail: error.to_string() };
    Failure { error, retry_after: None, status: None }
}
