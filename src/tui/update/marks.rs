//! Read, star and tag: shown at once, written in the background, undoable.

use std::collections::BTreeMap;

use super::sources::this_feed;
use crate::model::entry::EntryId;
use crate::model::feed::FeedId;
use crate::model::query::Query;
use crate::store::{Change, Mark, TagEdit};
use crate::tui::model::{Act, Model};
use crate::tui::msg::{Effect, Origin, TopicEffect};

/// Acts that can be taken back.
const DEPTH: usize = 100;

/// Marks articles: the rows and counts change now, the store in a moment.
pub(super) fn set(model: &mut Model, entries: Vec<EntryId>, mark: Mark, origin: Origin) -> Vec<Effect> {
    count_along(model, &entries, mark);
    model.list.apply(&entries, mark);
    vec![Effect::Mark { entries, mark, origin }]
}

/// The unread and starred counts of the source pane follow the rows that are loaded.
fn count_along(model: &mut Model, entries: &[EntryId], mark: Mark) {
    let mut steps: BTreeMap<FeedId, (i64, i64)> = BTreeMap::new();
    for row in model.list.rows.iter().filter(|row| entries.contains(&row.id)) {
        match mark {
            Mark::Read if !row.read => model.sources.count_topics_along(&row.tags, -1),
            Mark::Unread if row.read => model.sources.count_topics_along(&row.tags, 1),
            _ => {}
        }
        let step = steps.entry(row.feed).or_default();
        match mark {
            Mark::Read if !row.read => step.0 -= 1,
            Mark::Unread if row.read => step.0 += 1,
            Mark::Starred if !row.starred => step.1 += 1,
            Mark::Unstarred if row.starred => step.1 -= 1,
            // Muting changes counts by what else is known of the article: the store's own come in a moment.
            Mark::Read | Mark::Unread | Mark::Starred | Mark::Unstarred | Mark::Muted | Mark::Unmuted => {}
        }
    }
    for (feed, (unread, starred)) in steps {
        model.sources.count_along(feed, unread, starred);
    }
}

pub(super) fn toggle_read(model: &mut Model) -> Vec<Effect> {
    let targets = model.list.targets();
    let is_any_unread = model.list.rows.iter().any(|row| targets.contains(&row.id) && !row.read);
    toggle(model, targets, if is_any_unread { Mark::Read } else { Mark::Unread })
}

pub(super) fn toggle_star(model: &mut Model) -> Vec<Effect> {
    let targets = model.list.targets();
    let is_any_plain = model.list.rows.iter().any(|row| targets.contains(&row.id) && !row.starred);
    toggle(model, targets, if is_any_plain { Mark::Starred } else { Mark::Unstarred })
}

pub(super) fn toggle_mute(model: &mut Model) -> Vec<Effect> {
    let targets = model.list.targets();
    let is_any_heard = model.list.rows.iter().any(|row| targets.contains(&row.id) && !row.muted);
    toggle(model, targets, if is_any_heard { Mark::Muted } else { Mark::Unmuted })
}

fn toggle(model: &mut Model, targets: Vec<EntryId>, mark: Mark) -> Vec<Effect> {
    if targets.is_empty() {
        return Vec::new();
    }
    model.list.marked.clear();
    set(model, targets, mark, Origin::Act)
}

pub(super) fn read_feed(model: &mut Model) -> Vec<Effect> {
    let Some(feed) = this_feed(model) else {
        model.tell(model.texts.get("no-feed-here"));
        return Vec::new();
    };
    vec![Effect::MarkAll { query: Query::Feed(feed.to_string()), up_to: model.list.newest, mark: Mark::Read }]
}

/// Only what is listed: what has arrived since then stays unread.
pub(super) fn read_listed(model: &mut Model) -> Vec<Effect> {
    if !model.list.marked.is_empty() {
        let targets = model.list.targets();
        return toggle(model, targets, Mark::Read);
    }
    let query = model.list.filter.query();
    if query.limit().is_some() && model.list.is_whole() {
        // Others would move up as they are read.
        let unread: Vec<EntryId> = model.list.rows.iter().filter(|row| !row.read).map(|row| row.id).collect();
        return toggle(model, unread, Mark::Read);
    }
    vec![Effect::MarkAll { query, up_to: model.list.newest, mark: Mark::Read }]
}

/// The store has carried out a mark.
pub(super) fn marked(model: &mut Model, change: Change, origin: Origin) -> Vec<Effect> {
    let count = change.articles;
    model.list.apply(&change.entries, change.mark);
    if count > 1 || origin != Origin::Act || change.mark == Mark::Muted {
        let id = match change.mark {
            Mark::Read => "marked-read",
            Mark::Unread => "marked-unread",
            Mark::Starred => "marked-starred",
            Mark::Unstarred => "marked-unstarred",
            Mark::Muted => "marked-muted",
            Mark::Unmuted => "marked-unmuted",
        };
        model.tell(model.texts.with(id, "n", count));
    }
    if count == 0 {
        return Vec::new();
    }
    remember(model, Act::Marked(change), origin);
    model.sources.views_changed();
    // What was counted along is right for loaded rows; for others only the store knows.
    vec![Effect::LoadFeeds, Effect::CountToday, Effect::Topic(TopicEffect::Load)]
}

pub(super) fn tagged(model: &mut Model, edit: TagEdit, origin: Origin) -> Vec<Effect> {
    let id = if edit.is_added { "tag-added" } else { "tag-removed" };
    let text = model.texts.with_all(id, &[("tag", edit.tag.clone().into()), ("n", edit.entries.len().into())]);
    model.tell(text);
    let entries = edit.entries.clone();
    if !entries.is_empty() {
        model.sources.views_changed();
        for row in model.list.rows.iter_mut().filter(|row| entries.contains(&row.id)) {
            let key = crate::model::tag::fold(&edit.tag);
            row.tags.retain(|tag| crate::model::tag::fold(tag) != key);
            if edit.is_added {
                row.tags.push(edit.tag.clone());
            }
        }
        model.reader.forget(&entries);
        remember(model, Act::Tagged(edit), origin);
    }
    Vec::new()
}

pub(super) fn remember(model: &mut Model, act: Act, origin: Origin) {
    match origin {
        Origin::Act => {
            model.redo.clear();
            model.undo.push(act);
        }
        Origin::Redo => model.undo.push(act),
        Origin::Undo => model.redo.push(act),
    }
    if model.undo.len() > DEPTH {
        model.undo.remove(0);
    }
}

pub(super) fn undo(model: &mut Model) -> Vec<Effect> {
    match model.undo.pop() {
        Some(act) => invert(model, act, Origin::Undo),
        None => {
            model.tell(model.texts.get("nothing-to-undo"));
            Vec::new()
        }
    }
}

pub(super) fn redo(model: &mut Model) -> Vec<Effect> {
    match model.redo.pop() {
        Some(act) => invert(model, act, Origin::Redo),
        None => {
            model.tell(model.texts.get("nothing-to-redo"));
            Vec::new()
        }
    }
}

fn invert(model: &mut Model, act: Act, origin: Origin) -> Vec<Effect> {
    match act {
        Act::Marked(change) => set(model, change.entries, change.mark.inverse(), origin),
        // What is followed for the second time has another number.
        Act::Followed { name, examples, .. } if origin == Origin::Redo => {
            vec![Effect::Topic(TopicEffect::Follow { name, examples, origin })]
        }
        Act::Followed { topic, name, examples } => {
            remember(model, Act::Followed { topic, name: name.clone(), examples }, origin);
            vec![Effect::Topic(TopicEffect::Unfollow { topic, name })]
        }
        // Of a topic that is followed no longer nothing is left to take back.
        Act::Taught(lesson) if !model.sources.topics.iter().any(|topic| topic.id == lesson.topic) => {
            if origin == Origin::Undo { undo(model) } else { redo(model) }
        }
        Act::Taught(lesson) => vec![Effect::Topic(TopicEffect::Teach { lesson, origin })],
        Act::Regrouped(edit) => vec![Effect::Topic(TopicEffect::TakeBack { edit, origin })],
        Act::Tagged(edit) => {
            vec![Effect::EditTag { entries: edit.entries, tag: edit.tag, is_added: !edit.is_added, origin }]
        }
    }
}
