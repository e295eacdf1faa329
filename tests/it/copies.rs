//! One article in several feeds: read once, listed once, and none of its sources lost.

use std::path::PathBuf;

use kabar::model::entry::{EntryId, Headline};
use kabar::model::feed::{FeedId, Subscription};
use kabar::model::query::Query;
use kabar::store::{Mark, Span};

use crate::app::App;

/// Feeds of a paper that share an article, each under its own form of the address.
struct Paper {
    app: App,
    feeds: Vec<FeedId>,
}

fn item(title: &str, link: &str) -> String {
    format!(
        "<item><title>{title}</title><link>{link}</link><guid>{title} {link}</guid><category>Politik</category></item>"
    )
}

impl Paper {
    fn new(feeds: &[(&str, Option<&str>, &[String])]) -> Self {
        let app = App::empty((120, 30));
        let mut paper = Self { app, feeds: Vec::new() };
        for (name, folder, items) in feeds {
            paper.write(name, items);
            let subscription = Subscription { folder: folder.map(str::to_owned), ..Subscription::default() };
            let path = paper.file(name).to_string_lossy().into_owned();
            let added = paper.app.block_on(paper.app.engine.add(&path, subscription)).unwrap();
            paper.feeds.push(added.feed);
        }
        paper
    }

    fn file(&self, name: &str) -> PathBuf {
        self.app.engine.paths().data.join(format!("{name}.xml"))
    }

    fn write(&self, name: &str, items: &[String]) {
        let text = format!("<rss version=\"2.0\"><channel><title>{name}</title>{}</channel></rss>", items.concat());
        std::fs::write(self.file(name), text).unwrap();
    }

    fn poll(&self) {
        let request = kabar::engine::PollRequest { all: true, only: None };
        self.app.block_on(self.app.engine.poll(request)).unwrap();
    }

    fn articles(&self, query: &str) -> Vec<Headline> {
        self.app.block_on(self.app.engine.articles(Query::parse(query).unwrap(), Span::Top, 100)).unwrap().rows
    }

    fn entries(&self, query: &str) -> Vec<Headline> {
        self.app.block_on(self.app.engine.headlines(Query::parse(query).unwrap(), Span::Top, 100)).unwrap().rows
    }

    fn mark(&self, entry: EntryId, mark: Mark) -> kabar::store::Change {
        self.app.block_on(self.app.engine.mark(vec![entry], mark)).unwrap()
    }

    fn check(&self) {
        assert_eq!(self.app.block_on(self.app.engine.check_store()).unwrap(), [""; 0]);
    }
}

/// Three feeds; the first article is in all of them.
fn three() -> Paper {
    let shared = |form: &str| item("Putin siap", form);
    let own = |n: u32| item(&format!("Lain {n}"), &format!("https://contoh.id/2024/{n}"));
    Paper::new(&[
        ("utama", Some("Koran"), &[shared("https://contoh.id/2024/11/putin-siap"), own(1)]),
        ("dunia", Some("Koran"), &[shared("http://www.contoh.id/2024/11/putin-siap/?utm_source=rss"), own(2)]),
        ("lain", None, &[shared("https://m.contoh.id/2024/11/putin-siap#atas"), own(3)]),
    ])
}

#[test]
fn an_article_of_several_feeds_is_listed_once_and_all_of_it_by_feed() {
    let paper = three();
    assert_eq!((paper.entries("").len(), paper.articles("").len()), (6, 4));
    assert_eq!(paper.articles("folder:Koran").len(), 3);
    assert_eq!(paper.articles("tag:politik putin").len(), 1);
    for feed in &paper.feeds {
        let rows = paper.articles(&format!("feed:{feed}"));
        assert_eq!(rows.iter().map(|row| row.copies).sum::<u32>(), 2);
        assert_eq!(rows.len(), 2);
    }
    let shown = paper.articles("putin")[0].id;
    let entry = paper.app.block_on(paper.app.engine.entry(shown)).unwrap().unwrap();
    assert_eq!(
        (entry.headline.feed_title.as_str(), entry.also_in),
        ("utama", vec!["dunia".to_owned(), "lain".to_owned()])
    );
    paper.check();
}

#[test]
fn an_article_is_listed_wherever_one_of_its_feeds_is() {
    let paper = three();
    // Its first feed is muted: the next one shows it.
    let muted = Subscription { muted: true, ..Subscription::default() };
    paper.app.block_on(paper.app.engine.edit_feed(paper.feeds[0], None, muted)).unwrap();
    let rows = paper.articles("putin");
    assert_eq!(rows.iter().map(|row| row.feed).collect::<Vec<_>>(), [paper.feeds[1]]);
    paper.app.block_on(paper.app.engine.remove(paper.feeds[1])).unwrap();
    assert_eq!(paper.articles("putin")[0].feed, paper.feeds[2]);
    paper.check();
}

#[test]
fn what_is_read_in_one_feed_is_read_in_all_and_taken_back_in_all() {
    let paper = three();
    let entry = paper.articles("putin")[0].id;
    let change = paper.mark(entry, Mark::Read);
    assert_eq!((change.entries.len(), change.articles), (3, 1));
    assert_eq!((paper.articles("unread").len(), paper.entries("unread").len()), (3, 3));
    assert!(paper.app.block_on(paper.app.engine.feeds()).unwrap().iter().all(|feed| feed.unread == 1));
    paper.app.block_on(paper.app.engine.mark_only(change.entries, Mark::Unread)).unwrap();
    assert_eq!((paper.articles("unread").len(), paper.entries("unread").len()), (4, 6));
    paper.check();
}

#[test]
fn undoing_leaves_the_copies_that_were_read_before() {
    let paper = three();
    let copies: Vec<EntryId> = paper.entries("putin").iter().map(|row| row.id).collect();
    paper.app.block_on(paper.app.engine.mark_only(vec![copies[0]], Mark::Read)).unwrap();
    let change = paper.mark(copies[1], Mark::Read);
    assert_eq!(change.entries.len(), 2);
    paper.app.block_on(paper.app.engine.mark_only(change.entries, change.mark.inverse())).unwrap();
    let read: Vec<EntryId> = paper.entries("is:read").iter().map(|row| row.id).collect();
    assert_eq!(read, [copies[0]]);
    paper.check();
}

#[test]
fn an_article_that_was_read_arrives_read_in_another_feed() {
    let paper = Paper::new(&[
        ("utama", None, &[item("Putin siap", "https://contoh.id/2024/11/putin-siap")]),
        ("dunia", None, &[]),
    ]);
    paper.mark(paper.entries("")[0].id, Mark::Read);
    paper.write("dunia", &[item("Putin siap", "https://www.contoh.id/2024/11/putin-siap")]);
    paper.poll();
    assert_eq!(paper.entries("").iter().map(|row| row.read).collect::<Vec<_>>(), [true, true]);
    paper.check();
}

#[test]
fn pages_of_several_articles_make_no_copies() {
    // A status page: every item of both feeds has the same address.
    let status = |title: &str| item(title, "https://status.contoh.id/riwayat/2024");
    let weather = |title: &str| item(title, "https://contoh.id/cuaca");
    let paper = Paper::new(&[
        ("satu", None, &[status("Gangguan 1"), status("Gangguan 2"), weather("Cuaca Senin")]),
        ("dua", None, &[status("Gangguan 2"), weather("Cuaca Selasa")]),
    ]);
    assert_eq!(paper.articles("").len(), 5);
    assert!(paper.articles("").iter().all(|row| row.copies == 0));
    paper.check();
}

#[test]
fn a_page_that_turns_out_to_be_no_articles_stops_making_copies() {
    let live = |title: &str| item(title, "https://contoh.id/langsung/2024");
    let paper = Paper::new(&[("satu", None, &[live("Hari 1")]), ("dua", None, &[live("Hari 1")])]);
    assert_eq!(paper.articles("").len(), 1);
    paper.write("satu", &[live("Hari 2"), live("Hari 1")]);
    paper.poll();
    assert_eq!(paper.articles("").len(), 3);
    paper.check();
}

#[test]
fn the_interface_shows_an_article_once_with_its_sources() {
    let mut paper = three();
    paper.app.press("esc down down");
    let screen = paper.app.screen();
    assert_eq!(screen.matches("Putin siap").count(), 2, "once in the list, once as the open article:\n{screen}");
    assert!(screen.contains("utama +2") && screen.contains("juga di dunia, lain"), "{screen}");
    paper.app.press("enter");
    assert!(paper.entries("putin").iter().all(|row| row.read));
    paper.app.press("u");
    assert!(paper.entries("putin").iter().all(|row| !row.read));
}
