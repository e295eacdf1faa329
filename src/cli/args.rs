//! The tree of commands. What a command takes is defined in its own file; this one has their names, their order and what
//! they share. Help, completions and manual pages all derive from it.

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

use super::{add, config, demo, doctor, edit, exclusions, export, extract, feeds, generate, import, keys, list, mark};
use super::{log, preview, refresh, remove, rules, search, session, show, stories, tags, topics, views, watch};
use crate::model::scrub;

/// A terminal news reader: RSS, Atom and JSON Feed, read whole and offline, followed by tag.
///
/// Without a command, kabar opens its interface.
#[derive(Debug, Parser)]
#[command(name = "kabar", version, max_term_width = 100, after_help = AFTER)]
pub struct Args {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// The environment's word on what goes into the log, and what does without one.
const LOG: &str = "KABAR_LOG";
const LEVEL: &str = "info";

const AFTER: &str = "\
Exit codes: 0 done, 1 it could not be done, 2 wrong usage, 130 interrupted.
Files: `kabar config path` tells where the settings are; KABAR_CONFIG_DIR, KABAR_DATA_DIR and \
KABAR_CACHE_DIR move them.";

#[derive(Debug, clap::Args)]
pub(super) struct Global {
    /// Where config.toml, keys.toml and themes/ are
    #[arg(long, global = true, value_name = "DIR", help_heading = "Everywhere")]
    pub config_dir: Option<PathBuf>,
    /// Where the articles are stored
    #[arg(long, global = true, value_name = "DIR", help_heading = "Everywhere")]
    pub data_dir: Option<PathBuf>,
    /// What goes into the log file: error, warn, info, debug, trace, or a filter such as `kabar::net=debug`
    #[arg(
        long,
        global = true,
        value_name = "LEVEL",
        env = LOG,
        hide_env_values = true,
        default_value = LEVEL,
        value_parser = log::level,
        help_heading = "Everywhere"
    )]
    pub log_level: String,
    /// Draw with ASCII characters only
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub ascii: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Subscribe to feeds
    Add(add::AddArgs),
    /// End subscriptions
    Remove(remove::RemoveArgs),
    /// List the subscriptions
    Feeds(feeds::FeedsArgs),
    /// Change a subscription
    Edit(edit::EditArgs),
    /// Take over subscriptions from an OPML document or newsboat's list
    Import(import::ImportArgs),
    /// Write the subscriptions, or articles
    Export(export::ExportArgs),
    /// Ask the feeds that are due for what is new
    Refresh(refresh::RefreshArgs),
    /// Keep asking, in the foreground, until stopped
    Watch(watch::WatchArgs),
    /// List headlines, newest first
    List(list::ListArgs),
    /// Search the archive, the best first
    Search(search::SearchArgs),
    /// Print one article
    Show(show::ShowArgs),
    /// Parse a feed without subscribing to it
    Preview(preview::PreviewArgs),
    /// Print the article of a web page, and nothing but the article
    Extract(extract::ExtractArgs),
    /// Mark articles as read, unread, starred, muted or not
    Mark(mark::MarkArgs),
    /// Put a tag on articles, or take it off
    #[command(subcommand)]
    Tag(tags::TagCommand),
    /// List the tags, make several one, undo that
    Tags(tags::TagsArgs),
    /// List the saved views, save one, forget one
    Views(views::ViewsArgs),
    /// List the rules, make one, try it over the archive, apply it, end it
    Rules(rules::RulesArgs),
    /// Follow topics, and list those that are followed
    Topics(topics::TopicsArgs),
    /// List what happened, each event once however many tell of it
    Stories(stories::StoriesArgs),
    /// Check settings, store, feeds and terminal, and say what to do about each fault
    Doctor(doctor::DoctorArgs),
    /// Show and check the settings
    #[command(subcommand)]
    Config(config::ConfigCommand),
    /// Print the default keys
    Keys(keys::KeysArgs),
    /// Print the completions for a shell
    Completions(generate::CompletionsArgs),
    /// Print the manual page, or write the pages of all commands
    Man(generate::ManArgs),
    /// Look around in a throw-away store with sample feeds, without a network
    Demo(demo::DemoArgs),
}

impl Args {
    /// Reads the arguments of the process. What cannot be understood, and what only asks for help, is answered here; the
    /// exit code to end with is returned then.
    pub fn read() -> Result<Self, u8> {
        // The interface opens the sooner, and takes the less memory, when the tree of commands is not made for nothing.
        if std::env::args_os().len() == 1 && std::env::var_os(LOG).is_none() {
            let global = Global { config_dir: None, data_dir: None, log_level: LEVEL.to_owned(), ascii: false };
            return Ok(Self { global, command: None });
        }
        Self::try_parse_from(exclusions::marked(std::env::args_os())).map_err(|error| {
            if error.use_stderr() {
                // The error repeats what was typed, which may come from anywhere.
                let text = error.render().to_string();
                let _ = std::io::stderr().write_all(scrub::text(&text).as_bytes());
            } else {
                let _ = error.print();
            }
            u8::try_from(error.exit_code()).unwrap_or(2)
        })
    }

    /// Starts the log; without a directory for it there is none.
    pub fn start_log(&self) {
        if let Ok(paths) = session::paths(&self.global) {
            log::start(paths.log_file(), &self.global.log_level);
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_tree_of_commands_is_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn without_arguments_everything_is_as_the_tree_says() {
        let parsed = Args::try_parse_from(["kabar"]).unwrap();
        let Global { config_dir, data_dir, log_level, ascii } = parsed.global;
        assert_eq!((config_dir, data_dir, log_level.as_str(), ascii), (None, None, LEVEL, false));
        assert!(parsed.command.is_none());
    }
}
