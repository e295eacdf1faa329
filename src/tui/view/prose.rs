//! One line of an article's text, from what it is to how it looks: styles, the matches of a search, code cut at the edge,
//! the order in which it is seen.

use std::ops::Range;

use ratatui::style::Style as Look;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{bidi, text};
use crate::config::Theme;
use crate::model::article::{self, Style, Token};
use crate::tui::model::Model;

type Pieces = Vec<(String, Look)>;

/// A match on a line, in bytes of its text, and whether it is the one that was gone to.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub range: Range<usize>,
    pub is_current: bool,
}

pub(super) fn line(model: &Model, line: &article::Line, hits: &[Hit], width: u16) -> Line<'static> {
    let base = if line.heading.is_some() { model.theme.heading.0 } else { model.theme.text.0 };
    let mut pieces: Pieces = Vec::new();
    let mut at = 0;
    for span in &line.spans {
        let look = base.patch(look(&model.theme, span.style));
        let is_furniture = span.style.mark && model.is_ascii;
        let shown = if is_furniture { span.text.chars().map(plain).collect() } else { span.text.clone() };
        // Furniture is no text that is searched, and may be as long as it likes.
        if hits.is_empty() || is_furniture {
            pieces.push((shown, look));
        } else {
            pieces.extend(with_hits(model, &span.text, at, look, hits));
        }
        at += span.text.len();
    }
    let is_rtl = line.rtl;
    if line.pre {
        pieces = cut(model, line, &pieces, usize::from(width));
    } else if model.reorders {
        pieces = bidi::visual(pieces, is_rtl);
    }
    let set = Line::from(pieces.into_iter().map(|(text, look)| Span::styled(text, look)).collect::<Vec<_>>());
    if is_rtl { flush_right(set, width) } else { set }
}

/// Sets a line flush right by the columns it really takes; see [`text::width`].
pub(super) fn flush_right(line: Line<'_>, width: u16) -> Line<'_> {
    let used: usize = line.spans.iter().map(|span| text::width(&span.content)).sum();
    let mut flush = Line::from(" ".repeat(usize::from(width).saturating_sub(used))).style(line.style);
    flush.spans.extend(line.spans);
    flush
}

/// The text of a span, which begins at byte `at` of its line, in pieces that match and pieces that do not.
fn with_hits(model: &Model, text: &str, at: usize, look: Look, hits: &[Hit]) -> Pieces {
    let mut pieces = Pieces::new();
    let mut from = 0;
    let within = hits.iter().filter(|hit| hit.range.start < at + text.len() && hit.range.end > at);
    for hit in within {
        let start = hit.range.start.saturating_sub(at).max(from);
        let end = (hit.range.end - at).min(text.len());
        let found = model.theme.matched.0;
        let found = if hit.is_current { found.reversed() } else { found };
        pieces.push((text.get(from..start).unwrap_or_default().to_owned(), look));
        pieces.push((text.get(start..end).unwrap_or_default().to_owned(), look.patch(found)));
        from = end;
    }
    pieces.push((text.get(from..).unwrap_or_default().to_owned(), look));
    pieces.retain(|(text, _)| !text.is_empty());
    pieces
}

/// Code in the room there is: moved sideways, with a mark where some of it is out of sight. What leads it stays.
fn cut(model: &Model, line: &article::Line, pieces: &[(String, Look)], width: usize) -> Pieces {
    let leads = line.spans.iter().take_while(|span| span.style.mark).count().min(pieces.len());
    let mut out: Pieces = pieces.get(..leads).unwrap_or_default().to_vec();
    let code = pieces.get(leads..).unwrap_or_default();
    let room = width.saturating_sub(out.iter().map(|(text, _)| text::width(text)).sum());
    let whole: usize = code.iter().map(|(text, _)| text::width(text)).sum();
    let shift = model.reader.shift;
    if shift == 0 && whole <= room {
        out.extend_from_slice(code);
        return out;
    }
    let (before, after) = if model.is_ascii { ("<", ">") } else { ("‹", "›") };
    let is_cut = whole > shift + room;
    // The marks stand in the columns at the edges.
    let first = shift + usize::from(shift > 0 && whole > 0);
    let end = if is_cut { shift + room.saturating_sub(1) } else { shift + room };
    if shift > 0 && whole > 0 {
        out.push((before.to_owned(), model.theme.furniture.0));
    }
    let mut column = 0;
    let mut shown = first;
    for (text, look) in code {
        let mut piece = String::new();
        for grapheme in text.graphemes(true) {
            let wide = grapheme.width();
            if column >= first && column + wide <= end {
                piece.push_str(grapheme);
                shown = column + wide;
            } else if column < first && column + wide > first {
                // Half of a wide character is out of sight.
                piece.push(' ');
                shown = first + 1;
            }
            column += wide;
        }
        if !piece.is_empty() {
            out.push((piece, *look));
        }
    }
    if is_cut {
        out.push((" ".repeat(end.saturating_sub(shown)) + after, model.theme.furniture.0));
    }
    out
}

/// Kabar's own furniture for terminals without line drawing.
fn plain(c: char) -> char {
    match c {
        '│' => '|',
        '•' => '*',
        '─' => '-',
        '\u{2500}'..='\u{257f}' => '+',
        c => c,
    }
}

fn look(theme: &Theme, style: Style) -> Look {
    if style.mark {
        return theme.furniture.0;
    }
    let token = match style.token {
        Some(Token::Keyword) => Some(theme.code_keyword),
        Some(Token::Text) => Some(theme.code_text),
        Some(Token::Comment) => Some(theme.code_comment),
        None => None,
    };
    let parts = [
        (style.quote, theme.quote),
        (style.emphasis, theme.emphasis),
        (style.strong, theme.strong),
        (style.code, theme.code),
        (token.is_some(), token.unwrap_or_default()),
        (style.link.is_some(), theme.link),
        (style.image.is_some(), theme.image),
    ];
    let mut look = Look::new();
    for (_, part) in parts.into_iter().filter(|(holds, _)| *holds) {
        look = look.patch(part.0);
    }
    if style.strikeout { look.crossed_out() } else { look }
}
