//! Where the reader has come in each article.

use rusqlite::params;

use super::{Store, StoreError};
use crate::model::article::Anchor;
use crate::model::entry::EntryId;

impl Store {
    /// Remembers how far an article was read; `None` forgets it. On disk when it returns.
    pub async fn save_position(&self, id: EntryId, anchor: Option<Anchor>) -> Result<(), StoreError> {
        self.edit(move |connection| {
            match anchor {
                Some(Anchor { block, offset, mark }) => connection
                    .prepare_cached(
                        "INSERT INTO position (id, block, offset, mark) \
                         SELECT ?1, ?2, ?3, ?4 FROM state WHERE id = ?1 AND is_live = 1 \
                         ON CONFLICT (id) DO UPDATE SET block = ?2, offset = ?3, mark = ?4",
                    )?
                    .execute(params![id.0, block, offset, mark])?,
                None => connection.prepare_cached("DELETE FROM position WHERE id = ?1")?.execute([id.0])?,
            };
            Ok(())
        })
        .await
    }
}
