//! Saved views: queries that the user has given a name, and perhaps a key.

use serde::{Deserialize, Serialize};

use super::query::Query;

/// Row id of a saved view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ViewId(pub i64);

/// A list that the user comes back to. Its order is the query's own (`sort:`).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SavedView {
    pub id: ViewId,
    pub name: String,
    pub query: Query,
    /// Goes to it from the list of views.
    pub key: Option<char>,
}

/// A view as it is to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewView {
    pub name: String,
    pub query: Query,
    pub key: Option<char>,
}

/// The key that a text names: one printable character.
#[must_use]
pub fn key(text: &str) -> Option<char> {
    let mut letters = text.trim().chars();
    let one = letters.next().filter(|c| !c.is_control() && !c.is_whitespace());
    if letters.next().is_some() { None } else { one }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_one_printable_character() {
        assert_eq!((key(" b "), key("é"), key("经")), (Some('b'), Some('é'), Some('经')));
        assert_eq!((key(""), key("bb"), key("\u{1b}")), (None, None, None));
    }
}
