//! A picture of the article over the whole screen, with what it shows in words below.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::widgets::{signs, window};
use super::{bidi, text};
use crate::tui::model::Model;
use crate::tui::model::popup::{Viewer, ViewerState};
use crate::tui::update::room;

pub(super) fn draw(model: &Model, viewer: &Viewer, frame: &mut Frame<'_>, area: Rect) {
    let images = model.reader.current().map_or(&[][..], |shown| &shown.article.images);
    let title = format!("{} {}/{}", model.texts.get("picture"), viewer.index + 1, images.len());
    let inner = window(model, frame, area, (area.width, area.height), &title);
    let alt = images.get(viewer.index).map(|image| image.alt.as_str()).unwrap_or_default();
    let alt = text::fit(alt, inner.width.into(), signs(model).ellipsis);
    let below = Rect { y: inner.bottom().saturating_sub(1), height: 1.min(inner.height), ..inner };
    frame.render_widget(Line::styled(bidi::field(model, &alt), model.theme.dim.0).centered(), below);
    let size = room(model.size);
    let place = Rect { width: size.width.min(inner.width), height: size.height.min(inner.height), ..inner };
    let line = match &viewer.state {
        ViewerState::Shown(drawn) => return drawn.render(place, frame.buffer_mut()),
        ViewerState::Loading => model.texts.get("working"),
        ViewerState::Failed(problem) => super::article::page_problem(model, problem),
    };
    let middle = Rect { y: place.y + place.height / 2, height: 1.min(place.height), ..place };
    let line = text::fit(&line, place.width.into(), signs(model).ellipsis);
    frame.render_widget(Line::styled(line, model.theme.notice.0).centered(), middle);
}
