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

/// An article that was read once, to be set at any width.
#[derive(Debug)]
pub struct Source {
    document: prepare::Document,
    blocks: Vec<blocks::Block>,
    /// For what cannot be laid out.
    text: String,
}

impl Source {
    /// Reads safe HTML. Never fails: what cannot be read as such is plain text.
    #[must_use]
    pub fn read(html: &str, words: &Words<'_>) -> Self {
        let html = text::head(html, LONGEST);
        let document = prepare::prepare(html, words);
        let read = guard::guarded(|| blocks::blocks(&document.html, blocks::UNLIMITED)).flatten();
        let text = text::plain(html);
        match read {
            Some(blocks) => Self { document, blocks, text },
            None => Self { document: prepare::Document::default(), blocks: plain(&text), text },
        }
    }

    /// The article at `width` columns. No line is wider than that, except where
    /// [`pre`](crate::model::article::Line::pre) is set.
    #[must_use]
    pub fn set(&self, width: u16) -> Article {
        let width = width.max(4);
        let set = guard::guarded(|| layout::article(&self.blocks, &self.document, width));
        set.unwrap_or_else(|| layout::article(&plain(&self.text), &prepare::Document::default(), width))
    }
}

fn plain(text: &str) -> Vec<blocks::Block> {
    text.lines().map(blocks::Block::plain).collect()
}

/// Reads an article and sets it at one width.
#[must_use]
pub fn render(html: &str, width: u16, words: &Words<'_>) -> Article {
    Source::read(html, words).set(width)
}

#[cfg(test)]
mod promises;
#[cfg(test)]
mod tests;
