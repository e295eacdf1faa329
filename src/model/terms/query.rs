//! What a word of a query looks for in an index of [`super::Indexed`]. Writes no query of any database.

use super::fold;
use super::split::{self, Kind};
use super::stem::Stems;

/// What one word of a query looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Any of these tokens, in `surface` or in `stems`; the word itself comes first.
    Any(Vec<String>),
    /// These tokens of `surface`, one after the other: the word is written with a hyphen, or without spaces at all.
    Phrase(Vec<String>),
    /// These tokens of `surface`, one after the other; of the last, all that begin so.
    Prefix(Vec<String>),
    /// All tokens of `surface` that begin with one of these.
    Begun(Vec<String>),
    /// These tokens of `surface`, in any order, with so many others between the first and the last of them at most.
    Near(Vec<String>, u32),
    /// The word has no letters and no digits.
    Nothing,
}

/// What a word looks for: its own form and its stem in every language that the library holds.
#[must_use]
pub fn wanted(word: &str, languages: &[&str], stems: &mut Stems) -> Wanted {
    let (tokens, kind) = tokens(word);
    let mut tokens = tokens.into_iter();
    let (Some((lower, surface)), second) = (tokens.next(), tokens.next()) else {
        return Wanted::Nothing;
    };
    if let Some((_, second)) = second {
        let rest = tokens.map(|(_, surface)| surface);
        return Wanted::Phrase([surface, second].into_iter().chain(rest).collect());
    }
    if kind == Kind::Pair && lower.chars().count() == 1 {
        return Wanted::Prefix(vec![surface]);
    }
    let mut any = vec![surface];
    if kind == Kind::Word {
        for language in languages {
            let stem = fold::unmark(stems.stem(language, &lower));
            if !any.contains(&stem) {
                any.push(stem);
            }
        }
    }
    Wanted::Any(any)
}

/// What the words between quotes look for: exactly these, in this order.
#[must_use]
pub fn phrase(text: &str) -> Wanted {
    let mut surfaces: Vec<String> = tokens(text).0.into_iter().map(|(_, surface)| surface).collect();
    match surfaces.len() {
        0 => Wanted::Nothing,
        1 => Wanted::Any(vec![surfaces.remove(0)]),
        _ => Wanted::Phrase(surfaces),
    }
}

/// What words look for that are to stand near each other: exactly these.
#[must_use]
pub fn near(text: &str, others: u32) -> Wanted {
    match phrase(text) {
        Wanted::Phrase(mut tokens) => {
            tokens.sort_unstable();
            tokens.dedup();
            if tokens.len() == 1 { Wanted::Any(tokens) } else { Wanted::Near(tokens, others) }
        }
        wanted => wanted,
    }
}

/// What a word that is still being typed looks for.
#[must_use]
pub fn prefix(word: &str) -> Wanted {
    let (tokens, _) = tokens(word);
    if let [(lower, surface)] = tokens.as_slice()
        && let Some(rest) = fold::after_article(lower)
    {
        // الكر may become الكرملين, which is looked for without its article, or stay as short as الله.
        return Wanted::Begun(vec![surface.clone(), fold::unmark(rest)]);
    }
    let tokens: Vec<String> = tokens.into_iter().map(|(_, surface)| surface).collect();
    if tokens.is_empty() { Wanted::Nothing } else { Wanted::Prefix(tokens) }
}

/// The words ready for a stemmer with their surfaces, and the kind of the first.
fn tokens(text: &str) -> (Vec<(String, String)>, Kind) {
    let mut tokens = Vec::new();
    let mut kind = None;
    split::pieces(text, |piece| {
        let lower = fold::lower(text.get(piece.at).unwrap_or_default());
        let bare = fold::without_article(&lower).to_owned();
        let surface = fold::unmark(&bare);
        if !surface.is_empty() {
            kind = kind.or(Some(piece.kind));
            tokens.push((bare, surface));
        }
    });
    (tokens, kind.unwrap_or(Kind::Word))
}

#[cfg(test)]
mod tests {
    use super::super::{Text, read};
    use super::*;

    fn finds(query: &str, text: &str, language: &str) -> bool {
        let mut stems = Stems::default();
        let fed = read(&Text { title: text, body: "", language }, 100, &mut stems).indexed().title;
        let surface: Vec<&str> = fed.surface.split(' ').collect();
        match wanted(query, &["id", "en", "ru", "ar", "fr", "de", "es"], &mut stems) {
            Wanted::Any(any) => any
                .iter()
                .any(|token| surface.contains(&token.as_str()) || fed.stems.split(' ').any(|stem| stem == token)),
            Wanted::Phrase(tokens) => surface.windows(tokens.len()).any(|window| window == tokens),
            Wanted::Prefix(start) => surface.iter().any(|token| token.starts_with(&start[0])),
            Wanted::Begun(_) | Wanted::Near(..) | Wanted::Nothing => false,
        }
    }

    #[test]
    fn a_word_finds_its_inflections_in_the_languages_of_the_library() {
        for (query, text, language) in [
            ("membaca", "Buku itu dibaca", "id"),
            ("election", "Elections were held", "en"),
            ("ЁЛКА", "под елкой", "ru"),
            ("переговоры", "После переговоров", "ru"),
            ("محادثات", "انتهت المحادثات", "ar"),
            ("économie", "les économies", "fr"),
            ("economie", "l’Economie", "fr"),
            ("Wahlen", "Die Wahl", "de"),
            ("elección", "Las elecciones", "es"),
            ("US", "the U.S. economy", "en"),
            ("U.S.", "the US economy", "en"),
        ] {
            assert!(finds(query, text, language), "{query} in {text}");
        }
    }

    #[test]
    fn scripts_without_spaces_are_found_inside() {
        for (query, text, language) in [
            ("地震", "東京で地震", "ja"),
            ("ウクライナ", "対ウクライナ支援", "ja"),
            ("米", "米大統領", "ja"),
            ("总统", "美国总统", "zh"),
            ("น้ำ", "น้ำท่วมใหญ่", "th"),
        ] {
            assert!(finds(query, text, language), "{query} in {text}");
        }
        assert!(!finds("地球", "東京で地震", "ja"));
    }

    #[test]
    fn a_hyphenated_word_is_a_phrase_and_quotes_are_taken_at_their_word() {
        assert_eq!(
            wanted("Rusia-AS", &["id"], &mut Stems::default()),
            Wanted::Phrase(vec!["rusia".into(), "as".into()])
        );
        assert_eq!(phrase("Bank Indonesia"), Wanted::Phrase(vec!["bank".into(), "indonesia".into()]));
        assert_eq!(phrase("membaca"), Wanted::Any(vec!["membaca".into()]));
        assert_eq!(prefix("Pemil"), Wanted::Prefix(vec!["pemil".into()]));
        assert_eq!(prefix("الكر"), Wanted::Begun(vec!["الكر".into(), "كر".into()]));
        assert_eq!(prefix("الكرم"), Wanted::Prefix(vec!["كرم".into()]));
        assert_eq!(prefix("Rusia-Am"), Wanted::Prefix(vec!["rusia".into(), "am".into()]));
        assert_eq!(wanted("—", &["id"], &mut Stems::default()), Wanted::Nothing);
    }
}
