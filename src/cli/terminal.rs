//! What the terminal can do, as far as it says so.

use std::io::IsTerminal as _;

/// Columns and rows of the terminal on stdout; none when it is no terminal.
pub(super) fn size() -> Option<(u16, u16)> {
    // Asked only then: crossterm would look for another terminal, and start `tput` when it finds none.
    let size = std::io::stdout().is_terminal().then(crossterm::terminal::size)?;
    size.ok().filter(|(columns, rows)| *columns > 0 && *rows > 0)
}

pub(super) fn columns() -> Option<usize> {
    size().map(|(columns, _)| columns.into())
}

/// Whether stdout is to have styles, by the conventions of `NO_COLOR` and `CLICOLOR_FORCE`.
pub(super) fn is_styled() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_forced = std::env::var_os("CLICOLOR_FORCE").is_some_and(|value| !value.is_empty() && value != "0");
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    !set("NO_COLOR") && (is_forced || (std::io::stdout().is_terminal() && !is_dumb))
}

/// How many colours it has, from `COLORTERM` and `TERM`.
pub(super) fn colours() -> &'static str {
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let (term, depth) = (variable("TERM"), variable("COLORTERM"));
    if matches!(depth.as_str(), "truecolor" | "24bit") || term.ends_with("-direct") {
        "16 million colours"
    } else if term.contains("256color") {
        "256 colours"
    } else if term.is_empty() || term == "dumb" {
        "no colours"
    } else {
        "16 colours"
    }
}

/// The locale for characters: the first of the variables that is set.
pub(super) fn locale() -> Option<String> {
    ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
}

/// Whether that locale writes UTF-8.
pub(super) fn is_utf8(locale: &str) -> bool {
    let locale = locale.to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}
