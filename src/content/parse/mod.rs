//! Turns one response body into drafts. No network, no clock: the same bytes give the same drafts.

mod draft;
mod json;
mod sniff;
mod xml;

use url::Url;

use crate::model::entry::FeedDraft;

use super::decode;
use sniff::Kind;

/// Longer texts are no feeds: the documents of the busiest publishers have a twentieth of it.
const LONGEST: usize = 20 * 1024 * 1024;
/// More items than this in one document are not news; the first ones are kept.
const MOST_ITEMS: usize = 10_000;

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
}

/// Parses RSS 0.9x to 2.0, Atom, RDF, CDF and JSON Feed 1.x. `base` is the URL the body came from, after redirects.
pub fn parse(bytes: &[u8], content_type: Option<&str>, base: &Url) -> Result<FeedDraft, ParseError> {
    // UTF-32 takes four bytes for what UTF-8 says in one.
    if bytes.len() > LONGEST * 4 {
        return Err(ParseError::TooLong { limit: LONGEST });
    }
    let text = decode::decode(bytes, content_type);
    if text.len() > LONGEST {
        return Err(ParseError::TooLong { limit: LONGEST });
    }
    match sniff::sniff(&text) {
        Kind::Xml { prolog, root, preceded } => {
            let mut feed = xml::parse(prolog, root, base)?;
            if preceded {
                feed.repairs.push("left out what stood before the feed".to_owned());
            }
            Ok(feed)
        }
        Kind::Json(document) => json::parse(document, base),
        Kind::Other(what) => Err(ParseError::NotAFeed { what }),
    }
}

#[cfg(test)]
mod tests;
