//! `kabar import`: takes over a list of subscriptions. Fetches nothing unless it is told to.

use std::io::Read as _;
use std::path::PathBuf;

use clap::Args;

use super::error::CliError;
use super::out::{Out, counted, warn};
use super::poll::{Polled, poll, summary};
use super::session::Session;
use super::signals;
use crate::engine::PollRequest;

#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// An OPML document or newsboat's `urls`; `-` for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Fetch the feeds that are new
    #[arg(long)]
    fetch: bool,
}

pub(super) async fn run(args: ImportArgs, session: &Session) -> Result<(), CliError> {
    let engine = session.engine()?;
    let (what, bytes) = read(&args.file)?;
    let text = String::from_utf8_lossy(&bytes);
    let base = std::path::absolute(&args.file).ok().and_then(|path| Some(path.parent()?.to_owned()));
    let imported = engine.import(&what, &text, base.as_deref()).await?;
    let mut out = Out::new();
    let known = if imported.known > 0 { format!(", {} known already", imported.known) } else { String::new() };
    out.line(&format!("{} added{known}", counted(imported.added.len() as u64, "feed")))?;
    out.flush()?;
    for line in &imported.skipped {
        warn(&format!("left out: {line}"));
    }
    if args.fetch && !imported.added.is_empty() {
        let request = PollRequest { all: true, only: Some(imported.added) };
        let mut stop = std::pin::pin!(signals::interrupt());
        let Polled::Done(report) = poll(&engine, request, &mut stop).await? else {
            return Err(CliError::Interrupted);
        };
        out.line(&summary(&report))?;
    }
    out.flush()
}

/// A file's bytes, or those of standard input for `-`, with a name to call them by.
pub(super) fn read(file: &std::path::Path) -> Result<(String, Vec<u8>), CliError> {
    let is_stdin = file.as_os_str() == "-";
    let what = if is_stdin { "standard input".to_owned() } else { file.display().to_string() };
    let mut bytes = Vec::new();
    let read = if is_stdin { std::io::stdin().read_to_end(&mut bytes).map(|_| bytes) } else { std::fs::read(file) };
    match read {
        Ok(bytes) => Ok((what, bytes)),
        Err(source) => Err(CliError::File { what, source }),
    }
}
