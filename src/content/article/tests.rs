use std::fmt::Write as _;

use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::*;
use crate::model::article::{Line, Style};
use crate::model::scrub;

pub(super) const WORDS: Words<'static> = Words { image: "gambar" };
const NEWS: &str = include_str!("../../../tests/fixtures/article/berita.html");

pub(super) fn lines(html: &str, width: u16) -> Vec<String> {
    render(html, width, &WORDS).lines.iter().map(Line::text).collect()
}

/// Text with what each piece is, in a form that shows in a diff.
fn shown(article: &Article) -> String {
    let mut out = String::new();
    for line in &article.lines {
        let mut flags = String::new();
        if let Some(level) = line.heading {
            let _ = write!(flags, "h{level}");
        }
        if line.pre {
            flags.push_str("pre");
        }
        if line.rtl {
            flags.push_str("rtl");
        }
        let _ = write!(out, "{flags:>5} |");
        for span in &line.spans {
            let names = names(span.style);
            if names.is_empty() {
                out.push_str(&span.text);
            } else {
                let _ = write!(out, "⟦{}⟧{names} ", span.text);
            }
        }
        out.push('\n');
    }
    for (n, link) in article.links.iter().enumerate() {
        let _ = writeln!(out, "[{}] {} ({})", n + 1, link.url, link.text);
    }
    for image in &article.images {
        let _ = writeln!(out, "image {} ({})", image.url, image.alt);
    }
    let _ = writeln!(out, "{} words, {} ideographs", article.words, article.ideographs);
    out
}

fn names(style: Style) -> String {
    let mut names = Vec::new();
    for (is, name) in [
        (style.emphasis, "em".to_owned()),
        (style.strong, "strong".to_owned()),
        (style.strikeout, "strike".to_owned()),
        (style.code, "code".to_owned()),
        (style.token.is_some(), style.token.map_or_else(String::new, |token| format!("{token:?}").to_lowercase())),
        (style.quote, "quote".to_owned()),
        (style.mark, "mark".to_owned()),
        (style.link.is_some(), format!("link{}", style.link.unwrap_or(0))),
        (style.image.is_some(), format!("image{}", style.image.unwrap_or(0))),
    ] {
        if is {
            names.push(name);
        }
    }
    names.join(",")
}

#[test]
fn a_rich_article_at_80_columns() {
    insta::assert_snapshot!(shown(&render(NEWS, 80, &WORDS)));
}

#[test]
fn a_rich_article_at_40_columns() {
    insta::assert_snapshot!(shown(&render(NEWS, 40, &WORDS)));
}

#[test]
fn one_url_has_one_number() {
    let article = render(
        "<a href=\"https://a.id/\">x</a> <a href=\"https://b.id/\">y</a> <a href=\"https://a.id/\">z</a>",
        40,
        &WORDS,
    );
    assert_eq!(article.lines[0].text(), "x[1] y[2] z[1]");
    assert_eq!(article.links.len(), 2);
}

#[test]
fn a_link_around_a_heading_is_numbered_on_its_line() {
    assert_eq!(lines("<a href=\"https://a.id/\"><h2>Judul</h2></a><p>teks</p>", 40), ["Judul[1]", "", "teks"]);
}

#[test]
fn an_image_that_counts_readers_is_not_shown() {
    let article = render("<p>teks<img src=\"https://a.id/1.gif\" width=\"1\" height=\"1\"></p>", 40, &WORDS);
    assert_eq!((article.lines.len(), article.images.len()), (1, 0));
}

#[test]
fn a_figure_in_a_list_stands_beside_its_bullet() {
    assert_eq!(
        lines("<ul><li><figure><img src=\"https://a.id/g\"></figure></li><li><p>b</p></li></ul>", 40),
        ["• [gambar]", "• b"]
    );
}

#[test]
fn lists_of_sloppy_publishers_lose_nothing() {
    assert_eq!(
        lines("<ol>teks<li>a</li><ul><li>b</li></ul></ol><li>c</li>", 40),
        ["1. teks", "2. a", "3. • b", "", "• c"]
    );
    assert_eq!(lines("<dl>teks<div><dt>a</dt><dd>b</dd></div></dl>", 40), ["  teks", "a", "  b"]);
}

#[test]
fn layout_tables_are_read_as_text() {
    assert_eq!(lines("<table><tr><td>satu</td></tr><tr><td>dua</td></tr></table>", 40), ["satu", "dua"]);
}

#[test]
fn spans_that_reach_out_of_a_table_do_no_harm() {
    for (colspan, rowspan) in [(1, 9), (2, 9), (9, 1), (0, 0), (1000, 1000)] {
        let html = format!(
            "<table><tr><td>a</td><td>b</td></tr><tr><td colspan={colspan} rowspan={rowspan}>c</td><td rowspan={rowspan}>d</td></tr></table>"
        );
        let text = lines(&html, 40).concat();
        assert!(text.contains('c') && text.contains('d'), "{text}");
    }
}

#[test]
fn nothing_gives_nothing() {
    for html in ["", " \n", "<p></p>", "<div><p> </p></div>", "<hr hidden><script>x</script>"] {
        let article = render(html, 40, &WORDS);
        assert!(article.lines.iter().all(|line| line.text().starts_with('─')), "{html}");
    }
}

#[test]
fn marks_of_our_own_cannot_be_sent_in() {
    assert_eq!(lines("\u{e000}&#xe001;5 \u{1}\u{2}&#x11;x", 40), ["5 x"]);
}

#[test]
fn hostile_nesting_and_size_are_bounded() {
    for html in [
        "<blockquote>".repeat(50_000) + "x",
        "<ul><li>".repeat(50_000) + "x",
        "<table><tr><td>".repeat(20_000) + "x",
        "<b><i><a href=x>".repeat(30_000) + "x",
        "<p>".repeat(100_000) + "x",
        "<table><tr>".to_owned() + &"<td>x".repeat(50_000),
        "x".repeat(1_000_000),
        "中".repeat(300_000),
    ] {
        let article = render(&html, 40, &WORDS);
        assert!(article.lines.iter().any(|line| line.text().contains(['x', '中'])));
    }
}

#[test]
fn a_hard_space_at_the_end_is_no_line_of_its_own() {
    check(&render("<ol start=99>a aa aa &nbsp;", 11, &WORDS), 11);
}

fn check(article: &Article, width: u16) {
    let empty = |line: Option<&Line>| line.is_some_and(|line| line.text().trim().is_empty());
    assert!(!empty(article.lines.first()) && !empty(article.lines.last()));
    for pair in article.lines.windows(2) {
        assert!(!(pair[0].spans.is_empty() && pair[1].spans.is_empty()), "two empty lines");
    }
    for line in &article.lines {
        let text = line.text();
        assert!(line.pre || text.width() <= usize::from(width), "{width}: {text:?} is {}", text.width());
        assert!(!text.chars().any(scrub::is_unsafe));
        for span in &line.spans {
            assert!(span.style.link.is_none_or(|n| (1..=article.links.len()).contains(&(n as usize))));
            assert!(span.style.image.is_none_or(|n| (1..=article.images.len()).contains(&(n as usize))));
        }
    }
}

fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z ]{0,12}",
        "\\PC{0,6}",
        prop::sample::select(vec![
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<a href=\"https://a.id/\">",
            "<a href=\"https://b.id/\">",
            "</a>",
            "<table>",
            "<tr>",
            "<td>",
            "<th>",
            "<td colspan=2>",
            "<td rowspan=3>",
            "<td colspan=3 rowspan=2>",
            "</td>",
            "</tr>",
            "</table>",
            "<caption>",
            "</caption>",
            "<ul>",
            "<li>",
            "</li>",
            "</ul>",
            "<ol>",
            "<ol start=99>",
            "</ol>",
            "<blockquote>",
            "</blockquote>",
            "<pre>",
            "</pre>",
            "<code>",
            "</code>",
            "<br>",
            "<hr>",
            "<h1>",
            "</h1>",
            "<h3>",
            "</h3>",
            "<img src=x alt=y>",
            "<img src=x>",
            "<figure>",
            "</figure>",
            "<figcaption>",
            "<dl>",
            "<dt>",
            "<dd>",
            "</dl>",
            "<div>",
            "</div>",
            "<sup>2</sup>",
            "<ruby>",
            "<rt>",
            "</ruby>",
            "<q>",
            "<details>",
            "<summary>",
            "\n",
            "\t",
            "中文，",
            "أخبار",
            "👩\u{200d}🚀",
            "&nbsp;",
            "&#x1b;",
            "<s>",
            "</s>",
            "1.",
            "[1]",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_line_is_wider_than_asked(html in soup(), width in 10_u16..120) {
        check(&render(&html, width, &WORDS), width);
    }

    #[test]
    fn no_table_makes_html2text_panic(
        rows in prop::collection::vec(prop::collection::vec((0_usize..5, 0_usize..6, "[a-z ]{0,9}"), 0..6), 0..6),
        width in 10_u16..60,
    ) {
        let mut html = String::from("<table>");
        for row in rows {
            html.push_str("<tr>");
            for (colspan, rowspan, text) in row {
                let _ = write!(html, "<td colspan={colspan} rowspan={rowspan}>{text}");
            }
        }
        let document = prepare::prepare(&html, &WORDS);
        for table in &document.tables {
            prop_assert!(blocks::blocks(&table.html, usize::from(width)).is_some(), "{}", table.html);
            prop_assert!(!table.stacked().is_empty() || table.natural().0.len() <= 3, "{}", table.html);
        }
        check(&render(&html, width, &WORDS), width);
    }
}
