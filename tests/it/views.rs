//! Saved views: on the command line, in the source pane, and what is unread in them.

use std::path::Path;

use kabar::command::keys::Key;
use kabar::engine::Engine;
use kabar::model::entry::EntryId;
use kabar::model::query::Query;
use kabar::model::view::NewView;
use kabar::store::Mark;
use kabar::tui::model::{Focus, Place};

use crate::app::{App, feed};
use crate::cli_program::{Kabar, database, golden, rss};

fn view(name: &str, query: &str, key: Option<char>) -> NewView {
    NewView { name: name.to_owned(), query: Query::parse(query).unwrap(), key }
}

/// The row of the source pane with this name: its count.
fn count(app: &App, name: &str) -> u64 {
    let rows = &app.model.sources.rows;
    rows.iter().find(|row| row.name == name).unwrap_or_else(|| panic!("no row {name}: {}", app.screen())).count
}

fn reader() -> Kabar {
    let kabar = Kabar::new();
    let items = [("Banjir di Jakarta", "1", 3), ("Gempa di Palu", "2", 2), ("Banjir surut", "3", 1)];
    let file = kabar.write("feed.xml", rss("Kabar Contoh", &items));
    kabar.ok(&["add", file.to_str().unwrap()]);
    kabar
}

#[test]
fn views_are_saved_listed_and_forgotten_on_the_command_line() {
    let kabar = reader();
    assert_eq!(kabar.json(&["views", "--json"]), serde_json::json!([]));
    let said = kabar.ok(&["views", "save", "Banjir", "title:banjir", "unread", "sort:relevance", "--key", "b"]);
    assert_eq!(said, "Banjir: title:banjir is:unread sort:relevance, 2 of 2 unread\n");
    kabar.ok(&["views", "save", "Tanpa banjir", "--", "-title:banjir"]);
    kabar.ok(&["mark", "read", "--query", "title:surut"]);
    golden("views.json", &kabar.ok(&["views", "--json"]));
    assert_eq!(
        kabar.ok(&["views"]),
        "1/1  b  Banjir        title:banjir is:unread sort:relevance\n1/1     Tanpa banjir  -title:banjir\n"
    );
    // The same name, in whatever capitals, is the same view.
    kabar.ok(&["views", "save", "banjir", "banjir"]);
    assert_eq!(kabar.json(&["views", "--json"]).as_array().unwrap().len(), 2);
    kabar.ok(&["views", "remove", "BANJIR"]);
    assert_eq!(kabar.ok(&["views"]), "1/1     Tanpa banjir  -title:banjir\n");
    assert_eq!(
        kabar.fails(&["views", "remove", "Banjir"]),
        "kabar: there is no view `Banjir`; `kabar views` lists them"
    );
}

#[test]
fn a_query_names_saved_views_wherever_a_query_is_written() {
    let kabar = reader();
    kabar.ok(&["views", "save", "Air", "banjir", "sort:relevance", "limit:1", "--key", "a"]);
    assert_eq!(kabar.titles(&["--query", "search:Air"]), ["Banjir di Jakarta", "Banjir surut"]);
    assert_eq!(kabar.titles(&["--query", "search:air jakarta"]), ["Banjir di Jakarta"]);
    assert_eq!(kabar.titles(&["--query", "-S:1"]), ["Gempa di Palu"]);
    // What is kept goes by the name, whatever was written.
    assert_eq!(
        kabar.ok(&["views", "save", "Kering", "!S:1", "unread"]),
        "Kering: -search:Air is:unread, 1 of 1 unread\n"
    );
    kabar.ok(&["rules", "add", "Basah", "search:a", "--tag", "basah"]);
    kabar.ok(&["topics", "follow", "Air naik", "--query", "search:1"]);
    kabar.ok(&["rules", "apply", "Basah", "--yes"]);
    assert_eq!(kabar.titles(&["--tag", "basah"]).len(), 2);
    let queries = || {
        let database = kabar.database();
        let sql = "SELECT group_concat(query, ' | ') FROM (SELECT query FROM view WHERE name = 'Kering' UNION ALL \
                   SELECT query FROM rule UNION ALL SELECT query FROM topic)";
        database.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap()
    };
    assert_eq!(queries(), "-search:Air is:unread | search:Air | search:Air");
    let view = "the saved view `Kering` would be part of itself";
    for (words, said) in [
        (vec!["list", "--query", "jakarta search:Airr"], "there is no saved view `Airr` at 16, did you mean `Air`?"),
        (
            vec!["views", "save", "Air", "x", "OR", "search:Kering"],
            "the saved view `Air` would be part of itself at 13",
        ),
        (vec!["views", "save", "Kering", "search:Kering"], &format!("{view} at 8")),
        (vec!["rules", "add", "B", "search:tiada", "--star"], "there is no saved view `tiada` at 8"),
        (vec!["topics", "follow", "B", "--query", "S:9"], "there is no saved view `9` at 3"),
    ] {
        let ran = kabar.run(&words);
        assert_eq!(ran.code, Some(2), "{words:?}: {ran:?}");
        assert!(ran.err.contains(said), "{words:?}: {ran:?}");
    }
    // What comes is seen through the view as it is then.
    kabar.ok(&["views", "save", "Air", "banjir OR rob", "--key", "z"]);
    let items = [("Rob di Semarang", "4", 1), ("Banjir di Jakarta", "1", 3)];
    kabar.write("feed.xml", rss("Kabar Contoh", &items));
    kabar.ok(&["refresh", "--force"]);
    assert_eq!(kabar.titles(&["--tag", "basah"]).len(), 3);
    // What is gone leaves its query behind.
    kabar.ok(&["views", "remove", "Air"]);
    assert_eq!(queries(), "-(banjir OR rob) is:unread | banjir OR rob | banjir OR rob");
    assert_eq!(kabar.titles(&["--query", "search:Kering"]), ["Gempa di Palu"]);
}

#[test]
fn a_view_that_is_given_another_name_keeps_its_place_in_others() {
    let mut app = App::with_feed((150, 40), &feed("Banyak", 5));
    for (name, query) in [("Satu", "judul"), ("Dua", "search:satu unread OR -search:Satu")] {
        app.block_on(app.engine.save_view(None, view(name, query, None))).unwrap();
    }
    let id = app.block_on(app.engine.views()).unwrap()[0].id;
    app.block_on(app.engine.save_view(Some(id), view("Nama \"baru\"", "judul", None))).unwrap();
    let views = app.block_on(app.engine.views()).unwrap();
    assert_eq!(views[1].query.to_string(), r#"(search:"Nama \"baru\"" is:unread) OR -search:"Nama \"baru\"""#);
    app.poll();
    assert_eq!(count(&app, "Dua"), 5);
    // The interface says what is wrong while it is typed, and completes names.
    app.press("F").type_text("search:nama");
    assert!(app.screen().contains("Nama"), "{}", app.screen());
    app.press("tab");
    assert_eq!(app.model.list.rows.len(), 5, "{}", app.screen());
    app.press("esc").press("F").type_text("search:tiada ").press("enter");
    assert!(app.screen().contains("tampilan tersimpan `tiada` tidak ada"), "{}", app.screen());
}

#[test]
fn a_key_belongs_to_one_view_and_a_wrong_query_is_not_saved() {
    let kabar = reader();
    kabar.ok(&["views", "save", "Satu", "banjir", "--key", "s"]);
    assert_eq!(
        kabar.fails(&["views", "save", "Dua", "gempa", "--key", "s"]),
        "kabar: the key `s` goes to the view `Satu` already; choose another key"
    );
    let ran = kabar.run(&["views", "save", "Dua", "tga:x"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("`tga:` at 1, did you mean `tag:`?"), "{ran:?}");
    assert_eq!(kabar.json(&["views", "--json"]).as_array().unwrap().len(), 1);
}

#[test]
fn what_the_list_shows_is_saved_as_a_view_and_gone_to_by_its_key() {
    let mut app = App::with_feed((150, 40), &feed("Banyak", 12));
    app.press("V");
    assert!(app.model.popup.is_none(), "everything is no view: {}", app.screen());
    app.press("F").type_text("title:~1").press("enter").press("V");
    assert!(app.screen().contains("Simpan sebagai tampilan"), "{}", app.screen());
    // Name, query, key.
    app.press("down").press("down").type_text("x").press("enter");
    assert_eq!(count(&app, "title:~1"), 4, "1, 10, 11 and 12: {}", app.screen());
    app.press("ctrl-t");
    assert_eq!(app.model.list.rows.len(), 12);
    app.press("'").press("x");
    assert!(matches!(&app.model.list.filter.place, Place::View(view) if view.name == "title:~1"));
    assert_eq!((app.model.list.rows.len(), app.model.focus), (4, Focus::Headlines), "{}", app.screen());
    // What the view holds is narrowed further, and Esc leaves first the filter, then the view.
    app.press("2").press("esc").press("esc");
    assert_eq!((app.model.list.rows.len(), app.model.list.filter.place.clone()), (12, Place::All));
}

#[test]
fn the_list_of_views_narrows_to_what_is_typed_unless_it_is_a_key() {
    let mut app = App::with_feed((80, 24), &feed("Banyak", 3));
    for (name, key) in [("Gempa bumi", Some('x')), ("Banjir", None), ("经济 🌏", Some('经'))] {
        app.block_on(app.engine.save_view(None, view(name, "judul", key))).unwrap();
    }
    app.poll();
    app.press("'").type_text("ban");
    assert!(app.screen().contains("Banjir") && !app.screen().contains("Gempa bumi"), "{}", app.screen());
    app.press("enter");
    assert!(matches!(&app.model.list.filter.place, Place::View(view) if view.name == "Banjir"));
    app.press("'").type_text("经");
    assert!(matches!(&app.model.list.filter.place, Place::View(view) if view.name == "经济 🌏"));
    assert!(Key::parse("经").is_ok());
}

#[test]
fn unread_counts_of_views_follow_what_is_read_tagged_and_fetched() {
    let mut app = App::with_feed((150, 40), &feed("Banyak", 5));
    app.block_on(app.engine.save_view(None, view("Berkata", "judul", None))).unwrap();
    app.block_on(app.engine.save_view(None, view("Penting", "tag:penting", None))).unwrap();
    app.poll();
    assert_eq!((count(&app, "Berkata"), count(&app, "Penting")), (5, 0), "{}", app.screen());
    app.press("enter");
    assert_eq!(count(&app, "Berkata"), 4, "an article was opened");
    app.press("esc").press("j").press("+").type_text("penting").press("enter");
    assert_eq!(count(&app, "Penting"), 1, "{}", app.screen());
    app.press("m");
    assert_eq!((count(&app, "Berkata"), count(&app, "Penting")), (3, 0));
    app.press("u");
    assert_eq!((count(&app, "Berkata"), count(&app, "Penting")), (4, 1));
    let file = app.engine.paths().data.join("feed.xml");
    std::fs::write(&file, feed("Banyak", 7)).unwrap();
    app.poll();
    assert_eq!(count(&app, "Berkata"), 6);
}

#[test]
fn views_are_changed_and_forgotten_in_the_source_pane() {
    let mut app = App::with_feed((150, 40), &feed("Banyak", 5));
    app.block_on(app.engine.save_view(None, view("Lama", "judul", None))).unwrap();
    app.poll();
    // After everything, today and what is starred.
    app.press("left").press("down").press("down").press("down");
    assert!(matches!(&app.model.list.filter.place, Place::View(_)), "{}", app.screen());
    app.press("e").type_text(" dan baru").press("down").type_text(" unread").press("enter");
    assert!(app.model.popup.is_none(), "{}", app.screen());
    let views = app.block_on(app.engine.views()).unwrap();
    assert_eq!((views[0].name.as_str(), views[0].query.to_string()), ("Lama dan baru", "judul is:unread".to_owned()));
    app.press("D");
    assert!(app.screen().contains("Hapus tampilan Lama dan baru?"), "{}", app.screen());
    app.press("enter");
    assert_eq!(app.block_on(app.engine.views()).unwrap(), []);
    assert_eq!(app.model.list.filter.place, Place::All, "the list that showed it shows everything");
}

#[test]
fn views_outlast_the_program_and_a_query_of_the_future_is_kept() {
    let kabar = reader();
    kabar.ok(&["views", "save", "Banjir", "banjir"]);
    let store = kabar.path("data").join("kabar.db");
    let sql = "INSERT INTO view (name, query) VALUES ('Nanti', 'mood:happy banjir')";
    execute(&store, sql);
    assert_eq!(kabar.ok(&["views"]).lines().count(), 1);
    kabar.ok(&["views", "save", "Gempa", "gempa"]);
    assert_eq!(ask(&store, "SELECT count(*) FROM view"), 3);
}

fn execute(path: &Path, sql: &str) {
    database(path).execute(sql, []).unwrap();
}

fn ask(path: &Path, sql: &str) -> i64 {
    database(path).query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn the_unread_count_of_a_view_is_that_of_its_list() {
    let app = App::demo((80, 24));
    let unread = |engine: &Engine, text: &str| {
        let query = Query::parse(text).unwrap();
        let views = vec![(kabar::model::view::ViewId(1), query.clone())];
        let counted = app.block_on(engine.unread_in(views)).unwrap()[0].1;
        let list = query.and(Query::parse("unread").unwrap());
        let listed = app.block_on(engine.articles(list, kabar::store::Span::Top, 10_000)).unwrap().rows.len();
        assert_eq!(counted, listed as u64, "{text}");
        counted
    };
    let rows = app.block_on(app.engine.headlines(Query::everything(), kabar::store::Span::Top, 1000)).unwrap().rows;
    let read: Vec<EntryId> = rows.iter().step_by(3).map(|row| row.id).collect();
    app.block_on(app.engine.mark(read, Mark::Read)).unwrap();
    app.block_on(app.engine.index(std::time::Duration::from_secs(60))).unwrap();
    let mut sum = 0;
    for text in
        ["", "tag:Rusia-AS", "feed:1", "folder:Indonesia", "banjir OR gempa", "-tag:olahraga newer:3650d", "starred"]
    {
        sum += unread(&app.engine, text);
    }
    assert!(sum > 10, "{sum}");
}
