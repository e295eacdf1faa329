//! Lines of input: subscribing, editing a subscription, adding a tag, filtering as one types.

use crossterm::event::{Event, KeyCode, KeyEvent};
use tui_input::Input;
use tui_input::backend::crossterm::EventHandler;

use super::sources::this_feed;
use super::{complete, find, headlines, rules, search, unfinished, views};
use crate::config::raw::Span;
use crate::engine::Added;
use crate::model::feed::Subscription;
use crate::model::query::Query;
use crate::tui::model::{Focus, Form, FormKind, Model, PickerKind, Popup};
use crate::tui::msg::{Effect, Origin};

pub(super) fn open(model: &mut Model, form: Form) -> Vec<Effect> {
    model.popup = Some(Popup::Form(form));
    Vec::new()
}

pub(super) fn open_subscribe(model: &mut Model) -> Vec<Effect> {
    let folder = match model.sources.current().map(|row| &row.place) {
        Some(crate::tui::model::Place::Folder(name)) => name.clone(),
        _ => String::new(),
    };
    let fields =
        vec![("field-url", Input::default()), ("field-folder", Input::new(folder)), ("field-tags", Input::default())];
    open(model, Form::new(FormKind::Subscribe, fields))
}

pub(super) fn open_import(model: &mut Model, path: String) -> Vec<Effect> {
    open(model, Form::new(FormKind::Import, vec![("field-path", Input::new(path))]))
}

pub(super) fn open_edit_feed(model: &mut Model) -> Vec<Effect> {
    if let Some(view) = views::under_cursor(model) {
        return views::open_edit(model, view);
    }
    let Some(feed) = this_feed(model).and_then(|id| model.sources.feed(id)) else {
        model.tell(model.texts.get("no-feed-here"));
        return Vec::new();
    };
    let Subscription { title, folder, tags, interval, muted, .. } = &feed.subscription;
    let interval = interval.map(|seconds| Span(std::time::Duration::from_secs(seconds.into())).to_string());
    let yes = model.texts.get("yes");
    let fields = vec![
        ("field-title", Input::new(title.clone().unwrap_or_default())),
        ("field-url", Input::new(feed.url.clone())),
        ("field-folder", Input::new(folder.clone().unwrap_or_default())),
        ("field-tags", Input::new(tags.join(", "))),
        ("field-interval", Input::new(interval.unwrap_or_default())),
        ("field-muted", Input::new(if *muted { yes } else { String::new() })),
    ];
    let kind = FormKind::EditFeed(feed.id);
    open(model, Form::new(kind, fields))
}

pub(super) fn open_add_tag(model: &mut Model) -> Vec<Effect> {
    let targets = model.list.targets();
    if targets.is_empty() {
        return Vec::new();
    }
    open(model, Form::new(FormKind::AddTag(targets), vec![("field-tag", Input::default())]))
}

pub(super) fn open_filter(model: &mut Model) -> Vec<Effect> {
    let before = model.list.filter.words.clone();
    let typed = before.as_ref().map(|(typed, _)| typed.clone()).unwrap_or_default();
    // The list, which follows what is typed, has to be in sight.
    model.focus = Focus::Headlines;
    let mut effects = open(model, Form::new(FormKind::Filter { before }, vec![("field-filter", Input::new(typed))]));
    effects.push(Effect::LoadTags);
    effects
}

/// Esc: the list is filtered as it was before.
pub(super) fn dismissed(model: &mut Model, kind: FormKind) -> Vec<Effect> {
    match kind {
        FormKind::Filter { before } if before != model.list.filter.words => {
            model.list.filter.words = before;
            headlines::filter_changed(model)
        }
        FormKind::Find { before, scroll } => find::dismissed(model, before, scroll),
        FormKind::Filter { .. }
        | FormKind::Subscribe
        | FormKind::EditFeed(_)
        | FormKind::AddTag(_)
        | FormKind::SaveView(_)
        | FormKind::Rule { .. }
        | FormKind::Import => Vec::new(),
    }
}

/// A line that is ticked or not, and not typed into.
fn is_tick(form: &Form) -> bool {
    form.fields.get(form.selected).is_some_and(|(label, _)| *label == "field-muted")
}

/// A key that is no command: it goes into the line of input, if there is one.
pub(super) fn type_key(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    type_event(model, &Event::Key(key))
}

/// Pasted text goes into the line of input as one line.
pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let line = crate::model::scrub::line(text).into_owned();
    match &mut model.popup {
        Some(Popup::Form(form)) => {
            if let Some((_, input)) = form.fields.get_mut(form.selected) {
                *input = Input::new(format!("{}{line}", input.value()));
            }
        }
        Some(Popup::Picker(picker)) => {
            picker.input = Input::new(format!("{}{line}", picker.input.value()));
            picker.narrow();
            if matches!(picker.kind, PickerKind::Search { .. }) {
                return search::typed(model);
            }
        }
        // A pasted address is meant to be subscribed to.
        None if line.contains("://") => {
            open_subscribe(model);
            return paste(model, &line);
        }
        Some(
            Popup::Help { .. }
            | Popup::Why { .. }
            | Popup::Explain { .. }
            | Popup::Topic { .. }
            | Popup::Picture(_)
            | Popup::Confirm { .. },
        )
        | None => {}
    }
    typed(model)
}

fn type_event(model: &mut Model, event: &Event) -> Vec<Effect> {
    match &mut model.popup {
        Some(Popup::Form(form)) if !form.is_busy => {
            form.error = None;
            if is_tick(form) {
                if matches!(event, Event::Key(key) if key.code == KeyCode::Char(' ')) {
                    let (_, input) = &mut form.fields[form.selected];
                    *input = Input::new(if input.value().is_empty() { model.texts.get("yes") } else { String::new() });
                }
                return Vec::new();
            }
            if let Some((_, input)) = form.fields.get_mut(form.selected) {
                input.handle_event(event);
            }
            typed(model)
        }
        Some(Popup::Picker(picker)) => {
            if picker.kind == PickerKind::Views
                && let Some(effects) = views::by_key(model, event)
            {
                return effects;
            }
            let Some(Popup::Picker(picker)) = &mut model.popup else { return Vec::new() };
            if picker.input.handle_event(event).is_some_and(|change| change.value) {
                picker.narrow();
                if matches!(picker.kind, PickerKind::Search { .. }) {
                    return search::typed(model);
                }
            }
            Vec::new()
        }
        Some(
            Popup::Form(_)
            | Popup::Help { .. }
            | Popup::Why { .. }
            | Popup::Explain { .. }
            | Popup::Topic { .. }
            | Popup::Picture(_)
            | Popup::Confirm { .. },
        )
        | None => Vec::new(),
    }
}

/// The filter follows what is typed.
pub(super) fn typed(model: &mut Model) -> Vec<Effect> {
    let Some(Popup::Form(form)) = &mut model.popup else { return Vec::new() };
    if matches!(form.kind, FormKind::Find { .. }) {
        let text = form.value("field-find").to_owned();
        return find::typed(model, &text);
    }
    if !matches!(form.kind, FormKind::Filter { .. }) {
        return Vec::new();
    }
    let text = form.value("field-filter").to_owned();
    match complete::read(model, &text) {
        Ok(query) => {
            let typed = model.list.filter.words.as_ref().map_or("", |(typed, _)| typed);
            if typed == text {
                return Vec::new();
            }
            let query = unfinished::listed(query, &text);
            filter_by(model, (!text.is_empty()).then_some((text, query)))
        }
        Err(error) => {
            let said = model.texts.query_error(&error);
            if !complete::goes_on(model, &error)
                && let Some(Popup::Form(form)) = &mut model.popup
            {
                form.error = Some(said);
            }
            Vec::new()
        }
    }
}

fn filter_by(model: &mut Model, words: Option<(String, Query)>) -> Vec<Effect> {
    // An order that is typed is the one that is meant.
    if words.as_ref().is_some_and(|(_, query)| query.sort().is_some()) {
        model.list.filter.sort = None;
    }
    model.list.filter.words = words;
    headlines::filter_changed(model)
}

/// Nothing is listed: what has only begun at the end of the filter is left out of it. `None` where that changes nothing.
pub(super) fn nothing_listed(model: &mut Model) -> Option<Vec<Effect>> {
    let Some(Popup::Form(Form { kind: FormKind::Filter { .. }, .. })) = &model.popup else { return None };
    let (typed, query) = model.list.filter.words.as_ref()?;
    let shorter = unfinished::without_begun(model, &Query::parse(typed).ok()?, typed)?;
    let is_left_out = *query == shorter;
    let words = Some((typed.clone(), shorter));
    (!is_left_out).then(|| filter_by(model, words))
}

/// The filter keeps what it shows, and means what was left out of it as it was typed.
fn filter_accepted(model: &mut Model) -> Vec<Effect> {
    let Some((typed, shown)) = &model.list.filter.words else { return Vec::new() };
    match Query::parse(typed).map(|query| unfinished::kept(query, typed, shown)) {
        Ok(kept) if kept != *shown => {
            let words = Some((typed.clone(), kept));
            filter_by(model, words)
        }
        _ => Vec::new(),
    }
}

/// Enter: the next line, and on the last one what the form is for.
pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    let Some(Popup::Form(form)) = &mut model.popup else { return Vec::new() };
    if form.is_busy {
        return Vec::new();
    }
    match &form.kind {
        FormKind::Filter { .. } => {
            let parsed = Query::parse(form.value("field-filter"));
            if let Err(error) = parsed.and_then(|query| query.expanded(&model.sources.views).map(drop)) {
                form.error = Some(model.texts.query_error(&error));
                return Vec::new();
            }
            model.popup = None;
            filter_accepted(model)
        }
        FormKind::Find { .. } => {
            model.popup = None;
            find::accepted(model)
        }
        FormKind::AddTag(entries) => {
            let (entries, tag) = (entries.clone(), form.value("field-tag").to_owned());
            model.popup = None;
            model.list.marked.clear();
            if tag.is_empty() {
                return Vec::new();
            }
            vec![Effect::EditTag { entries, tag, is_added: true, origin: Origin::Act }]
        }
        FormKind::SaveView(over) => {
            let over = *over;
            views::save(form, over, &model.texts, &model.sources.views)
        }
        FormKind::Rule { .. } => rules::accept_form(model),
        FormKind::Subscribe => {
            let url = form.value("field-url").to_owned();
            if url.is_empty() {
                form.error = Some(model.texts.get("url-missing"));
                return Vec::new();
            }
            let subscription =
                Subscription { folder: filled(form, "field-folder"), tags: tags(form), ..Subscription::default() };
            form.is_busy = true;
            vec![Effect::Discover { url, subscription }]
        }
        FormKind::Import => {
            let path = form.value("field-path").to_owned();
            if path.is_empty() {
                return Vec::new();
            }
            form.is_busy = true;
            vec![Effect::Import(path.into())]
        }
        FormKind::EditFeed(id) => {
            let id = *id;
            let interval = match filled(form, "field-interval").map(|text| Span::parse(&text)).transpose() {
                Ok(span) => span.map(|span| span.0.as_secs().clamp(300, 30 * 86_400) as u32),
                Err(problem) => {
                    form.error = Some(problem);
                    return Vec::new();
                }
            };
            let Some(feed) = model.sources.feeds.iter().find(|feed| feed.id == id) else { return Vec::new() };
            let url = filled(form, "field-url").filter(|url| *url != feed.url);
            let subscription = Subscription {
                title: filled(form, "field-title"),
                folder: filled(form, "field-folder"),
                tags: tags(form),
                interval,
                muted: filled(form, "field-muted").is_some(),
                ..feed.subscription.clone()
            };
            form.is_busy = true;
            vec![Effect::EditFeed { feed: id, url, subscription }]
        }
    }
}

fn filled(form: &Form, label: &str) -> Option<String> {
    Some(form.value(label).to_owned()).filter(|text| !text.is_empty())
}

fn tags(form: &Form) -> Vec<String> {
    form.value("field-tags").split(',').map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect()
}

/// A feed was subscribed to.
pub(super) fn added(model: &mut Model, added: Added) -> Vec<Effect> {
    model.popup = None;
    model.is_pristine = true;
    let id = if added.was_known { "feed-known" } else { "feed-added" };
    let values = [("feed", added.title.into()), ("n", added.articles.into())];
    model.tell(model.texts.with_all(id, &values));
    let mut effects = headlines::reload(model, None);
    model.sources.views_changed();
    effects.extend([Effect::LoadFeeds, Effect::CountToday]);
    effects
}
