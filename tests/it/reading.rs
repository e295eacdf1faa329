//! What reading does: marks, undo, moving about, newcomers, windows of a long list.

use kabar::command::Scope;
use kabar::model::query::Query;
use kabar::tui::model::Focus;
use kabar::tui::msg::{Effect, Msg};

use crate::app::{App, feed};

const MEDIUM: (u16, u16) = (100, 30);

fn unread(app: &App) -> u64 {
    app.block_on(app.engine.count(Query::parse("is:unread").unwrap())).unwrap()
}

#[test]
fn opening_marks_read_on_disk_and_passing_by_does_not() {
    let mut app = App::with_articles(MEDIUM, 20);
    app.press("j j j");
    assert_eq!(unread(&app), 20);
    app.press("enter");
    assert_eq!((unread(&app), app.model.focus), (19, Focus::Article));
    assert!(app.model.list.current().unwrap().read);
}

#[test]
fn every_mark_can_be_undone_and_done_again() {
    let mut app = App::with_articles(MEDIUM, 20);
    app.press("m s");
    let starred = Query::parse("starred").unwrap();
    assert_eq!((unread(&app), app.block_on(app.engine.count(starred.clone())).unwrap()), (19, 1));
    app.press("u u");
    assert_eq!((unread(&app), app.block_on(app.engine.count(starred)).unwrap()), (20, 0));
    app.press("ctrl-r");
    assert_eq!(unread(&app), 19);
    app.press("u").press("C");
    assert_eq!(unread(&app), 0);
    app.press("u");
    assert_eq!(unread(&app), 20);
    assert_eq!(app.block_on(app.engine.check_store()).unwrap(), Vec::<String>::new());
}

#[test]
fn marking_all_spares_what_has_arrived_since() {
    let mut app = App::with_articles(MEDIUM, 20);
    app.press("j");
    add_articles(&mut app, 25);
    assert_eq!(app.model.list.waiting, 5);
    app.press("C");
    assert_eq!(unread(&app), 5);
}

/// The feed brings articles that the list has not seen: the same ones, and newer ones.
fn add_articles(app: &mut App, count: usize) {
    let path = app.engine.paths().data.join("feed.xml");
    let newer = feed("Banyak", count).replace("11:00:00", "11:30:00");
    std::fs::write(path, newer).unwrap();
    app.poll();
}

#[test]
fn newcomers_wait_until_they_are_asked_for() {
    let mut app = App::with_articles(MEDIUM, 20);
    app.press("j j");
    let (title, row) = (app.selected(), app.model.list.selected);
    let line = |app: &App| app.screen().lines().position(|line| line.contains("Judul 3")).unwrap();
    let at = line(&app);
    add_articles(&mut app, 25);
    assert_eq!((app.selected(), app.model.list.selected), (title, row));
    assert!(app.screen().contains("5 berita baru"), "{}", app.screen());
    assert_eq!(line(&app), at, "no row moves on the screen: {}", app.screen());
    app.resize(40, 12);
    assert!(app.screen().contains("+5 · ."), "{}", app.screen());
    app.resize(MEDIUM.0, MEDIUM.1);
    app.press(".");
    assert_eq!((app.model.list.waiting, app.model.list.selected), (0, 0));
    assert_eq!(app.model.list.count, Some(25));
}

/// Also where the list has room for more: what is read is not replaced, and no row moves.
#[test]
fn newcomers_wait_above_a_short_list_that_was_touched() {
    let mut app = App::with_articles(MEDIUM, 3);
    app.press("j enter");
    let (title, row) = (app.selected(), app.model.list.selected);
    add_articles(&mut app, 5);
    assert_eq!((app.selected(), app.model.list.selected), (title, row));
    assert_eq!((app.model.list.rows.len(), app.model.list.waiting), (3, 2));
}

#[test]
fn what_another_process_changes_is_seen_in_the_list_and_in_the_text() {
    let mut app = App::with_articles(MEDIUM, 3);
    app.press("j enter");
    assert!(app.screen().contains("Isi 2."), "{}", app.screen());
    app.press("j");
    let other = kabar::engine::Engine::open(app.engine.paths(), kabar::config::Config::default()).unwrap();
    let path = app.engine.paths().data.join("feed.xml");
    let newer = feed("Banyak", 3).replace("Isi 2.", "Isi yang lain.").replace("Judul 2", "Judul yang lain");
    std::fs::write(path, newer).unwrap();
    app.block_on(async { other.poll(kabar::engine::PollRequest { all: true, only: None }).await.unwrap() });
    app.look();
    let screen = app.screen();
    assert!(screen.contains("Judul yang lain") && !screen.contains("Judul 2"), "{screen}");
    app.press("k enter");
    assert!(app.screen().contains("Isi yang lain."), "{}", app.screen());
}

#[test]
fn files_of_an_article_are_numbered_after_its_links_and_opened_like_them() {
    let file = "<enclosure url='https://a.example/a.mp3' type='audio/mpeg' length='12000000'/></item>";
    let text = "<![CDATA[Isi <a href='https://b.example/'>satu</a>.]]>";
    let mut app = App::with_feed(MEDIUM, &feed("Banyak", 1).replace("Isi 1.", text).replace("</item>", file));
    app.press("enter");
    let screen = app.screen();
    assert!(screen.contains("[2] audio/mpeg 12 MB https://a.example/a.mp3"), "{screen}");
    app.press("2");
    assert_eq!(app.outside, [Effect::Browse("https://a.example/a.mp3".to_owned())]);
    app.outside.clear();
    app.press("; down enter");
    assert_eq!(app.outside, [Effect::Browse("https://a.example/a.mp3".to_owned())]);
}

#[test]
fn a_row_that_was_chosen_while_the_list_streamed_in_stays_chosen() {
    let mut app = App::with_articles(MEDIUM, 5);
    app.press_meanwhile(Msg::FollowUp, "j j");
    assert_eq!(app.selected(), app.model.list.rows[2].title);
}

#[test]
fn newcomers_stream_into_a_list_that_nobody_has_touched() {
    let mut app = App::with_articles(MEDIUM, 2);
    add_articles(&mut app, 9);
    assert_eq!((app.model.list.rows.len(), app.model.list.waiting), (9, 0));
}

#[test]
fn reading_does_not_make_the_row_vanish_under_the_cursor() {
    let mut app = App::with_articles(MEDIUM, 20);
    app.press("2");
    assert_eq!(app.model.list.filter.scope, Scope::Unread);
    let title = app.selected();
    app.press("m");
    assert_eq!((app.selected(), app.model.list.rows.len()), (title.clone(), 20));
    app.press("1 2");
    assert_ne!(app.selected(), title);
    assert_eq!(app.model.list.rows.len(), 19);
}

#[test]
fn one_key_reads_everything_across_feeds() {
    let mut app = App::demo((80, 24));
    app.press("h").press("down down down down");
    let start = app.model.list.filter.place.clone();
    for _ in 0..400 {
        if unread(&app) == 0 {
            break;
        }
        app.press("space");
    }
    assert_eq!(unread(&app), 0);
    assert_ne!(app.model.list.filter.place, start);
}

#[test]
fn a_long_list_is_walked_through_windows() {
    let mut app = App::with_articles(MEDIUM, 3000);
    assert_eq!(app.model.list.count, Some(3000));
    for n in 2..=700 {
        app.press("j");
        assert_eq!(app.selected(), format!("Judul {n}"));
        assert!(app.model.list.rows.len() <= 900, "{} rows are loaded", app.model.list.rows.len());
    }
    app.press("G");
    assert_eq!(app.selected(), "Judul 3000");
    for n in (2400..3000).rev() {
        app.press("k");
        assert_eq!(app.selected(), format!("Judul {n}"));
    }
    app.press("g g");
    assert_eq!(app.selected(), "Judul 1");
}

#[test]
fn tags_of_the_users_own_filter_like_the_publishers() {
    let mut app = App::demo(MEDIUM);
    let title = app.selected();
    app.press("+").type_text("Baca Nanti").press("enter");
    app.press(":").type_text("filter-tag baca-nanti").press("enter");
    assert_eq!((app.model.list.count, app.selected()), (Some(1), title));
    app.press("esc").press("u");
    app.press(":").type_text("filter-tag baca-nanti").press("enter");
    assert_eq!(app.model.list.count, Some(0));
    assert_eq!(app.block_on(app.engine.check_store()).unwrap(), Vec::<String>::new());
}

#[test]
fn tags_combine_and_exclude() {
    let mut app = App::demo(MEDIUM);
    app.press("t").type_text("rusia-as").press("space");
    assert_eq!(app.model.list.count, Some(4));
    app.press("esc").press("t").type_text("ukraina").press("!").press("esc");
    assert_eq!(app.model.list.count, Some(3));
    app.press("t").type_text("ukraina").press("space");
    assert_eq!(app.model.list.count, Some(1));
    app.press("tab");
    assert!(app.model.list.count >= Some(4), "{:?}", app.model.list.count);
    app.press("esc").press("ctrl-t");
    assert_eq!(app.model.list.count, Some(88));
}

#[test]
fn acts_work_on_the_marked_rows() {
    let mut app = App::with_articles(MEDIUM, 20);
    app.press("v j v").press("s");
    let starred = app.block_on(app.engine.count(Query::parse("starred").unwrap())).unwrap();
    assert_eq!((starred, app.model.list.marked.len()), (2, 0));
}

#[test]
fn links_open_and_copy_by_key() {
    let mut app = App::with_articles(MEDIUM, 3);
    app.press("o y");
    assert_eq!(
        app.outside,
        [Effect::Browse("https://a.example/1".to_owned()), Effect::Copy("https://a.example/1".to_owned())]
    );
}

#[test]
fn a_feed_can_be_subscribed_edited_and_ended_from_the_keyboard() {
    let mut app = App::empty(MEDIUM);
    let path = app.engine.paths().data.join("baru.xml");
    std::fs::write(&path, feed("Kabar Baru", 3)).unwrap();
    app.press("esc").press("a").type_text(&path.to_string_lossy()).press("down").type_text("Uji").press("enter");
    assert_eq!(app.model.list.count, Some(3), "{}", app.screen());
    let feeds = app.block_on(app.engine.feeds()).unwrap();
    assert_eq!((feeds[0].name(), feeds[0].subscription.folder.as_deref()), ("Kabar Baru", Some("Uji")));
    app.press("e").type_text("Punyaku").press("enter");
    assert_eq!(app.block_on(app.engine.feeds()).unwrap()[0].name(), "Punyaku");
    app.press("s").press("D").press("enter");
    assert!(app.block_on(app.engine.feeds()).unwrap().is_empty());
    let left = app.block_on(app.engine.count(Query::everything())).unwrap();
    assert_eq!(left, 1, "the starred article stays");
}

#[test]
fn a_wrong_address_says_so_and_subscribes_nothing() {
    let mut app = App::empty(MEDIUM);
    app.press("esc").press("a").type_text("/tidak/ada.xml").press("enter");
    assert!(app.screen().contains("Tidak dapat diambil"), "{}", app.screen());
    assert!(app.block_on(app.engine.feeds()).unwrap().is_empty());
}

#[test]
fn another_process_is_noticed() {
    let mut app = App::with_articles(MEDIUM, 20);
    app.press("j");
    let other = kabar::engine::Engine::open(app.engine.paths(), kabar::config::Config::default()).unwrap();
    let first = app.model.list.rows[0].id;
    app.block_on(other.mark(vec![first], kabar::store::Mark::Read)).unwrap();
    let version = app.block_on(app.engine.store_version()).unwrap();
    assert!(app.model.store_version.is_some_and(|known| known != version));
}

#[test]
fn a_password_in_an_address_is_never_shown() {
    let mut app = App::empty(MEDIUM);
    let list = "https://me:sandi@127.0.0.1:1/feed.xml\n";
    app.block_on(app.engine.import("list", list, None, kabar::engine::Commands::Refused)).unwrap();
    app.press("esc").poll();
    let feed = app.block_on(app.engine.feeds()).unwrap().remove(0);
    assert!(!feed.name().contains("sandi") && feed.fetch.error.is_some(), "{feed:?}");
    app.press("h").press("down down down");
    assert!(app.screen().contains("127.0.0.1") && !app.screen().contains("sandi"), "{}", app.screen());
}

#[test]
fn a_tag_ticked_in_passing_stays_ticked_on_enter() {
    let mut app = App::demo(MEDIUM);
    app.press("t").type_text("rusia-as").press("space enter");
    assert_eq!((app.model.list.count, app.model.popup.is_none()), (Some(4), true));
    app.press("t");
    assert!(app.screen().contains("[✓] Rusia-AS"), "{}", app.screen());
}

#[test]
fn leaving_the_filter_restores_what_was_listed() {
    let mut app = App::demo(MEDIUM);
    app.block_on(app.engine.index(std::time::Duration::from_secs(60))).unwrap();
    app.press("F").type_text("putin").press("enter");
    let listed = app.model.list.count;
    app.press("F").type_text(" trump foo:x").press("esc");
    let typed = app.model.list.filter.words.as_ref().map(|(typed, _)| typed.as_str());
    assert_eq!((app.model.list.count, typed), (listed, Some("putin")));
}

#[test]
fn muting_is_a_tick_and_nothing_to_type() {
    let mut app = App::with_articles(MEDIUM, 3);
    app.press("e").press("up").press("down down down down down").type_text("tidak").press("enter");
    assert!(!app.block_on(app.engine.feeds()).unwrap()[0].subscription.muted);
    app.press("e").press("down down down down down").press("space enter");
    assert!(app.block_on(app.engine.feeds()).unwrap()[0].subscription.muted);
}

#[test]
fn feeds_that_all_fail_say_why() {
    let mut app = App::empty(MEDIUM);
    app.block_on(app.engine.import("list", "http://127.0.0.1:1/a.xml\n", None, kabar::engine::Commands::Refused))
        .unwrap();
    app.press("esc").poll();
    let screen = app.screen();
    assert!(screen.contains("Server tidak dapat dihubungi") && screen.contains("Percobaan berikut"), "{screen}");
}

/// A feed may bring articles in any order: what came last may say that it is the oldest.
#[test]
fn all_that_is_listed_is_marked_whatever_came_first() {
    let document = feed("Banyak", 400);
    let (head, items) = document.strip_suffix("</channel></rss>").unwrap().split_once("<item>").unwrap();
    let turned: String =
        items.split("<item>").collect::<Vec<_>>().into_iter().rev().map(|item| format!("<item>{item}")).collect();
    let mut app = App::with_feed((80, 24), &format!("{head}{turned}</channel></rss>"));
    assert!(app.model.list.rows.len() < 400);
    app.press("C");
    let unread = app.block_on(app.engine.count(Query::parse("unread").unwrap())).unwrap();
    assert_eq!(unread, 0);
    assert_eq!(app.model.list.waiting, 0);
}

#[test]
fn a_macro_runs_its_commands_one_after_the_other_and_without_any_it_is_said_how_to_have_one() {
    let mut app = App::with_articles(MEDIUM, 3).with_keys("[macros]\nb = [\"toggle-star\", \"browser-read\"]");
    app.press(", b");
    let row = app.model.list.current().unwrap();
    assert!(row.starred && row.read && matches!(&app.outside[..], [kabar::tui::msg::Effect::Browse(_)]));
    app.press("u u");
    let row = app.model.list.current().unwrap();
    assert!(!row.starred && !row.read, "each of them can be undone");
    app.press("?").resize(MEDIUM.0, 200);
    assert!(app.screen().contains(", b") && app.screen().contains("toggle-star; browser-read"), "{}", app.screen());
    let mut app = App::with_articles(MEDIUM, 3);
    app.press(",");
    assert!(app.screen().contains("Makro: di keys.toml, di bawah [macros]"), "{}", app.screen());
}
