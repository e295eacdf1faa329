//! Standard output, with what it can show. Everything that is printed goes through here, and every failure to print is an
//! error of its own: a reader that has gone ends the program quietly.

use std::io::{BufWriter, Stdout, Write as _};

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use super::error::CliError;
use super::terminal;
use crate::model::query::{self, Query, Text, Within};
use crate::model::scrub;

pub(super) struct Out {
    to: BufWriter<Stdout>,
    /// None in a pipe, where nothing is cut.
    pub columns: Option<usize>,
    pub is_styled: bool,
    pub is_ascii: bool,
}

/// What a style of the terminal is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Strong,
    Dim,
}

impl Out {
    pub fn new() -> Self {
        Self {
            to: BufWriter::new(std::io::stdout()),
            columns: terminal::columns(),
            is_styled: terminal::is_styled(),
            is_ascii: false,
        }
    }

    /// Whether the furniture has to do with ASCII.
    #[must_use]
    pub fn ascii(self, is_ascii: bool) -> Self {
        Self { is_ascii, ..self }
    }

    pub fn text(&mut self, text: &str) -> Result<(), CliError> {
        self.to.write_all(text.as_bytes()).map_err(CliError::Output)
    }

    pub fn line(&mut self, line: &str) -> Result<(), CliError> {
        self.text(line)?;
        self.text("\n")
    }

    /// One value as JSON, over several lines.
    pub fn json(&mut self, value: &impl Serialize) -> Result<(), CliError> {
        serde_json::to_writer_pretty(&mut self.to, value).map_err(|error| CliError::Output(error.into()))?;
        self.line("")
    }

    /// An element of an array that is written as it comes, one a line.
    pub fn json_row(&mut self, value: &impl Serialize, is_first: bool) -> Result<(), CliError> {
        let json = serde_json::to_string(value).map_err(|error| CliError::Output(error.into()))?;
        self.text(if is_first { "\n" } else { ",\n" })?;
        self.text(&json)
    }

    pub fn flush(&mut self) -> Result<(), CliError> {
        self.to.flush().map_err(CliError::Output)
    }

    pub fn styled(&self, text: &str, style: Style) -> String {
        if !self.is_styled || text.is_empty() {
            return text.to_owned();
        }
        let code = match style {
            Style::Strong => 1,
            Style::Dim => 2,
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }

    /// As much of the text as fits into the rest of a terminal's line; all of it in a pipe.
    pub fn fitted(&self, text: &str, used: usize) -> String {
        match self.columns {
            Some(columns) => cut(text, columns.saturating_sub(used), if self.is_ascii { "..." } else { "…" }),
            None => text.to_owned(),
        }
    }
}

/// What is to be said of a query that asks for notes.
const NO_NOTES: &str = "`has:note` finds nothing: articles cannot have notes yet";

/// Remarks on a query that may mean something else to whoever wrote it.
pub(super) fn advise(query: &Query) {
    if query.asks_for_notes() {
        warn(NO_NOTES);
    }
    for (within, text) in query.sought() {
        if let (Within::All, Text::Word(word)) = (within, text)
            && let Some(written) = query::written(word)
        {
            warn(&format!("`{word}` is looked for as a word; for what is meant elsewhere write `{written}`"));
        }
    }
}

/// A remark on stderr: a warning, or one of several errors.
pub(super) fn warn(text: &str) {
    let _ = writeln!(std::io::stderr(), "kabar: {}", scrub::line(text));
}

/// `text` in at most `columns` columns.
pub(super) fn cut(text: &str, columns: usize, ellipsis: &str) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(ellipsis.width());
    let mut used = 0;
    let kept = text.graphemes(true).take_while(|grapheme| {
        used += grapheme.width();
        used <= room
    });
    let mut kept: String = kept.collect();
    if ellipsis.width() <= columns {
        kept.push_str(ellipsis);
    }
    kept
}

/// `text` filled up to `columns` columns.
pub(super) fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(text.width())))
}

/// `text` set flush right in `columns` columns.
pub(super) fn flush_right(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(text.width())))
}

/// `1 feed`, `2 feeds`.
pub(super) fn counted(count: u64, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_between_characters_and_by_columns() {
        assert_eq!(cut("Berita", 6, "…"), "Berita");
        assert_eq!(cut("Berita hari ini", 8, "…"), "Berita …");
        assert_eq!(cut("潮路新報", 5, "…"), "潮路…");
        assert_eq!(cut("👩\u{200d}🚀👩\u{200d}🚀", 3, "…"), "👩\u{200d}🚀…");
        assert_eq!((cut("abc", 1, "…"), cut("abc", 0, "…")), ("…".to_owned(), String::new()));
        assert_eq!(padded("潮路", 6), "潮路  ");
        assert_eq!(flush_right("潮", 4), "  潮");
    }
}
