//! The source pane. The list follows its selection, a moment after it has come to rest.

use std::time::Duration;

use super::{headlines, stepped, story, topics, views};
use crate::command::Step;
use crate::config::raw::Span;
use crate::model::feed::{FeedId, Subscription};
use crate::tui::model::{Focus, Model, Place, Popup, SourceRow};
use crate::tui::msg::Effect;

/// Moves the selection; the list follows when it rests.
pub(super) fn step(model: &mut Model, step: Step) -> Vec<Effect> {
    let page = model.panes().sources.map_or(1, |area| usize::from(area.height.saturating_sub(2)));
    model.sources.selected = stepped(model.sources.selected, model.sources.rows.len(), page, step);
    model.sources.following = model.sources.current().map(|row| row.place.clone());
    Vec::new()
}

/// Brings the list to where the selection has come to rest.
pub(super) fn follow(model: &mut Model) -> Vec<Effect> {
    match model.sources.following.take() {
        Some(place) => show(model, place),
        None => Vec::new(),
    }
}

fn select(model: &mut Model, row: usize) -> Vec<Effect> {
    model.sources.selected = row;
    let Some(place) = model.sources.current().map(|row| row.place.clone()) else { return Vec::new() };
    show(model, place)
}

pub(super) fn show(model: &mut Model, place: Place) -> Vec<Effect> {
    if model.list.filter.place == place {
        return if model.list.filter.story.is_some() { story::close(model) } else { Vec::new() };
    }
    story::forget(model);
    model.list.filter.place = place;
    model.list.selected = 0;
    model.list.offset = 0;
    model.list.waiting = 0;
    model.list.marked.clear();
    (model.list.count, model.list.listed) = (None, None);
    headlines::reload(model, None)
}

/// Goes back to the list of everything.
pub(super) fn show_all(model: &mut Model) -> Vec<Effect> {
    model.sources.selected = 0;
    show(model, Place::All)
}

/// Moves on to the next place that has something unread; false when there is none.
pub(super) fn next_with_unread(model: &mut Model) -> Option<Vec<Effect>> {
    let here = model.sources.selected;
    let len = model.sources.rows.len();
    let next = (1..len)
        .map(|step| (here + step) % len)
        .find(|row| matches!(model.sources.rows[*row].place, Place::Feed(_)) && model.sources.rows[*row].count > 0)?;
    Some(select(model, next))
}

/// Folders open and close; the list of anything else gets the keys.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let Some(row) = model.sources.current().cloned() else { return Vec::new() };
    if row.is_open.is_some() {
        toggle(model, &row);
        return Vec::new();
    }
    model.focus = Focus::Headlines;
    show(model, row.place)
}

/// Opens a folder or the topics, or closes them.
fn toggle(model: &mut Model, row: &SourceRow) {
    match &row.place {
        Place::Topics(_) => model.sources.has_topics_closed = !model.sources.has_topics_closed,
        _ if !model.sources.closed.remove(&row.name) => drop(model.sources.closed.insert(row.name.clone())),
        _ => {}
    }
    model.sources.rebuild();
}

pub(super) fn click(model: &mut Model, row: usize) -> Vec<Effect> {
    let clicked = model.sources.offset + row;
    model.focus = Focus::Sources;
    if clicked >= model.sources.rows.len() {
        return Vec::new();
    }
    let is_second = clicked == model.sources.selected;
    let folder = Some(model.sources.rows[clicked].clone()).filter(|row| row.is_open.is_some());
    let effects = select(model, clicked);
    if let (true, Some(row)) = (is_second, folder) {
        toggle(model, &row);
    }
    effects
}

/// The feed that an act on "this feed" means: the selected source, else that of the selected article.
pub(super) fn this_feed(model: &Model) -> Option<FeedId> {
    let of_source = match &model.sources.current()?.place {
        Place::Feed(id) => Some(*id),
        Place::All
        | Place::Today
        | Place::Starred
        | Place::View(_)
        | Place::Topics(_)
        | Place::Topic { .. }
        | Place::Folder(_) => None,
    };
    let of_article = || model.list.current().map(|row| row.feed);
    if model.focus == Focus::Sources { of_source } else { of_article().or(of_source) }
}

/// Fetches this feed, or the feeds of this folder, now.
pub(super) fn reload(model: &mut Model) -> Vec<Effect> {
    let row = model.sources.current().filter(|_| model.focus == Focus::Sources);
    let feeds: Vec<FeedId> = match row.map(|row| &row.place) {
        Some(Place::Folder(name)) => {
            let of_folder = |folder: &String| folder == name || folder.starts_with(&format!("{name}/"));
            let feeds = model.sources.feeds.iter();
            feeds.filter(|feed| feed.subscription.folder.as_ref().is_some_and(of_folder)).map(|feed| feed.id).collect()
        }
        _ => this_feed(model).into_iter().collect(),
    };
    if feeds.is_empty() {
        return super::poll_all(model);
    }
    if model.progress.is_running {
        model.tell(model.texts.get("poll-already"));
        return Vec::new();
    }
    vec![Effect::Reload(Some(feeds))]
}

/// Shows how this feed fares.
pub(super) fn explain(model: &mut Model) -> Vec<Effect> {
    model.popup = this_feed(model).map(|feed| Popup::Explain { feed, scroll: 0 });
    Vec::new()
}

/// Accepts the shorter interval that is offered for a feed which has rolled past.
pub(super) fn sooner(model: &mut Model) -> Vec<Effect> {
    let feed = this_feed(model);
    let offer =
        feed.and_then(|id| Some((model.sources.feed(id)?, model.sources.offer(id, model.interval, model.now)?)));
    let Some((feed, gap)) = offer else {
        model.tell(model.texts.get("gap-none"));
        return Vec::new();
    };
    let subscription = Subscription { interval: Some(gap.interval), ..feed.subscription.clone() };
    let effect = Effect::EditFeed { feed: feed.id, url: None, subscription };
    let values = [("feed", feed.name().to_owned().into()), ("interval", span(gap.interval).into())];
    model.tell(model.texts.with_all("gap-accepted", &values));
    vec![effect]
}

/// Seconds as people write them.
#[must_use]
pub fn span(seconds: u32) -> String {
    Span(Duration::from_secs(seconds.into())).to_string()
}

pub(super) fn ask_unsubscribe(model: &mut Model) -> Vec<Effect> {
    if let Some(view) = views::under_cursor(model) {
        return views::ask_remove(model, &view);
    }
    if let Some(name) = topics::under_cursor(model) {
        return topics::follow_name(model, name, Vec::new());
    }
    let Some(feed) = this_feed(model).and_then(|id| model.sources.feed(id)) else {
        model.tell(model.texts.get("no-feed-here"));
        return Vec::new();
    };
    let question = model.texts.with("ask-unsubscribe", "feed", feed.name().to_owned());
    model.popup = Some(Popup::Confirm { question, effect: Effect::Remove(feed.id) });
    Vec::new()
}
