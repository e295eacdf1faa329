//! The numbers an article gives, as values: `1,2 juta`, `1.2 million` and `120万` are one number.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::terms::{Form, Terms, Text, Word, Zone};

/// Numbers below are in every other article.
const SMALL: f64 = 3.0;

/// Words for a power of ten that follow a number, in small letters without marks.
const POWERS: &[(&str, i32)] = &[
    ("ribu", 3),
    ("thousand", 3),
    ("mil", 3),
    ("mille", 3),
    ("tausend", 3),
    ("тысяч", 3),
    ("тысячи", 3),
    ("тыс", 3),
    ("الف", 3),
    ("الاف", 3),
    ("juta", 6),
    ("million", 6),
    ("millions", 6),
    ("millones", 6),
    ("millon", 6),
    ("milhoes", 6),
    ("milhao", 6),
    ("millionen", 6),
    ("mio", 6),
    ("млн", 6),
    ("миллион", 6),
    ("миллиона", 6),
    ("миллионов", 6),
    ("مليون", 6),
    ("ملايين", 6),
    ("miliar", 9),
    ("billion", 9),
    ("milliard", 9),
    ("milliards", 9),
    ("milliarden", 9),
    ("mrd", 9),
    ("bilhoes", 9),
    ("bilhao", 9),
    ("млрд", 9),
    ("миллиард", 9),
    ("миллиарда", 9),
    ("миллиардов", 9),
    ("مليار", 9),
    ("مليارات", 9),
    ("triliun", 12),
    ("trillion", 12),
    ("billones", 12),
    ("billionen", 12),
    ("трлн", 12),
    ("триллион", 12),
    ("триллионов", 12),
    ("تريليون", 12),
    ("trilhoes", 12),
];

/// Signs of Chinese and Japanese that multiply what stands before them.
const SIGNS: &[(&str, i32)] = &[
    ("万亿", 12),
    ("萬億", 12),
    ("千万", 7),
    ("百万", 6),
    ("兆", 12),
    ("億", 8),
    ("亿", 8),
    ("万", 4),
    ("萬", 4),
    ("千", 3),
];

/// Every number of an article that may tell it from another, with its place. Years, small counts and dates in figures are
/// left out: most articles have some.
pub(super) fn numbers(text: &Text<'_>, terms: &Terms) -> Vec<(u32, Zone)> {
    let mut found = Vec::new();
    let words = &terms.words;
    let spelled = spelled(text.language);
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if let Some(first) = figures(word) {
            let (end, gap) = run(text, words, at);
            let rest = words[at + 1..end].iter().map(|word| word.surface.as_str());
            let parts: Vec<&str> = std::iter::once(first).chain(rest).collect();
            let after = source(text, word).get(words[end - 1].at.end..).unwrap_or_default();
            let power = power(after, words.get(end));
            if let Some(value) = value(&parts, gap)
                && (power > 0 || is_telling(value, &parts))
            {
                found.push((hash(value * 10f64.powi(power)), word.zone));
            }
            at = end;
        } else if let Some((value, end)) = in_words(words, at, spelled) {
            let value = value * 10f64.powi(power("", words.get(end)));
            if value >= SMALL {
                found.push((hash(value), word.zone));
            }
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

/// Where the figures that begin here end (1.234,5), and what stands between them.
fn run<'a>(text: &Text<'a>, words: &[Word], at: usize) -> (usize, Option<&'a str>) {
    let (mut end, mut gap) = (at + 1, None);
    let source = source(text, &words[at]);
    while let Some(next) = words.get(end)
        && next.form == Form::Number
        && (next.zone == Zone::Title) == (words[at].zone == Zone::Title)
        && let Some(between) = source.get(words[end - 1].at.end..next.at.start)
        && matches!(between, "." | "," | "/" | "-" | ":" | "\u{a0}" | "\u{202f}" | "\u{2009}" | " " | "'")
        && (!matches!(between, " " | "\u{a0}") || next.surface.len() == 3)
        && gap.is_none_or(|gap| gap == between || between == "," || between == ".")
    {
        gap = Some(between);
        end += 1;
    }
    (end, gap)
}

/// A language's words for numbers: a value, or how the value before is changed.
type Spelled = HashMap<String, Step>;

#[derive(Debug, Clone, Copy)]
enum Step {
    Value(f64),
    Plus(f64),
    Times(f64),
}

fn spelled(language: &str) -> Option<&'static Spelled> {
    static ALL: LazyLock<HashMap<String, Spelled>> = LazyLock::new(|| {
        let written: HashMap<String, HashMap<String, String>> =
            toml::from_str(include_str!("../../../assets/lexicon/numbers.toml")).unwrap_or_default();
        let step = |key: &str| match (key.strip_prefix('+'), key.strip_prefix('x')) {
            (Some(value), _) => value.parse().ok().map(Step::Plus),
            (_, Some(value)) => value.parse().ok().map(Step::Times),
            _ => key.parse().ok().map(Step::Value),
        };
        let table = |rows: HashMap<String, String>| {
            let named = |(key, names): (String, String)| {
                let names: Vec<String> = names.split('|').map(str::to_owned).collect();
                step(&key).into_iter().flat_map(move |step| names.clone().into_iter().map(move |name| (name, step)))
            };
            let mut rows: Vec<(String, Step)> = rows.into_iter().flat_map(named).collect();
            // A word that is a value and a change (عشرة) begins as a value.
            rows.sort_by_key(|(_, step)| matches!(step, Step::Value(_)));
            rows.into_iter().collect()
        };
        written.into_iter().map(|(language, rows)| (language, table(rows))).collect()
    });
    ALL.get(if language == "ms" { "id" } else { language })
}

/// The number that is spelled out from here on, and where it ends.
fn in_words(words: &[Word], at: usize, spelled: Option<&Spelled>) -> Option<(f64, usize)> {
    let step = |at: usize| spelled?.get(words.get(at)?.surface.as_str()).copied();
    let Step::Value(mut value) = step(at)? else { return None };
    let mut end = at + 1;
    loop {
        match step(end) {
            Some(Step::Plus(ten)) if value < 10.0 => value += ten,
            Some(Step::Value(ten)) if (10.0..11.0).contains(&ten) && value < 10.0 && value > 2.0 => value += ten,
            Some(Step::Times(factor)) if value < factor => value *= factor,
            Some(Step::Value(unit)) if unit < 10.0 && value >= 20.0 && value % 10.0 == 0.0 => value += unit,
            _ => return Some((value, end)),
        }
        end += 1;
    }
}

/// The figures of a number, also of a magnitude that is written M7.
fn figures(word: &Word) -> Option<&str> {
    if word.form == Form::Number {
        return Some(&word.surface);
    }
    word.surface.strip_prefix('m').filter(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
}

fn source<'a>(text: &Text<'a>, word: &Word) -> &'a str {
    if word.zone == Zone::Title { text.title } else { text.body }
}

fn power(after: &str, next: Option<&Word>) -> i32 {
    if let Some((_, power)) = SIGNS.iter().find(|(sign, _)| after.starts_with(sign)) {
        return *power;
    }
    let unit = next.map(|word| word.surface.as_str()).unwrap_or_default();
    POWERS.iter().find(|(name, _)| *name == unit).map_or(0, |(_, power)| *power)
}

fn value(parts: &[&str], gap: Option<&str>) -> Option<f64> {
    let joined = || parts.concat().parse::<f64>().ok();
    match (parts, gap) {
        ([_], _) => joined(),
        (_, Some("/" | "-" | ":")) => None,
        (parts, Some("." | ",")) if parts.len() == 2 && parts[1].len() != 3 => {
            format!("{}.{}", parts[0], parts[1]).parse().ok()
        }
        (parts, _) if parts[1..].iter().all(|part| part.len() == 3) => joined(),
        // 1.234,5
        ([whole @ .., fraction], _) => format!("{}.{fraction}", whole.concat()).parse().ok(),
        _ => None,
    }
}

fn is_telling(value: f64, parts: &[&str]) -> bool {
    let is_year = parts.len() == 1 && (1900.0..2100.0).contains(&value) && parts[0].len() == 4;
    !is_year && (parts.len() > 1 || value >= SMALL)
}

/// Whether this is the hash of a count of a few, which tells little: three arrested here, three injured there.
pub(in crate::content) fn is_few(id: u32) -> bool {
    static FEW: LazyLock<[u32; 8]> = LazyLock::new(|| std::array::from_fn(|n| hash(SMALL + n as f64)));
    FEW.contains(&id)
}

/// Three significant digits: an agency rounds.
fn hash(value: f64) -> u32 {
    super::hash(&format!("{value:.3e}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::terms::{self, stem::Stems};

    fn read(title: &str, language: &str) -> Vec<u32> {
        let text = Text { title, body: "", language };
        let terms = terms::read(&text, 100, &mut Stems::default());
        numbers(&text, &terms).into_iter().map(|(number, _)| number).collect()
    }

    #[test]
    fn a_number_is_one_however_it_is_written() {
        for (language, one) in
            [("id", "1,2 juta"), ("en", "1.2 million"), ("en", "1,200,000"), ("de", "1.200.000"), ("zh", "120万人")]
        {
            assert_eq!(read(one, language), [hash(1_200_000.0)], "{one}");
        }
        assert_eq!(read("Gempa M7,2", "id").len(), 1);
        assert_eq!(read("magnitude 7.2", "en"), read("Magnitudo 7,2", "id"));
    }

    #[test]
    fn a_number_in_words_is_the_number() {
        for (language, title, value) in [
            ("id", "tiga puluh empat drone", 34.0),
            ("id", "empat belas orang", 14.0),
            ("ru", "тридцать четыре беспилотника", 34.0),
            ("ru", "четверо погибших", 4.0),
            ("ar", "أربعة عشر نازحا", 14.0),
            ("en", "thirty-four drones", 34.0),
            ("en", "three hundred homes", 300.0),
            ("id", "dua juta orang", 2_000_000.0),
        ] {
            assert_eq!(read(title, language), [hash(value)], "{title}");
        }
    }

    #[test]
    fn years_and_dates_are_no_numbers() {
        assert!(read("Jumat 8/11/2024", "id").is_empty());
        assert!(read("Piala Dunia 2026", "id").is_empty());
    }
}
