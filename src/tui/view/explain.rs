//! How a feed fares: what came of the last attempts, what comes next and why then, what it costs, and what helps.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::widgets::window;
use super::{bidi, text};
use crate::model::feed::{Feed, FeedId, shown_url};
use crate::model::moved::{DAYS, Obstacle};
use crate::model::scrub;
use crate::model::traffic::Cost;
use crate::tui::model::Model;

/// Columns and rows, frame included.
const WIDTH: u16 = 72;
const HEIGHT: u16 = 18;

pub(super) fn draw(model: &Model, feed: FeedId, scroll: usize, frame: &mut Frame<'_>, area: Rect) {
    let Some(feed) = model.sources.feed(feed) else { return };
    let columns = usize::from(WIDTH.min(area.width).saturating_sub(4));
    let said = said(model, feed).into_iter();
    let lines: Vec<Line<'_>> = said.flat_map(|(words, look)| broken(model, &words, look, columns)).collect();
    let height = HEIGHT.min(u16::try_from(lines.len()).unwrap_or(HEIGHT) + 2);
    let inner = window(model, frame, area, (WIDTH, height), &model.texts.get("title-explain-feed"));
    let scroll = scroll.min(lines.len().saturating_sub(usize::from(inner.height)));
    for (line, y) in lines.into_iter().skip(scroll).zip(inner.y..inner.bottom()) {
        frame.render_widget(line, Rect { y, height: 1, ..inner });
    }
}

fn broken(model: &Model, words: &str, look: Style, columns: usize) -> Vec<Line<'static>> {
    let lines = text::wrap(words, columns).into_iter();
    lines.map(|line| Line::styled(bidi::field(model, &line).into_owned(), look)).collect()
}

/// What there is to say, each with its look.
fn said(model: &Model, feed: &Feed) -> Vec<(String, Style)> {
    let (texts, theme) = (&model.texts, &model.theme);
    let moment = |at| texts.moment(at, model.now, &model.zone);
    let (name, url) = (scrub::line(feed.name()), shown_url(&feed.url));
    let mut said = vec![(name.to_string(), theme.heading.0)];
    if name != url {
        said.push((scrub::line(&url).into_owned(), theme.dim.0));
    }
    if let Some(error) = &feed.fetch.error {
        let reason = texts.get(&format!("failure-{}", error.kind.name()));
        said.push((format!("{reason} ({})", error.detail), theme.error.0));
        said.push((texts.get(&format!("advice-{}", error.kind.name())), theme.text.0));
        said.push((texts.with("explain-failed", "n", u64::from(feed.fetch.failures)), theme.text.0));
    }
    let last = match feed.fetch.last_success {
        Some(at) => texts.with("explain-success", "at", moment(at)),
        None => texts.get("explain-never"),
    };
    said.push((last, theme.text.0));
    if let Some(why) = feed.fetch.why {
        said.push((texts.next_attempt(feed.fetch.next_attempt, why, model.now, &model.zone), theme.text.0));
    }
    said.extend(moved(model, feed).map(|words| (words, theme.text.0)));
    let day = u32::try_from(model.now.as_second() / 86_400).unwrap_or_default();
    said.push((cost(model, feed.fetch.traffic.sum(day)), theme.text.0));
    said
}

/// Why it is still asked at its old address, though its server sends it on for good.
fn moved(model: &Model, feed: &Feed) -> Option<String> {
    let moved = feed.fetch.moved.as_ref().filter(|moved| moved.is_for_good())?;
    let id = match (feed.obstacle(), moved.is_same) {
        (Some(Obstacle::Clear), _) => "explain-moved-clear",
        (Some(Obstacle::Secrets), _) => "explain-moved-login",
        (None, Some(false)) => "explain-moved-other",
        (None, _) => "explain-moved",
    };
    let to = scrub::line(&shown_url(&moved.to)).into_owned();
    let values = [("to", to.into()), ("days", moved.days.into()), ("needed", DAYS.into())];
    Some(model.texts.with_all(id, &values))
}

fn cost(model: &Model, cost: Cost) -> String {
    let share = (cost.not_modified * 100).checked_div(cost.requests).unwrap_or_default();
    let size = text::bytes(cost.bytes);
    let values = [("requests", cost.requests.into()), ("share", share.into()), ("size", size.into())];
    model.texts.with_all("explain-traffic", &values)
}
