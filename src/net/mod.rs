//! Fetching: one conditional request at a time, within limits, with an answer for every way it can go wrong.
//! Knows nothing of feeds' content, of the store or of schedules; the poller decides when, this row only does it.

pub mod cache;
pub mod gate;

pub use cache::RetryAfter;
pub use gate::{Gate, Pass};
