//! `kabar keys`: the default keys, from the table of commands.

use clap::{Args, ValueEnum};

use super::error::CliError;
use super::out::Out;
use crate::command::docs;

#[derive(Debug, Clone, Copy, Args)]
pub(super) struct KeysArgs {
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Markdown,
}

pub(super) fn run(args: KeysArgs) -> Result<(), CliError> {
    let mut out = Out::new();
    out.text(&match args.format {
        Format::Text => docs::keys_text(),
        Format::Markdown => docs::keys_markdown(),
    })?;
    out.flush()
}
