//! Why an article is here: its feed, when it came, which topics and which story it belongs to and why, its tags with who gave
//! them, and what rules have done.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::widgets::{signs, window};
use super::{bidi, text};
use crate::content::features::lexicon::{Place, concept_word, place_name};
use crate::engine::{Belonging, Explanation, InStory};
use crate::model::rule::Touch;
use crate::model::tag::TagSource;
use crate::model::topic::{Evidence, Membership, Why};
use crate::tui::model::{Model, Popup};

const WIDTH: u16 = 76;

pub(super) fn draw(
    model: &Model,
    explanation: &Explanation,
    (scroll, topic): (usize, usize),
    frame: &mut Frame<'_>,
    area: Rect,
) {
    let columns = usize::from(WIDTH.min(area.width).saturating_sub(4));
    let lines = broken(model, lines(model, explanation, topic), columns);
    let inner = window(model, frame, area, (WIDTH, lines.len() as u16 + 3), &model.texts.get("title-why"));
    let scroll = scroll.min(lines.len().saturating_sub(usize::from(inner.height)));
    for (line, y) in lines.into_iter().skip(scroll).zip(inner.y..inner.bottom()) {
        frame.render_widget(line, Rect { y, height: 1, ..inner });
    }
}

/// Lines as they fit; what goes on stands under where it began.
fn broken(model: &Model, lines: Vec<(String, Style)>, columns: usize) -> Vec<Line<'static>> {
    let mut out = Vec::new();
    for (line, look) in lines {
        let bare = line.trim_start();
        let indent = line.len() - bare.len();
        for piece in text::wrap(bare, columns.saturating_sub(indent)) {
            let piece = format!("{}{}", " ".repeat(indent), bidi::field(model, &piece));
            out.push(Line::styled(text::fit(&piece, columns, signs(model).ellipsis), look));
        }
    }
    out
}

/// How far to scroll so that a topic of the open panel is in sight, by its number.
pub fn topic_line(model: &Model) -> impl Fn(usize) -> usize + use<> {
    /// Lines above it that stay in sight.
    const ABOVE: usize = 3;
    let columns = usize::from(WIDTH.min(model.size.width).saturating_sub(4));
    let starts: Vec<usize> = match &model.popup {
        Some(Popup::Why { explanation, topic, .. }) => {
            let height = |lines: Vec<(String, Style)>| broken(model, lines, columns).len();
            let belongs = |nth: usize, belonging| height(vec![belongs(model, belonging, nth == *topic)]);
            let (own, _) = parted(explanation);
            let before = height(head(model, explanation)) + 2;
            // The others come last, under a heading of their own.
            let others = height(inner_lines(model, explanation, *topic)) + 2;
            let topics = explanation.topics.iter().enumerate();
            let each = topics.map(|(nth, belonging)| (nth, belongs(nth, belonging)));
            let starts = each.scan(before, |at, (nth, lines)| {
                let start = if nth == own { others.max(*at) } else { *at };
                *at = start + lines;
                Some(start)
            });
            starts.collect()
        }
        _ => Vec::new(),
    };
    move |topic| starts.get(topic).map_or(0, |start| start.saturating_sub(ABOVE))
}

/// How many topics the article belongs to, which come first, and the others.
fn parted(explanation: &Explanation) -> (usize, &[Belonging]) {
    let own = explanation.topics.iter().take_while(|belonging| belonging.membership.is_some()).count();
    (own, explanation.topics.get(own..).unwrap_or_default())
}

/// Each line with its look.
fn lines(model: &Model, explanation: &Explanation, topic: usize) -> Vec<(String, Style)> {
    let (theme, texts) = (&model.theme, &model.texts);
    let (own, others) = parted(explanation);
    let mut lines = inner_lines(model, explanation, topic);
    if !others.is_empty() {
        lines.extend([(String::new(), theme.text.0), (texts.get("why-other-topics"), theme.heading.0)]);
        lines.extend((own..).zip(others).map(|(nth, belonging)| belongs(model, belonging, nth == topic)));
    }
    lines
}

/// The lines of what has to do with the article.
fn inner_lines(model: &Model, explanation: &Explanation, topic: usize) -> Vec<(String, Style)> {
    let (theme, texts) = (&model.theme, &model.texts);
    let Explanation { tags, touches, topics, story, .. } = explanation;
    let (own, _) = parted(explanation);
    let moment = |at| texts.moment(at, model.now, &model.zone);
    let item = |text: String| (format!("  {text}"), theme.text.0);
    let none = || (format!("  {}", texts.get("why-none")), theme.dim.0);
    let heading = |id: &str| [(String::new(), theme.text.0), (texts.get(id), theme.heading.0)];
    let mut lines = head(model, explanation);
    lines.extend(heading("why-topics"));
    let own_topics = topics.iter().take(own).enumerate();
    lines.extend(own_topics.map(|(nth, belonging)| belongs(model, belonging, nth == topic)));
    lines.extend((own == 0 && !topics.is_empty()).then(none));
    lines.extend(topics.is_empty().then(|| (format!("  {}", texts.get("why-no-topics")), theme.dim.0)));
    lines.extend(heading("why-story"));
    lines.extend(in_story(model, story.as_ref()).into_iter().map(item));
    lines.extend(heading("why-tags"));
    let tag = |(name, source): &(String, TagSource)| {
        item(format!("#{name} · {}", texts.get(&format!("source-{}", source.name()))))
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

/// The title, and where and when the article came.
fn head(model: &Model, explanation: &Explanation) -> Vec<(String, Style)> {
    let (theme, texts) = (&model.theme, &model.texts);
    let Explanation { headline, also_in, .. } = explanation;
    let moment = |at| texts.moment(at, model.now, &model.zone);
    let item = |text: String| (format!("  {text}"), theme.text.0);
    let mut lines = vec![(headline.title.clone(), theme.strong.0), (String::new(), theme.text.0)];
    lines.push(item(texts.with("why-feed", "feed", headline.feed_title.clone())));
    lines.push(item(texts.with("why-received", "at", moment(headline.received))));
    lines.extend(headline.published.map(|at| item(texts.with("why-published", "at", moment(at)))));
    if !also_in.is_empty() {
        lines.push(item(texts.with("why-also", "feeds", also_in.join(", "))));
    }
    if headline.muted {
        lines.push((format!("  {}", texts.get("why-muted")), theme.error.0));
    }
    lines
}

/// One topic's word about the article, on the line that `y` and `n` work on when it is chosen.
fn belongs(model: &Model, belonging: &Belonging, is_chosen: bool) -> (String, Style) {
    let texts = &model.texts;
    let name = &belonging.name;
    let line = match (&belonging.membership, belonging.said) {
        (Some(membership), _) => {
            let score = percent(membership.score);
            format!("#{name} · {score} · {}", because(model, membership, belonging.like.as_deref()))
        }
        (None, Some(false)) => format!("#{name} · {}", texts.get("why-said-no")),
        (None, _) => format!("#{name} · {}", texts.get("why-not-in")),
    };
    let sign = if is_chosen { signs(model).step } else { " " };
    let look = if is_chosen { model.theme.strong.0 } else { model.theme.text.0 };
    // The sign takes the place of the indent, which is lost where a line begins with something.
    (if is_chosen { format!("{sign} {line}") } else { format!("  {line}") }, look)
}

fn percent(share: f32) -> String {
    format!("{:.0} %", share * 100.0)
}

fn because(model: &Model, membership: &Membership, like: Option<&str>) -> String {
    let texts = &model.texts;
    match &membership.why {
        Why::Taught => texts.get("why-taught"),
        Why::Query => texts.get("why-query"),
        Why::Story => texts.get("why-by-story"),
        Why::Like(_) => texts.with("why-like", "title", like.unwrap_or_default().to_owned()),
        Why::Name(evidence) => {
            let names: Vec<String> = evidence.iter().map(|evidence| said(model, evidence)).collect();
            texts.with("why-name", "names", names.join(", "))
        }
    }
}

/// A part of a topic's name, in the reader's words.
fn said(model: &Model, evidence: &Evidence) -> String {
    let texts = &model.texts;
    let language = texts.language().code();
    let name = match Place::from_code(&evidence.of) {
        Some(place) => place_name(place, language),
        None => concept_word(&evidence.of, language),
    };
    match evidence {
        Evidence { is_implied: true, .. } => texts.with("why-implied", "name", name),
        Evidence { in_title: true, .. } => texts.with("why-in-title", "name", name),
        Evidence { .. } => name,
    }
}

fn in_story(model: &Model, story: Option<&InStory>) -> Vec<String> {
    let texts = &model.texts;
    let Some(InStory { size, joined, is_merged }) = story else { return vec![texts.get("why-ungrouped")] };
    if *size < 2 {
        return vec![texts.get("why-alone")];
    }
    let why = match joined {
        Some(joined) => {
            let values = [
                ("likelihood", percent(joined.likelihood).into()),
                ("title", joined.title.clone().into()),
                ("feed", joined.feed.clone().into()),
            ];
            texts.with_all("why-joined", &values)
        }
        None if *is_merged => texts.get("why-merged"),
        None => texts.get("why-first"),
    };
    vec![texts.with("why-story-size", "n", *size), why]
}
