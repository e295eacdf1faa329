//! The command line: the tree of commands ([`Args`]) and one file per command. Each turns its arguments into calls of the
//! engine, and the answers into lines or JSON. Knows nothing of the interface: to open it is left to the caller.

mod add;
mod advice;
mod args;
mod arrival;
mod config;
mod demo;
mod doctor;
mod edit;
mod error;
mod exclusions;
mod export;
mod extract;
mod feeds;
mod generate;
mod headlines;
mod import;
mod indexing;
mod keys;
mod list;
mod log;
mod manners;
mod mark;
mod notices;
mod out;
mod poll;
mod preview;
mod refresh;
mod remove;
mod revisions;
mod row;
mod rules;
mod search;
mod session;
mod show;
mod signals;
mod stories;
mod tags;
mod terminal;
mod topics;
mod views;
mod watch;

use std::io::IsTerminal as _;

use args::Command;
use session::Session;

use crate::engine::{Demo, Engine};

pub use args::Args;
pub use error::{CliError, report};

/// What is left to do for whoever called.
#[derive(Debug)]
pub enum Action {
    Done,
    /// Open the interface.
    Interface(Interface),
}

/// What the interface is opened with.
#[derive(Debug)]
pub struct Interface {
    pub engine: Engine,
    pub ascii: bool,
    pub demo: Option<Demo>,
}

/// Runs the command that the arguments name.
pub async fn run(args: Args) -> Result<Action, CliError> {
    let session = Session::new(args.global);
    match args.command {
        None => return interface(&session),
        Some(Command::Demo(args)) => return demo::run(args, &session).await,
        Some(command) => run_command(command, &session).await?,
    }
    Ok(Action::Done)
}

async fn run_command(command: Command, session: &Session) -> Result<(), CliError> {
    match command {
        Command::Add(args) => add::run(args, session).await,
        Command::Remove(args) => remove::run(args, session).await,
        Command::Feeds(args) => feeds::run(args, session).await,
        Command::Edit(args) => edit::run(args, session).await,
        Command::Import(args) => import::run(args, session).await,
        Command::Export(args) => export::run(args, session).await,
        Command::Refresh(args) => refresh::run(args, session).await,
        Command::Watch(args) => watch::run(args, session).await,
        Command::List(args) => list::run(args, session).await,
        Command::Search(args) => search::run(args, session).await,
        Command::Show(args) => show::run(args, session).await,
        Command::Preview(args) => preview::run(args, session).await,
        Command::Extract(args) => extract::run(args, session).await,
        Command::Mark(args) => mark::run(args, session).await,
        Command::Tag(command) => tags::edit(command, session).await,
        Command::Tags(args) => tags::run(args, session).await,
        Command::Rules(args) => rules::run(args, session).await,
        Command::Views(args) => views::run(args, session).await,
        Command::Topics(args) => topics::run(args, session).await,
        Command::Stories(args) => stories::run(args, session).await,
        Command::Doctor(args) => doctor::run(args, session).await,
        Command::Config(command) => config::run(command, session),
        Command::Keys(args) => keys::run(args),
        Command::Completions(args) => generate::completions(args),
        Command::Man(args) => generate::man(args),
        // Taken care of by the caller, since it may open the interface.
        Command::Demo(_) => Ok(()),
    }
}

fn interface(session: &Session) -> Result<Action, CliError> {
    need_terminal()?;
    let engine = session.engine()?;
    Ok(Action::Interface(Interface { engine, ascii: session.ascii, demo: None }))
}

fn need_terminal() -> Result<(), CliError> {
    if std::io::stdout().is_terminal() { Ok(()) } else { Err(CliError::NoTerminal) }
}
