//! Polling from the command line, against a server that plays the web.

use std::io::{BufRead as _, BufReader};

use kabar::config::Config;
use kabar::engine::{Engine, PollRequest};
use kabar::platform::paths::Paths;

use crate::cli_program::{Kabar, eventually, rss, signal, wait};
use crate::web::{Page, Web};

/// Three feeds of two articles each, behind `/0`, `/1`, `/2`.
fn three_feeds() -> (Kabar, Web) {
    let (kabar, web) = (Kabar::new(), Web::start());
    for n in 0..3 {
        web.serve(&format!("/{n}"), page(n).etag(&format!("\"v{n}\"")));
    }
    kabar.import(&[web.url("/0"), web.url("/1"), web.url("/2")]);
    (kabar, web)
}

fn page(n: usize) -> Page {
    let (a, b) = (format!("a{n}"), format!("b{n}"));
    Page::feed(rss(&format!("Sumber {n}"), &[(&a, &a, 1), (&b, &b, 2)]))
}

#[test]
fn a_second_refresh_is_one_conditional_request_a_feed_and_rewrites_nothing() {
    let (kabar, web) = three_feeds();
    let first = kabar.json(&["refresh", "--json"]);
    assert_eq!((&first["fetched"], &first["new_articles"]), (&3.into(), &6.into()));
    let before = kabar.ok(&["list", "--json"]);
    assert_eq!(kabar.json(&["refresh", "--json"])["feeds"], 0, "none is due so soon");
    let second = kabar.json(&["refresh", "--force", "--json"]);
    assert_eq!((&second["not_modified"], &second["new_articles"]), (&3.into(), &0.into()));
    assert_eq!((&second["updated_articles"], &second["bytes"]), (&0.into(), &0.into()));
    assert_eq!(kabar.ok(&["list", "--json"]), before);
    assert_eq!(web.requests().len(), 6);
    let conditional = web.requests().iter().filter(|request| request.header("If-None-Match").is_some()).count();
    assert_eq!(conditional, 3);
}

#[test]
fn an_unchanged_body_without_validators_is_not_stored_again() {
    let (kabar, web) = (Kabar::new(), Web::start());
    web.serve("/rss", page(0));
    kabar.import(&[web.url("/rss")]);
    kabar.ok(&["refresh"]);
    let report = kabar.json(&["refresh", "--force", "--json"]);
    assert_eq!((&report["not_modified"], &report["updated_articles"]), (&1.into(), &0.into()));
    assert_eq!(report["bytes"], page(0).len(), "it has come all the same");
    web.serve("/rss", Page::new("<html><p>halaman"));
    assert_eq!(kabar.json(&["refresh", "--force", "--json"])["bytes"], "<html><p>halaman".len());
}

#[test]
fn one_bad_feed_disturbs_no_other() {
    let (kabar, web) = three_feeds();
    let whole = rss("Terpotong", &[("c", "c", 1)]);
    web.serve("/short", Page::feed(whole.clone()).cut_short_by(500));
    web.serve("/hangup", Page::hang_up());
    web.serve("/raw", Page::raw("what is this"));
    web.serve("/page", Page::new("<html>hello</html>"));
    web.serve("/gzip", Page::feed(vec![0xff; 300]).header("Content-Encoding", "gzip"));
    kabar.import(&["/short", "/hangup", "/raw", "/page", "/gzip", "/404"].map(|path| web.url(path)));
    let report = kabar.json(&["refresh", "--json"]);
    assert_eq!((&report["feeds"], &report["fetched"], &report["failed"]), (&9.into(), &3.into(), &6.into()));
    assert_eq!(kabar.titles(&[]).len(), 6);
    let failures = report["failures"].as_array().unwrap();
    assert_eq!(failures.len(), 6);
    for failure in failures {
        assert!(failure["url"].as_str().unwrap().starts_with("http://127.0.0.1"));
        assert!(!failure["error"]["kind"].as_str().unwrap().is_empty());
        assert!(failure["next_attempt"].as_str().unwrap().ends_with('Z'));
    }
    let said = kabar.ok(&["refresh", "--force", "/404"]);
    assert!(said.contains("1 failed") && said.contains("; next attempt 20"), "{said}");
}

#[test]
fn an_empty_or_truncated_feed_deletes_nothing() {
    let (kabar, web) = (Kabar::new(), Web::start());
    let whole = rss("Sumber", &[("a", "a", 1), ("b", "b", 2)]);
    let half = whole.split_at(whole.find("<item>").unwrap() + 40).0.to_owned();
    let bodies = [whole, rss("Sumber", &[]), half, String::new(), "<rss".to_owned()];
    let count = bodies.len();
    web.serve_each("/rss", bodies.map(Page::feed));
    kabar.import(&[web.url("/rss")]);
    for _ in 0..count {
        assert_eq!(kabar.run(&["refresh", "--force"]).code, Some(0));
        assert_eq!(kabar.titles(&[]).iter().filter(|title| matches!(title.as_str(), "a" | "b")).count(), 2);
    }
    assert_eq!(web.hits("/rss"), count);
}

#[test]
fn a_refresh_that_is_killed_half_way_is_made_good_by_the_next() {
    let (kabar, web) = three_feeds();
    web.serve("/slow", Page::hang());
    kabar.import(&[web.url("/slow")]);
    let mut child = kabar.start(&["refresh"]);
    eventually("all asked", || web.requests().len() == 4);
    child.kill().unwrap();
    child.wait().unwrap();
    web.serve("/slow", page(3));
    kabar.ok(&["refresh"]);
    let mut titles = kabar.titles(&[]);
    titles.sort();
    assert_eq!(titles, ["a0", "a1", "a2", "a3", "b0", "b1", "b2", "b3"]);
    assert_eq!(kabar.run(&["doctor"]).code, Some(0));
}

#[test]
fn an_interrupted_refresh_keeps_what_has_arrived_and_says_so() {
    let (kabar, web) = three_feeds();
    web.serve("/slow", Page::hang());
    kabar.import(&[web.url("/slow")]);
    let child = kabar.start(&["refresh", "--json"]);
    eventually("the others are stored", || kabar.titles(&[]).len() == 6);
    eventually("the slow one is asked", || web.hits("/slow") == 1);
    signal(&child, "INT");
    let ran = wait(child);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(130), "", "kabar: interrupted\n"));
    assert_eq!(kabar.titles(&[]).len(), 6);
}

#[test]
fn two_processes_at_once_never_ask_one_feed_twice() {
    let (kabar, web) = three_feeds();
    let children: Vec<_> = (0..4).map(|_| kabar.start(&["refresh"])).collect();
    for child in children {
        assert_eq!(wait(child).code, Some(0));
    }
    assert_eq!(web.requests().len(), 3);
    assert_eq!(kabar.titles(&[]).len(), 6);
}

#[test]
fn force_does_not_overrule_a_server_that_asked_for_peace() {
    let (kabar, web) = (Kabar::new(), Web::start());
    web.serve("/busy", Page::status(429).header("Retry-After", "3600"));
    kabar.import(&[web.url("/busy")]);
    let first = kabar.json(&["refresh", "--json"]);
    assert_eq!(first["failures"][0]["error"]["kind"], "throttled");
    let second = kabar.json(&["refresh", "--force", "--json"]);
    assert_eq!(web.hits("/busy"), 1);
    assert_eq!(second["failures"][0]["next_attempt"], first["failures"][0]["next_attempt"]);
}

#[test]
fn a_watcher_says_a_line_a_round_and_ends_when_told() {
    for (name, code) in [("TERM", 0), ("INT", 130)] {
        let (kabar, web) = three_feeds();
        let mut child = kabar.start(&["watch", "--interval", "1s"]);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        assert!(first.contains("3 feeds: 3 fetched, 0 not modified, 0 failed; 6 new articles"), "{first}");
        // A feed that another process subscribes to in the meantime is found.
        web.serve("/late", page(7));
        kabar.import(&[web.url("/late")]);
        let found = lines.any(|line| line.unwrap().contains("1 feed: 1 fetched"));
        assert!(found);
        signal(&child, name);
        assert_eq!(wait(child).code, Some(code));
    }
}

#[test]
fn the_password_of_a_feed_is_not_shown() {
    let (kabar, web) = (Kabar::new(), Web::start());
    web.serve("/rss", page(0));
    web.serve("/tiada", Page::status(404));
    let with_password = |path: &str| web.url(path).replace("http://", "http://me:secret@");
    kabar.import(&[with_password("/rss"), with_password("/tiada")]);
    for args in [
        &["refresh", "--json"][..],
        &["refresh", "--force"],
        &["feeds"],
        &["feeds", "--json"],
        &["list", "--json"],
        &["doctor"],
    ] {
        let ran = kabar.run(args);
        assert!(!ran.out.contains("secret") && !ran.err.contains("secret"), "{args:?} {ran:?}");
    }
    assert!(kabar.ok(&["export"]).contains("secret"), "a list to be read in again has to have it");
    let shown = kabar.json(&["feeds", "--json"])[0]["url"].as_str().unwrap().to_owned();
    assert_eq!(kabar.titles(&["--feed", &shown]).len(), 2);
}

#[tokio::test]
async fn a_poll_that_waits_for_another_process_can_be_cancelled_and_the_next_one_is_not() {
    let kabar = Kabar::new();
    let (config, data) = (kabar.path("config"), kabar.path("data"));
    let paths = Paths::find(Some(&config), Some(&data), |_| Some(kabar.path("cache"))).unwrap();
    let engine = Engine::open(&paths, Config::default()).unwrap();
    let held = std::fs::File::create(paths.poll_lock()).unwrap();
    held.lock().unwrap();
    assert!(engine.is_being_polled().unwrap());
    let (report, ()) = tokio::join!(engine.poll(PollRequest::default()), async { engine.cancel_poll() });
    assert!(report.unwrap().was_cancelled);
    drop(held);
    assert!(!engine.poll(PollRequest::default()).await.unwrap().was_cancelled);
}

#[test]
fn what_a_feed_is_asked_with_goes_to_its_own_site_alone_and_into_no_log() {
    let (kabar, web, other) = (Kabar::new(), Web::start(), Web::start());
    let held = [("a", 1), ("b", 2)].map(|(guid, day)| (guid, guid, day));
    web.serve("/in", Page::redirect(302, "/again"));
    web.serve("/again", Page::redirect(302, &other.url("/out")));
    other.serve("/out", Page::redirect(302, &web.url("/back")));
    web.serve("/back", Page::feed(rss("Sumber", &held)));
    web.serve("/refused", Page::status(401));
    let args = ["--header", "X-Key: secret-key", "--login", "me:secret-word", "--user-agent", "saya/1"];
    let mut add = vec!["add", "--json"];
    let (start, refused) = (web.url("/in"), web.url("/refused"));
    add.extend(args);
    add.push(&start);
    let traced = |args: &[&str]| {
        let output = kabar.command(args).env("KABAR_LOG", "trace").output().unwrap();
        String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
    };
    let mut said = traced(&add);
    kabar.import(std::slice::from_ref(&refused));
    let mut edit = vec!["edit", &refused];
    edit.extend(args);
    said += &traced(&edit);
    for args in [&["refresh", "--force"][..], &["feeds", "--json"], &["feeds"], &["doctor"], &["export"]] {
        said += &traced(args);
    }
    assert!(said.contains("401") && !said.contains("secret"), "{said}");
    let log = crate::cli_program::all_text(kabar.folder.path(), "log");
    assert!(!log.contains("secret") && log.contains("401"), "{log}");
    let basic = "Basic bWU6c2VjcmV0LXdvcmQ=";
    let asked = web.requests();
    for request in asked.iter().filter(|request| request.path != "/back") {
        let sent = ["Authorization", "X-Key", "User-Agent"].map(|name| request.header(name));
        assert_eq!(sent, [Some(basic), Some("secret-key"), Some("saya/1")], "{}", request.path);
    }
    let away = other.requests();
    assert_eq!((asked.iter().any(|request| request.path == "/back"), away.len()), (true, 2));
    for request in asked.iter().filter(|request| request.path == "/back").chain(&away) {
        let sent = ["Authorization", "X-Key", "User-Agent"].map(|name| request.header(name));
        assert_eq!(sent, [None, None, Some("saya/1")], "{}", request.path);
    }
    kabar.ok(&["edit", &refused, "--header", "", "--login", "", "--user-agent", ""]);
    kabar.ok(&["refresh", "--force", &refused]);
    let last = web.requests().pop().unwrap();
    assert_eq!((last.header("Authorization"), last.header("X-Key")), (None, None));
    assert!(kabar.run(&["edit", &refused, "--header", "Host: secret"]).err.contains("own to set"));
}

#[test]
fn a_feed_may_have_a_proxy_of_its_own() {
    let (kabar, proxy) = (Kabar::new(), Web::start());
    // What a proxy is asked for is the whole address.
    proxy.serve("http://news.example/rss", page(0));
    let at = proxy.url("").replace("http://", "http://me:secret@");
    kabar.ok(&["add", "http://news.example/rss", "--proxy", &at]);
    let request = proxy.requests().pop().unwrap();
    assert_eq!(request.header("Proxy-Authorization"), Some("Basic bWU6c2VjcmV0"));
    assert_eq!(request.header("Authorization"), None);
    let shown = kabar.json(&["feeds", "--json"])[0]["proxy"].as_str().unwrap().to_owned();
    assert_eq!(shown, proxy.url("/"));
}

#[test]
fn a_named_feed_that_is_not_due_says_why_and_when_it_is() {
    let (kabar, web) = three_feeds();
    web.serve("/1", page(1).header("Cache-Control", "max-age=20000"));
    kabar.ok(&["refresh"]);
    let said = kabar.ok(&["refresh", "Sumber 0", "Sumber 1"]);
    assert!(said.contains("Sumber 0 (1) is not due before 20"), "{said}");
    assert!(said.contains(": as often as it brings something; --force asks now"), "{said}");
    assert!(said.contains(": until then the server calls it fresh; --force asks now"), "{said}");
    let report = kabar.json(&["refresh", "--json", "Sumber 1"]);
    assert_eq!((&report["feeds"], &report["not_due"][0]["why"]), (&0.into(), &"fresh".into()));
    assert_eq!(web.requests().len(), 3);
}

#[test]
fn what_a_feed_answers_that_is_edited_meanwhile_is_not_taken_for_the_new_ones() {
    for old in
        [Page::status(404), Page::feed(rss("Lama", &[("lama", "a", 1)])).etag("\"1\""), Page::redirect(301, "/lain")]
    {
        let (kabar, web) = (Kabar::new(), Web::start());
        web.serve("/lain", page(2));
        web.serve("/baru", page(1));
        web.serve("/lama", old.meet(2));
        web.serve("/teman", page(3).meet(2));
        kabar.import(&[web.url("/lama")]);
        let poll = kabar.start(&["refresh"]);
        eventually("it is asked", || web.hits("/lama") == 1);
        kabar.ok(&["edit", "1", "--url", &web.url("/baru")]);
        // The answer comes when a second request does.
        kabar.ok(&["preview", &web.url("/teman")]);
        assert_eq!(wait(poll).code, Some(0));
        let feed = &kabar.json(&["feeds", "--json"])[0];
        assert_eq!((&feed["url"], &feed["error"]), (&web.url("/baru").into(), &serde_json::Value::Null), "{feed}");
        kabar.ok(&["refresh"]);
        assert_eq!(kabar.titles(&[]), ["b1", "a1"]);
        let asked = web.requests().into_iter().rfind(|request| request.path == "/baru").unwrap();
        assert_eq!(asked.header("If-None-Match"), None);
    }
}

#[test]
fn a_feed_that_is_put_off_for_its_host_says_why() {
    let (kabar, web) = (Kabar::new(), Web::start());
    kabar.write("config/config.toml", "[poll]\nhost_budget = 1\n");
    web.serve("/1", page(1));
    kabar.import(&[web.url("/1")]);
    kabar.ok(&["refresh"]);
    kabar.import(&[web.url("/2")]);
    kabar.ok(&["refresh"]);
    let said = kabar.ok(&["feeds"]);
    let line = said.lines().last().unwrap();
    assert!(line.contains("not asked before 20") && line.contains("as many requests today"), "{said}");
    assert_eq!(web.requests().len(), 1);
}

#[test]
fn force_is_not_advised_where_it_would_not_help() {
    let (kabar, web) = (Kabar::new(), Web::start());
    web.serve("/busy", Page::status(429).header("Retry-After", "3600"));
    kabar.import(&[web.url("/busy")]);
    kabar.ok(&["refresh"]);
    let said = kabar.ok(&["refresh", "1"]);
    assert!(said.contains("is not due before") && !said.contains("--force"), "{said}");
    kabar.ok(&["refresh", "--force", "1"]);
    assert_eq!(web.hits("/busy"), 1);
}

#[test]
fn a_document_that_breaks_off_is_asked_for_again_until_it_is_whole() {
    let whole = rss("Sumber", &[("a", "a", 1), ("b", "b", 2)]);
    let json = |items: &str| {
        format!(
            "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"J\",\"items\":[\
             {{\"id\":\"a\",\"title\":\"a\"}}{items}"
        )
    };
    let rest = ",{\"id\":\"b\",\"title\":\"b\",\"authors\":[{\"name\":\"Ani\"}],\"content_text\":\"Isi\"}]}";
    let within = |text: &str, what: &str| text.split_at(text.find(what).unwrap()).0.to_owned();
    for (half, whole) in [
        (within(&whole, "b</title>"), whole.clone()),
        // Between two items.
        (whole.split_inclusive("</item>").next().unwrap().to_owned(), whole),
        (within(&json(rest), "Isi"), json(rest)),
    ] {
        let (kabar, web) = (Kabar::new(), Web::start());
        let page = |body: &str| Page::feed(body).etag(if body == whole { "\"1\"" } else { "\"2\"" });
        let pages = [&half, &whole, &half, &half, &half].map(|body| page(body));
        web.serve_each("/rss", pages);
        kabar.import(&[web.url("/rss")]);
        let mut articles = Vec::new();
        for _ in 0..5 {
            kabar.ok(&["refresh", "--force"]);
            articles.push(kabar.titles(&[]).len());
        }
        assert_eq!(articles, [1, 2, 2, 2, 2]);
        let asked: Vec<bool> = web.requests().iter().map(|request| request.header("If-None-Match").is_some()).collect();
        assert_eq!(asked, [false, false, true, false, true], "what comes again to the letter is all there is");
    }
}

#[test]
fn without_a_network_it_is_said_once_and_no_feed_is_blamed() {
    let kabar = Kabar::new();
    let gone = [Web::start(), Web::start()].map(|web| web.url("/rss"));
    kabar.import(&gone);
    let said = kabar.ok(&["refresh"]);
    assert!(said.contains("Offline: no server can be reached; next attempt 20"), "{said}");
    assert_eq!(kabar.json(&["feeds", "--json"])[0]["failures"], 0);
    assert_eq!(kabar.json(&["refresh", "--force", "--json"])["offline"], true);
}

#[test]
fn a_feed_that_is_gone_says_so_and_is_asked_again_when_it_is_named() {
    let (kabar, web) = (Kabar::new(), Web::start());
    web.serve("/rss", Page::status(410));
    kabar.import(&[web.url("/rss")]);
    let said = kabar.ok(&["refresh"]);
    assert!(said.contains("HTTP 410 Gone; not asked again"), "{said}");
    assert!(kabar.ok(&["feeds"]).contains("not asked again by itself; its publisher has ended it"));
    assert!(kabar.ok(&["doctor"]).contains("`kabar refresh 1` to ask once more"));
    web.serve("/rss", page(0));
    let said = kabar.ok(&["refresh", "1"]);
    assert!(said.contains("1 fetched"), "{said}");
    let feed = &kabar.json(&["feeds", "--json"])[0];
    assert_eq!((&feed["why"], &feed["error"]), (&"rhythm".into(), &serde_json::Value::Null));
}

#[test]
fn where_a_feed_with_a_login_is_sent_on_to_is_told_and_left_to_the_user() {
    let (kabar, web, other) = (Kabar::new(), Web::start(), Web::start());
    web.serve("/rss", Page::redirect(301, &other.url("/rss")));
    other.serve("/rss", page(0));
    kabar.ok(&["add", &web.url("/rss"), "--header", "X-Key: secret"]);
    kabar.ok(&["refresh", "--force"]);
    let words = "for good, but its login or headers are for the site that it is on";
    for args in [&["feeds"][..], &["doctor"], &["feeds", "--json"]] {
        let said = kabar.ok(args);
        assert!(said.contains(words) && said.contains("`kabar edit 1 --url URL`"), "{said}");
    }
}

#[test]
fn no_line_repeats_the_password_of_what_was_typed() {
    let (kabar, web) = (Kabar::new(), Web::start());
    web.serve("/404", Page::status(404));
    web.serve("/page", Page::new("<html><p>Halo</p></html>"));
    web.serve("/broken", Page::feed("<rss><channel><title>a & b</title><item><title>x</title></item>"));
    let secret = |path: &str| web.url(path).replace("http://", "http://me:secret@");
    let (missing, page, broken) = (secret("/404"), secret("/page"), secret("/broken"));
    let list = kabar.write("list", "ftp://me:secret@x/f\nhttp://me:secret@a b/x\n");
    for args in [
        &["preview", &missing][..],
        &["preview", &page],
        &["preview", &broken],
        &["preview", "ftp://me:secret@x/f"],
        &["extract", "--url", &missing],
        &["extract", "--url", &page],
        &["extract", "--url", &page, "--format", "json"],
        &["extract", &page, "--format", "json"],
        &["import", list.to_str().unwrap()],
        &["refresh", &missing],
        &["add", "ftp://me:secret@x/f"],
        &["add", "feed:http://me:secret@a b/x"],
    ] {
        let ran = kabar.run(args);
        assert!(!ran.out.contains("secret") && !ran.err.contains("secret"), "{args:?} {ran:?}");
        assert!(!(ran.out.is_empty() && ran.err.is_empty()), "{args:?}");
    }
    let log = crate::cli_program::all_text(kabar.folder.path(), "log");
    assert!(!log.contains("secret"), "{log}");
}

#[cfg(unix)]
#[test]
fn the_store_is_its_owners_alone_and_a_removed_feeds_login_is_forgotten() {
    use std::os::unix::fs::MetadataExt as _;
    let (kabar, web) = (Kabar::new(), Web::start());
    web.serve("/rss", page(0));
    web.serve("/in", page(1));
    let with_password = web.url("/in").replace("http://", "http://me:s3cr3t@");
    kabar.ok(&["add", &web.url("/rss"), "--login", "me:s3cr3t"]);
    kabar.ok(&["add", &with_password]);
    let mode = |name: &str| std::fs::metadata(kabar.path(name)).unwrap().mode() & 0o777;
    assert_eq!((mode("data"), mode("data/kabar.db")), (0o700, 0o600));
    kabar.ok(&["mark", "read", "--query", ""]);
    kabar.ok(&["remove", "1"]);
    kabar.ok(&["remove", "2"]);
    let rows: String = kabar
        .database()
        .query_row("SELECT group_concat(url || coalesce(manners, '')) FROM feed", [], |row| row.get(0))
        .unwrap();
    assert!(!rows.contains("s3cr3t"), "{rows}");
    // It is known again, with what was read of it.
    kabar.ok(&["add", &with_password]);
    assert_eq!(kabar.json(&["feeds", "--json"])[0]["id"], 2);
    assert_eq!(kabar.titles(&["--unread"]).len(), 0);
}
