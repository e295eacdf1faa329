//! Writes the stop words of all languages into one text: as the arrays that their crate has, each of the 20,000 words would
//! be a relocation, and the tables in memory of their own from the program's start.

use std::path::PathBuf;
use std::{env, error::Error, fs};

/// One line a language: its code, then its words, with tabs between.
fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    let line = |code: &&str| [&[*code], stop_words::lookup(code).unwrap_or_default()].concat().join("\t");
    let lines: Vec<String> = stop_words::available_languages().iter().map(line).collect();
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("stop_words.tsv"), lines.join("\n"))?;
    Ok(())
}
