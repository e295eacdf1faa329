//! What safe HTML may contain, and what becomes of the rest: tables only.

/// What becomes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::content) enum Rule {
    /// Stays, written under this name.
    Keep(&'static str),
    /// Stays; has neither content nor end tag.
    Void(&'static str),
    /// The tags go, the content stays.
    Unwrap,
    /// Goes with everything in it.
    Drop,
    /// Goes; its content is no markup and ends with its own end tag.
    DropRaw,
    /// Goes; has no content.
    DropVoid,
    /// A page within the page; its address becomes a link. The content is no markup.
    Frame,
    /// The tags go, the content stays, unless the formula is also written as text.
    Formula,
    /// Embedded media: the address becomes a link, the content stays.
    Media,
    /// An address of the media around it.
    Source,
}

/// The rule for an element of that name, in any case.
pub(in crate::content) fn rule(name: &str) -> Rule {
    if name.bytes().any(|b| b.is_ascii_uppercase()) { lower(&name.to_ascii_lowercase()) } else { lower(name) }
}

fn lower(name: &str) -> Rule {
    use Rule::{Drop, DropRaw, DropVoid, Formula, Frame, Keep, Media, Source, Unwrap, Void};
    match name {
        "p" => Keep("p"),
        "a" => Keep("a"),
        "br" => Void("br"),
        "img" | "image" => Void("img"),
        "hr" => Void("hr"),
        "div" | "section" | "article" | "header" | "footer" | "main" | "aside" | "nav" | "address" | "center"
        | "hgroup" | "fieldset" | "dir" | "menu" => Keep("div"),
        "strong" => Keep("strong"),
        "b" => Keep("b"),
        "em" => Keep("em"),
        "i" => Keep("i"),
        "u" => Keep("u"),
        "s" | "strike" => Keep("s"),
        "del" => Keep("del"),
        "ins" => Keep("ins"),
        "ul" => Keep("ul"),
        "ol" => Keep("ol"),
        "li" => Keep("li"),
        "h1" => Keep("h1"),
        "h2" => Keep("h2"),
        "h3" => Keep("h3"),
        "h4" => Keep("h4"),
        "h5" => Keep("h5"),
        "h6" => Keep("h6"),
        "blockquote" => Keep("blockquote"),
        "figure" => Keep("figure"),
        "figcaption" => Keep("figcaption"),
        "pre" | "listing" => Keep("pre"),
        "code" | "tt" => Keep("code"),
        "kbd" => Keep("kbd"),
        "samp" => Keep("samp"),
        "var" => Keep("var"),
        "sub" => Keep("sub"),
        "sup" => Keep("sup"),
        "small" => Keep("small"),
        "mark" => Keep("mark"),
        "q" => Keep("q"),
        "cite" => Keep("cite"),
        "dfn" => Keep("dfn"),
        "abbr" | "acronym" => Keep("abbr"),
        "dl" => Keep("dl"),
        "dt" => Keep("dt"),
        "dd" => Keep("dd"),
        "table" => Keep("table"),
        "caption" => Keep("caption"),
        "thead" => Keep("thead"),
        "tbody" => Keep("tbody"),
        "tfoot" => Keep("tfoot"),
        "tr" => Keep("tr"),
        "td" => Keep("td"),
        "th" => Keep("th"),
        "ruby" => Keep("ruby"),
        "rt" => Keep("rt"),
        "rp" => Keep("rp"),
        "details" => Keep("details"),
        "summary" => Keep("summary"),
        "script" | "style" | "textarea" | "title" | "xmp" | "noembed" | "noframes" => DropRaw,
        "svg" | "template" | "head" | "select" | "button" | "canvas" | "dialog" | "annotation" | "annotation-xml" => {
            Drop
        }
        "math" => Formula,
        "input" | "meta" | "link" | "base" | "track" | "col" | "wbr" | "param" | "area" | "keygen" | "frame"
        | "basefont" | "bgsound" => DropVoid,
        "iframe" => Frame,
        "video" | "audio" | "object" | "embed" => Media,
        "source" => Source,
        _ => Unwrap,
    }
}

/// Every element that [`rule`] keeps.
pub(super) const KEPT: [&str; 55] = [
    "p",
    "a",
    "br",
    "img",
    "hr",
    "div",
    "strong",
    "b",
    "em",
    "i",
    "u",
    "s",
    "del",
    "ins",
    "ul",
    "ol",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "figure",
    "figcaption",
    "pre",
    "code",
    "kbd",
    "samp",
    "var",
    "sub",
    "sup",
    "small",
    "mark",
    "q",
    "cite",
    "dfn",
    "abbr",
    "dl",
    "dt",
    "dd",
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "ruby",
    "rt",
    "rp",
    "details",
    "summary",
];

/// What an attribute that stays must look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    /// An absolute URL that a reader may follow.
    Link,
    /// An absolute URL of http or https.
    Resource,
    Text,
    /// A whole number of at most five digits.
    Number,
    /// `language-rust` and its like.
    Language,
}

/// Attributes that stay, by element and (lower-case) name.
pub(super) const ATTRIBUTES: [(&str, &str, Value); 12] = [
    ("a", "href", Value::Link),
    ("a", "title", Value::Text),
    ("img", "src", Value::Resource),
    ("img", "alt", Value::Text),
    ("img", "title", Value::Text),
    ("img", "width", Value::Number),
    ("img", "height", Value::Number),
    ("td", "colspan", Value::Number),
    ("td", "rowspan", Value::Number),
    ("th", "colspan", Value::Number),
    ("th", "rowspan", Value::Number),
    ("ol", "start", Value::Number),
];

pub(super) const MORE_ATTRIBUTES: [(&str, &str, Value); 2] =
    [("abbr", "title", Value::Text), ("code", "class", Value::Language)];

/// The rule for one attribute; `None` drops it.
pub(super) fn attribute(element: &str, name: &str) -> Option<Value> {
    ATTRIBUTES
        .iter()
        .chain(&MORE_ATTRIBUTES)
        .find(|(owner, attribute, _)| *owner == element && *attribute == name)
        .map(|(_, _, value)| *value)
}

/// Schemes of links that a reader may follow. No `javascript:`, `data:`, `file:`.
pub(in crate::content) const SCHEMES: [&str; 18] = [
    "http", "https", "mailto", "magnet", "tel", "sms", "ftp", "ftps", "gemini", "gopher", "irc", "ircs", "xmpp",
    "news", "nntp", "geo", "matrix", "sip",
];
