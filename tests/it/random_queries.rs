//! Random stores and random queries: what the store finds is what a plain reading of each query finds, article by article.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp, Zoned};
use kabar::config::Config;
use kabar::engine::{Engine, PollRequest};
use kabar::model::entry::{EntryId, Headline};
use kabar::model::feed::Subscription;
use kabar::model::query::Query;
use kabar::store::{Mark, Span};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config as Cases, FileFailurePersistence, TestRunner};
use tokio::runtime::Runtime;

use crate::app::paths;
use crate::cli_program::{database, keep_unread};
use crate::queries::{Row, VIEWS, matches, rows_of, save_views};

const FEEDS: usize = 3;
const WORDS: &[&str] = &[
    "banjir",
    "membanjiri",
    "kebanjiran",
    "warga",
    "presiden",
    "gempa",
    "bumi",
    "Rusia-AS",
    "flood",
    "floods",
    "flooding",
    "President",
    "elections",
    "election",
    "переговоры",
    "переговоров",
    "ёлка",
    "елка",
    "美国总统",
    "地震",
    "東京で地震",
    "الرئيس",
    "رئيس",
    "محادثات",
    "don't",
    "COP29",
    "9",
    "économie",
    "Economie",
    "a",
    "🌏",
    "น้ำท่วม",
];
const TAGS: &[&str] = &["Politik", "politik", "Rusia-AS", "rusia as", "climate"];
const AUTHORS: &[&str] = &["Ratna Sari", "Иван Петров", "Al-Amin", ""];
const PATTERNS: &[&str] = &["banjir", "^p", "\\\\bflood\\\\b", "[0-9]+", "総|总", "(a|o)$", "x{2}"];

#[derive(Debug, Clone)]
struct Item {
    title: Vec<&'static str>,
    body: Vec<&'static str>,
    tags: Vec<&'static str>,
    author: &'static str,
    language: &'static str,
    days: u32,
    has_sound: bool,
    /// The same address as in other feeds.
    shared: Option<u8>,
    /// An agency's text, which other feeds have under addresses of their own.
    is_wired: bool,
    /// Its publisher changes it.
    is_edited: bool,
}

fn item() -> impl Strategy<Value = Item> {
    (
        prop::collection::vec(select(WORDS), 1..4),
        prop::collection::vec(select(WORDS), 0..9),
        prop::collection::vec(select(TAGS), 0..3),
        select(AUTHORS),
        select(&["id", "en", "ru", "zh", "ar", ""][..]),
        0..40_u32,
        any::<bool>(),
        prop::option::weighted(0.3, 0..3_u8),
        (prop::bool::weighted(0.2), prop::bool::weighted(0.3)),
    )
        .prop_map(|(title, body, tags, author, language, days, has_sound, shared, (is_wired, is_edited))| Item {
            title,
            body,
            tags,
            author,
            language,
            days,
            has_sound,
            shared,
            is_wired,
            is_edited,
        })
}

/// The items of a feed's document, before they are edited or after. It has an agency's text once, and about when the others do.
fn published(items: &[Item], is_after: bool) -> Vec<Item> {
    let wired = items.iter().position(|item| item.is_wired);
    let publish = |(n, item): (usize, &Item)| {
        if wired != Some(n) {
            let added = is_after && item.is_edited && item.shared.is_none();
            return Item { body: [&item.body[..], &["gempa"][..usize::from(added)]].concat(), ..item.clone() };
        }
        let (title, body) = (vec!["banjir", "presiden"], [WORDS, WORDS].concat());
        Item { title, body, days: item.days % 8, shared: None, ..item.clone() }
    };
    items.iter().enumerate().map(publish).collect()
}

/// A library: the items of each feed, which feed is muted, and by number which articles are read, starred, muted.
#[derive(Debug, Clone)]
struct Library {
    feeds: Vec<Vec<Item>>,
    muted: Option<usize>,
    marks: Vec<(usize, Mark)>,
}

fn library() -> impl Strategy<Value = Library> {
    let mark = select(&[Mark::Read, Mark::Starred, Mark::Muted][..]);
    (
        prop::collection::vec(prop::collection::vec(item(), 0..9), FEEDS),
        prop::option::weighted(0.4, 0..FEEDS),
        prop::collection::vec((0..30_usize, mark), 0..20),
    )
        .prop_map(|(feeds, muted, marks)| Library { feeds, muted, marks })
}

/// A query as somebody would type it.
fn query() -> impl Strategy<Value = String> {
    let word = || select(WORDS).prop_filter("is no word of its own", |word| *word != "a");
    let within = || select(&["", "", "title:", "body:", "author:"][..]);
    let start = (word(), 1..6_usize).prop_map(|(word, length)| {
        let start: String = word.chars().take(length).collect();
        format!("{}*", start.trim_end_matches(['-', '\'']))
    });
    let leaf = prop_oneof![
        4 => (within(), word()).prop_map(|(within, word)| format!("{within}{word}")),
        2 => (within(), start).prop_map(|(within, start)| format!("{within}{start}")),
        2 => (within(), word(), word()).prop_map(|(within, one, two)| format!("{within}\"{one} {two}\"")),
        1 => (select(&["", "title:", "body:"][..]), word(), word(), 0..6_u32)
            .prop_map(|(within, one, two, others)| format!("{within}\"{one} {two}\"~{others}")),
        2 => select(TAGS).prop_map(|tag| format!("tag:\"{tag}\"")),
        1 => (0..4_u32).prop_map(|feed| format!("feed:{feed}")),
        1 => select(&["feed:umpan", "feed:\"umpan 1\"", "folder:Satu", "folder:Dunia", "folder:dunia/asia"][..])
            .prop_map(str::to_owned),
        1 => select(&["lang:id", "lang:ru", "url:shared", "url:~\"/[0-2]$\"", "author:ratna", "author:\"al amin\""][..])
            .prop_map(str::to_owned),
        3 => select(&["unread", "is:read", "starred", "is:new", "is:muted", "is:dup", "has:audio", "has:enclosure", "has:note", "has:tag",
            "has:image", "has:fulltext", "has:revision", "topic:tiada"][..]).prop_map(str::to_owned),
        2 => select(VIEWS).prop_map(|(name, _)| format!("search:\"{name}\"")),
        1 => (0..40_u32).prop_map(|days| format!("newer:{days}d")),
        1 => (0..40_u32).prop_map(|days| format!("older:{days}d")),
        2 => (select(&["syncedafter:", "syncedbefore:", "mdate:>=", "mdate:<", "mdate:P", "userdate:>=", "userdate:<"][..]), 1..40_u32).prop_map(
            |(field, days)| format!("{field}{days}{}", if field.ends_with('P') { 'D' } else { 'd' })
        ),
        1 => prop::collection::vec(1..30_u32, 1..4)
            .prop_map(|ids| format!("e:{}", ids.iter().map(u32::to_string).collect::<Vec<_>>().join(","))),
        1 => (0..9_u32, 0..9_u32).prop_map(|(least, more)| format!("words:{least}..{}", least + more)),
        1 => (select(&["", "title:", "body:"][..]), select(PATTERNS))
            .prop_map(|(within, pattern)| format!("{within}~\"{pattern}\"")),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            3 => (inner.clone(), inner.clone()).prop_map(|(one, two)| format!("({one}) ({two})")),
            2 => (inner.clone(), inner.clone()).prop_map(|(one, two)| format!("{one} {two}")),
            2 => (inner.clone(), inner.clone()).prop_map(|(one, two)| format!("({one} OR {two})")),
            2 => inner.prop_map(|inner| format!("-({inner})")),
        ]
    })
}

struct World {
    engine: Engine,
    rows: Vec<Row>,
    _folder: tempfile::TempDir,
}

fn document(feed: usize, items: &[Item], now: Timestamp, is_after: bool) -> String {
    let mut text = format!("<rss version=\"2.0\"><channel><title>Umpan {feed}</title>");
    for (n, item) in published(items, is_after).iter().enumerate() {
        // An hour off the days that queries ask for.
        let at = now - SignedDuration::from_hours(24 * i64::from(item.days) + 1);
        let at = jiff::fmt::rfc2822::to_string(&at.to_zoned(jiff::tz::TimeZone::UTC)).unwrap();
        let link = match item.shared {
            Some(page) => format!("https://shared.example/2024/halaman-{page}"),
            None => format!("https://{feed}.example/artikel/{n}"),
        };
        let _ = write!(
            text,
            "<item><guid>{feed}-{n}</guid><link>{link}</link><title>{}</title><pubDate>{at}</pubDate>\
             <description>{}</description><author>{}</author>",
            item.title.join(" "),
            item.body.join(" "),
            item.author
        );
        if !item.language.is_empty() {
            let _ = write!(
                text,
                "<dc:language xmlns:dc=\"http://purl.org/dc/elements/1.1/\">{}</dc:language>",
                item.language
            );
        }
        for tag in &item.tags {
            let _ = write!(text, "<category>{tag}</category>");
        }
        if item.has_sound {
            text.push_str("<enclosure url=\"https://a.example/a.mp3\" type=\"audio/mpeg\" length=\"1\"/>");
        }
        text.push_str("</item>");
    }
    text.push_str("</channel></rss>");
    text
}

impl World {
    async fn new(library: &Library, now: Timestamp) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let engine = Engine::open(&paths(folder.path()), Config::default()).unwrap();
        keep_unread(&engine.paths().data.join("kabar.db"));
        for (feed, items) in library.feeds.iter().enumerate() {
            let file = folder.path().join(format!("{feed}.xml"));
            std::fs::write(&file, document(feed, items, now, false)).unwrap();
            let folders = ["Satu", "Dunia", "Dunia/Asia"];
            let muted = library.muted == Some(feed);
            let subscription =
                Subscription { folder: Some(folders[feed].to_owned()), muted, ..Subscription::default() };
            engine.add(&file.to_string_lossy(), subscription).await.unwrap();
        }
        engine.poll(PollRequest::default()).await.unwrap();
        for (feed, items) in library.feeds.iter().enumerate() {
            let file = folder.path().join(format!("{feed}.xml"));
            std::fs::write(&file, document(feed, items, now, true)).unwrap();
        }
        engine.poll(PollRequest { all: true, ..PollRequest::default() }).await.unwrap();
        // They came and were changed on other days, in no order.
        let times = "UPDATE state SET first_seen = max(at, first_seen - (id * 7919 % 40) * 86400 - 1800); \
                     UPDATE revision SET replaced = max((SELECT first_seen FROM state WHERE id = entry_id), \
                     replaced - (entry_id * 104729 % 40) * 86400 - 1800);";
        database(&engine.paths().data.join("kabar.db")).execute_batch(times).unwrap();
        save_views(&engine).await;
        // What a word looks for depends on the languages that are in the index.
        engine.settle(|_| {}).await.unwrap();
        let everything = Query::parse("is:muted OR -is:muted").unwrap();
        let list = || engine.headlines(everything.clone(), Span::Top, 1000);
        let ids: Vec<EntryId> = list().await.unwrap().rows.iter().map(|row| row.id).collect();
        for (number, mark) in &library.marks {
            if !ids.is_empty() {
                // No copies are marked along: what is read where is for the query to find.
                engine.mark_only(vec![ids[number % ids.len()]], *mark).await.unwrap();
            }
        }
        let times = "UPDATE state SET marked = marked - (id * 15485863 % 40) * 86400 - 1800";
        database(&engine.paths().data.join("kabar.db")).execute_batch(times).unwrap();
        let mut rows = rows_of(&engine, ids).await;
        let copied: Vec<(EntryId, String)> = rows.iter().filter_map(copied).collect();
        for row in &mut rows {
            let id = row.entry.headline.id;
            row.is_later_copy =
                copied_page(row).is_some_and(|page| copied.iter().any(|(other, p)| *p == page && *other < id));
        }
        Self { engine, rows, _folder: folder }
    }
}

fn copied(row: &Row) -> Option<(EntryId, String)> {
    Some((row.entry.headline.id, copied_page(row)?))
}

/// The page of an article that several feeds have; what has none of its own there is the agency's.
fn copied_page(row: &Row) -> Option<String> {
    let headline = &row.entry.headline;
    let page = headline.url.clone().filter(|url| url.contains("shared.example")).unwrap_or_default();
    (headline.copies > 0).then_some(page)
}

fn names_muted(query: &Query) -> bool {
    match query {
        Query::And(parts) | Query::Or(parts) => parts.iter().any(names_muted),
        Query::Not(inner) => names_muted(inner),
        query => *query == Query::parse("is:muted").unwrap(),
    }
}

/// What is muted is heard only when it is asked for.
fn is_heard(query: &Query, row: &Row) -> bool {
    let names_feed = query.parts().iter().any(|part| matches!(part, Query::Feed(_)));
    let feed = !row.feed.subscription.muted || names_feed;
    names_muted(query) || (feed && !row.entry.headline.muted)
}

/// The expected entries in their order, and those of them that stand for their article.
fn expected(world: &World, query: &Query, now: &Zoned, runtime: &Runtime) -> (Vec<EntryId>, BTreeSet<EntryId>) {
    let ask = |query: Query| runtime.block_on(world.engine.sought(query)).unwrap();
    let found: Vec<&Row> =
        world.rows.iter().filter(|row| matches(query, row, now, &ask) && is_heard(query, row)).collect();
    let is_first = |row: &&&Row| {
        let page = copied_page(row);
        let others = || found.iter().filter(|other| other.entry.headline.id < row.entry.headline.id);
        page.is_none() || others().all(|other| copied_page(other) != page)
    };
    let first = found.iter().filter(is_first).map(|row| row.entry.headline.id).collect();
    (found.iter().map(|row| row.entry.headline.id).collect(), first)
}

fn check(world: &World, text: &str, runtime: &Runtime) -> Result<(), TestCaseError> {
    let query = Query::parse(text).map_err(|error| TestCaseError::fail(format!("`{text}`: {error}")))?;
    let now = Zoned::now();
    let (entries, articles) = expected(world, &query, &now, runtime);
    let fail = |error: kabar::engine::EngineError| TestCaseError::fail(format!("`{text}`: {error}"));
    let found = runtime.block_on(world.engine.headlines(query.clone(), Span::Top, 1000)).map_err(fail)?;
    let ids: Vec<EntryId> = found.rows.iter().map(|row| row.id).collect();
    prop_assert_eq!(&ids, &entries, "`{}`", text);
    let found = runtime.block_on(world.engine.articles(query.clone(), Span::Top, 1000)).map_err(fail)?;
    let ids: BTreeSet<EntryId> = found.rows.iter().map(|row| row.id).collect();
    prop_assert_eq!(&ids, &articles, "the articles of `{}`", text);
    // Of each story the newest article; the list of a single feed has all of them.
    let is_of_one_feed = query.parts().iter().any(|part| matches!(part, Query::Feed(name) if name.as_str() != "umpan"));
    if !is_of_one_feed {
        let mut told = BTreeSet::new();
        let is_newest = |row: &&Headline| row.story.is_none_or(|story| told.insert(story.0));
        let newest: Vec<EntryId> = found.rows.iter().filter(is_newest).map(|row| row.id).collect();
        let listed = runtime.block_on(world.engine.told(query.clone(), Span::Top, 1000)).map_err(fail)?;
        let ids: Vec<EntryId> = listed.rows.iter().map(|row| row.id).collect();
        prop_assert_eq!(&ids, &newest, "the stories of `{}`", text);
    }
    let counted = runtime.block_on(world.engine.count(query.clone())).map_err(fail)?;
    prop_assert_eq!(counted, entries.len() as u64, "the count of `{}`", text);
    let counted = runtime.block_on(world.engine.count_articles(query)).map_err(fail)?;
    prop_assert_eq!(counted, articles.len() as u64, "the count of articles of `{}`", text);
    Ok(())
}

#[test]
fn what_the_store_finds_is_what_the_query_says() {
    let runtime = Runtime::new().unwrap();
    let cases = Cases {
        cases: 24,
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        max_shrink_iters: 120,
        ..Cases::default()
    };
    let strategy = (library(), prop::collection::vec(query(), 12));
    let result = TestRunner::new(cases).run(&strategy, |(library, queries)| {
        let world = runtime.block_on(World::new(&library, Zoned::now().timestamp()));
        queries.iter().try_for_each(|text| check(&world, text, &runtime))
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}
