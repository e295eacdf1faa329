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
async fn interrupt() -> Stop {
    // Where signals cannot be had, the process ends as processes do.
    if tokio::signal::ctrl_c().await.is_err() {
        pending::<()>().await;
    }
    Stop::Interrupted
}

/// Ends when the user interrupts, a service manager asks to stop, or the terminal is gone. Programs that were started for
/// a feed end with what waits for them, which a process that is ended by a signal has no time for.
pub(super) async fn stop() -> Stop {
    tokio::select! {
        stop = interrupt() => stop,
        () = terminated() => Stop::Terminated,
        () = hung_up() => Stop::Terminated,
    }
}

#[cfg(unix)]
async fn terminated() {
    heard(tokio::signal::unix::SignalKind::terminate()).await;
}

#[cfg(unix)]
async fn hung_up() {
    // Who was started to outlive the terminal (`nohup`) does.
    if is_hang_up_ignored() {
        pending::<()>().await;
    }
    heard(tokio::signal::unix::SignalKind::hangup()).await;
}

#[cfg(unix)]
async fn heard(kind: tokio::signal::unix::SignalKind) {
    match tokio::signal::unix::signal(kind) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(_) => pending().await,
    }
}

/// As far as the system tells; where it does not, nothing is changed.
#[cfg(unix)]
fn is_hang_up_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    // A mask in hexadecimal, whose lowest bit is signal 1.
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_none_or(|mask| mask & 1 == 1)
}

#[cfg(not(unix))]
async fn terminated() {
    pending().await
}

#[cfg(not(unix))]
async fn hung_up() {
    pending().await
}

/// The work's result, unless it is to stop.
pub(super) async fn unless_interrupted<T>(work: impl Future<Output = Result<T, CliError>>) -> Result<T, CliError> {
    tokio::select! {
        // It is listened for before anything is started that a signal would leave behind.
        biased;
        _ = stop() => Err(CliError::Interrupted),
        done = work => done,
    }
}
