//! Feeds and subscriptions, and what is due.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::headlines::timestamp;
use super::state::recount;
use super::tags::{Place, place};
use super::{Store, StoreError, copies};
use crate::model::feed::{
    Digest, FailureKind, Feed, FeedFacts, FeedId, FetchError, FetchState, Quiet, Subscription, Validators, shown_url,
};
use crate::model::tag::{self, TagSource};

/// A subscription to be made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewFeed {
    pub url: String,
    pub subscription: Subscription,
    /// The publisher's title, when it is known already.
    pub title: String,
}

/// A feed whose time has come, with all that a fetch needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub id: FeedId,
    pub url: String,
    pub validators: Validators,
    pub digest: Option<Digest>,
    pub failures: u32,
    /// Seconds, when the user has set it.
    pub interval: Option<u32>,
    /// Minutes, when the publisher has.
    pub ttl: Option<u32>,
    pub quiet: Quiet,
    /// Articles that the last week brought; `None` before the first document.
    pub weekly: Option<u32>,
    /// When the server has named a time (429, 503), not before it.
    pub next_attempt: Timestamp,
    pub last_error: Option<FailureKind>,
    /// The user's command that the document passes before it is read.
    pub filter: Option<String>,
}

const COLUMNS: &str = "f.id, f.url, f.title, f.user_title, f.folder, f.tags, f.interval, f.fulltext, f.muted, f.facts, \
     f.articles, f.unread, f.starred, h.last_attempt, h.last_success, h.next_attempt, h.failures, h.error_kind, h.error_detail, f.filter";

impl Store {
    /// All subscribed feeds, in the order in which they were subscribed.
    pub async fn feeds(&self) -> Result<Vec<Feed>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM feed f JOIN fetch h ON h.feed_id = f.id WHERE f.is_subscribed = 1 ORDER BY f.id"
            ))?;
            let feeds = statement.query_map([], feed)?.collect::<Result<_, _>>()?;
            Ok(feeds)
        })
        .await
    }

    /// Subscribes to each; one that is subscribed already keeps its settings. Returns the ids in order, each with whether
    /// it is new. A feed that was unsubscribed before comes back with the states of its articles.
    pub async fn subscribe(&self, feeds: Vec<NewFeed>) -> Result<Vec<(FeedId, bool)>, StoreError> {
        self.edit(move |connection| {
            let states = |connection: &Connection| {
                let sql = "SELECT count(*) FROM feed WHERE is_subscribed = 0";
                connection.query_row(sql, [], |row| row.get::<_, i64>(0))
            };
            let before = states(connection)?;
            let subscribed = feeds.iter().map(|feed| subscribe(connection, feed)).collect::<Result<_, _>>()?;
            // What was starred in a feed that comes back may be muted now, or in another folder.
            if states(connection)? != before {
                recount(connection)?;
            }
            Ok(subscribed)
        })
        .await
    }

    /// Ends a subscription. Starred articles stay; of the others what was read is remembered, so that subscribing
    /// again does not bring them back as new.
    pub async fn unsubscribe(&self, id: FeedId) -> Result<(), StoreError> {
        self.edit(move |connection| {
            connection.execute("UPDATE feed SET is_subscribed = 0 WHERE id = ?1", [id.0])?;
            let doomed = "SELECT id FROM state WHERE feed_id = ?1 AND is_live = 1 AND is_starred = 0";
            for table in [
                "entry WHERE id",
                "body WHERE id",
                "page WHERE id",
                "position WHERE id",
                "revision WHERE entry_id",
                "entry_tag WHERE entry_id",
                "touched WHERE entry_id",
                "errand WHERE entry_id",
                "rule_queue WHERE id",
            ] {
                connection.execute(&format!("DELETE FROM {table} IN ({doomed})"), [id.0])?;
            }
            connection.execute(
                "UPDATE state SET is_live = 0 WHERE feed_id = ?1 AND is_live = 1 AND is_starred = 0",
                [id.0],
            )?;
            connection.execute(
                "UPDATE fetch SET etag = NULL, last_modified = NULL, digest = NULL WHERE feed_id = ?1",
                [id.0],
            )?;
            recount(connection)
        })
        .await
    }

    /// Replaces the settings of a subscription, and its URL when one is given.
    pub async fn edit_feed(
        &self,
        id: FeedId,
        url: Option<String>,
        subscription: Subscription,
    ) -> Result<(), StoreError> {
        self.edit(move |connection| {
            type Before = (String, bool, Option<String>, Option<String>);
            let (tags, was_muted, folder, filter): Before = connection
                .prepare_cached("SELECT tags, muted, folder, filter FROM feed WHERE id = ?1 AND is_subscribed = 1")?
                .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
                .optional()?
                .ok_or_else(|| StoreError::NoFeed(id.to_string()))?;
            write_subscription(connection, id, &subscription)?;
            let is_remade = url.is_some() || filter != subscription.filter;
            if let Some(url) = url {
                take_over(connection, id, &url)?;
                connection.execute("UPDATE feed SET url = ?2 WHERE id = ?1", params![id.0, url])?;
            }
            // What was known of the document says nothing of this one.
            if is_remade {
                connection.execute(
                    "UPDATE fetch SET etag = NULL, last_modified = NULL, digest = NULL, next_attempt = 0 WHERE feed_id = ?1",
                    [id.0],
                )?;
            }
            let are_tags_new = tags != serde_json::to_string(&subscription.tags)?;
            if are_tags_new {
                retag(connection, id, &subscription.tags)?;
            }
            if are_tags_new || was_muted != subscription.muted {
                recount(connection)
            } else if folder != subscription.folder {
                copies::recount(connection)
            } else {
                Ok(())
            }
        })
        .await
    }

    /// The feeds to fetch at `now`: those whose time has come, or with `all` every one. `only` narrows to these ids.
    pub async fn due(&self, now: Timestamp, all: bool, only: Option<Vec<FeedId>>) -> Result<Vec<Due>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT f.id, f.url, h.etag, h.last_modified, h.digest, h.failures, f.interval, f.facts ->> '$.ttl', \
                 h.next_attempt, h.error_kind, f.filter, f.facts -> '$.quiet', iif(h.last_success IS NULL, NULL, \
                 (SELECT count(*) FROM state s WHERE s.feed_id = f.id AND s.is_live = 1 AND s.at > ?2 - 604800)) FROM fetch h JOIN feed f ON f.id = h.feed_id \
                 WHERE f.is_subscribed = 1 AND (?1 OR h.next_attempt <= ?2) ORDER BY h.next_attempt, f.id",
            )?;
            let due = statement.query_map(params![all, now.as_second()], due)?.collect::<Result<Vec<_>, _>>()?;
            Ok(due.into_iter().filter(|due| only.as_ref().is_none_or(|only| only.contains(&due.id))).collect())
        })
        .await
    }

    /// When the next feed is due; `None` without subscriptions.
    pub async fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        self.read(|connection| {
            let sql =
                "SELECT min(h.next_attempt) FROM fetch h JOIN feed f ON f.id = h.feed_id WHERE f.is_subscribed = 1";
            let next: Option<i64> = connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
            Ok(next.map(timestamp))
        })
        .await
    }
}

fn subscribe(connection: &Connection, new: &NewFeed) -> Result<(FeedId, bool), StoreError> {
    let known: Option<(i64, bool)> = connection
        .prepare_cached("SELECT id, is_subscribed FROM feed WHERE url = ?1")?
        .query_row([&new.url], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let id = match known {
        Some((id, true)) => return Ok((FeedId(id), false)),
        Some((id, false)) => {
            connection.execute("UPDATE feed SET is_subscribed = 1 WHERE id = ?1", [id])?;
            connection.execute("UPDATE fetch SET next_attempt = 0 WHERE feed_id = ?1", [id])?;
            FeedId(id)
        }
        None => {
            // Until the publisher's name is known, the address stands in, without the user's password.
            let title = if new.title.is_empty() { shown_url(&new.url) } else { new.title.clone() };
            connection
                .prepare_cached("INSERT INTO feed (url, title) VALUES (?1, ?2)")?
                .execute(params![new.url, title])?;
            let id = connection.last_insert_rowid();
            connection.prepare_cached("INSERT INTO fetch (feed_id) VALUES (?1)")?.execute([id])?;
            FeedId(id)
        }
    };
    write_subscription(connection, id, &new.subscription)?;
    Ok((id, true))
}

/// Makes room for a feed at an address that another one had before. What is remembered of one that was unsubscribed goes
/// over to the feed, so that nothing comes back as new.
fn take_over(connection: &Connection, id: FeedId, url: &str) -> Result<(), StoreError> {
    let other: Option<(i64, bool)> = connection
        .prepare_cached("SELECT id, is_subscribed FROM feed WHERE url = ?1 AND id <> ?2")?
        .query_row(params![url, id.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match other {
        None => return Ok(()),
        Some((other, true)) => return Err(StoreError::Taken { url: shown_url(url), feed: FeedId(other) }),
        Some((other, false)) => {
            for table in ["identity", "state"] {
                let sql = format!("UPDATE OR IGNORE {table} SET feed_id = ?1 WHERE feed_id = ?2");
                connection.execute(&sql, [id.0, other])?;
            }
            for sql in [
                "DELETE FROM identity WHERE feed_id = ?1",
                "DELETE FROM ledger WHERE feed_id = ?1",
                "DELETE FROM fetch WHERE feed_id = ?1",
                "DELETE FROM feed WHERE id = ?1",
            ] {
                connection.execute(sql, [other])?;
            }
        }
    }
    // Entries of one feed are no copies of each other.
    connection.execute(
        "UPDATE state SET has_copies = 0 WHERE has_copies = 1 AND link IN \
         (SELECT link FROM state WHERE link IS NOT NULL GROUP BY link HAVING count(*) > count(DISTINCT feed_id))",
        [],
    )?;
    recount(connection)
}

fn write_subscription(connection: &Connection, id: FeedId, subscription: &Subscription) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE feed SET user_title = ?2, folder = ?3, tags = ?4, interval = ?5, fulltext = ?6, muted = ?7, filter = ?8 \
             WHERE id = ?1",
        )?
        .execute(params![
            id.0,
            subscription.title,
            subscription.folder,
            serde_json::to_string(&subscription.tags)?,
            subscription.interval,
            subscription.fulltext,
            subscription.muted,
            subscription.filter,
        ])?;
    Ok(())
}

/// Gives all articles of a feed its tags, and takes away those it no longer has. The caller recounts.
fn retag(connection: &Connection, id: FeedId, tags: &[String]) -> Result<(), StoreError> {
    let source = TagSource::Feed as i64;
    connection.execute(
        "DELETE FROM entry_tag WHERE source = ?2 AND entry_id IN (SELECT id FROM state WHERE feed_id = ?1)",
        [id.0, source],
    )?;
    for name in tags {
        let key = tag::fold(name);
        if key.is_empty() {
            continue;
        }
        let Place { tag_id, said } = place(connection, super::tags::ensure(connection, &key, name)?)?;
        connection.execute(
            "INSERT OR IGNORE INTO entry_tag (entry_id, tag_id, source, at, said) \
             SELECT id, ?2, ?3, at, ?4 FROM state WHERE feed_id = ?1 AND is_live = 1",
            [id.0, tag_id, source, said],
        )?;
    }
    Ok(())
}

fn feed(row: &Row<'_>) -> rusqlite::Result<Feed> {
    let count = |column| row.get::<_, i64>(column).map(|count| count.max(0) as u64);
    let facts: String = row.get(9)?;
    let facts: FeedFacts = serde_json::from_str(&facts).unwrap_or_default();
    let tags: String = row.get(5)?;
    Ok(Feed {
        id: FeedId(row.get(0)?),
        url: row.get(1)?,
        facts: FeedFacts { title: row.get(2)?, ..facts },
        subscription: Subscription {
            title: row.get(3)?,
            folder: row.get(4)?,
            tags: serde_json::from_str(&tags).unwrap_or_default(),
            interval: row.get(6)?,
            fulltext: row.get(7)?,
            muted: row.get(8)?,
            filter: row.get(19)?,
        },
        articles: count(10)?,
        unread: count(11)?,
        starred: count(12)?,
        fetch: FetchState {
            last_attempt: row.get::<_, Option<i64>>(13)?.map(timestamp),
            last_success: row.get::<_, Option<i64>>(14)?.map(timestamp),
            next_attempt: row.get::<_, Option<i64>>(15)?.filter(|at| *at > 0).map(timestamp),
            failures: row.get(16)?,
            error: fetch_error(row.get(17)?, row.get(18)?),
        },
    })
}

fn fetch_error(kind: Option<String>, detail: Option<String>) -> Option<FetchError> {
    let kind = FailureKind::from_name(&kind?)?;
    Some(FetchError { kind, detail: detail.unwrap_or_default() })
}

fn due(row: &Row<'_>) -> rusqlite::Result<Due> {
    let digest: Option<Vec<u8>> = row.get(4)?;
    let kind: Option<String> = row.get(9)?;
    let quiet: Option<String> = row.get(11)?;
    Ok(Due {
        id: FeedId(row.get(0)?),
        url: row.get(1)?,
        validators: Validators { etag: row.get(2)?, last_modified: row.get(3)? },
        digest: digest.and_then(|bytes| Some(Digest(u128::from_be_bytes(bytes.try_into().ok()?)))),
        failures: row.get(5)?,
        interval: row.get(6)?,
        ttl: row.get(7)?,
        quiet: quiet.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default(),
        weekly: row.get(12)?,
        next_attempt: timestamp(row.get(8)?),
        last_error: kind.and_then(|kind| FailureKind::from_name(&kind)),
        filter: row.get(10)?,
    })
}
