//! Finding words in the open article: in its text as it is stored, across the ends of lines, whatever is drawn around it.

use std::ops::Range;

use crate::model::article::{Article, Line};

/// What is looked for, and where it was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    pub text: String,
    pub hits: Vec<Hit>,
    /// The one that was gone to.
    pub current: usize,
}

/// A match: the lines it is on, and the bytes of their texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub parts: Vec<(usize, Range<usize>)>,
}

impl Hit {
    #[must_use]
    pub fn line(&self) -> usize {
        self.parts.first().map_or(0, |(line, _)| *line)
    }
}

/// A character of the text and where it stands: a line, and the bytes of its text. What joins two lines stands nowhere.
#[derive(Clone, Copy)]
struct Place {
    c: char,
    line: u32,
    from: u32,
    to: u32,
}

const NOWHERE: u32 = u32::MAX;
/// More matches than this are no help in finding anything.
const MOST: usize = 2000;

/// Every place where `needle` stands. A needle in small letters is found in capitals too (smart case).
#[must_use]
pub fn find(article: &Article, needle: &str) -> Vec<Hit> {
    let folds = !needle.chars().any(char::is_uppercase);
    let needle: Vec<char> = needle.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect();
    let mut hits = Vec::new();
    if !needle.is_empty() {
        paragraphs(article, folds, |text| search(text, &needle, &mut hits));
    }
    hits
}

/// The places that `places` names in each paragraph of an article, in bytes of its text.
#[must_use]
pub fn matches(article: &Article, mut places: impl FnMut(&str) -> Vec<Range<usize>>) -> Vec<Hit> {
    let mut hits = Vec::new();
    paragraphs(article, false, |text| {
        let mut starts = Vec::with_capacity(text.len());
        let mut plain = String::with_capacity(text.len());
        for place in text {
            starts.push(plain.len());
            plain.push(place.c);
        }
        for range in places(&plain) {
            let (from, to) =
                (starts.partition_point(|at| *at < range.start), starts.partition_point(|at| *at < range.end));
            if let Some(window) = text.get(from..to).filter(|_| hits.len() < MOST) {
                hits.push(Hit { parts: parts(window) });
            }
        }
    });
    hits
}

/// Takes each paragraph of an article, the ends of its lines taken as spaces.
fn paragraphs(article: &Article, folds: bool, mut take: impl FnMut(&[Place])) {
    let mut text: Vec<Place> = Vec::new();
    let mut block = None;
    for (number, line) in article.lines.iter().enumerate() {
        if block == Some(line.block) && !line.pre {
            text.push(Place { c: ' ', line: NOWHERE, from: 0, to: 0 });
        } else {
            take(&text);
            text.clear();
        }
        block = Some(line.block);
        add(&mut text, number as u32, line, folds);
    }
    take(&text);
}

fn search(text: &[Place], needle: &[char], hits: &mut Vec<Hit>) {
    let mut at = 0;
    while let Some(window) = text.get(at..at + needle.len()).filter(|_| hits.len() < MOST) {
        if window.iter().map(|place| &place.c).eq(needle) {
            hits.push(Hit { parts: parts(window) });
            at += needle.len();
        } else {
            at += 1;
        }
    }
}

/// Adds a line to the text of its paragraph, furniture left out.
fn add(text: &mut Vec<Place>, number: u32, line: &Line, folds: bool) {
    let mut at = 0;
    for span in &line.spans {
        if !span.style.mark {
            for (offset, c) in span.text.char_indices() {
                let (from, to) = ((at + offset) as u32, (at + offset + c.len_utf8()) as u32);
                let last = text.last().copied();
                let c = if c.is_whitespace() { ' ' } else { c };
                if c == ' ' && last.is_some_and(|last| last.c == ' ') {
                    continue;
                }
                // Lines of scripts without spaces are joined without one.
                if last.is_some_and(|last| last.line == NOWHERE) {
                    let before = text.iter().rev().nth(1).map_or(' ', |place| place.c);
                    if is_wide(before) || is_wide(c) {
                        text.pop();
                    }
                }
                if folds {
                    text.extend(c.to_lowercase().map(|c| Place { c, line: number, from, to }));
                } else {
                    text.push(Place { c, line: number, from, to });
                }
            }
        }
        at += span.text.len();
    }
}

/// Whether a character is of a script that is written without spaces.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

fn parts(window: &[Place]) -> Vec<(usize, Range<usize>)> {
    let mut parts: Vec<(usize, Range<usize>)> = Vec::new();
    for place in window.iter().filter(|place| place.line != NOWHERE) {
        let (line, to) = (place.line as usize, place.to as usize);
        match parts.last_mut() {
            Some((last, known)) if *last == line => known.end = to,
            _ => parts.push((line, place.from as usize..to)),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::article::{Words, render};

    fn found(html: &str, width: u16, needle: &str) -> Vec<Vec<String>> {
        let article = render(html, width, &Words { image: "gambar" });
        let text =
            |(line, range): &(usize, Range<usize>)| article.lines[*line].text().get(range.clone()).unwrap().to_owned();
        find(&article, needle).iter().map(|hit| hit.parts.iter().map(text).collect()).collect()
    }

    #[test]
    fn small_letters_find_both_and_capitals_find_capitals() {
        let html = "<p>Putin dan putin, PUTIN</p>";
        assert_eq!(found(html, 40, "putin"), [["Putin"], ["putin"], ["PUTIN"]]);
        assert_eq!(found(html, 40, "Putin"), [["Putin"]]);
        assert_eq!(found(html, 40, ""), Vec::<Vec<String>>::new());
        assert_eq!(found("<p>İSTANBUL ÉTÉ</p>", 40, "été"), [["ÉTÉ"]]);
    }

    #[test]
    fn words_are_found_across_lines_and_styles_but_not_across_paragraphs() {
        assert_eq!(found("<p>satu dua <b>ti</b>ga empat</p>", 9, "dua tiga empat"), [["dua", "tiga", "empat"]]);
        assert_eq!(found("<blockquote>satu dua tiga</blockquote>", 9, "dua tiga"), [["dua", "tiga"]]);
        assert_eq!(found("<p>satu</p><p>dua</p>", 40, "satu dua"), Vec::<Vec<String>>::new());
        assert_eq!(found("<p>俄罗斯总统普京表示</p>", 8, "总统普京"), [["总", "统普京"]]);
    }

    #[test]
    fn arabic_is_found_as_it_is_written_down() {
        assert_eq!(found("<p>أعلن الرئيس اليوم</p>", 40, "الرئيس"), [["الرئيس"]]);
    }

    #[test]
    fn what_kabar_draws_is_no_text() {
        let html = "<ul><li>a <a href=\"https://a.id/\">b</a></li></ul>";
        assert_eq!(found(html, 40, "[1]").len() + found(html, 40, "•").len(), 0);
    }
}
