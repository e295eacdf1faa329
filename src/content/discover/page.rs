//! The feeds that a web page announces: in `<link rel="alternate">`, in its `Link` header, in JSON-LD, and by what it was
//! made with; where it announces none, those it links to. Only the beginning of the page is looked at, where heads are.

use serde_json::Value;
use url::Url;

use super::super::decode;
use super::tags::{Tag, Tags};
use super::{Candidate, header, join};

/// A head that is longer than this announces nothing that a reader waits for. Those of some players have more than half a
/// megabyte of scripts before their feed.
const WINDOW: usize = 2 << 20;

const TYPES: [&str; 8] = [
    "application/rss+xml",
    "application/atom+xml",
    "application/x.atom+xml",
    "application/feed+json",
    "application/json",
    "application/rdf+xml",
    "application/xml",
    "text/xml",
];

/// JSON-LD is nested no deeper than this where it names feeds.
const DEPTH: usize = 8;

/// What announces feeds, in document order, each once; absolute, http and https. Only a page that is itself a file may name
/// files. Feeds of comments come last. `links` is the answer's `Link` header.
#[must_use]
pub fn announced(bytes: &[u8], content_type: Option<&str>, links: Option<&str>, base: &Url) -> Vec<Candidate> {
    let window = bytes.get(..WINDOW.min(bytes.len())).unwrap_or(bytes);
    let text = decode::decode(window, content_type);
    let mut page =
        Page { base: base.clone(), found: Vec::new(), later: Vec::new(), linked: Vec::new(), kept: Vec::new() };
    for tag in (Tags { rest: &text }) {
        page.look(&tag);
    }
    let Page { base: own_base, mut found, later, linked, kept } = page;
    for Candidate { url, title } in header::announced(links.unwrap_or_default(), base) {
        add(&mut found, base, url.as_str(), title);
    }
    for (href, title) in later {
        add(&mut found, &own_base, &href, title);
    }
    if found.is_empty() {
        for href in linked.into_iter().chain(kept) {
            add(&mut found, &own_base, &href, String::new());
        }
    }
    found.sort_by_key(Candidate::is_of_comments);
    found
}

/// The page that this one only leads to: `<meta http-equiv="refresh" content="0; url=/id/">`.
#[must_use]
pub fn onward(bytes: &[u8], content_type: Option<&str>, base: &Url) -> Option<Url> {
    let window = bytes.get(..WINDOW.min(bytes.len())).unwrap_or(bytes);
    let text = decode::decode(window, content_type);
    (Tags { rest: &text }).find_map(|tag| {
        let is_refresh =
            tag.name == "meta" && tag.attribute("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("refresh"));
        let content = tag.attribute("content").filter(|_| is_refresh)?;
        let (_, target) = content.split_once([';', ','])?;
        let target = target.trim_start();
        let start = target.get(..3).filter(|start| start.eq_ignore_ascii_case("url"))?;
        let target = target.strip_prefix(start)?.trim_start().strip_prefix('=')?;
        join(base, target.trim().trim_matches(['"', '\''])).filter(|url| url != base)
    })
}

struct Page {
    base: Url,
    found: Vec<Candidate>,
    /// Less certain than a link: what data or the software say.
    later: Vec<(String, String)>,
    /// For people to click on.
    linked: Vec<String>,
    /// Less certain than these.
    kept: Vec<String>,
}

impl Page {
    fn look(&mut self, tag: &Tag) {
        let href = tag.attribute("href");
        match tag.name.as_str() {
            "base" => {
                if let Some(base) = href.and_then(|href| self.base.join(&href).ok()) {
                    self.base = base;
                }
            }
            "link" | "a" if is_of_a_feed(tag) => {
                let title = tag.attribute("title").unwrap_or_default();
                add(&mut self.found, &self.base, &href.unwrap_or_default(), title);
            }
            "script" if tag.attribute("type").is_some_and(|kind| is_data(&kind)) => {
                if let Some(data) = data(&tag.text) {
                    self.look_at_data(&data, DEPTH);
                }
            }
            // The interface of WordPress is beside the feed.
            "link" if tag.attribute("rel").as_deref() == Some("https://api.w.org/") => {
                let beside = href.and_then(|href| Some(format!("{}/feed/", href.strip_suffix("/wp-json/")?)));
                self.later.extend(beside.map(|feed| (feed, String::new())));
            }
            "meta" => self.look_at_meta(tag),
            "a" => self.look_at_link(tag, href),
            _ => {}
        }
    }

    fn look_at_link(&mut self, tag: &Tag, href: Option<String>) {
        let Some(href) = href else { return };
        if is_called_a_feed(&href) || is_labelled_a_feed(tag) {
            self.linked.push(href);
        } else if is_kept_with_feeds(&href) {
            self.kept.push(href);
        }
    }

    /// schema.org's `webFeed`, and downloads whose format is a feed's.
    fn look_at_data(&mut self, data: &Value, depth: usize) {
        let inner: Vec<&Value> = match data {
            Value::Array(values) => values.iter().collect(),
            Value::Object(fields) => {
                let text = |name: &str| fields.get(name).and_then(Value::as_str);
                let kinds = match fields.get("@type") {
                    Some(Value::Array(kinds)) => kinds.as_slice(),
                    kind => kind.map(std::slice::from_ref).unwrap_or_default(),
                };
                let is_feed = text("encodingFormat").is_some_and(|kind| TYPES.contains(&kind))
                    || kinds.iter().any(|kind| kind == "DataFeed");
                let url = text("webFeed").or_else(|| text("contentUrl").or(text("url")).filter(|_| is_feed));
                self.later.extend(url.map(|url| (url.to_owned(), text("name").unwrap_or_default().to_owned())));
                fields.values().collect()
            }
            _ => return,
        };
        if depth > 0 {
            for value in inner {
                self.look_at_data(value, depth - 1);
            }
        }
    }

    /// The software that made the page, where its feeds are always at the same place; and a video channel's own id.
    fn look_at_meta(&mut self, tag: &Tag) {
        let content = tag.attribute("content").unwrap_or_default();
        let name = tag.attribute("name").or_else(|| tag.attribute("itemprop")).unwrap_or_default();
        let content_low = content.to_ascii_lowercase();
        let feed = match name.to_ascii_lowercase().as_str() {
            "generator" if content_low.starts_with("wordpress") => "/feed/".to_owned(),
            "generator" if content_low.starts_with("blogger") => "/feeds/posts/default".to_owned(),
            "generator" if content_low.starts_with("ghost") => "/rss/".to_owned(),
            "identifier" | "channelid" if content.starts_with("UC") && self.base.path().len() > 1 => {
                let is_youtube = self.base.host_str().is_some_and(|host| host.ends_with("youtube.com"));
                if !is_youtube {
                    return;
                }
                format!("/feeds/videos.xml?channel_id={content}")
            }
            _ => return,
        };
        self.later.push((feed, String::new()));
    }
}

fn add(found: &mut Vec<Candidate>, base: &Url, href: &str, title: String) {
    let Some(url) = join(base, href) else { return };
    if !found.iter().any(|known| known.url == url) {
        found.push(Candidate { url, title });
    }
}

/// What a script of data holds, also where comments hide it from programs of old.
fn data(text: &str) -> Option<Value> {
    let within = || {
        let (start, end) = text.find('{').zip(text.rfind('}'))?;
        serde_json::from_str(&format!("[{}]", text.get(start..=end)?)).ok()
    };
    serde_json::from_str(text.trim()).ok().or_else(within)
}

/// By a word beside its text.
fn is_labelled_a_feed(tag: &Tag) -> bool {
    ["title", "class", "aria-label"]
        .into_iter()
        .filter_map(|name| tag.attribute(name))
        .any(|label| label.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case("rss")))
}

/// By the name of the file, or of the last folder.
fn is_called_a_feed(href: &str) -> bool {
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
    match ending {
        "rss" | "atom" | "rdf" => true,
        "" | "xml" | "json" | "php" => matches!(stem, "rss" | "rss2" | "feed" | "feeds" | "atom"),
        _ => false,
    }
}

/// `application/ld+json`, perhaps with its charset.
fn is_data(kind: &str) -> bool {
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"))
}

/// By the folder or the host that a site keeps its feeds in: `/rss/dunia.xml`, `https://rss.a.example/dunia`.
fn is_kept_with_feeds(href: &str) -> bool {
    const OF_FEEDS: [&str; 4] = ["rss", "feed", "feeds", "atom"];
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once("://").map_or(path, |(_, path)| path);
    let mut parts = path.trim_end_matches('/').split('/');
    let name = parts.next_back().unwrap_or_default();
    let is_page = name.rsplit_once('.').is_some_and(|(_, ending)| !matches!(ending, "xml" | "php" | "json"));
    let is_of_feeds = |part: &str| OF_FEEDS.iter().any(|known| part.eq_ignore_ascii_case(known));
    !is_page && parts.any(|part| is_of_feeds(part) || part.split_once('.').is_some_and(|(host, _)| is_of_feeds(host)))
}

fn is_of_a_feed(tag: &Tag) -> bool {
    let said = |name| tag.attribute(name).unwrap_or_default();
    announces_a_feed(&said("rel"), &said("type"))
}

/// Whether a link of this relation and type is one to a feed.
pub(super) fn announces_a_feed(rel: &str, kind: &str) -> bool {
    let (rel, kind) = (rel.to_ascii_lowercase(), kind.to_ascii_lowercase());
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let has_rel = |wanted| rel.split_ascii_whitespace().any(|word| word == wanted);
    // What calls itself a feed need not say of which kind.
    // `text/rss`, `application/x-atom+xml`
    let is_feeds = TYPES.contains(&kind) || kind.contains("rss") || kind.contains("atom");
    has_rel("alternate") && is_feeds || has_rel("feed") && (kind.is_empty() || is_feeds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(html: &str) -> Vec<String> {
        found_at(html, "https://a.example/news/")
    }

    fn found_at(html: &str, base: &str) -> Vec<String> {
        let base = Url::parse(base).unwrap();
        announced(html.as_bytes(), Some("text/html; charset=utf-8"), None, &base)
            .into_iter()
            .map(|found| found.url.into())
            .collect()
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
    fn what_calls_itself_a_feed_is_one() {
        let page = r#"<link rel="feed" href="/a"><link rel="alternate feed" type="application/x.atom+xml" href="/b">
            <link rel="alternate" type="application/x.atom+xml" href="/c"><link rel=feed type=text/html href=/d>"#;
        assert_eq!(found(page), ["https://a.example/a", "https://a.example/b", "https://a.example/c"]);
    }

    #[test]
    fn an_announcement_may_be_one_to_click_on_and_of_a_type_that_nobody_has_registered() {
        let page =
            "<a rel=alternate type=text/rss href=/a>x</a><link rel=alternate type=application/x-atom+xml href=/b>";
        assert_eq!(found(page), ["https://a.example/a", "https://a.example/b"]);
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
    fn where_nothing_is_announced_the_feeds_that_are_linked_to_count() {
        let links = "<a href=/tentang>x</a><a href='/umpan/dunia.rss'>x</a><a href=/feed/>x</a><a href='/rss.xml?x=1'>x</a>\
            <a href=/feedback>x</a><a href=/rssi.html>x</a><a href=/langganan title='Umpan RSS'>x</a>";
        let urls = [
            "https://a.example/umpan/dunia.rss",
            "https://a.example/feed/",
            "https://a.example/rss.xml?x=1",
            "https://a.example/langganan",
        ];
        assert_eq!(found(links), urls);
        let announced = format!("{links}<link rel=alternate type=application/rss+xml href=/utama>");
        assert_eq!(found(&announced), ["https://a.example/utama"]);
    }

    #[test]
    fn a_list_of_feeds_has_them_in_a_folder_or_at_a_host_of_feeds() {
        let links = "<a href=/rss/dunia.xml>x</a><a href=/tentang/kami>x</a><a href=https://rss.a.example/kota>x</a>\
            <a href=/feed/cara.html>x</a><a href=https://a.example/>x</a><a href=/utama.rss>x</a>";
        let urls = ["https://a.example/utama.rss", "https://a.example/rss/dunia.xml", "https://rss.a.example/kota"];
        assert_eq!(found(links), urls);
    }

    #[test]
    fn relative_addresses_follow_the_base_of_the_page() {
        let page = r#"<base href="/blog/"><link rel="alternate" type="application/rss+xml" href="feed">"#;
        assert_eq!(found(page), ["https://a.example/blog/feed"]);
    }

    #[test]
    fn a_page_may_only_lead_to_another_one() {
        let base = Url::parse("https://a.example/").unwrap();
        for (content, url) in [
            ("0; url=/id/", Some("https://a.example/id/")),
            ("5;URL='https://b.example/x'", Some("https://b.example/x")),
            ("0, url = blog", Some("https://a.example/blog")),
            ("30", None),
            ("0; url=/", None),
            ("0; url=javascript:alert(1)", None),
            ("0; url=file:///etc/passwd", None),
        ] {
            let page = format!("<html><head><META HTTP-EQUIV=Refresh content=\"{content}\">");
            assert_eq!(onward(page.as_bytes(), None, &base).map(String::from).as_deref(), url, "{content}");
        }
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
        assert_eq!(announced(b"\xff\xfe<link", None, None, &Url::parse("https://a.example/").unwrap()), []);
    }

    #[test]
    fn feeds_of_comments_come_last() {
        let page = r#"<link rel=alternate type=application/rss+xml title="Koran &raquo; Comments Feed" href=/comments/feed/>
            <link rel=alternate type=application/rss+xml title=Koran href=/feed/>"#;
        assert_eq!(found(page), ["https://a.example/feed/", "https://a.example/comments/feed/"]);
    }

    #[test]
    fn data_and_software_announce_feeds_too() {
        let data = r#"<script type="application/ld+json">{"@graph":[{"@type":"PodcastSeries","webFeed":"/siniar.xml"},
            {"@type":"DataDownload","encodingFormat":"application/rss+xml","contentUrl":"/unduh.rss"},
            {"@type":"WebPage","url":"/halaman"}]}</script><meta name=generator content="WordPress 6.6">"#;
        let urls = ["https://a.example/siniar.xml", "https://a.example/unduh.rss", "https://a.example/feed/"];
        assert_eq!(found(data), urls);
        let data = "<script type='application/ld+json; charset=utf-8'>\n{\"webFeed\": \"/a.xml\"}\n</script>";
        assert_eq!(found(data), ["https://a.example/a.xml"]);
        let data = "<script type=application/ld+json>//<![CDATA[\n{\"@type\":[\"DataFeed\"],\"url\":\"/a.xml\"}\n//]]></script>";
        assert_eq!(found(data), ["https://a.example/a.xml"]);
        let interface = "<link rel='https://api.w.org/' href='https://a.example/blog/wp-json/'>";
        assert_eq!(found(interface), ["https://a.example/blog/feed/"]);
        let channel = r#"<meta itemprop="identifier" content="UCabc">"#;
        let feed = "https://www.youtube.com/feeds/videos.xml?channel_id=UCabc";
        assert_eq!(found_at(channel, "https://www.youtube.com/@nama"), [feed]);
        assert_eq!(found(channel), [""; 0]);
        let deep = format!("<script type=application/ld+json>{}1{}</script>", "[".repeat(90_000), "]".repeat(90_000));
        assert_eq!(found(&deep), [""; 0]);
    }
}
