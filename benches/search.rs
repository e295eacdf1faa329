//! What searches and filters take in a large archive, in processor time: `cargo bench --bench search`.
//!
//! `KABAR_SEARCH_SIZE` says how many articles of 150 words there are (20,000 without it), `KABAR_SEARCH_DIR` where they are
//! kept for the next run; a million take eight minutes and three gigabytes to make. `KABAR_SEARCH_ONLY` is a part of the names
//! of what is to be measured.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "prints measurements, and ends where none can be made")]

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use kabar::config::Config;
use kabar::engine::Engine;
use kabar::model::entry::Draft;
use kabar::model::feed::{FeedFacts, FeedId, Subscription};
use kabar::model::ledger::Dropped;
use kabar::model::query::Query;
use kabar::model::schedule::{Next, Why};
use kabar::model::terms::{Fed, Indexed, Salient};
use kabar::platform::{clock, paths::Paths};
use kabar::store::{Asked, Entered, FetchRecord, Ingest, Item, Mark, NewFeed, Span, Store};
use tokio::runtime::Runtime;

const FEEDS: usize = 200;
const BATCH: usize = 1000;
const WORDS: usize = 150;
const VOCABULARY: f64 = 200_000.0;
/// Words whose places in the body are no matter of chance, for phrases: the beginning of every article.
const TITLE: usize = 8;

/// Always the same numbers.
struct Dice(u64);

impl Dice {
    fn new(seed: usize) -> Self {
        Self((seed as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d)
    }

    /// Between 0 and 1.
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A word as languages have them: the second is said half as often as the first.
    fn word(&mut self) -> usize {
        (VOCABULARY.powf(self.roll()) - 1.0) as usize
    }
}

/// Word number `n`, in syllables.
fn spelled(n: usize) -> String {
    const CONSONANTS: [&str; 20] =
        ["b", "d", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "w", "y", "c", "f", "v", "z", "ng"];
    const VOWELS: [&str; 5] = ["a", "i", "u", "e", "o"];
    let (mut left, mut word) = (n + 1, String::new());
    loop {
        word.push_str(CONSONANTS[left % 20]);
        word.push_str(VOWELS[left / 20 % 5]);
        left /= 100;
        if left == 0 {
            return word;
        }
    }
}

fn words(number: usize) -> Vec<String> {
    let mut dice = Dice::new(number);
    (0..TITLE + WORDS).map(|_| spelled(dice.word())).collect()
}

fn item(number: usize, published: Timestamp) -> Item {
    let words = words(number);
    let tags = [("Politik", 2), ("Ekonomi", 3), ("Olahraga", 5), ("Rusia-AS", 500)];
    let draft = Draft {
        guid: Some(format!("urn:{number}")),
        url: Some(format!("https://a.example/{number}")),
        title: words[..TITLE].join(" "),
        published: Some(published),
        content: Some(format!("<p>{}</p>", words[TITLE..].join(" "))),
        language: Some("id".to_owned()),
        categories: tags
            .iter()
            .filter(|(_, every)| number.is_multiple_of(*every))
            .map(|(tag, _)| (*tag).into())
            .collect(),
        ..Draft::default()
    };
    Item::new(draft, words[TITLE..TITLE + 20].join(" "))
}

fn record(feed: FeedId, at: Timestamp) -> FetchRecord {
    FetchRecord::new(feed, at, Next { at, earliest: at, why: Why::Rhythm })
}

fn paths(folder: &Path) -> Paths {
    let at = |name: &str| folder.join(name);
    Paths { config: at("config"), data: at("data"), cache: at("cache"), state: at("state") }
}

/// Stores and indexes what is missing.
async fn fill(store: &Store, size: usize, end: Timestamp) {
    // An empty index is made by the rules of today: else the first search would make it again.
    store.renew_index().await.unwrap();
    let feeds = (0..FEEDS).map(|n| NewFeed {
        url: format!("https://{n}.example/feed"),
        subscription: Subscription { folder: Some(format!("Folder {}", n % 8)), ..Subscription::default() },
        title: format!("Umpan {n}"),
    });
    let feeds = store.subscribe(feeds.collect()).await.unwrap();
    let there = store.count(Query::everything(), clock::local()).await.unwrap() as usize;
    for batch in there / BATCH..size / BATCH {
        let at = |n: usize| end - SignedDuration::from_secs(60 * (size - batch * BATCH - n) as i64);
        let items = (0..BATCH).map(|n| item(batch * BATCH + n, at(n))).collect();
        let ingest = Ingest {
            record: record(feeds[batch % FEEDS].0, end),
            facts: FeedFacts::default(),
            items,
            dropped: Dropped::default(),
        };
        let new = store.ingest(ingest).await.unwrap().new;
        for (every, mark) in [(2, Mark::Read), (100, Mark::Starred)] {
            let some: Vec<_> = new.iter().step_by(every).copied().collect();
            for part in some.chunks(200) {
                store.mark_only(part.to_vec(), mark, clock::now()).await.unwrap();
            }
        }
        loop {
            let step = store.to_index(500).await.unwrap();
            if step.is_empty() {
                break;
            }
            let done = step.into_iter().map(|entry| {
                let text = entry.text.clone().unwrap();
                let plain = |text: &str| Fed { surface: text.to_owned(), stems: String::new() };
                let body = text.html.trim_start_matches("<p>").trim_end_matches("</p>");
                let titled = text.title.split(' ').map(|word| Salient::InTitle.token(word));
                let salient = titled.collect::<Vec<_>>().join(" ");
                let indexed = Indexed { title: plain(&text.title), body: plain(body), salient };
                (entry, Some(Entered { indexed, language: "id".into(), words: WORDS as u32, ..Entered::default() }))
            });
            store.index(done.collect(), end).await.unwrap();
        }
        if batch % 50 == 0 {
            println!("{} of {size}", batch * BATCH);
        }
    }
}

fn main() {
    let size = std::env::var("KABAR_SEARCH_SIZE").ok().and_then(|size| size.parse().ok()).unwrap_or(20_000);
    let folder = std::env::var_os("KABAR_SEARCH_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("search-{size}")), PathBuf::from);
    let runtime = Runtime::new().unwrap();
    std::fs::create_dir_all(paths(&folder).data).unwrap();
    let start = Instant::now();
    let store = Store::open(&paths(&folder).store()).unwrap();
    runtime.block_on(fill(&store, size, clock::now()));
    drop(store);
    println!("made in {:.0?}", start.elapsed());
    let engine = Engine::open(&paths(&folder), Config::default()).unwrap();
    let dice = &mut Dice::new(7);
    let mut many = |make: &mut dyn FnMut(&mut Dice) -> String| (0..200).map(|_| make(dice)).collect::<Vec<String>>();
    let rank = |dice: &mut Dice, from: f64, to: f64| spelled((from + (to - from) * dice.roll()) as usize);
    let sets = [
        ("rare word", 10.0, many(&mut |dice| rank(dice, 50_000.0, 200_000.0))),
        ("common word", 10.0, many(&mut |dice| rank(dice, 0.0, 50.0))),
        ("two words", 10.0, many(&mut |dice| format!("{} {}", rank(dice, 0.0, 200.0), rank(dice, 0.0, 5000.0)))),
        (
            "phrase",
            10.0,
            many(&mut |dice| {
                let words = words((dice.roll() * size as f64) as usize);
                let at = TITLE + (dice.roll() * (WORDS - 3) as f64) as usize;
                format!("\"{} {}\"", words[at], words[at + 1])
            }),
        ),
        (
            "prefix of four",
            30.0,
            many(&mut |dice| {
                let word = rank(dice, 200.0, 200_000.0);
                format!("{}*", word.chars().take(4).collect::<String>())
            }),
        ),
    ];
    let store = Store::open(&paths(&folder).store()).unwrap();
    for (name, limit, queries) in &sets {
        measured(&format!("ranked: {name}"), *limit, queries, |query| {
            let asked = Asked { query, limit: 50, once: true, now: clock::local() };
            runtime.block_on(store.search(asked)).unwrap();
        });
    }
    for (name, limit, queries) in &sets {
        measured(&format!("with passages: {name}"), *limit, queries, |query| {
            runtime.block_on(engine.search(query, 50, true)).unwrap();
        });
    }
    for (name, limit, queries) in &sets {
        measured(&format!("list: {name}"), *limit, queries, |query| {
            runtime.block_on(engine.listed(query, Span::Top, 60)).unwrap();
        });
        for query in queries {
            searched(
                query,
                &runtime.block_on(store.explain(Query::parse(query).unwrap(), Span::Top, clock::local())).unwrap(),
            );
        }
    }
    for (name, limit, queries) in &sets {
        let middle = |query: &Query| {
            let window = runtime.block_on(engine.listed(query.clone(), Span::Top, 60)).unwrap();
            window.rows.last().map_or(Span::Bottom, |row| Span::After(row.key()))
        };
        let spans: HashMap<Query, Span> = queries
            .iter()
            .map(|query| Query::parse(query).unwrap())
            .map(|query| (query.clone(), middle(&query)))
            .collect();
        measured(&format!("list, further down: {name}"), *limit, queries, |query| {
            let span = spans[&query];
            runtime.block_on(engine.listed(query, span, 60)).unwrap();
        });
    }
    for (name, limit, queries) in &sets {
        let queries: Vec<String> = queries.iter().map(|query| format!("{query} unread tag:politik")).collect();
        measured(&format!("list, unread and tagged: {name}"), *limit, &queries, |query| {
            runtime.block_on(engine.listed(query, Span::Top, 60)).unwrap();
        });
    }
    mixed(&runtime, &store, &engine);
    filters(&runtime, &store, &engine);
}

/// What nothing short says: words that are everywhere with what is seldom met, or with each other.
fn mixed(runtime: &Runtime, store: &Store, engine: &Engine) {
    let word = |n: usize| spelled(n);
    let (common, other, middle, rare) = (word(1), word(7), word(300), word(90_000));
    for text in [
        format!("{common} {other}"),
        format!("{middle} {}", word(310)),
        format!("\"{common} {other}\""),
        format!("\"{middle} {}\"", word(310)),
        format!("\"{common} {common}\""),
        format!("\"{common} {middle}\""),
        format!("{common} OR {other}"),
        format!("{rare} OR {common}"),
        format!("{rare} OR {middle}"),
        format!("{common} -{other}"),
        format!("{rare} -{common}"),
        format!("-{common}"),
        format!("-{middle} unread"),
        format!("tag:rusia-as -{common}"),
        format!("tag:rusia-as {common}"),
        format!("tag:rusia-as {middle}"),
        format!("tag:rusia-as {rare}"),
        format!("tag:rusia-as {common} starred"),
        format!("tag:rusia-as ({common} OR tag:ekonomi)"),
        format!("feed:7 {common}"),
        format!("feed:7 unread {middle}"),
        format!("feed:7 \"{common} {other}\""),
        format!("folder:\"Folder 3\" unread {common}"),
        format!("folder:\"Folder 3\" unread {middle}"),
        format!("is:read {common}"),
        format!("starred {middle}"),
        format!("starred {rare}"),
        format!("{common} older:600d"),
        format!("{middle} older:600d"),
        format!("{common} newer:1d"),
        format!("{common} is:dup"),
        format!("{common} is:new"),
        format!("{common} is:muted"),
        format!("{common} topic:rusia-as"),
        format!("title:{common}"),
        format!("title:{middle} body:{common}"),
        format!("title:{middle}*"),
        format!("{}*", common.chars().take(2).collect::<String>()),
        format!("{common} ({middle} OR {rare}) -{other}"),
    ] {
        let queries = vec![text.clone(); 20];
        measured(&format!("mixed list: {text}"), 10.0, &queries, |query| {
            runtime.block_on(engine.listed(query, Span::Top, 60)).unwrap();
        });
        measured(&format!("mixed rank: {text}"), 10.0, &queries, |query| {
            runtime.block_on(store.search(Asked { query, limit: 50, once: true, now: clock::local() })).unwrap();
        });
    }
}

/// Lists by other things than words; none goes through the entries.
fn filters(runtime: &Runtime, store: &Store, engine: &Engine) {
    for text in [
        "",
        "tag:politik",
        "tag:rusia-as",
        "tag:politik unread",
        "tag:politik -tag:ekonomi",
        "tag:rusia-as tag:ekonomi",
        "feed:7",
        "feed:7 unread",
        "unread",
        "starred",
        "starred unread",
        "newer:7d",
        "older:30d",
        "tag:ekonomi newer:30d older:7d",
        "folder:\"Folder 3\"",
        "folder:\"Folder 3\" unread",
        "is:muted",
        "is:new",
        "is:read",
        "is:dup",
        "starred -tag:politik",
        "starred tag:politik",
        "starred tag:rusia-as",
        "is:read starred",
        "feed:7 tag:rusia-as unread",
        "unread older:30d",
        "topic:rusia-as",
    ] {
        let queries = vec![text.to_owned(); 50];
        measured(&format!("filter: {text}"), 10.0, &queries, |query| {
            runtime.block_on(engine.listed(query, Span::Top, 60)).unwrap();
        });
        let plan = runtime.block_on(store.explain(Query::parse(text).unwrap(), Span::Top, clock::local())).unwrap();
        for step in &plan {
            // What is walked in its order ends with the window.
            let is_in_order = step.trim_start().starts_with("SCAN s USING") && step.contains("INDEX state_");
            // A zone stands for a thousand articles.
            let is_small = |step: &str| {
                ["SCAN k", "SCAN z", "SCAN (subquery-", "SCAN w USING COVERING INDEX state_copied"]
                    .iter()
                    .any(|small| step.starts_with(small))
            };
            let is_scan = step.trim_start().starts_with("SCAN") && !is_in_order && !is_small(step.trim_start());
            assert!(!is_scan || step.contains("state_muted"), "`{text}`: {}", plan.join("\n"));
        }
    }
}

/// The index of words is asked, and no table is gone through.
fn searched(query: &str, plan: &[String]) {
    assert!(plan[0].starts_with("SCAN search VIRTUAL TABLE INDEX "), "`{query}`: {}", plan.join("\n"));
    for step in plan.iter().map(|step| step.trim_start()).filter(|step| step.starts_with("SCAN")) {
        let is_small = step.contains("VIRTUAL TABLE INDEX") || step.starts_with("SCAN (subquery-");
        assert!(is_small, "`{query}`: {}", plan.join("\n"));
    }
}

/// Processor time of all threads so far, where the system tells it: others may have the processor meanwhile.
fn spent(start: Instant) -> Duration {
    let nanos = |task: std::fs::DirEntry| -> Option<u64> {
        std::fs::read_to_string(task.path().join("schedstat")).ok()?.split(' ').next()?.parse().ok()
    };
    let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let told: u64 = tasks.filter_map(nanos).sum();
    if told == 0 { start.elapsed() } else { Duration::from_nanos(told) }
}

fn measured(name: &str, limit: f64, queries: &[String], mut run: impl FnMut(Query)) {
    if std::env::var("KABAR_SEARCH_ONLY").is_ok_and(|only| !name.contains(&only)) {
        return;
    }
    let mut took: Vec<(Duration, &str)> = Vec::new();
    // Twice: what is asked for the first time reads from the disk.
    for is_counted in [false, true] {
        for text in queries {
            let query = Query::parse(text).unwrap();
            let start = Instant::now();
            let before = spent(start);
            run(query);
            if is_counted {
                took.push((spent(start).saturating_sub(before), text));
            }
        }
    }
    took.sort();
    let at = |share: f64| took[((took.len() - 1) as f64 * share).round() as usize];
    let millis = |duration: Duration| duration.as_secs_f64() * 1000.0;
    let (half, most) = (millis(at(0.5).0), millis(at(0.99).0));
    let verdict = if most <= limit { "ok" } else { "SLOW" };
    println!("{name:40} p50 {half:8.2} ms   p99 {most:8.2} ms   at most {limit:3} ms  {verdict}  ({})", at(0.99).1);
}
