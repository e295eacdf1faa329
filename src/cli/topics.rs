//! `kabar topics`: what is followed, in every language, whether its publisher tagged it or not.

use clap::{Args, Subcommand};
use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use super::add;
use super::error::CliError;
use super::indexing::settled;
use super::out::{Out, counted, flush_right, padded};
use super::session::Session;
use super::stories::known;
use crate::engine::{Engine, Suggestion};
use crate::model::entry::EntryId;
use crate::model::query::Query;
use crate::model::story::StoryId;
use crate::model::tag::fold;
use crate::model::topic::{TopicCount, TopicId};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct TopicsArgs {
    #[command(subcommand)]
    command: Option<TopicsCommand>,
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum TopicsCommand {
    /// Follow a topic by its name, such as `Rusia-AS` or `inflasi`; again to add to one that is followed
    Follow(FollowArgs),
    /// Follow a topic no longer
    Unfollow {
        /// As it is listed, in any spelling
        #[arg(value_parser = name)]
        name: String,
    },
    /// Say that articles belong to a topic, or do not
    Teach(TeachArgs),
    /// List what the most outlets tell of just now
    Suggest {
        /// Print a JSON array
        #[arg(long)]
        json: bool,
    },
    /// List the topics that are followed
    List {
        /// Print a JSON array
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
struct FollowArgs {
    /// Countries, what the news calls a thing, names: all of them must be salient in an article
    #[arg(value_parser = name)]
    name: String,
    /// What matches belongs to the topic, too
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,
    /// An article that belongs to it; may be given again
    #[arg(long, value_name = "ID")]
    example: Vec<i64>,
    /// An article that does not belong to it; may be given again
    #[arg(long, value_name = "ID")]
    not: Vec<i64>,
}

#[derive(Debug, Args)]
struct TeachArgs {
    /// As it is listed, in any spelling
    #[arg(value_parser = name)]
    name: String,
    /// The ids that `list` shows
    #[arg(value_name = "ID", required = true)]
    ids: Vec<i64>,
    #[command(flatten)]
    answer: Answer,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Answer {
    /// They belong to it
    #[arg(long)]
    yes: bool,
    /// They do not
    #[arg(long)]
    no: bool,
}

fn name(text: &str) -> Result<String, String> {
    add::filled(text).filter(|name| !fold(name).is_empty()).ok_or_else(|| "that is no name".to_owned())
}

#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    query: Option<&'a str>,
    articles: u64,
    unread: u64,
    /// What was said of articles: they belong, they do not.
    examples: Vec<EntryId>,
    not: Vec<EntryId>,
}

#[derive(Serialize)]
struct Proposal<'a> {
    name: &'a str,
    story: StoryId,
    title: &'a str,
    articles: usize,
    outlets: usize,
    languages: usize,
}

pub(super) async fn run(args: TopicsArgs, session: &Session) -> Result<(), CliError> {
    let engine = session.engine()?;
    if matches!(args.command, None | Some(TopicsCommand::List { .. } | TopicsCommand::Suggest { .. })) {
        settled(&engine).await?;
    }
    let mut out = Out::new().ascii(session.ascii);
    match args.command {
        None => list(&engine.topics().await?, args.json, &mut out)?,
        Some(TopicsCommand::List { json }) => list(&engine.topics().await?, json || args.json, &mut out)?,
        Some(TopicsCommand::Follow(args)) => follow(args, &engine, &mut out).await?,
        Some(TopicsCommand::Unfollow { name }) => {
            let topic = found(&engine, &name).await?;
            engine.unfollow(topic).await?;
            out.line(&format!("{name} is followed no longer"))?;
        }
        Some(TopicsCommand::Teach(args)) => {
            let topic = found(&engine, &args.name).await?;
            let ids = known(args.ids, &engine).await?;
            engine.teach(topic, ids.into_iter().map(|id| (id, args.answer.yes)).collect()).await?;
            settled(&engine).await?;
            told(&engine, topic, &mut out).await?;
        }
        Some(TopicsCommand::Suggest { json }) => suggest(&engine.suggestions().await?, json, &mut out)?,
    }
    out.flush()
}

async fn follow(args: FollowArgs, engine: &Engine, out: &mut Out) -> Result<(), CliError> {
    if let Some(query) = &args.query {
        let query = Query::parse(query).map_err(|error| CliError::Usage(error.to_string()))?;
        if let Some(limit) = query.limit() {
            return Err(CliError::Usage(format!("a topic has no limit: leave out `limit:{limit}`")));
        }
    }
    let yes = known(args.example, engine).await?.into_iter().map(|id| (id, true));
    let no = known(args.not, engine).await?.into_iter().map(|id| (id, false));
    if let Some(topic) = engine.follow_topic(args.name, args.query, yes.chain(no).collect()).await? {
        settled(engine).await?;
        told(engine, topic, out).await?;
    }
    Ok(())
}

/// What a topic has now, on one line.
async fn told(engine: &Engine, topic: TopicId, out: &mut Out) -> Result<(), CliError> {
    if let Some(count) = engine.topics().await?.into_iter().find(|count| count.topic.id == topic) {
        let TopicCount { topic, articles, unread } = count;
        out.line(&format!("{}: {}, {unread} unread", topic.name, counted(articles, "article")))?;
    }
    Ok(())
}

async fn found(engine: &Engine, name: &str) -> Result<TopicId, CliError> {
    engine.topic(name.to_owned()).await?.ok_or_else(|| CliError::NoTopic(name.to_owned()))
}

fn list(topics: &[TopicCount], is_json: bool, out: &mut Out) -> Result<(), CliError> {
    if is_json {
        let row = |count: &TopicCount| -> (Vec<EntryId>, Vec<EntryId>) {
            let said = |is_in: bool| move |(id, said): &(EntryId, bool)| (*said == is_in).then_some(*id);
            let taught = &count.topic.taught;
            (taught.iter().filter_map(said(true)).collect(), taught.iter().filter_map(said(false)).collect())
        };
        let rows = topics.iter().map(|count| {
            let (examples, not) = row(count);
            let topic = &count.topic;
            Row {
                name: &topic.name,
                query: topic.query.as_deref(),
                articles: count.articles,
                unread: count.unread,
                examples,
                not,
            }
        });
        return out.json(&rows.collect::<Vec<_>>());
    }
    let counts = |count: &TopicCount| format!("{}/{}", count.unread, count.articles);
    let wide = topics.iter().map(|count| counts(count).len()).max().unwrap_or(0);
    let name = topics.iter().map(|count| count.topic.name.width()).max().unwrap_or(0).min(40);
    for count in topics {
        let query = count.topic.query.as_deref().unwrap_or_default();
        let line = format!("{}  {}  {query}", flush_right(&counts(count), wide), padded(&count.topic.name, name));
        out.line(line.trim_end())?;
    }
    Ok(())
}

fn suggest(suggestions: &[Suggestion], is_json: bool, out: &mut Out) -> Result<(), CliError> {
    if is_json {
        let rows = suggestions.iter().map(|suggestion| {
            let Suggestion { name, story, title, articles, outlets, languages } = suggestion;
            Proposal { name, story: *story, title, articles: *articles, outlets: *outlets, languages: *languages }
        });
        return out.json(&rows.collect::<Vec<_>>());
    }
    let wide = suggestions.iter().map(|suggestion| suggestion.name.width()).max().unwrap_or(0).min(40);
    for suggestion in suggestions {
        let told = counted(suggestion.outlets as u64, "outlet");
        out.line(&format!("{}  {told}: {}", padded(&suggestion.name, wide), suggestion.title))?;
    }
    Ok(())
}
