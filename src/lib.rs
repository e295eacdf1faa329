//! kabar, a terminal news reader.

pub mod model;
pub mod net;
