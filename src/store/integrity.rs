//! Checks the store against itself, for `doctor` and the tests.

use rusqlite::Connection;

use super::state::{FEED_COUNTS, TAG_COUNTS, recount};
use super::{Store, StoreError, copies};

impl Store {
    /// What is wrong with the store, one line each; empty when all is well. Reads everything.
    pub async fn check(&self) -> Result<Vec<String>, StoreError> {
        self.scan(check).await
    }

    /// Counts everything anew, and what span of time each zone of ids covers.
    pub async fn recount(&self) -> Result<(), StoreError> {
        self.edit(|connection| {
            recount(connection)?;
            connection.execute("DELETE FROM zone", [])?;
            connection.execute(&format!("INSERT INTO zone (number, oldest, newest, seen, earliest) {ZONES}"), [])?;
            Ok(())
        })
        .await
    }
}

/// The zones, from the states themselves.
const ZONES: &str = "SELECT id >> 10 AS number, min(at) AS oldest, max(at) AS newest, max(first_seen) AS seen, \
     min(first_seen) AS earliest FROM state GROUP BY id >> 10";

fn check(connection: &Connection) -> Result<Vec<String>, StoreError> {
    // As it is at one moment.
    let moment = connection.unchecked_transaction()?;
    // FTS5 remembers where its segments are, and only a search looks whether another connection has moved them: without it
    // the check would go by old places and find corruption where there is none.
    moment.query_row("SELECT count(*) FROM search WHERE search MATCH 'a'", [], |_| Ok(()))?;
    let mut problems: Vec<String> = connection
        .prepare("PRAGMA integrity_check")?
        .query_map([], |row| row.get::<_, String>(0))?
        .filter(|line| line.as_deref() != Ok("ok"))
        .collect::<Result<_, _>>()?;
    let counters = [
        (
            "feeds whose counts are off",
            format!(
                "SELECT count(*) FROM feed f JOIN ({FEED_COUNTS}) c ON c.id = f.id \
                 WHERE (f.articles, f.unread, f.starred) <> (c.articles, c.unread, c.starred)"
            ),
        ),
        (
            "tags whose counts are off",
            format!(
                "SELECT count(*) FROM tag g JOIN ({TAG_COUNTS}) c ON c.id = g.id \
                 WHERE (g.articles, g.unread) <> (c.articles, c.unread)"
            ),
        ),
        (
            "overlaps that are off",
            format!(
                "SELECT count(*) FROM (SELECT 1 FROM (SELECT kind, key, articles, unread, starred FROM overlap \
                 UNION ALL SELECT kind, key, -articles, -unread, -starred FROM ({})) GROUP BY kind, key \
                 HAVING sum(articles) <> 0 OR sum(unread) <> 0 OR sum(starred) <> 0)",
                copies::counted()
            ),
        ),
        (
            "articles whose copies do not belong together",
            "SELECT count(*) FROM (SELECT 1 FROM state WHERE has_copies = 1 OR article IS NOT NULL GROUP BY article \
             HAVING article IS NOT min(id) OR count(*) < 2 OR count(*) > count(DISTINCT feed_id) OR min(has_copies) = 0)"
                .to_owned(),
        ),
        (
            "zones that do not span their articles",
            format!(
                "SELECT count(*) FROM ({ZONES}) c LEFT JOIN zone z ON z.number = c.number \
                 WHERE z.number IS NULL OR z.oldest > c.oldest OR z.newest < c.newest OR z.seen < c.seen \
                 OR z.earliest > c.earliest"
            ),
        ),
        (
            "unread or starred articles that are not found by their tags, or found by others",
            "SELECT count(*) FROM (SELECT 1 FROM (SELECT tag_id, state, at, entry_id, 1 AS n FROM tag_state UNION ALL \
             SELECT DISTINCT x.tag_id, v.value, s.at, x.entry_id, -1 FROM entry_tag x JOIN state s ON s.id = x.entry_id \
             JOIN tag t ON t.id = x.tag_id \
             JOIN json_each('[0, 1]') v ON iif(v.value = 0, s.is_read = 0 AND t.keeps_unread = 1, s.is_starred = 1)) \
             GROUP BY tag_id, state, at, entry_id HAVING sum(n) <> 0)"
                .to_owned(),
        ),
        ("articles without a text", "SELECT count(*) FROM state s LEFT JOIN entry e ON e.id = s.id LEFT JOIN body b ON b.id = s.id WHERE s.is_live = 1 AND (e.id IS NULL OR b.id IS NULL)".to_owned()),
        ("texts without a state", "SELECT count(*) FROM entry e LEFT JOIN state s ON s.id = e.id AND s.is_live = 1 WHERE s.id IS NULL".to_owned()),
        ("versions without an article", "SELECT count(*) FROM revision r LEFT JOIN body b ON b.id = r.entry_id WHERE b.id IS NULL".to_owned()),
        ("feeds without a fetch record", "SELECT count(*) FROM feed f LEFT JOIN fetch h ON h.feed_id = f.id WHERE h.feed_id IS NULL".to_owned()),
    ];
    for (what, sql) in counters {
        let count: i64 = connection.query_row(&sql, [], |row| row.get(0))?;
        if count > 0 {
            problems.push(format!("{what}: {count}"));
        }
    }
    Ok(problems)
}
