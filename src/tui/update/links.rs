//! The links of an article: listed, followed within kabar, opened outside, copied; and its headings to go to.

use std::sync::Arc;

use super::article;
use crate::model::entry::Entry;
use crate::model::link::without_tracking;
use crate::tui::model::reader::Visit;
use crate::tui::model::{Focus, Item, Model, Picker, PickerKind, Popup, Tick};
use crate::tui::msg::Effect;

/// Pages that may lie between an article and the one that is shown.
const DEEPEST: usize = 50;

pub(super) fn open_list(model: &mut Model) -> Vec<Effect> {
    let Some(shown) = model.reader.current() else { return Vec::new() };
    let picture = model.texts.get("image");
    let texts = shown.article.links.iter().map(|link| link.text.as_str());
    let files = shown
        .entry
        .enclosures
        .iter()
        .map(|file| file.title.as_deref().or(file.mime_type.as_deref()).unwrap_or(&file.url));
    let links =
        shown.numbered().zip(texts.chain(files)).map(|((number, url), text)| item(&format!("[{number}] {text}"), url));
    let images = shown.article.images.iter().map(|image| item(&format!("[{picture}] {}", image.alt), &image.url));
    let items: Vec<Item> = links.chain(images).collect();
    if items.is_empty() {
        model.tell(model.texts.get("no-links"));
        return Vec::new();
    }
    model.popup = Some(Popup::Picker(Picker::new(PickerKind::Links, items)));
    Vec::new()
}

fn item(label: &str, url: &str) -> Item {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or_default());
    Item {
        label: label.trim().to_owned(),
        detail: host.chars().take(30).collect(),
        key: url.to_owned(),
        tick: Tick::Off,
        command: None,
    }
}

pub(super) fn open_outline(model: &mut Model) -> Vec<Effect> {
    let Some(shown) = model.reader.current() else { return Vec::new() };
    let mut items: Vec<Item> = Vec::new();
    let mut block = None;
    for (number, line) in shown.article.lines.iter().enumerate() {
        let Some(level) = line.heading else {
            block = None;
            continue;
        };
        let text: String = line.spans.iter().filter(|span| !span.style.mark).map(|span| span.text.as_str()).collect();
        match items.last_mut().filter(|_| block == Some(line.block)) {
            // The heading goes on.
            Some(item) => item.label.extend([" ", &text]),
            None => items.push(Item {
                label: "  ".repeat(usize::from(level.clamp(1, 6)) - 1) + &text,
                detail: String::new(),
                key: number.to_string(),
                tick: Tick::Off,
                command: None,
            }),
        }
        block = Some(line.block);
    }
    if items.is_empty() {
        model.tell(model.texts.get("no-headings"));
        return Vec::new();
    }
    model.popup = Some(Popup::Picker(Picker::new(PickerKind::Outline, items)));
    Vec::new()
}

/// Enter: the heading is gone to, the link followed.
pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    let Some(Popup::Picker(picker)) = &model.popup else { return Vec::new() };
    let Some(key) = picker.current().map(|item| item.key.clone()) else { return Vec::new() };
    let is_outline = picker.kind == PickerKind::Outline;
    model.popup = None;
    if is_outline {
        article::go_to_line(model, key.parse().unwrap_or(0));
        return Vec::new();
    }
    follow(model, key)
}

/// Opens the selected link outside, or copies it.
pub(super) fn outside(model: &mut Model, is_copied: bool) -> Vec<Effect> {
    let Some(Popup::Picker(picker)) = &model.popup else { return Vec::new() };
    let Some(url) = picker.current().map(|item| item.key.clone()) else { return Vec::new() };
    if !matches!(picker.kind, PickerKind::Links) {
        return Vec::new();
    }
    model.popup = None;
    if is_copied {
        model.tell(model.texts.get("copied"));
        return vec![Effect::Copy(url)];
    }
    vec![Effect::Browse(url)]
}

/// Fetches the page behind a link, to be shown here. What is no page of the web, pictures and files go to the browser.
fn follow(model: &mut Model, url: String) -> Vec<Effect> {
    let Some(from) = model.reader.current().map(|shown| Arc::clone(&shown.entry)) else { return Vec::new() };
    let is_web = url.starts_with("http://") || url.starts_with("https://");
    let is_file = model.reader.current().is_some_and(|shown| {
        let images = shown.article.images.iter().map(|image| &image.url);
        images.chain(shown.entry.enclosures.iter().map(|file| &file.url)).any(|known| *known == url)
    });
    if !is_web || is_file {
        return vec![Effect::Browse(url)];
    }
    if model.reader.visits.len() >= DEEPEST {
        model.tell(model.texts.get("visits-deep"));
        return Vec::new();
    }
    let ticket = model.ticket();
    model.reader.following = Some(ticket);
    model.tell(model.texts.get("link-fetching"));
    let url = without_tracking(&url).into_owned();
    let id = model.reader.next_visit();
    vec![Effect::Follow { ticket, from, id, url }]
}

/// The page has come.
pub(super) fn arrived(model: &mut Model, entry: Arc<Entry>) -> Vec<Effect> {
    model.reader.visits.push(Visit { entry, scroll: model.reader.scroll });
    model.focus = Focus::Article;
    model.notice = None;
    Vec::new()
}

/// Esc: back to the page before, where it was left.
pub(super) fn back(model: &mut Model) -> Vec<Effect> {
    model.reader.following = None;
    if let Some(visit) = model.reader.visits.pop() {
        model.reader.returning = Some(visit.scroll);
    }
    Vec::new()
}
