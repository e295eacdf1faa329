//! `kabar watch`: polls for ever, for a service manager. Shares the store with an open interface; neither polls what the
//! other has.

use std::time::Duration;

use clap::Args;
use jiff::SignedDuration;

use super::error::CliError;
use super::headlines::day;
use super::notices;
use super::out::Out;
use super::poll::{Polled, poll, summary};
use super::session::Session;
use super::signals::{self, Stop};
use crate::config::raw::Span;
use crate::engine::{Engine, PollRequest, index_by_itself};
use crate::platform::clock;

#[derive(Debug, Args)]
pub(super) struct WatchArgs {
    /// The longest pause between two looks at what is due: 90s, 15m, 1h
    #[arg(long, value_name = "TIME", default_value = "15m", value_parser = pause)]
    interval: Duration,
}

fn pause(text: &str) -> Result<Duration, String> {
    Span::parse(text).map(|span| span.0.max(SHORTEST))
}

/// Between two rounds, whatever is due.
const SHORTEST: Duration = Duration::from_secs(1);

pub(super) async fn run(args: WatchArgs, session: &Session) -> Result<(), CliError> {
    let engine = session.engine()?;
    let mut out = Out::new();
    let mut stop = std::pin::pin!(signals::stop());
    loop {
        let report = match poll(&engine, PollRequest::default(), &mut stop).await? {
            Polled::Done(report) => report,
            Polled::Stopped(why) => return ended(why),
        };
        out.line(&format!("{}  {}", day(clock::now()), summary(&report)))?;
        out.flush()?;
        tokio::select! {
            () = rest(&engine, until_due(&engine, args.interval).await?) => {}
            why = &mut stop => return ended(why),
        }
    }
}

/// Waits for this long; what the poll has brought is indexed meanwhile.
async fn rest(engine: &Engine, wait: Duration) {
    let notices = notices::show_all(engine, engine.events());
    let work = async { tokio::join!(index_by_itself(engine.clone()), notices) };
    let _ = tokio::time::timeout(wait, work).await;
}

fn ended(why: Stop) -> Result<(), CliError> {
    match why {
        Stop::Interrupted => Err(CliError::Interrupted),
        Stop::Terminated => Ok(()),
    }
}

/// How long until a feed is due, but no longer than `interval`: another process may subscribe to one in the meantime.
async fn until_due(engine: &Engine, interval: Duration) -> Result<Duration, CliError> {
    let Some(next) = engine.next_due().await? else { return Ok(interval) };
    // A second more, since times are stored in whole seconds.
    let wait = clock::now().duration_until(next).saturating_add(SignedDuration::from_secs(1));
    Ok(Duration::try_from(wait).unwrap_or_default().clamp(SHORTEST, interval))
}
