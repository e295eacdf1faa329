//! How many fetches run at once: a limit for all of them and a lower one per host, whose requests are spaced besides, so
//! that kabar is a polite client. A request that is slow to be answered gives up its place among all: it holds up nobody
//! else. It keeps its turn at its host, which a slow host is not asked beyond, unless the host answers later ones before it:
//! then it is the page that hangs, and the host's other feeds do not wait for it. Also remembers which hosts asked to be
//! left alone, and how often each was asked.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;
use url::Url;

use super::places::{Place, Places};

/// Between the starts of two requests to one host.
const SPACING: Duration = Duration::from_millis(5);
/// After this long without an answer a request steps aside.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often an answer that is waited for is looked for until then.
const LOOKS: u32 = 2;
/// Requests that may wait aside, of all and of one host.
const ASIDE: usize = 64;
const ASIDE_OF_HOST: usize = 12;

/// What limits and holds are kept for: the host of a URL, with its port where that is not a usual one. Empty for a URL
/// that has none.
#[must_use]
pub fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(80 | 443) | None => host.to_owned(),
        Some(port) => format!("{host}:{port}"),
    }
}

/// Cheap to clone; clones share their limits.
#[derive(Debug, Clone)]
pub struct Gate {
    all: Places,
    aside: Places,
    per_host: usize,
    spacing: Duration,
    patience: Duration,
    book: Arc<Mutex<Book>>,
}

#[derive(Debug, Default)]
struct Book {
    /// Hosts that are being asked or waited for; gone with their last pass.
    hosts: HashMap<String, Host>,
    /// Hosts that asked to be left alone, and until when; also those whose time is over, until something comes from them.
    holds: HashMap<String, Timestamp>,
    /// Requests of this day, where there is a budget.
    spent: HashMap<String, u32>,
    day: i64,
}

#[derive(Debug)]
struct Host {
    permits: Arc<Semaphore>,
    aside: Arc<Semaphore>,
    asked: Arc<Asked>,
    /// Passes given out and waited for.
    seats: Arc<AtomicUsize>,
    /// When the next request may start.
    next: Option<Instant>,
}

/// The requests to a host since it has been asked or waited for, by their order.
#[derive(Debug, Default)]
struct Asked {
    begun: AtomicUsize,
    /// The latest that was answered.
    answered: AtomicUsize,
}

/// Leave to fetch from one host at a time; ends when dropped.
#[derive(Debug)]
pub struct Pass {
    gate: Gate,
    /// None while the next host's turn is waited for.
    turn: Mutex<Option<Turn>>,
}

/// A permit of the host's, and a place among all.
#[derive(Debug)]
struct Turn {
    // Fields drop in order: the host's permit must be back before its seat is given up.
    of_host: Option<OwnedSemaphorePermit>,
    of_all: Place,
    is_aside: bool,
    /// The host has answered one that began later.
    is_passed: bool,
    /// Waited for while the host's other feeds are asked.
    hangs: bool,
    /// Its place in the order of the host's requests.
    number: usize,
    seat: Seat,
}

impl Pass {
    /// Waits for an answer. One that takes long gives its place to the next host's and is waited for aside, as long as
    /// there is room: else hosts that hang would be waited for by everybody.
    pub async fn patiently<T>(&self, answer: impl Future<Output = T>) -> T {
        let mut answer = pin!(answer);
        let mut looks = 0;
        loop {
            looks += 1;
            match tokio::time::timeout(self.gate.patience / LOOKS, &mut answer).await {
                Ok(answer) => {
                    if let Some(turn) = self.turn().as_ref() {
                        turn.seat.asked.answered.fetch_max(turn.number, Ordering::Relaxed);
                    }
                    return answer;
                }
                Err(_elapsed) => self.look(looks >= LOOKS),
            }
        }
    }

    /// Gives the turn up for one at `host`, which a redirect leads to. Nobody waits for one host with the turn of another
    /// in hand, so two that lead to each other do not stand still.
    pub async fn go_on_to(&self, host: &str) {
        if self.turn().as_ref().is_some_and(|turn| turn.seat.host == host) {
            return;
        }
        // Not one statement with the wait: what it takes up is given back before.
        drop(self.turn().take());
        let turn = self.gate.turn(host).await;
        *self.turn() = Some(turn);
    }

    /// While an answer is waited for, which it has been for long if `is_late`.
    fn look(&self, is_late: bool) {
        let mut turn = self.turn();
        let Some(turn) = turn.as_mut() else { return };
        // Of a slow host the next ones are answered at about the same time: this one may be, too, until the next look.
        let was_passed = turn.is_passed;
        turn.is_passed |= turn.seat.asked.answered.load(Ordering::Relaxed) > turn.number;
        if !is_late {
            return;
        }
        if !turn.is_aside
            && let Some(place) = self.gate.aside.try_take()
        {
            tracing::debug!(host = turn.seat.host, "slow to answer");
            turn.of_all = place;
            turn.is_aside = true;
        }
        if turn.is_aside
            && was_passed
            && !turn.hangs
            && let Ok(permit) = Arc::clone(&turn.seat.aside).try_acquire_owned()
        {
            turn.of_host = Some(permit);
            turn.hangs = true;
        }
    }

    /// Consistent between any two statements, so a panic elsewhere does not spoil it.
    fn turn(&self) -> MutexGuard<'_, Option<Turn>> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keeps a host's row in the book.
#[derive(Debug)]
struct Seat {
    host: String,
    seats: Arc<AtomicUsize>,
    aside: Arc<Semaphore>,
    asked: Arc<Asked>,
    book: Arc<Mutex<Book>>,
}

impl Gate {
    /// At most `in_flight` passes at once, at most `per_host` of them for one host; zero counts as one.
    #[must_use]
    pub fn new(in_flight: usize, per_host: usize) -> Self {
        Self {
            all: Places::new(in_flight.max(1)),
            aside: Places::new(ASIDE),
            per_host: per_host.clamp(1, Semaphore::MAX_PERMITS),
            spacing: SPACING,
            patience: PATIENCE,
            book: Arc::default(),
        }
    }

    /// Waits for a turn at `host`. Does not look at holds: a caller that minds them asks [`Gate::held_until`] first and
    /// puts the host's feeds off.
    pub async fn enter(&self, host: &str) -> Pass {
        let turn = self.turn(host).await;
        Pass { gate: self.clone(), turn: Mutex::new(Some(turn)) }
    }

    async fn turn(&self, host: &str) -> Turn {
        let (seat, permits) = self.sit(host);
        // The host's permit comes first: whoever waits for a busy host holds none of the places the others need.
        // The semaphore is never closed, so the acquisition succeeds.
        let of_host = permits.acquire_owned().await.ok();
        if let Some(start) = self.start(host) {
            tokio::time::sleep_until(start).await;
        }
        // The host with the most still to ask comes first: its requests, four at a time, take longest.
        let of_all = self.all.take(&seat.seats).await;
        let number = seat.asked.begun.fetch_add(1, Ordering::Relaxed) + 1;
        Turn { of_host, of_all, is_aside: false, is_passed: false, hangs: false, number, seat }
    }

    /// When the next request to `host` may start, if that is not now. Files and commands have no host.
    fn start(&self, host: &str) -> Option<Instant> {
        let mut book = lock(&self.book);
        let row = book.hosts.get_mut(host).filter(|_| !host.is_empty())?;
        let now = Instant::now();
        let start = row.next.map_or(now, |next| next.max(now));
        row.next = Some(start + self.spacing);
        (start > now).then_some(start)
    }

    /// Leaves `host` alone until then. A shorter hold never cuts a longer one.
    pub fn hold(&self, host: &str, until: Timestamp) {
        let mut book = lock(&self.book);
        let end = book.holds.entry(host.to_owned()).or_insert(until);
        *end = until.max(*end);
    }

    /// Replaces all holds by what the store knows, which other processes share.
    pub fn recall(&self, holds: impl IntoIterator<Item = (String, Timestamp)>) {
        lock(&self.book).holds = holds.into_iter().collect();
    }

    /// Until when `host` is to be left alone, if that is after `now`.
    #[must_use]
    pub fn held_until(&self, host: &str, now: Timestamp) -> Option<Timestamp> {
        lock(&self.book).holds.get(host).copied().filter(|until| *until > now)
    }

    /// Something has come from `host`. Whether it was to be left alone before, and that is over.
    #[must_use]
    pub fn recover(&self, host: &str, now: Timestamp) -> bool {
        let mut book = lock(&self.book);
        let is_over = book.holds.get(host).is_some_and(|until| *until <= now);
        if is_over {
            book.holds.remove(host);
        }
        is_over
    }

    /// Learns how many requests of this day (since the epoch) the store knows of. What has been spent since stays so.
    pub fn recall_spent(&self, day: i64, spent: impl IntoIterator<Item = (String, u32)>) {
        let mut book = lock(&self.book);
        if book.day != day {
            book.day = day;
            book.spent.clear();
        }
        for (host, count) in spent {
            let known = book.spent.entry(host).or_default();
            *known = count.max(*known);
        }
    }

    /// Counts a request to `host` unless that would be more than `budget` a day; whether it is within.
    #[must_use]
    pub fn spend(&self, host: &str, budget: u32) -> bool {
        let mut book = lock(&self.book);
        let spent = book.spent.entry(host.to_owned()).or_default();
        let is_within = *spent < budget;
        *spent += u32::from(is_within);
        is_within
    }

    fn sit(&self, host: &str) -> (Seat, Arc<Semaphore>) {
        let mut book = lock(&self.book);
        let row = book.hosts.entry(host.to_owned()).or_insert_with(|| Host {
            permits: Arc::new(Semaphore::new(self.per_host)),
            aside: Arc::new(Semaphore::new(ASIDE_OF_HOST)),
            asked: Arc::default(),
            seats: Arc::default(),
            next: None,
        });
        row.seats.fetch_add(1, Ordering::Relaxed);
        let seat = Seat {
            host: host.to_owned(),
            seats: Arc::clone(&row.seats),
            aside: Arc::clone(&row.aside),
            asked: Arc::clone(&row.asked),
            book: Arc::clone(&self.book),
        };
        (seat, Arc::clone(&row.permits))
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut book = lock(&self.book);
        if let Entry::Occupied(row) = book.hosts.entry(std::mem::take(&mut self.host))
            && self.seats.fetch_sub(1, Ordering::Relaxed) == 1
        {
            row.remove();
        }
    }
}

/// The book stays consistent between any two of its statements, so a panic elsewhere does not spoil it.
fn lock(book: &Mutex<Book>) -> MutexGuard<'_, Book> {
    book.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;
    use futures_util::future::join_all;

    use super::*;

    fn moment(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    /// No slower than a test has to be.
    fn quick(in_flight: usize, per_host: usize) -> Gate {
        let (spacing, patience) = (Duration::from_millis(2), Duration::from_millis(40));
        Gate { spacing, patience, ..Gate::new(in_flight, per_host) }
    }

    /// Those that get in soon.
    async fn entered(gate: &Gate, hosts: &[&str]) -> Vec<Pass> {
        let mut passes = Vec::new();
        for host in hosts {
            passes.extend(tokio::time::timeout(Duration::from_millis(200), gate.enter(host)).await.ok());
        }
        passes
    }

    #[tokio::test]
    async fn a_host_gets_no_more_than_its_share() {
        let gate = quick(64, 2);
        let mut passes = entered(&gate, &["a", "a", "a"]).await;
        assert_eq!(passes.len(), 2);
        passes.pop();
        assert_eq!(entered(&gate, &["a"]).await.len(), 1);
    }

    #[tokio::test]
    async fn waiting_for_a_busy_host_holds_up_nobody_else() {
        let gate = quick(4, 2);
        let _busy = entered(&gate, &["slow", "slow"]).await;
        let mut queue = pin!(join_all((0..100).map(|_| gate.enter("slow"))));
        assert!(queue.as_mut().now_or_never().is_none());
        assert!(gate.enter("quick").now_or_never().is_some());
    }

    #[tokio::test]
    async fn all_hosts_together_stay_within_the_limit() {
        let gate = quick(3, 2);
        let passes = entered(&gate, &["a", "b", "c", "d"]).await;
        assert_eq!(passes.len(), 3);
        drop(passes);
        assert!(gate.enter("d").now_or_never().is_some());
    }

    #[tokio::test]
    async fn the_host_with_most_left_to_ask_comes_first() {
        let gate = Gate { spacing: Duration::ZERO, ..quick(1, 1) };
        let busy = gate.enter("c").now_or_never().unwrap();
        let [mut few, mut many, mut more] = ["a", "b", "b"].map(|host| Box::pin(gate.enter(host)));
        for one in [&mut few, &mut many, &mut more] {
            assert!(one.now_or_never().is_none());
        }
        drop(busy);
        assert!(few.as_mut().now_or_never().is_none());
        assert!(many.now_or_never().is_some());
    }

    #[tokio::test]
    async fn requests_to_one_host_are_spaced_and_those_to_others_and_to_none_are_not() {
        let gate = Gate { spacing: Duration::from_secs(3600), ..quick(64, 4) };
        // All stay, since a host that everybody has left has no row any more.
        let passes = entered(&gate, &["a", "b", "", "", "a", "b"]).await;
        assert_eq!(passes.len(), 4);
        let gate = quick(64, 4);
        let start = Instant::now();
        let passes = join_all((0..4).map(|_| gate.enter("a"))).await;
        assert!(passes.len() == 4 && start.elapsed() >= gate.spacing * 3);
    }

    #[tokio::test]
    async fn who_is_not_answered_gives_its_place_to_another_host_and_is_waited_for_all_the_same() {
        let gate = quick(1, 1);
        let slow = gate.enter("a").await;
        let (say, hear) = tokio::sync::oneshot::channel();
        let next = async {
            let _pass = gate.enter("b").await;
            say.send("late").unwrap();
        };
        let (answer, ()) = tokio::join!(slow.patiently(hear), next);
        assert_eq!(answer, Ok("late"));
    }

    #[tokio::test]
    async fn a_host_that_hangs_is_asked_no_more_than_its_share_at_once_and_holds_up_no_other() {
        let gate = quick(8, 4);
        let (open, mut opened) = tokio::sync::mpsc::unbounded_channel();
        let mut all = tokio::task::JoinSet::new();
        for n in 0..40 {
            let (gate, open) = (gate.clone(), open.clone());
            all.spawn(async move {
                let pass = gate.enter(["a", "b"][n % 2]).await;
                let _ = open.send(());
                pass.patiently(std::future::pending::<()>()).await;
            });
        }
        for _ in 0..8 {
            opened.recv().await.unwrap();
        }
        assert!(tokio::time::timeout(gate.patience * 5, opened.recv()).await.is_err());
        assert!(gate.enter("c").now_or_never().is_some());
    }

    #[tokio::test]
    async fn pages_that_hang_while_their_host_answers_others_do_not_hold_its_other_feeds_up() {
        let gate = quick(64, 2);
        let mut hanging = tokio::task::JoinSet::new();
        let asked = async {
            for _ in 0..4 {
                let pass = gate.enter("a").await;
                hanging.spawn(async move { pass.patiently(std::future::pending::<()>()).await });
                gate.enter("a").await.patiently(std::future::ready(())).await;
            }
        };
        tokio::time::timeout(gate.patience * 50, asked).await.unwrap();
    }

    #[tokio::test]
    async fn whoever_is_sent_on_waits_for_the_turn_of_that_host_without_its_own() {
        let gate = quick(64, 1);
        let [first, second] = [gate.enter("a").await, gate.enter("b").await];
        let mut on = pin!(first.go_on_to("b"));
        assert!(on.as_mut().now_or_never().is_none());
        // Two that are sent to each other do not stand still.
        tokio::time::timeout(Duration::from_secs(5), second.go_on_to("a")).await.unwrap();
        on.await;
        assert!(gate.enter("b").now_or_never().is_none());
    }

    #[tokio::test]
    async fn an_idle_host_leaves_no_trace() {
        let gate = quick(2, 1);
        let pass = gate.enter("a").now_or_never().unwrap();
        assert!(gate.enter("a").now_or_never().is_none(), "given up while waiting");
        assert_eq!(lock(&gate.book).hosts.len(), 1);
        drop(pass);
        assert_eq!(lock(&gate.book).hosts.len(), 0);
        assert_eq!(std::iter::from_fn(|| gate.all.try_take()).take(3).collect::<Vec<_>>().len(), 2);
    }

    #[test]
    fn a_budget_is_spent_once_a_day() {
        let gate = quick(1, 1);
        assert!(gate.spend("a", 2) && gate.spend("a", 2) && !gate.spend("a", 2) && gate.spend("b", 2));
        gate.recall_spent(0, [("b".to_owned(), 2)]);
        assert!(!gate.spend("a", 2) && !gate.spend("b", 2));
        gate.recall_spent(1, []);
        assert!(gate.spend("a", 2) && gate.spend("b", 2));
    }

    #[test]
    fn a_host_is_one_whatever_the_scheme_and_another_behind_another_port() {
        let of = |url| host(&Url::parse(url).unwrap());
        assert_eq!(of("http://a.example/x"), "a.example");
        assert_eq!(of("https://me:secret@A.example:443/y"), "a.example");
        assert_eq!(of("https://a.example:80/"), "a.example");
        assert_eq!((of("http://a.example:8080/"), of("file:///a")), ("a.example:8080".to_owned(), String::new()));
    }

    #[test]
    fn a_hold_ends_by_itself_and_is_never_cut_short() {
        let gate = quick(2, 1);
        let (noon, one, two) =
            (moment("2026-11-22T12:00:00Z"), moment("2026-11-22T13:00:00Z"), moment("2026-11-22T14:00:00Z"));
        gate.hold("a", two);
        gate.hold("a", one);
        assert_eq!(gate.held_until("a", noon), Some(two));
        assert_eq!(gate.held_until("b", noon), None);
        assert_eq!(gate.held_until("a", two), None);
        assert!(!gate.recover("a", one) && !gate.recover("b", two));
        assert!(gate.recover("a", two) && !gate.recover("a", two), "once");
        assert!(lock(&gate.book).holds.is_empty());
    }
}
