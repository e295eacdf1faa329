//! Tells an article from what stands in its place: a paywall, a wall of consent, a page that a script fills.

use super::super::text;
use super::clues::Clues;
use super::jsonld::Described;
use super::lexicon::{LEXICON, ends_a_sentence, folded, weight};
use super::tree::Tree;
use crate::model::page::Barrier;

/// Shown length below which a text may be what is left of an article.
const SHORT: usize = 1500;
/// Shown length below which a text may be what a wall of consent says.
const WALL: usize = 700;
/// Shown length below which it is none.
const NONE: usize = 140;
/// Bytes of visible text below which a page is an empty frame.
const EMPTY: usize = 40;
/// Shown length below which a page with a date has none.
const BRIEF: usize = 50;

/// What keeps the article from its reader; `page` is the whole page's text.
pub(super) fn barrier(
    html: &str,
    page: &str,
    clues: &Clues,
    described: Option<&Described>,
    is_dated: bool,
) -> Option<Barrier> {
    let plain = text::plain(html);
    let text = folded(&plain);
    let shown = weight(&text);
    let page = folded(page);
    // What asks readers to log in at the head of a page does so on free pages too.
    let first = plain.lines().map(folded).find(|line| weight(line) >= BRIEF);
    let from_article = first.and_then(|line| page.get(page.find(&line)?..)).unwrap_or(&page);
    let holds = |page: &str, words: &[&str]| words.iter().any(|word| page.contains(*word));
    let is_tier = |name: &str| name.trim_start_matches("og:") == "article:content_tier";
    let tier = clues.metas.iter().find(|(name, _)| is_tier(name)).map(|(_, tier)| tier);
    let is_paid = described.is_some_and(|found| found.is_free == Some(false))
        || tier.is_some_and(|tier| matches!(tier.as_str(), "locked" | "metered"));
    let is_free = described.is_some_and(|found| found.is_free == Some(true)) || tier.is_some_and(|tier| tier == "free");
    if shown < SHORT && !is_free && (holds(from_article, &LEXICON.paywall) || is_paid && shown < SHORT / 2) {
        return Some(Barrier::Paywall);
    }
    // The wall may be all that was found: in few words it asks for more than one thing, or for one on a page without a date.
    let asked = LEXICON.consent.iter().filter(|words| text.contains(*words)).count();
    if shown < WALL && (asked > 1 || asked == 1 && !is_dated) {
        return Some(Barrier::Consent);
    }
    // Some news is one sentence; a page that dates it says that it is news.
    let is_brief = shown >= BRIEF && ends_a_sentence(&text) && is_dated;
    if (shown >= NONE || is_brief) && !is_list_of_links(html) {
        return None;
    }
    if holds(&page, &LEXICON.consent) {
        return Some(Barrier::Consent);
    }
    // A page with next to no text and much script, or with no text and any, writes its text when it runs.
    let is_written = clues.visible < 400 && (clues.scripts > 2_000 || page.contains("javascript"));
    if is_written || clues.visible < EMPTY && clues.scripts > 0 {
        return Some(Barrier::Script);
    }
    Some(Barrier::NoArticle)
}

/// A front page, a category: nearly all of its text is links.
fn is_list_of_links(html: &str) -> bool {
    let blocks = Tree::read(html).blocks();
    let (all, linked) =
        blocks.iter().fold((0, 0), |(all, linked), block| (all + block.text.len(), linked + block.linked));
    linked * 10 > all * 8
}
