//! Topics whose queries ask for other topics, or for tags, which a topic may give: they follow when those change.

use jiff::Zoned;
use rusqlite::{Connection, params};

use super::{among, put};
use crate::model::entry::EntryId;
use crate::model::query::Query;
use crate::model::topic::{Membership, TopicId, Why};
use crate::store::StoreError;

/// The topics that name others, with their queries.
pub(in crate::store) fn naming(connection: &Connection) -> Result<Vec<(TopicId, Query)>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id, query FROM topic WHERE query IS NOT NULL ORDER BY id")?;
    let rows = statement.query_map([], |row| Ok((TopicId(row.get(0)?), row.get::<_, String>(1)?)))?;
    let topics = rows.collect::<Result<Vec<_>, _>>()?.into_iter();
    let parsed = topics.filter_map(|(topic, query)| Some((topic, Query::parse(&query).ok()?)));
    Ok(parsed.filter(|(_, query)| query.has_groups(true)).collect())
}

/// Has the library judged anew by a topic that the user has changed, and by those that name others.
pub(super) fn judge_anew(connection: &Connection, topic: TopicId) -> Result<(), StoreError> {
    let mut again = connection.prepare_cached("UPDATE topic SET is_judged = 0 WHERE id = ?1")?;
    for topic in naming(connection)?.into_iter().map(|(topic, _)| topic).chain([topic]) {
        again.execute([topic.0])?;
    }
    Ok(())
}

/// Lets these articles, whose topics may have changed, belong to the topics that name others; those that have come to one.
pub(in crate::store) fn follow(
    connection: &Connection,
    ids: &[EntryId],
    now: &Zoned,
) -> Result<Vec<EntryId>, StoreError> {
    let naming = naming(connection)?;
    let mut all = Vec::new();
    let mut member = connection.prepare_cached("SELECT why FROM topic_entry WHERE topic_id = ?1 AND entry_id = ?2")?;
    let by_query = serde_json::to_string(&Why::Query)?;
    // One that names another that names a third is through after as many rounds as there are of them.
    for _ in &naming {
        let before = all.len();
        for (topic, query) in &naming {
            let found = among(connection, query, ids, now)?;
            let (mut come, mut has_gone) = (Vec::new(), false);
            for id in ids {
                let mut why = member.query_map(params![topic.0, id.0], |row| row.get::<_, String>(0))?;
                match (why.next().transpose()?, found.contains(id)) {
                    (None, true) => come.push((*topic, *id, Some(Membership { score: 1.0, why: Why::Query }))),
                    (Some(why), false) => has_gone |= why == by_query,
                    _ => {}
                }
            }
            all.extend(put(connection, &come)?);
            if has_gone {
                // It may belong by the topic's name still.
                connection.prepare_cached("UPDATE topic SET is_judged = 0 WHERE id = ?1")?.execute([topic.0])?;
            }
        }
        if all.len() == before {
            break;
        }
    }
    Ok(all)
}
