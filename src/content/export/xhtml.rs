//! Safe HTML as XHTML: what is open is closed, in order, references are characters, and nothing is left that XML forbids.

use super::super::entity;
use super::super::markup::{Tag, Token, Tokens};
use super::super::sanitise::rules::{Rule, rule};
use crate::model::scrub;

/// Attributes that stay. A `class` says of code which language it is in.
const ATTRIBUTES: [&str; 6] = ["href", "title", "colspan", "rowspan", "start", "class"];

/// The markup, for the body of an XHTML page. Pictures are elsewhere, where a book may not get them from: a link stays in
/// the place of each.
pub(super) fn xhtml(html: &str) -> String {
    let mut page = String::with_capacity(html.len() + html.len() / 8);
    let mut open: Vec<&'static str> = Vec::new();
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(raw) => text(&mut page, &entity::decode(raw)),
            Token::Start(tag) => match rule(tag.name) {
                Rule::Void("img") => picture(&mut page, &tag, open.contains(&"a")),
                Rule::Void(name) => page.extend(["<", name, "/>"]),
                // A link within a link would be two.
                Rule::Keep("a") if open.contains(&"a") => {}
                Rule::Keep(name) => {
                    page.extend(["<", name]);
                    attributes(&mut page, &tag);
                    page.push('>');
                    open.push(name);
                }
                Rule::DropRaw | Rule::Frame => {
                    tokens.skip_raw(tag.name);
                }
                Rule::Unwrap | Rule::Formula | Rule::Drop | Rule::DropVoid | Rule::Media | Rule::Source => {}
            },
            Token::End(name) => {
                let Rule::Keep(name) = rule(name) else { continue };
                if let Some(at) = open.iter().rposition(|open| *open == name) {
                    close(&mut page, &mut open, at);
                }
            }
            Token::Other => {}
        }
    }
    close(&mut page, &mut open, 0);
    page
}

fn close(page: &mut String, open: &mut Vec<&'static str>, down_to: usize) {
    while open.len() > down_to {
        let Some(name) = open.pop() else { return };
        page.extend(["</", name, ">"]);
    }
}

fn attributes(page: &mut String, tag: &Tag<'_>) {
    for name in ATTRIBUTES {
        if let Some(value) = tag.attribute(name) {
            page.extend([" ", name, "=\""]);
            text(page, &entity::decode(value));
            page.push('"');
        }
    }
}

fn picture(page: &mut String, tag: &Tag<'_>, is_in_link: bool) {
    let alt = entity::decode(tag.attribute("alt").unwrap_or_default());
    let address = entity::decode(tag.attribute("src").unwrap_or_default());
    let words = if alt.trim().is_empty() { &address } else { &alt };
    if !is_in_link {
        page.push_str("<a class=\"picture\" href=\"");
        text(page, &address);
        page.push_str("\">");
    }
    page.push_str("[▣ ");
    text(page, words);
    page.push_str(if is_in_link { "]" } else { "]</a>" });
}

/// Text that means itself in XML.
pub(super) fn text(page: &mut String, text: &str) {
    let safe = scrub::text(text);
    let is_noncharacter = |c: char| matches!(c, '\u{fffe}' | '\u{ffff}');
    if safe.contains(is_noncharacter) {
        entity::escape_into(page, &safe.replace(is_noncharacter, ""));
    } else {
        entity::escape_into(page, &safe);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_well_formed() {
        for (html, expected) in [
            ("<p>satu<br>dua &amp; tiga&nbsp;&eacute;<hr>", "<p>satu<br/>dua &amp; tiga\u{a0}é<hr/></p>"),
            ("<b><i>x</b>y</i></p>", "<b><i>x</i></b>y"),
            ("<a href=\"https://a.id/?a=1&amp;b=2\" onclick=x>z", "<a href=\"https://a.id/?a=1&amp;b=2\">z</a>"),
            (
                "<p><img src='https://a.id/p.png' alt='Foto \"A\"'></p>",
                "<p><a class=\"picture\" href=\"https://a.id/p.png\">[▣ Foto &quot;A&quot;]</a></p>",
            ),
            ("<a href=x><a href=y>z</a></a>", "<a href=\"x\">z</a>"),
            ("a&#0;b&#x1b;c\u{ffff}<script>1<2</script>", "a\u{fffd}bc"),
            ("<ol start=3><li>x<td colspan=2>", "<ol start=\"3\"><li>x<td colspan=\"2\"></td></li></ol>"),
        ] {
            assert_eq!(xhtml(html), expected, "{html}");
        }
    }
}
