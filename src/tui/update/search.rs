//! Search of the whole archive: the best articles follow what is typed; Enter opens one, in the list of all that match.

use tui_input::Input;

use super::headlines;
use crate::engine::Searched;
use crate::model::query::{Query, Text, Within};
use crate::store::Span;
use crate::tui::model::reader::Listing;
use crate::tui::model::{Filter, Focus, Item, Model, Passage, Picker, PickerKind, Popup, Tick};
use crate::tui::msg::{Effect, Ticket};

/// A shorter word is looked for as it is: too many words begin with so few letters.
const PREFIX: usize = 4;

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
    let Some(Popup::Picker(picker)) = &mut model.popup else { return Vec::new() };
    let PickerKind::Search { awaited, problem, .. } = &mut picker.kind else { return Vec::new() };
    *problem = None;
    let text = picker.input.value().trim_start().to_owned();
    if text.is_empty() {
        picker.items.clear();
        picker.narrow();
        return Vec::new();
    }
    // A query that is not finished shows what the last one found.
    let query = match Query::parse(&text) {
        Ok(query) => query,
        Err(error) => {
            *problem = Some(model.texts.query_error(&error));
            return Vec::new();
        }
    };
    if awaited.is_some() {
        return Vec::new();
    }
    *awaited = Some(ticket);
    picker.is_loading = picker.items.is_empty();
    vec![Effect::Search { ticket, query: unfinished(query, &text), text }]
}

/// The word that is being typed looks for all that begin so.
fn unfinished(query: Query, text: &str) -> Query {
    let begun = |word: &str| word.chars().count() >= PREFIX && text.ends_with(word);
    match query {
        Query::Text(Within::All, Text::Word(word)) if begun(&word) => Query::Text(Within::All, Text::Prefix(word)),
        Query::And(mut parts) => {
            if let Some(last) = parts.pop() {
                parts.push(unfinished(last, text));
            }
            Query::And(parts)
        }
        query => query,
    }
}

pub(super) fn arrived(model: &mut Model, ticket: Ticket, text: &str, found: &Searched) -> Vec<Effect> {
    let untitled = model.texts.get("untitled");
    let Some(Popup::Picker(picker)) = &mut model.popup else { return Vec::new() };
    let PickerKind::Search { awaited, passages, found_by, .. } = &mut picker.kind else { return Vec::new() };
    if *awaited != Some(ticket) {
        return Vec::new();
    }
    *awaited = None;
    let is_current = picker.input.value().trim_start() == text;
    // A further word that has only just begun takes nothing away yet.
    if found.hits.is_empty() && !picker.items.is_empty() && has_begun(text) {
        return if is_current { Vec::new() } else { typed(model) };
    }
    *found_by = Query::parse(text).ok().map(|query| unfinished(query, text));
    let passage = |hit: &crate::engine::SearchHit| Passage {
        text: hit.snippet.clone(),
        places: hit.places.clone(),
        article: Some(Listing::of(&hit.row)),
    };
    *passages = found.hits.iter().map(passage).collect();
    picker.is_loading = false;
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
    if is_current { Vec::new() } else { typed(model) }
}

/// Whether a text ends with the first letters of a further word.
fn has_begun(text: &str) -> bool {
    text.rsplit_once(char::is_whitespace).is_some_and(|(_, last)| (1..PREFIX).contains(&last.chars().count()))
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
    let found_by = found_by.clone();
    let chosen = picker.matches.get(picker.selected).and_then(|index| passages.get(*index)?.article.clone());
    let (Some(article), Some(query)) = (chosen, found_by) else { return Vec::new() };
    model.popup = None;
    model.focus = Focus::Headlines;
    model.list.marked.clear();
    (model.list.count, model.list.listed, model.list.outer) = (None, None, None);
    model.list.filter = Filter { words: Some((query.to_string(), query)), ..Filter::default() };
    let key = article.key;
    model.reader.open_when_listed = Some(article);
    headlines::load(model, Span::From(key), Some(key.id))
}
