//! The article of a web page, and nothing but the article.
//!
//! ```text
//! bytes ─▶ decode ─▶ tame ─▶ sites (rules for this site) ─▶ select (trafilatura × dom_smoothie) ─▶ sanitise ─▶ clean (block rules) = html
//!               └──▶ clues ─▶ metadata (JSON-LD, meta, microdata, byline)
//! ```
//!
//! Takes values and returns values; may take seconds on a hostile page, so it is called on a thread of its own.

mod amp;
mod barrier;
mod byline;
mod clean;
mod clues;
mod common;
mod ending;
mod jsonld;
mod lead;
mod lexicon;
mod line;
mod metadata;
mod names;
pub mod next;
mod rules;
mod select;
mod signed;
mod sites;
mod tame;
mod tree;

use url::Url;

pub use clean::{About, clean, clean_feed};
pub use common::{short_blocks, without_blocks};
pub use sites::{Rule, RuleError, Sites};

use super::decode::decode;
use super::{language, text};
use crate::model::page::Page;

/// Bytes of a page that are looked at.
pub const LIMIT: usize = 8 << 20;

/// Why there is no article.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExtractError {
    #[error("the page is larger than {} MiB", LIMIT >> 20)]
    TooLarge,
    #[error("the page is empty")]
    Empty,
}

/// The article of the page at `url`.
pub fn extract(bytes: &[u8], content_type: Option<&str>, url: &Url, sites: &Sites) -> Result<Page, ExtractError> {
    if bytes.len() > LIMIT {
        return Err(ExtractError::TooLarge);
    }
    // Parsers make three bytes of each of these, and nothing to read.
    let source = decode(bytes, content_type);
    let source = if source.contains('\0') { source.replace('\0', "").into() } else { source };
    if source.trim().is_empty() {
        return Err(ExtractError::Empty);
    }
    let clues = clues::gather(&source);
    let described = jsonld::describe(&clues.ld);
    let mut page = metadata::metadata(&clues, described.as_ref(), url);
    let tamed = tame::tame(&source);
    let by_rule = sites.apply(&tamed, url);
    let found = by_rule.article.unwrap_or_else(|| select::select(by_rule.page.as_deref().unwrap_or(&tamed), url));
    if page.authors.iter().all(|name| byline::is_desk(name)) {
        page.authors = Some(signed::authors(&found)).filter(|names| !names.is_empty()).unwrap_or(page.authors);
    }
    let about = About { title: page.title.as_deref(), authors: &page.authors, is_feed: false };
    let shown = text::plain(&tamed);
    let html = clean(&lead::with_lead(found, clues.deck.as_deref(), metadata::description(&clues), &shown), about);
    let barrier = barrier::barrier(&html, &shown, &clues, described.as_ref(), page.date.is_some());
    // Many pages do not say what language they are in.
    let language = page.language.or_else(|| language::of(None, &text::plain(&html)));
    let is_cut = |canonical: &String| clues.is_amp && amp::is_cut(&tamed, &html, url, canonical);
    let is_cut = page.canonical.as_ref().is_some_and(is_cut);
    Ok(Page { html, barrier, language, next: by_rule.next.or(page.next), is_cut, ..page })
}
