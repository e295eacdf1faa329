//! `kabar export`: the subscriptions as one document.

use std::borrow::Cow;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;
use tempfile::NamedTempFile;

use super::error::CliError;
use super::out::Out;
use super::row::shown;
use super::session::Session;
use crate::engine::{self, Engine};

#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    #[arg(long, value_enum, default_value = "opml")]
    format: Format,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Opml,
    Json,
    Newsboat,
}

#[derive(Serialize)]
struct Row<'a> {
    /// With the user's credentials: the document is to be read in again.
    url: &'a str,
    title: Cow<'a, str>,
    folder: Option<&'a str>,
    tags: &'a [String],
    interval: Option<u32>,
    fulltext: bool,
    muted: bool,
    home: Option<&'a str>,
}

pub(super) async fn run(args: ExportArgs, session: &Session) -> Result<(), CliError> {
    let engine = session.engine()?;
    let mut document = match args.format {
        Format::Opml => engine.export(engine::Format::Opml).await?,
        Format::Newsboat => engine.export(engine::Format::Newsboat).await?,
        Format::Json => json(&engine).await?,
    };
    if !document.is_empty() && !document.ends_with('\n') {
        document.push('\n');
    }
    if let Some(path) = args.output.filter(|path| path.as_os_str() != "-") {
        let fail = |source| CliError::File { what: path.display().to_string(), source };
        return write(&path, &document).map_err(fail);
    }
    let mut out = Out::new();
    out.text(&document)?;
    out.flush()
}

async fn json(engine: &Engine) -> Result<String, CliError> {
    let feeds = engine.feeds().await?;
    let rows = feeds.iter().map(|feed| Row {
        url: &feed.url,
        title: shown(feed.name()),
        folder: feed.subscription.folder.as_deref(),
        tags: &feed.subscription.tags,
        interval: feed.subscription.interval,
        fulltext: feed.subscription.fulltext,
        muted: feed.subscription.muted,
        home: feed.facts.home.as_deref(),
    });
    serde_json::to_string_pretty(&rows.collect::<Vec<_>>()).map_err(|error| CliError::Output(error.into()))
}

/// All of it or nothing: a half-written list must not take the place of a good one.
fn write(path: &Path, document: &str) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(document.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}
