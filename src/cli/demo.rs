//! `kabar demo`: the sample feeds, through the ordinary pipeline, into a store that is thrown away.

use clap::Args;

use super::error::CliError;
use super::out::Out;
use super::poll::{Polled, poll};
use super::session::Session;
use super::{Action, Interface, headlines, need_terminal, signals};
use crate::engine::{Demo, Engine, PollRequest};
use crate::model::query::Query;

#[derive(Debug, Args)]
pub(super) struct DemoArgs {
    /// Print the headlines instead of opening the interface
    #[arg(long)]
    headless: bool,
}

pub(super) async fn run(args: DemoArgs, session: &Session) -> Result<Action, CliError> {
    let config = session.config()?;
    if !args.headless {
        need_terminal()?;
    }
    let demo = Demo::lay_out()?;
    let engine = Engine::open(&demo.paths(&session.paths()?), config)?;
    if !args.headless {
        // The interface fetches the feeds itself, in view of the reader.
        return Ok(Action::Interface(Interface { engine, ascii: session.ascii, demo: Some(demo) }));
    }
    engine.subscribe_demo(&demo).await?;
    let mut stop = std::pin::pin!(signals::stop());
    let request = PollRequest { all: true, only: None };
    let Polled::Done(_) = poll(&engine, request, &mut stop).await? else {
        return Err(CliError::Interrupted);
    };
    let out = Out::new().ascii(session.ascii);
    headlines::text(&engine, Query::everything(), None, out).await?;
    Ok(Action::Done)
}
