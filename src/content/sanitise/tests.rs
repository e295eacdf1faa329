use proptest::prelude::*;

use super::super::markup::{Token, Tokens};
use super::*;

fn base() -> Url {
    Url::parse("https://contoh.id/berita/").unwrap()
}

fn safe(html: &str) -> String {
    sanitise(html, &base()).into_owned()
}

#[test]
fn tidy_html_is_borrowed() {
    let html = "<p>Satu &amp; <b>dua</b>, \u{201c}tiga\u{201d}.<br/>\n<a href=\"https://a.id/?x=1&amp;y=2\">empat</a></p>\
        <ul>\n<li>a</li><li>b</li></ul><table><thead><tr><th colspan=\"2\">k</th></tr></thead></table>\
        <img src=\"https://a.id/g.png\" alt=\"gambar\" /><pre><code class=\"language-rust\">x</code></pre>";
    assert!(matches!(sanitise(html, &base()), Cow::Borrowed(same) if same == html));
}

#[test]
fn what_is_not_allowed_goes_and_the_text_stays() {
    for (html, clean) in [
        ("<p onclick=\"x()\" class=\"a\">t</p>", "<p>t</p>"),
        ("<span style=\"x\">t</span><script>alert(1)</script>", "t"),
        ("<SCRIPT>a</script >b<style>c</style>", "b"),
        ("<a href=\"javascript:alert(1)\">t</a>", "t"),
        ("<a href=\"java&#10;script:alert(1)\">t</a>", "t"),
        ("<a href='&#106;avascript&colon;alert(1)'>t</a>", "t"),
        ("<img src=\"data:image/png;base64,AAAA\" alt=\"x\">t", "t"),
        ("<svg><a href=\"x\">no</a></svg>t", "t"),
        (
            "<a href=\"https://a.id/\"><svg><title>Bagi &amp; suka</title><text>no</text></svg></a>",
            "<a href=\"https://a.id/\">Bagi &amp; suka</a>",
        ),
        ("<svg width=\"1\"/>t<svg>u <svg>v", "tu v"),
        ("<iframe src=\"https://a.id/v\"/>t", "<p><a href=\"https://a.id/v\" title=\"a.id/v\"></a></p>t"),
        ("<math><mi>a</mi><mo>+</mo><mi>b</mi><annotation encoding=\"x\">a+b</annotation></math>", "a+b"),
        ("<math alttext=\"\\frac{a}{b}\"><mfrac><mi>a</mi><mi>b</mi></mfrac></math> t", "\\frac{a}{b} t"),
        (
            "<iframe src=\"https://www.youtube.com/embed/x?y=1\"></iframe>",
            "<p><a href=\"https://www.youtube.com/embed/x?y=1\" title=\"youtube.com/embed/x\"></a></p>",
        ),
        (
            "<video controls><source src=\"/v.mp4\"><source src=\"/v.ogg\">teks</video>",
            "<p><a href=\"https://contoh.id/v.mp4\" title=\"contoh.id/v.mp4\"></a></p>teks",
        ),
        ("<section><center>t</center></section>", "<div><div>t</div></div>"),
        // Whoever shows the text leaves it out; what is stored is what was published.
        ("<img src=/1.gif width=1 height=1px>t", "<img src=\"https://contoh.id/1.gif\" width=\"1\" height=\"1\">t"),
        ("<code class=\"hljs language-rust\">x</code>", "<code class=\"language-rust\">x</code>"),
        ("a<!-- c -->b<?php c ?>c", "abc"),
    ] {
        assert_eq!(safe(html), clean, "{html}");
    }
}

#[test]
fn addresses_become_absolute() {
    for (html, clean) in [
        ("<a href=\"/x\">t</a>", "<a href=\"https://contoh.id/x\">t</a>"),
        ("<a href=x?a=1&b=2>t</a>", "<a href=\"https://contoh.id/berita/x?a=1&amp;b=2\">t</a>"),
        ("<img data-src=\"//cdn.id/g.png\" src=\"data:x\">", "<img src=\"https://cdn.id/g.png\">"),
        ("<img srcset=\"g1.png 1x, g2.png 2x\">", "<img src=\"https://contoh.id/berita/g1.png\">"),
        ("<a href=\"#catatan\">t</a>", "t"),
        ("<a href=\"mailto:a@b.id\">t</a>", "<a href=\"mailto:a@b.id\">t</a>"),
    ] {
        assert_eq!(safe(html), clean, "{html}");
    }
}

#[test]
fn control_characters_go_however_they_are_written() {
    assert_eq!(
        safe("a\u{1b}[2Jb&#27;c&#x9b;d\u{202e}e&#x202e;f\u{feff}g\r\nh\ri\u{2028}j"),
        "a[2Jbc\u{203a}defg\nh\ni\nj"
    );
    assert_eq!(safe("<img src=\"https://a.id/\" alt=\"a\u{1b}b&#27;c\">"), "<img src=\"https://a.id/\" alt=\"abc\">");
}

#[test]
fn a_tag_in_capitals_keeps_its_address_and_one_with_a_control_character_loses_that() {
    assert_eq!(safe("<IMG src=\"https://a.id/p.jpg\" alt=\"p\">"), "<img src=\"https://a.id/p.jpg\" alt=\"p\">");
    assert_eq!(safe("<P>a <A href=\"https://a.id/1\">b</A></P>"), "<p>a <a href=\"https://a.id/1\">b</a></p>");
    assert_eq!(safe("<i\r>a</i><b\u{c}>c</b>"), "<i>a</i><b>c</b>");
}

#[test]
fn references_are_written_one_way() {
    assert_eq!(safe("a&nbsp;&eacute;&#8217;&lt;b&gt; AT&T & c < d"), "a&nbsp;é’&lt;b&gt; AT&amp;T &amp; c &lt; d");
    assert_eq!(safe("&bigstar;&notin;"), "★∉");
}

#[test]
fn unclosed_and_misnested_tags_are_mended() {
    assert_eq!(safe("<p>a<p>b"), "<p>a</p><p>b</p>");
    assert_eq!(safe("<ul><li>a<li>b</ul>"), "<ul><li>a</li><li>b</li></ul>");
    assert_eq!(safe("a</div></p>b"), "ab");
    assert_eq!(safe("<b><i>a</b>b</i>"), "<b><i>a</i></b>b");
    assert_eq!(safe("<br></br><p/>x"), "<br><p>x</p>");
    assert_eq!(safe("<pre// />x<p////>y"), "<pre>x<p>y</p></pre>");
}

#[test]
fn an_element_that_ends_before_its_end_takes_nothing_else_along() {
    assert_eq!(safe("<h6>t</h6><rt>a<i>b<rt>c<td>d<rt>e"), "<h6>t</h6><rt>a<i>b<rt>cd</rt><rt>e</rt></i></rt>");
    assert_eq!(safe("<h6>t</h6><dd>a<table><td>b<dd>c<table><dd>d").matches("<dd>").count(), 3);
}

#[test]
fn deep_nesting_is_flattened() {
    let deep = "<div>".repeat(20_000) + "x" + &"</div>".repeat(20_000);
    let clean = safe(&deep);
    assert!(clean.contains('x') && clean.matches("<div>").count() <= 256);
    let formatting = "<b><i><u>".repeat(3000) + &"<p>x".repeat(3000);
    assert!(safe(&formatting).len() < 2_000_000);
}

#[test]
fn a_table_keeps_its_stray_text() {
    let clean = safe("<table>luar<tr><td>dalam</td></tr></table>");
    assert!(clean.contains("luar") && clean.contains("<td>dalam</td>"), "{clean}");
}

/// The text that a browser would show, white space aside.
fn words(html: &str) -> String {
    text::plain(html).split_whitespace().collect()
}

fn check_safe(clean: &str) {
    for token in Tokens::new(clean) {
        match token {
            Token::Start(tag) => {
                assert!(rules::KEPT.contains(&tag.name), "<{}> in {clean:?}", tag.name);
                for attribute in tag.attributes() {
                    assert!(rules::attribute(tag.name, attribute.name).is_some(), "{} in {clean:?}", attribute.name);
                    assert!(!attribute.value.to_ascii_lowercase().starts_with("javascript:"));
                }
            }
            Token::End(name) => assert!(rules::KEPT.contains(&name)),
            Token::Text(_) => {}
            Token::Other => panic!("left over markup in {clean:?}"),
        }
    }
    assert!(!clean.to_ascii_lowercase().contains("<script"));
    assert!(!clean.chars().any(|c| crate::model::scrub::is_unsafe(c) && c != '\n' && c != '\t'));
}

const PIECES: [&str; 67] = [
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<a href=\"/x\">",
    "<a href='javascript:x'>",
    "</a>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</tr>",
    "</table>",
    "<ul>",
    "<li>",
    "</li>",
    "</ul>",
    "<div class=x>",
    "</div>",
    "<script>",
    "</script>",
    "<img src=x onerror=y>",
    "<img src=\"https://a.id/b\">",
    "&lt;",
    "&amp",
    "&#x1b;",
    "&#60;script&#62;",
    "&notin;",
    "&copy",
    "<!--",
    "-->",
    "<svg>",
    "</svg>",
    "<pre>\n",
    "</pre>",
    "<h1>",
    "</h2>",
    "<dl><dt>",
    "<dd>",
    "<br>",
    "</br>",
    "<caption>",
    "<tbody>",
    "<ruby>",
    "<rt>",
    "<iframe src=/v>",
    "</iframe>",
    "\u{1b}",
    "\r",
    "\u{202e}",
    "é",
    "<span>",
    "</span>",
    "<noscript>",
    "<title>",
    "<![CDATA[",
    "]]>",
    "<details><summary>",
    "<blockquote>",
    "</blockquote>",
    "<select>",
    "<math>",
    "<form>",
    "<",
    "<code>",
];

fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof!["[a-z<>&;\"'=/ !-]{0,8}", prop::sample::select(&PIECES[..]).prop_map(str::to_owned)];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// The same few, over and over.
fn thick_soup() -> impl Strategy<Value = String> {
    let kinds = prop::sample::subsequence(&PIECES[..], 1..6);
    (kinds, prop::collection::vec(any::<prop::sample::Index>(), 0..300))
        .prop_map(|(kinds, picks)| picks.iter().flat_map(|pick| [*pick.get(&kinds), "a > b"]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whatever_comes_in_is_safe_and_stable(html in soup()) {
        let once = safe(&html);
        check_safe(&once);
        prop_assert_eq!(safe(&once), once);
    }

    #[test]
    fn the_same_over_and_over_is_safe_and_stable(html in thick_soup()) {
        let once = safe(&html);
        check_safe(&once);
        prop_assert_eq!(safe(&once), once);
    }

    #[test]
    fn what_the_parser_has_written_keeps_its_elements(html in thick_soup()) {
        let mended = tidy(&html, &base(), Mode::Mend).unwrap();
        let parsed = AMMONIA.clean(&mended).to_string();
        prop_assert!(tidy(&parsed, &base(), Mode::Parsed).is_some(), "{}", parsed);
    }

    #[test]
    fn what_passes_the_quick_look_means_the_same_to_a_parser(html in soup()) {
        if let Some(clean) = tidy(&html, &base(), Mode::Strict) {
            let parsed = AMMONIA.clean(&clean).to_string();
            prop_assert_eq!(words(&parsed), words(&clean), "{}", clean);
        }
    }

    #[test]
    fn any_text_is_taken(html in "\\PC{0,200}") {
        check_safe(&safe(&html));
    }
}
