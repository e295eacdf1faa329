//! Being told to stop.

use std::future::{Future, pending};

use super::error::CliError;

/// Who asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// The user, with Ctrl-C.
    Interrupted,
    /// A service manager.
    Terminated,
}

/// Ends when the user interrupts.
pub(super) async fn interrupt() -> Stop {
    // Where signals cannot be had, the process ends as processes do.
    if tokio::signal::ctrl_c().await.is_err() {
        pending::<()>().await;
    }
    Stop::Interrupted
}

/// Ends when the user interrupts or a service manager asks to stop.
pub(super) async fn stop() -> Stop {
    tokio::select! {
        stop = interrupt() => stop,
        () = terminated() => Stop::Terminated,
    }
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(_) => pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    pending().await
}

/// The work's result, unless the user interrupts it.
pub(super) async fn unless_interrupted<T>(work: impl Future<Output = Result<T, CliError>>) -> Result<T, CliError> {
    tokio::select! {
        done = work => done,
        _ = interrupt() => Err(CliError::Interrupted),
    }
}
