//! From blocks to the lines of an article: leads and hanging indents, rules, tables, empty lines, direction of writing.

use crate::model::article::{Article, Line, Span, Style};
use crate::model::scrub;

use super::blocks::{Block, Kind, Lead};
use super::code::{self, Lexer};
use super::prepare::Document;
use super::wrap::{is_ideograph, width_of, wrap};

const BAR: &str = "│ ";
const DOT: &str = "• ";
/// Of a word of Thai, Lao, Khmer or Burmese, on average.
const LETTERS: usize = 5;

pub(super) fn article(blocks: &[Block], document: &Document, width: u16) -> Article {
    let mut setter = Setter {
        width: usize::from(width),
        document,
        article: Article {
            width,
            links: document.links.clone(),
            images: document.images.clone(),
            ..Article::default()
        },
        gap: None,
        held: None,
        unspaced: 0,
        lexer: Lexer::default(),
        number: 0,
    };
    setter.blocks(blocks);
    setter.article.words += setter.unspaced.div_ceil(LETTERS);
    setter.article
}

struct Setter<'a> {
    width: usize,
    document: &'a Document,
    article: Article,
    /// An empty line is owed, inside this many quotes.
    gap: Option<usize>,
    /// The lead of a block that shows nothing itself, for the next one.
    held: Option<Vec<Lead>>,
    /// Letters of scripts that are written without spaces but are no ideographs.
    unspaced: usize,
    lexer: Lexer,
    /// Of the block that is being set, from 1.
    number: u32,
}

impl Setter<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.number += 1;
            self.block(block.clone());
        }
    }

    fn block(&mut self, mut block: Block) {
        if matches!(block.kind, Kind::Gap) || block.spans.iter().all(|(text, _)| text.trim().is_empty()) {
            let is_marked = block.lead.iter().any(|lead| matches!(lead, Lead::Bullet | Lead::Number(..)));
            if is_marked && self.held.is_none() {
                self.held = Some(block.lead);
            } else if !is_marked {
                let quotes = quotes(&block.lead);
                self.gap = Some(self.gap.map_or(quotes, |gap| gap.min(quotes)));
            }
            return;
        }
        if let Some(held) = self.held.take()
            && columns(&held) == columns(&block.lead)
        {
            block.lead = held;
        }
        self.fill_gap(&block);
        self.forget_lost_links(&mut block.spans);
        let lead = self.fitting(std::mem::take(&mut block.lead));
        let room = self.width.saturating_sub(columns(&lead)).max(1);
        if quotes(&lead) > 0 {
            for (_, style) in &mut block.spans {
                style.quote = true;
            }
        }
        if !matches!(block.kind, Kind::Pre) {
            self.lexer = Lexer::default();
        }
        match block.kind {
            Kind::Rule => {
                let rule = ("─".repeat(room), mark());
                self.lines(&lead, vec![vec![span(rule)]], &block, false);
            }
            Kind::Table(number) => self.table(number, &lead, room),
            Kind::Pre => {
                self.count(&block);
                let spans = std::mem::take(&mut block.spans);
                let spans = if block.is_code { self.lexer.line(spans) } else { spans };
                self.lines(&lead, code::rows(spans), &block, false);
            }
            Kind::Text | Kind::Gap => {
                if block.heading.is_some() {
                    for (_, style) in &mut block.spans {
                        style.strong = true;
                    }
                }
                self.count(&block);
                block.spans = split_marks(block.spans);
                let rtl = is_rtl(&block.spans);
                let lines = wrap(&block.spans, room);
                self.lines(&lead, lines, &block, rtl);
            }
        }
    }

    /// A link without text is given up; the white space in it still has its number.
    fn forget_lost_links(&self, spans: &mut [(String, Style)]) {
        let known = self.document.links.len();
        for (_, style) in spans {
            style.link = style.link.filter(|number| *number as usize <= known);
        }
    }

    fn fill_gap(&mut self, next: &Block) {
        let Some(quotes_of_gap) = self.gap.take() else {
            return;
        };
        let Some(last) = self.article.lines.last() else {
            return;
        };
        // One is there: a row of a table may show nothing.
        if last.spans.is_empty() {
            return;
        }
        let bars = last.spans.iter().filter(|span| span.style.quote && span.style.mark).count();
        let pre = last.pre && matches!(next.kind, Kind::Pre);
        let bars = bars.min(quotes_of_gap).min(quotes(&next.lead));
        let spans = (0..bars).map(|_| span((BAR.trim_end().to_owned() + " ", bar()))).collect();
        self.article.lines.push(Line { spans, pre, block: self.number, ..Line::default() });
    }

    /// The lead, without its outer parts where they would take more than half of the line.
    fn fitting(&self, mut lead: Vec<Lead>) -> Vec<Lead> {
        while columns(&lead) > self.width / 2 && !lead.is_empty() {
            lead.remove(0);
        }
        lead
    }

    fn lines(&mut self, lead: &[Lead], lines: Vec<Vec<Span>>, block: &Block, rtl: bool) {
        for (n, text) in lines.into_iter().enumerate() {
            let mut spans: Vec<Span> = lead.iter().map(|lead| lead_span(lead, n == 0)).collect();
            spans.extend(text);
            for span in &mut spans {
                if span.text.chars().any(scrub::is_unsafe) {
                    span.text.retain(|c| !scrub::is_unsafe(c));
                }
            }
            spans.retain(|span| !span.text.is_empty());
            self.article.lines.push(Line {
                spans,
                heading: block.heading,
                rtl,
                pre: matches!(block.kind, Kind::Pre),
                block: self.number,
            });
        }
    }

    fn table(&mut self, number: usize, lead: &[Lead], room: usize) {
        let Some(table) = self.document.tables.get(number) else {
            return;
        };
        if table.narrowest > room {
            return self.stacked(table.stacked(), lead);
        }
        let squeezed;
        let rows = match table.natural() {
            (rows, width) if *width <= room => rows,
            _ => {
                squeezed = table.within(room);
                &squeezed
            }
        };
        let mut hanging: Vec<Lead> = lead.to_vec();
        for row in rows {
            let mut row = row.clone();
            self.forget_lost_links(&mut row.spans);
            if row.spans.iter().all(|(text, _)| text.trim().is_empty()) {
                continue;
            }
            self.count(&row);
            // Leads of lists inside cells stand among the text there.
            let inside: Vec<(String, Style)> = row
                .lead
                .iter()
                .map(|lead| lead_span(lead, true))
                .map(|span| (span.text, span.style))
                .chain(split_marks(row.spans.iter().flat_map(table_pieces).collect()))
                .collect();
            let lines = if width_of(&inside) > room {
                wrap(&inside, room)
            } else {
                vec![inside.into_iter().map(span).collect()]
            };
            let mut lines = lines;
            lines.retain(|spans| spans.iter().any(|span| !span.text.trim().is_empty()));
            self.lines(&hanging, lines, &Block::default(), false);
            hanging = hanging.iter().map(continued).collect();
        }
    }

    /// A table that is too wide to be set side by side.
    fn stacked(&mut self, rows: &[Block], lead: &[Lead]) {
        let mut outer = lead.to_vec();
        for row in rows {
            let mut row = row.clone();
            row.lead.splice(0..0, outer.iter().cloned());
            let is_shown = row.spans.iter().any(|(text, _)| !text.trim().is_empty()) && row.kind != Kind::Gap;
            self.block(row);
            if is_shown {
                outer = outer.iter().map(continued).collect();
            }
        }
    }

    fn count(&mut self, block: &Block) {
        let mut in_word = false;
        for (text, _) in &block.spans {
            for c in text.chars() {
                if is_ideograph(c) {
                    self.article.ideographs += 1;
                    in_word = false;
                } else if matches!(c, '\u{e01}'..='\u{e30}' | '\u{e81}'..='\u{eb0}' | '\u{1000}'..='\u{102a}' | '\u{1780}'..='\u{17b3}')
                {
                    self.unspaced += 1;
                    in_word = false;
                } else if c.is_whitespace() {
                    in_word = false;
                } else if !in_word && c.is_alphanumeric() {
                    self.article.words += 1;
                    in_word = true;
                }
            }
        }
    }
}

fn mark() -> Style {
    Style { mark: true, ..Style::default() }
}

fn bar() -> Style {
    Style { quote: true, ..mark() }
}

fn span((text, style): (String, Style)) -> Span {
    Span { text, style }
}

fn quotes(lead: &[Lead]) -> usize {
    lead.iter().filter(|lead| matches!(lead, Lead::Quote)).count()
}

fn columns(lead: &[Lead]) -> usize {
    lead.iter()
        .map(|lead| match lead {
            Lead::Quote | Lead::Bullet => 2,
            Lead::Number(_, columns) | Lead::Indent(columns) => *columns,
        })
        .sum()
}

/// The same lead on the lines after the first.
fn continued(lead: &Lead) -> Lead {
    match lead {
        Lead::Quote => Lead::Quote,
        Lead::Bullet => Lead::Indent(2),
        Lead::Number(_, columns) | Lead::Indent(columns) => Lead::Indent(*columns),
    }
}

fn lead_span(lead: &Lead, first: bool) -> Span {
    match lead {
        Lead::Quote => span((BAR.to_owned(), bar())),
        Lead::Bullet if first => span((DOT.to_owned(), mark())),
        Lead::Bullet => span(("  ".to_owned(), mark())),
        Lead::Number(number, columns) if first => span((format!("{number:<columns$}"), mark())),
        Lead::Number(_, columns) | Lead::Indent(columns) => span((" ".repeat(*columns), mark())),
    }
}

/// Gives the number behind a link's text a span of its own.
fn split_marks(spans: Vec<(String, Style)>) -> Vec<(String, Style)> {
    let mut split = Vec::with_capacity(spans.len());
    for (text, style) in spans {
        let number = style.link.map(|n| format!("[{n}]"));
        match number.as_deref().and_then(|number| text.strip_suffix(number)) {
            Some(label) if style.image.is_none() => {
                let number = number.unwrap_or_default();
                if !label.is_empty() {
                    split.push((label.to_owned(), style));
                }
                split.push((number, Style { link: style.link, quote: style.quote, mark: true, ..Style::default() }));
            }
            _ => split.push((text, style)),
        }
    }
    split
}

/// Takes the lines of a table out of its text.
fn table_pieces((text, style): &(String, Style)) -> Vec<(String, Style)> {
    let mut pieces: Vec<(String, Style)> = Vec::new();
    for c in text.chars() {
        let style = if matches!(c, '\u{2500}'..='\u{257f}') { mark() } else { *style };
        match pieces.last_mut() {
            Some((piece, last)) if *last == style => piece.push(c),
            _ => pieces.push((c.to_string(), style)),
        }
    }
    pieces
}

/// Whether the first strong character is of a script written right to left (Unicode Bidirectional Algorithm, P2).
fn is_rtl(spans: &[(String, Style)]) -> bool {
    spans
        .iter()
        .filter(|(_, style)| !style.mark)
        .flat_map(|(text, _)| text.chars())
        .find_map(|c| match c {
            '\u{200f}' | '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => {
                Some(c == '\u{200f}' || c.is_alphabetic()).filter(|strong| *strong)
            }
            c if c.is_alphabetic() || c == '\u{200e}' => Some(false),
            _ => None,
        })
        .unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;

    #[test]
    fn direction_is_that_of_the_first_letter() {
        let rtl = |text: &str| is_rtl(&[(text.to_owned(), Style::default())]);
        assert!(rtl("12. «مرحبا» hello") && rtl("שלום"));
        assert!(!rtl("hello مرحبا") && !rtl("123") && !rtl("中文"));
    }

    #[test]
    fn no_block_is_wider_than_asked() {
        let quote = vec![Lead::Quote; 30];
        let block = Block { lead: quote, ..Block::plain("satu dua tiga") };
        let article = article(&[block], &Document::default(), 10);
        assert!(article.lines.iter().all(|line| line.text().width() <= 10));
    }
}
