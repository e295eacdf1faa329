//! `kabar stories`: what happened, each event once, with the articles that tell of it.

use std::time::Duration;

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;

use super::error::CliError;
use super::headlines::day;
use super::indexing::settled;
use super::mark::{Articles, Chosen};
use super::out::{Out, Style, counted, flush_right};
use super::session::Session;
use crate::model::entry::EntryId;
use crate::model::query::Query;
use crate::model::story::{Story, StoryId};

/// How long what is still to group is worked off before it is listed without.
pub(super) const GROUPING: Duration = Duration::from_secs(20);

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct StoriesArgs {
    #[command(subcommand)]
    command: Option<StoriesCommand>,
    /// Only stories with an article that matches, such as `newer:24h`
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true, value_parser = Query::parse)]
    query: Option<Query>,
    /// At most so many; all without it
    #[arg(long, value_name = "N")]
    limit: Option<u32>,
    /// Print a JSON array, stories of one article among them
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Subcommand)]
enum StoriesCommand {
    /// Take articles out of their story, for good
    Split(Ids),
    /// Make one story of those that these articles are in, for good
    Merge(Ids),
}

#[derive(Debug, Args)]
struct Ids {
    /// The ids that `list` shows
    #[arg(value_name = "ID", required = true)]
    ids: Vec<i64>,
}

#[derive(Serialize)]
struct Row<'a> {
    id: StoryId,
    title: &'a str,
    size: usize,
    first: Timestamp,
    last: Timestamp,
    articles: &'a [EntryId],
}

pub(super) async fn run(args: StoriesArgs, session: &Session) -> Result<(), CliError> {
    let engine = session.engine()?;
    settled(&engine).await?;
    let mut out = Out::new().ascii(session.ascii);
    match args.command {
        Some(StoriesCommand::Split(Ids { ids })) => {
            let line = match engine.split(known(ids, &engine).await?).await? {
                Some(edit) => format!("now story {}", edit.story),
                None => "nothing to split: the story has no other articles".to_owned(),
            };
            out.line(&line)?;
            return out.flush();
        }
        Some(StoriesCommand::Merge(Ids { ids })) => {
            if let Some(edit) = engine.merge(known(ids, &engine).await?).await? {
                out.line(&format!("now story {}", edit.story))?;
            }
            return out.flush();
        }
        None => {}
    }
    // What is not printed does not count.
    let query = args.query.unwrap_or_else(Query::everything);
    let most = args.limit.into_iter().chain(query.limit()).min();
    let limit = most.filter(|_| args.json);
    let stories = engine.stories(query, limit).await?;
    if args.json {
        out.json(&stories.iter().map(row).collect::<Vec<_>>())?;
    } else {
        text(&stories, most, &mut out)?;
    }
    out.flush()
}

/// The articles of these ids; one that is not there changes nothing at all.
pub(super) async fn known(ids: Vec<i64>, engine: &crate::engine::Engine) -> Result<Vec<EntryId>, CliError> {
    match Articles::of(ids).chosen(engine).await? {
        Chosen::Ids(ids) => Ok(ids),
        Chosen::Query(_) => Ok(Vec::new()),
    }
}

fn row(story: &Story) -> Row<'_> {
    let Story { id, title, first, last, articles } = story;
    Row { id: *id, title, size: articles.len(), first: *first, last: *last, articles }
}

/// One line for each that several articles tell, so many at most: id, date of the last one, how many, title.
fn text(stories: &[Story], limit: Option<u32>, out: &mut Out) -> Result<(), CliError> {
    let limit = limit.map_or(usize::MAX, |limit| limit as usize);
    let told: Vec<&Story> = stories.iter().filter(|story| story.articles.len() > 1).take(limit).collect();
    let id = told.iter().map(|story| story.id.to_string().len()).max().unwrap_or(0);
    for story in &told {
        let start = format!("{}  {}  ", flush_right(&story.id.to_string(), id), day(story.last));
        let many = flush_right(&story.articles.len().to_string(), 3);
        let title = out.fitted(&story.title, start.len() + 5);
        let line = format!("{}{many}  {}", out.styled(&start, Style::Dim), out.styled(&title, Style::Strong));
        out.line(&line)?;
    }
    if told.is_empty() {
        out.line(&format!("no event has two articles yet ({})", counted(stories.len() as u64, "article")))?;
    }
    Ok(())
}
