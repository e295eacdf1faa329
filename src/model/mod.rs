//! The nouns of kabar and the decisions about them: plain values and pure functions.
//! No input or output, no clock, no async; time and randomness come in as arguments.

pub mod article;
pub mod beacon;
pub mod copies;
pub mod direction;
pub mod entry;
pub mod feed;
pub mod file_format;
pub mod guard;
pub mod identity;
pub mod language;
pub mod ledger;
pub mod link;
pub mod manners;
pub mod moved;
pub mod page;
pub mod plan;
pub mod query;
pub mod revision;
pub mod rule;
pub mod schedule;
pub mod scrub;
pub mod story;
pub mod tag;
pub mod terms;
pub mod topic;
pub mod traffic;
pub mod view;
pub mod wording;
