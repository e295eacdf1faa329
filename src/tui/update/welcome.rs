//! The welcome screen: how to come by the first subscriptions.

use super::form;
use crate::engine::packs;
use crate::tui::model::{Exit, Item, Model, Picker, PickerKind, Popup, Tick};
use crate::tui::msg::Effect;

/// What can be done besides ticking packs, with the text ids of the rows.
const ACTIONS: &[&str] = &["welcome-url", "welcome-import", "welcome-demo"];

/// The screen for a reader without subscriptions.
#[must_use]
pub fn welcome(model: &Model) -> Picker {
    let packs = packs().into_iter().map(|pack| Item {
        label: model.texts.get(&format!("pack-{}", pack.id)),
        detail: model.texts.with("feeds-count", "n", pack.feeds.len()),
        key: pack.id,
        tick: Tick::Off,
        command: None,
    });
    let actions = ACTIONS.iter().map(|id| Item {
        label: model.texts.get(id),
        detail: String::new(),
        key: (*id).to_owned(),
        tick: Tick::Off,
        command: None,
    });
    Picker::new(PickerKind::Welcome, packs.chain(actions).collect())
}

/// Whether a row of the screen is a pack, which can be ticked.
#[must_use]
pub fn is_pack(item: &Item) -> bool {
    !ACTIONS.contains(&item.key.as_str())
}

/// Enter: the ticked packs, or the selected row where none is ticked.
pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    let Some(Popup::Picker(picker)) = &model.popup else { return Vec::new() };
    let Some(item) = picker.current() else { return Vec::new() };
    match item.key.as_str() {
        "welcome-url" => form::open_subscribe(model),
        "welcome-import" => {
            let path = newsboat_list().unwrap_or_default();
            form::open_import(model, path)
        }
        "welcome-demo" => {
            model.exit = Some(Exit::Demo);
            Vec::new()
        }
        pack => {
            let mut ids: Vec<String> =
                picker.items.iter().filter(|item| item.tick == Tick::On).map(|item| item.key.clone()).collect();
            if ids.is_empty() {
                ids.push(pack.to_owned());
            }
            model.popup = None;
            model.is_pristine = true;
            vec![Effect::SubscribePacks(ids)]
        }
    }
}

/// The list of a newsboat that was used before, in its usual places.
fn newsboat_list() -> Option<String> {
    let home = directories::BaseDirs::new()?;
    let places = [home.config_dir().join("newsboat/urls"), home.home_dir().join(".newsboat/urls")];
    places.into_iter().find(|path| path.is_file()).map(|path| path.to_string_lossy().into_owned())
}
