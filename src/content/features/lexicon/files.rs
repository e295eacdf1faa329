//! The files of `assets/lexicon/`, and what people are shown of them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Place, Sense};
use crate::content::features::hash;

const COUNTRIES: &str = include_str!("../../../../assets/lexicon/countries.txt");
const PLACES: &str = include_str!("../../../../assets/lexicon/places.txt");
const FIGURES: &str = include_str!("../../../../assets/lexicon/figures.toml");
const PEOPLE: &str = include_str!("../../../../assets/lexicon/people.txt");
const REGIONS: &str = include_str!("../../../../assets/lexicon/regions.txt");
const ASKED_FILE: &str = include_str!("../../../../assets/lexicon/asked.toml");
const GAMES_FILE: &str = include_str!("../../../../assets/lexicon/games.toml");
const ORGANISATIONS: &str = include_str!("../../../../assets/lexicon/organisations.txt");

/// Places and concepts by language, as TOML.
macro_rules! files {
    ($($language:literal),*) => {
        [$((
            $language,
            include_str!(concat!("../../../../assets/lexicon/places/", $language, ".toml")),
            include_str!(concat!("../../../../assets/lexicon/concepts/", $language, ".toml")),
        )),*]
    };
}
const FILES: [(&str, &str, &str); 10] = files!["id", "en", "ru", "ar", "zh", "ja", "es", "fr", "de", "pt"];

/// Languages whose countries have no more names than those of `countries.txt` and `places.txt`.
macro_rules! concepts {
    ($($language:literal),*) => {
        [$(($language, include_str!(concat!("../../../../assets/lexicon/concepts/", $language, ".toml")))),*]
    };
}
const CONCEPTS: [(&str, &str); 3] = concepts!["it", "tr", "ko"];

/// The names of a language, each with what it stands for: `None` stands for nothing.
pub(super) fn names(language: &str) -> Vec<(Option<Sense>, String)> {
    let section = section(language);
    let mut names: Vec<(Option<Sense>, String)> = Vec::new();
    for (_, places, _) in FILES.iter().filter(|(code, ..)| *code == section) {
        names.extend(written(places).map(|(key, name)| (Place::from_code(&key).map(Sense::Place), name)));
    }
    names.extend(written(concepts_of(section)).map(|(key, name)| {
        let name = name.trim_end_matches('=');
        let shared = name.strip_suffix('?');
        (Some(of_concept(&key, shared.is_some())), shared.unwrap_or(name).to_owned())
    }));
    for (file, named) in [(PLACES, "*"), (PLACES, section), (COUNTRIES, section)] {
        for (key, of_country) in section_of(file, named) {
            let sense = Place::from_code(key).map(Sense::Place);
            names.extend(of_country.split('|').map(|name| (sense, name.to_owned())));
        }
    }
    let figures: HashMap<String, Vec<String>> = toml::from_str(FIGURES).unwrap_or_default();
    names.extend(figures.get(section).into_iter().flatten().map(|name| (None, name.clone())));
    for named in named() {
        // An office holder is no country, but a region and a ministry are of one.
        let country = named.country.filter(|_| !named.is_person).map(Sense::Place);
        for name in named.names.split('|').filter(|name| is_of_script(name, section)) {
            let senses = [Some(Sense::Named(named.id())), country, named.concept];
            names.extend(senses.into_iter().flatten().map(|sense| (Some(sense), name.to_owned())));
        }
    }
    names
}

/// Malay and Indonesian name the world alike.
fn section(language: &str) -> &str {
    if language == "ms" { "id" } else { language }
}

/// Whether a name may stand in a text of the language: Latin letters stand in all.
fn is_of_script(name: &str, language: &str) -> bool {
    let first = name.chars().find(|c| c.is_alphabetic());
    match first {
        Some('\u{400}'..='\u{52f}') => matches!(language, "ru" | "uk" | "be" | "bg" | "sr" | "mk" | "kk"),
        Some('\u{600}'..='\u{6ff}') => matches!(language, "ar" | "fa" | "ur"),
        Some('\u{2e80}'..='\u{9fff}') => matches!(language, "zh" | "ja"),
        _ => true,
    }
}

/// What has a name of its own.
struct Named {
    is_person: bool,
    country: Option<Place>,
    /// What is told of where it is: a club's game.
    concept: Option<Sense>,
    names: &'static str,
}

impl Named {
    fn id(&self) -> u32 {
        hash(self.shown())
    }

    fn shown(&self) -> &'static str {
        self.names.split('|').next().unwrap_or_default().trim_end_matches('!')
    }
}

fn named() -> impl Iterator<Item = Named> {
    [(PEOPLE, true), (REGIONS, false), (ORGANISATIONS, false)].into_iter().flat_map(|(file, is_person)| {
        let rows = file.lines().filter(|row| !row.starts_with('#')).filter_map(|row| row.split_once(' '));
        rows.map(move |(code, names)| {
            let concept = code.strip_prefix('=').map(|key| {
                let shared = key.strip_suffix('?');
                of_concept(shared.unwrap_or(key), shared.is_some())
            });
            Named { is_person, country: Place::from_code(code), concept, names }
        })
    })
}

fn of_concept(key: &str, is_shared: bool) -> Sense {
    if is_shared { Sense::Shared(hash(key)) } else { Sense::concept(key) }
}

/// The keys of a language's concepts, by their hashes.
pub(super) fn concepts(language: &str) -> HashMap<u32, String> {
    let file = concepts_of(section(language));
    written(file).map(|(key, _)| (hash(&key), key)).collect()
}

fn concepts_of(section: &str) -> &'static str {
    let files = FILES.iter().map(|(code, _, concepts)| (*code, *concepts)).chain(CONCEPTS);
    files.into_iter().find(|(code, _)| *code == section).map_or("", |(_, concepts)| concepts)
}

/// The rows below `@name`.
fn section_of<'a>(file: &'a str, name: &str) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
    let start = file.find(&format!("\n@{name}\n")).map(|at| at + name.len() + 3);
    let rows = start.and_then(|start| file.get(start..)).unwrap_or_default();
    rows.lines()
        .take_while(|row| !row.starts_with('@'))
        .filter(|row| !row.starts_with('#'))
        .filter_map(|row| row.split_once(' '))
}

/// How much of other concepts counts for one, by the hashes of their keys.
#[must_use]
pub fn related() -> HashMap<u32, Vec<(u32, f32)>> {
    let written: HashMap<String, HashMap<String, f32>> =
        toml::from_str(include_str!("../../../../assets/lexicon/related.toml")).unwrap_or_default();
    let of = |others: HashMap<String, f32>| others.into_iter().map(|(key, share)| (hash(&key), share)).collect();
    written.into_iter().map(|(key, others)| (hash(&key), of(others))).collect()
}

/// The games that share their words: matches, referees, goals.
#[must_use]
pub fn games() -> &'static HashSet<u32> {
    static GAMES: LazyLock<HashSet<u32>> = LazyLock::new(|| {
        let written: HashMap<String, Vec<String>> = toml::from_str(GAMES_FILE).unwrap_or_default();
        written.values().flatten().map(|key| hash(key)).collect()
    });
    &GAMES
}

/// What names of topics say beside countries and concepts.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Asked {
    means: HashMap<String, String>,
    says_nothing: SaysNothing,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct SaysNothing {
    beside_two: Vec<String>,
    beside_one: Vec<String>,
}

fn asked() -> &'static Asked {
    static ASKED: LazyLock<Asked> = LazyLock::new(|| toml::from_str(ASKED_FILE).unwrap_or_default());
    &ASKED
}

/// The key of the concept that a topic's whole name means.
#[must_use]
pub fn meant(name: &str) -> Option<&'static str> {
    asked().means.get(name.trim().to_lowercase().as_str()).map(String::as_str)
}

/// Whether a word of a topic's name says nothing beside so many known parts: `hubungan Rusia-AS`, `anti korupsi`.
#[must_use]
pub fn says_nothing_beside(word: &str, parts: usize) -> bool {
    let SaysNothing { beside_two, beside_one } = &asked().says_nothing;
    let lower = word.to_lowercase();
    let is_in = |words: &[String]| words.iter().any(|other| other.to_lowercase() == lower);
    parts >= 1 && is_in(beside_one) || parts >= 2 && is_in(beside_two)
}

/// The office holders and their countries.
#[must_use]
pub fn offices() -> HashMap<u32, Place> {
    named().filter(|named| named.is_person).filter_map(|person| Some((person.id(), person.country?))).collect()
}

/// Whether this is a person's name, whose other names say no more of whom is meant.
#[must_use]
pub fn is_person(id: u32) -> bool {
    named().take_while(|named| named.is_person).any(|person| person.id() == id)
}

/// Of things that are called alike the one with the fewest names: West Papua, which is in Papua.
#[must_use]
pub fn most_special(ids: &[u32]) -> Option<u32> {
    let found = named().filter(|named| ids.contains(&named.id()));
    found.min_by_key(|named| named.names.split('|').count()).map(|named| named.id())
}

/// The keys of a TOML file and their names, in the order of the keys.
fn written(file: &str) -> impl Iterator<Item = (String, String)> {
    let keys: BTreeMap<String, Vec<String>> = toml::from_str(file).unwrap_or_default();
    keys.into_iter().flat_map(|(key, names)| names.into_iter().map(move |name| (key.clone(), name)))
}

/// A country's first name in a language, for people to read; its code where there is none.
#[must_use]
pub fn place_name(place: Place, language: &str) -> String {
    let code = place.code();
    let name = section_of(COUNTRIES, language).find(|(key, _)| *key == code);
    let first = name.and_then(|(_, names)| names.split('|').next()).map(str::to_owned);
    first.unwrap_or(code)
}

/// The first name of what has one of its own.
#[must_use]
pub fn shown_name(id: u32) -> &'static str {
    named().find(|named| named.id() == id).map_or("", |named| named.shown())
}

/// Whether a concept's name in a language is that of one thing: written with a capital, and never without, and not marked
/// as an abbreviation of the concept itself.
#[must_use]
pub fn is_proper_name(name: &str, language: &str) -> bool {
    let file = concepts_of(section(language));
    let lower = name.to_lowercase();
    let same: Vec<String> = written(file)
        .map(|(_, name)| name)
        .filter(|name| name.trim_end_matches(['!', '=', '?']).to_lowercase() == lower)
        .collect();
    if same.iter().any(|name| name.ends_with('=')) {
        return false;
    }
    // German nouns all have one.
    let capitals = if language == "de" { 2 } else { 1 };
    let is_proper = |name: &String| {
        let begins = name.chars().take(capitals);
        begins.clone().count() == capitals && begins.clone().all(char::is_uppercase)
    };
    !same.is_empty() && same.iter().all(is_proper)
}

/// Where a name stands among those of a concept in a language, the first at 0.
#[must_use]
pub fn rank(key: &str, name: &str, language: &str) -> Option<usize> {
    let lower = name.to_lowercase();
    let mut names = written(concepts_of(section(language))).filter(|(other, _)| other == key);
    names.position(|(_, name)| name.trim_end_matches(['!', '*', '=', '?']).to_lowercase() == lower)
}

/// A concept's first name in a language, for people to read; its key where there is none.
#[must_use]
pub fn concept_word(key: &str, language: &str) -> String {
    let file = concepts_of(section(language));
    let first = written(file).find(|(other, _)| other == key);
    first.map_or_else(|| key.to_owned(), |(_, name)| name.trim_end_matches(['!', '=', '?']).to_owned())
}
