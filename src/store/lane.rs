//! A lane: one OS thread with one `SQLite` connection and a queue of jobs. Urgent jobs (what a person waits for) go
//! before the others (what the poller brings); the queue of the others is bounded.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::{Semaphore, oneshot};

use super::StoreError;

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// Jobs that may wait before the next one has to.
const WAITING: usize = 16;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Urgency {
    Urgent,
    Usual,
}

#[derive(Default)]
struct Queue {
    urgent: VecDeque<Job>,
    usual: VecDeque<Job>,
    is_closed: bool,
}

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    arrived: Condvar,
}

pub(super) struct Lane {
    shared: Arc<Shared>,
    permits: Arc<Semaphore>,
    thread: Option<JoinHandle<()>>,
}

impl std::fmt::Debug for Lane {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lane").finish_non_exhaustive()
    }
}

impl Lane {
    /// Starts the thread. `connection` is made on it, when the first job needs it.
    pub(super) fn start(
        name: &str,
        connect: impl FnOnce() -> Result<Connection, StoreError> + Send + 'static,
    ) -> Result<Self, StoreError> {
        let shared = Arc::new(Shared::default());
        let theirs = Arc::clone(&shared);
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || work(&theirs, connect))?;
        Ok(Self { shared, permits: Arc::new(Semaphore::new(WAITING)), thread: Some(thread) })
    }

    /// Runs a job on the lane's thread and returns what it returns. A job that was handed over runs to its end, even
    /// when the caller no longer waits.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        urgency: Urgency,
        job: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let permit = match urgency {
            Urgency::Urgent => None,
            Urgency::Usual => {
                Some(Arc::clone(&self.permits).acquire_owned().await.map_err(|_closed| StoreError::Closed)?)
            }
        };
        let (reply, answer) = oneshot::channel();
        let boxed: Job = Box::new(move |connection| {
            let _ = reply.send(job(connection));
            drop(permit);
        });
        {
            let mut queue = self.shared.queue.lock().unwrap_or_else(PoisonError::into_inner);
            if queue.is_closed {
                return Err(StoreError::Closed);
            }
            match urgency {
                Urgency::Urgent => queue.urgent.push_back(boxed),
                Urgency::Usual => queue.usual.push_back(boxed),
            }
        }
        self.shared.arrived.notify_one();
        answer.await.unwrap_or(Err(StoreError::Closed))
    }

    fn close(&self) {
        self.shared.queue.lock().unwrap_or_else(PoisonError::into_inner).is_closed = true;
        self.shared.arrived.notify_all();
    }
}

impl Drop for Lane {
    /// Works off what is queued, then ends the thread.
    fn drop(&mut self) {
        self.close();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn work(shared: &Shared, connect: impl FnOnce() -> Result<Connection, StoreError>) {
    let mut connect = Some(connect);
    let mut connection = None;
    while let Some(job) = next(shared) {
        if let Some(connect) = connect.take() {
            match connect() {
                Ok(open) => connection = Some(open),
                // The job is dropped and its caller told that the lane is closed; the log says why.
                Err(error) => tracing::error!(%error, "the store's connection could not be opened"),
            }
        }
        let Some(connection) = connection.as_mut() else {
            continue;
        };
        if catch_unwind(AssertUnwindSafe(|| job(connection))).is_err() {
            tracing::error!("a job of the store panicked");
        }
    }
    if let Some(connection) = connection {
        let _ = connection.close();
    }
}

fn next(shared: &Shared) -> Option<Job> {
    let mut queue = shared.queue.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        if let Some(job) = queue.urgent.pop_front() {
            return Some(job);
        }
        if let Some(job) = queue.usual.pop_front() {
            return Some(job);
        }
        if queue.is_closed {
            return None;
        }
        queue = shared.arrived.wait(queue).unwrap_or_else(PoisonError::into_inner);
    }
}
