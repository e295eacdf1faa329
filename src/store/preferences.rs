//! What the user has switched in the interface and finds that way again.

use rusqlite::OptionalExtension;

use super::{Store, StoreError};

impl Store {
    /// What is kept under this name.
    pub async fn preference(&self, name: &'static str) -> Result<Option<String>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached("SELECT value FROM preference WHERE name = ?1")?;
            Ok(statement.query_row([name], |row| row.get(0)).optional()?)
        })
        .await
    }

    pub async fn set_preference(&self, name: &'static str, value: String) -> Result<(), StoreError> {
        self.edit(move |connection| {
            connection
                .prepare_cached(
                    "INSERT INTO preference (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2",
                )?
                .execute([name, value.as_str()])?;
            Ok(())
        })
        .await
    }
}
