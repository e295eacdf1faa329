//! The search index: what is still to index, the writing of it, and the articles that match, best first.

mod expression;
mod hits;
mod rank;

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::RangeInclusive;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::rules::{self, Applying};
use super::{Store, StoreError, stories, views};
use crate::model::entry::EntryId;
use crate::model::feed::FeedId;
use crate::model::query::{Keys, Query};
use crate::model::terms::found::Sought;
use crate::model::terms::stem::Stems;
use crate::model::terms::{self, Indexed};

pub(super) use expression::expression;
pub(super) use hits::{DOWNWARDS, Hits, newest};
pub(super) use rank::is_common;
pub use rank::{Asked, Found, Further, Hit, Ranked, Stretch, best_first};

/// Hits that are ranked, the newest; and how many a list gathers before it walks in its own order instead.
pub(super) const NEWEST: usize = 2000;

/// The text of an article that is to be indexed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToIndex {
    pub id: EntryId,
    turn: i64,
    pub feed: FeedId,
    /// None when the article is gone.
    pub text: Option<Source>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub title: String,
    pub author: Option<String>,
    /// As declared, or as it was told from the text.
    pub language: Option<String>,
    /// The whole article where it is there, else the feed's text.
    pub html: String,
    /// It is from the article's page.
    pub is_whole: bool,
}

/// The words of an article, ready for the index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entered {
    pub indexed: Indexed,
    pub author: String,
    pub language: String,
    /// What the article is about, as `content::features` packs it.
    pub features: Vec<u8>,
    /// How many words the body has.
    pub words: u32,
}

thread_local! {
    /// Each lane remembers the stems of the words it was asked for.
    static STEMS: RefCell<Stems> = RefCell::default();
}

impl Store {
    /// How many articles are still to index.
    pub async fn unindexed(&self) -> Result<u64, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT count(*) FROM index_queue")?;
            Ok(statement.query_row([], |row| row.get::<_, i64>(0))?.unsigned_abs())
        })
        .await
    }

    /// Whether so many articles are still to index.
    pub async fn are_unindexed(&self, count: RangeInclusive<u64>) -> Result<bool, StoreError> {
        self.read(move |connection| {
            let mut statement =
                connection.prepare_cached("SELECT count(*) FROM (SELECT 1 FROM index_queue LIMIT ?1)")?;
            let waiting = statement.query_row([(count.end() + 1) as i64], |row| row.get::<_, i64>(0))?.unsigned_abs();
            Ok(count.contains(&waiting))
        })
        .await
    }

    /// The next articles to index, the newest first.
    pub async fn to_index(&self, limit: u32) -> Result<Vec<ToIndex>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT q.id, q.turn, e.title, e.author, e.language, coalesce(p.html, b.html), p.html IS NOT NULL, \
                 coalesce((SELECT feed_id FROM state WHERE id = q.id), 0) \
                 FROM (SELECT id, turn FROM index_queue ORDER BY id DESC LIMIT ?1) q LEFT JOIN entry e ON e.id = q.id \
                 LEFT JOIN body b ON b.id = q.id LEFT JOIN page p ON p.id = q.id",
            )?;
            let rows = statement.query_map([limit], |row| {
                let (title, html): (Option<String>, Option<String>) = (row.get(2)?, row.get(5)?);
                let (author, language) = (row.get(3)?, row.get(4)?);
                let is_whole = row.get(6)?;
                let text = title.zip(html).map(|(title, html)| Source { title, author, language, html, is_whole });
                Ok(ToIndex { id: EntryId(row.get(0)?), turn: row.get(1)?, feed: FeedId(row.get(7)?), text })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// The languages of feeds that nearly all of their newest articles are in.
    pub async fn usual_languages(&self, feeds: Vec<FeedId>) -> Result<HashMap<FeedId, String>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT e.language, count(*) FROM (SELECT id FROM state INDEXED BY state_feed \
                 WHERE feed_id = ?1 AND is_live = 1 ORDER BY at DESC LIMIT 50) s CROSS JOIN entry e ON e.id = s.id \
                 WHERE e.language IS NOT NULL GROUP BY 1 ORDER BY 2 DESC",
            )?;
            let mut usual = HashMap::new();
            for feed in feeds {
                let told = statement.query_map([feed.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
                let told: Vec<(String, i64)> = told.collect::<Result<_, _>>()?;
                let all: i64 = told.iter().map(|(_, count)| count).sum();
                let most = told.into_iter().next().filter(|(_, count)| count * 10 >= all * 9);
                usual.extend(most.map(|(language, _)| (feed, language)));
            }
            Ok(usual)
        })
        .await
    }

    /// What these articles say, as it is read for the index; those that are gone are left out.
    pub async fn sources(&self, ids: Vec<EntryId>) -> Result<HashMap<EntryId, Source>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT e.title, coalesce(p.html, b.html), e.author, e.language, p.html IS NOT NULL \
                 FROM entry e CROSS JOIN body b ON b.id = e.id LEFT JOIN page p ON p.id = e.id WHERE e.id = ?1",
            )?;
            let mut sources = HashMap::with_capacity(ids.len());
            for id in ids {
                let source = statement.query_row([id.0], |row| {
                    Ok(Source {
                        title: row.get(0)?,
                        html: row.get(1)?,
                        author: row.get(2)?,
                        language: row.get(3)?,
                        is_whole: row.get(4)?,
                    })
                });
                sources.extend(source.optional()?.map(|source| (id, source)));
            }
            Ok(sources)
        })
        .await
    }

    /// Writes the words of these articles and takes them off the queue; one whose text has changed meanwhile stays on it.
    /// Rules that have waited for the words are applied.
    pub async fn index(&self, mut done: Vec<(ToIndex, Option<Entered>)>, at: Timestamp) -> Result<(), StoreError> {
        let (is_read_shared, zone) = (self.is_read_shared, self.zone.clone());
        // An id below the last one makes FTS5 write out what it has gathered: a segment for every article.
        done.sort_by_key(|(item, _)| item.id);
        self.record(move |connection| {
            // All else first: a statement that may have to be taken back makes FTS5 write out what it has gathered.
            let mut due = Vec::with_capacity(done.len());
            for (item, words) in &done {
                if take_off(connection, item, words.as_ref())? {
                    due.push((item.id, words.as_ref()));
                }
            }
            due.into_iter().try_for_each(|(id, words)| enter(connection, id, words))?;
            let entered: Vec<EntryId> = done.iter().map(|(item, _)| item.id).collect();
            let applying = Applying { connection, is_read_shared, now: at.to_zoned(zone), is_new: true };
            rules::indexed(&applying, &entered)
        })
        .await
    }

    /// Puts every article on the queue when the index was made by other rules.
    pub async fn renew_index(&self) -> Result<(), StoreError> {
        let is_current = |connection: &Connection| -> Result<bool, StoreError> {
            let mut statement = connection.prepare_cached("SELECT version FROM index_rules")?;
            Ok(statement.query_row([], |row| row.get::<_, u32>(0))? == terms::VERSION)
        };
        if self.read(is_current).await? {
            return Ok(());
        }
        self.record(|connection| {
            connection.execute(
                "INSERT INTO index_queue (id) SELECT id FROM body WHERE true ON CONFLICT (id) DO UPDATE SET turn = turn + 1",
                [],
            )?;
            connection.execute("UPDATE index_rules SET version = ?1", [terms::VERSION])?;
            Ok(())
        })
        .await
    }

    /// The articles that match among the newest two thousand that say what the query asks for, the best first.
    pub async fn search(&self, asked: Asked) -> Result<Found, StoreError> {
        self.read(move |connection| rank::search(connection, &asked)).await
    }

    /// The next stretch of a ranking of everything. Between two of them others have their turn.
    pub async fn rank(&self, asked: Asked, from: Option<Further>) -> Result<Stretch, StoreError> {
        self.scan(move |connection| rank::stretch(connection, &asked, from)).await
    }

    /// The rows of what was ranked, in its order.
    pub async fn ranked(&self, ranked: Vec<Ranked>) -> Result<Vec<Hit>, StoreError> {
        self.scan(move |connection| rank::rows(connection, &ranked)).await
    }

    /// The first rows of a list in another order than that of time; with `once`, an article that several feeds have is there once.
    pub async fn ordered(&self, asked: Asked, keys: Keys) -> Result<Vec<Hit>, StoreError> {
        self.scan(move |connection| rank::ordered(connection, &asked, keys)).await
    }

    /// What a query looks for in texts, to show where it stands.
    pub async fn sought(&self, query: Query) -> Result<Sought, StoreError> {
        self.read(move |connection| {
            let query = views::expanded(connection, &query)?;
            let languages = languages(connection)?;
            let languages: Vec<&str> = languages.iter().map(String::as_str).collect();
            Ok(STEMS.with_borrow_mut(|stems| Sought::new(&query, &languages, stems)))
        })
        .await
    }
}

/// Takes an article off the queue and hands on what it is about; false when its text has changed meanwhile.
fn take_off(connection: &Connection, item: &ToIndex, words: Option<&Entered>) -> Result<bool, StoreError> {
    let is_its_turn = connection
        .prepare_cached("DELETE FROM index_queue WHERE id = ?1 AND turn = ?2")?
        .execute(params![item.id.0, item.turn])?;
    if is_its_turn == 0 {
        return Ok(false);
    }
    stories::enqueue(connection, item.id, words.map(|words| words.features.as_slice()))?;
    if let Some(language) = words.map(|words| &words.language).filter(|language| !language.is_empty()) {
        connection
            .prepare_cached("UPDATE entry SET language = ?2 WHERE id = ?1 AND language IS NULL")?
            .execute(params![item.id.0, language])?;
    }
    Ok(true)
}

/// Writes the words of an article, in place of what was there.
fn enter(connection: &Connection, id: EntryId, words: Option<&Entered>) -> Result<(), StoreError> {
    let was_there = connection
        .prepare_cached("SELECT 1 FROM indexed WHERE id = ?1")?
        .query_row([id.0], |_| Ok(()))
        .optional()?
        .is_some();
    if was_there {
        connection.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([id.0])?;
        connection.prepare_cached("DELETE FROM indexed WHERE id = ?1")?.execute([id.0])?;
    }
    let Some(Entered { indexed, author, language, words, .. }) = words else { return Ok(()) };
    connection
        .prepare_cached(
            "INSERT INTO search (rowid, title, title_stems, body, body_stems, author, often) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            id.0,
            indexed.title.surface,
            indexed.title.stems,
            indexed.body.surface,
            indexed.body.stems,
            author,
            indexed.salient
        ])?;
    connection
        .prepare_cached("INSERT INTO indexed (id, words, language) VALUES (?1, ?2, ?3)")?
        .execute(params![id.0, words, language])?;
    if !language.is_empty() {
        connection.prepare_cached("INSERT OR IGNORE INTO indexed_language (code) VALUES (?1)")?.execute([language])?;
    }
    Ok(())
}

/// The languages that the library holds, as far as it is indexed.
fn languages(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT code FROM indexed_language ORDER BY code")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// What the index is asked for the sake of this part of a query; `None` when it is not about words alone.
pub(super) fn match_of(connection: &Connection, query: &Query) -> Result<Option<String>, StoreError> {
    if !query.has_text() {
        return Ok(None);
    }
    let languages = languages(connection)?;
    let languages: Vec<&str> = languages.iter().map(String::as_str).collect();
    Ok(STEMS.with_borrow_mut(|stems| expression(query, &languages, stems)))
}

/// Zones to ask about at first. A beginning of a word that the index keeps no list of is joined from those of all its words,
/// whatever the zone: then there should be few questions.
pub(super) fn stride(matching: &str) -> usize {
    // As the table was made: `prefix = '4'`.
    const KEPT: usize = 4;
    let mut starts: Vec<&str> = matching.split("\" *").collect();
    starts.pop();
    let is_kept = |before: &str| before.rsplit(['"', ' ']).next().is_some_and(|start| start.chars().count() == KEPT);
    if starts.into_iter().all(is_kept) { 1 } else { 64 }
}

/// As JSON, for `json_each`.
pub(super) fn json(ids: &[i64]) -> String {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    format!("[{}]", ids.join(","))
}
