//! Character references of HTML, by the list of its standard.

use web_atoms::NAMED_ENTITIES;

/// Windows-1252 code points that HTML reads for the C1 range (HTML Living Standard § 13.2.5.80).
const C1: [u16; 32] = [
    0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d,
    0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d,
    0x17e, 0x178,
];

/// What begins at an `&`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reference {
    /// A character, and how many bytes of text name it (the `&` included).
    Char(char, usize),
    /// Only an ampersand.
    Bare,
    /// A name that nobody knows, one of two characters, or one without its semicolon: html5ever can tell.
    Unknown,
}

/// Reads the reference at the start of `text`, which begins with `&`.
pub(super) fn read(text: &[u8]) -> Reference {
    match text.get(1) {
        Some(b'#') => numeric(text),
        Some(b) if b.is_ascii_alphabetic() => named(text),
        _ => Reference::Bare,
    }
}

fn numeric(text: &[u8]) -> Reference {
    let Some((code, end)) = number(text) else { return Reference::Bare };
    // Programs that count in UTF-16 write some characters as two halves: `&#55357;&#56832;`.
    if let 0xd800..=0xdbff = code
        && let Some((low @ 0xdc00..=0xdfff, length)) = text.get(end..).and_then(number)
        && let Some(whole) = char::from_u32(0x1_0000 + ((code & 0x3ff) << 10 | low & 0x3ff))
    {
        return Reference::Char(whole, end + length);
    }
    let code = match code {
        0x80..=0x9f => C1.get(code as usize - 0x80).map_or(0xfffd, |c| u32::from(*c)),
        0 => 0xfffd,
        code => code,
    };
    Reference::Char(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), end)
}

/// What a numeric reference at the start of `text` says, and its length.
fn number(text: &[u8]) -> Option<(u32, usize)> {
    if !text.starts_with(b"&#") {
        return None;
    }
    let (radix, start) = match text.get(2) {
        Some(b'x' | b'X') => (16, 3),
        _ => (10, 2),
    };
    let mut end = start;
    let mut code: u32 = 0;
    while let Some(digit) = text.get(end).and_then(|b| char::from(*b).to_digit(radix)) {
        code = code.saturating_mul(radix).saturating_add(digit);
        end += 1;
    }
    if end == start {
        return None;
    }
    if text.get(end) == Some(&b';') {
        end += 1;
    }
    Some((code, end))
}

fn named(text: &[u8]) -> Reference {
    let length = text.iter().skip(1).take(32).take_while(|b| b.is_ascii_alphanumeric()).count();
    let part = |end: usize| text.get(1..=end).and_then(|name| std::str::from_utf8(name).ok()).unwrap_or_default();
    if text.get(length + 1) == Some(&b';') {
        return lookup(part(length + 1)).map_or(Reference::Unknown, |c| Reference::Char(c, length + 2));
    }
    // `&copy2024` and `&amp` are references by tradition, `AT&T` is not: the list has those without the semicolon.
    let by_tradition = (2..=length.min(6)).any(|end| lookup(part(end)).is_some());
    if by_tradition { Reference::Unknown } else { Reference::Bare }
}

/// What HTML reads of a name that is [`Reference::Unknown`], in text: the longest of its old names that it begins with, which
/// need no semicolon (`&copy2024`, `&notit;`). `None` also for a name of two characters.
pub(super) fn traditional(text: &[u8]) -> Option<(char, usize)> {
    let name = text.get(1..)?;
    let length = name.iter().take(32).take_while(|b| b.is_ascii_alphanumeric()).count();
    let part = |end: usize| name.get(..end).and_then(|name| std::str::from_utf8(name).ok());
    let is_whole = name.get(length) == Some(&b';');
    if is_whole && part(length + 1).is_some_and(|name| NAMED_ENTITIES.contains_key(name)) {
        return None;
    }
    (2..=length.min(6)).rev().find_map(|end| Some((lookup(part(end)?)?, end + 1)))
}

/// The character of a name with its semicolon. The list also has the beginnings of names, with no character.
fn lookup(name: &str) -> Option<char> {
    match name {
        "amp;" => return Some('&'),
        "lt;" => return Some('<'),
        "gt;" => return Some('>'),
        "quot;" => return Some('"'),
        "nbsp;" => return Some('\u{a0}'),
        _ => {}
    }
    let (first, second) = NAMED_ENTITIES.get(name)?;
    if *second == 0 { char::from_u32(*first).filter(|c| *c != '\0') } else { None }
}

/// The character that a C1 control stands for where text of windows-1252 was taken for Latin-1.
pub(super) fn meant_by_control(c: char) -> Option<char> {
    let at = u32::from(c).checked_sub(0x80)?;
    C1.get(at as usize).and_then(|meant| char::from_u32(u32::from(*meant))).filter(|meant| *meant != c)
}

/// Decodes every reference that is known; the others stay as they are written.
pub(super) fn decode(text: &str) -> std::borrow::Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else {
        return std::borrow::Cow::Borrowed(text);
    };
    let (head, mut rest) = text.split_at(first);
    let mut decoded = String::with_capacity(text.len());
    decoded.push_str(head);
    while !rest.is_empty() {
        let taken = match read(rest.as_bytes()) {
            Reference::Char(c, length) => {
                decoded.push(c);
                length
            }
            Reference::Bare | Reference::Unknown => {
                decoded.push('&');
                1
            }
        };
        let (_, after) = rest.split_at(taken);
        let next = memchr::memchr(b'&', after.as_bytes()).unwrap_or(after.len());
        let (plain, tail) = after.split_at(next);
        decoded.push_str(plain);
        rest = tail;
    }
    std::borrow::Cow::Owned(decoded)
}

/// Appends `text` so that it means itself in HTML, in text as well as in a double-quoted attribute.
pub(super) fn escape_into(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"']) {
        let (plain, tail) = rest.split_at(at);
        out.push_str(plain);
        let mut chars = tail.chars();
        out.push_str(match chars.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            _ => "&quot;",
        });
        rest = chars.as_str();
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_references_are_read() {
        assert_eq!(decode("a &amp;amp; b &#233;&#xE9;&eacute;&hellip;"), "a &amp; b ééé…");
        assert_eq!(decode("&#55357;&#56832; &#xD83D;&#xDE00; &#xD83D; &#xDE00;"), "😀 😀 \u{fffd} \u{fffd}");
        assert_eq!(decode("&#146;&#0;&#xD800;&#99999999999;"), "’\u{fffd}\u{fffd}\u{fffd}");
    }

    #[test]
    fn an_ampersand_may_be_just_that() {
        assert_eq!(decode("AT&T, R&D & co &; &#; &"), "AT&T, R&D & co &; &#; &");
        assert_eq!(read(b"&T, "), Reference::Bare);
        assert_eq!(read(b"&copy2024"), Reference::Unknown);
        assert_eq!(read(b"&bukan;"), Reference::Unknown);
        assert_eq!(read(b"&NotEqualTilde;"), Reference::Unknown, "two characters");
    }

    #[test]
    fn every_name_of_the_standard_is_known() {
        for (reference, c) in
            [("&cap;", '∩'), ("&Omega;", 'Ω'), ("&crarr;", '↵'), ("&starf;", '★'), ("&there4;", '∴'), ("&Ccaron;", 'Č')]
        {
            assert_eq!(decode(reference), c.to_string());
        }
        assert_eq!(decode("&sub &notit; &am;"), "&sub &notit; &am;");
    }

    #[test]
    fn an_old_name_needs_no_semicolon_in_text() {
        for (text, read) in [
            ("&copy2024", Some(('©', 5))),
            ("&notit;", Some(('¬', 4))),
            ("&amp", Some(('&', 4))),
            ("&Auml", Some(('Ä', 5))),
            ("&notinE;", None),
            ("&bukan;", None),
            ("&", None),
        ] {
            assert_eq!(traditional(text.as_bytes()), read, "{text}");
        }
    }

    #[test]
    fn escaped_text_means_itself() {
        let mut html = String::new();
        escape_into(&mut html, "<a href=\"x\">&amp;</a>");
        assert_eq!(decode(&html), "<a href=\"x\">&amp;</a>");
    }
}
