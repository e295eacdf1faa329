//! Counts are kept along with every change. Whatever happens, in whatever order, they equal a count of everything.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use kabar::config::Config;
use kabar::engine::{Engine, PollRequest};
use kabar::model::entry::{EntryId, Headline};
use kabar::model::feed::{FeedId, Subscription};
use kabar::model::query::Query;
use kabar::model::rule::{NewRule, RuleAct};
use kabar::store::{Mark, Span};
use proptest::prelude::*;
use proptest::test_runner::{Config as Cases, FileFailurePersistence, TestRunner};
use tokio::runtime::Runtime;

use crate::app::paths;
use crate::cli_program::keep_unread;

const FEEDS: usize = 3;
const TAGS: [&str; 4] = ["Politik", "politik", "Rusia-AS", "baca nanti"];
/// The number of an article that feeds have from an agency: under addresses of their own, the same word for word.
const WIRED: usize = 3;
const WIRE: &str = "Menteri menyatakan harga beras akan turun bulan depan setelah panen raya di tiga provinsi, dan meminta \
    warga tidak menimbun. Pedagang di pasar induk menyebut pasokan mulai pulih sejak pekan lalu, walau ongkos angkut naik.";
const FOLDER: &str = "Bersama";
const QUERIES: [&str; 15] = [
    "",
    "folder:Bersama",
    "folder:Bersama unread",
    "folder:Bersama starred",
    "feed:0.xml unread",
    "tag:politik unread",
    "is:muted",
    "is:muted OR tag:politik",
    "folder:Bersama unread tag:politik",
    "unread",
    "starred",
    "tag:politik",
    "-tag:rusia-as",
    "feed:0.xml",
    "\"isi 2\" OR tag:baca-nanti",
];

/// Something that a reader or a publisher does. Numbers choose among what is there.
#[derive(Debug, Clone)]
enum Act {
    /// The feed's document has these items from now on, and is fetched.
    Publish {
        feed: usize,
        items: Vec<Item>,
    },
    Mark {
        rows: Vec<usize>,
        mark: Mark,
    },
    MarkAll {
        query: usize,
        up_to: Option<usize>,
        mark: Mark,
    },
    Tag {
        rows: Vec<usize>,
        tag: usize,
        is_added: bool,
    },
    TagAll {
        query: usize,
        tag: usize,
        is_added: bool,
    },
    Edit {
        feed: usize,
        tags: Vec<usize>,
        is_muted: bool,
    },
    Unsubscribe(usize),
    Subscribe(usize),
}

#[derive(Debug, Clone)]
struct Item {
    number: usize,
    version: usize,
    has_guid: bool,
    tags: Vec<usize>,
}

fn mark() -> impl Strategy<Value = Mark> {
    prop_oneof![
        Just(Mark::Read),
        Just(Mark::Unread),
        Just(Mark::Starred),
        Just(Mark::Unstarred),
        Just(Mark::Muted),
        Just(Mark::Unmuted)
    ]
}

fn item() -> impl Strategy<Value = Item> {
    let tags = prop::collection::vec(0..TAGS.len(), 0..4);
    (0..6_usize, 0..3_usize, any::<bool>(), tags).prop_map(|(number, version, has_guid, tags)| Item {
        number,
        version,
        has_guid,
        tags,
    })
}

fn act() -> impl Strategy<Value = Act> {
    let rows = || prop::collection::vec(0..20_usize, 0..5);
    prop_oneof![
        4 => (0..FEEDS, prop::collection::vec(item(), 0..7)).prop_map(|(feed, items)| Act::Publish { feed, items }),
        3 => (rows(), mark()).prop_map(|(rows, mark)| Act::Mark { rows, mark }),
        2 => (0..QUERIES.len(), prop::option::of(0..20_usize), mark())
            .prop_map(|(query, up_to, mark)| Act::MarkAll { query, up_to, mark }),
        3 => (rows(), 0..TAGS.len(), any::<bool>()).prop_map(|(rows, tag, is_added)| Act::Tag { rows, tag, is_added }),
        1 => (0..QUERIES.len(), 0..TAGS.len(), any::<bool>())
            .prop_map(|(query, tag, is_added)| Act::TagAll { query, tag, is_added }),
        2 => (0..FEEDS, prop::collection::vec(0..TAGS.len(), 0..3), any::<bool>())
            .prop_map(|(feed, tags, is_muted)| Act::Edit { feed, tags, is_muted }),
        1 => (0..FEEDS).prop_map(Act::Unsubscribe),
        2 => (0..FEEDS).prop_map(Act::Subscribe),
    ]
}

struct World {
    engine: Engine,
    folder: tempfile::TempDir,
}

impl World {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let world = Self { engine: Engine::open(&paths(folder.path()), Config::default()).unwrap(), folder };
        keep_unread(&world.engine.paths().data.join("kabar.db"));
        for feed in 0..FEEDS {
            world.write(feed, &[]);
            world.subscribe(feed).await;
        }
        let acts = vec![RuleAct::Tag("Dari aturan".to_owned()), RuleAct::Read];
        world.rule("tag:politik -tag:baca-nanti", acts).await;
        world.rule("\"isi 2\"", vec![RuleAct::Star, RuleAct::Mute]).await;
        world
    }

    async fn rule(&self, query: &str, acts: Vec<RuleAct>) {
        let rule = NewRule { name: query.to_owned(), query: Query::parse(query).unwrap(), feed: None, acts };
        self.engine.save_rule(rule).await.unwrap();
    }

    fn file(&self, feed: usize) -> PathBuf {
        self.folder.path().join(format!("{feed}.xml"))
    }

    fn write(&self, feed: usize, items: &[Item]) {
        let mut text = format!("<rss version=\"2.0\"><channel><title>Umpan {feed}</title>");
        for Item { number, version, has_guid, tags } in items {
            // The first articles are those of every feed, under its own form of their address.
            let link = match number {
                0..3 => format!("https://www.contoh.id/2024/{number}?utm_source={feed}"),
                _ => format!("https://{feed}.example/{number}"),
            };
            write!(text, "<item><title>Judul {number}</title><link>{link}</link>").unwrap();
            if *has_guid || *number == WIRED {
                write!(text, "<guid>urn:{number}</guid>").unwrap();
            }
            for tag in tags {
                write!(text, "<category>{}</category>", TAGS[*tag]).unwrap();
            }
            let body = if *number == WIRED { format!("{WIRE} Isi {version}.") } else { format!("Isi {version}") };
            write!(text, "<description>{body}</description></item>").unwrap();
        }
        text.push_str("</channel></rss>");
        std::fs::write(self.file(feed), text).unwrap();
    }

    async fn subscribe(&self, feed: usize) {
        let subscription = Subscription { folder: (feed > 0).then(|| FOLDER.to_owned()), ..Subscription::default() };
        self.engine.add(&self.file(feed).to_string_lossy(), subscription).await.unwrap();
    }

    async fn feed(&self, feed: usize) -> Option<FeedId> {
        let ending = format!("/{feed}.xml");
        self.engine.feeds().await.unwrap().into_iter().find(|known| known.url.ends_with(&ending)).map(|feed| feed.id)
    }

    /// The ids of these rows of the list, counted around.
    async fn ids(&self, rows: &[usize]) -> Vec<EntryId> {
        let all = self.engine.headlines(Query::everything(), Span::Top, 1000).await.unwrap().rows;
        if all.is_empty() {
            return Vec::new();
        }
        rows.iter().map(|row| all[row % all.len()].id).collect()
    }

    async fn take(&self, act: Act) {
        let engine = &self.engine;
        match act {
            Act::Publish { feed, items } => {
                self.write(feed, &items);
                if let Some(id) = self.feed(feed).await {
                    engine.poll(PollRequest { all: true, only: Some(vec![id]) }).await.unwrap();
                }
            }
            Act::Mark { rows, mark } => drop(engine.mark(self.ids(&rows).await, mark).await.unwrap()),
            Act::MarkAll { query, up_to, mark } => {
                let up_to = self.ids(up_to.as_slice()).await.pop();
                engine.mark_all(Query::parse(QUERIES[query]).unwrap(), up_to, mark).await.unwrap();
            }
            Act::Tag { rows, tag, is_added } => {
                engine.edit_tag(self.ids(&rows).await, TAGS[tag].to_owned(), is_added).await.unwrap();
            }
            Act::TagAll { query, tag, is_added } => {
                let query = Query::parse(QUERIES[query]).unwrap();
                engine.edit_tag_all(query, TAGS[tag].to_owned(), is_added).await.unwrap();
            }
            Act::Edit { feed, tags, is_muted } => {
                if let Some(id) = self.feed(feed).await {
                    let tags = tags.into_iter().map(|tag| TAGS[tag].to_owned()).collect();
                    let folder = (feed == 1 || !is_muted).then(|| FOLDER.to_owned());
                    let subscription = Subscription { tags, folder, muted: is_muted, ..Subscription::default() };
                    engine.edit_feed(id, None, subscription).await.unwrap();
                }
            }
            Act::Unsubscribe(feed) => {
                if let Some(id) = self.feed(feed).await {
                    engine.remove(id).await.unwrap();
                }
            }
            Act::Subscribe(feed) => self.subscribe(feed).await,
        }
    }

    /// What is wrong: counts that are off, or lists that are not as long as their count says.
    async fn faults(&self) -> Vec<String> {
        self.engine.settle(|_| {}).await.unwrap();
        let mut faults = self.engine.check_store().await.unwrap();
        let everything = Query::parse("is:muted OR -is:muted").unwrap();
        faults.extend(apart(&self.engine.headlines(everything, Span::Top, 1000).await.unwrap().rows));
        for text in QUERIES {
            let query = Query::parse(text).unwrap();
            let counted = self.engine.count(query.clone()).await.unwrap();
            let entries = self.engine.headlines(query.clone(), Span::Top, 1000).await.unwrap().rows;
            if counted != entries.len() as u64 {
                faults.push(format!("`{text}` lists {} and counts {counted}", entries.len()));
            }
            let counted = self.engine.count_articles(query.clone()).await.unwrap();
            let articles = self.engine.articles(query, Span::Top, 1000).await.unwrap().rows;
            if counted != articles.len() as u64 || counted != once(&entries) {
                let once = once(&entries);
                let listed = articles.len();
                faults.push(format!("`{text}` lists {listed} articles of {once} and counts {counted}"));
            }
        }
        for tag in self.engine.tags().await.unwrap() {
            let query = Query::Tag(tag.name.clone());
            let listed = self.engine.articles(query.clone(), Span::Top, 1000).await.unwrap().rows;
            let unread = query.and(Query::parse("unread").unwrap());
            let unread = self.engine.articles(unread, Span::Top, 1000).await.unwrap().rows.len() as u64;
            if (tag.articles, tag.unread) != (listed.len() as u64, unread) {
                faults.push(format!("{tag:?} lists {} of which {unread} unread", listed.len()));
            }
        }
        let feeds = self.engine.feeds().await.unwrap();
        let shared = feeds.iter().filter(|feed| feed.subscription.folder.is_some() && !feed.subscription.muted);
        let added_up = shared.map(|feed| feed.unread).sum::<u64>();
        let surplus = self.engine.overlaps().await.unwrap().folders.get(FOLDER).map_or(0, |surplus| surplus.unread);
        let query = Query::parse("folder:Bersama unread").unwrap();
        let listed = self.engine.articles(query.clone(), Span::Top, 1000).await.unwrap().rows.len();
        // What was starred in a feed that has been unsubscribed is listed, but no feed counts it.
        let entries = self.engine.headlines(query, Span::Top, 1000).await.unwrap().rows;
        let are_subscribed = entries.iter().all(|row| feeds.iter().any(|feed| feed.id == row.feed));
        if are_subscribed && added_up - surplus != listed as u64 {
            faults.push(format!("the folder lists {listed} unread and counts {added_up} less {surplus}"));
        }
        faults
    }
}

/// How many articles these entries are: the copies of one share its address or its text.
fn once(entries: &[Headline]) -> u64 {
    let page = |row: &Headline| row.url.as_deref().unwrap_or_default().split('?').next().unwrap_or_default().to_owned();
    let name = |row: &Headline| if is_wired(row) { row.summary.clone() } else { page(row) };
    let (copied, single): (Vec<_>, Vec<_>) = entries.iter().partition(|row| row.copies > 0);
    (single.len() + copied.into_iter().map(name).collect::<BTreeSet<_>>().len()) as u64
}

fn is_wired(row: &Headline) -> bool {
    row.title == format!("Judul {WIRED}")
}

/// Entries of an agency's text that do not know of each other.
fn apart(entries: &[Headline]) -> Vec<String> {
    let wired = || entries.iter().filter(|row| is_wired(row));
    let are_same = |row: &Headline| wired().filter(|other| other.summary == row.summary).count() as u32;
    wired()
        .filter(|row| row.copies + 1 != are_same(row))
        .map(|row| format!("{} has {} copies of {}", row.id.0, row.copies, are_same(row) - 1))
        .collect()
}

#[test]
fn counts_are_right_whatever_happens() {
    let runtime = Runtime::new().unwrap();
    let cases = Cases {
        cases: 40,
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        max_shrink_iters: 300,
        ..Cases::default()
    };
    let result = TestRunner::new(cases).run(&prop::collection::vec(act(), 1..25), |acts| {
        runtime.block_on(async {
            let world = World::new().await;
            for (n, act) in acts.into_iter().enumerate() {
                let shown = format!("{act:?}");
                world.take(act).await;
                let faults = world.faults().await;
                prop_assert!(faults.is_empty(), "after act {}, {shown}: {faults:#?}", n + 1);
            }
            Ok(())
        })
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}
