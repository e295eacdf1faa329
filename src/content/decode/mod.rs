//! Body bytes to text: byte order mark, HTTP charset, XML declaration and the bytes themselves, weighed together.
//! Does not parse the document.

mod charset;
mod ebcdic;
mod utf8;

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::memmem;

use charset::Charset;

/// How far into a document its XML declaration or `<meta charset>` is looked for.
const PROLOG: usize = 1024;

/// The body as text. Never fails: bytes that fit no encoding become U+FFFD. Borrows when the bytes are UTF-8 already.
///
/// Every declaration is only believed when the whole body can be read that way: publishers convert their pages
/// and forget the label.
#[must_use]
pub fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Cow<'a, str> {
    if let Some(text) = by_mark(bytes) {
        return text;
    }
    if let Some(text) = wide(bytes) {
        return text;
    }
    if ebcdic::is_ebcdic(bytes) {
        return Cow::Owned(ebcdic::decode(bytes));
    }
    let http = content_type.and_then(in_header);
    let xml = declared(bytes).and_then(Charset::named);
    let is_said = |encoding| [http, xml].contains(&Some(Charset::Web(encoding)));
    // Valid UTF-8 byte for byte, and still something else.
    if is_said(ISO_2022_JP)
        && let Some(text) = strictly(ISO_2022_JP, bytes)
    {
        return text;
    }
    // Text in another encoding is hardly ever valid UTF-8 by chance, so this outweighs any label.
    if let Some(text) = strictly(UTF_8, bytes) {
        return text;
    }
    let by_parts = utf8::by_parts(bytes);
    if by_parts.is_surely_utf8() {
        return Cow::Owned(by_parts.text);
    }
    if let Some(text) = labelled(bytes, http, xml) {
        return text;
    }
    if by_parts.is_likely_utf8(is_said(UTF_8)) { Cow::Owned(by_parts.text) } else { guessed(bytes) }
}

/// By the label of the server, else by that of the document, where it fits.
fn labelled(bytes: &[u8], http: Option<Charset>, xml: Option<Charset>) -> Option<Cow<'_, str>> {
    let fitting = |charset: Option<Charset>| {
        let charset = charset.filter(|charset| *charset != Charset::Web(UTF_8))?;
        Some((charset, charset.strictly(bytes)?))
    };
    let Some((said, text)) = fitting(http) else { return fitting(xml).map(|(_, text)| text) };
    // Many servers put this label on everything, and it fits everything.
    if said == Charset::Web(WINDOWS_1252)
        && xml != Some(said)
        && let Some((_, by_document)) = fitting(xml)
        && detected(bytes) != WINDOWS_1252
    {
        return Some(by_document);
    }
    Some(text)
}

fn by_mark(bytes: &[u8]) -> Option<Cow<'_, str>> {
    // UTF-32 first: the little-endian mark begins with that of UTF-16.
    if let Some(rest) = bytes.strip_prefix(&[0, 0, 0xfe, 0xff]) {
        return Some(Cow::Owned(utf32(rest, u32::from_be_bytes)));
    }
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe, 0, 0]) {
        return Some(Cow::Owned(utf32(rest, u32::from_le_bytes)));
    }
    let (encoding, length) = Encoding::for_bom(bytes)?;
    let rest = bytes.get(length..)?;
    if encoding == UTF_8 {
        // Converted by a program that knew the mark but not what followed.
        return std::str::from_utf8(rest).ok().map(Cow::Borrowed);
    }
    Some(encoding.decode_without_bom_handling(rest).0)
}

fn utf32(bytes: &[u8], read: fn([u8; 4]) -> u32) -> String {
    bytes
        .chunks_exact(4)
        .filter_map(|unit| unit.try_into().ok())
        .map(|unit| char::from_u32(read(unit)).unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// How much of a document shows how wide its characters are: what comes first are its tags or braces.
const SAMPLE: usize = 64;

/// UTF-16 or UTF-32 without a mark: whatever a document is labelled and written in, its tags or braces are ASCII, so
/// that most of its first characters leave the same bytes zero.
fn wide(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let zeros = |width: usize, at: usize| {
        let units = sample.chunks_exact(width);
        let all = units.len();
        let zeros = units.filter(|unit| unit.get(at) == Some(&0)).count();
        (zeros, all)
    };
    let mostly = |width, at| matches!(zeros(width, at), (zeros, all) if all > 1 && zeros * 3 > all * 2);
    let hardly = |width, at| matches!(zeros(width, at), (zeros, all) if all > 1 && zeros * 8 < all);
    if mostly(4, 0) && mostly(4, 1) && hardly(4, 3) {
        return Some(Cow::Owned(utf32(bytes, u32::from_be_bytes)));
    }
    if mostly(4, 2) && mostly(4, 3) && hardly(4, 0) {
        return Some(Cow::Owned(utf32(bytes, u32::from_le_bytes)));
    }
    // A name in another script may fill half of a short sample.
    let some = |at| matches!(zeros(2, at), (zeros, all) if all > 1 && zeros * 3 > all);
    let encoding = if some(1) && hardly(2, 0) {
        UTF_16LE
    } else if some(0) && hardly(2, 1) {
        UTF_16BE
    } else {
        return None;
    };
    // One that breaks off may do so within a character.
    let whole = bytes.get(..bytes.len() & !1)?;
    let (text, is_hurt) = encoding.decode_without_bom_handling(whole);
    let is_rubbish = || text.matches(char::REPLACEMENT_CHARACTER).count() * RARE > text.len();
    (!is_hurt || !is_rubbish()).then_some(text)
}

/// Of so many bytes one may be broken in a document that is whole otherwise.
const RARE: usize = 200;

fn strictly<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes)
}

/// The encoding named in a `Content-Type` header.
fn in_header(content_type: &str) -> Option<Charset> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        if !name.trim().eq_ignore_ascii_case("charset") {
            return None;
        }
        Charset::named(value.trim().trim_matches(['"', '\'']).as_bytes())
    })
}

/// The name of the encoding in an XML declaration (or an HTML `meta` element, since feeds are also searched for in pages).
fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let prolog = bytes.get(..PROLOG).unwrap_or(bytes);
    let value = if let Some(start) = memmem::find(prolog, b"<?xml") {
        let declaration = prolog.get(start..)?;
        let declaration = declaration.get(..memmem::find(declaration, b"?>")?)?;
        declaration.get(memmem::find(declaration, b"encoding")? + 8..)?
    } else {
        prolog.get(memmem::find(prolog, b"charset")? + 7..)?
    };
    let value = value.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let end = value.iter().position(|b| matches!(b, b'"' | b'\'' | b'>' | b' ' | b'/' | b';'))?;
    value.get(..end)
}

fn guessed(bytes: &[u8]) -> Cow<'_, str> {
    detected(bytes).decode_without_bom_handling(bytes).0
}

fn detected(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use encoding_rs::GB18030;

    use super::*;

    const XML: &str = "<?xml version=\"1.0\" encoding=\"LABEL\"?><t>Привет, мир. Это новости дня.</t>";

    fn labelled(label: &str) -> String {
        XML.replace("LABEL", label)
    }

    #[test]
    fn utf8_is_borrowed_whatever_the_label() {
        for label in ["utf-8", "windows-1251", "utf-16", "gb2312"] {
            let text = labelled(label);
            let decoded = decode(text.as_bytes(), Some("text/xml; charset=ISO-8859-1"));
            assert!(matches!(decoded, Cow::Borrowed(_)), "{label}");
            assert_eq!(decoded, text);
        }
    }

    #[test]
    fn the_xml_declaration_is_believed_when_it_fits() {
        let text = labelled("windows-1251");
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(&text);
        assert_eq!(decode(&bytes, None), text);
    }

    #[test]
    fn the_http_charset_is_believed_when_it_fits() {
        let (bytes, ..) = encoding_rs::KOI8_R.encode("<t>Привет</t>");
        assert_eq!(decode(&bytes, Some("text/xml; Charset=\"koi8-r\"")), "<t>Привет</t>");
    }

    #[test]
    fn gb2312_means_gb18030() {
        let text = "<?xml version='1.0' encoding='gb2312'?><t>镕㐀</t>";
        let (bytes, ..) = GB18030.encode(text);
        assert_eq!(decode(&bytes, None), text);
    }

    #[test]
    fn every_byte_order_mark_is_read() {
        let text = "<t>é</t>";
        let wide: Vec<u16> = text.encode_utf16().collect();
        let le: Vec<u8> = [0xff, 0xfe].into_iter().chain(wide.iter().flat_map(|u| u.to_le_bytes())).collect();
        let be: Vec<u8> = [0xfe, 0xff].into_iter().chain(wide.iter().flat_map(|u| u.to_be_bytes())).collect();
        let quad: Vec<u8> = "\u{feff}<t>é</t>".chars().flat_map(|c| (c as u32).to_be_bytes()).collect();
        let utf8 = format!("\u{feff}{text}");
        for bytes in [&le[..], &be, &quad, utf8.as_bytes()] {
            assert_eq!(decode(bytes, Some("text/xml; charset=utf-8")), text);
        }
        assert_eq!(decode(&le[2..], None), text, "without its mark");
        assert_eq!(decode(&be[2..], Some("text/xml; charset=utf-16be")), text);
    }

    #[test]
    fn unlabelled_text_is_guessed() {
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode("<t>Сегодня в Москве прошло заседание правительства</t>");
        assert!(decode(&bytes, None).contains("Москве"));
    }

    #[test]
    fn one_broken_byte_costs_one_character() {
        let text = labelled("utf-8");
        let mut bytes = text.clone().into_bytes();
        bytes.insert(text.find(", мир").unwrap(), 0xff);
        let decoded = decode(&bytes, None);
        assert!(decoded.contains("новости дня") && decoded.contains('\u{fffd}'));
    }

    #[test]
    fn a_few_broken_characters_do_not_make_it_another_encoding() {
        let text = "<rss><title>日本のニュース</title><description>今日は晴れ</description></rss>";
        let mut cut = text.as_bytes().to_vec();
        cut.splice(text.find("れ").unwrap() + 1..text.find("れ").unwrap() + 3, []);
        for label in [None, Some("text/xml; charset=shift_jis"), Some("text/xml; charset=iso-8859-1")] {
            assert_eq!(decode(&cut, label), text.replace('れ', "\u{fffd}"), "{label:?}");
        }
        let breaks_off = &text.as_bytes()[..text.find('晴').unwrap() + 2];
        assert!(decode(breaks_off, None).ends_with("今日は\u{fffd}"));
    }

    #[test]
    fn what_stands_in_windows_1252_within_a_latin_text_is_read_as_such_and_what_was_cut_is_not() {
        let head = b"<?xml version='1.0' encoding='utf-8'?><t>L\xe2\x80\x99\xc3\xa9t\xc3\xa9 ".as_slice();
        for (tail, text) in [
            (b"d\xe9j\xe0 \x93vu\x94".as_slice(), "déjà “vu”"),
            (b"caf\xc3 et \xe2\x80 caf", "caf\u{fffd} et \u{fffd} caf"),
        ] {
            assert!(decode(&[head, tail].concat(), None).ends_with(text), "{text}");
        }
        let russian = ["Привет, мир".as_bytes(), b"\xe9"].concat();
        assert!(decode(&russian, None).ends_with('\u{fffd}'));
    }

    #[test]
    fn a_label_of_utf8_is_not_believed_where_no_character_is_utf8() {
        let text = |quote: &[u8]| {
            [b"<?xml version='1.0' encoding='utf-8'?>", &b" ".repeat(900)[..], b"don", quote, b"t"].concat()
        };
        assert!(decode(&text(b"\x92"), None).ends_with("don’t"));
        let news = encoding_rs::WINDOWS_1251.encode("Сегодня в Москве").0.into_owned();
        assert!(decode(&[text(b"'"), news].concat(), None).ends_with("Сегодня в Москве"));
    }

    #[test]
    fn a_character_in_two_halves_is_one() {
        let halves = b"<t>a \xed\xa0\xbd\xed\xb8\x80 b</t>";
        assert_eq!(decode(halves, None), "<t>a 😀 b</t>");
        let half = [b"<t>".as_slice(), "äöü".repeat(10).as_bytes(), b"\xed\xa0\xbd</t>"].concat();
        assert!(decode(&half, None).contains("äöü\u{fffd}"));
    }

    #[test]
    fn the_label_that_servers_put_on_everything_yields_to_that_of_the_document_where_the_text_shows_it() {
        let russian = labelled("windows-1251");
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(&russian);
        assert_eq!(decode(&bytes, Some("text/xml; charset=iso-8859-1")), russian);
        let french = "<?xml version='1.0' encoding='windows-1251'?><t>L’été dernier, à la même époque, déjà</t>";
        let (bytes, ..) = WINDOWS_1252.encode(french);
        assert_eq!(decode(&bytes, Some("text/xml; charset=iso-8859-1")), french);
    }

    #[test]
    fn wide_characters_may_break_off_within_one() {
        let text = "<rss><title>Новости дня</title></rss>";
        let mut bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.push(b'\n');
        assert_eq!(decode(&bytes, None), text);
    }

    fn units<const N: usize>(text: &str, write: fn(char) -> Vec<[u8; N]>) -> Vec<u8> {
        text.chars().flat_map(write).flatten().collect()
    }

    #[test]
    fn wide_characters_are_known_by_their_zeros_whatever_the_labels_say() {
        let le: fn(char) -> Vec<[u8; 2]> = |c| c.encode_utf16(&mut [0; 2]).iter().map(|u| u.to_le_bytes()).collect();
        let be: fn(char) -> Vec<[u8; 2]> = |c| c.encode_utf16(&mut [0; 2]).iter().map(|u| u.to_be_bytes()).collect();
        let texts = [
            labelled("utf-8"),
            labelled("utf-16"),
            labelled("iso-8859-1"),
            " \n <rss><title>新华社：中国经济</title></rss>".to_owned(),
            "{\"version\": \"https://jsonfeed.org/version/1\"}".to_owned(),
        ];
        for text in texts {
            let long = text.clone() + &"漢字".repeat(500);
            for text in [text, long] {
                let forms = [
                    units(&text, le),
                    units(&text, be),
                    units(&text, |c| vec![u32::from(c).to_le_bytes()]),
                    units(&text, |c| vec![u32::from(c).to_be_bytes()]),
                ];
                for bytes in forms {
                    for label in [None, Some("text/xml"), Some("text/xml; charset=utf-16"), Some("x; charset=utf-8")] {
                        assert_eq!(decode(&bytes, label), text, "{label:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_label_of_wide_characters_on_narrow_ones_is_not_believed() {
        for label in ["utf-16", "utf-16be", "ucs-2", "utf-32", "ucs-4", "nonsense"] {
            let text = labelled(label);
            assert_eq!(decode(text.as_bytes(), Some(&format!("text/xml; charset={label}"))), text);
        }
    }

    #[test]
    fn ebcdic_is_read() {
        for (label, word) in [("cp037", "[Ä]!"), ("ebcdic-cp-be", "[Ä]!"), ("IBM1140", "€"), ("cp875", "Ειδήσεις!")]
        {
            let xml = format!("<?xml version=\"1.0\" encoding=\"{label}\"?><!-- ! --><rss>Hello {word}</rss>");
            let page: Vec<char> = charset::page(label.as_bytes()).unwrap().chars().collect();
            let byte = |c: char| 0x40 + page.iter().position(|known| *known == c).unwrap() as u8;
            let bytes: Vec<u8> = xml.chars().map(byte).collect();
            assert!(bytes.starts_with(&[0x4c, 0x6f, 0xa7]));
            assert_eq!(decode(&bytes, Some("text/xml; charset=utf-8")), xml, "{label}");
        }
        assert_eq!(decode(b"\x4c\x99\xa2\xa2\x6e\x15\x25\x0d\xc1", None), "<rss>\n\n\rA");
    }

    #[test]
    fn every_encoding_of_the_web_is_read_by_its_declaration() {
        for (label, word) in [
            ("iso-8859-1", "café"),
            ("iso-8859-2", "źródło"),
            ("iso-8859-5", "Новости"),
            ("iso-8859-6", "أخبار"),
            ("iso-8859-7", "Ειδήσεις"),
            ("iso-8859-8", "חדשות"),
            ("iso-8859-9", "Türkiye"),
            ("iso-8859-15", "œuvre €"),
            ("windows-1250", "źródło"),
            ("windows-1251", "Новости"),
            ("windows-1252", "“café”"),
            ("windows-1253", "Ειδήσεις"),
            ("windows-1254", "Türkiye"),
            ("windows-1255", "חדשות"),
            ("windows-1256", "أخبار"),
            ("windows-1257", "žinios"),
            ("koi8-r", "Новости"),
            ("koi8-u", "Новини"),
            ("macintosh", "café"),
            ("ibm866", "Новости"),
            ("tis-620", "ข่าว"),
            ("gbk", "新闻"),
            ("gb18030", "新闻㐀"),
            ("big5", "新聞"),
            ("euc-jp", "ニュース"),
            ("shift_jis", "ニュース"),
            ("iso-2022-jp", "ニュース"),
            ("euc-kr", "뉴스"),
        ] {
            let text = format!("<?xml version='1.0' encoding='{label}'?><rss><title>{word}</title></rss>");
            let (bytes, _, is_lossy) = Encoding::for_label(label.as_bytes()).unwrap().encode(&text);
            assert!(!is_lossy, "{label}");
            assert_eq!(decode(&bytes, Some("text/xml")), text, "{label}");
        }
    }
}
