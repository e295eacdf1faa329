//! An entry's readable text, set at one width: styled lines, numbered links, images.
//! Says what a piece of text *is*; the interface's theme says how that looks.

/// The whole text of one entry at one width.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Article {
    /// Columns the lines were set for. Lines of code blocks may be wider.
    pub width: u16,
    pub lines: Vec<Line>,
    /// Link n of the text is `links[n - 1]`.
    pub links: Vec<Link>,
    pub images: Vec<Image>,
    /// Words (for scripts without spaces: characters / 2), for the reading time.
    pub words: usize,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    pub spans: Vec<Span>,
    /// Set on the lines of a heading: its level, 1 to 6.
    pub heading: Option<u8>,
    /// The line reads right to left and is set flush right.
    pub rtl: bool,
    /// Code and preformatted text: not wrapped, scrolled sideways.
    pub pre: bool,
}

impl Line {
    #[must_use]
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub style: Style,
}

/// What a run of text is. Several may hold at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent marks of inline text, as in HTML")]
pub struct Style {
    pub emphasis: bool,
    pub strong: bool,
    pub strikeout: bool,
    pub code: bool,
    /// A quotation; its bar is a span of its own with `mark`.
    pub quote: bool,
    /// Furniture set by kabar, not by the author: bullets, quote bars, rules, table lines, link numbers.
    pub mark: bool,
    /// Part of link n (1-based).
    pub link: Option<u32>,
    /// Part of the placeholder of image n (1-based).
    pub image: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub url: String,
    /// The text that carries the link.
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    pub url: String,
    pub alt: String,
}
