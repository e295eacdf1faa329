//! The headline list: its selection, its window, its filter.

use super::{beside, stepped, story};
use crate::command::{Direction, Match, Order, Scope, Step};
use crate::model::entry::EntryId;
use crate::model::query::Sort;
use crate::store::{Mark, Span};
use crate::tui::model::{Filter, Focus, Model};
use crate::tui::msg::{Effect, Origin};

/// Asks for the list's newest rows; the selection stays on `keep` where that is still listed.
pub(super) fn reload(model: &mut Model, keep: Option<EntryId>) -> Vec<Effect> {
    load(model, Span::Top, keep)
}

/// Asks for a window of the list. While a reply is awaited, only the wish is noted: the reply asks again.
pub(super) fn load(model: &mut Model, span: Span, keep: Option<EntryId>) -> Vec<Effect> {
    let mut effects = Vec::new();
    if model.list.awaited.is_some() && !model.list.is_ranking {
        model.list.is_stale = true;
        return effects;
    }
    if std::mem::take(&mut model.list.is_ranking) {
        effects.push(Effect::CancelRanking);
    }
    let (ticket, counting) = (model.ticket(), model.ticket());
    let query = model.list.filter.query();
    model.list.awaited = Some(ticket);
    model.list.was_untouched = model.is_pristine;
    model.list.is_ranking = query.is_whole();
    model.list.more = None;
    model.list.counting = Some(counting);
    effects
        .extend([Effect::List { ticket, query: query.clone(), span, keep }, Effect::Count { ticket: counting, query }]);
    effects
}

/// Ctrl-C while everything is ranked: the newest first, then.
pub(super) fn cancel_ranking(model: &mut Model) -> Vec<Effect> {
    model.list.filter.sort = Some(Sort::Date);
    model.tell(model.texts.get("ranking-cancelled"));
    reload(model, None)
}

/// `\`: the list from its top in another order. There has to be something to rank by.
pub(super) fn sort(model: &mut Model, order: Order) -> Vec<Effect> {
    let query = model.list.filter.query();
    let now = query.sort().unwrap_or(Sort::Date);
    let wanted = match (order, now) {
        (Order::Date, _) | (Order::Other, Sort::Relevance | Sort::By(_)) => Sort::Date,
        (Order::Relevance, _) | (Order::Other, Sort::Date) => Sort::Relevance,
    };
    model.focus = Focus::Headlines;
    if wanted == Sort::Relevance && !query.has_text() {
        model.tell(model.texts.get("sort-needs-words"));
        return Vec::new();
    }
    model.list.filter.sort = Some(wanted);
    if wanted == now {
        return Vec::new();
    }
    (model.list.selected, model.list.offset) = (0, 0);
    reload(model, None)
}

/// The filter is another one: the list starts at its top.
pub(super) fn filter_changed(model: &mut Model) -> Vec<Effect> {
    let keep = model.list.current().map(|row| row.id);
    model.list.marked.clear();
    (model.list.count, model.list.listed) = (None, None);
    reload(model, keep)
}

/// Asks for the next page when the selection nears an end of what is loaded.
pub(super) fn more(model: &mut Model) -> Option<Effect> {
    if model.list.awaited.is_some() || model.list.more.is_some() {
        return None;
    }
    let span = model.list.wanted()?;
    let ticket = model.ticket();
    model.list.more = Some(ticket);
    Some(Effect::List { ticket, query: model.list.filter.query(), span, keep: None })
}

pub(super) fn step(model: &mut Model, step: Step) -> Vec<Effect> {
    let at_end = |model: &Model| match step {
        Step::First => model.list.is_top,
        Step::Last => model.list.is_bottom,
        _ => true,
    };
    if !at_end(model) {
        let span = if step == Step::First { Span::Top } else { Span::Bottom };
        model.list.selected = 0;
        return load(model, span, None);
    }
    if matches!(step, Step::First | Step::Up) && model.list.selected == 0 && model.list.waiting > 0 {
        return show_new(model);
    }
    let page = model.visible_rows();
    model.list.selected = stepped(model.list.selected, model.list.rows.len(), page, step);
    Vec::new()
}

pub(super) fn click(model: &mut Model, row: usize) -> Vec<Effect> {
    let clicked = model.list.offset + row / usize::from(model.row_height());
    if clicked >= model.list.rows.len() {
        model.focus = Focus::Headlines;
        return Vec::new();
    }
    let is_second = model.focus == Focus::Headlines && clicked == model.list.selected;
    model.focus = Focus::Headlines;
    model.list.selected = clicked;
    if is_second { open(model) } else { Vec::new() }
}

/// Removes the filter that was added last, the story that is open at last; `None` when there is none.
pub(super) fn remove_chip(model: &mut Model) -> Option<Vec<Effect>> {
    if model.list.filter.remove_chip() {
        return Some(filter_changed(model));
    }
    model.list.filter.story.is_some().then(|| story::close(model))
}

/// Opens the selected article: the keys go to it, and it counts as read.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    if model.list.rows.is_empty() {
        return Vec::new();
    }
    model.focus = Focus::Article;
    let mut effects = read(model);
    effects.extend(super::pictures::ahead(model));
    effects
}

/// The selected article counts as read from now on, or once it has been open for the set time.
pub(super) fn read(model: &mut Model) -> Vec<Effect> {
    let Some(row) = model.list.current().filter(|row| !row.read) else { return Vec::new() };
    let id = row.id;
    if !model.read_delay.is_zero() {
        model.reader.opened = Some((id, model.now));
        return Vec::new();
    }
    super::marks::set(model, vec![id], Mark::Read, Origin::Act)
}

/// Opens the article above or below.
pub(super) fn step_article(model: &mut Model, direction: Direction) -> Vec<Effect> {
    let Some(row) = beside(model.list.selected, model.list.rows.len(), direction) else {
        model.tell(model.texts.get("list-end"));
        return Vec::new();
    };
    model.list.selected = row;
    open(model)
}

/// Opens the nearest unread article that way; downwards the search goes on beyond what is loaded, and across feeds.
pub(super) fn next_unread(model: &mut Model, direction: Direction) -> Vec<Effect> {
    let mut row = model.list.selected;
    let is_unread = |model: &Model, row: usize| model.list.rows.get(row).is_some_and(|row| !row.read);
    // An unread article that is only selected is the next one; one that is open is not.
    if model.focus != Focus::Article && direction == Direction::Next && is_unread(model, row) {
        return open(model);
    }
    while let Some(next) = beside(row, model.list.rows.len(), direction) {
        row = next;
        if is_unread(model, row) {
            model.list.selected = row;
            return open(model);
        }
    }
    if direction == Direction::Previous {
        model.tell(model.texts.get("no-unread-above"));
        return Vec::new();
    }
    let query = model.list.filter.query();
    if query.limit().is_some() && model.list.is_whole() {
        let first = model.list.rows.iter().find(|row| !row.read).cloned();
        return super::article::unread_found(model, first);
    }
    let ticket = model.ticket();
    model.reader.seeking = Some(ticket);
    let after = model.list.rows.last().map(crate::model::entry::Headline::key);
    vec![Effect::FindUnread { ticket, query, after }]
}

/// Shows what has arrived since the list was made.
pub(super) fn show_new(model: &mut Model) -> Vec<Effect> {
    model.focus = Focus::Headlines;
    model.list.selected = 0;
    model.list.offset = 0;
    load(model, Span::Top, None)
}

pub(super) fn scope(model: &mut Model, scope: Scope) -> Vec<Effect> {
    model.focus = Focus::Headlines;
    model.list.filter.scope = scope;
    filter_changed(model)
}

pub(super) fn clear_filters(model: &mut Model) -> Vec<Effect> {
    if !model.list.filter.has_chips() {
        model.tell(model.texts.get("no-filters"));
        return Vec::new();
    }
    story::forget(model);
    let place = model.list.filter.place.clone();
    model.list.filter = Filter { place, matching: Match::All, ..Filter::default() };
    filter_changed(model)
}

pub(super) fn toggle_mark(model: &mut Model) -> Vec<Effect> {
    if let Some(id) = model.list.current().map(|row| row.id) {
        if !model.list.marked.remove(&id) {
            model.list.marked.insert(id);
        }
        return step(model, Step::Down);
    }
    Vec::new()
}
