//! What lists cost, in steps of SQLite rather than in time: with many rows, no list reads more than its window.

use jiff::{Timestamp, Zoned};
use kabar::model::entry::{Draft, EntryId, RowKey};
use kabar::model::feed::{FeedFacts, FeedId, Subscription};
use kabar::model::ledger::Dropped;
use kabar::model::query::Query;
use kabar::model::schedule::{Next, Why};
use kabar::model::terms::{Fed, Indexed};
use kabar::store::{Asked, Entered, FetchRecord, Ingest, Item, Mark, NewFeed, Span, Store};
use tokio::runtime::Runtime;

/// Enough that a plan which reads everything would be chosen for its cost, were it wrong.
const ROWS: usize = 50_000;
const FEEDS: usize = 25;
const BATCH: usize = 1000;

struct Library {
    runtime: Runtime,
    store: Store,
    _folder: tempfile::TempDir,
}

impl Library {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("kabar.db")).unwrap();
        let library = Self { runtime, store, _folder: folder };
        library.fill();
        library
    }

    fn fill(&self) {
        let feeds = (0..FEEDS).map(|n| NewFeed {
            url: format!("https://{n}.example/feed"),
            subscription: Subscription { folder: Some(format!("Folder {}", n % 5)), ..Subscription::default() },
            title: format!("Umpan {n}"),
        });
        let feeds = self.runtime.block_on(self.store.subscribe(feeds.collect())).unwrap();
        let end: Timestamp = "2024-11-09T11:00:00Z".parse().unwrap();
        let mut number = 0;
        for batch in 0..ROWS / BATCH {
            let items = (0..BATCH).map(|_| {
                number += 1;
                item(number, end - jiff::SignedDuration::from_secs(60 * number as i64))
            });
            let record = record(feeds[batch % FEEDS].0, end);
            let ingest =
                Ingest { record, facts: FeedFacts::default(), items: items.collect(), dropped: Dropped::default() };
            let done = self.runtime.block_on(self.store.ingest(ingest)).unwrap();
            assert_eq!(done.new.len(), BATCH);
            let (read, starred) = (done.new.iter().step_by(3).copied(), done.new.iter().step_by(50).copied());
            self.runtime.block_on(self.store.mark(read.collect(), Mark::Read, now().timestamp())).unwrap();
            self.runtime.block_on(self.store.mark(starred.collect(), Mark::Starred, now().timestamp())).unwrap();
        }
    }

    /// Indexes the newest so many: every one says `umum`, one in fifty `jarang`.
    fn index(&self, count: u32) {
        let items = self.runtime.block_on(self.store.to_index(count)).unwrap();
        let done = items.into_iter().enumerate().map(|(n, item)| {
            let surface = match n % 50 {
                0 => "umum jarang",
                // Both, but not side by side.
                1 => "umum lain jarang",
                _ => "umum",
            };
            let body = Fed { surface: surface.to_owned(), stems: String::new() };
            let indexed = Indexed { body, ..Indexed::default() };
            (item, Some(Entered { indexed, language: "id".to_owned(), words: 2, ..Entered::default() }))
        });
        self.runtime.block_on(self.store.index(done.collect(), jiff::Timestamp::UNIX_EPOCH)).unwrap();
    }

    fn plan(&self, query: &str, span: Span) -> Vec<String> {
        self.runtime.block_on(self.store.explain(Query::parse(query).unwrap(), span, now())).unwrap()
    }

    /// The windows of a list: at its ends, and on both sides of a row in its midst.
    fn spans(&self, query: &str) -> [Span; 5] {
        let middle = self.middle(query);
        [Span::Top, Span::Bottom, Span::After(middle), Span::Before(middle), Span::From(middle)]
    }

    fn middle(&self, query: &str) -> RowKey {
        let query = Query::parse(query).unwrap();
        let window = self.runtime.block_on(self.store.headlines(query, Span::Top, 200, now())).unwrap();
        window.rows[window.rows.len() / 2].key()
    }
}

fn now() -> Zoned {
    "2024-11-09T12:00:00+00:00[UTC]".parse().unwrap()
}

fn item(number: usize, published: Timestamp) -> Item {
    let draft = Draft {
        guid: Some(format!("urn:{number}")),
        // Every tenth article is that of another feed too.
        url: Some(format!(
            "https://a.example/{}",
            if number % 1000 < 100 { number % 1000 + number / 2000 * 2000 } else { number }
        )),
        title: format!("Judul {number}"),
        published: Some(published),
        content: Some(format!("<p>Isi {number}.</p>")),
        categories: ["Politik", "Ekonomi", "Olahraga"][number % 3..]
            .iter()
            .map(|name| (*name).to_owned())
            .chain(number.is_multiple_of(500).then(|| "Jarang".to_owned()))
            .collect(),
        ..Draft::default()
    };
    Item::new(draft, format!("Isi {number}."))
}

fn record(feed: FeedId, at: Timestamp) -> FetchRecord {
    FetchRecord::new(feed, at, Next { at, earliest: at, why: Why::Rhythm })
}

/// The lists that the interface shows all the time.
const PLAIN: [&str; 15] = [
    "",
    "is:unread",
    "is:read",
    "starred",
    "feed:3",
    "feed:3 unread",
    "tag:politik",
    "tag:politik unread",
    "tag:politik -tag:jarang",
    "tag:politik tag:jarang",
    "tag:jarang starred",
    "newer:1d",
    "older:2024-11-01",
    "tag:politik newer:1d",
    "feed:3 newer:30d older:2024-11-08",
];
const FOLDERS: [&str; 2] = ["folder:\"Folder 1\"", "folder:\"Folder 1\" unread"];

#[test]
fn no_list_reads_more_than_its_window() {
    let library = Library::new();
    let queries = PLAIN.iter().chain(&FOLDERS);
    for (query, span) in queries.flat_map(|query| library.spans(query).map(|span| (*query, span))) {
        let plan = library.plan(query, span);
        let shown = format!("`{query}` {span:?}:\n{}", plan.join("\n"));
        for step in &plan {
            let step = step.trim_start();
            // What is walked in its order ends with the window; `k` is the window, and what else is gone through its row's tags and topics.
            let is_in_order = step.starts_with("SCAN s USING") && step.contains(" INDEX state_");
            let is_small = step == "SCAN k" || step.starts_with("SCAN (subquery-");
            assert!(!step.starts_with("SCAN") || is_in_order || is_small, "{step} in {shown}");
            assert!(!step.contains("AUTOMATIC"), "{step} in {shown}");
            assert!(!step.starts_with("SEARCH b ") && !step.contains("body"), "{step} reads bodies in {shown}");
        }
        // The ids of the window are found first; rows are fetched for those only.
        let end = plan.iter().position(|step| step == "SCAN k").unwrap_or_else(|| panic!("no window in {shown}"));
        let is_sorted = plan[..end].iter().any(|step| step.contains("TEMP B-TREE"));
        assert_eq!(is_sorted, FOLDERS.contains(&query), "{shown}");
    }
}

/// What came within a day, and what another feed had before, is gathered where it is little.
#[test]
fn what_is_new_or_a_copy_is_found_without_going_through_the_rest() {
    let library = Library::new();
    let later: Zoned = "2024-11-12T12:00:00+00:00[UTC]".parse().unwrap();
    let end: Timestamp = "2024-11-12T10:00:00Z".parse().unwrap();
    let long_ago = end - jiff::SignedDuration::from_hours(9000);
    let ingest = Ingest {
        record: record(FeedId(7), end),
        facts: FeedFacts::default(),
        items: (0..30).map(|n| item(ROWS + 1 + n, long_ago)).collect(),
        dropped: Dropped::default(),
    };
    let new = library.runtime.block_on(library.store.ingest(ingest)).unwrap().new;
    library.runtime.block_on(library.store.mark(new[..10].to_vec(), Mark::Read, now().timestamp())).unwrap();
    for (now, rows) in [(&later, 20), (&now(), 50)] {
        for span in [Span::Top, Span::Bottom] {
            let query = || Query::parse("is:new").unwrap();
            let window = library.runtime.block_on(library.store.headlines(query(), span, 50, now.clone())).unwrap();
            assert_eq!(window.rows.len(), rows, "{now} {span:?}");
            let steps = library.runtime.block_on(library.store.steps(query(), span, now.clone())).unwrap();
            assert!(steps < 40_000, "{now} {span:?}: {steps} steps");
        }
    }
    assert_eq!(library.runtime.block_on(library.store.check()).unwrap(), [""; 0]);
}

/// What came or was changed at some time is gathered where it is little, and where it is nothing hardly anything is met.
#[test]
fn what_arrived_or_was_changed_at_some_time_is_found_without_going_through_the_rest() {
    let library = Library::new();
    library.index(3000);
    let end: Timestamp = "2024-11-12T10:00:00Z".parse().unwrap();
    let long_ago = end - jiff::SignedDuration::from_hours(9000);
    let ingest = |items: Vec<Item>, at: Timestamp| {
        let (record, facts) = (record(FeedId(7), at), FeedFacts::default());
        let ingest = Ingest { record, facts, items, dropped: Dropped::default() };
        library.runtime.block_on(library.store.ingest(ingest)).unwrap()
    };
    let came = |n: usize| item(ROWS + 1 + n, long_ago);
    assert_eq!(ingest((0..30).map(came).collect(), end).new.len(), 30);
    let changed = |n: usize| {
        let draft = Draft { content: Some("<p>Isi yang lain sekali.</p>".to_owned()), ..came(n).draft };
        Item::new(draft, "Isi yang lain sekali.".to_owned())
    };
    let later = end + jiff::SignedDuration::from_hours(2);
    assert_eq!(ingest((0..5).map(changed).collect(), later).changed.len(), 5);
    for (query, rows) in [
        ("syncedafter:2024-11-10", 30),
        ("syncedafter:2024-11-10 tag:politik", 10),
        ("syncedafter:2024-11-10 unread newer:2024-11-11", 0),
        ("syncedafter:2024-11-13", 0),
        ("syncedbefore:2024-11-01", 0),
        ("syncedbefore:2024-11-01 umum", 0),
        ("syncedafter:2024-11-10 umum", 0),
        ("syncedbefore:2024-11-10", 50),
        ("syncedafter:2024-11-01", 50),
        ("mdate:2024-11-12", 5),
        ("mdate:2024-11-12 -tag:politik", 3),
        ("mdate:/2024-11-11", 0),
        ("userdate:/2020", 0),
        ("e:4,5,99999999", 2),
        ("e:4 umum", 0),
    ] {
        for span in [Span::Top, Span::Bottom] {
            let parsed = || Query::parse(query).unwrap();
            let window = library.runtime.block_on(library.store.headlines(parsed(), span, 50, now())).unwrap();
            assert_eq!(window.rows.len(), rows, "`{query}` {span:?}");
            let steps = library.runtime.block_on(library.store.steps(parsed(), span, now())).unwrap();
            assert!(steps < 40_000, "`{query}` {span:?}: {steps} steps");
        }
    }
    assert_eq!(library.runtime.block_on(library.store.check()).unwrap(), [""; 0]);
}

/// Of very much, little may be read, or unread of what is starred.
#[test]
fn what_little_is_read_or_unread_is_found_without_going_through_the_rest() {
    let library = Library::new();
    let all = |query: &str| -> Vec<EntryId> {
        let query = Query::parse(query).unwrap();
        let rows =
            library.runtime.block_on(library.store.headlines(query, Span::Top, ROWS as u32, now())).unwrap().rows;
        rows.iter().map(|row| row.id).collect()
    };
    let mark = |ids: &[EntryId], mark: Mark| {
        library.runtime.block_on(library.store.mark_only(ids.to_vec(), mark, now().timestamp())).unwrap();
    };
    let steps = |query: &str| {
        library.runtime.block_on(library.store.steps(Query::parse(query).unwrap(), Span::Top, now())).unwrap()
    };
    // Many are starred and many bear the tag, but hardly one does both.
    let both = all("starred tag:politik");
    assert!(both.len() > ROWS / 200, "{}", both.len());
    mark(&both[1..], Mark::Unstarred);
    assert_eq!(all("starred tag:politik"), both[..1]);
    assert!(steps("starred tag:politik") < 1000, "{} steps", steps("starred tag:politik"));
    mark(&both[1..], Mark::Starred);
    mark(&all("starred unread"), Mark::Read);
    assert_eq!((all("starred unread").len(), all("starred").len()), (0, ROWS / 50));
    // A row of the index and no more for each.
    assert!(steps("starred unread") < 20 * ROWS as u64 / 50, "{} steps", steps("starred unread"));
    // Few are starred, and none of them has another state or tag that many have: they are met, and not those.
    mark(&all("starred"), Mark::Unread);
    assert_eq!(all("starred is:read").len(), 0);
    for query in ["starred is:read", "starred tag:politik -tag:politik", "tag:politik starred is:read"] {
        assert!(steps(query) < 100 * ROWS as u64 / 50, "`{query}`: {} steps", steps(query));
    }
    // Many are unread and many bear the tag, but hardly one does both.
    let tagged = all("tag:politik");
    mark(&tagged[1..], Mark::Read);
    mark(&tagged[..1], Mark::Unread);
    assert!(tagged.len() > ROWS / 4 && all("unread").len() > ROWS / 4, "{} tagged", tagged.len());
    assert_eq!(all("tag:politik unread"), tagged[..1]);
    assert!(steps("tag:politik unread") < 1000, "{} steps", steps("tag:politik unread"));
    mark(&tagged[1..], Mark::Unread);
    assert_eq!(all("tag:politik unread"), tagged);
    let read = all("is:read");
    mark(&read[5..], Mark::Unread);
    assert_eq!(all("is:read"), read[..5]);
    assert!(steps("is:read") < 5000, "{} steps", steps("is:read"));
    assert_eq!(library.runtime.block_on(library.store.check()).unwrap(), [""; 0]);
}

/// What is muted is met nowhere else, and is gathered by the index of what is muted.
#[test]
fn nothing_is_gone_through_for_the_sake_of_what_is_muted() {
    let library = Library::new();
    let some =
        library.runtime.block_on(library.store.headlines(Query::everything(), Span::Top, 40, now())).unwrap().rows;
    let some = some.iter().step_by(4).map(|row| row.id).collect();
    library.runtime.block_on(library.store.mark_only(some, Mark::Muted, now().timestamp())).unwrap();
    for query in ["is:muted", "is:muted unread", "is:muted newer:1d"] {
        let plan = library.plan(query, Span::Top);
        let shown = format!("`{query}`:\n{}", plan.join("\n"));
        let is_allowed =
            |step: &str| !step.starts_with("SCAN") || step.contains("state_muted") || step.starts_with("SCAN k");
        let is_small = |step: &str| is_allowed(step) || step.starts_with("SCAN (subquery-");
        assert!(plan.iter().all(|step| is_small(step.trim_start()) && !step.contains("AUTOMATIC")), "{shown}");
        let steps =
            library.runtime.block_on(library.store.steps(Query::parse(query).unwrap(), Span::Top, now())).unwrap();
        assert!(steps < 20_000, "{steps} steps for {shown}");
    }
    let count =
        |query: &str| library.runtime.block_on(library.store.count(Query::parse(query).unwrap(), now())).unwrap();
    assert_eq!((count("is:muted"), count("")), (10, ROWS as u64 - 10));
}

/// The index of words is asked first, and the rows of its hits are looked up by id. No text is read, nothing is gone through.
#[test]
fn a_search_asks_the_index_first_and_reads_no_texts() {
    let library = Library::new();
    library.index(3000);
    for query in [
        "jarang",
        "jarang unread",
        "jarang tag:politik -lain",
        "umum",
        "umum unread",
        "umum feed:24",
        "umum jarang",
        "\"umum jarang\"",
        "umum*",
        "umum newer:2024-01-01 older:2024-12-01",
    ] {
        for span in library.spans(query) {
            let plan = library.plan(query, span);
            let shown = format!("`{query}` {span:?}:\n{}", plan.join("\n"));
            assert!(plan[0].starts_with("SCAN search VIRTUAL TABLE INDEX "), "{shown}");
            // Where few of the hits are in the list, its own index is walked.
            let is_walked = plan[1].contains("INDEX state_feed") && query.contains("feed:");
            assert!(is_walked || plan[1] == "SEARCH s USING INTEGER PRIMARY KEY (rowid=?)", "{shown}");
            for step in plan.iter().skip(1).map(|step| step.trim_start()) {
                let is_small =
                    ["SCAN json_each", "SCAN k", "SCAN (subquery-"].iter().any(|small| step.starts_with(small));
                // One row of the index, by its id.
                let is_single = step.starts_with("SCAN a ") && step.contains("VIRTUAL TABLE INDEX 0:=");
                assert!(!step.starts_with("SCAN") || is_small || is_single, "{step} in {shown}");
                assert!(!step.contains("body") && !step.contains("AUTOMATIC"), "{step} in {shown}");
            }
        }
        let count = library.runtime.block_on(library.store.count(Query::parse(query).unwrap(), now())).unwrap();
        assert!(count > 0, "{query}");
    }
    let ranked = |query: &str| {
        let asked = Asked { query: Query::parse(query).unwrap(), limit: 20, once: false, now: now() };
        library.runtime.block_on(library.store.search(asked)).unwrap()
    };
    let both = ranked("umum jarang");
    assert!(!both.hits.is_empty() && !both.is_partial && both.unindexed > 0);
    assert!(both.hits.is_sorted_by(|a, b| a.score >= b.score));
    assert!(ranked("umum").is_partial);
}

/// Finding, sorting and reading fifty rows with their tags takes some ten thousand steps; merely to go through all the
/// rows would take ten times as many.
#[test]
fn a_window_takes_few_steps_whatever_the_size_of_the_library() {
    const MOST: u64 = 20_000;
    let library = Library::new();
    for query in PLAIN.iter().filter(|query| !query.contains("tag:jarang")) {
        for span in library.spans(query) {
            let parsed = Query::parse(query).unwrap();
            let steps = library.runtime.block_on(library.store.steps(parsed, span, now())).unwrap();
            assert!(steps <= MOST, "`{query}` {span:?}: {steps} steps");
        }
    }
}

/// However many articles say it, a list of them takes no more steps: the walk of the hits ends with the window.
#[test]
fn a_search_ends_with_its_window_whatever_the_size_of_the_library() {
    let library = Library::new();
    let steps = |query: &str, span: Span| {
        let query = Query::parse(query).unwrap();
        library.runtime.block_on(library.store.steps(query, span, now())).unwrap()
    };
    let queries = [
        "umum",
        "umum unread",
        "umum tag:politik",
        "umum -starred",
        "umum jarang",
        "\"umum jarang\"",
        "umum jarang unread",
    ];
    let mut before: Vec<(String, u64)> = Vec::new();
    for more in [10_000, 10_000, 20_000] {
        library.index(more);
        let mut costs = Vec::new();
        for query in queries {
            for (place, span) in ["top", "bottom", "after", "before", "from"].into_iter().zip(library.spans(query)) {
                costs.push((format!("`{query}` {place}"), steps(query, span)));
            }
        }
        for ((what, steps), half) in costs.iter().zip(&before) {
            // The hits of a zone more or less.
            assert!(*steps <= half.1 + 30_000, "{what}: {steps} steps, with half as many hits {}", half.1);
            assert!(*steps <= 100_000, "{what}: {steps} steps");
        }
        before = costs;
    }
    // The hits of a feed lie beyond very many others: it is walked by its own index.
    for (query, rows) in [("umum feed:3", 50), ("umum feed:12 unread", 50)] {
        let plan = library.plan(query, Span::Bottom);
        assert!(plan[1].contains("state_feed"), "`{query}`: {}", plan.join("\n"));
        let query = Query::parse(query).unwrap();
        let window = library.runtime.block_on(library.store.headlines(query, Span::Bottom, 50, now())).unwrap();
        assert_eq!(window.rows.len(), rows);
    }
}

/// Of a word that all say, those are met that have what few have; what must not be said is asked about the rows of the window.
#[test]
fn a_word_of_very_many_articles_is_asked_about_the_few_that_are_in_the_list() {
    let library = Library::new();
    library.index(ROWS as u32);
    for (query, rows) in [
        ("umum tag:jarang", 50),
        ("umum tag:jarang unread", 50),
        ("umum starred -tag:politik", 50),
        ("-jarang", 50),
        ("-jarang unread", 50),
        ("-(jarang OR lain) tag:politik", 50),
        ("tag:jarang (umum OR tag:politik)", 50),
        ("umum topic:politik", 0),
        ("topic:politik", 0),
        ("umum is:dup", 50),
        ("umum is:muted", 0),
    ] {
        for span in [Span::Top, Span::Bottom] {
            let parsed = || Query::parse(query).unwrap();
            let window = library.runtime.block_on(library.store.told(parsed(), span, 50, now())).unwrap();
            assert_eq!(window.rows.len(), rows, "`{query}` {span:?}");
            let steps = library.runtime.block_on(library.store.steps(parsed(), span, now())).unwrap();
            assert!(steps < 150_000, "`{query}` {span:?}: {steps} steps");
        }
    }
}
