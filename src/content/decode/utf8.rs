//! UTF-8 with flaws: a text that was cut by bytes within a character, or whose characters were written by halves.

use std::borrow::Cow;

use super::super::entity;
use super::RARE;

/// Bytes read as UTF-8, with U+FFFD for what is none.
pub(super) struct ByParts {
    pub text: String,
    broken: usize,
    /// Characters of more than one byte.
    whole: usize,
}

pub(super) fn by_parts(bytes: &[u8]) -> ByParts {
    let bytes = joined(bytes);
    let (mut broken, mut whole, mut latin) = (0, 0, 0);
    for chunk in bytes.utf8_chunks() {
        broken += usize::from(!chunk.invalid().is_empty());
        for c in chunk.valid().chars().filter(|c| !c.is_ascii() && *c != char::REPLACEMENT_CHARACTER) {
            whole += 1;
            latin += usize::from(matches!(c, '\u{80}'..='\u{24f}' | '\u{2000}'..='\u{20cf}'));
        }
    }
    let is_latin = latin * 10 >= whole * 9;
    let mut text = String::with_capacity(bytes.len() + broken * 2);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        match chunk.invalid() {
            [] => {}
            [stray] if is_latin && !begins_latin(*stray) => text.push(by_windows(*stray)),
            _ => text.push(char::REPLACEMENT_CHARACTER),
        }
    }
    ByParts { text, broken, whole }
}

/// Whether what follows this byte was cut off: it is the first one of the letters and signs that Latin is written with.
fn begins_latin(byte: u8) -> bool {
    matches!(byte, 0xc2..=0xc9 | 0xe2 | 0xf0)
}

/// In texts of several sources some are in windows-1252.
fn by_windows(byte: u8) -> char {
    let c = char::from(byte);
    entity::meant_by_control(c).unwrap_or(c)
}

impl ByParts {
    /// Whatever the labels say: hardly a character of another encoding is one of UTF-8 by chance.
    pub(super) fn is_surely_utf8(&self) -> bool {
        self.whole >= self.broken * 8
    }

    /// Rather than any encoding that no label names.
    pub(super) fn is_likely_utf8(&self, is_said: bool) -> bool {
        let is_hardly_hurt = || self.whole > 0 && self.broken * RARE < self.text.len();
        self.whole > self.broken * 2 || is_said && (self.whole >= self.broken || is_hardly_hurt())
    }
}

/// With the halves of each character joined: programs that count in UTF-16 encode them one by one (CESU-8). A half alone is
/// no character.
fn joined(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut joined = Vec::new();
    let mut done = 0;
    for at in memchr::memchr_iter(0xed, bytes) {
        let Some(high) = half(bytes, at).filter(|_| at >= done) else { continue };
        let low = half(bytes, at + 3).filter(|low| high < LOW && *low >= LOW);
        let whole = low.and_then(|low| char::from_u32(0x1_0000 + ((high & 0x3ff) << 10 | low & 0x3ff)));
        joined.extend_from_slice(bytes.get(done..at).unwrap_or_default());
        let c = whole.unwrap_or(char::REPLACEMENT_CHARACTER);
        joined.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        done = at + if whole.is_some() { 6 } else { 3 };
    }
    if done == 0 {
        return Cow::Borrowed(bytes);
    }
    joined.extend_from_slice(bytes.get(done..).unwrap_or_default());
    Cow::Owned(joined)
}

/// The first of the second halves.
const LOW: u32 = 0xdc00;

/// The half of a character (U+D800 to U+DFFF) that is encoded there.
fn half(bytes: &[u8], at: usize) -> Option<u32> {
    let &[0xed, second @ 0xa0..=0xbf, third @ 0x80..=0xbf] = bytes.get(at..at + 3)? else { return None };
    Some(0xd000 | u32::from(second & 0x3f) << 6 | u32::from(third & 0x3f))
}
