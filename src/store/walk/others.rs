//! The list without its words, walked by the index that has the fewest rows of it; about those the index of words is asked.

use std::collections::HashSet;

use rusqlite::{Connection, params_from_iter};

use super::super::StoreError;
use super::super::headlines::{self, Span};
use super::super::sql::Words;
use super::index::Index;
use super::{Among, steps_of};
use crate::model::entry::{EntryId, RowKey};

/// Rows that are asked about together at most.
const TOGETHER: u32 = 2048;

/// The rows of the window, and the steps of `SQLite` that the walk took.
pub(super) fn walk(
    connection: &Connection,
    index: &mut Index<'_>,
    among: &mut Among<'_>,
    span: Span,
    limit: u32,
) -> Result<(Vec<(i64, i64)>, u64), StoreError> {
    let others = &among.by_words.others;
    let (mut keys, mut steps, mut from, mut count) = (Vec::new(), 0, span, limit.max(1));
    loop {
        let (sql, params) = headlines::keys(others, from, count);
        let mut statement = connection.prepare(&sql)?;
        let rows: Vec<(i64, i64)> = statement
            .query_map(params_from_iter(params), |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        steps += steps_of(&statement);
        let found = among.keys(&matching(index, &among.by_words.words, &rows)?)?;
        let found: HashSet<(i64, i64)> = found.into_iter().collect();
        // In the order of the walk.
        keys.extend(rows.iter().filter(|row| found.contains(row)));
        let last = rows.last().filter(|_| rows.len() == count as usize && keys.len() < limit as usize);
        let Some((at, id)) = last else { break };
        let key = RowKey { at: *at, id: EntryId(*id) };
        from = if matches!(span, Span::Bottom | Span::Before(_)) { Span::Before(key) } else { Span::After(key) };
        count = (count * 2).min(TOGETHER);
    }
    keys.truncate(limit as usize);
    Ok((keys, steps))
}

/// Those of these rows that say what they must, and not what they must not.
fn matching(index: &mut Index<'_>, words: &Words, rows: &[(i64, i64)]) -> Result<Vec<i64>, StoreError> {
    let mut ids: Vec<i64> = rows.iter().map(|(_, id)| *id).collect();
    ids.sort_unstable_by_key(|id| std::cmp::Reverse(*id));
    let said = index.among(&ids)?;
    Ok(match words {
        Words::Said(_) => said,
        Words::Unsaid(_) => {
            ids.retain(|id| said.binary_search_by(|other| id.cmp(other)).is_err());
            ids
        }
    })
}
