//! What the user says of stories: an article out of one, several into one. It stands, and it can be taken back.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::super::{Store, StoreError, copies};
use super::{begin, judge_anew, members, move_to, next_generation, story_of};
use crate::model::entry::EntryId;
use crate::model::story::StoryId;

/// An article that went from one story to another, and why it had joined the first: the bits of the likelihood, and the
/// article that it is most like.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Moved {
    id: EntryId,
    from: StoryId,
    to: StoryId,
    why: Option<(u32, EntryId)>,
}

/// What was said of two articles, before and now.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    one: EntryId,
    other: EntryId,
    before: Option<bool>,
    now: Option<bool>,
}

/// A split or a merge, with what it takes to take it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryEdit {
    /// The story that the articles are in now.
    pub story: StoryId,
    pub is_merge: bool,
    moved: Vec<Moved>,
    said: Vec<Said>,
}

impl StoryEdit {
    /// The articles that have another story now.
    #[must_use]
    pub fn entries(&self) -> Vec<EntryId> {
        self.moved.iter().map(|moved| moved.id).collect()
    }

    fn relate(&mut self, connection: &Connection, a: EntryId, b: EntryId, now: Option<bool>) -> Result<(), StoreError> {
        if a != b {
            let (one, other) = (a.min(b), a.max(b));
            let before = related(connection, one, other)?;
            set_related(connection, one, other, now)?;
            self.said.push(Said { one, other, before, now });
        }
        Ok(())
    }

    /// What the user has put together with articles that leave it stays together without them.
    fn hold_together(
        &mut self,
        connection: &Connection,
        rest: &[EntryId],
        leaving: &[EntryId],
    ) -> Result<(), StoreError> {
        let mut held = Vec::new();
        for id in rest {
            for gone in leaving {
                if related(connection, (*id).min(*gone), (*id).max(*gone))? == Some(true) {
                    held.push(*id);
                    break;
                }
            }
        }
        let Some((first, others)) = held.split_first() else { return Ok(()) };
        others.iter().try_for_each(|other| self.relate(connection, *first, *other, Some(true)))
    }

    /// Articles of stories that are made one are apart no longer, whatever was said of them before.
    fn forget_splits(&mut self, connection: &Connection, stories: &[StoryId]) -> Result<(), StoreError> {
        let mut all = BTreeSet::new();
        for story in stories {
            all.extend(members(connection, *story)?.into_iter().map(|(id, _)| id));
        }
        let mut statement =
            connection.prepare_cached("SELECT other FROM story_pair WHERE one = ?1 AND is_together = 0")?;
        for id in &all {
            let others: Vec<EntryId> =
                statement.query_map([id.0], |row| Ok(EntryId(row.get(0)?)))?.collect::<Result<_, _>>()?;
            let within = others.into_iter().filter(|other| all.contains(other));
            within.into_iter().try_for_each(|other| self.relate(connection, *id, other, None))?;
        }
        Ok(())
    }

    fn put(&mut self, connection: &Connection, id: EntryId, to: StoryId) -> Result<(), StoreError> {
        let Some(from) = story_of(connection, id)?.filter(|from| *from != to) else { return Ok(()) };
        let why = connection
            .prepare_cached("SELECT likelihood, like_id FROM story_entry WHERE entry_id = ?1")?
            .query_row([id.0], |row| Ok((row.get::<_, f32>(0)?.to_bits(), EntryId(row.get(1)?))))
            .optional()?;
        move_to(connection, id, to)?;
        self.moved.push(Moved { id, from, to, why });
        Ok(())
    }

    /// What follows from it: all articles of these stories may belong to other topics now.
    fn settle(&self, connection: &Connection) -> Result<(), StoreError> {
        let mut stories: Vec<StoryId> = self.moved.iter().flat_map(|moved| [moved.from, moved.to]).collect();
        stories.sort_unstable();
        stories.dedup();
        for story in stories {
            let articles: Vec<EntryId> = members(connection, story)?.into_iter().map(|(id, _)| id).collect();
            judge_anew(connection, &articles)?;
        }
        next_generation(connection)?;
        Ok(())
    }
}

impl Store {
    /// Takes articles out of their story, into one of their own, for good.
    pub async fn split(&self, entries: Vec<EntryId>) -> Result<Option<StoryEdit>, StoreError> {
        self.edit(move |connection| {
            // An article that several feeds have leaves with all of them.
            let entries = copies::with_copies(connection, entries)?;
            let mut rests = BTreeMap::new();
            for story in stories_of(connection, &entries)? {
                let all = members(connection, story)?.into_iter().map(|(id, _)| id);
                rests.insert(story, all.filter(|id| !entries.contains(id)).collect::<Vec<EntryId>>());
            }
            if rests.values().all(Vec::is_empty) {
                return Ok(None);
            }
            let story = begin(connection)?;
            let mut edit = StoryEdit { story, is_merge: false, moved: Vec::new(), said: Vec::new() };
            for rest in rests.values() {
                edit.hold_together(connection, rest, &entries)?;
            }
            for (nth, id) in entries.iter().enumerate() {
                let rest = story_of(connection, *id)?.and_then(|story| rests.get(&story));
                let mut rest = rest.into_iter().flatten();
                rest.try_for_each(|other| edit.relate(connection, *id, *other, Some(false)))?;
                let others = entries.iter().skip(nth + 1);
                others.into_iter().try_for_each(|other| edit.relate(connection, *id, *other, Some(true)))?;
                edit.put(connection, *id, story)?;
            }
            edit.settle(connection)?;
            Ok(Some(edit))
        })
        .await
    }

    /// Makes one story of those that these articles are in, for good.
    pub async fn merge(&self, entries: Vec<EntryId>) -> Result<Option<StoryEdit>, StoreError> {
        self.edit(move |connection| {
            let stories = stories_of(connection, &entries)?;
            let Some((story, others)) = stories.split_first() else { return Ok(None) };
            let mut edit = StoryEdit { story: *story, is_merge: true, moved: Vec::new(), said: Vec::new() };
            edit.forget_splits(connection, &stories)?;
            let first = entries.first().copied().unwrap_or(EntryId(0));
            for id in entries.iter().skip(1) {
                edit.relate(connection, first, *id, Some(true))?;
            }
            let kept = members(connection, *story)?.first().map(|(id, _)| *id);
            for other in others {
                for (id, _) in members(connection, *other)? {
                    if let Some(kept) = kept {
                        edit.relate(connection, kept, id, Some(true))?;
                    }
                    edit.put(connection, id, *story)?;
                }
            }
            edit.settle(connection)?;
            Ok(Some(edit))
        })
        .await
    }

    /// Takes a split or a merge back, as far as nothing else has been said since; gives what takes that back.
    pub async fn take_back(&self, edit: StoryEdit) -> Result<StoryEdit, StoreError> {
        self.edit(move |connection| {
            let mut back = StoryEdit { moved: Vec::new(), said: Vec::new(), ..edit };
            for Moved { id, from, to, why } in edit.moved.into_iter().rev() {
                let is_there = connection.prepare_cached("SELECT 1 FROM story WHERE id = ?1")?.exists([from.0])?;
                if !is_there || story_of(connection, id)? != Some(to) {
                    continue;
                }
                back.put(connection, id, from)?;
                if let Some((likelihood, like)) = why {
                    connection
                        .prepare_cached(
                            "INSERT OR REPLACE INTO story_entry (entry_id, likelihood, like_id) VALUES (?1, ?2, ?3)",
                        )?
                        .execute(params![id.0, f32::from_bits(likelihood), like.0])?;
                }
            }
            for Said { one, other, before, now } in edit.said.into_iter().rev() {
                if related(connection, one, other)? == now {
                    back.relate(connection, one, other, before)?;
                }
            }
            back.settle(connection)?;
            Ok(back)
        })
        .await
    }

    /// Whether the user has said that this article tells the same as another one.
    pub async fn is_merged(&self, id: EntryId) -> Result<bool, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT 1 FROM story_pair WHERE one = ?1 AND is_together = 1 \
                 UNION ALL SELECT 1 FROM story_pair WHERE other = ?1 AND is_together = 1",
            )?;
            Ok(statement.exists([id.0])?)
        })
        .await
    }
}

/// The stories of these articles, each once, in order.
fn stories_of(connection: &Connection, entries: &[EntryId]) -> Result<Vec<StoryId>, StoreError> {
    let mut stories = BTreeSet::new();
    for id in entries {
        stories.extend(story_of(connection, *id)?);
    }
    Ok(stories.into_iter().collect())
}

fn related(connection: &Connection, one: EntryId, other: EntryId) -> Result<Option<bool>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT is_together FROM story_pair WHERE one = ?1 AND other = ?2")?;
    Ok(statement.query_row([one.0, other.0], |row| row.get(0)).optional()?)
}

fn set_related(
    connection: &Connection,
    one: EntryId,
    other: EntryId,
    is_together: Option<bool>,
) -> Result<(), StoreError> {
    match is_together {
        Some(is_together) => connection
            .prepare_cached(
                "INSERT INTO story_pair (one, other, is_together) VALUES (?1, ?2, ?3) \
                 ON CONFLICT (one, other) DO UPDATE SET is_together = ?3",
            )?
            .execute(params![one.0, other.0, is_together])?,
        None => connection
            .prepare_cached("DELETE FROM story_pair WHERE one = ?1 AND other = ?2")?
            .execute([one.0, other.0])?,
    };
    Ok(())
}
