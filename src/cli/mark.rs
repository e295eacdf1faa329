//! `kabar mark`: read, unread, starred, muted or not, for some articles or for all that match.

use clap::{Args, ValueEnum};

use super::error::CliError;
use super::indexing::indexed_for;
use super::out::{Out, counted};
use super::session::Session;
use crate::engine::Engine;
use crate::model::entry::EntryId;
use crate::model::query::Query;
use crate::store::Mark;

#[derive(Debug, Args)]
pub(super) struct MarkArgs {
    #[arg(value_enum)]
    mark: Word,
    #[command(flatten)]
    articles: Articles,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Word {
    Read,
    Unread,
    Star,
    Unstar,
    /// Hide them from every list but that of `is:muted`
    Mute,
    Unmute,
}

/// Which articles: by id, or all that match a query.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(super) struct Articles {
    /// The ids that `list` shows
    #[arg(value_name = "ID")]
    ids: Vec<i64>,
    /// All articles that match, such as `tag:olahraga older:7d`
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true, value_parser = Query::parse)]
    query: Option<Query>,
}

/// What [`Articles`] come to.
pub(super) enum Chosen {
    Ids(Vec<EntryId>),
    Query(Query),
}

impl Articles {
    /// The articles with these ids.
    pub fn of(ids: Vec<i64>) -> Self {
        Self { ids, query: None }
    }

    /// An id that there is no article for changes nothing at all.
    pub async fn chosen(self, engine: &Engine) -> Result<Chosen, CliError> {
        if let Some(query) = self.query {
            indexed_for(engine, &query).await?;
            return Ok(Chosen::Query(query));
        }
        let ids: Vec<EntryId> = self.ids.into_iter().map(EntryId).collect();
        let known = engine.headlines_by_id(ids.clone()).await?;
        match ids.iter().find(|id| known.iter().all(|row| row.id != **id)) {
            Some(id) => Err(CliError::NoArticle(id.0)),
            None => Ok(Chosen::Ids(ids)),
        }
    }
}

pub(super) async fn run(args: MarkArgs, session: &Session) -> Result<(), CliError> {
    let engine = session.engine()?;
    let (mark, word) = match args.mark {
        Word::Read => (Mark::Read, "read"),
        Word::Unread => (Mark::Unread, "unread"),
        Word::Star => (Mark::Starred, "starred"),
        Word::Unstar => (Mark::Unstarred, "unstarred"),
        Word::Mute => (Mark::Muted, "muted"),
        Word::Unmute => (Mark::Unmuted, "unmuted"),
    };
    let change = match args.articles.chosen(&engine).await? {
        Chosen::Ids(ids) => engine.mark(ids, mark).await?,
        Chosen::Query(query) => engine.mark_all(query, None, mark).await?,
    };
    let mut out = Out::new();
    out.line(&format!("{} now {word}", counted(change.entries.len() as u64, "article")))?;
    out.flush()
}
