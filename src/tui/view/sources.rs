//! The source pane.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Paragraph};

use super::widgets::{pane, put, signs};
use super::{bidi, text};
use crate::tui::model::{Focus, Model, Place, SourceRow};

pub(super) fn draw(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    if model.panes().is_drawer {
        frame.render_widget(Clear, area);
    }
    let is_active = model.focus == Focus::Sources;
    let title = Line::styled(format!(" {} ", model.texts.get("sources")), model.theme.title.0);
    let inner = pane(model, frame, area, title, is_active);
    if model.sources.is_loaded && model.sources.feeds.is_empty() {
        let hint = Paragraph::new(model.texts.get("sources-empty")).style(model.theme.dim.0);
        frame.render_widget(hint.wrap(ratatui::widgets::Wrap { trim: true }), inner);
        return;
    }
    let rows = model.sources.rows.iter().enumerate().skip(model.sources.offset).take(usize::from(inner.height));
    for ((index, row), y) in rows.zip(inner.y..) {
        let is_selected = index == model.sources.selected;
        draw_row(model, frame, Rect { y, height: 1, ..inner }, row, is_selected);
    }
}

fn draw_row(model: &Model, frame: &mut Frame<'_>, area: Rect, row: &SourceRow, is_selected: bool) {
    let (theme, signs) = (&model.theme, signs(model));
    let ground = match (is_selected, model.focus == Focus::Sources) {
        (true, true) => theme.selected.0,
        (true, false) => theme.selected_idle.0,
        (false, _) => Style::new(),
    };
    let buffer = frame.buffer_mut();
    buffer.set_style(area, ground);
    let mut count = if row.count > 0 { row.count.to_string() } else { String::new() };
    if is_filling(model, &row.place) {
        count.push_str(signs.ellipsis);
    }
    let wide = text::width(&count) as u16;
    let sign = match row.is_open {
        Some(true) => signs.open,
        Some(false) => signs.closed,
        None if row.is_failing => signs.failing,
        None if has_gap(model, &row.place) => signs.gap,
        None => " ",
    };
    let indent = row.depth * 2;
    let look = if row.is_failing && row.is_open.is_none() { theme.error.0 } else { theme.dim.0 };
    let mut x = area.x + indent;
    x += put(buffer, x, area.y, area.right().saturating_sub(x), sign, ground.patch(look).patch(ground));
    x += 1;
    let room = area.right().saturating_sub(x + wide + 1);
    let name = text::fit(&place_name(model, &row.place), usize::from(room), signs.ellipsis);
    let look = match (row.is_muted, row.count > 0) {
        (true, _) => theme.dim.0,
        (false, true) => theme.unread.0,
        (false, false) => theme.read.0,
    };
    put(buffer, x, area.y, room, &bidi::field(model, &name), look.patch(ground));
    let at = area.right().saturating_sub(wide);
    put(buffer, at, area.y, wide, &count, theme.mark.0.patch(ground));
}

/// The feed rolls past between two polls.
fn has_gap(model: &Model, place: &Place) -> bool {
    matches!(place, Place::Feed(id) if model.sources.offer(*id, model.interval, model.now).is_some())
}

/// The library is still being judged by this topic.
fn is_filling(model: &Model, place: &Place) -> bool {
    let Place::Topic { id, .. } = place else { return false };
    model.sources.topics.iter().any(|topic| topic.id == *id && !topic.is_judged)
}

/// A place by the name a reader knows it by.
pub(super) fn place_name(model: &Model, place: &Place) -> String {
    match place {
        Place::All => model.texts.get("place-all"),
        Place::Today => model.texts.get("place-today"),
        Place::Starred => model.texts.get("place-starred"),
        Place::View(view) => view.name.clone(),
        Place::Topics(_) => model.texts.get("place-topics"),
        Place::Topic { name, .. } => format!("#{name}"),
        Place::Folder(name) => name.clone(),
        Place::Feed(id) => model.sources.feed(*id).map_or_else(String::new, |feed| feed.name().to_owned()),
    }
}
