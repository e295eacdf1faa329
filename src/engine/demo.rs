//! The demo: the sample feeds that come with kabar, on a store that is thrown away. They go through the ordinary pipeline.

use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use tempfile::TempDir;

use super::{Commands, Engine, EngineError};
use crate::platform::paths::Paths;

static FEEDS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/demo");

/// The demo's folder; it is removed when this is dropped.
#[derive(Debug)]
pub struct Demo {
    folder: TempDir,
}

impl Demo {
    /// Lays out the sample feeds in a folder of their own.
    pub fn lay_out() -> Result<Self, EngineError> {
        let folder = tempfile::Builder::new()
            .prefix("kabar-demo-")
            .tempdir()
            .map_err(|source| EngineError::Io { path: std::env::temp_dir(), source })?;
        let feeds = folder.path().join("feeds");
        let fail = |source| EngineError::Io { path: feeds.clone(), source };
        std::fs::create_dir_all(&feeds).map_err(fail)?;
        FEEDS.extract(&feeds).map_err(fail)?;
        Ok(Self { folder })
    }

    /// Where the throw-away store lives; settings and keys stay the user's.
    #[must_use]
    pub fn paths(&self, user: &Paths) -> Paths {
        let data = self.folder.path().join("data");
        Paths { config: user.config.clone(), cache: data.clone(), state: data.clone(), data }
    }

    fn feeds(&self) -> PathBuf {
        self.folder.path().join("feeds")
    }
}

impl Engine {
    /// Subscribes to the demo's feeds, without fetching them.
    pub async fn subscribe_demo(&self, demo: &Demo) -> Result<(), EngineError> {
        let folder = demo.feeds();
        let list = folder.join("feeds.opml");
        let text = read(&list)?;
        self.import("demo", &text, Some(&folder), Commands::Refused).await?;
        Ok(())
    }
}

fn read(path: &Path) -> Result<String, EngineError> {
    std::fs::read_to_string(path).map_err(|source| EngineError::Io { path: path.to_owned(), source })
}
