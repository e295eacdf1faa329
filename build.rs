//! Writes the stop words of all languages into one text: as the arrays that their crate has, each of the 20,000 words would
//! be a relocation, and the tables in memory of their own from the program's start. And has the relocations that are left
//! written in the short form, a fiftieth of the other, where the C library can read it.

use std::path::PathBuf;
use std::process::Command;
use std::{env, error::Error, fs};

/// One line a language: its code, then its words, with tabs between.
fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    if reads_short_relocations() {
        // A linker that does not know the option says so and goes on.
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
    let line = |code: &&str| [&[*code], stop_words::lookup(code).unwrap_or_default()].concat().join("\t");
    let lines: Vec<String> = stop_words::available_languages().iter().map(line).collect();
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("stop_words.tsv"), lines.join("\n"))?;
    Ok(())
}

/// Whether the program is for this machine, linked as Rust links by itself, and the C library is glibc 2.36 or later, the first
/// that reads them. Some other linkers forget to say that the program needs it, and then it does not start.
fn reads_short_relocations() -> bool {
    let told = |name: &str| env::var(name).unwrap_or_default();
    let is_for_here = told("TARGET") == told("HOST");
    let is_glibc = told("CARGO_CFG_TARGET_OS") == "linux" && told("CARGO_CFG_TARGET_ENV") == "gnu";
    let is_own_linker = told("RUSTC_LINKER").is_empty() && !told("CARGO_ENCODED_RUSTFLAGS").contains("link");
    if !is_for_here || !is_glibc || !is_own_linker {
        return false;
    }
    let said = Command::new("getconf").arg("GNU_LIBC_VERSION").output().map(|said| said.stdout).unwrap_or_default();
    let said = String::from_utf8_lossy(&said).into_owned();
    let version = said.trim().strip_prefix("glibc ").and_then(|version| version.split_once('.'));
    version.is_some_and(|(major, minor)| (major.parse().unwrap_or(0), minor.parse().unwrap_or(0)) >= (2_u32, 36_u32))
}
