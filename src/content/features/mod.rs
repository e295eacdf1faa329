//! What an article is about, in a form small enough to keep: its heaviest terms, names, numbers, places and concepts. The
//! language-neutral ones let articles in other languages meet. Words come from [`crate::model::terms`]; no clock, no store.

pub mod alone;
pub mod lexicon;
pub(super) mod numbers;
mod packed;
pub mod skeleton;
pub mod subjects;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use unicode_segmentation::UnicodeSegmentation as _;

use self::lexicon::{Met, Sense, Table, is_katakana};
use crate::model::terms::fold::{lower, unmark, without_article};
use crate::model::terms::{Form, LEAD, Terms, Text, Word, Zone};

/// The rules of this module, with those of the lexicon, have this number; what was made under another one is stale.
pub const VERSION: u8 = 8;

/// A line a language: its code, then words that say nothing in it.
const STOP_WORDS: &str = include_str!(concat!(env!("OUT_DIR"), "/stop_words.tsv"));

/// How many terms of an article are kept.
const TERMS: usize = 72;
/// How many of its language-neutral features.
const MARKS: usize = 40;
/// How many hashes of three words in a row: the smallest, which are the same ones in texts that share wording.
const SHINGLES: usize = 40;
/// A text of fewer words is nobody's copy: many say `Hari ini libur`.
const COPIED: usize = 20;

/// How much a mention weighs by where it stands.
#[must_use]
pub fn salience(zone: Zone) -> f32 {
    match zone {
        Zone::Title => 3.0,
        Zone::Lead => 1.5,
        Zone::Rest => 1.0,
    }
}

/// Thirty-two bits of a text.
#[must_use]
pub fn hash(text: &str) -> u32 {
    xxhash_rust::xxh3::xxh3_64(text.as_bytes()) as u32
}

/// A word of the article, by the hash of its stem.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Term {
    pub hash: u32,
    /// The sum of its mentions' salience.
    pub weight: f32,
    pub in_title: bool,
    pub is_name: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Place,
    /// An office holder, a region, an organisation of the lexicon.
    Named,
    Concept,
    Number,
    /// The skeleton of another name.
    Name,
}

/// What an article mentions, in whatever language.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    pub kind: Kind,
    pub id: u32,
    /// The sum of its mentions' salience.
    pub weight: f32,
    pub in_title: bool,
    /// In the sentence that the text begins with.
    pub in_opening: bool,
}

impl Mark {
    /// One number for kind and id.
    #[must_use]
    pub fn key(&self) -> u32 {
        key(self.kind, self.id)
    }
}

#[must_use]
pub fn key(kind: Kind, id: u32) -> u32 {
    id.wrapping_mul(0x9E37_79B1).rotate_left(5) ^ (kind as u32 + 1).wrapping_mul(0x85EB_CA6B)
}

/// What is kept of an article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Features {
    /// ISO 639; empty when unknown.
    pub language: String,
    /// The heaviest first.
    pub terms: Vec<Term>,
    /// Ordered by kind, then the heaviest first.
    pub marks: Vec<Mark>,
    /// Ordered.
    pub shingles: Vec<u32>,
    /// A hash of the whole text, as words; 0 for a text too short to be a copy.
    pub digest: u64,
}

impl Features {
    /// The weight of a place, a concept, a name; 0 where it is not met.
    #[must_use]
    pub fn weight(&self, kind: Kind, id: u32) -> f32 {
        self.marks.iter().find(|mark| mark.kind == kind && mark.id == id).map_or(0.0, |mark| mark.weight)
    }
}

/// Reads an article.
#[must_use]
pub fn read(text: &Text<'_>, terms: &Terms, table: &Table) -> Features {
    let met = table.met(text, terms);
    let mut known = vec![false; terms.words.len()];
    let mut told = known.clone();
    let mut marks: HashMap<(Kind, u32), Mark> = HashMap::new();
    let mut mark = |kind: Kind, id: u32, zone: Zone, in_opening: bool| {
        let empty = Mark { kind, id, weight: 0.0, in_title: false, in_opening: false };
        let mark = marks.entry((kind, id)).or_insert(empty);
        mark.weight += salience(zone);
        mark.in_title |= zone == Zone::Title;
        mark.in_opening |= in_opening;
    };
    let opening = opening(text.body);
    for found in &met {
        let (kind, id) = match found.sense {
            Sense::Place(place) => (Kind::Place, place.0),
            Sense::Named(id) => (Kind::Named, id),
            Sense::Concept(id) => (Kind::Concept, id),
            Sense::Shared(_) => continue,
        };
        mark(kind, id, found.zone, found.in_body(text, terms).is_some_and(|at| at < opening));
        if kind == Kind::Place || kind == Kind::Named {
            known[found.words.0..found.words.1].fill(true);
        } else {
            told[found.words.0..found.words.1].fill(true);
        }
    }
    let (games, own) = games(&met);
    for found in &met {
        if let Sense::Shared(id) = found.sense {
            let id = whose(id, &games);
            // A name that is the game's own, too, is said once.
            if own.contains(&(found.mention, id)) {
                continue;
            }
            let in_opening = found.in_body(text, terms).is_some_and(|at| at < opening);
            mark(Kind::Concept, id, found.zone, in_opening);
        }
    }
    for (id, zone) in numbers::numbers(text, terms) {
        mark(Kind::Number, id, zone, false);
    }
    let stops = stops(text.language);
    let names = named(terms);
    let mut weights: HashMap<&str, Term> = HashMap::new();
    for (at, word) in terms.words.iter().enumerate() {
        if word.form == Form::Number || stops.contains(&word.surface) || is_slight(&word.surface, word.form) {
            continue;
        }
        let is_name = names.contains(word.surface.as_str());
        let may_be_name = || word.form == Form::Uncased && !told[at] && may_be_name(text, word);
        if !known[at]
            && (is_name || may_be_name())
            && let Some(skeleton) = skeleton::skeleton(&word.surface, text.language)
            && skeleton.len() >= 2
        {
            mark(Kind::Name, hash(&skeleton), word.zone, false);
        }
        let term = weights.entry(word.stem()).or_insert_with(|| Term {
            hash: hash(word.stem()),
            weight: 0.0,
            in_title: false,
            is_name: false,
        });
        term.weight += salience(word.zone);
        term.in_title |= word.zone == Zone::Title;
        term.is_name |= is_name;
    }
    for (name, zone) in katakana(text) {
        if let Some(skeleton) = skeleton::skeleton(name, "ja").filter(|skeleton| skeleton.len() >= 2) {
            mark(Kind::Name, hash(&skeleton), zone, false);
        }
        let term = weights.entry(name).or_insert_with(|| Term {
            hash: hash(name),
            weight: 0.0,
            in_title: false,
            is_name: true,
        });
        term.weight += salience(zone);
        term.in_title |= zone == Zone::Title;
    }
    let mut kept: Vec<Term> = weights.into_values().collect();
    kept.sort_unstable_by(|a, b| b.weight.total_cmp(&a.weight).then(a.hash.cmp(&b.hash)));
    kept.truncate(TERMS);
    let mut marks: Vec<Mark> = marks.into_values().collect();
    marks.sort_unstable_by(|a, b| b.weight.total_cmp(&a.weight).then(a.id.cmp(&b.id)));
    marks.truncate(MARKS);
    marks.sort_by_key(|mark| mark.kind);
    Features {
        language: text.language.to_owned(),
        terms: kept,
        marks,
        shingles: shingles(terms),
        digest: digest(terms),
    }
    .rounded()
}

/// How much the article says the own words of each game, and which mentions those are.
fn games(met: &[Met]) -> (HashMap<u32, f32>, HashSet<(usize, u32)>) {
    let (mut games, mut mentions) = (HashMap::new(), HashSet::new());
    for found in met {
        if let Sense::Concept(id) = found.sense
            && lexicon::games().contains(&id)
        {
            *games.entry(id).or_default() += salience(found.zone);
            mentions.insert((found.mention, id));
        }
    }
    (games, mentions)
}

/// The game that a match is one of, which could be any: that of the article, and `id` where no other is told of more.
fn whose(id: u32, games: &HashMap<u32, f32>) -> u32 {
    let most = games.iter().max_by(|a, b| a.1.total_cmp(b.1).then(a.0.cmp(b.0)));
    let own = games.get(&id).copied().unwrap_or_default();
    most.filter(|(_, weight)| **weight > own).map_or(id, |(game, _)| *game)
}

/// Whether a word of a script without capitals can be somebody's name. In Arabic few names have an article, and many words
/// that are none have one, or an ending of their own; all the words of a text would outweigh what others can know it by.
fn may_be_name(text: &Text<'_>, word: &Word) -> bool {
    const LETTERS: usize = 4;
    const ENDINGS: [&str; 5] = ["ة", "ات", "ون", "وا", "ها"];
    let source = if word.zone == Zone::Title { text.title } else { text.body };
    let written = lower(source.get(word.at.clone()).unwrap_or_default());
    let is_bare = without_article(&written) == written;
    is_bare && written.chars().count() >= LETTERS && !ENDINGS.iter().any(|ending| written.ends_with(ending))
}

/// Where the sentence ends that says what the text is about; what is shorter than one is a place and a date before it.
fn opening(body: &str) -> usize {
    const SENTENCE: usize = 40;
    let ends = body.split_sentence_bound_indices().map(|(at, sentence)| at + sentence.len());
    ends.take(4).find(|end| *end >= SENTENCE).unwrap_or(body.len())
}

/// Letters that stand alone, and pairs of kana: they are grammar.
fn is_slight(surface: &str, form: Form) -> bool {
    let mut letters = surface.chars();
    match (letters.next(), letters.next()) {
        (Some(_), None) => true,
        (Some(one), Some(other)) if form == Form::Pair => is_hiragana(one) && is_hiragana(other),
        _ => false,
    }
}

fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}')
}

/// Whether a word says nothing in a language.
#[must_use]
pub fn says_nothing(surface: &str, language: &str) -> bool {
    stops(language).contains(surface)
}

/// Words that say nothing, as they are in [`crate::model::terms`].
fn stops(language: &str) -> Arc<HashSet<String>> {
    static KNOWN: LazyLock<Mutex<HashMap<String, Arc<HashSet<String>>>>> = LazyLock::new(Mutex::default);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(stops) = known.get(language) {
        return stops.clone();
    }
    let words = STOP_WORDS.lines().find_map(|line| line.split_once('\t').filter(|(code, _)| *code == language));
    let words = words.map_or("", |(_, words)| words).split_terminator('\t');
    let stops: Arc<HashSet<String>> = Arc::new(words.map(|word| unmark(&lower(word))).collect());
    known.insert(language.to_owned(), stops.clone());
    stops
}

/// The words that are written as names somewhere in the article.
fn named(terms: &Terms) -> HashSet<&str> {
    let is_name = |form: Form| matches!(form, Form::Capital | Form::Capitals);
    terms.words.iter().filter(|word| is_name(word.form)).map(|word| word.surface.as_str()).collect()
}

/// Runs of katakana: names and loanwords.
fn katakana<'a>(text: &Text<'a>) -> Vec<(&'a str, Zone)> {
    let mut found = Vec::new();
    for (source, in_title) in [(text.title, true), (text.body, false)] {
        for run in source.split(|c| !is_katakana(c)).filter(|run| run.chars().count() >= 3) {
            let at = run.as_ptr() as usize - source.as_ptr() as usize;
            // Three bytes a character, two characters a word.
            let zone = if in_title {
                Zone::Title
            } else if at < 6 * LEAD {
                Zone::Lead
            } else {
                Zone::Rest
            };
            found.push((run, zone));
        }
    }
    found
}

fn shingles(terms: &Terms) -> Vec<u32> {
    let mut hashes: Vec<u32> = Vec::with_capacity(terms.words.len());
    let mut buffer = String::new();
    for three in terms.words.windows(3) {
        // A title is nobody's sentence: it does not run on into the text.
        if (three[0].zone == Zone::Title) != (three[2].zone == Zone::Title) {
            continue;
        }
        buffer.clear();
        for word in three {
            buffer.push_str(&word.surface);
            buffer.push(' ');
        }
        hashes.push(hash(&buffer));
    }
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(SHINGLES);
    hashes
}

fn digest(terms: &Terms) -> u64 {
    let body: Vec<&str> =
        terms.words.iter().filter(|word| word.zone != Zone::Title).map(|word| word.surface.as_str()).collect();
    if body.len() < COPIED {
        return 0;
    }
    xxhash_rust::xxh3::xxh3_64(body.join(" ").as_bytes()).max(1)
}

#[cfg(test)]
mod tests {
    use super::lexicon::Lexicon;
    use super::*;
    use crate::model::terms;
    use crate::model::terms::stem::Stems;

    fn features(language: &str, title: &str, body: &str) -> Features {
        let (mut lexicon, mut stems) = (Lexicon::default(), Stems::default());
        let text = Text { title, body, language };
        let terms = terms::read(&text, 200, &mut stems);
        read(&text, &terms, &lexicon.table(language, &mut stems))
    }

    #[test]
    fn words_with_an_article_are_nobody_s_names_in_arabic() {
        let read = features("ar", "تبادل سجينين", "أفرجت السلطات عن المبرمج أرتيوم غوسيف بعد المحادثات الطويلة.");
        let has = |word: &str, language: &str| {
            let skeleton = skeleton::skeleton(word, language).map(|skeleton| hash(&skeleton));
            skeleton.is_some_and(|id| read.weight(Kind::Name, id) > 0.0)
        };
        assert!(has("gusev", "en") && has("artyom", "en"));
        assert!(!has("مبرمج", "ar") && !has("محادثات", "ar") && !has("طويلة", "ar"));
    }

    #[test]
    fn a_match_that_could_be_any_is_one_of_the_game_whose_own_words_are_said() {
        let weight = |read: &Features, game: &str| read.weight(Kind::Concept, hash(game));
        let read =
            features("en", "Goalkeeper hero", "The goaltender won the ice hockey match with an extra time save.");
        assert!(weight(&read, "hockey") >= 6.0 && weight(&read, "football") == 0.0);
        // Where no game is named, the one that it is written under.
        let read = features("en", "Goalkeeper hero", "The head coach praised him after extra time.");
        assert!(weight(&read, "football") >= 6.0);
        // A club's game is met with it, once.
        let read = features("en", "", "Arsenal won.");
        assert!((weight(&read, "football") - 1.5).abs() < 0.1);
    }
}
