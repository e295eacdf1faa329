//! `kabar import`: takes over a list of subscriptions. Fetches nothing unless it is told to.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::PathBuf;

use clap::Args;

use super::arrival;
use super::error::CliError;
use super::out::{Out, counted, warn};
use super::poll::{Polled, poll, summary};
use super::session::Session;
use super::signals;
use crate::engine::{Commands, PollRequest};

#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// An OPML document or newsboat's `urls`; `-` for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Fetch the feeds that are new
    #[arg(long)]
    fetch: bool,
    /// Take over the commands of the list, too: `exec:` sources and filters
    #[arg(long)]
    allow_exec: bool,
}

pub(super) async fn run(args: ImportArgs, session: &Session) -> Result<(), CliError> {
    let engine = session.engine()?;
    let (what, bytes) = read(&args.file)?;
    let text = String::from_utf8_lossy(&bytes);
    let base = std::path::absolute(&args.file).ok().and_then(|path| Some(path.parent()?.to_owned()));
    let commands = if args.allow_exec { Commands::Allowed } else { Commands::Refused };
    let imported = engine.import(&what, &text, base.as_deref(), commands).await?;
    let mut out = Out::new();
    let known = if imported.known > 0 { format!(", {} known already", imported.known) } else { String::new() };
    out.line(&format!("{} added{known}", counted(imported.added.len() as u64, "feed")))?;
    out.flush()?;
    for line in &imported.skipped {
        warn(&format!("left out: {line}"));
    }
    if args.fetch && !imported.added.is_empty() {
        let request = PollRequest { all: true, only: Some(imported.added) };
        let mut stop = std::pin::pin!(signals::stop());
        let Polled::Done(report) = poll(&engine, request, &mut stop).await? else {
            return Err(CliError::Interrupted);
        };
        out.line(&summary(&report))?;
        if report.new_articles > 0 {
            arrival::ruled(&engine).await?;
            arrival::errands(&engine).await?;
        }
    }
    out.flush()
}

/// No feed, page or list is longer, in the widest of encodings.
const LONGEST: u64 = 80 << 20;

/// A file's bytes, or those of standard input for `-`, with a name to call them by. What is too long is not read to its end.
pub(super) fn read(file: &std::path::Path) -> Result<(String, Vec<u8>), CliError> {
    let is_stdin = file.as_os_str() == "-";
    let what = if is_stdin { "standard input".to_owned() } else { file.display().to_string() };
    let read = if is_stdin {
        whole(std::io::stdin().lock(), LONGEST)
    } else {
        File::open(file).and_then(|file| whole(file, LONGEST))
    };
    match read {
        Ok(bytes) => Ok((what, bytes)),
        Err(source) => Err(CliError::File { what, source }),
    }
}

fn whole(source: impl io::Read, longest: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(longest + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > longest {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it is longer than {longest} bytes")));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_is_not_read_to_its_end() {
        assert_eq!(whole(&b"1234"[..], 4).unwrap(), b"1234");
        assert_eq!(whole(io::repeat(b'x'), 4).unwrap_err().to_string(), "it is longer than 4 bytes");
    }
}
