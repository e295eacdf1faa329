//! Asks html2text for the blocks of a document: one long line for each line of text, what leads it, what it is.

use html2text::config;
use html2text::render::{TaggedLineElement, TextDecorator};

use crate::model::article::Style;

use super::prepare::{GAP, RULE, TABLE};

/// Wide enough for any paragraph.
pub(super) const UNLIMITED: usize = 8 * 1024 * 1024;

// What leads a line is told from its text by control characters, which no text holds. One byte is one column to
// html2text, so every lead is as many bytes as it will be columns.
/// Columns that html2text leaves to any text.
const NARROWEST: usize = 3;

const QUOTE: char = '\u{1}';
const BULLET: char = '\u{2}';
const NUMBER: char = '\u{3}';
/// Plus the level.
const HEADING: u32 = 0x10;

/// A part of what leads a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lead {
    Quote,
    Bullet,
    /// `12.`, and the columns it takes.
    Number(String, usize),
    Indent(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Kind {
    #[default]
    Text,
    Pre,
    Rule,
    Table(usize),
    Gap,
}

/// A line of text before it is broken.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    pub lead: Vec<Lead>,
    pub spans: Vec<(String, Style)>,
    pub heading: Option<u8>,
    pub kind: Kind,
    /// Marked as code, not only as set in columns.
    pub is_code: bool,
}

impl Block {
    pub(super) fn plain(text: &str) -> Self {
        Self { spans: vec![(text.to_owned(), Style::default())], ..Self::default() }
    }
}

/// The lines of `html`; `None` when html2text refuses it.
pub(super) fn blocks(html: &str, width: usize) -> Option<Vec<Block>> {
    blocks_within(html, width, NARROWEST)
}

/// The same, where no column of a table is narrower than its text or `narrowest`, if that much room there is.
pub(super) fn blocks_within(html: &str, width: usize, narrowest: usize) -> Option<Vec<Block>> {
    let lines = config::with_decorator(Decorator)
        .allow_width_overflow()
        .min_wrap_width(narrowest)
        .unicode_strikeout(false)
        .lines_from_read(html.as_bytes(), width)
        .ok()?;
    let mut blocks = Vec::with_capacity(lines.len());
    for line in lines {
        let mut block = Block::default();
        let mut leading = true;
        for element in line.iter() {
            let TaggedLineElement::Str(piece) = element else {
                continue;
            };
            let style = style(&piece.tag);
            let is_pre = piece.tag.contains(&Mark::Pre);
            let mut text = piece.s.as_str();
            if leading && !is_pre {
                text = block.lead_from(text);
                leading = text.is_empty();
            }
            if is_pre {
                leading = false;
                block.kind = Kind::Pre;
                block.is_code |= piece.tag.contains(&Mark::Code);
            }
            if !text.is_empty() {
                block.spans.push((text.to_owned(), style));
            }
        }
        block.classify();
        blocks.push(block);
    }
    Some(blocks)
}

impl Block {
    /// Takes what leads the line off the start of `text`.
    fn lead_from<'a>(&mut self, mut text: &'a str) -> &'a str {
        loop {
            let mut rest = text.chars();
            match rest.next() {
                // The column behind these marks is part of them.
                Some(QUOTE) => {
                    self.lead.push(Lead::Quote);
                    text = rest.as_str();
                    text = text.strip_prefix(' ').unwrap_or(text);
                    continue;
                }
                Some(BULLET) => {
                    self.lead.push(Lead::Bullet);
                    text = rest.as_str();
                    text = text.strip_prefix(' ').unwrap_or(text);
                    continue;
                }
                Some(' ') => match self.lead.last_mut() {
                    Some(Lead::Indent(columns)) => *columns += 1,
                    _ => self.lead.push(Lead::Indent(1)),
                },
                Some(c) if (HEADING + 1..=HEADING + 6).contains(&u32::from(c)) => {
                    self.heading = Some((u32::from(c) - HEADING) as u8);
                }
                Some(c) if c.is_ascii_digit() => {
                    let Some((number, after)) = text.split_once(NUMBER) else {
                        return text;
                    };
                    if !number.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
                        return text;
                    }
                    // The mark itself stands for the column behind the number.
                    self.lead.push(Lead::Number(number.to_owned(), number.len() + 1));
                    text = after;
                    continue;
                }
                _ => return text,
            }
            text = rest.as_str();
        }
    }

    fn classify(&mut self) {
        let [(text, _)] = self.spans.as_slice() else {
            return;
        };
        let mut chars = text.chars();
        match chars.next() {
            Some(RULE) => self.kind = Kind::Rule,
            Some(GAP) => self.kind = Kind::Gap,
            Some(TABLE) => {
                if let Ok(number) = chars.as_str().trim().parse() {
                    self.kind = Kind::Table(number);
                }
            }
            _ => {}
        }
    }
}

fn style(marks: &[Mark]) -> Style {
    let mut style = Style::default();
    for mark in marks {
        match mark {
            Mark::Emphasis => style.emphasis = true,
            Mark::Strong => style.strong = true,
            Mark::Strikeout => style.strikeout = true,
            Mark::Code | Mark::Pre => style.code = true,
            Mark::Link(number) => style.link = Some(*number),
            Mark::Image(number) => style.image = Some(*number),
            Mark::None => {}
        }
    }
    style
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Mark {
    #[default]
    None,
    Emphasis,
    Strong,
    Strikeout,
    Code,
    Pre,
    Link(u32),
    Image(u32),
}

/// Writes nothing into the text itself; links and images come numbered from [`super::prepare`].
#[derive(Debug, Clone)]
struct Decorator;

impl TextDecorator for Decorator {
    type Annotation = Mark;

    fn decorate_link_start(&mut self, url: &str) -> (String, Mark) {
        (String::new(), url.parse().map_or(Mark::None, Mark::Link))
    }

    fn decorate_link_end(&mut self) -> String {
        String::new()
    }

    fn decorate_em_start(&self) -> (String, Mark) {
        (String::new(), Mark::Emphasis)
    }

    fn decorate_em_end(&self) -> String {
        String::new()
    }

    fn decorate_strong_start(&self) -> (String, Mark) {
        (String::new(), Mark::Strong)
    }

    fn decorate_strong_end(&self) -> String {
        String::new()
    }

    fn decorate_strikeout_start(&self) -> (String, Mark) {
        (String::new(), Mark::Strikeout)
    }

    fn decorate_strikeout_end(&self) -> String {
        String::new()
    }

    fn decorate_code_start(&self) -> (String, Mark) {
        (String::new(), Mark::Code)
    }

    fn decorate_code_end(&self) -> String {
        String::new()
    }

    fn decorate_preformat_first(&self) -> Mark {
        Mark::Pre
    }

    fn decorate_preformat_cont(&self) -> Mark {
        Mark::Pre
    }

    fn decorate_image(&mut self, src: &str, title: &str) -> (String, Mark) {
        (title.to_owned(), src.parse().map_or(Mark::None, Mark::Image))
    }

    fn header_prefix(&self, level: usize) -> String {
        char::from_u32(HEADING + level as u32).map(String::from).unwrap_or_default()
    }

    fn quote_prefix(&self) -> String {
        format!("{QUOTE} ")
    }

    fn unordered_item_prefix(&self) -> String {
        format!("{BULLET} ")
    }

    fn ordered_item_prefix(&self, i: i64) -> String {
        format!("{i}.{NUMBER}")
    }

    fn make_subblock_decorator(&self) -> Self {
        self.clone()
    }

    fn decorate_superscript_start(&self) -> (String, Mark) {
        (String::new(), Mark::None)
    }

    fn decorate_superscript_end(&self) -> String {
        String::new()
    }
}
