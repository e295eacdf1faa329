//! Popups with a list: tags, palette, welcome.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Wrap};

use super::bars::{EVERYWHERE, key_sign};
use super::widgets::{marked, put, signs, window};
use super::{bidi, text};
use crate::command::Match;
use crate::config::Bindings;
use crate::tui::model::{Item, Model, Passage, Picker, PickerKind, Tick};
use crate::tui::update::{is_pack, suggestion};

/// Columns in which the title and the passage of a hit stand side by side.
const SIDE_BY_SIDE: u16 = 90;

pub(super) fn draw(model: &Model, picker: &Picker, bindings: &Bindings, frame: &mut Frame<'_>, area: Rect) {
    let title = model.texts.get(match picker.kind {
        PickerKind::TagFilter => "title-tag-filter",
        PickerKind::ArticleTags(_) => "title-article-tags",
        PickerKind::Follow(_) => "title-follow",
        PickerKind::Suggest => "title-suggest",
        PickerKind::EditTags(_) => "title-edit-tags",
        PickerKind::RemoveTag(_) => "title-remove-tag",
        PickerKind::Palette => "title-palette",
        PickerKind::Views => "title-views",
        PickerKind::Rules(_) => "title-rules",
        PickerKind::Search { .. } => "title-search",
        PickerKind::Links => "links",
        PickerKind::Outline => "title-outline",
        PickerKind::Save => "title-save",
        PickerKind::Boilerplate { .. } => "title-boilerplate",
        PickerKind::Welcome => "title-welcome",
        PickerKind::Feeds { .. } => "title-feeds",
    });
    let is_welcome = picker.kind == PickerKind::Welcome;
    let intro = if is_welcome { 3 } else { 0 };
    // A search keeps its size while its rows come and go.
    let items = if matches!(picker.kind, PickerKind::Search { .. }) { 18 } else { picker.items.len() };
    let height = items.clamp(3, 18) as u16 + 4 + intro;
    let is_wide = matches!(
        picker.kind,
        PickerKind::Palette
            | PickerKind::Links
            | PickerKind::Outline
            | PickerKind::Feeds { .. }
            | PickerKind::Boilerplate { .. }
    );
    let width = match picker.kind {
        PickerKind::Search { .. } => 120,
        _ if is_wide => 72,
        _ => 56,
    };
    let inner = window(model, frame, area, (width, height), &title);
    if inner.height < 2 {
        return;
    }
    let list = if is_welcome {
        let hello = Paragraph::new(model.texts.get("welcome-hello")).wrap(Wrap { trim: true });
        let room = intro.min(inner.height / 3);
        frame.render_widget(hello, Rect { height: room, ..inner });
        Rect { y: inner.y + room, height: inner.height - room, ..inner }
    } else {
        input(model, picker, frame, Rect { height: 1, ..inner });
        problem(model, picker, frame, Rect { y: inner.y + 1, height: inner.height - 1, ..inner })
    };
    rows(model, picker, bindings, frame, list);
}

fn input(model: &Model, picker: &Picker, frame: &mut Frame<'_>, area: Rect) {
    let theme = &model.theme;
    let right = match (&picker.kind, picker.matching) {
        (PickerKind::TagFilter, Match::All) => model.texts.get("match-all"),
        (PickerKind::TagFilter, Match::Any) => model.texts.get("match-any"),
        _ => String::new(),
    };
    let wide = text::width(&right) as u16;
    let room = area.width.saturating_sub(wide + 3);
    let scroll = picker.input.visual_scroll(usize::from(room.saturating_sub(1)));
    let shown: String = picker.input.value().chars().skip(scroll).collect();
    let mut line = Line::from(vec![Span::styled("> ", theme.key.0), Span::raw(shown)]);
    if let Some(suggestion) = suggestion(model) {
        line.push_span(Span::styled(suggestion.ghost, theme.dim.0));
    }
    frame.render_widget(line, area);
    put(frame.buffer_mut(), area.right().saturating_sub(wide), area.y, wide, &right, theme.dim.0);
    let cursor = picker.input.visual_cursor().saturating_sub(scroll) as u16 + 2;
    frame.set_cursor_position(Position::new((area.x + cursor).min(area.right().saturating_sub(1)), area.y));
}

/// Why what is typed is no query, at the foot of what the last one found; the room that is left.
fn problem(model: &Model, picker: &Picker, frame: &mut Frame<'_>, area: Rect) -> Rect {
    let PickerKind::Search { problem: Some(problem), .. } = &picker.kind else { return area };
    let lines = Paragraph::new(problem.as_str()).style(model.theme.error.0).wrap(Wrap { trim: true });
    let height = text::width(problem).div_ceil(usize::from(area.width.max(1)) * 4 / 5 + 1).clamp(1, 3) as u16;
    let height = height.min(area.height);
    let room = Rect { height: area.height - height, ..area };
    frame.render_widget(lines, Rect { y: room.bottom(), height, ..area });
    room
}

fn rows(model: &Model, picker: &Picker, bindings: &Bindings, frame: &mut Frame<'_>, area: Rect) {
    if picker.matches.is_empty() {
        let id = match (&picker.kind, picker.is_loading) {
            (_, true) => "list-loading",
            (PickerKind::Search { .. }, false) if picker.input.value().trim().is_empty() => "help-search",
            (PickerKind::Views, false) if picker.items.is_empty() => "views-none",
            (PickerKind::Suggest, false) if picker.items.is_empty() => "suggest-none",
            (PickerKind::TagFilter | PickerKind::Follow(_) | PickerKind::Suggest, false)
                if !picker.input.value().trim().is_empty() =>
            {
                "topic-new"
            }
            (PickerKind::EditTags(_), false) if !picker.input.value().trim().is_empty() => "tag-new",
            (_, false) => "nothing-matches",
        };
        frame.render_widget(Line::styled(model.texts.get(id), model.theme.dim.0), area);
        return;
    }
    // Where there is little room for title and passage side by side, each has a line.
    let lines = if matches!(picker.kind, PickerKind::Search { .. }) && area.width < SIDE_BY_SIDE { 2 } else { 1 };
    let visible = usize::from((area.height / lines).max(1));
    let offset = picker.selected.saturating_sub(visible.saturating_sub(1));
    let shown = picker.matches.iter().enumerate().skip(offset).take(visible);
    for ((position, index), y) in shown.zip((area.y..).step_by(lines.into())) {
        let height = lines.min(area.bottom().saturating_sub(y));
        let (item, place) = (&picker.items[*index], Rect { y, height, ..area });
        match &picker.kind {
            PickerKind::Search { passages, .. } => {
                let passage = passages.get(*index).cloned().unwrap_or_default();
                hit(model, item, &passage, frame, place, position == picker.selected);
            }
            _ => row(model, picker, item, bindings, frame, place, position == picker.selected),
        }
    }
}

/// What a search has found: its title, and of its passage as much as there is room for, around what was sought, beside it or
/// below.
fn hit(model: &Model, item: &Item, passage: &Passage, frame: &mut Frame<'_>, area: Rect, is_selected: bool) {
    const BETWEEN: &str = " — ";
    const INDENT: u16 = 2;
    let (theme, mark) = (&model.theme, signs(model).ellipsis);
    let ground = if is_selected { theme.selected.0 } else { Style::new() };
    let look = theme.text.0.patch(ground);
    let buffer = frame.buffer_mut();
    buffer.set_style(area, ground);
    let feed = text::fit(&item.detail, usize::from(area.width / 4), mark);
    let wide = text::width(&feed) as u16;
    put(buffer, area.right().saturating_sub(wide), area.y, wide, &bidi::field(model, &feed), theme.dim.0.patch(ground));
    let room = usize::from(area.width.saturating_sub(wide + 1));
    let is_below = area.height > 1;
    let left = room.saturating_sub(text::width(BETWEEN));
    // Beside it, the title leaves half of the room to the passage, if that needs it.
    let for_title = if is_below { room } else { left.saturating_sub(text::width(&passage.text)).max(left / 2) };
    let title = text::fit(&item.label, for_title, mark);
    let for_passage =
        if is_below { usize::from(area.width.saturating_sub(INDENT)) } else { left - text::width(&title).min(left) };
    let (shown, places) = text::around(&passage.text, &passage.places, for_passage, mark);
    let mut x = area.x + put(buffer, area.x, area.y, room as u16, &bidi::field(model, &title), look);
    let (end, y) = if is_below { (area.right(), area.y + 1) } else { (area.x + room as u16, area.y) };
    if is_below {
        x = area.x + INDENT;
    } else if !shown.is_empty() {
        x += put(buffer, x, y, end.saturating_sub(x), BETWEEN, look);
    }
    for (piece, look) in marked(model, &shown, &places, look, bidi::begins_rtl(&shown)) {
        x += put(buffer, x, y, end.saturating_sub(x), &piece, look);
    }
}

fn row(
    model: &Model,
    picker: &Picker,
    item: &Item,
    bindings: &Bindings,
    frame: &mut Frame<'_>,
    area: Rect,
    is_selected: bool,
) {
    let (theme, signs) = (&model.theme, signs(model));
    let ground = if is_selected { theme.selected.0 } else { Style::new() };
    let buffer = frame.buffer_mut();
    buffer.set_style(area, ground);
    let has_tick = match picker.kind {
        PickerKind::TagFilter
        | PickerKind::EditTags(_)
        | PickerKind::ArticleTags(_)
        | PickerKind::Feeds { .. }
        | PickerKind::Boilerplate { .. } => true,
        PickerKind::Welcome => is_pack(item),
        PickerKind::RemoveTag(_)
        | PickerKind::Palette
        | PickerKind::Views
        | PickerKind::Rules(_)
        | PickerKind::Follow(_)
        | PickerKind::Suggest
        | PickerKind::Search { .. }
        | PickerKind::Links
        | PickerKind::Outline
        | PickerKind::Save => false,
    };
    let (tick, look) = match item.tick {
        Tick::On => (signs.ticked, theme.notice.0),
        Tick::Out => (signs.excluded, theme.error.0),
        Tick::Off => (signs.unticked, theme.dim.0),
    };
    let mut x = area.x;
    if has_tick {
        x += put(buffer, x, area.y, area.width, tick, look.patch(ground)) + 1;
    } else if picker.kind == PickerKind::Welcome {
        x += put(buffer, x, area.y, area.width, signs.step, theme.key.0.patch(ground)) + 3;
    }
    let detail = match &item.command {
        Some(command) => key_sign(&bindings.keys_of(command, EVERYWHERE).unwrap_or_default(), model.is_ascii),
        None => item.detail.clone(),
    };
    let detail = match model.sources.topic(&item.key) {
        Some(topic) if picker.lists_tags() || matches!(picker.kind, PickerKind::Follow(_)) => {
            let filling = if topic.is_judged { "" } else { signs.ellipsis };
            format!("{} {detail}{filling}", signs.topic).trim_end().to_owned()
        }
        _ => detail,
    };
    let wide = text::width(&detail) as u16;
    let room = area.right().saturating_sub(x + wide + 1);
    let label = text::fit(&item.label, usize::from(room), signs.ellipsis);
    put(buffer, x, area.y, room, &bidi::field(model, &label), theme.text.0.patch(ground));
    put(buffer, area.right().saturating_sub(wide), area.y, wide, &detail, theme.dim.0.patch(ground));
}
