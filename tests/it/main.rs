//! kabar's integration tests: one binary, one file per subject.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy.toml allows both in tests, which does not cover the functions tests share"
)]

mod app;
mod layers;
mod net;
mod reading;
mod screens;
mod texts;
mod web;
