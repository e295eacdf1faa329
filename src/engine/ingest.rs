//! From a body to what the store needs, off the async threads: parse, then identities, fingerprints and teasers.

use std::time::Duration;

use url::Url;

use super::Engine;
use crate::content::parse::{ParseError, parse};
use crate::content::text;
use crate::model::entry::{Draft, FeedDraft};
use crate::model::feed::FeedFacts;
use crate::model::ledger::Dropped;
use crate::model::plan::{Identities, fingerprint, title_hash};
use crate::net::{Body, Reach};
use crate::store::Item;

/// Longer than any honest document takes.
const DEADLINE: Duration = Duration::from_secs(20);

/// Graphemes of a headline's teaser.
const TEASER: usize = 300;

/// A parsed document with the costly parts of each item worked out.
#[derive(Debug)]
pub(super) struct Parsed {
    pub facts: FeedFacts,
    pub items: Vec<Item>,
    pub repairs: Vec<String>,
    pub dropped: Dropped,
}

impl Engine {
    /// Parses a body on a worker thread, within a time limit.
    pub(super) async fn parse(&self, body: Body, base: Url) -> Result<Parsed, ParseError> {
        let permit = self.inner.workers.clone().acquire_owned().await;
        let is_local = body.reach == Reach::Anywhere;
        let work = tokio::task::spawn_blocking(move || {
            let parsed = parse(&body.bytes, body.content_type.as_deref(), &base).map(prepare);
            let parsed = parsed.map(|parsed| Parsed { facts: FeedFacts { is_local, ..parsed.facts }, ..parsed });
            drop(permit);
            parsed
        });
        let gave_up = |what: &str| ParseError::Malformed { detail: what.to_owned() };
        match tokio::time::timeout(DEADLINE, work).await {
            Ok(Ok(parsed)) => parsed,
            Ok(Err(_panicked)) => Err(gave_up("the parser failed on it")),
            Err(_elapsed) => Err(gave_up("the parser took too long")),
        }
    }
}

fn prepare(draft: FeedDraft) -> Parsed {
    let FeedDraft { facts, mut entries, repairs, mut dropped, language: _, is_cut_off } = draft;
    if is_cut_off && entries.pop().is_some() {
        dropped.unreadable += 1;
    }
    let before = entries.len();
    entries.retain(|entry| !entry.is_empty());
    dropped.empty += (before - entries.len()) as u64;
    Parsed { facts, items: entries.into_iter().map(item).collect(), repairs, dropped }
}

fn item(draft: Draft) -> Item {
    let teaser = draft.summary.as_deref().or(draft.content.as_deref());
    Item {
        identities: Identities::of(&draft),
        fingerprint: fingerprint(&draft),
        title_hash: title_hash(&draft),
        summary: teaser.map(|html| text::teaser(html, TEASER)).unwrap_or_default(),
        draft,
    }
}
