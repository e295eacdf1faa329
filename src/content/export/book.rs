//! The parts of an EPUB 3 (<https://www.w3.org/TR/epub-33/>) but for the archive that holds them: a chapter for each
//! article, the table of contents, the package document.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::html::about;
use super::{is_rtl, xhtml};
use crate::model::entry::{Entry, EntryId};

/// The first file of the archive, as it is.
pub const MIME_TYPE: &str = "application/epub+zip";

/// What the archive's `META-INF/container.xml` says: where the package document is.
pub const CONTAINER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"#;

pub const STYLE: &str = "body{line-height:1.5}.about{font-size:smaller;opacity:.7}pre{white-space:pre-wrap}\
    blockquote{border-inline-start:.2em solid;margin-inline:0 1em;padding-inline-start:1em}\
    table{border-collapse:collapse}td,th{border:1px solid;padding:.2em .4em}\n";

const DOCTYPE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
    <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\"";

/// What is remembered of a chapter while the next ones are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    title: String,
    language: Option<String>,
    is_rtl: bool,
}

/// What is known of a book that has one article only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    authors: Vec<String>,
    publisher: String,
    date: Option<Timestamp>,
    url: Option<String>,
    tags: Vec<String>,
}

impl Source {
    #[must_use]
    pub fn of(entry: &Entry) -> Self {
        Self {
            authors: entry.authors().into_iter().map(str::to_owned).collect(),
            publisher: entry.headline.feed_name().into_owned(),
            date: Some(entry.headline.at),
            url: super::url(entry).map(Cow::into_owned),
            tags: entry.headline.tags.clone(),
        }
    }
}

/// What identifies a book besides its chapters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imprint<'a> {
    pub title: &'a str,
    /// The same for the same articles.
    pub fingerprint: u128,
    pub modified: Timestamp,
    /// Of its only article.
    pub source: Option<&'a Source>,
}

/// The name of a chapter's file within the archive.
#[must_use]
pub fn file(number: usize) -> String {
    format!("article-{number:06}.xhtml")
}

/// A chapter, and what is to be remembered of it.
#[must_use]
pub fn chapter(entry: &Entry, zone: &TimeZone) -> (String, Chapter) {
    let chapter = Chapter {
        title: entry.headline.words().to_owned(),
        language: super::language(entry).map(Cow::into_owned),
        is_rtl: is_rtl(entry),
    };
    let mut page = head(&chapter.title, chapter.language.as_deref(), chapter.is_rtl);
    about(entry, zone, &mut page);
    page.push_str(&xhtml::xhtml(&super::for_others(&entry.html)));
    page.push_str("\n</body>\n</html>\n");
    (page, chapter)
}

fn head(title: &str, language: Option<&str>, is_rtl: bool) -> String {
    let mut page = String::from(DOCTYPE);
    if let Some(language) = language {
        for name in ["lang", "xml:lang"] {
            attribute(&mut page, name, language);
        }
    }
    attribute(&mut page, "dir", if is_rtl { "rtl" } else { "ltr" });
    page.push_str(">\n<head>\n<title>");
    xhtml::text(&mut page, title);
    page.push_str("</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/>\n</head>\n<body>\n");
    page
}

/// The table of contents.
#[must_use]
pub fn contents(title: &str, chapters: &[Chapter]) -> String {
    let mut page = head(title, language(chapters), is_rtl_book(chapters));
    page.push_str("<nav epub:type=\"toc\">\n<h1 dir=\"auto\">");
    xhtml::text(&mut page, title);
    page.push_str("</h1>\n<ol>\n");
    for (n, chapter) in (1..).zip(chapters) {
        page.extend(["<li dir=\"auto\"><a href=\"", &file(n), "\">"]);
        xhtml::text(&mut page, &chapter.title);
        page.push_str("</a></li>\n");
    }
    page.push_str("</ol>\n</nav>\n</body>\n</html>\n");
    page
}

/// The package document: metadata, what the archive holds, the order in which it is read.
#[must_use]
pub fn package(imprint: &Imprint<'_>, chapters: &[Chapter]) -> String {
    let mut page = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" \
         unique-identifier=\"id\">\n<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n",
    );
    page.push_str(&format!("<dc:identifier id=\"id\">urn:uuid:{}</dc:identifier>\n", uuid(imprint.fingerprint)));
    element(&mut page, "dc:title", imprint.title);
    // Required; this is the tag of what is not known (RFC 5646 §4.1).
    element(&mut page, "dc:language", language(chapters).unwrap_or("und"));
    if let Some(source) = imprint.source {
        for author in &source.authors {
            element(&mut page, "dc:creator", author);
        }
        element(&mut page, "dc:publisher", &source.publisher);
        if let Some(date) = source.date {
            element(&mut page, "dc:date", &date.to_string());
        }
        if let Some(url) = &source.url {
            element(&mut page, "dc:source", url);
        }
        for tag in &source.tags {
            element(&mut page, "dc:subject", tag);
        }
    }
    let modified = imprint.modified.strftime("%Y-%m-%dT%H:%M:%SZ");
    page.push_str(&format!("<meta property=\"dcterms:modified\">{modified}</meta>\n</metadata>\n<manifest>\n"));
    page.push_str(
        "<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n\
         <item id=\"style\" href=\"style.css\" media-type=\"text/css\"/>\n",
    );
    for n in 1..=chapters.len() {
        page.push_str(&format!("<item id=\"a{n}\" href=\"{}\" media-type=\"application/xhtml+xml\"/>\n", file(n)));
    }
    page.push_str("</manifest>\n<spine");
    if is_rtl_book(chapters) {
        attribute(&mut page, "page-progression-direction", "rtl");
    }
    page.push_str(">\n");
    if chapters.len() > 1 {
        page.push_str("<itemref idref=\"nav\"/>\n");
    }
    for n in 1..=chapters.len() {
        page.push_str(&format!("<itemref idref=\"a{n}\"/>\n"));
    }
    page.push_str("</spine>\n</package>\n");
    page
}

/// What tells this book from others: its articles, in their order.
#[must_use]
pub fn fingerprint(before: u128, id: EntryId, html: &str) -> u128 {
    let mut hasher = xxhash_rust::xxh3::Xxh3::new();
    hasher.update(&before.to_le_bytes());
    hasher.update(&id.0.to_le_bytes());
    hasher.update(html.as_bytes());
    hasher.digest128()
}

/// A UUID of version 8, which is free to be made of anything (RFC 9562 §5.8).
fn uuid(bits: u128) -> String {
    let bits = bits & !(0xf << 76) & !(0x3 << 62) | 0x8 << 76 | 0x2 << 62;
    let hex = format!("{bits:032x}");
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!("{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}

fn element(page: &mut String, name: &str, value: &str) {
    page.extend(["<", name, ">"]);
    xhtml::text(page, value);
    page.extend(["</", name, ">\n"]);
}

fn attribute(page: &mut String, name: &str, value: &str) {
    page.extend([" ", name, "=\""]);
    xhtml::text(page, value);
    page.push('"');
}

/// The language of the first article that has one.
fn language(chapters: &[Chapter]) -> Option<&str> {
    chapters.iter().find_map(|chapter| chapter.language.as_deref())
}

fn is_rtl_book(chapters: &[Chapter]) -> bool {
    !chapters.is_empty() && chapters.iter().all(|chapter| chapter.is_rtl)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_says_which_version_it_is() {
        assert_eq!(uuid(u128::MAX), "ffffffff-ffff-8fff-bfff-ffffffffffff");
        assert_eq!(uuid(0), "00000000-0000-8000-8000-000000000000");
    }
}
