//! Windows of the headline list, newest first, by keyset: the cost depends on the window, not on the library.

use std::collections::HashMap;
use std::fmt::Write as _;

use jiff::{Timestamp, Zoned};
use rusqlite::types::Value;
use rusqlite::{Connection, Row, StatementStatus, params_from_iter};

use super::counter::Counter;
use super::sql::{self, ByWords, Compiled, Grain, Words};
use super::walk::{self, Walked};
use super::{Store, StoreError, search};
use crate::model::entry::{EntryId, Headline, RowKey};
use crate::model::feed::FeedId;
use crate::model::query::Query;
use crate::model::story::StoryId;

/// Which part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// The newest rows.
    Top,
    /// The oldest rows.
    Bottom,
    /// The rows older than this one.
    After(RowKey),
    /// The rows newer than this one.
    Before(RowKey),
    /// This row, where it still is in the list, and the older ones.
    From(RowKey),
}

/// Some rows of a list, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Window {
    pub rows: Vec<Headline>,
    /// There is no row beyond the window in the direction it was asked for.
    pub is_last: bool,
    /// The newest arrival in the store, listed or not.
    pub newest: Option<EntryId>,
}

impl Window {
    /// All that a list has, in an order of its own.
    #[must_use]
    pub fn whole(rows: Vec<Headline>) -> Self {
        Self { rows, is_last: true, newest: None }
    }
}

/// Between the names of a row's tags: the unit separator, which the scrubber lets into no name.
const BETWEEN: char = '\u{1f}';

// The articles of a story are counted for each of its rows: in a very large one copies are not told apart.
pub(super) const COLUMNS: &str = "s.id, s.feed_id, coalesce(f.user_title, nullif(f.title, ''), f.url), e.title, e.url, e.author, \
     e.published, s.first_seen, s.at, s.is_read, s.is_starred, e.is_edited, e.summary, e.language, \
     (SELECT group_concat(name, char(31)) FROM (SELECT g.name AS name FROM entry_tag x JOIN tag g ON g.id = x.tag_id \
      WHERE x.entry_id = s.id GROUP BY x.tag_id ORDER BY min(x.source), x.tag_id)), \
     iif(s.has_copies, (SELECT count(*) - 1 FROM state d WHERE d.article = s.article AND d.has_copies = 1 AND d.is_live = 1), 0), \
     s.is_muted, s.story, iif(s.has_story, (SELECT iif(t.size > 100, t.size, \
      (SELECT count(DISTINCT coalesce(d.article, d.id)) FROM state d INDEXED BY state_story \
       WHERE d.story = s.story AND d.is_live = 1 \
       AND (d.is_muted OR d.feed_id IN (SELECT id FROM feed WHERE muted = 1)) <= (s.is_muted OR f.muted))) FROM story t WHERE t.id = s.story), 1), \
     (SELECT group_concat(name, char(31)) FROM (SELECT t.name AS name FROM topic_entry x JOIN topic t ON t.id = x.topic_id \
      WHERE x.entry_id = s.id ORDER BY t.tag_id))";

impl Store {
    /// At most `limit` rows of the list that `query` describes: every entry.
    pub async fn headlines(&self, query: Query, span: Span, limit: u32, now: Zoned) -> Result<Window, StoreError> {
        self.window(query, Grain::Entries, span, limit, now).await
    }

    /// The same, but an article that several feeds have is there once.
    pub async fn articles(&self, query: Query, span: Span, limit: u32, now: Zoned) -> Result<Window, StoreError> {
        self.window(query, Grain::Articles, span, limit, now).await
    }

    /// The same, but of a story's articles only the first in the list is there.
    pub async fn told(&self, query: Query, span: Span, limit: u32, now: Zoned) -> Result<Window, StoreError> {
        self.window(query, Grain::Stories, span, limit, now).await
    }

    /// How far a list reaches that has so many rows at most: their number, and the last of them. Rows as in [`Self::told`]
    /// or [`Self::articles`].
    pub async fn reach(
        &self,
        query: Query,
        is_told: bool,
        limit: u32,
        now: Zoned,
    ) -> Result<(u64, Option<RowKey>), StoreError> {
        let grain = if is_told { Grain::Stories } else { Grain::Articles };
        self.read(move |connection| {
            let keys = first(connection, &query, grain, &now, limit)?;
            Ok((keys.len() as u64, keys.last().map(|(at, id)| RowKey { at: *at, id: EntryId(*id) })))
        })
        .await
    }

    async fn window(
        &self,
        query: Query,
        grain: Grain,
        span: Span,
        limit: u32,
        now: Zoned,
    ) -> Result<Window, StoreError> {
        self.read(move |connection| window(connection, &Listed { query: &query, grain, now: &now }, span, limit)).await
    }

    /// How `SQLite` goes about a window of this list with each story once: its query plan, indented. For tests of what a list costs.
    #[doc(hidden)]
    pub async fn explain(&self, query: Query, span: Span, now: Zoned) -> Result<Vec<String>, StoreError> {
        self.read(move |connection| {
            let listed = Listed { query: &query, grain: Grain::Stories, now: &now };
            let mut lines = Vec::new();
            for (sql, params) in explained(connection, &listed, span)? {
                lines.extend(plan(connection, &sql, params)?);
            }
            Ok(lines)
        })
        .await
    }

    /// How many steps `SQLite` takes for such a window: the same number on every machine.
    #[doc(hidden)]
    pub async fn steps(&self, query: Query, span: Span, now: Zoned) -> Result<u64, StoreError> {
        self.read(move |connection| {
            let listed = Listed { query: &query, grain: Grain::Stories, now: &now };
            let mut steps = by_words(connection, &listed, span, EXPLAINED)?.map_or(0, |walked| walked.steps);
            let (sql, params) = explained(connection, &listed, span)?.pop().unwrap_or_default();
            let mut statement = connection.prepare(&sql)?;
            let mut rows = statement.query(params_from_iter(params))?;
            while rows.next()?.is_some() {}
            drop(rows);
            steps += u64::from(statement.get_status(StatementStatus::VmStep).unsigned_abs());
            Ok(steps)
        })
        .await
    }

    /// How many entries the list holds. Counted from the feeds' counters where the query allows it.
    pub async fn count(&self, query: Query, now: Zoned) -> Result<u64, StoreError> {
        self.counted(query, Grain::Entries, now).await
    }

    /// How many articles the list holds, those that several feeds have counted once.
    pub async fn count_articles(&self, query: Query, now: Zoned) -> Result<u64, StoreError> {
        self.counted(query, Grain::Articles, now).await
    }

    /// How many rows the list has where a story is there once: looks at each of its articles.
    pub async fn count_told(&self, query: Query, now: Zoned) -> Result<u64, StoreError> {
        self.scan(move |connection| {
            let Compiled { from, filter, params, .. } = sql::compile(connection, &query, Grain::Stories, &now)?;
            let sql = format!("SELECT count(*) FROM {from} WHERE {filter}");
            Ok(connection.prepare_cached(&sql)?.query_row(params_from_iter(params), number)?)
        })
        .await
    }

    async fn counted(&self, query: Query, grain: Grain, now: Zoned) -> Result<u64, StoreError> {
        if let Some(counter) = Counter::of(&query) {
            let kept = self.read(move |connection| counter.kept(connection, grain)).await?;
            if let Some(count) = kept {
                return Ok(count);
            }
        }
        self.scan(move |connection| {
            let Compiled { from, filter, params, .. } = sql::compile(connection, &query, grain, &now)?;
            let sql = format!("SELECT count(*) FROM {from} WHERE {filter}");
            Ok(connection.prepare_cached(&sql)?.query_row(params_from_iter(params), number)?)
        })
        .await
    }

    /// How many articles of the list have arrived since the one with this id: ids grow with arrival.
    pub async fn count_newer(&self, query: Query, than: EntryId, now: Zoned) -> Result<u64, StoreError> {
        self.scan(move |connection| {
            let Compiled { from, filter, params, .. } =
                sql::compile_newer(connection, &query, Grain::Articles, than, &now)?;
            let sql = format!("SELECT count(*) FROM {from} WHERE {filter}");
            Ok(connection.prepare_cached(&sql)?.query_row(params_from_iter(params), number)?)
        })
        .await
    }

    /// The rows with these ids, in any order; those that are gone are left out.
    pub async fn headlines_by_id(&self, ids: Vec<EntryId>) -> Result<Vec<Headline>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM state s CROSS JOIN entry e ON e.id = s.id CROSS JOIN feed f ON f.id = s.feed_id \
                 WHERE s.id = ?1 AND s.is_live = 1"
            ))?;
            let mut rows = Vec::with_capacity(ids.len());
            for id in ids {
                rows.extend(statement.query_map([id.0], headline)?.collect::<Result<Vec<_>, _>>()?);
            }
            Ok(rows)
        })
        .await
    }
}

/// A list: what it is of, and when.
struct Listed<'a> {
    query: &'a Query,
    grain: Grain,
    now: &'a Zoned,
}

/// The rows of a window whose cost is looked at.
const EXPLAINED: u32 = 50;

/// The statements for such a window: what finds its rows, and what reads them.
fn explained(
    connection: &Connection,
    listed: &Listed<'_>,
    span: Span,
) -> Result<Vec<(String, Vec<Value>)>, StoreError> {
    let Listed { query, grain, now } = listed;
    if let Some(Walked { keys, by_others, .. }) = by_words(connection, listed, span, EXPLAINED)?
        && let Some(ByWords { words, compiled, others, .. }) = sql::compile_by_words(connection, query, *grain, now)?
    {
        let (Words::Said(said) | Words::Unsaid(said)) = words;
        let ids = Value::Text(search::json(&keys.into_iter().map(|(_, id)| id).collect::<Vec<_>>()));
        let hits = vec![Value::Text(said), Value::Integer(1)];
        let among = compiled.params.iter().cloned().chain([ids.clone()]).collect();
        let rows = (by_id(), vec![ids]);
        let mut statements =
            vec![(search::DOWNWARDS.to_owned(), hits), (walk::statement(&compiled, span), among), rows];
        if by_others {
            statements.insert(1, self::keys(&others, span, EXPLAINED));
        }
        return Ok(statements);
    }
    Ok(vec![statement(&sql::compile_window(connection, query, *grain, now)?, span, EXPLAINED)])
}

/// The plan of a statement, indented.
fn plan(connection: &Connection, sql: &str, params: Vec<Value>) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
    let mut rows = statement.query(params_from_iter(params))?;
    let mut depths = HashMap::new();
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, parent, detail): (i64, i64, String) = (row.get(0)?, row.get(1)?, row.get(3)?);
        let depth = depths.get(&parent).map_or(0, |depth| depth + 1);
        depths.insert(id, depth);
        lines.push(format!("{}{detail}", "  ".repeat(depth)));
    }
    Ok(lines)
}

pub(super) fn number(row: &Row<'_>) -> rusqlite::Result<u64> {
    row.get::<_, i64>(0).map(|count| count.max(0) as u64)
}

/// The statement for the times and ids of a window in its order, and its parameters.
pub(super) fn keys(compiled: &Compiled, span: Span, limit: u32) -> (String, Vec<Value>) {
    let Compiled { from, undated, since, until, params, at, id, .. } = compiled;
    let (beyond, direction) = match span {
        Span::Top => (None, "DESC"),
        Span::Bottom => (None, "ASC"),
        Span::After(key) => (Some(("<", key)), "DESC"),
        Span::From(key) => (Some(("<=", key)), "DESC"),
        Span::Before(key) => (Some((">", key)), "ASC"),
    };
    let mut filter = undated.clone();
    // A date that the place in the list implies would be taken for where to begin: the rows between would be walked.
    if let Some(since) = since.filter(|since| !matches!(span, Span::Before(key) if key.at >= *since)) {
        let _ = write!(filter, " AND {at} >= {since}");
    }
    if let Some(until) = until.filter(|until| !matches!(span, Span::After(key) | Span::From(key) if key.at < *until)) {
        let _ = write!(filter, " AND {at} < {until}");
    }
    if let Some((compare, key)) = beyond {
        let _ = write!(filter, " AND ({at}, {id}) {compare} ({}, {})", key.at, key.id.0);
    }
    let sql = format!(
        "SELECT {at} AS at, s.id AS id FROM {from} WHERE {filter} ORDER BY {at} {direction}, {id} {direction} LIMIT {limit}"
    );
    (sql, params.clone())
}

/// The statement for a window, and its parameters: first the ids in order, then their rows.
fn statement(compiled: &Compiled, span: Span, limit: u32) -> (String, Vec<Value>) {
    let (keys, params) = keys(compiled, span, limit);
    let sql = format!(
        "SELECT {COLUMNS} FROM ({keys}) k \
         CROSS JOIN state s ON s.id = k.id CROSS JOIN entry e ON e.id = s.id CROSS JOIN feed f ON f.id = s.feed_id"
    );
    (sql, params)
}

/// The statement for the rows with these ids, a JSON array.
fn by_id() -> String {
    format!(
        "SELECT {COLUMNS} FROM json_each(?1) k CROSS JOIN state s ON s.id = k.value CROSS JOIN entry e ON e.id = s.id \
         CROSS JOIN feed f ON f.id = s.feed_id"
    )
}

/// What the index of words finds for a window; `None` for a list that is not by words.
fn by_words(
    connection: &Connection,
    Listed { query, grain, now }: &Listed<'_>,
    span: Span,
    limit: u32,
) -> Result<Option<Walked>, StoreError> {
    let Some(by_words) = sql::compile_by_words(connection, query, *grain, now)? else { return Ok(None) };
    walk::walk(connection, &by_words, span, limit).map(Some)
}

/// The times and ids of the first rows of a list.
pub(super) fn first(
    connection: &Connection,
    query: &Query,
    grain: Grain,
    now: &Zoned,
    limit: u32,
) -> Result<Vec<(i64, i64)>, StoreError> {
    if let Some(Walked { keys, .. }) = by_words(connection, &Listed { query, grain, now }, Span::Top, limit)? {
        return Ok(keys);
    }
    let (sql, params) = keys(&sql::compile_window(connection, query, grain, now)?, Span::Top, limit);
    let mut statement = connection.prepare(&sql)?;
    let rows = statement.query_map(params_from_iter(params), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn window(connection: &Connection, listed: &Listed<'_>, span: Span, limit: u32) -> Result<Window, StoreError> {
    // As the store is at one moment.
    let _moment = connection.unchecked_transaction()?;
    let (sql, params) = match by_words(connection, listed, span, limit)? {
        Some(Walked { keys, .. }) => {
            let ids = keys.into_iter().map(|(_, id)| id).collect::<Vec<_>>();
            (by_id(), vec![Value::Text(search::json(&ids))])
        }
        None => statement(&sql::compile_window(connection, listed.query, listed.grain, listed.now)?, span, limit),
    };
    let mut statement = connection.prepare(&sql)?;
    let mut rows: Vec<Headline> = statement.query_map(params_from_iter(params), headline)?.collect::<Result<_, _>>()?;
    let is_last = rows.len() < limit as usize;
    rows.sort_unstable_by_key(|row| std::cmp::Reverse(row.key()));
    let newest: Option<i64> =
        connection.prepare_cached("SELECT max(id) FROM state")?.query_row([], |row| row.get(0))?;
    Ok(Window { rows, is_last, newest: newest.map(EntryId) })
}

pub(super) fn headline(row: &Row<'_>) -> rusqlite::Result<Headline> {
    let names = |column| -> rusqlite::Result<Vec<String>> {
        let names: Option<String> = row.get(column)?;
        Ok(names.map(|names| names.split(BETWEEN).map(str::to_owned).collect()).unwrap_or_default())
    };
    Ok(Headline {
        id: EntryId(row.get(0)?),
        feed: FeedId(row.get(1)?),
        feed_title: row.get(2)?,
        title: row.get(3)?,
        url: row.get(4)?,
        author: row.get(5)?,
        published: row.get::<_, Option<i64>>(6)?.map(timestamp),
        received: timestamp(row.get(7)?),
        at: timestamp(row.get(8)?),
        read: row.get(9)?,
        starred: row.get(10)?,
        edited: row.get(11)?,
        summary: row.get(12)?,
        language: row.get(13)?,
        copies: row.get(15)?,
        muted: row.get(16)?,
        tags: names(14)?,
        story: row.get::<_, Option<i64>>(17)?.map(StoryId),
        in_story: row.get::<_, i64>(18)?.max(1) as u32,
        topics: names(19)?,
    })
}

pub(super) fn timestamp(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or_default()
}
