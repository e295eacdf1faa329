//! Popups with lines to fill in, and questions.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Wrap};

use super::widgets::{signs, window};
use super::{bidi, text};
use crate::engine::Trial;
use crate::tui::model::{Form, FormKind, Model};
use crate::tui::update::{span, suggestion};

pub(super) fn draw(model: &Model, form: &Form, frame: &mut Frame<'_>, area: Rect) {
    let theme = &model.theme;
    let title = model.texts.get(match form.kind {
        FormKind::Subscribe => "title-subscribe",
        FormKind::EditFeed(_) => "title-edit-feed",
        FormKind::AddTag(_) => "title-add-tag",
        FormKind::Filter { .. } => "title-filter",
        FormKind::Import => "title-import",
        FormKind::SaveView(_) => "title-save-view",
        FormKind::Rule { .. } => "title-rule",
        FormKind::Find { .. } => "title-find",
    });
    let lines_below = match form.kind {
        FormKind::Rule { .. } => 5,
        FormKind::EditFeed(_) => 4,
        _ if form.error.is_some() => 4,
        _ => 2,
    };
    let height = form.fields.len() as u16 + 2 + lines_below;
    let is_low = matches!(form.kind, FormKind::Filter { .. } | FormKind::Find { .. });
    // The filter leaves the list in sight, which follows what is typed.
    let within =
        if is_low { Rect { y: area.bottom().saturating_sub(height + 1), height: height + 1, ..area } } else { area };
    let inner = window(model, frame, within, (72, height), &title);
    let labels: Vec<String> = form.fields.iter().map(|(label, _)| model.texts.get(label)).collect();
    let label_width =
        labels.iter().map(|label| text::width(label)).max().unwrap_or(0).min(usize::from(inner.width / 2));
    for (((row, (name, input)), label), y) in form.fields.iter().enumerate().zip(&labels).zip(inner.y..inner.bottom()) {
        let is_selected = row == form.selected;
        let look = if is_selected { theme.key.0 } else { theme.dim.0 };
        let room = usize::from(inner.width).saturating_sub(label_width + 2);
        let scroll = input.visual_scroll(room.saturating_sub(1));
        let shown: String = match (*name == "field-muted", input.value().is_empty()) {
            (true, true) => signs(model).unticked.to_owned(),
            (true, false) => signs(model).ticked.to_owned(),
            (false, _) => input.value().chars().skip(scroll).collect(),
        };
        let pad = " ".repeat(label_width.saturating_sub(text::width(label)));
        let label = text::fit(label, label_width, signs(model).ellipsis);
        let mut line =
            Line::from(vec![Span::styled(format!("{label}{pad}  "), look), Span::styled(shown, theme.text.0)]);
        if let Some(suggestion) = suggestion(model).filter(|_| is_selected) {
            line.push_span(Span::styled(suggestion.ghost, theme.dim.0));
        }
        frame.render_widget(line, Rect { y, height: 1, ..inner });
        if is_selected {
            let cursor = (label_width + 2 + input.visual_cursor().saturating_sub(scroll)) as u16;
            frame.set_cursor_position(Position::new((inner.x + cursor).min(inner.right().saturating_sub(1)), y));
        }
    }
    let below = inner.y + form.fields.len() as u16;
    let (line, look) = match (&form.error, form.is_busy) {
        (Some(error), _) => (error.clone(), theme.error.0),
        (None, true) => (model.texts.get("working"), theme.notice.0),
        (None, false) => (hint(model, form), theme.dim.0),
    };
    if below < inner.bottom() {
        let place = Rect { y: below, height: inner.bottom() - below, ..inner };
        match form.error.is_none().then(|| tried(form)).flatten() {
            Some(trial) => draw_trial(model, trial, frame, place),
            None => frame.render_widget(Paragraph::new(line).style(look).wrap(Wrap { trim: true }), place),
        }
    }
}

/// What the archive has for the rule as it is typed now.
fn tried(form: &Form) -> Option<&Trial> {
    let FormKind::Rule { trial: Some((typed, trial)), .. } = &form.kind else { return None };
    (typed == form.value("field-query")).then_some(trial)
}

/// How many articles a rule would be for and the newest of them, a line each.
fn draw_trial(model: &Model, trial: &Trial, frame: &mut Frame<'_>, area: Rect) {
    let (theme, signs) = (&model.theme, signs(model));
    let count = model.texts.with("rule-tried", "n", trial.articles);
    let mut lines = vec![Line::styled(count, theme.notice.0)];
    let room = usize::from(area.width).saturating_sub(2);
    lines.extend(trial.samples.iter().map(|row| {
        let title = text::fit(&row.title, room, signs.ellipsis);
        let is_rtl = bidi::begins_rtl(&title);
        Line::styled(format!("  {}", bidi::line(model, title, is_rtl)), theme.dim.0)
    }));
    frame.render_widget(Paragraph::new(lines), area);
}

fn hint(model: &Model, form: &Form) -> String {
    match form.kind {
        FormKind::Subscribe => model.texts.get("help-subscribe"),
        FormKind::Filter { .. } => match suggestion(model) {
            Some(suggestion) if !suggestion.others.is_empty() => suggestion.others.join("  "),
            _ if model.list.filter.query().asks_for_notes() => model.texts.get("no-notes-yet"),
            _ => model.texts.get("help-filter"),
        },
        FormKind::Import => model.texts.get("help-import"),
        FormKind::SaveView(_) => model.texts.get("help-save-view"),
        FormKind::Rule { .. } => model.texts.get("help-rule"),
        FormKind::EditFeed(id) => model.sources.feed(id).map_or_else(String::new, |feed| status(model, feed)),
        FormKind::Find { .. } => match &model.reader.search {
            Some(search) => super::article::found(model, search),
            None => model.texts.get("help-find"),
        },
        FormKind::AddTag(_) => String::new(),
    }
}

/// How the feed is doing, in words: why the last attempt failed, and when the next one is.
fn status(model: &Model, feed: &crate::model::feed::Feed) -> String {
    let next = match feed.fetch.why {
        Some(why) => model.texts.next_attempt(feed.fetch.next_attempt, why, model.now, &model.zone),
        None => String::new(),
    };
    let next = match model.sources.offer(feed.id, model.interval, model.now) {
        Some(gap) => format!("{next} {}", gap_offer(model, gap.interval)),
        None => next,
    };
    match &feed.fetch.error {
        Some(error) => {
            let reason = model.texts.get(&format!("failure-{}", error.kind.name()));
            format!("{reason} ({}). {next}", error.detail)
        }
        None => next,
    }
}

/// What a feed that rolls past needs.
fn gap_offer(model: &Model, interval: u32) -> String {
    model.texts.with_all("gap-offer", &[("interval", span(interval).into())])
}

pub(super) fn confirm(model: &Model, question: &str, frame: &mut Frame<'_>, area: Rect) {
    let inner = window(model, frame, area, (60, 6), &model.texts.get("title-confirm"));
    frame.render_widget(Paragraph::new(question.to_owned()).wrap(Wrap { trim: true }), inner);
}
