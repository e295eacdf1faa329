//! Tags: the filter, an article's own tags, the user's tags on articles.

use tui_input::Input;

use super::headlines;
use crate::command::Match;
use crate::model::entry::EntryId;
use crate::model::tag::{self, TagCount, TagSource};
use crate::tui::model::{Focus, Item, Model, Picker, PickerKind, Popup, Tick};
use crate::tui::msg::{Effect, Origin};

pub(super) fn open_filter(model: &mut Model) -> Vec<Effect> {
    // The list, which follows what is ticked, has to be in sight.
    model.focus = Focus::Headlines;
    let mut picker = Picker::new(PickerKind::TagFilter, Vec::new());
    picker.matching = model.list.filter.matching;
    picker.is_loading = true;
    model.popup = Some(Popup::Picker(picker));
    vec![Effect::LoadTags]
}

pub(super) fn open_article_tags(model: &mut Model) -> Vec<Effect> {
    let Some(row) = model.list.current() else { return Vec::new() };
    let item = |name: &String| Item {
        label: name.clone(),
        detail: String::new(),
        key: tag::fold(name),
        tick: Tick::Off,
        command: None,
    };
    if row.tags.is_empty() {
        model.tell(model.texts.get("no-tags-here"));
        return Vec::new();
    }
    let id = row.id;
    let mut picker = Picker::new(PickerKind::ArticleTags(id), row.tags.iter().map(item).collect());
    show_ticks(model, &mut picker);
    model.popup = Some(Popup::Picker(picker));
    vec![Effect::LoadTags, Effect::LoadEntryTags(id)]
}

pub(super) fn open_editor(model: &mut Model) -> Vec<Effect> {
    open_for_entries(model, PickerKind::EditTags)
}

pub(super) fn open_remover(model: &mut Model) -> Vec<Effect> {
    open_for_entries(model, PickerKind::RemoveTag)
}

fn open_for_entries(model: &mut Model, kind: impl Fn(Vec<EntryId>) -> PickerKind) -> Vec<Effect> {
    let targets = model.list.targets();
    let Some(first) = targets.first().copied() else { return Vec::new() };
    let mut picker = Picker::new(kind(targets), Vec::new());
    picker.is_loading = true;
    model.popup = Some(Popup::Picker(picker));
    vec![Effect::LoadTags, Effect::LoadEntryTags(first)]
}

/// The tags with their counts have come.
pub(super) fn arrived(model: &mut Model, found: &[TagCount]) -> Vec<Effect> {
    model.tag_names = found.iter().map(|tag| tag.name.clone()).collect();
    if !matches!(model.popup, Some(Popup::Picker(_))) {
        return Vec::new();
    }
    let Some(Popup::Picker(mut picker)) = model.popup.take() else { return Vec::new() };
    let detail = |tag: &TagCount| format!("{} / {}", tag.unread, tag.articles);
    match picker.kind {
        PickerKind::TagFilter | PickerKind::EditTags(_) => {
            let selected = picker.current().map(|item| item.key.clone());
            let ticks = std::mem::take(&mut picker.items);
            picker.items = found
                .iter()
                .map(|tag| Item {
                    label: tag.name.clone(),
                    detail: detail(tag),
                    key: tag.key.clone(),
                    tick: ticks.iter().find(|item| item.key == tag.key).map_or(Tick::Off, |item| item.tick),
                    command: None,
                })
                .collect();
            if picker.kind == PickerKind::TagFilter {
                // A topic that nothing belongs to yet is one all the same.
                for topic in &model.sources.topics {
                    if !picker.items.iter().any(|item| item.key == topic.key) {
                        picker.items.push(Item {
                            label: topic.name.clone(),
                            detail: format!("{} / {}", topic.unread, topic.articles),
                            key: topic.key.clone(),
                            tick: Tick::Off,
                            command: None,
                        });
                    }
                }
                show_ticks(model, &mut picker);
                // What the list is filtered by comes first, then what is followed.
                let topics = &model.sources.topics;
                let is_topic = |item: &Item| topics.iter().any(|topic| topic.key == item.key);
                picker.items.sort_by_key(|item| (item.tick == Tick::Off, !is_topic(item)));
            }
            picker.is_loading = false;
            picker.narrow();
            let is_selected = |index: &usize| Some(&picker.items[*index].key) == selected.as_ref();
            picker.selected = picker.matches.iter().position(is_selected).unwrap_or(0);
        }
        PickerKind::ArticleTags(_) => {
            for item in &mut picker.items {
                item.detail = found.iter().find(|tag| tag.key == item.key).map(detail).unwrap_or_default();
            }
        }
        PickerKind::RemoveTag(_)
        | PickerKind::Search { .. }
        | PickerKind::Palette
        | PickerKind::Views
        | PickerKind::Rules(_)
        | PickerKind::Follow(_)
        | PickerKind::Suggest
        | PickerKind::Links
        | PickerKind::Outline
        | PickerKind::Save
        | PickerKind::Boilerplate { .. }
        | PickerKind::Welcome
        | PickerKind::Feeds { .. } => {}
    }
    shown_again(model, picker)
}

/// The tags of one article have come, each with who gave it.
pub(super) fn entry_tags_arrived(model: &mut Model, id: EntryId, found: Vec<(String, TagSource)>) -> Vec<Effect> {
    let source = |texts: &crate::i18n::Texts, source: TagSource| texts.get(&format!("source-{}", source.name()));
    let Some(Popup::Picker(mut picker)) = model.popup.take() else { return Vec::new() };
    let is_for = |ids: &[EntryId]| ids.first() == Some(&id);
    match &picker.kind {
        PickerKind::EditTags(ids) if is_for(ids) => {
            for (name, _) in found.iter().filter(|(_, source)| *source == TagSource::User) {
                let key = tag::fold(name);
                match picker.items.iter_mut().find(|item| item.key == key) {
                    Some(item) => item.tick = Tick::On,
                    None => picker.items.push(Item {
                        label: name.clone(),
                        detail: String::new(),
                        key,
                        tick: Tick::On,
                        command: None,
                    }),
                }
            }
            picker.narrow();
        }
        PickerKind::RemoveTag(ids) if is_for(ids) => {
            let own = found.into_iter().filter(|(_, source)| *source == TagSource::User);
            picker.items = own
                .map(|(name, _)| Item {
                    key: tag::fold(&name),
                    label: name,
                    detail: String::new(),
                    tick: Tick::Off,
                    command: None,
                })
                .collect();
            picker.is_loading = false;
            if picker.items.is_empty() {
                model.tell(model.texts.get("no-own-tags"));
                return Vec::new();
            }
            picker.narrow();
        }
        PickerKind::ArticleTags(of) if *of == id => {
            for item in &mut picker.items {
                let sources: Vec<String> = found
                    .iter()
                    .filter(|(name, _)| tag::fold(name) == item.key)
                    .map(|(_, who)| source(&model.texts, *who))
                    .collect();
                item.label = format!("{} · {}", item.label, sources.join(", "));
            }
        }
        PickerKind::EditTags(_)
        | PickerKind::RemoveTag(_)
        | PickerKind::ArticleTags(_)
        | PickerKind::TagFilter
        | PickerKind::Search { .. }
        | PickerKind::Palette
        | PickerKind::Views
        | PickerKind::Rules(_)
        | PickerKind::Follow(_)
        | PickerKind::Suggest
        | PickerKind::Links
        | PickerKind::Outline
        | PickerKind::Save
        | PickerKind::Boilerplate { .. }
        | PickerKind::Welcome
        | PickerKind::Feeds { .. } => {}
    }
    shown_again(model, picker)
}

/// Rows have come: an Enter that was pressed before them takes the one it was meant for.
fn shown_again(model: &mut Model, mut picker: Picker) -> Vec<Effect> {
    let is_due = picker.early > 0 && !picker.is_loading;
    if is_due {
        picker.early = 0;
    }
    model.popup = Some(Popup::Picker(picker));
    if is_due { accept(model) } else { Vec::new() }
}

/// The tag of a row, whose label may say who gave it.
pub(super) fn name_of(item: &Item) -> &str {
    item.label.split(" · ").next().unwrap_or_default()
}

/// Ticks the tags that the list is filtered by.
fn show_ticks(model: &Model, picker: &mut Picker) {
    for item in &mut picker.items {
        let chip = model.list.filter.tags.iter().find(|chip| chip.key == item.key);
        item.tick = match chip {
            Some(chip) if chip.is_excluded => Tick::Out,
            Some(_) => Tick::On,
            None => Tick::Off,
        };
    }
}

/// Enter: takes the tag and closes. In the editor a name that is no tag yet becomes one.
pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    let Some(Popup::Picker(picker)) = &mut model.popup else { return Vec::new() };
    let typed = picker.input.value().trim().to_owned();
    if picker.is_loading && !typed.is_empty() {
        picker.early = 1;
        return Vec::new();
    }
    let is_new = !typed.is_empty() && !picker.items.iter().any(|item| item.key == tag::fold(&typed));
    let effects = match (&picker.kind, picker.current()) {
        (PickerKind::EditTags(ids), None) if is_new => {
            vec![Effect::EditTag { entries: ids.clone(), tag: typed, is_added: true, origin: Origin::Act }]
        }
        // Nothing is there to filter by: what was typed can only be meant as a topic.
        (PickerKind::TagFilter, None) if is_new => {
            return super::topics::follow_name(model, typed, Vec::new());
        }
        (_, None) => return Vec::new(),
        _ if picker.has_ticked => Vec::new(),
        _ => tick(model, false),
    };
    model.popup = None;
    model.list.marked.clear();
    effects
}

/// Space and `!`: ticks the tag and stays.
pub(super) fn tick(model: &mut Model, is_excluded: bool) -> Vec<Effect> {
    let Some(Popup::Picker(picker)) = &mut model.popup else { return Vec::new() };
    let kind = picker.kind.clone();
    if picker.current().is_none() {
        // There is nothing to tick: it belongs to the name that is being typed.
        let typed = format!("{}{}", picker.input.value(), if is_excluded { '!' } else { ' ' });
        picker.input = Input::new(typed);
        return Vec::new();
    }
    picker.has_ticked = true;
    let Some(item) = picker.current_mut() else { return Vec::new() };
    let (name, key) = (name_of(item).to_owned(), item.key.clone());
    match kind {
        PickerKind::TagFilter | PickerKind::ArticleTags(_) => {
            let wanted = if is_excluded { Tick::Out } else { Tick::On };
            item.tick = if item.tick == wanted { Tick::Off } else { wanted };
            model.list.filter.toggle_tag(&name, &key, is_excluded);
            headlines::filter_changed(model)
        }
        PickerKind::EditTags(entries) => {
            let is_added = item.tick != Tick::On;
            item.tick = if is_added { Tick::On } else { Tick::Off };
            vec![Effect::EditTag { entries, tag: name, is_added, origin: Origin::Act }]
        }
        PickerKind::RemoveTag(entries) => {
            vec![Effect::EditTag { entries, tag: name, is_added: false, origin: Origin::Act }]
        }
        PickerKind::Palette
        | PickerKind::Views
        | PickerKind::Rules(_)
        | PickerKind::Follow(_)
        | PickerKind::Suggest
        | PickerKind::Search { .. }
        | PickerKind::Links
        | PickerKind::Outline
        | PickerKind::Save
        | PickerKind::Boilerplate { .. }
        | PickerKind::Welcome
        | PickerKind::Feeds { .. } => Vec::new(),
    }
}

/// All of the ticked tags, or any of them.
pub(super) fn switch_match(model: &mut Model) -> Vec<Effect> {
    let Some(Popup::Picker(picker)) = &mut model.popup else { return Vec::new() };
    picker.matching = match picker.matching {
        Match::All => Match::Any,
        Match::Any => Match::All,
    };
    model.list.filter.matching = picker.matching;
    headlines::filter_changed(model)
}

/// The list of one tag, from anywhere.
pub(super) fn filter_by(model: &mut Model, name: &str) -> Vec<Effect> {
    let key = tag::fold(name);
    if key.is_empty() {
        return Vec::new();
    }
    model.list.filter.toggle_tag(name, &key, false);
    headlines::filter_changed(model)
}
