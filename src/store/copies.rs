//! Articles that several feeds bring. Entries of different feeds with the same page are copies of one article, unless one
//! feed has two entries with it: then it is the page of a section, a status or a running story, and no article's.
//!
//! Lists of more than one feed show an article once, so their counts are those of the feeds less the overlap, which is kept
//! along with every change of a group of copies: taken off before it, added again after.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};

use super::{Store, StoreError};
use crate::model::entry::EntryId;

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
const SCOPED: &str = "WITH member AS (SELECT s.id, s.link, s.is_read, s.is_starred, f.folder FROM state s \
     JOIN feed f ON f.id = s.feed_id WHERE s.has_copies = 1 AND s.is_live = 1 AND s.is_muted = 0 AND f.muted = 0 AND {which}), \
     scoped (kind, key, link, is_read, is_starred) AS ( \
     SELECT 0, '', link, is_read, is_starred FROM member \
     UNION ALL SELECT 1, folder, link, is_read, is_starred FROM member WHERE folder IS NOT NULL \
     UNION ALL SELECT 2, x.tag_id, m.link, m.is_read, m.is_starred FROM member m \
     CROSS JOIN entry_tag x ON x.entry_id = m.id GROUP BY m.id, x.tag_id), \
     surplus (kind, key, articles, unread, starred) AS ( \
     SELECT kind, key, count(*) - 1, max(sum(is_read = 0) - 1, 0), max(sum(is_starred) - 1, 0) \
     FROM scoped GROUP BY kind, key, link HAVING count(*) > 1) \
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
pub(super) fn take_off(connection: &Connection, link: i64) -> Result<(), StoreError> {
    count_group(connection, link, -1)
}

/// Counts the overlap of a group again, after it has changed.
pub(super) fn put_back(connection: &Connection, link: i64) -> Result<(), StoreError> {
    count_group(connection, link, 1)
}

fn count_group(connection: &Connection, link: i64, sign: i64) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO overlap SELECT * FROM ({}) WHERE true ON CONFLICT (kind, key) DO UPDATE SET \
         articles = articles + excluded.articles, unread = unread + excluded.unread, starred = starred + excluded.starred",
        scoped("s.link = ?1", sign)
    );
    connection.prepare_cached(&sql)?.execute([link])?;
    Ok(())
}

/// An entry that has the same page as another one.
struct Peer {
    id: i64,
    feed: i64,
    title: i64,
    is_read: bool,
    has_copies: bool,
}

/// What the other entries with a page mean for a new one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Company {
    /// Others have the page, be it an article's or not: their group has to be put back.
    pub is_shared: bool,
    pub has_copies: bool,
    /// Some copy has been read.
    pub is_read: bool,
}

/// Looks at who else has this page, before an entry with it is stored, and tells them that they have company, or that the
/// page is no article's. When somebody has it, the caller puts the group back once the entry is there.
pub(super) fn join(
    connection: &Connection,
    link: i64,
    (feed, title): (i64, i64),
    is_own: bool,
    except: Option<i64>,
) -> Result<Company, StoreError> {
    let peers: Vec<Peer> = connection
        .prepare_cached(
            "SELECT id, feed_id, title_hash, is_read, has_copies FROM state WHERE link = ?1 AND id IS NOT ?2",
        )?
        .query_map(params![link, except], |row| {
            Ok(Peer {
                id: row.get(0)?,
                feed: row.get(1)?,
                title: row.get(2)?,
                is_read: row.get(3)?,
                has_copies: row.get(4)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    if peers.is_empty() {
        return Ok(Company::default());
    }
    let feeds: BTreeSet<i64> = peers.iter().map(|peer| peer.feed).chain([feed]).collect();
    let is_articles = feeds.len() == peers.len() + 1 && (is_own || peers.iter().all(|peer| peer.title == title));
    take_off(connection, link)?;
    let mut set = connection.prepare_cached("UPDATE state SET has_copies = ?2 WHERE id = ?1")?;
    for peer in peers.iter().filter(|peer| peer.has_copies != is_articles) {
        set.execute(params![peer.id, is_articles])?;
    }
    Ok(Company {
        is_shared: true,
        has_copies: is_articles,
        is_read: is_articles && peers.iter().any(|peer| peer.is_read),
    })
}

/// These entries and the copies of their articles in other feeds.
pub(super) fn with_copies(connection: &Connection, entries: Vec<EntryId>) -> Result<Vec<EntryId>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT d.id FROM state s JOIN state d ON d.link = s.link AND d.has_copies = 1 \
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

/// The pages of those of these entries that have copies.
pub(super) fn pages(connection: &Connection, entries: &[EntryId]) -> Result<BTreeMap<EntryId, i64>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT link FROM state WHERE id = ?1 AND has_copies = 1")?;
    let mut pages = BTreeMap::new();
    for id in entries {
        for link in statement.query_map([id.0], |row| row.get::<_, i64>(0))? {
            pages.insert(*id, link?);
        }
    }
    Ok(pages)
}

/// The groups that these entries belong to.
pub(super) fn groups(connection: &Connection, entries: &[EntryId]) -> Result<BTreeSet<i64>, StoreError> {
    Ok(pages(connection, entries)?.into_values().collect())
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
             JOIN state d ON d.link = s.link AND d.has_copies = 1 AND d.is_live = 1 AND d.id <> s.id \
             JOIN feed f ON f.id = d.feed_id WHERE s.id = ?1 AND s.has_copies = 1 ORDER BY d.id",
        )?;
        Ok(statement.query_map([id.0], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }
}
