//! A window of a list that depends on what articles say, in the order of time, from an index of words that knows only ids.
//! Zone by zone: the hits in those with the newest articles first, until no zone that is left can hold a row of the window;
//! the hits beyond are never met. Where few of the hits are in the list, the other way round: the list without its words is
//! walked, and the index is asked about its rows ([`others`]).

mod index;
mod others;

use rusqlite::types::Value;
use rusqlite::{Connection, Statement, StatementStatus, params_from_iter};

use self::index::Index;
use super::headlines::Span;
use super::sql::{self, ByWords, Compiled, Words};
use super::{StoreError, search};

/// How the ids of a zone begin: `zone.number` is `id >> BITS`.
const BITS: u32 = 10;
/// Hits that are looked at together: those of one zone at most, or of several that have no more.
const TOGETHER: usize = 1 << BITS;
/// Hits after which it is seen how many of them are in the list, and how many it would take to fill the window. Where those
/// are more than that and there are as many, the list is walked by another index that it has.
const FIRST: usize = 256;
const MOST: usize = 4 * TOGETHER;

/// The rows of a window: their times and ids, the first of the list first.
#[derive(Debug, Default)]
pub(super) struct Walked {
    pub keys: Vec<(i64, i64)>,
    /// Steps of `SQLite` that it took.
    pub steps: u64,
    /// The list without its words was walked: of those who say it, few are in the list.
    pub by_others: bool,
}

/// A zone of ids, and how far it reaches towards the beginning of the list: no key in it is beyond.
struct Zone {
    number: i64,
    reach: i64,
}

/// Keys are turned so that the first of the list is always the greatest.
fn turn(span: Span) -> i64 {
    if matches!(span, Span::Bottom | Span::Before(_)) { -1 } else { 1 }
}

/// The statement that says which of some hits, a JSON array, are in the list on this side of the span.
pub(super) fn statement(compiled: &Compiled, span: Span) -> String {
    let Compiled { from, filter, at, id, .. } = compiled;
    let beyond = match span {
        Span::Top | Span::Bottom => String::new(),
        Span::After(key) => format!(" AND ({at}, {id}) < ({}, {})", key.at, key.id.0),
        Span::From(key) => format!(" AND ({at}, {id}) <= ({}, {})", key.at, key.id.0),
        Span::Before(key) => format!(" AND ({at}, {id}) > ({}, {})", key.at, key.id.0),
    };
    format!("SELECT {at}, {id} FROM {from} WHERE {filter}{beyond}")
}

/// The first `limit` rows of the list in the direction of the span.
pub(super) fn walk(connection: &Connection, by_words: &ByWords, span: Span, limit: u32) -> Result<Walked, StoreError> {
    let (Words::Said(words) | Words::Unsaid(words)) = &by_words.words;
    let mut index = Index::new(connection, words)?;
    let mut among = Among { statement: connection.prepare(&statement(&by_words.compiled, span))?, by_words };
    let found = match by_words.words {
        Words::Said(_) => by_zones(connection, &mut index, &mut among, span, limit as usize)?,
        Words::Unsaid(_) => None,
    };
    let by_others = found.is_none();
    let (keys, steps) = match found {
        Some(keys) => (keys, 0),
        None => others::walk(connection, &mut index, &mut among, span, limit)?,
    };
    let steps = steps + index.steps() + steps_of(&among.statement);
    Ok(Walked { keys, steps, by_others })
}

fn steps_of(statement: &Statement<'_>) -> u64 {
    u64::from(statement.get_status(StatementStatus::VmStep).unsigned_abs())
}

/// The statement that says which of some articles are in the list on this side of the span.
struct Among<'a> {
    statement: Statement<'a>,
    by_words: &'a ByWords,
}

impl Among<'_> {
    /// The times and ids of those that are.
    fn keys(&mut self, ids: &[i64]) -> Result<Vec<(i64, i64)>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let params = self.by_words.compiled.params.iter().cloned().chain([Value::Text(search::json(ids))]);
        let keys = self.statement.query_map(params_from_iter(params), |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(keys.collect::<Result<_, _>>()?)
    }
}

/// From the hits of zone after zone; `None` when too few of them are in the list.
fn by_zones(
    connection: &Connection,
    index: &mut Index<'_>,
    among: &mut Among<'_>,
    span: Span,
    limit: usize,
) -> Result<Option<Vec<(i64, i64)>>, StoreError> {
    let turn = turn(span);
    let zones = zones(connection, &among.by_words.compiled, span)?;
    let (mut left, mut count) = (zones.as_slice(), index.stride());
    let (mut keys, mut looked_at) = (Vec::<(i64, i64)>::new(), 0);
    while let Some(next) = left.first() {
        if keys.len() >= limit && keys.last().is_none_or(|last| last.0 > next.reach) {
            break;
        }
        let is_seldom = looked_at >= FIRST && keys.len() * MOST < limit * looked_at;
        let is_common = looked_at * left.len() > MOST * (zones.len() - left.len());
        if among.by_words.has_other_walk && is_seldom && is_common {
            return Ok(None);
        }
        let (stretch, rest) = left.split_at(count.min(left.len()));
        let hits = index.hits(&ranges(stretch), limit.saturating_sub(keys.len()), TOGETHER)?;
        if hits.len() > TOGETHER {
            count = (stretch.len() / 8).max(1);
            continue;
        }
        looked_at += hits.len();
        keys.extend(among.keys(&hits)?.into_iter().map(|(at, id)| (turn * at, turn * id)));
        keys.sort_unstable_by_key(|key| std::cmp::Reverse(*key));
        keys.truncate(limit);
        // What is rare is looked for in ever longer stretches.
        count = (count * TOGETHER / 2 / hits.len().max(1)).clamp(1, count * 2);
        let known = rest.iter().take_while(|zone| index.has_nothing_in(ids(zone.number))).count();
        (left, count) = (rest.get(known..).unwrap_or_default(), count.max(known));
    }
    Ok(Some(keys.into_iter().map(|(at, id)| (turn * at, turn * id)).collect()))
}

/// The first and the last id of a zone.
fn ids(number: i64) -> (i64, i64) {
    (number << BITS, ((number + 1) << BITS) - 1)
}

/// The zones that can hold rows of the list on this side of the span, those that reach the farthest first.
fn zones(connection: &Connection, compiled: &Compiled, span: Span) -> Result<Vec<Zone>, StoreError> {
    let turn = turn(span);
    let mut since = compiled.since.unwrap_or(i64::MIN);
    let mut until = compiled.until.map_or(i64::MAX, |until| until.saturating_sub(1));
    match span {
        Span::After(key) | Span::From(key) => until = until.min(key.at),
        Span::Before(key) => since = since.max(key.at),
        Span::Top | Span::Bottom => {}
    }
    let arrived = compiled.arrived.unwrap_or(sql::Span { since: i64::MIN, until: i64::MAX });
    let mut statement = connection.prepare_cached(
        "SELECT number, oldest, newest FROM zone WHERE newest >= ?1 AND oldest <= ?2 AND seen >= ?3 AND earliest < ?4",
    )?;
    let mut zones = statement
        .query_map([since, until, arrived.since, arrived.until], |row| {
            let (oldest, newest): (i64, i64) = (row.get(1)?, row.get(2)?);
            let reach = if turn > 0 { newest.min(until) } else { -oldest.max(since) };
            Ok(Zone { number: row.get(0)?, reach })
        })?
        .collect::<Result<Vec<_>, _>>()?;
    zones.sort_unstable_by_key(|zone| std::cmp::Reverse((zone.reach, turn * zone.number)));
    Ok(zones)
}

/// The ids of these zones, with those that lie side by side as one range.
fn ranges(zones: &[Zone]) -> Vec<(i64, i64)> {
    let mut numbers: Vec<i64> = zones.iter().map(|zone| zone.number).collect();
    numbers.sort_unstable();
    let mut ranges: Vec<(i64, i64)> = Vec::new();
    for number in numbers {
        let (first, last) = ids(number);
        match ranges.last_mut() {
            Some(range) if range.1 + 1 == first => range.1 = last,
            _ => ranges.push((first, last)),
        }
    }
    ranges
}
