//! EBCDIC, the bytes of mainframes.

use super::{charset, declared};

/// The code page of a document that names none.
const USUAL: &[u8] = b"cp037";

/// `<?xml`, `<rss`, `<feed`, behind white space.
pub(super) fn is_ebcdic(bytes: &[u8]) -> bool {
    let start = bytes.iter().position(|b| !matches!(b, 0x40 | 0x05 | 0x0d | 0x15 | 0x25)).unwrap_or(bytes.len());
    let document = bytes.get(start..).unwrap_or_default();
    [&b"\x4c\x6f\xa7\x94\x93"[..], b"\x4c\x99\xa2\xa2", b"\x4c\x86\x85\x85\x84"]
        .iter()
        .any(|root| document.starts_with(root))
}

pub(super) fn decode(bytes: &[u8]) -> String {
    let usual = charset::page(USUAL).unwrap_or_default();
    // What a declaration is made of has the same bytes in all of them.
    let prolog = text(bytes.get(..super::PROLOG).unwrap_or(bytes), usual);
    let own = declared(prolog.as_bytes()).and_then(charset::page).filter(|page| page.chars().count() == 192);
    text(bytes, own.unwrap_or(usual))
}

/// `page` has the characters from 0x40 on; below are control characters.
fn text(bytes: &[u8], page: &str) -> String {
    let table: Vec<char> = page.chars().collect();
    let char = |byte: &u8| match byte {
        0x05 => '\t',
        0x0d => '\r',
        0x15 | 0x25 => '\n',
        _ => usize::from(*byte).checked_sub(0x40).and_then(|at| table.get(at)).copied().unwrap_or(' '),
    };
    bytes.iter().map(char).collect()
}
