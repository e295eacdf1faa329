//! `kabar views`: queries that have a name, and perhaps a key in the interface.

use clap::{Args, Subcommand};
use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use super::add;
use super::error::CliError;
use super::indexing::indexed_for;
use super::out::{Out, flush_right, padded};
use super::session::Session;
use crate::engine::Engine;
use crate::model::query::{Query, Sort, State};
use crate::model::view::{self, NewView, SavedView};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct ViewsArgs {
    #[command(subcommand)]
    command: Option<ViewsCommand>,
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum ViewsCommand {
    /// Save a query under a name, over an older one of this name
    Save(SaveArgs),
    /// Forget a view
    Remove {
        #[arg(value_name = "NAME", required = true)]
        names: Vec<String>,
    },
}

#[derive(Debug, Args)]
struct SaveArgs {
    #[arg(value_parser = name)]
    name: String,
    /// What it lists, such as `tag:ekonomi unread newer:7d sort:relevance`
    #[arg(required = true)]
    query: Vec<String>,
    /// The key that goes to it in the interface, after `'`
    #[arg(long, value_name = "KEY", value_parser = key)]
    key: Option<char>,
}

fn name(text: &str) -> Result<String, String> {
    add::filled(text).ok_or_else(|| "a view needs a name".to_owned())
}

fn key(text: &str) -> Result<char, String> {
    view::key(text).ok_or_else(|| "a key is one character".to_owned())
}

#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    query: String,
    key: Option<char>,
    /// `date`, `relevance`, or keys such as `>date`.
    sort: String,
    articles: u64,
    unread: u64,
}

pub(super) async fn run(args: ViewsArgs, session: &Session) -> Result<(), CliError> {
    let engine = session.engine()?;
    let mut out = Out::new();
    match args.command {
        None => list(&engine, args.json, &mut out).await?,
        Some(ViewsCommand::Save(args)) => save(&engine, args, &mut out).await?,
        Some(ViewsCommand::Remove { names }) => {
            let mut found = Vec::new();
            for name in &names {
                found.push(engine.view_named(name).await?);
            }
            for SavedView { id, name, .. } in found {
                engine.remove_view(id).await?;
                out.line(&format!("{name} is forgotten"))?;
            }
        }
    }
    out.flush()
}

async fn save(engine: &Engine, args: SaveArgs, out: &mut Out) -> Result<(), CliError> {
    let query = Query::parse(&args.query.join(" ")).map_err(|error| CliError::Usage(error.to_string()))?;
    let (articles, unread) = counts(engine, &query).await?;
    // What is saved again stays where it is reached.
    let known = engine.views().await?.into_iter().find(|view| view.name.to_lowercase() == args.name.to_lowercase());
    let key = args.key.or(known.as_ref().and_then(|view| view.key));
    engine.save_view(None, NewView { name: args.name.clone(), query, key }).await?;
    let SavedView { name, query, .. } = engine.view_named(&args.name).await?;
    out.line(&format!("{name}: {query}, {unread} of {articles} unread"))?;
    match known {
        Some(old) => out.line(&format!("in place of {}: {}", old.name, old.query)),
        None => Ok(()),
    }
}

async fn counts(engine: &Engine, query: &Query) -> Result<(u64, u64), CliError> {
    indexed_for(engine, query).await?;
    let unread = query.clone().and(Query::Is(State::Unread));
    Ok((engine.count(query.clone()).await?, engine.count(unread).await?))
}

async fn list(engine: &Engine, is_json: bool, out: &mut Out) -> Result<(), CliError> {
    let views = engine.views().await?;
    let mut rows = Vec::with_capacity(views.len());
    for view in &views {
        let (articles, unread) = counts(engine, &view.query).await?;
        let sort = view.query.sort().unwrap_or(Sort::Date).to_string();
        rows.push(Row { name: &view.name, query: view.query.to_string(), key: view.key, sort, articles, unread });
    }
    if is_json { out.json(&rows) } else { text(&rows, out) }
}

/// One aligned line for each: unread and all articles, key, name, query.
fn text(rows: &[Row<'_>], out: &mut Out) -> Result<(), CliError> {
    let counts = |row: &Row<'_>| format!("{}/{}", row.unread, row.articles);
    let count = rows.iter().map(|row| counts(row).len()).max().unwrap_or(0);
    let name = rows.iter().map(|row| row.name.width()).max().unwrap_or(0).min(40);
    for row in rows {
        let key = row.key.map_or_else(|| " ".to_owned(), String::from);
        let (counts, name) = (flush_right(&counts(row), count), padded(row.name, name));
        out.line(&format!("{counts}  {key}  {name}  {}", row.query))?;
    }
    Ok(())
}
