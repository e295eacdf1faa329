//! Lists by words in the order of time, when ids say little about it: every window has the rows that belong in it.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp, Zoned};
use kabar::model::entry::{Draft, EntryId, Headline};
use kabar::model::feed::{FeedFacts, FeedId, Subscription};
use kabar::model::ledger::Dropped;
use kabar::model::query::Query;
use kabar::model::schedule::{Next, Why};
use kabar::model::terms::{Fed, Indexed};
use kabar::store::{Entered, FetchRecord, Ingest, Item, Mark, NewFeed, Span, Store};
use proptest::prelude::*;
use proptest::test_runner::{Config as Cases, TestCaseError, TestRunner};
use tokio::runtime::Runtime;

/// Several zones of the store.
const BATCHES: usize = 8;
const BATCH: usize = 700;
const SIZE: usize = BATCHES * BATCH;

/// What an article says, by its number: everything from a word of all to a word of one.
fn says(number: usize) -> String {
    let words = [("semua", 1), ("kerap", 3), ("cukup", 40), ("jarang", 500), ("sekali", SIZE)]
        .into_iter()
        .filter(|(_, every)| number.is_multiple_of(*every));
    let mut words: Vec<&str> = words.map(|(word, _)| word).collect();
    if number / 1500 == 1 {
        words.push("dahulu");
    }
    words.join(" ")
}

struct World {
    runtime: Runtime,
    store: Store,
    /// The articles as they should be listed, with what they say.
    rows: Vec<(Headline, String)>,
    _folder: tempfile::TempDir,
}

fn now() -> Zoned {
    "2026-11-26T12:00:00+00:00[UTC]".parse().unwrap()
}

/// The time of an article: by and large as ids grow, or against them, or any, and some at the same second.
fn at(number: usize, order: usize, seed: usize) -> Timestamp {
    let scattered = number.wrapping_mul(2_654_435_761).wrapping_add(seed) % SIZE;
    let place = match order {
        0 => number,
        1 => SIZE - number,
        2 => scattered,
        // What is long gone comes along with the news.
        _ if number.is_multiple_of(10) => scattered,
        _ => number,
    };
    now().timestamp() - SignedDuration::from_secs(3600 + (SIZE - place) as i64 / 3 * 60)
}

impl World {
    fn new(order: usize, seed: usize) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("kabar.db")).unwrap();
        let rows = runtime.block_on(fill(&store, order, seed));
        Self { runtime, store, rows, _folder: folder }
    }

    fn window(&self, query: &str, span: Span, limit: u32) -> (Vec<EntryId>, Option<(Headline, Headline)>, bool) {
        let query = Query::parse(query).unwrap();
        let window = self.runtime.block_on(self.store.headlines(query, span, limit, now())).unwrap();
        let ends = window.rows.first().cloned().zip(window.rows.last().cloned());
        (window.rows.iter().map(|row| row.id).collect(), ends, window.is_last)
    }
}

async fn fill(store: &Store, order: usize, seed: usize) -> Vec<(Headline, String)> {
    let feeds = (0..BATCHES).map(|n| NewFeed {
        url: format!("https://{n}.example/feed"),
        subscription: Subscription::default(),
        title: format!("Umpan {n}"),
    });
    let feeds = store.subscribe(feeds.collect()).await.unwrap();
    let end = now().timestamp();
    for (batch, feed) in feeds.iter().enumerate() {
        let items = (0..BATCH).map(|n| item(batch * BATCH + n, at(batch * BATCH + n, order, seed)));
        let ingest = Ingest {
            record: record(feed.0, end),
            facts: FeedFacts::default(),
            items: items.collect(),
            dropped: Dropped::default(),
        };
        let new = store.ingest(ingest).await.unwrap().new;
        let at = kabar::platform::clock::now();
        store.mark(new.iter().step_by(4).copied().collect(), Mark::Read, at).await.unwrap();
        store.mark(new.iter().skip(1).step_by(90).copied().collect(), Mark::Starred, at).await.unwrap();
    }
    while let items = store.to_index(1000).await.unwrap()
        && !items.is_empty()
    {
        let done = items.into_iter().map(|item| {
            let title = &item.text.as_ref().unwrap().title;
            let surface = says(title.rsplit(' ').next().unwrap().parse().unwrap());
            let indexed = Indexed { body: Fed { surface, stems: String::new() }, ..Indexed::default() };
            (item, Some(Entered { indexed, language: "id".to_owned(), words: 2, ..Entered::default() }))
        });
        store.index(done.collect(), end).await.unwrap();
    }
    let window = store.headlines(Query::everything(), Span::Top, SIZE as u32 + 1, now()).await.unwrap();
    assert_eq!(window.rows.len(), SIZE);
    let number = |row: &Headline| row.title.rsplit(' ').next().unwrap().parse().unwrap();
    window.rows.into_iter().map(|row| (row.clone(), says(number(&row)))).collect()
}

fn item(number: usize, published: Timestamp) -> Item {
    let draft = Draft {
        guid: Some(format!("urn:{number}")),
        title: format!("Judul {number}"),
        published: Some(published),
        content: Some(format!("<p>Isi {number}.</p>")),
        categories: if number.is_multiple_of(7) { vec!["Tujuh".to_owned()] } else { Vec::new() },
        ..Draft::default()
    };
    Item::new(draft, String::new())
}

fn record(feed: FeedId, at: Timestamp) -> FetchRecord {
    FetchRecord::new(feed, at, Next { at, earliest: at, why: Why::Rhythm })
}

/// A query by words, and what it means.
type Meaning = fn(&Headline, &BTreeSet<&str>) -> bool;
const QUERIES: [(&str, Meaning); 14] = [
    ("semua", |_, says| says.contains("semua")),
    ("kerap", |_, says| says.contains("kerap")),
    ("cukup", |_, says| says.contains("cukup")),
    ("jarang", |_, says| says.contains("jarang")),
    ("sekali", |_, says| says.contains("sekali")),
    ("dahulu", |_, says| says.contains("dahulu")),
    ("tidakada", |_, _| false),
    ("kerap cukup", |_, says| says.contains("kerap") && says.contains("cukup")),
    ("semua -kerap unread", |row, says| !says.contains("kerap") && !row.read),
    ("dahul* OR sekali", |_, says| says.contains("dahulu") || says.contains("sekali")),
    ("kera*", |_, says| says.contains("kerap")),
    ("semua starred", |row, _| row.starred),
    ("semua tag:tujuh feed:2", |row, _| row.feed.0 == 2 && !row.tags.is_empty()),
    ("kerap newer:2026-11-25 older:2026-11-26", |row, says| {
        let day = ("2026-11-25T00:00:00Z".parse().unwrap(), "2026-11-26T00:00:00Z".parse().unwrap());
        says.contains("kerap") && row.at >= day.0 && row.at < day.1
    }),
];

fn check(world: &World, (text, meaning): (&str, Meaning), limit: u32) -> Result<(), TestCaseError> {
    let expected: Vec<EntryId> = world
        .rows
        .iter()
        .filter(|(row, says)| meaning(row, &says.split(' ').collect()))
        .map(|(row, _)| row.id)
        .collect();
    for is_down in [true, false] {
        let (mut found, mut span) = (Vec::new(), if is_down { Span::Top } else { Span::Bottom });
        loop {
            let (ids, ends, is_last) = world.window(text, span, limit);
            prop_assert!(ids.len() <= limit as usize);
            if is_down {
                found.extend(ids);
            } else {
                found.splice(0..0, ids).for_each(drop);
            }
            let Some((first, last)) = ends.filter(|_| !is_last) else { break };
            span = if is_down { Span::After(last.key()) } else { Span::Before(first.key()) };
        }
        prop_assert_eq!(&found, &expected, "`{}` in windows of {}, down: {}", text, limit, is_down);
    }
    if let Some((row, _)) = world.rows.iter().find(|(row, _)| Some(&row.id) == expected.get(expected.len() / 2)) {
        let (ids, ..) = world.window(text, Span::From(row.key()), limit);
        let from = expected.iter().skip(expected.len() / 2).take(limit as usize).copied().collect::<Vec<_>>();
        prop_assert_eq!(ids, from, "`{}` from the midst", text);
    }
    Ok(())
}

#[test]
fn every_window_of_a_search_has_the_rows_that_belong_in_it_whatever_order_they_came_in() {
    let cases = Cases { cases: 8, failure_persistence: None, max_shrink_iters: 0, ..Cases::default() };
    let strategy = (0_usize..4, 0_usize..1000, prop::sample::select(vec![7_u32, 60, 600]));
    let result = TestRunner::new(cases).run(&strategy, |(order, seed, limit)| {
        let world = World::new(order, seed);
        for query in QUERIES {
            // Windows of seven are many.
            let is_long = matches!(query.0, "semua" | "kerap" | "kera*" | "dahulu" | "semua -kerap unread");
            check(&world, query, if is_long { limit.max(200) } else { limit })?;
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}
