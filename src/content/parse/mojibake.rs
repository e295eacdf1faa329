//! Text that was UTF-8, was read as Latin-1 or windows-1252 and written as UTF-8 again (`Ã©`, `â€™`), as its author wrote it.

use std::cell::Cell;

use encoding_rs::WINDOWS_1252;

use super::super::entity;

/// What becomes of a text that its publisher has taken for windows-1252 and encoded again (`itâ€™s`), in a document that
/// was read rightly. What was taken for Latin-1 can have been nothing else and is always mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EncodedTwice {
    /// It is what the document says.
    Stays,
    /// It is read as its author wrote it.
    IsMended,
}

/// Mends the texts of one document.
pub(super) struct Mender {
    twice: EncodedTwice,
    has_left_some: Cell<bool>,
}

impl Mender {
    pub(super) fn new(twice: EncodedTwice) -> Self {
        Self { twice, has_left_some: Cell::new(false) }
    }

    /// Whether a text stays although it was encoded twice.
    pub(super) fn has_left_some(&self) -> bool {
        self.has_left_some.get()
    }

    /// The text, repaired as a whole where all of it comes from such bytes; single bytes of windows-1252 that were taken
    /// for Latin-1, which has control characters there, each alone.
    pub(super) fn mended(&self, text: String) -> String {
        if text.is_ascii() {
            return text;
        }
        match read_back(&text) {
            Some(Meant { text, by_latin1 }) if by_latin1 || self.twice == EncodedTwice::IsMended => text,
            Some(_) => {
                self.has_left_some.set(true);
                text
            }
            None => without_controls(text),
        }
    }
}

struct Meant {
    text: String,
    by_latin1: bool,
}

fn without_controls(text: String) -> String {
    // The second byte of what they are in UTF-8 begins no other character.
    if !memchr::memchr_iter(0xc2, text.as_bytes()).any(|at| text.as_bytes().get(at + 1).is_some_and(|b| *b < 0xa0)) {
        return text;
    }
    text.chars().map(|c| entity::meant_by_control(c).unwrap_or(c)).collect()
}

fn read_back(text: &str) -> Option<Meant> {
    // Most text says at its first letter that it was read rightly: two of the bytes make one character at least.
    let mut letters = text.chars().skip_while(char::is_ascii);
    if !letters.next().is_some_and(|c| ('\u{c2}'..='\u{f4}').contains(&c)) || letters.next()?.is_ascii() {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut by_latin1 = true;
    for c in text.chars() {
        if let Ok(byte) = u8::try_from(u32::from(c)) {
            bytes.push(byte);
        } else {
            by_latin1 = false;
            let mut utf8 = [0; 4];
            let (byte, _, is_lossy) = WINDOWS_1252.encode(c.encode_utf8(&mut utf8));
            bytes.push(byte.first().copied().filter(|_| !is_lossy)?);
        }
    }
    let meant = String::from_utf8(bytes).ok()?;
    // A capital before a quotation mark (`CAFÉ’S`) is two such bytes as well, and was meant as it stands.
    let by_chance = meant.chars().filter(|c| ('\u{100}'..='\u{7ff}').contains(c)).count() == 1;
    (by_latin1 || !by_chance).then_some(Meant { text: meant, by_latin1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_in_the_wrong_encoding_is_repaired_and_nothing_else() {
        for (written, meant) in [
            ("PrisiÃ³n", "Prisión"),
            ("Â© 2024", "© 2024"),
            ("Itâ€™s â€œfineâ€\u{9d} â€“ â‚¬5â€¦", "It’s “fine” – €5…"),
            ("ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет"),
            ("ZaÅ¼Ã³Å‚Ä‡ gÄ™Å›lÄ…", "Zażółć gęślą"),
            ("é", "é"),
            ("don\u{92}t \u{85} €", "don’t … €"),
            ("\u{93}日本\u{94}", "“日本”"),
            ("Ã© …", "Ã© …"),
            ("日本 Ã©", "日本 Ã©"),
            ("“CAFÉ”", "“CAFÉ”"),
            ("LE CAFÉ’S", "LE CAFÉ’S"),
            ("PÅ’ NORSK", "PÅ’ NORSK"),
            ("naïve café – “oui”", "naïve café – “oui”"),
        ] {
            assert_eq!(Mender::new(EncodedTwice::IsMended).mended(written.to_owned()), meant);
        }
    }
}
