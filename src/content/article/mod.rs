//! Sets safe HTML as an [`Article`]: styled lines at one width, numbered links, images. html2text builds the blocks
//! (with no limit on width, tables excepted), this module prepares what it reads and breaks the lines.
//! Fetches nothing, opens nothing.

mod blocks;
mod code;
mod layout;
mod prepare;
mod wrap;

use crate::model::article::Article;

use super::{guard, text};

/// More HTML than this is cut off: no article for reading is longer.
const LONGEST: usize = 2 * 1024 * 1024;

/// Words of the reader's language that the text needs.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// Stands for an image: `[gambar: Presiden di Jakarta]`.
    pub image: &'a str,
}

/// The article at `width` columns. Never fails: what cannot be laid out is set as plain text.
/// No line is wider than `width`, except where [`pre`](crate::model::article::Line::pre) is set.
#[must_use]
pub fn render(html: &str, width: u16, words: &Words<'_>) -> Article {
    let html = text::head(html, LONGEST);
    let width = width.max(4);
    let document = prepare::prepare(html, words);
    let set = guard::guarded(|| {
        let blocks = blocks::blocks(&document.html, blocks::UNLIMITED)?;
        Some(layout::article(blocks, &document, width))
    });
    set.flatten().unwrap_or_else(|| {
        let lines = text::plain(html).lines().map(blocks::Block::plain).collect();
        layout::article(lines, &prepare::Document::default(), width)
    })
}

#[cfg(test)]
mod promises;
#[cfg(test)]
mod tests;
