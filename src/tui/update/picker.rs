//! Popups: moving in them, taking what is selected, closing them.

use crossterm::event::MouseEventKind;

use super::{boilerplate, discovery, form, links, pictures, rules, run, search, stepped, tags, topics, views, welcome};
use crate::command::{Command, ROWS, Row, Step};
use crate::tui::model::{Item, Model, Picker, PickerKind, Popup, Tick};
use crate::tui::msg::Effect;

/// Rows of a popup's list, about; paging need not be exact.
const PAGE: usize = 10;

pub(super) fn open_palette(model: &mut Model) -> Vec<Effect> {
    let items = ROWS
        .iter()
        .flat_map(Row::commands)
        .filter(|command| !is_of_popups(command))
        .map(|command| Item {
            label: model.texts.get(&command.text_id()),
            detail: String::new(),
            key: command.to_string(),
            tick: Tick::Off,
            command: Some(command),
        })
        .collect();
    model.popup = Some(Popup::Picker(Picker::new(PickerKind::Palette, items)));
    Vec::new()
}

/// Commands that only mean something inside a popup.
fn is_of_popups(command: &Command) -> bool {
    matches!(
        command,
        Command::Choose(_)
            | Command::Accept
            | Command::Dismiss
            | Command::Complete
            | Command::Tick
            | Command::Exclude
            | Command::SwitchMatch
            | Command::LinkBrowser
            | Command::LinkCopy
            | Command::Teach(_)
            | Command::NextTopic
    )
}

pub(super) fn choose(model: &mut Model, step: Step) -> Vec<Effect> {
    if matches!(model.popup, Some(Popup::Picture(_))) {
        return pictures::choose(model, step);
    }
    match &mut model.popup {
        Some(Popup::Picker(picker)) => {
            picker.selected = stepped(picker.selected, picker.matches.len(), PAGE, step);
            picker.has_moved = true;
        }
        Some(Popup::Form(form)) => form.selected = stepped(form.selected, form.fields.len(), PAGE, step),
        Some(
            Popup::Help { scroll }
            | Popup::Why { scroll, .. }
            | Popup::Topic { scroll, .. }
            | Popup::Explain { scroll, .. },
        ) => {
            // The view knows how long the text is, and stops at its end.
            *scroll = stepped(*scroll, usize::MAX, PAGE, step);
        }
        Some(Popup::Confirm { .. } | Popup::Picture(_)) | None => {}
    }
    Vec::new()
}

pub(super) fn pointer(model: &mut Model, kind: MouseEventKind) -> Vec<Effect> {
    match kind {
        MouseEventKind::ScrollDown => choose(model, Step::Down),
        MouseEventKind::ScrollUp => choose(model, Step::Up),
        _ => Vec::new(),
    }
}

pub(super) fn dismiss(model: &mut Model) -> Vec<Effect> {
    if let Some(Popup::Form(form)) = model.popup.take() {
        return form::dismissed(model, form.kind);
    }
    Vec::new()
}

/// Enter.
pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    match &model.popup {
        Some(Popup::Form(_)) => form::accept(model),
        Some(Popup::Help { .. } | Popup::Why { .. } | Popup::Explain { .. }) => dismiss(model),
        Some(Popup::Topic { .. }) => topics::list_page(model),
        Some(Popup::Picture(_)) => pictures::accept(model),
        Some(Popup::Confirm { effect, .. }) => {
            let effect = effect.clone();
            model.popup = None;
            vec![effect]
        }
        Some(Popup::Picker(picker)) => match &picker.kind {
            PickerKind::Palette | PickerKind::Save => {
                let typed = Command::parse(picker.input.value()).ok();
                let chosen = picker.current().and_then(|item| item.command.clone());
                model.popup = None;
                typed.or(chosen).map(|command| run(model, command)).unwrap_or_default()
            }
            PickerKind::Views => views::accept(model),
            PickerKind::Rules(_) => rules::accept(model),
            PickerKind::Boilerplate { .. } => boilerplate::accept(model),
            PickerKind::Welcome => welcome::accept(model),
            PickerKind::Search { .. } => search::accept(model),
            PickerKind::Feeds { .. } => discovery::accept(model),
            PickerKind::Links | PickerKind::Outline => links::accept(model),
            PickerKind::Follow(_) | PickerKind::Suggest => topics::accept(model),
            PickerKind::TagFilter | PickerKind::ArticleTags(_) | PickerKind::EditTags(_) | PickerKind::RemoveTag(_) => {
                tags::accept(model)
            }
        },
        None => Vec::new(),
    }
}

/// Space and `!`.
pub(super) fn tick(model: &mut Model, is_excluded: bool) -> Vec<Effect> {
    let Some(Popup::Picker(picker)) = &mut model.popup else { return Vec::new() };
    match picker.kind {
        PickerKind::Welcome => {
            if let Some(item) = picker.current_mut().filter(|item| welcome::is_pack(item)) {
                item.tick = if item.tick == Tick::On { Tick::Off } else { Tick::On };
            }
            Vec::new()
        }
        PickerKind::Boilerplate { .. } => boilerplate::accept(model),
        PickerKind::Feeds { .. } => discovery::tick(model),
        PickerKind::Search { .. } => search::space(model),
        PickerKind::Palette
        | PickerKind::Save
        | PickerKind::Views
        | PickerKind::Rules(_)
        | PickerKind::Links
        | PickerKind::Outline
        | PickerKind::Suggest
        | PickerKind::Follow(_) => {
            let spaced = format!("{} ", picker.input.value());
            picker.input = tui_input::Input::new(spaced);
            picker.narrow();
            Vec::new()
        }
        PickerKind::TagFilter | PickerKind::ArticleTags(_) | PickerKind::EditTags(_) | PickerKind::RemoveTag(_) => {
            tags::tick(model, is_excluded)
        }
    }
}
