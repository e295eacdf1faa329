//! What a command could not do: one line that says what, where and what to do about it, and the exit code.

use std::io::{self, Write as _};

use super::advice;
use crate::config::ConfigError;
use crate::engine::{EngineError, PageError};
use crate::model::scrub;
use crate::platform::paths::NoHome;
use crate::store::StoreError;

#[derive(Debug, thiserror::Error)]
pub enum CliError {
    #[error(transparent)]
    Engine(#[from] EngineError),
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    NoHome(#[from] NoHome),
    /// A file that the user named.
    #[error("{what}: {source}")]
    File { what: String, source: io::Error },
    /// Standard output; a reader that has gone is no fault.
    #[error("standard output: {0}")]
    Output(#[source] io::Error),
    #[error("there is no article {0}")]
    NoArticle(i64),
    #[error("`{0}` is not followed")]
    NoTopic(String),
    /// A document that is to be looked at.
    #[error("{what}: {problem}")]
    NotAFeed { what: String, problem: String },
    /// The page of an article was fetched in vain.
    #[error("article {id}: {problem}; what the feed has is shown")]
    NoWhole { id: i64, problem: PageError },
    #[error("the interface needs a terminal")]
    NoTerminal,
    /// Checks that found something broken.
    #[error("{0}")]
    Broken(String),
    /// Arguments that do not go together.
    #[error("{0}")]
    Usage(String),
    #[error("interrupted")]
    Interrupted,
}

impl CliError {
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            Self::Usage(_) | Self::Engine(EngineError::Store(StoreError::Query(_))) => 2,
            Self::Interrupted => 130,
            _ => 1,
        }
    }

    fn advice(&self) -> Option<&'static str> {
        match self {
            Self::Engine(error) => Some(advice::on(error)),
            Self::NoArticle(_) => Some("`kabar list` shows the ids"),
            Self::NoTopic(_) => Some("`kabar topics` lists what is"),
            Self::NoTerminal => Some("`kabar list` prints the headlines"),
            Self::Usage(_) => Some("`--help` shows what is possible"),
            _ => None,
        }
    }

    /// What happened and what to do about it, on one line.
    #[must_use]
    pub fn words(&self) -> String {
        let words = match self.advice() {
            Some(advice) => format!("{self}; {advice}"),
            None => self.to_string(),
        };
        scrub::line(&words).into_owned()
    }
}

/// Tells the user why the program ends, and returns its exit code.
pub fn report(error: &(dyn std::error::Error + 'static)) -> u8 {
    let (line, code) = match error.downcast_ref::<CliError>() {
        Some(error) => (error.words(), error.exit_code()),
        None => (scrub::line(&error.to_string()).into_owned(), 1),
    };
    if code != 0 {
        tracing::debug!(%line, code, "ends");
        let _ = writeln!(io::stderr(), "kabar: {line}");
    }
    code
}
