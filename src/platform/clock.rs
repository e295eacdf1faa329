//! The only place that reads the clock.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// Now, with the time zone of the user.
#[must_use]
pub fn local() -> Zoned {
    now().to_zoned(zone())
}

/// How much of the processor's time the calling thread has had since then.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    began: Instant,
    had: Duration,
}

impl Effort {
    /// From now on, for the calling thread.
    #[must_use]
    pub fn begin() -> Self {
        Self { began: Instant::now(), had: thread_time() }
    }

    /// Whether it was more than that; to be asked by the thread that began. It is asked often, and the time that has
    /// passed, which is never less, is told without a call into the system.
    #[must_use]
    pub fn exceeds(&self, limit: Duration) -> bool {
        self.began.elapsed() > limit && thread_time().saturating_sub(self.had) > limit
    }
}

/// The processor's time that the calling thread has had; where the system does not tell, the time that has passed.
fn thread_time() -> Duration {
    #[cfg(any(target_os = "linux", target_os = "android", target_os = "macos", target_os = "freebsd"))]
    {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        Duration::try_from(time).unwrap_or_default()
    }
    #[cfg(not(any(target_os = "linux", target_os = "android", target_os = "macos", target_os = "freebsd")))]
    {
        static START: OnceLock<Instant> = OnceLock::new();
        START.get_or_init(Instant::now).elapsed()
    }
}

/// The time zone of the user.
#[must_use]
pub fn zone() -> TimeZone {
    static ZONE: OnceLock<TimeZone> = OnceLock::new();
    ZONE.get_or_init(|| local_file().unwrap_or_else(TimeZone::system)).clone()
}

/// The system's zone from its file. To find the zone's name as well, the library walks through the whole zone database,
/// which takes longer than all else that kabar does until its first frame.
fn local_file() -> Option<TimeZone> {
    if std::env::var_os("TZ").is_some() {
        return None;
    }
    TimeZone::tzif("", &std::fs::read("/etc/localtime").ok()?).ok()
}

/// A number in 0..1 that differs from call to call, for spreading polls.
#[must_use]
pub fn jitter() -> f64 {
    use std::hash::{BuildHasher, RandomState};
    (RandomState::new().hash_one(0_u8) >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn what_another_thread_does_takes_none_of_ones_own_time() {
        let busy = Duration::from_millis(50);
        let own = Effort::begin();
        let other = std::thread::spawn(move || {
            let own = Effort::begin();
            while !own.exceeds(busy) {}
        });
        other.join().unwrap();
        assert!(!own.exceeds(busy));
    }
}
