//! What elements are called, where that would mislead the extractors: they take what is called `social` or `header` for
//! furniture, and a heading's anchor is made of the heading's own words.

use super::super::entity;
use super::super::markup::{Tag, Token, Tokens};
use super::lexicon::{LEXICON, bare, begins, ends_a_sentence, folded, weight};

/// Words of names that stand for furniture, and for much else.
const VAGUE: [&str; 10] =
    ["header", "extra", "legends", "community", "social", "menu", "comment", "remark", "replies", "supplemental"];
/// Shown length from which a paragraph speaks for itself.
const PROSE: usize = 60;
/// Tokens and bytes that are looked at for what an element holds.
const AHEAD: (usize, usize) = (200, 4000);

/// A tamed page without the names that mislead.
pub(super) fn without_misleading(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut tokens = Tokens::new(page);
    let (mut from, mut heading, mut quotes) = (0, None, 0_usize);
    // Of what stands beside a text by its element's name: whether it belongs to it.
    let mut beside: Vec<bool> = Vec::new();
    while let Some(token) = tokens.next() {
        let to = tokens.position();
        match token {
            Token::Start(tag) if tag.name == "blockquote" => quotes += 1,
            Token::End("blockquote") => quotes = quotes.saturating_sub(1),
            _ => {}
        }
        match token {
            // `Options¶`: a link to the heading itself.
            Token::Start(tag) if tag.name == "a" && self_link(&tokens).is_some() => {
                tokens = self_link(&tokens).unwrap_or(tokens);
                from = tokens.position();
                continue;
            }
            Token::Start(tag) if matches!(tag.name, "aside" | "footer") => {
                let is_of_the_text = if tag.name == "footer" { quotes > 0 } else { is_quote_or_fact(tag) };
                beside.push(is_of_the_text);
                out.push_str(if is_of_the_text { "<div>" } else { page.get(from..to).unwrap_or_default() });
            }
            Token::End("aside" | "footer") => {
                let is_of_the_text = beside.pop() == Some(true);
                out.push_str(if is_of_the_text { "</div>" } else { page.get(from..to).unwrap_or_default() });
            }
            Token::Start(tag) if heading.is_some() || misleads(tag, &tokens) => {
                heading = heading.or(Some(tag.name).filter(|name| is_heading(name)));
                write(&mut out, tag);
            }
            Token::End(name) => {
                heading = heading.filter(|heading| *heading != name);
                out.push_str(page.get(from..to).unwrap_or_default());
            }
            _ => out.push_str(page.get(from..to).unwrap_or_default()),
        }
        from = to;
    }
    out
}

/// Where a link ends that has just begun and holds nothing but a sign.
fn self_link<'a>(tokens: &Tokens<'a>) -> Option<Tokens<'a>> {
    let mut ahead = tokens.clone();
    let Some(Token::Text(text)) = ahead.next() else { return None };
    let is_sign = matches!(entity::decode(text).trim(), "¶" | "#" | "§" | "🔗");
    (is_sign && matches!(ahead.next(), Some(Token::End("a")))).then_some(ahead)
}

/// A box with what is quoted, or with facts: not what is pulled out of the text to be seen twice.
fn is_quote_or_fact(tag: Tag<'_>) -> bool {
    let name = tag.attribute("class").unwrap_or_default().to_ascii_lowercase();
    (name.contains("quote") || name.contains("fact")) && !name.contains("pull")
}

fn write(out: &mut String, tag: Tag<'_>) {
    out.extend(["<", tag.name]);
    for attribute in tag.attributes().filter(|attribute| !matches!(attribute.name, "class" | "id")) {
        out.extend([" ", attribute.name, "=\"", attribute.value, "\""]);
    }
    out.push('>');
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Whether the name of the element that has just begun says nothing about what it holds.
fn misleads(tag: Tag<'_>, tokens: &Tokens<'_>) -> bool {
    let called = |kind| tag.attribute(kind).map(str::to_ascii_lowercase);
    let is_vague = || {
        let names = [called("class"), called("id")];
        names.iter().flatten().any(|name| VAGUE.iter().any(|vague| name.contains(vague)))
    };
    match tag.name {
        name if is_heading(name) => true,
        "p" | "blockquote" | "ul" | "ol" | "dl" => is_vague() && Held::read(tag.name, tokens).is_prose(),
        "div" | "header" | "section" => {
            let (is_vague, id) = (is_vague(), called("id"));
            if !is_vague && id.is_none() {
                return false;
            }
            let held = Held::read(tag.name, tokens);
            let Some(heading) = held.heading.as_deref().filter(|heading| !is_of_furniture(heading)) else {
                return false;
            };
            let is_anchor =
                || id.is_some_and(|id| slug(heading).contains(&slug(&id)) || slug(&id).contains(&slug(heading)));
            is_vague && held.is_whole && weight(held.text.trim()) <= weight(heading) + PROSE || is_anchor()
        }
        _ => false,
    }
}

/// Headings of what stands beside an article.
fn is_of_furniture(heading: &str) -> bool {
    let folded = folded(heading);
    let line = bare(&folded);
    let starts = LEXICON.tail.iter().chain(&LEXICON.see_also).chain(&LEXICON.about);
    LEXICON.labels.contains(line)
        || starts.copied().any(|start| begins(line, start))
        || !LEXICON.pleas.held(line).is_empty()
        || LEXICON.offer.is_held(line)
}

fn slug(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What an element holds, as far as it was looked at.
#[derive(Default)]
struct Held {
    text: String,
    linked: usize,
    /// The one that it begins with.
    heading: Option<String>,
    is_whole: bool,
}

impl Held {
    fn read(name: &str, tokens: &Tokens<'_>) -> Self {
        let (mut held, mut ahead) = (Self::default(), tokens.clone());
        let (mut open, mut is_link, mut heading) = (1, false, None);
        for _ in 0..AHEAD.0 {
            match ahead.next() {
                Some(Token::Text(raw)) => {
                    let text = entity::decode(raw);
                    held.text.push_str(&text);
                    held.linked += if is_link { text.len() } else { 0 };
                }
                Some(Token::Start(tag)) => {
                    open += usize::from(tag.name == name);
                    is_link |= tag.name == "a";
                    if is_heading(tag.name) && held.heading.is_none() && held.text.trim().is_empty() {
                        heading = Some(tag.name);
                    }
                }
                Some(Token::End(end)) => {
                    open -= usize::from(end == name);
                    is_link &= end != "a";
                    if heading.is_some_and(|heading| heading == end) {
                        heading = None;
                        held.heading = Some(held.text.trim().to_owned());
                    }
                }
                Some(Token::Other) => {}
                None => break,
            }
            held.is_whole = open == 0;
            if held.is_whole || held.text.len() > AHEAD.1 {
                break;
            }
        }
        held
    }

    fn is_prose(&self) -> bool {
        let line = self.text.trim();
        weight(line) >= PROSE && ends_a_sentence(line) && self.linked * 3 < line.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_of_a_heading_s_own_words_says_nothing_about_it() {
        for (page, honest) in [
            ("<h2 id=\"social-media\" class=\"header\">Media sosial</h2>", "<h2>Media sosial</h2>"),
            (
                "<h2><span class=\"mw-headline\" id=\"Social_impact\">Impact</span></h2>x",
                "<h2><span>Impact</span></h2>x",
            ),
            (
                "<section id=\"community-reaction\" class=\"level2\"><h2>Community reaction</h2><p>a</p></section>",
                "<section><h2>Community reaction</h2><p>a</p></section>",
            ),
            ("<div class=\"section-header\"><h2>Akibat</h2></div>", "<div><h2>Akibat</h2></div>"),
            ("<h1 class=\"header\">a</h1>", "<h1 class=\"header\">a</h1>"),
            ("<h2>Options<a class=\"headerlink\" href=\"#o\">¶</a></h2>b", "<h2>Options</h2>b"),
            (
                "<aside class=\"quote\">a</aside><aside class=\"pullquote\">b</aside>",
                "<div>a</div><aside class=\"pullquote\">b</aside>",
            ),
            (
                "<blockquote>a<footer>b</footer></blockquote><footer>c</footer>",
                "<blockquote>a<div>b</div></blockquote><footer>c</footer>",
            ),
            (
                "<section id=\"comments\"><h2>Comments</h2><p>a</p></section>",
                "<section id=\"comments\"><h2>Comments</h2><p>a</p></section>",
            ),
            (
                "<div class=\"header\"><h2>Judul</h2><p>a</p><p>Kalimat yang panjang, dan sama sekali tidak pendek, sehingga tidak lagi berupa judul.</p></div>",
                "<div class=\"header\"><h2>Judul</h2><p>a</p><p>Kalimat yang panjang, dan sama sekali tidak pendek, sehingga tidak lagi berupa judul.</p></div>",
            ),
        ] {
            assert_eq!(without_misleading(page), honest);
        }
    }

    #[test]
    fn prose_speaks_for_itself_whatever_it_is_called() {
        let prose = "Sungai itu meluap pada Senin malam dan merendam ratusan rumah di tiga desa.";
        for name in ["p class=\"text social-text\"", "blockquote class=\"comment\""] {
            let element = name.split(' ').next().unwrap();
            let page = format!("<{name} dir=\"ltr\">{prose}</{element}>");
            assert_eq!(without_misleading(&page), format!("<{element} dir=\"ltr\">{prose}</{element}>"));
            for other in [prose.trim_end_matches('.').to_owned(), format!("<a href=\"x\">{prose}</a>")] {
                let page = format!("<{name}>{other}</{element}>");
                assert_eq!(without_misleading(&page), page);
            }
        }
    }
}
