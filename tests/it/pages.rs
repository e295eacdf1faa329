//! Whole articles from their pages, and the versions of what is published anew, as a user meets them.

use kabar::model::entry::EntryId;

use crate::app::App;
use crate::cli_program::Kabar;
use crate::web::{Page, Web};

/// Paragraph `n` of an article, long enough to be one.
fn paragraph(n: usize, word: &str) -> String {
    format!(
        "<p>Paragraf ke-{n} dari laporan {word} menjelaskan bahwa pemerintah kota menata ulang pasar ikan di pelabuhan \
         lama, sehingga para nelayan dapat menjual tangkapan mereka langsung kepada warga setiap pagi.</p>"
    )
}

fn page(word: &str, more: &str) -> Page {
    let text: String = (1..=6).map(|n| paragraph(n, word)).collect();
    Page::new(format!(
        "<!doctype html><html lang=id><head><meta charset=utf-8><title>Pasar ikan</title></head><body><nav><a href=/>Beranda</a>\
         </nav><article><h1>Pasar ikan ditata ulang</h1>{text}{more}</article><footer>Hak cipta</footer></body></html>"
    ))
    .header("Content-Type", "text/html; charset=utf-8")
}

fn document(web: &Web, items: &[(&str, &str)]) -> String {
    let items: String = items
        .iter()
        .map(|(path, text)| {
            format!(
                "<item><title>Judul {path}</title><guid>{path}</guid><link>{}</link><description>{text}</description></item>",
                web.url(&format!("/{path}"))
            )
        })
        .collect();
    format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Pelabuhan</title>{items}</channel></rss>")
}

/// A feed with one item whose text is `text`.
fn with_item(text: &str) -> (Kabar, Web) {
    let (kabar, web) = (Kabar::new(), Web::start());
    web.serve("/rss", Page::feed(document(&web, &[("a", text)])));
    kabar.import(&[web.url("/rss")]);
    kabar.ok(&["refresh"]);
    (kabar, web)
}

fn publish(kabar: &Kabar, web: &Web, text: &str) {
    web.serve("/rss", Page::feed(document(web, &[("a", text)])));
    kabar.ok(&["refresh", "--force"]);
}

#[test]
fn show_full_fetches_the_page_once_and_reads_it_offline_afterwards() {
    let (kabar, web) = with_item("Cuplikan saja.");
    web.serve("/a", page("utama", ""));
    let shown = kabar.json(&["show", "1", "--full", "--format", "json"]);
    let text = shown["text"].as_str().unwrap();
    assert!(shown["full"] == true && text.contains("Paragraf ke-6"), "{shown}");
    assert!(!text.contains("Beranda") && !text.contains("Hak cipta"), "{text}");
    drop(web);
    assert_eq!(kabar.json(&["show", "1", "--full", "--format", "json"])["text"], shown["text"]);
}

#[test]
fn an_article_has_the_pictures_of_its_page() {
    let (kabar, web) = with_item("Cuplikan saja.");
    web.serve("/a", page("bergambar", "<figure><img src=\"/pasar.jpg\" width=800 height=600 alt=Pasar></figure>"));
    assert_eq!(kabar.titles(&["--query", "has:image"]), [""; 0]);
    let shown = kabar.json(&["show", "1", "--full", "--format", "json"]);
    assert!(shown["html"].as_str().unwrap().contains("<img "), "{shown}");
    assert_eq!(kabar.titles(&["--query", "has:image"]), ["Judul a"]);
}

#[test]
fn the_pages_of_one_article_are_joined_in_their_order() {
    let (kabar, web) = with_item("Cuplikan saja.");
    web.serve("/a", page("awal", "<a rel=next href=\"/a?page=2\">Selanjutnya</a>"));
    web.serve("/a?page=2", page("akhir", ""));
    let shown = kabar.json(&["show", "1", "--full", "--format", "json"]);
    let text = shown["text"].as_str().unwrap();
    let (first, last) = (text.find("laporan awal").unwrap(), text.find("laporan akhir").unwrap());
    assert!(first < last && text.matches("Paragraf ke-6").count() == 2, "{text}");
    assert_eq!((web.hits("/a"), web.hits("/a?page=2")), (1, 1));
}

#[test]
fn a_page_that_scripts_fill_is_said_so_and_the_teaser_stays() {
    let (kabar, web) = with_item("Cuplikan saja.");
    web.serve(
        "/a",
        Page::new("<html><body><div id=app></div><noscript>Please enable JavaScript</noscript></body></html>"),
    );
    let ran = kabar.run(&["show", "1", "--full"]);
    assert!(ran.code == Some(1) && ran.out.contains("Cuplikan saja.") && ran.err.contains("script"), "{ran:?}");
}

#[test]
fn the_plainer_form_of_a_page_that_scripts_fill_is_read_instead() {
    let (kabar, web) = with_item("Cuplikan saja.");
    let empty = "<html><head><link rel=amphtml href=/amp/a></head><body><noscript>Please enable JavaScript</noscript></body></html>";
    web.serve("/a", Page::new(empty));
    web.serve("/amp/a", page("ringan", ""));
    assert!(kabar.ok(&["show", "1", "--full"]).contains("laporan ringan"));
}

/// An AMP page of an article whose own page is `/berita/a`.
fn amp(canonical: &str, paragraphs: usize, more: &str) -> Page {
    let text: String = (1..=paragraphs).map(|n| paragraph(n, "ringkas")).collect();
    Page::new(format!(
        "<!doctype html><html amp lang=id><head><meta charset=utf-8><link rel=canonical href=\"{canonical}\"></head><body><article>\
         <h1>Pasar ikan ditata ulang</h1>{text}{more}</article></body></html>"
    ))
    .header("Content-Type", "text/html; charset=utf-8")
}

const MORE: &str = "<p><a href=\"/berita/a?utm_source=amp\">Baca selengkapnya</a></p>";

fn whole(kabar: &Kabar) -> (String, String) {
    let shown = kabar.json(&["show", "1", "--full", "--format", "json"]);
    (shown["url"].as_str().unwrap().to_owned(), shown["text"].as_str().unwrap().to_owned())
}

#[test]
fn a_cut_amp_page_is_read_on_its_own_page_whose_address_is_kept() {
    let (kabar, web) = with_item("Cuplikan saja.");
    web.serve("/a", amp("/berita/a", 2, MORE));
    web.serve("/berita/a", page("utuh", ""));
    let (url, text) = whole(&kabar);
    assert!(url == web.url("/berita/a") && text.contains("Paragraf ke-6 dari laporan utuh"), "{url} {text}");
    assert_eq!((web.hits("/a"), web.hits("/berita/a")), (1, 1));
    assert_eq!(kabar.json(&["list", "--json"])[0]["url"], web.url("/a"), "the list has what the feed says");
    // Fetched anew, its own page is asked at once.
    publish(&kabar, &web, "Cuplikan yang diubah.");
    assert_eq!(whole(&kabar).0, web.url("/berita/a"));
    assert_eq!((web.hits("/a"), web.hits("/berita/a")), (1, 2));
}

#[test]
fn a_whole_amp_page_takes_one_request_and_names_its_own_page() {
    let (kabar, web) = with_item("Cuplikan saja.");
    web.serve("/a", amp("/berita/a", 6, "<p><a href=\"/berita/a\">Situs lengkap</a></p>"));
    let (url, text) = whole(&kabar);
    assert!(url == web.url("/berita/a") && text.contains("Paragraf ke-6 dari laporan ringkas"), "{url} {text}");
    assert_eq!(web.hits("/berita/a"), 0);
}

#[test]
fn a_cut_amp_page_stays_where_its_own_page_has_no_more() {
    let (kabar, web) = with_item("Cuplikan saja.");
    web.serve("/a", amp("/berita/a", 3, MORE));
    web.serve("/berita/a", Page::status(404));
    let (_, text) = whole(&kabar);
    assert!(text.contains("Paragraf ke-3 dari laporan ringkas"), "{text}");
    assert_eq!((web.hits("/a"), web.hits("/berita/a")), (1, 1));
}

#[test]
fn a_page_of_another_site_does_not_stand_for_an_amp_page() {
    let ((kabar, web), other) = (with_item("Cuplikan saja."), Web::start());
    other.serve("/berita/a", page("lain", ""));
    web.serve("/a", amp(&other.url("/berita/a").replace("127.0.0.1", "localhost"), 3, "<p>Isi yang terpo...</p>"));
    let (url, text) = whole(&kabar);
    assert!(url == web.url("/a") && text.contains("laporan ringkas"), "{url} {text}");
    assert_eq!(other.requests().len(), 0);
}

#[test]
fn a_link_that_the_feed_mends_counts_more_than_what_the_old_page_named() {
    let (kabar, web) = with_item("Cuplikan saja.");
    web.serve("/a", amp("/berita/a", 6, ""));
    assert_eq!(whole(&kabar).0, web.url("/berita/a"));
    let document = document(&web, &[("a", "Cuplikan saja.")]).replace("/a</link>", "/b</link>");
    web.serve("/rss", Page::feed(document));
    kabar.ok(&["refresh", "--force"]);
    assert_eq!(kabar.json(&["show", "1", "--format", "json"])["url"], web.url("/b"));
}

#[test]
fn a_feed_set_to_fulltext_gets_its_pages_with_the_poll_politely() {
    let (kabar, web) = (Kabar::new(), Web::start());
    let paths: Vec<String> = (1..=8).map(|n| format!("p{n}")).collect();
    let items: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "Cuplikan.")).collect();
    web.serve("/rss", Page::feed(document(&web, &items)));
    for path in &paths {
        web.serve(&format!("/{path}"), page(path, ""));
    }
    kabar.import(&[web.url("/rss")]);
    kabar.ok(&["edit", "1", "--fulltext", "on"]);
    kabar.ok(&["refresh"]);
    for (id, path) in (1..=8).zip(paths.iter().rev()) {
        let shown = kabar.json(&["show", &id.to_string(), "--format", "json"]);
        assert!(shown["text"].as_str().unwrap().contains(&format!("laporan {path} ")), "{shown}");
    }
    assert!(web.peak() <= 2, "{} at once", web.peak());
    assert_eq!(web.requests().len(), 9);
}

#[test]
fn every_version_is_kept_and_told_word_by_word() {
    let (kabar, web) = with_item("Harga ikan naik dua persen.");
    publish(&kabar, &web, "Harga ikan naik tiga persen.");
    publish(&kabar, &web, "Harga ikan turun tiga persen.");
    let said = kabar.ok(&["show", "1", "--revisions"]);
    assert!(said.contains("naik [-dua-]{+tiga+} persen") && said.contains("ikan [-naik-]{+turun+} tiga"), "{said}");
    let versions = kabar.json(&["show", "1", "--revisions", "--format", "json"]);
    let texts: Vec<&str> = versions.as_array().unwrap().iter().map(|v| v["text"].as_str().unwrap()).collect();
    let expected = ["Harga ikan naik dua persen.", "Harga ikan naik tiga persen.", "Harga ikan turun tiga persen."];
    assert_eq!(texts, expected);
    assert!(versions[0]["seen"].as_str() <= versions[2]["seen"].as_str());
    assert!(kabar.fails(&["show", "99", "--revisions"]).contains("99"));
}

#[test]
fn what_differs_in_form_alone_makes_no_version_and_loses_none() {
    let (kabar, web) = with_item("&lt;p&gt;Harga satu&lt;/p&gt;");
    publish(&kabar, &web, "&lt;p&gt;Harga dua&lt;/p&gt;");
    publish(&kabar, &web, "&lt;div&gt;Harga  &lt;b&gt;dua&lt;/b&gt;&lt;/div&gt;");
    let versions = kabar.json(&["show", "1", "--revisions", "--format", "json"]);
    assert_eq!(versions.as_array().unwrap().len(), 2, "{versions}");
    assert_eq!((versions[0]["text"].as_str(), versions[1]["text"].as_str()), (Some("Harga satu"), Some("Harga dua")));
    assert!(versions[1]["html"].as_str().unwrap().contains("<b>dua</b>"), "{versions}");
}

#[test]
fn the_page_of_an_edited_article_is_fetched_again() {
    let (kabar, web) = with_item("Cuplikan lama.");
    web.serve("/a", page("lama", ""));
    kabar.ok(&["show", "1", "--full"]);
    kabar.ok(&["refresh", "--force"]);
    assert_eq!(web.hits("/a"), 1, "nothing was edited");
    web.serve("/a", page("baru", ""));
    publish(&kabar, &web, "Cuplikan baru.");
    assert!(kabar.ok(&["show", "1"]).contains("laporan baru"));
    assert_eq!(web.hits("/a"), 2);
    let versions = kabar.json(&["show", "1", "--revisions", "--format", "json"]);
    assert!(versions[0]["text"].as_str().unwrap().contains("laporan lama"), "{versions}");
}

#[test]
fn x_puts_the_page_in_the_place_of_the_teaser_and_d_shows_what_changed() {
    let web = Web::start();
    web.serve("/a", page("utama", ""));
    let mut app = App::with_feed((100, 30), &document(&web, &[("a", "Harga ikan naik.")]));
    app.press("enter");
    assert!(app.screen().contains("Harga ikan naik."), "{}", app.screen());
    app.press("d");
    assert!(app.screen().contains("belum disunting"), "{}", app.screen());
    let path = app.engine.paths().data.join("feed.xml");
    std::fs::write(path, document(&web, &[("a", "Harga ikan turun.")])).unwrap();
    app.poll();
    assert!(app.screen().contains('✎'), "{}", app.screen());
    app.press("d");
    assert!(app.screen().contains("[-naik-]{+turun+}"), "{}", app.screen());
    app.press("esc");
    assert!(app.screen().contains("Harga ikan turun.") && app.model.reader.visits.is_empty(), "{}", app.screen());
    app.press("x");
    assert!(app.screen().contains("Paragraf ke-1"), "{}", app.screen());
    let entry = app.block_on(app.engine.entry(EntryId(1))).unwrap().unwrap();
    assert!(entry.is_whole);
}
