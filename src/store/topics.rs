//! Followed topics: what is followed, what the user has taught, and which articles belong. A topic's articles bear its tag.

mod naming;

use jiff::{Timestamp, Zoned};
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

pub(super) use naming::follow;
use naming::judge_anew;

use super::headlines::timestamp;
use super::sql::{self, Compiled, Grain};
use super::stories::next_generation;
use super::tags::Place;
use super::{Store, StoreError, copies, search, tags, views};
use crate::model::entry::EntryId;
use crate::model::query::Query;
use crate::model::tag::{self, TagSource};
use crate::model::topic::{BELONGS, Membership, Topic, TopicCount, TopicId, TopicRow, Why};

impl Store {
    /// The topics that are followed, by name, with what was taught.
    pub async fn topics(&self) -> Result<Vec<TopicCount>, StoreError> {
        self.read(|connection| {
            let mut taught = connection
                .prepare_cached("SELECT entry_id, is_in FROM topic_taught WHERE topic_id = ?1 ORDER BY entry_id")?;
            let mut topics = Vec::new();
            for (row, query) in rows(connection)? {
                let TopicRow { id, name, articles, unread, .. } = row;
                let said = taught.query_map([id.0], |row| Ok((EntryId(row.get(0)?), row.get(1)?)))?;
                let topic = Topic { id, name, query, taught: said.collect::<Result<_, _>>()? };
                topics.push(TopicCount { topic, articles, unread });
            }
            Ok(topics)
        })
        .await
    }

    /// The topics as a list of places shows them.
    pub async fn topic_rows(&self) -> Result<Vec<TopicRow>, StoreError> {
        self.read(|connection| Ok(rows(connection)?.into_iter().map(|(row, _)| row).collect())).await
    }

    /// Follows a topic, or adds to it. `None` when nothing is left of its name.
    pub async fn follow(
        &self,
        name: String,
        query: Option<String>,
        taught: Vec<(EntryId, bool)>,
    ) -> Result<Option<TopicId>, StoreError> {
        self.edit(move |connection| {
            let key = tag::fold(&name);
            if key.is_empty() {
                return Ok(None);
            }
            let tag_id = tags::ensure(connection, &key, &name)?;
            let name = name.trim().trim_start_matches('#').trim_start();
            let before: Option<Option<String>> = connection
                .prepare_cached("SELECT query FROM topic WHERE tag_id = ?1")?
                .query_row([tag_id], |row| row.get(0))
                .optional()?;
            let query = match query.as_deref().map(Query::parse) {
                Some(Ok(parsed)) if parsed.names_view() => Some(views::kept(connection, &parsed)?.to_string()),
                _ => query,
            };
            let query = match (before.flatten(), query) {
                (Some(before), Some(query)) => Some(either(&before, query)),
                (before, query) => query.or(before),
            };
            connection
                .prepare_cached(
                    "INSERT INTO topic (tag_id, name, query) VALUES (?1, ?2, ?3) \
                     ON CONFLICT (tag_id) DO UPDATE SET query = ?3",
                )?
                .execute(params![tag_id, name, query])?;
            let topic = connection
                .prepare_cached("SELECT id FROM topic WHERE tag_id = ?1")?
                .query_row([tag_id], |row| row.get(0).map(TopicId))?;
            teach(connection, topic, &taught)?;
            judge_anew(connection, topic)?;
            next_generation(connection)?;
            Ok(Some(topic))
        })
        .await
    }

    /// The topic of this name.
    pub async fn topic(&self, name: String) -> Result<Option<TopicId>, StoreError> {
        self.read(move |connection| find(connection, &name)).await
    }

    /// Keeps what the user says of articles.
    pub async fn teach(&self, topic: TopicId, taught: Vec<(EntryId, bool)>) -> Result<(), StoreError> {
        self.edit(move |connection| {
            teach(connection, topic, &taught)?;
            judge_anew(connection, topic)?;
            next_generation(connection)?;
            Ok(())
        })
        .await
    }

    /// Forgets what the user said of an article: what held before does again, until the topic judges it anew.
    pub async fn unteach(&self, topic: TopicId, id: EntryId, before: Option<Membership>) -> Result<(), StoreError> {
        self.edit(move |connection| {
            let forgotten = connection
                .prepare_cached("DELETE FROM topic_taught WHERE topic_id = ?1 AND entry_id = ?2")?
                .execute([topic.0, id.0])?;
            // Nothing is left of what was said of a topic that is followed no longer.
            if forgotten > 0 {
                put(connection, &[(topic, id, before)])?;
                judge_anew(connection, topic)?;
                next_generation(connection)?;
            }
            Ok(())
        })
        .await
    }

    /// Follows a topic no longer: its articles lose its tag, and what was taught is forgotten.
    pub async fn unfollow(&self, topic: TopicId) -> Result<(), StoreError> {
        self.edit(move |connection| {
            let entries: Vec<EntryId> = connection
                .prepare_cached("SELECT entry_id FROM topic_entry WHERE topic_id = ?1")?
                .query_map([topic.0], |row| row.get(0).map(EntryId))?
                .collect::<Result<_, _>>()?;
            // What was taught would keep its articles in the topic.
            connection.execute("DELETE FROM topic_taught WHERE topic_id = ?1", [topic.0])?;
            let changes: Vec<_> = entries.into_iter().map(|id| (topic, id, None)).collect();
            put(connection, &changes)?;
            connection.execute("DELETE FROM topic WHERE id = ?1", [topic.0])?;
            judge_anew(connection, topic)?;
            next_generation(connection)?;
            Ok(())
        })
        .await
    }

    /// Writes which articles belong to topics, unless stories or topics have changed since `generation`.
    pub async fn put_topics(
        &self,
        memberships: Vec<(TopicId, EntryId, Option<Membership>)>,
        since: i64,
    ) -> Result<Option<i64>, StoreError> {
        self.record(move |connection| {
            let now: i64 =
                connection.prepare_cached("SELECT generation FROM story_rules")?.query_row([], |row| row.get(0))?;
            if now != since {
                return Ok(None);
            }
            put(connection, &memberships)?;
            Ok(Some(next_generation(connection)?))
        })
        .await
    }

    /// The topics that an article belongs to, with the score and why.
    pub async fn topics_of(&self, id: EntryId) -> Result<Vec<(String, Membership)>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT t.name, x.score, x.why FROM topic_entry x JOIN topic t ON t.id = x.topic_id WHERE x.entry_id = ?1 \
                 ORDER BY x.score DESC",
            )?;
            let mut rows = statement.query([id.0])?;
            let mut topics = Vec::new();
            while let Some(row) = rows.next()? {
                let why: Why = serde_json::from_str(&row.get::<_, String>(2)?)?;
                topics.push((row.get(0)?, Membership { score: row.get(1)?, why }));
            }
            Ok(topics)
        })
        .await
    }

    /// A topic's page is looked at; when it was before.
    pub async fn look_at(&self, topic: TopicId, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        self.edit(move |connection| {
            let before: i64 = connection
                .prepare_cached("SELECT looked FROM topic WHERE id = ?1")?
                .query_row([topic.0], |row| row.get(0))?;
            connection
                .prepare_cached("UPDATE topic SET looked = ?2 WHERE id = ?1")?
                .execute([topic.0, now.as_second()])?;
            Ok((before > 0).then(|| timestamp(before)))
        })
        .await
    }

    /// What the user has said of an article: it belongs to a topic, or does not.
    pub async fn said_of(&self, id: EntryId) -> Result<Vec<(TopicId, bool)>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT t.id, x.is_in FROM topic t JOIN topic_taught x ON x.topic_id = t.id AND x.entry_id = ?1",
            )?;
            let rows = statement.query_map([id.0], |row| Ok((TopicId(row.get(0)?), row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Has topics judged anew that were judged by other rules.
    pub async fn renew_topics(&self, version: u32) -> Result<(), StoreError> {
        let known = |connection: &Connection| -> Result<u32, StoreError> {
            let mut statement = connection.prepare_cached("SELECT topics FROM story_rules")?;
            Ok(statement.query_row([], |row| row.get(0))?)
        };
        if self.read(known).await? == version {
            return Ok(());
        }
        self.record(move |connection| {
            connection.execute("UPDATE topic SET is_judged = 0", [])?;
            connection.execute("UPDATE story_rules SET topics = ?1", [version])?;
            Ok(())
        })
        .await
    }

    /// The topics by which the library is still to be judged, those that name others apart.
    pub async fn unjudged(&self) -> Result<(Vec<TopicId>, Vec<TopicId>), StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT id FROM topic WHERE is_judged = 0 ORDER BY id")?;
            let due: Vec<TopicId> =
                statement.query_map([], |row| row.get(0).map(TopicId))?.collect::<Result<_, _>>()?;
            let naming = naming::naming(connection)?;
            Ok(due.into_iter().partition(|due| naming.iter().all(|(topic, _)| topic != due)))
        })
        .await
    }

    /// The library has been judged by a topic as it was at `since`.
    pub async fn set_judged(&self, topic: TopicId, since: i64) -> Result<(), StoreError> {
        self.record(move |connection| {
            connection.execute(
                "UPDATE topic SET is_judged = 1 WHERE id = ?1 AND (SELECT generation FROM story_rules) = ?2",
                params![topic.0, since],
            )?;
            Ok(())
        })
        .await
    }

    /// The articles that belong to a topic.
    pub async fn belonging(&self, topic: TopicId) -> Result<Vec<EntryId>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached("SELECT entry_id FROM topic_entry WHERE topic_id = ?1")?;
            Ok(statement.query_map([topic.0], |row| row.get(0).map(EntryId))?.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Those of these articles that belong to topics.
    pub async fn memberships(&self, ids: Vec<EntryId>) -> Result<Vec<(TopicId, EntryId)>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached("SELECT topic_id FROM topic_entry WHERE entry_id = ?1")?;
            let mut found = Vec::new();
            for id in ids {
                let topics = statement.query_map([id.0], |row| row.get(0).map(TopicId))?;
                found.extend(topics.collect::<Result<Vec<_>, _>>()?.into_iter().map(|topic| (topic, id)));
            }
            Ok(found)
        })
        .await
    }

    /// Those of these articles that a query finds.
    pub async fn among(&self, query: Query, ids: Vec<EntryId>, now: Zoned) -> Result<Vec<EntryId>, StoreError> {
        self.read(move |connection| among(connection, &query, &ids, &now)).await
    }
}

fn among(connection: &Connection, query: &Query, ids: &[EntryId], now: &Zoned) -> Result<Vec<EntryId>, StoreError> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let Compiled { from, filter, params, .. } =
        sql::compile_among(connection, query, &search::json(&ids), Grain::Entries, now)?;
    let mut statement = connection.prepare(&format!("SELECT s.id FROM {from} WHERE {filter}"))?;
    let found = statement.query_map(params_from_iter(params), |row| row.get(0).map(EntryId))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The topics by name, with what their tags count, which is kept along with every change: the counts of a list by the tag.
fn rows(connection: &Connection) -> Result<Vec<(TopicRow, Option<String>)>, StoreError> {
    let mut topics = connection
        .prepare_cached("SELECT id, name, is_judged, query, tag_id FROM topic ORDER BY name COLLATE NOCASE")?;
    let mut counts = connection.prepare_cached(
        "SELECT g.key, g.articles - coalesce(o.articles, 0), g.unread - coalesce(o.unread, 0) FROM tag g \
         LEFT JOIN overlap o ON o.kind = 2 AND o.key = g.id WHERE g.id = ?1",
    )?;
    let (mut found, mut rows) = (topics.query([])?, Vec::new());
    while let Some(row) = found.next()? {
        let counts_at = tags::place(connection, row.get(4)?)?.tag_id;
        let (key, articles, unread) = counts.query_row([counts_at], |counted| {
            let count = |column| counted.get::<_, i64>(column).map(|count| count.max(0) as u64);
            Ok((counted.get(0)?, count(1)?, count(2)?))
        })?;
        let (id, is_judged) = (TopicId(row.get(0)?), row.get(2)?);
        rows.push((TopicRow { id, name: row.get(1)?, key, articles, unread, is_judged }, row.get(3)?));
    }
    Ok(rows)
}

/// What one query finds or another; how a list is shown is no matter.
fn either(one: &str, other: String) -> String {
    let (Ok(one), Ok(query)) = (Query::parse(one), Query::parse(&other)) else { return other };
    let mut any = Vec::new();
    for query in [one, query] {
        let parts = match query {
            Query::Or(parts) => parts,
            Query::And(mut parts) => {
                parts.retain(|part| !matches!(part, Query::Sort(_)));
                vec![if parts.len() == 1 { parts.remove(0) } else { Query::And(parts) }]
            }
            one => vec![one],
        };
        for part in parts {
            if !any.contains(&part) {
                any.push(part);
            }
        }
    }
    if any.len() == 1 { any.remove(0) } else { Query::Or(any) }.to_string()
}

/// Whether a tag is that of a topic, under whatever name it goes.
pub(super) fn is_followed(connection: &Connection, name: &str) -> Result<bool, StoreError> {
    let mut known = connection.prepare_cached("SELECT id FROM tag WHERE key = ?1")?;
    let Some(id) = known.query_row([tag::fold(name)], |row| row.get(0)).optional()? else { return Ok(false) };
    let id = tags::place(connection, id)?.tag_id;
    let mut followed = connection.prepare_cached("SELECT tag_id FROM topic")?;
    let tags = followed.query_map([], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    for tag in tags {
        if tags::place(connection, tag)?.tag_id == id {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(super) fn find(connection: &Connection, name: &str) -> Result<Option<TopicId>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT t.id FROM topic t JOIN tag g ON g.id = t.tag_id WHERE g.key = ?1")?;
    Ok(statement.query_row([tag::fold(name)], |row| row.get(0).map(TopicId)).optional()?)
}

fn teach(connection: &Connection, topic: TopicId, taught: &[(EntryId, bool)]) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO topic_taught (topic_id, entry_id, is_in) SELECT ?1, id, ?3 FROM state WHERE id = ?2 \
         ON CONFLICT (topic_id, entry_id) DO UPDATE SET is_in = ?3",
    )?;
    let mut changes = Vec::new();
    for (id, is_in) in taught {
        if statement.execute(params![topic.0, id.0, is_in])? > 0 {
            changes.push((topic, *id, is_in.then_some(Membership { score: 1.0, why: Why::Taught })));
        }
    }
    put(connection, &changes)?;
    Ok(())
}

/// Lets articles belong to topics, or no longer, along with their tags and the counts of these; those that have come to one.
pub(super) fn put(
    connection: &Connection,
    changes: &[(TopicId, EntryId, Option<Membership>)],
) -> Result<Vec<EntryId>, StoreError> {
    let mut joined = Vec::new();
    let mut was_in = connection.prepare_cached("SELECT 1 FROM topic_entry WHERE topic_id = ?1 AND entry_id = ?2")?;
    for (topic, id, membership) in changes {
        let taught: Option<bool> = connection
            .prepare_cached("SELECT is_in FROM topic_taught WHERE topic_id = ?1 AND entry_id = ?2")?
            .query_row(params![topic.0, id.0], |row| row.get(0))
            .optional()?;
        // The user's word stands.
        let own = match taught {
            Some(true) => Some(Membership { score: 1.0, why: Why::Taught }),
            Some(false) => None,
            None => membership.clone().filter(|membership| membership.score >= BELONGS),
        };
        match own {
            Some(Membership { score, why }) => {
                if !was_in.exists([topic.0, id.0])? {
                    joined.push(*id);
                }
                connection
                    .prepare_cached(
                        "INSERT OR REPLACE INTO topic_entry (topic_id, entry_id, score, why) VALUES (?1, ?2, ?3, ?4)",
                    )?
                    .execute(params![topic.0, id.0, score, serde_json::to_string(&why)?])?;
                tag_as(connection, *topic, *id, true)?;
            }
            None => {
                let was_there = connection
                    .prepare_cached("DELETE FROM topic_entry WHERE topic_id = ?1 AND entry_id = ?2")?
                    .execute(params![topic.0, id.0])?;
                if was_there > 0 {
                    tag_as(connection, *topic, *id, false)?;
                }
            }
        }
    }
    Ok(joined)
}

/// Gives an article the topic's tag or takes it, where that counts, and counts it.
fn tag_as(connection: &Connection, topic: TopicId, id: EntryId, is_given: bool) -> Result<(), StoreError> {
    let tag: i64 =
        connection.prepare_cached("SELECT tag_id FROM topic WHERE id = ?1")?.query_row([topic.0], |row| row.get(0))?;
    let Place { tag_id: tag, said } = tags::place(connection, tag)?;
    let groups = copies::groups(connection, &[id])?;
    let bears_it = || -> Result<bool, StoreError> {
        let mut statement = connection.prepare_cached("SELECT 1 FROM entry_tag WHERE entry_id = ?1 AND tag_id = ?2")?;
        Ok(statement.exists([id.0, tag])?)
    };
    let before = bears_it()?;
    groups.iter().try_for_each(|article| copies::take_off(connection, *article))?;
    let sql = if is_given {
        "INSERT OR IGNORE INTO entry_tag (entry_id, tag_id, source, at, said) \
         SELECT id, ?2, ?3, at, ?4 FROM state WHERE id = ?1"
    } else {
        "DELETE FROM entry_tag WHERE entry_id = ?1 AND tag_id = ?2 AND source = ?3 AND said = ?4"
    };
    connection.prepare_cached(sql)?.execute(params![id.0, tag, TagSource::Topic as i64, said])?;
    let after = bears_it()?;
    if before != after {
        connection
            .prepare_cached(
                "UPDATE tag SET articles = articles + ?2, unread = unread + iif(( \
                 SELECT is_read FROM state WHERE id = ?1) = 0, ?2, 0) WHERE id = ?3 AND EXISTS ( \
                 SELECT 1 FROM state s JOIN feed f ON f.id = s.feed_id WHERE s.id = ?1 AND s.is_live = 1 AND s.is_muted = 0 AND f.muted = 0)",
            )?
            .execute(params![id.0, if after { 1 } else { -1 }, tag])?;
    }
    groups.iter().try_for_each(|article| copies::put_back(connection, *article))
}
