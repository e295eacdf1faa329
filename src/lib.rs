//! kabar, a terminal news reader.

pub mod cli;
pub mod command;
pub mod config;
pub mod content;
pub mod engine;
pub mod i18n;
pub mod model;
pub mod net;
pub mod platform;
pub mod store;
pub mod tui;
