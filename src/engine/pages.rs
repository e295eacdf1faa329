//! Whole articles from their pages: extraction on a thread of its own, within a time limit.

use std::time::Duration;

use tokio::sync::oneshot;
use url::Url;

use crate::content::extract::{self, ExtractError};
use crate::model::page::Page;

/// Extractors take seconds on a hostile page; a reader does not wait longer than this.
const DEADLINE: Duration = Duration::from_secs(5);
/// HTML trees are walked recursively; their depth is capped, and this is far more than that takes.
const STACK: usize = 16 << 20;

/// Why there is no article of a page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    #[error(transparent)]
    Extract(#[from] ExtractError),
    #[error("the page took too long to read")]
    Slow,
    #[error("the page could not be read")]
    Failed,
}

/// The article of a page whose bytes are at hand.
pub async fn extract_page(bytes: Vec<u8>, content_type: Option<String>, url: Url) -> Result<Page, PageError> {
    let (reply, answer) = oneshot::channel();
    let work = move || {
        let _ = reply.send(extract::extract(&bytes, content_type.as_deref(), &url));
    };
    // Not one of the runtime's threads: those are few, and a page that hangs would keep one.
    let thread = std::thread::Builder::new().name("extract".to_owned()).stack_size(STACK).spawn(work);
    if thread.is_err() {
        return Err(PageError::Failed);
    }
    match tokio::time::timeout(DEADLINE, answer).await {
        Ok(Ok(page)) => Ok(page?),
        Ok(Err(_panicked)) => Err(PageError::Failed),
        Err(_elapsed) => Err(PageError::Slow),
    }
}
