//! Notifications that rules ask for, where no interface is open: by the user's command, else as a line on stderr.

use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::out::{counted, warn};
use crate::engine::{Engine, EngineEvent};
use crate::platform::notifier::Notification;

/// Shows those that are waiting.
pub(super) fn show_waiting(engine: &Engine, events: &mut Receiver<EngineEvent>) {
    while let Ok(event) = events.try_recv() {
        if let EngineEvent::Notify(notification) = event {
            show(engine, &notification);
        }
    }
}

/// Shows what comes, until it is dropped.
pub(super) async fn show_all(engine: &Engine, mut events: Receiver<EngineEvent>) {
    loop {
        match events.recv().await {
            Ok(EngineEvent::Notify(notification)) => show(engine, &notification),
            Ok(_) | Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return,
        }
    }
}

fn show(engine: &Engine, notification: &Notification) {
    let words = &engine.config().notify;
    let shown = if words.is_empty() { Ok(false) } else { notification.by_command(words).map(|()| true) };
    match shown {
        Ok(true) => {}
        Ok(false) => {
            let count = counted(notification.count as u64, "article");
            warn(&format!("{count} by your rules: {}", notification.body.replace('\n', "; ")));
        }
        Err(error) => warn(&format!("the command to notify with could not be run: {error}")),
    }
}
