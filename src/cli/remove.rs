//! `kabar remove`: ends subscriptions.

use clap::Args;

use super::error::CliError;
use super::out::Out;
use super::row::shown;
use super::session::Session;

#[derive(Debug, Args)]
pub(super) struct RemoveArgs {
    /// Id, URL or a part of the title. Starred articles stay
    #[arg(required = true, value_name = "FEED")]
    feeds: Vec<String>,
}

pub(super) async fn run(args: RemoveArgs, session: &Session) -> Result<(), CliError> {
    let engine = session.engine()?;
    // All names are looked up before the first feed goes: a slip removes nothing.
    let mut doomed = Vec::new();
    for name in &args.feeds {
        doomed.push(engine.feed_named(name).await?);
    }
    let mut out = Out::new();
    for feed in doomed {
        engine.remove(feed.id).await?;
        out.line(&format!("Unsubscribed: {} (feed {})", shown(feed.name()), feed.id))?;
    }
    out.flush()
}
