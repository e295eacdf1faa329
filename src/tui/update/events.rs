//! What the engine tells by itself: polls, newcomers, other processes. None of it moves the row under the cursor.

use super::{headlines, topics};
use crate::engine::{EngineEvent, FeedOutcome, Imported, PollReport, PollRequest};
use crate::model::entry::EntryId;
use crate::model::schedule::Why;
use crate::tui::model::{Model, Popup, Progress};
use crate::tui::msg::{Effect, TopicEffect};

pub(super) fn event(model: &mut Model, event: EngineEvent) -> Vec<Effect> {
    match event {
        EngineEvent::PollStarted { feeds } => {
            model.progress = Progress { is_running: true, feeds, ..Progress::default() };
            Vec::new()
        }
        EngineEvent::FeedPolled { outcome, .. } => {
            model.progress.done += 1;
            if matches!(outcome, FeedOutcome::Failed(_)) {
                model.progress.failed += 1;
                model.counts_due = true;
            }
            Vec::new()
        }
        EngineEvent::Ingested { changed, new, .. } => {
            model.counts_due |= !new.is_empty();
            model.reader.forget(&changed);
            shown_again(model, &changed)
        }
        EngineEvent::Indexed => {
            // Lists and views that ask for words have other articles now, and rules may have touched them.
            model.counts_due = true;
            Vec::new()
        }
        EngineEvent::Grouped { entries } => {
            let effects = shown_again(model, &entries);
            model.counts_due |= !effects.is_empty() || !model.sources.topics.is_empty();
            effects
        }
        EngineEvent::PollFinished(report) => finished(model, &report),
        EngineEvent::Notify(notification) => vec![Effect::Notify(notification)],
        EngineEvent::TopicsChanged => topics::changed(model),
        EngineEvent::FeedsChanged => vec![Effect::LoadFeeds],
    }
}

/// Those of these articles that the list holds are read anew, each in its place.
fn shown_again(model: &Model, entries: &[EntryId]) -> Vec<Effect> {
    let rows = model.list.rows.iter().map(|row| row.id);
    let shown: Vec<EntryId> = rows.filter(|id| entries.contains(id)).collect();
    if shown.is_empty() { Vec::new() } else { vec![Effect::LoadRows(shown)] }
}

fn finished(model: &mut Model, report: &PollReport) -> Vec<Effect> {
    model.progress.is_running = false;
    if report.feeds == 0 && !report.was_cancelled {
        // Nobody asked for that poll, or the one who did has done so just before.
        if let Some(again) = report.too_soon.iter().map(|early| early.again).min() {
            let seconds = again.duration_since(model.now).as_secs().clamp(1, 60);
            model.tell(model.texts.with("poll-too-soon", "seconds", seconds));
        }
        return newcomers(model);
    }
    if report.is_offline {
        model.warn(model.texts.get("poll-offline"));
        return newcomers(model);
    }
    let values =
        [("new", report.new_articles.into()), ("failed", report.failures.len().into()), ("feeds", report.feeds.into())];
    // Of one feed that was asked for, it is of interest why it brings nothing.
    if let ([failure], 1) = (report.failures.as_slice(), report.feeds) {
        let reason = model.texts.get(&format!("failure-{}", failure.error.kind.name()));
        let next = model.texts.next_attempt(failure.next_attempt, failure.why, model.now, &model.zone);
        let is_held = matches!(failure.why, Why::Held | Why::Budget);
        model.warn(if is_held { next } else { format!("{reason} {next}") });
        return newcomers(model);
    }
    let id = if report.was_cancelled { "poll-cancelled" } else { "poll-finished" };
    if model.notice.is_none() {
        model.tell(model.texts.with_all(id, &values));
    }
    newcomers(model)
}

/// Brings counts up to date, and newcomers into sight where that moves nothing: into a list that nobody has touched yet,
/// or that is empty. Else they wait above the list until they are asked for.
pub(super) fn newcomers(model: &mut Model) -> Vec<Effect> {
    model.counts_due = false;
    model.sources.views_changed();
    let mut effects = vec![Effect::LoadFeeds, Effect::LoadViews, Effect::Topic(TopicEffect::Load), Effect::CountToday];
    if model.is_pristine || model.list.rows.is_empty() {
        let keep = if model.is_pristine { None } else { model.list.current().map(|row| row.id) };
        effects.extend(headlines::reload(model, keep));
    } else if let Some(than) = model.list.newest {
        let ticket = model.ticket();
        model.list.counting_newer = Some(ticket);
        effects.push(Effect::CountNewer { ticket, query: model.list.filter.query(), than });
    }
    effects
}

/// Something was missed: everything in sight is asked for again.
pub(super) fn look_anew(model: &mut Model) -> Vec<Effect> {
    let mut effects = newcomers(model);
    if let Some(row) = model.list.current() {
        let (key, id) = (row.key(), row.id);
        effects.extend(headlines::load(model, crate::store::Span::From(key), Some(id)));
    }
    effects
}

/// Another process has written to the store.
pub(super) fn version(model: &mut Model, version: i64) -> Vec<Effect> {
    let is_changed = model.store_version.is_some_and(|known| known != version);
    model.store_version = Some(version);
    if !is_changed {
        return Vec::new();
    }
    // Marks, titles and texts may be others now.
    let shown: Vec<EntryId> = model.list.rows.iter().map(|row| row.id).collect();
    model.reader.forget(&shown);
    let mut effects = newcomers(model);
    effects.push(Effect::LoadRows(shown));
    effects
}

/// Subscriptions have come from a list or a pack: they are fetched at once.
pub(super) fn imported(model: &mut Model, imported: Imported) -> Vec<Effect> {
    model.popup = None;
    model.is_pristine = true;
    if let Some(skipped) = imported.skipped.first() {
        model.warn(skipped.clone());
    }
    let mut effects = vec![Effect::LoadFeeds];
    if !imported.added.is_empty() {
        effects.push(Effect::Poll(PollRequest { all: true, only: Some(imported.added) }));
    } else if model.sources.feeds.is_empty() && model.notice.is_none() {
        model.popup = Some(Popup::Picker(super::welcome(model)));
    }
    effects
}
