//! Finding in the article: as it is typed, then from match to match until Esc.

use tui_input::Input;

use super::article;
use crate::command::Direction;
use crate::tui::model::find::{Hit, Search, find};
use crate::tui::model::{Form, FormKind, Model, Popup};
use crate::tui::msg::Effect;
use crate::tui::view::article::text_start;

pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    if model.reader.current().is_none() {
        return Vec::new();
    }
    let before = model.reader.search.take();
    let kind = FormKind::Find { before, scroll: model.reader.scroll };
    model.popup = Some(Popup::Form(Form::new(kind, vec![("field-find", Input::default())])));
    Vec::new()
}

/// The first match from where the reader was follows what is typed.
pub(super) fn typed(model: &mut Model, text: &str) -> Vec<Effect> {
    let from = match &model.popup {
        Some(Popup::Form(Form { kind: FormKind::Find { scroll, .. }, .. })) => *scroll,
        _ => model.reader.scroll,
    };
    let Some(shown) = model.reader.current() else { return Vec::new() };
    let first = from.saturating_sub(text_start(model, shown));
    let hits = find(&shown.article, text);
    let current = hits.iter().position(|hit| hit.line() >= first).unwrap_or(0);
    model.reader.search = (!text.is_empty()).then(|| Search { text: text.to_owned(), hits, current });
    model.reader.scroll = from;
    go_to_current(model);
    Vec::new()
}

pub(super) fn accepted(model: &mut Model) -> Vec<Effect> {
    if model.reader.search.as_ref().is_some_and(|search| search.hits.is_empty()) {
        model.reader.search = None;
        model.tell(model.texts.get("nothing-found"));
    }
    Vec::new()
}

pub(super) fn dismissed(model: &mut Model, before: Option<Search>, scroll: usize) -> Vec<Effect> {
    model.reader.search = before;
    model.reader.scroll = scroll;
    Vec::new()
}

pub(super) fn step(model: &mut Model, direction: Direction) -> Vec<Effect> {
    let Some(search) = &mut model.reader.search else { return super::search::step(model, direction) };
    let count = search.hits.len().max(1);
    search.current = match direction {
        Direction::Next => (search.current + 1) % count,
        Direction::Previous => (search.current + count - 1) % count,
    };
    go_to_current(model);
    Vec::new()
}

/// The article has been set anew: the matches are where its lines are now.
pub(super) fn refresh(model: &mut Model) {
    let Some(search) = &model.reader.search else { return };
    let Some(shown) = model.reader.current() else { return };
    let hits = find(&shown.article, &search.text);
    if let Some(search) = &mut model.reader.search {
        search.current = search.current.min(hits.len().saturating_sub(1));
        search.hits = hits;
    }
}

fn go_to_current(model: &mut Model) {
    let Some(line) = model.reader.search.as_ref().and_then(|search| search.hits.get(search.current)).map(Hit::line)
    else {
        return;
    };
    article::show_line(model, line);
}
