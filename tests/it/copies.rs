//! One article in several feeds, by its page or by its text: read once, listed once, and none of its sources lost.

use std::path::PathBuf;

use kabar::model::entry::{EntryId, Headline};
use kabar::model::feed::{FeedId, Subscription};
use kabar::model::query::Query;
use kabar::model::rule::{NewRule, RuleAct};
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

/// What an agency says, with this number in it.
fn agency(number: u32) -> String {
    format!(
        "Badan Geologi mencatat {number} gempa letusan di Gunung Lewotobi Laki-laki sejak Senin pagi. Warga di tujuh desa \
         sudah mengungsi ke posko di Maumere, dan bandara di Labuan Bajo masih ditutup karena abu vulkanik yang tebal, \
         kata juru bicara badan itu, Selasa."
    )
}

/// An item of an agency's text, under an address of its own.
fn wired(title: &str, link: &str, text: &str) -> String {
    item(title, link).replace("</item>", &format!("<description><![CDATA[{text}]]></description></item>"))
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
fn what_is_muted_by_hand_is_shown_by_no_other_feed() {
    let paper = three();
    let entry = paper.articles("putin")[0].id;
    let change = paper.mark(entry, Mark::Muted);
    assert_eq!((change.entries.len(), change.articles), (3, 1));
    assert_eq!((paper.articles("putin").len(), paper.articles("is:muted").len()), (0, 1));
    paper.check();
    paper.app.block_on(paper.app.engine.mark_only(change.entries, Mark::Unmuted)).unwrap();
    assert_eq!(paper.articles("putin").len(), 1);
    paper.mark(entry, Mark::Muted);
    paper.mark(entry, Mark::Unmuted);
    assert_eq!((paper.entries("putin").len(), paper.entries("is:muted").len()), (3, 0));
    paper.check();
}

#[test]
fn a_copy_of_what_the_user_has_muted_arrives_muted_and_one_of_what_a_rule_mutes_in_a_feed_does_not() {
    let paper = three();
    let rule = NewRule {
        name: "lain".to_owned(),
        query: Query::parse("title:dua").unwrap(),
        feed: Some(paper.feeds[0]),
        acts: vec![RuleAct::Mute],
    };
    paper.app.block_on(paper.app.engine.save_rule(rule)).unwrap();
    let both = ["satu", "dua"].map(|name| item(&format!("Kabar {name}"), &format!("https://contoh.id/2025/{name}")));
    paper.write("utama", &both);
    paper.poll();
    paper.mark(paper.articles("title:satu")[0].id, Mark::Muted);
    paper.write("lain", &both);
    paper.poll();
    assert_eq!((paper.entries("title:satu").len(), paper.entries("title:satu is:muted").len()), (0, 2));
    assert_eq!((paper.entries("title:dua").len(), paper.entries("title:dua is:muted").len()), (1, 1));
    paper.check();
    // It stays so when the feed is removed and comes back.
    let path = paper.file("lain").to_string_lossy().into_owned();
    paper.app.block_on(paper.app.engine.remove(paper.feeds[2])).unwrap();
    paper.app.block_on(paper.app.engine.add(&path, Subscription::default())).unwrap();
    assert_eq!((paper.entries("title:satu").len(), paper.entries("title:satu is:muted").len()), (0, 2));
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

/// Two papers and a magazine that carry an agency's text, each as it sets it.
fn wire() -> Paper {
    let shouted = format!("<p>{}</p>", agency(87).replace("Lewotobi", "<b>LEWOTOBI</b>").replace(", ", " \u{2014} "));
    Paper::new(&[
        ("tempo", Some("Koran"), &[wired("Lewotobi meletus", "https://tempo.example/1", &agency(87))]),
        ("republika", Some("Koran"), &[wired("LEWOTOBI  MELETUS", "https://republika.example/9", &shouted)]),
        ("majalah", None, &[wired("Lewotobi  Meletus", "https://majalah.example/a", &agency(87))]),
    ])
}

#[test]
fn a_text_that_feeds_carry_under_other_addresses_is_one_article() {
    let paper = wire();
    assert_eq!((paper.entries("").len(), paper.articles("").len()), (3, 1));
    assert_eq!(paper.articles("folder:Koran").len(), 1);
    assert_eq!(paper.articles("tag:politik lewotobi").len(), 1);
    assert_eq!(paper.articles("is:dup").len(), 1);
    let shown = paper.articles("")[0].id;
    let entry = paper.app.block_on(paper.app.engine.entry(shown)).unwrap().unwrap();
    assert_eq!((entry.headline.copies, entry.also_in), (2, vec!["republika".to_owned(), "majalah".to_owned()]));
    let change = paper.mark(shown, Mark::Read);
    assert_eq!((change.entries.len(), change.articles), (3, 1));
    assert!(paper.app.block_on(paper.app.engine.feeds()).unwrap().iter().all(|feed| feed.unread == 0));
    paper.check();
}

#[test]
fn a_text_that_was_read_arrives_read_under_another_address() {
    let paper = Paper::new(&[
        ("tempo", None, &[wired("Lewotobi meletus", "https://tempo.example/1", &agency(87))]),
        ("republika", None, &[]),
    ]);
    paper.mark(paper.entries("")[0].id, Mark::Read);
    paper.write("republika", &[wired("Lewotobi meletus", "https://republika.example/9", &agency(87))]);
    paper.poll();
    assert_eq!(paper.entries("").iter().map(|row| row.read).collect::<Vec<_>>(), [true, true]);
    paper.check();
}

#[test]
fn a_template_with_other_numbers_and_a_stub_are_no_copies() {
    let stub = "Baca berita selengkapnya di situs kami.";
    let paper = Paper::new(&[
        (
            "tempo",
            None,
            &[
                wired("Lewotobi meletus", "https://tempo.example/1", &agency(87)),
                wired("Foto hari ini", "https://tempo.example/2", stub),
            ],
        ),
        (
            "republika",
            None,
            &[
                wired("Lewotobi meletus", "https://republika.example/9", &agency(88)),
                wired("Foto hari ini", "https://republika.example/10", stub),
            ],
        ),
    ]);
    assert_eq!(paper.articles("").len(), 4);
    assert!(paper.articles("").iter().all(|row| row.copies == 0));
    paper.check();
}

#[test]
fn a_text_that_is_edited_leaves_its_copies_and_joins_those_that_follow_it() {
    let paper = wire();
    let edited = |link: &str| wired("Lewotobi meletus", link, &agency(91));
    paper.write("tempo", &[edited("https://tempo.example/1")]);
    paper.poll();
    let copies = |feed: usize| paper.articles(&format!("feed:{}", paper.feeds[feed]))[0].copies;
    assert_eq!([copies(0), copies(1), copies(2)], [0, 1, 1]);
    paper.check();
    paper.write("majalah", &[wired("Lewotobi  Meletus", "https://majalah.example/a", &agency(91))]);
    paper.poll();
    assert_eq!([copies(0), copies(1), copies(2)], [1, 0, 1]);
    assert_eq!(paper.articles("").len(), 2);
    paper.check();
}

#[test]
fn an_edited_text_stays_with_those_that_have_its_page() {
    let at = |link: &str, number: u32| wired("Lewotobi meletus", link, &agency(number));
    let paper = Paper::new(&[
        ("tempo", None, &[at("https://tempo.example/2024/1", 87)]),
        ("tempo lokal", None, &[at("https://m.tempo.example/2024/1", 87)]),
        ("republika", None, &[at("https://republika.example/9", 87)]),
    ]);
    assert_eq!(paper.articles("").len(), 1);
    paper.write("tempo", &[at("https://tempo.example/2024/1", 91)]);
    paper.poll();
    assert_eq!(paper.articles("").len(), 1, "the page of one and the text of the other lead to the second");
    paper.write("tempo lokal", &[at("https://m.tempo.example/2024/1", 91)]);
    paper.poll();
    let feeds = paper.articles("").iter().map(|row| (row.feed, row.copies)).collect::<Vec<_>>();
    assert!(feeds.contains(&(paper.feeds[0], 1)) && feeds.contains(&(paper.feeds[2], 0)), "{feeds:?}");
    paper.check();
}

#[test]
fn what_a_feed_itself_repeats_stays_two_articles() {
    let at = |link: &str| wired("Lewotobi meletus", link, &agency(87));
    let paper = Paper::new(&[
        ("tempo", None, &[at("https://tempo.example/1"), at("https://tempo.example/2")]),
        ("republika", None, &[at("https://republika.example/9")]),
    ]);
    assert_eq!((paper.entries("").len(), paper.articles("").len()), (3, 2));
    paper.check();
}

#[test]
fn a_text_that_comes_again_weeks_later_is_another_article() {
    let dated = |link: &str, date: &str| {
        wired("Lewotobi meletus", link, &agency(87)).replace("</item>", &format!("<pubDate>{date}</pubDate></item>"))
    };
    let paper = Paper::new(&[
        ("tempo", None, &[dated("https://tempo.example/1", "Mon, 04 Nov 2024 08:00:00 +0700")]),
        ("republika", None, &[dated("https://republika.example/9", "Sat, 09 Nov 2024 08:00:00 +0700")]),
        ("majalah", None, &[dated("https://majalah.example/a", "Mon, 02 Dec 2024 08:00:00 +0700")]),
    ]);
    assert_eq!(paper.articles("").iter().map(|row| row.copies).sum::<u32>(), 1);
    assert_eq!(paper.articles("").len(), 2);
    paper.check();
}

#[test]
fn a_page_of_several_articles_still_has_texts_that_are_copies() {
    let live = |title: &str, text: &str| wired(title, "https://contoh.id/langsung/2024", text);
    let paper = Paper::new(&[
        ("satu", None, &[live("Lewotobi meletus", &agency(87))]),
        ("dua", None, &[live("Lewotobi meletus", &agency(87))]),
        ("tiga", None, &[live("Lewotobi meletus lagi", &agency(90))]),
    ]);
    assert_eq!(paper.articles("").len(), 1);
    // The page turns out to be no article's; two of the texts are still the same.
    paper.write("satu", &[live("Hari kedua", &agency(99)), live("Lewotobi meletus", &agency(87))]);
    paper.poll();
    assert_eq!(paper.articles("").len(), 3);
    assert_eq!(paper.articles(&format!("feed:{}", paper.feeds[1]))[0].copies, 1);
    paper.check();
}

#[test]
fn a_text_leaves_its_feed_and_the_other_shows_it() {
    let paper = wire();
    paper.app.block_on(paper.app.engine.remove(paper.feeds[0])).unwrap();
    let rows = paper.articles("");
    assert_eq!(rows.iter().map(|row| (row.feed, row.copies)).collect::<Vec<_>>(), [(paper.feeds[1], 1)]);
    paper.check();
}
