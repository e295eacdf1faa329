//! Replies of the engine to what was asked.

use std::sync::Arc;

use super::{article, boilerplate, changes, discovery, events, form, headlines, highlights, links, marks, pictures};
use super::{rules, save, search, story, tags, topics, views, welcome, why};
use crate::model::entry::Entry;
use crate::store::Span;
use crate::tui::model::{Model, Popup, reader::Rendered};
use crate::tui::msg::{Effect, Fault, Msg, Ticket};
use crate::tui::view::article::page_problem;

/// Takes in a reply. The other messages are dealt with by the caller and mean nothing here.
pub(super) fn reply(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Listed { ticket, span, keep, result, places } => {
            model.list.take_places(ticket, places);
            listed(model, ticket, span, keep, result)
        }
        Msg::Highlighted(found) => highlights::arrived(model, found),
        Msg::Counted { ticket, count, listed } => {
            if model.list.counting == Some(ticket) {
                model.list.counting = None;
                (model.list.count, model.list.listed) = (Some(count), listed);
            }
            Vec::new()
        }
        Msg::Newer { ticket, count } => {
            if model.list.counting_newer == Some(ticket) {
                model.list.counting_newer = None;
                model.list.waiting = count;
            }
            Vec::new()
        }
        Msg::Rows(rows) => {
            model.list.refresh(rows);
            Vec::new()
        }
        Msg::Today(count) => {
            model.sources.today = count;
            model.sources.rebuild();
            Vec::new()
        }
        msg @ (Msg::Views(_) | Msg::ViewsCounted { .. } | Msg::ViewSaved) => views::reply(model, msg),
        Msg::Feeds(feeds, overlaps, gaps) => {
            model.sources.gaps = gaps;
            model.sources.replace(feeds, overlaps);
            if model.sources.feeds.is_empty() && model.popup.is_none() && !model.is_demo {
                model.popup = Some(Popup::Picker(welcome(model)));
            }
            Vec::new()
        }
        Msg::Topic(msg) => topics::arrived(model, msg),
        Msg::Rule(msg) => rules::arrived(model, msg),
        Msg::Tags(found) => tags::arrived(model, &found),
        Msg::EntryTags { id, tags: found } => tags::entry_tags_arrived(model, id, found),
        Msg::Explained(found) => why::explained(model, found),
        Msg::Article { id, width, found } => {
            let rendered = found.map(|(entry, article)| Rendered { id, width, entry, article });
            article::arrived(model, id, width, rendered);
            Vec::new()
        }
        Msg::UnreadFound { ticket, found } => {
            if model.reader.seeking != Some(ticket) {
                return Vec::new();
            }
            model.reader.seeking = None;
            article::unread_found(model, found)
        }
        Msg::Marked { change, origin } => marks::marked(model, change, origin),
        Msg::Tagged { edit, origin } => marks::tagged(model, edit, origin),
        Msg::Discovered { found, subscription } => discovery::found(model, found, subscription),
        Msg::Added(added) => form::added(model, added),
        Msg::Imported(imported) => events::imported(model, imported),
        Msg::Edited => {
            model.popup = None;
            vec![Effect::LoadFeeds]
        }
        Msg::Opened(url) => {
            model.tell(model.texts.with("opened", "url", url));
            Vec::new()
        }
        Msg::Boilerplate { ticket, site, blocks } => boilerplate::arrived(model, ticket, site, blocks),
        Msg::Saved { count, path } => save::saved(model, count, &path),
        Msg::Fetched { id, problem } => article::fetched(model, id, problem.as_deref()),
        Msg::Followed { ticket, result } => followed(model, ticket, result),
        Msg::Searched { ticket, text, found } => search::arrived(model, ticket, &text, &found),
        Msg::Compared { ticket, found } => {
            if model.reader.following != Some(ticket) {
                return Vec::new();
            }
            model.reader.following = None;
            changes::compared(model, found)
        }
        Msg::Failed(fault) => failed(model, &fault),
        Msg::Picture { ticket, result } => {
            pictures::arrived(model, ticket, result);
            Vec::new()
        }
        Msg::Kept
        | Msg::Terminal(_)
        | Msg::Engine(_)
        | Msg::Lagged
        | Msg::Version(_)
        | Msg::FollowUp
        | Msg::Lingered
        | Msg::Rested
        | Msg::NoticeOver => Vec::new(),
    }
}

/// The page behind a link has come, or not.
fn followed(model: &mut Model, ticket: Ticket, result: Result<Arc<Entry>, String>) -> Vec<Effect> {
    if model.reader.following != Some(ticket) {
        return Vec::new();
    }
    model.reader.following = None;
    match result {
        Ok(entry) => links::arrived(model, entry),
        Err(problem) => {
            model.warn(page_problem(model, &problem));
            Vec::new()
        }
    }
}

fn listed(
    model: &mut Model,
    ticket: Ticket,
    span: Span,
    keep: Option<crate::model::entry::EntryId>,
    result: Result<crate::store::Window, Fault>,
) -> Vec<Effect> {
    if model.list.more == Some(ticket) {
        model.list.more = None;
        match result {
            Ok(window) => model.list.extend(window, span),
            Err(fault) => return failed(model, &fault),
        }
        return Vec::new();
    }
    if model.list.awaited != Some(ticket) {
        return Vec::new();
    }
    model.list.awaited = None;
    model.list.is_ranking = false;
    if std::mem::take(&mut model.list.is_stale) {
        let keep = model.list.current().map(|row| row.id);
        return headlines::reload(model, keep);
    }
    match result {
        Ok(window) => {
            if window.rows.is_empty()
                && let Some(effects) = form::nothing_listed(model)
            {
                return effects;
            }
            // Whoever has chosen a row meanwhile stays on it.
            let is_chosen = model.list.was_untouched && !model.is_pristine;
            let chosen = model.list.current().filter(|_| is_chosen).map(|row| row.id);
            model.list.replace(window, span, keep.or(chosen));
        }
        Err(fault) => model.list.fault = Some(fault),
    }
    if let Some(article) = model.reader.open_when_listed.take() {
        if model.list.current().is_some_and(|row| row.id == article.key.id) {
            return headlines::open(model);
        }
        // Another article of its story stands for both.
        if article.story.is_some() && model.list.filter.story.is_none() {
            return story::open_at(model, article);
        }
    } else if std::mem::take(&mut model.reader.open_next_unread) {
        return headlines::next_unread(model, crate::command::Direction::Next);
    }
    Vec::new()
}

fn failed(model: &mut Model, fault: &Fault) -> Vec<Effect> {
    let text = model.texts.with(fault.id, "detail", fault.detail.clone());
    match &mut model.popup {
        Some(Popup::Form(form)) if form.is_busy => {
            form.is_busy = false;
            form.error = Some(text);
        }
        // A page that does not come is not waited for.
        Some(Popup::Topic { page: None, .. }) => {
            model.popup = None;
            model.warn(text);
        }
        _ => model.warn(text),
    }
    // What was shown ahead of a write that failed is put right from the store.
    if fault.id == "fault-store" { events::look_anew(model) } else { Vec::new() }
}
