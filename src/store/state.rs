//! Read and starred: the user's marks on entries, and the counts that follow them.

use std::collections::BTreeSet;

use jiff::{Timestamp, Zoned};
use rusqlite::{Connection, params, params_from_iter};

use super::sql::{self, Compiled, Grain};
use super::{Store, StoreError, copies};
use crate::model::entry::EntryId;
use crate::model::query::{Query, State};

/// What to mark entries as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    Read,
    Unread,
    Starred,
    Unstarred,
    /// Hidden from every list but that of what is muted.
    Muted,
    Unmuted,
}

impl Mark {
    /// What undoes it.
    #[must_use]
    pub fn inverse(self) -> Self {
        match self {
            Self::Read => Self::Unread,
            Self::Unread => Self::Read,
            Self::Starred => Self::Unstarred,
            Self::Unstarred => Self::Starred,
            Self::Muted => Self::Unmuted,
            Self::Unmuted => Self::Muted,
        }
    }

    fn column(self) -> &'static str {
        match self {
            Self::Read | Self::Unread => "is_read",
            Self::Starred | Self::Unstarred => "is_starred",
            Self::Muted | Self::Unmuted => "is_muted",
        }
    }

    fn is_set(self) -> bool {
        matches!(self, Self::Read | Self::Starred | Self::Muted)
    }
}

/// A mark and the entries that it really changed; applying `inverse` to the same entries takes it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub mark: Mark,
    pub entries: Vec<EntryId>,
    /// How many articles that is, since several entries may be one.
    pub articles: usize,
}

/// Above this many entries, counting anew is cheaper than counting along.
const COUNT_ALONG: usize = 200;

impl Store {
    /// Marks these entries, read and unread in every feed that has their articles where that is shared, and muted in all of
    /// them: else another feed would show what is to be hidden. On disk when it returns.
    pub async fn mark(&self, entries: Vec<EntryId>, mark: Mark, at: Timestamp) -> Result<Change, StoreError> {
        let is_shared = self.is_read_shared;
        self.edit(move |connection| {
            let entries = match mark {
                Mark::Muted | Mark::Unmuted => copies::with_copies(connection, entries)?,
                _ => reached(connection, entries, mark, is_shared)?,
            };
            mark_entries(connection, entries, mark, Some(at))
        })
        .await
    }

    /// Marks these entries and no others: what takes a [`Change`] back.
    pub async fn mark_only(&self, entries: Vec<EntryId>, mark: Mark, at: Timestamp) -> Result<Change, StoreError> {
        self.edit(move |connection| mark_entries(connection, entries, mark, Some(at))).await
    }

    /// Marks all entries of a list that are not newer than `up_to`, the newest that was seen; of a list with a limit, the newest
    /// so many.
    pub async fn mark_all(
        &self,
        query: Query,
        up_to: Option<EntryId>,
        mark: Mark,
        now: Zoned,
    ) -> Result<Change, StoreError> {
        let is_shared = self.is_read_shared;
        // Only what is muted can be brought back, whether the query says so or not.
        let query = if mark == Mark::Unmuted { query.and(Query::Is(State::Muted)) } else { query };
        let at = Some(now.timestamp());
        self.edit(move |connection| {
            if query.limit().is_some() {
                let entries = sql::entries(connection, &query, &now)?;
                return mark_entries(connection, reached(connection, entries, mark, is_shared)?, mark, at);
            }
            let Compiled { from, filter, params, .. } = sql::compile(connection, &query, Grain::Entries, &now)?;
            let seen = up_to.map_or_else(String::new, |id| format!(" AND s.id <= {}", id.0));
            let column = mark.column();
            let sql =
                format!("SELECT s.id FROM {from} WHERE {filter}{seen} AND s.{column} = {}", i64::from(!mark.is_set()));
            let entries: Vec<EntryId> = connection
                .prepare(&sql)?
                .query_map(params_from_iter(params), |row| row.get(0).map(EntryId))?
                .collect::<Result<_, _>>()?;
            mark_entries(connection, reached(connection, entries, mark, is_shared)?, mark, at)
        })
        .await
    }
}

/// The entries that a mark is for, with their copies where it is shared with them.
pub(super) fn reached(
    connection: &Connection,
    entries: Vec<EntryId>,
    mark: Mark,
    is_shared: bool,
) -> Result<Vec<EntryId>, StoreError> {
    let is_reading = matches!(mark, Mark::Read | Mark::Unread);
    if is_shared && is_reading { copies::with_copies(connection, entries) } else { Ok(entries) }
}

/// `at` is when the user does it; what a rule does has none.
pub(super) fn mark_entries(
    connection: &Connection,
    entries: Vec<EntryId>,
    mark: Mark,
    at: Option<Timestamp>,
) -> Result<Change, StoreError> {
    let column = mark.column();
    let value = i64::from(mark.is_set());
    let mut set = connection.prepare_cached(&format!(
        "UPDATE state SET {column} = ?2, marked = coalesce(?3, marked) WHERE id = ?1 AND {column} <> ?2 AND is_live = 1"
    ))?;
    let articles = copies::articles(connection, &entries)?;
    let groups: BTreeSet<i64> = articles.values().copied().collect();
    groups.iter().try_for_each(|article| copies::take_off(connection, *article))?;
    let mut changed = Vec::new();
    for id in entries {
        if set.execute(params![id.0, value, at.map(Timestamp::as_second)])? > 0 {
            changed.push(id);
        }
    }
    if changed.len() > COUNT_ALONG {
        recount(connection)?;
    } else {
        count_along(connection, &changed, mark)?;
        groups.iter().try_for_each(|article| copies::put_back(connection, *article))?;
    }
    let (copied, single): (Vec<EntryId>, Vec<EntryId>) = changed.iter().partition(|id| articles.contains_key(id));
    let copied: BTreeSet<&i64> = copied.iter().filter_map(|id| articles.get(id)).collect();
    Ok(Change { mark, articles: single.len() + copied.len(), entries: changed })
}

fn count_along(connection: &Connection, changed: &[EntryId], mark: Mark) -> Result<(), StoreError> {
    // What is muted counts nowhere; muting takes out of every count what the article has in it.
    let (articles, unread, starred) = match mark {
        Mark::Read => ("0", "-(s.is_muted = 0)", "0"),
        Mark::Unread => ("0", "s.is_muted = 0", "0"),
        Mark::Starred => ("0", "0", "s.is_muted = 0"),
        Mark::Unstarred => ("0", "0", "-(s.is_muted = 0)"),
        Mark::Muted => ("-1", "-(s.is_read = 0)", "-s.is_starred"),
        Mark::Unmuted => ("1", "s.is_read = 0", "s.is_starred"),
    };
    let mut feed = connection.prepare_cached(&format!(
        "UPDATE feed SET articles = articles + {articles}, unread = unread + ({unread}), starred = starred + ({starred}) \
         FROM (SELECT * FROM state WHERE id = ?1) s WHERE feed.id = s.feed_id"
    ))?;
    let mut tags = connection.prepare_cached(&format!(
        "UPDATE tag SET articles = articles + {articles}, unread = unread + ({unread}) \
         FROM (SELECT * FROM state WHERE id = ?1) s WHERE tag.id IN (SELECT tag_id FROM entry_tag WHERE entry_id = ?1) \
         AND (SELECT muted FROM feed WHERE id = s.feed_id) = 0"
    ))?;
    for id in changed {
        feed.execute([id.0])?;
        if unread != "0" {
            tags.execute([id.0])?;
        }
    }
    Ok(())
}

/// The counts of every feed, from the states themselves.
pub(super) const FEED_COUNTS: &str = "SELECT f.id AS id, count(s.id) AS articles, count(iif(s.is_read = 0, 1, NULL)) AS unread, \
     count(iif(s.is_starred = 1, 1, NULL)) AS starred \
     FROM feed f LEFT JOIN state s ON s.feed_id = f.id AND s.is_live = 1 AND s.is_muted = 0 GROUP BY f.id";

/// The counts of every tag. A muted feed's articles are not met through tags, nor are muted ones.
pub(super) const TAG_COUNTS: &str = "SELECT g.id AS id, count(s.id) AS articles, count(iif(s.is_read = 0, 1, NULL)) AS unread \
     FROM tag g LEFT JOIN (SELECT DISTINCT tag_id, entry_id FROM entry_tag) x ON x.tag_id = g.id \
     LEFT JOIN state s ON s.id = x.entry_id AND s.is_live = 1 AND s.is_muted = 0 \
     AND s.feed_id NOT IN (SELECT id FROM feed WHERE muted = 1) GROUP BY g.id";

/// Counts everything anew.
pub(super) fn recount(connection: &Connection) -> Result<(), StoreError> {
    connection.execute(
        &format!(
            "UPDATE feed SET articles = c.articles, unread = c.unread, starred = c.starred FROM ({FEED_COUNTS}) c \
             WHERE c.id = feed.id AND (feed.articles, feed.unread, feed.starred) <> (c.articles, c.unread, c.starred)"
        ),
        [],
    )?;
    connection.execute(
        &format!(
            "UPDATE tag SET articles = c.articles, unread = c.unread FROM ({TAG_COUNTS}) c \
             WHERE c.id = tag.id AND (tag.articles, tag.unread) <> (c.articles, c.unread)"
        ),
        [],
    )?;
    copies::recount(connection)
}
