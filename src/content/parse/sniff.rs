//! Says what kind of document a text is, from its beginning only.

use memchr::memmem;

/// Error messages of a publishing system are looked past for this many bytes.
const REACH: usize = 64 * 1024;

pub(super) enum Kind<'a> {
    /// A feed in XML, from its root element on: what a declaration says about encodings no longer holds.
    Xml {
        prolog: &'a str,
        root: &'a str,
        preceded: bool,
    },
    Json {
        document: &'a str,
        preceded: bool,
    },
    /// In words, with an article.
    Other(String),
}

pub(super) fn sniff(text: &str) -> Kind<'_> {
    let document = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0');
    match document.as_bytes().first() {
        None => Kind::Other("empty".to_owned()),
        Some(b'{' | b'[') => Kind::Json { document, preceded: false },
        _ => xml(document),
    }
}

fn xml(document: &str) -> Kind<'_> {
    let root = root(document);
    let name = root.map(name).unwrap_or_default();
    if let Some(root) = root
        && is_feed(name)
    {
        return Kind::Xml { prolog: before(document, root), root, preceded: false };
    }
    let lower = name.to_ascii_lowercase();
    if let Some(root) = hidden_root(document)
        && (lower != "html" || is_more_than_mentioned(before(document, root), root))
    {
        return Kind::Xml { prolog: before(document, root), root, preceded: true };
    }
    if lower != "html"
        && let Some(document) = hidden_json(document)
    {
        return Kind::Json { document, preceded: true };
    }
    let beginning: String = document.chars().take(2000).collect::<String>().to_ascii_lowercase();
    let what = match lower.as_str() {
        "html" => "an HTML page",
        "opml" => "an OPML list",
        "urlset" | "sitemapindex" => "a sitemap",
        "svg" => "a picture",
        _ if beginning.contains("<!doctype html") || beginning.contains("<html") || beginning.contains("<body") => {
            "an HTML page"
        }
        _ if document.starts_with("%PDF") => "a PDF file",
        _ if document.contains('\0') || beginning.matches('\u{fffd}').count() > 10 => "a binary file",
        "" => "plain text",
        "head" | "body" | "div" | "script" | "p" | "meta" | "title" | "table" | "center" => "an HTML page",
        _ => {
            let name: String = name.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
            return Kind::Other(format!("an XML document <{name}>"));
        }
    };
    Kind::Other(what.to_owned())
}

/// What stands before the root element, which the document ends with.
fn before<'a>(document: &'a str, root: &str) -> &'a str {
    document.get(..document.len() - root.len()).unwrap_or_default()
}

/// The document from its first element on.
fn root(document: &str) -> Option<&str> {
    let mut rest = document;
    loop {
        rest = rest.trim_start();
        rest = if let Some(inside) = rest.strip_prefix("<?") {
            inside.split_once("?>")?.1
        } else if let Some(inside) = rest.strip_prefix("<!--") {
            inside.split_once("-->")?.1
        } else if rest.starts_with("<!") {
            after_doctype(rest)?
        } else if rest.starts_with('<') {
            return Some(rest);
        } else {
            return None;
        };
    }
}

/// Behind a document type declaration, whose internal subset has tags of its own.
fn after_doctype(text: &str) -> Option<&str> {
    let (declaration, after) = text.split_once('>')?;
    match declaration.find('[') {
        Some(subset) => {
            let (_, after) = text.split_at(subset);
            let (_, after) = after.split_once(']')?;
            Some(after.split_once('>')?.1)
        }
        None => Some(after),
    }
}

/// The name of the element that `text` begins with, without its prefix.
fn name(text: &str) -> &str {
    let name = text
        .trim_start_matches('<')
        .split(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<'))
        .next()
        .unwrap_or_default();
    name.rsplit(':').next().unwrap_or(name)
}

fn is_feed(name: &str) -> bool {
    ["rss", "rdf", "feed", "entry", "channel"].iter().any(|root| name.eq_ignore_ascii_case(root))
}

/// A feed behind something else, such as the warnings of the program that made it.
fn hidden_root(document: &str) -> Option<&str> {
    let reach = document.as_bytes().get(..REACH).unwrap_or(document.as_bytes());
    let at = memchr::memchr_iter(b'<', reach).find(|at| is_start_of_feed(document.get(*at..).unwrap_or_default()))?;
    document.get(at..)
}

fn is_start_of_feed(text: &str) -> bool {
    let is_named = |start: &str| {
        let after = text.strip_prefix(start);
        after.is_some_and(|after| after.starts_with(|c: char| c.is_ascii_whitespace() || c == '>'))
    };
    let tag = || text.split('>').next().unwrap_or_default();
    is_named("<rss") || is_named("<rdf:RDF") || is_named("<feed") && tag().contains("xmlns")
}

/// Whether a page holds the feed as a part of itself: not in a script, a form or a comment, and with items.
fn is_more_than_mentioned(before: &str, root: &str) -> bool {
    let before = before.to_ascii_lowercase();
    let is_within = |start: &str, end: &str| before.rfind(start) > before.rfind(end);
    let is_quoted =
        [("<script", "</script"), ("<textarea", "</textarea"), ("<!--", "-->")].iter().any(|(a, b)| is_within(a, b));
    !is_quoted && (root.contains("<item") || root.contains("<entry"))
}

/// A JSON Feed behind something else, or wrapped in a call: from the first brace on.
fn hidden_json(document: &str) -> Option<&str> {
    let reach = document.as_bytes().get(..REACH).unwrap_or(document.as_bytes());
    let declared = memmem::find(reach, super::json::DECLARED.as_bytes())?;
    let start = memchr::memchr(b'{', reach.get(..declared)?)?;
    document.get(start..)
}
