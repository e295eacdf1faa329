//! The README's examples are true: its settings and keys load, its queries parse, its commands exist.

use std::path::Path;

use clap::CommandFactory as _;
use kabar::config;
use kabar::model::query::Query;
use regex::Regex;

use crate::app::paths;

const README: &str = include_str!("../../README.md");

/// The fenced blocks in this language.
fn blocks(language: &str) -> Vec<&'static str> {
    README
        .split("```")
        .skip(1)
        .step_by(2)
        .filter_map(|block| block.strip_prefix(language)?.strip_prefix('\n'))
        .collect()
}

#[test]
fn its_settings_and_keys_load() {
    let folder = tempfile::tempdir().unwrap();
    let paths = paths(folder.path());
    std::fs::create_dir_all(&paths.config).unwrap();
    let blocks = blocks("toml");
    assert!(blocks.len() >= 2, "{blocks:?}");
    for block in blocks {
        let is_settings = block.contains("[interface]") || block.contains("[poll]");
        let file = if block.contains("site = ") {
            std::fs::create_dir_all(paths.config.join("sites")).unwrap();
            paths.config.join("sites/contoh.toml")
        } else if is_settings {
            paths.config_file()
        } else {
            paths.keys_file()
        };
        std::fs::write(file, block).unwrap();
    }
    config::load(&paths).unwrap();
    assert!(Path::new(&paths.config_file()).exists() && Path::new(&paths.keys_file()).exists());
}

#[test]
fn its_queries_parse() {
    let table = README.split("| query | articles |").nth(1).unwrap().split("\n\n").next().unwrap();
    let first = Regex::new(r"(?m)^\| `([^`]+)` \|").unwrap();
    let queries: Vec<&str> = first.captures_iter(table).map(|found| found.get(1).unwrap().as_str()).collect();
    assert!(queries.len() >= 5, "{queries:?}");
    for query in queries {
        Query::parse(query).unwrap();
    }
}

#[test]
fn its_commands_exist() {
    let known: Vec<String> =
        kabar::cli::Args::command().get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let used = Regex::new(r"(?m)^kabar ([a-z]+)").unwrap();
    let mut count = 0;
    for block in blocks("sh") {
        for found in used.captures_iter(block) {
            count += 1;
            assert!(known.iter().any(|name| *name == found[1]), "kabar {}", &found[1]);
        }
    }
    assert!(count > 3, "only {count} examples found");
}
