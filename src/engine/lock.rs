//! Who polls: a lock on a file, so that the interface, a watcher and cron never ask one feed at the same time. The system
//! releases it when its holder dies, however that happens; a row in the store would have to be waited out.

use std::fs::{File, TryLockError};
use std::time::Duration;

use super::{Engine, EngineError};

/// How often a waiting process looks again.
const PAUSE: Duration = Duration::from_millis(100);

impl Engine {
    /// Waits until nobody else polls. Polling may go on until the returned file is dropped.
    pub(super) async fn poll_lock(&self) -> Result<File, EngineError> {
        let file = self.lock_file()?;
        while !self.try_take(&file)? {
            tokio::time::sleep(PAUSE).await;
        }
        Ok(file)
    }

    /// Whether somebody polls right now, this process included.
    pub fn is_being_polled(&self) -> Result<bool, EngineError> {
        let file = self.lock_file()?;
        Ok(!self.try_take(&file)?)
    }

    fn lock_file(&self) -> Result<File, EngineError> {
        let path = self.inner.paths.poll_lock();
        let file = File::options().create(true).truncate(false).write(true).open(&path);
        file.map_err(|source| EngineError::Io { path, source })
    }

    /// Takes the lock if nobody has it.
    fn try_take(&self, file: &File) -> Result<bool, EngineError> {
        match file.try_lock() {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(source)) => Err(EngineError::Io { path: self.inner.paths.poll_lock(), source }),
        }
    }
}
