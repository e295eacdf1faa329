//! A number of places, given out to whoever has the longest way to go.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

/// Of so many that wait, the longest first, one is chosen: the choice costs the same however many there are.
const LOOKED_AT: usize = 512;

/// Cheap to clone; clones share their places.
#[derive(Debug, Clone)]
pub(super) struct Places(Arc<Mutex<Room>>);

#[derive(Debug)]
struct Room {
    free: usize,
    /// In the order of arrival.
    waiting: VecDeque<Waiter>,
}

#[derive(Debug)]
struct Waiter {
    need: Arc<AtomicUsize>,
    call: oneshot::Sender<()>,
}

/// One of the places; free again when dropped.
#[derive(Debug)]
pub(super) struct Place(Places);

impl Places {
    pub fn new(places: usize) -> Self {
        Self(Arc::new(Mutex::new(Room { free: places, waiting: VecDeque::new() })))
    }

    /// A place, if one is free. Somebody may be waiting only while none is.
    pub fn try_take(&self) -> Option<Place> {
        let mut room = self.room();
        room.free = room.free.checked_sub(1)?;
        Some(Place(self.clone()))
    }

    /// Waits for a place. Of those that wait the one with the most need then is called first, and of those with the same
    /// need the one that came first: what takes longest ends soonest when it is never kept waiting.
    pub async fn take(&self, need: &Arc<AtomicUsize>) -> Place {
        let called = {
            let mut room = self.room();
            if let Some(free) = room.free.checked_sub(1) {
                room.free = free;
                return Place(self.clone());
            }
            let (call, called) = oneshot::channel();
            room.waiting.push_back(Waiter { need: Arc::clone(need), call });
            called
        };
        let mut waiting = Waiting { places: self, called };
        // A waiter is called before it leaves the list.
        let _ = (&mut waiting.called).await;
        Place(self.clone())
    }

    fn give_back(&self) {
        let mut room = self.room();
        room.free += 1;
        while room.free > 0
            && let Some(next) = room.next()
        {
            // Who is called has the place from then on; those that have left are passed over.
            if next.call.send(()).is_ok() {
                room.free -= 1;
            }
        }
    }

    /// Consistent between any two of its statements, so a panic elsewhere does not spoil it.
    fn room(&self) -> MutexGuard<'_, Room> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Room {
    fn next(&mut self) -> Option<Waiter> {
        let needs = self.waiting.iter().enumerate().take(LOOKED_AT).rev();
        let (index, _) = needs.max_by_key(|(_, waiter)| waiter.need.load(Ordering::Relaxed))?;
        self.waiting.remove(index)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.give_back();
    }
}

/// Somebody who may leave at the moment of being called.
struct Waiting<'a> {
    places: &'a Places,
    called: oneshot::Receiver<()>,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if self.called.try_recv().is_ok() {
            self.places.give_back();
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    fn need(seats: usize) -> Arc<AtomicUsize> {
        Arc::new(AtomicUsize::new(seats))
    }

    #[tokio::test]
    async fn who_needs_most_is_called_first_and_of_equals_who_came_first() {
        let places = Places::new(1);
        let place = places.try_take().unwrap();
        let (few, many) = (need(1), need(5));
        let mut waiting = [&few, &few, &many].map(|need| Box::pin(places.take(need)));
        for one in &mut waiting {
            assert!(one.now_or_never().is_none());
        }
        let [first, second, third] = &mut waiting;
        drop(place);
        assert!(first.now_or_never().is_none() && second.now_or_never().is_none());
        drop(third.now_or_never().unwrap());
        assert!(second.now_or_never().is_none());
        drop(first.now_or_never().unwrap());
        drop(second.now_or_never().unwrap());
        assert!(places.try_take().is_some() && places.room().free == 1);
    }

    #[tokio::test]
    async fn whoever_leaves_takes_no_place_along() {
        let places = Places::new(1);
        let place = places.try_take().unwrap();
        let need = need(1);
        let mut gone_before = Box::pin(places.take(&need));
        let mut gone_when_called = Box::pin(places.take(&need));
        let mut stays = Box::pin(places.take(&need));
        for one in [&mut gone_before, &mut gone_when_called, &mut stays] {
            assert!(one.now_or_never().is_none());
        }
        drop(gone_before);
        drop(place);
        assert!(stays.as_mut().now_or_never().is_none());
        drop(gone_when_called);
        assert!(stays.now_or_never().is_some());
    }
}
