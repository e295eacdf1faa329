//! Large bodies take turns: any number of servers that send as much as they may cost the memory of a few. Waiting for a
//! turn costs a fetch none of its time.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::Instant;

/// A body of up to so many bytes waits for no turn.
pub(super) const SMALL: usize = 2 << 20;
/// Large bodies at once, of all hosts and of one.
const AT_ONCE: usize = 6;
const PER_HOST: usize = 2;
/// Hosts stand in one of so many queues each: one that never finishes holds up few others.
const QUEUES: usize = 61;

#[derive(Debug)]
pub(super) struct Turns {
    all: Arc<Semaphore>,
    queues: Vec<Arc<Semaphore>>,
}

impl Default for Turns {
    fn default() -> Self {
        let queues = std::iter::repeat_with(|| Arc::new(Semaphore::new(PER_HOST))).take(QUEUES).collect();
        Self { all: Arc::new(Semaphore::new(AT_ONCE)), queues }
    }
}

impl Turns {
    /// Waits for the turn of a large body from this host.
    pub async fn take(&self, host: &str) -> Turn {
        let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(host);
        let Some(queue) = self.queues.get(hash as usize % QUEUES) else { return Turn::default() };
        // The host's queue comes first: whoever stands in it keeps nobody else waiting. No semaphore is ever closed.
        let of_host = Arc::clone(queue).acquire_owned().await;
        let of_all = Arc::clone(&self.all).acquire_owned().await;
        Turn { _held: of_host.ok().zip(of_all.ok()).map(Arc::new) }
    }
}

/// The turn of a large body, for as long as it is in memory; nothing for a small one.
#[derive(Debug, Clone, Default)]
pub struct Turn {
    _held: Option<Arc<(OwnedSemaphorePermit, OwnedSemaphorePermit)>>,
}

/// No part of what a body says.
impl PartialEq for Turn {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Turn {}

/// The time that a fetch has left.
#[derive(Debug)]
pub(super) struct Clock {
    /// When it is over; `None` while the clock stands still.
    end: watch::Sender<Option<Instant>>,
}

impl Clock {
    pub fn new(time: Duration) -> Self {
        Self { end: watch::Sender::new(Some(Instant::now() + time)) }
    }

    /// Does not end before the time is over.
    pub async fn is_over(&self) {
        let mut end = self.end.subscribe();
        loop {
            let over = *end.borrow_and_update();
            let Some(over) = over else {
                let _ = end.changed().await;
                continue;
            };
            tokio::select! {
                () = tokio::time::sleep_until(over) => return,
                _ = end.changed() => {}
            }
        }
    }

    /// Waits for something that takes none of the time.
    pub async fn stopped<T>(&self, wait: impl Future<Output = T>) -> T {
        let left = self.end.send_replace(None).map(|end| end.saturating_duration_since(Instant::now()));
        let done = wait.await;
        self.end.send_replace(left.map(|left| Instant::now() + left));
        done
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[tokio::test]
    async fn a_host_whose_bodies_never_end_leaves_turns_to_others() {
        let turns = Turns::default();
        let _held: Vec<Turn> = vec![turns.take("a").now_or_never().unwrap(), turns.take("a").now_or_never().unwrap()];
        assert!(turns.take("a").now_or_never().is_none());
        let others: Vec<Turn> = (0..20).filter_map(|n| turns.take(&format!("b{n}")).now_or_never()).collect();
        assert_eq!(others.len(), AT_ONCE - PER_HOST);
        drop(others);
        assert!((0..20).any(|n| turns.take(&format!("c{n}")).now_or_never().is_some()));
    }

    #[tokio::test]
    async fn a_clock_that_stands_still_takes_no_time() {
        let (start, clock) = (Instant::now(), Clock::new(Duration::from_millis(50)));
        let still = tokio::time::timeout(Duration::from_millis(150), clock.is_over());
        assert!(clock.stopped(still).await.is_err());
        clock.is_over().await;
        assert!(start.elapsed() >= Duration::from_millis(195));
    }
}
