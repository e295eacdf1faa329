//! What a command works with, made when it asks: the directories, the settings, the engine.

use super::args::Global;
use super::error::CliError;
use crate::config::{self, Config};
use crate::engine::Engine;
use crate::platform::paths::{NoHome, Paths};

pub(super) struct Session {
    global: Global,
    pub ascii: bool,
}

impl Session {
    pub fn new(global: Global) -> Self {
        Self { ascii: global.ascii, global }
    }

    pub fn paths(&self) -> Result<Paths, CliError> {
        Ok(paths(&self.global)?)
    }

    /// The settings; a mistake in them is the first thing that a command reports.
    pub fn config(&self) -> Result<Config, CliError> {
        Ok(config::load(&self.paths()?)?)
    }

    pub fn engine(&self) -> Result<Engine, CliError> {
        let config = self.config()?;
        Ok(Engine::open(&self.paths()?, config)?)
    }
}

pub(super) fn paths(global: &Global) -> Result<Paths, NoHome> {
    let variable = |name: &str| std::env::var_os(name).map(Into::into);
    Paths::find(global.config_dir.as_deref(), global.data_dir.as_deref(), variable)
}
