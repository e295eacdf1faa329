//! Applying rules, within the caller's transaction.

use jiff::Zoned;
use rusqlite::{Connection, params, params_from_iter};

use super::super::sql::{self, Compiled};
use super::super::state::{self, Mark};
use super::super::{StoreError, search, tags, topics};
use crate::model::entry::EntryId;
use crate::model::query::Query;
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

/// When all is known of an article that a rule asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Arrived,
    /// Its words are in the index.
    Indexed,
    /// It is in its story, and belongs to its topics.
    Grouped,
}

fn stage(connection: &Connection, query: &Query) -> Result<Stage, StoreError> {
    let mut is_grouped = query.has_groups(false);
    for name in query.tags() {
        is_grouped |= topics::is_followed(connection, name)?;
    }
    Ok(match (is_grouped, query.has_text()) {
        (true, _) => Stage::Grouped,
        (false, true) => Stage::Indexed,
        (false, false) => Stage::Arrived,
    })
}

/// A rule, and when all is known that it asks for by itself.
struct Staged {
    rule: Rule,
    own: Stage,
    /// When it is applied: not before those whose work it heeds.
    stage: Stage,
}

/// The rules of the stage that are in force, and whether there are later ones.
fn of_stage(connection: &Connection, wanted: Stage) -> Result<(Vec<Staged>, bool), StoreError> {
    let mut all: Vec<Staged> = Vec::new();
    for rule in super::in_force(connection)? {
        let own = stage(connection, &rule.rule.query)?;
        let heeded = all.iter().filter(|earlier| rule.rule.heeds(&earlier.rule.rule));
        let stage = heeded.map(|earlier| earlier.stage).fold(own, Stage::max);
        all.push(Staged { rule, own, stage });
    }
    let has_later = all.iter().any(|staged| staged.stage > wanted);
    all.retain(|staged| staged.stage == wanted);
    Ok((all, has_later))
}

/// Applies the rules to new articles: those that ask for neither words nor groups now, the others when the articles are
/// indexed or grouped.
pub(in crate::store) fn arrived(applying: &Applying<'_>, new: &[EntryId]) -> Result<(), StoreError> {
    if new.is_empty() {
        return Ok(());
    }
    let (rules, has_later) = of_stage(applying.connection, Stage::Arrived)?;
    for Staged { rule, .. } in &rules {
        applying.run(rule, new)?;
    }
    if has_later {
        let mut wait = applying.connection.prepare_cached("INSERT OR IGNORE INTO rule_queue (id) VALUES (?1)")?;
        new.iter().try_for_each(|id| wait.execute([id.0]).map(|_| ()))?;
    }
    Ok(())
}

/// Applies the rules that ask for words to those of these articles that have waited for it.
pub(in crate::store) fn indexed(applying: &Applying<'_>, entered: &[EntryId]) -> Result<(), StoreError> {
    let connection = applying.connection;
    // They go on waiting until they are grouped, where they are to be.
    let mut stay = connection.prepare_cached(
        "UPDATE rule_queue SET is_indexed = 1 WHERE id = ?1 AND is_indexed = 0 \
         AND EXISTS (SELECT 1 FROM story_queue q WHERE q.id = rule_queue.id)",
    )?;
    let mut leave = connection.prepare_cached("DELETE FROM rule_queue WHERE id = ?1 AND is_indexed = 0")?;
    let mut waited = Vec::new();
    for id in entered {
        if stay.execute([id.0])? + leave.execute([id.0])? > 0 {
            waited.push(*id);
        }
    }
    if waited.is_empty() {
        return Ok(());
    }
    let (rules, has_later) = of_stage(connection, Stage::Indexed)?;
    for Staged { rule, .. } in &rules {
        applying.run(rule, &waited)?;
    }
    if !has_later {
        let mut leave = connection.prepare_cached("DELETE FROM rule_queue WHERE id = ?1")?;
        waited.iter().try_for_each(|id| leave.execute([id.0]).map(|_| ()))?;
    }
    Ok(())
}

/// Applies the rules that ask for groups: to those of these articles that have waited for it, and to those that have come to
/// a topic with their story only now, where the rule has not touched them already.
pub(in crate::store) fn grouped(
    applying: &Applying<'_>,
    placed: &[EntryId],
    joined: &[EntryId],
) -> Result<(), StoreError> {
    let connection = applying.connection;
    // One whose text has changed meanwhile is grouped once more.
    let mut leave = connection.prepare_cached(
        "DELETE FROM rule_queue WHERE id = ?1 AND is_indexed = 1 \
         AND NOT EXISTS (SELECT 1 FROM story_queue q WHERE q.id = rule_queue.id)",
    )?;
    let (mut waited, mut due) = (Vec::new(), Vec::new());
    for id in placed {
        if leave.execute([id.0])? > 0 {
            waited.push(*id);
        }
    }
    // What still waits has its turn then.
    let mut waits = connection.prepare_cached("SELECT 1 FROM rule_queue WHERE id = ?1")?;
    for id in joined {
        if !waited.contains(id) && !waits.exists([id.0])? {
            due.push(*id);
        }
    }
    if waited.is_empty() && due.is_empty() {
        return Ok(());
    }
    let mut is_touched = connection.prepare_cached("SELECT 1 FROM touched WHERE entry_id = ?1 AND rule_id = ?2")?;
    let (rules, _) = of_stage(connection, Stage::Grouped)?;
    let mut of_groups: Vec<Rule> = Vec::new();
    for Staged { rule, own, .. } in rules {
        // Rules that wait for no more than others' work had their turn when the article came.
        let is_of_groups = own == Stage::Grouped || of_groups.iter().any(|earlier| rule.rule.builds_on(&earlier.rule));
        let mut entries = waited.clone();
        for id in due.iter().filter(|_| is_of_groups) {
            if !is_touched.exists([id.0, rule.id.0])? {
                entries.push(*id);
            }
        }
        applying.run(&rule, &entries)?;
        of_groups.extend(is_of_groups.then_some(rule));
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
            state::mark_entries(connection, reached, mark, None)?;
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
