//! `kabar search`: the articles that say something, the best first, each with the passage that says it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use clap::Args;

use super::error::CliError;
use super::headlines::{day, ended};
use super::indexing::indexed_for;
use super::out::{Out, Style, advise, counted, warn};
use super::row::{Rank, Row, shown};
use super::session::Session;
use super::signals::unless_interrupted;
use crate::engine::{Engine, Searched};
use crate::model::feed::{FeedId, shown_url};
use crate::model::query::Query;

#[derive(Debug, Args)]
pub(super) struct SearchArgs {
    /// What to look for, such as `banjir jakarta` or `"presiden terpilih" newer:7d -tag:olahraga`
    #[arg(required = true)]
    query: Vec<String>,
    /// At most so many
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(args: SearchArgs, session: &Session) -> Result<(), CliError> {
    let query = Query::parse(&args.query.join(" ")).map_err(|error| CliError::Usage(error.to_string()))?;
    advise(&query);
    let engine = session.engine()?;
    let limit = args.limit.into_iter().chain(query.limit().map(u64::from)).min();
    ranked(&engine, query, limit, args.json, Out::new().ascii(session.ascii)).await
}

/// Prints what matches, the best first.
pub(super) async fn ranked(
    engine: &Engine,
    query: Query,
    limit: Option<u64>,
    is_json: bool,
    out: Out,
) -> Result<(), CliError> {
    indexed_for(engine, &query).await?;
    let limit = limit.map_or(u32::MAX, |limit| u32::try_from(limit).unwrap_or(u32::MAX));
    // What asks for it is ranked whole; else the newest are enough, and there at once.
    let found = if query.is_whole() {
        unless_interrupted(async { Ok(engine.search_all(query, limit, |_| {}).await?) }).await?
    } else {
        engine.search(query, limit, false).await?
    };
    if found.unindexed > 0 {
        warn(&format!("{} not indexed yet: they are not searched", counted(found.unindexed, "article")));
    }
    if found.is_partial {
        warn(&format!("more articles match than are ranked: these are the best of the newest {}", found.ranked));
    }
    if is_json { json(engine, &found, out).await } else { text(&found, out) }
}

async fn json(engine: &Engine, found: &Searched, mut out: Out) -> Result<(), CliError> {
    let feeds = engine.feeds().await?;
    let mut urls: HashMap<FeedId, String> = feeds.iter().map(|feed| (feed.id, shown_url(&feed.url))).collect();
    out.text("[")?;
    for (n, hit) in found.hits.iter().enumerate() {
        let url = match urls.entry(hit.row.feed) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(ended(engine, hit.row.id).await?),
        };
        let rank = Rank { score: hit.score, snippet: &hit.snippet };
        out.json_row(&Row::new(&hit.row, url).ranked(rank), n == 0)?;
    }
    out.line(if found.hits.is_empty() { "]" } else { "\n]" })?;
    out.flush()
}

/// Two lines for each: id, date, feed and title; then the passage with what was sought in it.
fn text(found: &Searched, mut out: Out) -> Result<(), CliError> {
    for hit in &found.hits {
        let start = format!("{}  {}  {}  ", hit.row.id, day(hit.row.at), shown(&hit.row.feed_title));
        let title = hit.row.words().to_owned();
        let line = format!("{}{}", out.styled(&start, Style::Dim), out.styled(&title, Style::Strong));
        out.line(&line)?;
        let mut passage = String::from("    ");
        let mut end = 0;
        for place in &hit.places {
            passage.push_str(hit.snippet.get(end..place.start).unwrap_or_default());
            passage.push_str(&out.styled(hit.snippet.get(place.clone()).unwrap_or_default(), Style::Strong));
            end = place.end;
        }
        passage.push_str(hit.snippet.get(end..).unwrap_or_default());
        if !hit.snippet.is_empty() {
            out.line(&passage)?;
        }
    }
    out.flush()
}
