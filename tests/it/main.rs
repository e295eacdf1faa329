//! kabar's integration tests: one binary, one file per subject.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy.toml allows both in tests, which does not cover the functions tests share"
)]

mod app;
mod barriers;
mod boilerplate;
mod checks;
mod cli;
mod cli_demo;
mod cli_golden;
mod cli_hostile;
mod cli_poll;
mod cli_program;
mod commands;
mod copies;
mod costs;
mod counts;
mod discovery;
mod export;
mod extract;
mod feed_clutter;
mod feed_text;
mod follow;
mod hostile;
mod identity;
mod layers;
mod ledger;
mod lexicon;
mod net;
mod news;
mod pages;
mod pane;
mod parsing;
mod pty;
mod queries;
mod random_queries;
mod reach;
mod reading;
mod readme;
mod rules;
mod schedule;
mod screens;
mod search;
mod sites;
mod small_stores;
mod stories;
mod tags;
mod texts;
mod topics;
mod typing;
mod views;
mod web;
mod windows;
