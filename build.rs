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

/// Whether the program is for this machine, and its C library is glibc 2.36 or later, the first that reads them.
fn reads_short_relocations() -> bool {
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    let is_for_here = env::var("TARGET").ok() == env::var("HOST").ok();
    if !is_for_here || !is("CARGO_CFG_TARGET_OS", "linux") || !is("CARGO_CFG_TARGET_ENV", "gnu") {
        return false;
    }
    let told = Command::new("getconf").arg("GNU_LIBC_VERSION").output().map(|told| told.stdout).unwrap_or_default();
    let told = String::from_utf8_lossy(&told).into_owned();
    let version = told.trim().strip_prefix("glibc ").and_then(|version| version.split_once('.'));
    version.is_some_and(|(major, minor)| (major.parse().unwrap_or(0), minor.parse().unwrap_or(0)) >= (2_u32, 36_u32))
}
