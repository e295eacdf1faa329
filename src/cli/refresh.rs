//! `kabar refresh`: asks the feeds that are due.

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;

use super::advice;
use super::arrival;
use super::error::CliError;
use super::headlines::day;
use super::out::Out;
use super::poll::{Polled, poll, seconds, summary};
use super::row::shown;
use super::session::Session;
use super::signals;
use crate::engine::{Engine, PollReport, PollRequest};
use crate::model::feed::{FailureKind, Feed, FeedId, FetchError, shown_url};
use crate::model::ledger::Dropped;
use crate::model::schedule::Why;
use crate::platform::clock;

#[derive(Debug, Args)]
pub(super) struct RefreshArgs {
    /// Only these feeds: id, URL or a part of the title
    #[arg(value_name = "FEED")]
    feeds: Vec<String>,
    /// Also feeds that are not due
    #[arg(long)]
    force: bool,
    /// Print a JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report<'a> {
    feeds: usize,
    fetched: usize,
    not_modified: usize,
    failed: usize,
    new_articles: usize,
    updated_articles: usize,
    /// Of all documents: every item is new, updated, known or dropped.
    items: u64,
    known: u64,
    dropped: Dropped,
    /// Feeds that have rolled past since they were last asked.
    gaps: usize,
    bytes: u64,
    seconds: f64,
    failures: Vec<Failure<'a>>,
    /// Of the feeds that were named: those whose time has not come.
    not_due: Vec<NotDue<'a>>,
    /// No server can be reached.
    offline: bool,
}

#[derive(Serialize)]
struct NotDue<'a> {
    feed: FeedId,
    url: String,
    #[serde(skip)]
    name: &'a str,
    next_attempt: Timestamp,
    why: Why,
    /// Its server wants it so, or the settings do: that holds for everybody.
    #[serde(skip)]
    is_held: bool,
}

#[derive(Serialize)]
struct Failure<'a> {
    feed: FeedId,
    url: &'a str,
    error: &'a FetchError,
    next_attempt: Option<Timestamp>,
}

pub(super) async fn run(args: RefreshArgs, session: &Session) -> Result<(), CliError> {
    let engine = session.engine()?;
    let mut named = Vec::new();
    for name in &args.feeds {
        named.push(engine.feed_named(name).await?);
    }
    let only = named.iter().map(|feed| feed.id).collect();
    let request = PollRequest { all: args.force, only: (!named.is_empty()).then_some(only) };
    let now = clock::now();
    let not_due: Vec<NotDue<'_>> = named.iter().filter(|_| !args.force).filter_map(|feed| early(feed, now)).collect();
    let mut stop = std::pin::pin!(signals::stop());
    let Polled::Done(report) = poll(&engine, request, &mut stop).await? else {
        return Err(CliError::Interrupted);
    };
    if report.new_articles + report.updated_articles > 0 {
        arrival::ruled(&engine).await?;
    }
    arrival::errands(&engine).await?;
    let mut out = Out::new();
    if args.json {
        out.json(&json(&report, not_due))?;
    } else {
        text(&report, &not_due, &engine, &mut out).await?;
    }
    out.flush()
}

fn early(feed: &Feed, now: Timestamp) -> Option<NotDue<'_>> {
    let next_attempt = feed.fetch.next_attempt.filter(|at| *at > now)?;
    let why = feed.fetch.why.unwrap_or(Why::Rhythm);
    let was_refused = feed.fetch.error.as_ref().is_some_and(|error| error.kind == FailureKind::Throttled);
    let is_held = was_refused || matches!(why, Why::Held | Why::Budget);
    Some(NotDue { feed: feed.id, url: shown_url(&feed.url), name: feed.name(), next_attempt, why, is_held })
}

fn json<'a>(report: &'a PollReport, not_due: Vec<NotDue<'a>>) -> Report<'a> {
    let failures = report.failures.iter().map(|failure| Failure {
        feed: failure.feed,
        url: &failure.url,
        error: &failure.error,
        next_attempt: failure.next_attempt,
    });
    Report {
        feeds: report.feeds,
        fetched: report.fetched,
        not_modified: report.not_modified,
        failed: report.failures.len(),
        new_articles: report.new_articles,
        updated_articles: report.updated_articles,
        items: report.ledger.items,
        known: report.ledger.known,
        dropped: report.ledger.dropped,
        gaps: report.gaps,
        bytes: report.bytes,
        seconds: seconds(report),
        failures: failures.collect(),
        not_due,
        offline: report.is_offline,
    }
}

async fn text(report: &PollReport, not_due: &[NotDue<'_>], engine: &Engine, out: &mut Out) -> Result<(), CliError> {
    let feeds = engine.feeds().await?;
    if feeds.is_empty() {
        return out.line("No subscriptions yet; `kabar add URL` makes one.");
    }
    for early in not_due {
        let (name, next, why) = (shown(early.name), day(early.next_attempt), advice::on_time(early.why));
        let advice = if early.is_held { "" } else { "; --force asks now" };
        out.line(&format!("{name} ({}) is not due before {next}: {why}{advice}", early.feed))?;
    }
    if report.feeds == 0 && !not_due.is_empty() {
        return Ok(());
    }
    if report.feeds == 0 {
        return out.line("No feed is due; with --force all are asked.");
    }
    out.line(&summary(report))?;
    if report.is_offline {
        let next = report.failures.iter().filter_map(|failure| failure.next_attempt).min().map(day);
        let again = next.map_or_else(String::new, |next| format!("; next attempt {next}"));
        return out.line(&format!("Offline: no server can be reached{again}."));
    }
    for failure in &report.failures {
        let name = feeds.iter().find(|feed| feed.id == failure.feed).map_or(failure.url.as_str(), |feed| feed.name());
        let name = shown(name);
        let (why, next) = (&failure.error.detail, failure.next_attempt.map(day));
        let next = next.map_or_else(|| "not asked again".to_owned(), |next| format!("next attempt {next}"));
        out.line(&format!("  {name} ({}): {why}; {next}", failure.feed))?;
    }
    Ok(())
}
