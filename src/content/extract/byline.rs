//! Names of authors out of bylines: labels, roles, dates and addresses go, what is left is one name or several.

use super::lexicon::{LEXICON, begins, is_unspaced};

/// Authors of one article.
const MOST: usize = 10;
/// Signs of a line with a reporter's name.
const REPORTED: usize = 16;
/// What stands between a label and a name.
const MARKS: [char; 6] = [' ', ':', '：', '-', '.', '・'];

/// The names in these pieces, each once. Visible bylines hold more than names, so they are read more strictly.
pub(super) fn names(pieces: impl Iterator<Item = String>, is_visible: bool) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut editors: Vec<String> = Vec::new();
    for piece in pieces {
        // `Foto: Juri Smit / TASS`: nobody in it wrote the article.
        if is_visible && !piece.contains(['|', ',', '，']) && is_credit(&piece) {
            continue;
        }
        for name in split(&piece) {
            let is_editor = labelled(&LEXICON.editors, &name.to_lowercase()).is_some();
            let is_whole = name == piece.trim();
            let Some(name) = name_in(&name, is_visible, is_whole) else { continue };
            let key = name.to_lowercase();
            let is_known = names.iter().any(|known| {
                let known = known.to_lowercase();
                known == key || known.contains(&key)
            });
            if is_editor {
                editors.push(name);
            } else if !is_known && names.len() < MOST {
                names.push(name);
            }
        }
        // Of several visible bylines the first that holds a name is the article's.
        if is_visible && !names.is_empty() {
            break;
        }
    }
    // Who edited is an author where nobody else is named.
    if names.is_empty() { editors.into_iter().take(1).collect() } else { names }
}

/// Whether a piece of visible text says who wrote the article: `Pewarta: Budi Santoso`. Right below the title the colon
/// may be missing.
pub(super) fn is_signed(piece: &str, is_below_title: bool) -> bool {
    // `本報記者 胡艳萍`
    if is_below_title && piece.chars().count() <= REPORTED && LEXICON.reporters.iter().any(|word| piece.contains(*word))
    {
        return true;
    }
    let lower = piece.trim().to_lowercase();
    let Some(rest) = labelled(&LEXICON.by, &lower) else { return false };
    rest.trim_start().starts_with([':', '：']) || is_below_title && rest.split_whitespace().count() <= 4
}

/// What stands behind one of these labels, with the mark between them.
fn labelled<'a>(labels: &[&str], lower: &'a str) -> Option<&'a str> {
    labels.iter().find_map(|label| lower.strip_prefix(label).filter(|rest| rest.starts_with(MARKS)))
}

/// Whether a desk or a publisher signs, not a person.
pub(super) fn is_desk(name: &str) -> bool {
    LEXICON.desks.iter().any(|desk| *desk == name.to_lowercase())
}

/// Whether this says who took the pictures.
fn is_credit(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    LEXICON.credit.iter().any(|label| begins(&lower, label))
}

fn split(piece: &str) -> Vec<String> {
    if piece.contains("://") {
        return Vec::new();
    }
    // `Sari Dewi - Kabar Kota`: her paper.
    let piece = piece.split(" - ").next().unwrap_or_default();
    let mut text = piece.replace(['|', '/', '／', '、', '·', '•', '\n', '،', ';'], ",");
    for word in &LEXICON.conjunctions {
        text = text.replace(*word, ",");
    }
    // `Dewi, Sari` cannot be told from two names of one word; two words and more can.
    let names = text.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    // Beside a reporter stand the place and the kind of the report.
    let (reporters, others): (Vec<String>, Vec<String>) = names.partition(|name| {
        LEXICON.reporters.iter().any(|word| name.split_once(*word).is_some_and(|(_, rest)| !rest.is_empty()))
    });
    if reporters.is_empty() { others } else { reporters }
}

/// `島聞報 記者林雅婷`: what stands behind the last of the words that Chinese sets before a reporter's name.
fn behind_reporter(text: &str) -> &str {
    let behind = LEXICON
        .reporters
        .iter()
        .filter_map(|word| text.rsplit_once(*word))
        .map(|(_, name)| name.trim_start_matches(MARKS).trim());
    behind.filter(|name| !name.is_empty()).min_by_key(|name| name.len()).unwrap_or(text)
}

/// The name in a part of a byline; `is_whole` tells that the byline has no other part.
fn name_in(text: &str, is_visible: bool, is_whole: bool) -> Option<String> {
    if is_credit(text) {
        return None;
    }
    let text = if is_visible { behind_reporter(text) } else { text };
    let mut name = text.trim().trim_start_matches(['(', '（', '[', '【']).trim_end_matches([')', '）', ']', '】']);
    let mut was_labelled = true;
    while was_labelled {
        was_labelled = false;
        let lower = name.to_lowercase();
        for label in &LEXICON.by {
            if let Some(rest) = lower.strip_prefix(label)
                && rest.starts_with(MARKS)
            {
                let cut = name.char_indices().nth(label.chars().count()).map_or(name.len(), |(at, _)| at);
                name = name.split_at(cut).1.trim_start_matches(MARKS);
                was_labelled = true;
                break;
            }
        }
    }
    // `佐藤健一 2025年3月10日`, `王晓武_NF`: names of scripts without spaces hold neither.
    let is_behind = |c: char| (c.is_ascii_digit() || c == '_') && name.starts_with(is_unspaced);
    let name = name.split(is_behind).next().unwrap_or_default();
    let name = name
        .split(['(', '（', '<', '@', '—', '–'])
        .next()
        .unwrap_or_default()
        .trim()
        .trim_matches(['.', ':', '-', '"'])
        .trim();
    // `한서윤 기자`: her office.
    let name = LEXICON.roles.iter().find_map(|role| name.strip_suffix(role)).map_or(name, str::trim_end);
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let is_address = name.contains("://") || name.starts_with("www.") || name.contains(".com");
    // `P1 AM` is a station.
    let has_digits = name.chars().filter(|c| c.is_numeric()).count() > usize::from(!is_visible || is_whole);
    let words = name.split_whitespace().count();
    let is_fit = (2..=60).contains(&letters) && !is_address && !has_digits && words <= if is_visible { 5 } else { 7 };
    let lower = name.to_lowercase();
    let is_no_name = LEXICON.no_names.iter().chain(&LEXICON.by).any(|word| *word == lower);
    // Latin, Cyrillic and Greek names begin with a capital; a run of small words is a sentence.
    let begins_small =
        is_visible && name.chars().next().is_some_and(char::is_lowercase) && !(is_whole && is_nick(name));
    (is_fit && !is_no_name && !begins_small).then(|| name.to_owned())
}

/// `fjordkatze`, `dewi_s`: whoever writes in a forum is called by one word, in small letters or not.
fn is_nick(name: &str) -> bool {
    let is_label = LEXICON.labels.contains(name) || LEXICON.row.contains(name) || LEXICON.by.contains(&name);
    (3..=24).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
        && !is_label
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visible(text: &str) -> Vec<String> {
        names(std::iter::once(text.to_owned()), true)
    }

    #[test]
    fn names_are_taken_out_of_bylines() {
        for (byline, expected) in [
            ("Oleh: Sari Dewi", vec!["Sari Dewi"]),
            ("By Jane Doe and John Roe", vec!["Jane Doe", "John Roe"]),
            ("Penulis: Budi Santoso | Editor", vec!["Budi Santoso"]),
            ("Von Anna Müller und Max Stein", vec!["Anna Müller", "Max Stein"]),
            ("文：山田太郎", vec!["山田太郎"]),
            ("（文・高田 恵）", vec!["高田 恵"]),
            ("島聞報 記者林雅婷／雲林即時報導", vec!["林雅婷"]),
            ("記者：山田花子", vec!["山田花子"]),
            ("山田太郎記者", vec!["山田太郎記者"]),
            ("Texto: Sofia Rebelo | Fotografia: Rui Matos", vec!["Sofia Rebelo"]),
            ("Sari Dewi - Kabar Kota", vec!["Sari Dewi"]),
            ("来源：江城日报, 作者：周敏", vec!["周敏"]),
            ("佐藤健一 2025年3月10日 15時30分", vec!["佐藤健一"]),
            ("fjordkatze", vec!["fjordkatze"]),
            ("한서윤 기자", vec!["한서윤"]),
            ("Por Thainá Brilhante, P1 AM", vec!["Thainá Brilhante"]),
            ("dewi_s", vec!["dewi_s"]),
            ("share", vec![]),
            ("written by", vec![]),
            ("8 November 2024", vec![]),
            ("redaksi@contoh.id", vec![]),
        ] {
            assert_eq!(visible(byline), expected, "{byline}");
        }
    }

    #[test]
    fn who_edited_is_an_author_where_nobody_else_is_named() {
        assert_eq!(visible("Rep: Fuji Eka/ Red: Ani Nur"), ["Fuji Eka"]);
        assert_eq!(visible("Editor: Ani Nur"), ["Ani Nur"]);
    }

    #[test]
    fn a_line_that_says_who_wrote_is_told_from_other_lines() {
        assert!(is_signed("Pewarta: Budi Santoso", false) && is_signed("Par Yann Le Goff", true));
        assert!(!is_signed("Par Yann Le Goff", false) && !is_signed("Partai itu menang: Budi", false));
    }

    #[test]
    fn a_desk_is_told_from_a_person() {
        assert!(is_desk("Redaksi") && is_desk("Редакция") && !is_desk("Sari Dewi"));
    }
}
