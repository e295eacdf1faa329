//! EBCDIC, the bytes of mainframes: code page 37 and what 500 has in other places.

/// Code page 37 in rows of sixteen; its line end (0x15) is that of everybody else.
const PAGE_37: [&str; 16] = [
    "\u{0}\u{1}\u{2}\u{3}\u{9c}\t\u{86}\u{7f}\u{97}\u{8d}\u{8e}\u{b}\u{c}\r\u{e}\u{f}",
    "\u{10}\u{11}\u{12}\u{13}\u{9d}\n\u{8}\u{87}\u{18}\u{19}\u{92}\u{8f}\u{1c}\u{1d}\u{1e}\u{1f}",
    "\u{80}\u{81}\u{82}\u{83}\u{84}\n\u{17}\u{1b}\u{88}\u{89}\u{8a}\u{8b}\u{8c}\u{5}\u{6}\u{7}",
    "\u{90}\u{91}\u{16}\u{93}\u{94}\u{95}\u{96}\u{4}\u{98}\u{99}\u{9a}\u{9b}\u{14}\u{15}\u{9e}\u{1a}",
    " \u{a0}âäàáãåçñ¢.<(+|",
    "&éêëèíîïìß!$*);¬",
    "-/ÂÄÀÁÃÅÇÑ¦,%_>?",
    "øÉÊËÈÍÎÏÌ`:#@'=\"",
    "Øabcdefghi«»ðýþ±",
    "°jklmnopqrªºæ¸Æ¤",
    "µ~stuvwxyz¡¿ÐÝÞ®",
    "^£¥·©§¶¼½¾[]¯¨´×",
    "{ABCDEFGHI\u{ad}ôöòóõ",
    "}JKLMNOPQR¹ûüùúÿ",
    "\\÷STUVWXYZ²ÔÖÒÓÕ",
    "0123456789³ÛÜÙÚ\u{9f}",
];

/// The places in which code page 500 differs.
const PAGE_500: [(u8, char); 7] =
    [(0x4a, '['), (0x4f, '!'), (0x5a, ']'), (0x5f, '^'), (0xb0, '¢'), (0xba, '¬'), (0xbb, '|')];

/// `<?xml`, `<rss`, `<feed`, behind white space.
pub(super) fn is_ebcdic(bytes: &[u8]) -> bool {
    let start = bytes.iter().position(|b| !matches!(b, 0x40 | 0x05 | 0x0d | 0x15 | 0x25)).unwrap_or(bytes.len());
    let document = bytes.get(start..).unwrap_or_default();
    [&b"\x4c\x6f\xa7\x94\x93"[..], b"\x4c\x99\xa2\xa2", b"\x4c\x86\x85\x85\x84"]
        .iter()
        .any(|root| document.starts_with(root))
}

pub(super) fn decode(bytes: &[u8]) -> String {
    let text = |table: &[char]| bytes.iter().map(|b| table.get(usize::from(*b)).copied().unwrap_or_default()).collect();
    let mut table: Vec<char> = PAGE_37.iter().flat_map(|row| row.chars()).collect();
    let plain: String = text(&table);
    let prolog = plain.get(..plain.find("?>").unwrap_or_default()).unwrap_or_default().to_ascii_lowercase();
    if !prolog.contains("500") {
        return plain;
    }
    for (byte, c) in PAGE_500 {
        if let Some(place) = table.get_mut(usize::from(byte)) {
            *place = c;
        }
    }
    text(&table)
}
