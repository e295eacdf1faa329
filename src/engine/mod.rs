//! The engine: everything kabar can do, as one service that the interface and the command line share.
//!
//! Cheap to clone. Reading and editing go to the store; [`Engine::poll`] brings what is new; changes are told as
//! [`EngineEvent`]s that carry ids, never rows.

mod article;
mod articles;
mod ask;
mod book;
mod demo;
mod discovery;
mod errands;
mod event;
mod follow;
mod grouping;
mod ingest;
mod library;
mod lock;
mod pages;
#[cfg(feature = "images")]
mod picture;
mod poller;
mod record;
mod revisions;
mod rules;
mod save;
mod search;
mod stories;
mod subscriptions;
mod timeline;
mod topics;
mod typed;
mod views;
mod workers;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use tokio::sync::{Notify, Semaphore, broadcast};

use self::grouping::Grouping;
use self::workers::Workers;
use crate::config::Config;
use crate::content::features::lexicon::Lexicon;
use crate::model::feed::{FailureKind, FetchError};
use crate::model::terms::stem::Stems;
use crate::net::{Client, Gate, Proxy, Settings};
use crate::platform::clock;
use crate::platform::paths::Paths;
use crate::platform::private;
use crate::store::{Store, StoreError, WAITING};

pub use articles::Articles;
pub use book::Book;
pub use demo::Demo;
pub use discovery::Found;
pub use event::{EngineEvent, FeedOutcome, PollFailure, PollReport, TooSoon};
pub use ingest::read_document;
pub use pages::{PageError, Pages};
pub use poller::PollRequest;
pub use revisions::Revision;
pub use rules::{Explanation, Trial};
pub use search::{Finder, SearchHit, Searched, index_by_itself};
pub use stories::{InStory, Joined};
pub use subscriptions::{Added, Commands, Format, Imported, Offer, Pack, packs};
pub use timeline::{Told, TopicPage, TopicStory};
pub use topics::{Belonging, Suggestion};
pub use typed::Typed;

/// What the engine could not do.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{}: {source}", path.display())]
    Io { path: PathBuf, source: std::io::Error },
    #[error("`{0}` is no URL and no file")]
    NotAUrl(String),
    #[error("{url}: {}", error.detail)]
    Fetch { url: String, error: FetchError },
    #[error("{url} is a page that announces no feed")]
    NoFeed { url: String },
    #[error("no feed matches `{0}`")]
    UnknownFeed(String),
    #[error("`{name}` could be any of: {}", candidates.join(", "))]
    Ambiguous { name: String, candidates: Vec<String> },
    #[error("there is no view `{0}`")]
    UnknownView(String),
    #[error("there is no rule `{0}`")]
    UnknownRule(String),
    #[error("{what}: {problem}")]
    Import { what: String, problem: String },
}

impl EngineError {
    /// No (secure) connection was made: another way to the same place may be open.
    #[must_use]
    pub fn is_of_connection(&self) -> bool {
        use FailureKind::{Certificate, Timeout, Unreachable};
        matches!(self, Self::Fetch { error, .. } if matches!(error.kind, Unreachable | Certificate | Timeout))
    }
}

/// A handle on the services.
#[derive(Debug, Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    store: Store,
    client: Client,
    gate: Gate,
    config: Config,
    paths: Paths,
    clock: fn() -> Timestamp,
    events: broadcast::Sender<EngineEvent>,
    parsers: Workers,
    /// Permits to hold a parsed document until it is stored: as many as may wait for the store, so that it never waits for
    /// them.
    rooms: Semaphore,
    cancel: Notify,
    /// Polls that are running or waiting.
    polls: AtomicUsize,
    /// Something was indexed since listeners heard that all is.
    is_indexing: AtomicBool,
    /// What reads articles for the index.
    reader: Mutex<Reader>,
    /// The articles that new ones are compared with; none while nothing arrives.
    grouping: Mutex<Option<Grouping>>,
    /// When somebody last pressed a key.
    attended: Mutex<Option<std::time::Instant>>,
    /// Pictures that were fetched, the latest first.
    #[cfg(feature = "images")]
    pictures: Mutex<VecDeque<picture::Kept>>,
    /// Articles as they were read, by the fingerprint of their HTML, the latest first.
    sources: Mutex<VecDeque<article::Kept>>,
    /// The turn to set a long article.
    long: Arc<Workers>,
}

/// The stems of words and the names of the lexicon, as far as they were met.
#[derive(Debug, Default)]
struct Reader {
    stems: Stems,
    lexicon: Lexicon,
}

/// Events that a slow listener may fall behind by before it is told to look at everything anew.
const EVENTS: usize = 128;

impl Engine {
    /// Opens the store, making its directory as needed.
    pub fn open(paths: &Paths, config: Config) -> Result<Self, EngineError> {
        let client = client(&config);
        Self::open_with(paths, config, client)
    }

    /// The same, with a client of the caller's.
    pub fn open_with(paths: &Paths, config: Config, client: Client) -> Result<Self, EngineError> {
        Self::open_at(paths, config, client, clock::now)
    }

    /// The same, with a clock of the caller's, by which feeds are due.
    pub fn open_at(
        paths: &Paths,
        config: Config,
        client: Client,
        clock: fn() -> Timestamp,
    ) -> Result<Self, EngineError> {
        let fail = |source| EngineError::Io { path: paths.data.clone(), source };
        private::folder(&paths.data).map_err(fail)?;
        private::database(&paths.store()).map_err(fail)?;
        let store = Store::open(&paths.store())?.sharing_read(config.interface.read_copies).in_zone(clock::zone());
        Ok(Self {
            inner: Arc::new(Inner {
                store,
                client,
                gate: Gate::new(config.poll.in_flight, config.poll.per_host),
                config,
                paths: paths.clone(),
                clock,
                events: broadcast::channel(EVENTS).0,
                parsers: Workers::parsers(),
                rooms: Semaphore::new(WAITING),
                cancel: Notify::new(),
                polls: AtomicUsize::new(0),
                is_indexing: AtomicBool::new(false),
                reader: Mutex::default(),
                grouping: Mutex::default(),
                attended: Mutex::default(),
                #[cfg(feature = "images")]
                pictures: Mutex::default(),
                sources: Mutex::default(),
                long: Arc::new(Workers::long()),
            }),
        })
    }

    /// What happens from now on.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<EngineEvent> {
        self.inner.events.subscribe()
    }

    #[must_use]
    pub fn config(&self) -> &Config {
        &self.inner.config
    }

    #[must_use]
    pub fn paths(&self) -> &Paths {
        &self.inner.paths
    }

    fn now(&self) -> Timestamp {
        (self.inner.clock)()
    }

    fn store(&self) -> &Store {
        &self.inner.store
    }

    /// Nobody may be listening; that is no fault.
    fn tell(&self, event: EngineEvent) {
        let _ = self.inner.events.send(event);
    }
}

/// What fetches as the settings say; for looking at a document without a store.
#[must_use]
pub fn client(config: &Config) -> Client {
    let defaults = Settings::default();
    Client::new(Settings {
        user_agent: config.poll.user_agent.clone().unwrap_or(defaults.user_agent),
        deadline: config.poll.timeout,
        in_flight: config.poll.in_flight,
        per_host: config.poll.per_host,
        proxy: config.poll.proxy.clone().map_or(Proxy::System, Proxy::At),
        ..defaults
    })
}
