//! The rows of a new entry, by statements that a document looks up once and not for each of its items.

use jiff::Timestamp;
use rusqlite::{CachedStatement, Connection, params};

use super::Item;
use super::writer::{details, html};
use crate::model::plan::Identities;
use crate::store::StoreError;
use crate::store::copies::Company;

pub(super) struct Inserts<'a> {
    connection: &'a Connection,
    state: CachedStatement<'a>,
    entry: CachedStatement<'a>,
    body: CachedStatement<'a>,
    identity: CachedStatement<'a>,
}

/// What is kept of a new entry beside its text.
pub(super) struct State<'i> {
    pub feed: i64,
    pub at: i64,
    pub now: i64,
    pub item: &'i Item,
    pub company: &'i Company,
    pub is_read: bool,
}

impl<'a> Inserts<'a> {
    pub fn new(connection: &'a Connection) -> Result<Self, StoreError> {
        // Where triggers follow, OR FAIL spares a copy of every page that is touched; see the migration `one_row`.
        let state = connection.prepare_cached(
            "INSERT OR FAIL INTO state (feed_id, at, first_seen, fingerprint, title_hash, has_guid, link, wording, article, has_copies, is_read) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9 IS NOT NULL, ?10)",
        )?;
        let entry = connection.prepare_cached(
            "INSERT INTO entry (id, url, title, author, published, updated, language, summary) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        let body = connection.prepare_cached("INSERT OR FAIL INTO body (id, html, details) VALUES (?1, ?2, ?3)")?;
        // An identity that another entry of the feed holds already stays with that entry.
        let identity = connection
            .prepare_cached("INSERT OR IGNORE INTO identity (feed_id, hash, entry_id) VALUES (?1, ?2, ?3)")?;
        Ok(Self { connection, state, entry, body, identity })
    }

    /// The new entry's id.
    pub fn state(&mut self, row: &State<'_>) -> Result<i64, StoreError> {
        let State { feed, at, now, item, company, is_read } = row;
        self.state.execute(params![
            feed,
            at,
            now,
            item.fingerprint,
            item.title_hash,
            item.identities.guid.is_some(),
            item.identities.link.map(|link| link.0),
            company.wording,
            company.article,
            is_read,
        ])?;
        Ok(self.connection.last_insert_rowid())
    }

    pub fn text(&mut self, id: i64, item: &Item, language: Option<&str>) -> Result<(), StoreError> {
        let Item { draft, .. } = item;
        self.entry.execute(params![
            id,
            draft.url,
            draft.title,
            draft.authors.first(),
            draft.published.map(Timestamp::as_second),
            draft.updated.map(Timestamp::as_second),
            language,
            item.summary,
        ])?;
        self.body.execute(params![id, html(draft), details(draft).json()?])?;
        Ok(())
    }

    pub fn identities(&mut self, feed: i64, id: i64, identities: &Identities) -> Result<(), StoreError> {
        for identity in identities.guid.into_iter().chain([identities.title]).chain(identities.text) {
            self.identity.execute([feed, identity.0, id])?;
        }
        Ok(())
    }
}
