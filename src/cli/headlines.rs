//! Prints the headlines of a query, window by window: however many there are, only one window is held in memory.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use jiff::Timestamp;
use unicode_width::UnicodeWidthStr as _;

use super::error::CliError;
use super::out::{Out, Style, cut, flush_right, padded};
use super::row::{Row, shown};
use super::signals::unless_interrupted;
use crate::engine::Engine;
use crate::model::entry::{EntryId, Headline};
use crate::model::feed::{FeedId, shown_url};
use crate::model::query::Query;
use crate::platform::clock;
use crate::store::Span;

/// Rows read at once.
const WINDOW: u32 = 1000;

/// The widest that the column of feeds becomes.
const FEED_COLUMNS: usize = 24;

/// The rows of a query, newest first, or as it asks for them.
struct Rows<'a> {
    engine: &'a Engine,
    query: Query,
    /// Where the next window begins; none after the last.
    next: Option<Span>,
    left: u64,
}

impl<'a> Rows<'a> {
    fn new(engine: &'a Engine, query: Query, limit: Option<u64>) -> Self {
        Self { engine, query, next: Some(Span::Top), left: limit.unwrap_or(u64::MAX) }
    }

    /// The next window; empty at the end.
    async fn window(&mut self) -> Result<Vec<Headline>, CliError> {
        if self.query.is_whole() && self.next.take().is_some() {
            let limit = u32::try_from(self.left).unwrap_or(u32::MAX);
            let hits =
                unless_interrupted(async { Ok(self.engine.rank_all(self.query.clone(), limit, false, |_| {}).await?) });
            return Ok(hits.await?.into_iter().map(|hit| hit.row).collect());
        }
        let limit = u32::try_from(self.left).unwrap_or(WINDOW).min(WINDOW);
        let Some(span) = self.next.take().filter(|_| limit > 0) else { return Ok(Vec::new()) };
        let window = self.engine.headlines(self.query.clone(), span, limit).await?;
        self.left -= window.rows.len() as u64;
        self.next = window.rows.last().filter(|_| !window.is_last).map(|row| Span::After(row.key()));
        Ok(window.rows)
    }
}

/// One array, a row a line.
pub(super) async fn json(engine: &Engine, query: Query, limit: Option<u64>, mut out: Out) -> Result<(), CliError> {
    let feeds = engine.feeds().await?;
    let mut urls: HashMap<FeedId, String> = feeds.iter().map(|feed| (feed.id, shown_url(&feed.url))).collect();
    let mut rows = Rows::new(engine, query, limit);
    let mut is_first = true;
    out.text("[")?;
    loop {
        let window = rows.window().await?;
        for headline in &window {
            let url = match urls.entry(headline.feed) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => new.insert(ended(engine, headline.id).await?),
            };
            out.json_row(&Row::new(headline, url), is_first)?;
            is_first = false;
        }
        if window.is_empty() {
            break;
        }
    }
    out.line(if is_first { "]" } else { "\n]" })?;
    out.flush()
}

/// The address of a feed that is no longer subscribed to, but of which a starred article stays.
pub(super) async fn ended(engine: &Engine, article: EntryId) -> Result<String, CliError> {
    Ok(engine.entry(article).await?.map(|entry| shown_url(&entry.feed_url)).unwrap_or_default())
}

/// One aligned line for each: id, date, feed, title.
pub(super) async fn text(engine: &Engine, query: Query, limit: Option<u64>, mut out: Out) -> Result<(), CliError> {
    let names = engine.feeds().await?;
    let feed = names.iter().map(|feed| shown(feed.name()).width()).max().unwrap_or(0).min(FEED_COLUMNS);
    let mut rows = Rows::new(engine, query, limit);
    let mut id = 0;
    loop {
        let window = rows.window().await?;
        if window.is_empty() {
            return out.flush();
        }
        // The first window has the newest articles, hence as a rule the longest ids.
        id = window.iter().map(|row| row.id.to_string().len()).max().unwrap_or(0).max(id);
        for headline in &window {
            let line = line(headline, &out, id, feed);
            out.line(&line)?;
        }
    }
}

fn line(headline: &Headline, out: &Out, id: usize, feed: usize) -> String {
    let name = shown(&headline.feed_title);
    let name = if out.columns.is_some() { cut(&name, feed, "…") } else { name.into_owned() };
    let start = format!("{}  {}  ", flush_right(&headline.id.to_string(), id), day(headline.at));
    let name = padded(&name, feed);
    let title = out.fitted(headline.words(), start.width() + name.width() + 2);
    let title = if headline.read { title } else { out.styled(&title, Style::Strong) };
    format!("{}{name}  {title}", out.styled(&start, Style::Dim))
}

/// A moment in the user's time zone, to the minute.
pub(super) fn day(at: Timestamp) -> String {
    at.to_zoned(clock::zone()).strftime("%Y-%m-%d %H:%M").to_string()
}
