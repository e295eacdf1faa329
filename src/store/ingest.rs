//! Stores one document in one transaction: entries, tags, counts and fetch record together, so that a validator is never
//! kept for items that are not.

mod inserts;
mod known;
mod tagging;
mod writer;

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::feeds::{Question, is_still_asked};
use super::rules::{self, Applying};
use super::{Store, StoreError};
use crate::model::entry::{Draft, EntryId};
use crate::model::feed::{Digest, FeedFacts, FeedId, FetchError, Validators};
use crate::model::ledger::{Dropped, Gap, Ledger};
use crate::model::moved::Moved;
use crate::model::plan::{Identities, fingerprint, title_hash};
use crate::model::schedule::Next;
use crate::model::traffic::Traffic;
pub(super) use tagging::Tagging;
use writer::Writer;

/// How one fetch of one feed went.
#[derive(Debug, Clone)]
pub struct FetchRecord {
    pub feed: FeedId,
    pub at: Timestamp,
    pub next: Next,
    /// On success, what to ask with next time; `None` keeps what is stored.
    pub validators: Option<Validators>,
    pub digest: Option<Digest>,
    pub failures: u32,
    pub error: Option<FetchError>,
    /// With this fetch counted; `None` keeps what is stored.
    pub traffic: Option<Traffic>,
    /// Where it may have moved; a failure keeps what is stored.
    pub moved: Option<Moved>,
    /// What the feed was asked by: nothing is recorded of one that would be asked otherwise by now.
    pub asked: Option<Question>,
}

impl FetchRecord {
    /// A fetch that went well and changes nothing but the times.
    #[must_use]
    pub fn new(feed: FeedId, at: Timestamp, next: Next) -> Self {
        Self {
            feed,
            at,
            next,
            validators: None,
            digest: None,
            failures: 0,
            error: None,
            traffic: None,
            moved: None,
            asked: None,
        }
    }
}

/// One document ready to store. The costly parts of each item were worked out beforehand.
#[derive(Debug, Clone)]
pub struct Ingest {
    pub record: FetchRecord,
    pub facts: FeedFacts,
    pub items: Vec<Item>,
    /// Items of the document that were left out before.
    pub dropped: Dropped,
}

/// A draft with what the plan needs to know of it.
#[derive(Debug, Clone)]
pub struct Item {
    pub draft: Draft,
    pub identities: Identities,
    pub fingerprint: i64,
    pub title_hash: i64,
    /// Plain text for the list.
    pub summary: String,
}

impl Item {
    #[must_use]
    pub fn new(draft: Draft, summary: String) -> Self {
        Self {
            identities: Identities::of(&draft),
            fingerprint: fingerprint(&draft),
            title_hash: title_hash(&draft),
            summary,
            draft,
        }
    }
}

/// What storing a document changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ingested {
    pub new: Vec<EntryId>,
    pub changed: Vec<EntryId>,
    /// What became of each item of the document.
    pub ledger: Ledger,
    /// The feed has rolled past since the last poll.
    pub gap: Option<Gap>,
}

impl Store {
    /// Records a fetch that brought no document: nothing new, or a failure.
    pub async fn record_fetch(&self, record: FetchRecord) -> Result<(), StoreError> {
        self.record(move |connection| match &record.asked {
            Some(asked) if !is_still_asked(connection, record.feed, asked)? => Ok(()),
            _ => write_record(connection, &record),
        })
        .await
    }

    /// Leaves a feed alone until then, without having asked it.
    pub async fn put_off(&self, feed: FeedId, asked: Question, next: Next) -> Result<(), StoreError> {
        self.record(move |connection| {
            if !is_still_asked(connection, feed, &asked)? {
                return Ok(());
            }
            connection
                .prepare_cached("UPDATE fetch SET next_attempt = ?2, earliest = ?3, why = ?4 WHERE feed_id = ?1")?
                .execute(params![feed.0, next.at.as_second(), next.earliest.as_second(), next.why.name()])?;
            Ok(())
        })
        .await
    }

    /// Stores a document. A feed that has been unsubscribed meanwhile, or is to be asked otherwise, keeps what it has.
    pub async fn ingest(&self, ingest: Ingest) -> Result<Ingested, StoreError> {
        let (is_read_shared, zone) = (self.is_read_shared, self.zone.clone());
        self.record(move |connection| {
            if let Some(asked) = &ingest.record.asked
                && !is_still_asked(connection, ingest.record.feed, asked)?
            {
                return Ok(Ingested::default());
            }
            let Some(writer) = Writer::new(connection, &ingest, is_read_shared)? else {
                return Ok(Ingested::default());
            };
            let done = writer.run()?;
            let applying = Applying { connection, is_read_shared, now: ingest.record.at.to_zoned(zone), is_new: true };
            rules::arrived(&applying, &done.new)?;
            Ok(done)
        })
        .await
    }
}

pub(super) fn write_record(connection: &Connection, record: &FetchRecord) -> Result<(), StoreError> {
    let validators = record.validators.clone().unwrap_or_default();
    let succeeded = record.error.is_none();
    connection
        .prepare_cached(
            "UPDATE fetch SET last_attempt = ?2, next_attempt = ?3, failures = ?4, error_kind = ?5, error_detail = ?6, \
             earliest = ?12, why = ?13, traffic = coalesce(?14, traffic), moved = iif(?7, ?15, moved), last_success = iif(?7, ?2, last_success), etag = iif(?8, ?9, etag), \
             last_modified = iif(?8, ?10, last_modified), digest = coalesce(?11, digest), ahead_last = NULL WHERE feed_id = ?1",
        )?
        .execute(params![
            record.feed.0,
            record.at.as_second(),
            record.next.at.as_second(),
            record.failures,
            record.error.as_ref().map(|error| error.kind.name()),
            record.error.as_ref().map(|error| &error.detail),
            succeeded,
            record.validators.is_some(),
            validators.etag,
            validators.last_modified,
            record.digest.map(|digest| digest.0.to_be_bytes()),
            record.next.earliest.as_second(),
            record.next.why.name(),
            record.traffic.as_ref().map(Traffic::to_bytes),
            record.moved.as_ref().map(serde_json::to_string).transpose()?,
        ])?;
    Ok(())
}
