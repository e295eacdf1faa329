//! Stories: articles of several outlets about one event.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::entry::EntryId;

/// Row id of a story in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoryId(pub i64);

impl std::fmt::Display for StoryId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A story as it is listed: by the title of its first article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    pub id: StoryId,
    pub title: String,
    pub first: Timestamp,
    pub last: Timestamp,
    /// The first to tell first.
    pub articles: Vec<EntryId>,
}
