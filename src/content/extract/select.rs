//! Finds the article in a page: two extractors that err in different places, and what they agree on. Trafilatura's
//! choice is the text; its blocks that dom_smoothie leaves out are doubtful.

use std::collections::HashSet;

use dom_smoothie::Readability;
use trafilatura::Options;
use url::Url;

use super::super::guard::guarded;
use super::super::sanitise::sanitise;
use super::super::text;
use super::tree::Tree;

/// Below this share of text that both keep, they disagree about what the article is, and one opinion is as good.
const AGREED: f64 = 0.4;

/// Safe HTML of what looks like the article of a tamed page; empty when nothing does.
pub(super) fn select(page: &str, url: &Url) -> String {
    let first = guarded(|| trafilatura_html(page, url)).flatten().unwrap_or_default();
    let second = guarded(|| smoothie_html(page, url)).flatten().unwrap_or_default();
    if first.is_empty() {
        return second;
    }
    agreed(&first, &second)
}

fn trafilatura_html(page: &str, url: &Url) -> Option<String> {
    let options = Options::default()
        .with_fallback(true)
        .with_links(true)
        .with_images(true)
        .with_exclude_comments(true)
        .with_url(url.clone());
    let found = trafilatura::extract(page, &options).ok()?;
    Some(sanitise(&found.content_html, url).into_owned())
}

fn smoothie_html(page: &str, url: &Url) -> Option<String> {
    let config = dom_smoothie::Config { disable_json_ld: true, ..dom_smoothie::Config::default() };
    let mut readability = Readability::new(page, Some(url.as_str()), Some(config)).ok()?;
    let article = readability.parse().ok()?;
    Some(sanitise(&article.content, url).into_owned())
}

/// The blocks of `first` whose text `second` has too; all of them where that leaves too little.
fn agreed(first: &str, second: &str) -> String {
    let mut tree = Tree::read(first);
    let theirs = squeezed(&text::plain(second));
    let theirs_lines: HashSet<String> = text::plain(second).lines().map(squeezed).collect();
    let (mut all, mut kept) = (0, 0);
    let mut doubtful = Vec::new();
    for block in tree.blocks() {
        let words = squeezed(&block.text);
        all += words.len();
        // Short blocks are looked for as whole lines: their words may stand anywhere.
        if words.is_empty() || theirs_lines.contains(&words) || (words.len() >= 24 && theirs.contains(&words)) {
            kept += words.len();
        } else {
            doubtful.push(block);
        }
    }
    if (kept as f64) < all as f64 * AGREED {
        return first.to_owned();
    }
    for block in &doubtful {
        tree.drop(block);
    }
    tree.html()
}

/// Letters and digits alone: the extractors treat white space and marks differently.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
