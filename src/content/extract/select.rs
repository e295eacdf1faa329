//! Finds the article in a page: two extractors that err in different places, and what they agree on. The blocks
//! that `dom_smoothie` keeps are the text, where trafilatura keeps them too or they stand among those that it keeps.

use std::collections::HashSet;

use dom_smoothie::Readability;
use trafilatura::Options;
use url::Url;

use super::super::guard::guarded;
use super::super::sanitise::sanitise;
use super::super::text;
use super::lexicon::{ends_a_sentence, weight};
use super::names;
use super::tree::{Block, Inside, Tree};

/// Below this share of text that both keep, they disagree about what the article is.
const AGREED: f64 = 0.4;
/// Below this share of the other's length an extractor has missed the article.
const MISSED: f64 = 0.4;
/// A block is also the other's when this share of its runs of letters is.
const SAME: f64 = 0.7;
/// Letters of a run.
const RUN: usize = 8;
/// Shown length from which a line can be a sentence.
const SENTENCE: usize = 12;
/// Shown length from which a block with few links speaks for itself.
const PROSE: usize = 60;

/// Safe HTML of what looks like the article of a tamed page; empty when nothing does.
pub(super) fn select(page: &str, url: &Url) -> String {
    let page = &names::without_misleading(page);
    let first = guarded(|| trafilatura_html(page, url)).flatten().unwrap_or_default();
    let second = guarded(|| smoothie_html(page, url)).flatten().unwrap_or_default();
    combined(first, second)
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

/// The second opinion's blocks that the first has too, and its prose: it keeps more of an article's beginning and
/// structure, and more of what stands beside it. Where it has missed the article, the first opinion.
fn combined(first: String, second: String) -> String {
    let (first_runs, second_runs) = (Runs::of(&text::plain(&first)), Runs::of(&text::plain(&second)));
    let is_missed = (second_runs.letters as f64) < first_runs.letters as f64 * MISSED;
    if is_missed || first_runs.letters == 0 {
        return if is_missed { first } else { second };
    }
    let mut tree = Tree::read(&second);
    let blocks = tree.blocks();
    let held: Vec<bool> = blocks.iter().map(|block| first_runs.hold(&squeezed(&block.text))).collect();
    let length = |block: &Block| squeezed(&block.text).len();
    let all: usize = blocks.iter().map(length).sum();
    let shared: usize = blocks.iter().zip(&held).filter(|(_, held)| **held).map(|(block, _)| length(block)).sum();
    if (shared as f64) < all as f64 * AGREED {
        return if prose(&tree) >= prose(&Tree::read(&first)) { second } else { first };
    }
    // What stands among the text that both keep belongs to it, as long as it is part of its structure, and so does the
    // heading above it.
    let start = held.iter().position(|held| *held).unwrap_or(0);
    let start = start - usize::from(start > 0 && blocks.get(start - 1).is_some_and(is_heading));
    let end = held.iter().rposition(|held| *held).unwrap_or(0);
    for (at, block) in blocks.iter().enumerate() {
        let is_structure = (start..end).contains(&at)
            && block.linked * 2 < block.text.len()
            && (is_structural(block) || is_sentence(block));
        let is_picture = block.text.is_empty() && block.has_image;
        let is_kept = held.get(at) == Some(&true) || at < end && is_prose(block) || is_structure || is_picture;
        if !is_kept && !is_note(block) {
            tree.drop(block);
        }
    }
    beginning(&first, &second_runs) + &tree.html()
}

/// What the first opinion has before the text that both keep, and below the title: the second keeps but the largest of
/// several boxes.
fn beginning(first: &str, second: &Runs) -> String {
    let mut tree = Tree::read(first);
    let blocks = tree.blocks();
    let is_shared = |block: &Block| (is_prose(block) || is_sentence(block)) && second.hold(&squeezed(&block.text));
    let Some(end) = blocks.iter().position(is_shared) else { return String::new() };
    let start = blocks.iter().take(end).position(|block| block.name == "h1").map_or(0, |title| title + 1);
    let mut has_prose = false;
    let mut says = |block: &Block| {
        // A caption ends without a mark; behind a paragraph short sentences count, too.
        let is_told = is_sentence(block) && (is_prose(block) || has_prose);
        has_prose |= is_told;
        let is_item = block.inside == Inside::List && weight(&block.text) >= SENTENCE;
        let is_table = block.inside == Inside::Table;
        !is_table && (is_told || is_item) && block.linked * 2 < block.text.len() && !second.hold(&squeezed(&block.text))
    };
    let is_kept: Vec<bool> = (0..).zip(&blocks).map(|(at, block)| (start..end).contains(&at) && says(block)).collect();
    if !is_kept.contains(&true) {
        return String::new();
    }
    for (block, _) in blocks.iter().zip(&is_kept).filter(|(_, is_kept)| !**is_kept) {
        tree.drop(block);
    }
    // Tables stay, empty.
    let mut html = tree.html();
    while let Some(at) = html.find("<table") {
        let end =
            html.get(at..).and_then(|rest| rest.find("</table>")).map_or(html.len(), |end| at + end + "</table>".len());
        html.replace_range(at..end, "");
    }
    html
}

fn is_prose(block: &Block) -> bool {
    weight(&block.text) >= PROSE && block.linked * 2 < block.text.len()
}

/// A short paragraph is one of the article's when it stands among them and ends like a sentence.
fn is_sentence(block: &Block) -> bool {
    weight(&block.text) >= SENTENCE && ends_a_sentence(&block.text)
}

fn is_structural(block: &Block) -> bool {
    block.inside != Inside::Body || is_heading(block) || block.name == "pre"
}

fn is_heading(block: &Block) -> bool {
    matches!(block.name, "h2" | "h3" | "h4" | "h5" | "h6") && block.linked * 2 < block.text.len()
}

/// A footnote leads back to where it belongs.
fn is_note(block: &Block) -> bool {
    block.inside == Inside::List && block.text.trim_end_matches('\u{fe0e}').ends_with('↩')
}

fn prose(tree: &Tree) -> usize {
    tree.blocks().iter().filter(|block| is_prose(block)).map(|block| weight(&block.text)).sum()
}

/// The runs of letters that a text is made of, whatever its script.
struct Runs {
    known: HashSet<u64>,
    lines: HashSet<String>,
    letters: usize,
}

impl Runs {
    fn of(text: &str) -> Self {
        let lines: HashSet<String> = text.lines().map(squeezed).collect();
        let letters = squeezed(text);
        Self { known: runs(&letters).collect(), lines, letters: letters.len() }
    }

    fn hold(&self, letters: &str) -> bool {
        if self.lines.contains(letters) {
            return true;
        }
        let (mut all, mut held) = (0_usize, 0_usize);
        for run in runs(letters) {
            all += 1;
            held += usize::from(self.known.contains(&run));
        }
        all > 0 && held as f64 >= all as f64 * SAME
    }
}

/// The fingerprints of all runs, each as long as `RUN`.
fn runs(letters: &str) -> impl Iterator<Item = u64> {
    let chars: Vec<char> = letters.chars().collect();
    let starts = chars.len().saturating_sub(RUN - 1);
    (0..starts).map(move |start| {
        let run = chars.get(start..start + RUN).unwrap_or_default();
        run.iter()
            .fold(0, |hash: u64, c| hash.wrapping_mul(0x0100_0000_01b3).wrapping_add(u64::from(*c)).rotate_left(7))
    })
}

/// Letters and digits alone: the extractors treat white space and marks differently.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "Kamera di bawah tiga jembatan merekam seekor induk dengan dua anaknya pada sebelas malam.";
    const SECOND: &str = "Penutupan dua pabrik celup diduga membawa kembali cukup banyak belut untuk satu keluarga.";
    const THIRD: &str = "Namun para pegiat mengingatkan bahwa lalu lintas tetap menjadi ancaman yang terbesar.";

    #[test]
    fn what_one_opinion_has_above_the_text_of_the_other_belongs_to_it() {
        let first = format!(
            "<h1>Judul</h1><p>Iklan</p><ul><li>Empat ekor mati di jalan lingkar</li></ul><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
        );
        let second = format!("<div><p>{SECOND}</p><p>{THIRD}</p></div>");
        let found = combined(first, second.clone());
        let kept = format!("<ul><li>Empat ekor mati di jalan lingkar</li></ul><p>{FIRST}</p>{second}");
        assert_eq!(found, kept);
        let table = format!("<table><tr><td>sel</td></tr></table><p>{SECOND}</p><p>{THIRD}</p>");
        assert_eq!(combined(table, second.clone()), second);
    }

    #[test]
    fn the_first_heading_and_footnotes_stay() {
        let first = format!("<p>{FIRST}</p><p>{SECOND}</p>");
        let second = format!(
            "<div><h2>Pukul sembilan</h2><p>{FIRST}</p><p>{SECOND}</p><ol><li>Tinta besi. ↩</li><li>Menu</li></ol></div>"
        );
        assert_eq!(combined(first, second.clone()), second.replace("<li>Menu</li>", ""));
    }
}
