//! Subscription lists in OPML (opml.org, 2.0), as every reader writes them: read with every tolerance, written strictly.
//! Fetches and subscribes nothing.

use crate::model::feed::command;
use crate::model::scrub;

use super::entity;
use super::markup::{Tag, Token, Tokens};

/// Folders deeper than this are put into their parents.
const DEPTH: usize = 16;

/// One feed of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Outline {
    pub url: String,
    /// The name in the list; `None` when it only repeats the URL.
    pub title: Option<String>,
    /// Path of the folder: `Dunia/Asia`.
    pub folder: Option<String>,
    pub tags: Vec<String>,
    /// The site's own page.
    pub home: Option<String>,
    /// Kept, but not shown among the others.
    pub muted: bool,
    /// A command that the feed passes. Whether it may is for the user to say, as for an `exec:` address.
    pub filter: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpmlError {
    #[error("this is no OPML list: it has no outlines")]
    NoOutlines,
}

/// The feeds of a list, in its order. Outlines without a feed are folders, however deep.
pub fn parse(text: &str) -> Result<Vec<Outline>, OpmlError> {
    let mut outlines = Vec::new();
    let mut open: Vec<Option<String>> = Vec::new();
    let mut found = false;
    for token in Tokens::new(text) {
        match token {
            Token::Start(tag) if tag.name.eq_ignore_ascii_case("outline") => {
                found = true;
                let outline = outline(tag, &open);
                if !tag.is_closed() {
                    // Some lists nest feeds in feeds; those are no folders.
                    open.push(if outline.is_none() { folder_name(tag) } else { None });
                }
                outlines.extend(outline);
            }
            Token::Start(tag) if tag.name.eq_ignore_ascii_case("opml") => found = true,
            Token::End(name) if name.eq_ignore_ascii_case("outline") => {
                open.pop();
            }
            _ => {}
        }
    }
    if found { Ok(outlines) } else { Err(OpmlError::NoOutlines) }
}

fn outline(tag: Tag<'_>, open: &[Option<String>]) -> Option<Outline> {
    let url =
        value(tag, &["xmlurl", "url", "feedurl"]).filter(|url| is_feed(tag, url)).and_then(without_feed_scheme)?;
    let path: Vec<&str> = open.iter().flatten().map(String::as_str).take(DEPTH).collect();
    let title = value(tag, &["title", "text"]).filter(|title| *title != url);
    let tags = value(tag, &["category"]).unwrap_or_default();
    Some(Outline {
        title,
        folder: (!path.is_empty()).then(|| path.join("/")),
        tags: tags
            .split(',')
            .map(|tag| tag.trim_start_matches(|c: char| c == '/' || c.is_whitespace()).trim_end().to_owned())
            .filter(|tag| !tag.is_empty())
            .collect(),
        home: value(tag, &["htmlurl"]),
        muted: value(tag, &["muted"]).is_some_and(|muted| muted == "true"),
        filter: value(tag, &["filter"]),
        url,
    })
}

/// An outline of another kind (a link, an included list) may have a `url` too.
fn is_feed(tag: Tag<'_>, url: &str) -> bool {
    let kind = value(tag, &["type"]).unwrap_or_default().to_ascii_lowercase();
    let is_address = !url.contains(' ') || command(url).is_some();
    is_address && !matches!(kind.as_str(), "link" | "include" | "folder")
}

/// `feed:https://…` and `feed://…` are what browsers once handed to readers. `None` where nothing stands behind it.
fn without_feed_scheme(url: String) -> Option<String> {
    let mut rest = url.as_str();
    while let Some(inner) = rest.strip_prefix("feed:") {
        if let Some(place) = inner.strip_prefix("//") {
            return (!place.is_empty()).then(|| format!("http://{place}"));
        }
        rest = inner;
    }
    match rest.len() {
        0 => None,
        length if length == url.len() => Some(url),
        _ => Some(rest.to_owned()),
    }
}

fn folder_name(tag: Tag<'_>) -> Option<String> {
    let name = value(tag, &["title", "text"])?;
    let parts: Vec<&str> = name.split('/').map(str::trim).filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// The first of these (lower-case) attributes that says something, on one line.
fn value(tag: Tag<'_>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        let raw = tag.attribute(name)?;
        let text = scrub::line(&entity::decode(raw)).into_owned();
        (!text.is_empty()).then_some(text)
    })
}

/// The list as an OPML 2.0 document. Feeds of one folder stand together; folders keep the order they first come in.
#[must_use]
pub fn print(title: &str, outlines: &[Outline]) -> String {
    let mut root = Folder::default();
    for outline in outlines {
        root.insert(outline);
    }
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>");
    entity::escape_into(&mut out, &scrub::line(title));
    out.push_str("</title>\n  </head>\n  <body>\n");
    root.print(&mut out, 2);
    out.push_str("  </body>\n</opml>\n");
    out
}

#[derive(Default)]
struct Folder<'a> {
    name: String,
    feeds: Vec<&'a Outline>,
    folders: Vec<Folder<'a>>,
}

impl<'a> Folder<'a> {
    fn insert(&mut self, outline: &'a Outline) {
        let mut folder = self;
        let path = outline.folder.as_deref().unwrap_or_default();
        for name in path.splitn(DEPTH, '/').map(str::trim).filter(|name| !name.is_empty()) {
            let at = folder.folders.iter().position(|inner| inner.name == name);
            let at = at.unwrap_or_else(|| {
                folder.folders.push(Folder { name: name.to_owned(), ..Folder::default() });
                folder.folders.len() - 1
            });
            let Some(inner) = folder.folders.get_mut(at) else {
                return;
            };
            folder = inner;
        }
        folder.feeds.push(outline);
    }

    fn print(&self, out: &mut String, depth: usize) {
        let indent = "  ".repeat(depth);
        for feed in &self.feeds {
            let title = feed.title.as_deref().unwrap_or(&feed.url);
            out.push_str(&indent);
            out.push_str("<outline type=\"rss\"");
            attribute(out, "text", title);
            attribute(out, "title", title);
            attribute(out, "xmlUrl", &feed.url);
            if let Some(home) = &feed.home {
                attribute(out, "htmlUrl", home);
            }
            if !feed.tags.is_empty() {
                // The comma separates, and cannot be written otherwise.
                let tags: Vec<String> = feed.tags.iter().map(|tag| tag.replace(',', " ")).collect();
                attribute(out, "category", &tags.join(","));
            }
            if feed.muted {
                attribute(out, "muted", "true");
            }
            if let Some(filter) = &feed.filter {
                attribute(out, "filter", filter);
            }
            out.push_str("/>\n");
        }
        for folder in &self.folders {
            out.push_str(&indent);
            out.push_str("<outline");
            attribute(out, "text", &folder.name);
            attribute(out, "title", &folder.name);
            out.push_str(">\n");
            folder.print(out, depth + 1);
            out.push_str(&indent);
            out.push_str("</outline>\n");
        }
    }
}

fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    entity::escape_into(out, &scrub::line(value));
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lists_of_other_readers_are_read() {
        let text = r#"<?xml version="1.0"?><opml version="1.1"><head><title>x</title></head><body>
            <outline text="Dunia"><outline title='Asia &amp; Pasifik'>
              <outline text="A & B &nbsp; C" type="RSS" XMLURL="https://a.id/rss?x=1&y=2" category="/berita/dunia, , Asia"/>
            </outline></outline>
            <outline text="https://b.id/feed" xmlurl="feed:https://b.id/feed" htmlUrl="https://b.id/" unknown></outline>
            <outline text="tautan" type="link" url="https://c.id/"/>
            <outline xmlUrl="feed://d.id/x"/><outline xmlUrl="feed:"/><outline xmlUrl="feed:feed://"/><outline text="kosong" xmlUrl=""/></body>"#;
        let outlines = parse(text).unwrap();
        assert_eq!(
            outlines,
            [
                Outline {
                    url: "https://a.id/rss?x=1&y=2".into(),
                    title: Some("A & B C".into()),
                    folder: Some("Dunia/Asia & Pasifik".into()),
                    tags: vec!["berita/dunia".into(), "Asia".into()],
                    ..Outline::default()
                },
                Outline { url: "https://b.id/feed".into(), home: Some("https://b.id/".into()), ..Outline::default() },
                Outline { url: "http://d.id/x".into(), ..Outline::default() },
            ]
        );
    }

    #[test]
    fn what_is_no_list_says_so() {
        assert_eq!(parse("<html><body>x</body></html>"), Err(OpmlError::NoOutlines));
        assert_eq!(parse("<opml><body></body></opml>"), Ok(Vec::new()));
    }

    #[test]
    fn a_tag_is_the_same_once_it_was_written() {
        let read = parse("<opml><outline xmlUrl='https://a.id/' category='x,/ y, // /z/a '/></opml>").unwrap();
        assert_eq!(read[0].tags, ["x", "y", "z/a"]);
        assert_eq!(parse(&print("x", &read)).unwrap(), read);
    }

    #[test]
    fn folders_are_nested_and_stand_together() {
        let feed =
            |url: &str, folder: &str| Outline { url: url.into(), folder: Some(folder.into()), ..Outline::default() };
        let text =
            print("Langganan", &[feed("https://a.id/", "X/Y"), feed("https://b.id/", "Z"), feed("https://c.id/", "X")]);
        insta::assert_snapshot!(text);
    }

    fn name() -> impl Strategy<Value = String> {
        "[a-zA-Z&<>\"'é中 ]{0,11}[a-z]".prop_map(|name| scrub::line(&name).into_owned())
    }

    fn outlines() -> impl Strategy<Value = Vec<Outline>> {
        let folder = prop::option::of(prop::collection::vec(name(), 1..4).prop_map(|path| path.join("/")));
        let outline = (
            "https://[a-z]{1,8}\\.id/[a-z?&=#]{0,12}",
            prop::option::of(name()),
            folder,
            prop::collection::vec(name(), 0..3),
            prop::option::of("https://[a-z]{1,8}\\.id/"),
            any::<bool>(),
            prop::option::of(name()),
        )
            .prop_map(|(url, title, folder, tags, home, muted, filter)| Outline {
                url,
                title,
                folder,
                tags,
                home,
                muted,
                filter,
            });
        prop::collection::vec(outline, 0..12)
    }

    proptest! {
        #[test]
        fn a_printed_list_is_read_back(outlines in outlines()) {
            let mut read = parse(&print("x", &outlines)).unwrap();
            let mut written = outlines;
            read.sort();
            written.sort();
            prop_assert_eq!(read, written);
        }

        #[test]
        fn no_text_makes_it_panic(text in "(<outline|</outline>|text=|\"|>|/>|xmlUrl='|\\PC){0,40}") {
            let _ = parse(&text);
        }
    }
}
