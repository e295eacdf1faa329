//! What an article is about, in words for people: the names that one might follow it by.

use std::collections::HashMap;

use super::lexicon::{self, Place, Sense, Table};
use super::{salience, says_nothing};
use crate::model::terms::{Form, Terms, Text, Word, Zone};

/// Names that are worth offering: whoever reads them chooses one.
const OFFERED: usize = 8;
/// A country that weighs this much has more than a passing mention.
const SALIENT: f32 = 3.0;
/// Words of the longest name.
const LONGEST: usize = 4;

/// What the article is about, the weightiest first: two countries together, people and other names as they are written,
/// countries and concepts in the reader's language.
#[must_use]
pub fn subjects(text: &Text<'_>, terms: &Terms, table: &Table, reader: &str) -> Vec<String> {
    let met = table.met(text, terms);
    let (mut places, mut others): (HashMap<Place, f32>, HashMap<String, f32>) = (HashMap::new(), HashMap::new());
    let mut is_known = vec![false; terms.words.len()];
    for found in &met {
        let weight = salience(found.zone);
        match found.sense {
            Sense::Place(place) => {
                *places.entry(place).or_default() += weight;
                is_known[found.words.0..found.words.1].fill(true);
            }
            Sense::Named(id) => *others.entry(lexicon::shown_name(id).to_owned()).or_default() += weight,
            Sense::Concept(id) | Sense::Shared(id) => {
                let word = lexicon::concept_word(&table.concept_name(id), reader);
                *others.entry(word).or_default() += weight;
            }
        }
    }
    for (name, weight) in names(text, terms, &is_known) {
        *others.entry(name).or_default() += weight;
    }
    let mut places: Vec<(Place, f32)> = places.into_iter().collect();
    places.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut subjects = Vec::new();
    if let [(one, _), (other, weight), ..] = places.as_slice()
        && *weight >= SALIENT
    {
        subjects.push(format!("{}-{}", lexicon::place_name(*one, reader), lexicon::place_name(*other, reader)));
    }
    others.extend(places.into_iter().map(|(place, weight)| (lexicon::place_name(place, reader), weight)));
    let mut others: Vec<(String, f32)> = others.into_iter().filter(|(name, _)| !name.is_empty()).collect();
    others.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    for (name, _) in others {
        // `Donald Trump` and `Trump` are one offer, and a country that is in a pair is one by itself, too.
        let is_part = |known: &String| !known.contains('-') && (holds(known, &name) || holds(&name, known));
        if subjects.len() < OFFERED && !subjects.iter().any(is_part) {
            subjects.push(name);
        }
    }
    subjects
}

/// Whether all words of the one are among those of the other.
fn holds(whole: &str, part: &str) -> bool {
    part.split(' ').all(|word| whole.split(' ').any(|other| other.to_lowercase() == word.to_lowercase()))
}

/// Names as they are written, with how much their mentions weigh.
fn names(text: &Text<'_>, terms: &Terms, is_known: &[bool]) -> HashMap<String, f32> {
    let mut found = HashMap::new();
    let mut run: Vec<&Word> = Vec::new();
    let source = |word: &Word| if word.zone == Zone::Title { text.title } else { text.body };
    let mut end = |run: &mut Vec<&Word>| {
        if let (Some(first), Some(last)) = (run.first(), run.last())
            && run.len() <= LONGEST
            && let Some(name) = source(first).get(first.at.start..last.at.end)
            && name.chars().count() > 2
        {
            *found.entry(name.to_owned()).or_default() += salience(first.zone);
        }
        run.clear();
    };
    for (word, is_known) in terms.words.iter().zip(is_known) {
        let is_name = matches!(word.form, Form::Capital | Form::Capitals)
            && !is_known
            && !says_nothing(&word.surface, text.language);
        let joins = run.last().is_none_or(|last| {
            (last.zone == Zone::Title) == (word.zone == Zone::Title)
                && source(word).get(last.at.end..word.at.start) == Some(" ")
        });
        if !is_name || !joins {
            end(&mut run);
        }
        if is_name {
            run.push(word);
        }
    }
    end(&mut run);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::features::lexicon::Lexicon;
    use crate::model::terms::{self, stem::Stems};

    fn of(language: &str, title: &str, body: &str) -> Vec<String> {
        let mut stems = Stems::default();
        let table = Lexicon::default().table(language, &mut stems);
        let text = Text { title, body, language };
        let terms = terms::read(&text, 500, &mut stems);
        subjects(&text, &terms, &table, "id")
    }

    #[test]
    fn an_article_is_about_two_countries_people_and_concepts_in_the_reader_s_words() {
        let about =
            of("en", "Kremlin open to talks with White House", "Ushakov met Steve Witkoff on Tuesday in Moscow.");
        assert_eq!(about[0], "Rusia-Amerika Serikat", "{about:?}");
        assert!(about.contains(&"Steve Witkoff".to_owned()), "{about:?}");
        let about = of("ja", "石川県で地震", "石川県で強い地震がありました。");
        assert!(about.iter().any(|name| name.to_lowercase().contains("gempa")), "{about:?}");
    }

    #[test]
    fn a_name_and_a_part_of_it_are_one_offer() {
        let about =
            of("id", "Harga beras naik", "Menteri Amran Sulaiman bicara di Bogor. Kata Amran, stok Bulog cukup.");
        let amran = about.iter().filter(|name| name.contains("Amran")).count();
        assert_eq!(amran, 1, "{about:?}");
        assert!(about.iter().any(|name| name == "Bulog"), "{about:?}");
    }
}
