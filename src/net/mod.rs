//! Fetching: one conditional request at a time, within limits, with an answer for every way it can go wrong.
//! Knows nothing of feeds' content, of the store or of schedules; the poller decides when, this row only does it.

mod body;
mod cache;
mod client;
mod exec;
mod fault;
mod fetch;
mod file;
pub mod gate;
mod large;
mod outcome;
mod places;
mod reach;
mod redirect;

pub use cache::Wait;
pub use client::{Client, Proxy, Settings, USER_AGENT};
pub use gate::{Gate, Pass, host};
pub use large::Turn;
pub use outcome::{Body, Failure, Outcome, Unchanged};
pub use reach::{IsPublic, Reach};
pub use redirect::bare;
