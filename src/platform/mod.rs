//! What differs from machine to machine: directories, threads, the clock, the browser, the clipboard,
//! notifications, and who may read what is stored.

pub mod clipboard;
pub mod clock;
pub mod notifier;
pub mod opener;
pub mod paths;
pub mod priority;
pub mod private;
