//! The older versions of articles, kept as deltas in the transaction that replaces a text.

use rusqlite::{Connection, OptionalExtension, params};

use super::headlines::timestamp;
use super::{Store, StoreError};
use crate::model::entry::EntryId;
use crate::model::revision::{Version, delta, reads_the_same, undo};

/// Whose text it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    Feed = 0,
    Page = 1,
}

/// A title and a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'a> {
    pub title: &'a str,
    pub html: &'a str,
}

/// Keeps what is about to be replaced, and says whether readers will see a difference. What differs in its form alone
/// makes no version; then the last version kept leads back from the new form.
pub(super) fn replace(
    connection: &Connection,
    id: EntryId,
    source: Source,
    (old, new): (Text<'_>, Text<'_>),
    at: jiff::Timestamp,
) -> Result<bool, StoreError> {
    if old.title == new.title && old.html == new.html {
        return Ok(false);
    }
    let is_edit = !is_same_title(old.title, new.title) || !reads_the_same(old.html, new.html);
    if is_edit {
        connection
            .prepare_cached(
                "INSERT INTO revision (entry_id, source, number, title, delta, replaced) SELECT ?1, ?2, \
                 coalesce(max(number), 0) + 1, ?3, ?4, ?5 FROM revision WHERE entry_id = ?1 AND source = ?2",
            )?
            .execute(params![id.0, source as i64, old.title, delta(new.html, old.html)?, at.as_second()])?;
        return Ok(true);
    }
    let last: Option<(i64, String)> = connection
        .prepare_cached(
            "SELECT number, delta FROM revision WHERE entry_id = ?1 AND source = ?2 ORDER BY number DESC LIMIT 1",
        )?
        .query_row(params![id.0, source as i64], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((number, back)) = last
        && let Some(older) = undo(old.html, &back)
    {
        connection
            .prepare_cached("UPDATE revision SET delta = ?4 WHERE entry_id = ?1 AND source = ?2 AND number = ?3")?
            .execute(params![id.0, source as i64, number, delta(new.html, &older)?])?;
    }
    Ok(false)
}

/// Case tells a reader something, spaces do not.
fn is_same_title(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

impl Store {
    /// All versions of an article, the oldest first, what is shown now last. Empty for an article that is not there.
    /// Of an article that was fetched as a whole they are its page's, unless only the feed's text has several.
    pub async fn versions(&self, id: EntryId) -> Result<Vec<Version>, StoreError> {
        self.read(move |connection| {
            let of_page = versions(connection, id, Source::Page)?;
            if of_page.len() > 1 { Ok(of_page) } else { versions(connection, id, Source::Feed) }
        })
        .await
    }
}

fn versions(connection: &Connection, id: EntryId, source: Source) -> Result<Vec<Version>, StoreError> {
    let now: Option<(String, Option<String>, i64)> = connection
        .prepare_cached(
            "SELECT e.title, iif(?2 = 0, b.html, p.html), s.first_seen FROM state s JOIN entry e ON e.id = s.id \
             LEFT JOIN body b ON b.id = s.id LEFT JOIN page p ON p.id = s.id WHERE s.id = ?1 AND s.is_live = 1",
        )?
        .query_row(params![id.0, source as i64], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((title, Some(html), first_seen)) = now else { return Ok(Vec::new()) };
    let mut statement = connection.prepare_cached(
        "SELECT title, delta, replaced FROM revision WHERE entry_id = ?1 AND source = ?2 ORDER BY number DESC",
    )?;
    let mut rows = statement.query(params![id.0, source as i64])?;
    let mut newer = Version { title, html, seen: timestamp(first_seen) };
    let mut versions = Vec::new();
    while let Some(row) = rows.next()? {
        let (title, back, replaced): (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let Some(html) = undo(&newer.html, &back) else {
            tracing::warn!(entry = id.0, "the versions before this one cannot be read");
            break;
        };
        newer.seen = timestamp(replaced);
        versions.push(std::mem::replace(&mut newer, Version { title, html, seen: timestamp(first_seen) }));
    }
    versions.push(newer);
    versions.reverse();
    Ok(versions)
}
