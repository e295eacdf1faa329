//! Tags: the list with counts, the user's own tags on entries.

mod merges;

use jiff::Zoned;
use rusqlite::{Connection, OptionalExtension, params};

pub(super) use merges::{Place, place};

use super::sql;
use super::state::recount;
use super::{Store, StoreError, copies};
use crate::model::entry::EntryId;
use crate::model::query::Query;
use crate::model::tag::{self, TagCount, TagSource};

/// A user's tag put on entries, or taken off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagEdit {
    pub tag: String,
    pub is_added: bool,
    /// Those that it really changed.
    pub entries: Vec<EntryId>,
}

impl Store {
    /// Tags that some article has, the most used first. An article that several feeds have counts once.
    pub async fn tags(&self) -> Result<Vec<TagCount>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT g.name, g.key, g.articles - coalesce(o.articles, 0) AS articles, g.unread - coalesce(o.unread, 0) \
                 FROM tag g LEFT JOIN overlap o ON o.kind = 2 AND o.key = g.id WHERE g.articles > 0 \
                 ORDER BY articles DESC, g.name",
            )?;
            let tags = statement
                .query_map([], |row| {
                    let count = |column| row.get::<_, i64>(column).map(|count| count.max(0) as u64);
                    Ok(TagCount { name: row.get(0)?, key: row.get(1)?, articles: count(2)?, unread: count(3)? })
                })?
                .collect::<Result<_, _>>()?;
            Ok(tags)
        })
        .await
    }

    /// The tags of one entry with who gave them.
    pub async fn entry_tags(&self, id: EntryId) -> Result<Vec<(String, TagSource)>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT DISTINCT g.name, x.source FROM entry_tag x JOIN tag g ON g.id = x.tag_id WHERE x.entry_id = ?1 \
                 ORDER BY x.source, g.name",
            )?;
            let tags = statement
                .query_map([id.0], |row| Ok((row.get(0)?, TagSource::from_code(row.get(1)?))))?
                .collect::<Result<_, _>>()?;
            Ok(tags)
        })
        .await
    }

    /// The sources of each tag, for scripts.
    pub async fn tag_sources(&self) -> Result<Vec<(String, TagSource, u64, u64)>, StoreError> {
        self.scan(|connection| {
            let mut statement = connection.prepare(
                "SELECT g.name, x.source, count(DISTINCT s.id), count(DISTINCT iif(s.is_read = 0, s.id, NULL)) FROM entry_tag x \
                 JOIN tag g ON g.id = x.tag_id JOIN state s ON s.id = x.entry_id AND s.is_live = 1 \
                 AND s.is_muted = 0 WHERE s.feed_id NOT IN (SELECT id FROM feed WHERE muted = 1) \
                 GROUP BY x.tag_id, x.source ORDER BY 3 DESC, 1",
            )?;
            let rows = statement
                .query_map([], |row| {
                    let count = |column| row.get::<_, i64>(column).map(|count| count.max(0) as u64);
                    Ok((row.get(0)?, TagSource::from_code(row.get(1)?), count(2)?, count(3)?))
                })?
                .collect::<Result<_, _>>()?;
            Ok(rows)
        })
        .await
    }

    /// Puts the user's tag on these entries, or takes it off; on disk when it returns.
    pub async fn edit_tag(&self, entries: Vec<EntryId>, tag: String, is_added: bool) -> Result<TagEdit, StoreError> {
        self.edit(move |connection| edit_tag(connection, &entries, tag, is_added)).await
    }

    /// The same for all entries of a list, or the newest so many where it has a limit.
    pub async fn edit_tag_all(
        &self,
        query: Query,
        tag: String,
        is_added: bool,
        now: Zoned,
    ) -> Result<TagEdit, StoreError> {
        self.edit(move |connection| {
            let entries = sql::entries(connection, &query, &now)?;
            edit_tag(connection, &entries, tag, is_added)
        })
        .await
    }
}

fn edit_tag(connection: &Connection, entries: &[EntryId], name: String, is_added: bool) -> Result<TagEdit, StoreError> {
    let key = tag::fold(&name);
    let mut edit = TagEdit { tag: name, is_added, entries: Vec::new() };
    if key.is_empty() {
        return Ok(edit);
    }
    let sql = if is_added {
        "INSERT OR IGNORE INTO entry_tag (entry_id, tag_id, source, at, said) \
         SELECT id, ?2, ?3, at, ?4 FROM state WHERE id = ?1 AND is_live = 1"
    } else {
        // Under whatever name it was put on.
        "DELETE FROM entry_tag WHERE entry_id = ?1 AND tag_id = ?2 AND source = ?3 AND ?4 = ?4"
    };
    let Place { tag_id, said } = place(connection, ensure(connection, &key, &edit.tag)?)?;
    let mut statement = connection.prepare_cached(sql)?;
    let groups = copies::groups(connection, entries)?;
    groups.iter().try_for_each(|article| copies::take_off(connection, *article))?;
    for id in entries {
        if statement.execute(params![id.0, tag_id, TagSource::User as i64, said])? > 0 {
            edit.entries.push(*id);
        }
    }
    // Editing tags is rare; counting this one tag anew is simpler than telling its sources apart.
    if edit.entries.len() > 1000 {
        recount(connection)?;
    } else {
        recount_tag(connection, tag_id)?;
        groups.iter().try_for_each(|article| copies::put_back(connection, *article))?;
    }
    Ok(edit)
}

/// Puts a tag on these entries in the name of this source, and counts it along.
pub(super) fn put(
    connection: &Connection,
    entries: &[EntryId],
    name: &str,
    source: TagSource,
) -> Result<(), StoreError> {
    let key = tag::fold(name);
    if key.is_empty() {
        return Ok(());
    }
    let Place { tag_id, said } = place(connection, ensure(connection, &key, name)?)?;
    let groups = copies::groups(connection, entries)?;
    groups.iter().try_for_each(|article| copies::take_off(connection, *article))?;
    let mut had = connection.prepare_cached("SELECT 1 FROM entry_tag WHERE entry_id = ?1 AND tag_id = ?2")?;
    let mut insert = connection.prepare_cached(
        "INSERT OR IGNORE INTO entry_tag (entry_id, tag_id, source, at, said) \
         SELECT id, ?2, ?3, at, ?4 FROM state WHERE id = ?1 AND is_live = 1",
    )?;
    let mut count = connection.prepare_cached(
        "UPDATE tag SET articles = articles + 1, unread = unread + (s.is_read = 0) \
         FROM (SELECT * FROM state WHERE id = ?1) s WHERE tag.id = ?2 AND s.is_muted = 0 \
         AND (SELECT muted FROM feed WHERE id = s.feed_id) = 0",
    )?;
    for id in entries {
        let is_known = had.exists(params![id.0, tag_id])?;
        if insert.execute(params![id.0, tag_id, source as i64, said])? > 0 && !is_known {
            count.execute(params![id.0, tag_id])?;
        }
    }
    groups.iter().try_for_each(|article| copies::put_back(connection, *article))
}

fn recount_tag(connection: &Connection, tag_id: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE tag SET (articles, unread) = (SELECT count(*), count(iif(s.is_read = 0, 1, NULL)) FROM \
             (SELECT DISTINCT entry_id FROM entry_tag WHERE tag_id = ?1) x JOIN state s ON s.id = x.entry_id \
             AND s.is_live = 1 AND s.is_muted = 0 AND s.feed_id NOT IN (SELECT id FROM feed WHERE muted = 1)) WHERE id = ?1",
        )?
        .execute([tag_id])?;
    Ok(())
}

/// The id of the tag with this key, made with this name when it is new. A spelling with capitals says more than one without,
/// whichever comes first.
pub(super) fn ensure(connection: &Connection, key: &str, name: &str) -> Result<i64, StoreError> {
    let name = name.trim().trim_start_matches('#').trim_start();
    let has_capitals = |name: &str| name.chars().any(char::is_uppercase);
    let known: Option<(i64, bool)> = connection
        .prepare_cached("SELECT id, name FROM tag WHERE key = ?1")?
        .query_row([key], |row| Ok((row.get(0)?, has_capitals(row.get_ref(1)?.as_str()?))))
        .optional()?;
    if let Some((id, is_capital)) = known {
        if !is_capital && has_capitals(name) {
            connection.prepare_cached("UPDATE tag SET name = ?2 WHERE id = ?1")?.execute(params![id, name])?;
        }
        return Ok(id);
    }
    connection.prepare_cached("INSERT INTO tag (key, name) VALUES (?1, ?2)")?.execute([key, name])?;
    Ok(connection.last_insert_rowid())
}
