//! Stores one document in one transaction: entries, tags, counts and fetch record together, so that a validator is never
//! kept for items that are not.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::entries::Details;
use super::{Store, StoreError};
use crate::model::entry::{Draft, EntryId};
use crate::model::feed::{Digest, FeedFacts, FeedId, FetchError, Validators};
use crate::model::plan::{Identities, Identity, Known, Plan, plan};
use crate::model::tag::{self, TagSource};

/// How one fetch of one feed went.
#[derive(Debug, Clone)]
pub struct FetchRecord {
    pub feed: FeedId,
    pub at: Timestamp,
    pub next_attempt: Timestamp,
    /// On success, what to ask with next time; `None` keeps what is stored.
    pub validators: Option<Validators>,
    pub digest: Option<Digest>,
    pub failures: u32,
    pub error: Option<FetchError>,
}

/// One document ready to store. The costly parts of each item were worked out beforehand.
#[derive(Debug, Clone)]
pub struct Ingest {
    pub record: FetchRecord,
    pub facts: FeedFacts,
    pub items: Vec<Item>,
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

/// What storing a document changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ingested {
    pub new: Vec<EntryId>,
    pub changed: Vec<EntryId>,
    pub unchanged: usize,
    /// Items that stood twice in the document.
    pub repeated: usize,
}

impl Store {
    /// Records a fetch that brought no document: nothing new, or a failure.
    pub async fn record_fetch(&self, record: FetchRecord) -> Result<(), StoreError> {
        self.record(move |connection| write_record(connection, &record)).await
    }

    /// Stores a document. A feed that has been unsubscribed meanwhile keeps what it has.
    pub async fn ingest(&self, ingest: Ingest) -> Result<Ingested, StoreError> {
        self.record(move |connection| {
            Writer::new(connection, &ingest)?.map_or_else(|| Ok(Ingested::default()), Writer::run)
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
             last_success = iif(?7, ?2, last_success), etag = iif(?8, ?9, etag), \
             last_modified = iif(?8, ?10, last_modified), digest = coalesce(?11, digest) WHERE feed_id = ?1",
        )?
        .execute(params![
            record.feed.0,
            record.at.as_second(),
            record.next_attempt.as_second(),
            record.failures,
            record.error.as_ref().map(|error| error.kind.name()),
            record.error.as_ref().map(|error| &error.detail),
            succeeded,
            record.validators.is_some(),
            validators.etag,
            validators.last_modified,
            record.digest.map(|digest| digest.0.to_be_bytes()),
        ])?;
    Ok(())
}

struct Writer<'a> {
    connection: &'a Connection,
    ingest: &'a Ingest,
    is_muted: bool,
    feed_tags: Vec<String>,
    /// Tag ids by name as given, and how many articles and unread ones each gains.
    tags: HashMap<String, Option<i64>>,
    gains: HashMap<i64, (i64, i64)>,
}

impl<'a> Writer<'a> {
    fn new(connection: &'a Connection, ingest: &'a Ingest) -> Result<Option<Self>, StoreError> {
        let found: Option<(bool, String)> = connection
            .prepare_cached("SELECT muted, tags FROM feed WHERE id = ?1 AND is_subscribed = 1")?
            .query_row([ingest.record.feed.0], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((is_muted, tags)) = found else {
            return Ok(None);
        };
        let feed_tags = serde_json::from_str(&tags)?;
        Ok(Some(Self { connection, ingest, is_muted, feed_tags, tags: HashMap::new(), gains: HashMap::new() }))
    }

    fn run(mut self) -> Result<Ingested, StoreError> {
        let keys: Vec<_> =
            self.ingest.items.iter().map(|item| (item.identities, item.fingerprint, item.title_hash)).collect();
        let Plan { new, changed, unchanged, repeated } = plan(&keys, &self.known()?);
        let mut done = Ingested { unchanged: unchanged.len(), repeated, ..Ingested::default() };
        // Feeds list the newest first: stored from the end, ids grow with the order of appearance.
        for index in new.iter().rev() {
            done.new.push(self.insert(&self.ingest.items[*index])?);
        }
        for (id, index) in &changed {
            self.update(*id, &self.ingest.items[*index])?;
            done.changed.push(*id);
        }
        self.write_counts(new.len() as i64)?;
        self.write_facts()?;
        write_record(self.connection, &self.ingest.record)?;
        Ok(done)
    }

    /// What is stored under the identities of these items. Weaker identities are only looked up where the guid is unknown,
    /// and none for a feed that has brought nothing yet.
    fn known(&self) -> Result<HashMap<Identity, Known>, StoreError> {
        let mut known = HashMap::new();
        let feed = self.ingest.record.feed.0;
        if !self.connection.prepare_cached("SELECT 1 FROM identity WHERE feed_id = ?1")?.exists([feed])? {
            return Ok(known);
        }
        let mut statement = self.connection.prepare_cached(
            "SELECT s.id, s.fingerprint, s.has_guid, s.title_hash, s.is_live FROM identity i \
             CROSS JOIN state s ON s.id = i.entry_id WHERE i.feed_id = ?1 AND i.hash = ?2",
        )?;
        for item in &self.ingest.items {
            for identity in item.identities.all() {
                let row = statement.query_row([feed, identity.0], |row| {
                    Ok(Known {
                        id: EntryId(row.get(0)?),
                        fingerprint: row.get(1)?,
                        has_guid: row.get(2)?,
                        title: row.get(3)?,
                        is_removed: !row.get::<_, bool>(4)?,
                    })
                });
                let found = row.optional()?;
                let is_enough = found.is_some() && Some(identity) == item.identities.guid;
                known.extend(found.map(|row| (identity, row)));
                if is_enough {
                    break;
                }
            }
        }
        Ok(known)
    }

    fn insert(&mut self, item: &Item) -> Result<EntryId, StoreError> {
        let Item { draft, .. } = item;
        let now = self.ingest.record.at.as_second();
        // A date in the future would pin the item to the top.
        let at = draft.published.or(draft.updated).map_or(now, |date| date.as_second().min(now));
        self.connection
            .prepare_cached(
                "INSERT INTO state (feed_id, at, first_seen, fingerprint, title_hash, has_guid) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                self.ingest.record.feed.0,
                at,
                now,
                item.fingerprint,
                item.title_hash,
                item.identities.guid.is_some()
            ])?;
        let id = self.connection.last_insert_rowid();
        self.connection
            .prepare_cached(
                "INSERT INTO entry (id, url, title, author, published, updated, language, summary) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                id,
                draft.url,
                draft.title,
                draft.authors.first(),
                draft.published.map(Timestamp::as_second),
                draft.updated.map(Timestamp::as_second),
                self.language(draft),
                item.summary,
            ])?;
        self.connection
            .prepare_cached("INSERT INTO body (id, html, details) VALUES (?1, ?2, ?3)")?
            .execute(params![id, html(draft), details(draft).json()?])?;
        self.remember(id, &item.identities)?;
        let feed_tags = std::mem::take(&mut self.feed_tags);
        let mut given = Vec::new();
        for (names, source) in [(&draft.categories, TagSource::Publisher), (&feed_tags, TagSource::Feed)] {
            for name in names {
                let Some(tag_id) = self.tag_id(name)? else { continue };
                self.put_tag(id, tag_id, source, at)?;
                if !given.contains(&tag_id) {
                    given.push(tag_id);
                    self.gain(tag_id, 1, 1);
                }
            }
        }
        self.feed_tags = feed_tags;
        Ok(EntryId(id))
    }

    fn language<'d>(&'d self, draft: &'d Draft) -> Option<&'d str> {
        draft.language.as_deref().or(self.ingest.facts.language.as_deref())
    }

    /// An edited item keeps its state, its place in the list and the user's tags.
    fn update(&mut self, id: EntryId, item: &Item) -> Result<(), StoreError> {
        let Item { draft, .. } = item;
        self.connection
            .prepare_cached(
                "UPDATE entry SET is_edited = max(is_edited, title <> ?3 OR (SELECT html <> ?9 FROM body WHERE id = ?1)), \
                 url = coalesce(?2, url), title = ?3, author = ?4, published = coalesce(?5, published), updated = ?6, \
                 language = ?7, summary = ?8 WHERE id = ?1",
            )?
            .execute(params![
                id.0,
                draft.url,
                draft.title,
                draft.authors.first(),
                draft.published.map(Timestamp::as_second),
                draft.updated.map(Timestamp::as_second),
                self.language(draft),
                item.summary,
                html(draft),
            ])?;
        self.connection.prepare_cached("UPDATE body SET html = ?2, details = ?3 WHERE id = ?1")?.execute(params![
            id.0,
            html(draft),
            details(draft).json()?
        ])?;
        self.connection
            .prepare_cached("UPDATE state SET fingerprint = ?2, title_hash = ?3, has_guid = ?4 WHERE id = ?1")?
            .execute(params![id.0, item.fingerprint, item.title_hash, item.identities.guid.is_some()])?;
        self.remember(id.0, &item.identities)?;
        self.retag(id, &draft.categories)
    }

    fn remember(&self, id: i64, identities: &Identities) -> Result<(), StoreError> {
        // An identity that another entry of the feed holds already (a shared link) stays with that entry.
        let mut statement = self
            .connection
            .prepare_cached("INSERT OR IGNORE INTO identity (feed_id, hash, entry_id) VALUES (?1, ?2, ?3)")?;
        for identity in identities.all() {
            statement.execute([self.ingest.record.feed.0, identity.0, id])?;
        }
        Ok(())
    }

    /// Brings the publisher's tags of an edited entry up to date.
    fn retag(&mut self, id: EntryId, categories: &[String]) -> Result<(), StoreError> {
        let (at, is_read): (i64, bool) = self
            .connection
            .prepare_cached("SELECT at, is_read FROM state WHERE id = ?1")?
            .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let wanted: Vec<String> = categories.iter().map(|name| tag::fold(name)).collect();
        let stored: Vec<(i64, String)> = self
            .connection
            .prepare_cached("SELECT x.tag_id, g.key FROM entry_tag x JOIN tag g ON g.id = x.tag_id WHERE x.entry_id = ?1 AND x.source = ?2")?
            .query_map(params![id.0, TagSource::Publisher as i64], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        for (tag_id, _) in stored.iter().filter(|(_, key)| !wanted.contains(key)) {
            self.connection
                .prepare_cached("DELETE FROM entry_tag WHERE entry_id = ?1 AND tag_id = ?2 AND source = ?3")?
                .execute(params![id.0, tag_id, TagSource::Publisher as i64])?;
            if !has_tag(self.connection, id.0, *tag_id)? {
                self.gain(*tag_id, -1, if is_read { 0 } else { -1 });
            }
        }
        for name in categories {
            let Some(tag_id) = self.tag_id(name)? else { continue };
            let had = has_tag(self.connection, id.0, tag_id)?;
            self.put_tag(id.0, tag_id, TagSource::Publisher, at)?;
            if !had {
                self.gain(tag_id, 1, i64::from(!is_read));
            }
        }
        Ok(())
    }

    /// The id of the tag that a publisher or user calls so; `None` when nothing is left of the name.
    fn tag_id(&mut self, name: &str) -> Result<Option<i64>, StoreError> {
        if let Some(id) = self.tags.get(name) {
            return Ok(*id);
        }
        let key = tag::fold(name);
        let id = if key.is_empty() { None } else { Some(super::tags::ensure(self.connection, &key, name)?) };
        self.tags.insert(name.to_owned(), id);
        Ok(id)
    }

    fn put_tag(&self, entry: i64, tag_id: i64, source: TagSource, at: i64) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("INSERT OR IGNORE INTO entry_tag (entry_id, tag_id, source, at) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![entry, tag_id, source as i64, at])?;
        Ok(())
    }

    fn gain(&mut self, tag_id: i64, articles: i64, unread: i64) {
        let gain = self.gains.entry(tag_id).or_default();
        gain.0 += articles;
        gain.1 += unread;
    }

    fn write_counts(&self, new: i64) -> Result<(), StoreError> {
        if new > 0 {
            self.connection
                .prepare_cached("UPDATE feed SET articles = articles + ?2, unread = unread + ?2 WHERE id = ?1")?
                .execute([self.ingest.record.feed.0, new])?;
        }
        // A muted feed's articles are not met through tags, so they do not count there.
        if !self.is_muted {
            let mut statement = self
                .connection
                .prepare_cached("UPDATE tag SET articles = articles + ?2, unread = unread + ?3 WHERE id = ?1")?;
            for (tag_id, (articles, unread)) in &self.gains {
                statement.execute([*tag_id, *articles, *unread])?;
            }
        }
        Ok(())
    }

    fn write_facts(&self) -> Result<(), StoreError> {
        let facts = serde_json::to_string(&self.ingest.facts)?;
        self.connection
            .prepare_cached(
                "UPDATE feed SET title = iif(?2 = '', title, ?2), facts = ?3 WHERE id = ?1 AND (title <> ?2 OR facts <> ?3)",
            )?
            .execute(params![self.ingest.record.feed.0, self.ingest.facts.title, facts])?;
        Ok(())
    }
}

fn has_tag(connection: &Connection, entry: i64, tag_id: i64) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM entry_tag WHERE entry_id = ?1 AND tag_id = ?2")?;
    Ok(statement.exists([entry, tag_id])?)
}

fn html(draft: &Draft) -> &str {
    draft.content.as_deref().or(draft.summary.as_deref()).unwrap_or_default()
}

fn details(draft: &Draft) -> Details {
    Details {
        authors: draft.authors.clone(),
        image: draft.image.clone(),
        enclosures: draft.enclosures.clone(),
        external_url: draft.external_url.clone(),
    }
}
