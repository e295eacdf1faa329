//! kabar, a terminal news reader.

pub mod command;
pub mod model;
