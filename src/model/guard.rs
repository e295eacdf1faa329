//! Runs code that has been seen to panic on hostile input. It must not hide panics of our own making:
//! only calls into third-party parsers and renderers go through here.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static GUARDED: Cell<u32> = const { Cell::new(0) };
}

/// What `work` returns, or `None` when it panicked.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    GUARDED.set(GUARDED.get() + 1);
    let outcome = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(GUARDED.get() - 1);
    outcome.ok()
}

/// Whether a panic on this thread would be caught by [`guarded`]: the panic hook stays silent then,
/// or it would write over the screen and restore a terminal that is still in use.
#[must_use]
pub fn is_guarded() -> bool {
    GUARDED.get() > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_none_and_the_mark_is_taken_back() {
        assert_eq!(guarded(is_guarded), Some(true));
        let outcome: Option<()> = guarded(|| std::panic::resume_unwind(Box::new("hostile")));
        assert_eq!(outcome, None);
        assert!(!is_guarded());
    }
}
