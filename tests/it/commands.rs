//! Commands of the user's own as sources and as filters: run only at the user's word, within limits, and ended whole.
#![cfg(unix)]

use std::process::Command;
use std::time::{Duration, Instant};

use kabar::config::Config;
use kabar::engine::Engine;
use kabar::platform::paths::Paths;

use crate::cli_program::{Kabar, eventually, rss, signal, wait};
use crate::web::{Page, Web};

#[test]
fn what_a_command_prints_is_a_feed_and_asked_again_it_brings_what_is_new() {
    let kabar = Kabar::new();
    kabar.write("a b.xml", rss("Cetakan", &[("Satu", "a", 1)]));
    let added = kabar.ok(&["add", "exec:cat 'a b.xml' | tr '%' '%'"]);
    assert!(added.starts_with("Subscribed: Cetakan (feed 1, 1 article, exec:cat 'a b.xml'"), "{added}");
    let same = kabar.json(&["refresh", "--force", "--json"]);
    assert_eq!((&same["not_modified"], &same["failed"]), (&1.into(), &0.into()), "{same}");
    kabar.write("a b.xml", rss("Cetakan", &[("Dua", "b", 2), ("Satu", "a", 1)]));
    kabar.ok(&["refresh", "--force"]);
    assert_eq!(kabar.titles(&[]).len(), 2);
    assert_eq!(kabar.json(&["feeds", "--json"])[0]["url"], "exec:cat 'a b.xml' | tr '%' '%'");
}

#[test]
fn a_command_that_fails_says_how_and_keeps_what_it_brought() {
    let kabar = Kabar::new();
    kabar.write("feed.xml", rss("Cetakan", &[("Satu", "a", 1)]));
    kabar.ok(&["add", "exec:cat feed.xml"]);
    std::fs::remove_file(kabar.path("feed.xml")).unwrap();
    let report = kabar.json(&["refresh", "--force", "--json"]);
    let error = &report["failures"][0]["error"];
    assert_eq!(error["kind"], "command");
    let detail = error["detail"].as_str().unwrap();
    assert!(detail.starts_with("the command ended with status 1: cat: feed.xml"), "{detail}");
    assert_eq!(kabar.titles(&[]), ["Satu"]);
    let said = kabar.fails(&["add", "exec:printf '\\033[31m' >&2; exit 7"]);
    assert!(said.contains("status 7") && !said.contains('\u{1b}'), "{said}");
}

#[test]
fn a_command_that_hangs_ends_with_all_that_it_started() {
    let kabar = Kabar::new();
    kabar.write("config/config.toml", "[poll]\ntimeout = \"1s\"\n");
    let start = Instant::now();
    let said = kabar.fails(&["add", "exec:sleep 300 & echo $! > child; wait"]);
    assert!(said.contains("did not end within 1 s"), "{said}");
    assert!(start.elapsed() < Duration::from_secs(20));
    let child = std::fs::read_to_string(kabar.path("child")).unwrap();
    let lives = || Command::new("sh").arg("-c").arg(format!("kill -0 {} 2>/dev/null", child.trim())).status();
    eventually("the child has ended", || !lives().unwrap().success());
}

#[test]
fn a_command_that_prints_without_end_is_stopped_at_the_limit() {
    let said = Kabar::new().fails(&["add", "exec:yes"]);
    assert!(said.contains("larger than the limit"), "{said}");
}

#[test]
fn a_filter_stands_between_the_document_and_its_reading() {
    let (kabar, web) = (Kabar::new(), Web::start());
    web.serve("/rss", Page::feed(rss("Sumber", &[("Judul Lama", "a", 1)])).etag("\"1\""));
    kabar.ok(&["add", &web.url("/rss"), "--filter", "sed 's/Lama/Baru/'"]);
    assert_eq!(kabar.titles(&[]), ["Judul Baru"]);
    assert_eq!(kabar.json(&["refresh", "--force", "--json"])["not_modified"], 1, "validators are kept");
    kabar.ok(&["edit", "1", "--filter", ""]);
    kabar.ok(&["refresh"]);
    assert_eq!(kabar.titles(&[]), ["Judul Lama"], "a changed filter makes another document");
    kabar.ok(&["edit", "1", "--filter", "exit 3"]);
    let report = kabar.json(&["refresh", "--json"]);
    assert_eq!(report["failures"][0]["error"]["detail"], "the command ended with status 3");
    assert_eq!(kabar.titles(&[]), ["Judul Lama"]);
}

#[test]
fn a_filter_can_make_a_feed_of_a_page() {
    let (kabar, web) = (Kabar::new(), Web::start());
    web.serve("/", Page::new("<html><p>halaman</p></html>"));
    kabar.write("feed.xml", rss("Buatan", &[("Dari halaman", "a", 1)]));
    kabar.ok(&["add", &web.url("/"), "--filter", "grep -q halaman && cat feed.xml"]);
    assert_eq!(kabar.titles(&[]), ["Dari halaman"]);
}

#[test]
fn a_list_brings_commands_only_when_it_is_allowed_to() {
    let kabar = Kabar::new();
    let list = kabar.write(
        "list.opml",
        "<opml><body><outline xmlUrl='exec:touch ran; false'/><outline xmlUrl='https://a.example/' filter='touch ran'/>\
         <outline xmlUrl='https://b.example/'/></body></opml>",
    );
    let ran = kabar.run(&["import", list.to_str().unwrap()]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "1 feed added\n"));
    assert_eq!(ran.err.matches("a list may only bring commands with --allow-exec").count(), 2, "{}", ran.err);
    assert!(kabar.ok(&["import", "--allow-exec", list.to_str().unwrap()]).starts_with("2 feeds added"));
    for format in ["opml", "newsboat"] {
        let other = Kabar::new();
        let exported = other.write("exported", kabar.ok(&["export", "--format", format]));
        assert!(other.ok(&["import", "--allow-exec", exported.to_str().unwrap()]).starts_with("3 feeds added"));
        let row = |kabar: &Kabar, n: usize| {
            let feed = &kabar.json(&["feeds", "--json"])[n];
            (feed["url"].to_string(), feed["filter"].to_string())
        };
        let mut rows: Vec<_> = (0..3).map(|n| row(&other, n)).collect();
        let mut expected: Vec<_> = (0..3).map(|n| row(&kabar, n)).collect();
        rows.sort();
        expected.sort();
        assert_eq!(rows, expected, "{format}");
    }
    assert!(!kabar.path("ran").exists());
}

#[test]
fn a_command_is_not_taken_from_what_is_pasted_or_found() {
    let (kabar, web) = (Kabar::new(), Web::start());
    web.serve("/page", Page::new("<link rel=alternate type='application/rss+xml' href='exec:touch ran'>"));
    web.serve("/moved", Page::redirect(302, "exec:touch ran"));
    let folder = |name: &str| kabar.path(name);
    let paths = Paths { config: folder("c"), data: folder("d"), cache: folder("e"), state: folder("f") };
    let engine = Engine::open(&paths, Config::default()).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    for text in ["exec:touch ran".to_owned(), web.url("/page"), web.url("/moved")] {
        assert!(runtime.block_on(engine.look_up(&text)).is_err(), "{text}");
    }
    assert!(!kabar.path("ran").exists());
}

#[test]
fn what_a_command_leaves_behind_ends_with_it() {
    let kabar = Kabar::new();
    kabar.write("feed.xml", rss("Cetakan", &[("Satu", "a", 1)]));
    kabar.ok(&["add", "exec:cat feed.xml; sleep 300 >/dev/null 2>&1 & echo $! > child"]);
    assert!(has_ended(&kabar));
    // Also where it has the command's own output, or a command that goes on has printed too much.
    kabar.ok(&["add", "exec:cat feed.xml; sleep 300 & echo $! > child"]);
    assert!(has_ended(&kabar));
    let said = kabar.fails(&["add", "exec:cat feed.xml; sleep 300 & echo $! > child; echo sebab >&2; exit 3"]);
    assert!(said.contains("status 3: sebab") && has_ended(&kabar), "{said}");
    let start = Instant::now();
    let said = kabar.fails(&["add", "exec:yes; sleep 300"]);
    assert!(said.contains("larger than the limit") && start.elapsed() < Duration::from_secs(20), "{said}");
}

#[test]
fn a_command_ends_when_kabar_is_told_to() {
    // Whoever runs the tests may have them ignore it, which programs inherit.
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let hears_hang_up = status
        .lines()
        .any(|line| line.starts_with("SigIgn:") && line.ends_with(['0', '2', '4', '6', '8', 'a', 'c', 'e']));
    for name in ["TERM", "INT"].into_iter().chain(hears_hang_up.then_some("HUP")) {
        for args in [&["refresh"][..], &["add", "exec:echo $$ > child; sleep 300"], &["watch"]] {
            let kabar = Kabar::new();
            let source = "<opml><body><outline xmlUrl='exec:echo $$ &gt; child; sleep 300'/></body></opml>";
            let list = kabar.write("list.opml", source);
            if args[0] != "add" {
                kabar.ok(&["import", "--allow-exec", list.to_str().unwrap()]);
            }
            let child = kabar.start(args);
            eventually("it runs", || std::fs::read_to_string(kabar.path("child")).is_ok_and(|id| id.ends_with('\n')));
            signal(&child, name);
            let expected = if args[0] == "watch" && name != "INT" { 0 } else { 130 };
            assert_eq!(wait(child).code, Some(expected), "{name} {args:?}");
            assert!(has_ended(&kabar), "{name} {args:?}");
        }
    }
}

/// Waits for the end of the process whose id is in the file `child`.
fn has_ended(kabar: &Kabar) -> bool {
    let child = std::fs::read_to_string(kabar.path("child")).unwrap();
    let lives = || Command::new("sh").arg("-c").arg(format!("kill -0 {} 2>/dev/null", child.trim())).status();
    eventually("the child has ended", || !lives().unwrap().success());
    true
}
