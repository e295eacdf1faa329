//! `kabar config`: where the settings are, what they are, and whether they can be read.

use clap::Subcommand;

use super::error::CliError;
use super::out::Out;
use super::session::Session;
use crate::config::document;
use crate::config::raw::Raw;

#[derive(Debug, Clone, Copy, Subcommand)]
pub(super) enum ConfigCommand {
    /// Print where config.toml is looked for
    Path,
    /// Print the settings in force
    Show,
    /// Print all settings at their defaults, each with its description
    Default,
    /// Check config.toml, keys.toml and the theme
    Check,
}

pub(super) fn run(command: ConfigCommand, session: &Session) -> Result<(), CliError> {
    let mut out = Out::new();
    match command {
        ConfigCommand::Path => out.line(&session.paths()?.config_file().display().to_string())?,
        ConfigCommand::Show => out.text(&in_force(session)?)?,
        ConfigCommand::Default => out.text(&document::default_toml())?,
        ConfigCommand::Check => {
            session.config()?;
            out.line(&format!("{}: all is well", session.paths()?.config.display()))?;
        }
    }
    out.flush()
}

fn in_force(session: &Session) -> Result<String, CliError> {
    // Checked as a whole first: what cannot be read is told with its place.
    session.config()?;
    let path = session.paths()?.config_file();
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let raw: Raw = toml::from_str(&text).unwrap_or_default();
    Ok(toml::to_string(&raw).unwrap_or_default())
}
