//! Errands: what rules have to do outside the store. Each is done once, or again when whoever took it on was killed.

use jiff::Timestamp;
use rusqlite::{Row, params};

use super::super::{Store, StoreError};
use crate::model::entry::EntryId;
use crate::model::rule::RuleAct;

/// Seconds after which an errand that nobody has reported on is taken on by the next one.
const PATIENCE: i64 = 600;
/// An errand that has failed this often is given up.
const ATTEMPTS: i64 = 3;

/// Something to do for an article on behalf of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errand {
    pub id: i64,
    pub entry: EntryId,
    pub rule: String,
    pub act: RuleAct,
}

/// What an errand takes: a notification is told at once, everything else is work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Notify,
    Work,
}

impl Store {
    /// Takes on the next errands of a kind, the oldest first.
    pub async fn take_errands(&self, kind: Kind, limit: u32, now: Timestamp) -> Result<Vec<Errand>, StoreError> {
        let now = now.as_second();
        let is_notice = kind == Kind::Notify;
        // Nothing is written as long as there is nothing to do.
        let is_any = self
            .read(move |connection| {
                Ok(connection
                    .prepare_cached("SELECT 1 FROM errand WHERE due <= ?1 AND (act = '\"notify\"') = ?2")?
                    .exists(params![now, is_notice])?)
            })
            .await?;
        if !is_any {
            return Ok(Vec::new());
        }
        self.record(move |connection| {
            connection.execute("DELETE FROM errand WHERE due <= ?1 AND attempts >= ?2", [now, ATTEMPTS])?;
            let mut statement = connection.prepare_cached(
                "UPDATE errand SET due = ?1 + ?2, attempts = attempts + 1 WHERE id IN \
                 (SELECT id FROM errand WHERE due <= ?1 AND (act = '\"notify\"') = ?4 ORDER BY id LIMIT ?3) \
                 RETURNING id, entry_id, (SELECT name FROM rule WHERE rule.id = rule_id), act",
            )?;
            let rows = statement
                .query_map(params![now, PATIENCE, limit, is_notice], errand)?
                .collect::<Result<Vec<_>, _>>()?;
            let mut errands: Vec<Errand> = rows.into_iter().flatten().collect();
            errands.sort_by_key(|errand| errand.id);
            Ok(errands)
        })
        .await
    }

    /// These errands are done.
    pub async fn end_errands(&self, done: Vec<i64>) -> Result<(), StoreError> {
        if done.is_empty() {
            return Ok(());
        }
        self.record(move |connection| {
            let mut statement = connection.prepare_cached("DELETE FROM errand WHERE id = ?1")?;
            done.iter().try_for_each(|id| statement.execute([id]).map(|_| ()))?;
            Ok(())
        })
        .await
    }
}

fn errand(row: &Row<'_>) -> rusqlite::Result<Option<Errand>> {
    let act: String = row.get(3)?;
    let (id, entry, rule) = (row.get(0)?, EntryId(row.get(1)?), row.get::<_, Option<String>>(2)?.unwrap_or_default());
    Ok(serde_json::from_str(&act).ok().map(|act| Errand { id, entry, rule, act }))
}
