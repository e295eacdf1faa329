//! The lexicon's files are what their README says: known keys, no empty name, ten languages for every concept.

use std::collections::BTreeSet;
use std::path::Path;

const LANGUAGES: [&str; 10] = ["id", "en", "ru", "ar", "zh", "ja", "es", "fr", "de", "pt"];

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
    let countries = countries();
    assert!(countries.len() >= 60, "{}", countries.len());
    for file in ["places.txt", "people.txt"] {
        for (number, row) in rows(file) {
            if !row.starts_with('@') {
                let (code, _) = names(file, number, &row);
                assert!(countries.contains(&code), "{file}:{number}: {code}");
            }
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

#[test]
fn every_concept_has_words_in_all_ten_languages() {
    let mut concepts = BTreeSet::new();
    let mut languages: Vec<String> = LANGUAGES.iter().map(|&language| language.to_owned()).collect();
    for (number, row) in rows("concepts.txt") {
        if let Some(concept) = row.strip_prefix("= ") {
            assert_eq!(languages, LANGUAGES, "concepts.txt:{number}: before {concept}");
            assert!(concepts.insert(concept.to_owned()), "concepts.txt:{number}: {concept} again");
            languages.clear();
        } else {
            languages.push(names("concepts.txt", number, &row).0);
        }
    }
    assert_eq!(languages, LANGUAGES);
    assert!(concepts.len() >= 130, "{}", concepts.len());
}
