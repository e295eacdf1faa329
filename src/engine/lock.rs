//! Who polls: a lock on a file, so that the interface, a watcher and cron never ask one feed at the same time. The system
//! releases it when its holder dies, however that happens; a row in the store would have to be waited out.

use std::fs::File;
use std::time::Duration;

use super::{Engine, EngineError};

/// How often a waiting process looks again.
const PAUSE: Duration = Duration::from_millis(100);

impl Engine {
    /// Waits until nobody else polls. Polling may go on until the returned file is dropped.
    pub(super) async fn poll_lock(&self) -> Result<File, EngineError> {
        let path = self.inner.paths.poll_lock();
        let fail = |source| EngineError::Io { path: path.clone(), source };
        let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(fail)?;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(std::fs::TryLockError::WouldBlock) => tokio::time::sleep(PAUSE).await,
                Err(std::fs::TryLockError::Error(source)) => return Err(fail(source)),
            }
        }
    }
}
