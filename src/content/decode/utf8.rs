//! UTF-8 with flaws: a text that was cut by bytes within a character, or whose characters were written by halves.

use std::borrow::Cow;

use super::RARE;

/// Bytes read as UTF-8, with U+FFFD for what is none.
pub(super) struct ByParts {
    pub text: String,
    broken: usize,
    /// Characters of more than one byte.
    whole: usize,
}

pub(super) fn by_parts(bytes: &[u8]) -> ByParts {
    let text = String::from_utf8_lossy(&joined(bytes)).into_owned();
    let (mut broken, mut whole) = (0, 0);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        *if c == char::REPLACEMENT_CHARACTER { &mut broken } else { &mut whole } += 1;
    }
    ByParts { text, broken, whole }
}

impl ByParts {
    /// Whatever the labels say: hardly a character of another encoding is one of UTF-8 by chance.
    pub(super) fn is_surely_utf8(&self) -> bool {
        self.whole >= self.broken * 8
    }

    /// Rather than any encoding that no label names.
    pub(super) fn is_likely_utf8(&self, is_said: bool) -> bool {
        self.whole > self.broken * 2 || is_said && self.broken * RARE < self.text.len() + RARE
    }
}

/// With the halves of each character joined: programs that count in UTF-16 encode them one by one (CESU-8).
fn joined(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut joined = Vec::new();
    let mut done = 0;
    for at in memchr::memchr_iter(0xed, bytes) {
        let Some(&[0xed, a @ 0xa0..=0xaf, b @ 0x80..=0xbf, 0xed, c @ 0xb0..=0xbf, d @ 0x80..=0xbf]) =
            bytes.get(at..at + 6)
        else {
            continue;
        };
        let high = u32::from(a & 0xf) << 6 | u32::from(b & 0x3f);
        let low = u32::from(c & 0xf) << 6 | u32::from(d & 0x3f);
        let Some(whole) = char::from_u32(0x1_0000 + (high << 10 | low)) else { continue };
        joined.extend_from_slice(bytes.get(done..at).unwrap_or_default());
        joined.extend_from_slice(whole.encode_utf8(&mut [0; 4]).as_bytes());
        done = at + 6;
    }
    if done == 0 {
        return Cow::Borrowed(bytes);
    }
    joined.extend_from_slice(bytes.get(done..).unwrap_or_default());
    Cow::Owned(joined)
}
