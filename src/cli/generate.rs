//! `kabar completions` and `kabar man`: documents made from the tree of commands.

use std::path::{Path, PathBuf};

use clap::CommandFactory as _;
use clap_complete::Shell;
use clap_mangen::Man;

use super::args::Args;
use super::error::CliError;
use super::out::Out;

#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct CompletionsArgs {
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Debug, clap::Args)]
pub(super) struct ManArgs {
    /// Write a page for every command into this directory
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub(super) fn completions(args: CompletionsArgs) -> Result<(), CliError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "kabar", &mut script);
    print(&script)
}

pub(super) fn man(args: ManArgs) -> Result<(), CliError> {
    if let Some(folder) = args.folder {
        return pages(&folder).map_err(|source| CliError::File { what: folder.display().to_string(), source });
    }
    let mut page = Vec::new();
    // As `generate_to` does, so that it is the page that is written into a directory.
    let mut program = Args::command().disable_help_subcommand(true);
    program.build();
    Man::new(program).render(&mut page).map_err(CliError::Output)?;
    print(&page)
}

fn pages(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    clap_mangen::generate_to(Args::command(), folder)
}

fn print(document: &[u8]) -> Result<(), CliError> {
    let mut out = Out::new();
    out.text(&String::from_utf8_lossy(document))?;
    out.flush()
}
