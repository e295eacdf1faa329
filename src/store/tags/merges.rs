//! Merges of tags: what one is called goes to another, now and later, until that is undone.

use rusqlite::{Connection, OptionalExtension, params};

use super::{ensure, recount_tag};
use crate::model::tag;
use crate::store::{Store, StoreError, copies};

/// Merges that lead from one to the next; longer chains are cut.
const LONGEST: usize = 16;

/// A tag as rows have it: where it counts, and under which name it came, 0 for its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::store) struct Place {
    pub tag_id: i64,
    pub said: i64,
}

/// Where this tag counts.
pub(in crate::store) fn place(connection: &Connection, tag_id: i64) -> Result<Place, StoreError> {
    let mut next = connection.prepare_cached("SELECT into_id FROM tag_merge WHERE tag_id = ?1")?;
    let mut root = tag_id;
    for _ in 0..LONGEST {
        match next.query_row([root], |row| row.get(0)).optional()? {
            Some(into) => root = into,
            None => break,
        }
    }
    Ok(Place { tag_id: root, said: if root == tag_id { 0 } else { tag_id } })
}

impl Store {
    /// Merges a tag into another one; false when it is part of that one already. On disk when it returns.
    pub async fn merge_tag(&self, tag: String, into: String) -> Result<bool, StoreError> {
        self.edit(move |connection| merge(connection, &tag, &into)).await
    }

    /// Undoes the merge of a tag: it is its own again, with all that came under its name. False when it was merged into
    /// nothing.
    pub async fn split_tag(&self, tag: String) -> Result<bool, StoreError> {
        self.edit(move |connection| split(connection, &tag)).await
    }

    /// The merges, each as the names of the tag and of what it was merged into.
    pub async fn tag_merges(&self) -> Result<Vec<(String, String)>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT t.name, i.name FROM tag_merge m JOIN tag t ON t.id = m.tag_id JOIN tag i ON i.id = m.into_id \
                 ORDER BY i.name, t.name",
            )?;
            Ok(statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
        })
        .await
    }
}

fn merge(connection: &Connection, name: &str, into: &str) -> Result<bool, StoreError> {
    let (from, into) = (place(connection, named(connection, name)?)?.tag_id, named(connection, into)?);
    let into = place(connection, into)?.tag_id;
    if from == into {
        return Ok(false);
    }
    connection.execute("INSERT INTO tag_merge (tag_id, into_id) VALUES (?1, ?2)", [from, into])?;
    connection
        .execute("UPDATE entry_tag SET tag_id = ?2, said = iif(said = 0, ?1, said) WHERE tag_id = ?1", [from, into])?;
    recounted(connection, from, into)?;
    Ok(true)
}

fn split(connection: &Connection, name: &str) -> Result<bool, StoreError> {
    let from = named(connection, name)?;
    let root = place(connection, from)?.tag_id;
    if connection.execute("DELETE FROM tag_merge WHERE tag_id = ?1", [from])? == 0 {
        return Ok(false);
    }
    // With it go the tags that were merged into it.
    connection.execute(
        "UPDATE entry_tag SET tag_id = ?1, said = iif(said = ?1, 0, said) WHERE tag_id = ?2 AND said IN \
         (WITH RECURSIVE part (id) AS (SELECT ?1 UNION SELECT m.tag_id FROM tag_merge m JOIN part p ON m.into_id = p.id) \
          SELECT id FROM part)",
        params![from, root],
    )?;
    recounted(connection, from, root)?;
    Ok(true)
}

fn named(connection: &Connection, name: &str) -> Result<i64, StoreError> {
    ensure(connection, &tag::fold(name), name)
}

fn recounted(connection: &Connection, one: i64, other: i64) -> Result<(), StoreError> {
    recount_tag(connection, one)?;
    recount_tag(connection, other)?;
    copies::recount(connection)
}
