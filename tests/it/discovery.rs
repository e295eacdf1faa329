//! From what a person pastes to a subscription: pages, guesses, and the choice between several feeds.

use std::time::Duration;

use kabar::config::Config;
use kabar::engine::{Added, Engine, EngineError, PageError};
use kabar::model::entry::EntryId;
use kabar::model::feed::Subscription;
use kabar::net::{Client, Proxy, Settings};

use crate::app::{App, paths};
use crate::cli_program::Kabar;
use crate::web::{Page, Web};

fn feed(title: &str, count: usize) -> Page {
    Page::feed(crate::app::feed(title, count))
}

fn html(head: &str) -> Page {
    Page::new(format!("<!doctype html><html><head>{head}</head><body>Halo</body></html>"))
        .header("Content-Type", "text/html")
}

fn add(address: &str) -> Result<Added, EngineError> {
    add_as(address, Subscription::default())
}

fn add_as(address: &str, subscription: Subscription) -> Result<Added, EngineError> {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let engine = Engine::open(&paths(folder.path()), Config::default()).unwrap();
        let added = tokio::time::timeout(Duration::from_secs(20), engine.add(address, subscription)).await;
        added.expect("it ends")
    })
}

fn link(title: &str, href: &str) -> String {
    format!("<link rel=\"alternate\" type=\"application/rss+xml\" title=\"{title}\" href=\"{href}\">")
}

#[test]
fn of_several_feeds_the_best_is_taken_and_the_others_are_named() {
    let web = Web::start();
    let links =
        [link("Komentar", "/comments/feed"), link("Kosong", "/kosong"), link("Koran", "/rss"), link("Rusak", "/rusak")];
    web.serve("/", html(&links.concat()));
    web.serve("/comments/feed", feed("Komentar", 9));
    web.serve("/kosong", feed("Kosong", 0));
    web.serve("/rss", feed("Koran", 3));
    web.serve("/rusak", Page::status(500));
    let added = add(&web.url("/")).unwrap();
    assert_eq!((added.title.as_str(), added.articles, added.url), ("Koran", 3, web.url("/rss")));
    let others: Vec<_> = added.others.iter().map(|other| (other.title.as_str(), other.articles)).collect();
    assert_eq!(others, [("Komentar", 9), ("Kosong", 0)]);
    assert!(web.requests().iter().all(|request| request.path != "/feed"), "nothing is guessed where something is said");
}

#[test]
fn a_feed_that_only_the_head_of_the_answer_names_is_found() {
    let web = Web::start();
    let page = html("")
        .header(
            "Link",
            "</a.css>; rel=preload; as=style, <umpan/berita.xml>; rel=\"alternate\"; type=\"application/rss+xml\"",
        )
        .header("Link", "</komentar>; rel=alternate; type=application/rss+xml");
    web.serve("/koran/", page);
    web.serve("/koran/umpan/berita.xml", feed("Koran", 3));
    web.serve("/komentar", feed("Komentar", 3));
    let added = add(&web.url("/koran/")).unwrap();
    assert_eq!((added.title.as_str(), added.url), ("Koran", web.url("/koran/umpan/berita.xml")));
    assert_eq!(added.others.len(), 1);
    assert_eq!(web.requests().len(), 3, "nothing is guessed where something is said");
}

#[test]
fn a_page_of_the_web_offers_no_feed_and_no_article_in_a_private_network() {
    let web = Web::start();
    let inside = |path: &str| web.url(path).replace("127.0.0.1", "localhost");
    web.serve("/", html(&link("Dalam", &inside("/dalam"))));
    web.serve("/dalam", feed("Dalam", 3));
    let item = format!("<item><title>Satu</title><link>{}</link></item>", inside("/satu"));
    web.serve("/rss", Page::feed(format!("<rss version=\"2.0\"><channel><title>K</title>{item}</channel></rss>")));
    web.serve("/satu", html(""));
    let settings = Settings {
        proxy: Proxy::Direct,
        is_public: |address| address == std::net::Ipv4Addr::LOCALHOST,
        ..Settings::default()
    };
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let engine = Engine::open_with(&paths(folder.path()), Config::default(), Client::new(settings)).unwrap();
        // What is found is what stands where feeds usually do, not what the page names.
        let added = engine.add(&web.url("/"), Subscription::default()).await.unwrap();
        assert_eq!(added.url, web.url("/rss"));
        let whole = engine.fetch_whole(EntryId(1)).await.unwrap();
        assert!(matches!(&whole, Err(PageError::Fetch(why)) if why.contains("private network")), "{whole:?}");
    });
    let is_inside = |path: &str| ["/dalam", "/satu"].contains(&path);
    assert!(!web.requests().iter().any(|request| is_inside(&request.path)));
}

#[test]
fn a_page_that_only_leads_to_another_has_the_feeds_of_that_one() {
    let web = Web::start();
    web.serve("/", html("<meta http-equiv=\"refresh\" content=\"0; url=/id/\">"));
    web.serve("/id/", html(&link("Koran", "umpan.xml")));
    web.serve("/id/umpan.xml", feed("Koran", 3));
    let added = add(&web.url("/")).unwrap();
    assert_eq!((added.title.as_str(), added.url), ("Koran", web.url("/id/umpan.xml")));
    assert_eq!(web.requests().len(), 3);
}

#[test]
fn a_page_that_mentions_a_feed_in_a_script_has_the_feeds_that_it_announces() {
    let web = Web::start();
    let script = "<script>var example = \"<rss version='2.0'><channel><item></item></channel></rss>\";</script>";
    web.serve("/", html(&(script.to_owned() + &link("Koran", "/umpan"))));
    web.serve("/umpan", feed("Koran", 3));
    assert_eq!(add(&web.url("/")).unwrap().title, "Koran");
}

#[test]
fn a_page_that_lists_the_feeds_of_a_site_is_looked_into() {
    for start in ["<a href=/rss>RSS</a>", ""] {
        let web = Web::start();
        web.serve("/", html(start));
        web.serve(
            "/rss",
            html("<a href=/rss>RSS</a><a href=/umpan/dunia.xml title=rss>Dunia</a><a href=/kota.rss>Kota</a>"),
        );
        web.serve("/umpan/dunia.xml", feed("Dunia", 3));
        web.serve("/kota.rss", feed("Kota", 2));
        let added = add(&web.url("/")).unwrap();
        assert_eq!((added.title.as_str(), added.others.len()), ("Dunia", 1), "{start}");
        assert!(web.requests().len() <= 6, "{:?}", web.requests().len());
    }
}

#[test]
fn a_silent_page_has_its_feed_where_feeds_usually_are() {
    let web = Web::start();
    web.serve("/blog/satu", html(""));
    web.serve("/atom.xml", feed("Koran", 2));
    let added = add(&web.url("/blog/satu")).unwrap();
    assert_eq!((added.url, added.others.len()), (web.url("/atom.xml"), 0));
    let asked: Vec<String> = web.requests().into_iter().map(|request| request.path).collect();
    assert_eq!(
        asked,
        ["/blog/satu", "/blog/feed", "/blog/rss", "/blog/rss.xml", "/feed", "/rss", "/rss.xml", "/atom.xml"]
    );
    assert_eq!(web.peak(), 1, "one after the other");
}

#[test]
fn a_site_without_a_feed_is_asked_a_bounded_number_of_times() {
    let web = Web::start();
    web.serve("/a/b/c", html(""));
    assert!(matches!(add(&web.url("/a/b/c")), Err(EngineError::NoFeed { .. })));
    assert!(web.requests().len() <= 18, "{:?}", web.requests().len());
    web.serve("/banyak", html(&(0..50).map(|n| link("x", &format!("/f{n}"))).collect::<String>()));
    let before = web.requests().len();
    assert!(add(&web.url("/banyak")).is_err());
    assert!(web.requests().len() - before <= 28);
}

#[test]
fn a_server_that_wants_to_be_left_alone_is_not_asked_on() {
    let web = Web::start();
    web.serve("/", html(""));
    web.serve("/feed", Page::status(429).header("Retry-After", "60"));
    assert!(add(&web.url("/")).is_err());
    assert_eq!(web.requests().len(), 2);
}

#[test]
fn two_addresses_of_one_document_are_one_feed() {
    let web = Web::start();
    web.serve("/", html(&[link("RSS", "/rss"), link("RSS", "/feed")].concat()));
    web.serve("/rss", feed("Koran", 3));
    web.serve("/feed", feed("Koran", 3));
    assert_eq!(add(&web.url("/")).unwrap().others, []);
}

#[test]
fn an_address_that_leads_for_good_to_a_feed_that_is_subscribed_to_is_that_feed() {
    let web = Web::start();
    web.serve("/feed", feed("Koran", 3));
    for (path, status) in [("/old", 301), ("/older", 308), ("/elsewhere", 302)] {
        web.serve(path, Page::redirect(status, "/feed"));
    }
    let kabar = Kabar::new();
    kabar.ok(&["add", &web.url("/feed")]);
    for path in ["/old", "/older"] {
        let said = kabar.ok(&["add", &web.url(path)]);
        assert!(said.starts_with("Already subscribed: Koran (feed 1") && said.contains("/feed"), "{said}");
    }
    // For now, it says.
    assert!(kabar.ok(&["add", &web.url("/elsewhere")]).starts_with("Subscribed"));
    assert_eq!(kabar.json(&["feeds", "--json"]).as_array().unwrap().len(), 2);
}

#[test]
fn the_address_of_a_profile_or_a_player_is_understood() {
    let web = Web::start();
    web.serve("/@antara.rss", feed("Antara", 4));
    assert_eq!(add(&web.url("/@antara/113")).unwrap().title, "Antara");
    assert_eq!(web.requests().len(), 1, "the page itself is not needed");
    let bare = web.url("/@antara.rss").replace("http://", "");
    for scheme in ["feed:http://", "feed://http://", "pcast:http://"] {
        assert_eq!(add(&format!("{scheme}{bare}")).unwrap().title, "Antara", "{scheme}");
    }
}

#[test]
fn a_document_that_is_no_page_is_not_guessed_from() {
    let web = Web::start();
    web.serve("/gambar", Page::new("\u{89}PNG data").header("Content-Type", "image/png"));
    assert!(matches!(add(&web.url("/gambar")), Err(EngineError::Fetch { .. })));
    assert_eq!(web.requests().len(), 1);
}

#[test]
fn the_dialog_offers_several_feeds_to_choose_from() {
    let web = Web::start();
    web.serve("/", html(&[link("Utama", "/utama"), link("Dunia", "/dunia"), link("Olahraga", "/olahraga")].concat()));
    for (path, title, count) in [("/utama", "Utama", 3), ("/dunia", "Dunia", 2), ("/olahraga", "Olahraga", 1)] {
        web.serve(path, feed(title, count));
    }
    let mut app = App::empty((100, 30));
    app.press("esc a").type_text(&web.url("/")).press("enter");
    let screen = app.screen();
    assert!(screen.contains("Ada beberapa umpan di sana") && screen.contains("2 artikel"), "{screen}");
    app.press("down space down space enter");
    let mut feeds = app.block_on(app.engine.feeds()).unwrap();
    feeds.sort_by(|a, b| a.name().cmp(b.name()));
    assert_eq!(
        feeds.iter().map(|feed| (feed.name(), feed.articles)).collect::<Vec<_>>(),
        [("Dunia", 2), ("Olahraga", 1)]
    );
    assert_eq!(web.hits("/dunia"), 1, "what was looked at is not fetched again");
}

#[test]
fn one_feed_is_subscribed_to_without_a_question() {
    let web = Web::start();
    web.serve("/", html(&link("Utama", "/utama")));
    web.serve("/utama", feed("Utama", 3));
    let mut app = App::empty((100, 30));
    app.press("esc a").type_text(&web.url("/")).press("enter");
    assert_eq!(app.block_on(app.engine.feeds()).unwrap().len(), 1);
}

#[test]
fn what_an_address_is_asked_with_is_sent_to_what_its_page_announces_on_the_same_site_alone() {
    let (web, other) = (Web::start(), Web::start());
    web.serve("/", html(&[link("Koran", "/rss"), link("Lain", &other.url("/rss"))].concat()));
    web.serve("/rss", feed("Koran", 3));
    other.serve("/rss", feed("Lain", 4));
    let typed = web.url("/").replace("http://", "http://me:secret@");
    let added = add(&typed).unwrap();
    assert_eq!((added.title.as_str(), added.others.len()), ("Koran", 1));
    let manners = kabar::model::manners::Manners {
        headers: vec![("X-Key".to_owned(), "a".to_owned())],
        user_agent: Some("saya/1".to_owned()),
        ..Default::default()
    };
    let subscription = Subscription { manners: manners.if_any(), ..Subscription::default() };
    let added = add_as(&web.url("/"), subscription).unwrap();
    assert_eq!(added.title, "Koran");
    let sent = |request: &crate::web::Request| {
        ["Authorization", "X-Key", "User-Agent"].map(|name| request.header(name).map(str::to_owned))
    };
    let (asked, away) = (web.requests(), other.requests());
    let own = |kind: Option<&str>| kind.map(str::to_owned);
    for request in &asked[..2] {
        assert_eq!(sent(request)[0], own(Some("Basic bWU6c2VjcmV0")), "{}", request.path);
    }
    for request in &asked[2..] {
        assert_eq!(sent(request), [None, own(Some("a")), own(Some("saya/1"))], "{}", request.path);
    }
    assert_eq!((asked.len(), away.len()), (4, 2));
    assert!(away.iter().all(|request| sent(request)[..2] == [None, None]));
    assert_eq!(sent(&away[1])[2], own(Some("saya/1")));
}

#[test]
fn what_is_set_for_a_site_is_not_kept_with_a_feed_of_another_one() {
    let (web, other) = (Web::start(), Web::start());
    web.serve("/", html(&link("Lain", &other.url("/rss"))));
    other.serve("/rss", feed("Lain", 4));
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let engine = Engine::open(&paths(folder.path()), Config::default()).unwrap();
    let manners = kabar::model::manners::Manners { login: Some("me:secret".to_owned()), ..Default::default() };
    let subscription = Subscription { manners: manners.if_any(), ..Subscription::default() };
    runtime.block_on(engine.add(&web.url("/"), subscription)).unwrap();
    assert_eq!(runtime.block_on(engine.feeds()).unwrap()[0].subscription.manners, None);
}

#[test]
fn a_page_is_looked_into_behind_a_filter_too() {
    let web = Web::start();
    web.serve("/", html(&link("Koran", "/rss")));
    web.serve("/rss", feed("Koran", 3));
    let filtered = |filter: &str| Subscription { filter: Some(filter.to_owned()), ..Subscription::default() };
    assert_eq!(add_as(&web.url("/"), filtered("sed s/Koran/Surat/")).unwrap().title, "Surat");
    let failed = add_as(&web.url("/"), filtered("exit 3")).unwrap_err().to_string();
    assert!(failed.contains("the command ended with status 3"), "{failed}");
}

#[test]
fn an_address_without_a_scheme_is_asked_for_without_encryption_where_there_is_none() {
    let web = Web::start();
    web.serve("/rss", feed("Koran", 3));
    for scheme in ["", "feed://", "rss://", "itpc://"] {
        let added = add(&web.url("/rss").replace("http://", scheme)).unwrap();
        assert_eq!((added.title.as_str(), added.url), ("Koran", web.url("/rss")), "{scheme}");
    }
    let kabar = crate::cli_program::Kabar::new();
    for scheme in ["feed:http://", "feed://"] {
        let shown = kabar.ok(&["preview", &web.url("/rss").replace("http://", scheme)]);
        assert!(shown.starts_with("Koran"), "{shown}");
    }
}
