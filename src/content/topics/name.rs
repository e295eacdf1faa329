//! A topic's name read as what it asks for: `Rusia-AS` is two countries, `Pemilu AS` a country and a concept, `Timnas
//! Indonesia` a concept and a country, and what the lexicon does not know is a word.

use std::collections::{BTreeSet, HashMap};

use crate::content::features::lexicon::{self, Lexicon, Met, Place, Sense};
use crate::content::features::{hash, skeleton};
use crate::model::terms::stem::Stems;
use crate::model::terms::{self, Form, Text, Word};

/// The languages a name is read in, the likelier first: that of the reader, then those of the lexicon.
const LANGUAGES: [&str; 13] = ["id", "en", "es", "fr", "de", "pt", "ru", "ar", "zh", "ja", "it", "tr", "ko"];

/// One thing that a topic is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Place(Place),
    /// The hash of its key, and the key's own words.
    Concept(u32, String),
    /// An office holder, a region or an organisation of the lexicon, and the name as it was asked for.
    Named(u32, String),
    /// What no lexicon knows: a word, or a name of several, each of which must be said.
    Words(String, Vec<Sought>),
}

/// A word that is looked for: its stems in all languages of the lexicon, and its skeleton.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    pub stems: BTreeSet<u32>,
    pub skeleton: Option<u32>,
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
        if let Some(key) = lexicon::meant(name) {
            return Self { parts: vec![Part::Concept(hash(key), key.to_owned())] };
        }
        let languages = std::iter::once(language).chain(LANGUAGES.into_iter().filter(|other| *other != language));
        // Names of countries are written with a capital, but not by everybody.
        let capitals = capitalised(name);
        let whole = name.chars().filter(|c| c.is_alphanumeric()).count();
        let mut best: (usize, Vec<Part>) = (0, Vec::new());
        for language in languages {
            // A language that knows all of it is not outdone, and the tables of the others need not be made.
            if best.0 >= whole && !best.1.is_empty() {
                break;
            }
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
    let words = &terms.words;
    let written = |from: usize, to: usize| {
        let at = words.get(from).zip(words.get(to - 1)).map_or(0..0, |(first, last)| first.at.start..last.at.end);
        shown.get(at.clone()).or(name.get(at)).unwrap_or_default()
    };
    let is_capital = |at: usize| written(at, at + 1).chars().next().is_some_and(char::is_uppercase);
    // Whether this word and the next are set side by side as those of one name are.
    let goes_on = |at: usize| {
        let between = words.get(at).zip(words.get(at + 1)).and_then(|(one, next)| name.get(one.at.end..next.at.start));
        between == Some(" ") && is_capital(at) && is_capital(at + 1)
    };
    let mut sought = |from: usize, to: usize| {
        let words = words.get(from..to).unwrap_or_default();
        // Of a club only the name: `AS Roma`.
        let is_long = |word: &&Word| word.surface.chars().count() > 2;
        let (long, short): (Vec<&Word>, Vec<&Word>) = words.iter().partition(is_long);
        let words = if long.is_empty() { short } else { long };
        Part::Words(
            written(from, to).to_owned(),
            words.into_iter().map(|word| Sought::of(word, language, stems)).collect(),
        )
    };
    let (mut known, mut parts) = (0, Vec::new());
    let mut taken = vec![false; words.len()];
    let mut dense = 0;
    // A name without spaces is compared as a whole.
    let called = |met: &Met| if met.words.1 > met.words.0 { written(met.words.0, met.words.1) } else { name };
    let rank = |met: &Met, id: u32| lexicon::rank(&table.concept_name(id), called(met), language);
    for met in most_special(table.met(&text, &terms), &rank) {
        let (mut from, mut to) = met.words;
        match met.sense {
            Sense::Place(place) => push(&mut parts, Part::Place(place)),
            Sense::Named(id) if to > from => {
                // `Donald Trump`, `Prabowo Subianto`: the other names say no more.
                let is_person = lexicon::is_person(id);
                while is_person && from > 0 && !taken[from - 1] && goes_on(from - 1) {
                    from -= 1;
                }
                while is_person && to < words.len() && goes_on(to - 1) {
                    to += 1;
                }
                push(&mut parts, Part::Named(id, written(from, to).to_owned()));
            }
            Sense::Named(id) => push(&mut parts, Part::Named(id, lexicon::shown_name(id).to_owned())),
            Sense::Concept(id) | Sense::Shared(id) => {
                push(&mut parts, Part::Concept(id, table.concept_name(id)));
                // Who follows a court does not ask for all trials; Ramadan is what the concept is called.
                let is_own = rank(&met, id) == Some(0);
                if to > from && !is_own && lexicon::is_proper_name(written(from, to), language) {
                    push(&mut parts, sought(from, to));
                }
            }
        }
        taken[from..to].fill(true);
        known += words[from..to].iter().map(|word| word.surface.chars().count()).sum::<usize>();
        dense += usize::from(from == to);
    }
    if dense > 0 {
        // What of a name without spaces is left over is grammar between what is known.
        return (known + name.chars().count(), parts);
    }
    let says_nothing = |word: &Word| crate::content::features::says_nothing(&word.surface, language);
    let mut at = 0;
    let sides = parts.len();
    while at < words.len() {
        let from = at;
        at += 1;
        let is_grammar = says_nothing(&words[from]) && words.len() > 1;
        if taken[from] || is_grammar || lexicon::says_nothing_beside(&words[from].surface, sides) {
            continue;
        }
        while at < words.len() && !taken[at] && goes_on(at - 1) {
            at += 1;
        }
        push(&mut parts, sought(from, at));
    }
    (known, parts)
}

fn push(parts: &mut Vec<Part>, part: Part) {
    if !parts.contains(&part) {
        parts.push(part);
    }
}

/// Who asks for a region does not ask for its country, nor for a concept who asks for an organisation.
fn most_special(met: Vec<Met>, rank: &Rank<'_>) -> Vec<Met> {
    let mut named: HashMap<usize, Vec<u32>> = HashMap::new();
    for found in &met {
        if let Sense::Named(id) = found.sense {
            named.entry(found.mention).or_default().push(id);
        }
    }
    let special: HashMap<usize, Option<u32>> =
        named.into_iter().map(|(mention, ids)| (mention, lexicon::most_special(&ids))).collect();
    let stays = |found: &Met| match (special.get(&found.mention), found.sense) {
        (Some(special), Sense::Named(id)) => *special == Some(id),
        (special, _) => special.is_none(),
    };
    one_concept(met.into_iter().filter(stays).collect(), rank)
}

/// Where in its concept's list the name stands that a mention is called by.
type Rank<'a> = dyn Fn(&Met, u32) -> Option<usize> + 'a;

/// Of several concepts that one word stands for, the one that is called so before all else: kanker is cancer, and one word of
/// many for medicine. Else the one that the others count for: immigration hears of refugees. Else the one that names it first.
fn one_concept(met: Vec<Met>, rank: &Rank<'_>) -> Vec<Met> {
    let mut concepts: HashMap<usize, Vec<u32>> = HashMap::new();
    let mut ranks: HashMap<(usize, u32), usize> = HashMap::new();
    for found in &met {
        if let Sense::Concept(id) | Sense::Shared(id) = found.sense {
            concepts.entry(found.mention).or_default().push(id);
            ranks.extend(rank(found, id).map(|rank| ((found.mention, id), rank)));
        }
    }
    if concepts.values().all(|ids| ids.len() < 2) {
        return met;
    }
    let related = lexicon::related();
    let share = |of: u32, other: u32| {
        let others = related.get(&of).map(Vec::as_slice).unwrap_or_default();
        others.iter().find_map(|(id, share)| (*id == other).then_some(*share)).unwrap_or_default()
    };
    let least = |of: u32, ids: &[u32]| {
        ids.iter().filter(|other| **other != of).map(|other| share(of, *other)).fold(f32::INFINITY, f32::min)
    };
    let widest = |ids: &Vec<u32>| {
        let best = ids.iter().copied().max_by(|a, b| least(*a, ids).total_cmp(&least(*b, ids)))?;
        (ids.len() > 1 && least(best, ids) > 0.0).then_some(best)
    };
    let first = |mention: usize, ids: &[u32]| {
        let mut ranked: Vec<(usize, u32)> =
            ids.iter().filter_map(|id| Some((*ranks.get(&(mention, *id))?, *id))).collect();
        ranked.sort_unstable();
        match ranked.as_slice() {
            [one] => Some(*one),
            [one, other, ..] if one.0 < other.0 => Some(*one),
            _ => None,
        }
    };
    let chosen = |mention: usize, ids: &Vec<u32>| {
        let first = first(mention, ids);
        let own = first.filter(|(rank, _)| *rank == 0).map(|(_, id)| id);
        own.or_else(|| widest(ids)).or(first.map(|(_, id)| id))
    };
    let chosen: HashMap<usize, u32> =
        concepts.iter().filter_map(|(mention, ids)| Some((*mention, chosen(*mention, ids)?))).collect();
    let stays = |found: &Met| match (chosen.get(&found.mention), found.sense) {
        (Some(chosen), Sense::Concept(id) | Sense::Shared(id)) => *chosen == id,
        _ => true,
    };
    met.into_iter().filter(stays).collect()
}

impl Sought {
    fn of(word: &Word, language: &str, stems: &mut Stems) -> Self {
        let all = LANGUAGES.into_iter().map(|language| hash(&terms::fold::unmark(stems.stem(language, &word.surface))));
        let mut stems: BTreeSet<u32> = all.collect();
        stems.insert(hash(&word.surface));
        let is_name = !matches!(word.form, Form::Small | Form::Number | Form::Pair);
        let skeleton = skeleton::skeleton(&word.surface, language).filter(|skeleton| is_name && skeleton.len() >= 3);
        Self { stems, skeleton: skeleton.as_deref().map(hash) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(name: &str, lexicon: &mut Lexicon, stems: &mut Stems) -> Vec<String> {
        let wanted = Wanted::of(name, "id", lexicon, stems);
        let part = |part: &Part| match part {
            Part::Place(place) => place.code(),
            Part::Concept(_, name) => name.clone(),
            Part::Named(id, name) => format!("{name}={}", lexicon::shown_name(*id)),
            Part::Words(written, _) => format!("`{written}`"),
        };
        wanted.parts.iter().map(part).collect()
    }

    #[test]
    fn a_name_is_read_as_countries_concepts_and_words() {
        let (mut lexicon, mut stems) = (Lexicon::default(), Stems::default());
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
            ("Prabowo", &["Prabowo=Prabowo"]),
            ("Presiden Prabowo Subianto", &["Presiden Prabowo Subianto=Prabowo"]),
            ("Trump-Putin", &["Trump=Trump", "Putin=Putin"]),
            ("普京", &["Putin=Putin"]),
            ("KPK", &["KPK=KPK"]),
            ("Komisi Pemberantasan Korupsi", &["Komisi Pemberantasan Korupsi=KPK"]),
            ("WHO", &["WHO=WHO"]),
            ("ВОЗ", &["ВОЗ=WHO"]),
            ("世卫组织", &["WHO=WHO"]),
            ("Papua", &["Papua=Papua"]),
            ("Papua Barat", &["Papua Barat=Papua Barat"]),
            ("banjir Jakarta", &["flood", "Jakarta=Jakarta"]),
            ("Papua Nugini", &["PG"]),
            // The abbreviation of a concept is the concept, the name of one thing within it is that thing.
            ("AI", &["ai"]),
            ("HAM", &["human-rights"]),
            ("SNBP", &["university", "`SNBP`"]),
            ("Elon Musk", &["Elon Musk=Elon Musk"]),
            ("Musk", &["Musk=Elon Musk"]),
            ("马斯克", &["Elon Musk=Elon Musk"]),
            // One disease, not all that breaks out.
            ("dengue", &["dengue"]),
            ("DBD", &["dengue"]),
            ("Ramadan", &["ramadan"]),
            ("kanker", &["cancer"]),
            ("hukuman mati", &["death-penalty"]),
            ("World Cup", &["world-cup"]),
            ("Jepang-Korea", &["JP", "KR"]),
            ("Korea Utara", &["KP"]),
            ("AS Roma", &["`AS Roma`"]),
            // What a whole name means, and words that say nothing beside what is known.
            ("核", &["nuclear"]),
            ("space", &["space-launch"]),
            ("anti korupsi", &["corruption"]),
            ("hubungan Rusia-AS", &["RU", "US"]),
            ("hubungan Rusia Amerika", &["RU", "US"]),
            ("Rusia-Amerika", &["RU", "US"]),
            // One word for two concepts asks for the wider one.
            ("immigration", &["immigration"]),
            ("imigrasi", &["immigration"]),
            ("UMP", &["minimum-wage"]),
            ("football transfer", &["transfer-sport"]),
            // One kind of what a wider word stands for.
            ("kecelakaan kereta", &["train-crash"]),
            ("harga minyak", &["oil-price"]),
            ("oil price", &["oil-price"]),
            ("minyak bumi", &["oil"]),
            ("kapal tenggelam", &["shipwreck"]),
            ("energi nuklir", &["nuclear-power"]),
            // In the languages that have fewer words, too.
            ("terremoto", &["quake"]),
            ("deprem", &["quake"]),
            ("지진", &["quake"]),
            ("Real Madrid", &["Real Madrid=Real Madrid"]),
            ("Tesla", &["Tesla=Tesla"]),
            ("Nikola Tesla", &["Nikola Tesla=Nikola Tesla"]),
        ] {
            assert_eq!(parts(name, &mut lexicon, &mut stems), expected, "{name}");
        }
    }
}
