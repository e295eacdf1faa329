//! Articles become files: in which format is asked, where to is a setting.

use std::path::Path;
use std::sync::Arc;

use crate::command::Command;
use crate::model::file_format::FileFormat;
use crate::tui::model::{Item, Model, Notice, Picker, PickerKind, Popup, Tick};
use crate::tui::msg::Effect;

/// Asks for the format.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    if model.reader.visit().is_none() && model.list.targets().is_empty() {
        model.tell(model.texts.get("nothing-to-save"));
        return Vec::new();
    }
    let items = FileFormat::ALL.map(Command::SaveAs).map(|command| Item {
        label: model.texts.get(&command.text_id()),
        detail: String::new(),
        key: command.to_string(),
        tick: Tick::Off,
        command: Some(command),
    });
    model.popup = Some(Popup::Picker(Picker::new(PickerKind::Save, items.into())));
    Vec::new()
}

/// Saves the marked articles, else the page that was gone to, else the selected article.
pub(super) fn save(model: &mut Model, format: FileFormat) -> Vec<Effect> {
    let visit = model.reader.visit().filter(|_| model.list.marked.is_empty());
    let page = visit.map(|visit| Arc::clone(&visit.entry));
    let entries = if page.is_some() { Vec::new() } else { model.list.targets() };
    if page.is_none() && entries.is_empty() {
        model.tell(model.texts.get("nothing-to-save"));
        return Vec::new();
    }
    model.list.marked.clear();
    vec![Effect::Save { entries, page, format }]
}

/// The files are there: where they are is what the reader needs to know.
pub(super) fn saved(model: &mut Model, count: usize, path: &Path) -> Vec<Effect> {
    let path = path.display().to_string();
    let path = crate::model::scrub::line(&path).into_owned();
    let text = match count {
        0 => model.texts.get("nothing-to-save"),
        1 => model.texts.with("saved", "path", path.as_str()),
        n => model.texts.with_all("saved-many", &[("n", n.into()), ("path", path.as_str().into())]),
    };
    model.notice = Some(Notice { text, is_error: false, path: Some(path) });
    Vec::new()
}
