//! A lane: one OS thread with one `SQLite` connection and a queue of jobs. Urgent jobs (what a person waits for) go
//! before the others (what the poller brings); the queue of the others is bounded, and those that wait together are
//! committed together, each whole or not at all.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::{Connection, InterruptHandle, TransactionBehavior};
use tokio::sync::{Semaphore, oneshot};

use super::StoreError;

/// Work that has the connection to itself.
type Alone = Box<dyn FnOnce(&mut Connection) + Send>;
/// Work inside a transaction that others may share; it says whether it has failed, and how to answer. Without a
/// transaction, because none could be begun, it does nothing.
type Shared = Box<dyn FnOnce(Option<&Connection>) -> (bool, Answer) + Send>;
/// Tells a shared job's caller how the commit went.
type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

enum Job {
    Alone(Alone),
    Shared(Shared),
}

/// Jobs that may wait before the next one has to. Those of the commit under way are among them, and others must be there
/// when it is through.
pub const WAITING: usize = 32;
/// Jobs that share one commit at most, so that an urgent one never waits for long. The more share one, the fewer of the
/// indexes' pages are written again and again.
const TOGETHER: usize = 16;

/// How far a question has come.
enum Asked {
    Waits,
    Runs(InterruptHandle),
    Answered,
    Dropped,
}

/// Held by the caller for as long as the answer is wanted.
struct Wanted(Arc<Mutex<Asked>>);

impl Drop for Wanted {
    fn drop(&mut self) {
        // The lane cannot go on to another question meanwhile, which would be ended instead.
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Asked::Runs(handle) = &*asked {
            handle.interrupt();
        }
        *asked = Asked::Dropped;
    }
}

/// Held by the lane for as long as the question runs.
struct Answered(Arc<Mutex<Asked>>);

impl Drop for Answered {
    fn drop(&mut self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Asked::Answered;
    }
}

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
struct Inbox {
    queue: Mutex<Queue>,
    arrived: Condvar,
}

pub(super) struct Lane {
    inbox: Arc<Inbox>,
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
        let inbox = Arc::new(Inbox::default());
        let theirs = Arc::clone(&inbox);
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || work(&theirs, connect))?;
        Ok(Self { inbox, permits: Arc::new(Semaphore::new(WAITING)), thread: Some(thread) })
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
        let alone: Alone = Box::new(move |connection| {
            let _ = reply.send(job(connection));
            drop(permit);
        });
        self.push(urgency, Job::Alone(alone))?;
        answer.await.unwrap_or(Err(StoreError::Closed))
    }

    /// Answers a question that may take long. When the caller no longer waits, it is not asked, or ends where it is.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let asked = Arc::new(Mutex::new(Asked::Waits));
        let theirs = Arc::clone(&asked);
        let _wanted = Wanted(asked);
        self.run(Urgency::Usual, move |connection| {
            {
                let mut asked = theirs.lock().unwrap_or_else(PoisonError::into_inner);
                if matches!(*asked, Asked::Dropped) {
                    return Err(StoreError::Closed);
                }
                *asked = Asked::Runs(connection.get_interrupt_handle());
            }
            let _answered = Answered(theirs);
            question(connection)
        })
        .await
    }

    /// Runs a change in a transaction that it may share with others that wait, and answers when the commit is through.
    /// When one of them fails, which takes a failing disk, none of them has happened, and each caller is told so.
    pub(super) async fn share<T: Send + 'static>(
        &self,
        change: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_closed| StoreError::Closed)?;
        let (reply, answer) = oneshot::channel();
        let shared: Shared = Box::new(move |connection| {
            let result = connection.map_or(Err(StoreError::Closed), change);
            let has_failed = result.is_err();
            let answer: Answer = Box::new(move |committed| {
                let _ = reply.send(result.and_then(|value| committed.map(|()| value)));
                drop(permit);
            });
            (has_failed, answer)
        });
        self.push(Urgency::Usual, Job::Shared(shared))?;
        answer.await.unwrap_or(Err(StoreError::Closed))
    }

    fn push(&self, urgency: Urgency, job: Job) -> Result<(), StoreError> {
        {
            let mut queue = self.inbox.queue.lock().unwrap_or_else(PoisonError::into_inner);
            if queue.is_closed {
                return Err(StoreError::Closed);
            }
            match urgency {
                Urgency::Urgent => queue.urgent.push_back(job),
                Urgency::Usual => queue.usual.push_back(job),
            }
        }
        self.inbox.arrived.notify_one();
        Ok(())
    }

    fn close(&self) {
        self.inbox.queue.lock().unwrap_or_else(PoisonError::into_inner).is_closed = true;
        self.inbox.arrived.notify_all();
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

fn work(inbox: &Inbox, connect: impl FnOnce() -> Result<Connection, StoreError>) {
    let mut connect = Some(connect);
    let mut connection = None;
    while let Some(job) = next(inbox) {
        if let Some(connect) = connect.take() {
            match connect() {
                Ok(open) => connection = Some(open),
                // The job is dropped and its caller told that the lane is closed; the log says why.
                Err(error) => tracing::error!(%error, "the store's connection could not be opened"),
            }
        }
        let Some(connection) = connection.as_mut() else { continue };
        let done = catch_unwind(AssertUnwindSafe(|| match job {
            Job::Alone(job) => job(connection),
            Job::Shared(job) => together(inbox, connection, job),
        }));
        if done.is_err() {
            tracing::error!("a job of the store panicked");
        }
    }
    if let Some(connection) = connection {
        let _ = connection.close();
    }
}

/// Runs shared jobs in one transaction for as long as more of them wait and nothing is urgent.
fn together(inbox: &Inbox, connection: &mut Connection, first: Shared) {
    let transaction = match connection.transaction_with_behavior(TransactionBehavior::Immediate) {
        Ok(transaction) => transaction,
        Err(error) => return first(None).1(Err(error.into())),
    };
    let (mut has_failed, answer) = first(Some(&transaction));
    let mut answers = vec![answer];
    while !has_failed && answers.len() < TOGETHER {
        let Some(job) = next_shared(inbox) else { break };
        let (fails, answer) = job(Some(&transaction));
        has_failed = fails;
        answers.push(answer);
    }
    let committed = if has_failed {
        let undone =
            transaction.rollback().map_or_else(|error| error.to_string(), |()| "undone with another".to_owned());
        Err(undone)
    } else {
        transaction.commit().map_err(|error| error.to_string())
    };
    for answer in answers {
        answer(committed.clone().map_err(StoreError::Commit));
    }
}

fn next_shared(inbox: &Inbox) -> Option<Shared> {
    let mut queue = inbox.queue.lock().unwrap_or_else(PoisonError::into_inner);
    if !queue.urgent.is_empty() || !matches!(queue.usual.front(), Some(Job::Shared(_))) {
        return None;
    }
    match queue.usual.pop_front() {
        Some(Job::Shared(job)) => Some(job),
        Some(Job::Alone(_)) | None => None,
    }
}

fn next(inbox: &Inbox) -> Option<Job> {
    let mut queue = inbox.queue.lock().unwrap_or_else(PoisonError::into_inner);
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
        queue = inbox.arrived.wait(queue).unwrap_or_else(PoisonError::into_inner);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn a_question_that_nobody_waits_for_ends_and_those_behind_it_are_not_asked() {
        let lane = Lane::start("test", || Ok(Connection::open_in_memory()?)).unwrap();
        let endless = |connection: &Connection| -> Result<i64, StoreError> {
            let sql = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n";
            Ok(connection.query_row(sql, [], |row| row.get(0))?)
        };
        for _ in 0..20 {
            let (one, other) = (lane.ask(endless), lane.ask(endless));
            assert!(tokio::time::timeout(Duration::from_millis(3), async { tokio::join!(one, other) }).await.is_err());
            // Of the next one nothing is ended.
            let next = lane.ask(|connection| Ok(connection.query_row("SELECT 42", [], |row| row.get::<_, i64>(0))?));
            assert_eq!(tokio::time::timeout(Duration::from_secs(20), next).await.unwrap().unwrap(), 42);
        }
    }
}
