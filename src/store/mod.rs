//! The store: one `SQLite` file, and the only SQL. One method a question; list queries never read bodies.
//!
//! Three lanes, each a thread with its own connection: `write`; `read` for what a person waits for; `scan` for long
//! answers (counts over a filter, exports), so that they hold up nobody. Nothing here knows the network or the clock.

mod connection;
mod copies;
mod counter;
mod entries;
mod feeds;
mod headlines;
mod hosts;
mod ingest;
mod integrity;
mod lane;
mod ledger;
mod pages;
mod positions;
mod preferences;
mod revisions;
mod rules;
mod search;
mod sql;
mod state;
mod stories;
mod tags;
mod topics;
mod views;
mod walk;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::model::feed::FeedId;
use crate::model::query::QueryError;
use jiff::tz::TimeZone;
use lane::{Lane, Urgency};
use rusqlite::Connection;

pub use copies::{Overlaps, Surplus};
pub use feeds::{Due, NewFeed, Question};
pub use headlines::{Span, Window};
pub use ingest::{FetchRecord, Ingest, Ingested, Item};
pub use lane::WAITING;
pub use pages::{Common, ShortBlock, Wanted};
pub use rules::{Errand, Kind};
pub use search::{Asked, Entered, Found, Hit, Source, Stretch, ToIndex, best_first};
pub use state::{Change, Mark};
pub use stories::{Featured, Goes, Grouped, StoryEdit, ToGroup};
pub use tags::TagEdit;

/// What can go wrong with the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("{path}: {source}")]
    Open { path: PathBuf, source: rusqlite::Error },
    #[error("{path}: written by a newer kabar (its format is {found}, this one knows {known})")]
    Newer { path: PathBuf, found: i64, known: i64 },
    #[error("the store failed: {0}")]
    Sql(#[from] rusqlite::Error),
    #[error("the store failed: {0}")]
    Io(#[from] std::io::Error),
    #[error("the store failed: {0}")]
    Json(#[from] serde_json::Error),
    #[error("the store could not commit: {0}")]
    Commit(String),
    #[error("the store is closed")]
    Closed,
    #[error("there is no feed {0}")]
    NoFeed(String),
    #[error("{url} is feed {feed} already")]
    Taken { url: String, feed: FeedId },
    #[error("there is a view `{0}` already")]
    ViewExists(String),
    /// A query that cannot be asked as the store is now.
    #[error(transparent)]
    Query(#[from] QueryError),
    #[error("the key `{key}` goes to the view `{name}` already")]
    KeyTaken { key: char, name: String },
}

/// A handle on the store; opening it migrates the file.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    write: Lane,
    read: Lane,
    scan: OnceLock<Lane>,
    /// An article that is read in one feed is read in all that have it.
    is_read_shared: bool,
    /// Where a day of the user's begins and ends.
    zone: TimeZone,
}

impl Store {
    /// Opens the store file, creating and migrating it as needed. Blocks for a few milliseconds.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        // Most often there is nothing to bring up to date, and nothing to write for a while.
        let (reader, writer) = match connection::reader_of_current(path)? {
            Some(reader) => (reader, None),
            None => {
                let writer = connection::writer(path)?;
                (connection::reader(path)?, Some(writer))
            }
        };
        let to_write = path.to_owned();
        Ok(Self {
            path: path.to_owned(),
            write: Lane::start("store-write", move || {
                writer.map_or_else(|| connection::writer_of_existing(&to_write), Ok)
            })?,
            read: Lane::start("store-read", || Ok(reader))?,
            scan: OnceLock::new(),
            is_read_shared: true,
            zone: TimeZone::UTC,
        })
    }

    /// Whether an article that is read in one feed is read in all that have it; it is, unless this says otherwise.
    #[must_use]
    pub fn sharing_read(self, is_read_shared: bool) -> Self {
        Self { is_read_shared, ..self }
    }

    /// The time zone of `today` and of dates in the queries of rules.
    #[must_use]
    pub fn in_zone(self, zone: TimeZone) -> Self {
        Self { zone, ..self }
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// An answer that a person waits for.
    async fn read<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.read.run(Urgency::Urgent, move |connection| question(connection)).await
    }

    /// An answer that may take long; to drop it is to end it.
    async fn scan<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        if self.scan.get().is_none() {
            let path = self.path.clone();
            // Two callers may race to start it; the loser's lane ends at once.
            let _ = self.scan.set(Lane::start("store-scan", move || connection::scanner(&path))?);
        }
        let lane = self.scan.get().ok_or(StoreError::Closed)?;
        lane.ask(question).await
    }

    /// A user's edit: one transaction, before whatever the poller has queued, and safe against a power cut.
    async fn edit<T: Send + 'static>(
        &self,
        change: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let safely = move |connection: &mut Connection| {
            // What a poll brings can be fetched again; what a person did cannot, so its commit is synced at once.
            connection.pragma_update(None, "synchronous", "FULL")?;
            let result = transaction(connection, change);
            connection.pragma_update(None, "synchronous", "NORMAL")?;
            result
        };
        self.write.run(Urgency::Urgent, safely).await
    }

    /// The poller's writes, in turn. Each is whole or not there; those that wait together share a commit.
    async fn record<T: Send + 'static>(
        &self,
        change: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.write.share(change).await
    }

    /// A number that differs from the last call's when another process has written to the store.
    pub async fn version(&self) -> Result<i64, StoreError> {
        self.read(|connection| Ok(connection.pragma_query_value(None, "data_version", |row| row.get(0))?)).await
    }
}

fn transaction<T>(
    connection: &mut Connection,
    change: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let value = change(&transaction)?;
    transaction.commit()?;
    Ok(value)
}
