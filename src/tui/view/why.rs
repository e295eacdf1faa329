//! Why an article is here: its feed, when it came, its tags with who gave them, and what rules have done.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::widgets::{signs, window};
use super::{bidi, text};
use crate::engine::Explanation;
use crate::model::rule::Touch;
use crate::model::tag::TagSource;
use crate::tui::model::Model;

pub(super) fn draw(model: &Model, explanation: &Explanation, scroll: usize, frame: &mut Frame<'_>, area: Rect) {
    let lines = lines(model, explanation);
    let inner = window(model, frame, area, (76, lines.len() as u16 + 3), &model.texts.get("title-why"));
    let scroll = scroll.min(lines.len().saturating_sub(usize::from(inner.height)));
    for ((line, look), y) in lines.into_iter().skip(scroll).zip(inner.y..inner.bottom()) {
        let line = text::fit(&line, usize::from(inner.width), signs(model).ellipsis);
        frame.render_widget(Line::styled(line, look), Rect { y, height: 1, ..inner });
    }
}

/// Each line with its look.
fn lines(model: &Model, explanation: &Explanation) -> Vec<(String, Style)> {
    let (theme, texts) = (&model.theme, &model.texts);
    let Explanation { headline, tags, touches, also_in } = explanation;
    let moment = |at| texts.moment(at, model.now, &model.zone);
    let item = |text: String| (format!("  {text}"), theme.text.0);
    let none = || (format!("  {}", texts.get("why-none")), theme.dim.0);
    let heading = |id: &str| [(String::new(), theme.text.0), (texts.get(id), theme.heading.0)];
    let mut lines =
        vec![(bidi::field(model, &headline.title).into_owned(), theme.strong.0), (String::new(), theme.text.0)];
    lines.push(item(texts.with("why-feed", "feed", headline.feed_title.clone())));
    lines.push(item(texts.with("why-received", "at", moment(headline.received))));
    lines.extend(headline.published.map(|at| item(texts.with("why-published", "at", moment(at)))));
    if !also_in.is_empty() {
        lines.push(item(texts.with("why-also", "feeds", also_in.join(", "))));
    }
    if headline.muted {
        lines.push((format!("  {}", texts.get("why-muted")), theme.error.0));
    }
    lines.extend(heading("why-tags"));
    let tag = |(name, source): &(String, TagSource)| {
        item(format!("#{} · {}", bidi::field(model, name), texts.get(&format!("source-{}", source.name()))))
    };
    lines.extend(tags.iter().map(tag));
    lines.extend(tags.is_empty().then(none));
    lines.extend(heading("why-rules"));
    let touch = |touch: &Touch| {
        let (rule, act) = (touch.rule.clone().into(), touch.act.clone().into());
        item(texts.with_all("why-rule", &[("rule", rule), ("act", act), ("at", moment(touch.at).into())]))
    };
    lines.extend(touches.iter().map(touch));
    lines.extend(touches.is_empty().then(none));
    lines
}
