//! The command line: what commands do to the user's data, and how they end.

use std::io::{BufRead as _, BufReader, Read as _};

use crate::cli_program::{Kabar, rss, wait};
use crate::web::{Page, Web};

fn with_articles(items: &[(&str, &str, u32)]) -> (Kabar, Web) {
    let (kabar, web) = (Kabar::new(), Web::start());
    web.serve("/rss", Page::feed(rss("Kabar Contoh", items)));
    kabar.import(&[web.url("/rss")]);
    kabar.ok(&["refresh"]);
    (kabar, web)
}

const THREE: &[(&str, &str, u32)] = &[("Tiga", "g3", 3), ("Dua", "g2", 2), ("Satu", "g1", 1)];

#[test]
fn import_asks_no_server_and_refresh_brings_the_articles_newest_first() {
    let (kabar, web) = (Kabar::new(), Web::start());
    web.serve("/rss", Page::feed(rss("Kabar Contoh", THREE)));
    kabar.import(&[web.url("/rss")]);
    assert_eq!(web.requests().len(), 0);
    assert!(kabar.titles(&[]).is_empty());
    kabar.ok(&["refresh"]);
    assert_eq!(kabar.titles(&[]), ["Tiga", "Dua", "Satu"]);
    assert_eq!(kabar.titles(&["--limit", "2"]), ["Tiga", "Dua"]);
    assert_eq!(kabar.titles(&["--limit", "0"]), [""; 0]);
    let line = kabar.ok(&["list", "--limit", "1"]);
    assert_eq!(line, "3  2024-11-03 10:00  Kabar Contoh  Tiga\n");
}

#[test]
fn import_can_fetch_what_is_new() {
    let (kabar, web) = (Kabar::new(), Web::start());
    web.serve("/rss", Page::feed(rss("Kabar Contoh", THREE)));
    let list = kabar.write("urls", web.url("/rss"));
    let said = kabar.ok(&["import", "--fetch", list.to_str().unwrap()]);
    assert!(said.starts_with("1 feed added\n1 feed: 1 fetched"), "{said}");
    assert_eq!(kabar.titles(&[]).len(), 3);
    assert_eq!(kabar.ok(&["import", "--fetch", list.to_str().unwrap()]), "0 feeds added, 1 known already\n");
    assert_eq!(web.hits("/rss"), 1);
}

#[test]
fn a_list_is_narrowed_by_every_flag_and_all_of_them_together() {
    let (kabar, _web) = with_articles(THREE);
    kabar.ok(&["mark", "read", "3"]);
    kabar.ok(&["mark", "star", "3", "1"]);
    kabar.ok(&["tag", "add", "Ekonomi – Kita", "1", "2"]);
    assert_eq!(kabar.titles(&["--unread"]), ["Dua", "Satu"]);
    assert_eq!(kabar.titles(&["--starred"]), ["Tiga", "Satu"]);
    assert_eq!(kabar.titles(&["--tag", "#ekonomi-kita"]), ["Dua", "Satu"]);
    assert_eq!(kabar.titles(&["--tag", "ekonomi-kita", "--starred", "--unread", "--feed", "contoh"]), ["Satu"]);
    assert_eq!(kabar.titles(&["--query", "older:2024-11-02 OR title:tiga", "--starred"]), ["Tiga", "Satu"]);
    assert_eq!(kabar.titles(&["--tag", "ekonomi-kita", "--tag", "tiada"]), [""; 0]);
    kabar.ok(&["mark", "unread", "--query", "is:read"]);
    kabar.ok(&["mark", "unstar", "--query", "()"]);
    kabar.ok(&["tag", "remove", "ekonomi-kita", "2"]);
    assert_eq!(kabar.titles(&["--tag", "ekonomi-kita"]), ["Satu"]);
    assert_eq!((kabar.titles(&["--unread"]).len(), kabar.titles(&["--starred"]).len()), (3, 0));
}

#[test]
fn a_limit_holds_for_what_is_changed_too() {
    let (kabar, _web) = with_articles(THREE);
    kabar.ok(&["mark", "read", "--query", "limit:1"]);
    assert_eq!(kabar.titles(&["--unread"]), ["Dua", "Satu"]);
    kabar.ok(&["mark", "read", "--query", "limit:1"]);
    assert_eq!(kabar.titles(&["--unread"]), ["Dua", "Satu"], "the newest is read already");
    kabar.ok(&["mark", "star", "--query", "older:2024-11-03 limit:1"]);
    assert_eq!(kabar.titles(&["--starred"]), ["Dua"]);
    kabar.ok(&["tag", "add", "Pilihan", "--query", "unread limit:1"]);
    assert_eq!(kabar.titles(&["--tag", "pilihan"]), ["Dua"]);
    kabar.ok(&["tag", "add", "Terbaik", "--query", "dua sort:relevance limit:1"]);
    assert_eq!(kabar.titles(&["--tag", "terbaik"]), ["Dua"]);
    for command in [&["rules", "add", "Satu", "title:satu limit:2", "--star"][..], &["rules", "try", "satu limit:2"]] {
        let ran = kabar.run(command);
        assert_ne!(ran.code, Some(0), "{ran:?}");
        assert!(ran.err.contains("a rule has no limit: leave out `limit:2`"), "{ran:?}");
    }
}

#[test]
fn a_query_may_begin_with_what_is_not_wanted() {
    let (kabar, _web) = with_articles(THREE);
    assert_eq!(kabar.titles(&["--query", "-title:dua"]), ["Tiga", "Satu"]);
    assert_eq!(
        kabar.ok(&["search", "--", "-title:dua", "satu"]).lines().count(),
        kabar.ok(&["search", "satu"]).lines().count()
    );
}

#[test]
fn a_word_that_other_readers_take_for_a_state_is_told_of_beside_words() {
    let (kabar, _web) = with_articles(THREE);
    let ran = kabar.run(&["list", "--query", "tiga today"]);
    assert!(
        ran.err.contains("`today` is looked for as a word; for what is meant elsewhere write `newer:today`"),
        "{ran:?}"
    );
    assert_eq!(kabar.run(&["list", "--query", "tiga"]).err, "");
    // Alone it is what is meant elsewhere.
    assert_eq!(kabar.titles(&["--query", "unmarked -read"]).len(), 3);
    kabar.ok(&["mark", "read", "--query", "title:dua"]);
    assert_eq!(kabar.titles(&["--query", "read"]), ["Dua"]);
    assert_eq!(kabar.run(&["list", "--query", "read"]).err, "");
}

#[test]
fn a_view_that_is_saved_again_keeps_its_key() {
    let (kabar, _web) = with_articles(THREE);
    kabar.ok(&["views", "save", "Ekon", "dua", "--key", "e"]);
    let said = kabar.ok(&["views", "save", "ekon", "tiga"]);
    assert!(said.ends_with("in place of Ekon: dua\n"), "{said}");
    assert_eq!(kabar.json(&["views", "--json"])[0]["key"], "e");
}

#[test]
fn an_unknown_id_changes_nothing() {
    let (kabar, _web) = with_articles(THREE);
    assert_eq!(kabar.fails(&["mark", "read", "1", "99"]), "kabar: there is no article 99; `kabar list` shows the ids");
    assert_eq!(kabar.titles(&["--unread"]).len(), 3);
    assert!(kabar.fails(&["tag", "add", "x", "99"]).contains("99"));
    assert!(kabar.fails(&["show", "99"]).contains("99"));
}

#[test]
fn a_long_list_comes_whole_and_in_order_and_may_be_left_early() {
    let names: Vec<(String, String)> = (0..2300).map(|n| (format!("Berita nomor {n}"), format!("g{n}"))).collect();
    let items: Vec<_> = names.iter().map(|(title, guid)| (title.as_str(), guid.as_str(), 5)).collect();
    let (kabar, _web) = with_articles(&items);
    let rows = kabar.json(&["list", "--json"]);
    let ids: Vec<i64> = rows.as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()).collect();
    assert_eq!(ids.len(), 2300);
    assert!(ids.is_sorted_by(|a, b| a > b));
    for args in [&["list"][..], &["list", "--json"], &["keys"], &["completions", "bash"]] {
        let mut child = kabar.start(args);
        let mut first = String::new();
        BufReader::with_capacity(16, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let ran = wait(child);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[test]
fn an_article_is_shown_in_every_format() {
    let (kabar, web) = (Kabar::new(), Web::start());
    let body = "&lt;p&gt;Halo &lt;b&gt;dunia&lt;/b&gt;, &lt;a href='/x'&gt;baca&lt;/a&gt;.&lt;/p&gt;";
    web.serve("/rss", Page::feed(rss("Kabar Contoh", THREE).replace("Teks g3", body)));
    kabar.ok(&["add", &web.url("/rss")]);
    let id = kabar.json(&["list", "--query", "title:tiga", "--json"])[0]["id"].to_string();
    let text = kabar.ok(&["show", &id, "--width", "40"]);
    assert!(text.starts_with("Tiga\nKabar Contoh · 2024-11-03 10:00\nhttps://a.example/g3\n\nHalo dunia, baca[1].\n"));
    assert!(text.contains("\n[1] http"), "{text}");
    let markdown = kabar.ok(&["show", &id, "--format", "markdown"]);
    assert!(markdown.starts_with("# Tiga\n") && markdown.contains("Halo **dunia**, [baca][1]."), "{markdown}");
    assert!(kabar.ok(&["show", &id, "--format", "html"]).contains("<b>dunia</b>"));
    let json = kabar.json(&["show", &id, "--format", "json"]);
    assert_eq!((&json["title"], &json["text"]), (&"Tiga".into(), &"Halo dunia, baca.".into()));
    for key in ["authors", "updated", "html", "image", "enclosures", "id", "feed_url", "topics", "story"] {
        assert!(json.get(key).is_some(), "{key}");
    }
}

#[test]
fn a_page_is_searched_for_its_feed() {
    let (kabar, web) = (Kabar::new(), Web::start());
    let page = r#"<html><head><link rel=alternate type="application/rss+xml" href="gone">
        <link rel=alternate type="application/rss+xml" href="/rss"></head></html>"#;
    web.serve("/", Page::new(page).header("Content-Type", "text/html"));
    web.serve("/rss", Page::feed(rss("Kabar Contoh", THREE)));
    let plain = Web::start();
    plain.serve("/", Page::new("<html><p>no feed</html>").header("Content-Type", "text/html"));
    let said = kabar.ok(&["add", &web.url("/"), "--folder", "Dunia", "--tag", "Pilihan", "--title", "Contoh Saya"]);
    assert_eq!(said, format!("Subscribed: Kabar Contoh (feed 1, 3 articles, {})\n", web.url("/rss")));
    let feeds = kabar.json(&["feeds", "--json"]);
    assert_eq!((&feeds[0]["title"], &feeds[0]["folder"]), (&"Contoh Saya".into(), &"Dunia".into()));
    assert_eq!(kabar.titles(&["--tag", "pilihan"]).len(), 3);
    assert!(kabar.ok(&["add", &web.url("/rss")]).starts_with("Already subscribed: "));
    let error = kabar.fails(&["add", &plain.url("/")]);
    assert!(error.ends_with("is a page that announces no feed; give the address of the feed itself"), "{error}");
    assert_eq!(kabar.json(&["feeds", "--json"]).as_array().unwrap().len(), 1);
}

#[test]
fn a_page_with_several_feeds_names_those_that_were_not_taken() {
    let (kabar, web) = (Kabar::new(), Web::start());
    let page = r#"<link rel=alternate type="application/rss+xml" href="/satu">
        <link rel=alternate type="application/rss+xml" href="/dua">"#;
    web.serve("/", Page::new(page).header("Content-Type", "text/html"));
    web.serve("/satu", Page::feed(rss("Satu", THREE)));
    web.serve("/dua", Page::feed(rss("Dua", &THREE[..1])));
    let said = kabar.ok(&["add", &web.url("/")]);
    let other = format!("  also there: Dua (1 article, {})", web.url("/dua"));
    assert_eq!(said.lines().nth(1), Some(other.as_str()), "{said}");
    let added = &kabar.json(&["add", "--json", &web.url("/")])[0];
    assert_eq!((&added["title"], &added["was_known"]), (&"Satu".into(), &true.into()));
    assert_eq!((&added["others"][0]["url"], &added["others"][0]["articles"]), (&web.url("/dua").into(), &1.into()));
}

#[test]
fn a_file_is_a_feed_too_and_one_bad_address_spoils_no_other() {
    let kabar = Kabar::new();
    let file = kabar.write("feed.xml", rss("Dari Berkas", THREE));
    let ran = kabar.run(&["add", "nonsense", file.to_str().unwrap(), "ftp://a.example/"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.starts_with("Subscribed: Dari Berkas (feed 1, 3 articles, file://"), "{ran:?}");
    assert_eq!(ran.err.lines().count(), 2);
    assert_eq!(kabar.titles(&["--feed", "berkas"]).len(), 3);
}

#[test]
fn a_subscription_is_edited_and_ended_by_any_name_it_goes_by() {
    let (kabar, web) = with_articles(THREE);
    let second = kabar.write("b.xml", rss("Kabar Kedua", &[("Empat", "g4", 4)]));
    kabar.ok(&["add", second.to_str().unwrap()]);
    let edits =
        ["--title", "Baru", "--folder", "F", "--tag", "a", "--tag", "b", "--interval", "2h", "--fulltext", "on"];
    kabar.ok(&[&["edit", "contoh"], &edits[..]].concat());
    let feed = &kabar.json(&["feeds", "--json"])[0];
    assert_eq!((&feed["title"], &feed["interval"]), (&"Baru".into(), &7200.into()));
    assert_eq!((feed["tags"].to_string().as_str(), &feed["fulltext"]), ("[\"a\",\"b\"]", &true.into()));
    kabar.ok(&["edit", &web.url("/rss"), "--mute"]);
    assert_eq!(kabar.titles(&[]), ["Empat"]);
    assert_eq!(kabar.titles(&["--feed", "1"]).len(), 3);
    kabar.ok(&["edit", "1", "--mute", "off", "--title", "", "--folder", "", "--tag", "", "--interval", ""]);
    let feed = &kabar.json(&["feeds", "--json"])[0];
    assert_eq!(feed["title"], "Kabar Contoh");
    assert!(feed["folder"].is_null() && feed["interval"].is_null() && feed["tags"].as_array().unwrap().is_empty());
    assert!(kabar.fails(&["remove", "kabar"]).contains("could be any of: Kabar Contoh (1), Kabar Kedua (2)"));
    assert!(kabar.fails(&["remove", "1", "tiada"]).starts_with("kabar: no feed matches `tiada`"));
    kabar.ok(&["mark", "star", "--query", "title:tiga"]);
    kabar.ok(&["remove", "1"]);
    // What is starred stays, and still says where it came from.
    let rows = kabar.json(&["list", "--json", "--starred"]);
    assert_eq!((&rows[0]["title"], &rows[0]["feed_url"]), (&"Tiga".into(), &web.url("/rss").into()));
    assert_eq!(kabar.titles(&[]), ["Empat", "Tiga"]);
}

#[test]
fn what_is_exported_can_be_imported() {
    let kabar = Kabar::new();
    let list = "https://a.example/rss \"tag satu\" \"~Nama A\"\nhttps://b.example/rss\nexec:rm \"x\"\n";
    let list = kabar.write("urls", list);
    let ran = kabar.run(&["import", list.to_str().unwrap()]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "2 feeds added\n"));
    assert!(ran.err.contains("exec:rm") && ran.err.lines().count() == 1, "{ran:?}");
    kabar.ok(&["edit", "b.example", "--folder", "Dunia/Asia"]);
    let json = kabar.ok(&["export", "--format", "json"]);
    for format in ["opml", "newsboat"] {
        let other = Kabar::new();
        let file = kabar.path(format);
        assert_eq!(kabar.ok(&["export", "--format", format, "-o", file.to_str().unwrap()]), "");
        other.ok(&["import", file.to_str().unwrap()]);
        let feeds = other.json(&["feeds", "--json"]);
        assert_eq!(feeds[0]["title"], "Nama A");
        assert_eq!(feeds[0]["tags"].to_string(), "[\"tag satu\"]");
        if format == "opml" {
            assert_eq!(other.ok(&["export", "--format", "json"]), json);
        }
    }
    assert!(kabar.fails(&["export", "-o", "/nowhere/list.opml"]).starts_with("kabar: /nowhere/list.opml: "));
    assert!(kabar.fails(&["import", "/nowhere/list.opml"]).starts_with("kabar: /nowhere/list.opml: "));
}

#[test]
fn a_mistake_in_the_settings_is_told_first_and_stops_only_what_needs_them() {
    let kabar = Kabar::new();
    kabar.write("config/config.toml", "[poll]\nintervall = \"1h\"\n");
    let line = kabar.fails(&["list"]);
    assert!(line.contains("config.toml:2:1: unknown field `intervall`, expected one of"), "{line}");
    for args in [&["list", "--feed", "x"][..], &["refresh"], &["config", "check"], &["demo", "--headless"]] {
        assert_eq!(kabar.fails(args), line, "{args:?}");
    }
    assert!(!kabar.path("data/kabar.db").exists());
    for args in [&["config", "path"][..], &["config", "default"], &["completions", "zsh"], &["keys"], &["man"]] {
        kabar.ok(args);
    }
    kabar.write("config/config.toml", "[poll]\ninterval = \"2h\"\n");
    assert!(kabar.ok(&["config", "show"]).contains("interval = \"2h\""));
    kabar.write("config/keys.toml", "\"x\" = \"zom\"\n");
    assert!(kabar.fails(&["list"]).ends_with("keys.toml:1:7: unknown command `zom`, did you mean `zoom`?"));
}

#[test]
fn wrong_usage_is_told_apart_from_what_could_not_be_done() {
    let kabar = Kabar::new();
    for args in [
        &["fly"][..],
        &["list", "--limit", "many"],
        &["list", "--query", "tga:x"],
        &["mark", "read"],
        &["mark", "read", "1", "--query", "unread"],
        &["edit", "x", "--interval", "1m"],
        &["add", "--title", "T", "a.example", "b.example"],
        &["--log-level", "kabar=loud", "list"],
    ] {
        let ran = kabar.run(args);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{args:?}");
        assert!(!ran.err.is_empty());
    }
    assert_eq!(kabar.fails(&[]), "kabar: the interface needs a terminal; `kabar list` prints the headlines");
    assert!(kabar.run(&["--help"]).out.contains("Exit codes:"));
}

#[test]
fn a_directory_that_cannot_be_made_is_named() {
    let kabar = Kabar::new();
    kabar.write("data", "a file in the way");
    let line = kabar.fails(&["list"]);
    assert!(line.contains(kabar.path("data").to_str().unwrap()), "{line}");
    let elsewhere = kabar.path("elsewhere");
    kabar.ok(&["list", "--data-dir", elsewhere.to_str().unwrap()]);
    assert!(elsewhere.join("kabar.db").exists());
}

#[test]
fn a_doctor_finds_what_is_broken_and_says_what_to_do() {
    let (kabar, web) = with_articles(THREE);
    kabar.import(&[web.url("/tiada")]);
    kabar.ok(&["refresh"]);
    let ran = kabar.run(&["doctor", "--json"]);
    assert_eq!(ran.code, Some(0), "a failing feed is a warning: {ran:?}");
    let checks: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let failing: Vec<_> = checks.as_array().unwrap().iter().filter(|check| check["ok"] == false).collect();
    assert_eq!(failing.len(), 1);
    assert!(failing[0]["advice"].as_str().unwrap().contains("kabar edit 2 --url"), "{failing:?}");
    kabar.write("config/config.toml", "[interface]\ntheme = \"tiada\"\n");
    let ran = kabar.run(&["doctor"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), "kabar: 1 check found something broken\n"));
    assert!(ran.out.contains("BROKEN   theme: "), "{}", ran.out);
    kabar.write("config/config.toml", "");
    kabar.write("data/kabar.db", "this was a store once");
    let ran = kabar.run(&["doctor"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("BROKEN   store: "), "{}", ran.out);
}

#[test]
fn a_doctor_puts_right_what_can_be_counted_anew() {
    let (kabar, _web) = with_articles(THREE);
    let wrong = [
        "UPDATE feed SET unread = unread + 1",
        "UPDATE zone SET newest = newest - 100000, oldest = oldest - 100000",
        "DELETE FROM zone",
        "INSERT INTO tag (key, name, articles) VALUES ('hantu', 'Hantu', 7)",
    ];
    for sql in wrong {
        assert!(kabar.database().execute(sql, []).unwrap() > 0, "{sql}");
        let ran = kabar.run(&["doctor"]);
        assert_eq!(ran.code, Some(1), "{sql}: {ran:?}");
        assert!(ran.out.contains("run `kabar doctor --repair`"), "{sql}: {ran:?}");
        assert!(kabar.ok(&["doctor", "--repair"]).contains("; put right: "), "{sql}");
        kabar.ok(&["doctor"]);
    }
}

#[test]
fn styles_follow_the_conventions() {
    let (kabar, _web) = with_articles(THREE);
    let styled = |variables: &[(&str, &str)]| {
        let output = kabar.command(&["list"]).envs(variables.iter().copied()).output().unwrap();
        output.stdout.contains(&0x1b)
    };
    assert!(!styled(&[]) && styled(&[("CLICOLOR_FORCE", "1")]) && !styled(&[("CLICOLOR_FORCE", "0")]));
    assert!(!styled(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}

#[test]
fn the_log_is_a_file_and_never_in_the_way() {
    let (kabar, _web) = with_articles(THREE);
    let ran = kabar.run(&["--log-level", "debug", "refresh", "tiada"]);
    assert_eq!((ran.code, ran.err.lines().count()), (Some(1), 1));
    let mut log = String::new();
    std::fs::File::open(kabar.path("data/kabar.log")).unwrap().read_to_string(&mut log).unwrap();
    assert!(log.contains("no feed matches"), "{log}");
    std::fs::remove_file(kabar.path("data/kabar.log")).unwrap();
    std::fs::create_dir(kabar.path("data/kabar.log")).unwrap();
    assert_eq!(kabar.run(&["--log-level", "debug", "refresh", "tiada"]).code, Some(1));
}
