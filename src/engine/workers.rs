//! Work that takes some hundred times the bytes it is given: one at a time, and on one thread. An allocator keeps what a
//! thread has freed for that thread; spread over many, each would keep the most that it ever took.

use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use crate::model::guard::guarded;

/// Bytes of an article, or of the text of one, from which work on it is long.
pub(super) const LONG: usize = 256 << 10;
/// Bytes of an article up to which work on it takes less than handing it to another thread.
pub(super) const SMALL: usize = 64 << 10;
/// HTML trees are walked recursively; their depth is capped, and this is far more than that takes.
pub(super) const STACK: usize = 16 << 20;

type Job = Box<dyn FnOnce() + Send>;

/// The thread, once there was work for it, and the turn to use it.
#[derive(Debug)]
pub(super) struct LongWork {
    jobs: Mutex<Option<Sender<Job>>>,
    turn: Arc<Semaphore>,
}

impl Default for LongWork {
    fn default() -> Self {
        Self { jobs: Mutex::default(), turn: Arc::new(Semaphore::new(1)) }
    }
}

/// Whoever holds it may start work.
pub(super) type Turn = OwnedSemaphorePermit;

impl LongWork {
    /// Waits until nobody else is at it; `None` when kabar ends.
    pub(super) async fn turn(&self) -> Option<Turn> {
        Arc::clone(&self.turn).acquire_owned().await.ok()
    }

    /// Starts the work. The turn is given up when it has ended, also when nobody waits for that any more; work that panics
    /// has no result.
    pub(super) fn start<T: Send + 'static>(
        &self,
        turn: Turn,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> oneshot::Receiver<T> {
        let (reply, answer) = oneshot::channel();
        let job = move || {
            let done = guarded(work);
            drop(turn);
            if let Some(done) = done {
                // Nobody may wait for it any more.
                let _ = reply.send(done);
            }
        };
        let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        if jobs.is_none() {
            let (sender, receiver) = channel::<Job>();
            let work_off = move || receiver.into_iter().for_each(|job| job());
            let thread = std::thread::Builder::new().name("long".to_owned()).stack_size(STACK).spawn(work_off);
            *jobs = thread.ok().map(|_| sender);
        }
        if let Some(jobs) = jobs.as_ref() {
            let _ = jobs.send(Box::new(job));
        }
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn long_work_is_done_one_after_the_other_by_one_thread_that_outlives_a_panic() {
        let long = LongWork::default();
        let before = long.turn().await.unwrap();
        let waits = std::time::Duration::from_millis(50);
        assert!(tokio::time::timeout(waits, long.turn()).await.is_err(), "somebody is at it");
        let first = long.start(before, || std::thread::current().id()).await.unwrap();
        let turn = long.turn().await.unwrap();
        assert!(long.start(turn, || -> () { panic!("a hostile page") }).await.is_err());
        let turn = long.turn().await.unwrap();
        assert_eq!(long.start(turn, || std::thread::current().id()).await, Ok(first));
    }
}
