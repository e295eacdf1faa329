//! Where in a text the words of a query stand, for snippets and highlights.

use std::ops::Range;

use super::query::{Wanted, near, phrase, prefix, wanted};
use super::stem::Stems;
use super::{Text, Word, read};
use crate::model::query::{self, Query, Within};

/// A query's texts as they are looked for in an article.
#[derive(Debug, Clone, Default)]
pub struct Sought {
    words: Vec<(Within, Wanted)>,
    patterns: Vec<(Within, regex::Regex)>,
}

/// Words of one text that are looked at: more than any article has.
const WORDS: usize = 20_000;

/// What a text of a query looks for; `None` for a regular expression, which is no matter of words.
#[must_use]
pub fn of(text: &query::Text, languages: &[&str], stems: &mut Stems) -> Option<Wanted> {
    Some(match text {
        query::Text::Word(word) => wanted(word, languages, stems),
        query::Text::Prefix(start) => prefix(start),
        query::Text::Phrase(text) => phrase(text),
        query::Text::Near(text, others) => near(text, *others),
        query::Text::Regex(_) => return None,
    })
}

impl Sought {
    #[must_use]
    pub fn new(query: &Query, languages: &[&str], stems: &mut Stems) -> Self {
        let mut sought = Self::default();
        for (within, text) in query.sought() {
            match (of(text, languages, stems), text) {
                (Some(wanted), _) => sought.words.push((within, wanted)),
                (None, query::Text::Regex(pattern)) => {
                    sought.patterns.extend(query::regex(pattern).ok().map(|pattern| (within, pattern)));
                }
                (None, _) => {}
            }
        }
        sought
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.patterns.is_empty()
    }

    /// The places in a text of this part of an article, in bytes, in order and apart from each other.
    #[must_use]
    pub fn places(&self, text: &str, within: Within, language: &str, stems: &mut Stems) -> Vec<Range<usize>> {
        let holds = |place: &Within| *place == Within::All || *place == within;
        // Stems cost as much as all the rest of a word.
        let has_stems = self.words.iter().any(|(_, wanted)| matches!(wanted, Wanted::Any(_)));
        let language = if has_stems { language } else { "" };
        let words = read(&Text { title: "", body: text, language }, WORDS, stems).words;
        let mut places: Vec<Range<usize>> = Vec::new();
        for (_, wanted) in self.words.iter().filter(|(place, _)| holds(place)) {
            match wanted {
                Wanted::Any(tokens) => {
                    let is_it =
                        |word: &&Word| tokens.contains(&word.surface) || tokens.iter().any(|t| t == word.stem());
                    places.extend(words.iter().filter(is_it).map(|word| word.at.clone()));
                }
                Wanted::Begun(tokens) => {
                    let begins = |word: &&Word| tokens.iter().any(|token| word.surface.starts_with(token.as_str()));
                    places.extend(words.iter().filter(begins).map(|word| word.at.clone()));
                }
                Wanted::Prefix(tokens) | Wanted::Phrase(tokens) => {
                    let Some((end, before)) = tokens.split_last() else { continue };
                    let is_end = |word: &Word| match wanted {
                        Wanted::Prefix(_) => word.surface.starts_with(end.as_str()),
                        _ => word.surface == *end,
                    };
                    for window in words.windows(tokens.len()) {
                        if let (Some(first), Some((last, others))) = (window.first(), window.split_last())
                            && is_end(last)
                            && others.iter().map(|word| &word.surface).eq(before)
                        {
                            places.push(first.at.start..last.at.end);
                        }
                    }
                }
                Wanted::Near(tokens, others) => places.extend(near_each_other(&words, tokens, *others)),
                Wanted::Nothing => {}
            }
        }
        for (_, pattern) in self.patterns.iter().filter(|(place, _)| holds(place)) {
            places.extend(pattern.find_iter(text).map(|found| found.range()).filter(|range| !range.is_empty()));
        }
        joined(places)
    }
}

/// Where these words stand with so many others between the first and the last of them at most.
fn near_each_other(words: &[Word], tokens: &[String], others: u32) -> Vec<Range<usize>> {
    let is_one = |word: &&Word| tokens.contains(&word.surface);
    let mut places = Vec::new();
    for (last, _) in words.iter().enumerate().filter(|(_, word)| is_one(word)) {
        let first = last.saturating_sub(others as usize + 1);
        let window = words.get(first..=last).unwrap_or_default();
        if tokens.iter().all(|token| window.iter().any(|word| word.surface == *token)) {
            places.extend(window.iter().filter(is_one).map(|word| word.at.clone()));
        }
    }
    places
}

fn joined(mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    places.sort_unstable_by_key(|place| (place.start, place.end));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(places.len());
    for place in places {
        match apart.last_mut() {
            Some(last) if place.start < last.end => last.end = last.end.max(place.end),
            _ => apart.push(place),
        }
    }
    apart
}

/// The passage of a text that says the most of what is sought, about `columns` characters long, and the places in it.
#[must_use]
pub fn snippet(text: &str, places: &[Range<usize>], columns: usize) -> (String, Vec<Range<usize>>) {
    // Where the most places are within reach begins the passage, a little before the first of them.
    let reach = columns * 3 / 4;
    let within =
        |from: &Range<usize>| places.iter().filter(|p| p.start >= from.start && p.end <= from.start + reach).count();
    let start =
        places.iter().max_by_key(|place| (within(place), std::cmp::Reverse(place.start))).map_or(0, |p| p.start);
    let before = text.get(..start).unwrap_or_default();
    let lead = before.char_indices().rev().take(columns / 4).last().map_or(start, |(at, _)| at);
    // Not in the middle of a word, where there are spaces.
    let lead = if lead == 0 {
        0
    } else {
        text.get(lead..start).and_then(|gap| gap.find(char::is_whitespace)).map_or(lead, |space| lead + space + 1)
    };
    let rest = text.get(lead..).unwrap_or_default();
    let end = rest.char_indices().nth(columns).map_or(text.len(), |(at, _)| lead + at);
    let end = if end == text.len() {
        end
    } else {
        text.get(lead..end).and_then(|cut| cut.rfind(char::is_whitespace)).map_or(end, |space| lead + space)
    };
    let shown = text.get(lead..end).unwrap_or_default();
    let opening = if lead > 0 { "…" } else { "" };
    let closing = if end < text.len() { "…" } else { "" };
    let shift = |place: &Range<usize>| {
        let inside = place.start >= lead && place.end <= end;
        inside.then(|| place.start - lead + opening.len()..place.end - lead + opening.len())
    };
    let places = places.iter().filter_map(shift).collect();
    // A break between blocks takes as many bytes as the space that is shown for it.
    (format!("{opening}{}{closing}", shown.replace('\n', " ")), places)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places<'a>(query: &str, text: &'a str, language: &str) -> Vec<&'a str> {
        let mut stems = Stems::default();
        let sought = Sought::new(&Query::parse(query).unwrap(), &["id", "en", "ru"], &mut stems);
        let places = sought.places(text, Within::Body, language, &mut stems);
        places.into_iter().map(|place| text.get(place).unwrap()).collect()
    }

    #[test]
    fn inflections_phrases_beginnings_and_patterns_are_found_where_they_stand() {
        assert_eq!(places("election", "The Elections — an election!", "en"), ["Elections", "election"]);
        assert_eq!(places("\"banjir besar\" ren*", "Banjir besar: warga renovasi", "id"), ["Banjir besar", "renovasi"]);
        assert_eq!(places("~\"\\d+ orang\"", "Ada 12 orang.", "id"), ["12 orang"]);
        assert_eq!(places("jawa-bar*", "Jawa Barat, Jawa Tengah, Jawa-Bali", "id"), ["Jawa Barat"]);
        assert_eq!(places("首相", "石破首相は", "ja"), ["首相"]);
        assert_eq!(places("title:banjir -warga", "Banjir warga", "id"), [""; 0]);
    }

    #[test]
    fn a_snippet_shows_where_the_most_is() {
        let text =
            format!("Banjir di sini. {}Air banjir dan warga banjir lagi. {}", "kata ".repeat(60), "kata ".repeat(60));
        let mut stems = Stems::default();
        let sought = Sought::new(&Query::parse("banjir warga").unwrap(), &["id"], &mut stems);
        let found = sought.places(&text, Within::Body, "id", &mut stems);
        let (shown, places) = snippet(&text, &found, 80);
        assert!(shown.starts_with('…') && shown.ends_with('…') && shown.contains("warga"), "{shown}");
        let words: Vec<&str> = places.into_iter().map(|place| shown.get(place).unwrap()).collect();
        assert_eq!(words, ["banjir", "warga", "banjir"]);
        assert_eq!(snippet("satu dua", &[], 80), ("satu dua".to_owned(), Vec::new()));
    }

    #[test]
    fn a_snippet_is_cut_between_characters_in_any_script() {
        for text in ["石破首相は会見で語った。".repeat(20), "😀".repeat(200), "ประเทศไทย".repeat(30)]
        {
            for at in text.char_indices().map(|(at, _)| at).step_by(7) {
                let end = at + text.get(at..).unwrap().chars().next().unwrap().len_utf8();
                let (shown, places) = snippet(&text, std::slice::from_ref(&(at..end)), 40);
                assert!(shown.chars().count() <= 42 && places.len() == 1, "{shown}");
                assert!(shown.get(places[0].clone()).is_some());
            }
        }
    }
}
