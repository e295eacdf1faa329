//! What kabar learns to leave out of a site's articles can be seen, taken back and renewed.

use crate::app::App;
use crate::web::{Page, Web};

const PLEA: &str = "Redaksi Pelabuhan mencatat kabar laut sejak 1987.";

fn article(n: usize) -> Page {
    let text: String = (1..=5)
        .map(|p| format!("<p>Paragraf {p} dari berita {n} menjelaskan bahwa pasar ikan di pelabuhan lama ditata ulang oleh kota {n}.</p>"))
        .collect();
    Page::new(format!("<html><body><article><h1>Berita {n}</h1>{text}<p>{PLEA}</p><p>Penutup berita {n} ditulis setelah rapat kota usai pada malam itu.</p></article></body></html>"))
        .header("Content-Type", "text/html; charset=utf-8")
}

fn app(web: &Web) -> App {
    let items: String = (1..=5)
        .map(|n| {
            web.serve(&format!("/{n}"), article(n));
            format!("<item><title>Berita {n}</title><guid>{n}</guid><link>{}</link><description>Cuplikan.</description><pubDate>0{n} Nov 2024 10:00:00 GMT</pubDate></item>", web.url(&format!("/{n}")))
        })
        .collect();
    App::with_feed(
        (120, 50),
        &format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Pelabuhan</title>{items}</channel></rss>"
        ),
    )
}

fn open(app: &mut App) {
    app.press(":").type_text("boilerplate").press("enter");
}

#[test]
fn what_was_kept_before_it_was_known_is_left_out_once_it_is() {
    let web = Web::start();
    let mut app = app(&web);
    app.press("x");
    assert!(app.screen().contains("Penutup berita 5") && app.screen().contains(PLEA), "{}", app.screen());
    app.press("j x j x");
    assert!(app.screen().contains("Penutup berita 3") && !app.screen().contains(PLEA), "{}", app.screen());
    for n in [4, 5] {
        app.press("k");
        let closing = format!("Penutup berita {n}");
        assert!(app.screen().contains(&closing) && !app.screen().contains(PLEA), "{n}: {}", app.screen());
    }
}

#[test]
fn what_is_left_out_of_a_site_is_shown_and_kept_again_by_enter() {
    let web = Web::start();
    let mut app = app(&web);
    app.press("x");
    assert!(app.screen().contains(PLEA), "{}", app.screen());
    open(&mut app);
    assert!(app.screen().contains("Belum ada yang dipelajari"), "{}", app.screen());
    app.press("j x j x j x");
    assert!(app.screen().contains("Penutup berita 2") && !app.screen().contains(PLEA), "{}", app.screen());
    open(&mut app);
    assert!(app.screen().contains(PLEA) && app.screen().contains("artikel"), "{}", app.screen());
    app.press("enter");
    assert!(app.screen().contains("Dipertahankan di halaman yang diambil mulai kini"), "{}", app.screen());
    app.press("esc x");
    assert!(app.screen().contains(PLEA), "kept from now on: {}", app.screen());
    app.press("j x");
    assert!(app.screen().contains("Penutup berita 1") && app.screen().contains(PLEA), "{}", app.screen());
    open(&mut app);
    app.press("enter");
    assert!(app.screen().contains("Dihilangkan dari halaman yang diambil mulai kini"), "{}", app.screen());
    app.press("esc x");
    assert!(!app.screen().contains(PLEA), "left out again: {}", app.screen());
}
