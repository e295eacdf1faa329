//! Every text that the interface asks for is there, and every one that is there is asked for.

use std::collections::BTreeSet;
use std::path::Path;

use kabar::command::{Context, ROWS};
use kabar::engine::packs;
use kabar::i18n::{Language, Texts};
use kabar::model::feed::FailureKind;
use kabar::model::schedule::Why;

/// What can be wrong with a query, each with its name.
const PROBLEMS: &str = include_str!("../../src/model/query/problem.rs");
const ENGLISH: &str = include_str!("../../assets/locales/en.ftl");

fn listed() -> BTreeSet<String> {
    let is_text = |line: &&str| line.starts_with(|c: char| c.is_ascii_lowercase()) && line.contains(" = ");
    ENGLISH.lines().filter(is_text).filter_map(|line| Some(line.split_once(" = ")?.0.to_owned())).collect()
}

/// Ids that are put together from the tables.
fn made() -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for row in ROWS {
        let commands = row.commands();
        if commands.is_empty() {
            ids.insert(format!("cmd-{}", row.name));
        }
        ids.extend(commands.iter().map(kabar::command::Command::text_id));
    }
    ids.extend(Why::ALL.map(|why| format!("why-{}", why.name())));
    ids.extend(FailureKind::ALL.map(|kind| format!("advice-{}", kind.name())));
    ids.extend(FailureKind::ALL.map(|kind| format!("failure-{}", kind.name())));
    ids.extend(Context::ALL.map(|context| format!("context-{}", context.name())));
    ids.extend(packs().iter().map(|pack| format!("pack-{}", pack.id)));
    let name = regex::Regex::new(r#"Self::\w+(?:\([^)]*\)| \{[^}]*\})? => "([a-z-]+)","#).unwrap();
    ids.extend(name.captures_iter(PROBLEMS).map(|name| format!("query-{}", &name[1])));
    ids.extend((1..=12).map(|month| format!("month-{month}")));
    ids.extend(["publisher", "user", "feed", "rule", "page", "topic"].map(|source| format!("source-{source}")));
    ids
}

fn read(folder: &Path, text: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, text);
        } else {
            text.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_text_made_from_a_table_is_there() {
    let missing: Vec<_> = made().difference(&listed()).cloned().collect();
    assert!(missing.is_empty(), "{missing:?}");
    let texts = Texts::new(Language::Indonesian);
    assert!(made().iter().all(|id| texts.has(id)));
}

#[test]
fn every_text_is_asked_for_and_every_one_asked_for_is_there() {
    let mut source = String::new();
    for folder in ["src/tui", "src/i18n"] {
        read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut source);
    }
    let asked = regex::Regex::new(r#"\b(?:get|with|with_all)\(\s*"([a-z0-9-]+)""#).unwrap();
    for capture in asked.captures_iter(&source) {
        assert!(listed().contains(&capture[1]), "`{}` is asked for", &capture[1]);
    }
    let unused: Vec<_> =
        listed().difference(&made()).filter(|id| !source.contains(&format!("\"{id}\""))).cloned().collect();
    assert!(unused.is_empty(), "nobody asks for {unused:?}");
}
