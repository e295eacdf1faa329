//! Feeds and subscriptions, and what is due.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::headlines::timestamp;
use super::state::recount;
use super::tags::{Place, place};
use super::{Store, StoreError, connection, copies};
use crate::model::feed::{
    Digest, FailureKind, Feed, FeedFacts, FeedId, FetchError, FetchState, Quiet, Subscription, Validators, shown_url,
};
use crate::model::ledger::Gap;
use crate::model::manners::Manners;
use crate::model::moved::Moved;
use crate::model::schedule::{Next, Terms, Why, reset};
use crate::model::tag::{self, TagSource};
use crate::model::traffic::Traffic;

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
    /// When articles last rolled past between two polls.
    pub gap: Option<Gap>,
    pub next_attempt: Timestamp,
    /// What the publisher wished at the last attempt.
    pub earliest: Timestamp,
    pub last_attempt: Option<Timestamp>,
    pub why: Option<Why>,
    pub traffic: Traffic,
    pub manners: Manners,
    pub moved: Option<Moved>,
    /// The user's command that the document passes before it is read.
    pub filter: Option<String>,
}

/// What a feed was asked by. Where the user has changed it since, what came is the answer to another question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub url: String,
    pub filter: Option<String>,
    pub manners: Manners,
}

impl Due {
    #[must_use]
    pub fn question(&self) -> Question {
        Question { url: self.url.clone(), filter: self.filter.clone(), manners: self.manners.clone() }
    }
}

/// Whether the feed would still be asked the same.
pub(super) fn is_still_asked(connection: &Connection, id: FeedId, question: &Question) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached("SELECT url, filter, manners FROM feed WHERE id = ?1")?;
    let now = statement.query_row([id.0], |row| {
        let manners = *manners(row.get(2)?).unwrap_or_default();
        Ok(Question { url: row.get(0)?, filter: row.get(1)?, manners })
    });
    Ok(now.optional()?.is_some_and(|now| now == *question))
}

const COLUMNS: &str = "f.id, f.url, f.title, f.user_title, f.folder, f.tags, f.interval, f.fulltext, f.muted, f.facts, \
     f.articles, f.unread, f.starred, h.last_attempt, h.last_success, h.next_attempt, h.failures, h.error_kind, h.error_detail, f.filter, h.why, h.traffic, f.manners, h.moved";

/// With the articles that the last week brought, counted from the index of each feed's list.
const DUE: &str = "SELECT f.id, f.url, h.etag, h.last_modified, h.digest, h.failures, f.interval, f.facts ->> '$.ttl', \
                 h.next_attempt, f.filter, h.last_attempt, f.facts -> '$.quiet', iif(h.last_success IS NULL, NULL, \
                 (SELECT count(*) FROM state s WHERE s.feed_id = f.id AND s.is_live = 1 AND s.at > ?2 - 604800)), h.why, h.traffic, f.manners, h.moved, l.gap_at, l.gap_interval, h.earliest FROM fetch h JOIN feed f ON f.id = h.feed_id \
                 LEFT JOIN ledger l ON l.feed_id = f.id \
                 WHERE f.is_subscribed = 1 AND (?1 OR h.next_attempt <= ?2 OR h.why = 'gone') \
                 ORDER BY h.error_kind IS 'timeout', h.next_attempt, f.id";

impl Store {
    /// All subscribed feeds, in the order in which they were subscribed.
    pub async fn feeds(&self) -> Result<Vec<Feed>, StoreError> {
        self.read(|connection| {
            connection::in_passing(connection, |connection| {
                let mut statement = connection.prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM feed f JOIN fetch h ON h.feed_id = f.id WHERE f.is_subscribed = 1 ORDER BY f.id"
                ))?;
                let feeds = statement.query_map([], feed)?.collect::<Result<_, _>>()?;
                Ok(feeds)
            })
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
    /// again brings those that the publisher still has back as they were. What the feed was asked with, its login above
    /// all, is forgotten.
    pub async fn unsubscribe(&self, id: FeedId) -> Result<(), StoreError> {
        self.edit(move |connection| {
            connection.execute("UPDATE feed SET is_subscribed = 0, manners = NULL WHERE id = ?1", [id.0])?;
            forget_login(connection, id)?;
            let doomed = "SELECT id FROM state WHERE feed_id = ?1 AND is_live = 1 AND is_starred = 0";
            connection.execute(
                &format!(
                    "INSERT OR IGNORE INTO kept_tag (entry_id, source, name) SELECT x.entry_id, x.source, g.name \
                     FROM entry_tag x JOIN tag g ON g.id = iif(x.said = 0, x.tag_id, x.said) \
                     WHERE x.source IN (?2, ?3) AND x.entry_id IN ({doomed})"
                ),
                [id.0, TagSource::User as i64, TagSource::Rule as i64],
            )?;
            for table in [
                "entry WHERE id",
                "body WHERE id",
                "page WHERE id",
                "position WHERE id",
                "revision WHERE entry_id",
                "entry_tag WHERE entry_id",
                // Judged anew when the article comes back; what the user has said of it stays.
                "topic_entry WHERE entry_id",
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

    /// Replaces the settings of a subscription, and its URL when one is given. A feed that its publisher has ended is asked
    /// once more; another interval counts at once. `usual` is the interval of feeds that have none of their own.
    pub async fn edit_feed(
        &self,
        id: FeedId,
        url: Option<String>,
        subscription: Subscription,
        usual: SignedDuration,
    ) -> Result<(), StoreError> {
        self.edit(move |connection| {
            type Before = (String, bool, Option<String>, Option<String>, Option<u32>, Option<String>);
            let (tags, was_muted, folder, filter, interval, before): Before = connection
                .prepare_cached(
                    "SELECT tags, muted, folder, filter, interval, manners FROM feed WHERE id = ?1 AND is_subscribed = 1",
                )?
                .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?)))
                .optional()?
                .ok_or_else(|| StoreError::NoFeed(id.to_string()))?;
            write_subscription(connection, id, &subscription)?;
            let is_remade = url.is_some() || filter != subscription.filter || manners(before) != subscription.manners;
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
            connection.execute("UPDATE fetch SET next_attempt = 0, why = NULL WHERE feed_id = ?1 AND why = 'gone'", [id.0])?;
            if interval != subscription.interval {
                reschedule(connection, id, subscription.interval, usual)?;
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

    /// Gives a feed the address that its server has moved it to, unless another feed is there; whether it has it now.
    pub async fn move_feed(&self, id: FeedId, asked: Question, url: String) -> Result<bool, StoreError> {
        self.edit(move |connection| {
            if !is_still_asked(connection, id, &asked)? {
                return Ok(false);
            }
            match take_over(connection, id, &url) {
                Err(StoreError::Taken { .. }) => return Ok(false),
                other => other?,
            }
            connection.execute("UPDATE feed SET url = ?2 WHERE id = ?1", params![id.0, url])?;
            connection.execute("UPDATE fetch SET moved = NULL WHERE feed_id = ?1", [id.0])?;
            Ok(true)
        })
        .await
    }

    /// The feeds to fetch at `now`: those whose time has come, or with `all` every one. `only` narrows to these ids; a feed
    /// that its publisher has ended is among them when it is named. Who let us wait the last time comes last.
    pub async fn due(&self, now: Timestamp, all: bool, only: Option<Vec<FeedId>>) -> Result<Vec<Due>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(DUE)?;
            let due = statement.query_map(params![all, now.as_second()], due)?.collect::<Result<Vec<_>, _>>()?;
            let is_wanted = |due: &Due| match &only {
                Some(only) => only.contains(&due.id),
                None => all || due.why != Some(Why::Gone),
            };
            Ok(due.into_iter().filter(is_wanted).collect())
        })
        .await
    }

    /// The feeds of the web that have answered since then, and when they last did.
    pub async fn reached_since(&self, since: Timestamp) -> Result<Vec<(String, Timestamp)>, StoreError> {
        self.read(move |connection| {
            let sql = "SELECT f.url, h.last_success FROM fetch h JOIN feed f ON f.id = h.feed_id \
                       WHERE h.last_success > ?1 AND f.url LIKE 'http%'";
            let mut statement = connection.prepare_cached(sql)?;
            let reached = statement.query_map([since.as_second()], |row| Ok((row.get(0)?, timestamp(row.get(1)?))))?;
            Ok(reached.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// When the next feed is due; `None` without subscriptions.
    pub async fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        self.read(|connection| {
            let sql =
                "SELECT min(h.next_attempt) FROM fetch h JOIN feed f ON f.id = h.feed_id WHERE f.is_subscribed = 1 \
                 AND h.why IS NOT 'gone'";
            let next: Option<i64> = connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
            Ok(next.map(timestamp))
        })
        .await
    }
}

/// Takes the login from the address of a feed that was unsubscribed, unless that is another one's already.
fn forget_login(connection: &Connection, id: FeedId) -> Result<(), StoreError> {
    let url: Option<String> =
        connection.query_row("SELECT url FROM feed WHERE id = ?1", [id.0], |row| row.get(0)).optional()?;
    let bare = url.as_deref().map(shown_url).filter(|bare| Some(bare) != url.as_ref());
    if let Some(bare) = bare {
        connection.execute("UPDATE OR IGNORE feed SET url = ?2 WHERE id = ?1", params![id.0, bare])?;
    }
    Ok(())
}

/// The feed at an address, and whether it is subscribed. One that was unsubscribed is known by its address without a login.
fn at_address(connection: &Connection, url: &str) -> Result<Option<(i64, bool)>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id, is_subscribed FROM feed WHERE url = ?1")?;
    let mut find = |url: &str| statement.query_row([url], |row| Ok((row.get(0)?, row.get(1)?))).optional();
    let known: Option<(i64, bool)> = find(url)?;
    let bare = shown_url(url);
    if known.is_some() || bare == url {
        return Ok(known);
    }
    Ok(find(&bare)?.filter(|(_, is_subscribed)| !is_subscribed))
}

fn subscribe(connection: &Connection, new: &NewFeed) -> Result<(FeedId, bool), StoreError> {
    let id = match at_address(connection, &new.url)? {
        Some((id, true)) => return Ok((FeedId(id), false)),
        Some((id, false)) => {
            connection.execute("UPDATE feed SET is_subscribed = 1, url = ?2 WHERE id = ?1", params![id, new.url])?;
            connection.execute("UPDATE fetch SET next_attempt = 0 WHERE feed_id = ?1", [id])?;
            // What was starred has stayed.
            retag(connection, FeedId(id), &new.subscription.tags)?;
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

/// Plans the next attempt anew from the last one.
fn reschedule(
    connection: &Connection,
    id: FeedId,
    interval: Option<u32>,
    usual: SignedDuration,
) -> Result<(), StoreError> {
    type Row = (Option<i64>, i64, i64, Option<String>, Option<String>);
    let sql = "SELECT h.last_attempt, h.next_attempt, h.earliest, h.why, f.facts -> '$.quiet' \
               FROM fetch h JOIN feed f ON f.id = h.feed_id WHERE h.feed_id = ?1";
    let (last, at, earliest, why, quiet): Row = connection
        .prepare_cached(sql)?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))?;
    let (Some(last), Some(why)) = (last, why.and_then(|name| Why::from_name(&name))) else { return Ok(()) };
    let own = interval.map(|seconds| SignedDuration::from_secs(seconds.into()));
    let terms = Terms { own, usual, weekly: None, gap: None, ttl: None, earliest: None, quiet: quiet_of(quiet) };
    let next = Next { at: timestamp(at), earliest: timestamp(earliest), why };
    let next = reset(timestamp(last), next, &terms);
    connection.prepare_cached("UPDATE fetch SET next_attempt = ?2, why = ?3 WHERE feed_id = ?1")?.execute(params![
        id.0,
        next.at.as_second(),
        next.why.name()
    ])?;
    Ok(())
}

fn quiet_of(json: Option<String>) -> Quiet {
    json.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default()
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
        "UPDATE state SET has_copies = 0, article = NULL WHERE has_copies = 1 AND article IN \
         (SELECT article FROM state WHERE has_copies = 1 GROUP BY article HAVING count(*) > count(DISTINCT feed_id))",
        [],
    )?;
    recount(connection)
}

fn write_subscription(connection: &Connection, id: FeedId, subscription: &Subscription) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE feed SET user_title = ?2, folder = ?3, tags = ?4, interval = ?5, fulltext = ?6, muted = ?7, filter = ?8, \
             manners = ?9 WHERE id = ?1",
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
            subscription.manners.as_deref().map(serde_json::to_string).transpose()?,
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
    let why = row.get::<_, Option<String>>(20)?.and_then(|name| Why::from_name(&name));
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
            manners: manners(row.get(22)?),
        },
        articles: count(10)?,
        unread: count(11)?,
        starred: count(12)?,
        fetch: FetchState {
            last_attempt: row.get::<_, Option<i64>>(13)?.map(timestamp),
            last_success: row.get::<_, Option<i64>>(14)?.map(timestamp),
            next_attempt: row.get::<_, Option<i64>>(15)?.filter(|at| *at > 0 && why != Some(Why::Gone)).map(timestamp),
            why,
            failures: row.get(16)?,
            error: fetch_error(row.get(17)?, row.get(18)?),
            traffic: traffic(row, 21)?,
            moved: moved(row, 23)?,
        },
    })
}

fn traffic(row: &Row<'_>, column: usize) -> rusqlite::Result<Traffic> {
    Ok(row.get_ref(column)?.as_blob_or_null()?.map(Traffic::from_bytes).unwrap_or_default())
}

fn moved(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Moved>> {
    Ok(row.get::<_, Option<String>>(column)?.and_then(|json| serde_json::from_str(&json).ok()))
}

fn manners(json: Option<String>) -> Option<Box<Manners>> {
    json.and_then(|json| serde_json::from_str::<Manners>(&json).ok()).and_then(Manners::if_any)
}

fn fetch_error(kind: Option<String>, detail: Option<String>) -> Option<FetchError> {
    let kind = FailureKind::from_name(&kind?)?;
    Some(FetchError { kind, detail: detail.unwrap_or_default() })
}

fn due(row: &Row<'_>) -> rusqlite::Result<Due> {
    let digest: Option<Vec<u8>> = row.get(4)?;
    let quiet: Option<String> = row.get(11)?;
    Ok(Due {
        id: FeedId(row.get(0)?),
        url: row.get(1)?,
        validators: Validators { etag: row.get(2)?, last_modified: row.get(3)? },
        digest: digest.and_then(|bytes| Some(Digest(u128::from_be_bytes(bytes.try_into().ok()?)))),
        failures: row.get(5)?,
        interval: row.get(6)?,
        ttl: row.get(7)?,
        quiet: quiet_of(quiet),
        weekly: row.get(12)?,
        next_attempt: timestamp(row.get(8)?),
        earliest: timestamp(row.get(19)?),
        filter: row.get(9)?,
        last_attempt: row.get::<_, Option<i64>>(10)?.map(timestamp),
        why: row.get::<_, Option<String>>(13)?.and_then(|name| Why::from_name(&name)),
        traffic: traffic(row, 14)?,
        manners: *manners(row.get(15)?).unwrap_or_default(),
        moved: moved(row, 16)?,
        gap: super::ledger::gap(row, 17)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_due_is_found_without_reading_the_articles() {
        let folder = tempfile::tempdir().unwrap();
        let connection = super::super::connection::writer(&folder.path().join("kabar.db")).unwrap();
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {DUE}")).unwrap();
        let plan = statement.query_map(params![false, 0], |row| row.get::<_, String>(3)).unwrap();
        let plan: Vec<String> = plan.map(Result::unwrap).collect();
        let of_articles: Vec<&String> = plan.iter().filter(|step| step.contains(" s ")).collect();
        let by_index = "SEARCH s USING COVERING INDEX state_feed (feed_id=? AND at>?)";
        assert_eq!(of_articles, [by_index], "{plan:#?}");
    }
}
