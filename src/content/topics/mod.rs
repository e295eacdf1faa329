//! Which articles belong to a topic: by what its name says, in whatever language, and by what they are like. No store, no
//! clock.
//!
//! Every part of the name must be salient in the article: a title weighs 3, the lead 1.5, the rest 1. A person who keeps a
//! country's company, in the lexicon or in the library's own news, speaks for it. The judgement's weights are data,
//! `assets/topics.toml`, fitted on labelled news.

pub mod name;

use std::collections::HashMap;

use serde::Deserialize;

use self::name::{Part, Sought, Wanted};
use super::cluster::compare::{Profile, compare, value};
use super::cluster::weights::version_of;
use super::features::lexicon::{self, Place};
use super::features::{Features, Kind, Mark, salience};
use crate::model::terms::Zone;
use crate::model::topic::{BELONGS, Evidence, Membership, Why};

/// What is judged, in the order of the weights.
pub const JUDGED: [&str; 11] =
    ["bias", "least", "mean", "least_title", "titles", "share", "two_sided", "concept", "word", "like", "common"];

pub type Judged = [f32; JUDGED.len()];

#[derive(Debug, Clone, Deserialize)]
struct Written {
    version: u32,
    /// How much a person of office counts for a country, and one who keeps its company.
    office: f32,
    company: f32,
    opening: f32,
    beside: f32,
    weights: HashMap<String, f32>,
}

/// How topics are judged.
#[derive(Debug, Clone)]
pub struct Rules {
    /// What was judged by another version is judged anew.
    pub version: u32,
    pub office: f32,
    pub company: f32,
    /// What a name's weight gains that the title leaves out and the first sentence has.
    pub opening: f32,
    /// What a country's weight gains that is told of early beside one that the title names.
    pub beside: f32,
    pub weights: Judged,
}

const FILE: &str = include_str!("../../../assets/topics.toml");

/// The version of the shipped rules, read without the rest of them.
#[must_use]
pub fn version() -> u32 {
    version_of(FILE)
}

impl Default for Rules {
    /// Those that kabar ships.
    fn default() -> Self {
        match toml::from_str(FILE) {
            Ok(Written { version, office, company, opening, beside, weights }) => {
                let weights = JUDGED.map(|name| weights.get(name).copied().unwrap_or_default());
                Self { version, office, company, opening, beside, weights }
            }
            Err(_) => {
                Self { version: 0, office: 0.0, company: 0.0, opening: 0.0, beside: 0.0, weights: Judged::default() }
            }
        }
    }
}

/// Which countries people are told of with: learned from the library's news.
#[derive(Debug, Default)]
pub struct Company {
    /// How many articles name a person, and how many of those each country.
    people: HashMap<u32, (u32, HashMap<Place, u32>)>,
}

impl Company {
    /// Learns from an article.
    pub fn learn(&mut self, features: &Features) {
        let salient = |kind: Kind| features.marks.iter().filter(move |mark| mark.kind == kind && mark.weight >= 1.0);
        for person in salient(Kind::Name) {
            let (articles, places) = self.people.entry(person.id).or_default();
            *articles += 1;
            for place in salient(Kind::Place) {
                *places.entry(Place(place.id)).or_default() += 1;
            }
        }
    }

    /// How firmly a person stands for a country, 0 to 1: seen in its company three times at least, and mostly.
    fn firmness(&self, person: u32, place: Place) -> f32 {
        let Some((articles, places)) = self.people.get(&person) else { return 0.0 };
        let with = places.get(&place).copied().unwrap_or_default();
        if *articles < 3 { 0.0 } else { (with as f32 / *articles as f32 - 0.5).max(0.0) * 2.0 }
    }
}

/// How much one article is like another in what it is about, 0 to 1.
#[must_use]
pub fn likeness(one: &Profile, other: &Profile) -> f32 {
    let compared = compare(one, other);
    let of = |name: &str| value(&compared, name);
    0.4 * of("neutral") + 0.3 * of("concepts") + 0.3 * of("text")
}

/// How much an article is like examples: like the one it is most like, and like what they have in common.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Likeness {
    pub best: f32,
    pub common: f32,
}

impl Likeness {
    #[must_use]
    pub fn to(article: &Profile, examples: &[&Profile]) -> Self {
        if examples.is_empty() {
            return Self::default();
        }
        let best = examples.iter().map(|example| likeness(article, example)).fold(0.0, f32::max);
        Self { best, common: value(&compare(article, &Profile::common(examples)), "neutral") }
    }
}

/// A part of a topic in an article.
struct Found {
    weight: f32,
    evidence: Evidence,
}

/// Judges articles by topics.
#[derive(Debug)]
pub struct Judge<'a> {
    pub rules: &'a Rules,
    pub company: &'a Company,
    /// The country that an office holder speaks for.
    pub offices: &'a HashMap<u32, Place>,
    /// What counts for a concept beside its own name.
    pub related: &'a HashMap<u32, Vec<(u32, f32)>>,
}

impl Judge<'_> {
    /// What an article has of a topic, as numbers in the order of [`JUDGED`], and the evidence. `like`: the topic's
    /// examples, less what does not belong.
    #[must_use]
    pub fn judged(&self, wanted: &Wanted, features: &Features, like: Likeness) -> (Judged, Vec<Evidence>) {
        let mut found: Vec<Found> = wanted.parts.iter().map(|part| self.found(part, features)).collect();
        self.beside(wanted, &mut found);
        let heaviest =
            features.marks.iter().filter(|mark| mark.kind == Kind::Place).map(|mark| mark.weight).fold(1.0, f32::max);
        let strength = |found: &Found| (1.0 + found.weight).ln();
        let least = found.iter().map(strength).fold(f32::INFINITY, f32::min);
        let count = found.len().max(1) as f32;
        let titles = found.iter().filter(|found| found.evidence.in_title).count() as f32 / count;
        let is = |pick: fn(&Part) -> bool| f32::from(u8::from(wanted.parts.iter().any(pick)));
        let places = wanted.places().count();
        let share = |(part, found): (&Part, &Found)| match part {
            Part::Place(_) => found.weight / heaviest,
            _ => 1.0,
        };
        let judged = [
            1.0,
            if least.is_finite() { least } else { 0.0 },
            found.iter().map(strength).sum::<f32>() / count,
            f32::from(u8::from(titles >= 1.0)),
            titles,
            wanted.parts.iter().zip(&found).map(share).fold(1.0, f32::min),
            f32::from(u8::from(places >= 2)),
            is(|part| matches!(part, Part::Concept(..))),
            is(|part| matches!(part, Part::Words(..) | Part::Named(..))),
            like.best,
            like.common,
        ];
        (judged, found.into_iter().map(|found| found.evidence).collect())
    }

    /// How likely the article belongs, by the name and by its likeness; an article without a part of the name only by that.
    #[must_use]
    pub fn member(&self, wanted: &Wanted, features: &Features, like: Likeness) -> Membership {
        let (judged, evidence) = self.judged(wanted, features, like);
        let sum: f32 = self.rules.weights.iter().zip(judged).map(|(weight, value)| weight * value).sum();
        Membership { score: 1.0 / (1.0 + (-sum).exp()), why: Why::Name(evidence) }
    }

    /// Of two sides the one that the title leaves out need not be told of at length, where the lead has it.
    fn beside(&self, wanted: &Wanted, found: &mut [Found]) {
        let is_side = |part: &&Part| matches!(part, Part::Place(_) | Part::Named(..));
        if wanted.parts.iter().filter(is_side).count() < 2 || !found.iter().any(|found| found.evidence.in_title) {
            return;
        }
        for side in found.iter_mut().filter(|side| !side.evidence.in_title && side.weight >= salience(Zone::Lead)) {
            side.weight += self.rules.beside;
        }
    }

    fn found(&self, part: &Part, features: &Features) -> Found {
        let mut weight = 0.0;
        let mut evidence = Evidence { of: String::new(), in_title: false, is_implied: false };
        match part {
            Part::Place(place) => {
                evidence.of = place.code();
                for mark in &features.marks {
                    let counts = match mark.kind {
                        Kind::Place if mark.id == place.0 => 1.0,
                        Kind::Named if self.offices.get(&mark.id) == Some(place) => self.rules.office,
                        Kind::Name => self.rules.company * self.company.firmness(mark.id, *place),
                        _ => 0.0,
                    };
                    weight += mark.weight * counts;
                    evidence.in_title |= mark.in_title && counts >= 0.3;
                    evidence.is_implied |= mark.kind != Kind::Place && counts > 0.0;
                }
                evidence.is_implied &= features.weight(Kind::Place, place.0) == 0.0;
            }
            Part::Concept(id, name) => {
                evidence.of.clone_from(name);
                // What counts for one game is told of another one where its own words weigh more.
                let is_of_another = is_of_another_game(*id, features);
                let related = self.related.get(id).filter(|_| !is_of_another).map(Vec::as_slice).unwrap_or_default();
                for mark in features.marks.iter().filter(|mark| mark.kind == Kind::Concept) {
                    let share = |(other, share): &(u32, f32)| (*other == mark.id).then_some(*share);
                    let counts = if mark.id == *id { 1.0 } else { related.iter().find_map(share).unwrap_or_default() };
                    weight += mark.weight * counts;
                    evidence.in_title |= mark.in_title && counts >= 0.5;
                }
            }
            Part::Named(id, name) => {
                evidence.of.clone_from(name);
                for mark in features.marks.iter().filter(|mark| mark.kind == Kind::Named && mark.id == *id) {
                    weight += mark.weight;
                    evidence.in_title |= mark.in_title;
                    if mark.in_opening && !mark.in_title {
                        weight += self.rules.opening;
                    }
                }
            }
            Part::Words(written, words) => {
                evidence.of.clone_from(written);
                // Of a name of several the one that is said most; `Musk` may stand alone after `Elon Musk`.
                let said: Vec<(f32, bool)> = words.iter().map(|word| said(word, features)).collect();
                if said.iter().all(|(weight, _)| *weight > 0.0) {
                    weight = said.iter().map(|(weight, _)| *weight).fold(0.0, f32::max);
                    evidence.in_title = said.iter().any(|(_, in_title)| *in_title);
                }
            }
        }
        Found { weight, evidence }
    }
}

/// Whether an article says more of another game than of this one.
fn is_of_another_game(id: u32, features: &Features) -> bool {
    let games = lexicon::games();
    if !games.contains(&id) {
        return false;
    }
    let own = features.weight(Kind::Concept, id);
    let is_more = |mark: &Mark| mark.kind == Kind::Concept && mark.weight > own && games.contains(&mark.id);
    features.marks.iter().any(is_more)
}

/// How much an article says a word, by its stems or, in whatever script, by its skeleton; and whether its title does.
fn said(word: &Sought, features: &Features) -> (f32, bool) {
    let terms = features.terms.iter().filter(|term| word.stems.contains(&term.hash));
    let (weight, in_title) = terms.fold((0.0, false), |(sum, is), term| (sum + term.weight, is || term.in_title));
    if weight > 0.0 {
        return (weight, in_title);
    }
    let marks = features.marks.iter().filter(|mark| mark.kind == Kind::Name && Some(mark.id) == word.skeleton);
    marks.fold((0.0, false), |(sum, is), mark| (sum + mark.weight, is || mark.in_title))
}

/// What an article scores that has a mention of what a topic's name asks for, be it in passing; one without scores less.
const MENTIONS: f32 = 0.015;

/// The memberships of one story's articles: each by itself, and when the story as a whole belongs, those that mention what
/// the topic is about. The story of an example belongs whole: somebody has said so.
#[must_use]
pub fn settled<Id>(own: Vec<(Id, Membership)>, has_example: bool) -> Vec<(Id, Option<Membership>)> {
    let mean = own.iter().map(|(_, membership)| membership.score).sum::<f32>() / own.len().max(1) as f32;
    let belongs_whole = own.len() > 1 && mean >= BELONGS;
    let one = |(id, membership): (Id, Membership)| {
        let by_story = has_example || belongs_whole && membership.score >= MENTIONS;
        let settled = if membership.score >= BELONGS {
            Some(membership)
        } else if by_story {
            Some(Membership { score: mean.max(BELONGS), why: Why::Story })
        } else {
            None
        };
        (id, settled)
    };
    own.into_iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::name::Wanted;
    use super::*;
    use crate::content::features::lexicon::Lexicon;
    use crate::content::features::read;
    use crate::model::terms::stem::Stems;
    use crate::model::terms::{self, Text};

    fn member(name: &str, language: &str, title: &str, body: &str) -> Membership {
        let (mut lexicon, mut stems) = (Lexicon::default(), Stems::default());
        let wanted = Wanted::of(name, "id", &mut lexicon, &mut stems);
        let text = Text { title, body, language };
        let terms = terms::read(&text, 1000, &mut stems);
        let features = read(&text, &terms, &lexicon.table(language, &mut stems));
        let (rules, company) = (Rules::default(), Company::default());
        let (offices, related) = (lexicon::offices(), lexicon::related());
        let judge = Judge { rules: &rules, company: &company, offices: &offices, related: &related };
        judge.member(&wanted, &features, Likeness::default())
    }

    #[test]
    fn a_story_gives_its_topic_only_to_articles_that_mention_what_it_is_about() {
        let oil = |title, body| member("harga minyak", "id", title, body);
        let own = vec![
            (1, oil("Harga Minyak Turun Tipis", "Harga minyak mentah turun tipis pada Jumat, kata OPEC.")),
            (2, oil("Harga Minyak Melemah", "Harga minyak dunia melemah pada Jumat di New York.")),
            (5, oil("Minyak Mentah Turun", "Harga minyak mentah turun; barel Brent dijual murah.")),
            (3, oil("Rupiah Ditutup Melemah", "Nilai tukar rupiah ditutup melemah terhadap dolar.")),
            (4, oil("Pasar Menunggu The Fed", "Pelaku pasar menunggu The Fed; minyak mentah ikut melemah.")),
        ];
        let is_in = |settled: Vec<(i32, Option<Membership>)>| -> Vec<i32> {
            settled.into_iter().filter_map(|(id, found)| found.map(|_| id)).collect()
        };
        assert_eq!(is_in(settled(own.clone(), false)), [1, 2, 5, 4]);
        assert_eq!(is_in(settled(own, true)), [1, 2, 5, 3, 4]);
    }

    #[test]
    fn a_match_is_one_of_the_game_whose_own_words_are_said() {
        for (language, title, body, game) in [
            ("ru", "СКА на выезде обыграл ЦСКА", "Матч КХЛ решили буллиты, голкипер отразил 34 броска.", "hockey"),
            (
                "de",
                "Mannheim verliert Heimspiel",
                "Torwart und Stürmer der DEL: 3:0 nach 20 Minuten im Powerplay.",
                "hockey",
            ),
            (
                "es",
                "Triunfo en cuartos de final",
                "El pívot de la NBA sumó 41 puntos y 14 rebotes en el estadio.",
                "basketball",
            ),
            (
                "id",
                "Laga final dimenangi tuan rumah",
                "Pelatih puji kiper: pertandingan sepak bola itu milik kami.",
                "football",
            ),
            ("ru", "Вратарь спас победу в матче", "Тренер похвалил голкипера, забил нападающий.", "football"),
        ] {
            for name in ["football", "hockey", "basketball"] {
                let belongs = member(name, language, title, body).score >= BELONGS;
                assert_eq!(belongs, name == game, "{name}: {title}");
            }
        }
    }

    #[test]
    fn a_name_that_only_the_first_sentence_has_counts_as_one_in_the_title() {
        let opening = "Newcastle United drew 1-1 in Paris in the Champions League on Tuesday thanks to a late header.";
        let rest = "Howe said it was one of the best nights. The club lies 14th with three games left to play.";
        let league = |body: &str| member("Liga Champions", "en", "Woltemade header earns a point", body).score;
        assert!(league(&format!("{opening} {rest}")) >= BELONGS);
        let later = opening.replace(" in the Champions League", "");
        assert!(league(&format!("{later} {rest} It was a night of the Champions League.")) < BELONGS);
    }
}
