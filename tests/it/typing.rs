//! While a query is typed: what its word may become, what it finds standing out, and a ranking that can be stopped.

use std::time::Duration;

use kabar::model::query::Query;
use kabar::store::Span;
use kabar::tui::model::{Focus, Popup};
use kabar::tui::msg::Effect;
use kabar::tui::update;

use crate::app::{App, feed};
use crate::cli_program::Kabar;

#[test]
fn tab_takes_what_the_word_may_become() {
    let mut app = App::demo((100, 30));
    app.press("F").type_text("ta");
    assert!(app.screen().contains("tag:"), "the rest is shown behind the cursor: {}", app.screen());
    app.press("tab").type_text("rus").press("tab");
    assert!(app.screen().contains("tag:Rusia-AS"), "{}", app.screen());
    app.type_text("unr").press("tab").press("enter");
    let (typed, query) = app.model.list.filter.words.clone().unwrap();
    assert_eq!((typed.as_str(), query.to_string()), ("tag:Rusia-AS unread", "tag:Rusia-AS is:unread".to_owned()));
}

#[test]
fn feeds_and_folders_are_completed_in_quotes_where_they_need_them() {
    let mut app = App::demo((100, 30));
    app.press("F").type_text("feed:meri").press("tab");
    assert!(app.screen().contains("feed:\"Meridian Wire\""), "{}", app.screen());
    app.press("esc").press("/").type_text("-folder:ind").press("tab").type_text("is:st").press("tab");
    assert!(app.screen().contains("-folder:Indonesia is:starred"), "{}", app.screen());
    // In the middle of a line nothing is suggested, and Tab changes nothing.
    app.press("left").press("tab");
    assert!(app.screen().contains("-folder:Indonesia is:starred"), "{}", app.screen());
}

#[test]
fn a_slip_in_a_query_says_where_it_is_and_what_was_meant() {
    let mut app = App::with_feed((80, 24), &feed("Banyak", 3));
    app.press("F").type_text("unread tga:x");
    // Long ones are broken into lines.
    let is_said = |app: &App, column: usize| {
        let said = format!("bidang `tga:` tidak dikenal pada huruf ke-{column}, mungkin maksudnya `tag:`?");
        let screen = app.screen().replace('│', " ").split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(screen.contains(&said), "{}", app.screen());
    };
    is_said(&app, 8);
    let (typed, _) = app.model.list.filter.words.clone().unwrap();
    assert_eq!(typed, "unread tga", "the list stays with what could be read last");
    for size in [(80, 24), (40, 12), (200, 50)] {
        let mut app = App::with_feed(size, &feed("Banyak", 3));
        app.press("/").type_text("unread tga:x");
        is_said(&app, 8);
        // It goes with what it is about.
        app.press("backspace backspace");
        assert!(!app.screen().contains("tidak dikenal"), "{}", app.screen());
        app.press("esc").press("F").type_text("banyak").press("enter").press("V");
        app.type_text("Nama").press("down").press("end").type_text(" OR unread tga:x").press("enter");
        // What is kept shows what it showed: all that begins so.
        is_said(&app, 29);
    }
}

/// Whatever the last word may still become: what it will find is there from its first letter on.
#[test]
fn what_has_only_begun_takes_nothing_away_from_what_is_listed() {
    let mut app = App::demo((100, 30));
    app.block_on(app.engine.index(Duration::from_secs(20))).unwrap();
    let listed = |app: &App| app.model.list.rows.iter().map(|row| row.id).collect::<Vec<_>>();
    for (text, is_of_words) in [
        ("putin trump", true),
        ("trump", true),
        ("putin unread", false),
        ("putin tag:Rusia-AS", false),
        ("feed:meridian putin", false),
    ] {
        let all = app.block_on(app.engine.listed(Query::parse(text).unwrap(), Span::Top, 60)).unwrap().rows;
        assert!(!all.is_empty(), "{text}");
        app.press("F");
        for (at, letter) in text.char_indices() {
            app.type_text(&letter.to_string());
            let (shown, typed) = (listed(&app), text.get(..=at).unwrap());
            assert!(!shown.is_empty(), "{typed}: {}", app.screen());
            // Two or three letters may be a word that is said somewhere.
            let letters = typed.rsplit(' ').next().unwrap().len();
            let has_all = all.iter().all(|row| shown.contains(&row.id));
            assert!(has_all || !is_of_words || (2..4).contains(&letters), "{typed}: {}", app.screen());
        }
        app.press("enter");
        assert_eq!(listed(&app), all.iter().map(|row| row.id).collect::<Vec<_>>(), "{text}");
        app.press("ctrl-t");
    }
    // No word begins with these four letters, and none is these three.
    app.press("F");
    for (typed, is_empty) in [("putin qzx", false), ("x", true)] {
        assert_eq!(listed(app.type_text(typed)).is_empty(), is_empty, "{}", app.screen());
    }
    app.press("backspace");
    assert!(!listed(&app).is_empty());
    assert_eq!(listed(app.press("enter")), []);
}

#[test]
fn the_first_letter_of_a_language_is_no_mistake_yet() {
    let mut app = App::demo((100, 30));
    for key in ["F", "/"] {
        app.press(key).type_text("lang:e");
        assert!(!app.screen().contains("bukan bahasa"), "{}", app.screen());
        app.type_text("ng");
        assert!(!app.screen().contains("bukan bahasa"), "{}", app.screen());
        app.type_text("lish");
        assert!(app.screen().contains("`english` bukan bahasa"), "{}", app.screen());
        app.press("esc");
    }
}

/// Where words have no spaces between them, whatever goes on holds what is there already, however short that is.
#[test]
fn a_word_of_such_a_script_that_nobody_says_lists_nothing_while_it_is_typed() {
    let mut app = App::demo((80, 24));
    app.block_on(app.engine.index(Duration::from_secs(20))).unwrap();
    let all = app.model.list.rows.len();
    for word in ["สัมภาษณ์", "น้ำ", "駱駝", "ゑ"] {
        app.press("F").type_text(word);
        assert_eq!(app.model.list.rows.len(), 0, "{word}: {}", app.screen());
        app.press("enter ctrl-t");
        assert_eq!(app.model.list.rows.len(), all, "{word}");
    }
    for word in ["首相", "首"] {
        app.press("F").type_text(word);
        assert!((1..all).contains(&app.model.list.rows.len()), "{word}: {}", app.screen());
        app.press("esc");
    }
}

#[test]
fn a_filter_that_is_kept_shows_what_it_showed() {
    let mut app = App::demo((100, 30));
    app.block_on(app.engine.index(Duration::from_secs(20))).unwrap();
    let listed = |app: &App| app.model.list.rows.iter().map(|row| row.id).collect::<Vec<_>>();
    app.press("F").type_text("presid");
    let shown = listed(&app);
    assert!(!shown.is_empty(), "{}", app.screen());
    assert_eq!(listed(app.press("enter")), shown, "{}", app.screen());
    // What was left out while it had only begun counts again.
    app.press("ctrl-t").press("F").type_text("presi").press("enter");
    assert_eq!(listed(&app), shown, "{}", app.screen());
}

#[test]
fn a_limit_is_kept_in_the_list_and_by_what_is_done_to_all_of_it() {
    let mut app = App::with_feed((100, 30), &feed("Banyak", 9));
    app.press("F").type_text("limit:2").press("enter");
    assert_eq!((app.model.list.rows.len(), app.model.list.count), (2, Some(2)), "{}", app.screen());
    app.press("C");
    let unread = |app: &App| app.block_on(app.engine.count(Query::parse("unread").unwrap())).unwrap();
    assert_eq!(unread(&app), 7);
    app.press("u");
    assert_eq!(unread(&app), 9);
    // The last of them is the end of the list.
    app.press("j j j j");
    assert_eq!((app.model.list.selected, app.model.list.rows.len()), (1, 2));
}

#[test]
fn a_limit_that_cuts_nothing_off_changes_no_count() {
    let mut app = App::demo((100, 30));
    app.block_on(app.engine.settle(|_| {})).unwrap();
    let mut counts = |query: &str| {
        app.press("ctrl-t").press("F").type_text(query).press("enter");
        (app.model.list.count, app.model.list.listed)
    };
    let (articles, rows) = counts("tag:rusia-as");
    assert!(rows < articles, "{rows:?} {articles:?}");
    assert_eq!(counts("tag:rusia-as limit:50"), (articles, rows));
    assert_eq!(counts("tag:rusia-as limit:1"), (Some(1), Some(1)));
}

/// As any other list, one with a high limit is never held whole; its last row is its end all the same.
#[test]
fn a_list_with_a_high_limit_is_loaded_page_by_page() {
    let mut app = App::with_feed((100, 30), &feed("Banyak", 2600));
    app.press("F").type_text("limit:2500").press("enter");
    assert_eq!(app.model.list.count, Some(2500));
    let rows = |app: &App| app.model.list.rows.len();
    assert!(rows(&app) < 300 && !app.model.list.is_whole(), "{}", rows(&app));
    app.press("G");
    assert_eq!(app.selected(), "Judul 2500");
    assert!(rows(&app) < 600 && app.model.list.is_bottom, "{}", rows(&app));
    app.press("j").press("k").press("k");
    assert_eq!(app.selected(), "Judul 2498");
    for _ in 0..20 {
        app.press("pageup");
    }
    let up = app.selected();
    for _ in 0..21 {
        app.press("pagedown");
    }
    assert!(up != app.selected() && app.selected() == "Judul 2500", "{up} {}", app.selected());
    app.press("C");
    let unread = |app: &App| app.block_on(app.engine.count(Query::parse("unread").unwrap())).unwrap();
    assert_eq!(unread(&app), 100, "what is beyond the end stays as it is");
    app.press("n");
    assert!(app.screen().contains("Tidak ada lagi"), "{}", app.screen());
}

#[test]
fn a_tag_of_two_words_is_completed_behind_its_sign() {
    let mut app = App::demo((100, 30));
    let ids = app.model.list.rows.iter().take(2).map(|row| row.id).collect();
    app.block_on(app.engine.edit_tag(ids, "Upah Minimum".to_owned(), true)).unwrap();
    app.press("F").type_text("#upah").press("tab").press("enter");
    assert_eq!(app.model.list.rows.len(), 2, "{}", app.screen());
}

#[test]
fn the_choice_of_values_is_shown_where_one_is_missing() {
    let mut app = App::demo((100, 30));
    app.press("F").type_text("is:");
    assert!(app.screen().contains("unread  read  starred"), "{}", app.screen());
    app.press("enter");
    assert!(app.model.popup.is_some() && app.screen().contains("belum ada isinya"), "{}", app.screen());
    app.press("esc").press("F").type_text("tag:(rus").press("tab");
    assert!(app.screen().contains("tag:(Rusia-AS"), "{}", app.screen());
}

#[test]
fn has_note_says_that_there_are_no_notes_yet() {
    let kabar = Kabar::new();
    let ran = kabar.run(&["list", "--query=-has:note"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""));
    assert!(ran.err.contains("articles cannot have notes yet"), "{ran:?}");
    let mut app = App::with_feed((80, 24), &feed("Banyak", 3));
    app.press("F").type_text("has:note");
    assert!(app.screen().contains("Belum ada catatan"), "{}", app.screen());
}

#[test]
fn what_a_filter_looks_for_stands_out_in_titles_and_in_the_article() {
    let html = "<p>Warga <b>memban</b>jiri jalan. Lalu banjir surut.</p><p>Tidak ada apa-apa.</p>";
    let mut app = App::with_text((120, 30), html);
    let plain = app.styled_screen();
    app.press("F").type_text("banjir OR judul").press("enter").press("enter");
    let (row, words) = (app.model.list.rows[0].id, app.model.list.places.clone());
    let judul: Vec<_> = words.get(&row).unwrap().iter().map(|place| (place.start, place.end)).collect();
    assert_eq!(judul, [(0, 5)]);
    let highlights = app.model.reader.highlights.clone().unwrap();
    assert_eq!(highlights.hits.len(), 2, "{highlights:?}");
    assert_ne!(plain, app.styled_screen());
    app.resize(60, 20);
    assert_eq!(app.model.reader.highlights.clone().unwrap().hits.len(), 2, "they follow the text to another width");
    app.press("esc").press("esc");
    assert!(app.model.reader.highlights.is_none() && app.model.list.places.is_empty());
}

#[test]
fn what_a_filter_looks_for_stands_out_in_the_title_of_the_open_article_too() {
    for (title, query, cells) in [
        ("Warga mengungsi ke tempat yang tinggi karena banjir besar", "mengungsi OR besar", vec![9, 5]),
        // A wide sign is one cell with a style, and one that it lies over.
        ("东京で地震 🌏 2024", "地震", vec![2]),
        ("الرئيس يزور جاكرتا", "الرئيس", vec![6]),
    ] {
        let document = feed("Satu", 1).replace("Judul 1", title);
        let mut app = App::with_feed((40, 14), &document);
        app.press("F").type_text(query).press("enter").press("enter");
        assert_eq!(app.underlined(), cells, "{title}\n{}", app.screen());
    }
}

#[test]
fn highlights_keep_the_columns_of_every_script() {
    for (title, query) in
        [("东京で地震 🌏 2024", "地震"), ("الرئيس يزور جاكرتا", "الرئيس"), ("Café économie", "economie")]
    {
        let document = feed("Satu", 1).replace("Judul 1", title);
        let mut app = App::with_feed((60, 14), &document);
        let before = app.screen();
        app.press("F").type_text(query).press("enter");
        assert_eq!(app.model.list.places.len(), 1, "{query} in {title}");
        let line = |screen: &str| screen.lines().nth(2).unwrap_or_default().to_owned();
        assert_eq!(line(&before), line(&app.screen()), "{title}");
    }
}

#[test]
fn what_is_asked_for_by_relevance_is_listed_the_best_first() {
    let mut document = feed("Banyak", 30);
    // The oldest says it in its title.
    document = document.replace("Judul 30<", "Banjir besar<");
    for n in [3, 7] {
        document = document.replace(&format!("Isi {n}."), "Ada banjir di sana.");
    }
    let mut app = App::with_feed((100, 30), &document);
    app.press("F").type_text("banjir sort:relevance").press("enter");
    let titles: Vec<&str> = app.model.list.rows.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(titles, ["Banjir besar", "Judul 3", "Judul 7"]);
    assert!(!app.model.list.is_ranking && app.model.list.count == Some(3));
}

#[test]
fn a_ranking_goes_through_everything_and_ctrl_c_stops_it() {
    let mut app = App::with_feed((100, 30), &feed("Banyak", 2500).replace("Judul 2499<", "Judul judul judul<"));
    app.block_on(app.engine.index(Duration::from_secs(60))).unwrap();
    // More than are ranked at once: the best is beyond the newest two thousand.
    let mut steps = Vec::new();
    let query = Query::parse("judul").unwrap();
    let best = app.block_on(app.engine.rank_all(query, 10, true, |looked_at| steps.push(looked_at))).unwrap();
    assert_eq!((best.len(), steps), (10, vec![2000, 2500]));
    // Asked for and stopped before an answer has come.
    app.press("F").type_text("judul").press("enter");
    let words = Query::parse("judul sort:relevance").unwrap();
    app.model.list.filter.words = Some(("judul sort:relevance".to_owned(), words));
    let asked = update::run(&mut app.model, kabar::command::Command::Scope(kabar::command::Scope::All));
    assert!(asked.iter().any(|effect| matches!(effect, Effect::List { .. })), "{asked:?}");
    assert!(app.model.list.is_ranking);
    let stopped = update::run(&mut app.model, kabar::command::Command::Cancel);
    assert_eq!(stopped.first(), Some(&Effect::CancelRanking));
    let by_date = |effect: &Effect| matches!(effect, Effect::List { query, .. } if query.sort().is_none());
    assert!(stopped.iter().any(by_date) && !app.model.list.is_ranking, "{stopped:?}");
}

#[test]
fn the_list_is_ordered_the_other_way_and_the_order_is_kept_as_a_chip() {
    let document =
        feed("Banyak", 9).replace("Isi 7.", "banjir banjir banjir").replace("Isi 2.", "kata tentang banjir saja");
    let mut app = App::with_feed((100, 30), &document);
    app.press("\\");
    assert!(app.screen().contains("Belum ada kata"), "{}", app.screen());
    app.block_on(app.engine.settle(|_| {})).unwrap();
    app.settle();
    app.press("F").type_text("banjir").press("enter");
    let titles = |app: &App| app.model.list.rows.iter().map(|row| row.title.clone()).collect::<Vec<_>>();
    assert_eq!(titles(&app), ["Judul 2", "Judul 7"]);
    app.press("\\");
    assert_eq!(titles(&app), ["Judul 7", "Judul 2"], "{}", app.screen());
    assert!(app.screen().lines().next().unwrap().contains("terbaik dulu"), "{}", app.screen());
    // Other words are ranked, too; Esc takes the order off first.
    app.press("F").press("ctrl-u").type_text("banj*").press("enter");
    assert_eq!(titles(&app), ["Judul 7", "Judul 2"], "{}", app.screen());
    app.press("esc");
    assert_eq!(titles(&app), ["Judul 2", "Judul 7"]);
    app.press("\\").press("\\");
    assert_eq!(titles(&app), ["Judul 2", "Judul 7"]);
    // A query that asks to be ranked is listed by time where that is chosen.
    app.press("F").press("ctrl-u").type_text("banjir sort:relevance ").press("enter").press("\\");
    assert!(app.screen().lines().next().unwrap().contains("terbaru dulu"), "{}", app.screen());
    assert_eq!(titles(&app), ["Judul 2", "Judul 7"]);
}

/// As the search has listed them, also those that a story tells together, until Esc.
#[test]
fn what_a_search_has_found_is_gone_through_with_the_keys_for_matches() {
    let mut app = App::demo((100, 30));
    app.block_on(app.engine.settle(|_| {})).unwrap();
    app.press("/").type_text("putin ");
    let found: Vec<String> = match &app.model.popup {
        Some(Popup::Picker(picker)) => picker.matches.iter().map(|index| picker.items[*index].key.clone()).collect(),
        _ => panic!("{}", app.screen()),
    };
    assert!(found.len() > 2, "{found:?}");
    let open = |app: &App| {
        assert_eq!(app.model.focus, Focus::Article, "{}", app.screen());
        app.model.list.current().unwrap().id.to_string()
    };
    app.press("enter");
    assert_eq!(open(&app), found[0]);
    for id in &found[1..] {
        assert!(app.screen().contains("n berikut"), "{}", app.screen());
        app.press("n");
        assert_eq!(open(&app), *id);
    }
    app.press("n");
    assert_eq!(open(&app), *found.last().unwrap(), "there is no other");
    for id in found.iter().rev().skip(1) {
        app.press("N");
        assert_eq!(open(&app), *id);
    }
    app.press("esc").press("enter");
    assert!(!app.model.is_walking() && !app.screen().contains("N sebelumnya"), "{}", app.screen());
    // Another list has nothing to do with it.
    app.press("esc ctrl-t").press("/").type_text("putin ").press("enter").press("F").type_text("x ").press("enter");
    assert!(!app.model.is_walking(), "{}", app.screen());
}
