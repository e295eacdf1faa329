//! Saved views: the list of them, kept by name.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Store, StoreError};
use crate::model::query::Query;
use crate::model::view::{NewView, SavedView, ViewId};

impl Store {
    /// The saved views, in the order in which they were made.
    pub async fn views(&self) -> Result<Vec<SavedView>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT id, name, query, key FROM view ORDER BY id")?;
            let views = statement.query_map([], view)?.collect::<Result<Vec<_>, _>>()?;
            Ok(views.into_iter().flatten().collect())
        })
        .await
    }

    /// Saves a view: over the one with this id, else over the one of this name, else as a new one. On disk when it returns.
    pub async fn save_view(&self, over: Option<ViewId>, view: NewView) -> Result<ViewId, StoreError> {
        self.edit(move |connection| save(connection, over, &view)).await
    }

    /// Forgets a view; false when there is none with this id.
    pub async fn remove_view(&self, id: ViewId) -> Result<bool, StoreError> {
        self.edit(move |connection| Ok(connection.execute("DELETE FROM view WHERE id = ?1", [id.0])? > 0)).await
    }
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
    let query = view.query.to_string();
    if let Some(id) = over {
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
