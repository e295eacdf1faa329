//! From a body to what the store needs, off the async threads: parse, then identities, fingerprints and teasers.

use std::time::Duration;

use url::Url;

use super::Engine;
use crate::content::parse::{EncodedTwice, ParseError, parse_until};
use crate::content::text;
use crate::model::entry::{Draft, FeedDraft};
use crate::model::feed::FeedFacts;
use crate::model::identity::forget_shared_guids;
use crate::model::ledger::Dropped;
use crate::net::{Body, Reach};
use crate::platform::clock::Effort;
use crate::store::Item;

/// The processor's time for one document; honest ones take a hundredth of it. The time that passes would be no measure: on
/// a loaded machine every document takes long. A build that is not optimised takes ten times as long as one that is.
const DEADLINE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 5 });
/// After this long the work is left to itself, whatever holds it up.
const PATIENCE: Duration = Duration::from_secs(120);

/// Graphemes of a headline's teaser.
const TEASER: usize = 300;

/// A parsed document with the costly parts of each item worked out.
#[derive(Debug)]
pub(super) struct Parsed {
    pub facts: FeedFacts,
    pub items: Vec<Item>,
    pub repairs: Vec<String>,
    pub dropped: Dropped,
    /// There may be more than has come.
    pub breaks_off: bool,
}

impl Engine {
    /// Parses a body on a worker thread, within a time limit.
    pub(super) async fn parse(&self, body: Body, base: Url) -> Result<Parsed, ParseError> {
        let is_local = body.reach == Reach::Anywhere;
        let work = in_time(move |is_late| {
            let parsed = parse_until(&body.bytes, body.content_type.as_deref(), &base, EncodedTwice::IsMended, is_late);
            let parsed = parsed.and_then(|draft| prepare(draft, is_late))?;
            Ok(Parsed { facts: FeedFacts { is_local, ..parsed.facts }, ..parsed })
        });
        let turn = self.inner.parsers.turn().await.ok_or_else(failed)?;
        with_patience(self.inner.parsers.start(turn, work)).await
    }
}

/// What a document says, without a store: on a worker thread, within the time limit that feeds have.
pub async fn read_document(bytes: Vec<u8>, content_type: Option<String>, base: Url) -> Result<FeedDraft, ParseError> {
    let twice = EncodedTwice::Stays;
    let work = in_time(move |is_late| parse_until(&bytes, content_type.as_deref(), &base, twice, is_late));
    with_patience(tokio::task::spawn_blocking(work)).await
}

/// The work, which is told when it has had more than its time.
fn in_time<T>(work: impl FnOnce(&dyn Fn() -> bool) -> Result<T, ParseError>) -> impl FnOnce() -> Result<T, ParseError> {
    move || {
        let effort = Effort::begin();
        work(&|| effort.exceeds(DEADLINE))
    }
}

async fn with_patience<T, E>(work: impl Future<Output = Result<Result<T, ParseError>, E>>) -> Result<T, ParseError> {
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(done) => done.unwrap_or_else(|_panicked| Err(failed())),
        Err(_elapsed) => Err(ParseError::TooSlow),
    }
}

fn failed() -> ParseError {
    ParseError::Malformed { detail: "the parser failed on it".to_owned() }
}

fn prepare(draft: FeedDraft, is_late: &dyn Fn() -> bool) -> Result<Parsed, ParseError> {
    let FeedDraft { facts, mut entries, repairs, mut dropped, language: _, is_cut_off, breaks_off } = draft;
    if is_cut_off && entries.pop().is_some() {
        dropped.unreadable += 1;
    }
    let before = entries.len();
    entries.retain(|entry| !entry.is_empty());
    dropped.empty += (before - entries.len()) as u64;
    forget_shared_guids(&mut entries);
    let items = entries.into_iter().map(|draft| if is_late() { Err(ParseError::TooSlow) } else { Ok(item(draft)) });
    Ok(Parsed { facts, items: items.collect::<Result<_, _>>()?, repairs, dropped, breaks_off })
}

fn item(draft: Draft) -> Item {
    let teaser = draft.summary.as_deref().or(draft.content.as_deref());
    let summary = teaser.map(|html| text::teaser(html, TEASER)).unwrap_or_default();
    Item::new(draft, summary)
}
