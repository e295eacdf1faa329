//! Repairs XML that its parser refuses: bare ampersands, impossible references, and the few constructs that feed-rs
//! stops at. Runs only after a failure.

use memchr::{memchr, memmem};

/// Deepest nesting of elements that is tried.
pub(super) const DEPTH: usize = 300;

/// Whether elements nest deeper than [`DEPTH`]; feed-rs recurses into some of them (`media:group`, `itunes:category`)
/// and would overflow the stack.
pub(super) fn is_too_deep(xml: &str) -> bool {
    let bytes = xml.as_bytes();
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr(b'<', rest)) {
        at += found + 1;
        match bytes.get(at) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'!' | b'?') => at = after_declaration(bytes, at),
            _ => {
                let Some(end) = bytes.get(at..).and_then(|rest| memchr(b'>', rest)) else {
                    return false;
                };
                if bytes.get((at + end).saturating_sub(1)) != Some(&b'/') {
                    depth += 1;
                    if depth > DEPTH {
                        return true;
                    }
                }
                at += end;
            }
        }
    }
    false
}

/// Behind the CDATA section, comment or declaration whose `!` or `?` is at `at`.
fn after_declaration(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let end: &[u8] = if rest.starts_with(b"![CDATA[") {
        b"]]>"
    } else if rest.starts_with(b"!--") {
        b"-->"
    } else {
        b">"
    };
    memmem::find(rest, end).map_or(bytes.len(), |found| at + found + end.len())
}

/// The same document, easier to read.
pub(super) fn mend(xml: &str) -> String {
    let mut mended = String::with_capacity(xml.len() + xml.len() / 16);
    let mut rest = xml;
    while let Some(at) = rest.find(['<', '&']) {
        let (plain, tail) = rest.split_at(at);
        mended.push_str(plain);
        let bytes = tail.as_bytes();
        let taken = if bytes.first() == Some(&b'&') {
            reference(tail, &mut mended)
        } else {
            match bytes.get(1) {
                Some(b'!') => {
                    let end = after_declaration(bytes, 1);
                    mended.push_str(tail.get(..end).unwrap_or(tail));
                    end
                }
                Some(b) if b.is_ascii_alphabetic() || matches!(b, b'/' | b'_' | b'?' | 0x80..) => {
                    mended.push('<');
                    1
                }
                _ => {
                    mended.push_str("&lt;");
                    1
                }
            }
        };
        rest = tail.get(taken..).unwrap_or_default();
    }
    mended.push_str(rest);
    quirks(mended)
}

/// Copies the reference at the start of `text` if XML knows its like; returns how much of `text` that was.
fn reference(text: &str, out: &mut String) -> usize {
    let body: &str = text.get(1..).unwrap_or_default();
    let length = body.bytes().take(32).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    let name = body.get(..length).unwrap_or_default();
    if length == 0 || body.as_bytes().get(length) != Some(&b';') {
        out.push_str("&amp;");
        return 1;
    }
    let code = match name.strip_prefix('#') {
        None => Some(u32::from(b'a')),
        Some(hex) if hex.starts_with(['x', 'X']) => u32::from_str_radix(hex.trim_start_matches(['x', 'X']), 16).ok(),
        Some(decimal) => decimal.parse().ok(),
    };
    if code.and_then(char::from_u32).is_some_and(|c| !c.is_control() || c == '\n' || c == '\t') {
        out.push('&');
        out.push_str(name);
        out.push(';');
    }
    length + 2
}

/// What feed-rs 3.0 gives the whole feed up for.
fn quirks(mut xml: String) -> String {
    const REPLACED: [(&str, &str); 11] = [
        // Text types that Atom does not have.
        ("type=\"text/plain\"", "type=\"text\""),
        ("type=\"plain\"", "type=\"text\""),
        ("type=\"HTML\"", "type=\"html\""),
        ("type=\"application/xhtml+xml\"", "type=\"xhtml\""),
        ("type=\"\"", "type=\"text\""),
        // A base that is no URL.
        ("xml:base=", "xml-base="),
        // Media titles without text.
        ("<media:title/>", ""),
        ("<media:description/>", ""),
        ("></media:title>", "> </media:title>"),
        ("></media:description>", "> </media:description>"),
        ("<![CDATA[]]>", " "),
    ];
    for (from, to) in REPLACED {
        if memmem::find(xml.as_bytes(), from.as_bytes()).is_some() {
            xml = xml.replace(from, to);
        }
    }
    known_types(&xml)
}

/// Atom knows three types of text; feed-rs refuses a feed for a fourth (`markdown`). What is not known is shown as text.
fn known_types(xml: &str) -> String {
    const TEXTS: [&str; 5] = ["title", "summary", "content", "subtitle", "rights"];
    let mut known = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(at) = rest.find(" type=\"") {
        let (before, after) = rest.split_at(at);
        let name = before.rsplit('<').next().unwrap_or_default();
        let name = name.split_whitespace().next().unwrap_or_default();
        let value = after.split('"').nth(1).unwrap_or_default();
        let is_unknown =
            TEXTS.contains(&name) && !matches!(value, "text" | "html" | "xhtml" | "text/html") && !value.contains('/');
        known.push_str(before);
        known.push_str(if is_unknown { " type=\"text\" stated-" } else { " " });
        rest = after.split_at(1).1;
        let (attribute, after) = rest.split_at(rest.find('"').map_or(rest.len(), |quote| quote + 1));
        known.push_str(attribute);
        rest = after;
    }
    known.push_str(rest);
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_mended_outside_of_cdata() {
        let xml = "<t>AT&T &amp; &#0;&#27;&#233;&x &nbsp; 1 < 2</t><![CDATA[a & b &#0;]]>";
        assert_eq!(mend(xml), "<t>AT&amp;T &amp; &#233;&amp;x &nbsp; 1 &lt; 2</t><![CDATA[a & b &#0;]]>");
    }

    #[test]
    fn depth_is_counted_in_elements() {
        let flat = "<a><b/><!-- <c> --><![CDATA[<d><d>]]></a>".repeat(1000);
        assert!(!is_too_deep(&flat));
        assert!(is_too_deep(&"<media:group>".repeat(DEPTH + 1)));
    }
}
