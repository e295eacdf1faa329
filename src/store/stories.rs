//! Stories: what is still to group, the articles around it, and where each has gone. Which belong together is decided
//! elsewhere (content/cluster); here it is kept.

mod said;

use std::collections::{BTreeSet, HashMap};

use jiff::{Timestamp, Zoned};
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

pub use said::StoryEdit;

use super::headlines::timestamp;
use super::rules::{self, Applying};
use super::sql::{self, Compiled, Grain, Hidden};
use super::{Store, StoreError, topics};
use crate::model::entry::EntryId;
use crate::model::query::Query;
use crate::model::story::{Story, StoryId};
use crate::model::topic::{Membership, TopicId};

/// An article as far as grouping knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Featured {
    pub id: EntryId,
    /// Unix seconds.
    pub at: i64,
    pub story: Option<StoryId>,
    /// What `content::features` packed.
    pub packed: Vec<u8>,
}

/// An article that is to be grouped.
#[derive(Debug, Clone, PartialEq)]
pub struct ToGroup {
    pub article: Featured,
    turn: i64,
    /// The articles that it is in one story with, by the user's word, and those that it never is.
    pub with: Vec<EntryId>,
    pub without: Vec<EntryId>,
    /// The story that one of the former has, and which.
    pub story_of_with: Option<(StoryId, EntryId)>,
}

/// The story that an article goes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Goes {
    /// It has one already.
    Stays(StoryId),
    To {
        story: StoryId,
        likelihood: f32,
        like: EntryId,
    },
    /// To that of an article earlier in the same step, which has no number yet.
    With {
        article: EntryId,
        likelihood: f32,
    },
    /// It is the first.
    First,
}

/// What one step of grouping has found out.
#[derive(Debug, Clone, Default)]
pub struct Grouped {
    pub placed: Vec<(ToGroup, Goes)>,
    pub topics: Vec<(TopicId, EntryId, Option<Membership>)>,
}

impl Store {
    /// How many articles are still to group.
    pub async fn ungrouped(&self) -> Result<u64, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT count(*) FROM story_queue")?;
            Ok(statement.query_row([], |row| row.get::<_, i64>(0))?.unsigned_abs())
        })
        .await
    }

    /// A number that grows with every change to stories and topics.
    pub async fn generation(&self) -> Result<i64, StoreError> {
        self.read(generation).await
    }

    /// The next articles to group, the oldest first, as they would have streamed in.
    pub async fn to_group(&self, limit: u32) -> Result<Vec<ToGroup>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT q.id, q.at, s.story, f.packed, q.turn FROM \
                 (SELECT id, at, turn FROM story_queue ORDER BY at, id LIMIT ?1) q \
                 LEFT JOIN state s ON s.id = q.id LEFT JOIN feature f ON f.id = q.id ORDER BY q.at, q.id",
            )?;
            let rows = statement.query_map([limit], |row| {
                Ok(ToGroup {
                    article: featured(row)?,
                    turn: row.get(4)?,
                    with: Vec::new(),
                    without: Vec::new(),
                    story_of_with: None,
                })
            })?;
            let mut articles: Vec<ToGroup> = rows.collect::<Result<_, _>>()?;
            for article in &mut articles {
                said_of(connection, article)?;
            }
            Ok(articles)
        })
        .await
    }

    /// The grouped articles of a stretch of time.
    pub async fn featured(&self, since: i64, until: i64) -> Result<Vec<Featured>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT s.id, s.at, s.story, f.packed FROM state s INDEXED BY state_at CROSS JOIN feature f ON f.id = s.id \
                 WHERE s.is_live = 1 AND s.at >= ?1 AND s.at < ?2 AND s.story IS NOT NULL",
            )?;
            let rows = statement.query_map([since, until], featured)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// What is known of these articles; those that are not indexed yet are left out.
    pub async fn features_of(&self, ids: Vec<EntryId>) -> Result<Vec<Featured>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT s.id, s.at, s.story, f.packed FROM state s CROSS JOIN feature f ON f.id = s.id WHERE s.id = ?1",
            )?;
            let mut found = Vec::new();
            for id in ids {
                found.extend(statement.query_row([id.0], featured).optional()?);
            }
            Ok(found)
        })
        .await
    }

    /// Up to `limit` articles with ids below `before`, the newest first.
    pub async fn features_before(&self, before: i64, limit: u32) -> Result<Vec<Featured>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT s.id, s.at, s.story, f.packed FROM feature f CROSS JOIN state s ON s.id = f.id \
                 WHERE f.id < ?1 AND s.is_live = 1 ORDER BY f.id DESC LIMIT ?2",
            )?;
            let rows = statement.query_map(params![before, limit], featured)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Writes a step, unless stories or topics have changed since `generation`: then nothing, and `None`. Gives the stories
    /// that the articles are in. Rules that have waited for it are applied.
    pub async fn put_grouped(
        &self,
        grouped: Grouped,
        since: i64,
        at: Timestamp,
    ) -> Result<Option<(HashMap<EntryId, StoryId>, i64)>, StoreError> {
        let (is_read_shared, zone) = (self.is_read_shared, self.zone.clone());
        self.record(move |connection| {
            if generation(connection)? != since {
                return Ok(None);
            }
            let mut stories = HashMap::new();
            for (item, goes) in &grouped.placed {
                if let Some(story) = place(connection, item, *goes, &stories)? {
                    stories.insert(item.article.id, story);
                }
            }
            let mut joined = topics::put(connection, &grouped.topics)?;
            let placed: Vec<EntryId> = grouped.placed.iter().map(|(item, _)| item.article.id).collect();
            let now = at.to_zoned(zone);
            let met: BTreeSet<EntryId> =
                placed.iter().copied().chain(grouped.topics.iter().map(|(_, id, _)| *id)).collect();
            joined.extend(topics::follow(connection, &met.into_iter().collect::<Vec<_>>(), &now)?);
            let applying = Applying { connection, is_read_shared, now, is_new: true };
            rules::grouped(&applying, &placed, &joined)?;
            Ok(Some((stories, next_generation(connection)?)))
        })
        .await
    }

    /// Puts what was grouped by other rules on the queue again: the articles since a moment; older stories stay as they are.
    pub async fn renew_stories(&self, version: u32, since: i64) -> Result<(), StoreError> {
        let is_current = move |connection: &Connection| -> Result<bool, StoreError> {
            let mut statement = connection.prepare_cached("SELECT stories FROM story_rules")?;
            Ok(statement.query_row([], |row| row.get::<_, u32>(0))? == version)
        };
        if self.read(is_current).await? {
            return Ok(());
        }
        self.record(move |connection| {
            connection.execute(
                "UPDATE state SET story = NULL, has_story = 0 WHERE story IN (SELECT id FROM story WHERE last >= ?1)",
                [since],
            )?;
            connection.execute(
                "INSERT INTO story_queue (id, at) SELECT f.id, s.at FROM feature f JOIN state s ON s.id = f.id \
                 WHERE s.story IS NULL AND s.is_live = 1 ON CONFLICT (id) DO UPDATE SET turn = turn + 1",
                [],
            )?;
            connection.execute("DELETE FROM story_entry WHERE entry_id IN (SELECT id FROM story_queue)", [])?;
            connection.execute("DELETE FROM story WHERE last >= ?1", [since])?;
            connection.execute("UPDATE story_rules SET stories = ?1", [version])?;
            next_generation(connection)?;
            Ok(())
        })
        .await
    }

    /// Stories that have an article of the list, those with the newest articles first. What lists hide is in none of them.
    pub async fn stories(&self, query: Query, limit: Option<u32>, now: Zoned) -> Result<Vec<Story>, StoreError> {
        self.scan(move |connection| {
            let Compiled { from, filter, params, .. } = sql::compile(connection, &query, Grain::Entries, &now)?;
            let limit = limit.map_or(-1, i64::from);
            let mut statement = connection.prepare(&format!(
                "SELECT t.id FROM story t WHERE t.size > 0 AND t.id IN \
                 (SELECT s.story FROM {from} WHERE {filter} AND s.story IS NOT NULL) \
                 ORDER BY t.last DESC, t.id DESC LIMIT {limit}"
            ))?;
            let ids: Vec<i64> =
                statement.query_map(params_from_iter(params), |row| row.get(0))?.collect::<Result<_, _>>()?;
            let hidden = sql::hidden(&query);
            ids.into_iter().filter_map(|id| story(connection, StoryId(id), hidden).transpose()).collect()
        })
        .await
    }

    /// The story with this number.
    pub async fn story(&self, id: StoryId) -> Result<Option<Story>, StoreError> {
        self.read(move |connection| story(connection, id, Hidden::MUTED)).await
    }

    /// Why an article joined its story: the likelihood and the article that it is most like.
    pub async fn why_in_story(&self, id: EntryId) -> Result<Option<(f32, EntryId)>, StoreError> {
        self.read(move |connection| {
            let mut statement =
                connection.prepare_cached("SELECT likelihood, like_id FROM story_entry WHERE entry_id = ?1")?;
            Ok(statement.query_row([id.0], |row| Ok((row.get(0)?, EntryId(row.get(1)?)))).optional()?)
        })
        .await
    }
}

fn featured(row: &rusqlite::Row<'_>) -> rusqlite::Result<Featured> {
    Ok(Featured {
        id: EntryId(row.get(0)?),
        at: row.get(1)?,
        story: row.get::<_, Option<i64>>(2)?.map(StoryId),
        packed: row.get::<_, Option<Vec<u8>>>(3)?.unwrap_or_default(),
    })
}

fn generation(connection: &Connection) -> Result<i64, StoreError> {
    let mut statement = connection.prepare_cached("SELECT generation FROM story_rules")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// Says that stories or topics have changed.
pub(super) fn next_generation(connection: &Connection) -> Result<i64, StoreError> {
    let mut statement =
        connection.prepare_cached("UPDATE story_rules SET generation = generation + 1 RETURNING generation")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// Puts an article on the queue, in the transaction that has indexed it.
pub(super) fn enqueue(connection: &Connection, id: EntryId, packed: Option<&[u8]>) -> Result<(), StoreError> {
    match packed {
        Some(packed) => {
            connection
                .prepare_cached(
                    "INSERT INTO feature (id, packed) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET packed = ?2",
                )?
                .execute(params![id.0, packed])?;
            connection
                .prepare_cached(
                    "INSERT INTO story_queue (id, at) SELECT id, at FROM state WHERE id = ?1 \
                     ON CONFLICT (id) DO UPDATE SET turn = turn + 1",
                )?
                .execute([id.0])?;
        }
        None => {
            connection.prepare_cached("DELETE FROM feature WHERE id = ?1")?.execute([id.0])?;
        }
    }
    Ok(())
}

/// Has topics judged anew of these articles, which have a story: it says something of them, too.
fn judge_anew(connection: &Connection, ids: &[EntryId]) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO story_queue (id, at) SELECT s.id, s.at FROM state s JOIN feature f ON f.id = s.id \
         WHERE s.id = ?1 AND s.is_live = 1 AND EXISTS (SELECT 1 FROM topic) \
         ON CONFLICT (id) DO UPDATE SET turn = turn + 1",
    )?;
    ids.iter().try_for_each(|id| statement.execute([id.0]).map(drop))?;
    Ok(())
}

/// What the user has said of an article, with all that follows from it: what is together with the same is together, and apart
/// from the same.
fn said_of(connection: &Connection, item: &mut ToGroup) -> Result<(), StoreError> {
    let id = item.article.id;
    let (with, apart) = together(connection, id)?;
    if with.is_empty() && apart.is_empty() {
        return Ok(());
    }
    for other in apart.iter().filter(|other| !with.contains(other)) {
        item.without.push(*other);
        item.without
            .extend(together(connection, *other)?.0.into_iter().filter(|one| *one != id && !with.contains(one)));
    }
    for other in &with {
        item.story_of_with = item.story_of_with.or(story_of(connection, *other)?.map(|story| (story, *other)));
    }
    item.with = with;
    Ok(())
}

/// The articles that one is together with by the user's word, and those that any of them is apart from.
fn together(connection: &Connection, id: EntryId) -> Result<(Vec<EntryId>, Vec<EntryId>), StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT other, is_together FROM story_pair WHERE one = ?1 \
         UNION ALL SELECT one, is_together FROM story_pair WHERE other = ?1",
    )?;
    let (mut with, mut apart) = (vec![id], Vec::new());
    let mut next = 0;
    while let Some(one) = with.get(next).copied() {
        next += 1;
        let mut rows = statement.query([one.0])?;
        while let Some(row) = rows.next()? {
            let other = EntryId(row.get(0)?);
            let list = if row.get(1)? { &mut with } else { &mut apart };
            if !list.contains(&other) {
                list.push(other);
            }
        }
    }
    with.swap_remove(0);
    Ok((with, apart))
}

fn begin(connection: &Connection) -> Result<StoryId, StoreError> {
    connection.prepare_cached("INSERT INTO story (size, last) VALUES (0, 0)")?.execute([])?;
    Ok(StoryId(connection.last_insert_rowid()))
}

fn story_of(connection: &Connection, id: EntryId) -> Result<Option<StoryId>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT story FROM state WHERE id = ?1")?;
    let story: Option<Option<i64>> = statement.query_row([id.0], |row| row.get(0)).optional()?;
    Ok(story.flatten().map(StoryId))
}

/// The articles of a story with their moments, the first to tell first.
fn members(connection: &Connection, story: StoryId) -> Result<Vec<(EntryId, i64)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, at FROM state INDEXED BY state_story WHERE story = ?1 AND is_live = 1 ORDER BY at, id",
    )?;
    let rows = statement.query_map([story.0], |row| Ok((EntryId(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn place(
    connection: &Connection,
    item: &ToGroup,
    goes: Goes,
    placed: &HashMap<EntryId, StoryId>,
) -> Result<Option<StoryId>, StoreError> {
    let id = item.article.id;
    let is_its_turn = connection
        .prepare_cached("DELETE FROM story_queue WHERE id = ?1 AND turn = ?2")?
        .execute(params![id.0, item.turn])?;
    if is_its_turn == 0 || item.article.packed.is_empty() {
        return Ok(None);
    }
    let (story, why) = match goes {
        Goes::Stays(story) => return Ok(Some(story)),
        Goes::To { story, likelihood, like } => (story, Some((likelihood, like))),
        Goes::With { article, likelihood } => match placed.get(&article) {
            Some(story) => (*story, Some((likelihood, article))),
            None => (begin(connection)?, None),
        },
        Goes::First => (begin(connection)?, None),
    };
    move_to(connection, id, story)?;
    if let Some((likelihood, like)) = why {
        connection
            .prepare_cached("INSERT OR REPLACE INTO story_entry (entry_id, likelihood, like_id) VALUES (?1, ?2, ?3)")?
            .execute(params![id.0, likelihood, like.0])?;
    }
    Ok(Some(story))
}

/// Puts an article into a story and takes it out of the one it was in.
fn move_to(connection: &Connection, id: EntryId, story: StoryId) -> Result<(), StoreError> {
    let old = story_of(connection, id)?;
    connection.prepare_cached("UPDATE state SET story = ?2 WHERE id = ?1")?.execute([id.0, story.0])?;
    connection.prepare_cached("DELETE FROM story_entry WHERE entry_id = ?1")?.execute([id.0])?;
    for story in old.into_iter().chain([story]) {
        connection
            .prepare_cached(
                "UPDATE story SET (size, last) = (SELECT count(*), coalesce(max(at), 0) FROM state INDEXED BY state_story \
                 WHERE story = ?1 AND is_live = 1) WHERE id = ?1",
            )?
            .execute([story.0])?;
        connection
            .prepare_cached(
                "UPDATE state SET has_story = (SELECT size > 1 FROM story WHERE id = ?1) WHERE story = ?1 \
                 AND has_story <> (SELECT size > 1 FROM story WHERE id = ?1)",
            )?
            .execute([story.0])?;
    }
    Ok(())
}

fn story(connection: &Connection, id: StoryId, hidden: Hidden) -> Result<Option<Story>, StoreError> {
    let mut shown = connection.prepare_cached(
        "SELECT s.id, s.at FROM state s INDEXED BY state_story JOIN feed f ON f.id = s.feed_id \
         WHERE s.story = ?1 AND s.is_live = 1 AND NOT (s.is_muted AND ?2) AND NOT (f.muted AND ?3) ORDER BY s.at, s.id",
    )?;
    let params = params![id.0, hidden.articles, hidden.feeds];
    let members = shown.query_map(params, |row| Ok((EntryId(row.get(0)?), row.get::<_, i64>(1)?)))?;
    let members: Vec<(EntryId, i64)> = members.collect::<Result<_, _>>()?;
    let (Some((first, from)), Some((_, to))) = (members.first(), members.last()) else { return Ok(None) };
    let title: Option<String> = connection
        .prepare_cached("SELECT title FROM entry WHERE id = ?1")?
        .query_row([first.0], |row| row.get(0))
        .optional()?;
    Ok(Some(Story {
        id,
        title: title.unwrap_or_default(),
        first: timestamp(*from),
        last: timestamp(*to),
        articles: members.into_iter().map(|(id, _)| id).collect(),
    }))
}
