//! Text to pieces: words, numbers and pairs of characters, each with its place in the text. Folds and stems nothing.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

/// Longer runs are no words of any language: they are cut, so that one hostile word costs little.
const LONGEST: usize = 64;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A word of a script that puts spaces between words.
    Word,
    Number,
    /// Two neighbouring characters of a script without spaces, or one that stands alone.
    Pair,
}

/// A piece of a text, where it stands, and whether it begins a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub at: Range<usize>,
    pub kind: Kind,
    pub opens: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Dense,
    /// Between words: ends a sentence or not.
    Gap(bool),
}

fn class(c: char) -> Class {
    match c {
        'a'..='z'
        | 'A'..='Z'
        | 'А'..='я'
        | '\u{c0}'..='\u{d6}'
        | '\u{d8}'..='\u{f6}'
        | '\u{f8}'..='\u{ff}'
        | 'ا'..='غ' => {
            return Class::Letter;
        }
        '0'..='9' => return Class::Digit,
        '\0'..='\x7f' => return Class::Gap(matches!(c, '.' | '!' | '?' | '\n' | ':')),
        _ => {}
    }
    class_by_tables(c)
}

fn class_by_tables(c: char) -> Class {
    if is_dense(c) {
        Class::Dense
    } else if c.is_numeric() {
        Class::Digit
    } else if c.is_alphabetic() || is_combining_mark(c) || c == '\u{200c}' || c == '\u{640}' {
        Class::Letter
    } else {
        Class::Gap(matches!(c, '.' | '!' | '?' | '\n' | '。' | '！' | '？' | '؟' | '…' | ':' | '：'))
    }
}

/// Characters of the scripts that are written without spaces: Han, kana, Thai, Lao, Khmer, Burmese.
#[must_use]
pub fn is_dense(c: char) -> bool {
    matches!(c,
        '\u{e01}'..='\u{e4e}' | '\u{e81}'..='\u{ece}' | '\u{edc}'..='\u{edf}'
        | '\u{1000}'..='\u{103f}' | '\u{1050}'..='\u{109d}' | '\u{a9e0}'..='\u{a9ef}' | '\u{aa60}'..='\u{aa7f}'
        | '\u{1780}'..='\u{17d3}' | '\u{17dc}'..='\u{17dd}'
        | '々' | '〇' | 'ー' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{31f0}'..='\u{31ff}'
        | '\u{ff66}'..='\u{ff9f}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Calls `found` for every piece, in order.
pub fn pieces(text: &str, mut found: impl FnMut(Piece)) {
    let mut opens = true;
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        let own = class(c);
        let kind = match own {
            Class::Gap(ends) => {
                opens |= ends;
                continue;
            }
            Class::Dense => Kind::Pair,
            Class::Digit => Kind::Number,
            Class::Letter => Kind::Word,
        };
        let mut last = start;
        let mut end = start + c.len_utf8();
        let mut length = 1;
        while let Some((at, c)) = rest.next_if(|(_, next)| continues(own, *next)) {
            if kind == Kind::Pair {
                found(Piece { at: last..at + c.len_utf8(), kind, opens: std::mem::take(&mut opens) });
                last = at;
            }
            end = at + c.len_utf8();
            length += 1;
            if length == LONGEST && kind != Kind::Pair {
                break;
            }
        }
        if kind == Kind::Word && length == 1 {
            end = initials(text, start, end);
            while rest.next_if(|(at, _)| *at < end).is_some() {}
        }
        if kind != Kind::Pair || length == 1 {
            found(Piece { at: start..end, kind, opens: std::mem::take(&mut opens) });
        }
    }
}

/// `7,2` and `1.200` are pieces `7` `2` and `1` `200`, `G20` and `COVID19` stay words, `20th` is one, too.
fn continues(own: Class, next: char) -> bool {
    match (own, class(next)) {
        (Class::Letter, Class::Digit) => true,
        (own, next) => own == next,
    }
}

/// The end of an abbreviation such as `U.S.` that starts with the one-letter word at `start..end`.
fn initials(text: &str, start: usize, end: usize) -> usize {
    let is_upper = |at: usize| text.get(at..).and_then(|rest| rest.chars().next()).filter(|c| c.is_uppercase());
    let mut end = end;
    if is_upper(start).is_none() {
        return end;
    }
    while text.get(end..).is_some_and(|rest| rest.starts_with('.'))
        && let Some(letter) = is_upper(end + 1)
    {
        let next = end + 1 + letter.len_utf8();
        if text.get(next..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric) {
            break;
        }
        end = next;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let mut words = Vec::new();
        pieces(text, |piece| words.push(text.get(piece.at).unwrap()));
        words
    }

    #[test]
    fn words_end_at_spaces_and_punctuation() {
        assert_eq!(
            split("Rusia-AS: \"siap\", kata Trump's l'économie"),
            ["Rusia", "AS", "siap", "kata", "Trump", "s", "l", "économie"]
        );
        assert_eq!(split("G20 dan 7,2 COVID-19"), ["G20", "dan", "7", "2", "COVID", "19"]);
        assert_eq!(split("کتاب\u{200c}ها"), ["کتاب\u{200c}ها"]);
    }

    #[test]
    fn what_needs_no_tables_is_what_the_tables_say() {
        for c in '\0'..='\u{ffff}' {
            assert!(class(c) == class_by_tables(c), "{c}");
        }
    }

    #[test]
    fn initials_are_one_word() {
        assert_eq!(
            split("the U.S. and J. Smith in U.A.E. E.Mail"),
            ["the", "U.S", "and", "J", "Smith", "in", "U.A.E", "E", "Mail"]
        );
    }

    #[test]
    fn scripts_without_spaces_become_overlapping_pairs() {
        assert_eq!(split("東京で地震"), ["東京", "京で", "で地", "地震"]);
        assert_eq!(split("AI规制、米"), ["AI", "规制", "米"]);
        assert_eq!(split("ไทย"), ["ไท", "ทย"]);
        assert_eq!(split("ລາວ ខ្មែរ မြန်").len(), 2 + 4 + 3);
        assert_eq!(split("한국 대통령"), ["한국", "대통령"]);
    }

    #[test]
    fn a_piece_knows_whether_it_opens_a_sentence() {
        let text = "Gempa di Ambon. Warga lari";
        let mut opening = Vec::new();
        pieces(text, |piece| {
            if piece.opens {
                opening.push(text.get(piece.at).unwrap());
            }
        });
        assert_eq!(opening, ["Gempa", "Warga"]);
    }

    #[test]
    fn a_hostile_word_is_cut() {
        assert!(split(&"a".repeat(10_000)).iter().all(|word| word.len() <= LONGEST));
    }
}
