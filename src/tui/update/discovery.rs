//! What was found at an address that somebody wants to subscribe to: one feed is taken at once, several are offered.

use std::sync::Arc;

use crate::engine::Found;
use crate::model::feed::Subscription;
use crate::model::scrub;
use crate::tui::model::{Form, FormKind, Item, Model, Picker, PickerKind, Popup, Tick};
use crate::tui::msg::Effect;

pub(super) fn found(model: &mut Model, found: Vec<Arc<Found>>, subscription: Subscription) -> Vec<Effect> {
    // Whoever has closed the dialog meanwhile no longer wants it.
    let is_awaited = |form: &Form| form.is_busy && form.kind == FormKind::Subscribe;
    if !matches!(&model.popup, Some(Popup::Form(form)) if is_awaited(form)) {
        return Vec::new();
    }
    if found.len() < 2 {
        return vec![Effect::Subscribe { found, subscription }];
    }
    let items = found.iter().map(|found| item(model, found)).collect();
    model.popup = Some(Popup::Picker(Picker::new(PickerKind::Feeds { found, subscription }, items)));
    Vec::new()
}

fn item(model: &Model, found: &Found) -> Item {
    let title = scrub::line(found.title());
    let name = if title.is_empty() { found.url() } else { title.into_owned() };
    Item {
        label: format!("{name}  {}", found.url()),
        detail: model.texts.with("articles-count", "n", found.articles()),
        key: found.url(),
        tick: Tick::Off,
        command: None,
    }
}

/// Enter: the ticked feeds, or the selected one where none is ticked.
pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    let Some(Popup::Picker(picker)) = &model.popup else { return Vec::new() };
    let PickerKind::Feeds { found, subscription } = &picker.kind else { return Vec::new() };
    let mut chosen: Vec<&str> =
        picker.items.iter().filter(|item| item.tick == Tick::On).map(|item| item.key.as_str()).collect();
    if chosen.is_empty() {
        chosen.extend(picker.current().map(|item| item.key.as_str()));
    }
    let found: Vec<Arc<Found>> = found.iter().filter(|found| chosen.contains(&found.url().as_str())).cloned().collect();
    let subscription = subscription.clone();
    if found.is_empty() {
        return Vec::new();
    }
    model.popup = None;
    vec![Effect::Subscribe { found, subscription }]
}

/// Space.
pub(super) fn tick(model: &mut Model) -> Vec<Effect> {
    if let Some(Popup::Picker(picker)) = &mut model.popup
        && let Some(item) = picker.current_mut()
    {
        item.tick = if item.tick == Tick::On { Tick::Off } else { Tick::On };
    }
    Vec::new()
}
