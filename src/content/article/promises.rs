//! What the pane shows, one test for each kind of text.

use super::tests::{WORDS, lines};
use super::*;
use crate::model::article::{Style, Token};

#[test]
fn quotes_have_a_bar_on_every_line_and_one_more_for_each_level() {
    assert_eq!(
        lines("<blockquote><p>satu dua tiga</p><blockquote>empat lima</blockquote></blockquote>", 12),
        ["│ satu dua", "│ tiga", "│ ", "│ │ empat", "│ │ lima"]
    );
}

#[test]
fn deep_quotes_in_narrow_panes_leave_half_of_the_line_to_the_text() {
    for (depth, width) in [(3, 10), (12, 20), (60, 24), (90, 80)] {
        let html = "<blockquote>".repeat(depth) + "kata yang masih terbaca";
        let set = lines(&html, width);
        assert!(set.len() <= 12 && set.concat().replace(['│', ' '], "").contains("katayangmasihterbaca"), "{set:?}");
        assert!(set.iter().all(|line| line.starts_with('│')), "{set:?}");
    }
}

#[test]
fn lists_hang_below_their_marks_at_every_level() {
    assert_eq!(
        lines("<ol start=9><li>sembilan kata<ul><li>anak yang panjang</li></ul></li><li>sepuluh kata</li></ol>", 14),
        ["9.  sembilan", "    kata", "    • anak", "      yang", "      panjang", "10. sepuluh", "    kata"]
    );
}

#[test]
fn code_is_never_wrapped_and_keeps_its_columns() {
    let html =
        "<pre><code>if x {\n    cetak(\"halo dunia yang panjang sekali\"); // selesai\n\n\tulang\n}</code></pre>";
    let article = render(html, 20, &WORDS);
    let text: Vec<String> = article.lines.iter().map(crate::model::article::Line::text).collect();
    assert_eq!(text[..2], ["if x {", "    cetak(\"halo dunia yang panjang sekali\"); // selesai"]);
    assert_eq!((text[2].trim(), text[3].trim(), text[4].as_str()), ("", "ulang", "}"));
    assert!(text[3].starts_with("    ") && !text[3].contains('\t'), "{text:?}");
    assert!(article.lines.iter().all(|line| line.pre));
}

#[test]
fn code_is_lightly_highlighted_and_columns_of_a_poem_are_not() {
    let tokens = |html: &str| -> Vec<(String, Token)> {
        let article = render(html, 60, &WORDS);
        let spans = article.lines.into_iter().flat_map(|line| line.spans);
        spans.filter_map(|span| Some((span.text, span.style.token?))).collect()
    };
    let found = tokens("<pre><code>let a = \"b\"; // c</code></pre>");
    let expected = [("let", Token::Keyword), ("\"b\"", Token::Text), ("// c", Token::Comment)];
    assert_eq!(found, expected.map(|(text, token)| (text.to_owned(), token)));
    assert_eq!(tokens("<pre>let me not to the marriage\n  # of true minds</pre>"), []);
}

const TABLE: &str = "<table><tr><th>Kota</th><th>Penduduk</th><th>Keterangan</th></tr>\
    <tr><td rowspan=2>Jakarta</td><td>10.562.088</td><td>Ibu kota</td></tr>\
    <tr><td>11.350.000</td><td>Perkiraan</td></tr>\
    <tr><td>Bandung</td><td></td><td>Lihat <a href=\"https://a.id/\">sini</a></td></tr></table>";

#[test]
fn a_table_that_fits_stands_side_by_side() {
    let set = lines(TABLE, 60);
    assert!(set.iter().any(|line| line.contains("Jakarta") && line.contains("│10.562.088")), "{set:#?}");
}

#[test]
fn cells_that_belong_to_many_rows_do_not_multiply_the_text() {
    let spans: String = (0..500)
        .map(|n| {
            format!("<tr><td colspan={} rowspan={}>a</td><td rowspan=65534 colspan=0>b</td></tr>", n * 7, 60_000 - n)
        })
        .collect();
    let row = "<tr><td>c</td></tr>".repeat(500);
    let long = "panjang ".repeat(1000);
    let tables = [
        format!("<table>{spans}</table>"),
        format!("<table><tr><td rowspan=500>{long}</td><td>b</td></tr>{row}</table>"),
        format!("<table><tr><th>{long}</th><th>b</th></tr>{}</table>", "<tr><td>c</td><td>d</td></tr>".repeat(500)),
    ];
    for table in tables {
        for width in [10, 80] {
            let set: usize = lines(&table, width).iter().map(String::len).sum();
            assert!(set <= 20 * table.len(), "{set} of {}", table.len());
        }
    }
}

#[test]
fn words_in_a_table_are_whole_as_long_as_it_stands_side_by_side() {
    let table = "<table><tr><th>Provinsi</th><th>Penduduk</th><th>Ibu kota</th><th>Keterangan</th></tr>\
        <tr><td>Jawa Barat</td><td>49.935.858</td><td>Bandung</td><td>Provinsi dengan penduduk terbanyak di seluruh \
        Indonesia menurut sensus terakhir</td></tr><tr><td>Kalimantan Timur</td><td>3.859.783</td><td>Samarinda</td>\
        <td>Tempat ibu kota baru</td></tr></table>";
    for width in 20..120 {
        let set = lines(table, width);
        for word in ["Kalimantan", "49.935.858", "Samarinda", "Penduduk", "terbanyak"] {
            assert!(set.iter().any(|line| line.contains(word)), "{width}: {word} {set:#?}");
        }
        assert!(set.iter().all(|line| line.chars().count() <= width.into()), "{width}: {set:#?}");
    }
}

#[test]
fn a_table_that_is_too_wide_is_stacked_row_by_row() {
    assert_eq!(
        lines(TABLE, 24),
        [
            "Kota: Jakarta",
            "Penduduk: 10.562.088",
            "Keterangan: Ibu kota",
            "",
            "Kota: Jakarta",
            "Penduduk: 11.350.000",
            "Keterangan: Perkiraan",
            "",
            "Kota: Bandung",
            "Keterangan: Lihat",
            "sini[1]",
        ]
    );
    let plain = TABLE.replace("<th", "<td").replace("</th", "</td");
    assert_eq!(lines(&plain, 24)[..4], ["Kota", "Penduduk", "Keterangan", ""]);
    let quoted = format!("<blockquote>{TABLE}</blockquote>");
    assert!(lines(&quoted, 24).iter().all(|line| line.starts_with("│ ")));
}

#[test]
fn rules_and_captions_stand_on_lines_of_their_own() {
    assert_eq!(
        lines(
            "<p>a</p><hr><figure><img src=\"https://a.id/g\" alt=foto><figcaption>Keterangan</figcaption></figure>b",
            12
        ),
        ["a", "", "────────────", "", "[gambar:", "foto]", "Keterangan", "", "b"]
    );
}

#[test]
fn details_are_open_below_their_summary() {
    assert_eq!(
        lines("<details><summary>Rincian</summary><p>Isi.</p></details><p>Lanjut.</p>", 40),
        ["▾ Rincian", "", "Isi.", "", "Lanjut."]
    );
}

#[test]
fn definitions_hang_below_their_terms() {
    assert_eq!(lines("<dl><dt>RSS</dt><dd>umpan berita lama</dd></dl>", 14), ["RSS", "  umpan berita", "  lama"]);
}

#[test]
fn ruby_stands_in_brackets_behind_its_characters() {
    assert_eq!(lines("<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>", 40), ["漢(かん)字(じ)"]);
    assert_eq!(lines("<ruby>漢<rp>（</rp><rt>かん</rt><rp>）</rp></ruby>", 40), ["漢(かん)"]);
}

#[test]
fn raised_and_lowered_text_keeps_its_meaning_on_one_line() {
    for (html, text) in [
        ("10<sup>-3</sup>", "10⁻³"),
        ("H<sub>2</sub>O", "H₂O"),
        ("x<sup>n</sup>", "x^n"),
        ("x<sup>n+1</sup>", "x^(n+1)"),
        ("T<sub>max</sub>", "T_max"),
        ("x<sub>i+1</sub>", "x_(i+1)"),
        ("1<sup>st</sup>", "1st"),
        ("Kabar<sup>TM</sup>", "KabarTM"),
        ("m<sup><b>2</b></sup> x", "m² x"),
        ("kata<sup>[2]</sup>", "kata[2]"),
        ("kata<sup>*</sup>", "kata*"),
        ("a <sup>kecil</sup>", "a kecil"),
        ("x<sup>", "x"),
    ] {
        assert_eq!(lines(html, 40), [text], "{html}");
    }
    // The reference to a footnote is no part of the word.
    assert_eq!(lines("kata<sup><a href=\"#fn1\">1</a></sup>, lalu", 40), ["kata¹, lalu"]);
    assert_eq!(lines("kata<sup><a href=\"https://a.id/\">1</a></sup>", 40), ["kata¹[1]"]);
}

#[test]
fn text_that_looks_like_markdown_is_left_alone() {
    let text = ["# bukan judul", "* bukan butir", "1. bukan nomor", "> bukan kutipan", "`kode` **b** _c_ [1] ~~~"];
    let html: String = text.iter().map(|line| format!("<p>{}</p>", line.replace('>', "&gt;"))).collect();
    let article = render(&html, 60, &WORDS);
    let set: Vec<_> = article.lines.iter().filter(|line| !line.spans.is_empty()).collect();
    assert_eq!(set.iter().map(|line| line.text()).collect::<Vec<_>>(), text);
    assert!(
        set.iter().all(|line| line.heading.is_none() && line.spans.iter().all(|span| span.style == Style::default()))
    );
}

#[test]
fn chinese_and_japanese_obey_kinsoku_in_paragraphs_lists_and_quotes() {
    let text = "「東京は、今日も晴れ。」と発表した！会议“通过”了《纲要》（完）。キャッチャーは、";
    for html in [format!("<p>{text}"), format!("<ul><li>{text}"), format!("<blockquote>{text}")] {
        for width in 12..30 {
            for line in lines(&html, width) {
                let line = line.trim_start_matches(['│', '•', ' ']);
                assert!(
                    !line.starts_with(['、', '。', '」', '！', '”', '》', '）', 'ー', 'ャ', 'ッ']),
                    "{width}: {line}"
                );
                assert!(!line.ends_with(['「', '“', '《', '（']), "{width}: {line}");
            }
        }
    }
}

#[test]
fn tracking_pixels_are_not_shown_and_links_lose_what_follows_the_reader() {
    let article = render(
        "<p>a<img src=\"https://a.id/x.gif\" width=1 height=1><img src=\"https://pixel.wp.com/b.gif\"> \
         <a href=\"https://a.id/b?utm_source=rss&amp;id=1\">b</a> <a href=\"https://a.id/b?id=1&fbclid=2\">c</a></p>",
        40,
        &WORDS,
    );
    assert_eq!(article.lines[0].text(), "a b[1] c[1]");
    assert_eq!((article.images.len(), article.links[0].url.as_str()), (0, "https://a.id/b?id=1"));
}

#[test]
fn arabic_and_hebrew_paragraphs_are_known_as_such() {
    let article = render("<p>أعلن Putin اليوم</p><p>Putin أعلن</p><ul><li>שלום עולם</li></ul>", 40, &WORDS);
    let found: Vec<_> = article.lines.iter().filter(|line| !line.spans.is_empty()).map(|line| line.rtl).collect();
    assert_eq!(found, [true, false, true]);
}
