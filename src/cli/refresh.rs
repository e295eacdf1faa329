//! `kabar refresh`: asks the feeds that are due.

use std::time::Duration;

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;

use super::error::CliError;
use super::headlines::day;
use super::out::Out;
use super::poll::{Polled, poll, seconds, summary};
use super::row::shown;
use super::session::Session;
use super::{notices, signals};
use crate::engine::{Engine, PollReport, PollRequest};
use crate::model::feed::{FeedId, FetchError};
use crate::model::ledger::Dropped;

/// How long what has arrived may take to be indexed.
const INDEXING: Duration = Duration::from_secs(20);

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
}

#[derive(Serialize)]
struct Failure<'a> {
    feed: FeedId,
    url: &'a str,
    error: &'a FetchError,
    next_attempt: Timestamp,
}

pub(super) async fn run(args: RefreshArgs, session: &Session) -> Result<(), CliError> {
    let engine = session.engine()?;
    let mut only = Vec::new();
    for name in &args.feeds {
        only.push(engine.feed_named(name).await?.id);
    }
    let request = PollRequest { all: args.force, only: (!only.is_empty()).then_some(only) };
    let mut stop = std::pin::pin!(signals::interrupt());
    let Polled::Done(report) = poll(&engine, request, &mut stop).await? else {
        return Err(CliError::Interrupted);
    };
    // Nobody else may: what is not done within this time waits for whoever opens the store next.
    engine.index(INDEXING).await?;
    let mut events = engine.events();
    engine.do_errands().await?;
    notices::show_waiting(&engine, &mut events);
    let mut out = Out::new();
    if args.json {
        out.json(&json(&report))?;
    } else {
        text(&report, &engine, &mut out).await?;
    }
    out.flush()
}

fn json(report: &PollReport) -> Report<'_> {
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
    }
}

async fn text(report: &PollReport, engine: &Engine, out: &mut Out) -> Result<(), CliError> {
    let feeds = engine.feeds().await?;
    if feeds.is_empty() {
        return out.line("No subscriptions yet; `kabar add URL` makes one.");
    }
    if report.feeds == 0 {
        return out.line("No feed is due; with --force all are asked.");
    }
    out.line(&summary(report))?;
    for failure in &report.failures {
        let name = feeds.iter().find(|feed| feed.id == failure.feed).map_or(failure.url.as_str(), |feed| feed.name());
        let name = shown(name);
        let (why, next) = (&failure.error.detail, day(failure.next_attempt));
        out.line(&format!("  {name} ({}): {why}; next attempt {next}", failure.feed))?;
    }
    Ok(())
}
