//! The feeds that a web page announces. A tolerant scan for `<link rel="alternate">`, no HTML parser: it must not hang or
//! run deep on a page that is hostile or broken, and it only looks at the beginning, where heads are.

use url::Url;

use super::decode;

/// A head that is longer than this announces nothing that a reader waits for.
const WINDOW: usize = 512 << 10;

const TYPES: [&str; 4] = ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/json"];

/// Elements whose content is text, not markup.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// The feeds announced by `<link rel="alternate" type=".." href="..">`, in document order, each once; absolute, http and
/// https. Only a page that is itself a file may name files.
#[must_use]
pub fn feeds(bytes: &[u8], content_type: Option<&str>, base: &Url) -> Vec<Url> {
    let window = bytes.get(..WINDOW.min(bytes.len())).unwrap_or(bytes);
    let text = decode::decode(window, content_type);
    let mut base = base.clone();
    let mut found: Vec<Url> = Vec::new();
    for tag in (Tags { rest: &text }) {
        let href = tag.attribute("href");
        match tag.name.as_str() {
            "base" => base = href.and_then(|href| base.join(&href).ok()).unwrap_or(base),
            "link" if tag.announces_a_feed() => {
                let url = href.and_then(|href| base.join(&href).ok());
                found.extend(url.filter(|url| is_allowed(url, &base) && !found.contains(url)));
            }
            _ => {}
        }
    }
    found
}

fn is_allowed(url: &Url, page: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") || (url.scheme() == "file" && page.scheme() == "file")
}

/// One start tag.
struct Tag {
    /// In small letters.
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn attribute(&self, name: &str) -> Option<String> {
        let (_, value) = self.attributes.iter().find(|(known, _)| known == name)?;
        Some(unescape(value.trim()))
    }

    fn announces_a_feed(&self) -> bool {
        let rel = self.attribute("rel").unwrap_or_default().to_ascii_lowercase();
        let kind = self.attribute("type").unwrap_or_default().to_ascii_lowercase();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        rel.split_ascii_whitespace().any(|word| word == "alternate") && TYPES.contains(&kind)
    }
}

/// The start tags of a page, as far as they can be made out.
struct Tags<'a> {
    rest: &'a str,
}

impl Iterator for Tags<'_> {
    type Item = Tag;

    fn next(&mut self) -> Option<Tag> {
        loop {
            let (_, after) = self.rest.split_once('<')?;
            self.rest = after;
            if let Some(comment) = after.strip_prefix("!--") {
                self.rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
                continue;
            }
            if !after.starts_with(|c: char| c.is_ascii_alphabetic()) {
                continue;
            }
            let tag = self.tag();
            if RAW.contains(&tag.name.as_str()) {
                self.skip_to_end_of(&tag.name);
            }
            return Some(tag);
        }
    }
}

impl<'a> Tags<'a> {
    fn tag(&mut self) -> Tag {
        let name = self.take(|c| c.is_whitespace() || matches!(c, '>' | '/')).to_ascii_lowercase();
        let mut attributes = Vec::new();
        loop {
            self.rest = self.rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if self.rest.is_empty() {
                break;
            }
            if let Some(rest) = self.rest.strip_prefix('>') {
                self.rest = rest;
                break;
            }
            let name = self.take(|c| c.is_whitespace() || matches!(c, '=' | '>' | '/')).to_ascii_lowercase();
            self.rest = self.rest.trim_start();
            let value = match self.rest.strip_prefix('=') {
                Some(rest) => {
                    self.rest = rest.trim_start();
                    self.value().to_owned()
                }
                None => String::new(),
            };
            attributes.push((name, value));
        }
        Tag { name, attributes }
    }

    fn value(&mut self) -> &'a str {
        let Some(quote) = self.rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
            return self.take(|c| c.is_whitespace() || c == '>');
        };
        let inside = self.rest.get(1..).unwrap_or_default();
        let (value, rest) = inside.split_once(quote).unwrap_or((inside, ""));
        self.rest = rest;
        value
    }

    /// What comes before the first character that ends it.
    fn take(&mut self, ends: impl Fn(char) -> bool) -> &'a str {
        let (taken, rest) = self.rest.split_at(self.rest.find(ends).unwrap_or(self.rest.len()));
        self.rest = rest;
        taken
    }

    fn skip_to_end_of(&mut self, name: &str) {
        loop {
            let Some((_, rest)) = self.rest.split_once("</") else {
                self.rest = "";
                return;
            };
            self.rest = rest;
            if rest.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name)) {
                return;
            }
        }
    }
}

/// The references that addresses are written with.
fn unescape(value: &str) -> String {
    let mut plain = value.to_owned();
    for (written, meant) in [
        ("&#38;", "&"),
        ("&#x26;", "&"),
        ("&#x2F;", "/"),
        ("&#x2f;", "/"),
        ("&#47;", "/"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ] {
        plain = plain.replace(written, meant);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(html: &str) -> Vec<String> {
        found_at(html, "https://a.example/news/")
    }

    fn found_at(html: &str, base: &str) -> Vec<String> {
        let base = Url::parse(base).unwrap();
        feeds(html.as_bytes(), Some("text/html; charset=utf-8"), &base).into_iter().map(String::from).collect()
    }

    #[test]
    fn a_page_announces_its_feeds_in_order_and_each_once() {
        let page = r#"<!doctype html><html><head><title>A <link> of sorts</title>
            <link rel="stylesheet" type="text/css" href="/a.css">
            <LINK REL='Alternate' TYPE='application/RSS+XML' TITLE=x HREF='/rss?a=1&amp;b=2'/>
            <link href=atom.xml type="application/atom+xml; charset=utf-8" rel="home alternate">
            <link rel="alternate" type="application/rss+xml" href="/rss?a=1&amp;b=2">
            <link rel=alternate type=application/feed+json href=//b.example/feed.json>"#;
        assert_eq!(
            found(page),
            ["https://a.example/rss?a=1&b=2", "https://a.example/news/atom.xml", "https://b.example/feed.json"]
        );
    }

    #[test]
    fn what_only_looks_like_an_announcement_is_none() {
        let link = r#"<link rel="alternate" type="application/rss+xml" href="/rss">"#;
        for page in [
            format!("<!-- {link} -->"),
            format!("<script>'{link}'</script>"),
            format!("<style>{link}"),
            link.replace("application/rss+xml", "application/json+oembed"),
            link.replace("alternate", "self"),
            link.replace("href", "data-href"),
            link.replace("/rss\"", "javascript:alert(1)\""),
        ] {
            assert_eq!(found(&page), [""; 0], "{page}");
        }
    }

    #[test]
    fn only_a_file_may_announce_files() {
        let page = r#"<link rel="alternate" type="application/rss+xml" href="file:///srv/a.xml">"#;
        assert_eq!(found(page), [""; 0]);
        assert_eq!(found_at(page, "file:///srv/index.html"), ["file:///srv/a.xml"]);
    }

    #[test]
    fn relative_addresses_follow_the_base_of_the_page() {
        let page = r#"<base href="/blog/"><link rel="alternate" type="application/rss+xml" href="feed">"#;
        assert_eq!(found(page), ["https://a.example/blog/feed"]);
    }

    #[test]
    fn broken_and_cut_off_pages_are_read_as_far_as_they_go() {
        for page in [
            "<",
            "<link",
            "<link rel",
            "<link rel=",
            "<link rel=\"",
            "<link rel='alternate",
            "<!--",
            "<a <b <c",
            "\u{0}",
        ] {
            assert_eq!(found(page), [""; 0], "{page}");
        }
        let far = format!("{}<link rel=alternate type=application/rss+xml href=/rss>", " ".repeat(WINDOW));
        assert_eq!(found(&far), [""; 0]);
        assert_eq!(feeds(b"\xff\xfe<link", None, &Url::parse("https://a.example/").unwrap()), []);
    }
}
