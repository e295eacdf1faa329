//! What has changed between the versions of an article, worked out off the interface's task.

use super::{Engine, EngineError};
use crate::content::text;
use crate::model::entry::EntryId;
use crate::model::revision::{Piece, Version, compare};

/// A version as it is shown: its text, and what it changed of the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    pub version: Version,
    /// Plain text, a line a block.
    pub text: String,
    /// From the version before, all of the text; empty for the first one.
    pub changes: Vec<Piece>,
    /// The same of the title.
    pub title_changes: Vec<Piece>,
}

impl Engine {
    /// All versions of an article, the oldest first.
    pub async fn revisions(&self, id: EntryId) -> Result<Vec<Revision>, EngineError> {
        let versions = self.versions(id).await?;
        let work = tokio::task::spawn_blocking(move || revisions(versions));
        // It ends by itself: the work is bounded by the lengths of the texts.
        Ok(work.await.unwrap_or_default())
    }
}

fn revisions(versions: Vec<Version>) -> Vec<Revision> {
    let mut revisions: Vec<Revision> = Vec::new();
    for version in versions {
        let text = text::plain(&version.html);
        let (mut changes, mut title_changes) = (Vec::new(), Vec::new());
        if let Some(before) = revisions.last() {
            changes = compare(&before.text, &text);
            title_changes = compare(&before.version.title, &version.title);
        }
        revisions.push(Revision { version, text, changes, title_changes });
    }
    revisions
}
