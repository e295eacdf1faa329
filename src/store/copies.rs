//! Articles that several feeds bring. Entries of different feeds with the same page are copies of one article, unless one
//! feed has two entries with it: then it is the page of a section, a status or a running story, and no article's. Entries
//! of different feeds that say the same within a few days are copies, too: agencies' texts come under many addresses.
//! `state.article` is the first entry of an article that has copies ([`crate::model::copies`]).
//!
//! Lists of more than one feed show an article once, so their counts are those of the feeds less the overlap, which is kept
//! along with every change of a group of copies: taken off before it, added again after.

mod joining;

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use super::{Store, StoreError};
use crate::model::entry::EntryId;
pub(super) use joining::{Arrival, Company, join};

/// How many articles, unread and starred ones, are counted more than once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Surplus {
    pub unread: u64,
    pub starred: u64,
}

/// By how much the counts of feeds, added up, are too high.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overlaps {
    pub all: Surplus,
    pub folders: BTreeMap<String, Surplus>,
}

/// The entries that count, once for each list of several feeds that has them.
const SCOPED: &str = "WITH member AS (SELECT s.id, s.article, s.is_read, s.is_starred, f.folder FROM state s \
     JOIN feed f ON f.id = s.feed_id WHERE s.has_copies = 1 AND s.is_live = 1 AND s.is_muted = 0 AND f.muted = 0 AND {which}), \
     scoped (kind, key, article, is_read, is_starred) AS ( \
     SELECT 0, '', article, is_read, is_starred FROM member \
     UNION ALL SELECT 1, folder, article, is_read, is_starred FROM member WHERE folder IS NOT NULL \
     UNION ALL SELECT 2, x.tag_id, m.article, m.is_read, m.is_starred FROM member m \
     CROSS JOIN entry_tag x ON x.entry_id = m.id GROUP BY m.id, x.tag_id), \
     surplus (kind, key, articles, unread, starred) AS ( \
     SELECT kind, key, count(*) - 1, max(sum(is_read = 0) - 1, 0), max(sum(is_starred) - 1, 0) \
     FROM scoped GROUP BY kind, key, article HAVING count(*) > 1) \
     SELECT kind, key, {sign} * sum(articles) AS articles, {sign} * sum(unread) AS unread, {sign} * sum(starred) AS starred \
     FROM surplus GROUP BY kind, key";

fn scoped(which: &str, sign: i64) -> String {
    SCOPED.replace("{which}", which).replace("{sign}", &sign.to_string())
}

/// The overlaps of everything, counted anew.
pub(super) fn counted() -> String {
    scoped("1", 1)
}

pub(super) fn recount(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("DELETE FROM overlap", [])?;
    connection.execute(&format!("INSERT INTO overlap {}", counted()), [])?;
    Ok(())
}

/// Takes the overlap of a group out of the counts, before the group changes.
pub(super) fn take_off(connection: &Connection, article: i64) -> Result<(), StoreError> {
    count_group(connection, article, -1)
}

/// Counts the overlap of a group again, after it has changed.
pub(super) fn put_back(connection: &Connection, article: i64) -> Result<(), StoreError> {
    count_group(connection, article, 1)
}

fn count_group(connection: &Connection, article: i64, sign: i64) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO overlap SELECT * FROM ({}) WHERE true ON CONFLICT (kind, key) DO UPDATE SET \
         articles = articles + excluded.articles, unread = unread + excluded.unread, starred = starred + excluded.starred",
        scoped("s.article = ?1", sign)
    );
    connection.prepare_cached(&sql)?.execute([article])?;
    Ok(())
}

/// These entries and the copies of their articles in other feeds.
pub(super) fn with_copies(connection: &Connection, entries: Vec<EntryId>) -> Result<Vec<EntryId>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT d.id FROM state s JOIN state d ON d.article = s.article AND d.has_copies = 1 \
         WHERE s.id = ?1 AND s.has_copies = 1 AND d.id <> s.id",
    )?;
    let mut seen: BTreeSet<EntryId> = entries.iter().copied().collect();
    let mut all = entries.clone();
    for id in entries {
        for copy in statement.query_map([id.0], |row| row.get(0).map(EntryId))? {
            let copy = copy?;
            if seen.insert(copy) {
                all.push(copy);
            }
        }
    }
    Ok(all)
}

/// The articles of those of these entries that have copies.
pub(super) fn articles(connection: &Connection, entries: &[EntryId]) -> Result<BTreeMap<EntryId, i64>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT article FROM state WHERE id = ?1 AND has_copies = 1")?;
    let mut articles = BTreeMap::new();
    for id in entries {
        for article in statement.query_map([id.0], |row| row.get::<_, i64>(0))? {
            articles.insert(*id, article?);
        }
    }
    Ok(articles)
}

/// The groups that these entries belong to.
pub(super) fn groups(connection: &Connection, entries: &[EntryId]) -> Result<BTreeSet<i64>, StoreError> {
    Ok(articles(connection, entries)?.into_values().collect())
}

impl Store {
    /// By how much the counts of the feeds, added up, exceed the articles there are.
    pub async fn overlaps(&self) -> Result<Overlaps, StoreError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT kind, key, unread, starred FROM overlap WHERE kind IN (0, 1)")?;
            let mut rows = statement.query([])?;
            let mut overlaps = Overlaps::default();
            while let Some(row) = rows.next()? {
                let count = |column| row.get::<_, i64>(column).map(|count| count.max(0) as u64);
                let surplus = Surplus { unread: count(2)?, starred: count(3)? };
                match row.get(0)? {
                    0_i64 => overlaps.all = surplus,
                    _ => drop(overlaps.folders.insert(row.get(1)?, surplus)),
                }
            }
            Ok(overlaps)
        })
        .await
    }

    /// The names of the other feeds that have the article.
    pub(super) fn other_feeds(connection: &Connection, id: EntryId) -> Result<Vec<String>, StoreError> {
        let mut statement = connection.prepare_cached(
            "SELECT DISTINCT coalesce(f.user_title, nullif(f.title, ''), f.url) FROM state s \
             JOIN state d ON d.article = s.article AND d.has_copies = 1 AND d.is_live = 1 AND d.id <> s.id \
             JOIN feed f ON f.id = d.feed_id WHERE s.id = ?1 AND s.has_copies = 1 ORDER BY d.id",
        )?;
        Ok(statement.query_map([id.0], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }
}
