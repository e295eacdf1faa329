//! Pieces that several panes are made of.

use std::ops::Range;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::border;
use ratatui::symbols::merge::MergeStrategy;
use ratatui::text::Line;
use ratatui::widgets::{Block, BorderType, Clear, Padding};

use super::{bidi, text};
use crate::tui::model::Model;

const ASCII_BORDER: border::Set<'_> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

/// Signs that have a form for terminals without them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Signs {
    pub unread: &'static str,
    pub star: &'static str,
    pub edited: &'static str,
    pub muted: &'static str,
    pub marked: &'static str,
    pub ellipsis: &'static str,
    pub open: &'static str,
    pub closed: &'static str,
    pub failing: &'static str,
    pub gap: &'static str,
    pub ticked: &'static str,
    pub excluded: &'static str,
    pub unticked: &'static str,
    pub polling: &'static str,
    pub topic: &'static str,
    pub step: &'static str,
    pub dot: &'static str,
    pub remove: &'static str,
}

const UNICODE: Signs = Signs {
    unread: "●",
    star: "★",
    edited: "✎",
    muted: "⊘",
    marked: "✓",
    ellipsis: "…",
    open: "▾",
    closed: "▸",
    failing: "!",
    gap: "»",
    ticked: "[✓]",
    excluded: "[✗]",
    unticked: "[ ]",
    polling: "⟳",
    topic: "◆",
    step: "▸",
    dot: "·",
    remove: "×",
};

const ASCII: Signs = Signs {
    unread: "*",
    star: "s",
    edited: "e",
    muted: "m",
    marked: "v",
    ellipsis: "~",
    open: "-",
    closed: "+",
    failing: "!",
    gap: ">",
    ticked: "[x]",
    excluded: "[!]",
    unticked: "[ ]",
    polling: "@",
    topic: "#",
    step: ">",
    dot: "-",
    remove: "x",
};

pub(super) fn signs(model: &Model) -> &'static Signs {
    if model.is_ascii { &ASCII } else { &UNICODE }
}

/// Draws a pane's frame, which shares its lines with its neighbours', and returns the room inside.
pub(super) fn pane(model: &Model, frame: &mut Frame<'_>, area: Rect, title: Line<'_>, is_active: bool) -> Rect {
    let look = if is_active { model.theme.border_active.0 } else { model.theme.border.0 };
    let block = bordered(model).border_style(look).title(title);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    inner
}

fn bordered(model: &Model) -> Block<'static> {
    if model.is_ascii {
        Block::bordered().border_set(ASCII_BORDER)
    } else {
        Block::bordered().border_type(BorderType::Rounded).merge_borders(MergeStrategy::Fuzzy)
    }
}

/// Draws a window in the middle of the screen, over what is there, and returns the room inside.
pub(super) fn window(model: &Model, frame: &mut Frame<'_>, area: Rect, size: (u16, u16), title: &str) -> Rect {
    let (width, height) = (size.0.min(area.width), size.1.min(area.height.saturating_sub(2)).max(3));
    let place = Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height.saturating_sub(height)) / 2,
        width,
        height: height.min(area.height),
    };
    frame.render_widget(Clear, place);
    // A terminal would draw the second half of a wide character over the border.
    for y in place.top()..place.bottom() {
        let beside = place.x.checked_sub(1).and_then(|x| frame.buffer_mut().cell_mut((x, y)));
        if let Some(cell) = beside.filter(|cell| text::width(cell.symbol()) > 1) {
            cell.set_symbol(" ");
        }
    }
    let block = if model.is_ascii {
        Block::bordered().border_set(ASCII_BORDER)
    } else {
        Block::bordered().border_type(BorderType::Rounded)
    };
    let title = Line::styled(
        format!(" {} ", text::fit(title, usize::from(width).saturating_sub(6), signs(model).ellipsis)),
        model.theme.title.0,
    );
    let block = block
        .style(model.theme.text.0)
        .border_style(model.theme.border_active.0)
        .title(title)
        .padding(Padding::horizontal(1));
    let inner = block.inner(place);
    frame.render_widget(block, place);
    inner
}

/// Text at a place, cut to the room there is. Returns the columns used.
pub(super) fn put(buffer: &mut Buffer, x: u16, y: u16, room: u16, string: &str, style: Style) -> u16 {
    if room == 0 || !buffer.area.contains((x, y).into()) {
        return 0;
    }
    if !string.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        let (end, _) = buffer.set_stringn(x, y, string, usize::from(room), style);
        return end - x;
    }
    // Most text is of this kind: a letter a cell, with nothing to find out about it.
    let room = room.min(buffer.area.right() - x);
    for (column, byte) in (x..x + room).zip(string.bytes()) {
        if let Some(cell) = buffer.cell_mut((column, y)) {
            cell.set_char(char::from(byte)).set_style(style);
        }
    }
    room.min(u16::try_from(string.len()).unwrap_or(u16::MAX))
}

/// A text in pieces that were sought and others, in the order in which they are seen.
pub(super) fn marked(
    model: &Model,
    text: &str,
    places: &[Range<usize>],
    look: Style,
    is_rtl: bool,
) -> Vec<(String, Style)> {
    let (mut pieces, mut from) = (Vec::new(), 0);
    for place in places.iter().filter(|place| place.start < place.end) {
        pieces.push((text.get(from..place.start).unwrap_or_default().to_owned(), look));
        pieces.push((text.get(place.clone()).unwrap_or_default().to_owned(), look.patch(model.theme.matched.0)));
        from = place.end;
    }
    pieces.push((text.get(from..).unwrap_or_default().to_owned(), look));
    pieces.retain(|(text, _)| !text.is_empty());
    if model.reorders { bidi::visual(pieces, is_rtl) } else { pieces }
}

/// A line of text over the width of its area, from its left edge.
pub(super) fn put_line(buffer: &mut Buffer, area: Rect, line: &Line<'_>) {
    buffer.set_style(area, line.style);
    let mut x = area.x;
    for span in &line.spans {
        x += put(buffer, x, area.y, area.right().saturating_sub(x), &span.content, line.style.patch(span.style));
    }
}
