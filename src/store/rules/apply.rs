//! Applying rules, within the caller's transaction.

use jiff::Zoned;
use rusqlite::{Connection, params, params_from_iter};

use super::super::sql::{self, Compiled};
use super::super::state::{self, Mark};
use super::super::{StoreError, search, tags};
use super::all;
use crate::model::entry::EntryId;
use crate::model::rule::{Rule, RuleAct};
use crate::model::tag::TagSource;

/// Articles that are changed together: up to this many are counted along.
const TOGETHER: usize = 200;

pub(in crate::store) struct Applying<'a> {
    pub connection: &'a Connection,
    pub is_read_shared: bool,
    pub now: Zoned,
    /// The articles have just come: whoever is to be notified of them is.
    pub is_new: bool,
}

/// Applies the rules to new articles: those that ask for no words now, the others when the articles are indexed.
pub(in crate::store) fn arrived(applying: &Applying<'_>, new: &[EntryId]) -> Result<(), StoreError> {
    if new.is_empty() {
        return Ok(());
    }
    let rules = all(applying.connection)?;
    let (later, now): (Vec<&Rule>, Vec<&Rule>) = rules.iter().partition(|rule| rule.rule.query.has_text());
    for rule in now {
        applying.run(rule, new)?;
    }
    if !later.is_empty() {
        let mut wait = applying.connection.prepare_cached("INSERT OR IGNORE INTO rule_queue (id) VALUES (?1)")?;
        new.iter().try_for_each(|id| wait.execute([id.0]).map(|_| ()))?;
    }
    Ok(())
}

/// Applies the rules that ask for words to those of these articles that have waited for it.
pub(in crate::store) fn indexed(applying: &Applying<'_>, entered: &[EntryId]) -> Result<(), StoreError> {
    let mut leave = applying.connection.prepare_cached("DELETE FROM rule_queue WHERE id = ?1")?;
    let mut waited = Vec::new();
    for id in entered {
        if leave.execute([id.0])? > 0 {
            waited.push(*id);
        }
    }
    if waited.is_empty() {
        return Ok(());
    }
    for rule in all(applying.connection)?.iter().filter(|rule| rule.rule.query.has_text()) {
        applying.run(rule, &waited)?;
    }
    Ok(())
}

impl Applying<'_> {
    /// Does what the rule says with those of these articles that it is for; how many that were.
    pub fn run(&self, rule: &Rule, entries: &[EntryId]) -> Result<usize, StoreError> {
        let mut count = 0;
        for some in entries.chunks(TOGETHER) {
            let matching = self.matching(rule, some)?;
            count += matching.len();
            for act in &rule.rule.acts {
                self.act(rule, act, &matching)?;
            }
        }
        Ok(count)
    }

    fn matching(&self, rule: &Rule, entries: &[EntryId]) -> Result<Vec<EntryId>, StoreError> {
        let ids: Vec<i64> = entries.iter().map(|id| id.0).collect();
        let query = rule.rule.scope();
        let Compiled { from, filter, params, .. } =
            sql::compile_among(self.connection, &query, &search::json(&ids), sql::Grain::Entries, &self.now)?;
        let mut statement =
            self.connection.prepare(&format!("SELECT s.id FROM {from} WHERE {filter} ORDER BY s.id"))?;
        let found = statement.query_map(params_from_iter(params), |row| row.get(0).map(EntryId))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    fn act(&self, rule: &Rule, act: &RuleAct, entries: &[EntryId]) -> Result<(), StoreError> {
        if entries.is_empty() || (*act == RuleAct::Notify && !self.is_new) {
            return Ok(());
        }
        let connection = self.connection;
        let mark = |mark: Mark| -> Result<(), StoreError> {
            let reached = state::reached(connection, entries.to_vec(), mark, self.is_read_shared)?;
            state::mark_entries(connection, reached, mark)?;
            Ok(())
        };
        match act {
            RuleAct::Tag(name) => tags::put(connection, entries, name, TagSource::Rule)?,
            RuleAct::Star => mark(Mark::Starred)?,
            RuleAct::Read => mark(Mark::Read)?,
            RuleAct::Mute => mark(Mark::Muted)?,
            RuleAct::Notify | RuleAct::FullText | RuleAct::Run(_) => {
                let json = serde_json::to_string(act)?;
                let mut errand = connection
                    .prepare_cached("INSERT OR IGNORE INTO errand (entry_id, rule_id, act) VALUES (?1, ?2, ?3)")?;
                for id in entries {
                    errand.execute(params![id.0, rule.id.0, json])?;
                }
            }
        }
        let (told, at) = (act.to_string(), self.now.timestamp().as_second());
        let mut touch = connection
            .prepare_cached("INSERT OR IGNORE INTO touched (entry_id, rule_id, act, at) VALUES (?1, ?2, ?3, ?4)")?;
        for id in entries {
            touch.execute(params![id.0, rule.id.0, told, at])?;
        }
        Ok(())
    }
}
