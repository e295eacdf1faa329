//! The top line, which tells what is shown and what the poller does, and the bottom line, which offers the keys that
//! matter here and now.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::widgets::signs;
use super::{sources, text};
use crate::command::{Answer, Command, Context, Direction, Pane, Scope};
use crate::config::Bindings;
use crate::model::query::Sort;
use crate::tui::model::{Focus, Model, Notice, PickerKind, Place, Popup};
use crate::tui::update::{contexts, suggestion};

pub(super) fn top(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let theme = &model.theme;
    let signs = signs(model);
    let right = progress(model);
    let room = usize::from(area.width).saturating_sub(text::width(&right) + 2);
    let name = if model.is_demo { " kabar demo " } else { " kabar " };
    let mut spans = vec![Span::styled(name, theme.title.0), Span::raw(" ")];
    spans.push(Span::styled(sources::place_name(model, &model.list.filter.place), theme.strong.0));
    for chip in chips(model) {
        spans.push(Span::styled(format!(" {} ", signs.step), theme.dim.0));
        spans.push(Span::styled(format!(" {chip} {} ", signs.remove), theme.chip.0));
    }
    let mut used = 0;
    let mut line = Line::default();
    for span in spans {
        let cut = text::fit(&span.content, room.saturating_sub(used), signs.ellipsis);
        used += text::width(&cut);
        line.push_span(Span::styled(cut, span.style));
    }
    frame.render_widget(line, area);
    let style = if model.progress.failed > 0 { theme.error.0 } else { theme.dim.0 };
    let wide = text::width(&right) as u16;
    let place = Rect { x: area.right().saturating_sub(wide + 1), width: wide.min(area.width), ..area };
    frame.render_widget(Line::styled(right, style), place);
}

/// The filters, each as the reader would say it.
fn chips(model: &Model) -> Vec<String> {
    let filter = &model.list.filter;
    let mut chips = Vec::new();
    chips.extend(filter.story.iter().map(|(_, title)| text::fit(title, 40, signs(model).ellipsis)));
    match filter.scope {
        Scope::All => {}
        Scope::Unread => chips.push(model.texts.get("scope-unread")),
        Scope::Starred => chips.push(model.texts.get("scope-starred")),
    }
    let is_any = filter.matching == crate::command::Match::Any;
    let wanted = filter.tags.iter().filter(|tag| !tag.is_excluded).count();
    for (n, tag) in filter.tags.iter().enumerate() {
        let joint =
            if n > 0 && is_any && wanted > 1 && !tag.is_excluded { model.texts.get("or") + " " } else { String::new() };
        let not = if tag.is_excluded { "-" } else { "" };
        chips.push(format!("{joint}{not}#{}", tag.name));
    }
    if let Some((typed, _)) = &filter.words {
        // Quotes around several words or a field would make another query of them.
        let quote = if typed.contains([' ', ':', '"']) { "" } else { "\"" };
        chips.push(format!("{quote}{typed}{quote}"));
    }
    chips.extend(filter.chosen_sort().map(|sort| {
        model.texts.get(match sort {
            Sort::Date | Sort::By(_) => "sort-date",
            Sort::Relevance => "sort-relevance",
        })
    }));
    chips
}

fn progress(model: &Model) -> String {
    let progress = &model.progress;
    if !progress.is_running {
        let failing = model.sources.feeds.iter().filter(|feed| feed.fetch.error.is_some()).count();
        return if failing > 0 { model.texts.with("failed-count", "n", failing) } else { String::new() };
    }
    let mut line = format!("{} {}/{}", signs(model).polling, progress.done, progress.feeds);
    if progress.failed > 0 {
        line.push_str(&format!(" {} {}", signs(model).dot, model.texts.with("failed-count", "n", progress.failed)));
    }
    line
}

/// What is said, with the end of the path that it names where there is no room for all of it; where there is none for its
/// last name either, the path alone.
fn with_path(notice: &Notice, room: usize, mark: &str) -> String {
    let Some(path) = notice.path.as_deref().filter(|_| text::width(&notice.text) > room) else {
        return notice.text.clone();
    };
    let around = text::width(&notice.text).saturating_sub(text::width(path));
    let name = text::width(path.rsplit(['/', '\\']).next().unwrap_or(path));
    if around + name <= room {
        notice.text.replace(path, &text::fit_path(path, room - around, mark))
    } else {
        text::fit_path(path, room, mark)
    }
}

pub(super) fn bottom(model: &Model, bindings: &Bindings, frame: &mut Frame<'_>, area: Rect) {
    let theme = &model.theme;
    let room = usize::from(area.width).saturating_sub(1);
    if let Some(number) = model.number {
        let line = model.texts.with("link-number", "n", number);
        frame.render_widget(Line::styled(format!(" {line}"), theme.notice.0), area);
        return;
    }
    if let Some(notice) = &model.notice {
        let look = if notice.is_error { theme.error.0 } else { theme.notice.0 };
        let line = format!(" {}", with_path(notice, room.saturating_sub(1), signs(model).ellipsis));
        frame.render_widget(Line::styled(text::fit(&line, room, signs(model).ellipsis), look), area);
        return;
    }
    if !model.pending.is_empty() {
        let keys = crate::command::keys::print_sequence(&model.pending);
        frame.render_widget(Line::styled(format!(" {keys} {}", signs(model).ellipsis), theme.key.0), area);
        return;
    }
    let mut line = Line::default();
    let mut used = 0;
    if let Some(search) = model.reader.search.as_ref().filter(|_| contexts(model).contains(&Context::Find)) {
        let found = text::fit(&format!(" {} ", super::article::found(model, search)), room, signs(model).ellipsis);
        used = text::width(&found);
        line.push_span(Span::styled(found, theme.notice.0));
    }
    for (key, hint) in fitting(offered(model, bindings), room.saturating_sub(used)) {
        line.push_span(Span::raw(" "));
        line.push_span(Span::styled(key, theme.key.0));
        line.push_span(Span::styled(format!(" {hint} "), theme.dim.0));
    }
    frame.render_widget(line, area);
}

/// A key that is offered, and what it does, as both are shown.
struct Offer {
    key: String,
    hint: String,
    is_help: bool,
}

/// What is worth offering here and has a key.
fn offered(model: &Model, bindings: &Bindings) -> Vec<Offer> {
    let hints = hints(model).into_iter();
    let offer = |(command, hint): (Command, &str)| {
        let key = bindings.keys_of(&command, contexts(model))?;
        let is_help = command == Command::Help;
        Some(Offer { key: key_sign(&key, model.is_ascii), hint: model.texts.get(hint), is_help })
    };
    hints.filter_map(offer).collect()
}

/// As many of them as there is room for. The way to the help, which tells all others, is kept free.
fn fitting(offers: Vec<Offer>, room: usize) -> Vec<(String, String)> {
    let wide = |offer: &Offer| text::width(&offer.key) + text::width(&offer.hint) + 3;
    let mut kept: usize = offers.iter().filter(|offer| offer.is_help).map(wide).sum();
    let (mut left, mut is_full, mut shown) = (room, false, Vec::new());
    for offer in offers {
        let needed = wide(&offer);
        if offer.is_help {
            kept = 0;
        }
        if needed + kept > left || (is_full && !offer.is_help) {
            is_full = true;
            continue;
        }
        left -= needed;
        shown.push((offer.key, offer.hint));
    }
    shown
}

/// A key as its cap is printed.
pub(super) fn key_sign(key: &str, is_ascii: bool) -> String {
    if is_ascii {
        return key.to_owned();
    }
    let sign = |key: &str| match key {
        "up" => "↑".to_owned(),
        "down" => "↓".to_owned(),
        "left" => "←".to_owned(),
        "right" => "→".to_owned(),
        "enter" => "⏎".to_owned(),
        "space" => "␣".to_owned(),
        "pagedown" => "PgDn".to_owned(),
        "pageup" => "PgUp".to_owned(),
        "backtab" => "⇧Tab".to_owned(),
        "tab" => "Tab".to_owned(),
        "esc" => "Esc".to_owned(),
        "home" => "Home".to_owned(),
        "end" => "End".to_owned(),
        other => other.strip_prefix("ctrl-").map_or_else(|| other.to_owned(), |letter| format!("^{letter}")),
    };
    key.split(' ').map(sign).collect::<Vec<_>>().join(" ")
}

/// The selected feed has rolled past between two polls.
fn offers_gap(model: &Model) -> bool {
    model.sources.current().is_some_and(|row| match row.place {
        Place::Feed(id) => model.sources.offer(id, model.interval, model.now).is_some(),
        _ => false,
    })
}

fn is_on_topic(model: &Model) -> bool {
    model.sources.current().is_some_and(|row| matches!(row.place, Place::Topic { .. }))
}

fn is_on_view(model: &Model) -> bool {
    model.sources.current().is_some_and(|row| matches!(row.place, Place::View(_)))
}

/// What is worth offering in a list to pick from.
fn of_picker(kind: &PickerKind, has_topics: bool) -> Vec<(Command, &'static str)> {
    use crate::command::Step;
    use Command as C;
    match kind {
        PickerKind::TagFilter if !has_topics => vec![
            (C::Accept, "hint-take"),
            (C::Tick, "hint-tick"),
            (C::Exclude, "hint-exclude"),
            (C::Follow, "hint-topic"),
            (C::SuggestTopics, "hint-suggest"),
            (C::SwitchMatch, "hint-match"),
            (C::Dismiss, "hint-close"),
        ],
        PickerKind::TagFilter => vec![
            (C::Accept, "hint-take"),
            (C::Tick, "hint-tick"),
            (C::Exclude, "hint-exclude"),
            (C::SwitchMatch, "hint-match"),
            (C::Follow, "hint-topic"),
            (C::Dismiss, "hint-close"),
        ],
        PickerKind::Welcome => {
            vec![
                (C::Choose(Step::Down), "hint-choose"),
                (C::Tick, "hint-tick"),
                (C::Accept, "hint-take"),
                (C::Dismiss, "hint-close"),
            ]
        }
        PickerKind::Boilerplate { .. } => vec![(C::Accept, "hint-keep"), (C::Dismiss, "hint-close")],
        PickerKind::EditTags(_) | PickerKind::Feeds { .. } => {
            vec![(C::Tick, "hint-tick"), (C::Accept, "hint-take"), (C::Dismiss, "hint-close")]
        }
        PickerKind::Links => vec![
            (C::Accept, "hint-follow"),
            (C::LinkBrowser, "hint-browser"),
            (C::LinkCopy, "hint-copy"),
            (C::Dismiss, "hint-close"),
        ],
        PickerKind::ArticleTags(_)
        | PickerKind::RemoveTag(_)
        | PickerKind::Palette
        | PickerKind::Views
        | PickerKind::Rules(_)
        | PickerKind::Follow(_)
        | PickerKind::Suggest
        | PickerKind::Search { .. }
        | PickerKind::Outline
        | PickerKind::Save => {
            vec![(C::Accept, "hint-take"), (C::Dismiss, "hint-close")]
        }
    }
}

/// What is worth offering in an article.
fn of_article(model: &Model) -> Vec<(Command, &'static str)> {
    use crate::command::Step;
    use Command as C;
    if model.reader.search.is_some() {
        return vec![
            (C::Match(Direction::Next), "hint-next"),
            (C::Match(Direction::Previous), "hint-previous"),
            (C::Find, "hint-find"),
            (C::Back, "hint-end-find"),
        ];
    }
    // A page that was gone to: what matters is the way back.
    if model.reader.visit().is_some() {
        return vec![
            (C::Back, "hint-back"),
            (C::Move(Step::PageDown), "hint-scroll"),
            (C::Links, "hint-links"),
            (C::Save, "hint-save"),
            (C::Browser, "hint-browser"),
            (C::Find, "hint-find"),
            (C::CopyLink, "hint-copy"),
            (C::Help, "hint-help"),
        ];
    }
    let next = if model.is_walking() {
        vec![(C::Match(Direction::Next), "hint-next"), (C::Match(Direction::Previous), "hint-previous")]
    } else {
        vec![(C::ReadOn, "hint-read-on"), (C::Article(Direction::Next), "hint-next")]
    };
    let others = vec![
        (C::FullText, "hint-full-text"),
        (C::ToggleStar, "hint-star"),
        (C::Browser, "hint-browser"),
        (C::ArticleTags, "hint-tags"),
        (C::Help, "hint-help"),
        (C::Zoom, "hint-zoom"),
        (C::Links, "hint-links"),
        (C::Find, "hint-find"),
        (C::CopyLink, "hint-copy"),
        (C::Save, "hint-save"),
        (C::Back, "hint-back"),
    ];
    next.into_iter().chain(others).collect()
}

/// What is worth offering here, the most important first.
fn hints(model: &Model) -> Vec<(Command, &'static str)> {
    use crate::command::Step;
    use Command as C;
    match (&model.popup, model.focus) {
        (Some(Popup::Picker(picker)), _) => of_picker(&picker.kind, !model.sources.topics.is_empty()),
        (Some(Popup::Form(_)), _) if suggestion(model).is_some() => {
            vec![(C::Complete, "hint-complete"), (C::Accept, "hint-take"), (C::Dismiss, "hint-close")]
        }
        (Some(Popup::Form(_)), _) => {
            vec![(C::Accept, "hint-take"), (C::Choose(Step::Down), "hint-field"), (C::Dismiss, "hint-close")]
        }
        (Some(Popup::Picture(_)), _) => vec![
            (C::Choose(Step::Down), "hint-next"),
            (C::Choose(Step::Up), "hint-previous"),
            (C::Accept, "hint-browser"),
            (C::Dismiss, "hint-close"),
        ],
        (Some(Popup::Why { explanation, .. }), _) if !explanation.topics.is_empty() => vec![
            (C::Teach(Answer::Yes), "hint-teach-yes"),
            (C::Teach(Answer::No), "hint-teach-no"),
            (C::NextTopic, "hint-next-topic"),
            (C::Undo, "hint-undo"),
            (C::Choose(Step::Down), "hint-scroll"),
            (C::Dismiss, "hint-close"),
        ],
        (Some(Popup::Topic { .. }), _) => {
            vec![(C::Choose(Step::Down), "hint-scroll"), (C::Accept, "hint-articles"), (C::Dismiss, "hint-close")]
        }
        (Some(Popup::Help { .. } | Popup::Why { .. } | Popup::Explain { .. }), _) => {
            vec![(C::Choose(Step::Down), "hint-scroll"), (C::Dismiss, "hint-close")]
        }
        (Some(Popup::Confirm { .. }), _) => vec![(C::Accept, "hint-yes"), (C::Dismiss, "hint-no")],
        (None, Focus::Sources) if offers_gap(model) => vec![
            (C::Sooner, "hint-sooner"),
            (C::Move(Step::Down), "hint-choose"),
            (C::Open, "hint-show"),
            (C::EditFeed, "hint-edit"),
            (C::Help, "hint-help"),
            (C::Back, "hint-back"),
        ],
        (None, Focus::Sources) if is_on_view(model) => vec![
            (C::Move(Step::Down), "hint-choose"),
            (C::Open, "hint-show"),
            (C::EditFeed, "hint-edit"),
            (C::Unsubscribe, "hint-forget"),
            (C::Help, "hint-help"),
            (C::Back, "hint-back"),
        ],
        (None, Focus::Sources) if is_on_topic(model) => vec![
            (C::Move(Step::Down), "hint-choose"),
            (C::Open, "hint-show"),
            (C::TopicPage, "hint-page"),
            (C::Follow, "hint-unfollow"),
            (C::Help, "hint-help"),
            (C::Back, "hint-back"),
        ],
        (None, Focus::Sources) => vec![
            (C::Move(Step::Down), "hint-choose"),
            (C::Open, "hint-show"),
            (C::Reload, "hint-reload"),
            (C::Subscribe, "hint-subscribe"),
            (C::EditFeed, "hint-edit"),
            (C::Unsubscribe, "hint-unsubscribe"),
            (C::Help, "hint-help"),
            (C::Back, "hint-back"),
        ],
        (None, Focus::Headlines) => {
            let mut hints = vec![
                (C::Move(Step::Down), "hint-choose"),
                (C::Open, "hint-read"),
                (C::TagFilter, "hint-tag"),
                (C::Unread(Direction::Next), "hint-next-unread"),
                (C::ToggleStar, "hint-star"),
                (C::ToggleRead, "hint-toggle-read"),
                (C::Help, "hint-help"),
                (C::Filter, "hint-filter"),
                (C::Follow, "hint-topic"),
                (C::Browser, "hint-browser"),
                (C::Undo, "hint-undo"),
                (C::ReloadAll, "hint-reload"),
                (C::Zoom, "hint-zoom"),
            ];
            if model.list.current().is_some_and(|row| row.in_story > 1) && model.list.filter.story.is_none() {
                hints.insert(2, (C::Pane(Pane::Right), "hint-story"));
            }
            if model.list.filter.story.is_some() {
                hints.insert(2, (C::SplitStory, "hint-split"));
            }
            if model.list.marked.len() > 1 {
                hints.insert(0, (C::MergeStories, "hint-merge"));
            }
            if model.list.waiting > 0 {
                hints.insert(0, (C::ShowNew, "hint-new"));
            }
            if model.list.filter.has_chips() {
                hints.insert(3, (C::Back, "hint-unfilter"));
            }
            hints
        }
        (None, Focus::Article) => of_article(model),
    }
}

/// The contexts that a command's keys are looked for in, for documents.
pub(super) const EVERYWHERE: &[Context] = &Context::ALL;
