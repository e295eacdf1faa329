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

/// A character of the text and where it stands; `None` between paragraphs and for the space at the end of a line.
type Place = (char, Option<(usize, Range<usize>)>);

/// More matches than this are no help in finding anything.
const MOST: usize = 10_000;

/// Every place where `needle` stands. A needle in small letters is found in capitals too (smart case).
#[must_use]
pub fn find(article: &Article, needle: &str) -> Vec<Hit> {
    let folds = !needle.chars().any(char::is_uppercase);
    let needle: Vec<char> = needle.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect();
    if needle.is_empty() {
        return Vec::new();
    }
    let text = places(&article.lines, folds);
    let mut hits = Vec::new();
    let mut at = 0;
    while at + needle.len() <= text.len() && hits.len() < MOST {
        let window = &text[at..at + needle.len()];
        if window.iter().map(|(c, _)| c).eq(&needle) {
            hits.push(Hit { parts: parts(window) });
            at += needle.len();
        } else {
            at += 1;
        }
    }
    hits
}

/// The text of the lines, furniture left out, the lines of a paragraph joined.
fn places(lines: &[Line], folds: bool) -> Vec<Place> {
    let mut text: Vec<Place> = Vec::new();
    let mut block = None;
    for (number, line) in lines.iter().enumerate() {
        let is_same = block == Some(line.block) && !line.pre;
        block = Some(line.block);
        // A paragraph's end is a character that nobody looks for.
        text.push((if is_same { ' ' } else { '\u{0}' }, None));
        let mut at = 0;
        for span in &line.spans {
            if !span.style.mark {
                for (offset, c) in span.text.char_indices() {
                    let range = at + offset..at + offset + c.len_utf8();
                    let c = if c.is_whitespace() { ' ' } else { c };
                    if c == ' ' && text.last().is_some_and(|(last, _)| *last == ' ') {
                        continue;
                    }
                    if is_same
                        && text.last().is_some_and(|(c, place)| *c == ' ' && place.is_none())
                        && is_unspaced(&text, c)
                    {
                        text.pop();
                    }
                    if folds {
                        text.extend(c.to_lowercase().map(|c| (c, Some((number, range.clone())))));
                    } else {
                        text.push((c, Some((number, range))));
                    }
                }
            }
            at += span.text.len();
        }
    }
    text
}

/// Whether the line that ends here and the character that begins the next one belong to a script without spaces.
fn is_unspaced(text: &[Place], after: char) -> bool {
    let is_wide = |c: char| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}');
    let before = text.len().checked_sub(2).and_then(|at| text.get(at)).map_or(' ', |(c, _)| *c);
    is_wide(before) || is_wide(after)
}

fn parts(window: &[Place]) -> Vec<(usize, Range<usize>)> {
    let mut parts: Vec<(usize, Range<usize>)> = Vec::new();
    for (line, range) in window.iter().filter_map(|(_, place)| place.as_ref()) {
        match parts.last_mut() {
            Some((last, known)) if last == line => known.end = range.end,
            _ => parts.push((*line, range.clone())),
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
