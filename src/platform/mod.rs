//! What differs from machine to machine: directories, threads, the clock, the browser, the clipboard,
//! notifications.

pub mod clipboard;
pub mod clock;
pub mod notifier;
pub mod opener;
pub mod paths;
pub mod priority;
