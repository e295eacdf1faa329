//! From bytes to readable text: a row of small steps, each a function from value to value.
//!
//! ```text
//! body ─▶ decode ─▶ parse (feed-rs, JSON Feed) ─▶ resolve URLs ─▶ sanitise ─▶ scrub = FeedDraft
//! safe HTML ─▶ text    one line or plain text, for lists and search
//!           ─▶ article styled lines at one width, for reading
//!           ─▶ terms   words as the index, topics and stories know them (model/terms)
//!           ─▶ export  documents for other programs: Markdown, HTML, EPUB, JSON Feed
//!           ─▶ features what an article is about, in a few hundred bytes
//! cluster, topics     articles into stories, and to the topics that are followed
//! opml, newsboat       lists of subscriptions, read and written
//! ```
//!
//! No network, no clock, no files: the same bytes give the same values. Everything that comes in is hostile;
//! nothing that goes out can act on a terminal.

mod address;
pub mod article;
pub mod cluster;
pub mod date;
pub mod decode;
pub mod discover;
mod entity;
pub mod export;
pub mod extract;
pub mod features;
pub use crate::model::guard;
pub mod language;
pub mod markup;
pub mod newsboat;
pub mod opml;
pub mod parse;
#[cfg(feature = "images")]
pub mod picture;
mod pixel;
pub mod sanitise;
pub use crate::model::terms;
pub mod text;
pub mod topics;
