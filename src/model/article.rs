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
    /// Words of scripts that put spaces between them.
    pub words: usize,
    /// Characters of Chinese and Japanese, which do not.
    pub ideographs: usize,
    /// What it is written in, as far as that is known: a primary subtag.
    pub language: Option<String>,
}

/// Words a minute, as adults read texts of the same content aloud in their own language (Trauzettel-Klosinski and Dietz,
/// "Standardized assessment of reading performance", IOVS 2012).
const PACES: [(&str, usize); 17] = [
    ("ar", 138),
    ("de", 179),
    ("en", 228),
    ("es", 218),
    ("fa", 138),
    ("fi", 161),
    ("fr", 195),
    ("he", 187),
    ("it", 188),
    ("nl", 202),
    ("pl", 166),
    ("pt", 181),
    ("ru", 184),
    ("sl", 180),
    ("sv", 199),
    ("tr", 166),
    ("uk", 184),
];
/// Of a language that was not measured: the middle of those that were.
const PACE: usize = 184;
/// Characters a minute, from the same study.
const PACE_CHINESE: usize = 255;
const PACE_JAPANESE: usize = 357;

impl Article {
    /// Minutes that reading takes in its language, at least one.
    #[must_use]
    pub fn minutes(&self) -> usize {
        let primary = self.language.as_deref().and_then(|tag| tag.split(['-', '_']).next()).unwrap_or_default();
        let pace = PACES.iter().find(|(code, _)| code.eq_ignore_ascii_case(primary)).map_or(PACE, |(_, pace)| *pace);
        let characters = if primary.eq_ignore_ascii_case("ja") { PACE_JAPANESE } else { PACE_CHINESE };
        // In seconds: an article in two scripts takes the time of both.
        (self.words * 60 / pace + self.ideographs * 60 / characters).div_ceil(60).max(1)
    }

    /// Roughly how much it says, in words of any script.
    #[must_use]
    pub fn length(&self) -> usize {
        self.words + self.ideographs / 2
    }
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
    /// Which block of the text it belongs to: the same at every width.
    pub block: u32,
}

/// A place in an article that holds at every width, and while other paragraphs come and go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Anchor {
    pub block: u32,
    /// Characters of the block before it.
    pub offset: u32,
    /// The fingerprint of the block's text.
    pub mark: i64,
}

impl Article {
    /// The place of a line; `None` where there is no such line.
    #[must_use]
    pub fn anchor(&self, line: usize) -> Option<Anchor> {
        let block = self.lines.get(line)?.block;
        let first = self.lines.iter().position(|line| line.block == block)?;
        let offset = self.lines.get(first..line)?.iter().map(Line::letters).sum::<usize>() as u32;
        Some(Anchor { block, offset, mark: self.mark(first) })
    }

    /// The line of a place: in the paragraph of that text that is the nearest, else in that of that number.
    #[must_use]
    pub fn line_at(&self, anchor: Anchor) -> usize {
        let mut firsts: Vec<usize> = Vec::new();
        for (n, line) in self.lines.iter().enumerate() {
            if firsts.last().and_then(|first| self.lines.get(*first)).is_none_or(|first| first.block != line.block) {
                firsts.push(n);
            }
        }
        let block = |first: &usize| self.lines.get(*first).map_or(0, |line| line.block);
        let known = firsts.iter().copied().filter(|first| self.mark(*first) == anchor.mark);
        let first = known
            .min_by_key(|first| block(first).abs_diff(anchor.block))
            .or_else(|| firsts.iter().copied().find(|first| block(first) >= anchor.block))
            .unwrap_or(self.lines.len().saturating_sub(1));
        let number = block(&first);
        let mut left = anchor.offset as usize;
        let mut at = first;
        for (n, line) in self.lines.iter().enumerate().skip(first).take_while(|(_, line)| line.block == number) {
            at = n;
            let letters = line.letters();
            if left < letters {
                break;
            }
            left -= letters;
        }
        at
    }

    /// The fingerprint of the block that begins at this line, however its lines are broken.
    fn mark(&self, first: usize) -> i64 {
        let Some(block) = self.lines.get(first).map(|line| line.block) else { return 0 };
        let mut text = String::new();
        for line in self.lines.iter().skip(first).take_while(|line| line.block == block) {
            let spans = line.spans.iter().filter(|span| !span.style.mark);
            text.extend(spans.flat_map(|span| span.text.chars()).filter(|c| !c.is_whitespace()));
        }
        xxhash_rust::xxh3::xxh3_64(text.as_bytes()) as i64
    }
}

impl Line {
    /// Characters of its text, spaces and furniture aside.
    fn letters(&self) -> usize {
        let spans = self.spans.iter().filter(|span| !span.style.mark);
        spans.flat_map(|span| span.text.chars()).filter(|c| !c.is_whitespace()).count()
    }

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
    /// What a part of code is, as far as that can be told in every language.
    pub token: Option<Token>,
    /// A quotation; its bar is a span of its own with `mark`.
    pub quote: bool,
    /// Furniture set by kabar, not by the author: bullets, quote bars, rules, table lines, link numbers.
    pub mark: bool,
    /// Part of link n (1-based).
    pub link: Option<u32>,
    /// Part of the placeholder of image n (1-based).
    pub image: Option<u32>,
}

/// A part of code that is set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    Keyword,
    Text,
    Comment,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn set(paragraphs: &[&str], words_a_line: usize) -> Article {
        let mut article = Article::default();
        for (block, text) in (0..).zip(paragraphs) {
            let words: Vec<&str> = text.split(' ').collect();
            for words in words.chunks(words_a_line) {
                let spans = vec![Span { text: words.join(" "), style: Style::default() }];
                article.lines.push(Line { spans, block, ..Line::default() });
            }
        }
        article
    }

    #[test]
    fn a_place_holds_at_another_width_and_when_paragraphs_come_before_it() {
        let text = ["a b c d e f", "satu dua tiga empat lima enam", "x y z"];
        let wide = set(&text, 3);
        let anchor = wide.anchor(3).unwrap();
        assert_eq!(wide.lines[3].text(), "empat lima enam");
        let narrow = set(&text, 1);
        assert_eq!(narrow.lines[narrow.line_at(anchor)].text(), "empat");
        assert_eq!(wide.line_at(narrow.anchor(10).unwrap()), 3);
        let edited = set(&["baru", "a b c d e f", "satu dua tiga empat lima enam", "x y z"], 3);
        assert_eq!(edited.lines[edited.line_at(anchor)].text(), "empat lima enam");
        // Where the paragraph itself is another one, its place counts.
        assert_eq!(set(&["a b c d e f", "lain", "x"], 3).line_at(anchor), 2);
        assert_eq!(Article::default().line_at(anchor), 0);
        assert_eq!(Article::default().anchor(0), None);
    }

    #[test]
    fn reading_takes_as_long_as_its_language_does() {
        let of = |language: &str, words, ideographs| {
            let language = Some(language.to_owned()).filter(|language| !language.is_empty());
            Article { words, ideographs, language, ..Article::default() }.minutes()
        };
        for (language, minutes) in [("en-GB", 5), ("ar", 8), ("id", 6), ("", 6)] {
            assert_eq!(of(language, 1000, 0), minutes, "{language}");
        }
        for (language, minutes) in [("zh", 4), ("ja", 3)] {
            assert_eq!(of(language, 0, 1020), minutes, "{language}");
        }
        assert_eq!(of("", 0, 0), 1);
    }
}
