//! Reporters who sign within the text, where no other part of the page may name them: `（记者 李明）` behind the last
//! sentence, `〔記者林宜樟／嘉義報導〕` before the first, a name in bold alone below the last paragraph. And the marks that
//! some papers set behind the last sentence of all.

use super::byline;
use super::lexicon::{LEXICON, folded, is_unspaced, weight};
use super::tree::{Block, Inside, Tree};

/// Blocks from either end that are looked at.
const NEAR: usize = 3;
/// Shown length of what stands in the brackets.
const BRACKETS: usize = 90;
/// Shown length of a name alone.
const NAME: usize = 30;

/// The reporters who sign this text, which is safe HTML.
pub(super) fn authors(html: &str) -> Vec<String> {
    let tree = Tree::read(html);
    let blocks: Vec<Block> = tree.blocks().into_iter().filter(|block| !block.text.is_empty()).collect();
    let behind = blocks.iter().rev().take(NEAR).filter_map(|block| Some(last_brackets(&block.text)?.1));
    let before = blocks.iter().take(NEAR).filter_map(|block| first_brackets(&block.text));
    let named = behind.chain(before).map(reporters).find(|names| !names.is_empty());
    // `Oleh: Wiratno Hadi`, where the page itself knows but of an administrator.
    let is_byline = |block: &&Block| weight(&block.text) <= BRACKETS && byline::is_signed(&block.text, false);
    let bylines = blocks.iter().take(NEAR).filter(is_byline).map(|block| block.text.clone());
    let named = named.or_else(|| Some(byline::names(bylines, true)).filter(|names| !names.is_empty()));
    let alone = || blocks.last().filter(|block| is_name(&tree, block)).map(|block| vec![block.text.clone()]);
    named.or_else(alone).unwrap_or_default()
}

/// Takes signatures and end marks from behind the last sentences. `authors` are known from elsewhere.
pub(super) fn drop_signatures(tree: &mut Tree, authors: &[String]) {
    let authors: Vec<String> = authors.iter().map(|name| folded(name)).collect();
    let blocks = tree.blocks();
    for block in blocks.iter().rev().filter(|block| !block.text.is_empty()).take(NEAR) {
        if block.inside == Inside::Table || block.name == "pre" {
            return;
        }
        let is_mark = |end: &Block| LEXICON.ends.contains(&folded(&end.text).as_str());
        for end in tree.ends(block).iter().filter(|end| is_mark(end)) {
            tree.drop(end);
        }
        tree.cut_at(block, |text, is_link| if is_link { None } else { signature_at(text, &authors) });
    }
}

fn signature_at(text: &str, authors: &[String]) -> Option<usize> {
    let end = text.trim_end();
    if let Some(before) = LEXICON.ends.iter().find_map(|mark| end.strip_suffix(mark)) {
        return Some(before.trim_end().len());
    }
    let (at, inner) = last_brackets(end)?;
    let is_author = |name: &str| authors.iter().any(|author| *author == folded(name));
    (is_author(inner.trim()) || !reporters(inner).is_empty()).then_some(at)
}

const BRACKET: [(char, char); 5] = [('（', '）'), ('(', ')'), ('〔', '〕'), ('【', '】'), ('[', ']')];

/// Where the brackets begin that a text ends with, and what stands in them.
fn last_brackets(text: &str) -> Option<(usize, &str)> {
    let text = text.trim_end();
    BRACKET.iter().find_map(|(open, close)| {
        let (before, inner) = text.strip_suffix(*close)?.rsplit_once(*open)?;
        (weight(inner) <= BRACKETS).then_some((before.len(), inner))
    })
}

fn first_brackets(text: &str) -> Option<&str> {
    BRACKET.iter().find_map(|(open, close)| {
        let (inner, _) = text.trim_start().strip_prefix(*open)?.split_once(*close)?;
        (weight(inner) <= BRACKETS).then_some(inner)
    })
}

/// `本报记者 杨茜 龙海`, `记者李明 通讯员王芳`, `記者林宜樟／嘉義報導`: the names behind the word for a reporter.
pub(super) fn reporters(inner: &str) -> Vec<String> {
    let mut names = Vec::new();
    for part in inner.split(['／', '/', '，', '、', ',', ';', '；']) {
        let mut plain = part.to_owned();
        for word in &LEXICON.reporters {
            plain = plain.replace(*word, " \0");
        }
        let Some((_, behind)) = plain.split_once('\0') else { continue };
        let is_name = |name: &&str| (2..=4).contains(&name.chars().count()) && name.chars().all(is_unspaced);
        names.extend(behind.split([' ', '\u{3000}', '\0', ':', '：', '|']).filter(is_name).map(str::to_owned));
    }
    names
}

/// Two to four words with capitals, all in bold.
fn is_name(tree: &Tree, block: &Block) -> bool {
    let words: Vec<&str> = block.text.split(' ').collect();
    let is_capital = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))
    };
    block.name == "p"
        && (2..=4).contains(&words.len())
        && weight(&block.text) <= NAME
        && words.iter().all(is_capital)
        && tree.is_emphasised(block)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(html: &str, authors: &[&str]) -> String {
        let mut tree = Tree::read(html);
        let authors: Vec<String> = authors.iter().map(|name| (*name).to_owned()).collect();
        drop_signatures(&mut tree, &authors);
        tree.html()
    }

    #[test]
    fn reporters_are_found_where_they_sign() {
        for (html, names) in [
            ("<p>书店开了。</p><p>今年还将建设。（记者 杨茜 龙海）</p>", vec!["杨茜", "龙海"]),
            ("<p>书店开了。（本报记者李明 通讯员王芳）</p><p>（责编：陈康清）</p>", vec!["李明", "王芳"]),
            ("<p>〔記者林宜樟／嘉義報導〕花季登場。</p><p>遊客可改搭公車。</p>", vec!["林宜樟"]),
            ("<p>Cầu dài hơn 17 km.</p><p><strong>Hoàng Nam</strong></p>", vec!["Hoàng Nam"]),
            ("<p>Ia pulang.</p><p>Sari Dewi</p>", vec![]),
            ("<p>他说：“我是记者。”（笑）</p>", vec![]),
            ("<p>The end (see below)</p>", vec![]),
        ] {
            assert_eq!(authors(html), names, "{html}");
        }
    }

    #[test]
    fn signatures_and_end_marks_go_from_behind_the_last_sentence() {
        assert_eq!(left("<p>今年还将建设。（记者 杨茜）</p>", &[]), "<p>今年还将建设。</p>");
        assert_eq!(left("<p>利用を呼びかけている。（佐藤健一）</p>", &["佐藤健一"]), "<p>利用を呼びかけている。</p>");
        assert_eq!(left("<p>Anggaran disetujui bupati. (*)</p>", &[]), "<p>Anggaran disetujui bupati.</p>");
        assert_eq!(left("<p>Selesai. <strong>(*)</strong></p>", &[]), "<p>Selesai. </p>");
        for stays in
            ["<p>利用を呼びかけている。（佐藤健一）</p>", "<p>Ia pulang (lalu tidur).</p>", "<p>5 (*) 3 = 15</p>"]
        {
            assert_eq!(left(stays, &[]), stays);
        }
    }
}
