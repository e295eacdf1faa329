//! The pictures of an article, one at a time over the whole screen; fetched when they are asked for, and not before, unless
//! the settings name the feed.

use std::sync::Arc;

use ratatui::layout::Size;

use super::links;
use crate::command::Step;
use crate::tui::graphics::{self, Drawn};
use crate::tui::model::popup::{Viewer, ViewerState};
use crate::tui::model::{Model, Popup};
use crate::tui::msg::{Effect, Ticket};

/// Opens the first picture; where the terminal or the build has none, the list that opens them outside.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let count = model.reader.current().map_or(0, |shown| shown.article.images.len());
    if count == 0 {
        model.tell(model.texts.get("no-pictures"));
        return Vec::new();
    }
    if !graphics::IS_THERE || model.is_ascii {
        return links::open_list(model);
    }
    load(model, 0)
}

fn load(model: &mut Model, index: usize) -> Vec<Effect> {
    let found = model.reader.current().and_then(|shown| Some((&shown.entry, shown.article.images.get(index)?)));
    let Some((from, url)) = found.map(|(from, image)| (Arc::clone(from), image.url.clone())) else {
        return Vec::new();
    };
    let ticket = model.ticket();
    let size = room(model.size);
    model.popup = Some(Popup::Picture(Viewer { index, url: url.clone(), ticket, state: ViewerState::Loading }));
    vec![Effect::LoadPicture { ticket, from, url, size }]
}

/// Asks for the pictures of the opened article, where its feed is one of those that the settings name.
pub(super) fn ahead(model: &Model) -> Option<Effect> {
    if !graphics::IS_THERE || model.is_ascii || model.pictured.is_empty() {
        return None;
    }
    let row = model.list.current()?;
    let feed = model.sources.feeds.iter().find(|feed| feed.id == row.feed);
    let address = feed.map(|feed| feed.url.to_lowercase()).unwrap_or_default();
    let title = row.feed_title.to_lowercase();
    let is_named =
        model.pictured.iter().any(|words| title.contains(words.as_str()) || address.contains(words.as_str()));
    is_named.then_some(Effect::FetchPictures(row.id))
}

/// What is left of the screen inside of the window.
#[must_use]
pub fn room(size: Size) -> Size {
    Size::new(size.width.saturating_sub(4).max(1), size.height.saturating_sub(6).max(1))
}

/// The next picture, or the one before.
pub(super) fn choose(model: &mut Model, step: Step) -> Vec<Effect> {
    let Some(Popup::Picture(viewer)) = &model.popup else { return Vec::new() };
    let last = model.reader.current().map_or(0, |shown| shown.article.images.len()).saturating_sub(1);
    let index = super::stepped(viewer.index, last + 1, 1, step);
    if index == viewer.index { Vec::new() } else { load(model, index) }
}

/// The window has another size: the picture is drawn anew.
pub(super) fn resized(model: &mut Model) -> Vec<Effect> {
    let Some(Popup::Picture(viewer)) = &model.popup else { return Vec::new() };
    let index = viewer.index;
    load(model, index)
}

/// Enter: the browser shows it.
pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    match model.popup.take() {
        Some(Popup::Picture(viewer)) => vec![Effect::Browse(viewer.url)],
        _ => Vec::new(),
    }
}

pub(super) fn arrived(model: &mut Model, ticket: Ticket, result: Result<Arc<Drawn>, String>) {
    if let Some(Popup::Picture(viewer)) = &mut model.popup
        && viewer.ticket == ticket
    {
        viewer.state = result.map_or_else(ViewerState::Failed, ViewerState::Shown);
    }
}
