//! The article pane: what it shows, scrolling, links.

use std::sync::Arc;

use super::{beside, find, headlines, marks, sources, story};
use crate::command::{Direction, Side, Step};
use crate::model::entry::EntryId;
use crate::model::link::without_tracking;
use crate::store::Mark;
use crate::tui::model::reader::{Listing, Rendered};
use crate::tui::model::{Focus, Model};
use crate::tui::msg::{Effect, Origin};
use crate::tui::view::article::{line_count, page_problem, text_start};
use crate::tui::view::text;

/// Sees to it that the pane shows the selected article, or the page that was gone to from it, and has the next one ready.
pub(super) fn want(model: &mut Model) -> Vec<Effect> {
    let panes = model.panes();
    if panes.article.is_none() {
        return Vec::new();
    }
    let width = panes.text_width;
    let selected = model.list.current().map(|row| row.id);
    if model.reader.selected != selected {
        model.reader.selected = selected;
        model.reader.visits.clear();
        model.reader.following = None;
        model.reader.returning = None;
    }
    let wanted = model.reader.visit().map(|visit| visit.entry.headline.id).or(selected);
    let mut effects = Vec::new();
    if model.reader.wanted != wanted {
        effects.extend(leave(model));
        model.reader.wanted = wanted;
        model.reader.scroll = 0;
        model.reader.shift = 0;
        model.reader.is_gone = false;
        model.reader.search = None;
    }
    let next = beside(model.list.selected, model.list.rows.len(), Direction::Next).map(|row| model.list.rows[row].id);
    if let Some(kept) = wanted.and_then(|id| model.reader.kept(id, width)).cloned() {
        show(model, kept);
        effects.extend(next.and_then(|id| request(model, id, width)));
        return effects;
    }
    if wanted.is_none() {
        model.reader.shown = None;
    }
    effects.extend(wanted.and_then(|id| request(model, id, width)));
    effects
}

/// The shown article is left: how far it was read is remembered, unless it was not begun or read to its end.
pub(super) fn leave(model: &mut Model) -> Option<Effect> {
    let shown = model.reader.current()?;
    let id = shown.id;
    let line = model.reader.scroll.checked_sub(text_start(model, shown)).filter(|line| *line > 0);
    let is_at_end = model.reader.scroll >= last_scroll(model);
    let anchor = line.filter(|_| !is_at_end).and_then(|line| shown.article.anchor(line));
    let known = model.reader.places.get(&id).copied().unwrap_or(shown.entry.position);
    if known == anchor {
        return None;
    }
    model.reader.places.insert(id, anchor);
    // Pages that were gone to are in no store.
    (id.0 > 0).then_some(Effect::SavePosition { id, anchor })
}

/// One request at a time, so that holding a key down asks for what is there in the end, not for all it passed.
fn request(model: &mut Model, id: EntryId, width: u16) -> Option<Effect> {
    let is_known = model.reader.kept(id, width).is_some() || (model.reader.is_gone && model.reader.wanted == Some(id));
    if is_known || !model.reader.requested.is_empty() {
        return None;
    }
    model.reader.requested.push((id, width));
    if let Some(visit) = model.reader.visits.iter().find(|visit| visit.entry.headline.id == id) {
        return Some(Effect::SetPage { entry: Arc::clone(&visit.entry), width, image_word: model.texts.get("image") });
    }
    Some(Effect::LoadArticle { id, width, image_word: model.texts.get("image") })
}

/// Puts a rendered article into the pane: set anew it stays at the same place of its text, opened again it goes on where
/// it was left.
fn show(model: &mut Model, rendered: Rendered) {
    let before = model.reader.shown.take();
    if before.as_ref().is_some_and(|before| before.id == rendered.id && Arc::ptr_eq(&before.article, &rendered.article))
    {
        model.reader.shown = before;
        return;
    }
    let start = text_start(model, &rendered);
    match before.filter(|before| before.id == rendered.id) {
        Some(before) => {
            if let Some(line) = model.reader.scroll.checked_sub(text_start(model, &before)) {
                let behind = line.checked_sub(before.article.lines.len());
                let line = match (behind, before.article.anchor(line)) {
                    (None, Some(anchor)) if line > 0 => rendered.article.line_at(anchor),
                    (Some(behind), _) => rendered.article.lines.len() + behind,
                    _ => 0,
                };
                model.reader.scroll = start + line;
            }
        }
        None => {
            let place = model.reader.places.get(&rendered.id).copied().unwrap_or(rendered.entry.position);
            let line = place.map_or(0, |anchor| rendered.article.line_at(anchor));
            let left = model.reader.returning.take();
            model.reader.scroll = left.unwrap_or(if line > 0 { start + line } else { 0 });
        }
    }
    model.reader.shown = Some(rendered);
    find::refresh(model);
}

/// Scrolls so that a line of the text is in sight, if it is not.
pub(super) fn show_line(model: &mut Model, line: usize) {
    let Some(start) = model.reader.current().map(|shown| text_start(model, shown)) else { return };
    let (at, page) = (start + line, page(model));
    // What lies over the lower part of the pane while words are typed hides as many lines.
    let hidden = if model.popup.is_some() { (page / 2).min(6) } else { 0 };
    let seen = model.reader.scroll..model.reader.scroll + page - hidden;
    if !seen.contains(&at) {
        model.reader.scroll = at.saturating_sub(page / 3).min(last_scroll(model));
    }
}

/// Scrolls so that a line of the text is the first one.
pub(super) fn go_to_line(model: &mut Model, line: usize) {
    let Some(start) = model.reader.current().map(|shown| text_start(model, shown)) else { return };
    model.reader.scroll = (start + line).min(last_scroll(model));
}

/// A rendered article has come.
pub(super) fn arrived(model: &mut Model, id: EntryId, width: u16, rendered: Option<Rendered>) {
    model.reader.requested.retain(|request| *request != (id, width));
    match rendered {
        Some(rendered) => model.reader.keep(rendered),
        None if model.reader.wanted == Some(id) => {
            model.reader.is_gone = true;
            model.reader.shown = None;
        }
        None => {}
    }
}

fn page(model: &Model) -> usize {
    model.panes().article.map_or(1, |area| usize::from(area.height.saturating_sub(2))).max(1)
}

fn last_scroll(model: &Model) -> usize {
    let lines = model.reader.current().map_or(0, |shown| line_count(model, shown));
    lines.saturating_sub(page(model))
}

pub(super) fn clamp(model: &mut Model) {
    if model.reader.current().is_some() {
        model.reader.scroll = model.reader.scroll.min(last_scroll(model));
    }
}

pub(super) fn scroll(model: &mut Model, step: Step) -> Vec<Effect> {
    let (page, last) = (page(model), last_scroll(model));
    let at = model.reader.scroll;
    model.reader.scroll = match step {
        Step::Down => at + 1,
        Step::Up => at.saturating_sub(1),
        Step::PageDown => at + page.saturating_sub(2).max(1),
        Step::PageUp => at.saturating_sub(page.saturating_sub(2).max(1)),
        Step::HalfDown => at + (page / 2).max(1),
        Step::HalfUp => at.saturating_sub((page / 2).max(1)),
        Step::First => 0,
        Step::Last => last,
    }
    .min(last);
    Vec::new()
}

/// Moves code sideways, as far as the longest line needs.
pub(super) fn shift(model: &mut Model, side: Side) -> Vec<Effect> {
    const STEP: usize = 8;
    let width = usize::from(model.panes().text_width);
    let lines = model.reader.current().into_iter().flat_map(|shown| &shown.article.lines);
    let longest = lines.filter(|line| line.pre).map(|line| text::width(&line.text())).max().unwrap_or(0);
    let shift = model.reader.shift;
    model.reader.shift = match side {
        Side::Left => shift.saturating_sub(STEP),
        Side::Right => (shift + STEP).min(longest.saturating_sub(width)),
    };
    Vec::new()
}

/// One key for everything: a page down, and at the end the next unread article, across feeds.
pub(super) fn read_on(model: &mut Model) -> Vec<Effect> {
    let is_open = model.focus == Focus::Article && model.reader.current().is_some();
    if !is_open {
        let is_unread = model.list.current().is_some_and(|row| !row.read);
        return if is_unread { headlines::open(model) } else { headlines::next_unread(model, Direction::Next) };
    }
    if model.reader.scroll < last_scroll(model) {
        return scroll(model, Step::PageDown);
    }
    headlines::next_unread(model, Direction::Next)
}

pub(super) fn page_back(model: &mut Model) -> Vec<Effect> {
    scroll(model, Step::PageUp)
}

/// Marks an article as read that has been open for as long as the reader wants.
pub(super) fn lingered(model: &mut Model) -> Vec<Effect> {
    let Some((id, since)) = model.reader.opened else { return Vec::new() };
    let is_still_open = model.reader.wanted == Some(id);
    if is_still_open && model.now.duration_since(since).unsigned_abs() < model.read_delay {
        return Vec::new();
    }
    model.reader.opened = None;
    if is_still_open { marks::set(model, vec![id], Mark::Read, Origin::Act) } else { Vec::new() }
}

/// The title and address of what the pane shows: the page that was gone to, else the selected article.
fn address(model: &Model) -> Option<(String, Option<String>)> {
    let row = model.list.current();
    let shown = model.reader.current().map(|shown| &shown.entry.headline);
    let row = match model.reader.visit() {
        Some(visit) => &visit.entry.headline,
        // The list has the feed's address, the article that of its page, which may be another.
        None => shown.filter(|shown| row.is_some_and(|row| row.id == shown.id)).or(row)?,
    };
    Some((row.title.clone(), row.url.as_deref().map(|url| without_tracking(url).into_owned())))
}

pub(super) fn browse(model: &mut Model, and_read: bool) -> Vec<Effect> {
    let Some((_, url)) = address(model) else { return Vec::new() };
    let Some(url) = url else {
        model.tell(model.texts.get("no-link"));
        return Vec::new();
    };
    let mut effects = vec![Effect::Browse(url)];
    if let Some(row) = model.list.current().filter(|_| and_read) {
        effects.extend(marks::set(model, vec![row.id], Mark::Read, Origin::Act));
    }
    effects
}

/// Asks for the article's page; it takes the text's place when it comes.
pub(super) fn fetch_whole(model: &mut Model) -> Vec<Effect> {
    // A page that was gone to is there as a whole.
    if model.reader.visit().is_some() {
        model.tell(model.texts.get("page-fetched"));
        return Vec::new();
    }
    let Some(row) = model.list.current() else { return Vec::new() };
    let id = row.id;
    if row.url.is_none() {
        model.tell(model.texts.get("no-link"));
        return Vec::new();
    }
    if !model.reader.fetching.contains(&id) {
        model.reader.fetching.push(id);
        model.tell(model.texts.get("page-fetching"));
        return vec![Effect::FetchPage(id)];
    }
    Vec::new()
}

/// The page has come, or the reason why not; the engine has told what changed.
pub(super) fn fetched(model: &mut Model, id: EntryId, problem: Option<&str>) -> Vec<Effect> {
    model.reader.fetching.retain(|fetching| *fetching != id);
    model.reader.forget(&[id]);
    if model.reader.wanted == Some(id) {
        match problem {
            Some(problem) => model.warn(page_problem(model, problem)),
            None => model.tell(model.texts.get("page-fetched")),
        }
    }
    want(model)
}

pub(super) fn copy(model: &mut Model, with_title: bool) -> Vec<Effect> {
    let Some((title, url)) = address(model) else { return Vec::new() };
    let Some(url) = url else {
        model.tell(model.texts.get("no-link"));
        return Vec::new();
    };
    let text = if with_title { format!("{title}\n{url}") } else { url };
    model.tell(model.texts.get("copied"));
    vec![Effect::Copy(text)]
}

/// A digit of a link's number: opens the link when no longer number can be meant.
pub(super) fn link_digit(model: &mut Model, digit: u32) -> Vec<Effect> {
    let links = model.reader.current().map_or(0, |shown| shown.numbered().count());
    let number = model.number.take().unwrap_or(0).saturating_mul(10).saturating_add(digit);
    if number as usize > links || number == 0 {
        model.tell(model.texts.with("no-such-link", "n", number));
        return Vec::new();
    }
    model.number = Some(number);
    if (number as usize).saturating_mul(10) <= links { Vec::new() } else { open_link(model) }
}

/// Opens the link whose number was typed.
pub(super) fn open_link(model: &mut Model) -> Vec<Effect> {
    let Some(number) = model.number.take() else { return Vec::new() };
    let link = model.reader.current().and_then(|shown| shown.numbered().find(|(known, _)| *known == number));
    link.map(|(_, url)| Effect::Browse(url.to_owned())).into_iter().collect()
}

/// The search for an unread article has found one, or has not.
pub(super) fn unread_found(model: &mut Model, found: Option<crate::model::entry::Headline>) -> Vec<Effect> {
    if let Some(row) = found {
        let mut effects = Vec::new();
        match model.list.position(row.id) {
            Some(position) => {
                model.list.selected = position;
                effects.extend(headlines::open(model));
            }
            None => {
                // It lies beyond what is loaded: the list goes there.
                model.focus = Focus::Article;
                model.reader.open_when_listed = Some(Listing::of(&row));
                effects.extend(headlines::load(model, crate::store::Span::From(row.key()), Some(row.id)));
            }
        }
        return effects;
    }
    // Read to its end, a story is left, and what its list has is read on.
    if model.list.filter.story.is_some() {
        let mut effects = story::close(model);
        if model.list.awaited.is_some() {
            model.reader.open_next_unread = true;
        } else {
            effects.extend(headlines::next_unread(model, Direction::Next));
        }
        return effects;
    }
    let is_in_feed = matches!(model.list.filter.place, crate::tui::model::Place::Feed(_));
    match is_in_feed.then(|| sources::next_with_unread(model)).flatten() {
        Some(effects) => {
            model.reader.open_next_unread = true;
            effects
        }
        None => {
            model.tell(model.texts.get("no-unread"));
            Vec::new()
        }
    }
}
