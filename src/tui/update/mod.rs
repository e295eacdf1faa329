//! What happened changes the model and asks for effects. Total: every [`Msg`] and every [`Command`] has its arm, a late
//! reply is dropped by its ticket, and nothing here waits for anything.

mod article;
mod boilerplate;
mod changes;
mod complete;
mod discovery;
mod events;
mod find;
mod form;
mod headlines;
mod highlights;
mod links;
mod marks;
mod picker;
mod pictures;
mod replies;
mod rules;
mod save;
mod search;
mod sources;
mod story;
mod tags;
mod topics;
mod unfinished;
mod views;
mod welcome;
mod why;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Size};

use super::keymap::{self, Meaning};
use super::model::{Exit, Focus, Model, Popup};
use super::msg::{Effect, Msg, RuleEffect, TopicEffect};
use crate::command::keys::Key;
use crate::command::{Command, Context, Direction, Pane, Size as Change, Step};
use crate::config::{ArticlePlace, Bindings};

pub use complete::{Suggestion, suggestion};
pub use pictures::room;
pub use sources::span;
pub use welcome::{is_pack, welcome};

/// What the interface asks for when it opens.
pub fn start(model: &mut Model) -> Vec<Effect> {
    let mut effects = headlines::reload(model, None);
    effects.extend([Effect::LoadFeeds, Effect::LoadViews, Effect::Topic(TopicEffect::Load), Effect::CountToday]);
    effects.push(Effect::CheckVersion);
    effects
}

/// Takes in one message.
pub fn update(model: &mut Model, bindings: &Bindings, msg: Msg) -> Vec<Effect> {
    let mut effects = match msg {
        Msg::Terminal(Event::Key(key)) if key.kind != KeyEventKind::Release => press(model, bindings, key),
        Msg::Terminal(Event::Mouse(mouse)) => pointer(model, mouse),
        Msg::Terminal(Event::Resize(width, height)) => {
            model.size = Size::new(width, height);
            pictures::resized(model)
        }
        Msg::Terminal(Event::Paste(text)) => form::paste(model, &text),
        Msg::Terminal(Event::Key(_) | Event::FocusGained | Event::FocusLost) => Vec::new(),
        Msg::Engine(event) => events::event(model, event),
        Msg::Lagged => events::look_anew(model),
        Msg::FollowUp => events::newcomers(model),
        Msg::Lingered => article::lingered(model),
        Msg::Rested => sources::follow(model),
        Msg::NoticeOver => {
            model.notice = None;
            Vec::new()
        }
        Msg::Version(version) => events::version(model, version),
        reply => replies::reply(model, reply),
    };
    settle(model, &mut effects);
    effects
}

/// The interface ends: how far the shown article was read is kept.
pub fn leave(model: &mut Model) -> Vec<Effect> {
    article::leave(model).into_iter().collect()
}

/// What every change may have made necessary: the selection in sight, pages and articles asked for.
fn settle(model: &mut Model, effects: &mut Vec<Effect>) {
    let visible = model.visible_rows();
    model.list.scroll_to_selection(visible);
    if let Some(area) = model.panes().sources {
        model.sources.scroll_to_selection(usize::from(area.height.saturating_sub(2)));
    }
    effects.extend(headlines::more(model));
    effects.extend(article::want(model));
    effects.extend(highlights::want(model));
    effects.extend(views::count(model));
    article::clamp(model);
}

fn press(model: &mut Model, bindings: &Bindings, key: KeyEvent) -> Vec<Effect> {
    model.is_pristine = false;
    model.notice = None;
    let contexts = contexts(model);
    let pressed = Key::from(key);
    match keymap::resolve(bindings, contexts, &mut model.pending, pressed) {
        Meaning::Command(command) if !is_typing(model, &command, key) => {
            // Whatever else is done is done where the selection is.
            let is_moving = model.focus == Focus::Sources && matches!(command, Command::Move(_));
            let mut effects = if is_moving { Vec::new() } else { sources::follow(model) };
            effects.extend(run(model, command));
            effects
        }
        Meaning::Command(_) | Meaning::Nothing => {
            model.pending.clear();
            if let Some(step) = move_in_page(model, bindings, pressed) {
                return picker::choose(model, step);
            }
            form::type_key(model, key)
        }
        Meaning::Pending => Vec::new(),
    }
}

/// A page to be read, with no line of input, is moved in with the keys that move in the panes, too.
fn move_in_page(model: &Model, bindings: &Bindings, pressed: Key) -> Option<Step> {
    let is_page = matches!(
        model.popup,
        Some(Popup::Help { .. } | Popup::Why { .. } | Popup::Topic { .. } | Popup::Explain { .. })
    );
    match keymap::resolve(bindings, &[Context::Panes], &mut Vec::new(), pressed) {
        Meaning::Command(Command::Move(step)) if is_page => Some(step),
        _ => None,
    }
}

/// In a line of input, keys that write something write it.
fn is_typing(model: &Model, command: &Command, key: KeyEvent) -> bool {
    match (&model.popup, command, key.code) {
        (Some(Popup::Form(_)), Command::Tick, _) => true,
        (Some(Popup::Picker(picker)), Command::Follow, KeyCode::Char(letter)) => {
            !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) && picker.would_type(letter)
        }
        _ => false,
    }
}

/// Whose keys hold now, the closest first.
#[must_use]
pub fn contexts(model: &Model) -> &'static [Context] {
    match (&model.popup, model.focus) {
        (Some(Popup::Picker(picker)), _) if picker.lists_tags() => &[Context::Tags, Context::Popup],
        (Some(Popup::Picker(picker)), _) if picker.kind == super::model::PickerKind::Links => {
            &[Context::Links, Context::Popup]
        }
        (Some(Popup::Picker(picker)), _) if matches!(picker.kind, super::model::PickerKind::Search { .. }) => {
            &[Context::Prompt, Context::Popup]
        }
        (Some(Popup::Form(_)), _) => &[Context::Prompt, Context::Popup],
        (Some(Popup::Why { .. }), _) => &[Context::Why, Context::Popup],
        (Some(_), _) => &[Context::Popup],
        (None, Focus::Sources) => &[Context::Sources, Context::Panes],
        (None, Focus::Headlines) => &[Context::Headlines, Context::Panes],
        (None, Focus::Article) if model.reader.search.is_some() || model.is_walking() => {
            &[Context::Find, Context::Article, Context::Panes]
        }
        (None, Focus::Article) => &[Context::Article, Context::Panes],
    }
}

/// Carries out one command.
pub fn run(model: &mut Model, command: Command) -> Vec<Effect> {
    if !matches!(command, Command::OpenLink(_) | Command::Open) {
        model.number = None;
    }
    match command {
        Command::Move(step) => step_in_focus(model, step),
        Command::Pane(pane) => go_to(model, pane),
        Command::Open => open(model),
        Command::Back => back(model),
        Command::Quit => quit(model),
        Command::ReadOn => article::read_on(model),
        Command::PageBack => article::page_back(model),
        Command::Unread(direction) => headlines::next_unread(model, direction),
        Command::Article(direction) => headlines::step_article(model, direction),
        Command::ShowNew => headlines::show_new(model),

        Command::TagFilter => tags::open_filter(model),
        Command::ArticleTags => tags::open_article_tags(model),
        Command::TopicPage => topics::open_page(model),
        Command::SuggestTopics => topics::suggest(model),
        Command::SplitStory => story::split(model),
        Command::MergeStories => story::merge(model),
        Command::ToggleStories => vec![Effect::Topic(TopicEffect::ToggleStories)],
        Command::Teach(answer) => why::teach(model, answer),
        Command::NextTopic => why::next_topic(model),
        Command::Follow => topics::follow(model),
        Command::FilterTag(name) => tags::filter_by(model, &name),
        Command::Filter => form::open_filter(model),
        Command::Search => search::open(model),
        Command::Views => views::open(model),
        Command::SaveView => views::open_save(model),
        Command::Rules => vec![Effect::Rule(RuleEffect::List)],
        Command::ClearFilters => headlines::clear_filters(model),
        Command::Scope(scope) => headlines::scope(model, scope),
        Command::Sort(order) => headlines::sort(model, order),

        Command::ToggleRead => marks::toggle_read(model),
        Command::ToggleStar => marks::toggle_star(model),
        Command::ReadFeed => marks::read_feed(model),
        Command::ReadListed => marks::read_listed(model),
        Command::Mark => headlines::toggle_mark(model),
        Command::EditTags => tags::open_editor(model),
        Command::AddTag => form::open_add_tag(model),
        Command::RemoveTag => tags::open_remover(model),
        Command::ToggleMute => marks::toggle_mute(model),
        Command::Why => why::ask(model),
        Command::Undo => marks::undo(model),
        Command::Redo => marks::redo(model),

        Command::Browser => article::browse(model, false),
        Command::FullText => article::fetch_whole(model),
        Command::Changes => changes::compare(model),
        Command::BrowserRead => article::browse(model, true),
        Command::OpenLink(digit) => article::link_digit(model, digit),
        Command::Find => find::open(model),
        Command::Match(direction) => find::step(model, direction),
        Command::Links => links::open_list(model),
        Command::Pictures => pictures::open(model),
        Command::Outline => links::open_outline(model),
        Command::LinkBrowser => links::outside(model, false),
        Command::LinkCopy => links::outside(model, true),
        Command::Shift(side) => article::shift(model, side),
        Command::Boilerplate => boilerplate::open(model),
        Command::Save => save::open(model),
        Command::SaveAs(format) => save::save(model, format),
        Command::CopyLink => article::copy(model, false),
        Command::CopyTitle => article::copy(model, true),

        Command::Reload => sources::reload(model),
        Command::ReloadAll => poll_all(model),
        Command::Cancel => cancel(model),
        Command::Subscribe => form::open_subscribe(model),
        Command::Packs => open_packs(model),
        Command::EditFeed => form::open_edit_feed(model),
        Command::Sooner => sources::sooner(model),
        Command::ExplainFeed => sources::explain(model),
        Command::Unsubscribe => sources::ask_unsubscribe(model),

        Command::Zoom => zoom(model),
        Command::Split(change) => split(model, change),
        Command::Rotate => rotate(model),
        Command::Compact => {
            model.prefs.is_compact = !model.prefs.is_compact;
            Vec::new()
        }
        Command::Run(commands) => chain(model, commands),
        Command::Macros => {
            model.tell(model.texts.get("macros-how"));
            Vec::new()
        }
        Command::Palette => picker::open_palette(model),
        Command::Help => {
            model.popup = Some(Popup::Help { scroll: 0 });
            Vec::new()
        }
        Command::Redraw => vec![Effect::Redraw],

        Command::Choose(step) => picker::choose(model, step),
        Command::Accept => picker::accept(model),
        Command::Dismiss => picker::dismiss(model),
        Command::Complete => complete::take(model),
        Command::Tick => picker::tick(model, false),
        Command::Exclude => picker::tick(model, true),
        Command::SwitchMatch => tags::switch_match(model),
    }
}

/// One after the other, without waiting for what one of them asks for; none is left to be done once kabar ends.
fn chain(model: &mut Model, commands: Vec<Command>) -> Vec<Effect> {
    let mut effects = Vec::new();
    for command in commands {
        if model.exit.is_none() {
            effects.extend(run(model, command));
        }
    }
    effects
}

fn step_in_focus(model: &mut Model, step: Step) -> Vec<Effect> {
    match model.focus {
        Focus::Sources => sources::step(model, step),
        Focus::Headlines => headlines::step(model, step),
        Focus::Article => article::scroll(model, step),
    }
}

fn go_to(model: &mut Model, pane: Pane) -> Vec<Effect> {
    const ORDER: [Focus; 3] = [Focus::Sources, Focus::Headlines, Focus::Article];
    let here = ORDER.iter().position(|focus| *focus == model.focus).unwrap_or(1);
    let there = match pane {
        Pane::Left => here.saturating_sub(1),
        Pane::Right => (here + 1).min(2),
        Pane::Next => (here + 1) % 3,
        Pane::Previous => (here + 2) % 3,
    };
    if model.focus == Focus::Headlines && ORDER[there] == Focus::Article && matches!(pane, Pane::Right) {
        return story::open(model).unwrap_or_else(|| headlines::open(model));
    }
    if model.focus == Focus::Headlines && matches!(pane, Pane::Left) && model.list.filter.story.is_some() {
        return story::close(model);
    }
    model.prefs.is_zoomed &= ORDER[there] == Focus::Article;
    model.focus = ORDER[there];
    Vec::new()
}

fn open(model: &mut Model) -> Vec<Effect> {
    match model.focus {
        Focus::Sources => sources::open(model),
        Focus::Headlines => headlines::open(model),
        Focus::Article => article::open_link(model),
    }
}

/// Steps back: from a search, from a page to the article that led to it, out of the zoom, from the article to the list, a filter less, at last out of kabar.
fn back(model: &mut Model) -> Vec<Effect> {
    if model.focus == Focus::Article {
        if model.reader.search.take().is_some() {
            return Vec::new();
        }
        if !model.reader.visits.is_empty() || model.reader.following.is_some() {
            return links::back(model);
        }
        model.reader.walk = None;
    }
    if model.prefs.is_zoomed {
        model.prefs.is_zoomed = false;
        model.focus = Focus::Headlines;
        return Vec::new();
    }
    match model.focus {
        Focus::Article | Focus::Sources => {
            model.focus = Focus::Headlines;
            Vec::new()
        }
        Focus::Headlines if !model.list.marked.is_empty() => {
            model.list.marked.clear();
            Vec::new()
        }
        Focus::Headlines => match headlines::remove_chip(model) {
            Some(effects) => effects,
            None if model.list.filter.place != super::model::Place::All => sources::show_all(model),
            None => quit(model),
        },
    }
}

fn quit(model: &mut Model) -> Vec<Effect> {
    model.exit = Some(Exit::Quit);
    Vec::new()
}

fn poll_all(model: &mut Model) -> Vec<Effect> {
    if model.progress.is_running {
        model.tell(model.texts.get("poll-already"));
        return Vec::new();
    }
    vec![Effect::Reload(None)]
}

fn cancel(model: &mut Model) -> Vec<Effect> {
    if model.popup.is_some()
        && !matches!(&model.popup, Some(Popup::Picker(picker)) if picker.kind == super::model::PickerKind::Welcome)
    {
        return picker::dismiss(model);
    }
    if model.list.is_ranking {
        return headlines::cancel_ranking(model);
    }
    if model.progress.is_running {
        return vec![Effect::CancelPoll];
    }
    model.tell(model.texts.get("nothing-to-cancel"));
    Vec::new()
}

fn open_packs(model: &mut Model) -> Vec<Effect> {
    model.popup = Some(Popup::Picker(welcome(model)));
    Vec::new()
}

fn zoom(model: &mut Model) -> Vec<Effect> {
    model.prefs.is_zoomed = !model.prefs.is_zoomed;
    model.focus = if model.prefs.is_zoomed { Focus::Article } else { model.focus };
    Vec::new()
}

fn split(model: &mut Model, change: Change) -> Vec<Effect> {
    let split = model.prefs.split;
    model.prefs.split = match change {
        Change::Shrink => split.saturating_sub(5).max(10),
        Change::Grow => (split + 5).min(90),
    };
    Vec::new()
}

fn rotate(model: &mut Model) -> Vec<Effect> {
    let is_beside = match model.prefs.place {
        ArticlePlace::Auto => model.size.width >= super::layout::WIDE,
        ArticlePlace::Right => true,
        ArticlePlace::Below => false,
    };
    model.prefs.place = if is_beside { ArticlePlace::Below } else { ArticlePlace::Right };
    Vec::new()
}

/// Clicks, the wheel, dragging the split.
fn pointer(model: &mut Model, mouse: MouseEvent) -> Vec<Effect> {
    let at = Position::new(mouse.column, mouse.row);
    if model.popup.is_some() {
        return picker::pointer(model, mouse.kind);
    }
    let panes = model.panes();
    let is_in = |area: Option<ratatui::layout::Rect>| area.filter(|area| area.contains(at));
    let under = if let Some(area) = is_in(panes.sources) {
        Some((Focus::Sources, area))
    } else if let Some(area) = is_in(panes.article) {
        Some((Focus::Article, area))
    } else {
        is_in(panes.headlines).map(|area| (Focus::Headlines, area))
    };
    match mouse.kind {
        MouseEventKind::ScrollDown | MouseEventKind::ScrollUp => {
            let is_down = mouse.kind == MouseEventKind::ScrollDown;
            let step = if is_down { Step::Down } else { Step::Up };
            let Some((focus, _)) = under else { return Vec::new() };
            let mut effects = Vec::new();
            for _ in 0..3 {
                effects.extend(match focus {
                    Focus::Sources => sources::step(model, step),
                    Focus::Headlines => headlines::step(model, step),
                    Focus::Article => article::scroll(model, step),
                });
            }
            effects
        }
        MouseEventKind::Drag(MouseButton::Left) => drag(model, at),
        MouseEventKind::Down(MouseButton::Left) => {
            model.is_pristine = false;
            let Some((focus, area)) = under else { return Vec::new() };
            let row = usize::from(at.y.saturating_sub(area.y + 1));
            let is_on_border = at.y == area.y || at.x == area.x;
            match focus {
                Focus::Headlines if at.y == area.y && model.list.waiting > 0 => headlines::show_new(model),
                _ if is_on_border => Vec::new(),
                Focus::Sources => sources::click(model, row),
                Focus::Headlines => headlines::click(model, row),
                Focus::Article => {
                    model.focus = Focus::Article;
                    Vec::new()
                }
            }
        }
        MouseEventKind::Down(_)
        | MouseEventKind::Up(_)
        | MouseEventKind::Drag(_)
        | MouseEventKind::Moved
        | MouseEventKind::ScrollLeft
        | MouseEventKind::ScrollRight => Vec::new(),
    }
}

/// Moves the border between list and article to where the pointer is.
fn drag(model: &mut Model, at: Position) -> Vec<Effect> {
    let panes = model.panes();
    let (Some(list), Some(article)) = (panes.headlines, panes.article) else { return Vec::new() };
    let (part, whole) = if list.y == article.y {
        (at.x.saturating_sub(list.x), list.width + article.width)
    } else {
        (at.y.saturating_sub(list.y), list.height + article.height)
    };
    model.prefs.split = (part * 100 / whole.max(1)).clamp(10, 90);
    Vec::new()
}

/// Moves `selected` in a list of `len` rows of which `page` are in sight.
#[must_use]
fn stepped(selected: usize, len: usize, page: usize, step: Step) -> usize {
    let last = len.saturating_sub(1);
    match step {
        Step::Down => selected + 1,
        Step::Up => selected.saturating_sub(1),
        Step::PageDown => selected + page.max(2) - 1,
        Step::PageUp => selected.saturating_sub(page.max(2) - 1),
        Step::HalfDown => selected + (page / 2).max(1),
        Step::HalfUp => selected.saturating_sub((page / 2).max(1)),
        Step::First => 0,
        Step::Last => last,
    }
    .min(last)
}

/// The row next to `row` in a direction.
#[must_use]
fn beside(row: usize, len: usize, direction: Direction) -> Option<usize> {
    match direction {
        Direction::Next => (row + 1 < len).then_some(row + 1),
        Direction::Previous => row.checked_sub(1),
    }
}
