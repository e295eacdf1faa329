//! From the fields of an item, as the formats have them, to a [`Draft`]: plain, resolved, safe.

use std::borrow::Cow;
use std::collections::HashSet;

use jiff::Timestamp;
use url::Url;

use crate::model::beacon::is_beacon;
use crate::model::entry::{Draft, Enclosure, kind_of};
use crate::model::{scrub, tag};

use super::super::markup::{Tag, Token, Tokens};
use super::super::sanitise::{Elements, Rule, rule, sanitise};
use super::super::{address, entity, language, text};

/// Graphemes of text that stand in for a missing title.
const TITLE: usize = 80;
/// More categories on one item are a keyword dump.
const MOST_CATEGORIES: usize = 64;
const LONGEST_CATEGORY: usize = 120;
const MOST_ENCLOSURES: usize = 50;

/// A text as the publisher sent it.
pub(super) struct Body {
    pub text: String,
    pub html: bool,
}

/// The fields of one item, as the publisher sent them; only dates and page addresses are read already.
#[derive(Default)]
pub(super) struct Raw {
    pub guid: Option<String>,
    pub url: Option<String>,
    pub external_url: Option<String>,
    /// On one line.
    pub title: Option<String>,
    pub authors: Vec<String>,
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    /// Content and summary, in any order.
    pub bodies: Vec<Body>,
    pub language: Option<String>,
    pub thumbnails: Vec<String>,
    pub categories: Vec<String>,
    pub enclosures: Vec<Enclosure>,
}

pub(super) fn draft(raw: Raw, base: &Url) -> Draft {
    let (content, summary) = bodies(raw.bodies, base);
    let mut title = raw.title.unwrap_or_default();
    if title.is_empty()
        && let Some(html) = &content
    {
        title = text::teaser(html, TITLE);
    }
    let enclosures = enclosures(raw.enclosures, base);
    let image = raw
        .thumbnails
        .iter()
        .find_map(|url| address::resource(url, base).map(Cow::into_owned))
        .or_else(|| enclosures.iter().find(|file| is_image(file)).map(|file| file.url.clone()))
        .or_else(|| content.as_deref().and_then(first_image));
    Draft {
        guid: raw.guid.map(|guid| scrub::line(&guid).into_owned()).filter(|guid| !guid.is_empty()),
        url: raw.url,
        external_url: raw.external_url,
        title,
        authors: raw.authors,
        published: raw.published,
        updated: raw.updated,
        content,
        summary,
        language: raw.language.as_deref().and_then(language::declared),
        image,
        categories: categories(&raw.categories),
        enclosures,
    }
}

/// The first body that says something, and the next one where it says something else.
fn bodies(bodies: Vec<Body>, base: &Url) -> (Option<String>, Option<String>) {
    let mut safe = bodies
        .into_iter()
        .filter(|body| !body.text.trim().is_empty())
        .map(|body| body.safe(base))
        .filter(|html| !html.trim().is_empty());
    let content = safe.next();
    let summary = safe.next().filter(|summary| Some(summary) != content.as_ref());
    (content, summary)
}

impl Body {
    fn safe(self, base: &Url) -> String {
        let html = if self.html || looks_like_html(&self.text) {
            let text = if is_escaped_twice(&self.text) { entity::decode(&self.text).into_owned() } else { self.text };
            let text = without_sections(text);
            if is_set_in_lines(text.trim()) { paragraphs(&text) } else { text }
        } else {
            let mut escaped = String::with_capacity(self.text.len() + 16);
            entity::escape_into(&mut escaped, &self.text);
            paragraphs(&escaped)
        };
        let changed = match sanitise(&html, base) {
            Cow::Borrowed(same) if same.len() == html.len() => None,
            other => Some(other.into_owned()),
        };
        changed.unwrap_or(html)
    }
}

/// Atom's default type is plain text, and many who write HTML leave the type out.
fn looks_like_html(text: &str) -> bool {
    ["</p>", "</a>", "<br", "</div>", "</li>", "<img "].iter().any(|tag| text.contains(tag))
}

/// Whether HTML has its paragraphs in its line ends: it holds no tag, or blank lines and no tag but those within lines.
fn is_set_in_lines(html: &str) -> bool {
    const WITHIN: [&str; 14] =
        ["a", "b", "strong", "i", "em", "u", "s", "span", "font", "small", "sub", "sup", "img", "abbr"];
    let elements = Elements::of(html);
    if !has_tag(html, &elements) {
        return html.contains('\n');
    }
    let has_blank_line = html.contains("\n\n") || html.contains("\n\r\n");
    has_blank_line
        && Tokens::new(html).all(|token| match token {
            Token::Start(tag) => WITHIN.iter().any(|name| tag.name.eq_ignore_ascii_case(name)) || !elements.has(&tag),
            Token::End(name) => WITHIN.iter().any(|known| name.eq_ignore_ascii_case(known)),
            Token::Text(_) | Token::Other => true,
        })
}

/// `<3` and `x<y and z>w` are none.
fn has_tag(text: &str, elements: &Elements<'_>) -> bool {
    Tokens::new(text).any(|token| match token {
        Token::Text(_) => false,
        Token::Start(tag) => elements.has(&tag),
        Token::End(_) | Token::Other => true,
    })
}

/// Without the signs of CDATA sections, which are none of HTML: a section within a section leaves them behind.
fn without_sections(text: String) -> String {
    if text.contains("<![CDATA[") { text.replace("<![CDATA[", "").replace("]]>", "") } else { text }
}

/// Nothing but markup, all of it written as text: some programs escape what was escaped.
fn is_escaped_twice(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("&lt;") && text.ends_with("&gt;") && text.contains("&lt;/") && !has_tag(text, &Elements::of(text))
}

/// Paragraphs and line ends of plain text as HTML. The text is escaped already.
fn paragraphs(text: &str) -> String {
    let text = text.trim().replace("\r\n", "\n").replace('\r', "\n");
    let mut html = String::with_capacity(text.len() + 32);
    for paragraph in text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
        html.push_str("<p>");
        for (n, line) in paragraph.lines().enumerate() {
            if n > 0 {
                html.push_str("<br>");
            }
            html.push_str(line.trim());
        }
        html.push_str("</p>");
    }
    html
}

/// A title on one line; plain text is taken as it stands.
pub(super) fn line(raw: &str, html: bool) -> String {
    if html { plain_line(raw) } else { scrub::line(raw).into_owned() }
}

/// A title or name on one line: references decoded, HTML tags taken out, other uses of `<` left alone.
pub(super) fn plain_line(raw: &str) -> String {
    if !raw.contains(['<', '&']) {
        return scrub::line(raw).into_owned();
    }
    let mut plain = String::with_capacity(raw.len());
    let decoded = strip_tags(raw);
    plain.push_str(&entity::decode(&decoded));
    // Escaped twice, as titles in RSS often are: `&amp;amp;`, `&lt;b&gt;`.
    if plain.contains('&') || plain.contains("</") {
        plain = entity::decode(&strip_tags(&plain)).into_owned();
    }
    scrub::line(&plain).into_owned()
}

fn strip_tags(html: &str) -> Cow<'_, str> {
    if !html.contains('<') {
        return Cow::Borrowed(html);
    }
    let mut stripped = String::with_capacity(html.len());
    let mut tokens = Tokens::new(html);
    let elements = Elements::of(html);
    loop {
        let start = tokens.position();
        let Some(token) = tokens.next() else { break };
        let raw = html.get(start..tokens.position()).unwrap_or_default();
        match token {
            Token::Text(text) => stripped.push_str(text),
            Token::Start(tag) if !is_of_a_title(&tag, &elements) => stripped.push_str(raw),
            Token::Start(tag) if matches!(rule(tag.name), Rule::DropRaw) && !is_text_of_a_title(tag.name) => {
                tokens.skip_raw(tag.name);
            }
            Token::Start(Tag { name, .. }) | Token::End(name) => stripped.push_str(gap(name)),
            // One without its end stops where a tag would.
            Token::Other => match raw.strip_prefix("<!--") {
                Some(inside) if !raw.ends_with("-->") => {
                    stripped.push_str(inside.split_once('>').map_or(inside, |(_, after)| after));
                }
                Some(_) => {}
                None => stripped.push_str(raw),
            },
        }
    }
    Cow::Owned(stripped)
}

/// Whether a tag is markup of the title. What has neither an end nor an attribute is what the title is about, and so are the
/// components of a program (`<Suspense />`).
fn is_of_a_title(tag: &Tag<'_>, elements: &Elements<'_>) -> bool {
    // `a<b and c>d`
    let has_attributes = || tag.attributes().any(|attribute| !attribute.value.is_empty());
    match rule(tag.name) {
        Rule::Void("br") | Rule::Keep("p" | "li") => true,
        Rule::Void(_) => has_attributes(),
        Rule::Keep(_) => elements.has_end(tag.name) || has_attributes() || tag.is_closed(),
        Rule::Unwrap => elements.has_end(tag.name) || elements.has(tag) && has_attributes(),
        _ => elements.has_end(tag.name),
    }
}

/// Raw text that is shown, where the element is.
fn is_text_of_a_title(name: &str) -> bool {
    name.eq_ignore_ascii_case("title") || name.eq_ignore_ascii_case("textarea")
}

/// What stands between the words before and after a tag.
fn gap(name: &str) -> &'static str {
    match rule(name) {
        Rule::Void("br")
        | Rule::Keep(
            "p" | "div" | "li" | "ul" | "ol" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "tr" | "td" | "th" | "dt"
            | "dd" | "blockquote" | "figure" | "figcaption" | "pre" | "table",
        ) => " ",
        _ => "",
    }
}

/// Adds a person's name, without the mail address that RSS puts before or behind it, unless there is nothing else.
pub(super) fn author_into(names: &mut Vec<String>, raw: &str) {
    let line = plain_line(raw);
    let line = line.strip_prefix("mailto:").unwrap_or(&line);
    let name = match line.split_once('(') {
        Some((mail, name)) if mail.contains('@') || mail.contains("[at]") || mail.trim().is_empty() => {
            name.trim_end().trim_end_matches(')').to_owned()
        }
        _ => line
            .split_whitespace()
            .filter(|word| !word.contains('@') || word.starts_with('@'))
            .collect::<Vec<_>>()
            .join(" "),
    };
    let mut name = name.trim_matches([' ', ',', '<', '>', '"', '-']).to_owned();
    if name.is_empty() && line.contains('@') {
        // Better than nobody.
        line.trim_matches([' ', ',', '<', '>', '"', '(', ')']).clone_into(&mut name);
    }
    if !name.is_empty() && !names.contains(&name) && names.len() < 20 {
        names.push(name);
    }
}

fn categories(raw: &[String]) -> Vec<String> {
    let mut seen = HashSet::new();
    raw.iter()
        .map(|name| plain_line(name))
        .filter(|name| name.chars().count() <= LONGEST_CATEGORY)
        .filter(|name| {
            let key = tag::fold(name);
            !key.is_empty() && seen.insert(key)
        })
        .take(MOST_CATEGORIES)
        .collect()
}

fn enclosures(raw: Vec<Enclosure>, base: &Url) -> Vec<Enclosure> {
    let mut kept: Vec<Enclosure> = Vec::new();
    for file in raw.into_iter().take(MOST_ENCLOSURES * 4) {
        let Some(url) = address::link(&file.url, base).map(Cow::into_owned) else {
            continue;
        };
        if kept.len() < MOST_ENCLOSURES && !kept.iter().any(|known| known.url == url) {
            kept.push(Enclosure {
                mime_type: file
                    .mime_type
                    .map(|kind| scrub::line(&kind).into_owned())
                    .or_else(|| kind_of(&url).map(str::to_owned)),
                title: file.title.map(|title| plain_line(&title)).filter(|title| !title.is_empty()),
                url,
                ..file
            });
        }
    }
    kept
}

fn is_image(file: &Enclosure) -> bool {
    file.mime_type.as_deref().is_some_and(|kind| kind.starts_with("image/"))
}

fn first_image(html: &str) -> Option<String> {
    memchr::memmem::find_iter(html.as_bytes(), b"<img ").find_map(|at| match Tokens::new(html.get(at..)?).next()? {
        Token::Start(tag) if !is_beacon(tag.sides()) && !is_ornament(&tag) => {
            tag.attribute("src").map(|url| entity::decode(url).into_owned())
        }
        _ => None,
    })
}

/// Signs within a text and buttons below it, by their size or by where they are kept.
fn is_ornament(image: &Tag<'_>) -> bool {
    const LARGEST: u32 = 48;
    const KEPT_IN: [&str; 6] = ["/emoji/", "/smilies/", "/smileys/", "/smiley", "/emoticons/", "/~ff/"];
    let is_small = image.sides().any(|side| side.parse().is_ok_and(|side: u32| side <= LARGEST));
    let source = image.attribute("src").unwrap_or_default();
    is_small || KEPT_IN.iter().any(|folder| source.contains(folder))
}
