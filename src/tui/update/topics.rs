//! Topics: following one from a tag, an article or what was typed, and how the places in the source pane keep up.

use super::{headlines, marks, sources, story, why};
use crate::engine::{Suggestion, TopicPage};
use crate::model::entry::EntryId;
use crate::model::tag;
use crate::model::topic::{TopicId, TopicRow};
use crate::tui::model::{Act, Focus, Item, Model, Picker, PickerKind, Place, Popup, Tick};
use crate::tui::msg::{Effect, Origin, TopicEffect, TopicMsg};

/// `f`: follows what is under the cursor, or offers to follow it no longer.
pub(super) fn follow(model: &mut Model) -> Vec<Effect> {
    match &model.popup {
        Some(Popup::Picker(picker)) => {
            let name = picker.current().map(|item| super::tags::name_of(item).to_owned());
            name.map(|name| follow_name(model, name, Vec::new())).unwrap_or_default()
        }
        Some(_) => Vec::new(),
        None if model.focus == Focus::Sources => of_source(model),
        None => offer(model),
    }
}

fn of_source(model: &mut Model) -> Vec<Effect> {
    match under_cursor(model) {
        Some(name) => follow_name(model, name, Vec::new()),
        None => {
            model.tell(model.texts.get("follow-nothing"));
            Vec::new()
        }
    }
}

/// The topic whose row of the source pane is selected, while that pane has the keys.
pub(super) fn under_cursor(model: &Model) -> Option<String> {
    match &model.sources.current().filter(|_| model.focus == Focus::Sources)?.place {
        Place::Topic { name, .. } => Some(name.clone()),
        _ => None,
    }
}

/// What an article might be followed by: its tags, and what it is about. The article becomes an example.
fn offer(model: &mut Model) -> Vec<Effect> {
    let Some(row) = model.list.current().filter(|row| row.id.0 > 0) else { return Vec::new() };
    let (id, items) = (row.id, row.tags.iter().map(|name| item(name)).collect());
    let mut picker = Picker::new(PickerKind::Follow(model.list.targets()), items);
    picker.is_loading = true;
    model.popup = Some(Popup::Picker(picker));
    let language = model.texts.language().code();
    vec![Effect::Topic(TopicEffect::Subjects { id, language })]
}

fn item(name: &str) -> Item {
    Item { label: name.to_owned(), detail: String::new(), key: tag::fold(name), tick: Tick::Off, command: None }
}

/// What many outlets tell of just now; Enter follows it.
pub(super) fn suggest(model: &mut Model) -> Vec<Effect> {
    let mut picker = Picker::new(PickerKind::Suggest, Vec::new());
    picker.is_loading = true;
    model.popup = Some(Popup::Picker(picker));
    vec![Effect::Topic(TopicEffect::Suggest)]
}

fn suggested(model: &mut Model, found: &[Suggestion]) {
    let told = |suggestion: &Suggestion| {
        let values = [("outlets", suggestion.outlets.into()), ("languages", suggestion.languages.into())];
        model.texts.with_all("suggest-told", &values)
    };
    let items = found.iter().map(|suggestion| Item { detail: told(suggestion), ..item(&suggestion.name) }).collect();
    if let Some(Popup::Picker(picker)) = &mut model.popup
        && picker.kind == PickerKind::Suggest
    {
        picker.items = items;
        picker.is_loading = false;
        picker.narrow();
    }
}

/// The page of the topic that is selected, listed, or that the article belongs to.
pub(super) fn open_page(model: &mut Model) -> Vec<Effect> {
    let topics = &model.sources.topics;
    let of_place = match &model.list.filter.place {
        Place::Topic { name, .. } => Some(name.clone()),
        _ => None,
    };
    let of_filter = model.list.filter.tags.iter().filter(|tag| !tag.is_excluded).map(|tag| tag.name.clone());
    let of_article = model.list.current().into_iter().flat_map(|row| row.topics.iter().chain(&row.tags).cloned());
    let mut named = under_cursor(model).into_iter().chain(of_place).chain(of_filter).chain(of_article);
    let topic = named.find_map(|name| model.sources.topic(&tag::fold(&name)));
    match topic.or(topics.first().filter(|_| topics.len() == 1)) {
        Some(topic) => {
            let (topic, name) = (topic.id, topic.name.clone());
            model.popup = Some(Popup::Topic { topic, name, page: None, scroll: 0 });
            vec![Effect::Topic(TopicEffect::Page(topic))]
        }
        None => {
            let id = if topics.is_empty() { "topic-none" } else { "topic-none-here" };
            model.tell(model.texts.get(id));
            Vec::new()
        }
    }
}

/// The page has come. It may have been closed meanwhile, and opened anew: what came first is what is new since the last look.
fn page_arrived(model: &mut Model, topic: TopicId, found: Option<Box<TopicPage>>) {
    let Some(Popup::Topic { topic: shown, name, page: page @ None, .. }) = &mut model.popup else { return };
    if *shown != topic {
        return;
    }
    match found {
        Some(found) => *page = Some(found),
        None => {
            let name = std::mem::take(name);
            model.popup = None;
            model.tell(model.texts.with("topic-unfollowed", "topic", name));
        }
    }
}

/// Enter on the page: its articles as a list.
pub(super) fn list_page(model: &mut Model) -> Vec<Effect> {
    let Some(Popup::Topic { topic, name, .. }) = model.popup.take() else { return Vec::new() };
    model.focus = Focus::Headlines;
    let place = Place::Topic { id: topic, name };
    if let Some(row) = model.sources.rows.iter().position(|row| row.place.is_same(&place)) {
        model.sources.selected = row;
    }
    model.sources.following = None;
    sources::show(model, place)
}

/// Follows a topic of this name; one that is followed is asked about.
pub(super) fn follow_name(model: &mut Model, name: String, examples: Vec<EntryId>) -> Vec<Effect> {
    let key = tag::fold(&name);
    if key.is_empty() {
        return Vec::new();
    }
    if let Some(topic) = model.sources.topic(&key) {
        let question = model.texts.with("ask-unfollow", "topic", topic.name.clone());
        let effect = TopicEffect::Unfollow { topic: topic.id, name: topic.name.clone() };
        model.popup = Some(Popup::Confirm { question, effect: Effect::Topic(effect) });
        return Vec::new();
    }
    model.popup = None;
    vec![Effect::Topic(TopicEffect::Follow { name, examples, origin: Origin::Act })]
}

/// Enter in the offer: what is selected, else what was typed. A name of the user's own says nothing of the article that
/// happens to be selected: only marked ones become examples then.
pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    let Some(Popup::Picker(picker)) = &model.popup else { return Vec::new() };
    let offered = picker.current().map(|item| item.label.clone());
    let examples = match &picker.kind {
        PickerKind::Follow(examples) if offered.is_some() || !model.list.marked.is_empty() => examples.clone(),
        _ => Vec::new(),
    };
    let name = offered.unwrap_or_else(|| picker.input.value().trim().to_owned());
    model.list.marked.clear();
    follow_name(model, name, examples)
}

pub(super) fn arrived(model: &mut Model, msg: TopicMsg) -> Vec<Effect> {
    match msg {
        TopicMsg::Rows(rows) => rows_arrived(model, rows),
        TopicMsg::Followed { topic: None, .. } => Vec::new(),
        TopicMsg::Followed { topic: Some(topic), name, examples, is_new, origin } => {
            let id = if is_new { "topic-followed" } else { "topic-example" };
            model.tell(model.texts.with(id, "topic", name.clone()));
            if is_new {
                marks::remember(model, Act::Followed { topic, name, examples }, origin);
            }
            Vec::new()
        }
        TopicMsg::Unfollowed(name) => {
            model.tell(model.texts.with("topic-unfollowed", "topic", name));
            Vec::new()
        }
        TopicMsg::Taught { lesson, origin } => why::taught(model, lesson, origin),
        TopicMsg::Page(topic, page) => {
            page_arrived(model, topic, page);
            Vec::new()
        }
        TopicMsg::Suggested(found) => {
            suggested(model, &found);
            Vec::new()
        }
        TopicMsg::Regrouped { edit, origin } => story::regrouped(model, edit, origin),
        TopicMsg::StoriesToggled(is_once) => story::toggled(model, is_once),
        TopicMsg::Subjects { id, names } => {
            subjects_arrived(model, id, names);
            Vec::new()
        }
    }
}

/// What an article is about has come: after its tags, those that say the same are not said twice.
fn subjects_arrived(model: &mut Model, id: EntryId, names: Vec<String>) {
    let is_current = model.list.current().is_some_and(|row| row.id == id);
    if let Some(Popup::Picker(picker)) = &mut model.popup
        && matches!(picker.kind, PickerKind::Follow(_))
        && is_current
    {
        for name in names {
            let new = item(&name);
            if !picker.items.iter().any(|item| item.key == new.key) {
                picker.items.push(new);
            }
        }
        let selected = picker.selected;
        picker.is_loading = false;
        picker.narrow();
        picker.selected = selected.min(picker.matches.len().saturating_sub(1));
    }
}

/// The topics as they are now. A list that shows one which is followed no longer goes back to everything.
fn rows_arrived(model: &mut Model, topics: Vec<TopicRow>) -> Vec<Effect> {
    let before = std::mem::replace(&mut model.sources.topics, topics);
    model.sources.rebuild();
    let names = model.sources.topic_names();
    match model.list.filter.place.clone() {
        Place::Topic { id, .. } if !model.sources.topics.iter().any(|topic| topic.id == id) => sources::show_all(model),
        Place::Topics(known) if known != names && names.is_empty() => sources::show_all(model),
        Place::Topics(known) if known != names => {
            model.list.filter.place = Place::Topics(names);
            headlines::filter_changed(model)
        }
        Place::Topic { id, .. } => {
            // What the library's judgement has brought is shown without asking while the list is being filled.
            let of = |rows: &[TopicRow]| rows.iter().find(|topic| topic.id == id).map(|topic| topic.articles);
            let is_empty = model.list.rows.is_empty() && model.list.awaited.is_none();
            if is_empty && of(&before) != of(&model.sources.topics) {
                headlines::reload(model, None)
            } else {
                Vec::new()
            }
        }
        _ => Vec::new(),
    }
}

/// A topic is followed, taught or dropped, or the library has been judged by it.
pub(super) fn changed(model: &mut Model) -> Vec<Effect> {
    model.counts_due = true;
    let tagged = model.list.rows.iter().filter(|row| !row.topics.is_empty()).map(|row| row.id).collect();
    vec![Effect::Topic(TopicEffect::Load), Effect::LoadRows(tagged)]
}
