//! `kabar export`: the subscriptions as one document, or articles.

mod articles;

use std::borrow::Cow;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;
use tempfile::NamedTempFile;

use super::error::CliError;
use super::indexing::indexed_for;
use super::out::Out;
use super::row::shown;
use super::session::Session;
use crate::engine::{self, Engine};
use crate::model::query::Query;

#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// opml, json and newsboat are lists of subscriptions, whose addresses keep the passwords in them; the others are for
    /// articles [default: opml, or jsonfeed with --articles]
    #[arg(long, value_enum, hide_default_value = true)]
    format: Option<Format>,
    /// Write to this file instead of standard output; a folder gets a file for each article
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write articles instead of the subscriptions
    #[arg(long)]
    articles: bool,
    /// Only articles that match, such as `starred newer:7d`
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true, value_parser = Query::parse, requires = "articles")]
    query: Option<Query>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Opml,
    Json,
    Newsboat,
    Jsonfeed,
    Ndjson,
    Markdown,
    Text,
    Html,
    Epub,
}

impl Format {
    fn is_of_articles(self) -> bool {
        !matches!(self, Self::Opml | Self::Json | Self::Newsboat)
    }
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
    let output = args.output.filter(|path| path.as_os_str() != "-");
    let format = args.format.unwrap_or(if args.articles { Format::Jsonfeed } else { Format::Opml });
    if format.is_of_articles() != args.articles {
        let problem = if args.articles { "is no format for articles" } else { "is for articles: add --articles" };
        let name = format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
        return Err(CliError::Usage(format!("{name} {problem}")));
    }
    let engine = session.engine()?;
    if args.articles {
        let query = args.query.unwrap_or(Query::And(Vec::new()));
        indexed_for(&engine, &query).await?;
        return articles::write(&engine, query, format, output).await;
    }
    let mut document = match format {
        Format::Newsboat => engine.export(engine::Format::Newsboat).await?,
        Format::Json => json(&engine).await?,
        _ => engine.export(engine::Format::Opml).await?,
    };
    if !document.is_empty() && !document.ends_with('\n') {
        document.push('\n');
    }
    if let Some(path) = output {
        let fail = |source| CliError::File { what: path.display().to_string(), source };
        let mut file = beside(&path).map_err(fail)?;
        file.write_all(document.as_bytes()).map_err(fail)?;
        return put(file, &path).map_err(fail);
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

/// A file that will take the place of the one at `path`.
fn beside(path: &Path) -> std::io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    NamedTempFile::new_in(folder)
}

/// All of it or nothing: a half-written document must not take the place of a good one.
fn put(file: NamedTempFile, path: &Path) -> std::io::Result<()> {
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}
