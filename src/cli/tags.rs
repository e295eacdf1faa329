//! `kabar tag` and `kabar tags`: the user's own tags on articles, and all tags there are.

use clap::{Args, Subcommand};
use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use super::error::CliError;
use super::indexing::settled;
use super::mark::{Articles, Chosen};
use super::out::{Out, flush_right, padded};
use super::session::Session;
use super::{add, out};
use crate::engine::Engine;
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
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct TagsArgs {
    #[command(subcommand)]
    command: Option<TagsCommand>,
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum TagsCommand {
    /// Make tags one: what comes under their names later, too
    Merge {
        #[arg(value_name = "TAG", required = true, value_parser = name)]
        tags: Vec<String>,
        /// The tag that they become
        #[arg(long, value_name = "TAG", value_parser = name)]
        into: String,
    },
    /// Undo merges: each tag gets back what came under its name
    Split {
        #[arg(value_name = "TAG", required = true, value_parser = name)]
        tags: Vec<String>,
    },
    /// List the merges
    Merges {
        /// Print a JSON array
        #[arg(long)]
        json: bool,
    },
}

#[derive(Serialize)]
struct Merge<'a> {
    tag: &'a str,
    into: &'a str,
}

#[derive(Serialize)]
struct Row<'a> {
    tag: &'a str,
    /// `publisher`, `page`, `user` (on articles), `feed` (on a whole feed), `rule` or `topic` (that is followed).
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
    let engine = session.engine()?;
    if let Some(command) = args.command {
        return merges(&engine, command).await;
    }
    // Topics are tags, too: what has arrived is judged by them first.
    if !engine.topics().await?.is_empty() {
        settled(&engine).await?;
    }
    let tags = engine.tag_sources().await?;
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

async fn merges(engine: &Engine, command: TagsCommand) -> Result<(), CliError> {
    let mut out = Out::new();
    match command {
        TagsCommand::Merge { tags, into } => {
            for tag in tags {
                let is_new = engine.merge_tag(tag.clone(), into.clone()).await?;
                let what = if is_new { "is now part of" } else { "was part of" };
                out.line(&format!("{tag} {what} {into}"))?;
            }
        }
        TagsCommand::Split { tags } => {
            for tag in tags {
                let was_merged = engine.split_tag(tag.clone()).await?;
                let what = if was_merged { "is its own again" } else { "was merged into nothing" };
                out.line(&format!("{tag} {what}"))?;
            }
        }
        TagsCommand::Merges { json } => {
            let merges = engine.tag_merges().await?;
            let rows: Vec<Merge<'_>> = merges.iter().map(|(tag, into)| Merge { tag, into }).collect();
            if json {
                out.json(&rows)?;
            } else {
                rows.iter().try_for_each(|row| out.line(&format!("{} → {}", row.tag, row.into)))?;
            }
        }
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
