//! Saved views: going to one, saving what the list shows as one, and how much is unread in those that are in sight.

use crossterm::event::{Event, KeyCode, KeyModifiers};
use tui_input::Input;

use super::{form, headlines, sources};
use crate::i18n::Texts;
use crate::model::query::Query;
use crate::model::view::{self, NewView, SavedView, ViewId};
use crate::tui::model::{Focus, Form, FormKind, Item, Model, Picker, PickerKind, Place, Popup, Tick};
use crate::tui::msg::{Effect, Msg, Ticket};

/// The list of views: their keys go to them at once, other letters narrow it.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let picker = Picker::new(PickerKind::Views, items(model));
    model.popup = Some(Popup::Picker(picker));
    Vec::new()
}

fn items(model: &Model) -> Vec<Item> {
    let item = |view: &SavedView| {
        let count = model.sources.in_views.get(&view.id).filter(|count| **count > 0);
        let count = count.map(ToString::to_string).unwrap_or_default();
        let key = view.key.map_or_else(|| "   ".to_owned(), |key| format!("[{key}]"));
        Item {
            label: view.name.clone(),
            detail: format!("{count:>6} {key}"),
            key: view.id.0.to_string(),
            tick: Tick::Off,
            command: None,
        }
    };
    model.sources.views.iter().map(item).collect()
}

/// A view's own key, pressed before anything is typed.
pub(super) fn by_key(model: &mut Model, event: &Event) -> Option<Vec<Effect>> {
    let Some(Popup::Picker(picker)) = &model.popup else { return None };
    let Event::Key(key) = event else { return None };
    let KeyCode::Char(pressed) = key.code else { return None };
    if !picker.input.value().is_empty() || key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) {
        return None;
    }
    let view = model.sources.views.iter().find(|view| view.key == Some(pressed))?.clone();
    Some(go_to(model, view))
}

pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    let Some(Popup::Picker(picker)) = &model.popup else { return Vec::new() };
    let chosen = picker.current().and_then(|item| item.key.parse().ok()).map(ViewId);
    let view = model.sources.views.iter().find(|view| Some(view.id) == chosen).cloned();
    view.map(|view| go_to(model, view)).unwrap_or_default()
}

fn go_to(model: &mut Model, view: SavedView) -> Vec<Effect> {
    model.popup = None;
    model.focus = Focus::Headlines;
    model.sources.following = None;
    // A view is the whole of what is asked for.
    let filter = crate::tui::model::Filter::default();
    let has_chips = model.list.filter.has_chips();
    model.list.outer = None;
    model.list.filter = crate::tui::model::Filter { place: model.list.filter.place.clone(), ..filter };
    let place = Place::View(view);
    if let Some(row) = model.sources.rows.iter().position(|row| row.place.is_same(&place)) {
        model.sources.selected = row;
    }
    let effects = sources::show(model, place);
    if effects.is_empty() && has_chips { headlines::filter_changed(model) } else { effects }
}

/// The view whose row of the source pane is selected, while that pane has the keys.
pub(super) fn under_cursor(model: &Model) -> Option<SavedView> {
    match &model.sources.current().filter(|_| model.focus == Focus::Sources)?.place {
        Place::View(view) => Some(view.clone()),
        _ => None,
    }
}

/// What the list shows, with a name for it.
pub(super) fn shown(model: &Model) -> (String, Query) {
    let query = match model.list.filter.query() {
        Query::And(mut parts) if parts.len() == 1 => parts.remove(0),
        query => query,
    };
    // A tag's or a search's own name is a good one to begin with.
    let filter = &model.list.filter;
    let name = match (&filter.words, filter.tags.first()) {
        (Some((typed, _)), _) => typed.clone(),
        (None, Some(tag)) => tag.name.clone(),
        (None, None) => String::new(),
    };
    (name, query)
}

/// Saves what the list shows, as a new view.
pub(super) fn open_save(model: &mut Model) -> Vec<Effect> {
    let (name, query) = shown(model);
    if query == Query::everything() {
        model.tell(model.texts.get("view-everything"));
        return Vec::new();
    }
    open_form(model, None, name, &query, None)
}

pub(super) fn open_edit(model: &mut Model, view: SavedView) -> Vec<Effect> {
    open_form(model, Some(view.id), view.name, &view.query, view.key)
}

fn open_form(model: &mut Model, over: Option<ViewId>, name: String, query: &Query, key: Option<char>) -> Vec<Effect> {
    let fields = vec![
        ("field-name", Input::new(name)),
        ("field-query", Input::new(query.to_string())),
        ("field-key", Input::new(key.map(String::from).unwrap_or_default())),
    ];
    let mut effects = form::open(model, Form::new(FormKind::SaveView(over), fields));
    effects.push(Effect::LoadTags);
    effects
}

/// Enter in the form.
pub(super) fn save(form: &mut Form, over: Option<ViewId>, texts: &Texts, views: &[SavedView]) -> Vec<Effect> {
    let name = form.value("field-name").to_owned();
    let parsed = Query::parse(form.value("field-query"));
    let query = parsed.and_then(|query| query.kept(views, over));
    let (typed, key) = (form.value("field-key"), view::key(form.value("field-key")));
    let problem = match &query {
        _ if name.is_empty() => Some(texts.get("name-missing")),
        Err(error) => Some(texts.query_error(error)),
        Ok(_) if !typed.is_empty() && key.is_none() => Some(texts.get("key-one")),
        Ok(_) => None,
    };
    let (None, Ok(query)) = (&problem, query) else {
        form.error = problem;
        return Vec::new();
    };
    form.is_busy = true;
    vec![Effect::SaveView { over, view: NewView { name, query, key } }]
}

/// What was asked about views has been answered.
pub(super) fn reply(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Views(found) => arrived(model, found),
        Msg::ViewsCounted { ticket, counts } => counted(model, ticket, counts),
        Msg::ViewSaved => saved(model),
        _ => Vec::new(),
    }
}

fn saved(model: &mut Model) -> Vec<Effect> {
    if matches!(&model.popup, Some(Popup::Form(form)) if matches!(form.kind, FormKind::SaveView(_))) {
        model.popup = None;
    }
    vec![Effect::LoadViews]
}

pub(super) fn ask_remove(model: &mut Model, view: &SavedView) -> Vec<Effect> {
    let question = model.texts.with("ask-remove-view", "view", view.name.clone());
    model.popup = Some(Popup::Confirm { question, effect: Effect::RemoveView(view.id) });
    Vec::new()
}

/// The views as they are saved now. A list that shows one of them follows what has become of it.
fn arrived(model: &mut Model, views: Vec<SavedView>) -> Vec<Effect> {
    model.sources.views = views;
    model.sources.views_changed();
    model.sources.rebuild();
    refresh_list(model);
    let Place::View(shown) = model.list.filter.place.clone() else { return Vec::new() };
    match model.sources.views.iter().find(|view| view.id == shown.id).cloned() {
        Some(view) if view.query == shown.query => {
            model.list.filter.place = Place::View(view);
            Vec::new()
        }
        Some(view) => sources::show(model, Place::View(view)),
        None => sources::show_all(model),
    }
}

/// What the open list of views shows is brought up to date.
fn refresh_list(model: &mut Model) {
    let fresh = items(model);
    if let Some(Popup::Picker(picker)) = &mut model.popup
        && picker.kind == PickerKind::Views
    {
        let selected = picker.selected;
        picker.items = fresh;
        picker.narrow();
        picker.selected = selected.min(picker.matches.len().saturating_sub(1));
    }
}

/// Asks how much is unread in the views that are in sight and have not been counted since something happened.
pub(super) fn count(model: &mut Model) -> Option<Effect> {
    if model.sources.counting_views.is_some() || model.sources.stale_views.is_empty() {
        return None;
    }
    let is_listed = matches!(&model.popup, Some(Popup::Picker(picker)) if picker.kind == PickerKind::Views);
    let rows = model.panes().sources.map_or(0, |area| usize::from(area.height.saturating_sub(2)));
    let in_pane = model.sources.rows.iter().skip(model.sources.offset).take(rows);
    let in_pane: Vec<ViewId> =
        in_pane.filter_map(|row| if let Place::View(view) = &row.place { Some(view.id) } else { None }).collect();
    let stale = &model.sources.stale_views;
    let wanted = model.sources.views.iter().filter(|view| stale.contains(&view.id));
    let wanted = wanted.filter(|view| is_listed || in_pane.contains(&view.id));
    let views: Vec<(ViewId, Query)> = wanted.map(|view| (view.id, view.query.clone())).collect();
    if views.is_empty() {
        return None;
    }
    for (id, _) in &views {
        model.sources.stale_views.remove(id);
    }
    let ticket = model.ticket();
    model.sources.counting_views = Some(ticket);
    Some(Effect::CountViews { ticket, views })
}

fn counted(model: &mut Model, ticket: Ticket, counts: Vec<(ViewId, u64)>) -> Vec<Effect> {
    if model.sources.counting_views == Some(ticket) {
        model.sources.counting_views = None;
        model.sources.in_views.extend(counts);
        model.sources.rebuild();
        refresh_list(model);
    }
    Vec::new()
}
