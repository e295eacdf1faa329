//! When feeds are asked, with a clock that the tests set. Against a server that plays the web.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use kabar::config::Config;
use kabar::engine::{Engine, PollReport, PollRequest, client};
use kabar::model::feed::{FailureKind, Feed, FeedId, Subscription};
use kabar::model::schedule::Why;
use kabar::model::traffic::Cost;
use kabar::platform::paths::Paths;
use tempfile::TempDir;

use crate::cli_program::rss;
use crate::web::{Page, Web};

/// Noon of an ordinary Sunday.
const NOON: i64 = 1_795_348_800;
const HOUR: i64 = 3600;

thread_local! {
    /// Each test has a thread, and its engine a clock, of its own; see [`Reader::block_on`].
    static SECOND: AtomicI64 = const { AtomicI64::new(NOON) };
}

fn clock() -> Timestamp {
    Timestamp::from_second(SECOND.with(|second| second.load(Ordering::Relaxed))).unwrap()
}

/// A reader with a store, whose engine may be started anew on it.
struct Reader {
    folder: TempDir,
    runtime: tokio::runtime::Runtime,
    engine: Engine,
}

impl Reader {
    fn new(urls: &[String]) -> Self {
        Self::with(urls, Config::default())
    }

    fn with(urls: &[String], config: Config) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let engine = engine(&folder, config);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let reader = Self { folder, runtime, engine };
        reader.import(urls);
        reader
    }

    fn import(&self, urls: &[String]) {
        let list = urls.join("\n");
        let import = self.engine.import("list", &list, None, kabar::engine::Commands::Refused);
        self.runtime.block_on(import).unwrap();
    }

    /// Another process on the same store.
    fn restart(&mut self) {
        self.engine = engine(&self.folder, self.engine.config().clone());
    }

    fn poll(&self) -> PollReport {
        self.runtime.block_on(self.engine.poll(PollRequest::default())).unwrap()
    }

    fn force(&self) -> PollReport {
        self.runtime.block_on(self.engine.poll(PollRequest { all: true, only: None })).unwrap()
    }

    fn feeds(&self) -> Vec<Feed> {
        self.runtime.block_on(self.engine.feeds()).unwrap()
    }

    /// Seconds until the first feed's next attempt.
    fn wait(&self) -> i64 {
        self.feeds()[0].fetch.next_attempt.unwrap().duration_since(clock()).as_secs()
    }

    fn edit(&self, id: FeedId, interval: Option<u32>) {
        let subscription = Subscription { interval, ..Subscription::default() };
        self.runtime.block_on(self.engine.edit_feed(id, None, subscription)).unwrap();
    }
}

fn engine(folder: &TempDir, config: Config) -> Engine {
    let (config_dir, data, cache) = (folder.path().join("c"), folder.path().join("d"), folder.path().join("cache"));
    let paths = Paths::find(Some(&config_dir), Some(&data), |_| Some(cache.clone())).unwrap();
    let client = client(&config);
    Engine::open_at(&paths, config, client, clock).unwrap()
}

fn pass(seconds: i64) {
    SECOND.with(|second| second.fetch_add(seconds, Ordering::Relaxed));
}

fn page() -> Page {
    Page::feed(rss("Sumber", &[("a", "a", 1)]))
}

#[test]
fn what_the_server_calls_fresh_is_not_asked_for() {
    let web = Web::start();
    web.serve("/rss", page().header("Cache-Control", "max-age=10800"));
    let reader = Reader::new(&[web.url("/rss")]);
    reader.poll();
    assert_eq!(reader.feeds()[0].fetch.why, Some(Why::Fresh));
    pass(3 * HOUR - 1);
    assert_eq!((reader.poll().feeds, web.hits("/rss")), (0, 1));
    pass(HOUR / 2);
    assert_eq!((reader.poll().feeds, web.hits("/rss")), (1, 2));
}

#[test]
fn expires_counts_from_the_servers_own_date() {
    let web = Web::start();
    let dates = [("Date", "Sun, 06 Nov 1994 08:00:00 GMT"), ("Expires", "Sun, 06 Nov 1994 13:00:00 GMT")];
    web.serve("/rss", dates.iter().fold(page(), |page, (name, value)| page.header(name, value)));
    let reader = Reader::new(&[web.url("/rss")]);
    reader.poll();
    assert!((5 * HOUR..=5 * HOUR + 1500).contains(&reader.wait()), "{}", reader.wait());
}

#[test]
fn a_host_that_names_a_time_is_left_alone_by_all_its_feeds_and_after_a_restart() {
    let web = Web::start();
    for (status, value) in [(429, "7200"), (503, "Sun, 22 Nov 2026 14:00:00 GMT")] {
        web.serve("/busy", Page::status(status).header("Retry-After", value));
        web.serve("/other", page());
        let mut reader = Reader::new(&[web.url("/busy")]);
        SECOND.with(|second| second.store(NOON, Ordering::Relaxed));
        reader.poll();
        let before = web.requests().len();
        reader.restart();
        reader.import(&[web.url("/other")]);
        let report = reader.force();
        assert_eq!((report.feeds, report.failures.len()), (2, 2));
        let held = &report.failures[1];
        assert_eq!((held.error.kind, held.why), (FailureKind::Throttled, Why::Held));
        assert!(
            held.error.detail.contains("refused further requests; it is left alone until 2026-11-22 "),
            "{}",
            held.error.detail
        );
        assert_eq!(held.next_attempt.unwrap().as_second(), NOON + 2 * HOUR);
        let other = &reader.feeds()[1];
        assert_eq!((other.fetch.failures, &other.fetch.error, other.fetch.last_attempt), (0, &None, None));
        let error = reader.runtime.block_on(reader.engine.add(&web.url("/new"), Subscription::default()));
        assert!(error.unwrap_err().to_string().contains("left alone until"));
        pass(2 * HOUR - 1);
        reader.poll();
        assert_eq!(web.requests().len(), before, "{status}");
        pass(1);
        web.serve("/busy", page());
        assert_eq!(reader.poll().fetched, 2);
    }
}

#[test]
fn a_feed_that_waits_for_longer_than_its_host_rests_waits_for_its_own_reason() {
    let web = Web::start();
    web.serve("/rss", page());
    web.serve("/busy", Page::status(429).header("Retry-After", "60"));
    let reader = Reader::new(&[web.url("/rss")]);
    reader.poll();
    reader.import(&[web.url("/busy")]);
    reader.poll();
    let before = reader.feeds().remove(0).fetch;
    assert_eq!((reader.force().failures.len(), before.why), (2, Some(Why::Rhythm)));
    let after = reader.feeds().remove(0).fetch;
    assert_eq!((after.next_attempt, after.why), (before.next_attempt, before.why));
}

#[test]
fn a_feed_that_is_out_of_order_for_a_while_costs_its_host_nothing() {
    let web = Web::start();
    web.serve("/busy", Page::status(503));
    web.serve("/other", page());
    let reader = Reader::new(&[web.url("/busy")]);
    reader.poll();
    reader.import(&[web.url("/other")]);
    assert_eq!(reader.poll().fetched, 1);
    let busy = reader.feeds().remove(0).fetch;
    assert_eq!((busy.why, busy.error.map(|error| error.kind)), (Some(Why::Backoff), Some(FailureKind::Http)));
    assert_eq!(web.hits("/busy"), 1);
}

#[test]
fn a_host_that_names_no_time_rests_with_all_its_feeds_and_longer_each_time() {
    let web = Web::start();
    let refuse = || ["/busy", "/other"].map(|path| web.serve(path, Page::status(429)));
    let answer = || ["/busy", "/other"].map(|path| web.serve(path, page()));
    refuse();
    let mut reader = Reader::new(&[web.url("/busy")]);
    reader.poll();
    reader.restart();
    reader.import(&[web.url("/other")]);
    let mut asked_after = |seconds| {
        let before = web.requests().len();
        pass(seconds);
        reader.restart();
        let report = reader.force();
        (web.requests().len() - before, report.fetched)
    };
    assert_eq!(asked_after(15 * 60 - 1), (0, 0));
    assert!(asked_after(1).0 > 0);
    assert_eq!(asked_after(30 * 60 - 1), (0, 0));
    answer();
    assert_eq!(asked_after(1), (2, 2));
    // It has answered: the next rest is a first one.
    refuse();
    assert!(asked_after(HOUR).0 > 0);
    answer();
    assert_eq!((asked_after(15 * 60 - 1).0, asked_after(1).0), (0, 2));
}

#[test]
fn a_time_that_is_over_is_no_time_to_ask_again() {
    let over = "Fri, 01 Jan 2021 00:00:00 GMT";
    for value in ["0", over] {
        let web = Web::start();
        let urls = ["/1", "/2", "/3", "/4", "/5", "/6"].map(|path| web.url(path));
        for path in ["/1", "/2", "/3", "/4", "/5", "/6"] {
            web.serve(path, Page::status(429).header("Retry-After", value));
        }
        let reader = Reader::new(&urls);
        reader.poll();
        let hits = web.requests().len();
        assert!(hits <= 4, "as many as were under way: {hits}");
        pass(60);
        reader.poll();
        assert_eq!(web.requests().len(), hits, "{value}");
        // 503 is of one address.
        let web = Web::start();
        web.serve("/out", Page::status(503).header("Retry-After", value));
        web.serve("/rss", page());
        let reader = Reader::new(&[web.url("/out")]);
        assert_eq!(reader.poll().failures[0].why, Why::Backoff);
        reader.import(&[web.url("/rss")]);
        assert_eq!(reader.poll().fetched, 1);
    }
}

#[test]
fn what_a_page_or_a_link_is_refused_holds_for_the_host_in_the_store() {
    for is_link in [false, true] {
        let web = Web::start();
        let body = rss("Sumber", &[("a", "a", 1)]).replace("https://a.example/", &web.url("/"));
        web.serve("/rss", Page::feed(body));
        let mut reader = Reader::new(&[web.url("/rss")]);
        reader.poll();
        for path in ["/a", "/b", "/1"] {
            web.serve(path, Page::status(429));
        }
        let everything = kabar::model::query::Query::everything();
        let rows = reader.runtime.block_on(reader.engine.articles(everything, kabar::store::Span::Top, 10)).unwrap();
        let id = rows.rows[0].id;
        if is_link {
            let entry = reader.runtime.block_on(reader.engine.entry(id)).unwrap().unwrap();
            let link = web.url("/a");
            let follow = reader.engine.follow(&entry, kabar::model::entry::EntryId(-1), &link);
            assert!(reader.runtime.block_on(follow).is_err());
        } else {
            assert!(reader.runtime.block_on(reader.engine.fetch_whole(id)).unwrap().is_err());
        }
        let before = web.requests().len();
        reader.restart();
        assert_eq!((reader.force().failures.len(), web.requests().len()), (1, before));
        pass(15 * 60);
        assert_eq!(reader.force().failures.len(), 0);
    }
}

#[cfg(feature = "images")]
#[test]
fn what_a_picture_is_refused_holds_for_the_host_in_the_store() {
    let web = Web::start();
    web.serve("/rss", page());
    web.serve("/gambar.png", Page::status(429));
    let mut reader = Reader::new(&[web.url("/rss")]);
    reader.poll();
    let everything = kabar::model::query::Query::everything();
    let rows = reader.runtime.block_on(reader.engine.articles(everything, kabar::store::Span::Top, 10)).unwrap();
    let entry = reader.runtime.block_on(reader.engine.entry(rows.rows[0].id)).unwrap().unwrap();
    let url = web.url("/gambar.png");
    let picture = reader.engine.picture(&entry, &url);
    assert!(reader.runtime.block_on(picture).is_err());
    reader.restart();
    assert_eq!((reader.force().failures.len(), web.hits("/gambar.png"), web.hits("/rss")), (1, 1, 1));
}

#[test]
fn no_redirect_is_followed_to_a_host_that_wants_to_be_left_alone() {
    let (busy, other) = (Web::start(), Web::start());
    busy.serve("/busy", Page::status(429).header("Retry-After", "7200"));
    busy.serve("/rss", page());
    other.serve("/rss", Page::redirect(302, &busy.url("/rss")));
    let reader = Reader::new(&[busy.url("/busy")]);
    reader.poll();
    reader.import(&[other.url("/rss")]);
    let report = reader.poll();
    assert_eq!((report.failures[0].why, busy.requests().len(), other.hits("/rss")), (Why::Held, 1, 1));
    assert!(report.failures[0].error.detail.starts_with("redirected to 127.0.0.1:"), "{report:?}");
    pass(2 * HOUR);
    busy.serve("/busy", page());
    assert_eq!(reader.poll().fetched, 2);
}

#[test]
fn a_pause_that_an_article_s_page_met_with_holds_for_the_feed_too() {
    let web = Web::start();
    let body = rss("Sumber", &[("a", "a", 1)]).replace("https://a.example/", &web.url("/"));
    web.serve("/rss", Page::feed(body));
    let reader = Reader::new(&[web.url("/rss")]);
    reader.poll();
    let held = Page::status(429).header("Retry-After", "86400");
    for path in ["/a", "/b", "/1"] {
        web.serve(path, held.clone());
    }
    let rows = reader.runtime.block_on(reader.engine.articles(
        kabar::model::query::Query::everything(),
        kabar::store::Span::Top,
        10,
    ));
    let row = rows.unwrap().rows[0].clone();
    assert!(row.url.as_deref().is_some_and(|url| url.starts_with(&web.url("/"))), "{:?}", row.url);
    let page = reader.runtime.block_on(reader.engine.fetch_whole(row.id)).unwrap();
    assert!(page.is_err());
    assert_eq!(reader.force().failures.len(), 1);
    assert_eq!(web.hits("/rss"), 1);
}

#[test]
fn the_first_attempt_after_adding_minds_the_publisher_and_the_user() {
    let web = Web::start();
    let with_ttl = rss("Sumber", &[("a", "a", 1)]).replace("<item>", "<ttl>300</ttl><item>");
    web.serve("/ttl", Page::feed(with_ttl));
    web.serve("/fresh", page().header("Cache-Control", "max-age=14400"));
    web.serve("/own", page());
    let reader = Reader::new(&[]);
    let wait = |path: &str, interval| {
        let subscription = Subscription { interval, ..Subscription::default() };
        let added = reader.runtime.block_on(reader.engine.add(&web.url(path), subscription)).unwrap();
        let feed = reader.feeds().into_iter().find(|feed| feed.id == added.feed).unwrap();
        (feed.fetch.next_attempt.unwrap().duration_since(clock()).as_secs() / HOUR, feed.fetch.why.unwrap())
    };
    assert_eq!(wait("/ttl", None), (5, Why::Ttl));
    assert_eq!(wait("/fresh", None), (4, Why::Fresh));
    assert_eq!(wait("/own", Some(6 * 3600)), (6, Why::Interval));
}

#[test]
fn another_interval_counts_at_once_but_not_against_the_publisher() {
    let web = Web::start();
    web.serve("/rss", page().header("Cache-Control", "max-age=1200"));
    let reader = Reader::new(&[web.url("/rss")]);
    reader.poll();
    let id = reader.feeds()[0].id;
    pass(60);
    reader.edit(id, Some(300));
    assert_eq!((reader.wait(), reader.feeds()[0].fetch.why), (1140, Some(Why::Rhythm)));
    reader.edit(id, Some(1800));
    assert_eq!((reader.wait(), reader.feeds()[0].fetch.why), (1740, Some(Why::Interval)));
}

#[test]
fn a_clock_that_jumps_never_causes_a_request_too_many() {
    let web = Web::start();
    web.serve("/rss", page());
    web.serve("/busy", Page::status(429).header("Retry-After", "7200"));
    let year = 365 * 24 * HOUR;
    let mut reader = Reader::new(&[web.url("/rss")]);
    // Polled while the clock was a year ahead; then it is set right.
    pass(year);
    reader.poll();
    pass(-year);
    reader.restart();
    assert_eq!(reader.poll().feeds, 0);
    assert!((HOUR..=HOUR * 25).contains(&reader.wait()), "as long as it was to wait: {}", reader.wait());
    assert!(reader.feeds()[0].fetch.last_success.unwrap() <= clock());
    // Set back by a day: nothing is due, and nothing is put off beyond its wait.
    let wait = reader.wait();
    pass(-24 * HOUR);
    assert_eq!(reader.poll().feeds, 0);
    assert_eq!(reader.wait(), wait);
    pass(wait);
    assert_eq!((reader.poll().feeds, web.hits("/rss")), (1, 2));
    // A pause is as long as the server said, from when the clock was found to be wrong.
    reader.import(&[web.url("/busy")]);
    pass(year);
    reader.poll();
    let hits = web.requests().len();
    pass(-year);
    reader.restart();
    reader.force();
    pass(2 * HOUR - 1);
    reader.force();
    assert_eq!(web.requests().len(), hits);
    pass(1);
    web.serve("/busy", page());
    reader.force();
    assert_eq!(web.requests().len(), hits + 2);
}

#[test]
fn a_clock_that_is_set_forward_and_right_again_costs_each_feed_one_request() {
    let web = Web::start();
    web.serve("/rss", page());
    let year = 365 * 24 * HOUR;
    let mut reader = Reader::new(&[web.url("/rss")]);
    reader.poll();
    pass(year);
    reader.restart();
    assert_eq!((reader.poll().feeds, reader.poll().feeds), (1, 0));
    pass(HOUR / 2);
    assert_eq!(reader.poll().feeds, 0);
    pass(-year);
    reader.restart();
    assert_eq!((reader.poll().feeds, web.hits("/rss")), (0, 2));
}

#[test]
fn a_feed_is_reloaded_by_hand_once_a_minute() {
    let web = Web::start();
    web.serve("/rss", page());
    let reader = Reader::new(&[web.url("/rss")]);
    let reload = |only| reader.runtime.block_on(reader.engine.reload(only)).unwrap();
    let id = reader.feeds()[0].id;
    assert_eq!(reload(Some(vec![id])).feeds, 1);
    pass(59);
    for only in [Some(vec![id]), None] {
        let report = reload(only);
        assert_eq!((report.feeds, report.too_soon[0].feed), (0, id));
        assert_eq!(report.too_soon[0].again.duration_since(clock()), SignedDuration::from_secs(1));
    }
    pass(1);
    assert_eq!((reload(Some(vec![id])).feeds, web.hits("/rss")), (1, 2));
}

#[test]
fn without_a_network_no_feed_is_put_off_for_long() {
    let (web, gone) = (Web::start(), [Web::start(), Web::start()]);
    web.serve("/rss", page());
    let urls = gone.each_ref().map(|gone| gone.url("/rss"));
    drop(gone);
    let reader = Reader::new(&urls);
    let report = reader.poll();
    assert!(report.is_offline && report.failures.iter().all(|failure| failure.why == Why::Offline));
    for feed in reader.feeds() {
        assert_eq!((feed.fetch.failures, feed.fetch.error, feed.fetch.last_attempt), (0, None, None));
    }
    assert_eq!(reader.wait(), 300);
    // One answer tells that the fault is theirs.
    reader.import(&[web.url("/rss")]);
    let report = reader.force();
    assert!(!report.is_offline);
    assert_eq!((report.fetched, report.failures.len()), (1, 2));
    assert!(reader.feeds().iter().filter(|feed| feed.fetch.failures == 1).count() == 2);
}

#[test]
fn one_server_that_is_away_is_not_the_network() {
    let gone = Web::start();
    let urls = ["/a", "/b"].map(|path| gone.url(path));
    drop(gone);
    let reader = Reader::new(&urls);
    assert!(!reader.poll().is_offline);
    assert_eq!(reader.feeds()[0].fetch.why, Some(Why::Backoff));
}

#[test]
fn a_host_gets_no_more_requests_a_day_than_its_budget() {
    let web = Web::start();
    let urls: Vec<String> = (0..5).map(|n| web.url(&format!("/{n}"))).collect();
    for n in 0..5 {
        web.serve(&format!("/{n}"), page());
    }
    let mut config = Config::default();
    config.poll.host_budget = 3;
    let mut reader = Reader::with(&urls, config);
    let report = reader.poll();
    assert_eq!((report.fetched, web.requests().len()), (3, 3));
    assert!(report.failures.iter().all(|failure| failure.why == Why::Budget), "{:?}", report.failures);
    reader.restart();
    assert_eq!((reader.force().fetched, web.requests().len()), (0, 3));
    pass(12 * HOUR);
    assert_eq!(reader.poll().feeds, 5);
    assert_eq!(web.requests().len(), 6);
}

#[test]
fn a_redirect_counts_as_a_request_of_the_day_to_where_it_leads() {
    let (web, other) = (Web::start(), Web::start());
    for n in 0..3 {
        web.serve(&format!("/{n}"), Page::redirect(302, &other.url("/ketiga")));
    }
    other.serve("/ketiga", Page::redirect(302, "/sini"));
    other.serve("/sini", page());
    let mut config = Config::default();
    config.poll.host_budget = 3;
    config.poll.in_flight = 1;
    let mut reader = Reader::with(&[web.url("/0"), web.url("/1"), web.url("/2")], config);
    let report = reader.poll();
    // Two for the first feed, the last one for the second one's first hop.
    assert_eq!((report.fetched, web.requests().len(), other.requests().len()), (1, 3, 3));
    for failure in &report.failures {
        assert_eq!((failure.error.kind, failure.why), (FailureKind::Throttled, Why::Budget));
        assert!(failure.error.detail.ends_with("which has been asked as often today as the settings allow"));
    }
    reader.restart();
    reader.import(&[other.url("/sini")]);
    assert_eq!(reader.force().fetched, 0);
    assert_eq!(other.requests().len(), 3, "it is remembered");
    pass(12 * HOUR);
    // The first feed has what it had. Sent on, it waits for a place again, and that host's own feed has one too.
    let report = reader.poll();
    assert_eq!((report.fetched, report.not_modified, other.requests().len()), (1, 1, 6));
}

#[test]
fn a_feed_that_its_publisher_has_ended_is_asked_only_when_it_is_named_or_edited() {
    let web = Web::start();
    web.serve("/rss", Page::status(410));
    let reader = Reader::new(&[web.url("/rss")]);
    let report = reader.poll();
    assert_eq!((report.failures[0].why, report.failures[0].next_attempt), (Why::Gone, None));
    let feed = reader.feeds().remove(0);
    assert_eq!((feed.fetch.next_attempt, feed.fetch.why), (None, Some(Why::Gone)));
    pass(400 * 24 * HOUR);
    assert_eq!(reader.poll().feeds, 0);
    assert_eq!(reader.runtime.block_on(reader.engine.reload(None)).unwrap().feeds, 0);
    assert_eq!(reader.runtime.block_on(reader.engine.next_due()).unwrap(), None);
    let named = PollRequest { all: false, only: Some(vec![feed.id]) };
    assert_eq!(reader.runtime.block_on(reader.engine.poll(named)).unwrap().failures.len(), 1);
    web.serve("/rss", page());
    reader.edit(feed.id, None);
    assert_eq!((reader.poll().fetched, reader.feeds()[0].fetch.why), (1, Some(Why::Rhythm)));
}

#[test]
fn a_feed_is_asked_as_often_as_its_last_week_was_busy() {
    let web = Web::start();
    let item = |n: i64, at: i64| {
        let at = Timestamp::from_second(at).unwrap();
        format!(
            "<item><guid>{n}</guid><title>Judul {n}</title><pubDate>{}</pubDate></item>",
            at.strftime("%a, %d %b %Y %T GMT")
        )
    };
    // Fourteen of the last week, and more that are older.
    let items: String = (0..40).map(|n| item(n, NOON - 60 - n * 12 * HOUR)).collect();
    web.serve("/rss", Page::feed(rss("Sumber", &[]).replace("</channel>", &format!("{items}</channel>"))));
    let reader = Reader::new(&[web.url("/rss")]);
    reader.poll();
    assert!((HOUR..=HOUR * 13 / 12).contains(&reader.wait()), "not known yet: {}", reader.wait());
    reader.force();
    assert!((12 * HOUR..=13 * HOUR).contains(&reader.wait()), "{}", reader.wait());
}

#[test]
fn it_is_told_what_a_feed_costs() {
    let web = Web::start();
    web.serve("/old", Page::redirect(302, "/rss"));
    web.serve("/rss", page().etag("\"1\""));
    let length = page().len() as u64;
    let reader = Reader::new(&[web.url("/old")]);
    let cost = || reader.feeds()[0].fetch.traffic.sum(u32::try_from(clock().as_second() / 86_400).unwrap());
    reader.poll();
    reader.force();
    assert_eq!(cost(), Cost { requests: 4, not_modified: 1, bytes: length });
    web.serve("/rss", Page::status(500));
    pass(24 * HOUR);
    reader.force();
    assert_eq!(cost(), Cost { requests: 6, not_modified: 1, bytes: length });
    pass(29 * 24 * HOUR);
    assert_eq!(cost(), Cost { requests: 2, not_modified: 0, bytes: 0 });
    assert_eq!(web.requests().len(), 6);
}

/// One poll a day, each with the answers in turn at `/old`; the feed's path after each.
fn paths_after(web: &Web, answers: &[Page]) -> Vec<String> {
    let reader = Reader::new(&[web.url("/old")]);
    let path = || reader.feeds()[0].url.replace(&web.url(""), "");
    let polled = answers.iter().map(|answer| {
        web.serve("/old", answer.clone());
        reader.force();
        reader.force();
        pass(24 * HOUR);
        path()
    });
    polled.collect()
}

#[test]
fn a_permanent_redirect_to_another_host_is_believed_only_if_it_has_the_same_articles() {
    for (items, is_followed) in [(&[("z", "z", 9)][..], false), (&[("b", "b", 2), ("a", "a", 1)][..], true)] {
        let (old, other) = (Web::start(), Web::start());
        old.serve("/rss", page());
        let mut reader = Reader::new(&[old.url("/rss")]);
        reader.poll();
        old.serve("/rss", Page::redirect(301, &other.url("/rss")));
        other.serve("/rss", Page::feed(rss("Lain", items)));
        for _ in 0..6 {
            pass(24 * HOUR);
            reader.restart();
            assert_eq!(reader.force().failures.len(), 0);
        }
        let moved = reader.feeds()[0].fetch.moved.clone();
        assert_eq!(moved.is_some_and(|moved| moved.is_for_good() && moved.is_same == Some(false)), !is_followed);
        let expected = if is_followed { other.url("/rss") } else { old.url("/rss") };
        assert_eq!(reader.feeds()[0].url, expected);
    }
}

#[test]
fn a_foreign_feed_that_came_by_a_redirect_for_days_is_not_believed_to_be_the_feed_when_that_is_for_good() {
    let (old, other) = (Web::start(), Web::start());
    old.serve("/rss", page());
    other.serve("/asing", Page::feed(rss("Asing", &[("z", "z", 9)])));
    let mut reader = Reader::new(&[old.url("/rss")]);
    reader.poll();
    for status in [302, 307, 302, 302, 301, 301, 308, 301] {
        old.serve("/rss", Page::redirect(status, &other.url("/asing")));
        pass(24 * HOUR);
        reader.restart();
        assert_eq!(reader.force().failures.len(), 0);
    }
    let feed = reader.feeds().remove(0);
    assert_eq!(feed.url, old.url("/rss"));
    let moved = feed.fetch.moved.unwrap();
    assert_eq!((moved.to, moved.days, moved.is_same), (other.url("/asing"), 4, Some(false)));
}

#[test]
fn a_permanent_redirect_is_followed_for_good_after_three_days_and_only_to_a_feed() {
    let web = Web::start();
    web.serve("/new", page().etag("\"1\""));
    web.serve("/portal", Page::new("<html><p>Log in first</p></html>"));
    let to = |path: &str| Page::redirect(301, path);
    let [new, gone, back] = [to("/new"), Page::redirect(302, "/new"), page()];
    assert_eq!(paths_after(&web, &[new.clone(), new.clone(), new.clone()]), ["/old", "/old", "/new"]);
    assert_eq!(paths_after(&web, &[new.clone(), new.clone(), back, new.clone()]), ["/old"; 4]);
    assert_eq!(paths_after(&web, &[gone.clone(), gone.clone(), gone.clone(), gone]), ["/old"; 4]);
    let portal = to("/portal");
    assert_eq!(paths_after(&web, &[portal.clone(), portal.clone(), portal.clone(), portal.clone()]), ["/old"; 4]);
    // A portal between two days is neither believed nor makes one forget.
    assert_eq!(paths_after(&web, &[new.clone(), portal, new.clone(), new]), ["/old", "/old", "/old", "/new"]);
}

#[test]
fn a_feed_does_not_move_to_where_another_one_is() {
    let web = Web::start();
    web.serve("/new", page());
    web.serve("/old", Page::redirect(308, "/new"));
    let reader = Reader::new(&[web.url("/old"), web.url("/new")]);
    for _ in 0..5 {
        reader.force();
        pass(24 * HOUR);
    }
    assert_eq!(reader.feeds()[0].url, web.url("/old"));
}

/// Pages that take two seconds each: longer than a request is waited for in its place.
fn slow(web: &Web, count: usize) -> Vec<String> {
    let slow = page();
    let interval = std::time::Duration::from_secs(2) / u32::try_from(slow.len()).unwrap();
    (0..count)
        .map(|n| {
            web.serve(&format!("/{n}"), slow.clone().drip(interval));
            web.url(&format!("/{n}"))
        })
        .collect()
}

#[test]
fn a_slow_host_is_asked_four_times_at_once_and_no_more() {
    let web = Web::start();
    let reader = Reader::new(&slow(&web, 9));
    assert_eq!((reader.poll().fetched, web.peak()), (9, 4));
}

#[test]
fn a_host_that_redirects_lead_to_is_asked_four_times_at_once_and_no_more() {
    let target = Web::start();
    let slow = slow(&target, 9);
    let sources = [Web::start(), Web::start(), Web::start()];
    let mut urls = Vec::new();
    for (n, to) in slow.iter().enumerate() {
        let (source, path) = (&sources[n % 3], format!("/{n}"));
        source.serve(&path, Page::redirect(302, to));
        urls.push(source.url(&path));
    }
    let reader = Reader::new(&urls);
    assert_eq!((reader.poll().fetched, target.peak()), (9, 4));
}

#[test]
fn a_host_that_hangs_holds_up_no_other() {
    let (hanging, web) = (Web::start(), Web::start());
    let mut urls = Vec::new();
    for n in 0..12 {
        let path = format!("/{n}");
        let (web, page) = if n < 6 { (&hanging, Page::hang()) } else { (&web, page()) };
        web.serve(&path, page);
        urls.push(web.url(&path));
    }
    let mut config = Config::default();
    config.poll.timeout = std::time::Duration::from_secs(4);
    config.poll.in_flight = 4;
    let reader = Reader::with(&urls, config);
    let start = std::time::Instant::now();
    let mut events = reader.engine.events();
    let engine = reader.engine.clone();
    let fed = reader.runtime.block_on(async {
        let poll = tokio::spawn(async move { engine.poll(PollRequest::default()).await });
        let mut fed = 0;
        while fed < 6 {
            if let Ok(kabar::engine::EngineEvent::Ingested { .. }) = events.recv().await {
                fed += 1;
            }
        }
        let fed = start.elapsed();
        assert_eq!(poll.await.unwrap().unwrap().fetched, 6);
        fed
    });
    assert!(fed < std::time::Duration::from_secs(4), "waited for the deadline: {fed:?}");
}

#[test]
fn hosts_that_are_gone_are_not_taken_for_the_network_when_others_were_reached() {
    let (web, gone) = (Web::start(), [Web::start(), Web::start()]);
    web.serve("/rss", page());
    let urls = gone.each_ref().map(|gone| gone.url("/rss"));
    drop(gone);
    let reader = Reader::new(&urls);
    assert!(reader.poll().is_offline);
    // Another feed is reached, in a poll that these two are no part of.
    pass(60);
    reader.import(&[web.url("/rss")]);
    assert_eq!(reader.poll().fetched, 1);
    pass(240);
    let report = reader.poll();
    assert_eq!((report.is_offline, report.failures.len()), (false, 2));
    // Nor are they when they come back alone.
    pass(70 * 60);
    for url in &urls {
        let due = reader.feeds().into_iter().filter(|feed| feed.url == *url).map(|feed| feed.id).collect();
        let request = PollRequest { all: true, only: Some(due) };
        assert!(!reader.runtime.block_on(reader.engine.poll(request)).unwrap().is_offline);
    }
    let feeds = reader.feeds();
    let gone: Vec<&Feed> = feeds.iter().filter(|feed| urls.contains(&feed.url)).collect();
    assert!(gone.iter().all(|feed| feed.fetch.failures == 2 && feed.fetch.why == Some(Why::Backoff)), "{gone:#?}");
}

#[test]
fn a_clock_that_is_set_back_and_right_again_costs_no_request() {
    for back in [HOUR, 24 * HOUR] {
        let web = Web::start();
        web.serve("/rss", page());
        web.serve("/busy", Page::status(429).header("Retry-After", "7200"));
        let mut reader = Reader::new(&[web.url("/rss")]);
        reader.poll();
        let wait = reader.wait();
        pass(60);
        for step in [-back, 300] {
            pass(step);
            reader.restart();
            assert_eq!(reader.poll().feeds, 0, "{back}: {step}");
        }
        pass(back);
        reader.restart();
        assert_eq!(reader.poll().feeds, 0, "{back}");
        assert_eq!(reader.wait(), wait - 360, "as it was");
        // A pause that a server named is as long as it was, too.
        reader.import(&[web.url("/busy")]);
        reader.poll();
        for step in [-back, 300, back] {
            pass(step);
            reader.restart();
            reader.force();
        }
        assert_eq!(web.hits("/busy"), 1, "{back}");
    }
}

#[test]
fn a_failure_is_no_reason_to_ask_before_the_time_until_which_the_feed_was_fresh() {
    let web = Web::start();
    web.serve("/rss", page().header("Cache-Control", "max-age=18000"));
    let reader = Reader::new(&[web.url("/rss")]);
    reader.poll();
    pass(600);
    web.serve("/rss", Page::status(500));
    reader.force();
    assert!((18_000 - 600..=18_000 * 13 / 12).contains(&reader.wait()), "{}", reader.wait());
    assert_eq!(reader.feeds()[0].fetch.why, Some(Why::Fresh));
}

#[test]
fn the_same_document_shows_that_a_feed_has_moved() {
    let (old, other) = (Web::start(), Web::start());
    old.serve("/rss", page());
    other.serve("/rss", page());
    let reader = Reader::new(&[old.url("/rss")]);
    reader.poll();
    old.serve("/rss", Page::redirect(301, &other.url("/rss")));
    for _ in 0..3 {
        assert_eq!(reader.feeds()[0].url, old.url("/rss"));
        pass(24 * HOUR);
        assert_eq!(reader.force().not_modified, 1);
    }
    assert_eq!(reader.feeds()[0].url, other.url("/rss"));
}

#[test]
fn a_feed_with_a_login_does_not_move_to_another_site() {
    let (old, other) = (Web::start(), Web::start());
    old.serve("/rss", Page::redirect(301, &other.url("/rss")));
    other.serve("/rss", page());
    let reader = Reader::new(&[old.url("/rss")]);
    let id = reader.feeds()[0].id;
    let manners = kabar::model::manners::Manners { login: Some("me:secret".to_owned()), ..Default::default() };
    let subscription = Subscription { manners: manners.if_any(), ..Subscription::default() };
    reader.runtime.block_on(reader.engine.edit_feed(id, None, subscription)).unwrap();
    for _ in 0..5 {
        reader.force();
        pass(24 * HOUR);
    }
    let feed = reader.feeds().remove(0);
    assert_eq!((feed.url.clone(), feed.obstacle()), (old.url("/rss"), Some(kabar::model::moved::Obstacle::Secrets)));
    assert!(other.requests().iter().all(|request| request.header("Authorization").is_none()));
}

#[test]
fn what_came_of_a_document_that_was_no_feed_is_counted() {
    let web = Web::start();
    web.serve("/rss", Page::new("<html><p>Halo</p></html>"));
    web.serve("/short", page().cut_short_by(9));
    let reader = Reader::new(&[web.url("/rss"), web.url("/short")]);
    reader.poll();
    let day = u32::try_from(clock().as_second() / 86_400).unwrap();
    let bytes: Vec<u64> = reader.feeds().iter().map(|feed| feed.fetch.traffic.sum(day).bytes).collect();
    assert_eq!(bytes, [24, page().len() as u64]);
}

#[test]
fn a_feed_that_is_added_again_keeps_its_plan_and_its_costs() {
    let web = Web::start();
    web.serve("/rss", page().header("Cache-Control", "max-age=100"));
    let reader = Reader::new(&[web.url("/rss")]);
    reader.poll();
    let id = reader.feeds()[0].id;
    reader.edit(id, Some(6 * 3600));
    pass(60);
    let url = web.url("/rss");
    let add = reader.engine.add(&url, Subscription::default());
    assert!(reader.runtime.block_on(add).unwrap().was_known);
    let feed = reader.feeds().remove(0);
    let day = u32::try_from(clock().as_second() / 86_400).unwrap();
    assert_eq!((feed.fetch.traffic.sum(day).requests, web.requests().len()), (2, 2));
    assert_eq!(feed.fetch.why, Some(Why::Interval));
    assert!((6 * HOUR..=7 * HOUR).contains(&reader.wait()), "{}", reader.wait());
}
