//! Two articles side by side: how alike they are, as a row of numbers that the weights of [`super::weights`] judge.

use super::Frequencies;
use crate::content::features::{Features, Kind};

/// What is compared, in the order of the weights.
pub const COMPARED: [&str; 25] = [
    "bias",
    "title",
    "text",
    "names",
    "no_names",
    "title_in_text",
    "foreign_names",
    "numbers",
    "other_numbers",
    "wording",
    "template",
    "days",
    "neutral",
    "places",
    "other_places",
    "concepts",
    "people",
    "evidence",
    "title_marks",
    "title_concepts",
    "title_names",
    "text_squared",
    "swapped",
    "swapped_wording",
    "swapped_marks",
];

/// Two articles as numbers, in the order of [`COMPARED`].
pub type Compared = [f32; COMPARED.len()];

/// One of the numbers, by its name.
#[must_use]
pub fn value(compared: &Compared, name: &str) -> f32 {
    COMPARED.iter().position(|compared| *compared == name).map_or(0.0, |at| compared[at])
}

/// How a term or a mark of an article counts.
#[derive(Debug, Clone, Copy)]
struct Weighted {
    key: u32,
    weight: f32,
    /// Without regard to how often it is said.
    rarity: f32,
    in_title: bool,
    is_name: bool,
    kind: Option<Kind>,
}

/// An article ready to be compared, its terms weighted by how rare they were when it came.
#[derive(Debug, Clone)]
pub struct Profile {
    terms: Vec<Weighted>,
    marks: Vec<Weighted>,
    shingles: Vec<u32>,
    language: String,
    pub(super) digest: u64,
    /// Unix seconds.
    pub(super) at: i64,
}

/// The most that an article is looked up by: terms, then marks.
const HEAVIEST: (usize, usize) = (14, 6);

impl Profile {
    #[must_use]
    pub fn new(features: &Features, at: i64, frequencies: &Frequencies) -> Self {
        let mut terms: Vec<Weighted> = features
            .terms
            .iter()
            .map(|term| {
                let rarity = frequencies.rarity(term.hash);
                let weight = (1.0 + term.weight.ln().max(0.0)) * rarity;
                Weighted { key: term.hash, weight, rarity, in_title: term.in_title, is_name: term.is_name, kind: None }
            })
            .collect();
        let mut marks: Vec<Weighted> = features
            .marks
            .iter()
            .map(|mark| {
                let rarity = frequencies.rarity_of(mark);
                let weight = (1.0 + mark.weight.ln().max(0.0)) * rarity;
                let kind = Some(mark.kind);
                Weighted { key: mark.key(), weight, rarity, in_title: mark.in_title, is_name: false, kind }
            })
            .collect();
        terms.sort_unstable_by_key(|term| term.key);
        marks.sort_unstable_by_key(|mark| mark.key);
        Self {
            terms,
            marks,
            shingles: features.shingles.clone(),
            language: features.language.clone(),
            digest: features.digest,
            at,
        }
    }

    /// Whether it says enough to be told from others: of a few words everything is alike.
    #[must_use]
    pub fn says_enough(&self) -> bool {
        const ENOUGH: usize = 6;
        self.terms.len() + self.marks.len() >= ENOUGH
    }

    /// What several articles have in common: what two of them have at least, by how many do.
    #[must_use]
    pub fn common(articles: &[&Self]) -> Self {
        let least = articles.len().min(2);
        let common = |list: fn(&Self) -> &Vec<Weighted>| {
            let mut all: Vec<Weighted> = articles.iter().flat_map(|article| list(article).iter().copied()).collect();
            all.sort_by_key(|one| one.key);
            let of = |same: &[Weighted]| {
                let sum: f32 = same.iter().map(|one| one.weight).sum();
                (same.len() >= least).then(|| Weighted { weight: sum / articles.len() as f32, ..same[0] })
            };
            all.chunk_by(|a, b| a.key == b.key).filter_map(of).collect()
        };
        Self {
            terms: common(|article| &article.terms),
            marks: common(|article| &article.marks),
            shingles: Vec::new(),
            language: String::new(),
            digest: 0,
            at: 0,
        }
    }

    /// What the article is looked up by, with its weight.
    pub(super) fn heaviest(&self) -> Vec<(u32, f32)> {
        let heaviest = |list: &[Weighted], count: usize| {
            let mut list: Vec<(u32, f32)> = list.iter().map(|one| (one.key, one.weight)).collect();
            list.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            list.truncate(count);
            list
        };
        let mut found = heaviest(&self.terms, HEAVIEST.0);
        found.extend(heaviest(&self.marks, HEAVIEST.1));
        found
    }

    /// Every key that is counted when the article comes and goes.
    pub(super) fn keys(&self) -> impl Iterator<Item = u32> + '_ {
        self.terms.iter().chain(&self.marks).map(|one| one.key)
    }

    #[must_use]
    pub fn is_in_language_of(&self, other: &Self) -> bool {
        self.language == other.language
    }
}

/// Compares two articles.
#[must_use]
pub fn compare(a: &Profile, b: &Profile) -> Compared {
    let title = cosine(&a.terms, &b.terms, |one| one.in_title);
    let text = cosine(&a.terms, &b.terms, |_| true);
    let is_name = |one: &Weighted| one.is_name;
    let has_names = a.terms.iter().any(is_name) && b.terms.iter().any(is_name);
    let names = if has_names { cosine(&a.terms, &b.terms, is_name) } else { 0.0 };
    let in_title = |one: &Weighted| one.in_title;
    let title_in_text = 1.0 - 0.5 * (missing(&a.terms, &b.terms, in_title) + missing(&b.terms, &a.terms, in_title));
    let named_in_title = |one: &Weighted| one.in_title && one.is_name;
    let foreign = (missing(&a.terms, &b.terms, named_in_title), missing(&b.terms, &a.terms, named_in_title));
    let foreign_names = foreign.0.max(foreign.1);
    // Both titles name what the other article does not: one report in two towns.
    let swapped = foreign.0.min(foreign.1);
    let placed_in_title = |one: &Weighted| one.in_title && matches!(one.kind, Some(Kind::Place | Kind::Named));
    let swapped_marks = missing(&a.marks, &b.marks, placed_in_title).min(missing(&b.marks, &a.marks, placed_in_title));
    let of_kind = |kind: Kind| move |one: &Weighted| one.kind == Some(kind);
    let is_number = of_kind(Kind::Number);
    let (shared_numbers, least) = shared(&a.marks, &b.marks, is_number);
    let numbers = if least > 0.0 { shared_numbers / least } else { 0.0 };
    let is_place = of_kind(Kind::Place);
    let places = cosine(&a.marks, &b.marks, is_place);
    let has = |profile: &Profile, kind: Kind| profile.marks.iter().any(|one| one.kind == Some(kind));
    let both_have = |kind: Kind| has(a, kind) && has(b, kind);
    let wording = wording(&a.shingles, &b.shingles);
    let is_person = |one: &Weighted| matches!(one.kind, Some(Kind::Named | Kind::Name));
    let evidence: f32 = shared(&a.marks, &b.marks, |_| true).0;
    let is_concept = of_kind(Kind::Concept);
    [
        1.0,
        title,
        text,
        names,
        flag(!has_names),
        title_in_text,
        foreign_names,
        numbers,
        flag(both_have(Kind::Number) && shared_numbers == 0.0),
        wording,
        wording * foreign_names.max(flag(both_have(Kind::Number) && shared_numbers == 0.0)),
        ((a.at - b.at).abs() as f32 / 86_400.0).min(3.0),
        cosine(&a.marks, &b.marks, |_| true),
        places,
        flag(both_have(Kind::Place) && places == 0.0),
        cosine(&a.marks, &b.marks, is_concept),
        cosine(&a.marks, &b.marks, is_person),
        (1.0 + evidence).ln() / 3.0,
        cosine(&a.marks, &b.marks, |one| one.in_title),
        cosine(&a.marks, &b.marks, |one| one.in_title && is_concept(one)),
        cosine(&a.terms, &b.terms, named_in_title),
        text * text,
        swapped,
        swapped * wording.max(title),
        swapped_marks,
    ]
}

/// How much of what is picked of one list the other has not, by rarity; 0 where nothing is picked.
fn missing(of: &[Weighted], from: &[Weighted], pick: impl Fn(&Weighted) -> bool) -> f32 {
    let (mut all, mut gone) = (0.0, 0.0);
    for one in of.iter().filter(|one| pick(one)) {
        all += one.rarity;
        gone += if find(from, one.key) { 0.0 } else { one.rarity };
    }
    if all > 0.0 { gone / all } else { 0.0 }
}

fn flag(is_so: bool) -> f32 {
    f32::from(u8::from(is_so))
}

fn find(list: &[Weighted], key: u32) -> bool {
    list.binary_search_by_key(&key, |one| one.key).is_ok()
}

/// Calls `meet` for what both lists have.
fn both(a: &[Weighted], b: &[Weighted], mut meet: impl FnMut(&Weighted, &Weighted)) {
    let (mut left, mut right) = (a.iter().peekable(), b.iter().peekable());
    while let (Some(one), Some(other)) = (left.peek(), right.peek()) {
        match one.key.cmp(&other.key) {
            std::cmp::Ordering::Less => drop(left.next()),
            std::cmp::Ordering::Greater => drop(right.next()),
            std::cmp::Ordering::Equal => {
                meet(one, other);
                left.next();
                right.next();
            }
        }
    }
}

fn cosine(a: &[Weighted], b: &[Weighted], pick: impl Fn(&Weighted) -> bool) -> f32 {
    let norm =
        |list: &[Weighted]| list.iter().filter(|one| pick(one)).map(|one| one.weight * one.weight).sum::<f32>().sqrt();
    let mut dot = 0.0;
    both(a, b, |one, other| {
        if pick(one) && pick(other) {
            dot += one.weight * other.weight;
        }
    });
    if dot > 0.0 { dot / (norm(a) * norm(b)) } else { 0.0 }
}

/// The rarity that is shared, and that of the list with less of it.
fn shared(a: &[Weighted], b: &[Weighted], pick: impl Fn(&Weighted) -> bool) -> (f32, f32) {
    let sum = |list: &[Weighted]| list.iter().filter(|one| pick(one)).map(|one| one.rarity).sum::<f32>();
    let mut met = 0.0;
    both(a, b, |one, other| {
        if pick(one) {
            met += one.rarity.min(other.rarity);
        }
    });
    (met, sum(a).min(sum(b)))
}

/// How much of the shorter text's wording is in the other, judged by the smallest hashes of three words in a row.
fn wording(a: &[u32], b: &[u32]) -> f32 {
    let (Some(a_last), Some(b_last)) = (a.last(), b.last()) else { return 0.0 };
    // Beyond the smaller end one of the lists is cut off.
    let end = *a_last.min(b_last);
    let within = |list: &[u32]| list.partition_point(|hash| *hash <= end);
    let (a, b) = (&a[..within(a)], &b[..within(b)]);
    let met = a.iter().filter(|hash| b.binary_search(hash).is_ok()).count();
    met as f32 / a.len().min(b.len()).max(1) as f32
}
