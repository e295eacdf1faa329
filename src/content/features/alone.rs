//! What only one of several articles about an event says: its sentence with the most numbers, places and names that none of
//! the others has. It tells nothing of what a sentence means, only that its facts stand nowhere else.

use std::collections::HashSet;

use unicode_segmentation::UnicodeSegmentation as _;

use super::lexicon::Lexicon;
use super::{Kind, Mark, read};
use crate::model::terms::stem::Stems;
use crate::model::terms::{self, Text};

/// Sentences of an article that are looked at.
const SENTENCES: usize = 80;
/// Words of a sentence.
const WORDS: usize = 120;
/// A longer sentence is nobody's news.
const LONGEST: usize = 400;

/// For each of these articles the sentence that says what only it says, if there is one.
#[must_use]
pub fn alone(articles: &[Text<'_>], lexicon: &mut Lexicon, stems: &mut Stems) -> Vec<Option<String>> {
    let read: Vec<Vec<(&str, Vec<Mark>)>> = articles.iter().map(|article| sentences(article, lexicon, stems)).collect();
    let all: Vec<HashSet<u32>> =
        read.iter().map(|article| article.iter().flat_map(|(_, marks)| marks).map(Mark::key).collect()).collect();
    let only = |nth: usize| {
        let others = || (0..articles.len()).filter(|other| *other != nth);
        // How a name is written elsewhere is known for certain only within a language.
        let has_same = others().any(|other| articles[other].language == articles[nth].language);
        let is_alone = |mark: &&Mark| {
            let counts = match mark.kind {
                Kind::Number | Kind::Named | Kind::Place => true,
                Kind::Name => has_same,
                Kind::Concept => false,
            };
            counts && !others().any(|other| all[other].contains(&mark.key()))
        };
        let facts = |marks: &[Mark]| marks.iter().filter(is_alone).map(Mark::key).collect::<HashSet<_>>().len();
        // The title, which comes last, is in sight anyway.
        let text = read[nth].split_last().map_or(&[][..], |(_, text)| text);
        let told = text.iter().map(|(sentence, marks)| (facts(marks), *sentence));
        // Of those with as many, the first.
        let best = told.rev().max_by_key(|(facts, _)| *facts).filter(|(facts, _)| *facts > 0);
        best.map(|(_, sentence)| sentence.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    (0..articles.len()).map(only).collect()
}

/// The sentences of the text and then the title, each with what it mentions.
fn sentences<'a>(article: &Text<'a>, lexicon: &mut Lexicon, stems: &mut Stems) -> Vec<(&'a str, Vec<Mark>)> {
    let table = lexicon.table(article.language, stems);
    let mut marks = |body: &str| {
        let text = Text { title: "", body, language: article.language };
        let terms = terms::read(&text, WORDS, stems);
        read(&text, &terms, &table).marks
    };
    let in_text = article.body.unicode_sentences().map(str::trim).take(SENTENCES);
    let mut found: Vec<_> = in_text.filter(|one| one.chars().count() <= LONGEST).map(|one| (one, marks(one))).collect();
    found.push((article.title, marks(article.title)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_nobody_else_has_makes_a_sentence_stand_alone() {
        let text = |title, body| Text { title, body, language: "id" };
        let found = alone(
            &[
                text("Gempa di Ambon", "Gempa mengguncang Ambon. Sebanyak 127 rumah rusak. Warga mengungsi."),
                text("Gempa guncang Ambon", "Gempa mengguncang Ambon pada malam hari. Warga mengungsi."),
            ],
            &mut Lexicon::default(),
            &mut Stems::default(),
        );
        assert_eq!(found, [Some("Sebanyak 127 rumah rusak.".to_owned()), None]);
    }

    #[test]
    fn what_another_language_says_too_stands_not_alone() {
        let found = alone(
            &[
                Text { title: "Gempa", body: "Sebanyak 127 rumah rusak di Jepang.", language: "id" },
                Text { title: "Quake", body: "In Japan 127 houses were damaged.", language: "en" },
            ],
            &mut Lexicon::default(),
            &mut Stems::default(),
        );
        assert_eq!(found, [None, None]);
    }
}
