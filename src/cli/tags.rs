//! `kabar tag` and `kabar tags`: the user's own tags on articles, and all tags there are.

use clap::{Args, Subcommand};
use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use super::error::CliError;
use super::mark::{Articles, Chosen};
use super::out::{Out, flush_right, padded};
use super::session::Session;
use super::{add, out};
use crate::model::tag::{TagSource, fold};

#[derive(Debug, Subcommand)]
pub(super) enum TagCommand {
    /// Put a tag of yours on articles
    Add(EditArgs),
    /// Take a tag of yours off articles; the publisher's stay
    Remove(EditArgs),
}

#[derive(Debug, Args)]
pub(super) struct EditArgs {
    /// Capitals, `#` and the kind of hyphen make no difference
    #[arg(value_parser = name)]
    tag: String,
    #[command(flatten)]
    articles: Articles,
}

pub(super) fn name(text: &str) -> Result<String, String> {
    add::filled(text).filter(|name| !fold(name).is_empty()).ok_or_else(|| "that is no tag".to_owned())
}

#[derive(Debug, Args)]
pub(super) struct TagsArgs {
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Row<'a> {
    tag: &'a str,
    /// `publisher`, `user` (on articles) or `feed` (on a whole feed).
    source: TagSource,
    articles: u64,
    unread: u64,
}

pub(super) async fn edit(command: TagCommand, session: &Session) -> Result<(), CliError> {
    let (args, is_added) = match command {
        TagCommand::Add(args) => (args, true),
        TagCommand::Remove(args) => (args, false),
    };
    let engine = session.engine()?;
    let edit = match args.articles.chosen(&engine).await? {
        Chosen::Ids(ids) => engine.edit_tag(ids, args.tag, is_added).await?,
        Chosen::Query(query) => engine.edit_tag_all(query, args.tag, is_added).await?,
    };
    let mut out = Out::new();
    let articles = out::counted(edit.entries.len() as u64, "article");
    let what = if is_added { "put on" } else { "taken off" };
    out.line(&format!("{} {what} {articles}", edit.tag))?;
    out.flush()
}

pub(super) async fn run(args: TagsArgs, session: &Session) -> Result<(), CliError> {
    let tags = session.engine()?.tag_sources().await?;
    let rows = tags.iter().map(|(tag, source, articles, unread)| Row {
        tag,
        source: *source,
        articles: *articles,
        unread: *unread,
    });
    let rows: Vec<Row<'_>> = rows.collect();
    let mut out = Out::new();
    if args.json {
        out.json(&rows)?;
    } else {
        text(&rows, &mut out)?;
    }
    out.flush()
}

/// One aligned line for each: unread and all articles, tag, who gave it.
fn text(rows: &[Row<'_>], out: &mut Out) -> Result<(), CliError> {
    let counts = |row: &Row<'_>| format!("{}/{}", row.unread, row.articles);
    let count = rows.iter().map(|row| counts(row).len()).max().unwrap_or(0);
    let tag = rows.iter().map(|row| row.tag.width()).max().unwrap_or(0).min(40);
    for row in rows {
        let line = format!("{}  {}  {}", flush_right(&counts(row), count), padded(row.tag, tag), row.source.name());
        out.line(&line)?;
    }
    Ok(())
}
