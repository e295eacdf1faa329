//! The poll: what is due, many at once, one transaction each. A feed that fails disturbs no other, and when nobody at all
//! can be reached, that is no feed's fault.

use std::collections::HashSet;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::futures::Notified;
use tokio::task::JoinSet;
use tokio::time::Instant;
use url::Url;

use super::ask::Held;
use super::event::{EngineEvent, FeedOutcome, PollReport, TooSoon};
use super::record::cost;
use super::{Engine, EngineError};
use crate::model::feed::{FailureKind, FeedId, command};
use crate::model::schedule::{Why, put_off_at};
use crate::model::traffic::Cost;
use crate::net::{self, Body, Failure, Outcome, Pass, Reach, Unchanged};
use crate::store::Due;

/// A feed is not reloaded by hand more often than this.
const HAND: SignedDuration = SignedDuration::from_secs(60);

/// One host that has been reached within this time shows that it is not the network when another cannot be.
const LATELY: SignedDuration = SignedDuration::from_hours(2);

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
        self.poll_apart(request, SignedDuration::ZERO).await
    }

    /// Asks these feeds now, or all: because a person pressed a key. None is asked twice within a minute.
    pub async fn reload(&self, only: Option<Vec<FeedId>>) -> Result<PollReport, EngineError> {
        self.poll_apart(PollRequest { all: true, only }, HAND).await
    }

    /// A poll in which no feed is asked so soon after its last attempt.
    async fn poll_apart(&self, request: PollRequest, apart: SignedDuration) -> Result<PollReport, EngineError> {
        let _counted = Counted::new(&self.inner.polls);
        // From here on it hears of a cancellation, also while it waits.
        let mut cancelled = std::pin::pin!(self.inner.cancel.notified());
        let lock = tokio::select! {
            lock = self.poll_lock() => lock?,
            () = &mut cancelled => return Ok(PollReport { was_cancelled: true, ..PollReport::default() }),
        };
        let report = self.poll_locked(request, apart, cancelled).await;
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
        apart: SignedDuration,
        mut cancelled: Pin<&mut Notified<'_>>,
    ) -> Result<PollReport, EngineError> {
        let start = Instant::now();
        self.recall_holds().await?;
        let now = self.now();
        let (is_by_hand, is_all) = (apart > SignedDuration::ZERO, request.only.is_none());
        let mut due = self.store().due(now, request.all, request.only).await?;
        due.retain(|feed| !(is_by_hand && is_all && feed.why == Some(Why::Gone)));
        let again = |feed: &Due| feed.last_attempt.map(|last| last + apart).filter(|again| *again > now);
        let (early, due): (Vec<Due>, Vec<Due>) = due.into_iter().partition(|feed| again(feed).is_some());
        let too_soon = early.iter().filter_map(|feed| Some(TooSoon { feed: feed.id, again: again(feed)? })).collect();
        let mut report = PollReport { feeds: due.len(), too_soon, ..PollReport::default() };
        self.tell(EngineEvent::PollStarted { feeds: due.len() });
        let mut fetches = JoinSet::new();
        let (mut unanswered, mut has_answer) = (Vec::new(), false);
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
                Some(Ok(polled)) => match polled? {
                    Polled::Done { outcome, is_answer } => {
                        has_answer |= is_answer;
                        report.add(&outcome);
                    }
                    Polled::Unanswered(feed, failure) => {
                        has_answer |= failure.is_refused;
                        unanswered.push((*feed, failure));
                    }
                },
                Some(Err(aborted)) if aborted.is_cancelled() => {}
                Some(Err(panic)) => tracing::error!(%panic, "a fetch panicked"),
            }
            if has_answer {
                self.record_unanswered(&mut unanswered, &mut report).await?;
            }
        }
        report.is_offline = !has_answer && self.is_offline(&unanswered).await?;
        self.record_unanswered(&mut unanswered, &mut report).await?;
        report.millis = start.elapsed().as_millis() as u64;
        Ok(report)
    }

    /// Whether it is the network that nobody was reached by, see [`is_offline`].
    async fn is_offline(&self, unanswered: &[(Due, Failure)]) -> Result<bool, EngineError> {
        if unanswered.is_empty() {
            return Ok(false);
        }
        let now = self.now();
        let reached = self.store().reached_since(now.saturating_sub(LATELY).unwrap_or(Timestamp::MIN)).await?;
        Ok(is_offline(unanswered, &reached, now))
    }

    /// Feeds whose servers said nothing have failed, unless there is no network.
    async fn record_unanswered(
        &self,
        unanswered: &mut Vec<(Due, Failure)>,
        report: &mut PollReport,
    ) -> Result<(), EngineError> {
        for (feed, failure) in unanswered.drain(..) {
            let outcome = if report.is_offline {
                self.record_offline(&feed, failure).await?
            } else {
                self.record_failure(&feed, failure).await?
            };
            self.tell(EngineEvent::FeedPolled { feed: feed.id, outcome: outcome.clone() });
            report.add(&outcome);
        }
        Ok(())
    }

    /// Stops the polls that are running or waiting; what has arrived stays. A later poll is not affected.
    pub fn cancel_poll(&self) {
        self.inner.cancel.notify_waiters();
    }

    /// One feed from request to commit. Only the store's failure is an error of the whole poll.
    async fn poll_feed(&self, feed: Due) -> Result<Polled, EngineError> {
        let url = Url::parse(&feed.url);
        let pass = self.inner.gate.enter(&url.as_ref().map(net::host).unwrap_or_default()).await;
        // What a fetch takes in memory is not taken for those that wait their turn.
        Box::pin(self.poll_in_turn(feed, url, pass)).await
    }

    /// The pass is held until the document is stored: what is fetched, but not yet stored, takes memory too.
    async fn poll_in_turn(
        &self,
        feed: Due,
        url: Result<Url, url::ParseError>,
        pass: Pass,
    ) -> Result<Polled, EngineError> {
        let id = feed.id;
        let is_web = command(&feed.url).is_none() && url.as_ref().is_ok_and(Url::has_host);
        let answer = pass.patiently(self.fetch(&pass, &feed, url)).await?;
        let is_answer = is_web && answer.is_ok();
        let outcome = match answer {
            Err(held) => self.record_held(&feed, &held).await?,
            Ok(Outcome::Failed(failure)) if is_web && is_unanswered(&failure) => {
                return Ok(Polled::Unanswered(Box::new(feed), failure));
            }
            Ok(Outcome::NotModified(unchanged)) => {
                let cost = Cost { not_modified: 1, ..cost(unchanged.hops, 0) };
                self.record_unchanged(&feed, unchanged, cost, None).await?
            }
            Ok(Outcome::Body(body)) if feed.digest == Some(body.digest) => {
                let Body { validators, final_url, permanent, hops, fresh, wire_bytes, .. } = body;
                let unchanged = Unchanged { validators, final_url, permanent, hops, fresh };
                self.record_unchanged(&feed, unchanged, cost(hops, wire_bytes), Some(true)).await?
            }
            Ok(Outcome::Body(body)) => self.ingest_body(&feed, body).await?,
            Ok(Outcome::Failed(failure)) => self.record_failure(&feed, failure).await?,
        };
        self.tell(EngineEvent::FeedPolled { feed: id, outcome: outcome.clone() });
        Ok(Polled::Done { outcome, is_answer })
    }

    /// While a feed waited its turn, its host may have told another to come back later.
    async fn fetch(
        &self,
        pass: &Pass,
        feed: &Due,
        url: Result<Url, url::ParseError>,
    ) -> Result<Result<Outcome, Held>, EngineError> {
        if let Some(command) = command(&feed.url) {
            return Ok(Ok(self.inner.client.run(command).await));
        }
        match url {
            Ok(url) => self.ask_now(pass, &feed.manners, Reach::Anywhere, &url, &feed.validators).await,
            Err(error) => Ok(Ok(Outcome::Failed(Failure::new(FailureKind::Scheme, &error.to_string())))),
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

/// How one feed's part of a poll ended.
enum Polled {
    /// It is recorded.
    Done { outcome: FeedOutcome, is_answer: bool },
    /// Nobody was there. Whose fault that is shows when all have been asked.
    Unanswered(Box<Due>, Failure),
}

fn is_unanswered(failure: &Failure) -> bool {
    use FailureKind::{Timeout, UnknownHost, Unreachable};
    failure.status.is_none() && matches!(failure.error.kind, UnknownHost | Unreachable | Timeout)
}

/// Whether this machine has no network, when none of those who were asked has answered; `reached` are the feeds that have
/// lately. Several hosts do not vanish at once. One alone may: then it is the network only where no other host has been
/// reached lately, and it has been there itself. Hosts that were away before prove nothing.
fn is_offline(unanswered: &[(Due, Failure)], reached: &[(String, Timestamp)], now: Timestamp) -> bool {
    let since_then = |feed: &Due, since: Timestamp| {
        reached.iter().any(|(url, at)| *at > since && host_of(url) != host_of(&feed.url))
    };
    // A feed whose network was in doubt is asked again after five minutes; when another has been reached meanwhile, it is
    // in doubt no more.
    let was_cleared = |feed: &Due| feed.why == Some(Why::Offline) && since_then(feed, put_off_at(feed.next_attempt));
    let was_there = |feed: &Due| feed.failures == 0 && !was_cleared(feed);
    let of_kind = |wanted| unanswered.iter().any(|(_, failure)| failure.error.kind == wanted);
    let vanished: Vec<&Due> = unanswered.iter().map(|(feed, _)| feed).filter(|feed| was_there(feed)).collect();
    let hosts: HashSet<String> = vanished.iter().filter_map(|feed| host_of(&feed.url)).collect();
    let lately = now.saturating_sub(LATELY).unwrap_or(Timestamp::MIN);
    match hosts.len() {
        0 => false,
        1 => {
            let is_alone = vanished.iter().all(|feed| !since_then(feed, lately));
            let answered_lately = vanished.iter().any(|feed| feed.last_attempt.is_some_and(|last| last > lately));
            of_kind(FailureKind::UnknownHost) && is_alone && answered_lately
        }
        _ => of_kind(FailureKind::UnknownHost) || of_kind(FailureKind::Unreachable),
    }
}

fn host_of(url: &str) -> Option<String> {
    Some(net::host(&Url::parse(url).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::feed::{Quiet, Validators};
    use crate::model::manners::Manners;
    use crate::model::traffic::Traffic;
    use crate::platform::paths::Paths;

    const NOW: Timestamp = Timestamp::constant(1_795_348_800, 0);

    fn ago(minutes: i64) -> Timestamp {
        NOW - SignedDuration::from_mins(minutes)
    }

    fn due(url: &str) -> Due {
        Due {
            id: FeedId(1),
            url: url.to_owned(),
            validators: Validators::default(),
            digest: None,
            failures: 0,
            interval: None,
            ttl: None,
            quiet: Quiet::default(),
            weekly: None,
            gap: None,
            next_attempt: NOW,
            earliest: Timestamp::UNIX_EPOCH,
            last_attempt: Some(ago(60)),
            why: Some(Why::Rhythm),
            traffic: Traffic::default(),
            manners: Manners::default(),
            moved: None,
            filter: None,
        }
    }

    fn unknown(feed: Due) -> (Due, Failure) {
        (feed, Failure::new(FailureKind::UnknownHost, "no address"))
    }

    fn reached(url: &str, minutes: i64) -> [(String, Timestamp); 1] {
        [(url.to_owned(), ago(minutes))]
    }

    #[test]
    fn one_host_that_has_no_address_is_not_the_network_when_another_was_reached_lately() {
        let one = [unknown(due("http://a.example/rss"))];
        assert!(is_offline(&one, &[], NOW));
        assert!(!is_offline(&one, &reached("http://b.example/rss", 30), NOW));
        assert!(is_offline(&one, &reached("http://a.example/other", 30), NOW), "its own say nothing of others");
        let long_gone = Due { last_attempt: Some(ago(180)), ..due("http://a.example/rss") };
        assert!(!is_offline(&[unknown(long_gone)], &[], NOW), "not for ever");
    }

    #[test]
    fn hosts_that_were_away_before_prove_nothing() {
        let [a, b] = ["http://a.example/rss", "http://b.example/rss"].map(due);
        assert!(is_offline(&[unknown(a.clone()), unknown(b.clone())], &[], NOW));
        let failing = |feed: &Due| unknown(Due { failures: 1, ..feed.clone() });
        assert!(!is_offline(&[failing(&a), failing(&b)], &[], NOW));
        let doubtful = |feed: &Due| unknown(Due { why: Some(Why::Offline), ..feed.clone() });
        assert!(is_offline(&[doubtful(&a), doubtful(&b)], &reached("http://c.example/rss", 20), NOW));
        assert!(!is_offline(&[doubtful(&a), doubtful(&b)], &reached("http://c.example/rss", 2), NOW));
    }

    #[test]
    fn a_feed_that_waits_its_turn_takes_little_memory() {
        let folder = tempfile::tempdir().unwrap();
        let (config, data) = (folder.path().join("config"), folder.path().join("data"));
        let paths = Paths::find(Some(&config), Some(&data), |_| None).unwrap();
        let engine = Engine::open(&paths, Config::default()).unwrap();
        let size = size_of_val(&engine.poll_feed(due("")));
        assert!(size < 4096, "{size}");
    }
}
