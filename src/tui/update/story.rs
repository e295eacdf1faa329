//! Stories: one opened from its row and left to the same row, articles taken out, stories made one.

use super::{headlines, marks};
use crate::store::{Span, StoryEdit};
use crate::tui::model::{Act, Filter, Model, list::Outer, reader::Listing};
use crate::tui::msg::{Effect, Origin, TopicEffect};

/// Rows around the selection that may have been read or starred meanwhile.
const FRESH: usize = 100;

/// Lists the articles of the selected row's story, each with its outlet; `None` where it tells alone.
pub(super) fn open(model: &mut Model) -> Option<Vec<Effect>> {
    let row = model.list.current().filter(|row| row.in_story > 1)?;
    if model.list.filter.story.is_some() {
        return None;
    }
    let story = Some((row.story?, row.title.clone()));
    let inner = Filter { place: model.list.filter.place.clone(), story, ..Filter::default() };
    let outer = Outer::of(&model.list);
    model.list.filter = inner;
    let effects = headlines::filter_changed(model);
    model.list.outer = Some(Box::new(outer));
    Some(effects)
}

/// Opens an article in the list of its story: in the list that is there, another one stands for it.
pub(super) fn open_at(model: &mut Model, article: Listing) -> Vec<Effect> {
    let inner = Filter { place: model.list.filter.place.clone(), story: article.story.clone(), ..Filter::default() };
    // Its row may be far from those that are loaded.
    let mut outer = Outer::of(&model.list);
    outer.is_stale = true;
    model.list.filter = inner;
    model.list.marked.clear();
    (model.list.count, model.list.listed) = (None, None);
    let key = article.key;
    model.reader.open_when_listed = Some(article);
    let effects = headlines::load(model, Span::From(key), Some(key.id));
    model.list.outer = Some(Box::new(outer));
    effects
}

/// Goes back from a story to the list it was opened from, which is as it was.
pub(super) fn close(model: &mut Model) -> Vec<Effect> {
    let Some(outer) = model.list.outer.take() else {
        model.list.filter.story = None;
        return headlines::filter_changed(model);
    };
    let is_stale = outer.is_stale;
    model.list.restore(*outer);
    if is_stale {
        let keep = model.list.current().map(|row| row.id);
        return headlines::reload(model, keep);
    }
    let from = model.list.selected.saturating_sub(FRESH);
    let rows = model.list.rows.iter().skip(from).take(2 * FRESH);
    vec![Effect::LoadRows(rows.map(|row| row.id).collect())]
}

/// The list will show something else: the filter is again what it was before a story was opened.
pub(super) fn forget(model: &mut Model) {
    if let Some(outer) = model.list.outer.take() {
        model.list.filter = outer.filter;
    }
    model.list.filter.story = None;
}

/// Takes the selected article, or the marked ones, out of the story.
pub(super) fn split(model: &mut Model) -> Vec<Effect> {
    let targets = model.list.targets();
    let tells_alone = |row: &crate::model::entry::Headline| targets.contains(&row.id) && row.in_story < 2;
    if targets.is_empty() || model.list.rows.iter().any(tells_alone) {
        model.tell(model.texts.get("story-alone"));
        return Vec::new();
    }
    model.list.marked.clear();
    vec![Effect::Topic(TopicEffect::Split(targets))]
}

pub(super) fn merge(model: &mut Model) -> Vec<Effect> {
    if model.list.marked.len() < 2 {
        model.tell(model.texts.get("story-mark-two"));
        return Vec::new();
    }
    let targets = model.list.targets();
    model.list.marked.clear();
    vec![Effect::Topic(TopicEffect::Merge(targets))]
}

/// A split or a merge is done, or taken back; `None`: there was nothing to do.
pub(super) fn regrouped(model: &mut Model, edit: Option<StoryEdit>, origin: Origin) -> Vec<Effect> {
    let Some(edit) = edit else {
        model.tell(model.texts.get("story-alone"));
        return Vec::new();
    };
    let id = match (origin, edit.is_merge) {
        (Origin::Undo, _) => "story-taken-back",
        (_, true) => "story-merged",
        (_, false) => "story-split",
    };
    model.tell(model.texts.get(id));
    marks::remember(model, Act::Regrouped(edit), origin);
    if let Some(outer) = &mut model.list.outer {
        outer.is_stale = true;
    }
    let keep = model.list.current().map(|row| row.id);
    headlines::reload(model, keep)
}

/// Each story once, or every article.
pub(super) fn toggled(model: &mut Model, is_once: bool) -> Vec<Effect> {
    model.tell(model.texts.get(if is_once { "stories-once" } else { "stories-all" }));
    if let Some(outer) = &mut model.list.outer {
        outer.is_stale = true;
    }
    model.list.listed = None;
    let keep = model.list.current().map(|row| row.id);
    headlines::reload(model, keep)
}
