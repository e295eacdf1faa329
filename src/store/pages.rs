//! Whole articles, fetched from their pages; and the blocks that a site repeats in all of its articles.

use rusqlite::{Connection, OptionalExtension, params};

use super::ingest::Tagging;
use super::revisions::{self, Source, Text};
use super::{Store, StoreError, copies};
use crate::model::entry::EntryId;
use crate::model::feed::FeedId;
use crate::model::page::Learned;
use crate::model::tag::TagSource;

/// Attempts at a page that could not be had.
const ATTEMPTS: u32 = 3;
/// A block is a site's when it was seen in this many of its articles.
const ARTICLES: u32 = 3;
/// In the place of an entry's id: the reader keeps the block. No entry has it.
const KEPT: i64 = 0;
/// Blocks remembered of one article.
const BLOCKS: usize = 60;

/// An entry whose page is to be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub id: EntryId,
    pub feed: FeedId,
    pub url: String,
}

/// A short block of an article: its fingerprint and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortBlock {
    pub hash: i64,
    pub words: String,
}

/// What the articles of a site have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Common {
    pub blocks: Vec<i64>,
    /// Articles that were kept with one of them, before so many had it.
    pub earlier: Vec<EntryId>,
}

impl Store {
    /// Keeps an entry's whole article with what its page tags it as; an older text that reads otherwise becomes a version.
    pub async fn save_page(
        &self,
        id: EntryId,
        html: String,
        tags: Vec<String>,
        canonical: Option<String>,
        at: jiff::Timestamp,
    ) -> Result<(), StoreError> {
        self.record(move |connection| {
            let old: Option<(String, String)> = connection
                .prepare_cached(
                    "SELECT e.title, p.html FROM page p JOIN entry e ON e.id = p.id WHERE p.id = ?1 AND p.html IS NOT NULL",
                )?
                .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            if let Some((title, old)) = old {
                let texts = (Text { title: &title, html: &old }, Text { title: &title, html: &html });
                revisions::replace(connection, id, Source::Page, texts, at)?;
            }
            connection
                .prepare_cached(
                    // A page that was asked for under its own address names none; what the form named still holds.
                    "INSERT INTO page (id, html, fetched, canonical, canonical_of) SELECT s.id, ?2, ?3, ?4, e.url \
                     FROM state s JOIN entry e ON e.id = s.id WHERE s.id = ?1 AND s.is_live = 1 \
                     ON CONFLICT (id) DO UPDATE SET html = ?2, fetched = ?3, problem = NULL, attempts = 0, \
                     is_stale = 0, canonical_of = excluded.canonical_of, \
                     canonical = coalesce(?4, CASE WHEN canonical_of = excluded.canonical_of THEN canonical END)",
                )?
                .execute(params![id.0, html, at.as_second(), canonical])?;
            tag(connection, id, &tags)
        })
        .await
    }

    /// Remembers why there is no whole article; one that was there before stays.
    pub async fn save_page_problem(
        &self,
        id: EntryId,
        problem: String,
        is_final: bool,
        at: jiff::Timestamp,
    ) -> Result<(), StoreError> {
        self.record(move |connection| {
            let attempts = if is_final { ATTEMPTS } else { 1 };
            connection
                .prepare_cached(
                    "INSERT INTO page (id, fetched, problem, attempts) SELECT ?1, ?2, ?3, ?4 FROM state \
                     WHERE id = ?1 AND is_live = 1 \
                     ON CONFLICT (id) DO UPDATE SET fetched = ?2, problem = ?3, attempts = attempts + ?4",
                )?
                .execute(params![id.0, at.as_second(), problem, attempts])?;
            Ok(())
        })
        .await
    }

    /// Entries first seen since then, of feeds whose articles are wanted whole, without their pages, and entries that were
    /// edited after their page was fetched; newest first.
    pub async fn pages_wanted(&self, since: jiff::Timestamp, limit: u32) -> Result<Vec<Wanted>, StoreError> {
        self.scan(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT s.id, s.feed_id, e.url, s.at FROM page p INDEXED BY page_stale CROSS JOIN state s ON s.id = p.id \
                 CROSS JOIN entry e ON e.id = p.id CROSS JOIN feed f ON f.id = s.feed_id \
                 WHERE p.is_stale = 1 AND p.html IS NOT NULL AND p.attempts < ?2 AND s.is_live = 1 \
                 AND f.is_subscribed = 1 AND e.url IS NOT NULL UNION ALL \
                 SELECT s.id, s.feed_id, e.url, s.at FROM feed f CROSS JOIN state s INDEXED BY state_feed ON s.feed_id = f.id \
                 CROSS JOIN entry e ON e.id = s.id LEFT JOIN page p ON p.id = s.id \
                 WHERE f.fulltext = 1 AND f.is_subscribed = 1 AND s.is_live = 1 AND s.first_seen >= ?1 \
                 AND e.url IS NOT NULL AND (p.id IS NULL OR (p.html IS NULL AND p.attempts < ?2)) \
                 ORDER BY 4 DESC, 1 DESC LIMIT ?3",
            )?;
            let rows = statement.query_map(params![since.as_second(), ATTEMPTS, limit], |row| {
                Ok(Wanted { id: EntryId(row.get(0)?), feed: FeedId(row.get(1)?), url: row.get(2)? })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Remembers the short blocks of one article of a site, and tells which of them enough other articles have, too.
    pub async fn learn_blocks(&self, site: String, id: EntryId, blocks: Vec<ShortBlock>) -> Result<Common, StoreError> {
        self.record(move |connection| {
            let mut insert = connection.prepare_cached(
                "INSERT OR IGNORE INTO boilerplate (site, hash, entry_id, words) VALUES (?1, ?2, ?3, ?4)",
            )?;
            let mut count = connection.prepare_cached(
                "SELECT count(*) FROM (SELECT 1 FROM boilerplate WHERE site = ?1 AND hash = ?2 AND entry_id > 0 LIMIT ?3)",
            )?;
            let mut is_kept = connection
                .prepare_cached("SELECT 1 FROM boilerplate WHERE site = ?1 AND hash = ?2 AND entry_id = ?3")?;
            let mut holders = connection.prepare_cached(
                "SELECT entry_id FROM boilerplate WHERE site = ?1 AND hash = ?2 AND entry_id NOT IN (?3, ?4)",
            )?;
            let mut common = Common::default();
            for block in blocks.into_iter().take(BLOCKS) {
                let seen: u32 = count.query_row(params![site, block.hash, ARTICLES + 1], |row| row.get(0))?;
                // Beyond that nothing is learned, and the table would only grow.
                if seen <= ARTICLES {
                    insert.execute(params![site, block.hash, id.0, block.words])?;
                }
                let is_known = seen >= ARTICLES;
                let seen: u32 = count.query_row(params![site, block.hash, ARTICLES], |row| row.get(0))?;
                if seen >= ARTICLES && !is_kept.exists(params![site, block.hash, KEPT])? {
                    common.blocks.push(block.hash);
                    if !is_known {
                        let ids = holders.query_map(params![site, block.hash, id.0, KEPT], |row| row.get(0))?;
                        common.earlier.extend(ids.collect::<Result<Vec<i64>, _>>()?.into_iter().map(EntryId));
                    }
                }
            }
            Ok(common)
        })
        .await
    }

    /// Changes an article that is kept, as `read` reads it; that is no new version of it.
    pub async fn reread_page(
        &self,
        id: EntryId,
        read: impl FnOnce(&str) -> String + Send + 'static,
    ) -> Result<(), StoreError> {
        self.record(move |connection| {
            let mut statement =
                connection.prepare_cached("SELECT html FROM page WHERE id = ?1 AND html IS NOT NULL")?;
            let kept: Option<String> = statement.query_row([id.0], |row| row.get(0)).optional()?;
            if let Some(kept) = kept {
                let html = read(&kept);
                if html != kept {
                    let mut update = connection.prepare_cached("UPDATE page SET html = ?2 WHERE id = ?1")?;
                    update.execute(params![id.0, html])?;
                }
            }
            Ok(())
        })
        .await
    }

    /// What has been learned of a site, and what of that its reader keeps.
    pub async fn learned_blocks(&self, site: String) -> Result<Vec<Learned>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT hash, min(words), sum(entry_id > 0), min(entry_id) = 0 FROM boilerplate WHERE site = ?1 \
                 GROUP BY hash HAVING sum(entry_id > 0) >= ?2 OR min(entry_id) = 0 ORDER BY 3 DESC, 2",
            )?;
            let rows = statement.query_map(params![site, ARTICLES], |row| {
                let articles: i64 = row.get(2)?;
                Ok(Learned { hash: row.get(0)?, words: row.get(1)?, articles: articles as u64, is_kept: row.get(3)? })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Keeps a block that was learned in the site's articles from now on, or leaves it out again.
    pub async fn keep_block(&self, site: String, hash: i64, is_kept: bool) -> Result<(), StoreError> {
        self.edit(move |connection| {
            let sql = if is_kept {
                "INSERT OR IGNORE INTO boilerplate (site, hash, entry_id, words) \
                 SELECT site, hash, ?3, words FROM boilerplate WHERE site = ?1 AND hash = ?2 LIMIT 1"
            } else {
                "DELETE FROM boilerplate WHERE site = ?1 AND hash = ?2 AND entry_id = ?3"
            };
            connection.execute(sql, params![site, hash, KEPT])?;
            Ok(())
        })
        .await
    }
}

/// The page's own tags, in place of those that it had when it was fetched before.
fn tag(connection: &Connection, id: EntryId, names: &[String]) -> Result<(), StoreError> {
    let is_heard: Option<bool> = connection
        .prepare_cached(
            "SELECT f.muted = 0 FROM state s JOIN feed f ON f.id = s.feed_id WHERE s.id = ?1 AND s.is_live = 1",
        )?
        .query_row([id.0], |row| row.get(0))
        .optional()?;
    let Some(is_heard) = is_heard else { return Ok(()) };
    let groups = copies::groups(connection, &[id])?;
    groups.iter().try_for_each(|article| copies::take_off(connection, *article))?;
    let mut tagging = Tagging::new(connection)?;
    tagging.retag(id, names, TagSource::Page)?;
    // What a muted feed brings counts nowhere.
    if is_heard {
        tagging.write_counts()?;
    }
    groups.iter().try_for_each(|article| copies::put_back(connection, *article))
}
