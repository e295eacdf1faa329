//! The layers of `src/lib.rs`'s architecture note, enforced: a file imports only from strictly lower rows.

use std::path::{Path, PathBuf};

/// Rows from the bottom. Modules on one row never see each other.
const ROWS: &[&[&str]] = &[
    &["model"],
    &["command", "content", "store", "net", "platform", "i18n"],
    &["config"],
    &["engine"],
    &["tui", "cli"],
];

fn row(module: &str) -> Option<usize> {
    ROWS.iter().position(|row| row.contains(&module))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The module of `src/` that a file belongs to.
fn module(path: &Path, src: &Path) -> String {
    let first = path.strip_prefix(src).unwrap().components().next().unwrap();
    first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// What a file reaches with `crate::`, as (line, module); nested braces after `crate::` count too.
fn reached(text: &str) -> Vec<(usize, String)> {
    let path = regex::Regex::new(r"crate::(?:\{([^}]*)\}|([a-z_0-9]+))").unwrap();
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for capture in path.captures_iter(line) {
            let list = capture.get(1).or(capture.get(2)).map_or("", |list| list.as_str());
            for name in list.split(',') {
                let name = name.trim().split("::").next().unwrap_or_default();
                found.push((number + 1, name.to_owned()));
            }
        }
    }
    found
}

#[test]
fn a_file_imports_only_from_lower_rows() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    assert!(files.len() > 50, "only {} files found", files.len());
    let mut broken = Vec::new();
    for file in files {
        let own = module(&file, &src);
        if matches!(own.as_str(), "main" | "lib") {
            continue;
        }
        let Some(own_row) = row(&own) else {
            broken.push(format!("{}: `{own}` has no row in tests/it/layers.rs", file.display()));
            continue;
        };
        for (line, name) in reached(&std::fs::read_to_string(&file).unwrap()) {
            let is_lower = row(&name).is_some_and(|row| row < own_row);
            if name != own && !is_lower {
                broken.push(format!("{}:{line}: {own} must not use {name}", file.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn only_the_store_speaks_sql_and_only_the_net_speaks_http() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let fenced = [("rusqlite::", "store"), ("reqwest::", "net"), ("feed_rs::", "content"), ("html2text::", "content")];
    for file in files {
        let own = module(&file, &src);
        let text = std::fs::read_to_string(&file).unwrap();
        for (name, home) in fenced {
            assert!(own == home || !text.contains(name), "{}: {name} belongs to {home}", file.display());
        }
    }
}
