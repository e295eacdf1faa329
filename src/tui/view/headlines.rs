//! The headline list, drawn row by row from its first one in sight.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Alignment, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Wrap};

use super::bars::key_sign;
use super::widgets::{Signs, marked, pane, put, signs};
use super::{bidi, sources, text};
use crate::command::{Command, Context};
use crate::config::Bindings;
use crate::i18n::{AGE, Texts};
use crate::model::entry::Headline;
use crate::tui::model::{Focus, Model, Place};

/// From this width on the age has a column of its own.
const ROOMY: u16 = 48;

pub(super) fn draw(model: &Model, bindings: &Bindings, frame: &mut Frame<'_>, area: Rect) {
    let is_active = model.focus == Focus::Headlines;
    let signs = signs(model);
    let place = sources::place_name(model, &model.list.filter.place);
    let news = newcomers(model, bindings, usize::from(area.width));
    let wide = text::width(&news);
    let columns = usize::from(area.width).saturating_sub(wide);
    let place = text::fit(&place, columns.saturating_sub(24), signs.ellipsis);
    let count = count(model, columns.saturating_sub(text::width(&place) + 8));
    let mut title = Line::from(Span::styled(format!(" {place} {} {count} ", signs.dot), model.theme.title.0));
    if !model.list.marked.is_empty() {
        let marked = model.texts.with("marked-count", "n", model.list.marked.len());
        title.push_span(Span::styled(format!("{} {marked} ", signs.dot), model.theme.mark.0));
    }
    let inner = pane(model, frame, area, title, is_active);
    let x = area.right().saturating_sub(wide as u16 + 2).max(area.x + 1);
    put(frame.buffer_mut(), x, area.y, area.right().saturating_sub(x + 1), &news, model.theme.notice.0);
    if model.list.rows.is_empty() {
        empty(model, bindings, frame, inner);
        return;
    }
    let height = model.row_height();
    let visible = usize::from(inner.height / height);
    let rows = model.list.rows.iter().enumerate().skip(model.list.offset).take(visible);
    // The same for every list, so that no title moves sideways as rows come into sight.
    let age_width = if inner.width >= ROOMY { AGE as u16 } else { 0 };
    let pen = Pen { model, signs, age_width };
    for ((index, row), y) in rows.zip((inner.y..).step_by(height.into())) {
        let age = if age_width > 0 { Texts::narrow_age } else { Texts::age };
        let age = age(&model.texts, row.at, model.now, &model.zone);
        pen.row(frame, Rect { y, height, ..inner }, row, &age, index == model.list.selected);
    }
}

/// What has come since the list was made and how to see it, at the right end of the pane's upper border, where it moves no
/// row; the short form where that has little room.
fn newcomers(model: &Model, bindings: &Bindings, columns: usize) -> String {
    if model.list.waiting == 0 {
        return String::new();
    }
    let key = bindings.keys_of(&Command::ShowNew, &[Context::Panes]).unwrap_or_default();
    let (key, dot) = (key_sign(&key, model.is_ascii), signs(model).dot);
    let said = format!(" {} {dot} {key} ", model.texts.with("new-articles", "n", model.list.waiting));
    if text::width(&said) * 3 <= columns { said } else { format!(" +{} {dot} {key} ", model.list.waiting) }
}

/// How much the list holds: its articles, and its rows where a row stands for several.
fn count(model: &Model, room: usize) -> String {
    let Some(articles) = model.list.count else { return signs(model).ellipsis.to_owned() };
    let said = model.texts.with("articles-count", "n", articles);
    let both = model.list.listed.filter(|rows| *rows != articles).map(|rows| {
        let values = [("n", articles.into()), ("rows", rows.into())];
        model.texts.with_all("count-rows", &values)
    });
    let fits = |text: &String| text::width(text) <= room;
    both.into_iter().chain([said]).find(fits).unwrap_or_else(|| articles.to_string())
}

/// Columns of an outlet's name on the line of a title.
const OUTLET: usize = 16;

struct Pen<'a> {
    model: &'a Model,
    signs: &'a Signs,
    age_width: u16,
}

impl Pen<'_> {
    fn row(&self, frame: &mut Frame<'_>, area: Rect, row: &Headline, age: &str, is_selected: bool) {
        let theme = &self.model.theme;
        let ground = match (is_selected, self.model.focus == Focus::Headlines) {
            (true, true) => theme.selected.0,
            (true, false) => theme.selected_idle.0,
            (false, _) => Style::new(),
        };
        let buffer = frame.buffer_mut();
        buffer.set_style(area, ground);
        let is_marked = self.model.list.marked.contains(&row.id);
        let (sign, look) = match (is_marked, row.read) {
            (true, _) => (self.signs.marked, theme.star.0),
            (false, false) => (self.signs.unread, theme.mark.0),
            (false, true) => (" ", theme.dim.0),
        };
        put(buffer, area.x, area.y, 1, sign, look.patch(ground));
        let mut x = area.x + 2;
        if self.age_width > 0 {
            let pad = self.age_width.saturating_sub(text::width(age) as u16);
            put(buffer, x + pad, area.y, self.age_width - pad, age, theme.dim.0.patch(ground));
            x += self.age_width + 1;
        }
        if area.height == 1 && self.model.list.filter.story.is_some() {
            // Who tells it is what the list of a story is for.
            let outlet = text::fit(&row.feed_title, OUTLET, self.signs.ellipsis);
            let pad = " ".repeat(OUTLET.saturating_sub(text::width(&outlet)));
            let outlet = format!("{}{pad} ", bidi::field(self.model, &outlet));
            x += put(buffer, x, area.y, OUTLET as u16 + 1, &outlet, theme.dim.0.patch(ground));
        }
        let signs = self.trailing(row);
        let wide = text::width(&signs) as u16;
        let room = area.right().saturating_sub(x + wide + u16::from(wide > 0));
        let look = if row.read { theme.read.0 } else { theme.unread.0 };
        let title = if row.title.is_empty() { self.model.texts.get("untitled") } else { row.title.clone() };
        let cut = text::fit(&title, usize::from(room), self.signs.ellipsis);
        let mut at = x;
        for (piece, look) in self.title(row, &title, &cut, look.patch(ground)) {
            at += put(buffer, at, area.y, (x + room).saturating_sub(at), &piece, look);
        }
        put(buffer, area.right().saturating_sub(wide), area.y, wide, &signs, theme.star.0.patch(ground));
        if area.height > 1 {
            self.second_line(
                frame,
                Rect { x, y: area.y + 1, width: area.right().saturating_sub(x), height: 1 },
                row,
                age,
                ground,
            );
        }
    }

    /// A title as it is cut, in pieces that the filter looks for and others, in the order in which they are seen.
    fn title(&self, row: &Headline, whole: &str, cut: &str, look: Style) -> Vec<(String, Style)> {
        let places = self.model.list.places.get(&row.id).filter(|_| !row.title.is_empty());
        let Some(places) = places else { return vec![(bidi::field(self.model, cut).into_owned(), look)] };
        // Where it is cut, nothing of the mark is a match.
        let same = whole.bytes().zip(cut.bytes()).take_while(|(one, other)| one == other).count();
        let places: Vec<Range<usize>> = places.iter().filter(|place| place.end <= same).cloned().collect();
        marked(self.model, cut, &places, look, bidi::begins_rtl(cut))
    }

    fn trailing(&self, row: &Headline) -> String {
        let mut signs = Vec::new();
        if row.in_story > 1 && self.model.list.filter.story.is_none() {
            signs.push(format!("+{}", row.in_story - 1));
        }
        if row.muted {
            signs.push(self.signs.muted.to_owned());
        }
        if row.edited {
            signs.push(self.signs.edited.to_owned());
        }
        if row.starred {
            signs.push(self.signs.star.to_owned());
        }
        signs.join(" ")
    }

    fn second_line(&self, frame: &mut Frame<'_>, area: Rect, row: &Headline, age: &str, ground: Style) {
        let theme = &self.model.theme;
        let buffer = frame.buffer_mut();
        let head = if self.age_width == 0 { format!("{age} {} ", self.signs.dot) } else { String::new() };
        let others = if row.copies > 0 { format!(" +{}", row.copies) } else { String::new() };
        let feed = format!("{head}{}{others}", bidi::field(self.model, &row.feed_title));
        let feed = text::fit(&feed, usize::from(area.width), self.signs.ellipsis);
        let mut x = area.x + put(buffer, area.x, area.y, area.width, &feed, theme.dim.0.patch(ground));
        for tag in &row.tags {
            let tag = format!(" #{}", bidi::field(self.model, tag));
            let wide = text::width(&tag) as u16;
            if x + wide > area.right() {
                break;
            }
            x += put(buffer, x, area.y, wide, &tag, theme.tag.0.patch(ground));
        }
    }
}

/// Why the feeds of this place bring nothing, in words, when they fail.
fn failure(model: &Model, key: &impl Fn(&Command) -> String) -> Option<String> {
    let place = &model.list.filter.place;
    let failing: Vec<_> = model
        .sources
        .feeds
        .iter()
        .filter(|feed| feed.fetch.error.is_some())
        .filter(|feed| match place {
            Place::Feed(id) => feed.id == *id,
            Place::Folder(name) => feed.subscription.folder.as_ref() == Some(name),
            Place::All | Place::Today | Place::Starred | Place::View(_) | Place::Topics(_) | Place::Topic { .. } => {
                true
            }
        })
        .collect();
    let first = failing.first()?;
    let error = first.fetch.error.as_ref()?;
    let reason = model.texts.get(&format!("failure-{}", error.kind.name()));
    let at = first.fetch.next_attempt.map(|at| model.texts.moment(at, model.now, &model.zone)).unwrap_or_default();
    let values = [
        ("n", failing.len().into()),
        ("feed", first.name().to_owned().into()),
        ("reason", reason.into()),
        ("at", at.into()),
        ("key", key(&Command::ReloadAll).into()),
    ];
    Some(model.texts.with_all("list-failing", &values))
}

/// What to do about an empty list, by why it is empty.
fn empty(model: &Model, bindings: &Bindings, frame: &mut Frame<'_>, area: Rect) {
    let key = |command: &Command| {
        let key = bindings.keys_of(command, super::bars::EVERYWHERE).unwrap_or_default();
        key_sign(&key, model.is_ascii)
    };
    let line = if let Some(fault) = &model.list.fault {
        model.texts.with(fault.id, "detail", fault.detail.clone())
    } else if !model.list.is_loaded || model.list.awaited.is_some() {
        model.texts.get(if model.list.is_ranking { "list-ranking" } else { "list-loading" })
    } else if model.sources.is_loaded && model.sources.feeds.is_empty() {
        model.texts.with("list-no-feeds", "key", key(&Command::Subscribe))
    } else if model.list.filter.has_chips() {
        model.texts.with("list-no-match", "key", key(&Command::Back))
    } else if model.progress.is_running {
        model.texts.get("list-fetching")
    } else if let Some(line) = failure(model, &key) {
        line
    } else {
        model.texts.with("list-empty", "key", key(&Command::ReloadAll))
    };
    let hint = Paragraph::new(line).style(model.theme.dim.0).wrap(Wrap { trim: true }).alignment(Alignment::Center);
    frame.render_widget(hint, Rect { y: area.y + area.height / 3, height: area.height - area.height / 3, ..area });
}
