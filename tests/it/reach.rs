//! What the web names is fetched from the web only: the pages of a feed, what those lead to, and what they are said to be.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use kabar::config::{Config, sites};
use kabar::content::extract::{Rule, Sites};
use kabar::engine::{Engine, PageError};
use kabar::model::entry::EntryId;
use kabar::model::feed::Subscription;
use kabar::net::{Client, IsPublic, Proxy, Settings};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::app::paths;
use crate::web::{Page, Web};

struct Reader {
    engine: Engine,
    runtime: Runtime,
    _folder: TempDir,
}

impl Reader {
    /// A reader of the feed at `/rss`, for whom these addresses are of the web.
    fn of(web: &Web, is_public: IsPublic, sites: Sites) -> Self {
        let settings = Settings { proxy: Proxy::Direct, is_public, ..Settings::default() };
        let folder = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let config = Config { sites: Arc::new(sites), ..Config::default() };
        let engine = Engine::open_with(&paths(folder.path()), config, Client::new(settings)).unwrap();
        runtime.block_on(engine.add(&web.url("/rss"), Subscription::default())).unwrap();
        Self { engine, runtime, _folder: folder }
    }

    fn fetch(&self, id: i64) -> Result<(), PageError> {
        self.runtime.block_on(self.engine.fetch_whole(EntryId(id))).unwrap()
    }

    fn text(&self, id: i64) -> String {
        self.runtime.block_on(self.engine.entry(EntryId(id))).unwrap().unwrap().html
    }
}

/// The same server under a name that is always the machine's own.
fn inside(web: &Web, path: &str) -> String {
    web.url(path).replace("127.0.0.1", "localhost")
}

fn rss(link: &str) -> Page {
    Page::feed(format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>K</title><item><title>Satu</title><guid>1</guid>\
         <link>{link}</link><description>Cuplikan.</description></item></channel></rss>"
    ))
}

fn article(word: &str, more: &str) -> Page {
    let text: String = (1..=6)
        .map(|n| format!("<p>Paragraf ke-{n} dari laporan {word} menjelaskan bahwa pasar ikan di pelabuhan lama ditata ulang oleh kota.</p>"))
        .collect();
    Page::new(format!("<html><head>{more}</head><body><article><h1>Pasar</h1>{text}</article>{more}</body></html>"))
        .header("Content-Type", "text/html; charset=utf-8")
}

fn is_localhost(address: IpAddr) -> bool {
    address == Ipv4Addr::LOCALHOST
}

#[test]
fn a_name_of_the_web_that_comes_to_mean_a_private_address_is_not_asked_for_pages() {
    static IS_OF_THE_WEB: AtomicBool = AtomicBool::new(true);
    let web = Web::start();
    web.serve("/rss", rss(&web.url("/a")));
    web.serve("/a", article("rahasia", ""));
    let reader =
        Reader::of(&web, |address| is_localhost(address) && IS_OF_THE_WEB.load(Ordering::SeqCst), Sites::default());
    // The name server answers otherwise by now.
    IS_OF_THE_WEB.store(false, Ordering::SeqCst);
    let refused = reader.fetch(1);
    assert!(matches!(&refused, Err(PageError::Fetch(why)) if why.contains("private network")), "{refused:?}");
    assert_eq!(web.hits("/a"), 0);
    IS_OF_THE_WEB.store(true, Ordering::SeqCst);
    assert_eq!(reader.fetch(1), Ok(()));
}

#[test]
fn a_feed_within_a_network_has_its_pages_there() {
    let web = Web::start();
    web.serve("/rss", rss(&web.url("/a")));
    web.serve("/a", article("dalam", ""));
    let reader = Reader::of(&web, |_| false, Sites::default());
    assert_eq!(reader.fetch(1), Ok(()));
    assert!(reader.text(1).contains("Paragraf ke-6 dari laporan dalam"));
}

#[test]
fn neither_a_next_page_nor_a_plainer_form_leads_from_the_web_into_a_network() {
    let web = Web::start();
    let rule = Rule::parse("site = [\"127.0.0.1\"]\nnext = [\"a.lanjut\"]").unwrap();
    let more = format!(
        "<a class=lanjut href=\"{}\">2</a><link rel=amphtml href=\"{}\"><link rel=canonical href=\"{}\">",
        inside(&web, "/dua"),
        inside(&web, "/amp"),
        inside(&web, "/asli")
    );
    web.serve("/rss", rss(&web.url("/a")));
    web.serve("/a", article("satu", &more));
    for path in ["/dua", "/amp", "/asli"] {
        web.serve(path, article("rahasia", ""));
    }
    let reader = Reader::of(&web, is_localhost, Sites::new(vec![rule.clone()]));
    assert_eq!(reader.fetch(1), Ok(()));
    assert!(reader.text(1).contains("laporan satu") && !reader.text(1).contains("rahasia"));
    web.serve(
        "/a",
        Page::new(format!("<html><head>{more}</head><body><script>{}</script></body></html>", "x();".repeat(900))),
    );
    assert!(reader.fetch(1).is_err());
    assert!(["/dua", "/amp", "/asli"].iter().all(|path| web.hits(path) == 0), "{:?}", web.requests());
    // Whoever lives in that network may go on there.
    let reader = Reader::of(&web, |_| false, Sites::new(vec![rule]));
    web.serve("/a", article("satu", &more));
    assert_eq!(reader.fetch(1), Ok(()));
    assert!(reader.text(1).contains("laporan rahasia") && web.hits("/dua") == 1);
}

#[test]
fn a_link_of_an_article_of_the_web_is_not_followed_into_a_network() {
    let web = Web::start();
    web.serve("/rss", rss(&web.url("/a")));
    web.serve("/luar", article("luar", ""));
    web.serve("/dalam", article("dalam", ""));
    let reader = Reader::of(&web, is_localhost, sites::shipped());
    let from = reader.runtime.block_on(reader.engine.entry(EntryId(1))).unwrap().unwrap();
    let follow = |url: &str| reader.runtime.block_on(reader.engine.follow(&from, EntryId(-1), url));
    assert!(follow(&web.url("/luar")).unwrap().html.contains("laporan luar"));
    assert!(matches!(follow(&inside(&web, "/dalam")), Err(PageError::Fetch(_))));
    // Not from the page that was gone to, either.
    let onward = follow(&web.url("/luar")).unwrap();
    let second = reader.runtime.block_on(reader.engine.follow(&onward, EntryId(-2), &inside(&web, "/dalam")));
    assert!(second.is_err());
    assert_eq!(web.hits("/dalam"), 0);
}

/// The host of a further page has its own turn and its own rest.
#[test]
fn a_further_page_on_a_host_that_asked_to_be_left_alone_is_not_asked_for() {
    let web = Web::start();
    web.serve("/rss", rss(&web.url("/a")));
    let rule = Rule::parse("site = [\"127.0.0.1\"]\nnext = [\"a.lanjut\"]").unwrap();
    web.serve("/a", article("satu", &format!("<a class=lanjut href=\"{}\">2</a>", inside(&web, "/dua"))));
    web.serve("/dua", Page::status(429).header("Retry-After", "3600"));
    let reader = Reader::of(&web, |_| false, Sites::new(vec![rule]));
    assert_eq!(reader.fetch(1), Ok(()));
    assert_eq!(reader.fetch(1), Ok(()));
    assert_eq!((web.hits("/a"), web.hits("/dua")), (2, 1), "what has come is kept, and nothing is asked twice");
}
