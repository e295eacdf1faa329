//! What a poll writes down of each feed: the document, or that nothing is new, or why there is none; and when it is asked
//! again.

use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::ask::Held;
use super::discovery::Found;
use super::event::{EngineEvent, FeedOutcome, PollFailure};
use super::ingest::Parsed;
use super::{Engine, EngineError};
use crate::content::parse::ParseError;
use crate::model::feed::{FailureKind, FetchError, Validators, shown_url};
use crate::model::ledger::Gap;
use crate::model::moved::{Led, Moved, Verdict, verdict};
use crate::model::schedule::{Attempt, Next, Terms, Why, next_attempt, offline};
use crate::model::traffic::{Cost, Traffic};
use crate::net::{Body, Failure, Unchanged, Wait, bare};
use crate::platform::clock;
use crate::store::{Due, FetchRecord, Ingest};

impl Engine {
    pub(super) async fn ingest_body(&self, feed: &Due, body: Body) -> Result<FeedOutcome, EngineError> {
        let (validators, digest, base) = (body.validators.clone(), body.digest, body.final_url.clone());
        let (wire_bytes, fresh, hops) = (body.wire_bytes, body.fresh, body.hops);
        let led = led(hops, body.permanent.clone(), &body.final_url);
        let _turn = body.turn.clone();
        let body = match &feed.filter {
            None => body,
            Some(filter) => match self.inner.client.filter(filter, body).await {
                Ok(body) => body,
                Err(failure) => return self.record_failure(feed, Failure { hops, wire_bytes, ..failure }).await,
            },
        };
        // Between parsed and stored a document takes the most memory, and the store takes one at a time.
        let _room = self.inner.rooms.acquire().await;
        let parsed = match self.parse(body, base).await {
            Ok(parsed) => parsed,
            Err(error) => return self.record_failure(feed, Failure { hops, wire_bytes, ..not_a_feed(&error) }).await,
        };
        let Parsed { facts, items, repairs, dropped, breaks_off } = parsed;
        if !repairs.is_empty() {
            tracing::debug!(feed = feed.id.0, ?repairs, "a feed was mended");
        }
        let now = self.now();
        let terms = Terms { ttl: minutes(facts.ttl), quiet: facts.quiet, ..self.terms(feed) };
        let next = next_attempt(now, success(now, fresh), &terms, clock::jitter());
        let record = FetchRecord {
            validators: Some(kept(validators, breaks_off)),
            digest: Some(digest),
            traffic: Some(counted(feed, now, cost(hops, wire_bytes))),
            asked: Some(feed.question()),
            ..FetchRecord::new(feed.id, now, next)
        };
        let (record, new_url) = settled(feed, record, led, None);
        let planned = record.next;
        let ingested = self.store().ingest(Ingest { record, facts, items, dropped }).await?;
        if ingested.gap.is_some() {
            // That this document leaves a gap is known only now: the next one is to leave none.
            let terms = Terms { gap: wanted(ingested.gap, now), ..terms };
            let sooner = next_attempt(now, success(now, fresh), &terms, clock::jitter());
            if sooner.at < planned.at {
                self.store().put_off(feed.id, feed.question(), sooner).await?;
            }
        }
        self.follow_move(feed, new_url).await?;
        let outcome =
            FeedOutcome::Fetched { ledger: ingested.ledger, has_gap: ingested.gap.is_some(), bytes: wire_bytes };
        if !ingested.new.is_empty() || !ingested.changed.is_empty() {
            self.tell(EngineEvent::Ingested { feed: feed.id, new: ingested.new, changed: ingested.changed });
        }
        Ok(outcome)
    }

    /// `is_same` says whether the document that came is the one that the feed had before; `None` where none came.
    pub(super) async fn record_unchanged(
        &self,
        feed: &Due,
        unchanged: Unchanged,
        cost: Cost,
        is_same: Option<bool>,
    ) -> Result<FeedOutcome, EngineError> {
        let now = self.now();
        let next = next_attempt(now, success(now, unchanged.fresh), &self.terms(feed), clock::jitter());
        let record = FetchRecord {
            validators: Some(unchanged.validators),
            traffic: Some(counted(feed, now, cost)),
            asked: Some(feed.question()),
            ..FetchRecord::new(feed.id, now, next)
        };
        let led = led(unchanged.hops, unchanged.permanent, &unchanged.final_url);
        let (record, new_url) = settled(feed, record, led, is_same);
        self.store().record_fetch(record).await?;
        self.follow_move(feed, new_url).await?;
        Ok(FeedOutcome::NotModified { bytes: cost.bytes })
    }

    pub(super) async fn record_failure(&self, feed: &Due, failure: Failure) -> Result<FeedOutcome, EngineError> {
        let now = self.now();
        let failures = feed.failures + 1;
        let attempt = match failure.error.kind {
            FailureKind::Gone => Attempt::Gone,
            _ => Attempt::Failure { failures, retry_at: failure.retry_after.map(|retry| retry.until(now)) },
        };
        let mut next = next_attempt(now, attempt, &self.terms(feed), clock::jitter());
        if let (Why::Held, Some(why)) = (next.why, failure.why) {
            next.why = why;
        }
        tracing::info!(feed = feed.id.0, error = %failure.error.detail, "a feed failed");
        let record = FetchRecord {
            failures,
            error: Some(failure.error.clone()),
            traffic: Some(counted(feed, now, cost(failure.hops, failure.wire_bytes))),
            asked: Some(feed.question()),
            ..FetchRecord::new(feed.id, now, next)
        };
        self.store().record_fetch(record).await?;
        Ok(failed(feed, failure.error, failure.wire_bytes, next))
    }

    /// Nothing was sent, so nothing is known of the feed; only its time is another.
    pub(super) async fn record_held(&self, feed: &Due, held: &Held) -> Result<FeedOutcome, EngineError> {
        // One that waits for longer anyway does so for its own reason.
        let own = feed.why.filter(|_| feed.next_attempt > held.until);
        let next = Next { at: held.until.max(feed.next_attempt), earliest: held.until, why: own.unwrap_or(held.why) };
        self.store().put_off(feed.id, feed.question(), next).await?;
        Ok(failed(feed, held.error(), 0, next))
    }

    /// No feed can be had: each keeps its record, and is asked again as soon as there may be a network.
    pub(super) async fn record_offline(&self, feed: &Due, failure: Failure) -> Result<FeedOutcome, EngineError> {
        let next = offline(self.now());
        self.store().put_off(feed.id, feed.question(), next).await?;
        let error = FetchError { detail: format!("offline: {}", failure.error.detail), ..failure.error };
        Ok(failed(feed, error, 0, next))
    }

    /// Takes over the address that a feed has moved to.
    async fn follow_move(&self, feed: &Due, to: Option<Url>) -> Result<(), EngineError> {
        let Some(to) = to else { return Ok(()) };
        if self.store().move_feed(feed.id, feed.question(), to.into()).await? {
            tracing::info!(feed = feed.id.0, "a feed has moved");
            self.tell(EngineEvent::FeedsChanged);
        }
        Ok(())
    }

    fn terms(&self, feed: &Due) -> Terms {
        Terms {
            own: feed.interval.map(|own| SignedDuration::from_secs(own.into())),
            usual: self.usual(),
            weekly: feed.weekly,
            gap: wanted(feed.gap, self.now()),
            ttl: minutes(feed.ttl),
            earliest: (feed.why != Some(Why::Gone)).then_some(feed.earliest),
            quiet: feed.quiet,
        }
    }

    /// What was looked at before it was subscribed to. One that was subscribed to before keeps what is known of it.
    pub(super) fn record_found(&self, feed: &Due, found: &Found) -> FetchRecord {
        let (now, facts) = (self.now(), &found.parsed.facts);
        let terms = Terms { ttl: minutes(facts.ttl), quiet: facts.quiet, ..self.terms(feed) };
        let next = next_attempt(now, success(now, found.fresh), &terms, clock::jitter());
        FetchRecord {
            validators: Some(kept(found.validators.clone(), found.parsed.breaks_off)),
            digest: Some(found.digest),
            traffic: Some(counted(feed, now, found.cost)),
            moved: feed.moved.clone(),
            ..FetchRecord::new(feed.id, now, next)
        }
    }

    /// The shortest time between two polls of a feed that has no interval of its own.
    pub(super) fn usual(&self) -> SignedDuration {
        SignedDuration::try_from(self.inner.config.poll.interval).unwrap_or(SignedDuration::MAX)
    }
}

/// Where the redirects of a fetch have led.
fn led(hops: usize, permanent: Option<Url>, end: &Url) -> Option<Led> {
    match permanent {
        Some(to) => Some(Led { to, is_permanent: true }),
        None => (hops > 0).then(|| Led { to: end.clone(), is_permanent: false }),
    }
}

/// The record with what a redirect means, and the feed's new address where that is settled. `is_same` as far as the
/// document has shown by itself whether it is the feed's.
fn settled(feed: &Due, record: FetchRecord, led: Option<Led>, is_same: Option<bool>) -> (FetchRecord, Option<Url>) {
    let Ok(from) = Url::parse(&feed.url) else { return (record, None) };
    // A login that is set apart from the address stays apart.
    let led = led.map(|led| if feed.manners.login.is_some() { Led { to: bare(&led.to), ..led } } else { led });
    match verdict(feed.moved.as_ref(), &from, led, day(record.at), feed.manners.has_secrets()) {
        Verdict::Here => (record, None),
        Verdict::Maybe(moved) => {
            let moved = Moved { is_same: moved.is_same.or(is_same), ..moved };
            (FetchRecord { moved: Some(moved), ..record }, None)
        }
        Verdict::Moved(to) => (record, Some(to)),
    }
}

/// What to ask with next time. A document that breaks off may have been cut on its way: its server would call it unchanged,
/// and the rest would never come. Where it comes again to the letter, that is all there is.
fn kept(validators: Validators, breaks_off: bool) -> Validators {
    if breaks_off { Validators::default() } else { validators }
}

/// A fetch with so many redirects.
pub(super) fn cost(hops: usize, bytes: u64) -> Cost {
    Cost { requests: hops as u64 + 1, not_modified: 0, bytes }
}

fn counted(feed: &Due, now: Timestamp, cost: Cost) -> Traffic {
    feed.traffic.clone().with(day(now), cost)
}

/// Days since the epoch.
fn day(now: Timestamp) -> u32 {
    u32::try_from(now.as_second() / 86_400).unwrap_or_default()
}

/// The interval that a gap asks for.
fn wanted(gap: Option<Gap>, now: Timestamp) -> Option<SignedDuration> {
    Some(SignedDuration::from_secs(gap?.wanted(now)?.into()))
}

fn minutes(minutes: Option<u32>) -> Option<SignedDuration> {
    minutes.map(|minutes| SignedDuration::from_mins(minutes.into()))
}

fn success(now: Timestamp, fresh: Option<Wait>) -> Attempt {
    Attempt::Success { fresh_until: fresh.map(|fresh| fresh.until(now)) }
}

fn failed(feed: &Due, error: FetchError, bytes: u64, next: Next) -> FeedOutcome {
    let next_attempt = (next.why != Why::Gone).then_some(next.at);
    let url = shown_url(&feed.url);
    FeedOutcome::Failed(PollFailure { feed: feed.id, url, error, next_attempt, why: next.why, bytes })
}

/// A parser's refusal in the store's words.
pub(super) fn not_a_feed(error: &ParseError) -> Failure {
    Failure::new(FailureKind::NotAFeed, &error.to_string())
}
