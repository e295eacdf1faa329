//! Topics and stories in the interface: followed, taught, opened, taken apart, each key by key.

use kabar::command::Context;
use kabar::engine::{Engine, PollRequest};
use kabar::model::entry::{EntryId, Headline};
use kabar::model::query::Query;
use kabar::model::view::NewView;
use kabar::store::{Mark, Span};
use kabar::tui::model::{Focus, Place, Popup};
use kabar::tui::update;

use crate::app::{App, feed};

/// What the background does: indexes, groups, judges; then the interface hears of it.
fn group(app: &mut App) {
    let engine: Engine = app.engine.clone();
    app.block_on(engine.settle(|_| {})).unwrap();
    app.settle();
}

fn demo(size: (u16, u16)) -> App {
    let mut app = App::demo(size);
    group(&mut app);
    app
}

/// The count beside a row of the source pane that has this name.
fn unread(app: &App, name: &str) -> Option<u64> {
    let rows = &app.model.sources.rows;
    rows.iter().find(|row| matches!(&row.place, Place::Topic { name: of, .. } if of == name)).map(|row| row.count)
}

/// Goes to the article whose title begins like this.
fn select(app: &mut App, title: &str) {
    app.press("g g");
    for _ in 0..200 {
        if app.selected().starts_with(title) {
            return;
        }
        app.press("j");
    }
    panic!("no {title}: {}", app.screen());
}

#[test]
fn a_tag_is_followed_from_the_filter_and_stands_in_the_source_pane_with_what_is_unread() {
    let mut app = demo((150, 40));
    app.press("t").type_text("rusia-as").press("f");
    assert!(app.model.popup.is_none(), "{}", app.screen());
    let rows = app.block_on(app.engine.topic_rows()).unwrap();
    assert_eq!((rows.len(), rows[0].is_judged), (1, false));
    assert!(app.screen().contains("#Rusia–AS") || app.screen().contains("#Rusia-AS"), "{}", app.screen());
    assert!(app.screen().contains("Topik"), "{}", app.screen());
    let tagged = rows[0].unread;
    group(&mut app);
    let name = rows[0].name.clone();
    let found = unread(&app, &name).unwrap();
    assert!(found > tagged, "articles without the tag belong to it, too: {found} of {tagged}\n{}", app.screen());
    // The list by it, in several languages; what is read is counted at once.
    let row = app.model.sources.rows.iter().position(|row| matches!(row.place, Place::Topic { .. })).unwrap();
    app.press("h");
    while app.model.sources.selected < row {
        app.press("j");
    }
    app.press("enter").press("E");
    assert_eq!(app.model.list.count, Some(found), "{}", app.screen());
    let languages: std::collections::BTreeSet<_> =
        app.model.list.rows.iter().filter_map(|row| row.language.clone()).collect();
    assert!(languages.len() >= 3, "{languages:?}");
    app.press("m");
    assert_eq!(unread(&app, &name), Some(found - 1));
    app.press("u");
    assert_eq!(unread(&app, &name), Some(found));
    // In the filter it has a mark, and `f` there asks before it is followed no longer.
    app.press("t");
    assert!(app.screen().contains('◆'), "{}", app.screen());
    app.press("down").press("up").press("f");
    assert!(matches!(app.model.popup, Some(Popup::Confirm { .. })), "{}", app.screen());
    app.press("enter");
    assert_eq!(unread(&app, &name), None, "{}", app.screen());
    assert_eq!(app.model.list.filter.place, Place::All, "a topic that is gone is no place");
}

#[test]
fn f_is_a_letter_while_it_finds_something() {
    let mut app = App::with_feed((80, 24), &feed("Banyak", 3));
    for tag in ["inflasi", "indonesia"] {
        app.press("+").type_text(tag).press("enter");
    }
    app.press("t").type_text("inf");
    assert!(matches!(&app.model.popup, Some(Popup::Picker(picker)) if picker.input.value() == "inf"));
    assert_eq!(app.block_on(app.engine.topic_rows()).unwrap().len(), 0);
    // What is no tag at all becomes a topic by Enter.
    app.press("esc").press("t").type_text("khofifah");
    assert!(app.screen().contains("mengikutinya sebagai topik"), "{}", app.screen());
    app.press("enter");
    assert_eq!(app.block_on(app.engine.topic_rows()).unwrap()[0].name, "khofifah");
    // After moving, it follows what was moved to; undo takes it back.
    app.press("t").press("down").press("f");
    assert_eq!(app.block_on(app.engine.topic_rows()).unwrap().len(), 2, "{}", app.screen());
    app.press("u");
    assert_eq!(app.block_on(app.engine.topic_rows()).unwrap().len(), 1, "{}", app.screen());
    app.press("ctrl-r");
    assert_eq!(app.block_on(app.engine.topic_rows()).unwrap().len(), 2, "{}", app.screen());
}

#[test]
fn an_article_is_followed_by_what_it_is_about_and_becomes_an_example() {
    let mut app = demo((80, 24));
    // Every article its own row: another one may stand for its story.
    app.press("E");
    select(&mut app, "Putin Siap Jalin");
    app.press("f");
    assert!(app.screen().contains("Ikuti sebagai topik"), "{}", app.screen());
    let Some(Popup::Picker(picker)) = &app.model.popup else { panic!("{}", app.screen()) };
    let labels: Vec<String> = picker.items.iter().map(|item| item.label.clone()).collect();
    assert!(labels.iter().any(|label| label.contains("Rusia") && label.contains("Amerika")), "{labels:?}");
    let id = app.model.list.current().unwrap().id;
    app.press("enter");
    let topics = app.block_on(app.engine.topics()).unwrap();
    assert_eq!(topics[0].topic.taught, [(id, true)]);
    // Followed already: it is asked about.
    app.press("f").press("enter");
    assert!(app.screen().contains("Berhenti mengikutinya?"), "{}", app.screen());
    app.press("esc");
    assert_eq!(app.block_on(app.engine.topics()).unwrap().len(), 1);
}

/// Only what the article itself offers makes it an example; the name that is typed may be about something else.
#[test]
fn a_topic_that_is_typed_does_not_take_the_selected_article_for_an_example() {
    let mut app = demo((80, 24));
    app.press("f").type_text("Rusia-AS").press("enter");
    let topics = app.block_on(app.engine.topics()).unwrap();
    assert_eq!((topics[0].topic.name.as_str(), topics[0].topic.taught.as_slice()), ("Rusia-AS", [].as_slice()));
}

/// A view by a topic counts what has come once it is grouped; so does `topics`, which counts like the row in the source pane.
#[test]
fn a_view_by_a_topic_counts_what_comes_once_it_is_grouped() {
    let mut app = App::with_feed((150, 40), &feed("Banyak", 3));
    app.block_on(app.engine.follow_topic("Judul".to_owned(), Some("title:judul".to_owned()), Vec::new())).unwrap();
    let view = NewView { name: "Topikku".to_owned(), query: Query::parse("topic:judul").unwrap(), key: None };
    app.block_on(app.engine.save_view(None, view)).unwrap();
    let count = |app: &App, name: &str| app.model.sources.rows.iter().find(|row| row.name == name).map(|row| row.count);
    let folder = app.engine.paths().data.clone();
    for arrived in [3, 5] {
        std::fs::write(folder.join("feed.xml"), feed("Banyak", arrived)).unwrap();
        app.block_on(app.engine.poll(PollRequest { all: true, only: None })).unwrap();
        group(&mut app);
        assert_eq!(count(&app, "Topikku"), Some(arrived as u64), "{}", app.screen());
        assert_eq!(unread(&app, "Judul"), Some(arrived as u64));
    }
    // What is muted counts nowhere, and what has been read is not unread.
    let rows = app.block_on(app.engine.headlines(Query::everything(), Span::Top, 9)).unwrap().rows;
    app.block_on(app.engine.mark_only(vec![rows[0].id], Mark::Muted)).unwrap();
    app.block_on(app.engine.mark_only(vec![rows[1].id], Mark::Read)).unwrap();
    let (topics, places) = (app.block_on(app.engine.topics()).unwrap(), app.block_on(app.engine.topic_rows()).unwrap());
    assert_eq!((topics[0].articles, topics[0].unread), (4, 3));
    assert_eq!((places[0].articles, places[0].unread), (4, 3));
}

#[test]
fn why_says_which_topic_and_story_and_teaches_yes_and_no() {
    for size in [(80, 24), (40, 12), (200, 50)] {
        let mut app = demo(size);
        let follow = app.engine.follow_topic("Rusia-AS".to_owned(), None, Vec::new());
        app.block_on(follow).unwrap();
        app.block_on(app.engine.follow_topic("gempa".to_owned(), None, Vec::new())).unwrap();
        group(&mut app);
        app.press("E");
        select(&mut app, "Kremlin: Belum Ada");
        let id = app.model.list.current().unwrap().id;
        app.press("i");
        assert_eq!(update::contexts(&app.model)[0], Context::Why);
        let belongs = |app: &App, name: &str| {
            let Some(Popup::Why { explanation, .. }) = &app.model.popup else { panic!("{}", app.screen()) };
            explanation.topics.iter().find(|topic| topic.name == name).unwrap().membership.is_some()
        };
        assert!(belongs(&app, "Rusia-AS") && !belongs(&app, "gempa"));
        if size.1 >= 24 {
            for part in ["▸ #Rusia-AS · ", "% · mengabarkan", "Rusia", "Cerita", "artikel mengabarkan"] {
                assert!(app.screen().contains(part), "{part}\n{}", app.screen());
            }
        }
        // What it does not belong to comes last: yes, then no; then the first one is no longer in.
        app.press("tab");
        assert!(app.screen().contains("▸ #gempa · tidak termasuk"), "{}", app.screen());
        app.press("y");
        assert!(belongs(&app, "gempa"), "{}", app.screen());
        app.press("n");
        assert!(!belongs(&app, "gempa"), "{}", app.screen());
        app.press("tab").press("n");
        assert!(!belongs(&app, "Rusia-AS"), "{}", app.screen());
        assert!(app.screen().contains("kata Anda tidak termasuk"), "{}", app.screen());
        app.press("esc");
        group(&mut app);
        let topics = app.block_on(app.engine.topics_of(id)).unwrap();
        assert!(topics.is_empty(), "the user's word stands: {topics:?}");
    }
}

#[test]
fn an_answer_about_a_topic_is_undone_and_done_again_in_the_panel_and_from_the_list() {
    let mut app = demo((80, 24));
    app.block_on(app.engine.follow_topic("Rusia-AS".to_owned(), None, Vec::new())).unwrap();
    group(&mut app);
    app.press("E");
    select(&mut app, "Kremlin: Belum Ada");
    let id = app.model.list.current().unwrap().id;
    let topics = |app: &App| app.block_on(app.engine.topics_of(id)).unwrap();
    let by_itself = topics(&app);
    assert_eq!(by_itself.len(), 1);
    app.press("i").press("n");
    assert_eq!(topics(&app), []);
    // It is as it was at once, before the library is judged anew; and stays so then.
    app.press("u");
    assert!(matches!(app.model.popup, Some(Popup::Why { .. })) && topics(&app) == by_itself, "{}", app.screen());
    assert!(app.screen().contains("ditarik kembali"), "{}", app.screen());
    group(&mut app);
    assert_eq!(topics(&app), by_itself);
    // Yes and then no: each is a step of its own.
    app.press("y").press("n").press("esc").press("u");
    assert!(app.model.popup.is_none(), "nothing opens: {}", app.screen());
    assert_eq!(topics(&app)[0].1.why, kabar::model::topic::Why::Taught);
    app.press("u");
    assert_eq!(topics(&app), by_itself);
    app.press("ctrl-r").press("ctrl-r");
    assert_eq!(topics(&app), []);
    let topic = app.model.sources.topics[0].id;
    app.block_on(app.engine.unfollow(topic)).unwrap();
    app.settle();
    app.press("u");
    assert!(app.screen().contains("Tidak ada yang diurungkan"), "of a topic that is gone: {}", app.screen());
}

#[test]
fn a_story_is_listed_outlet_by_outlet_with_their_names() {
    for size in [(80, 24), (40, 12)] {
        let mut app = demo(size);
        first_story(&mut app);
        app.press("l");
        assert!(app.model.list.filter.story.is_some(), "{}", app.screen());
        let feeds: Vec<_> = app.model.list.rows.iter().map(|row| row.feed).collect();
        let mut outlets = feeds.clone();
        outlets.dedup();
        let all: std::collections::BTreeSet<_> = feeds.iter().collect();
        assert_eq!(outlets.len(), all.len(), "each outlet's articles stand together: {feeds:?}");
        let outlet: String = app.model.list.rows[0].feed_title.chars().take(9).collect();
        assert!(app.screen().contains(&outlet), "{outlet}\n{}", app.screen());
    }
}

/// The first row that stands for several articles, and their number.
fn first_story(app: &mut App) -> (EntryId, u32) {
    app.press("g g");
    for _ in 0..200 {
        let row = app.model.list.current().unwrap();
        if row.in_story > 1 {
            return (row.id, row.in_story);
        }
        app.press("j");
    }
    panic!("no story: {}", app.screen());
}

#[test]
fn a_story_opens_to_its_articles_and_closes_to_the_same_row() {
    for size in [(80, 24), (40, 12), (200, 50)] {
        let mut app = demo(size);
        app.press("2");
        let (id, size) = first_story(&mut app);
        let (offset, rows) = (app.model.list.offset, app.model.list.rows.len());
        for back in ["left", "esc"] {
            app.press("right");
            assert_eq!(app.model.list.rows.len(), size as usize, "{}", app.screen());
            app.press("G").press("m");
            app.press(back);
            let list = &app.model.list;
            assert_eq!((list.current().unwrap().id, list.offset, list.rows.len()), (id, offset, rows), "{back}");
            assert_eq!(app.model.focus, Focus::Headlines);
        }
        assert_eq!(app.model.list.filter.query().to_string(), "is:unread", "the chips are those from before");
    }
}

/// What the list of everything holds, an article a row or a story a row.
fn rows(app: &App, is_told_once: bool) -> Vec<Headline> {
    let (query, engine) = (Query::everything(), &app.engine);
    let window = if is_told_once {
        app.block_on(engine.told(query, Span::Top, 200))
    } else {
        app.block_on(engine.articles(query, Span::Top, 200))
    };
    window.unwrap().rows
}

#[test]
fn a_story_stands_where_its_newest_article_does() {
    let app = demo((80, 24));
    let (articles, told) = (rows(&app, false), rows(&app, true));
    let stories: Vec<&Headline> = told.iter().filter(|row| row.in_story > 1).collect();
    assert!(stories.len() > 5);
    for row in stories {
        let newest = articles.iter().find(|article| article.story == row.story).unwrap();
        assert_eq!(row.title, newest.title);
    }
}

#[test]
fn the_selection_stays_with_its_story_when_another_article_comes_to_stand_for_it() {
    let mut app = demo((80, 24));
    app.press("E");
    let articles = rows(&app, false);
    let oldest = articles.iter().rfind(|article| article.in_story > 1).unwrap();
    select(&mut app, &oldest.title);
    app.press("E");
    let current = app.model.list.current().unwrap();
    assert_eq!(current.story, oldest.story);
    assert_ne!(current.id, oldest.id);
}

#[test]
fn a_muted_article_does_not_hide_its_story() {
    let mut app = demo((80, 24));
    let (id, _) = first_story(&mut app);
    let told = |app: &App| app.block_on(app.engine.told(Query::everything(), Span::Top, 200)).unwrap().rows;
    let story = told(&app).into_iter().find(|row| row.id == id).unwrap().story;
    app.press("M");
    let rows = told(&app);
    assert!(rows.iter().all(|row| row.id != id));
    assert_eq!(rows.iter().filter(|row| row.story == story).count(), 1, "the next of its articles stands for it");
}

#[test]
fn the_heading_counts_articles_and_rows_and_every_article_can_have_its_own() {
    let mut app = demo((80, 24));
    let (articles, rows) = (app.model.list.count.unwrap(), app.model.list.listed.unwrap());
    assert!(rows < articles);
    assert!(app.screen().contains(&format!("· {articles} artikel dalam {rows} baris")), "{}", app.screen());
    app.press("G").press("g g");
    let loaded = app.model.list.rows.len() as u64;
    assert!(loaded == rows || !app.model.list.is_bottom, "{loaded} of {rows}");
    app.press("E");
    assert_eq!((app.model.list.count, app.model.list.listed), (Some(articles), Some(articles)), "{}", app.screen());
    assert!(app.screen().contains(&format!("· {articles} artikel")) && !app.screen().contains("baris ─"));
    app.restart();
    assert_eq!(app.model.list.listed, Some(articles), "what was switched is kept");
    app.press("E");
    assert_eq!(app.model.list.listed, Some(rows));
}

#[test]
fn an_article_is_taken_out_of_its_story_and_marked_rows_become_one_and_both_are_undone() {
    let mut app = demo((80, 24));
    let (id, size) = first_story(&mut app);
    let before = app.block_on(app.engine.stories(kabar::model::query::Query::everything(), None)).unwrap();
    app.press("right").press("G");
    let out = app.model.list.current().unwrap().id;
    app.press("X");
    assert_eq!(app.model.list.rows.len(), size as usize - 1, "{}", app.screen());
    app.press("left");
    assert!(app.model.list.rows.iter().any(|row| row.id == out || row.id == id), "{}", app.screen());
    app.press("u");
    let after = app.block_on(app.engine.stories(kabar::model::query::Query::everything(), None)).unwrap();
    assert_eq!(before, after, "taken back as if nothing had been");
    // Two rows become one story.
    let rows = app.model.list.listed.unwrap();
    app.press("g g").press("v").press("v").press("&");
    assert_eq!(app.model.list.listed, Some(rows - 1), "{}", app.screen());
    app.press("u");
    assert_eq!(app.model.list.listed, Some(rows));
    app.press("ctrl-r");
    assert_eq!(app.model.list.listed, Some(rows - 1));
    app.press("u");
    group(&mut app);
    let after = app.block_on(app.engine.stories(kabar::model::query::Query::everything(), None)).unwrap();
    assert_eq!(before, after);
    app.press("g g").press("&");
    assert!(app.screen().contains("Tandai dulu"), "{}", app.screen());
}

#[test]
fn a_topic_s_page_tells_day_by_day_who_tells_what_and_what_is_new() {
    for size in [(80, 24), (40, 12), (200, 50)] {
        let mut app = demo(size);
        app.press("g t");
        assert!(app.screen().contains("Ikuti dulu"), "{}", app.screen());
        app.block_on(app.engine.follow_topic("Rusia-AS".to_owned(), None, Vec::new())).unwrap();
        group(&mut app);
        app.press("g t");
        let Some(Popup::Topic { page: Some(page), .. }) = &app.model.popup else { panic!("{}", app.screen()) };
        assert!(page.looked.is_none());
        let story = page.stories.iter().find(|story| story.articles.len() > 2).unwrap();
        let outlets: std::collections::BTreeSet<_> = story.articles.iter().map(|told| &told.outlet).collect();
        let languages: std::collections::BTreeSet<_> = story.articles.iter().map(|told| &told.language).collect();
        assert!(outlets.len() > 2 && languages.len() > 2, "{story:?}");
        assert!(story.articles.iter().any(|told| told.only.is_some()), "{story:?}");
        for told in &story.articles {
            assert!(told.only.as_ref() != Some(&told.title));
        }
        assert!(app.screen().contains("untuk pertama") && app.screen().contains("#Rusia-AS"), "{}", app.screen());
        assert!(app.screen().contains("Nov 2024"), "{}", app.screen());
        app.press("pagedown").press("esc");
        assert!(app.model.popup.is_none());
        // Nothing has come since; Enter lists its articles.
        app.press("g t");
        assert!(app.screen().contains("0 baru sejak"), "{}", app.screen());
        app.press("enter");
        assert!(matches!(&app.model.list.filter.place, Place::Topic { name, .. } if name == "Rusia-AS"));
    }
}

#[test]
fn a_topic_s_page_is_there_at_once_and_has_the_keys_while_it_loads() {
    let mut app = demo((80, 24));
    app.block_on(app.engine.follow_topic("Rusia-AS".to_owned(), None, Vec::new())).unwrap();
    group(&mut app);
    let before = app.selected();
    let effects = update::run(&mut app.model, kabar::command::Command::TopicPage);
    assert!(matches!(app.model.popup, Some(Popup::Topic { page: None, .. })));
    assert!(app.screen().contains("#Rusia-AS") && app.screen().contains("Memuat"), "{}", app.screen());
    app.press("j s");
    let is_starred = app.model.list.current().unwrap().starred;
    assert!(app.selected() == before && !is_starred, "the list has no keys: {}", app.screen());
    // What was asked for first has come after all: it is this page.
    let topic = app.model.sources.topics[0].id;
    let page = app.block_on(app.engine.topic_page(topic)).unwrap().map(Box::new);
    let arrives = |page| kabar::tui::msg::Msg::Topic(kabar::tui::msg::TopicMsg::Page(topic, page));
    app.press_meanwhile(arrives(page.clone()), "up");
    assert!(app.screen().contains("untuk pertama"), "{}", app.screen());
    app.press("esc");
    app.press_meanwhile(arrives(page), "ctrl-l");
    assert!(app.model.popup.is_none() && app.model.exit.is_none(), "what was closed stays closed");
    assert_eq!(effects.len(), 1);
}

#[test]
fn what_many_tell_of_is_proposed_and_followed_with_enter() {
    let mut app = demo((80, 24));
    app.press("t");
    assert!(app.screen().contains("usulan"), "offered while nothing is followed: {}", app.screen());
    app.press("ctrl-g");
    assert!(app.screen().contains("Ramai dikabarkan"), "{}", app.screen());
    // The demo's news are old: nobody tells of anything today.
    assert!(app.screen().contains("Belum ada dua media"), "{}", app.screen());
    app.press("esc");
    let mut app = App::empty((80, 24));
    let now = kabar::platform::clock::now();
    for (nth, outlet) in ["Satu", "Dua", "Tiga"].into_iter().enumerate() {
        let text = "Gempa mengguncang Ambon pada hari Sabtu. Sebanyak 127 rumah rusak di Ambon, kata badan penanggulangan \
                    bencana, dan warga mengungsi ke tempat yang lebih tinggi sampai keadaan aman kembali.";
        let at = jiff::fmt::rfc2822::to_string(
            &(now - jiff::SignedDuration::from_mins(nth as i64)).to_zoned(jiff::tz::TimeZone::UTC),
        );
        let document = format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>{outlet}</title><language>id</language><item>\
             <guid>{outlet}</guid><title>Gempa mengguncang Ambon, kata {outlet}</title><pubDate>{}</pubDate>\
             <description>{text}</description></item></channel></rss>",
            at.unwrap()
        );
        let path = app.engine.paths().data.join(format!("{nth}.xml"));
        std::fs::write(&path, document).unwrap();
        app.block_on(app.engine.add(&path.to_string_lossy(), kabar::model::feed::Subscription::default())).unwrap();
    }
    group(&mut app);
    app.press("esc").press("ctrl-g");
    let Some(Popup::Picker(picker)) = &app.model.popup else { panic!("{}", app.screen()) };
    assert_eq!(picker.items.len(), 1, "{}", app.screen());
    assert!(app.screen().contains("3 media · 1 bahasa"), "{}", app.screen());
    let name = picker.items[0].label.clone();
    app.press("enter");
    group(&mut app);
    assert_eq!(unread(&app, &name), Some(3), "{}", app.screen());
}
