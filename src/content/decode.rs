//! Body bytes to text: byte order mark, HTTP charset, XML declaration and the bytes themselves, weighed together.
//! Does not parse the document.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;

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
    let http = content_type.and_then(charset);
    let xml = declared(bytes);
    // These three are valid UTF-8 byte for byte, and still something else.
    for encoding in [http, xml].into_iter().flatten() {
        let plausible = if encoding == UTF_16LE || encoding == UTF_16BE {
            bytes.iter().take(64).any(|b| *b == 0)
        } else {
            encoding == ISO_2022_JP
        };
        if plausible && let Some(text) = strictly(encoding, bytes) {
            return text;
        }
    }
    if let Some(encoding) = unmarked_utf16(bytes)
        && let Some(text) = strictly(encoding, bytes)
    {
        return text;
    }
    // Text in another encoding is hardly ever valid UTF-8 by chance, so this outweighs any label.
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    for encoding in [http, xml].into_iter().flatten() {
        if encoding != UTF_8
            && let Some(text) = strictly(encoding, bytes)
        {
            return text;
        }
    }
    guessed(bytes, http == Some(UTF_8) || xml == Some(UTF_8))
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

/// A document that starts with a `<` or `{` of two bytes.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [b'<' | b'{', 0, next, 0, ..] if *next != 0 => Some(UTF_16LE),
        [0, b'<' | b'{', 0, next, ..] if *next != 0 => Some(UTF_16BE),
        _ => None,
    }
}

fn strictly<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes)
}

fn label(name: &[u8]) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(name)?;
    // Chinese publishers write the name of the oldest standard and use the newest.
    Some(if encoding == encoding_rs::GBK { GB18030 } else { encoding })
}

/// The encoding named in a `Content-Type` header.
fn charset(content_type: &str) -> Option<&'static Encoding> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        if !name.trim().eq_ignore_ascii_case("charset") {
            return None;
        }
        label(value.trim().trim_matches(['"', '\'']).as_bytes())
    })
}

/// The encoding named in an XML declaration (or an HTML `meta` element, since feeds are also searched for in pages).
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
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
    label(value.get(..end)?)
}

fn guessed(bytes: &[u8], said_utf8: bool) -> Cow<'_, str> {
    // A few broken bytes in a document that calls itself UTF-8: keep the rest of it.
    if said_utf8 {
        let text = String::from_utf8_lossy(bytes);
        let broken = text.matches(char::REPLACEMENT_CHARACTER).count();
        if broken * 200 < bytes.len() + 200 {
            return text;
        }
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Allow);
    encoding.decode_without_bom_handling(bytes).0
}

#[cfg(test)]
mod tests {
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
}
