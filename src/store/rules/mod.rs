//! Rules: what the user has made, what they have done with articles, and doing it. An article's rules are applied in the
//! transaction that brings it, or that brings its words to the index where a rule asks for words, or that groups it where a
//! rule asks for topics or stories; what is to be done
//! outside the store becomes an errand in the same transaction.

mod apply;
mod errands;

use std::borrow::Cow;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

use super::headlines::timestamp;
use super::sql::{self, Compiled, Grain};
use super::{Store, StoreError, views};
use crate::model::entry::EntryId;
use crate::model::feed::FeedId;
use crate::model::query::Query;
use crate::model::rule::{NewRule, Rule, RuleId, Touch};

pub use errands::{Errand, Kind};

pub(super) use apply::{Applying, arrived, grouped, indexed};

const COLUMNS: &str = "r.id, r.name, r.query, r.feed_id, r.acts";

impl Store {
    /// Whether rules that ask for words or groups wait for articles to be indexed and grouped.
    pub async fn has_waiting_rules(&self) -> Result<bool, StoreError> {
        self.read(|connection| {
            Ok(connection.query_row("SELECT EXISTS (SELECT 1 FROM rule_queue)", [], |row| row.get(0))?)
        })
        .await
    }

    /// The rules, in the order in which they were made and are applied.
    pub async fn rules(&self) -> Result<Vec<Rule>, StoreError> {
        self.read(|connection| {
            let mut rules = all(connection)?;
            let mut touched =
                connection.prepare_cached("SELECT count(DISTINCT entry_id) FROM touched WHERE rule_id = ?1")?;
            for rule in &mut rules {
                rule.touched = touched.query_row([rule.id.0], |row| row.get::<_, i64>(0))?.unsigned_abs();
            }
            Ok(rules)
        })
        .await
    }

    /// Keeps a rule, in place of one of this name. On disk when it returns.
    pub async fn save_rule(&self, rule: NewRule) -> Result<RuleId, StoreError> {
        self.edit(move |connection| save(connection, &rule)).await
    }

    /// Ends a rule. What it has done stays, and so does the memory of it.
    pub async fn remove_rule(&self, id: RuleId) -> Result<(), StoreError> {
        self.edit(move |connection| {
            connection.execute("UPDATE rule SET is_removed = 1 WHERE id = ?1", [id.0])?;
            connection.execute("DELETE FROM errand WHERE rule_id = ?1", [id.0])?;
            Ok(())
        })
        .await
    }

    /// What rules have done with an article, the first first.
    pub async fn touches(&self, id: EntryId) -> Result<Vec<Touch>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT r.name, t.act, t.at FROM touched t JOIN rule r ON r.id = t.rule_id WHERE t.entry_id = ?1 \
                 ORDER BY t.at, t.rule_id, t.act",
            )?;
            let touches = statement.query_map([id.0], |row| {
                Ok(Touch { rule: row.get(0)?, act: row.get(1)?, at: timestamp(row.get(2)?) })
            })?;
            Ok(touches.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// The articles of the archive that a rule is for, the newest first.
    pub async fn matching(&self, query: Query, now: jiff::Zoned) -> Result<Vec<EntryId>, StoreError> {
        self.scan(move |connection| {
            let Compiled { from, filter, params, at, id, .. } = sql::compile(connection, &query, Grain::Entries, &now)?;
            let sql = format!("SELECT s.id FROM {from} WHERE {filter} ORDER BY {at} DESC, {id} DESC");
            let mut statement = connection.prepare(&sql)?;
            let ids = statement.query_map(params_from_iter(params), |row| row.get(0).map(EntryId))?;
            Ok(ids.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Applies a rule to those of these articles that it is for; how many that were. Notifications are of what is new, so
    /// none is made.
    pub async fn apply_rule(&self, id: RuleId, entries: Vec<EntryId>, at: Timestamp) -> Result<usize, StoreError> {
        let (is_read_shared, zone) = (self.is_read_shared, self.zone.clone());
        self.record(move |connection| {
            let sql = format!("SELECT {COLUMNS} FROM rule r WHERE r.id = ?1 AND r.is_removed = 0");
            let found = connection.prepare_cached(&sql)?.query_row([id.0], rule).optional()?;
            let Some(rule) = found.flatten() else { return Ok(0) };
            Applying { connection, is_read_shared, now: at.to_zoned(zone), is_new: false }.run(&rule, &entries)
        })
        .await
    }
}

/// The rules that are in force, with what views ask for in their place. One whose view cannot be read is for nothing.
fn in_force(connection: &Connection) -> Result<Vec<Rule>, StoreError> {
    let mut rules = all(connection)?;
    rules.retain_mut(|rule| match views::expanded(connection, &rule.rule.query).map(Cow::into_owned) {
        Ok(query) => {
            rule.rule.query = query;
            true
        }
        Err(error) => {
            tracing::warn!(name = %rule.rule.name, %error, "a rule cannot be applied");
            false
        }
    });
    Ok(rules)
}

/// The rules that are kept.
fn all(connection: &Connection) -> Result<Vec<Rule>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM rule r WHERE r.is_removed = 0 ORDER BY r.id");
    let mut statement = connection.prepare_cached(&sql)?;
    let rules = statement.query_map([], rule)?.collect::<Result<Vec<_>, _>>()?;
    Ok(rules.into_iter().flatten().collect())
}

fn save(connection: &Connection, rule: &NewRule) -> Result<RuleId, StoreError> {
    let (query, acts) = (views::kept(connection, &rule.query)?.to_string(), serde_json::to_string(&rule.acts)?);
    let feed = rule.feed.map(|feed| feed.0);
    let known: Option<i64> = connection
        .prepare_cached("SELECT id FROM rule WHERE name = ?1 AND is_removed = 0")?
        .query_row([&rule.name], |row| row.get(0))
        .optional()?;
    if let Some(id) = known {
        connection
            .prepare_cached("UPDATE rule SET name = ?2, query = ?3, feed_id = ?4, acts = ?5 WHERE id = ?1")?
            .execute(params![id, rule.name, query, feed, acts])?;
        return Ok(RuleId(id));
    }
    connection
        .prepare_cached("INSERT INTO rule (name, query, feed_id, acts) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![rule.name, query, feed, acts])?;
    Ok(RuleId(connection.last_insert_rowid()))
}

/// None for one that a newer kabar has written; it stays in the store.
fn rule(row: &Row<'_>) -> rusqlite::Result<Option<Rule>> {
    let (name, query, acts): (String, String, String) = (row.get(1)?, row.get(2)?, row.get(4)?);
    let (query, acts) = (Query::parse(&query), serde_json::from_str(&acts));
    let (Ok(query), Ok(acts)) = (query, acts) else {
        tracing::warn!(%name, "a rule cannot be read");
        return Ok(None);
    };
    let feed = row.get::<_, Option<i64>>(3)?.map(FeedId);
    Ok(Some(Rule { id: RuleId(row.get(0)?), rule: NewRule { name, query, feed, acts }, touched: 0 }))
}
