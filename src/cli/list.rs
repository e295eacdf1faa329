//! `kabar list`: the headlines that match.

use clap::{Args, ValueEnum};

use super::error::CliError;
use super::indexing::{PATIENT, indexed_for};
use super::out::{Out, advise};
use super::session::Session;
use super::{headlines, search};
use crate::engine::Engine;
use crate::model::query::{self, Query, State};

#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// Only articles that match, such as `tag:ekonomi unread newer:7d`
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true, value_parser = Query::parse)]
    query: Option<Query>,
    /// Only articles with this tag, in any spelling; again for one more tag that they must have
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// Only articles of this feed: its id, its URL or a part of its title
    #[arg(long, value_name = "FEED")]
    feed: Option<String>,
    /// Only unread articles
    #[arg(long)]
    unread: bool,
    /// Only starred articles
    #[arg(long)]
    starred: bool,
    /// At most so many; all without it
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
    /// The order: the newest first, or the best first [default: date]
    #[arg(long, value_enum)]
    sort: Option<Sort>,
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Sort {
    Date,
    Relevance,
}

impl From<query::Sort> for Sort {
    fn from(sort: query::Sort) -> Self {
        match sort {
            query::Sort::Date | query::Sort::By(_) => Self::Date,
            query::Sort::Relevance => Self::Relevance,
        }
    }
}

pub(super) async fn run(args: ListArgs, session: &Session) -> Result<(), CliError> {
    let engine = session.engine()?;
    let out = Out::new().ascii(session.ascii);
    let (limit, is_json, sort) = (args.limit, args.json, args.sort);
    let is_by_date = sort == Some(Sort::Date);
    let query = query(args, &engine).await?;
    advise(&query);
    let limit = limit.into_iter().chain(query.limit().map(u64::from)).min();
    let sort = sort.or_else(|| query.sort().map(Sort::from));
    if sort == Some(Sort::Relevance) {
        let query = query.and(Query::Sort(query::Sort::Relevance));
        return search::ranked(&engine, query, limit, is_json, out).await;
    }
    // What was asked for apart goes before what the query says.
    let query = if is_by_date { query.unlisted() } else { query };
    indexed_for(&engine, &query).await?;
    if is_json {
        // Rows bear their topics and stories; what is too much to wait for has none yet.
        engine.settle_within(PATIENT).await?;
        headlines::json(&engine, query, limit, out).await
    } else {
        headlines::text(&engine, query, limit, out).await
    }
}

async fn query(args: ListArgs, engine: &Engine) -> Result<Query, CliError> {
    // Side by side rather than nested, so that the store can choose among them the index it walks.
    let mut parts = match args.query {
        Some(Query::And(parts)) => parts,
        Some(query) => vec![query],
        None => Vec::new(),
    };
    if let Some(name) = args.feed {
        parts.push(Query::Feed(engine.feed_named(&name).await?.id.to_string()));
    }
    parts.extend(args.tag.into_iter().map(Query::Tag));
    parts.extend(args.unread.then_some(Query::Is(State::Unread)));
    parts.extend(args.starred.then_some(Query::Is(State::Starred)));
    Ok(Query::And(parts))
}
