//! An article as Markdown, from its styled lines: references for links, their list at the end.

use jiff::tz::TimeZone;
use serde_json::Value;

use super::{is_rtl, language, origin};
use crate::model::article::{Article, Line, Span, Style};
use crate::model::entry::Entry;

/// Columns to set the article for: enough that paragraphs are not broken.
pub const WIDTH: u16 = 10_000;

const FENCE: &str = "~~~~";

/// The article below its title and a line about it, as it was set for [`WIDTH`] columns.
#[must_use]
pub fn document(entry: &Entry, article: &Article, zone: &TimeZone) -> String {
    with_label(entry, article, zone, "")
}

fn with_label(entry: &Entry, article: &Article, zone: &TimeZone, label: &str) -> String {
    let mut page = format!("# {}\n\n", escaped(entry.headline.words()));
    let from: Vec<String> = origin(entry, zone).iter().map(|text| escaped(text)).collect();
    page.push_str(&from.join(" · "));
    if let Some(url) = super::url(entry) {
        page.extend(["  \n<", &url, ">"]);
    }
    page.push_str("\n\n");
    text_and_links(article, label, &mut page);
    page
}

/// A file of its own: what is known of the article stands before it as YAML, under the names that pandoc gives it.
#[must_use]
pub fn file(entry: &Entry, article: &Article) -> String {
    let headline = &entry.headline;
    // A string of JSON is one of YAML, too.
    let line = |name: &str, value: Value| format!("{name}: {value}\n");
    let mut page = String::from("---\n");
    page.push_str(&line("title", headline.words().into()));
    let authors = entry.authors();
    if !authors.is_empty() {
        page.push_str(&line("author", authors.into()));
    }
    page.push_str(&line("feed", headline.feed_name().into()));
    page.push_str(&line("date", headline.at.to_string().into()));
    if let Some(url) = super::url(entry) {
        page.push_str(&line("link", url.into()));
    }
    if !headline.tags.is_empty() {
        page.push_str(&line("tags", headline.tags.clone().into()));
    }
    if let Some(language) = language(entry) {
        page.push_str(&line("lang", language.into()));
    }
    if is_rtl(entry) {
        page.push_str("dir: rtl\n");
    }
    page.extend(["---\n\n# ", &escaped(headline.words()), "\n\n"]);
    text_and_links(article, "", &mut page);
    page
}

/// One of several articles in a document: where they are written from right to left is told by the markup around it.
#[must_use]
pub fn part(entry: &Entry, article: &Article, zone: &TimeZone) -> String {
    let mut page = with_label(entry, article, zone, &format!("{}-", entry.headline.id));
    let tags: Vec<String> = entry.headline.tags.iter().map(|tag| format!("#{}", escaped(tag))).collect();
    if !tags.is_empty() {
        page.extend(["\n", &tags.join(" "), "\n"]);
    }
    page.push('\n');
    if is_rtl(entry) { format!("<div dir=\"rtl\">\n\n{page}</div>\n\n") } else { page }
}

/// The article of a web page, below its title and a line about it.
#[must_use]
pub fn page(title: &str, about: &str, article: &Article) -> String {
    let mut page = format!("# {}\n\n{}\n\n", escaped(title), escaped(about));
    text_and_links(article, "", &mut page);
    page
}

/// An article, and what its links are told by from those of others in the same document.
struct Part<'a> {
    article: &'a Article,
    label: &'a str,
}

fn text_and_links(article: &Article, label: &str, page: &mut String) {
    body(&Part { article, label }, page);
    if !article.links.is_empty() {
        page.push('\n');
    }
    for (n, link) in article.links.iter().enumerate() {
        page.extend([format!("[{label}{}]: <{}>\n", n + 1, link.url)]);
    }
}

fn body(part: &Part<'_>, page: &mut String) {
    let mut lines = part.article.lines.iter().peekable();
    let (mut is_code, mut is_table) = (false, false);
    while let Some(line) = lines.next() {
        if line.pre != is_code {
            is_code = line.pre;
            page.extend([FENCE, "\n"]);
        }
        let next = lines.peek().copied();
        if is_code {
            page.push_str(line.text().trim_end());
        } else if is_border(line) {
            // A rule stands alone; the lines of a table have its rows beside them.
            if !is_table && !next.is_some_and(is_row) {
                page.push_str("---\n");
            }
            continue;
        } else if is_row(line) {
            page.push_str(&row(line, part));
            if !std::mem::replace(&mut is_table, true) {
                let columns = line.spans.iter().filter(|span| is_column_mark(span)).count() + 1;
                page.extend(["\n|", &"---|".repeat(columns)]);
            }
        } else {
            is_table = false;
            page.push_str(&text(line, part));
            if is_plain(line) && next.is_some_and(is_plain) {
                page.push_str("  ");
            }
        }
        page.push('\n');
    }
    if is_code {
        page.extend([FENCE, "\n"]);
    }
}

/// A line of ordinary text, where a line break is part of the text.
fn is_plain(line: &Line) -> bool {
    line.heading.is_none()
        && !line.pre
        && line.spans.first().is_some_and(|span| !span.style.mark && !span.text.is_empty())
}

fn is_border(line: &Line) -> bool {
    let mut drawn = line.spans.iter().filter(|span| !span.style.quote).peekable();
    let is_drawn = |span: &Span| span.style.mark && span.text.chars().all(|c| matches!(c, '\u{2500}'..='\u{257f}'));
    drawn.peek().is_some() && drawn.all(is_drawn)
}

fn is_row(line: &Line) -> bool {
    !line.pre && !is_border(line) && line.spans.iter().any(is_column_mark)
}

fn is_column_mark(span: &Span) -> bool {
    span.style.mark && !span.style.quote && span.text == "│"
}

fn row(line: &Line, part: &Part<'_>) -> String {
    let cells: Vec<String> =
        line.spans.split(is_column_mark).map(|cell| inline(cell, part).trim().to_owned()).collect();
    format!("| {} |", cells.join(" | "))
}

fn text(line: &Line, part: &Part<'_>) -> String {
    let start = line.spans.iter().take_while(|span| span.style.mark && span.style.link.is_none()).count();
    let (lead, rest) = line.spans.split_at(start);
    let mut text: String = lead.iter().map(|span| span.text.replace('│', ">").replace('•', "-")).collect();
    if let Some(level) = line.heading {
        text.push_str(&"#".repeat(level.clamp(1, 6).into()));
        text.push(' ');
        let plain: Vec<Span> = rest.iter().cloned().map(without_strong).collect();
        text.push_str(&inline(&plain, part));
    } else {
        let inline = inline(rest, part);
        if inline.starts_with(['#', '-', '+', '>']) && lead.is_empty() {
            text.push('\\');
        }
        text.push_str(&inline);
    }
    text.trim_end().to_owned()
}

fn without_strong(span: Span) -> Span {
    Span { style: Style { strong: false, ..span.style }, ..span }
}

fn inline(spans: &[Span], part: &Part<'_>) -> String {
    let mut text = String::new();
    let mut at = 0;
    while let Some(span) = spans.get(at) {
        let is_same = |other: &&Span| match (span.style.image, span.style.link) {
            (Some(image), _) => other.style.image == Some(image),
            (None, Some(link)) => other.style.link == Some(link) && other.style.image.is_none(),
            (None, None) => false,
        };
        let group = spans.get(at..).unwrap_or_default();
        let length = group.iter().take_while(is_same).count().max(1);
        let group = group.get(..length).unwrap_or_default();
        at += length;
        match (span.style.image, span.style.link) {
            (Some(image), _) => text.push_str(&picture(image, part.article)),
            (None, Some(link)) => {
                let words: String = group.iter().filter(|span| !span.style.mark).map(run).collect();
                text.extend([format!("[{words}][{}{link}]", part.label)]);
            }
            (None, None) => text.push_str(&run(span)),
        }
    }
    text
}

fn picture(number: u32, article: &Article) -> String {
    let image = article.images.get((number as usize).saturating_sub(1));
    image.map_or_else(String::new, |image| format!("![{}](<{}>)", escaped(&image.alt), image.url))
}

/// A run of text in one style. Spaces at its ends stay outside, where Markdown wants them.
fn run(span: &Span) -> String {
    let inner = span.text.trim();
    if inner.is_empty() {
        return span.text.clone();
    }
    let (before, rest) = span.text.split_at(span.text.len() - span.text.trim_start().len());
    let (_, after) = rest.split_at(inner.len());
    let mut text = if span.style.code { format!("`{inner}`") } else { escaped(inner) };
    for (is_on, mark) in [(span.style.emphasis, "*"), (span.style.strong, "**"), (span.style.strikeout, "~~")] {
        if is_on {
            text = format!("{mark}{text}{mark}");
        }
    }
    format!("{before}{text}{after}")
}

/// Text in which nothing is taken for Markdown.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '_' | '[' | ']' | '`' | '<' | '|') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::article::{Words, render};

    fn markdown(html: &str) -> String {
        let mut page = String::new();
        let article = render(html, WIDTH, &Words { image: "image" });
        body(&Part { article: &article, label: "" }, &mut page);
        page
    }

    #[test]
    fn text_keeps_its_structure() {
        let html = "<h2>Pokok <b>berita</b></h2><p>Satu <b>dua</b> <a href='https://a.example/x'>tiga <i>empat</i></a>.</p>\
            <ul><li>lima<li>enam</ul><blockquote><p>tujuh</p></blockquote><hr><pre>a *b*\n  c</pre>";
        assert_eq!(
            markdown(html),
            "## Pokok berita\n\nSatu **dua** [tiga *empat*][1].\n\n- lima\n- enam\n\n> tujuh\n\n---\n\n~~~~\na *b*\n  c\n~~~~\n"
        );
    }

    #[test]
    fn tables_and_pictures_are_markdown_too() {
        let html = "<table><tr><th>Mata uang<th>Beli</tr><tr><td>USD<td>15.700</tr></table><p><img src='https://a.example/p.png' alt='Foto'></p>";
        assert_eq!(
            markdown(html),
            "| **Mata uang** | **Beli** |\n|---|---|\n| USD | 15.700 |\n\n![Foto](<https://a.example/p.png>)\n"
        );
    }

    #[test]
    fn what_looks_like_markdown_is_escaped() {
        assert_eq!(markdown("<p>2*3*4 a_b_c [x]</p><p># satu</p>"), "2\\*3\\*4 a\\_b\\_c \\[x\\]\n\n\\# satu\n");
        assert_eq!(markdown("<p>satu<br>dua</p>"), "satu  \ndua\n");
    }
}
