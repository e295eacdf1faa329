//! A table for panes that it is too wide for: one row below the other, each cell behind the head of its column.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::OnceLock;

use unicode_width::UnicodeWidthStr;

use super::super::super::{guard, text};
use super::super::blocks::{self, Block};
use super::GAP;

/// A longer word may be broken in a column: it is an address or a number of an account.
const WORD: usize = 14;

/// Bytes of a cell that are written again for every row that it belongs to.
const REPEATED: usize = 200;
/// Columns of a link's number.
const LINK: usize = 4;

/// A table in two forms.
#[derive(Debug, Default)]
pub(in crate::content::article) struct Table {
    /// Side by side, in at least as many columns as `narrowest`.
    pub html: String,
    stacked: String,
    pub narrowest: usize,
    /// The longest word of a cell.
    word: usize,
    /// Its rows as wide as they like, and how wide that is.
    natural: OnceLock<(Vec<Block>, usize)>,
    piled: OnceLock<Vec<Block>>,
}

impl Table {
    /// Side by side, with no limit on width.
    pub(in crate::content::article) fn natural(&self) -> &(Vec<Block>, usize) {
        self.natural.get_or_init(|| {
            let rows = self.within(blocks::UNLIMITED);
            let width = |row: &Block| row.spans.iter().map(|(text, _)| text.width()).sum();
            let widest = rows.iter().map(width).max().unwrap_or(0);
            (rows, widest)
        })
    }

    /// Row below row.
    pub(in crate::content::article) fn stacked(&self) -> &[Block] {
        self.piled.get_or_init(|| rows(&self.stacked, blocks::UNLIMITED, self.word))
    }

    /// Side by side, without a break in a word.
    pub(in crate::content::article) fn within(&self, width: usize) -> Vec<Block> {
        rows(&self.html, width, self.word)
    }
}

/// The rows of a table; plain text where html2text gives up.
fn rows(html: &str, width: usize, word: usize) -> Vec<Block> {
    let rows = guard::guarded(|| blocks::blocks_within(html, width, word)).flatten();
    rows.unwrap_or_else(|| text::plain(html).lines().map(Block::plain).collect())
}

#[derive(Debug)]
pub(super) struct Cell {
    pub row: usize,
    pub column: usize,
    pub columns: usize,
    /// Rows that it reaches down, itself included.
    pub rows: usize,
    pub is_header: bool,
    /// Its content in the table's HTML.
    pub html: Range<usize>,
}

impl Table {
    pub(super) fn new(html: String, cells: &[Cell]) -> Self {
        let (stacked, (narrowest, word)) = (stacked(&html, cells), narrowest(&html, cells));
        Self { html, stacked, narrowest, word, ..Self::default() }
    }
}

/// Columns in which no word has to be broken, and the longest word. html2text gives every column the room that it is told
/// for the least, or that of its text where that is less.
fn narrowest(html: &str, cells: &[Cell]) -> (usize, usize) {
    let mut columns: Vec<usize> = Vec::new();
    let mut longest = 1;
    for cell in cells.iter().filter(|cell| cell.columns == 1) {
        if columns.len() <= cell.column {
            columns.resize(cell.column + 1, 1);
        }
        let html = html.get(cell.html.clone()).unwrap_or_default();
        let text = text::plain(html);
        // The number of a link stands behind it.
        let marks = html.matches("<a ").count() * LINK;
        columns[cell.column] = columns[cell.column].max(text.lines().map(str::width).max().unwrap_or(0) + marks);
        longest = text.split_whitespace().map(|word| word.width().min(WORD)).fold(longest, usize::max);
    }
    let narrowest =
        columns.iter().map(|column| (*column).min(longest)).sum::<usize>() + columns.len().saturating_sub(1);
    (narrowest, longest)
}

fn stacked(html: &str, cells: &[Cell]) -> String {
    let content = |cell: &Cell| html.get(cell.html.clone()).unwrap_or_default();
    let first = cells.iter().take_while(|cell| cell.row == cells[0].row).count();
    let (head, body) = cells.split_at(first);
    // A single row is no head, whatever it is marked as.
    let (head, body) =
        if head.iter().all(|cell| cell.is_header) && !body.is_empty() { (head, body) } else { (&[][..], cells) };
    let mut out = String::with_capacity(html.len());
    // Cells of the rows above that reach into this one.
    let mut reaching: Vec<&Cell> = Vec::new();
    let mut rest = body;
    while let Some(row) = rest.first().map(|cell| cell.row) {
        let (mut own, after): (Vec<&Cell>, _) = {
            let end = rest.iter().take_while(|cell| cell.row == row).count();
            let (own, after) = rest.split_at(end);
            (own.iter().collect(), after)
        };
        reaching.retain(|cell| cell.row + cell.rows > row);
        let spanning: Vec<&Cell> = own.iter().copied().filter(|cell| cell.rows > 1).collect();
        own.extend(reaching.iter().filter(|cell| cell.html.len() <= REPEATED));
        own.sort_by_key(|cell| cell.column);
        reaching.extend(spanning);
        let _ = write!(out, "<p>{GAP}</p>");
        for cell in own {
            let text = content(cell);
            if text::plain(text).trim().is_empty() {
                continue;
            }
            let label = head
                .iter()
                .find(|head| (head.column..head.column + head.columns).contains(&cell.column))
                .filter(|head| head.html.len() <= REPEATED)
                .map(|head| text::plain(content(head)))
                .filter(|label| !label.trim().is_empty() && !cell.is_header);
            out.push_str("<div>");
            if let Some(label) = label {
                out.push_str("<i>");
                super::entity::escape_into(&mut out, label.trim());
                out.push_str(":</i> ");
            }
            if cell.is_header {
                let _ = write!(out, "<b>{text}</b>");
            } else {
                out.push_str(text);
            }
            out.push_str("</div>");
        }
        rest = after;
    }
    out
}
