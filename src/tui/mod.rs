//! The interface.

use crate::engine::{Demo, Engine};

/// How the interface is opened.
#[derive(Debug, Default)]
pub struct Options {
    /// Draw with ASCII characters only, whatever the settings say.
    pub ascii: bool,
    /// The sample feeds' folder, removed when the interface closes.
    pub demo: Option<Demo>,
}

/// What the interface could not do.
#[derive(Debug, thiserror::Error)]
#[error("the interface is not in this build")]
pub struct TuiError;

/// Opens the interface and returns when it is closed.
pub async fn run(_engine: Engine, _options: Options) -> Result<(), TuiError> {
    std::future::ready(Err(TuiError)).await
}
