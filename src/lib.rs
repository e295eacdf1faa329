//! kabar, a terminal news reader.

pub mod model;
