//! Settings: `config.toml` as written ([`raw`]) is checked once and becomes a [`Config`]; `keys.toml` becomes bindings
//! ([`keymap`]). A mistake is one line with file, line, column and what was expected.

pub mod document;
pub mod keymap;
pub mod raw;
pub mod sites;
pub mod theme;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

pub use keymap::{Binding, Bindings};
pub use raw::{ArticlePlace, Bidi, Language, Preset, ScopeSetting};
pub use theme::Theme;

use crate::content::extract::Sites;
use crate::platform::opener::Browser;
use crate::platform::paths::Paths;

/// A mistake in a file of the user's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    #[error("{}: {reason}", path.display())]
    Unreadable { path: PathBuf, reason: String },
    #[error("{}:{line}:{column}: {problem}", path.display())]
    Wrong { path: PathBuf, line: usize, column: usize, problem: String },
}

impl ConfigError {
    /// `offset` counts bytes into `text`; lines and columns count from 1, columns in characters.
    pub(crate) fn at(path: &Path, text: &str, offset: usize, problem: impl Into<String>) -> Self {
        let before = text.get(..offset.min(text.len())).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Self::Wrong { path: path.to_owned(), line, column, problem: problem.into() }
    }
}

/// The settings in force.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    pub poll: Poll,
    pub interface: Interface,
    pub browser: Browser,
    /// The command that shows a notification, split into words; none: the terminal does.
    pub notify: Vec<String>,
    /// The folder for saved articles, as it was written.
    pub save_to: Option<PathBuf>,
    pub bindings: Bindings,
    /// Rules for the pages of single sites.
    pub sites: Arc<Sites>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poll {
    pub automatic: bool,
    pub interval: Duration,
    pub in_flight: usize,
    pub per_host: usize,
    /// Requests a day; 0 for no limit.
    pub host_budget: u32,
    pub timeout: Duration,
    pub user_agent: Option<String>,
    pub proxy: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "settings that hold independently")]
pub struct Interface {
    pub language: Language,
    pub theme: Theme,
    pub mouse: bool,
    pub ascii: bool,
    pub compact: bool,
    pub scope: ScopeSetting,
    pub read_delay: Duration,
    pub read_copies: bool,
    /// The list's share of its split, in percent.
    pub split: u16,
    pub article: ArticlePlace,
    /// Columns of the zoomed article.
    pub reading_width: u16,
    pub bidi: Bidi,
    /// Words of the titles or addresses of feeds whose pictures are fetched ahead, in small letters.
    pub pictures: Vec<String>,
}

/// The settings that apply before any file is read: the defaults.
impl Default for Config {
    fn default() -> Self {
        raw::Raw::default().resolve(Bindings::default(), Theme::dark(), sites::shipped())
    }
}

/// Reads `config.toml`, `keys.toml`, the theme and the rules for sites; files that are not there leave the defaults.
pub fn load(paths: &Paths) -> Result<Config, ConfigError> {
    let path = paths.config_file();
    let raw = match read(&path)? {
        Some(text) => raw::parse(&path, &text)?,
        None => raw::Raw::default(),
    };
    let keys = paths.keys_file();
    let bindings = match read(&keys)? {
        Some(text) => keymap::parse(&keys, &text, raw.keys.preset)?,
        None => Bindings::preset(raw.keys.preset),
    };
    let theme = theme::load(&raw.interface.theme, &paths.config.join("themes"))?;
    let sites = sites::load(&paths.config.join("sites"))?;
    Ok(raw.resolve(bindings, theme, sites))
}

fn read(path: &Path) -> Result<Option<String>, ConfigError> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ConfigError::Unreadable { path: path.to_owned(), reason: error.to_string() }),
    }
}
