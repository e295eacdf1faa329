//! A line of an article with what the rules look at, and what can be told of it alone.

use super::lexicon::{LEXICON, bare, begins, ends_a_sentence, folded, weight};
use super::tree::{Block, Inside};

/// Shown length up to which a line can be one of these.
pub(super) const LABEL: usize = 60;
/// Shown length up to which a line can be a row of labels.
const LABELS: usize = 120;
const CREDIT: usize = 130;
pub(super) const SEE_ALSO: usize = 220;
const FOOTER: usize = 400;
/// Shown length from which a line with few links is prose.
const PROSE: usize = 80;
/// Shown length from which a line that ends like a sentence is one.
const SENTENCE: usize = 25;

/// A block with what the rules look at.
pub(super) struct Line {
    pub block: Block,
    pub folded: String,
    pub weight: usize,
    /// Letters and digits alone.
    pub letters: String,
}

impl Line {
    pub(super) fn new(block: Block) -> Self {
        let folded = folded(&block.text);
        let letters = folded.chars().filter(|c| c.is_alphanumeric()).collect();
        Self { weight: weight(&folded), folded, letters, block }
    }

    pub(super) fn bare(&self) -> &str {
        bare(&self.folded)
    }

    pub(super) fn linked(&self) -> f64 {
        if self.block.text.is_empty() { 0.0 } else { self.block.linked as f64 / self.block.text.len() as f64 }
    }

    pub(super) fn is_heading(&self) -> bool {
        matches!(self.block.name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
    }

    pub(super) fn ends_a_sentence(&self) -> bool {
        ends_a_sentence(&self.folded)
    }

    pub(super) fn is_prose(&self) -> bool {
        self.weight >= PROSE && self.linked() < 0.5 && !self.is_heading()
    }

    /// Short paragraphs count too: where an article ends must not be decided over their heads.
    pub(super) fn is_told(&self) -> bool {
        self.is_prose() || (self.weight >= SENTENCE && self.ends_a_sentence() && self.linked() < 0.5)
    }
}

pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

pub(super) fn is_label(line: &Line) -> bool {
    if line.weight > LABELS {
        return false;
    }
    let text = numbered(line.bare());
    // `Comments (24)`, `Listen (4 minutes)`
    let counted = text.split_once(" (").filter(|(_, count)| count.starts_with('#')).map_or("", |(label, _)| label);
    let is_known =
        [text.as_str(), counted].iter().any(|text| LEXICON.labels.contains(text) || LEXICON.shares.contains(text));
    if line.weight <= LABEL && (is_known || line.letters.is_empty() && line.weight <= 3) {
        return true;
    }
    !line.is_heading() && is_row_of_labels(&text, line.linked() > 0.9)
}

/// `Advertisement Scroll to continue`, `FacebookTwitterWhatsApp`: nothing but labels, one after another, with or without a
/// space in between.
fn is_row_of_labels(text: &str, is_linked: bool) -> bool {
    const LONGEST: usize = 40;
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric() || *c == '#').collect();
    // How many labels the letters up to here are; none where they are no labels.
    let mut labels: Vec<Option<usize>> = vec![None; letters.len() + 1];
    if let Some(first) = labels.first_mut() {
        *first = Some(0);
    }
    for start in 0..letters.len() {
        let Some(before) = labels.get(start).copied().flatten() else { continue };
        let mut label = String::new();
        for (end, letter) in letters.iter().enumerate().skip(start).take(LONGEST) {
            label.push(*letter);
            if LEXICON.row.contains(label.as_str())
                && let Some(here) = labels.get_mut(end + 1)
            {
                *here = Some(here.unwrap_or(usize::MAX).min(before + 1));
            }
        }
    }
    labels.last().copied().flatten().is_some_and(|n| n > 1 || n == 1 && is_linked)
}

/// With `#` for every number, as labels are written in the lexicon.
fn numbered(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_numeric() {
            all.push(c);
        } else if !all.ends_with('#') {
            all.push('#');
        }
    }
    all
}

pub(super) fn is_see_also(line: &Line) -> bool {
    if line.weight > SEE_ALSO || line.is_heading() {
        return false;
    }
    let text =
        line.folded.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '【' | '▶' | '▼' | '→' | '>'));
    let text = text
        .strip_prefix('【')
        .filter(|_| !LEXICON.see_also.iter().any(|start| text.starts_with(start)))
        .unwrap_or(text);
    LEXICON.see_also.iter().any(|start| {
        let Some(rest) = text.strip_prefix(*start).filter(|_| begins(text, start)) else { return false };
        let is_marked = start.ends_with([':', '】', '：'])
            || rest.trim_start().starts_with([':', '：', '|', '»', '>', '-', '–', '】', '…'])
            || rest.starts_with("...");
        is_marked || line.linked() > 0.3 || line.weight <= LABEL && !line.ends_a_sentence()
    })
}

pub(super) fn is_credit(line: &Line) -> bool {
    if line.weight > CREDIT || line.is_heading() {
        return false;
    }
    let sentences = line.folded.matches(['.', '!', '?', '。']).count();
    LEXICON.credit.iter().any(|start| begins(&line.folded, start) || begins(line.bare(), start)) && sentences <= 2
}

/// A whole line that is one link: it leads away from the article.
pub(super) fn is_bare_link(line: &Line) -> bool {
    line.block.inside == Inside::Body
        && !line.is_heading()
        && line.linked() > 0.95
        && line.weight >= 12
        && line.weight <= SEE_ALSO
        && !line.block.text.starts_with("http")
}

pub(super) fn is_tail(line: &Line) -> bool {
    is_begun(line, &LEXICON.tail)
}

/// `About the author`: a heading of what follows about who that is.
pub(super) fn is_about_tail(line: &Line) -> bool {
    is_begun(line, &LEXICON.about)
}

/// Whether a short line is one of these, or begins with it and a mark.
fn is_begun(line: &Line, starts: &[&str]) -> bool {
    let text = line.bare();
    if line.weight > LABEL || line.ends_a_sentence() || line.block.inside == Inside::Table {
        return false;
    }
    starts.iter().any(|start| {
        let rest = text.strip_prefix(*start).filter(|_| begins(text, start));
        rest.is_some_and(|rest| {
            let rest = rest.trim_start();
            rest.is_empty() || rest.starts_with([':', '：', '(', '#', '/']) || line.is_heading() || line.linked() > 0.3
        })
    })
}

/// `Oleh: Sari Dewi`, `Redaksi`, `By Jane Doe | Reporter`.
pub(super) fn is_byline(line: &Line) -> bool {
    // `Penulis : Rizki A.`
    let is_initial = line.block.text.trim_end_matches('.').chars().rev().nth(1).is_some_and(|c| c == ' ');
    if line.weight > LABEL + 20 || (line.ends_a_sentence() && !is_initial) || line.is_heading() {
        return false;
    }
    let text = line.bare().trim_start_matches(['(', '（', '[', '【']);
    let is_labelled = LEXICON.by.iter().any(|label| {
        let rest = text.strip_prefix(label).filter(|_| begins(text, label));
        rest.is_some_and(|rest| {
            let rest = rest.trim_start();
            rest.starts_with([':', '：', '/', '|', '・'])
                || (rest.split(' ').count() <= 5 && label.is_ascii() && !rest.is_empty())
        })
    });
    is_labelled || LEXICON.desks.contains(&text)
}

/// `The post … appeared first on …`: what systems put below the text of a feed.
pub(super) fn is_footer(line: &Line) -> bool {
    line.weight <= FOOTER
        && LEXICON.footer.iter().any(|pattern| {
            let mut parts = pattern.split('…');
            let start = parts.next().unwrap_or_default();
            let rest = line.folded.strip_prefix(start);
            rest.is_some_and(|rest| parts.all(|part| rest.contains(part)))
        })
}

/// `Continue reading`, alone or as a link with the article's title.
pub(super) fn is_more(text: &str, is_link: bool) -> bool {
    is_more_folded(&folded(text), is_link)
}

pub(super) fn is_more_folded(folded: &str, is_link: bool) -> bool {
    let text = bare(folded).trim_start_matches(['(', '[', '（', '【', '→', '▶', '►', '>']);
    weight(text) <= SEE_ALSO && LEXICON.more.iter().any(|more| bare(text) == *more || is_link && begins(text, more))
}
