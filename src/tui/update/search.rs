//! Search of the whole archive: the best articles follow what is typed; Enter opens one, in the list of all that match.

use tui_input::Input;

use super::{beside, complete, headlines, unfinished};
use crate::command::Direction;
use crate::engine::Searched;
use crate::model::query::Query;
use crate::store::Span;
use crate::tui::model::reader::{Listing, Walk};
use crate::tui::model::{Filter, Focus, Item, Model, Passage, Picker, PickerKind, Popup, Tick};
use crate::tui::msg::{Effect, Ticket};

pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    model.popup = Some(Popup::Picker(Picker::new(
        PickerKind::Search { awaited: None, problem: None, passages: Vec::new(), found_by: None },
        Vec::new(),
    )));
    vec![Effect::LoadTags]
}

/// Asks for what was typed. While an answer is awaited nothing is asked: the answer asks again.
pub(super) fn typed(model: &mut Model) -> Vec<Effect> {
    let ticket = model.ticket();
    let Some(Popup::Picker(Picker { kind: PickerKind::Search { .. }, input, .. })) = &model.popup else {
        return Vec::new();
    };
    let text = input.value().trim_start().to_owned();
    let parsed = complete::read(model, &text);
    // While there is a choice of values, that is told.
    let said = parsed.as_ref().err().filter(|error| !complete::goes_on(model, error));
    let said = said.map(|error| model.texts.query_error(error));
    let Some(Popup::Picker(picker)) = &mut model.popup else { return Vec::new() };
    let PickerKind::Search { awaited, problem, .. } = &mut picker.kind else { return Vec::new() };
    *problem = said;
    // A query that is not finished shows what the last one found.
    let Ok(query) = parsed.map(|query| unfinished::ranked(query, &text)) else { return Vec::new() };
    if query == Query::everything() {
        picker.items.clear();
        picker.narrow();
        return Vec::new();
    }
    if awaited.is_some() {
        return Vec::new();
    }
    *awaited = Some((ticket, query.clone()));
    picker.is_loading = picker.items.is_empty();
    vec![Effect::Search { ticket, query, text }]
}

/// Nothing was found: what has only begun at the end of what is typed is left out. `None` where that leaves nothing to ask.
fn nothing_found(model: &mut Model, text: &str, asked: &Query) -> Option<Vec<Effect>> {
    let shorter = unfinished::without_begun(model, &Query::parse(text).ok()?, text)?;
    if shorter == *asked || shorter == Query::everything() {
        return None;
    }
    let ticket = model.ticket();
    let Some(Popup::Picker(picker)) = &mut model.popup else { return None };
    let PickerKind::Search { awaited, .. } = &mut picker.kind else { return None };
    *awaited = Some((ticket, shorter.clone()));
    picker.is_loading = picker.items.is_empty();
    Some(vec![Effect::Search { ticket, query: shorter, text: text.to_owned() }])
}

pub(super) fn arrived(model: &mut Model, ticket: Ticket, text: &str, found: &Searched) -> Vec<Effect> {
    let Some(Popup::Picker(picker)) = &mut model.popup else { return Vec::new() };
    let PickerKind::Search { awaited, .. } = &mut picker.kind else { return Vec::new() };
    let Some((_, asked)) = awaited.take_if(|(awaited, _)| *awaited == ticket) else { return Vec::new() };
    picker.is_loading = false;
    let is_current = picker.input.value().trim_start() == text;
    if !is_current && found.hits.is_empty() {
        return typed(model);
    }
    if found.hits.is_empty()
        && let Some(effects) = nothing_found(model, text, &asked)
    {
        return effects;
    }
    show(model, asked, found);
    if is_current { Vec::new() } else { typed(model) }
}

fn show(model: &mut Model, asked: Query, found: &Searched) {
    let untitled = model.texts.get("untitled");
    let Some(Popup::Picker(picker)) = &mut model.popup else { return };
    let PickerKind::Search { passages, found_by, .. } = &mut picker.kind else { return };
    *found_by = Some(asked);
    let passage = |hit: &crate::engine::SearchHit| Passage {
        text: hit.snippet.clone(),
        places: hit.places.clone(),
        article: Some(Listing::of(&hit.row)),
    };
    *passages = found.hits.iter().map(passage).collect();
    let item = |hit: &crate::engine::SearchHit| {
        let title = if hit.row.title.is_empty() { &untitled } else { &hit.row.title };
        Item {
            label: title.clone(),
            detail: hit.row.feed_title.clone(),
            key: hit.row.id.to_string(),
            tick: Tick::Off,
            command: None,
        }
    };
    picker.items = found.hits.iter().map(item).collect();
    picker.narrow();
}

/// Space belongs to what is typed.
pub(super) fn space(model: &mut Model) -> Vec<Effect> {
    if let Some(Popup::Picker(picker)) = &mut model.popup {
        picker.input = Input::new(format!("{} ", picker.input.value()));
    }
    typed(model)
}

/// Enter: the list of all that match, at the chosen article, which is opened.
pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    let Some(Popup::Picker(picker)) = &model.popup else { return Vec::new() };
    let PickerKind::Search { found_by, passages, .. } = &picker.kind else { return Vec::new() };
    let (found_by, typed) = (found_by.clone(), picker.input.value().trim().to_owned());
    let hits = picker.matches.iter().filter_map(|index| passages.get(*index)?.article.clone());
    let (hits, at): (Vec<Listing>, usize) = (hits.collect(), picker.selected);
    let (Some(query), true) = (found_by, at < hits.len()) else { return Vec::new() };
    model.popup = None;
    model.focus = Focus::Headlines;
    let walk = Walk { words: (typed, query), hits, at };
    let effects = list(model, &walk);
    model.reader.walk = Some(walk);
    effects
}

/// The list of all that a search has found, at the article that it has come to.
fn list(model: &mut Model, walk: &Walk) -> Vec<Effect> {
    let Some(article) = walk.hits.get(walk.at).cloned() else { return Vec::new() };
    model.list.marked.clear();
    (model.list.count, model.list.listed, model.list.outer) = (None, None, None);
    model.list.filter = Filter { words: Some(walk.words.clone()), ..Filter::default() };
    let key = article.key;
    model.reader.open_when_listed = Some(article);
    headlines::load(model, Span::From(key), Some(key.id))
}

/// Opens the next or the previous of what was found, as the search has listed it.
pub(super) fn step(model: &mut Model, direction: Direction) -> Vec<Effect> {
    let Some(walk) = model.reader.walk.take() else { return Vec::new() };
    let Some(at) = beside(walk.at, walk.hits.len(), direction) else {
        model.reader.walk = Some(walk);
        model.tell(model.texts.get("list-end"));
        return Vec::new();
    };
    let walk = Walk { at, ..walk };
    let row = walk.hits.get(at).and_then(|hit| model.list.position(hit.key.id));
    let effects = match row {
        Some(row) => {
            model.list.selected = row;
            headlines::open(model)
        }
        None => list(model, &walk),
    };
    model.reader.walk = Some(walk);
    effects
}
