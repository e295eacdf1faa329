//! A topic's name read as what it asks for: `Rusia-AS` is two countries, `Pemilu AS` a country and a concept, `Timnas
//! Indonesia` a concept and a country, and what the lexicon does not know is a word.

use std::collections::BTreeSet;

use crate::content::features::lexicon::{Lexicon, Place, Sense};
use crate::content::features::{hash, skeleton};
use crate::model::terms::stem::Stems;
use crate::model::terms::{self, Form, Text};

/// The languages a name is read in, the likelier first: that of the reader, then those of the lexicon.
const LANGUAGES: [&str; 10] = ["id", "en", "es", "fr", "de", "pt", "ru", "ar", "zh", "ja"];

/// One thing that a topic is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Place(Place),
    /// The hash of its key, and the key's own words.
    Concept(u32, String),
    /// A word that no lexicon knows: its stems in all languages of the lexicon, and its skeleton.
    Word {
        written: String,
        stems: BTreeSet<u32>,
        skeleton: Option<u32>,
    },
}

/// What a name asks for: an article must tell of every part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    pub parts: Vec<Part>,
}

impl Wanted {
    /// Reads a name, first as one in `language`.
    #[must_use]
    pub fn of(name: &str, language: &str, lexicon: &mut Lexicon, stems: &mut Stems) -> Self {
        let languages = std::iter::once(language).chain(LANGUAGES.into_iter().filter(|other| *other != language));
        // Names of countries are written with a capital, but not by everybody.
        let capitals = capitalised(name);
        let mut best: (usize, Vec<Part>) = (0, Vec::new());
        for language in languages {
            for written in [name, &capitals] {
                let (known, parts) = read(written, name, language, lexicon, stems);
                if known > best.0 || best.1.is_empty() {
                    best = (known, parts);
                }
            }
        }
        Self { parts: best.1 }
    }

    /// The countries among the parts.
    pub fn places(&self) -> impl Iterator<Item = Place> + '_ {
        self.parts.iter().filter_map(|part| match part {
            Part::Place(place) => Some(*place),
            _ => None,
        })
    }
}

fn capitalised(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut begins = true;
    for c in name.chars() {
        if begins {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        begins = !c.is_alphanumeric();
    }
    out
}

/// How many characters of the name a language's lexicon knows, and the parts, in the letters of `shown`.
fn read(name: &str, shown: &str, language: &str, lexicon: &mut Lexicon, stems: &mut Stems) -> (usize, Vec<Part>) {
    let table = lexicon.table(language, stems);
    // As a text: a title's capitals would say nothing.
    let text = Text { title: "", body: name, language };
    let terms = terms::read(&text, 32, stems);
    let (mut known, mut parts) = (0, Vec::new());
    let mut taken = vec![false; terms.words.len()];
    let mut dense = 0;
    for met in table.met(&text, &terms) {
        let part = match met.sense {
            Sense::Place(place) => Part::Place(place),
            // A person is wanted by name, not for the country's sake.
            Sense::Person(..) => continue,
            Sense::Concept(id) => Part::Concept(id, table.concept_name(id)),
        };
        let (from, to) = met.words;
        taken[from..to].fill(true);
        known += terms.words[from..to].iter().map(|word| word.surface.chars().count()).sum::<usize>();
        dense += usize::from(from == to);
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    if dense > 0 {
        // What of a name without spaces is left over is grammar between what is known.
        return (known + name.chars().count(), parts);
    }
    for (word, _) in terms.words.iter().zip(&taken).filter(|(_, taken)| !**taken) {
        if crate::content::features::says_nothing(&word.surface, language) && terms.words.len() > 1 {
            continue;
        }
        let all = LANGUAGES.into_iter().map(|language| hash(&terms::fold::unmark(stems.stem(language, &word.surface))));
        let mut stems: BTreeSet<u32> = all.collect();
        stems.insert(hash(&word.surface));
        let is_name = !matches!(word.form, Form::Small | Form::Number | Form::Pair);
        let skeleton = skeleton::skeleton(&word.surface, language).filter(|skeleton| is_name && skeleton.len() >= 3);
        let written = shown.get(word.at.clone()).or(name.get(word.at.clone())).unwrap_or_default().to_owned();
        parts.push(Part::Word { written, stems, skeleton: skeleton.as_deref().map(hash) });
    }
    (known, parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(name: &str) -> Vec<String> {
        let wanted = Wanted::of(name, "id", &mut Lexicon::default(), &mut Stems::default());
        let part = |part: &Part| match part {
            Part::Place(place) => place.code(),
            Part::Concept(_, name) => name.clone(),
            Part::Word { written, .. } => format!("`{written}`"),
        };
        wanted.parts.iter().map(part).collect()
    }

    #[test]
    fn a_name_is_read_as_countries_concepts_and_words() {
        for (name, expected) in [
            ("Rusia-AS", &["RU", "US"][..]),
            ("rusia as", &["RU", "`as`"]),
            ("Pemilu AS", &["election", "US"]),
            ("gempa", &["quake"]),
            ("gempa bumi Jepang", &["quake", "JP"]),
            ("China-Taiwan", &["CN", "TW"]),
            ("inflation", &["inflation"]),
            ("Россия и США", &["RU", "US"]),
            ("米ロ", &["RU", "US"]),
            ("Prabowo", &["`Prabowo`"]),
            ("AS Roma", &["`AS`", "`Roma`"]),
        ] {
            assert_eq!(parts(name), expected, "{name}");
        }
    }
}
