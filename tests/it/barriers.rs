//! What stands between a reader and an article is said, in the pane and on the command line, and the teaser stays. Pages
//! that mean harm are answered or refused by the program itself in good time and little memory.

use std::time::{Duration, Instant};

use crate::app::App;
use crate::cli_program::Kabar;
use crate::extract::{hostile, url};
use crate::web::{Page, Web};

const TEASER: &str = "Harga beras naik untuk ketiga kalinya dalam sebulan.";

/// Each with the words of the command line and of the pane.
fn walls() -> [(&'static str, String, &'static str, &'static str); 5] {
    let lead =
        "<p>Harga beras di tingkat pengecer naik lagi, dan pemerintah menyiapkan operasi pasar di dua belas kota.</p>";
    let paid = format!(
        "<html><head><script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"headline\":\"Beras\",\"isAccessibleForFree\":false}}\
         </script></head><body><article><h1>Beras</h1>{lead}</article><div>Artikel ini khusus pelanggan.</div></body></html>"
    );
    let consent = "<html><body><div><h1>We value your privacy</h1><p>Accept all cookies?</p></div></body></html>";
    let script = format!("<html><body><div id=root></div><script>{}</script></body></html>", "var a=1;".repeat(600));
    let frame = "<html><body><div id=app></div><script type=module src=/app.js></script></body></html>";
    let list: String = (0..40).map(|n| format!("<li><a href='/{n}'>Berita nomor {n} hari ini</a></li>")).collect();
    [
        ("/paid", paid, "the whole article is for subscribers", "page-paywall"),
        ("/consent", consent.to_owned(), "the page wants consent", "page-consent"),
        ("/script", script, "the page shows its text by a script only", "page-script"),
        ("/frame", frame.to_owned(), "the page shows its text by a script only", "page-script"),
        ("/list", format!("<html><body><ul>{list}</ul></body></html>"), "the page has no article", "page-no-article"),
    ]
}

fn feed(web: &Web, path: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>K</title><item><title>Beras</title><guid>1</guid>\
         <link>{}</link><description>{TEASER}</description></item></channel></rss>",
        web.url(path)
    )
}

#[test]
fn a_wall_is_named_on_the_command_line_and_the_teaser_stays() {
    for (path, page, words, _) in walls() {
        let (kabar, web) = (Kabar::new(), Web::start());
        web.serve("/rss", Page::feed(feed(&web, path)));
        web.serve(path, Page::new(page).header("Content-Type", "text/html; charset=utf-8"));
        kabar.import(&[web.url("/rss")]);
        kabar.ok(&["refresh"]);
        let ran = kabar.run(&["show", "1", "--full"]);
        assert!(ran.code == Some(1) && ran.err.contains(words) && ran.out.contains(TEASER), "{path}: {ran:?}");
        assert!(kabar.ok(&["show", "1"]).contains(TEASER), "{path}: the teaser is still there");
        let ran = kabar.run(&["extract", "--url", &web.url(path), "--format", "json"]);
        assert!(ran.code == Some(0) && ran.err.contains(words), "{path}: {ran:?}");
    }
}

#[test]
fn a_wall_is_named_in_the_pane_and_the_teaser_stays() {
    for (path, page, _, text) in walls() {
        let web = Web::start();
        web.serve(path, Page::new(page).header("Content-Type", "text/html; charset=utf-8"));
        let mut app = App::with_feed((100, 30), &feed(&web, path));
        let words = app.model.texts.get(text);
        app.press("enter x");
        let squeezed = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let screen = squeezed(&app.screen());
        assert!(screen.contains(&squeezed(&words)) && screen.contains(&squeezed(TEASER)), "{path}: {}", app.screen());
        // The note stays with the article.
        app.press("esc enter");
        assert!(squeezed(&app.screen()).contains(&squeezed(&words)), "{path}: {}", app.screen());
    }
}

/// The limit is 5 s; a build that is not optimised, beside other tests, has more.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 5 });
const MEMORY: u64 = 300 << 10;

/// KiB that a process has had at most.
fn peak(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

#[cfg(target_os = "linux")]
#[test]
fn a_hostile_page_is_answered_or_refused_by_the_program_in_time_and_in_little_memory() {
    let kabar = Kabar::new();
    for (name, bytes) in hostile() {
        let file = kabar.write("page.html", bytes);
        let address = url();
        let args = ["extract", file.to_str().unwrap(), "--url", address.as_str(), "--format", "json"];
        let start = Instant::now();
        let mut command = kabar.command(&args);
        let mut child = command.stdout(std::process::Stdio::null()).spawn().unwrap();
        let mut most = 0;
        let status = loop {
            most = most.max(peak(child.id()).unwrap_or(0));
            match child.try_wait().unwrap() {
                Some(status) => break status,
                None if start.elapsed() > PATIENCE => {
                    child.kill().unwrap();
                    panic!("{name}: no answer within {PATIENCE:?}");
                }
                None => std::thread::sleep(Duration::from_millis(2)),
            }
        };
        assert!(matches!(status.code(), Some(0 | 1)), "{name}: {status:?}");
        assert!(most < MEMORY, "{name}: {} MiB", most >> 10);
    }
}
