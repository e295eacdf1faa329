//! Tags of pages, and tags that the user makes one: each row keeps its source, and everything can be taken back.

use kabar::config::Config;
use kabar::engine::Engine;
use kabar::model::entry::EntryId;
use kabar::model::feed::Subscription;
use kabar::model::query::Query;
use kabar::model::tag::TagSource;
use kabar::store::Mark;
use proptest::prelude::*;
use proptest::test_runner::{Config as Cases, FileFailurePersistence, TestRunner};
use tokio::runtime::Runtime;

use crate::app::paths;
use crate::cli_program::{Kabar, golden, rss};
use crate::web::{Page, Web};

const ARTICLE: &str = "Pemerintah menyampaikan keterangan panjang tentang harga beras di pasar induk pada hari ini. ";

fn page(tags: &str) -> String {
    let text = ARTICLE.repeat(12);
    format!(
        "<html lang=\"id\"><head><title>Harga beras</title>{tags}</head><body><article><h1>Harga beras</h1><p>{text}</p>\
         <p>{text}</p></article></body></html>"
    )
}

fn sources(kabar: &Kabar) -> Vec<(String, String)> {
    let rows = kabar.json(&["tags", "--json"]);
    let text = |row: &serde_json::Value, key: &str| row[key].as_str().unwrap().to_owned();
    let mut found: Vec<_> =
        rows.as_array().unwrap().iter().map(|row| (text(row, "tag"), text(row, "source"))).collect();
    found.sort();
    found
}

#[test]
fn a_fetched_page_brings_its_own_tags_beside_those_of_the_feed() {
    let (kabar, web) = (Kabar::new(), Web::start());
    let feed = rss("Contoh", &[("Harga beras", "a", 1)])
        .replace("https://a.example/a", &web.url("/a"))
        .replace("<description>", "<category>Ekonomi</category><description>");
    web.serve("/rss", Page::feed(feed));
    let meta = "<meta property=\"article:tag\" content=\"Beras\"><meta property=\"article:tag\" content=\"ekonomi\">";
    let json = "<meta property=\"article:tag\" content=\"Bulog\">";
    web.serve_each("/a", [page(meta), page(json)].map(|text| Page::new(text).header("Content-Type", "text/html")));
    kabar.import(&[web.url("/rss")]);
    kabar.ok(&["refresh"]);
    kabar.ok(&["show", "1", "--full"]);
    let pair = |tag: &str, source: &str| (tag.to_owned(), source.to_owned());
    assert_eq!(sources(&kabar), [pair("Beras", "page"), pair("Ekonomi", "page"), pair("Ekonomi", "publisher")]);
    assert_eq!(kabar.titles(&["--tag", "beras"]), ["Harga beras"]);
    kabar.ok(&["doctor"]);
}

#[test]
fn a_tag_is_shown_in_the_spelling_that_has_capitals_whichever_came_first() {
    let kabar = Kabar::new();
    let tagged = |tag: &str, n: u32| {
        let feed = rss("Contoh", &[("Berita", &n.to_string(), n)]);
        feed.replace("<description>", &format!("<category>{tag}</category><description>"))
    };
    for (n, tag) in [(1, "rusia-as"), (2, "Rusia-AS"), (3, "rusia_as")] {
        kabar.ok(&["add", &kabar.write(&format!("{n}.xml"), tagged(tag, n)).to_string_lossy()]);
    }
    assert_eq!(sources(&kabar), [("Rusia-AS".to_owned(), "publisher".to_owned())]);
    assert_eq!(kabar.json(&["tags", "--json"])[0]["articles"], 3);
}

#[test]
fn tags_are_made_one_for_good_and_their_own_again_when_that_is_undone() {
    let kabar = Kabar::new();
    let document = |items: &[(&str, &str)]| {
        let plain: Vec<(&str, &str, u32)> = items.iter().map(|(title, _)| (*title, *title, 1)).collect();
        let mut text = rss("Contoh", &plain);
        for (title, tag) in items {
            let named = format!("<title>{title}</title>");
            text = text.replace(&named, &format!("{named}<category>{tag}</category>"));
        }
        text
    };
    let file = kabar.write("feed.xml", document(&[("Satu", "AS"), ("Dua", "Amerika Serikat")]));
    kabar.ok(&["add", file.to_str().unwrap()]);
    kabar.ok(&["tag", "add", "AS", "--query", "title:dua"]);
    assert_eq!(kabar.ok(&["tags", "merge", "AS", "USA", "--into", "Amerika Serikat"]).lines().count(), 2);
    assert_eq!(kabar.titles(&["--tag", "as"]).len(), 2);
    assert_eq!(kabar.titles(&["--tag", "amerika-serikat"]).len(), 2);
    golden("tag-merges.json", &kabar.ok(&["tags", "merges", "--json"]));
    // What comes later under the old name goes there, too.
    kabar.write("feed.xml", document(&[("Satu", "AS"), ("Dua", "Amerika Serikat"), ("Tiga", "usa"), ("Empat", "as")]));
    kabar.ok(&["refresh", "--force"]);
    assert_eq!(kabar.titles(&["--tag", "Amerika Serikat"]).len(), 4);
    kabar.ok(&["doctor"]);
    assert_eq!(kabar.ok(&["tags", "split", "as"]), "as is its own again\n");
    let mut titles = kabar.titles(&["--tag", "AS"]);
    titles.sort();
    assert_eq!(titles, ["Dua", "Empat", "Satu"]);
    assert_eq!(kabar.titles(&["--tag", "amerika serikat"]).len(), 2, "Dua by its publisher, Tiga as usa");
    assert_eq!(kabar.ok(&["tags", "split", "as"]), "as was merged into nothing\n");
    kabar.ok(&["doctor"]);
}

const NAMES: [&str; 4] = ["a", "b", "c", "d"];

#[derive(Debug, Clone)]
enum Act {
    Merge(usize, usize),
    Split(usize),
    Tag(usize, usize, bool),
    Star(usize, bool),
}

/// Whatever is merged in whatever order: with every merge undone, each article has the tags that it was given.
#[test]
fn merges_of_any_kind_are_undone_without_a_trace() {
    let runtime = Runtime::new().unwrap();
    let cases =
        Cases { cases: 24, failure_persistence: Some(Box::new(FileFailurePersistence::Off)), ..Cases::default() };
    let act = prop_oneof![
        2 => (0..4_usize, 0..4_usize).prop_map(|(from, into)| Act::Merge(from, into)),
        1 => (0..4_usize).prop_map(Act::Split),
        2 => (0..5_usize, 0..4_usize, any::<bool>()).prop_map(|(row, tag, is_added)| Act::Tag(row, tag, is_added)),
        1 => (0..5_usize, any::<bool>()).prop_map(|(row, is_starred)| Act::Star(row, is_starred)),
    ];
    let result = TestRunner::new(cases).run(&prop::collection::vec(act, 1..16), |acts| {
        runtime.block_on(async {
            let folder = tempfile::tempdir().unwrap();
            let engine = Engine::open(&paths(folder.path()), Config::default()).unwrap();
            let file = folder.path().join("feed.xml");
            std::fs::write(&file, crate::app::feed("Satu", 5)).unwrap();
            engine.add(&file.to_string_lossy(), Subscription::default()).await.unwrap();
            let mut given: Vec<Vec<usize>> = vec![Vec::new(); 5];
            for act in acts {
                match act {
                    Act::Merge(from, into) => {
                        engine.merge_tag(NAMES[from].into(), NAMES[into].into()).await.unwrap();
                    }
                    Act::Split(tag) => {
                        engine.split_tag(NAMES[tag].into()).await.unwrap();
                    }
                    // What is starred is also found by its tags, which the check of the store counts.
                    Act::Star(row, is_starred) => {
                        let mark = if is_starred { Mark::Starred } else { Mark::Unstarred };
                        engine.mark(vec![EntryId(row as i64 + 1)], mark).await.unwrap();
                    }
                    Act::Tag(row, tag, true) => {
                        let id = EntryId(row as i64 + 1);
                        engine.edit_tag(vec![id], NAMES[tag].into(), true).await.unwrap();
                        if !given[row].contains(&tag) {
                            given[row].push(tag);
                        }
                    }
                    // Taken off is all that counts as this tag now.
                    Act::Tag(row, tag, false) => {
                        let id = EntryId(row as i64 + 1);
                        let root = root(&engine, NAMES[tag]).await;
                        let mut kept = Vec::new();
                        for other in given[row].clone() {
                            if self::root(&engine, NAMES[other]).await != root {
                                kept.push(other);
                            }
                        }
                        given[row] = kept;
                        engine.edit_tag(vec![id], NAMES[tag].into(), false).await.unwrap();
                    }
                }
                prop_assert_eq!(engine.check_store().await.unwrap(), Vec::<String>::new());
            }
            for name in NAMES {
                engine.split_tag(name.to_owned()).await.unwrap();
            }
            for (row, tags) in given.iter().enumerate() {
                let found = engine.entry_tags(EntryId(row as i64 + 1)).await.unwrap();
                let mut found: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
                let mut wanted: Vec<&str> = tags.iter().map(|tag| NAMES[*tag]).collect();
                found.sort_unstable();
                wanted.sort_unstable();
                prop_assert_eq!(found, wanted, "article {}", row + 1);
            }
            prop_assert_eq!(engine.check_store().await.unwrap(), Vec::<String>::new());
            Ok(())
        })
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

/// What a tag counts as now, by its merges.
async fn root(engine: &Engine, name: &str) -> String {
    let merges = engine.tag_merges().await.unwrap();
    let mut name = name.to_owned();
    while let Some((_, into)) = merges.iter().find(|(tag, _)| *tag == name) {
        name.clone_from(into);
    }
    name
}

#[test]
fn each_row_of_a_merged_tag_keeps_its_source() {
    let runtime = Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    runtime.block_on(async {
        let engine = Engine::open(&paths(folder.path()), Config::default()).unwrap();
        let file = folder.path().join("feed.xml");
        let text =
            crate::app::feed("Satu", 1).replace("<guid>", "<category>Satu</category><category>Dua</category><guid>");
        std::fs::write(&file, text).unwrap();
        engine.add(&file.to_string_lossy(), Subscription::default()).await.unwrap();
        engine.edit_tag(vec![EntryId(1)], "Satu".to_owned(), true).await.unwrap();
        assert!(engine.merge_tag("Satu".to_owned(), "Dua".to_owned()).await.unwrap());
        let tags = engine.entry_tags(EntryId(1)).await.unwrap();
        assert_eq!(tags, [("Dua".to_owned(), TagSource::Publisher), ("Dua".to_owned(), TagSource::User)]);
        assert_eq!(engine.count(Query::parse("tag:satu").unwrap()).await.unwrap(), 1);
        assert!(!engine.merge_tag("Dua".to_owned(), "Satu".to_owned()).await.unwrap(), "they are one already");
    });
}
