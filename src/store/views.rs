//! Saved views: the list of them, kept by name.

use std::borrow::Cow;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Store, StoreError};
use crate::model::query::{Named, Query};
use crate::model::view::{NewView, SavedView, ViewId};

impl Store {
    /// The saved views, in the order in which they were made.
    pub async fn views(&self) -> Result<Vec<SavedView>, StoreError> {
        self.read(all).await
    }

    /// Saves a view: over the one with this id, else over the one of this name, else as a new one. What names it by a name that
    /// it had names it by the new one. On disk when it returns.
    pub async fn save_view(&self, over: Option<ViewId>, view: NewView) -> Result<ViewId, StoreError> {
        self.edit(move |connection| save(connection, over, &view)).await
    }

    /// Forgets a view; false when there is none with this id. What names it has its query instead, and finds what it found.
    pub async fn remove_view(&self, id: ViewId) -> Result<bool, StoreError> {
        self.edit(move |connection| {
            if let Some(view) = all(connection)?.into_iter().find(|view| view.id == id) {
                rewrite(connection, id, &|_| view.query.unlisted())?;
            }
            Ok(connection.execute("DELETE FROM view WHERE id = ?1", [id.0])? > 0)
        })
        .await
    }
}

fn all(connection: &Connection) -> Result<Vec<SavedView>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id, name, query, key FROM view ORDER BY id")?;
    let views = statement.query_map([], view)?.collect::<Result<Vec<_>, _>>()?;
    Ok(views.into_iter().flatten().collect())
}

/// A query with what its views ask for in their place.
pub(super) fn expanded<'q>(connection: &Connection, query: &'q Query) -> Result<Cow<'q, Query>, StoreError> {
    let views = if query.names_view() { all(connection)? } else { Vec::new() };
    Ok(query.expanded(&views)?)
}

/// A query as it is kept, with the names of its views.
pub(super) fn kept<'q>(connection: &Connection, query: &'q Query) -> Result<Cow<'q, Query>, StoreError> {
    if query.names_view() { Ok(Cow::Owned(query.kept(&all(connection)?, None)?)) } else { Ok(Cow::Borrowed(query)) }
}

/// Puts another part in place of a view wherever a view, a rule or a topic names it.
fn rewrite(connection: &Connection, id: ViewId, other: &dyn Fn(&Named) -> Query) -> Result<(), StoreError> {
    let views = all(connection)?;
    for table in ["view", "rule", "topic"] {
        let mut named = connection.prepare(&format!("SELECT id, query FROM {table} WHERE query LIKE '%search:%'"))?;
        let mut write = connection.prepare(&format!("UPDATE {table} SET query = ?2 WHERE id = ?1"))?;
        let rows = named.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for (row, query) in rows.collect::<Result<Vec<(i64, String)>, _>>()? {
            let without = Query::parse(&query).ok().and_then(|query| query.without_view(&views, id, other));
            if let Some(query) = without {
                write.execute(params![row, query.to_string()])?;
            }
        }
    }
    Ok(())
}

fn save(connection: &Connection, over: Option<ViewId>, view: &NewView) -> Result<ViewId, StoreError> {
    let key = view.key.map(String::from);
    let same_name: Option<i64> = connection
        .prepare_cached("SELECT id FROM view WHERE name = ?1")?
        .query_row([&view.name], |row| row.get(0))
        .optional()?;
    let over = match (over, same_name) {
        (Some(over), Some(other)) if over.0 != other => return Err(StoreError::ViewExists(view.name.clone())),
        (over, other) => over.map(|id| id.0).or(other),
    };
    let holder: Option<String> = connection
        .prepare_cached("SELECT name FROM view WHERE key = ?1 AND id IS NOT ?2")?
        .query_row(params![key, over], |row| row.get(0))
        .optional()?;
    if let (Some(key), Some(name)) = (view.key, holder) {
        return Err(StoreError::KeyTaken { key, name });
    }
    // As the views will be: it must not be part of itself.
    let own = ViewId(over.unwrap_or(-1));
    let mut views = all(connection)?;
    let saved = SavedView { id: own, name: view.name.clone(), query: view.query.clone(), key: view.key };
    match views.iter_mut().find(|view| view.id == own) {
        Some(known) => *known = saved,
        None => views.push(saved),
    }
    let query = view.query.kept(&views, Some(own))?.to_string();
    if let Some(id) = over {
        rewrite(connection, own, &|named| Query::View(Named { name: view.name.clone(), ..named.clone() }))?;
        connection
            .prepare_cached("UPDATE view SET name = ?2, query = ?3, key = ?4 WHERE id = ?1")?
            .execute(params![id, view.name, query, key])?;
        return Ok(ViewId(id));
    }
    connection
        .prepare_cached("INSERT INTO view (name, query, key) VALUES (?1, ?2, ?3)")?
        .execute(params![view.name, query, key])?;
    Ok(ViewId(connection.last_insert_rowid()))
}

/// None for one whose query a newer kabar has written; it stays in the store.
fn view(row: &Row<'_>) -> rusqlite::Result<Option<SavedView>> {
    let (name, query): (String, String) = (row.get(1)?, row.get(2)?);
    let key: Option<String> = row.get(3)?;
    match Query::parse(&query) {
        Ok(query) => {
            let key = key.and_then(|key| key.chars().next());
            Ok(Some(SavedView { id: ViewId(row.get(0)?), name, query, key }))
        }
        Err(error) => {
            tracing::warn!(%name, %error, "the query of a view cannot be read");
            Ok(None)
        }
    }
}
