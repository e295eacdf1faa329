//! Safe HTML as a tree whose parts can be dropped, and its blocks: the paragraphs, headings, list items and cells that
//! hold text and no other block.

use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

use super::super::markup::{Token, Tokens};
use super::super::text;
use crate::model::beacon::is_beacon;

/// Parts that the end of a block has at most.
const END: usize = 8;

/// A part of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Node(usize);

/// A line of text as the rules see it: what stands between two breaks or block boundaries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub nodes: Vec<Node>,
    /// The name of the element around it; empty for text that stands in none.
    pub name: &'static str,
    /// On one line.
    pub text: String,
    /// Bytes of `text` that are links.
    pub linked: usize,
    /// The fingerprint of the site that its first link leads to.
    pub leads_to: Option<u64>,
    pub inside: Inside,
    pub has_image: bool,
}

/// What a block is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inside {
    Body,
    List,
    Quote,
    Table,
    Figure,
}

#[derive(Debug)]
enum Part {
    Element { name: String, tag: String, children: Vec<usize>, is_void: bool },
    Text(String),
}

#[derive(Debug)]
pub(super) struct Tree {
    parts: Vec<Part>,
    dropped: Vec<bool>,
    /// Whether there is a block inside.
    holds: Vec<bool>,
}

const ROOT: usize = 0;
/// Bytes of text in a cell that make it a column of a page.
const LAYOUT: usize = 400;

impl Tree {
    /// Reads safe HTML: well-nested, as the sanitiser writes it. What is not is read as far as it goes.
    pub(super) fn read(html: &str) -> Self {
        let root = Part::Element { name: String::new(), tag: String::new(), children: Vec::new(), is_void: false };
        let mut tree = Self { parts: vec![root], dropped: Vec::new(), holds: vec![false] };
        let mut open = vec![ROOT];
        let mut tokens = Tokens::new(html);
        loop {
            let start = tokens.position();
            let Some(token) = tokens.next() else { break };
            match token {
                Token::Text(raw) => {
                    tree.add(&open, Part::Text(raw.to_owned()));
                }
                Token::Start(tag) => {
                    let name = tag.name.to_ascii_lowercase();
                    if name == "img" && is_beacon(tag.sides()) {
                        continue;
                    }
                    let is_void = matches!(name.as_str(), "br" | "img" | "hr");
                    let written = html.get(start..tokens.position()).unwrap_or_default().to_owned();
                    let node = tree.add(&open, Part::Element { name, tag: written, children: Vec::new(), is_void });
                    if !is_void {
                        open.push(node);
                    }
                }
                Token::End(name) => {
                    if let Some(at) = open.iter().rposition(|node| tree.name(*node).eq_ignore_ascii_case(name))
                        && at > 0
                    {
                        open.truncate(at);
                    }
                }
                Token::Other => {}
            }
        }
        tree.dropped = vec![false; tree.parts.len()];
        tree
    }

    fn add(&mut self, open: &[usize], part: Part) -> usize {
        let node = self.parts.len();
        if matches!(&part, Part::Element { name, .. } if is_block(name)) {
            for outer in open.iter().rev() {
                if std::mem::replace(&mut self.holds[*outer], true) {
                    break;
                }
            }
        }
        self.parts.push(part);
        self.holds.push(false);
        let parent = open.last().copied().unwrap_or(ROOT);
        if let Some(Part::Element { children, .. }) = self.parts.get_mut(parent) {
            children.push(node);
        }
        node
    }

    fn name(&self, node: usize) -> &str {
        match self.parts.get(node) {
            Some(Part::Element { name, .. }) => name,
            _ => "",
        }
    }

    fn children(&self, node: usize) -> &[usize] {
        match self.parts.get(node) {
            Some(Part::Element { children, .. }) => children,
            _ => &[],
        }
    }

    fn is_dropped(&self, node: usize) -> bool {
        self.dropped.get(node).copied().unwrap_or(true)
    }

    pub(super) fn drop(&mut self, block: &Block) {
        for node in &block.nodes {
            self.drop_node(*node);
        }
    }

    /// Drops the words of a block and leaves its pictures.
    pub(super) fn drop_words(&mut self, block: &Block) {
        for node in &block.nodes {
            let mut html = String::new();
            self.write(node.0, &mut html);
            if !html.contains("<img ") {
                self.drop_node(*node);
            }
        }
    }

    pub(super) fn drop_node(&mut self, node: Node) {
        if let Some(dropped) = self.dropped.get_mut(node.0) {
            *dropped = true;
        }
    }

    /// The ends of a block that begin with an element in it, behind other words; the longest first, and none of more than
    /// [`END`] parts: each is written out, and a hostile paragraph has a million.
    pub(super) fn ends(&self, block: &Block) -> Vec<Block> {
        let begins =
            |at: &usize| block.nodes.get(*at).is_some_and(|node| !matches!(self.name(node.0), "" | "br" | "img"));
        let end = |at: usize| block.nodes.get(at..).unwrap_or_default().iter().map(|node| node.0).collect();
        let first = block.nodes.len().saturating_sub(END).max(1);
        (first..block.nodes.len())
            .filter(begins)
            .filter_map(|at| self.block(block.name, end(at), block.inside))
            .collect()
    }

    /// The elements in a block, each alone, and where it is no link also with the link right behind it.
    pub(super) fn inner(&self, block: &Block) -> impl Iterator<Item = Block> {
        let nodes = &block.nodes;
        let is_space = |node: &Node| matches!(self.parts.get(node.0), Some(Part::Text(text)) if text.trim().is_empty());
        nodes.iter().enumerate().filter(|(_, node)| !matches!(self.name(node.0), "" | "br" | "img")).flat_map(
            move |(at, node)| {
                let behind = nodes.iter().skip(at + 1).take_while(|node| is_space(node)).count() + at + 1;
                let link = nodes.get(behind).filter(|link| self.name(node.0) != "a" && self.name(link.0) == "a");
                let pair = link.map(|link| vec![node.0, link.0]);
                [Some(vec![node.0]), pair]
                    .into_iter()
                    .flatten()
                    .filter_map(|run| self.block(block.name, run, block.inside))
                    .collect::<Vec<_>>()
            },
        )
    }

    /// What stands in a block before and behind a part of it.
    pub(super) fn around(&self, block: &Block, part: &Block) -> (String, String) {
        let place = |node: Option<&Node>| block.nodes.iter().position(|other| Some(other) == node);
        let (start, end) =
            (place(part.nodes.first()).unwrap_or(0), place(part.nodes.last()).map_or(0, |last| last + 1));
        let words = |nodes: Option<&[Node]>| {
            let mut html = String::new();
            nodes.unwrap_or_default().iter().for_each(|node| self.write(node.0, &mut html));
            text::plain(&html).trim().to_owned()
        };
        (words(block.nodes.get(..start)), words(block.nodes.get(end..)))
    }

    /// Cuts the last text of a block where `place` says; with it goes the link behind it, of which `place` is told.
    pub(super) fn cut_at(&mut self, block: &Block, place: impl Fn(&str, bool) -> Option<usize>) {
        let mut run: Vec<usize> = block.nodes.iter().map(|node| node.0).collect();
        while let [only] = run.as_slice()
            && !matches!(self.name(*only), "" | "a" | "br" | "img")
        {
            run = self.children(*only).to_vec();
        }
        let is_there = |node: &usize| match self.parts.get(*node) {
            Some(Part::Text(text)) => !text.trim().is_empty(),
            _ => !self.is_dropped(*node) && self.name(*node) != "br",
        };
        let mut last = run.into_iter().rev().filter(is_there);
        let end = last.next();
        let link = end.filter(|node| self.name(*node) == "a");
        let Some(text) = (if link.is_some() { last.next() } else { end }) else { return };
        drop(last);
        if let Some(Part::Text(words)) = self.parts.get_mut(text)
            && let Some(at) = place(words, link.is_some())
            && words.is_char_boundary(at)
        {
            words.truncate(at);
            if let Some(link) = link {
                self.drop_node(Node(link));
            }
        }
    }

    /// Whether all of a block's words are in bold or italics.
    pub(super) fn is_emphasised(&self, block: &Block) -> bool {
        let is_strong = |node: &Node| match self.parts.get(node.0) {
            Some(Part::Text(text)) => text.trim().is_empty(),
            _ => matches!(self.name(node.0), "b" | "strong" | "em" | "i" | "br"),
        };
        block.nodes.iter().all(is_strong)
    }

    /// Cuts a text that stands in a block itself where `place` says, and what is behind it.
    pub(super) fn cut_behind(&mut self, block: &Block, place: impl Fn(&str) -> Option<usize>) {
        for (nth, node) in block.nodes.iter().enumerate() {
            let Some(Part::Text(words)) = self.parts.get_mut(node.0) else { continue };
            if let Some(at) = place(words).filter(|at| words.is_char_boundary(*at)) {
                words.truncate(at);
                block.nodes.iter().skip(nth + 1).for_each(|node| self.drop_node(*node));
                return;
            }
        }
    }

    /// Drops the links of these words.
    pub(super) fn drop_links(&mut self, are: impl Fn(&str) -> bool) {
        for node in 0..self.parts.len() {
            // Nothing that matters is longer.
            if self.name(node) == "a" && self.length(node) <= END * 4 {
                let mut html = String::new();
                self.write(node, &mut html);
                if are(text::plain(&html).trim()) {
                    self.drop_node(Node(node));
                }
            }
        }
    }

    /// The link that a block ends with, and its words.
    pub(super) fn last_link(&self, block: &Block) -> Option<(Node, String)> {
        let is_space = |node: &&Node| match self.parts.get(node.0) {
            Some(Part::Text(text)) => text.trim().is_empty(),
            _ => self.name(node.0) == "br",
        };
        let last = block.nodes.iter().rev().find(|node| !is_space(node))?;
        let mut words = String::new();
        self.write(last.0, &mut words);
        (self.name(last.0) == "a").then(|| (*last, text::plain(&words).replace('\n', " ")))
    }

    /// The blocks that are still there, in reading order.
    pub(super) fn blocks(&self) -> Vec<Block> {
        self.boxed_blocks().0
    }

    /// The blocks, and which of them stand together in one element.
    pub(super) fn boxed_blocks(&self) -> (Vec<Block>, Vec<Range<usize>>) {
        let (mut blocks, mut boxes) = (Vec::new(), Vec::new());
        self.gather(ROOT, Inside::Body, false, &mut blocks, &mut boxes);
        (blocks, boxes)
    }

    fn gather(
        &self,
        node: usize,
        inside: Inside,
        is_linked: bool,
        blocks: &mut Vec<Block>,
        boxes: &mut Vec<Range<usize>>,
    ) {
        let start = blocks.len();
        let name = self.name(node);
        // A link may stand around whole blocks.
        let is_linked = is_linked || name == "a";
        let inside = match name {
            "ul" | "ol" | "dl" => Inside::List,
            "blockquote" => Inside::Quote,
            // A table with a text in one of its cells only places it.
            "table" if !self.is_layout(node) => Inside::Table,
            "figure" => Inside::Figure,
            _ => inside,
        };
        let mut run = Vec::new();
        for &child in self.children(node) {
            if self.is_dropped(child) {
                continue;
            }
            let child_name = self.name(child);
            if is_block(child_name) || self.holds_blocks(child) {
                blocks.extend(self.block(name, std::mem::take(&mut run), inside));
                self.gather(child, inside, is_linked, blocks, boxes);
                continue;
            }
            // A link with nothing between it and the next one, or a bold word, is no part of a sentence.
            let is_glued = matches!(child_name, "a" | "b" | "strong");
            if is_glued && run.last().is_some_and(|before| self.name(*before) == "a") {
                blocks.extend(self.block(name, std::mem::take(&mut run), inside));
            }
            run.push(child);
            if child_name == "br" {
                blocks.extend(self.block(name, std::mem::take(&mut run), inside));
            }
        }
        blocks.extend(self.block(name, run, inside));
        if blocks.len() > start + 1 {
            boxes.push(start..blocks.len());
        }
        if is_linked {
            blocks.iter_mut().skip(start).for_each(|block| block.linked = block.text.len());
        }
    }

    fn is_layout(&self, table: usize) -> bool {
        self.children(table).iter().any(|child| match self.name(*child) {
            "td" | "th" => self.length(*child) >= LAYOUT,
            "tr" | "tbody" | "thead" | "tfoot" => self.is_layout(*child),
            _ => false,
        })
    }

    /// Bytes of text.
    fn length(&self, node: usize) -> usize {
        match self.parts.get(node) {
            Some(Part::Text(text)) => text.len(),
            Some(Part::Element { children, .. }) => children.iter().map(|child| self.length(*child)).sum(),
            None => 0,
        }
    }

    fn holds_blocks(&self, node: usize) -> bool {
        self.holds.get(node).copied().unwrap_or(false)
    }

    fn block(&self, name: &str, run: Vec<usize>, inside: Inside) -> Option<Block> {
        let (mut html, mut links) = (String::new(), String::new());
        for &node in &run {
            self.write(node, &mut html);
            self.write_links(node, &mut links);
        }
        let text = text::plain(&html).replace('\n', " ");
        let has_image = html.contains("<img ");
        if text.is_empty() && !has_image {
            return None;
        }
        let linked = if links.is_empty() { 0 } else { text::plain(&links).len() };
        let nodes = run.into_iter().map(Node).collect();
        Some(Block { nodes, name: block_name(name), text, linked, leads_to: site_of(&links), inside, has_image })
    }

    fn write_links(&self, node: usize, out: &mut String) {
        if self.name(node) == "a" {
            self.write(node, out);
            out.push(' ');
            return;
        }
        for &child in self.children(node) {
            self.write_links(child, out);
        }
    }

    /// What is left, without elements that hold nothing any more.
    pub(super) fn html(&self) -> String {
        let mut out = String::new();
        for &child in self.children(ROOT) {
            self.write(child, &mut out);
        }
        out.trim().to_owned()
    }

    fn write(&self, node: usize, out: &mut String) {
        if self.is_dropped(node) {
            return;
        }
        match self.parts.get(node) {
            Some(Part::Text(text)) => out.push_str(text),
            Some(Part::Element { tag, is_void: true, .. }) => out.push_str(tag),
            Some(Part::Element { name, tag, children, .. }) => {
                let start = out.len();
                out.push_str(tag);
                let inner = out.len();
                for &child in children {
                    self.write(child, out);
                }
                let is_empty = out.get(inner..).is_none_or(|content| content.replace("<br>", "").trim().is_empty());
                if is_empty && !matches!(name.as_str(), "td" | "th") {
                    out.truncate(start);
                } else {
                    out.extend(["</", name, ">"]);
                }
            }
            None => {}
        }
    }
}

fn is_block(name: &str) -> bool {
    !block_name(name).is_empty()
}

/// The name again, when it is a block's; a table's row and its like count, since they hold blocks.
fn block_name(name: &str) -> &'static str {
    const NAMES: [&str; 28] = [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "dl",
        "dt",
        "dd",
        "figure",
        "figcaption",
        "caption",
        "details",
        "hr",
    ];
    NAMES.into_iter().find(|known| *known == name).unwrap_or("")
}

/// The fingerprint of the site of the first link that names one: of `news.detik.com` and `finance.detik.com` the same.
fn site_of(links: &str) -> Option<u64> {
    let (_, behind) = links.split_once("href=\"")?;
    let (_, host) = behind.split_once('"')?.0.split_once("://")?;
    let host = host.split(['/', '?', '#', ':']).next()?;
    let labels: Vec<&str> = host.rsplit('.').collect();
    // `co.id`, `com.br`
    let is_pair = labels.first().is_some_and(|top| top.len() == 2) && labels.get(1).is_some_and(|next| next.len() <= 3);
    let site = labels.get(..if is_pair { 3 } else { 2 }).unwrap_or(&labels);
    Some(xxh3_64(site.join(".").as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(tree: &Tree) -> Vec<(&'static str, String, usize)> {
        tree.blocks().into_iter().map(|block| (block.name, block.text, block.linked)).collect()
    }

    #[test]
    fn blocks_are_lines_of_text() {
        let tree = Tree::read(
            "<div><p>Satu <a href=\"https://a.id/\">dua</a></p><ul><li>tiga</li></ul>lima <b>enam</b> tujuh<br>delapan</div>",
        );
        let expected = [("p", "Satu dua", 3), ("li", "tiga", 0), ("div", "lima enam tujuh", 0), ("div", "delapan", 0)];
        assert_eq!(texts(&tree), expected.map(|(name, text, linked)| (name, text.to_owned(), linked)));
    }

    #[test]
    fn a_link_around_blocks_is_theirs() {
        let tree = Tree::read("<a href=\"https://a.id/\"><p>Satu</p><div>dua</div></a><p>tiga</p>");
        let expected = [("p", "Satu", 4), ("div", "dua", 3), ("p", "tiga", 0)];
        assert_eq!(texts(&tree), expected.map(|(name, text, linked)| (name, text.to_owned(), linked)));
    }

    #[test]
    fn of_a_paragraph_of_many_links_only_the_end_is_written_out() {
        let tree = Tree::read(&format!(
            "<p>{}<b>Baca juga:</b> <a href=\"https://a.id/\">dua</a></p>",
            "<i>x</i> ".repeat(99)
        ));
        let ends = tree.ends(&tree.blocks().remove(0));
        assert!(ends.len() <= END, "{} of them", ends.len());
        assert!(ends.iter().any(|end| end.text == "Baca juga: dua"));
    }

    #[test]
    fn what_is_dropped_leaves_no_empty_elements() {
        let mut tree = Tree::read("<p>a</p><ul><li>b</li></ul><p>c<br>d</p>");
        assert_eq!(tree.html(), "<p>a</p><ul><li>b</li></ul><p>c<br>d</p>");
        for block in tree.blocks().iter().filter(|block| block.text != "a" && block.text != "d") {
            tree.drop(block);
        }
        assert_eq!(tree.html(), "<p>a</p><p>d</p>");
    }
}
