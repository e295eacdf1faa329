//! The article pane, key by key: finding, links, headings, the place where one was reading.

use std::fmt::Write as _;

use kabar::model::entry::EntryId;
use kabar::tui::model::Popup;
use kabar::tui::msg::Effect;

use crate::app::{App, feed};
use crate::web::{Page, Web};

/// Twenty paragraphs that tell themselves apart, long enough to be broken anew at every width.
fn long() -> String {
    let mut html = String::new();
    for n in 1..=20 {
        let _ = write!(
            html,
            "<h2>Bagian {n}</h2><p>Paragraf ke-{n} yang panjang, dengan kata-kata yang dipatahkan di tempat lain pada setiap \
             lebar layar, sampai pembaca di kota{n} puas.</p>"
        );
    }
    html
}

/// The line of the text that is the first one in sight.
fn top(app: &App) -> String {
    let shown = app.model.reader.current().unwrap();
    let start = kabar::tui::view::article::text_start(&app.model, shown);
    let first = app.model.reader.scroll.saturating_sub(start);
    let block = shown.article.lines[first].block;
    shown.article.lines.iter().filter(|line| line.block == block).map(|line| line.text() + " ").collect()
}

#[test]
fn find_goes_from_match_to_match_until_esc() {
    let mut app = App::with_text((80, 24), &long());
    app.press("enter").press("/").type_text("paragraf ke-1");
    // 1, and 10 to 19.
    assert!(app.screen().contains("1 dari 11"), "{}", app.screen());
    app.press("enter").press("n");
    assert!(app.screen().contains("2 dari 11") && app.screen().contains("Paragraf ke-10"), "{}", app.screen());
    app.press("N").press("N");
    assert!(app.screen().contains("11 dari 11") && app.screen().contains("Paragraf ke-19"), "{}", app.screen());
    let marked = app.styled_screen();
    app.press("esc");
    assert!(app.model.reader.search.is_none() && app.model.reader.current().is_some());
    assert_ne!(marked, app.styled_screen(), "the matches stand out no longer");
    // Now the keys mean what they always mean.
    let before = app.model.list.selected;
    app.press("n");
    assert_eq!((app.model.reader.search.is_none(), app.model.list.selected), (true, before));
}

#[test]
fn find_is_taken_back_by_esc_while_it_is_typed() {
    let mut app = App::with_text((80, 24), &long());
    app.press("enter").press("/").type_text("kota17");
    assert!(app.model.reader.scroll > 0 && app.screen().contains("kota17"), "{}", app.screen());
    app.press("esc");
    assert_eq!((app.model.reader.scroll, app.model.reader.search.is_none()), (0, true));
    app.press("/").type_text("Kota17").press("enter");
    assert!(app.screen().contains("Tidak ditemukan"), "{}", app.screen());
}

#[test]
fn matches_stay_on_their_words_at_another_width() {
    let mut app = App::with_text((100, 30), &long());
    app.press("enter").press("/").type_text("setiap lebar layar").press("enter").press("n");
    for width in [40, 60, 200, 41] {
        app.resize(width, 20);
        let search = app.model.reader.search.as_ref().unwrap();
        assert_eq!((search.hits.len(), search.current), (20, 1), "{width}");
    }
}

#[test]
fn the_place_in_an_article_holds_over_every_size_and_a_restart() {
    let mut app = App::with_text((80, 24), &long());
    app.press("enter").press("/").type_text("Paragraf ke-7").press("enter").press("esc").press("ctrl-d");
    let place = top(&app);
    assert!(app.model.reader.scroll > 20, "{place}");
    for (width, height) in [(40, 12), (200, 50), (61, 20), (80, 24)] {
        app.resize(width, height);
        assert_eq!(top(&app), place, "{width}x{height}");
    }
    app.restart();
    app.press("enter");
    assert_eq!(top(&app), place);
    app.resize(40, 12);
    assert_eq!(top(&app), place);
}

#[test]
fn the_place_holds_when_the_article_is_published_anew() {
    let mut app = App::with_text((80, 24), &long());
    app.press("enter").press("/").type_text("Paragraf ke-9").press("enter").press("esc").press("ctrl-d");
    let place = top(&app);
    let text = format!("<![CDATA[<p>Pembaruan: baru saja terjadi.</p><p>Lagi.</p>{}]]>", long());
    let path = app.engine.paths().data.join("feed.xml");
    std::fs::write(path, feed("Satu", 1).replace("Isi 1.", &text)).unwrap();
    app.poll();
    assert!(app.model.reader.current().unwrap().article.lines[0].text().starts_with("Pembaruan"), "{}", app.screen());
    assert_eq!(top(&app), place);
}

#[test]
fn an_article_that_was_read_to_its_end_opens_at_its_top() {
    let mut app = App::with_text((80, 24), &long());
    app.press("enter").press("ctrl-d").press("ctrl-d").press("q");
    app.restart();
    assert!(app.model.reader.scroll > 0, "it was left in the middle");
    app.press("enter").press("G");
    app.restart();
    assert_eq!(app.model.reader.scroll, 0);
}

#[test]
fn headings_are_listed_and_gone_to() {
    let mut app = App::with_text((80, 24), "<h2>Awal</h2><p>a</p><h3>Anak</h3><p>b</p>");
    app.press("enter").press("g o");
    assert!(app.screen().contains("  Awal") && app.screen().contains("    Anak"), "{}", app.screen());
    let mut app = App::with_text((80, 24), &long());
    app.press("enter").press("g o").type_text("bagian 13").press("enter");
    assert_eq!(top(&app).trim(), "Bagian 13");
    // The other sequences that begin alike still work.
    app.press("g g");
    assert_eq!(app.model.reader.scroll, 0);
}

#[test]
fn links_lose_their_tracking_wherever_they_go() {
    let html = "<p>Lihat <a href=\"https://a.example/b?utm_source=rss&amp;id=7\">sini</a>.</p>";
    let mut app = App::with_text((80, 24), html);
    app.press("enter").press("1");
    app.press(";");
    assert!(app.screen().contains("[1] sini") && app.screen().contains("a.example"), "{}", app.screen());
    app.press("ctrl-o").press(";").press("ctrl-y");
    let url = "https://a.example/b?id=7".to_owned();
    assert_eq!(app.outside, [Effect::Browse(url.clone()), Effect::Browse(url.clone()), Effect::Copy(url)]);
    let mut app =
        App::with_feed((80, 24), &feed("Satu", 1).replace("example/1<", "example/1?utm_medium=feed&amp;x=1<"));
    app.press("enter").press("o").press("y");
    let url = "https://a.example/1?x=1".to_owned();
    assert_eq!(app.outside, [Effect::Browse(url.clone()), Effect::Copy(url)]);
}

#[test]
fn a_link_is_followed_within_kabar_and_esc_comes_back() {
    let web = Web::start();
    let body =
        "<p>Presiden Rusia Vladimir Putin menyatakan siap melanjutkan kontak dengan Amerika Serikat setelah pemilihan \
                umum yang berlangsung pekan lalu, kata juru bicara Kremlin di Moskow.</p>"
            .repeat(4);
    let page = |title: &str, more: &str| {
        Page::new(format!(
            "<html lang=id><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}{more}</article></body></html>"
        ))
        .header("Content-Type", "text/html; charset=utf-8")
    };
    web.serve(
        "/dua",
        page("Halaman kedua", &format!("<p>Baca <a href=\"{}\">yang ketiga</a> juga.</p>", web.url("/tiga"))),
    );
    web.serve("/tiga", page("Halaman ketiga", ""));
    let html = format!("{}<p>Lihat <a href=\"{}\">lanjutan</a>.</p>", long(), web.url("/dua?utm_source=rss"));
    let mut app = App::with_text((80, 24), &html);
    app.press("enter").press("G").press("ctrl-u");
    let (scroll, own) = (app.model.reader.scroll, app.model.reader.wanted);
    app.press(";").press("enter");
    let shown = app.model.reader.current().unwrap();
    assert_eq!(shown.entry.headline.title, "Halaman kedua", "{}", app.screen());
    assert!(shown.id < EntryId(0) && app.screen().contains("Halaman kedua"), "{}", app.screen());
    assert!(
        shown.entry.headline.url.as_deref().is_some_and(|url| url.ends_with("/dua")),
        "{:?}",
        shown.entry.headline.url
    );
    assert!(app.screen().contains("Esc kembali"), "the way back is told: {}", app.screen());
    app.press("o");
    assert_eq!(app.outside, [Effect::Browse(web.url("/dua"))]);
    app.press(";").press("enter");
    assert_eq!(app.model.reader.current().unwrap().entry.headline.title, "Halaman ketiga", "{}", app.screen());
    app.press("esc");
    assert_eq!(app.model.reader.current().unwrap().entry.headline.title, "Halaman kedua");
    app.press("esc");
    assert_eq!((app.model.reader.wanted, app.model.reader.scroll), (own, scroll));
    app.press("esc");
    assert_eq!(app.model.focus, kabar::tui::model::Focus::Headlines);
}

#[test]
fn only_pages_of_the_web_are_followed() {
    let app = App::with_text((80, 24), "<p>a</p>");
    let from = app.block_on(app.engine.entry(EntryId(1))).unwrap().unwrap();
    for url in ["file:///etc/passwd", "ftp://a.example/x", "mailto:a@b.id", "javascript:1", "", "x"] {
        assert!(app.block_on(app.engine.follow(&from, EntryId(-1), url)).is_err(), "{url}");
    }
    let mut app = App::with_text((80, 24), "<p><a href=\"mailto:redaksi@a.example\">surat</a></p>");
    app.press("enter").press(";").press("enter");
    assert_eq!(app.outside, [Effect::Browse("mailto:redaksi@a.example".to_owned())]);
}

#[test]
fn pictures_are_in_the_list_of_links_and_open_outside() {
    let html =
        "<p><img src=\"https://a.example/foto.jpg\" alt=\"Presiden\"><img src=\"https://pixel.wp.com/g.gif\"></p>";
    let mut app = App::with_text((80, 24), html);
    app.press("enter");
    assert!(app.screen().contains("[gambar: Presiden]"), "{}", app.screen());
    app.press(";").press("enter");
    assert_eq!(app.outside, [Effect::Browse("https://a.example/foto.jpg".to_owned())]);
}

#[cfg(feature = "images")]
#[test]
fn the_pictures_of_a_feed_that_the_settings_name_are_there_before_they_are_asked_for() {
    use crate::web::{Page, Web};
    use image::{DynamicImage, ImageFormat};
    let mut png = std::io::Cursor::new(Vec::new());
    let pixels = image::RgbImage::from_fn(30, 20, |x, y| image::Rgb([x as u8, y as u8, 99]));
    DynamicImage::from(pixels).write_to(&mut png, ImageFormat::Png).unwrap();
    let web = Web::start();
    web.serve("/foto.png", Page::new(png.into_inner()).header("Content-Type", "image/png"));
    let html = format!("<p>Isi.</p><p><img src=\"{}\" alt=\"Presiden\"></p>", web.url("/foto.png"));
    for (named, hits) in [("lain", 0), ("satu", 1)] {
        let mut app = App::with_text((80, 24), &html);
        app.model.pictured = vec![named.to_owned()];
        app.screen();
        assert_eq!(web.hits("/foto.png"), 0, "an article that is only selected fetches nothing");
        app.press("enter");
        assert_eq!(web.hits("/foto.png"), hits, "{named}");
    }
    let mut app = App::with_text((80, 24), &html);
    app.model.pictured = vec!["satu".to_owned()];
    app.press("enter").press("I");
    assert!(app.screen().contains('▄'), "{}", app.screen());
    assert_eq!(web.hits("/foto.png"), 2, "looked at, it is not fetched again");
    app.press("esc").press("I");
    assert_eq!(web.hits("/foto.png"), 2);
}

/// Where kabar was built without pictures, they are listed to be opened outside.
#[cfg(not(feature = "images"))]
#[test]
fn without_pictures_their_list_opens() {
    let mut app = App::with_text((80, 24), "<p><img src=\"https://a.example/foto.jpg\" alt=\"Presiden\"></p>");
    app.press("enter").press("I");
    assert!(app.screen().contains("[gambar] Presiden"), "{}", app.screen());
    app.press("enter");
    assert_eq!(app.outside, [Effect::Browse("https://a.example/foto.jpg".to_owned())]);
}

#[cfg(feature = "images")]
#[test]
fn a_picture_is_fetched_when_it_is_asked_for_and_fits_every_screen() {
    use crate::web::{Page, Web};
    use image::{DynamicImage, ImageFormat};
    let mut png = std::io::Cursor::new(Vec::new());
    let pixels = image::RgbImage::from_fn(300, 200, |x, y| image::Rgb([x as u8, y as u8, 99]));
    DynamicImage::from(pixels).write_to(&mut png, ImageFormat::Png).unwrap();
    let web = Web::start();
    web.serve("/foto.png", Page::new(png.into_inner()).header("Content-Type", "image/png"));
    web.serve("/besar.png", Page::new(vec![0; 9 << 20]));
    let html = format!(
        "<p><img src=\"{}\" alt=\"Presiden tiba\"><img src=\"{}\"><img src=\"{}\"></p>",
        web.url("/foto.png"),
        web.url("/besar.png"),
        web.url("/tiada.png")
    );
    let mut app = App::with_text((80, 24), &html);
    app.press("enter");
    assert_eq!(web.requests().len(), 0);
    app.press("I");
    assert_eq!(web.hits("/foto.png"), 1);
    assert!(app.screen().contains('▄') && app.screen().contains("Presiden tiba"), "{}", app.screen());
    app.resize(20, 6).screen();
    for (width, height) in [(40, 12), (200, 50), (80, 24)] {
        app.resize(width, height);
        assert!(app.screen().contains('▄'), "{width}x{height}\n{}", app.screen());
    }
    app.press("down");
    assert!(app.screen().contains("2/3") && app.screen().contains("too large"), "{}", app.screen());
    app.press("down").press("down");
    assert!(app.screen().contains("3/3") && !app.screen().contains('▄'), "{}", app.screen());
    app.press("up").press("up").press("enter");
    assert_eq!(app.outside, [Effect::Browse(web.url("/foto.png"))]);
    assert!(app.model.popup.is_none());
}

#[test]
fn a_hostile_article_is_drawn_and_searched_at_once() {
    let hostile = [
        format!("<pre>{}</pre>", "kode ".repeat(100_000)),
        format!("<p>{}</p>", "kata".repeat(100_000)),
        "<table><tr><td>x</td><td>y</td></tr></table>".repeat(4_000),
        "<blockquote><ul><li>".repeat(3_000) + "kata",
    ];
    for html in hostile {
        let mut app = App::with_text((80, 24), &html);
        app.press("enter").press("G").press("/").type_text("kata").press("enter");
        // What a frame has to walk along is bounded, however long the text is.
        let article = &app.model.reader.current().unwrap().article;
        let longest = article.lines.iter().map(|line| line.text().len()).max();
        assert!(longest.is_some_and(|longest| longest <= 2_000), "{longest:?}");
        assert!(app.model.reader.search.as_ref().is_none_or(|search| search.hits.len() <= 2_000));
        app.screen();
    }
}

#[test]
fn a_feed_tells_how_it_fares_and_is_reloaded_once_a_minute() {
    for size in [(80, 24), (40, 12), (200, 50)] {
        let mut app = App::with_articles(size, 3);
        app.press("r");
        assert!(app.screen().contains("belum semenit"), "{}", app.screen());
        app.press("h").press("h").press("G").press("i");
        let screen = app.screen();
        let scrolled = |app: &App| match app.model.popup {
            Some(Popup::Explain { scroll, .. }) => scroll,
            _ => panic!("{}", app.screen()),
        };
        for (key, line) in [("j", 1), ("j", 2), ("k", 1), ("up", 0)] {
            app.press(key);
            assert_eq!(scrolled(&app), line, "{key}");
        }
        let end = app.press("G").screen();
        for part in ["Keadaan umpan ini", "Terakhir diambil", "Percobaan berikut", "1 permintaan"] {
            assert!(screen.contains(part) || end.contains(part), "{part}\n{screen}");
        }
        app.press("esc");
        assert!(!app.screen().contains("Keadaan umpan ini"), "{}", app.screen());
    }
}
