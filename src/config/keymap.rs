//! Which keys run which commands: a preset, changed by `keys.toml`.
//!
//! ```toml
//! "g s" = "filter-tag rust"   # wherever the command makes sense
//! "x" = ""                    # does nothing
//! "g b" = ["toggle-star", "browser-read"]   # one after the other
//! [article]                   # only in this pane
//! "J" = "move page-down"
//! [macros]                    # after the key of `macros`, a comma
//! "b" = ["toggle-star", "browser-read"]
//! ```

use std::borrow::Cow;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{ConfigError, Preset};
use crate::command::keys::{Key, KeySequence, parse_sequence, print_sequence};
use crate::command::{Command, Context, ROWS};

/// In these contexts these keys run this command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    pub context: Context,
    pub keys: KeySequence,
    pub command: Command,
}

/// All bindings in force, in the order of the command table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bindings(pub Vec<Binding>);

impl Default for Bindings {
    fn default() -> Self {
        Self::preset(Preset::Kabar)
    }
}

/// What a preset changes: keys and commands, in notation. The table's own keys serve arrows, vim and less alike.
fn changes(preset: Preset) -> &'static [(&'static str, &'static str)] {
    match preset {
        Preset::Kabar => &[],
        Preset::Vim => &[
            ("g t", "tag-filter"),
            ("Z Z", "quit"),
            ("ctrl-e", "move down"),
            ("ctrl-y", "move up"),
            ("n", "article next"),
            ("p", "article previous"),
            ("]", "unread next"),
            ("[", "unread previous"),
        ],
        Preset::Newsboat => &[
            ("ctrl-n", "unread next"),
            ("ctrl-k", "unread previous"),
            ("N", "toggle-read"),
            ("h", "pane left"),
            ("ctrl-f", "tag-filter"),
        ],
    }
}

impl Bindings {
    #[must_use]
    pub fn preset(preset: Preset) -> Self {
        let mut bindings = Self(Vec::new());
        for row in ROWS {
            for (key, argument) in row.keys {
                let parsed = parse_sequence(key).ok().zip(Command::parse(&format!("{} {argument}", row.name)).ok());
                if let Some((keys, command)) = parsed {
                    bindings.bind(row.contexts, &keys, Some(&command));
                }
            }
        }
        for (key, line) in changes(preset) {
            if let Some((keys, command)) = parse_sequence(key).ok().zip(Command::parse(line).ok()) {
                bindings.bind(contexts(&command), &keys, Some(&command));
            }
        }
        bindings
    }

    /// Makes `keys` run the command and nothing else in these contexts; without a command they do nothing.
    fn bind(&mut self, contexts: &[Context], keys: &[Key], command: Option<&Command>) {
        self.0.retain(|binding| !(contexts.contains(&binding.context) && binding.keys == keys));
        for context in contexts {
            if let Some(command) = command {
                self.0.push(Binding { context: *context, keys: keys.to_vec(), command: command.clone() });
            }
        }
    }

    /// Two bindings of a context, one of which hides the other because it is its beginning.
    fn clash(&self, context: Context, keys: &[Key]) -> Option<&Binding> {
        self.0.iter().find(|other| {
            let shorter = other.keys.len().min(keys.len());
            other.context == context && other.keys.len() != keys.len() && other.keys[..shorter] == keys[..shorter]
        })
    }

    /// The first keys that run this command in one of the contexts, in notation.
    #[must_use]
    pub fn keys_of(&self, command: &Command, contexts: &[Context]) -> Option<String> {
        let of = |context: &Context| {
            self.0.iter().find(|binding| binding.context == *context && binding.command == *command)
        };
        contexts.iter().find_map(of).map(|binding| print_sequence(&binding.keys))
    }
}

fn contexts(command: &Command) -> &'static [Context] {
    ROWS.iter().find(|row| row.name == command.name()).map_or(&[], |row| row.contexts)
}

/// The section of `keys.toml` whose keys come after that of the command of this name, as newsboat's do.
const MACROS: &str = "macros";

/// Reads the text of `keys.toml`.
pub(super) fn parse(path: &Path, text: &str, preset: Preset) -> Result<Bindings, ConfigError> {
    let table = DeTable::parse(text).map_err(|error| {
        ConfigError::at(path, text, error.span().map_or(0, |span| span.start), error.message().to_owned())
    })?;
    let mut file = File { path, text, bindings: Bindings::preset(preset) };
    for (key, value) in in_order(table.get_ref()) {
        match value.get_ref() {
            DeValue::Table(section) if key.get_ref() == MACROS => file.macros(section)?,
            DeValue::Table(section) => {
                let context =
                    Context::ALL.into_iter().find(|context| context.name() == key.get_ref()).ok_or_else(|| {
                        let names: Vec<_> = Context::ALL.into_iter().map(Context::name).collect();
                        file.wrong(
                            key.span().start,
                            format!("no pane `{}`, expected one of {} or {MACROS}", key.get_ref(), names.join(", ")),
                        )
                    })?;
                for (key, value) in in_order(section) {
                    file.binding(&[], key, value, Some(context))?;
                }
            }
            _ => file.binding(&[], key, value, None)?,
        }
    }
    Ok(file.bindings)
}

/// As they stand in the file: what comes later wins.
fn in_order<'a, 'b>(table: &'a DeTable<'b>) -> Vec<(&'a Spanned<Cow<'b, str>>, &'a Spanned<DeValue<'b>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

struct File<'a> {
    path: &'a Path,
    text: &'a str,
    bindings: Bindings,
}

impl File<'_> {
    fn wrong(&self, offset: usize, problem: impl Into<String>) -> ConfigError {
        ConfigError::at(self.path, self.text, offset, problem)
    }

    /// Each of its keys after that of `macros`, which then only begins them.
    fn macros(&mut self, section: &DeTable<'_>) -> Result<(), ConfigError> {
        let begins = |binding: &&Binding| binding.context == Context::Panes && binding.command == Command::Macros;
        let prefix = self.bindings.0.iter().find(begins).map(|binding| binding.keys.clone());
        let prefix = prefix.or_else(|| parse_sequence(",").ok()).unwrap_or_default();
        if !section.is_empty() {
            self.bindings.0.retain(|binding| binding.command != Command::Macros);
        }
        in_order(section).into_iter().try_for_each(|(key, value)| self.binding(&prefix, key, value, None))
    }

    /// The command that is written there, or the chain of them.
    fn command(&self, value: &Spanned<DeValue<'_>>) -> Result<Command, ConfigError> {
        match value.get_ref() {
            DeValue::String(line) => {
                Command::parse(line).map_err(|error| self.wrong(value.span().start, error.to_string()))
            }
            DeValue::Array(commands) if !commands.is_empty() => {
                commands.iter().map(|one| self.command(one)).collect::<Result<_, _>>().map(Command::Run)
            }
            _ => Err(self.wrong(value.span().start, "expected a command in quotation marks, or a list of them")),
        }
    }

    fn binding(
        &mut self,
        prefix: &[Key],
        key: &Spanned<Cow<'_, str>>,
        value: &Spanned<DeValue<'_>>,
        only: Option<Context>,
    ) -> Result<(), ConfigError> {
        let own = parse_sequence(key.get_ref()).map_err(|error| self.wrong(key.span().start, error.to_string()))?;
        let keys = [prefix, &own].concat();
        if matches!(value.get_ref(), DeValue::String(line) if line.trim().is_empty()) {
            self.bindings.bind(only.as_ref().map_or(&Context::ALL[..], std::slice::from_ref), &keys, None);
            return Ok(());
        }
        let command = self.command(value)?;
        let contexts = only.as_ref().map_or_else(|| contexts(&command), std::slice::from_ref);
        // What the user binds comes before a default that it is the beginning of, or the end.
        for context in contexts {
            if let Some(other) = self.bindings.clash(*context, &keys) {
                let problem = format!(
                    "`{}` clashes with `{}` ({}); unbind that one with \"{}\" = \"\" above",
                    print_sequence(&keys),
                    print_sequence(&other.keys),
                    other.command,
                    print_sequence(&other.keys),
                );
                return Err(self.wrong(key.span().start, problem));
            }
        }
        self.bindings.bind(contexts, &keys, Some(&command));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str) -> Result<Bindings, String> {
        parse(Path::new("keys.toml"), text, Preset::Kabar).map_err(|error| error.to_string())
    }

    #[test]
    fn a_key_can_be_rebound_chorded_and_unbound() {
        let bindings = load("\"g s\" = \"filter-tag rust\"\n\"t\" = \"\"\n[article]\n\"t\" = \"zoom\"").unwrap();
        let tag = Command::FilterTag("rust".to_owned());
        assert_eq!(bindings.keys_of(&tag, &[Context::Panes]).as_deref(), Some("g s"));
        assert_eq!(bindings.keys_of(&Command::TagFilter, &[Context::Panes]), None);
        assert_eq!(bindings.keys_of(&Command::Zoom, &[Context::Article, Context::Panes]).as_deref(), Some("t"));
    }

    #[test]
    fn a_mistake_names_its_place_and_what_was_expected() {
        let error = |text| load(text).unwrap_err();
        assert_eq!(error("\"x\" = \"zom\""), "keys.toml:1:7: unknown command `zom`, did you mean `zoom`?");
        assert!(error("\n\"ctrl-\" = \"zoom\"").starts_with("keys.toml:2:1: unknown key `ctrl-`"));
        assert!(
            error("[artikel]\n\"x\" = \"zoom\"")
                .starts_with("keys.toml:1:2: no pane `artikel`, expected one of panes,")
        );
        assert!(error("\"g\" = \"zoom\"").starts_with("keys.toml:1:1: `g` clashes with `g g` (move first)"));
        assert!(error("x = 3").starts_with("keys.toml:1:5: expected a command"));
        assert!(error("x = \"zoom\"\nx = \"help\"").contains("duplicate key"));
    }

    #[test]
    fn a_macro_runs_a_chain_of_commands_after_a_comma() {
        let chain = Command::Run(vec![Command::ToggleStar, Command::BrowserRead]);
        let key = |text: &str| load(text).unwrap().keys_of(&chain, &[Context::Panes]);
        let macros = "[macros]\nb = [\"toggle-star\", \"browser-read\"]";
        assert_eq!(key(macros).as_deref(), Some(", b"));
        assert_eq!(key(&format!("\"g m\" = \"macros\"\n\",\" = \"zoom\"\n{macros}")).as_deref(), Some("g m b"));
        assert_eq!(key("\"g b\" = [\"toggle-star\", \"browser-read\"]").as_deref(), Some("g b"));
        let one = load("[macros]\nz = \"zoom\"").unwrap();
        assert!(one.0.iter().any(|binding| print_sequence(&binding.keys) == ", z" && binding.command == Command::Zoom));
        assert_eq!(one.keys_of(&Command::Macros, &Context::ALL), None, "its key only begins others now");
        let error = |text| load(text).unwrap_err();
        assert_eq!(error("[macros]\nb = [\"zom\"]"), "keys.toml:2:6: unknown command `zom`, did you mean `zoom`?");
        assert!(error("[macros]\nb = []").starts_with("keys.toml:2:5: expected a command"));
    }

    #[test]
    fn every_preset_binds_every_change_it_names() {
        for preset in [Preset::Kabar, Preset::Vim, Preset::Newsboat] {
            let bindings = Bindings::preset(preset);
            for (key, line) in changes(preset) {
                let command = Command::parse(line).unwrap_or_else(|error| panic!("{line}: {error}"));
                assert!(
                    bindings
                        .0
                        .iter()
                        .any(|binding| print_sequence(&binding.keys) == *key && binding.command == command)
                );
            }
            for binding in &bindings.0 {
                assert_eq!(bindings.clash(binding.context, &binding.keys), None, "{binding:?}");
            }
        }
    }
}
