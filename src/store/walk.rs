//! A window of a list by words, in the order of time, from an index that knows only ids: zone by zone, those with the newest
//! articles first, until no zone that is left can hold a row of the window. The hits beyond are never met.

use rusqlite::types::Value;
use rusqlite::{CachedStatement, Connection, StatementStatus, params, params_from_iter};

use super::headlines::Span;
use super::sql::{ByWords, Compiled};
use super::{StoreError, search};

/// How the ids of a zone begin: `zone.number` is `id >> BITS`.
const BITS: u32 = 10;
/// Hits that are looked at together: those of one zone at most, or of several that have no more.
const TOGETHER: usize = 1 << BITS;
/// Hits that are looked at before a list is walked by another index that it has.
const MOST: usize = 8 * TOGETHER;

/// The hits of the index from an id downwards. A range with two ends would be no cheaper: FTS5 looks at the second end only
/// where it has found the next hit.
pub(super) const HITS: &str = "SELECT rowid FROM search WHERE search MATCH ?1 AND rowid <= ?2 ORDER BY rowid DESC";

/// The rows of a window: their times and ids, the first of the list first.
#[derive(Debug, Default)]
pub(super) struct Walked {
    pub keys: Vec<(i64, i64)>,
    /// Hits that were looked at.
    pub hits: usize,
    /// Steps of `SQLite` that it took.
    pub steps: u64,
    /// It was given up: of those who say it, few are in the list.
    pub is_given_up: bool,
}

/// A run of ids, and how far it reaches towards the beginning of the list: no key in it is beyond.
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
    let ByWords { said, compiled, has_other_walk } = by_words;
    let (turn, limit) = (turn(span), limit as usize);
    let zones = zones(connection, compiled, span)?;
    let mut index = Index { hits: connection.prepare_cached(HITS)?, said, gaps: Vec::new() };
    let mut among = connection.prepare(&statement(compiled, span))?;
    let (mut left, mut count) = (zones.as_slice(), search::stride(said));
    let (mut walked, mut keys) = (Walked::default(), Vec::<(i64, i64)>::new());
    while let Some(next) = left.first() {
        if keys.len() >= limit && keys.last().is_none_or(|last| last.0 > next.reach) {
            break;
        }
        if *has_other_walk && walked.hits > MOST {
            walked.is_given_up = true;
            break;
        }
        let (stretch, rest) = left.split_at(count.min(left.len()));
        let hits = index.hits(stretch)?;
        walked.hits += hits.len();
        if hits.len() > TOGETHER {
            count = (stretch.len() / 8).max(1);
            continue;
        }
        if !hits.is_empty() {
            let params = compiled.params.iter().cloned().chain([Value::Text(search::json(&hits))]);
            let found = among.query_map(params_from_iter(params), |row| {
                Ok((turn * row.get::<_, i64>(0)?, turn * row.get::<_, i64>(1)?))
            })?;
            keys.extend(found.collect::<Result<Vec<_>, _>>()?);
            keys.sort_unstable_by_key(|key| std::cmp::Reverse(*key));
            keys.truncate(limit);
        }
        // What is rare is looked for in ever longer stretches.
        count = (count * TOGETHER / 2 / hits.len().max(1)).clamp(1, count * 2);
        let known = rest.iter().take_while(|zone| index.has_nothing_in(zone)).count();
        (left, count) = (rest.get(known..).unwrap_or_default(), count.max(known));
    }
    let steps = |status: i32| u64::from(status.unsigned_abs());
    walked.steps =
        steps(index.hits.reset_status(StatementStatus::VmStep)) + steps(among.get_status(StatementStatus::VmStep));
    walked.keys = keys.into_iter().map(|(at, id)| (turn * at, turn * id)).collect();
    Ok(walked)
}

/// The index of words, and where it is known to hold nothing.
struct Index<'a> {
    hits: CachedStatement<'a>,
    said: &'a str,
    /// Ids, the first and the last of each run.
    gaps: Vec<(i64, i64)>,
}

impl Index<'_> {
    /// Whether it is known that nothing in a zone says it.
    fn has_nothing_in(&self, zone: &Zone) -> bool {
        let (first, last) = (zone.number << BITS, ((zone.number + 1) << BITS) - 1);
        self.gaps.iter().any(|(from, to)| *from <= first && last <= *to)
    }

    /// What the index finds in these zones; more than [`TOGETHER`] are not all. What nothing says is looked for once: the gap
    /// that is met below is remembered.
    fn hits(&mut self, zones: &[Zone]) -> Result<Vec<i64>, StoreError> {
        let mut hits = Vec::new();
        for (first, last) in ranges(zones) {
            let gap = self.gaps.iter().find(|(from, to)| (*from..=*to).contains(&last));
            let mut below = gap.map_or(last, |(from, _)| *from - 1);
            if below < first {
                continue;
            }
            let mut found = self.hits.query(params![self.said, below])?;
            let end = loop {
                let id = found.next()?.map_or(Ok(-1), |row| row.get(0))?;
                if id < first {
                    break id;
                }
                hits.push(id);
                if hits.len() > TOGETHER {
                    return Ok(hits);
                }
                below = id - 1;
            };
            if (below - end) >> BITS > 0 {
                self.gaps.push((end + 1, below));
            }
        }
        Ok(hits)
    }
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
    let mut statement =
        connection.prepare_cached("SELECT number, oldest, newest FROM zone WHERE newest >= ?1 AND oldest <= ?2")?;
    let mut zones = statement
        .query_map([since, until], |row| {
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
        let (first, last) = (number << BITS, ((number + 1) << BITS) - 1);
        match ranges.last_mut() {
            Some(range) if range.1 + 1 == first => range.1 = last,
            _ => ranges.push((first, last)),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An index in memory where these articles say `umum jarang` and every one up to `last` says `umum`.
    fn index(rare: &[i64], last: i64) -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE VIRTUAL TABLE search USING fts5 (body, content = '')").unwrap();
        let mut insert = connection.prepare("INSERT INTO search (rowid, body) VALUES (?1, ?2)").unwrap();
        for id in 1..=last {
            insert.execute(params![id, if rare.contains(&id) { "umum jarang" } else { "umum" }]).unwrap();
        }
        drop(insert);
        connection
    }

    #[test]
    fn what_nothing_says_is_looked_for_once() {
        let connection = index(&[7, 9000, 19_000], 20_000);
        let mut index =
            Index { hits: connection.prepare_cached(HITS).unwrap(), said: "\"umum jarang\"", gaps: Vec::new() };
        let mut asks = 0;
        let mut ask = |numbers: std::ops::RangeInclusive<i64>| {
            let zones: Vec<Zone> = numbers.map(|number| Zone { number, reach: 0 }).collect();
            let found = index.hits(&zones).unwrap();
            asks += index.hits.reset_status(StatementStatus::Run);
            (found, asks)
        };
        assert_eq!(ask(19..=19), (Vec::new(), 1));
        // From 18,999 to 9,001 nothing says it.
        assert_eq!(ask(18..=18), (vec![19_000], 2));
        assert_eq!(ask(12..=17), (Vec::new(), 2));
        assert_eq!(ask(4..=11), (vec![9000], 3));
        assert_eq!(ask(1..=3), (Vec::new(), 3));
        assert_eq!(ask(0..=0), (vec![7], 4));
    }

    #[test]
    fn more_hits_than_are_looked_at_together_are_not_all() {
        let connection = index(&[], 3000);
        let mut index = Index { hits: connection.prepare_cached(HITS).unwrap(), said: "umum", gaps: Vec::new() };
        let zones: Vec<Zone> = (0..=2).map(|number| Zone { number, reach: 0 }).collect();
        assert!(index.hits(&zones).unwrap().len() > TOGETHER);
        assert_eq!(index.hits(&zones[1..2]).unwrap(), (1024..2048).rev().collect::<Vec<i64>>());
    }
}
