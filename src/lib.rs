//! kabar, a terminal news reader.

pub mod content;
pub mod model;
