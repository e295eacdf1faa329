//! Documents made from the command table. Golden tests hold the copies in the repository to them.

use super::args::ArgKind;
use super::table::{ROWS, Row};

/// The key table of the README and the manual: one line for each command, Markdown.
#[must_use]
pub fn keys_markdown() -> String {
    let mut page = String::from("| command | keys | what it does |\n|---|---|---|\n");
    for row in ROWS {
        let line = format!("| `{}` | {} | {} |\n", signature(row), keys(row, "`", ", "), row.about.trim());
        page.push_str(&line);
    }
    page
}

/// The same for a terminal: aligned columns.
#[must_use]
pub fn keys_text() -> String {
    let rows: Vec<_> = ROWS.iter().map(|row| (signature(row), keys(row, "", "  "), row.about.trim())).collect();
    let width = |column: fn(&(String, String, &str)) -> usize| rows.iter().map(column).max().unwrap_or(0);
    let (names, key_width) = (width(|row| row.0.chars().count()), width(|row| row.1.chars().count()).min(48));
    rows.iter().map(|(name, keys, about)| format!("{name:names$}  {keys:key_width$}  {about}\n")).collect()
}

fn signature(row: &Row) -> String {
    match row.arg {
        ArgKind::None => row.name.to_owned(),
        ArgKind::Choice(words) => format!("{} {}", row.name, words.join("/")),
        ArgKind::Text(placeholder) => format!("{} {placeholder}", row.name),
    }
}

fn keys(row: &Row, quote: &str, separator: &str) -> String {
    let written = |(key, argument): &(&str, &str)| {
        let key =
            if quote.is_empty() { (*key).to_owned() } else { format!("{quote}{}{quote}", key.replace('|', "\\|")) };
        if argument.is_empty() { key } else { format!("{key} {argument}") }
    };
    row.keys.iter().map(written).collect::<Vec<_>>().join(separator)
}
