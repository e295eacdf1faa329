//! Stems of words by language, remembered. Folds nothing: words come as [`super::fold::lower`] makes them.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use snowball_stemmers_rs::{Algorithm, Stemmer};

use crate::model::guard::guarded;

/// How many words of one language are remembered; a vocabulary of news is about half of that.
const REMEMBERED: usize = 30_000;

/// The stemmers in use, each with the words it has met.
#[derive(Default)]
pub struct Stems {
    languages: HashMap<String, Option<Language>, RandomState>,
}

struct Language {
    stemmer: Stemmer,
    known: HashMap<String, String, RandomState>,
}

impl std::fmt::Debug for Stems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.languages.keys()).finish()
    }
}

impl Stems {
    /// The stem of a word in a language; the word itself where the language has no stemmer.
    pub fn stem<'a>(&'a mut self, language: &str, word: &'a str) -> &'a str {
        if language == "ko" {
            return without_particle(word);
        }
        if language.is_empty() {
            return word;
        }
        if !self.languages.contains_key(language) {
            let known = algorithm(language)
                .map(|algorithm| Language { stemmer: Stemmer::create(algorithm), known: HashMap::default() });
            self.languages.insert(language.to_owned(), known);
        }
        match self.languages.get_mut(language) {
            Some(Some(language)) => language.stem(word),
            _ => word,
        }
    }
}

impl Language {
    fn stem(&mut self, word: &str) -> &str {
        if !self.known.contains_key(word) {
            if self.known.len() >= REMEMBERED {
                self.known.clear();
            }
            // Generated code that cuts strings by byte: a word it stumbles over is its own stem.
            let stem = guarded(|| self.stemmer.stem(word).into_owned()).unwrap_or_else(|| word.to_owned());
            self.known.insert(word.to_owned(), stem);
        }
        self.known.get(word).map_or("", String::as_str)
    }
}

/// Whether words of a language have stems.
#[must_use]
pub fn is_stemmed(language: &str) -> bool {
    language == "ko" || algorithm(language).is_some()
}

/// Korean is written with spaces, but its particles cling to the noun. No stemmer of Snowball knows it.
fn without_particle(word: &str) -> &str {
    const PARTICLES: [&str; 20] = [
        "에서는",
        "으로",
        "에서",
        "에게",
        "까지",
        "부터",
        "에는",
        "이나",
        "은",
        "는",
        "이",
        "가",
        "을",
        "를",
        "의",
        "에",
        "로",
        "와",
        "과",
        "도",
    ];
    for particle in PARTICLES {
        if let Some(noun) = word.strip_suffix(particle)
            && noun.chars().count() >= 2
        {
            return noun;
        }
    }
    word
}

fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language {
        "ar" => Algorithm::Arabic,
        "ca" => Algorithm::Catalan,
        "cs" => Algorithm::Czech,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "eo" => Algorithm::Esperanto,
        "es" => Algorithm::Spanish,
        "et" => Algorithm::Estonian,
        "eu" => Algorithm::Basque,
        "fa" => Algorithm::Persian,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "ga" => Algorithm::Irish,
        "hi" => Algorithm::Hindi,
        "hu" => Algorithm::Hungarian,
        "hy" => Algorithm::Armenian,
        // Malay shares Indonesian's affixes.
        "id" | "ms" => Algorithm::Indonesian,
        "it" => Algorithm::Italian,
        "lt" => Algorithm::Lithuanian,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "ne" => Algorithm::Nepali,
        "nl" => Algorithm::Dutch,
        "pl" => Algorithm::Polish,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sr" => Algorithm::Serbian,
        "st" => Algorithm::Sesotho,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        "uk" => Algorithm::Ukrainian,
        "yi" => Algorithm::Yiddish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn inflected_words_meet_in_one_stem() {
        let mut stems = Stems::default();
        for (language, one, other) in [
            ("id", "membaca", "dibaca"),
            ("id", "pemerintahan", "pemerintah"),
            ("en", "elections", "election"),
            ("ru", "переговоры", "переговоров"),
            ("uk", "президента", "президенту"),
            ("ar", "سفيرة", "سفير"),
            ("es", "elecciones", "elección"),
            ("fr", "inondations", "inondation"),
            ("de", "wahlen", "wahl"),
            ("pt", "governos", "governo"),
            ("tr", "kitaplar", "kitap"),
            ("ko", "대통령은", "대통령이"),
        ] {
            let one = stems.stem(language, one).to_owned();
            assert_eq!(one, stems.stem(language, other), "{language}");
        }
    }

    #[test]
    fn a_language_without_a_stemmer_keeps_its_words() {
        let mut stems = Stems::default();
        assert_eq!(stems.stem("vi", "chính"), "chính");
        assert_eq!(stems.stem("", "x"), "x");
        assert!(!is_stemmed("zh") && is_stemmed("id"));
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let mut stems = Stems::default();
        for number in 0..REMEMBERED + 10 {
            stems.stem("en", &format!("word{number}ing"));
        }
        let known = stems.languages["en"].as_ref().unwrap().known.len();
        assert!(known <= REMEMBERED, "{known}");
    }

    const ALL: &[&str] = &[
        "ar", "ca", "cs", "da", "de", "el", "en", "eo", "es", "et", "eu", "fa", "fi", "fr", "ga", "hi", "hu", "hy",
        "id", "it", "lt", "nb", "ne", "nl", "pl", "pt", "ro", "ru", "sr", "st", "sv", "ta", "tr", "uk", "yi", "ko",
    ];

    proptest! {
        #[test]
        fn no_word_stops_a_stemmer(word in "[\\p{L}\\p{M}\\p{N}]{0,24}", language in 0..ALL.len()) {
            let mut stems = Stems::default();
            let lower = super::super::fold::lower(&word);
            stems.stem(ALL[language], &lower);
        }

        #[test]
        fn no_arabic_or_latin_word_stops_its_stemmer(arabic in "[ء-ي]{0,16}", latin in "[a-zàâéèêëïîôöûüçñß]{0,24}") {
            let mut stems = Stems::default();
            for language in ALL {
                stems.stem(language, &arabic);
                stems.stem(language, &latin);
            }
        }
    }
}
