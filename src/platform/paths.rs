//! Where kabar keeps its files: the platform's directories, the environment, the command line, the last one first.

use std::path::{Path, PathBuf};

use directories::{ProjectDirs, UserDirs};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// `config.toml`, `keys.toml`, `themes/`.
    pub config: PathBuf,
    /// The store.
    pub data: PathBuf,
    pub cache: PathBuf,
    /// Log files.
    pub state: PathBuf,
}

/// The platform names no home directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no home directory; set KABAR_CONFIG_DIR, KABAR_DATA_DIR and KABAR_CACHE_DIR")]
pub struct NoHome;

impl Paths {
    /// `config` and `data` are what the command line says; `variable` looks up the environment.
    pub fn find(
        config: Option<&Path>,
        data: Option<&Path>,
        variable: impl Fn(&str) -> Option<PathBuf>,
    ) -> Result<Self, NoHome> {
        let platform = ProjectDirs::from("", "", "kabar");
        let pick = |given: Option<&Path>, name: &str, of: &dyn Fn(&ProjectDirs) -> PathBuf| {
            given
                .map(Path::to_owned)
                .or_else(|| variable(name).filter(|path| !path.as_os_str().is_empty()))
                .or_else(|| platform.as_ref().map(of))
                .ok_or(NoHome)
        };
        let data_dir = pick(data, "KABAR_DATA_DIR", &|dirs| dirs.data_dir().to_owned())?;
        let is_moved = data.is_some() || variable("KABAR_DATA_DIR").is_some_and(|path| !path.as_os_str().is_empty());
        let state = match &platform {
            Some(dirs) if !is_moved => dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).to_owned(),
            // A store somewhere else has its log beside it.
            _ => data_dir.clone(),
        };
        Ok(Self {
            config: pick(config, "KABAR_CONFIG_DIR", &|dirs| dirs.config_dir().to_owned())?,
            cache: pick(None, "KABAR_CACHE_DIR", &|dirs| dirs.cache_dir().to_owned())?,
            data: data_dir,
            state,
        })
    }

    #[must_use]
    pub fn store(&self) -> PathBuf {
        self.data.join("kabar.db")
    }

    #[must_use]
    pub fn config_file(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    #[must_use]
    pub fn keys_file(&self) -> PathBuf {
        self.config.join("keys.toml")
    }

    /// Held by whoever polls.
    #[must_use]
    pub fn poll_lock(&self) -> PathBuf {
        self.data.join("poll.lock")
    }

    #[must_use]
    pub fn log_file(&self) -> PathBuf {
        self.state.join("kabar.log")
    }
}

/// The folder for downloads; where the platform names none, the home directory.
#[must_use]
pub fn downloads() -> Option<PathBuf> {
    let dirs = UserDirs::new()?;
    Some(dirs.download_dir().unwrap_or_else(|| dirs.home_dir()).to_owned())
}

/// A path in which a leading `~` is the home directory.
#[must_use]
pub fn at_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), UserDirs::new()) {
        (Ok(rest), Some(dirs)) => dirs.home_dir().join(rest),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_beats_the_environment() {
        let variable = |name: &str| Some(PathBuf::from(format!("/env/{name}")));
        let paths = Paths::find(Some(Path::new("/cli/config")), None, variable).unwrap();
        assert_eq!(paths.config, Path::new("/cli/config"));
        assert_eq!(paths.store(), Path::new("/env/KABAR_DATA_DIR/kabar.db"));
        assert_eq!(paths.cache, Path::new("/env/KABAR_CACHE_DIR"));
        assert_eq!(paths.log_file(), Path::new("/env/KABAR_DATA_DIR/kabar.log"));
    }
}
