//! The names that documents give to their encodings: those of the web, what other programs call them, and the code pages
//! of older systems.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030};

const PAGES: &str = include_str!("../../../assets/charsets.txt");

/// An encoding by whichever name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charset {
    Web(&'static Encoding),
    /// The characters of its upper half, above ASCII.
    Page(&'static str),
}

impl Charset {
    pub(super) fn named(label: &[u8]) -> Option<Self> {
        let encoding = Encoding::for_label(label).or_else(|| {
            let name = plain(label);
            Encoding::for_label(name.as_bytes()).or_else(|| Encoding::for_label(&usual(&name)?))
        });
        if let Some(encoding) = encoding {
            // Chinese publishers write the name of the oldest standard and use the newest.
            return Some(Self::Web(if encoding == encoding_rs::GBK { GB18030 } else { encoding }));
        }
        page(label).filter(|page| page.chars().count() == 128).map(Self::Page)
    }

    /// The text where every byte of it has a meaning.
    pub(super) fn strictly(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        match self {
            Self::Web(encoding) => encoding.decode_without_bom_handling_and_without_replacement(bytes),
            Self::Page(upper) => {
                let table: Vec<char> = upper.chars().collect();
                let mut text = String::with_capacity(bytes.len() * 2);
                for byte in bytes {
                    let c = match usize::from(*byte).checked_sub(0x80) {
                        None => char::from(*byte),
                        Some(at) => table.get(at).copied().filter(|c| *c != char::REPLACEMENT_CHARACTER)?,
                    };
                    text.push(c);
                }
                Some(Cow::Owned(text))
            }
        }
    }
}

/// The characters of a code page by one of its names.
pub(super) fn page(label: &[u8]) -> Option<&'static str> {
    let name = plain(label);
    let number = number(&name);
    PAGES.lines().filter_map(|line| line.split_once('\t')).find_map(|(names, page)| {
        names.split(' ').any(|known| known == name || number.is_some_and(|number| number == known)).then_some(page)
    })
}

/// Letters and digits only, in lower case: `ISO_8859-1` and `iso88591` are one name.
fn plain(label: &[u8]) -> String {
    label.iter().filter(|b| b.is_ascii_alphanumeric()).map(|b| char::from(b.to_ascii_lowercase())).take(40).collect()
}

/// Of `cp1251`, `windows1251`, `ibm850`, `437`: the number, without zeros before it.
fn number(plain: &str) -> Option<&str> {
    let makers = ["windows", "win", "cp", "csibm", "ibm", "ms", "xcp", "dos", "codepage"];
    let number = makers.iter().find_map(|maker| plain.strip_prefix(maker)).unwrap_or(plain).trim_start_matches('0');
    (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())).then_some(number)
}

/// The web's name for what other programs call otherwise.
fn usual(plain: &str) -> Option<Vec<u8>> {
    if let Some(part) = plain.strip_prefix("iso8859").or_else(|| plain.strip_prefix("8859")) {
        let part: String = part.chars().take_while(char::is_ascii_digit).collect();
        return Some(format!("iso-8859-{part}").into_bytes());
    }
    let usual = match number(plain) {
        Some(number @ ("1250" | "1251" | "1252" | "1253" | "1254" | "1255" | "1256" | "1257" | "1258" | "874")) => {
            return Some(format!("windows-{number}").into_bytes());
        }
        Some("866") => "ibm866",
        Some("932" | "943") => "shift_jis",
        Some("936" | "1386") => "gbk",
        Some("949") => "euc-kr",
        Some("950") => "big5",
        Some("20866") => "koi8-r",
        Some("21866") => "koi8-u",
        Some("51932") => "euc-jp",
        Some("54936") => "gb18030",
        Some("65001") => "utf-8",
        _ => match plain {
            "utf" | "utf8mb4" | "unicode11utf8" => "utf-8",
            "ucs2" | "utf16" | "unicode" => "utf-16",
            "mac" | "macroman" | "macwestern" => "macintosh",
            "maccyrillic" | "xmacukrainian" | "macukrainian" => "x-mac-cyrillic",
            "msansi" | "ansi" | "western" | "cswindows1252" => "windows-1252",
            "mscyrl" => "windows-1251",
            "msee" => "windows-1250",
            "msgreek" => "windows-1253",
            "msturk" => "windows-1254",
            "mshebr" => "windows-1255",
            "msarab" => "windows-1256",
            "winbaltrim" => "windows-1257",
            "sjis" | "xsjis" | "windows31j" | "shiftjisx0213" => "shift_jis",
            "eucjp" | "xeucjp" | "ujis" => "euc-jp",
            "euckr" | "uhc" | "ksc5601" | "ksx1001" => "euc-kr",
            "euccn" | "xeuccn" | "gb2312" | "gb231280" | "csgb2312" => "gbk",
            "big5hkscs" | "big5eten" => "big5",
            "koi" | "koi8" | "koi8ru" => "koi8-u",
            "tis620" => "windows-874",
            _ => return None,
        },
    };
    Some(usual.as_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_known_by_whatever_name() {
        for (label, name) in [
            ("windows_1251", "windows-1251"),
            ("CP-1251", "windows-1251"),
            ("win1251", "windows-1251"),
            ("ISO8859_15", "ISO-8859-15"),
            ("ISO 8859-2", "ISO-8859-2"),
            ("ms-cyrl", "windows-1251"),
            ("MacRoman", "macintosh"),
            ("cp936", "gb18030"),
            ("EUC_KR", "EUC-KR"),
            ("UTF8", "UTF-8"),
            ("cp65001", "UTF-8"),
        ] {
            let Some(Charset::Web(encoding)) = Charset::named(label.as_bytes()) else { panic!("{label}") };
            assert_eq!(encoding.name(), name, "{label}");
        }
        for label in ["", "nonsense", "iso-8859-99", "cp99999"] {
            assert_eq!(Charset::named(label.as_bytes()), None, "{label}");
        }
    }

    #[test]
    fn code_pages_of_older_systems_are_read() {
        for (label, bytes, text) in [
            ("IBM850", &b"caf\x82"[..], "café"),
            ("437", b"na\x8bve", "naïve"),
            ("cp852", b"\xabr\xa2d\x88o", "źródło"),
            ("CP737", b"\x84\xa0", "Ει"),
            ("cspc862latinhebrew", b"\x80\x81", "אב"),
            ("mac-centraleurope", b"\x90r\x97d\xb8o", "źródło"),
            ("x-mac-greek", b"\xa1", "Γ"),
        ] {
            let charset = Charset::named(label.as_bytes()).unwrap_or_else(|| panic!("{label}"));
            assert_eq!(charset.strictly(bytes).as_deref(), Some(text), "{label}");
        }
        let undefined = Charset::named(b"cp864").and_then(|charset| charset.strictly(b"\xff"));
        assert_eq!(undefined, None, "a byte without a meaning");
    }

    #[test]
    fn every_page_is_whole() {
        for line in PAGES.lines().filter(|line| !line.starts_with('#')) {
            let (names, page) = line.split_once('\t').unwrap();
            assert!(matches!(page.chars().count(), 128 | 192), "{names}");
        }
    }
}
