//! Short blocks by their words: what a site prints in all of its articles is told by being there again and again.

use xxhash_rust::xxh3::xxh3_64;

use super::lexicon::{folded, weight};
use super::tree::{Block, Inside, Tree};

/// The fingerprints and words of the blocks that are no longer than `longest`, each once.
#[must_use]
pub fn short_blocks(html: &str, longest: usize) -> Vec<(i64, String)> {
    let mut found: Vec<(i64, String)> = Vec::new();
    for block in Tree::read(html).blocks() {
        let Some(hash) = fingerprint(&block) else { continue };
        if weight(&block.text) <= longest && !found.iter().any(|(known, _)| *known == hash) {
            found.push((hash, block.text));
        }
    }
    found
}

/// `html` without the blocks of these fingerprints; all of it when nothing else would be left.
#[must_use]
pub fn without_blocks(html: &str, common: &[i64]) -> String {
    if common.is_empty() {
        return html.to_owned();
    }
    let mut tree = Tree::read(html);
    for block in tree.blocks() {
        if fingerprint(&block).is_some_and(|hash| common.contains(&hash)) {
            tree.drop(&block);
        }
    }
    if tree.blocks().is_empty() { html.to_owned() } else { tree.html() }
}

/// None for what repeats by nature: cells, headings, and lines of a word or two.
fn fingerprint(block: &Block) -> Option<i64> {
    let is_heading = matches!(block.name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "pre");
    let words: String = folded(&block.text).chars().filter(|c| c.is_alphanumeric()).collect();
    let is_fit = !is_heading && block.inside != Inside::Table && weight(&words) >= 12;
    is_fit.then(|| xxh3_64(words.as_bytes()).cast_signed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_known_again_by_their_words() {
        let first =
            short_blocks("<p>Dukung jurnalisme kami, <b>hari ini</b>.</p><p>Isi berita satu yang panjang.</p>", 60);
        let second = short_blocks("<div>Dukung jurnalisme kami hari ini</div>", 60);
        assert_eq!(first[0].0, second[0].0);
        let rest = without_blocks("<p>Dukung jurnalisme kami, hari ini!</p><p>Isi berita dua.</p>", &[first[0].0]);
        assert_eq!(rest, "<p>Isi berita dua.</p>");
        assert_eq!(
            without_blocks("<p>Dukung jurnalisme kami hari ini</p>", &[first[0].0]),
            "<p>Dukung jurnalisme kami hari ini</p>"
        );
    }
}
