//! What the index of words says matches: ids, from one downwards or upwards.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use rusqlite::{CachedStatement, Connection, StatementStatus, params};

use super::StoreError;

/// The hits of the index from an id downwards. A range with two ends would be no cheaper: FTS5 looks at the second end only
/// where it has found the next hit.
pub(in crate::store) const DOWNWARDS: &str =
    "SELECT rowid FROM search WHERE search MATCH ?1 AND rowid <= ?2 ORDER BY rowid DESC";

/// The same from an id upwards. Of a common word FTS5 finds an old article so in the thirtieth part of the time: downwards it
/// goes over every page of the newer ones.
const UPWARDS: &str = "SELECT rowid FROM search WHERE search MATCH ?1 AND rowid >= ?2 ORDER BY rowid";

/// Ids of the first stretch that words which must stand together are looked for in.
const STRETCH: i64 = 1 << 11;
/// How many times as long the next one is.
const LONGER: i64 = 4;

/// Among so many articles the newest hits are looked for, however few are wanted: the first three stretches.
pub(super) const RECENT: i64 = STRETCH * (1 + LONGER + LONGER * LONGER);

/// What is asked of the index.
pub(in crate::store) struct Hits<'a> {
    down: CachedStatement<'a>,
    up: CachedStatement<'a>,
    matching: &'a str,
    is_joined: bool,
}

impl<'a> Hits<'a> {
    pub(in crate::store) fn new(connection: &'a Connection, matching: &'a str) -> Result<Self, StoreError> {
        let (down, up) = (connection.prepare_cached(DOWNWARDS)?, connection.prepare_cached(UPWARDS)?);
        Ok(Self { down, up, matching, is_joined: is_joined(matching) })
    }

    /// Steps of `SQLite` since it was made.
    pub(in crate::store) fn steps(&self) -> u64 {
        let steps = |statement: &CachedStatement<'_>| statement.reset_status(StatementStatus::VmStep).unsigned_abs();
        u64::from(steps(&self.down)) + u64::from(steps(&self.up))
    }

    /// The hits from the last of these ids down to the first, the newest first, until their number and the id that they reach
    /// down to are enough; and that id.
    pub(in crate::store) fn downwards(
        &mut self,
        ids: RangeInclusive<i64>,
        is_enough: impl FnMut(usize, i64) -> bool,
    ) -> Result<(Vec<i64>, i64), StoreError> {
        if self.is_joined { self.by_stretches(ids, is_enough) } else { self.one_by_one(ids, is_enough) }
    }

    /// Whether an older article than this one matches.
    pub(super) fn has_any_below(&mut self, id: i64) -> Result<bool, StoreError> {
        Ok(self.down.exists(params![self.matching, id - 1])?)
    }

    fn one_by_one(
        &mut self,
        ids: RangeInclusive<i64>,
        mut is_enough: impl FnMut(usize, i64) -> bool,
    ) -> Result<(Vec<i64>, i64), StoreError> {
        let mut hits = Vec::new();
        let mut rows = self.down.query(params![self.matching, ids.end()])?;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            if id < *ids.start() {
                break;
            }
            hits.push(id);
            if is_enough(hits.len(), id) {
                return Ok((hits, id));
            }
        }
        Ok((hits, *ids.start()))
    }

    /// Each stretch is longer than the one before and asked for upwards: of words that must stand together FTS5 goes over each
    /// page of the more common one, and downwards over each of them twice.
    fn by_stretches(
        &mut self,
        ids: RangeInclusive<i64>,
        mut is_enough: impl FnMut(usize, i64) -> bool,
    ) -> Result<(Vec<i64>, i64), StoreError> {
        let (mut hits, mut last, mut length) = (Vec::new(), *ids.end(), STRETCH);
        loop {
            let first = last.saturating_sub(length - 1).max(*ids.start());
            let (stretch, _) = self.upwards(first, last)?;
            hits.extend(stretch.into_iter().rev());
            if first == *ids.start() || is_enough(hits.len(), first) {
                return Ok((hits, first));
            }
            (last, length) = (first - 1, length.saturating_mul(LONGER));
        }
    }

    /// The hits from one id up to another, the oldest first, and the id that nothing is known to match up to.
    pub(in crate::store) fn upwards(&mut self, first: i64, last: i64) -> Result<(Vec<i64>, Option<i64>), StoreError> {
        let mut hits = Vec::new();
        let mut rows = self.up.query(params![self.matching, first])?;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            if id > last {
                return Ok((hits, Some(id - 1)));
            }
            hits.push(id);
        }
        Ok((hits, None))
    }
}

/// Whether this asks for words that must stand together in an article.
fn is_joined(matching: &str) -> bool {
    // What is between quotation marks are words, the rest is how they are joined.
    let joins = |(n, part): (usize, &str)| match n % 2 {
        0 => ["AND", "NOT", "NEAR"].iter().any(|join| part.contains(join)),
        _ => part.contains(' '),
    };
    matching.split('"').enumerate().any(joins)
}

/// The id of the newest article that is indexed.
pub(super) fn last(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.prepare_cached("SELECT coalesce(max(id), 0) FROM indexed")?.query_row([], |row| row.get(0))?)
}

/// The newest articles that match, the newest first, at most `limit`.
pub(in crate::store) fn newest(connection: &Connection, matching: &str, limit: usize) -> Result<Vec<i64>, StoreError> {
    let (mut ids, _) = Hits::new(connection, matching)?.downwards(1..=last(connection)?, |count, _| count >= limit)?;
    ids.truncate(limit);
    Ok(ids)
}

/// The articles that match and have one of these ids.
pub(super) fn among(
    connection: &Connection,
    matching: &str,
    ids: &RangeInclusive<i64>,
) -> Result<HashSet<i64>, StoreError> {
    let (hits, _) = Hits::new(connection, matching)?.upwards(*ids.start(), *ids.end())?;
    Ok(hits.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_must_stand_together_are_told_from_those_that_need_not() {
        for one in ["((\"¹AND\"))", "(({title body author} : \"not\" *) OR (\"near\"))"] {
            assert!(!is_joined(one), "{one}");
        }
        for joined in ["(\"a b\")", "((\"a\") AND (\"b\"))", "((\"a\") NOT (\"b\"))", "(NEAR(\"a\" \"b\", 5))"] {
            assert!(is_joined(joined), "{joined}");
        }
    }

    #[test]
    fn what_stands_together_is_found_from_any_id_down_to_any_other() {
        let connection = Connection::open_in_memory().unwrap();
        let sql = "CREATE VIRTUAL TABLE search USING fts5 (body, content = ''); \
                   WITH RECURSIVE ids (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM ids WHERE id < 50000) \
                   INSERT INTO search (rowid, body) SELECT id, iif(id % 1000 = 0, 'bank sentral', 'sentral bank') FROM ids";
        connection.execute_batch(sql).unwrap();
        let mut hits = Hits::new(&connection, "\"bank sentral\"").unwrap();
        let mut found = |ids: RangeInclusive<i64>, most: usize| hits.downwards(ids, |count, _| count > most).unwrap();
        for (first, last) in
            [(1, 50_000), (1, i64::MAX - 1), (999, 1000), (1000, 1000), (1001, 30_999), (1001, 1999), (7, 3)]
        {
            let all: Vec<i64> = (1..=50).rev().map(|n| n * 1000).filter(|id| (first..=last).contains(id)).collect();
            assert_eq!(found(first..=last, 100), (all.clone(), first), "{first} to {last}");
            let (some, reached) = found(first..=last, 5);
            assert_eq!(some, all.iter().copied().filter(|id| *id >= reached).collect::<Vec<_>>());
            assert!(some.len() > 5 || some == all, "{first} to {last}");
        }
        for (id, has_any) in [(50_001, true), (1001, true), (1000, false), (1, false)] {
            assert_eq!(hits.has_any_below(id).unwrap(), has_any, "{id}");
        }
    }
}
