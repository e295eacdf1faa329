//! The article pane: who wrote what when, then the text.

use std::fmt::Write as _;

use ratatui::Frame;
use ratatui::layout::{Alignment, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Wrap};

use super::widgets::{marked, pane, put_line, signs};
use super::{bidi, prose, text};
use crate::model::entry::Enclosure;
use crate::tui::model::reader::{Highlights, Rendered};
use crate::tui::model::{Focus, Model, find::Search};

pub(super) fn draw(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let is_active = model.focus == Focus::Article;
    let title = Line::styled(format!(" {} ", model.texts.get("article")), model.theme.title.0);
    let inner = pane(model, frame, area, title, is_active);
    let Some(shown) = model.reader.current() else {
        nothing(model, frame, inner);
        return;
    };
    let width = model.panes().text_width.min(inner.width.saturating_sub(2));
    // A column of text in the middle of a pane that is wider than is good to read.
    let left = (inner.width - width) / 2;
    let column = Rect { x: inner.x + left, width: inner.width - left, ..inner };
    let height = usize::from(inner.height);
    let head = head(model, shown, width);
    let first = model.reader.scroll.saturating_sub(head.len());
    let body = shown.article.lines.iter().enumerate().skip(first);
    let tail = tail(model, shown, width);
    let from_tail = model.reader.scroll.saturating_sub(head.len() + shown.article.lines.len());
    let lines = head
        .into_iter()
        .skip(model.reader.scroll)
        .chain(body.map(|(number, line)| prose::line(model, line, &hits_on(model, number), width)))
        .chain(tail.into_iter().skip(from_tail));
    for (line, y) in lines.take(height).zip(inner.y..) {
        put_line(frame.buffer_mut(), Rect { y, height: 1, ..column }, &line);
    }
    position(model, shown, frame, area, height);
}

/// How far the reader has come, on the lower border.
fn position(model: &Model, shown: &Rendered, frame: &mut Frame<'_>, area: Rect, height: usize) {
    let lines = line_count(model, shown);
    if lines <= height || area.width < 12 {
        return;
    }
    let percent = (model.reader.scroll + height).min(lines) * 100 / lines.max(1);
    let mark = format!(" {percent}% ");
    let wide = mark.len() as u16;
    let place = Rect::new(area.right() - wide - 2, area.bottom() - 1, wide, 1);
    frame.render_widget(Line::styled(mark, model.theme.dim.0), place);
}

fn nothing(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let id = match (model.reader.is_gone, model.reader.wanted) {
        (true, _) => "article-gone",
        (false, Some(_)) => return,
        (false, None) => "article-none",
    };
    let hint = Paragraph::new(model.texts.get(id)).style(model.theme.dim.0).alignment(Alignment::Center);
    let hint = hint.wrap(Wrap { trim: true });
    frame.render_widget(hint, Rect { y: area.y + area.height / 3, height: area.height - area.height / 3, ..area });
}

/// Where the text begins, below its head.
#[must_use]
pub fn text_start(model: &Model, shown: &Rendered) -> usize {
    head(model, shown, shown.width).len()
}

/// What was found on a line.
fn hits_on(model: &Model, line: usize) -> Vec<prose::Hit> {
    let Some(search) = &model.reader.search else { return highlights_on(model, line) };
    let parts = search.hits.iter().enumerate().flat_map(|(n, hit)| hit.parts.iter().map(move |part| (n, part)));
    let on = parts.filter(|(_, (number, _))| *number == line);
    on.map(|(n, (_, range))| prose::Hit { range: range.clone(), is_current: n == search.current }).collect()
}

/// What the list's filter looks for, on a line.
fn highlights_on(model: &Model, line: usize) -> Vec<prose::Hit> {
    let Some(shown) = model.reader.current() else { return Vec::new() };
    let is_of_this = |found: &&Highlights| found.id == shown.id && found.width == shown.width;
    let Some(found) = model.reader.highlights.as_ref().filter(is_of_this) else { return Vec::new() };
    let on = found.hits.iter().flat_map(|hit| &hit.parts).filter(|(number, _)| *number == line);
    on.map(|(_, range)| prose::Hit { range: range.clone(), is_current: false }).collect()
}

/// What is looked for, and which of how many matches is shown.
#[must_use]
pub fn found(model: &Model, search: &Search) -> String {
    if search.hits.is_empty() {
        return model.texts.get("nothing-found");
    }
    let values =
        [("text", search.text.clone().into()), ("n", (search.current + 1).into()), ("count", search.hits.len().into())];
    model.texts.with_all("found-count", &values)
}

/// Lines of the whole pane's content: head, text, enclosures and links.
#[must_use]
pub fn line_count(model: &Model, shown: &Rendered) -> usize {
    head(model, shown, shown.width).len() + shown.article.lines.len() + tail(model, shown, shown.width).len()
}

fn head<'a>(model: &Model, shown: &Rendered, width: u16) -> Vec<Line<'a>> {
    let (theme, row) = (&model.theme, &shown.entry.headline);
    let columns = usize::from(width);
    let title = if row.title.is_empty() { model.texts.get("untitled") } else { row.title.clone() };
    let is_rtl = bidi::begins_rtl(&title);
    let wrapped = text::wrap(&title, columns);
    // What the list's filter looks for stands out here as it does there.
    let places =
        model.list.places.get(&row.id).filter(|_| !row.title.is_empty()).map(Vec::as_slice).unwrap_or_default();
    let places = text::places_in(&title, &wrapped, places);
    let mut lines: Vec<Line<'a>> = wrapped
        .iter()
        .zip(places)
        .map(|(line, places)| {
            let pieces = marked(model, line, &places, theme.heading.0, is_rtl);
            let spans: Vec<Span<'a>> = pieces.into_iter().map(|(text, look)| Span::styled(text, look)).collect();
            let line = Line::from(spans).style(theme.heading.0);
            if is_rtl { prose::flush_right(line, width) } else { line }
        })
        .collect();
    lines.push(Line::default());
    let mut facts = vec![bidi::isolated(model, &row.feed_title)];
    if !shown.entry.authors.is_empty() {
        facts.push(bidi::isolated(model, &shown.entry.authors.join(", ")));
    }
    let date = row.published.unwrap_or(row.received);
    facts.push(model.texts.moment(date, model.now, &model.zone));
    let minutes = shown.article.minutes();
    facts.push(model.texts.with("reading-time", "n", minutes));
    if row.edited {
        facts.push(model.texts.get("edited"));
    }
    if !shown.entry.also_in.is_empty() {
        facts.push(model.texts.with("also-in", "feeds", shown.entry.also_in.join(", ")));
    }
    let facts = facts.join(&format!(" {} ", signs(model).dot));
    lines.extend(
        text::wrap(&facts, columns).into_iter().map(|line| Line::styled(bidi::line(model, line, false), theme.dim.0)),
    );
    if !row.tags.is_empty() {
        let tags: Vec<String> = row.tags.iter().map(|tag| format!("#{}", bidi::isolated(model, tag))).collect();
        lines.extend(
            text::wrap(&tags.join(" "), columns)
                .into_iter()
                .map(|line| Line::styled(bidi::line(model, line, false), theme.tag.0)),
        );
    }
    if let Some(note) = note(model, shown) {
        lines.extend(text::wrap(&note, columns).into_iter().map(|line| Line::styled(line, theme.dim.0)));
    }
    lines.push(Line::default());
    lines
}

/// Words below which an article is a teaser.
const TEASER: usize = 60;

/// That this is a teaser, or why there is no more.
fn note(model: &Model, shown: &Rendered) -> Option<String> {
    if let Some(problem) = &shown.entry.page_problem {
        return Some(page_problem(model, problem));
    }
    let is_teaser = !shown.entry.is_whole && shown.article.length() < TEASER && shown.entry.headline.url.is_some();
    is_teaser.then(|| model.texts.get("page-teaser"))
}

/// Why the page could not be had, in the reader's language where kabar has words for it.
#[must_use]
pub fn page_problem(model: &Model, problem: &str) -> String {
    match problem {
        "paywall" => model.texts.get("page-paywall"),
        "consent" => model.texts.get("page-consent"),
        "script" => model.texts.get("page-script"),
        "no-article" => model.texts.get("page-no-article"),
        other => model.texts.with("page-failed", "detail", other.to_owned()),
    }
}

fn tail<'a>(model: &Model, shown: &Rendered, width: u16) -> Vec<Line<'a>> {
    let theme = &model.theme;
    let mut lines = Vec::new();
    let room = usize::from(width);
    let ellipsis = signs(model).ellipsis;
    let no_words = vec![String::new(); shown.article.links.len()];
    let abouts = shown.entry.enclosures.iter().map(about).collect();
    let mut numbered = shown.numbered();
    let mut line = |about: &str| {
        let (number, url) = numbered.next().unwrap_or_default();
        let label = format!("[{number}] ");
        let url = text::fit(&format!("{about}{url}"), room.saturating_sub(label.len()), ellipsis);
        Line::from(vec![Span::styled(label, theme.furniture.0), Span::styled(url, theme.link.0)])
    };
    for (id, abouts) in [("links", no_words), ("enclosures", abouts)] {
        if !abouts.is_empty() {
            lines.extend([Line::default(), Line::styled(model.texts.get(id), theme.strong.0)]);
        }
        lines.extend(abouts.iter().map(|about| line(about)));
    }
    lines
}

/// `audio/mpeg 12:05 4 MB `: what a file is.
fn about(file: &Enclosure) -> String {
    let mut about = format!("{} ", file.mime_type.as_deref().unwrap_or("?"));
    if let Some(seconds) = file.duration {
        let _ = write!(about, "{}:{:02} ", seconds / 60, seconds % 60);
    }
    if let Some(bytes) = file.size.filter(|bytes| *bytes > 0) {
        let _ = write!(about, "{} ", text::bytes(bytes));
    }
    about
}
