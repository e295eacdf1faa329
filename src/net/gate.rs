//! How many fetches run at once: a limit for all of them and a lower one per host, so that kabar is a polite client and
//! slow servers never hold up the rest. Also remembers which hosts asked to be left alone.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Cheap to clone; clones share their limits.
#[derive(Debug, Clone)]
pub struct Gate {
    all: Arc<Semaphore>,
    per_host: usize,
    book: Arc<Mutex<Book>>,
}

#[derive(Debug, Default)]
struct Book {
    /// Hosts that are being asked or waited for; gone with their last pass.
    hosts: HashMap<String, Host>,
    /// Hosts that asked to be left alone, and until when.
    holds: HashMap<String, Timestamp>,
}

#[derive(Debug)]
struct Host {
    permits: Arc<Semaphore>,
    /// Passes given out and waited for.
    seats: usize,
}

/// Leave to fetch from one host; ends when dropped.
#[derive(Debug)]
pub struct Pass {
    // Fields drop in order: the host's permit must be back before its seat is given up.
    _of_host: Option<OwnedSemaphorePermit>,
    _of_all: Option<OwnedSemaphorePermit>,
    _seat: Seat,
}

/// Keeps a host's row in the book.
#[derive(Debug)]
struct Seat {
    host: String,
    book: Arc<Mutex<Book>>,
}

impl Gate {
    /// At most `in_flight` passes at once, at most `per_host` of them for one host; zero counts as one.
    #[must_use]
    pub fn new(in_flight: usize, per_host: usize) -> Self {
        Self {
            all: Arc::new(Semaphore::new(in_flight.clamp(1, Semaphore::MAX_PERMITS))),
            per_host: per_host.clamp(1, Semaphore::MAX_PERMITS),
            book: Arc::default(),
        }
    }

    /// Waits for a turn at `host`. Does not look at holds: a caller that minds them asks [`Gate::held_until`] first and
    /// puts the host's feeds off.
    pub async fn enter(&self, host: &str) -> Pass {
        let (seat, permits) = self.sit(host);
        // The host's permit comes first: whoever waits for a busy host holds none of the permits the others need.
        // Neither semaphore is ever closed, so both acquisitions succeed.
        let of_host = permits.acquire_owned().await.ok();
        let of_all = Arc::clone(&self.all).acquire_owned().await.ok();
        Pass { _of_host: of_host, _of_all: of_all, _seat: seat }
    }

    /// Leaves `host` alone until then. A shorter hold never cuts a longer one.
    pub fn hold(&self, host: &str, until: Timestamp) {
        let mut book = lock(&self.book);
        let end = book.holds.entry(host.to_owned()).or_insert(until);
        *end = until.max(*end);
    }

    /// Until when `host` is to be left alone, if that is after `now`.
    #[must_use]
    pub fn held_until(&self, host: &str, now: Timestamp) -> Option<Timestamp> {
        let mut book = lock(&self.book);
        book.holds.retain(|_, until| *until > now);
        book.holds.get(host).copied()
    }

    fn sit(&self, host: &str) -> (Seat, Arc<Semaphore>) {
        let mut book = lock(&self.book);
        let row = book
            .hosts
            .entry(host.to_owned())
            .or_insert_with(|| Host { permits: Arc::new(Semaphore::new(self.per_host)), seats: 0 });
        row.seats += 1;
        let seat = Seat { host: host.to_owned(), book: Arc::clone(&self.book) };
        (seat, Arc::clone(&row.permits))
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut book = lock(&self.book);
        if let Entry::Occupied(mut row) = book.hosts.entry(std::mem::take(&mut self.host)) {
            row.get_mut().seats -= 1;
            if row.get().seats == 0 {
                row.remove();
            }
        }
    }
}

/// The book stays consistent between any two of its statements, so a panic elsewhere does not spoil it.
fn lock(book: &Mutex<Book>) -> MutexGuard<'_, Book> {
    book.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use futures_util::FutureExt;
    use futures_util::future::join_all;

    use super::*;

    fn moment(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_host_gets_no_more_than_its_share() {
        let gate = Gate::new(64, 2);
        let first = gate.enter("a").now_or_never().unwrap();
        let _second = gate.enter("a").now_or_never().unwrap();
        let mut third = pin!(gate.enter("a"));
        assert!(third.as_mut().now_or_never().is_none());
        drop(first);
        assert!(third.as_mut().now_or_never().is_some());
    }

    #[test]
    fn waiting_for_a_busy_host_holds_up_nobody_else() {
        let gate = Gate::new(4, 2);
        let _busy = [gate.enter("slow").now_or_never().unwrap(), gate.enter("slow").now_or_never().unwrap()];
        let mut queue = pin!(join_all((0..100).map(|_| gate.enter("slow"))));
        assert!(queue.as_mut().now_or_never().is_none());
        assert!(gate.enter("quick").now_or_never().is_some());
    }

    #[test]
    fn all_hosts_together_stay_within_the_limit() {
        let gate = Gate::new(3, 2);
        let passes: Vec<Pass> = ["a", "b", "c"].iter().map(|host| gate.enter(host).now_or_never().unwrap()).collect();
        assert!(gate.enter("d").now_or_never().is_none());
        drop(passes);
        assert!(gate.enter("d").now_or_never().is_some());
    }

    #[test]
    fn an_idle_host_leaves_no_trace() {
        let gate = Gate::new(2, 1);
        let pass = gate.enter("a").now_or_never().unwrap();
        assert!(gate.enter("a").now_or_never().is_none(), "given up while waiting");
        assert_eq!(lock(&gate.book).hosts.len(), 1);
        drop(pass);
        assert_eq!(lock(&gate.book).hosts.len(), 0);
        assert_eq!(gate.all.available_permits(), 2);
    }

    #[test]
    fn a_hold_ends_by_itself_and_is_never_cut_short() {
        let gate = Gate::new(2, 1);
        let (noon, one, two) =
            (moment("2026-11-22T12:00:00Z"), moment("2026-11-22T13:00:00Z"), moment("2026-11-22T14:00:00Z"));
        gate.hold("a", two);
        gate.hold("a", one);
        assert_eq!(gate.held_until("a", noon), Some(two));
        assert_eq!(gate.held_until("b", noon), None);
        assert_eq!(gate.held_until("a", two), None);
        assert!(lock(&gate.book).holds.is_empty());
    }
}
