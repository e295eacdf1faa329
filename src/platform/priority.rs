//! Which of kabar's threads run first when there are more of them than cores.

/// Lets the calling thread run before all others that kabar has now: a poll keeps every core busy, and a key must not
/// wait for its turn among them. Threads that those start step back, too.
pub fn go_first() {
    #[cfg(target_os = "linux")]
    for thread in linux::others() {
        linux::step_back(thread);
    }
}

/// Lets the calling thread, and those that it starts, come after the others.
pub fn step_back() {
    #[cfg(target_os = "linux")]
    linux::step_back_further();
}

/// Elsewhere the priority of one thread cannot be set without that of the whole process.
#[cfg(target_os = "linux")]
mod linux {
    use rustix::process::{Pid, getpriority_process, setpriority_process};
    use rustix::thread::gettid;

    /// While the one thread wants to run, each other gets a tenth of its time.
    pub(super) const NICE: i32 = 10;

    /// While another wants to run, a thread that is so much nicer gets a quarter of the time.
    pub(super) const NICER: i32 = 5;

    /// The threads of this process but the calling one.
    pub(super) fn others() -> Vec<Pid> {
        let Ok(threads) = std::fs::read_dir("/proc/self/task") else { return Vec::new() };
        let id = |name: std::ffi::OsString| Pid::from_raw(name.to_str()?.parse().ok()?);
        threads.flatten().filter_map(|thread| id(thread.file_name())).filter(|thread| *thread != gettid()).collect()
    }

    /// A thread that has ended meanwhile, or a refusal, changes nothing.
    pub(super) fn step_back(thread: Pid) {
        if getpriority_process(Some(thread)).is_ok_and(|nice| nice < NICE) {
            let _ = setpriority_process(Some(thread), NICE);
        }
    }

    /// Of a thread that has stepped back already, too.
    pub(super) fn step_back_further() {
        if let Ok(nice) = getpriority_process(Some(gettid())) {
            let _ = setpriority_process(Some(gettid()), nice.saturating_add(NICER));
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::sync::mpsc::channel;

    use super::linux;

    #[test]
    fn a_thread_that_steps_back_and_those_it_starts_come_after_the_others() {
        let nice = || rustix::process::getpriority_process(None).unwrap();
        let own = nice();
        let (tell, told) = channel();
        let (start, started) = channel();
        // Only this one, so that the other tests keep their priority.
        let other = std::thread::spawn(move || {
            tell.send(rustix::thread::gettid()).unwrap();
            started.recv().unwrap();
            (nice(), std::thread::spawn(nice).join().unwrap())
        });
        let id = told.recv().unwrap();
        assert!(linux::others().contains(&id));
        assert!(!linux::others().contains(&rustix::thread::gettid()));
        linux::step_back(id);
        start.send(()).unwrap();
        let after = own.max(linux::NICE);
        assert_eq!((other.join().unwrap(), nice()), ((after, after), own));
    }

    #[test]
    fn work_that_nobody_waits_for_comes_after_that_of_the_thread_that_started_it() {
        let nice = || rustix::process::getpriority_process(None).unwrap();
        let own = nice();
        let stepped = std::thread::spawn(move || {
            super::step_back();
            nice()
        });
        assert_eq!((stepped.join().unwrap(), nice()), ((own + linux::NICER).min(19), own));
    }
}
