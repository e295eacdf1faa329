//! A topic's page: what is new, and day by day what was told, the outlets side by side, with what only one of them says.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::widgets::{signs, window};
use super::{bidi, text};
use crate::engine::{Told, TopicPage, TopicStory};
use crate::tui::model::Model;

/// Columns, frame included.
const WIDTH: u16 = 110;
/// From so many columns on outlet, language and title stand side by side.
const ROOMY: usize = 60;

pub(super) fn draw(
    model: &Model,
    (name, page): (&str, Option<&TopicPage>),
    scroll: usize,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    let columns = usize::from(WIDTH.min(area.width).saturating_sub(4));
    let loading = || vec![Line::styled(model.texts.get("list-loading"), model.theme.dim.0)];
    let lines = page.map_or_else(loading, |page| lines(model, page, columns));
    let inner = window(model, frame, area, (WIDTH, area.height), &format!("#{name}"));
    let scroll = scroll.min(lines.len().saturating_sub(usize::from(inner.height)));
    for (line, y) in lines.into_iter().skip(scroll).zip(inner.y..inner.bottom()) {
        frame.render_widget(line, Rect { y, height: 1, ..inner });
    }
}

fn lines(model: &Model, page: &TopicPage, columns: usize) -> Vec<Line<'static>> {
    let (theme, texts) = (&model.theme, &model.texts);
    let new = page.stories.iter().flat_map(|story| &story.articles).filter(|told| told.is_new).count();
    let news = match page.looked {
        Some(at) => {
            let at = texts.moment(at, model.now, &model.zone);
            texts.with_all("topic-new-since", &[("n", new.into()), ("at", at.into())])
        }
        None => texts.get("topic-first-look"),
    };
    let mut lines: Vec<Line<'static>> =
        text::wrap(&news, columns).into_iter().map(|line| Line::styled(line, theme.notice.0)).collect();
    if page.stories.is_empty() {
        lines.push(Line::default());
        lines.push(Line::styled(texts.get("topic-empty"), theme.dim.0));
    }
    let mut day = None;
    for story in &page.stories {
        let date = story.at.to_zoned(model.zone.clone()).date();
        if day != Some(date) {
            day = Some(date);
            let month = texts.get(&format!("month-{}", date.month()));
            lines.push(Line::default());
            lines.push(Line::styled(format!("{} {month} {}", date.day(), date.year()), theme.heading.0));
        }
        tell(model, story, columns, &mut lines);
    }
    lines
}

fn tell(model: &Model, story: &TopicStory, columns: usize, lines: &mut Vec<Line<'static>>) {
    let (theme, texts, signs) = (&model.theme, &model.texts, signs(model));
    let Some(first) = story.articles.last() else { return };
    let outlets: std::collections::BTreeSet<&str> = story.articles.iter().map(|told| told.outlet.as_str()).collect();
    let languages: std::collections::BTreeSet<&str> =
        story.articles.iter().map(|told| told.language.as_str()).filter(|code| !code.is_empty()).collect();
    let title = text::fit(&first.title, columns.saturating_sub(2), signs.ellipsis);
    lines.push(Line::from(vec![
        Span::styled(format!("{} ", signs.step), theme.key.0),
        Span::styled(bidi::field(model, &title).into_owned(), theme.strong.0),
    ]));
    if story.articles.len() > 1 {
        let values = [
            ("outlets", outlets.len().into()),
            ("languages", languages.into_iter().collect::<Vec<_>>().join(", ").into()),
        ];
        let told = text::fit(&texts.with_all("topic-told", &values), columns.saturating_sub(2), signs.ellipsis);
        lines.push(Line::styled(format!("  {told}"), theme.dim.0));
    }
    let widest = story.articles.iter().map(|told| text::width(&told.outlet)).max().unwrap_or(0).min(columns / 4);
    for told in &story.articles {
        article(model, told, columns, widest, lines);
    }
}

/// One outlet's article: beside it its language and title, below it what only it says.
fn article(model: &Model, told: &Told, columns: usize, widest: usize, lines: &mut Vec<Line<'static>>) {
    let (theme, texts, signs) = (&model.theme, &model.texts, signs(model));
    let field = |text: &str| bidi::field(model, text).into_owned();
    let is_roomy = columns >= ROOMY;
    let mark = if told.is_new { signs.unread } else { " " };
    let outlet = text::fit(&told.outlet, if is_roomy { widest } else { columns.saturating_sub(8) }, signs.ellipsis);
    // As it is shown: letters that join take fewer columns.
    let pad = " ".repeat(widest.saturating_sub(text::width(&field(&outlet))));
    let language = if told.language.is_empty() { "--" } else { &told.language };
    let look = if told.read { theme.read.0 } else { theme.unread.0 };
    let mut line = vec![
        Span::styled(format!("  {mark} "), theme.mark.0),
        Span::styled(field(&outlet), theme.dim.0),
        Span::styled(format!("{} {language}", if is_roomy { pad } else { String::new() }), theme.tag.0),
    ];
    if is_roomy {
        let room = columns.saturating_sub(4 + widest + 1 + text::width(language) + 2);
        line.push(Span::raw("  "));
        line.push(Span::styled(field(&text::fit(&told.title, room, signs.ellipsis)), look));
        lines.push(Line::from(line));
    } else {
        lines.push(Line::from(line));
        let title = text::fit(&told.title, columns.saturating_sub(4), signs.ellipsis);
        lines.push(Line::styled(format!("    {}", field(&title)), look));
    }
    if let Some(only) = &told.only {
        let said = texts.with("topic-only", "said", only.clone());
        let pieces = text::wrap(&said, columns.saturating_sub(4));
        lines.extend(pieces.into_iter().map(|piece| Line::styled(format!("    {}", field(&piece)), theme.quote.0)));
    }
}
