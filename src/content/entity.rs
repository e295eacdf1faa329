//! Character references of HTML. Knows the names that publishers really write; the whole list of 2,231 is html5ever's.

/// U+00A0 to U+00FF in order (HTML 4, Latin-1 entities).
const LATIN1: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf", "laquo", "not", "shy",
    "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot", "cedil", "sup1", "ordm",
    "raquo", "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig",
    "Ccedil", "Egrave", "Eacute", "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve",
    "Oacute", "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute", "THORN",
    "szlig", "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil", "egrave", "eacute", "ecirc",
    "euml", "igrave", "iacute", "icirc", "iuml", "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml",
    "divide", "oslash", "ugrave", "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml",
];

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
    /// A name that is not known here, or one without its semicolon: html5ever can tell.
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
        return Reference::Bare;
    }
    if text.get(end) == Some(&b';') {
        end += 1;
    }
    let code = match code {
        0x80..=0x9f => C1.get(code as usize - 0x80).map_or(0xfffd, |c| u32::from(*c)),
        0 => 0xfffd,
        code => code,
    };
    Reference::Char(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), end)
}

fn named(text: &[u8]) -> Reference {
    let length = text.iter().skip(1).take(32).take_while(|b| b.is_ascii_alphanumeric()).count();
    let name = text.get(1..=length).and_then(|name| std::str::from_utf8(name).ok()).unwrap_or_default();
    if text.get(length + 1) == Some(&b';') {
        return lookup(name).map_or(Reference::Unknown, |c| Reference::Char(c, length + 2));
    }
    // `&copy2024` and `&amp` are references by tradition, `AT&T` is not.
    let by_tradition = (2..=name.len().min(6)).any(|n| name.get(..n).is_some_and(is_traditional));
    if by_tradition { Reference::Unknown } else { Reference::Bare }
}

fn is_traditional(name: &str) -> bool {
    matches!(name, "amp" | "AMP" | "lt" | "LT" | "gt" | "GT" | "quot" | "QUOT" | "COPY" | "REG")
        || LATIN1.contains(&name)
}

fn lookup(name: &str) -> Option<char> {
    Some(match name {
        "amp" | "AMP" => '&',
        "lt" | "LT" => '<',
        "gt" | "GT" => '>',
        "quot" | "QUOT" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "hellip" | "mldr" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "horbar" => '―',
        "lsquo" => '‘',
        "rsquo" | "rsquor" => '’',
        "ldquo" => '“',
        "rdquo" | "rdquor" => '”',
        "sbquo" => '‚',
        "bdquo" => '„',
        "lsaquo" => '‹',
        "rsaquo" => '›',
        "bull" | "bullet" => '•',
        "dagger" => '†',
        "Dagger" => '‡',
        "permil" => '‰',
        "prime" => '′',
        "Prime" => '″',
        "euro" => '€',
        "trade" => '™',
        "minus" => '−',
        "ensp" => '\u{2002}',
        "emsp" => '\u{2003}',
        "thinsp" => '\u{2009}',
        "zwnj" => '\u{200c}',
        "zwj" => '\u{200d}',
        "lrm" => '\u{200e}',
        "rlm" => '\u{200f}',
        "OElig" => 'Œ',
        "oelig" => 'œ',
        "Scaron" => 'Š',
        "scaron" => 'š',
        "Zcaron" => 'Ž',
        "zcaron" => 'ž',
        "Yuml" => 'Ÿ',
        "fnof" => 'ƒ',
        "circ" => 'ˆ',
        "tilde" => '˜',
        "larr" => '←',
        "uarr" => '↑',
        "rarr" => '→',
        "darr" => '↓',
        "harr" => '↔',
        "rArr" => '⇒',
        "ne" => '≠',
        "le" => '≤',
        "ge" => '≥',
        "asymp" => '≈',
        "infin" => '∞',
        "radic" => '√',
        "sum" => '∑',
        "hearts" => '♥',
        "star" => '☆',
        "check" => '✓',
        "alpha" => 'α',
        "beta" => 'β',
        "gamma" => 'γ',
        "delta" => 'δ',
        "lambda" => 'λ',
        "mu" => 'μ',
        "pi" => 'π',
        "sigma" => 'σ',
        "omega" => 'ω',
        "Delta" => 'Δ',
        "Omega" => 'Ω',
        "num" => '#',
        "excl" => '!',
        "quest" => '?',
        "lpar" => '(',
        "rpar" => ')',
        "lsqb" | "lbrack" => '[',
        "rsqb" | "rbrack" => ']',
        "comma" => ',',
        "period" => '.',
        "colon" => ':',
        "semi" => ';',
        "plus" => '+',
        "equals" => '=',
        "percnt" => '%',
        "commat" => '@',
        "sol" => '/',
        "lowbar" => '_',
        "Tab" => '\t',
        "NewLine" => '\n',
        _ => {
            let at = LATIN1.iter().position(|latin| *latin == name)?;
            return char::from_u32(0xa0 + at as u32);
        }
    })
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
        assert_eq!(decode("&#146;&#0;&#xD800;&#99999999999;"), "’\u{fffd}\u{fffd}\u{fffd}");
    }

    #[test]
    fn an_ampersand_may_be_just_that() {
        assert_eq!(decode("AT&T, R&D & co &; &#; &"), "AT&T, R&D & co &; &#; &");
        assert_eq!(read(b"&T, "), Reference::Bare);
        assert_eq!(read(b"&copy2024"), Reference::Unknown);
        assert_eq!(read(b"&bigstar;"), Reference::Unknown);
    }

    #[test]
    fn escaped_text_means_itself() {
        let mut html = String::new();
        escape_into(&mut html, "<a href=\"x\">&amp;</a>");
        assert_eq!(decode(&html), "<a href=\"x\">&amp;</a>");
    }
}
