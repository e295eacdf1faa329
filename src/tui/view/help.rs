//! The help screen, made from the command table and the keys in force.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::bars::key_sign;
use super::text;
use super::widgets::window;
use crate::command::keys::print_sequence;
use crate::command::{Command, Context, ROWS};
use crate::config::Bindings;
use crate::tui::model::Model;

pub(super) fn draw(model: &Model, bindings: &Bindings, scroll: usize, frame: &mut Frame<'_>, area: Rect) {
    let inner = window(model, frame, area, (84, area.height), &model.texts.get("title-help"));
    let lines = lines(model, bindings, usize::from(inner.width));
    let scroll = scroll.min(lines.len().saturating_sub(usize::from(inner.height)));
    for (line, y) in lines.into_iter().skip(scroll).zip(inner.y..inner.bottom()) {
        frame.render_widget(line, Rect { y, height: 1, ..inner });
    }
}

fn lines<'a>(model: &Model, bindings: &Bindings, width: usize) -> Vec<Line<'a>> {
    let theme = &model.theme;
    let mut lines = Vec::new();
    for context in Context::ALL {
        let mut rows: Vec<(Command, String)> = Vec::new();
        for binding in bindings.0.iter().filter(|binding| binding.context == context) {
            let key = key_sign(&print_sequence(&binding.keys), model.is_ascii);
            match rows.iter_mut().find(|(command, _)| *command == binding.command) {
                Some((_, keys)) => {
                    keys.push_str("  ");
                    keys.push_str(&key);
                }
                None => rows.push((binding.command.clone(), key)),
            }
        }
        rows.sort_by_key(|(command, _)| ROWS.iter().position(|row| row.name == command.name()));
        if rows.is_empty() {
            continue;
        }
        lines.push(Line::styled(model.texts.get(&format!("context-{}", context.name())), theme.heading.0));
        for (command, keys) in rows {
            let key_width = (width / 3).clamp(8, 22);
            let pad = " ".repeat(key_width.saturating_sub(text::width(&keys)));
            let about = match command.argument() {
                argument if model.texts.has(&format!("cmd-{}", command.name())) && !argument.is_empty() => {
                    format!("{} {argument}", model.texts.get(&format!("cmd-{}", command.name())))
                }
                _ => model.texts.get(&command.text_id()),
            };
            lines.push(Line::from(vec![
                Span::styled(format!("  {keys}{pad} "), theme.key.0),
                Span::styled(text::fit(&about, width.saturating_sub(key_width + 4), "…"), theme.text.0),
            ]));
        }
        lines.push(Line::default());
    }
    lines
}
