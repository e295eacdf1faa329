//! Search: the index follows what is stored, also after a kill; the best comes first and shows why.

use std::time::Duration;

use kabar::model::query::Query;
use kabar::store::{Span, Store};
use kabar::tui::model::{PickerKind, Popup};

use crate::app::{App, feed};
use crate::cli_program::{Kabar, eventually, rss, signal, wait};
use crate::web::{Page, Web};

fn titles(found: &serde_json::Value) -> Vec<&str> {
    found.as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap()).collect()
}

#[test]
fn a_search_has_the_best_first_with_the_passage_that_says_it() {
    let (kabar, web) = (Kabar::new(), Web::start());
    let items = [("Harga beras naik", "g1", 3), ("Banjir di Demak", "g2", 3), ("Pasar pagi", "g3", 3)];
    let document = rss("Kabar Contoh", &items)
        .replace("Teks g1", "Warga membicarakan banjir sekali saja di pasar.")
        .replace("Teks g3", "Pedagang menunggu.");
    web.serve("/rss", Page::feed(document));
    kabar.import(&[web.url("/rss")]);
    kabar.ok(&["refresh"]);
    let found = kabar.json(&["search", "BANJIR", "--json"]);
    assert_eq!(titles(&found), ["Banjir di Demak", "Harga beras naik"]);
    assert!(found[0]["score"].as_f64().unwrap() > found[1]["score"].as_f64().unwrap());
    assert_eq!(found[1]["snippet"], "Warga membicarakan banjir sekali saja di pasar.");
    for key in
        ["id", "feed_id", "feed", "feed_url", "url", "author", "published", "received", "read", "starred", "tags"]
    {
        assert!(found[0].get(key).is_some(), "{key}");
    }
    assert_eq!(titles(&kabar.json(&["search", "banjir", "--limit", "1", "--json"])), ["Banjir di Demak"]);
    assert_eq!(titles(&kabar.json(&["search", "title:beras OR dem*", "--json"])).len(), 2);
    assert_eq!(
        titles(&kabar.json(&["list", "--query", "banjir", "--sort", "relevance", "--json"]))[0],
        "Banjir di Demak"
    );
    // What is to be left out looks like an option, and options stand anywhere.
    for args in [["search", "banjir", "-demak", "--json"], ["search", "--json", "-demak", "banjir"]] {
        assert_eq!(titles(&kabar.json(&args)), ["Harga beras naik"], "{args:?}");
    }
    let refused = kabar.run(&["search", "tga:x"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.err.contains("unknown field `tga:` at 1, did you mean `tag:`?"), "{}", refused.err);
}

#[test]
fn what_is_edited_is_found_by_its_new_words_and_no_longer_by_the_old() {
    let (kabar, web) = (Kabar::new(), Web::start());
    let before = rss("Sumber", &[("Gempa di Cianjur", "a", 1), ("Tetap", "b", 2)]);
    web.serve_each("/rss", [before.clone(), before.replace("Gempa di Cianjur", "Longsor di Garut")].map(Page::feed));
    kabar.import(&[web.url("/rss")]);
    kabar.ok(&["refresh"]);
    assert_eq!(titles(&kabar.json(&["search", "gempa", "--json"])), ["Gempa di Cianjur"]);
    kabar.ok(&["refresh", "--force"]);
    assert_eq!(titles(&kabar.json(&["search", "gempa", "--json"])), [""; 0]);
    assert_eq!(titles(&kabar.json(&["search", "longsor", "--json"])), ["Longsor di Garut"]);
}

#[test]
fn what_was_to_be_indexed_when_kabar_was_killed_is_indexed_by_whoever_comes_next() {
    const COUNT: usize = 2000;
    let (kabar, web) = (Kabar::new(), Web::start());
    web.serve("/rss", Page::feed(feed("Banyak", COUNT)));
    kabar.import(&[web.url("/rss")]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut child = kabar.start(&["watch"]);
    let store = Store::open(&kabar.path("data/kabar.db")).unwrap();
    let waiting = || runtime.block_on(store.unindexed()).unwrap();
    for _ in 0..3000 {
        if waiting() > 0 {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let left = waiting();
    assert!(left > 0, "nothing was left to index");
    let all = runtime.block_on(store.count(Query::everything(), jiff::Zoned::now())).unwrap();
    assert_eq!(all, COUNT as u64, "what is readable does not wait for the index");
    let child = kabar.start(&["list", "--query", "judul"]);
    eventually("something is indexed", || waiting() < left);
    signal(&child, "INT");
    let ran = wait(child);
    assert_eq!((ran.code, ran.out.as_str()), (Some(130), ""), "interrupted while it indexes");
    assert!(waiting() > 0);
    kabar.ok(&["search", "judul", "--limit", "1"]);
    assert_eq!(waiting(), 0);
    assert_eq!(kabar.json(&["list", "--query", "\"judul 1999\"", "--json"]).as_array().unwrap().len(), 1);
    assert_eq!(kabar.run(&["doctor"]).code, Some(0));
}

#[test]
fn a_refresh_indexes_what_is_little_and_is_not_held_up_by_what_is_much() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let waiting = |kabar: &Kabar| {
        let store = Store::open(&kabar.path("data/kabar.db")).unwrap();
        runtime.block_on(store.unindexed()).unwrap()
    };
    for (count, left) in [(20, 0), (400, 400)] {
        let (kabar, web) = (Kabar::new(), Web::start());
        web.serve("/rss", Page::feed(feed("Banyak", count)));
        kabar.import(&[web.url("/rss")]);
        kabar.ok(&["refresh"]);
        assert_eq!(waiting(&kabar), left, "{count}");
        // Nothing new: nothing to do, whatever waits.
        kabar.ok(&["refresh", "--force"]);
        assert_eq!(waiting(&kabar), left, "{count}");
        kabar.ok(&["search", "judul", "--limit", "1"]);
        assert_eq!(waiting(&kabar), 0, "{count}");
    }
}

#[test]
fn a_script_gets_all_that_matches_however_long_the_index_takes() {
    type Counted<'a> = &'a (dyn Fn(&str) -> usize + Sync);
    const COUNT: usize = 400;
    let lines = |text: &str| text.lines().count();
    let rows = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap().as_array().unwrap().len();
    let first = |text: &str| text.split(' ').next().unwrap().parse().unwrap();
    let tagged = |text: &str| text.trim().rsplit(' ').nth(1).unwrap().parse().unwrap();
    let commands: [(&[&str], Counted); 6] = [
        (&["list", "--query", "judul", "--json"], &rows),
        (&["search", "judul", "--json"], &rows),
        (&["mark", "read", "--query", "judul"], &first),
        (&["tag", "add", "penting", "--query", "judul"], &tagged),
        (&["export", "--articles", "--query", "judul", "--format", "ndjson"], &lines),
        (&["rules", "try", "judul"], &first),
    ];
    let web = Web::start();
    web.serve("/rss", Page::feed(feed("Banyak", COUNT)));
    std::thread::scope(|scope| {
        for (command, counted) in commands {
            let url = web.url("/rss");
            scope.spawn(move || {
                let kabar = Kabar::new();
                kabar.import(&[url]);
                kabar.ok(&["refresh"]);
                let other = kabar.database();
                let waiting =
                    || other.query_row("SELECT count(*) FROM index_queue", [], |row| row.get::<_, i64>(0)).unwrap();
                let child = kabar.start(command);
                eventually("something is indexed", || waiting() < COUNT as i64);
                // Another process writes for so long that nothing more is indexed meanwhile.
                other.execute_batch("BEGIN IMMEDIATE").unwrap();
                std::thread::sleep(Duration::from_millis(3300));
                other.execute_batch("ROLLBACK").unwrap();
                let ran = wait(child);
                assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{command:?}");
                assert_eq!(counted(&ran.out), COUNT, "{command:?}: {}", ran.out);
            });
        }
    });
}

#[test]
fn while_keys_are_pressed_nothing_is_indexed() {
    let app = App::demo((80, 24));
    let waiting = || app.block_on(app.engine.unindexed()).unwrap();
    assert!(waiting() > 0);
    app.engine.attend();
    let pressed = async {
        for _ in 0..5 {
            let at = std::time::Instant::now();
            app.engine.attend();
            let left = app.engine.unindexed().await.unwrap();
            tokio::time::sleep(Duration::from_millis(60)).await;
            let now_left = app.engine.unindexed().await.unwrap();
            // On a machine that stood still for so long, the hands have rested.
            assert!(now_left == left || at.elapsed() > Duration::from_millis(350));
        }
    };
    let rested = async {
        for _ in 0..400 {
            if app.engine.unindexed().await.unwrap() == 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("nothing was indexed");
    };
    let indexer = kabar::engine::index_by_itself(app.engine.clone());
    app.block_on(async {
        tokio::select! {
            () = indexer => {}
            () = async { pressed.await; rested.await } => {}
        }
    });
}

#[test]
fn a_word_finds_its_inflections_in_every_language_of_the_library() {
    let app = App::demo((80, 24));
    let count = |text: &str| {
        let query = Query::parse(text).unwrap();
        app.block_on(app.engine.headlines(query, Span::Top, 1000)).unwrap().rows.len()
    };
    assert!(count("presiden") > 0 && count("首相") > 0 && count("путин") > 0);
    assert!(count("elections") > 0 && count("elections") == count("election"), "{}", count("election"));
    assert!(count("\"elections\"") <= count("elections"));
    assert_eq!(count("pres*"), count("body:pres* OR title:pres* OR author:pres*"));
}

/// In a narrow window, too, one sees why an article was found, and it stands out.
#[test]
fn a_passage_shows_what_was_sought_at_every_width() {
    let long = "Kata-kata yang banyak sekali berdiri di depan apa yang dicari oleh pembaca ini, lalu 地震情報 dan banjir datang.";
    let items: Vec<String> = (0..3)
        .map(|n| format!("<item><title>Judul yang cukup panjang untuk sebuah jendela sempit {n}</title><guid>{n}</guid><description>{long}</description></item>"))
        .collect();
    let document = format!(
        "<rss version=\"2.0\"><channel><title>Umpan dengan nama yang panjang sekali</title>{}</channel></rss>",
        items.concat()
    );
    for size in [(40, 12), (60, 20), (80, 24), (200, 50)] {
        let mut app = App::with_feed(size, &document);
        app.block_on(app.engine.index(Duration::from_secs(20))).unwrap();
        for word in ["banjir", "地震"] {
            app.press("/").type_text(word);
            let screen = app.screen();
            // The columns that a wide letter covers are spaces on the test's screen.
            let is_passage = |line: &&str| if size.0 < 100 { !line.contains("> ") } else { line.contains('—') };
            let rows = screen.lines().filter(is_passage).filter(|line| line.replace(' ', "").contains(word));
            assert_eq!(rows.count(), 3, "{word} at {size:?}:\n{screen}");
            app.press("esc");
        }
    }
}

#[test]
fn slash_searches_as_one_types_and_enter_opens_what_was_chosen() {
    let mut app = App::demo((100, 30));
    app.block_on(app.engine.index(Duration::from_secs(20))).unwrap();
    app.press("/").type_text("presi");
    let screen = app.screen();
    assert!(screen.contains("Cari di semua artikel") && screen.to_lowercase().contains("presiden"), "{screen}");
    let found = |app: &App| match &app.model.popup {
        Some(Popup::Picker(picker)) => picker.items.iter().map(|item| item.label.clone()).collect::<Vec<_>>(),
        popup => panic!("{popup:?}"),
    };
    app.type_text("den ");
    let before = found(&app);
    // The first letters of a further word take nothing away.
    app.type_text("zq");
    assert_eq!(found(&app), before);
    app.type_text("zzz");
    assert_eq!(found(&app), [""; 0]);
    app.press("backspace backspace backspace backspace backspace").type_text("terp");
    app.press("enter");
    let screen = app.screen();
    assert_eq!(app.model.focus, kabar::tui::model::Focus::Article, "{screen}");
    let id = app.model.list.current().unwrap().id;
    let query = Query::parse("presiden terp*").unwrap();
    let all = app.block_on(app.engine.headlines(query, Span::Top, 1000)).unwrap().rows;
    assert!(all.iter().any(|row| row.id == id), "{screen}");
    let chip = |app: &App| app.screen().lines().next().unwrap_or_default().to_owned();
    assert!(chip(&app).contains(" presiden terp ×"), "{}", chip(&app));
    app.press("esc esc");
    assert!(!app.model.list.filter.has_chips());
    // What is in quotes is not put in quotes again.
    app.press("/").type_text("\"putin siap\"").press("enter");
    assert!(chip(&app).contains(" \"putin siap\" ×"), "{}", chip(&app));
}

/// A list has a story once, by its newest article: what was chosen, or is still unread, may be another one of it.
#[test]
fn an_article_that_another_one_stands_for_is_opened_within_its_story() {
    let mut app = App::demo((100, 30));
    app.block_on(app.engine.settle(|_| {})).unwrap();
    app.press("/").type_text("putin");
    let Some(Popup::Picker(picker)) = &app.model.popup else { panic!("{}", app.screen()) };
    let PickerKind::Search { passages, .. } = &picker.kind else { panic!("{}", app.screen()) };
    let key = |n: &usize| passages[*n].article.as_ref().unwrap().key;
    let oldest = (0..passages.len()).min_by_key(key).unwrap();
    let chosen = picker.items[oldest].label.clone();
    app.press(&"down ".repeat(oldest)).press("enter");
    let screen = app.screen();
    assert_eq!(app.model.focus, kabar::tui::model::Focus::Article, "{screen}");
    assert_eq!(app.model.list.current().unwrap().title, chosen, "{screen}");
    assert!(app.model.list.filter.story.is_some(), "{screen}");
    // Back over the story to the list by words, and to everything.
    app.press("esc esc");
    assert!(app.model.list.filter.story.is_none() && !app.model.list.rows.is_empty(), "{}", app.screen());
    app.press("esc");
    assert!(!app.model.list.filter.has_chips(), "{}", app.screen());
}

#[test]
fn from_one_unread_article_to_the_next_none_is_left_within_a_story() {
    let mut app = App::demo((100, 30));
    app.block_on(app.engine.settle(|_| {})).unwrap();
    let unread = |app: &App| app.block_on(app.engine.count(Query::parse("unread").unwrap())).unwrap();
    let mut left = unread(&app);
    while left > 0 {
        app.press("n");
        let now = unread(&app);
        assert!(now < left, "{left} are left: {}", app.screen());
        left = now;
    }
}

#[test]
fn a_search_on_the_screen_waits_for_what_is_little_to_index_and_not_for_what_is_much() {
    for (articles, found_at_once) in [(20, 20), (300, 0)] {
        let app = App::with_articles((80, 24), articles);
        let search = || app.block_on(app.engine.search(Query::parse("judul").unwrap(), 1000, true)).unwrap();
        let mut found = search();
        if found_at_once > 0 {
            // A slow machine needs a few more looks.
            for _ in 0..100 {
                if found.hits.len() == articles {
                    break;
                }
                found = search();
            }
        }
        assert_eq!((found.hits.len(), found.unindexed), (found_at_once, (articles - found_at_once) as u64));
    }
}
