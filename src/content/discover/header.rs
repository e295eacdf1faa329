//! The feeds that the head of an answer announces: `Link: </rss>; rel="alternate"; type="application/rss+xml"` (RFC 8288).

use url::Url;

use super::page::announces_a_feed;
use super::{Candidate, join};
use crate::model::scrub;

/// In the order of the header; relative addresses are those of the document.
pub(super) fn announced(header: &str, base: &Url) -> impl Iterator<Item = Candidate> {
    Links { rest: header }.filter(Link::is_of_a_feed).filter_map(|link| {
        let title = scrub::line(&link.parameter("title").unwrap_or_default()).into_owned();
        Some(Candidate { url: join(base, link.target)?, title })
    })
}

/// One link with its parameters, as they are written.
struct Link<'a> {
    target: &'a str,
    parameters: &'a str,
}

impl Link<'_> {
    fn is_of_a_feed(&self) -> bool {
        let said = |name| self.parameter(name).unwrap_or_default();
        // With an anchor it is a link of another document.
        self.parameter("anchor").is_none() && announces_a_feed(&said("rel"), &said("type"))
    }

    /// Of several with one name the first counts.
    fn parameter(&self, wanted: &str) -> Option<String> {
        let mut rest = self.parameters;
        while !rest.is_empty() {
            let (parameter, after) = cut(rest, ';');
            rest = after;
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            if name.trim().eq_ignore_ascii_case(wanted) {
                return Some(unquoted(value.trim()));
            }
        }
        None
    }
}

/// The links of a header, or of several that were joined by commas.
struct Links<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Links<'a> {
    type Item = Link<'a>;

    fn next(&mut self) -> Option<Link<'a>> {
        let (_, after) = self.rest.split_once('<')?;
        let (target, after) = after.split_once('>')?;
        let (parameters, rest) = cut(after, ',');
        self.rest = rest;
        Some(Link { target, parameters })
    }
}

/// What stands before the first such sign that is not in quotes, and what stands behind it.
fn cut(text: &str, sign: char) -> (&str, &str) {
    let (mut is_quoted, mut is_escaped) = (false, false);
    let end = text.find(|c| {
        if std::mem::take(&mut is_escaped) {
            return false;
        }
        match c {
            '"' => is_quoted = !is_quoted,
            '\\' => is_escaped = is_quoted,
            _ => {}
        }
        c == sign && !is_quoted
    });
    let (before, from) = text.split_at(end.unwrap_or(text.len()));
    (before, from.strip_prefix(sign).unwrap_or_default())
}

fn unquoted(value: &str) -> String {
    let Some(quoted) = value.strip_prefix('"') else { return value.to_owned() };
    let mut plain = String::with_capacity(quoted.len());
    let mut characters = quoted.chars();
    while let Some(c) = characters.next().filter(|c| *c != '"') {
        plain.extend(if c == '\\' { characters.next() } else { Some(c) });
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(header: &str) -> Vec<(String, String)> {
        let base = Url::parse("https://a.example/news/").unwrap();
        announced(header, &base).map(|found| (found.url.into(), found.title)).collect()
    }

    #[test]
    fn a_header_announces_feeds_in_order_among_other_links() {
        let header = r#"</a.css>; rel=preload; as=style, <atom.xml> ;REL = "home Alternate";Type="application/atom+xml; charset=utf-8",
            <https://b.example/rss?a=1,2;b=3>; title="Koran, pagi; \"kini\""; rel=alternate; type=application/rss+xml"#;
        let feeds =
            [("https://a.example/news/atom.xml", ""), ("https://b.example/rss?a=1,2;b=3", "Koran, pagi; \"kini\"")];
        assert_eq!(found(header), feeds.map(|(url, title)| (url.to_owned(), title.to_owned())));
    }

    #[test]
    fn what_only_looks_like_an_announcement_in_a_header_is_none() {
        for header in [
            "",
            "<",
            "<>; rel=alternate; type=application/rss+xml",
            "</rss>",
            "</rss>; rel=alternate",
            "</rss>; rel=alternate; type=text/html",
            "</rss>; rel=self; type=application/rss+xml",
            "</rss>; rel=alternate; type=application/rss+xml; anchor=\"/lain\"",
            "<javascript:alert(1)>; rel=alternate; type=application/rss+xml",
            "<file:///etc/a.xml>; rel=alternate; type=application/rss+xml",
            "</a>; title=\"</rss>; rel=alternate; type=application/rss+xml",
            "</a>; title=\"x\\",
        ] {
            assert_eq!(found(header), [], "{header}");
        }
    }
}
