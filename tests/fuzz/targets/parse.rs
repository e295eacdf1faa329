#![no_main]

#[path = "../../it/checks.rs"]
#[allow(dead_code, reason = "each target calls one of them")]
mod checks;

libfuzzer_sys::fuzz_target!(|input: &[u8]| checks::run("parse", input));
