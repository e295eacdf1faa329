//! URLs out of documents: made absolute, kept to schemes that are safe to follow.

use std::borrow::Cow;

use url::Url;

use super::sanitise::SCHEMES;

/// Longer addresses are data in disguise.
const LONGEST: usize = 8192;

/// What an `&` is written as in XML.
const AMPERSANDS: [&str; 3] = ["&amp;", "&#38;", "&#038;"];

/// The absolute form of a link found in a document whose base is `base`. `None` for what a reader cannot follow:
/// scripts, embedded data, places on the same page, broken addresses. The result is printable ASCII.
pub(super) fn link<'a>(raw: &'a str, base: &Url) -> Option<Cow<'a, str>> {
    let value = trimmed(raw);
    if value.len() > LONGEST {
        return None;
    }
    if AMPERSANDS.iter().any(|written| value.contains(written)) || value.starts_with("www.") {
        return absolute(trimmed(&meant(value)), base).map(|url| Cow::Owned(url.into_owned()));
    }
    absolute(value, base)
}

fn trimmed(raw: &str) -> &str {
    raw.trim_matches(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}'))
}

/// What was escaped more often than it was read, and what people write where a scheme belongs.
fn meant(value: &str) -> String {
    // As often as programs that pass it on to each other do.
    const TIMES: usize = 4;
    let mut meant = value.to_owned();
    for _ in 0..TIMES {
        for written in AMPERSANDS {
            meant = meant.replace(written, "&");
        }
    }
    if meant.starts_with("www.") { format!("https://{meant}") } else { meant }
}

fn absolute<'a>(value: &'a str, base: &Url) -> Option<Cow<'a, str>> {
    if value.is_empty() || value.starts_with('#') {
        return None;
    }
    if is_plain(value) {
        return Some(Cow::Borrowed(value));
    }
    let url = base.join(value).ok()?;
    if !SCHEMES.contains(&url.scheme()) {
        return None;
    }
    let text = String::from(url);
    (text.len() <= LONGEST).then_some(Cow::Owned(text))
}

/// The page that an item is about. A document that is a file itself may have its pages beside it; one from the web may
/// not name files.
pub(super) fn page<'a>(raw: &'a str, base: &Url) -> Option<Cow<'a, str>> {
    let beside = || {
        let url = base.join(raw.trim()).ok()?;
        (base.scheme() == "file" && url.scheme() == "file").then(|| Cow::Owned(url.into()))
    };
    link(raw, base).or_else(beside)
}

/// As [`link`], but only what can be fetched over HTTP: images, media, pages.
pub(super) fn resource<'a>(raw: &'a str, base: &Url) -> Option<Cow<'a, str>> {
    link(raw, base).filter(|url| is_http(url))
}

/// What an address without words of its own goes by: its host and path.
pub(super) fn label(url: &str) -> &str {
    let bare = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    bare.split(['?', '#']).next().unwrap_or(bare)
}

pub(super) fn is_http(url: &str) -> bool {
    url.starts_with("https:") || url.starts_with("http:")
}

/// An http(s) URL that can be taken as it stands: nothing in it that a URL parser would change for safety's sake.
pub(super) fn is_plain(value: &str) -> bool {
    let host = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"));
    host.is_some_and(|host| {
        host.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric)
            && host.bytes().all(|b| matches!(b, 0x21..=0x7e) && !matches!(b, b'"' | b'<' | b'>' | b'\\'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base() -> Url {
        Url::parse("https://contoh.id/berita/satu.html").unwrap()
    }

    #[test]
    fn addresses_become_absolute() {
        for (raw, absolute) in [
            ("https://a.id/x?y=1&z=2", "https://a.id/x?y=1&z=2"),
            ("/dua", "https://contoh.id/dua"),
            ("tiga.html", "https://contoh.id/berita/tiga.html"),
            ("//cdn.id/g.png", "https://cdn.id/g.png"),
            (" https://a.id/spasi di sini\n", "https://a.id/spasi%20di%20sini"),
            ("https://a.id/?x=1&amp;y=2", "https://a.id/?x=1&y=2"),
            ("https://a.id/?x=1&amp;amp;y=2", "https://a.id/?x=1&y=2"),
            ("https://a.id/?x=1&#038;y=2&amp;#38;z=3", "https://a.id/?x=1&y=2&z=3"),
            ("\u{200b}https://a.id/x", "https://a.id/x"),
            ("www.a.id/x", "https://www.a.id/x"),
            ("mailto:a@b.id", "mailto:a@b.id"),
            ("magnet:?xt=urn:btih:1", "magnet:?xt=urn:btih:1"),
            ("https://пример.рф/", "https://xn--e1afmkfd.xn--p1ai/"),
        ] {
            assert_eq!(link(raw, &base()).as_deref(), Some(absolute), "{raw}");
        }
    }

    #[test]
    fn an_address_that_is_escaped_without_end_is_none() {
        let escaped = |times| format!("https://a.id/?x=1&{}y=2", "amp;".repeat(times));
        assert_eq!(link(&escaped(4), &base()).as_deref(), Some("https://a.id/?x=1&y=2"));
        assert!(link(&escaped(2000), &base()).is_some());
        assert_eq!(link(&escaped(200_000), &base()), None);
    }

    #[test]
    fn only_a_file_has_pages_that_are_files() {
        let local = Url::parse("file:///srv/umpan/satu.xml").unwrap();
        assert_eq!(page("halaman/dua.html", &local).as_deref(), Some("file:///srv/umpan/halaman/dua.html"));
        assert_eq!(page("file:///etc/passwd", &base()), None);
        assert_eq!(page("javascript:alert(1)", &local), None);
    }

    #[test]
    fn what_cannot_be_followed_is_dropped() {
        for raw in [
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}JavaScript:x",
            "data:text/html,x",
            "file:///etc/passwd",
            "#catatan",
            "",
            "http://",
            "blob:https://a.id/1",
        ] {
            assert_eq!(link(raw, &base()), None, "{raw:?}");
        }
        assert_eq!(resource("mailto:a@b.id", &base()), None);
    }
}
