//! The account of a feed's documents: every item accounted for, and feeds that roll past between two polls told.

use std::fmt::Write as _;

use jiff::SignedDuration;
use kabar::engine::{PollReport, PollRequest};
use kabar::model::feed::{FeedId, Subscription};
use kabar::model::ledger::{Dropped, Ledger};
use kabar::platform::clock;

use crate::app::App;

/// A feed in a file, whose items are minutes apart.
struct Fast {
    app: App,
    feed: FeedId,
}

fn items(numbers: std::ops::Range<i64>, guid: &str) -> String {
    let start = clock::now() - SignedDuration::from_hours(2);
    let mut text = String::new();
    for n in numbers.rev() {
        let date = (start + SignedDuration::from_mins(2 * n)).strftime("%a, %d %b %Y %H:%M:%S GMT");
        let link = format!("https://a.example/2024/{n}");
        write!(
            text,
            "<item><title>Judul {n}</title><link>{link}</link><guid>{guid}{n}</guid><pubDate>{date}</pubDate></item>"
        )
        .unwrap();
    }
    text
}

impl Fast {
    fn new(items: &str) -> Self {
        let app = App::empty((100, 30));
        let path = app.engine.paths().data.join("feed.xml");
        let fast = Self { app, feed: FeedId(0) };
        fast.write(items);
        let added = fast.app.block_on(fast.app.engine.add(&path.to_string_lossy(), Subscription::default())).unwrap();
        Self { feed: added.feed, ..fast }
    }

    fn write(&self, items: &str) {
        let text = format!("<rss version=\"2.0\"><channel><title>Cepat</title>{items}</channel></rss>");
        std::fs::write(self.app.engine.paths().data.join("feed.xml"), text).unwrap();
    }

    fn publish(&self, items: &str) -> PollReport {
        self.write(items);
        self.app.block_on(self.app.engine.poll(PollRequest { all: true, only: None })).unwrap()
    }

    fn interval(&self) -> Option<u32> {
        self.app.block_on(self.app.engine.feeds()).unwrap()[0].subscription.interval
    }
}

#[test]
fn every_item_of_a_document_is_accounted_for() {
    let fast = Fast::new(&items(0..4, "g"));
    let edited = items(0..6, "g").replace("Judul 3<", "Judul 3, diperbarui<");
    let report = fast.publish(&format!("{edited}{}<item><guid>kosong</guid></item>", items(5..6, "g")));
    let dropped = Dropped { repeated: 1, empty: 1, ..Dropped::default() };
    assert_eq!(report.ledger, Ledger { items: 8, new: 2, changed: 1, known: 3, dropped });
    assert!(report.ledger.is_balanced());
    let account = &fast.app.block_on(fast.app.engine.accounts()).unwrap()[&fast.feed];
    assert_eq!((account.last, account.sum.items, account.sum.new, account.gap), (report.ledger, 12, 6, None));
    assert!(account.sum.is_balanced());
}

#[test]
fn a_feed_that_rolls_past_is_asked_as_soon_as_the_usual_interval_allows() {
    let fast = Fast::new(&items(0..10, "g"));
    let wait = || {
        let feed = fast.app.block_on(fast.app.engine.feeds()).unwrap().remove(0);
        feed.fetch.next_attempt.unwrap().duration_since(clock::now()).as_mins()
    };
    fast.publish(&items(1..11, "g"));
    assert!(wait() > 10 * 60, "ten articles a week: {} min", wait());
    fast.publish(&items(20..30, "g"));
    assert!((59..=65).contains(&wait()), "{} min", wait());
    fast.publish(&items(20..30, "g"));
    assert!((59..=65).contains(&wait()), "nothing new: {} min", wait());
    fast.publish(&items(20..31, "g"));
    assert!((59..=65).contains(&wait()), "one new: {} min", wait());
    assert_eq!(fast.interval(), None, "what the user sets is the user's");
}

#[test]
fn a_feed_that_rolls_past_is_noticed_and_one_that_only_changes_is_not() {
    for (what, next, gaps) in [
        ("it has rolled past", items(20..30, "g"), 1),
        ("it has rolled past one that is pinned", format!("{}{}", items(3..4, "g"), items(20..29, "g")), 1),
        ("one article is still there", items(9..19, "g"), 0),
        ("the newest is pinned", format!("{}{}", items(9..10, "g"), items(20..29, "g")), 0),
        ("new guids", items(0..10, "lain"), 0),
        ("few new articles", items(20..23, "g"), 0),
    ] {
        let fast = Fast::new(&items(0..10, "g"));
        let report = fast.publish(&next);
        assert_eq!(report.gaps, gaps, "{what}");
        assert_eq!(fast.app.block_on(fast.app.engine.gaps()).unwrap().len(), gaps, "{what}");
    }
}

#[test]
fn a_shorter_interval_is_offered_and_accepted_with_one_key() {
    let mut fast = Fast::new(&items(0..10, "g"));
    fast.publish(&items(20..30, "g"));
    fast.app.press("esc R tab tab end");
    let screen = fast.app.screen();
    assert!(screen.contains("» Cepat") && screen.contains("P lebih sering"), "{screen}");
    fast.app.press("e");
    assert!(fast.app.screen().contains("tiap 5m tidak akan"), "{}", fast.app.screen());
    fast.app.press("esc P");
    assert_eq!(fast.interval(), Some(300));
    assert!(!fast.app.screen().contains("» Cepat"), "{}", fast.app.screen());
    fast.app.press("P");
    assert_eq!(fast.interval(), Some(300));
}
