//! Rules: applied to what comes and to what is there, remembered by the article, and never a way out for its text.

use std::time::Duration;

use kabar::config::Config;
use kabar::engine::{Engine, EngineEvent, PollRequest};
use kabar::model::feed::{FeedId, Subscription};
use kabar::model::query::Query;
use kabar::model::rule::{NewRule, RuleAct};
use kabar::store::{Mark, Span};
use tokio::runtime::Runtime;

use crate::app::{App, feed, paths};
use crate::cli_program::{Kabar, golden, rss};

const NEWS: [(&str, &str, u32); 4] =
    [("Banjir di Jakarta", "1", 4), ("Skor sepak bola", "2", 3), ("Banjir surut", "3", 2), ("Harga beras", "4", 1)];

/// Subscribed to a feed that has nothing yet.
fn reader() -> Kabar {
    let kabar = Kabar::new();
    let file = kabar.write("feed.xml", rss("Kabar Contoh", &[]));
    kabar.ok(&["add", file.to_str().unwrap()]);
    kabar
}

/// The feed has these items from now on.
fn publish(kabar: &Kabar, items: &[(&str, &str, u32)]) {
    kabar.write("feed.xml", rss("Kabar Contoh", items));
}

fn refreshed(kabar: &Kabar) -> String {
    let ran = kabar.run(&["refresh", "--force"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    ran.err
}

#[test]
fn what_comes_is_tagged_starred_read_and_muted_by_rules() {
    let kabar = reader();
    kabar.ok(&["rules", "add", "Air", "title:banjir", "--tag", "Bencana", "--star"]);
    kabar.ok(&["rules", "add", "Tenang", "title:~skor", "--mute"]);
    kabar.ok(&["rules", "add", "Semua", "feed:1", "--feed", "1", "--read"]);
    publish(&kabar, &NEWS);
    assert_eq!(refreshed(&kabar), "");
    assert_eq!(kabar.titles(&[]), ["Banjir di Jakarta", "Banjir surut", "Harga beras"]);
    assert_eq!(kabar.titles(&["--query", "is:muted"]), ["Skor sepak bola"]);
    assert_eq!(kabar.titles(&["--tag", "bencana", "--starred"]), ["Banjir di Jakarta", "Banjir surut"]);
    assert_eq!(kabar.titles(&["--unread"]), Vec::<String>::new());
    assert_eq!(kabar.titles(&["--query", "sepak"]), Vec::<String>::new(), "nor does a search find it");
    assert_eq!(kabar.titles(&["--query", "sepak is:muted"]), ["Skor sepak bola"]);
    let feeds = kabar.json(&["feeds", "--json"]);
    assert_eq!((&feeds[0]["articles"], &feeds[0]["unread"]), (&3.into(), &0.into()), "what is muted counts nowhere");
    golden("rules.json", &kabar.ok(&["rules", "--json"]));
    let tags = kabar.json(&["tags", "--json"]);
    let expected = serde_json::json!([{"tag": "Bencana", "source": "rule", "articles": 2, "unread": 0}]);
    assert_eq!(tags, expected);
    kabar.ok(&["doctor"]);
}

/// Which topic an article belongs to is known only once it is grouped, so the rules that ask for one wait until then.
#[test]
fn a_rule_for_a_topic_is_applied_to_what_comes_once_it_is_grouped() {
    let kabar = reader();
    kabar.ok(&["topics", "follow", "Air", "--query", "title:banjir"]);
    kabar.ok(&["rules", "add", "Topik", "topic:air", "--star"]);
    kabar.ok(&["rules", "add", "Bukan", "beras -topic:air", "--read"]);
    // A topic's articles bear its tag.
    kabar.ok(&["rules", "add", "Tag", "tag:AIR surut", "--tag", "Bencana"]);
    kabar.ok(&["rules", "add", "Lain", "tag:sport", "--mute"]);
    publish(&kabar, &NEWS[..3]);
    assert_eq!(refreshed(&kabar), "");
    assert_eq!(kabar.titles(&["--query", "topic:air"]), ["Banjir di Jakarta", "Banjir surut"]);
    assert_eq!(kabar.titles(&["--starred"]), ["Banjir di Jakarta", "Banjir surut"]);
    assert_eq!(kabar.titles(&["--tag", "bencana"]), ["Banjir surut"]);
    // What the user takes back stays so, whatever comes later.
    kabar.ok(&["mark", "unstar", "--query", "surut"]);
    publish(&kabar, &NEWS);
    refreshed(&kabar);
    assert_eq!(kabar.titles(&["--starred"]), ["Banjir di Jakarta"]);
    let read = kabar.json(&["list", "--query", "is:read", "--json"]);
    assert_eq!(read.as_array().unwrap().iter().map(|row| &row["title"]).collect::<Vec<_>>(), ["Harga beras"]);
    kabar.ok(&["doctor"]);
}

/// An article that itself says too little belongs to a topic once others tell its story more fully.
#[test]
fn a_rule_for_a_topic_hears_of_an_article_that_joins_it_later_with_its_story() {
    let kabar = reader();
    let publish = |told: &[(&str, &str)]| {
        let items: Vec<String> =
            told.iter().map(|(_, place)| format!("Gempa Magnitudo 5,4, Warga Pesisir{place} Berhamburan")).collect();
        let items: Vec<(&str, &str, u32)> =
            items.iter().zip(told).map(|(title, (guid, _))| (title.as_str(), *guid, 4)).collect();
        let text = "berada di laut pada kedalaman 12 kilometer, kata Kepala BMKG Dwikorita Karnawati. Warga berhamburan \
                    ke luar rumah karena takut bangunan runtuh. Sebanyak 37 rumah rusak, dan sekolah diliburkan sampai hari \
                    Kamis. Petugas memeriksa jembatan dan dermaga sebelum kapal boleh berlayar. Bantuan dikirim dari \
                    gudang di kota itu dengan dua truk, dan satu lagi menyusul dari Bengkulu.";
        let document = told.iter().fold(rss("Kabar Contoh", &items), |document, (guid, place)| {
            document.replace(&format!("Teks {guid}<"), &format!("Pusat gempa{place} {text}<"))
        });
        kabar.write("feed.xml", document);
        refreshed(&kabar)
    };
    let has = |query: &str| kabar.titles(&["--query", query]).len();
    kabar.ok(&["topics", "follow", "Bengkulu"]);
    kabar.ok(&["rules", "add", "Topik", "topic:bengkulu", "--star", "--tag", "Penting"]);
    kabar.ok(&["rules", "add", "Lanjut", "tag:penting", "--tag", "Lanjut"]);
    kabar.ok(&["rules", "add", "Tenang", "topic:bola", "--mute"]);
    let told = [("1", ""), ("2", " Bengkulu"), ("3", " Bengkulu"), ("4", " Bengkulu")];
    publish(&told[..1]);
    assert_eq!((has("pesisir"), has("topic:bengkulu"), has("starred")), (1, 0, 0));
    // It is no rule of topics, and for what comes from now on alone.
    kabar.ok(&["topics", "follow", "bola"]);
    kabar.ok(&["rules", "add", "Sumber", "feed:1", "--tag", "Contoh"]);
    publish(&told[..3]);
    assert_eq!((has("topic:bengkulu"), has("starred"), has("tag:penting")), (3, 3, 3));
    assert_eq!((has("tag:lanjut"), has("tag:contoh")), (3, 2));
    // It is heard of once: what the user takes back stays so.
    kabar.ok(&["mark", "unstar", "--query", "starred"]);
    publish(&told);
    assert_eq!((has("topic:bengkulu"), has("starred")), (4, 1));
    kabar.ok(&["doctor"]);
}

#[test]
fn what_add_and_import_fetch_is_ruled_before_they_end() {
    let kabar = Kabar::new();
    let out = kabar.path("out");
    let append = format!("cat >> '{}'", out.display());
    kabar.ok(&["rules", "add", "Air", "banjir", "--star", "--run", &append]);
    let file = kabar.write("satu.xml", rss("Satu", &NEWS));
    kabar.ok(&["add", file.to_str().unwrap()]);
    let is_ruled = |count: usize| {
        let given = std::fs::read_to_string(&out).unwrap_or_default();
        assert_eq!(given.matches("\"rule\"").count(), count);
        let feeds = kabar.json(&["feeds", "--json"]);
        let starred: u64 = feeds.as_array().unwrap().iter().filter_map(|feed| feed["starred"].as_u64()).sum();
        assert_eq!(starred, count as u64);
    };
    is_ruled(2);
    let file = kabar.write("dua.xml", rss("Dua", &[("Banjir di Medan", "9", 9)]).replace("a.example", "b.example"));
    let list = kabar.write("urls", format!("file://{}\n", file.display()));
    kabar.ok(&["import", "--fetch", list.to_str().unwrap()]);
    is_ruled(3);
}

#[test]
fn rules_that_were_left_waiting_are_applied_before_anything_is_listed() {
    let kabar = reader();
    kabar.ok(&["rules", "add", "Tenang", "title:~skor", "--mute"]);
    kabar.ok(&["views", "save", "Semua", "unread"]);
    publish(&kabar, &NEWS);
    // One that polls and is killed.
    let poll = || {
        let engine = Engine::open(&paths(&kabar.path("")), Config::default()).unwrap();
        Runtime::new().unwrap().block_on(engine.poll(PollRequest { all: true, only: None })).unwrap();
    };
    poll();
    assert_eq!(kabar.titles(&["--query", "unread"]).len(), 3);
    publish(&kabar, &[("Skor akhir", "9", 9)]);
    poll();
    assert_eq!(kabar.json(&["views", "--json"])[0]["unread"], 3);
}

#[test]
fn an_article_says_which_rules_have_touched_it_also_when_they_have_ended() {
    let kabar = reader();
    kabar.ok(&["rules", "add", "Air", "banjir", "--tag", "Bencana", "--star"]);
    publish(&kabar, &NEWS[..1]);
    refreshed(&kabar);
    let touches = |kabar: &Kabar| {
        let shown = kabar.json(&["show", "1", "--format", "json"]);
        let rules = shown["rules"].as_array().unwrap().clone();
        rules.iter().map(|one| format!("{} {}", one["rule"], one["act"])).collect::<Vec<_>>()
    };
    assert_eq!(touches(&kabar), [r#""Air" "star""#, r#""Air" "tag Bencana""#]);
    kabar.ok(&["rules", "remove", "air"]);
    assert_eq!(touches(&kabar).len(), 2);
    assert_eq!(kabar.json(&["rules", "--json"]), serde_json::json!([]));
    publish(&kabar, &NEWS);
    refreshed(&kabar);
    assert_eq!(kabar.titles(&["--starred"]), ["Banjir di Jakarta"], "a rule that has ended does nothing");
    // A new rule of that name is another one.
    kabar.ok(&["rules", "add", "Air", "beras", "--read"]);
    assert_eq!(kabar.json(&["rules", "--json"])[0]["touched"], 0);
}

#[test]
fn a_rule_is_tried_before_it_is_applied_to_the_archive() {
    let kabar = reader();
    publish(&kabar, &NEWS);
    refreshed(&kabar);
    let tried = kabar.json(&["rules", "try", "banjir", "--json"]);
    assert_eq!((&tried["articles"], &tried["applied"]), (&2.into(), &0.into()));
    assert_eq!(tried["samples"][0]["title"], "Banjir di Jakarta");
    let said = kabar.ok(&["rules", "add", "Air", "banjir", "--tag", "Bencana", "--mute"]);
    assert!(said.contains("The archive has 2 articles for it"), "{said}");
    let said = kabar.ok(&["rules", "apply", "Air"]);
    assert!(said.contains("Nothing is changed yet; with --yes: tag Bencana, mute."), "{said}");
    assert_eq!(kabar.titles(&[]).len(), 4);
    let applied = kabar.json(&["rules", "apply", "Air", "--yes", "--json"]);
    assert_eq!((&applied["articles"], &applied["applied"]), (&2.into(), &2.into()));
    assert_eq!(kabar.titles(&[]), ["Skor sepak bola", "Harga beras"]);
    assert_eq!(kabar.titles(&["--query", "is:muted tag:bencana"]).len(), 2);
    // Muting is taken back; the tags stay.
    kabar.ok(&["mark", "unmute", "--query", "banjir"]);
    assert_eq!((kabar.titles(&[]).len(), kabar.titles(&["--tag", "bencana"]).len()), (4, 2));
    kabar.ok(&["doctor"]);
}

#[test]
fn a_rule_without_a_deed_or_with_a_wrong_query_is_not_made() {
    let kabar = reader();
    let ran = kabar.run(&["rules", "add", "Air", "banjir"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    let ran = kabar.run(&["rules", "add", "Air", "tga:x", "--read"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("unknown field `tga:` at 1, did you mean `tag:`?"), "{ran:?}");
    assert_eq!(kabar.fails(&["rules", "apply", "Air"]), "kabar: there is no rule `Air`; `kabar rules` lists them");
    assert_eq!(kabar.json(&["rules", "--json"]), serde_json::json!([]));
}

#[test]
fn a_command_gets_the_article_as_json_and_nothing_of_it_reaches_a_shell() {
    let kabar = reader();
    let out = kabar.path("given");
    let command = format!("cat >> {}", out.display());
    kabar.ok(&["rules", "add", "Simpan", "title:~jahat", "--run", &command]);
    let title = "Jahat $(touch bocor) `touch bocor` ; touch bocor";
    publish(&kabar, &[(title, "1", 1), ("Baik", "2", 2)]);
    assert_eq!(refreshed(&kabar), "");
    let given: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&out).unwrap()).unwrap();
    assert_eq!(
        (&given["title"], &given["rule"], &given["feed"]),
        (&title.into(), &"Simpan".into(), &"Kabar Contoh".into())
    );
    assert_eq!(given["text"], "Teks 1");
    assert!(!kabar.path("bocor").exists());
    refreshed(&kabar);
    assert_eq!(std::fs::read_to_string(&out).unwrap().matches("\"rule\"").count(), 1, "once for each article");
}

#[test]
fn a_command_that_hangs_holds_up_nothing_for_ever() {
    let kabar = reader();
    kabar.write("config/config.toml", "[poll]\ntimeout = \"1s\"\n");
    kabar.ok(&["rules", "add", "Macet", "beras", "--run", "sleep 600"]);
    publish(&kabar, &NEWS);
    let start = std::time::Instant::now();
    refreshed(&kabar);
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}

#[test]
fn one_notification_tells_of_all_that_a_poll_has_brought() {
    let kabar = reader();
    kabar.ok(&["rules", "add", "Air", "banjir", "--notify"]);
    publish(&kabar, &NEWS);
    let said = refreshed(&kabar);
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("2 articles by your rules: Kabar Contoh: Banjir"), "{said}");
    assert_eq!(refreshed(&kabar), "", "once");
    let out = kabar.path("told");
    let script =
        kabar.write("tell", format!("#!/bin/sh\nprintf '%s' \"$1\" > {0}.part && mv {0}.part {0}\n", out.display()));
    std::fs::set_permissions(&script, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    kabar.write("config/config.toml", format!("[programs]\nnotify = \"{}\"\n", script.display()));
    publish(&kabar, &[("Banjir lagi", "9", 9)]);
    assert_eq!(refreshed(&kabar), "");
    crate::cli_program::eventually("the command tells of it", || out.exists());
    assert_eq!(std::fs::read_to_string(out).unwrap(), "Kabar Contoh: Banjir lagi");
}

struct World {
    runtime: Runtime,
    folder: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        Self { runtime: Runtime::new().unwrap(), folder: tempfile::tempdir().unwrap() }
    }

    fn engine(&self) -> Engine {
        Engine::open(&paths(self.folder.path()), Config::default()).unwrap()
    }

    fn publish(&self, title: &str, count: usize) -> String {
        let file = self.folder.path().join(format!("{title}.xml"));
        std::fs::write(&file, feed(title, count)).unwrap();
        file.to_string_lossy().into_owned()
    }

    fn subscribe(&self, engine: &Engine, title: &str, count: usize) -> FeedId {
        let file = self.publish(title, count);
        self.runtime.block_on(engine.add(&file, Subscription::default())).unwrap().feed
    }

    fn rule(&self, engine: &Engine, query: &str, feed: Option<FeedId>, acts: Vec<RuleAct>) {
        let name = format!("{query} {acts:?}");
        let rule = NewRule { name, query: Query::parse(query).unwrap(), feed, acts };
        self.runtime.block_on(engine.save_rule(rule)).unwrap();
    }

    fn poll(&self, engine: &Engine) {
        self.runtime.block_on(engine.poll(PollRequest { all: true, only: None })).unwrap();
    }

    fn count(&self, engine: &Engine, query: &str) -> u64 {
        self.runtime.block_on(engine.count(Query::parse(query).unwrap())).unwrap()
    }
}

#[test]
fn rules_that_wait_for_words_are_not_lost_when_the_program_is_killed() {
    let world = World::new();
    let engine = world.engine();
    world.subscribe(&engine, "Satu", 1);
    world.rule(&engine, "judul", None, vec![RuleAct::Star, RuleAct::Notify]);
    world.rule(&engine, "unread", None, vec![RuleAct::Tag("baru".to_owned())]);
    world.publish("Satu", 5);
    world.poll(&engine);
    // No word was needed: it is there with the articles. The other rule waits for the index.
    assert_eq!((world.count(&engine, "tag:baru"), world.count(&engine, "starred")), (4, 0));
    drop(engine);
    let engine = world.engine();
    assert_eq!(world.count(&engine, "starred"), 0);
    world.runtime.block_on(engine.index(Duration::from_secs(20))).unwrap();
    assert_eq!(world.count(&engine, "starred"), 4, "the article that was there before is no newcomer");
    // So is what is still to be told.
    drop(engine);
    let engine = world.engine();
    let mut events = engine.events();
    world.runtime.block_on(engine.do_errands()).unwrap();
    let told = std::iter::from_fn(|| events.try_recv().ok()).find_map(|event| match event {
        EngineEvent::Notify(notification) => Some(notification),
        _ => None,
    });
    assert_eq!(told.unwrap().count, 4);
    world.runtime.block_on(engine.do_errands()).unwrap();
    assert!(events.try_recv().is_err(), "nothing is told twice");
    assert_eq!(world.runtime.block_on(engine.check_store()).unwrap(), Vec::<String>::new());
}

#[test]
fn a_rule_of_one_feed_leaves_the_others_alone() {
    let world = World::new();
    let engine = world.engine();
    let one = world.subscribe(&engine, "Satu", 1);
    world.subscribe(&engine, "Dua", 1);
    world.rule(&engine, "", Some(one), vec![RuleAct::Tag("satu".to_owned())]);
    world.publish("Satu", 3);
    world.publish("Dua", 3);
    world.poll(&engine);
    assert_eq!(world.count(&engine, "tag:satu"), 2);
    assert_eq!(world.count(&engine, &format!("tag:satu feed:{one}")), 2);
}

#[test]
fn later_rules_see_what_earlier_ones_have_done() {
    let world = World::new();
    let engine = world.engine();
    world.subscribe(&engine, "Satu", 1);
    world.rule(&engine, "unread", None, vec![RuleAct::Tag("a".to_owned())]);
    world.rule(&engine, "tag:a", None, vec![RuleAct::Tag("b".to_owned()), RuleAct::Mute]);
    world.rule(&engine, "tag:b", None, vec![RuleAct::Tag("c".to_owned())]);
    world.publish("Satu", 3);
    world.poll(&engine);
    assert_eq!(world.count(&engine, "is:muted tag:a tag:b"), 2);
    assert_eq!(world.count(&engine, "is:muted tag:c"), 0, "what is muted is left alone");
}

/// What asks for words is known later than what asks for none: an order of its own, which is not that of the rules.
#[test]
fn later_rules_see_what_earlier_ones_have_done_that_had_to_wait_for_words() {
    let kabar = reader();
    kabar.ok(&["rules", "add", "Air", "banjir", "--tag", "Bencana", "--star"]);
    kabar.ok(&["rules", "add", "Surut", "tag:bencana title:surut", "--read"]);
    kabar.ok(&["rules", "add", "Semua", "tag:bencana", "--tag", "Penting"]);
    kabar.ok(&["rules", "add", "Terbaca", "starred is:read", "--tag", "Selesai"]);
    kabar.ok(&["rules", "add", "Tenang", "title:skor", "--mute"]);
    kabar.ok(&["rules", "add", "Sumber", "feed:1", "--tag", "Contoh"]);
    publish(&kabar, &NEWS);
    assert_eq!(refreshed(&kabar), "");
    assert_eq!(kabar.titles(&["--tag", "penting"]), ["Banjir di Jakarta", "Banjir surut"]);
    assert_eq!(kabar.titles(&["--query", "is:read"]), ["Banjir surut"]);
    assert_eq!(kabar.titles(&["--tag", "selesai"]), ["Banjir surut"]);
    assert_eq!(kabar.titles(&["--tag", "contoh"]).len(), 3);
    assert_eq!(kabar.titles(&["--query", "is:muted tag:contoh"]), [""; 0], "what is muted is left alone");
    kabar.ok(&["doctor"]);
}

#[test]
fn a_first_fetch_of_many_articles_is_ruled_and_counted() {
    let world = World::new();
    let engine = world.engine();
    world.rule(&engine, "newer:3650d OR older:3650d", None, vec![RuleAct::Read, RuleAct::Tag("semua".to_owned())]);
    world.rule(&engine, "judul", None, vec![RuleAct::Mute]);
    world.subscribe(&engine, "Besar", 700);
    assert_eq!((world.count(&engine, "tag:semua"), world.count(&engine, "unread")), (700, 0));
    world.runtime.block_on(engine.index(Duration::from_secs(60))).unwrap();
    assert_eq!((world.count(&engine, ""), world.count(&engine, "is:muted")), (0, 700));
    assert_eq!(world.runtime.block_on(engine.check_store()).unwrap(), Vec::<String>::new());
}

#[test]
fn muting_by_hand_is_undone_and_the_row_stays_under_the_cursor() {
    let mut app = App::with_feed((80, 24), &feed("Banyak", 3));
    app.press("M");
    assert!(app.screen().contains("1 dibisukan") && app.selected() == "Judul 1", "{}", app.screen());
    let heard = |app: &App| app.block_on(app.engine.headlines(Query::everything(), Span::Top, 9)).unwrap().rows.len();
    assert_eq!(heard(&app), 2);
    app.press("u");
    assert_eq!(heard(&app), 3);
    app.press("M").press("F").type_text("is:muted").press("enter");
    assert_eq!((app.model.list.rows.len(), app.selected()), (1, "Judul 1".to_owned()));
    app.press("M");
    assert_eq!(heard(&app), 3, "{}", app.screen());
}

#[test]
fn an_article_explains_why_it_is_here() {
    let mut app = App::with_feed((80, 24), &feed("Banyak", 1));
    let rule = NewRule {
        name: "Penting".to_owned(),
        query: Query::parse("judul").unwrap(),
        feed: None,
        acts: vec![RuleAct::Tag("Utama".to_owned()), RuleAct::Star],
    };
    app.block_on(app.engine.save_rule(rule)).unwrap();
    let rule = app.block_on(app.engine.rule_named("penting")).unwrap();
    assert_eq!(app.block_on(app.engine.apply_rule(&rule, |_, _| {})).unwrap(), 1);
    app.press("i");
    let screen = app.screen();
    for part in ["Mengapa ini ada di sini?", "Dari Banyak", "#Utama · aturan", "Penting: tag Utama", "Penting: star"] {
        assert!(screen.contains(part), "{part}: {screen}");
    }
    app.press("esc");
    assert!(app.model.popup.is_none());
}

#[test]
fn what_is_muted_stays_muted_when_its_publisher_edits_it() {
    let world = World::new();
    let engine = world.engine();
    world.subscribe(&engine, "Satu", 2);
    let rows = world.runtime.block_on(engine.headlines(Query::everything(), Span::Top, 9)).unwrap().rows;
    world.runtime.block_on(engine.mark(vec![rows[0].id], Mark::Muted)).unwrap();
    let file = world.folder.path().join("Satu.xml");
    let edited = feed("Satu", 2).replace("Isi 1.", "Isi yang lain.<category>x</category>");
    std::fs::write(
        file,
        edited.replace(".<category>x</category></description>", ".</description><category>x</category>"),
    )
    .unwrap();
    world.poll(&engine);
    assert_eq!((world.count(&engine, ""), world.count(&engine, "is:muted tag:x")), (1, 1));
    assert_eq!(world.runtime.block_on(engine.check_store()).unwrap(), Vec::<String>::new());
}

#[test]
fn a_rule_is_tried_over_the_archive_saved_changed_and_ended_in_the_interface() {
    let mut app = App::with_articles((100, 30), 1);
    let rules = |app: &App| app.block_on(app.engine.rules()).unwrap();
    let found = |app: &App, query: &str| app.block_on(app.engine.count(Query::parse(query).unwrap())).unwrap();
    app.press("F").type_text("title:judul").press("enter").press("g").press("r");
    assert!(app.screen().contains("Aturan baru untuk isi daftar"), "{}", app.screen());
    app.press("enter");
    // What the list shows is offered; the name is the user's.
    assert!(app.screen().contains("title:judul"), "{}", app.screen());
    app.press("down").press("down").type_text("tag Penting, bintang").press("enter");
    assert!(app.screen().contains("“bintang” bukan tindakan aturan"), "{}", app.screen());
    app.press("ctrl-u").type_text("star, tag Penting").press("enter");
    assert!(app.screen().contains("Kini ada 1 artikel"), "{}", app.screen());
    assert_eq!(rules(&app), [], "it was tried only");
    // Another query is tried anew.
    app.press("up").press("ctrl-u").type_text("title:tiada").press("enter");
    assert!(app.screen().contains("Kini ada 0 artikel"), "{}", app.screen());
    app.press("ctrl-u").type_text("title:judul").press("enter").press("enter");
    assert!(app.screen().contains("Terapkan juga pada 1 artikel"), "{}", app.screen());
    assert_eq!((rules(&app).len(), found(&app, "starred tag:penting")), (1, 0));
    app.press("enter");
    assert!(app.screen().contains("1 artikel diubah"), "{}", app.screen());
    assert_eq!(found(&app, "starred tag:penting"), 1);
    let acts = rules(&app)[0].rule.acts.clone();
    assert_eq!(acts, [RuleAct::Tag("Penting".into()), RuleAct::Star]);
    // Under another name it is the same rule.
    app.press("g")
        .press("r")
        .press("down")
        .press("enter")
        .press("ctrl-u")
        .type_text("Lain")
        .press("enter")
        .press("enter");
    app.press("esc");
    assert_eq!(rules(&app).iter().map(|rule| rule.rule.name.as_str()).collect::<Vec<_>>(), ["Lain"]);
    // Without an act it ends; what it has done stays.
    app.press("g").press("r").press("down").press("enter").press("down").press("down").press("ctrl-u").press("enter");
    assert!(app.screen().contains("Akhiri aturan Lain?"), "{}", app.screen());
    app.press("enter");
    assert_eq!((rules(&app).len(), found(&app, "starred tag:penting")), (0, 1));
}
