//! The account of each feed's documents: what became of their items, and the gaps between them.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::headlines::timestamp;
use super::{Store, StoreError};
use crate::model::feed::FeedId;
use crate::model::ledger::{Account, Gap, Ledger};

const COLUMNS: &str = "feed_id, last, sum, gap_at, gap_interval";

impl Store {
    /// The accounts of the feeds that have brought a document.
    pub async fn accounts(&self) -> Result<BTreeMap<FeedId, Account>, StoreError> {
        self.accounts_where("1").await
    }

    /// The same for those that have had a gap, which are few.
    pub async fn gaps(&self) -> Result<BTreeMap<FeedId, Account>, StoreError> {
        self.accounts_where("gap_at IS NOT NULL").await
    }

    async fn accounts_where(&self, which: &'static str) -> Result<BTreeMap<FeedId, Account>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM ledger WHERE {which}"))?;
            Ok(statement.query_map([], account)?.collect::<Result<_, _>>()?)
        })
        .await
    }
}

pub(super) fn read(connection: &Connection, feed: FeedId) -> Result<Account, StoreError> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM ledger WHERE feed_id = ?1"))?;
    let found = statement.query_row([feed.0], account).optional()?;
    Ok(found.map(|(_, account)| account).unwrap_or_default())
}

pub(super) fn write(connection: &Connection, feed: FeedId, account: &Account) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO ledger (feed_id, last, sum, gap_at, gap_interval) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (feed_id) DO UPDATE SET last = ?2, sum = ?3, gap_at = ?4, gap_interval = ?5",
        )?
        .execute(params![
            feed.0,
            serde_json::to_string(&account.last)?,
            serde_json::to_string(&account.sum)?,
            account.gap.map(|gap| gap.at.as_second()),
            account.gap.map(|gap| gap.interval),
        ])?;
    Ok(())
}

fn account(row: &Row<'_>) -> rusqlite::Result<(FeedId, Account)> {
    let ledger =
        |column| row.get::<_, String>(column).map(|json| serde_json::from_str::<Ledger>(&json).unwrap_or_default());
    Ok((FeedId(row.get(0)?), Account { last: ledger(1)?, sum: ledger(2)?, gap: gap(row, 3)? }))
}

/// The gap in this column and the next.
pub(super) fn gap(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Gap>> {
    let (at, interval): (Option<i64>, Option<u32>) = (row.get(column)?, row.get(column + 1)?);
    Ok(at.zip(interval).map(|(at, interval)| Gap { at: timestamp(at), interval }))
}
