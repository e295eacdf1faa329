//! What happened, told to whoever listens: ids and counts, never rows.

use jiff::Timestamp;

use crate::model::entry::EntryId;
use crate::model::feed::{FeedId, FetchError};
use crate::model::ledger::Ledger;
use crate::model::schedule::Why;
use crate::platform::notifier::Notification;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EngineEvent {
    PollStarted {
        feeds: usize,
    },
    /// One feed of the poll is done.
    FeedPolled {
        feed: FeedId,
        outcome: FeedOutcome,
    },
    /// A document brought something.
    Ingested {
        feed: FeedId,
        new: Vec<EntryId>,
        changed: Vec<EntryId>,
    },
    PollFinished(PollReport),
    /// All words are in the index now, and rules that have waited for them are applied.
    Indexed,
    /// Stories and topics of these articles changed.
    Grouped {
        entries: Vec<EntryId>,
    },
    /// A topic is followed, taught or dropped, or the library has been judged by it.
    TopicsChanged,
    /// The list of subscriptions changed.
    FeedsChanged,
    /// Rules ask for the user to be told of articles.
    Notify(Notification),
}

/// How one feed's part of a poll ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedOutcome {
    Fetched {
        ledger: Ledger,
        has_gap: bool,
        bytes: u64,
    },
    /// A server that knows no validators sends the same document again.
    NotModified {
        bytes: u64,
    },
    Failed(PollFailure),
}

/// A feed that brought nothing, and when it is asked again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PollFailure {
    pub feed: FeedId,
    /// Without credentials.
    pub url: String,
    pub error: FetchError,
    /// None when it is not asked again by itself.
    pub next_attempt: Option<Timestamp>,
    /// Why it is then.
    pub why: Why,
    /// What had come by then.
    pub bytes: u64,
}

/// A feed that was not asked, since it was just before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooSoon {
    pub feed: FeedId,
    /// When it may be.
    pub again: Timestamp,
}

/// A whole poll.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PollReport {
    pub feeds: usize,
    pub fetched: usize,
    pub not_modified: usize,
    pub failures: Vec<PollFailure>,
    pub too_soon: Vec<TooSoon>,
    /// Nobody could be reached: the network's fault, not the feeds'.
    pub is_offline: bool,
    pub new_articles: usize,
    pub updated_articles: usize,
    /// What became of the items of all documents.
    pub ledger: Ledger,
    /// Feeds that have rolled past since they were last asked.
    pub gaps: usize,
    /// As transferred.
    pub bytes: u64,
    pub millis: u64,
    /// Stopped before every feed was asked.
    pub was_cancelled: bool,
}

impl PollReport {
    pub(super) fn add(&mut self, outcome: &FeedOutcome) {
        match outcome {
            FeedOutcome::Fetched { ledger, has_gap, bytes } => {
                self.fetched += 1;
                self.new_articles += ledger.new as usize;
                self.updated_articles += ledger.changed as usize;
                self.ledger.add(ledger);
                self.gaps += usize::from(*has_gap);
                self.bytes += bytes;
            }
            FeedOutcome::NotModified { bytes } => {
                self.not_modified += 1;
                self.bytes += bytes;
            }
            FeedOutcome::Failed(failure) => {
                self.bytes += failure.bytes;
                self.failures.push(failure.clone());
            }
        }
    }
}
