//! Threads for work on content, apart from the runtime's. An allocator keeps what a thread has freed for that thread: spread
//! over many, each would keep the most that it ever took.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use crate::model::guard::guarded;
use crate::platform::priority;

/// Bytes of an article, or of the text of one, from which work on it is long.
pub(super) const LONG: usize = 256 << 10;
/// Bytes of an article up to which work on it takes less than handing it to another thread.
pub(super) const SMALL: usize = 64 << 10;
/// HTML trees are walked recursively; their depth is capped, and this is far more than that takes.
pub(super) const STACK: usize = 16 << 20;

type Job = Box<dyn FnOnce() + Send>;

/// Some threads, each of them started when there is work for it, and the turns to use them.
#[derive(Debug)]
pub(super) struct Workers {
    name: &'static str,
    count: usize,
    steps_back: bool,
    threads: Mutex<Threads>,
    turns: Arc<Semaphore>,
}

#[derive(Debug)]
struct Threads {
    started: usize,
    sender: Sender<Job>,
    jobs: Arc<Mutex<Receiver<Job>>>,
}

/// Whoever holds it may start work.
pub(super) type Turn = OwnedSemaphorePermit;

impl Workers {
    fn new(name: &'static str, count: usize, steps_back: bool) -> Self {
        let (sender, receiver) = channel::<Job>();
        let threads = Threads { started: 0, sender, jobs: Arc::new(Mutex::new(receiver)) };
        Self { name, count, steps_back, threads: Mutex::new(threads), turns: Arc::new(Semaphore::new(count)) }
    }

    /// For work that takes some hundred times the bytes it is given: one at a time.
    pub(super) fn long() -> Self {
        Self::new("long", 1, false)
    }

    /// For the documents that a poll brings: as many at a time as there are cores. What stores them comes first, as they all
    /// wait for it, and so does what a person waits for.
    pub(super) fn parsers() -> Self {
        Self::new("parse", std::thread::available_parallelism().map_or(1, usize::from), true)
    }

    /// Waits until one of the threads is free; `None` when kabar ends.
    pub(super) async fn turn(&self) -> Option<Turn> {
        Arc::clone(&self.turns).acquire_owned().await.ok()
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
        let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        if threads.started < self.count {
            let (jobs, steps_back) = (Arc::clone(&threads.jobs), self.steps_back);
            let work_off = move || {
                if steps_back {
                    priority::step_back();
                }
                while let Some(job) = next(&jobs) {
                    job();
                }
            };
            let thread = std::thread::Builder::new().name(self.name.to_owned()).stack_size(STACK).spawn(work_off);
            threads.started += usize::from(thread.is_ok());
        }
        // Without any thread its answer would never come.
        if threads.started > 0 {
            let _ = threads.sender.send(Box::new(job));
        }
        answer
    }
}

/// The next job, or `None` when nobody can give one any more.
fn next(jobs: &Mutex<Receiver<Job>>) -> Option<Job> {
    jobs.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn long_work_is_done_one_after_the_other_by_one_thread_that_outlives_a_panic() {
        let long = Workers::long();
        let before = long.turn().await.unwrap();
        let waits = Duration::from_millis(50);
        assert!(tokio::time::timeout(waits, long.turn()).await.is_err(), "somebody is at it");
        let first = long.start(before, || std::thread::current().id()).await.unwrap();
        let turn = long.turn().await.unwrap();
        assert!(long.start(turn, || -> () { panic!("a hostile page") }).await.is_err());
        let turn = long.turn().await.unwrap();
        assert_eq!(long.start(turn, || std::thread::current().id()).await, Ok(first));
    }

    #[tokio::test]
    async fn several_work_side_by_side_and_no_more_than_there_are_turns() {
        let workers = Workers::new("test", 2, false);
        let (one, other) = (workers.turn().await.unwrap(), workers.turn().await.unwrap());
        // Each waits for the other.
        let barrier = Arc::new(Barrier::new(2));
        let theirs = Arc::clone(&barrier);
        let one = workers.start(one, move || theirs.wait().is_leader());
        let other = workers.start(other, move || barrier.wait().is_leader());
        let leads = [one.await.unwrap(), other.await.unwrap()];
        assert_eq!(leads.iter().filter(|leads| **leads).count(), 1);
        let _turns = (workers.turn().await.unwrap(), workers.turn().await.unwrap());
        assert!(tokio::time::timeout(Duration::from_millis(50), workers.turn()).await.is_err());
    }
}
