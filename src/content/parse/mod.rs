//! Turns one response body into drafts. No network, no clock: the same bytes give the same drafts.

mod draft;
mod json;
mod mojibake;
mod sniff;
mod xml;

use std::borrow::Cow;
use std::cell::Cell;
use std::io::Read as _;

use url::Url;

use crate::model::entry::FeedDraft;

use super::decode;
pub use mojibake::EncodedTwice;
use mojibake::Mender;
use sniff::Kind;

/// Longer texts are no feeds: the documents of the busiest publishers have a twentieth of it.
const LONGEST: usize = 20 * 1024 * 1024;
/// More items than this in one document are not news; the first ones are kept.
const MOST_ITEMS: usize = 10_000;

/// Longer texts of an item are cut.
const LONGEST_TEXT: usize = 2 * 1024 * 1024;
const IS_CUT: &str = "the end of a text longer than 2 MiB";

/// Why a body gave no feed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// Another kind of document. Where it is a page, feeds may be found from it.
    #[error("this is {what}, not a feed")]
    NotAFeed {
        /// With its article: `an HTML page`.
        what: String,
    },
    /// A feed, too broken to read even one item of it.
    #[error("the feed cannot be read: {detail}")]
    Malformed { detail: String },
    /// A document that would exhaust its reader.
    #[error("the document is longer than {} MiB", limit / 1024 / 1024)]
    TooLong {
        /// In bytes.
        limit: usize,
    },
    /// It was given up after the time that any honest document takes.
    #[error("the document takes too long to read")]
    TooSlow,
}

/// Whether to give a document up: the clock is the caller's.
struct Stop<'a> {
    is_late: &'a dyn Fn() -> bool,
    ticks: Cell<u32>,
}

impl<'a> Stop<'a> {
    /// Small steps between two looks at the clock, which costs more than one of them.
    const STEPS: u32 = 1024;

    fn new(is_late: &'a dyn Fn() -> bool) -> Self {
        Self { is_late, ticks: Cell::new(0) }
    }

    /// Before each step that may be a long one.
    fn check(&self) -> Result<(), ParseError> {
        if (self.is_late)() { Err(ParseError::TooSlow) } else { Ok(()) }
    }

    /// At each of many small steps; whoever is told to stop leaves it to a [`Stop::check`] to say so.
    fn tick(&self) -> bool {
        let ticks = self.ticks.get().wrapping_add(1);
        self.ticks.set(ticks);
        ticks.is_multiple_of(Self::STEPS) && (self.is_late)()
    }
}

/// Parses RSS 0.9x to 2.0, Atom, RDF, CDF and JSON Feed 1.x. `base` is the URL the body came from, after redirects.
pub fn parse(bytes: &[u8], content_type: Option<&str>, base: &Url) -> Result<FeedDraft, ParseError> {
    parse_until(bytes, content_type, base, EncodedTwice::IsMended, &|| false)
}

/// As [`parse`], and gives up when `is_late` says so.
pub fn parse_until(
    bytes: &[u8],
    content_type: Option<&str>,
    base: &Url,
    twice: EncodedTwice,
    is_late: &dyn Fn() -> bool,
) -> Result<FeedDraft, ParseError> {
    let stop = Stop::new(is_late);
    // UTF-32 takes four bytes for what UTF-8 says in one.
    if bytes.len() > LONGEST * 4 {
        return Err(ParseError::TooLong { limit: LONGEST });
    }
    let unpacked = unpacked(bytes)?;
    stop.check()?;
    let bytes = unpacked.as_deref().unwrap_or(bytes);
    let text = decode::decode(bytes, content_type);
    stop.check()?;
    if text.len() > LONGEST {
        return Err(ParseError::TooLong { limit: LONGEST });
    }
    // What is no UTF-8 throughout may be so in part, and has been read as something else.
    let mender = Mender::new(if matches!(text, Cow::Owned(_)) { EncodedTwice::IsMended } else { twice });
    let (mut feed, is_preceded) = match sniff::sniff(&text) {
        Kind::Xml { prolog, root, preceded } => (xml::parse(prolog, root, base, &mender, &stop)?, preceded),
        Kind::Json { document, preceded } => (json::parse(document, base, &mender, &stop)?, preceded),
        Kind::Other(what) => return Err(ParseError::NotAFeed { what }),
    };
    if is_preceded {
        feed.repairs.push("left out what stood before the feed".to_owned());
    }
    if mender.has_left_some() {
        feed.repairs.push("left texts that were encoded twice as they are; a subscription mends them".to_owned());
    }
    Ok(feed)
}

/// The content of a gzip file (`feed.xml.gz`, or an answer that does not say how it is packed).
fn unpacked(bytes: &[u8]) -> Result<Option<Vec<u8>>, ParseError> {
    if !bytes.starts_with(&[0x1f, 0x8b, 8]) {
        return Ok(None);
    }
    let mut content = Vec::new();
    let read = flate2::read::MultiGzDecoder::new(bytes).take(LONGEST as u64 + 1).read_to_end(&mut content);
    if content.len() > LONGEST {
        return Err(ParseError::TooLong { limit: LONGEST });
    }
    // What breaks off is read as far as it goes.
    Ok((read.is_ok() || !content.is_empty()).then_some(content))
}

/// Where the names and texts of a document are that means to be XML, as the parser cuts it: for its tests.
#[doc(hidden)]
#[must_use]
pub fn pieces(document: &str) -> Vec<std::ops::Range<usize>> {
    xml::pieces(document)
}

#[cfg(test)]
mod tests;
