//! Draws the model. Reads only; the file names are those of `update/`.

pub mod article;
mod bars;
mod bidi;
mod explain;
mod form;
mod headlines;
mod help;
mod picker;
mod picture;
mod prose;
mod sources;
pub mod text;
mod topic;
pub mod why;
mod widgets;

use ratatui::Frame;
use ratatui::text::Line;
use ratatui::widgets::{Block, Paragraph, Wrap};

use super::layout::SMALLEST;
use super::model::{Focus, Model, Popup};
use crate::config::Bindings;

/// Draws one frame.
pub fn draw(model: &Model, bindings: &Bindings, frame: &mut Frame<'_>) {
    let area = frame.area();
    frame.render_widget(Block::new().style(model.theme.text.0), area);
    if area.width < SMALLEST.width || area.height < SMALLEST.height {
        let room = format!("{}×{}", SMALLEST.width, SMALLEST.height);
        let line = Line::from(model.texts.with("too-small", "room", room));
        frame.render_widget(Paragraph::new(line).wrap(Wrap { trim: true }), area);
        return;
    }
    let panes = model.panes();
    bars::top(model, frame, panes.top);
    // The pane that has the keys comes last: its border is the one that shows on shared lines.
    let mut order = [Focus::Sources, Focus::Headlines, Focus::Article];
    order.sort_by_key(|focus| (*focus == model.focus, panes.is_drawer && *focus == Focus::Sources));
    for pane in order {
        match pane {
            Focus::Sources => {
                if let Some(area) = panes.sources {
                    sources::draw(model, frame, area);
                }
            }
            Focus::Headlines => {
                panes.headlines.into_iter().for_each(|area| headlines::draw(model, bindings, frame, area));
            }
            Focus::Article => panes.article.into_iter().for_each(|area| article::draw(model, frame, area)),
        }
    }
    match &model.popup {
        Some(Popup::Picker(picker)) => picker::draw(model, picker, bindings, frame, area),
        Some(Popup::Form(form)) => form::draw(model, form, frame, area),
        Some(Popup::Picture(viewer)) => picture::draw(model, viewer, frame, area),
        Some(Popup::Help { scroll }) => help::draw(model, bindings, *scroll, frame, area),
        Some(Popup::Why { explanation, scroll, topic }) => {
            why::draw(model, explanation, (*scroll, *topic), frame, area);
        }
        Some(Popup::Topic { name, page, scroll, .. }) => {
            topic::draw(model, (name, page.as_deref()), *scroll, frame, area);
        }
        Some(Popup::Confirm { question, .. }) => form::confirm(model, question, frame, area),
        Some(Popup::Explain { feed, scroll }) => explain::draw(model, *feed, *scroll, frame, area),
        None => {}
    }
    bars::bottom(model, bindings, frame, panes.bottom);
}
