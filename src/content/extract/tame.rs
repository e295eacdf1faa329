//! Makes a page fit for parsers whose time and memory grow faster than their input. One pass over the tokens caps
//! nesting, tags, attributes and text, and leaves out what is no text. What it writes is well-nested: HTML parsers are
//! quadratic in depth and multiply misnested formatting.

use super::super::markup::{Tag, Token, Tokens};
use super::lexicon::LEXICON;

/// Deepest nesting that is kept; what is deeper loses its tags, not its text.
const DEPTH: usize = 120;
/// Tags that are kept; after that many only text is.
const TAGS: usize = 30_000;
/// Bytes of text that are kept, as a parser writes it: those of a hundred thousand words. Extractors and what sets the text
/// take some hundred times its length.
const TEXT: usize = 3 << 18;
/// Bytes by which a parser's `&amp;` or `&lt;` is longer than what it stands for.
const ESCAPED: usize = 4;
/// Attributes of one tag that are looked at.
const ATTRIBUTES: usize = 60;
/// Bytes of a value that are kept; a longer one is data.
const VALUE: usize = 4096;

/// Elements whose content is no markup, or nothing to read.
const RAW: [&str; 12] = [
    "script", "style", "textarea", "xmp", "noembed", "noframes", "template", "svg", "math", "canvas", "iframe",
    "select",
];
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr"];
/// Classes of what is shown on a screen alone.
const UNPRINTED: [&str; 5] = ["noprint", "no-print", "mw-editsection", "d-print-none", "hidden-print"];
/// Classes of what is for screen readers alone: labels of what the eye sees.
pub(super) const UNSEEN: [&str; 7] = [
    "visually-hidden",
    "visuallyhidden",
    "sr-only",
    "screen-reader-text",
    "element-invisible",
    "u-visually-hidden",
    "screenreader-only",
];
/// Where a box says what it is.
const NAMED: [&str; 6] = ["class", "id", "data-area", "data-component", "data-testid", "aria-labelledby"];
/// Tokens and bytes of text of an element within a line, and of a box.
const SHORT: (usize, usize) = (30, 200);
const ASIDE: (usize, usize) = (200, 900);
/// Tokens at most and bytes of text at least of a box that is a paragraph.
const PARAGRAPH: (usize, usize) = (60, 80);
/// What the extractors go by.
const KEPT: [&str; 25] = [
    "class",
    "id",
    "role",
    "itemprop",
    "itemtype",
    "property",
    "name",
    "content",
    "rel",
    "href",
    "src",
    "srcset",
    "data-src",
    "data-srcset",
    "alt",
    "title",
    "style",
    "hidden",
    "aria-hidden",
    "datetime",
    "lang",
    "colspan",
    "rowspan",
    "start",
    "data-testid",
];

/// The same page within the limits: well-nested, without scripts, styles, comments and drawings.
pub(super) fn tame(html: &str) -> String {
    let mut tamer =
        Tamer { out: String::with_capacity(html.len() / 2), open: Vec::new(), flattened: 0, tags: 0, text: 0 };
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(text) => tamer.text(text),
            Token::Start(tag) => tamer.start(tag, &mut tokens),
            Token::End(name) => tamer.end(&name.to_ascii_lowercase()),
            Token::Other => {}
        }
        if tamer.text >= TEXT {
            break;
        }
    }
    tamer.close_to(0);
    tamer.out
}

struct Tamer {
    out: String,
    /// Names of open elements, in small letters.
    open: Vec<String>,
    /// Start tags left out for the depth, whose end tags are still to come.
    flattened: usize,
    tags: usize,
    text: usize,
}

impl Tamer {
    fn text(&mut self, text: &str) {
        let room = TEXT.saturating_sub(self.text);
        let text = super::super::text::head(text, room);
        let escaped = memchr::memchr2_iter(b'&', b'<', text.as_bytes()).count() * ESCAPED;
        // What takes more room than there is consists of little else.
        let text =
            if text.len() + escaped > room { super::super::text::head(text, room / (ESCAPED + 1)) } else { text };
        self.text += text.trim().len() + escaped;
        self.out.push_str(text);
    }

    fn start(&mut self, tag: Tag<'_>, tokens: &mut Tokens<'_>) {
        let mut name = tag.name.to_ascii_lowercase();
        if RAW.contains(&name.as_str()) {
            tokens.skip_raw(tag.name);
            return;
        }
        // A button beside a question opens its answer; one in a heading is the question.
        let is_button = name == "button" && !self.open.iter().any(|open| is_heading(open));
        let longest = if is_button || is_unprinted(&name, tag) {
            SHORT
        } else if is_aside(&name, tag) {
            ASIDE
        } else {
            (0, 0)
        };
        if longest.0 > 0
            && self.tags < TAGS
            && let Some(behind) = behind(tokens, &name, longest)
        {
            self.tags += 1;
            *tokens = behind;
            return;
        }
        let is_plain = name.len() <= 40 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !is_plain || self.tags >= TAGS {
            return;
        }
        self.tags += 1;
        if VOID.contains(&name.as_str()) {
            self.write(&name, tag);
            return;
        }
        // Some systems put the whole page into one form; extractors drop forms.
        if name == "form"
            && self.open.iter().all(|open| matches!(open.as_str(), "html" | "body" | "div"))
            && self.open.len() < 4
        {
            "div".clone_into(&mut name);
        }
        if self.flattened == 0 {
            while self.open.last().is_some_and(|top| closes(&name, top)) {
                self.close_to(self.open.len() - 1);
            }
        }
        if self.open.len() >= DEPTH {
            self.flattened += 1;
            self.out.push(' ');
            return;
        }
        self.write(&name, tag);
        let is_paragraph = name == "div" && self.open.len() + 1 < DEPTH && is_paragraph(tokens);
        self.open.push(name);
        if is_paragraph {
            self.out.push_str("<p>");
            self.open.push("p".to_owned());
        }
    }

    fn write(&mut self, name: &str, tag: Tag<'_>) {
        self.out.push('<');
        self.out.push_str(name);
        let is_leaf = tag.attribute("role") == Some("tabpanel");
        let mut seen: Vec<&'static str> = Vec::new();
        for attribute in tag.attributes().take(ATTRIBUTES) {
            let Some(known) = KEPT.iter().find(|known| attribute.name.eq_ignore_ascii_case(known)) else { continue };
            // Of several leaves of one box the reader turns up one: all are the article's.
            if *known == "hidden" && is_leaf {
                continue;
            }
            if seen.contains(known) || attribute.value.len() > VALUE {
                continue;
            }
            seen.push(known);
            self.out.push(' ');
            self.out.push_str(known);
            self.out.push_str("=\"");
            self.out.push_str(&attribute.value.replace('"', "&quot;"));
            self.out.push('"');
        }
        self.out.push('>');
    }

    fn end(&mut self, name: &str) {
        if self.flattened > 0 {
            if !VOID.contains(&name) {
                self.flattened -= 1;
            }
            return;
        }
        let name = if name == "form" && !self.open.iter().any(|open| open == "form") { "div" } else { name };
        let mut at = self.open.len();
        while let Some(open) = at.checked_sub(1).and_then(|last| self.open.get(last)) {
            at -= 1;
            if open == name {
                self.close_to(at);
                return;
            }
            if holds(open, name) {
                return;
            }
        }
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            if let Some(name) = self.open.pop() {
                self.out.extend(["</", &name, ">"]);
            }
        }
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Whether a box that has just begun holds but a paragraph's text, which some builders put into no `p`.
fn is_paragraph(tokens: &Tokens<'_>) -> bool {
    let (mut ahead, mut length) = (tokens.clone(), 0);
    for _ in 0..PARAGRAPH.0 {
        match ahead.next() {
            Some(Token::Text(text)) => length += text.trim().len(),
            Some(Token::Start(tag)) if is_block(&tag.name.to_ascii_lowercase()) => return false,
            Some(Token::End(end)) if end.eq_ignore_ascii_case("div") => return length >= PARAGRAPH.1,
            Some(_) => {}
            None => return false,
        }
    }
    false
}

/// `[edit]`, `[citation needed]`: words within a line that `MediaWiki` and others leave out in print.
fn is_unprinted(name: &str, tag: Tag<'_>) -> bool {
    let (is_short, is_block) =
        (matches!(name, "span" | "sup" | "a" | "button"), matches!(name, "div" | "p" | "label" | "h2" | "h3" | "h4"));
    (is_short || is_block)
        && tag.attribute("class").is_some_and(|class| {
            let is_left_out = |class| is_short && UNPRINTED.contains(&class) || UNSEEN.contains(&class);
            class.split_ascii_whitespace().any(is_left_out)
        })
}

/// Boxes beside the article that its page names so: letters by mail, gifts, contents, what to read next.
fn is_aside(name: &str, tag: Tag<'_>) -> bool {
    if name == "nav" {
        return true;
    }
    let is_box = matches!(name, "div" | "section" | "aside" | "p" | "ul" | "table" | "figure" | "span");
    is_box
        && NAMED.iter().filter_map(|kind| tag.attribute(kind)).any(|called| {
            let called = called.to_ascii_lowercase();
            let is_whole = |class: &str| LEXICON.aside_classes.contains(&class);
            called.split_ascii_whitespace().any(is_whole)
                || called.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| LEXICON.asides.contains(&word))
                || LEXICON.aside_parts.is_held(&called)
        })
}

/// Where the element of that name ends that has just begun, if it has no more than so many tokens and bytes of text.
fn behind<'a>(tokens: &Tokens<'a>, name: &str, (most, longest): (usize, usize)) -> Option<Tokens<'a>> {
    let (mut ahead, mut open, mut length) = (tokens.clone(), 1, 0);
    for _ in 0..most {
        match ahead.next()? {
            Token::Text(text) => length += text.trim().len(),
            // That is no box but the page around the article.
            Token::Start(tag) if ["h1", "article", "main"].iter().any(|name| tag.name.eq_ignore_ascii_case(name)) => {
                return None;
            }
            Token::Start(tag) if tag.name.eq_ignore_ascii_case(name) => open += 1,
            Token::End(end) if end.eq_ignore_ascii_case(name) => open -= 1,
            _ => {}
        }
        if open == 0 || length > longest {
            break;
        }
    }
    (open == 0 && length <= longest).then_some(ahead)
}

/// Whether the start of `name` ends an open `top` (HTML Living Standard § 13.1.2.4), or a link that was never closed.
fn closes(name: &str, top: &str) -> bool {
    match top {
        "p" => is_block(name),
        "li" => name == "li",
        "dt" | "dd" => matches!(name, "dt" | "dd"),
        "td" | "th" => matches!(name, "td" | "th" | "tr" | "tbody" | "tfoot" | "thead"),
        "tr" => matches!(name, "tr" | "tbody" | "tfoot" | "thead"),
        "thead" | "tbody" | "tfoot" => matches!(name, "tbody" | "tfoot" | "thead"),
        "rt" | "rp" => matches!(name, "rt" | "rp"),
        "option" => matches!(name, "option" | "optgroup"),
        "head" => matches!(name, "body" | "div" | "p" | "article" | "main" | "header" | "table"),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6"),
        "a" => name == "a",
        // Formatting that was never closed ends with its line of text.
        "b" | "i" | "em" | "strong" | "u" | "font" | "span" => is_block(name) && name == "p",
        _ => false,
    }
}

/// Whether an end tag of that name has no say beyond an open `open`.
fn holds(open: &str, name: &str) -> bool {
    match open {
        "td" | "th" => !matches!(name, "tr" | "table" | "tbody" | "thead" | "tfoot"),
        "table" => true,
        "ul" | "ol" => name == "li" || !is_block(name),
        "dl" => matches!(name, "dt" | "dd") || !is_block(name),
        "body" | "html" => !matches!(name, "html"),
        open => is_block(open) && (!is_block(name) || name == "p"),
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "center"
            | "details"
            | "dd"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "table"
            | "td"
            | "th"
            | "tr"
            | "ul"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_goes() {
        let page = "<!doctype html><p onclick=x CLASS='a'>Satu<script>if (a<b) '</p>'</script><!-- x --><svg><p>y</p></svg></p>";
        assert_eq!(tame(page), "<p class=\"a\">Satu</p>");
    }

    #[test]
    fn words_that_are_not_printed_go_and_what_is_long_stays() {
        let page = "<h2>Sejarah <span class='mw-editsection'>[<span><a href=x>sunting</a></span>]</span></h2>\
                    <p>Pabrik tutup.<sup class=\"noprint Inline-Template\">[butuh rujukan]</sup> Lalu sepi.</p>";
        assert_eq!(tame(page), "<h2>Sejarah </h2><p>Pabrik tutup. Lalu sepi.</p>");
        let open = format!("<span class=noprint>{}", "<b>isi</b> ".repeat(99));
        assert!(tame(&open).contains("isi"));
    }

    #[test]
    fn boxes_beside_the_article_go_and_an_article_in_one_stays() {
        for name in ["nav", "div class='nl newsletter-box'", "aside id=toc", "p class=baca-juga"] {
            let element = name.split(' ').next().unwrap();
            let page = format!("<p>Satu.</p><{name}>Lain <a href=x>lagi</a></{element}><p>Dua.</p>");
            assert_eq!(tame(&page), "<p>Satu.</p><p>Dua.</p>", "{name}");
        }
        let post = "<div class=newsletter-post><h1>Judul</h1><p>Isi.</p></div>";
        assert!(tame(post).contains("Isi."));
        let long = format!("<div class=newsletter-post>{}</div>", "<p>Isi yang panjang sekali.</p>".repeat(99));
        assert_eq!(tame(&long).matches("Isi").count(), 99);
    }

    #[test]
    fn what_a_builder_of_pages_hides_or_names_no_paragraph_is_text() {
        let text = "Kalimat yang cukup panjang untuk sebuah paragraf, dan satu lagi yang menyusul di belakangnya.";
        assert_eq!(tame(&format!("<div>{text}<br>Ya.</div>")), format!("<div><p>{text}<br>Ya.</p></div>"));
        for page in [format!("<div>{text}<p>a</p></div>"), "<div>pendek</div>".to_owned()] {
            assert_eq!(tame(&page), page);
        }
        assert_eq!(tame("<div role=tabpanel hidden>a</div>"), "<div role=\"tabpanel\">a</div>");
        assert_eq!(tame("<div hidden>a</div>"), "<div hidden=\"\">a</div>");
        assert_eq!(tame("<div><h4>Apa?</h4><button>+</button></div>"), "<div><h4>Apa?</h4></div>");
        assert_eq!(tame("<h4><button>Apa?</button></h4>"), "<h4><button>Apa?</button></h4>");
    }

    #[test]
    fn the_output_is_well_nested() {
        for (page, tamed) in [
            ("<p>a<p>b<div>c", "<p>a</p><p>b</p><div>c</div>"),
            ("<ul><li>a<li>b</ul>c", "<ul><li>a</li><li>b</li></ul>c"),
            ("<b>a<i>b</b>c</i>", "<b>a<i>b</i></b>c"),
            ("<div><b>a</div>b", "<div><b>a</b></div>b"),
            ("<b><div>a</b>b</div>", "<b><div>ab</div></b>"),
            ("<table><tr><td>a</div><td>b</table>c", "<table><tr><td>a</td><td>b</td></tr></table>c"),
            ("<a href=x>a<p>b<a href=y>c</a>", "<a href=\"x\">a<p>b<a href=\"y\">c</a></p></a>"),
            ("a</div></p>b", "ab"),
        ] {
            assert_eq!(tame(page), tamed, "{page}");
        }
    }

    #[test]
    fn depth_tags_attributes_and_text_are_bounded() {
        let deep = format!("{}inti", "<div>".repeat(20_000));
        let tamed = tame(&deep);
        assert_eq!(tamed.matches("<div>").count(), DEPTH);
        assert!(tamed.contains("inti"));
        let wide = "<i>a</i>".repeat(200_000);
        assert_eq!(tame(&wide).matches("<i>").count(), TAGS);
        let attributes: String = (0..100_000).map(|n| format!(" a{n}=b")).collect();
        assert_eq!(tame(&format!("<p{attributes} class=c>x")), "<p>x</p>");
        assert!(tame(&"kata ".repeat(1 << 20)).len() <= TEXT + 8);
        for mark in ["<", "&", "&&lt;"] {
            let escaped = tame(&mark.repeat(8 << 20)).replace('&', "&amp;").replace('<', "&lt;");
            assert!(escaped.len() <= TEXT + 8, "{mark}: {}", escaped.len());
        }
    }

    #[test]
    fn a_form_around_the_page_is_no_form() {
        assert_eq!(tame("<body><form id=f><p>a</p></form></body>"), "<body><div id=\"f\"><p>a</p></div></body>");
    }
}
