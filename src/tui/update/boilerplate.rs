//! What kabar has learned to leave out of a site's articles, because so many of them have it: shown, and taken back or
//! renewed line by line.

use crate::model::page::Learned;
use crate::tui::model::{Item, Model, Picker, PickerKind, Popup, Tick};
use crate::tui::msg::{Effect, Ticket};

/// Asks what is known of the site of the selected article.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let Some(id) = model.list.current().map(|row| row.id) else { return Vec::new() };
    let ticket = model.ticket();
    let mut picker = Picker::new(PickerKind::Boilerplate { site: String::new(), ticket }, Vec::new());
    picker.is_loading = true;
    model.popup = Some(Popup::Picker(picker));
    vec![Effect::LoadBoilerplate { ticket, id }]
}

pub(super) fn arrived(model: &mut Model, ticket: Ticket, site: String, blocks: Vec<Learned>) -> Vec<Effect> {
    let count = |model: &Model, n: u64| model.texts.with("block-count", "n", n);
    let items: Vec<Item> = blocks
        .into_iter()
        .map(|block| Item {
            detail: if block.is_kept { model.texts.get("block-kept") } else { count(model, block.articles) },
            label: block.words,
            key: block.hash.to_string(),
            tick: if block.is_kept { Tick::Off } else { Tick::Out },
            command: None,
        })
        .collect();
    let Some(Popup::Picker(picker)) = &mut model.popup else { return Vec::new() };
    if !matches!(picker.kind, PickerKind::Boilerplate { ticket: awaited, .. } if awaited == ticket) {
        return Vec::new();
    }
    if items.is_empty() {
        model.popup = None;
        model.tell(model.texts.get("nothing-learned"));
        return Vec::new();
    }
    // What is selected stays so while its mark changes.
    let selected = picker.selected;
    picker.kind = PickerKind::Boilerplate { site, ticket };
    picker.items = items;
    picker.is_loading = false;
    picker.narrow();
    picker.selected = selected.min(picker.matches.len().saturating_sub(1));
    Vec::new()
}

/// Enter: the block is kept from now on, or left out again.
pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    let Some(Popup::Picker(picker)) = &model.popup else { return Vec::new() };
    let PickerKind::Boilerplate { site, ticket } = &picker.kind else { return Vec::new() };
    let Some((hash, is_kept)) =
        picker.current().and_then(|item| Some((item.key.parse().ok()?, item.tick == Tick::Out)))
    else {
        return Vec::new();
    };
    let (site, ticket) = (site.clone(), *ticket);
    model.tell(model.texts.get(if is_kept { "block-now-kept" } else { "block-left-out" }));
    vec![Effect::KeepBlock { ticket, site, hash, is_kept }]
}
