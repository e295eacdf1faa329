//! What holds for any bytes: the checks of the fuzzer, over its corpora and over what is made up here.

use std::path::{Path, PathBuf};

use proptest::prelude::*;

use crate::checks;

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target);
    files(&folder).iter().map(|path| std::fs::read(path).unwrap()).collect()
}

#[test]
fn the_fuzzers_corpora_hold_what_its_targets_check() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz");
    for (target, _) in checks::CHECKS {
        let source = std::fs::read_to_string(fuzz.join("targets").join(format!("{target}.rs"))).unwrap();
        assert!(source.contains(&format!("checks::run(\"{target}\", input)")), "{target}");
        let inputs = corpus(target);
        assert!(!inputs.is_empty(), "{target}");
        for input in &inputs {
            checks::run(target, input);
        }
    }
    assert_eq!(files(&fuzz.join("corpus")).len(), checks::CHECKS.len());
}

#[test]
fn documents_cut_off_anywhere_are_taken() {
    for (target, _) in checks::CHECKS {
        for input in corpus(target) {
            for end in 0..input.len() {
                checks::run(target, &input[..end]);
            }
        }
    }
}

/// A whole document that has been hurt: pieces doubled, moved, overwritten, taken out.
fn hurt(target: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let inputs = corpus(target);
    let wound = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0_usize..60, 0_u8..5, any::<[u8; 3]>());
    (prop::sample::select(inputs), prop::collection::vec(wound, 1..8)).prop_map(|(mut bytes, wounds)| {
        for (at, to, length, kind, new) in wounds {
            let (at, to) = (at.index(bytes.len() + 1), to.index(bytes.len() + 1));
            let piece = bytes[at..(at + length).min(bytes.len())].to_vec();
            match kind {
                0 => drop(bytes.drain(at..at + piece.len())),
                1 => drop(bytes.splice(to..to, piece)),
                2 => drop(bytes.splice(at..at + piece.len(), new)),
                3 => drop(bytes.splice(at..at, piece.repeat(3))),
                _ => bytes.extend(piece),
            }
        }
        bytes
    })
}

/// Something that has the parts of a feed, in any order and number.
fn document() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        3 => prop::sample::select(&[
            "<rss><channel>", "</channel></rss>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "</feed>", "<rdf:RDF>",
            "<item>", "</item>", "<entry>", "</entry>", "<title>", "</title>", "<link>", "</link>", "<link href='/x'/>",
            "<guid>", "</guid>", "<description>", "</description>", "<content type='xhtml'><div>", "</div></content>",
            "<![CDATA[", "]]>", "<pubDate>8 Nov 2024", "</pubDate>", "<category term='a'/>", "<media:group>",
            "<media:content url='v.mp4'/>", "<enclosure url='a.mp3'", "/>", "&amp;lt;b&amp;gt;", "&#27;", "&eacute;",
            "<p>", "</p>", "<b onclick=x>", "<table>", "<script>", "javascript:x", "\u{202e}", "\u{9b}", "Ã©", "--", "\"", "'",
            "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[", "{\"id\":\"1\",\"content_html\":\"", "\"},", "]}", ",",
        ][..]).prop_map(str::to_owned),
        1 => "\\PC{0,8}",
    ];
    let pieces = prop::collection::vec(piece, 0..60);
    (
        prop::sample::select(&["", "<rss><channel>", "<feed>", "{\"version\":\"https://jsonfeed.org/version/1\","][..]),
        pieces,
    )
        .prop_map(|(head, pieces)| (head.to_owned() + &pieces.concat()).into_bytes())
}

/// How many inputs each check is tried with: `KABAR_CHECKS=100000 cargo test --test it parsing` looks for long.
fn tries() -> u32 {
    std::env::var("KABAR_CHECKS").ok().and_then(|tries| tries.parse().ok()).unwrap_or(400)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(tries()))]

    #[test]
    fn any_bytes_are_taken_by_every_target(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for (target, _) in checks::CHECKS {
            checks::run(target, &bytes);
        }
    }

    #[test]
    fn hurt_feeds_are_read_safely_and_the_same_twice(bytes in hurt("parse")) {
        checks::run("parse", &bytes);
    }

    #[test]
    fn hurt_bytes_are_decoded_the_same_twice(bytes in hurt("decode")) {
        checks::run("decode", &bytes);
    }

    #[test]
    fn hurt_html_is_made_safe(bytes in hurt("sanitise")) {
        checks::run("sanitise", &bytes);
    }

    #[test]
    fn hurt_markup_is_cut_into_tokens(bytes in hurt("tokenise")) {
        checks::run("tokenise", &bytes);
    }

    #[test]
    fn hurt_lists_are_read_and_written(bytes in hurt("opml")) {
        checks::run("opml", &bytes);
    }

    #[test]
    fn whatever_has_the_parts_of_a_feed_is_read_safely(bytes in document()) {
        checks::run("parse", &bytes);
    }
}
