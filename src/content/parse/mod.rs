//! Turns one response body into drafts. No network, no clock: the same bytes give the same drafts.

mod draft;
mod json;
mod mend;
mod sniff;
mod xml;

use url::Url;

use crate::model::entry::FeedDraft;

use super::decode;
use sniff::Kind;

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
    /// A feed built to exhaust its reader.
    #[error("the feed nests its elements deeper than {limit} levels")]
    TooDeep { limit: usize },
}

/// Parses RSS 0.9x to 2.0, Atom, RDF and JSON Feed 1.x. `base` is the URL the body came from, after redirects.
pub fn parse(bytes: &[u8], content_type: Option<&str>, base: &Url) -> Result<FeedDraft, ParseError> {
    let text = decode::decode(bytes, content_type);
    match sniff::sniff(&text) {
        Kind::Xml { root, preceded } => {
            let mut feed = xml::parse(root, base)?;
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
