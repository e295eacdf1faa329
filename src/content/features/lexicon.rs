//! What names mean: a language's words for countries, office holders and the concepts of the news, from `assets/lexicon/`.
//! A key that is no code (`--`) stands for nothing: AS Roma is no country.
//!
//! A language's table is made when the first article in it is read. Words are compared by their stems, the longest name
//! that begins at a word counts; scripts without spaces are searched letter by letter.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};
use foldhash::fast::RandomState;

use crate::model::terms::stem::{Stems, is_stemmed};
use crate::model::terms::{self, Form, Terms, Text, Word, Zone, fold, split};

const COUNTRIES: &str = include_str!("../../../assets/lexicon/countries.txt");
const PLACES: &str = include_str!("../../../assets/lexicon/places.txt");
const FIGURES: &str = include_str!("../../../assets/lexicon/figures.toml");
const PEOPLE: &str = include_str!("../../../assets/lexicon/people.txt");

/// Places and concepts by language, as TOML.
macro_rules! files {
    ($($language:literal),*) => {
        [$((
            $language,
            include_str!(concat!("../../../assets/lexicon/places/", $language, ".toml")),
            include_str!(concat!("../../../assets/lexicon/concepts/", $language, ".toml")),
        )),*]
    };
}
const FILES: [(&str, &str, &str); 10] = files!["id", "en", "ru", "ar", "zh", "ja", "es", "fr", "de", "pt"];

/// A country or an alliance: the letters of its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place(pub u32);

impl Place {
    /// A code of ISO 3166, or EU, UN, NATO.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let is_code = (2..=4).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_uppercase());
        is_code.then(|| Self(code.bytes().fold(0, |sum, b| sum << 8 | u32::from(b))))
    }

    #[must_use]
    pub fn code(self) -> String {
        let letters = self.0.to_be_bytes();
        letters.iter().filter(|b| **b != 0).map(|b| char::from(*b)).collect()
    }
}

/// What a name stands for. The numbers are hashes of the lexicon's keys: they outlive an edit of its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sense {
    Place(Place),
    /// A person, and the country that he or she speaks for.
    Person(u32, Place),
    Concept(u32),
}

impl Sense {
    #[must_use]
    pub fn concept(name: &str) -> Self {
        Self::Concept(super::hash(name))
    }
}

/// The tables of the languages that were met.
#[derive(Debug, Default)]
pub struct Lexicon {
    tables: HashMap<String, Arc<Table>>,
}

impl Lexicon {
    /// The names in a language.
    pub fn table(&mut self, language: &str, stems: &mut Stems) -> Arc<Table> {
        if let Some(table) = self.tables.get(language) {
            return table.clone();
        }
        let table = Arc::new(Table::read(language, stems));
        self.tables.insert(language.to_owned(), table.clone());
        table
    }
}

/// One language's names.
#[derive(Debug, Default)]
pub struct Table {
    /// By the stem of the first word, the longest first.
    words: HashMap<String, Vec<Phrase>, RandomState>,
    /// What words begin with, by their first letters: Hochwasserschutz tells of a flood, too. The longest first.
    beginnings: HashMap<String, Vec<Beginning>, RandomState>,
    /// Languages with cases but without a stemmer: the beginnings of their names.
    is_cut: bool,
    /// Names take an s in the genitive, which the stemmer leaves after a vowel: Chinas, Koreas.
    has_genitive: bool,
    dense: Option<AhoCorasick>,
    /// Those of the automaton's patterns.
    senses: Vec<Vec<Sense>>,
    /// Patterns of few katakana, which also begin other words: only whole runs count.
    whole: Vec<bool>,
    /// Characters that stand for a country beside another such.
    signs: HashMap<char, Sense>,
    concepts: HashMap<u32, String>,
}

#[derive(Debug)]
struct Phrase {
    /// The stems of the other words.
    rest: Vec<String>,
    /// It is written with a capital.
    is_name: bool,
    /// As it must be written.
    exact: Option<Vec<String>>,
    /// All that it stands for; none for what stands for nothing.
    senses: Vec<Sense>,
}

#[derive(Debug)]
struct Beginning {
    letters: String,
    senses: Vec<Sense>,
}

/// The letters by which beginnings are looked up; none is shorter.
const FIRST: usize = 4;

/// Where a sense was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Met {
    pub sense: Sense,
    pub zone: Zone,
    /// The words that it takes, for words; none in a script without spaces.
    pub words: (usize, usize),
}

impl Table {
    fn read(language: &str, stems: &mut Stems) -> Self {
        // Malay and Indonesian name the world alike.
        let section = if language == "ms" { "id" } else { language };
        let mut rows: Vec<(Option<Sense>, String)> = Vec::new();
        for (_, places, concepts) in FILES.iter().filter(|(code, ..)| *code == section) {
            rows.extend(written(places).map(|(key, name)| (Place::from_code(&key).map(Sense::Place), name)));
            rows.extend(written(concepts).map(|(key, name)| (Some(Sense::concept(&key)), name)));
        }
        for (file, named) in [(PLACES, "*"), (PLACES, section), (COUNTRIES, section)] {
            for (key, names) in section_of(file, named) {
                let sense = Place::from_code(key).map(Sense::Place);
                rows.extend(names.split('|').map(|name| (sense, name.to_owned())));
            }
        }
        let figures: HashMap<String, Vec<String>> = toml::from_str(FIGURES).unwrap_or_default();
        rows.extend(figures.get(section).into_iter().flatten().map(|name| (None, name.clone())));
        for row in PEOPLE.lines().filter(|row| !row.starts_with('#')) {
            if let Some((country, names)) = row.split_once(' ')
                && let (Some(country), Some(name)) = (Place::from_code(country), names.split('|').next())
            {
                let sense = Sense::Person(super::hash(name), country);
                rows.extend(names.split('|').map(|name| (Some(sense), name.to_owned())));
            }
        }
        let mut table = Self {
            is_cut: !is_stemmed(language) && !matches!(language, "" | "vi" | "sw" | "th" | "zh" | "ja"),
            has_genitive: language == "de",
            ..Self::default()
        };
        for (_, _, concepts) in FILES.iter().filter(|(code, ..)| *code == section) {
            table.concepts.extend(written(concepts).map(|(key, _)| (super::hash(&key), key)));
        }
        let mut patterns = HashMap::new();
        for (sense, name) in rows {
            table.enter(sense, &name, language, stems, &mut patterns);
        }
        for phrases in table.words.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse((phrase.rest.len(), phrase.exact.is_some())));
        }
        for beginnings in table.beginnings.values_mut() {
            beginnings.sort_by_key(|beginning| std::cmp::Reverse(beginning.letters.len()));
        }
        let (patterns, senses): (Vec<String>, Vec<Vec<Sense>>) = patterns.into_iter().unzip();
        table.whole = patterns.iter().map(|name| name.chars().count() <= 4 && name.chars().all(is_katakana)).collect();
        table.dense = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&patterns).ok();
        table.senses = senses;
        table
    }

    fn enter(
        &mut self,
        sense: Option<Sense>,
        name: &str,
        language: &str,
        stems: &mut Stems,
        patterns: &mut HashMap<String, Vec<Sense>>,
    ) {
        if let Some(sign) = name.strip_suffix('^') {
            if let (Some(sign), Some(sense)) = (sign.chars().next(), sense) {
                self.signs.insert(sign, sense);
            }
            return;
        }
        if let Some(letters) = name.strip_suffix('*') {
            self.enter_beginning(sense, letters);
            return;
        }
        let (bare, is_marked) = name.strip_suffix('!').map_or((name, false), |bare| (bare, true));
        let is_exact = is_marked || bare.chars().count() <= 3 && bare.chars().all(char::is_uppercase);
        if bare.chars().any(split::is_dense) {
            let senses = patterns.entry(bare.to_owned()).or_default();
            senses.extend(sense.filter(|sense| !senses.contains(sense)));
            return;
        }
        let text = Text { title: bare, body: "", language };
        let words = terms::read(&text, 16, stems).words;
        let Some(first) = words.first() else { return };
        let exact = is_exact
            .then(|| words.iter().map(|word| bare.get(word.at.clone()).unwrap_or_default().to_owned()).collect());
        let rest: Vec<String> = words.iter().skip(1).map(|word| word.stem().to_owned()).collect();
        let is_place = !matches!(sense, Some(Sense::Concept(_)) | None);
        let is_name = is_place && bare.chars().next().is_some_and(char::is_uppercase);
        let phrases = self.words.entry(first.stem().to_owned()).or_default();
        let same = |phrase: &&mut Phrase| (&phrase.rest, &phrase.exact, phrase.is_name) == (&rest, &exact, is_name);
        match phrases.iter_mut().find(same) {
            Some(phrase) => phrase.senses.extend(sense.filter(|sense| !phrase.senses.contains(sense))),
            None => phrases.push(Phrase { rest, is_name, exact, senses: sense.into_iter().collect() }),
        }
    }

    fn enter_beginning(&mut self, sense: Option<Sense>, letters: &str) {
        let letters = fold::unmark(fold::without_article(&fold::lower(letters)));
        let Some(first) = first_letters(&letters) else { return };
        let beginnings = self.beginnings.entry(first.to_owned()).or_default();
        match beginnings.iter_mut().find(|beginning| beginning.letters == letters) {
            Some(beginning) => beginning.senses.extend(sense.filter(|sense| !beginning.senses.contains(sense))),
            None => beginnings.push(Beginning { letters, senses: sense.into_iter().collect() }),
        }
    }

    /// A concept's key.
    #[must_use]
    pub fn concept_name(&self, id: u32) -> String {
        self.concepts.get(&id).cloned().unwrap_or_default()
    }

    /// Every name that an article mentions.
    #[must_use]
    pub fn met(&self, text: &Text<'_>, terms: &Terms) -> Vec<Met> {
        let mut met = Vec::new();
        let mut at = 0;
        while at < terms.words.len() {
            let (senses, end) = match self.phrase(text, &terms.words, at) {
                Some(phrase) => (phrase.senses.as_slice(), at + 1 + phrase.rest.len()),
                None => (self.begun(&terms.words[at]), at + 1),
            };
            let zone = terms.words[at].zone;
            met.extend(senses.iter().map(|sense| Met { sense: *sense, zone, words: (at, end) }));
            at = end;
        }
        self.met_dense(text.title, |_| Zone::Title, &mut met);
        // Two characters are about a word.
        let lead = |nth: usize| if nth < 2 * terms::LEAD { Zone::Lead } else { Zone::Rest };
        self.met_dense(text.body, lead, &mut met);
        met
    }

    fn phrase(&self, text: &Text<'_>, words: &[Word], at: usize) -> Option<&Phrase> {
        let word = &words[at];
        if matches!(word.form, Form::Pair) {
            return None;
        }
        let fits = |phrase: &&Phrase| Self::fits(text, words, at, phrase);
        let longest = |stem: &str| self.words.get(stem)?.iter().find(fits);
        if let Some(phrase) = longest(word.stem()) {
            return Some(phrase);
        }
        if word.form == Form::Uncased {
            return without_particle(word).and_then(longest);
        }
        if self.has_genitive && word.form != Form::Small {
            return word.surface.strip_suffix('s').filter(|bare| bare.chars().count() >= 4).and_then(longest);
        }
        if self.is_cut && word.form != Form::Small {
            let letters: Vec<(usize, char)> = word.surface.char_indices().collect();
            for cut in 1..=3 {
                let end = letters.len().checked_sub(cut).filter(|end| *end >= 4).map(|end| letters[end].0)?;
                let beginning = word.surface.get(..end)?;
                let found = ["", "a", "o", "e", "y", "ja", "ia"]
                    .iter()
                    .find_map(|ending| longest(&format!("{beginning}{ending}")));
                if found.is_some() {
                    return found;
                }
            }
        }
        None
    }

    /// What a word stands for by how it begins.
    fn begun(&self, word: &Word) -> &[Sense] {
        if matches!(word.form, Form::Pair | Form::Number) {
            return &[];
        }
        let longest = |word: &str| {
            let beginnings = self.beginnings.get(first_letters(word)?)?;
            beginnings.iter().find(|beginning| word.starts_with(&beginning.letters))
        };
        let bare = || without_particle(word).and_then(longest);
        longest(&word.surface).or_else(bare).map_or(&[], |beginning| &beginning.senses)
    }

    fn fits(text: &Text<'_>, words: &[Word], at: usize, phrase: &Phrase) -> bool {
        let Some(run) = words.get(at..at + 1 + phrase.rest.len()) else { return false };
        let is_title = words[at].zone == Zone::Title;
        if !run.iter().all(|word| (word.zone == Zone::Title) == is_title) {
            return false;
        }
        if let Some(exact) = &phrase.exact {
            let source = if is_title { text.title } else { text.body };
            return run.iter().zip(exact).all(|(word, exact)| source.get(word.at.clone()) == Some(exact));
        }
        // A country is written with a capital: no china, no turkey, and газа is gas.
        if phrase.is_name && words[at].form == Form::Small {
            return false;
        }
        run.iter().skip(1).zip(&phrase.rest).all(|(word, stem)| word.stem() == stem)
    }

    fn met_dense(&self, text: &str, zone: impl Fn(usize) -> Zone, met: &mut Vec<Met>) {
        if !text.chars().any(split::is_dense) {
            return;
        }
        let (mut nth, mut counted) = (0, 0);
        let mut place = |at: usize| {
            nth += text.get(counted..at).map_or(0, |passed| passed.chars().count());
            counted = at;
            zone(nth)
        };
        let mut found: Vec<(usize, Sense)> = Vec::new();
        let mut read_to = Vec::new();
        for hit in self.dense.iter().flat_map(|dense| dense.find_iter(text)) {
            let pattern = hit.pattern().as_usize();
            let is_part = || {
                let before = text.get(..hit.start()).and_then(|before| before.chars().next_back());
                let after = text.get(hit.end()..).and_then(|after| after.chars().next());
                [before, after].into_iter().flatten().any(is_katakana)
            };
            if self.whole.get(pattern).is_some_and(|is_whole| !is_whole || !is_part()) {
                found.extend(self.senses.get(pattern).into_iter().flatten().map(|sense| (hit.start(), *sense)));
                read_to.push(hit.range());
            }
        }
        let mut before: Option<Sense> = None;
        for (at, c) in text.char_indices() {
            let sign = self.signs.get(&c).copied();
            // What a name tells is not told again by its signs.
            let is_read = read_to.iter().any(|range| range.contains(&at));
            if let (Some(one), Some(other), false) = (before, sign, is_read) {
                found.extend([(at, one), (at, other)]);
            }
            // 日・米 are beside each other, too.
            if c != '・' && c != '、' {
                before = sign;
            }
        }
        found.sort_unstable();
        met.extend(found.into_iter().map(|(at, sense)| Met { sense, zone: place(at), words: (0, 0) }));
    }
}

/// The letters that a beginning is looked up by; `None` for a word that has fewer.
fn first_letters(word: &str) -> Option<&str> {
    let (last, letter) = word.char_indices().nth(FIRST - 1)?;
    word.get(..last + letter.len_utf8())
}

/// And, in, to, like: one letter before the word in Arabic.
fn without_particle(word: &Word) -> Option<&str> {
    let bare = word.stem().strip_prefix(['و', 'ب', 'ل', 'ك', 'ف'])?;
    (word.form == Form::Uncased && bare.chars().count() >= 3).then_some(bare)
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
        toml::from_str(include_str!("../../../assets/lexicon/related.toml")).unwrap_or_default();
    let of = |others: HashMap<String, f32>| others.into_iter().map(|(key, share)| (super::hash(&key), share)).collect();
    written.into_iter().map(|(key, others)| (super::hash(&key), of(others))).collect()
}

/// The office holders and their countries.
#[must_use]
pub fn offices() -> HashMap<u32, Place> {
    let rows = PEOPLE.lines().filter(|row| !row.starts_with('#'));
    rows.filter_map(|row| {
        let (country, names) = row.split_once(' ')?;
        Some((super::hash(names.split('|').next()?), Place::from_code(country)?))
    })
    .collect()
}

/// The keys of a TOML file and their names, in the order of the keys.
fn written(file: &str) -> impl Iterator<Item = (String, String)> {
    let keys: BTreeMap<String, Vec<String>> = toml::from_str(file).unwrap_or_default();
    keys.into_iter().flat_map(|(key, names)| names.into_iter().map(move |name| (key.clone(), name)))
}

/// What katakana is written with.
pub(super) fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | 'ー')
}

/// A country's first name in a language, for people to read; its code where there is none.
#[must_use]
pub fn place_name(place: Place, language: &str) -> String {
    let code = place.code();
    let name = section_of(COUNTRIES, language).find(|(key, _)| *key == code);
    let first = name.and_then(|(_, names)| names.split('|').next()).map(str::to_owned);
    first.unwrap_or(code)
}

/// A person's name, the first of its spellings.
#[must_use]
pub fn person_name(id: u32) -> String {
    let rows = PEOPLE.lines().filter(|row| !row.starts_with('#'));
    let mut names = rows.filter_map(|row| row.split_once(' ')?.1.split('|').next());
    names.find(|name| super::hash(name) == id).unwrap_or_default().to_owned()
}

/// Whether a concept's name in a language is that of one thing: written with a capital, and never without.
#[must_use]
pub fn is_proper_name(name: &str, language: &str) -> bool {
    let file = FILES.iter().find(|(code, ..)| *code == language).map_or("", |(.., concepts)| concepts);
    let lower = name.to_lowercase();
    let same: Vec<String> = written(file)
        .map(|(_, name)| name.trim_end_matches('!').to_owned())
        .filter(|name| name.to_lowercase() == lower)
        .collect();
    // German nouns all have one.
    let capitals = if language == "de" { 2 } else { 1 };
    let is_proper = |name: &String| {
        let begins = name.chars().take(capitals);
        begins.clone().count() == capitals && begins.clone().all(char::is_uppercase)
    };
    !same.is_empty() && same.iter().all(is_proper)
}

/// A concept's first name in a language, for people to read; its key where there is none.
#[must_use]
pub fn concept_word(key: &str, language: &str) -> String {
    let file = FILES.iter().find(|(code, ..)| *code == language).map_or("", |(.., concepts)| concepts);
    let first = written(file).find(|(other, _)| other == key);
    first.map_or_else(|| key.to_owned(), |(_, name)| name.trim_end_matches('!').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn senses(title: &str, language: &str) -> Vec<Sense> {
        let mut stems = Stems::default();
        let table = Table::read(language, &mut stems);
        let text = Text { title, body: "", language };
        let terms = terms::read(&text, 200, &mut stems);
        table.met(&text, &terms).into_iter().map(|met| met.sense).collect()
    }

    fn places(title: &str, language: &str) -> Vec<String> {
        let places = senses(title, language).into_iter().filter_map(|sense| match sense {
            Sense::Place(place) => Some(place.code()),
            _ => None,
        });
        places.collect()
    }

    #[test]
    fn a_country_is_met_in_every_language_and_case() {
        for (language, title, met) in [
            ("id", "Rusia dan AS bertemu", &["RU", "US"][..]),
            ("en", "Kremlin open to talks with White House", &["RU", "US"]),
            ("ru", "Москвы и Вашингтона", &["RU", "US"]),
            ("ar", "روسيا وأوكرانيا", &["RU", "UA"]),
            ("zh", "俄罗斯与美国会谈", &["RU", "US"]),
            ("ja", "米ロ首脳会談", &["RU", "US"]),
            ("es", "Rusia y Estados Unidos", &["RU", "US"]),
            ("fr", "Les États-Unis et la Russie", &["US", "RU"]),
            ("de", "Russland und die Vereinigten Staaten", &["RU", "US"]),
            ("de", "Chinas Flotte und die Häfen Taiwans", &["CN", "TW"]),
        ] {
            assert_eq!(places(title, language), met, "{title}");
        }
    }

    #[test]
    fn an_abbreviation_counts_in_capitals_and_not_in_a_club_s_name() {
        assert_eq!(places("Kabar dari AS", "id"), ["US"]);
        assert!(!places("Kartu as di tangan", "id").contains(&"US".to_owned()));
        assert!(!places("AS Roma menang", "id").contains(&"US".to_owned()));
    }

    #[test]
    fn a_compound_tells_of_what_it_begins_with() {
        for (language, title, key) in [
            ("de", "Hochwasserschutz", "flood"),
            ("ru", "землетрясением", "quake"),
            ("pt", "inundadas", "flood"),
            ("ar", "والانتخابية", "election"),
        ] {
            assert!(senses(title, language).contains(&Sense::concept(key)), "{title}");
        }
        // A name that is the word itself comes first, and less than the beginning is no beginning.
        assert_eq!(places("Islamabad", "fr"), ["PK"]);
        assert_eq!(senses("hochwa", "de"), []);
    }

    #[test]
    fn a_form_of_two_concepts_stands_for_both() {
        for (language, title) in [("en", "emissions"), ("zh", "温室气体")] {
            for key in ["climate", "emissions"] {
                assert!(senses(title, language).contains(&Sense::concept(key)), "{title}: {key}");
            }
        }
    }

    #[test]
    fn a_form_that_its_stem_joins_with_other_words_counts_as_written() {
        let housing = Sense::concept("housing");
        assert!(senses("harga perumahan", "id").contains(&housing));
        assert!(!senses("rumah di tepi kali", "id").contains(&housing));
    }

    #[test]
    fn a_concept_is_met_by_its_longest_name() {
        let quake = Sense::concept("quake");
        assert_eq!(senses("Gempa bumi di Ambon", "id"), [quake]);
        assert_eq!(senses("地震が発生", "ja"), [quake]);
        assert_eq!(senses("Землетрясения", "ru"), [quake]);
    }
}
