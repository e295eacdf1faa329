//! Tells tables of data from tables that only arrange a page, by looking ahead.

use super::super::super::markup::{Token, Tokens};
use super::super::super::text;

/// Wider tables cannot be read side by side in a terminal.
pub(super) const MOST_COLUMNS: usize = 24;

#[derive(Debug, Default)]
pub(super) struct Shape {
    /// Rows and columns of text; otherwise its cells are read one after the other.
    pub is_data: bool,
    /// Plain text.
    pub caption: String,
}

/// The shape of the table whose content `tokens` begins with.
pub(super) fn shape(mut tokens: Tokens<'_>) -> Shape {
    let mut shape = Shape::default();
    let (mut cells, mut widest) = (0, 0);
    let mut holds_layout = false;
    while let Some(token) = tokens.next() {
        match token {
            Token::Start(tag) => match tag.name.to_ascii_lowercase().as_str() {
                "tr" => cells = 0,
                "td" | "th" => {
                    cells += 1;
                    widest = widest.max(cells);
                }
                // Whole articles stand in the tables of newsletters.
                "table" | "h1" | "h2" | "h3" | "blockquote" | "pre" | "figure" => {
                    holds_layout = true;
                    break;
                }
                "caption" => shape.caption = caption(&mut tokens),
                _ => {}
            },
            Token::End(name) if name.eq_ignore_ascii_case("table") => break,
            _ => {}
        }
    }
    shape.is_data = !holds_layout && (2..=MOST_COLUMNS).contains(&widest);
    shape
}

fn caption(tokens: &mut Tokens<'_>) -> String {
    let mut caption = String::new();
    for token in tokens {
        match token {
            Token::Text(raw) => caption.push_str(raw),
            Token::End(name) if name.eq_ignore_ascii_case("caption") => break,
            _ => {}
        }
    }
    text::plain(&caption)
}
