//! One spelling for words that readers hold to be the same. Stems nothing, splits nothing.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// A word in lower case and in one Unicode form, ready for a stemmer: marks of Latin and Greek still stand.
///
/// Initials lose their dots (`U.S.` is `us`). ё is е; Arabic loses its vowel signs and the lengthening stroke, and every
/// alef is the bare one; digits of all scripts are ASCII.
#[must_use]
pub fn lower(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    if word.is_ascii() {
        out.extend(word.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| char::from(byte.to_ascii_lowercase())));
        return out;
    }
    if word.chars().all(is_plain) {
        out.extend(word.chars().map(plain_lower));
        return out;
    }
    for c in word.nfkc().flat_map(char::to_lowercase) {
        match c {
            'ё' => out.push('е'),
            'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
            '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{200c}' | '\u{200d}' => {}
            c => match digit(c) {
                Some(digit) => out.push(digit),
                None if c.is_alphanumeric() || is_combining_mark(c) => out.push(c),
                None => {}
            },
        }
    }
    out
}

/// Letters that no form of Unicode takes apart or joins as long as no mark follows them: ASCII and the Cyrillic of Russian,
/// and Hangul. They are most of what is read, and need no tables.
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, 'А'..='я' | 'ё' | 'Ё' | '가'..='힣')
}

fn plain_lower(c: char) -> char {
    match c {
        'А'..='Я' => char::from_u32(c as u32 + 0x20).unwrap_or(c),
        'Ё' | 'ё' => 'е',
        c => c.to_ascii_lowercase(),
    }
}

/// A word of [`lower`] without the marks of Latin and Greek letters; й, Devanagari's and Thai's signs are letters and stay.
#[must_use]
pub fn unmark(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let mut out = String::with_capacity(word.len());
    let mut base_is_marked_alphabet = false;
    for c in word.chars() {
        if is_plain(c) {
            base_is_marked_alphabet = c.is_ascii_alphabetic();
            out.push(c);
            continue;
        }
        if is_combining_mark(c) {
            if !base_is_marked_alphabet {
                out.push(c);
            }
            continue;
        }
        base_is_marked_alphabet = is_latin(c) || is_greek(c);
        if base_is_marked_alphabet {
            push_base(c, &mut out);
        } else {
            out.push(arabic_ending(c));
        }
    }
    out
}

/// The letter below the marks; letters with a stroke have no decomposition and are named.
fn push_base(c: char, out: &mut String) {
    match c {
        'ß' => out.push_str("ss"),
        'æ' => out.push_str("ae"),
        'œ' => out.push_str("oe"),
        'ø' => out.push('o'),
        'đ' | 'ð' => out.push('d'),
        'ł' => out.push('l'),
        'ı' => out.push('i'),
        'ς' => out.push('σ'),
        c => decompose_canonical(c, |part| {
            if !is_combining_mark(part) {
                out.push(part);
            }
        }),
    }
}

/// Letters that Arabic and Persian keyboards write differently for one sound.
fn arabic_ending(c: char) -> char {
    match c {
        'ة' => 'ه',
        'ى' | 'ی' => 'ي',
        'ک' => 'ك',
        c => c,
    }
}

/// The ASCII digit for a decimal digit of another script.
fn digit(c: char) -> Option<char> {
    const ZEROS: [char; 9] = ['٠', '۰', '०', '০', '๐', '໐', '០', '၀', '０'];
    let zero =
        ZEROS.into_iter().find(|zero| (*zero..=char::from_u32(*zero as u32 + 9).unwrap_or(*zero)).contains(&c))?;
    char::from_digit(c as u32 - zero as u32, 10)
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, 'ª' | 'º' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

fn is_greek(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}')
}

/// The Arabic article, with what is written together with it; a longer one before those that it begins with.
const ARTICLES: [&str; 8] = ["وبال", "وال", "بال", "كال", "فال", "ولل", "لل", "ال"];

/// What would follow the article in a word that is too short to lose it, as one that is being typed may be.
#[must_use]
pub fn after_article(word: &str) -> Option<&str> {
    let rest = ARTICLES.iter().find_map(|article| word.strip_prefix(article))?;
    (rest.chars().count() == 2).then_some(rest)
}

/// What a word means without the article (الرئيس, والرئيس, للرئيس are رئيس); short words are left whole.
#[must_use]
pub fn without_article(word: &str) -> &str {
    for article in ARTICLES {
        if let Some(rest) = word.strip_prefix(article)
            && rest.chars().count() >= 3
        {
            return rest;
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(word: &str) -> String {
        unmark(without_article(&lower(word)))
    }

    #[test]
    fn latin_and_greek_lose_their_marks() {
        for (word, plain) in [
            ("Économie", "economie"),
            ("São", "sao"),
            ("Straße", "strasse"),
            ("İstanbul", "istanbul"),
            ("Łódź", "lodz"),
            ("Αθήνα", "αθηνα"),
            ("ＡＩ", "ai"),
            ("e\u{301}lan", "elan"),
        ] {
            assert_eq!(folded(word), plain, "{word}");
        }
    }

    #[test]
    fn initials_lose_their_dots_in_every_script() {
        assert_eq!(folded("U.S"), folded("US"));
        assert_eq!(folded("С.Ш.А"), folded("США"));
    }

    #[test]
    fn cyrillic_keeps_its_letters_and_yo_is_ye() {
        assert_eq!(folded("Йод"), "йод");
        assert_ne!(folded("Край"), folded("Краи"));
        assert_eq!(folded("Ёлка"), folded("елка"));
        assert_eq!(folded("Київ"), "київ");
    }

    #[test]
    fn arabic_is_read_with_and_without_vowels_and_article() {
        for word in ["أميركا", "إميركا", "اميركا", "أَمِيرِكا", "أميـــركا"] {
            assert_eq!(folded(word), "اميركا", "{word}");
        }
        for word in ["الرئيس", "رئيس", "والرئيس", "للرئيس", "بالرئيس"] {
            assert_eq!(folded(word), "رئيس", "{word}");
        }
        assert_eq!(folded("حكومة"), folded("حكومه"));
        assert_eq!(folded("الم"), "الم", "two letters are not left alone");
    }

    #[test]
    fn digits_of_every_script_are_ascii() {
        for word in ["٢٠٢٦", "۲۰۲۶", "２０２６", "२०२६", "๒๐๒๖"] {
            assert_eq!(folded(word), "2026", "{word}");
        }
    }

    #[test]
    fn what_needs_no_tables_reads_as_the_tables_say() {
        for c in ('\0'..='\u{ffff}').filter(|c| is_plain(*c)) {
            let by_tables: String = c.to_string().nfkc().flat_map(char::to_lowercase).collect();
            assert_eq!(plain_lower(c).to_string(), by_tables.replace('ё', "е"), "{c}");
            assert!(!is_combining_mark(c) && arabic_ending(c) == c && digit(c).is_none_or(|_| c.is_ascii()), "{c}");
            assert_eq!(is_latin(c) || is_greek(c), c.is_ascii_alphabetic(), "{c}");
        }
    }

    #[test]
    fn signs_that_are_letters_stay() {
        assert_eq!(folded("हिन्दी"), "हिन्दी");
        assert_eq!(folded("ประเทศไทย"), "ประเทศไทย");
        assert_eq!(folded("ガザ"), "ガザ");
    }
}
