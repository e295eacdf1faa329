//! The lexicon's files are what their README says: known keys, no empty name, thirteen languages for every concept.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const LANGUAGES: [&str; 10] = ["id", "en", "ru", "ar", "zh", "ja", "es", "fr", "de", "pt"];

/// Languages whose concepts have words, fewer of them, and whose countries have their own names alone.
const CONCEPTS_ALONE: [&str; 3] = ["it", "tr", "ko"];

fn rows(file: &str) -> Vec<(usize, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/lexicon").join(file);
    let text = std::fs::read_to_string(path).unwrap();
    let rows = text.lines().enumerate().filter(|(_, row)| !row.is_empty() && !row.starts_with('#'));
    rows.map(|(number, row)| (number + 1, row.to_owned())).collect()
}

/// A row's key and names; the test fails where one is empty or written twice.
fn names(file: &str, number: usize, row: &str) -> (String, Vec<String>) {
    let (key, names) = row.split_once(' ').unwrap_or_else(|| panic!("{file}:{number}: no names"));
    let names: Vec<String> = names.split('|').map(str::to_owned).collect();
    for name in &names {
        let bare = name.trim_end_matches(['!', '^']);
        assert!(!bare.is_empty() && bare.trim() == bare, "{file}:{number}: {name:?}");
        assert!(!name.ends_with('^') || bare.chars().count() == 1, "{file}:{number}: {name:?}");
    }
    (key.to_owned(), names)
}

fn countries() -> BTreeSet<String> {
    let rows = rows("countries.txt");
    let named = rows.iter().filter(|(_, row)| !row.starts_with('@'));
    named.map(|(number, row)| names("countries.txt", *number, row).0).collect()
}

#[test]
fn every_place_and_person_belongs_to_a_country_that_has_names() {
    let (countries, concepts) = (countries(), concepts());
    assert!(countries.len() >= 60, "{}", countries.len());
    for file in ["places.txt", "people.txt", "regions.txt", "organisations.txt"] {
        for (number, row) in rows(file) {
            // `--` stands for nothing.
            if !row.starts_with('@') && !row.starts_with("-- ") {
                let (code, _) = names(file, number, &row);
                if let Some(key) = code.strip_prefix('=') {
                    assert!(concepts.contains(key.trim_end_matches('?')), "{file}:{number}: {key}");
                    continue;
                }
                assert!(countries.contains(&code), "{file}:{number}: {code}");
            }
        }
    }
}

#[test]
fn what_has_a_name_of_its_own_is_in_one_row() {
    let mut shown = BTreeSet::new();
    for file in ["people.txt", "regions.txt", "organisations.txt"] {
        for (number, row) in rows(file) {
            let (_, names) = names(file, number, &row);
            let first = names[0].trim_end_matches('!').to_owned();
            assert!(first.chars().any(|c| c.is_ascii_alphabetic()), "{file}:{number}: people are shown {first}");
            assert!(shown.insert(first), "{file}:{number}: {}", names[0]);
            let unique: BTreeSet<&String> = names.iter().collect();
            assert_eq!(unique.len(), names.len(), "{file}:{number}: a name twice");
        }
    }
}

#[test]
fn a_language_names_a_country_in_one_row() {
    for file in ["countries.txt", "places.txt"] {
        let mut sections = BTreeSet::new();
        let mut keys = BTreeSet::new();
        for (number, row) in rows(file) {
            if row.starts_with('@') {
                assert!(sections.insert(row.clone()), "{file}:{number}: {row} again");
                keys.clear();
            } else {
                assert!(keys.insert(names(file, number, &row).0), "{file}:{number}: {row}");
            }
        }
        assert!(sections.contains("@id") && sections.contains("@en"), "{file}");
    }
}

/// A file of TOML with a list or a table under each key.
fn toml<T: serde::de::DeserializeOwned>(file: &str) -> BTreeMap<String, T> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/lexicon").join(file);
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Concepts that are a name, the same one everywhere.
const NAMED_ALIKE: [&str; 9] = ["asean", "badminton", "brics", "chess", "cricket", "g20", "g7", "nato", "tsunami"];

fn concepts() -> BTreeSet<String> {
    toml::<Vec<String>>("concepts/en.toml").into_keys().collect()
}

#[test]
fn every_concept_has_words_in_all_languages() {
    let concepts = concepts();
    assert!(concepts.len() >= 150, "{}", concepts.len());
    for language in LANGUAGES.into_iter().chain(CONCEPTS_ALONE) {
        let file = format!("concepts/{language}.toml");
        let own: BTreeMap<String, Vec<String>> = toml(&file);
        assert_eq!(own.keys().cloned().collect::<BTreeSet<_>>(), concepts, "{file}");
        assert!(own.values().all(|names| !names.is_empty() && names.iter().all(|name| name.trim() == name)), "{file}");
        for (key, names) in &own {
            let is_short = CONCEPTS_ALONE.contains(&language);
            assert!(names.len() >= 3 || is_short || NAMED_ALIKE.contains(&key.as_str()), "{file}: {key}: {names:?}");
            assert!(
                !names[0].trim_end_matches('?').ends_with(['*', '^']),
                "{file}: {key}: people are shown {}",
                names[0]
            );
            assert!(names.iter().all(|name| name.chars().any(char::is_alphabetic)), "{file}: {key}: {names:?}");
            let unique: BTreeSet<&String> = names.iter().collect();
            assert_eq!(unique.len(), names.len(), "{file}: {key}: twice");
            // A letter of Hangul is a syllable.
            let least = if language == "ko" { 2 } else { 4 };
            for letters in names.iter().filter_map(|name| name.trim_end_matches('?').strip_suffix('*')) {
                assert!(letters.chars().count() >= least, "{file}: {key}: {letters} is too short to begin a word");
            }
        }
    }
}

/// A form stands for two concepts where the news does not tell them apart, and seldom for more.
#[test]
fn few_forms_stand_for_many_concepts() {
    for language in LANGUAGES {
        let own: BTreeMap<String, Vec<String>> = toml(&format!("concepts/{language}.toml"));
        let mut keys: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for (key, names) in &own {
            for name in names {
                keys.entry(name.trim_end_matches(['!', '*', '=', '?']).to_lowercase()).or_default().insert(key);
            }
        }
        let shared = keys.values().filter(|keys| keys.len() > 1).count();
        let many: Vec<_> = keys.iter().filter(|(_, keys)| keys.len() > 3).collect();
        assert!(many.is_empty(), "{language}: {many:?}");
        assert!(shared * 8 < keys.len(), "{language}: {shared} of {}", keys.len());
    }
}

#[test]
fn every_place_has_a_code_that_can_be_kept() {
    for language in LANGUAGES {
        let places: BTreeMap<String, Vec<String>> = toml(&format!("places/{language}.toml"));
        assert!(places.len() >= 60, "{language}: {}", places.len());
        for code in places.keys() {
            assert!(kabar::content::features::lexicon::Place::from_code(code).is_some(), "{language}: {code}");
        }
    }
}

#[test]
fn figures_relations_and_numbers_name_what_there_is() {
    let concepts = concepts();
    let related: BTreeMap<String, BTreeMap<String, f32>> = toml("related.toml");
    for (concept, others) in &related {
        for (other, share) in others {
            assert!(concepts.contains(concept) && concepts.contains(other), "{concept}: {other}");
            assert!(*share > 0.0 && *share <= 1.0, "{concept}: {other}");
        }
    }
    let games: BTreeMap<String, Vec<String>> = toml("games.toml");
    assert!(games["games"].iter().all(|key| concepts.contains(key)), "{games:?}");
    let figures: BTreeMap<String, Vec<String>> = toml("figures.toml");
    assert_eq!(figures.len(), LANGUAGES.len());
    let numbers: BTreeMap<String, BTreeMap<String, String>> = toml("numbers.toml");
    for (language, rows) in &numbers {
        assert!(LANGUAGES.contains(&language.as_str()));
        assert!(rows.keys().all(|key| key.trim_start_matches(['+', 'x']).parse::<f64>().is_ok()), "{language}");
    }
}
