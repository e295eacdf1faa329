//! The weights by which two articles are judged to tell of one event: data, fitted on labelled news
//! (`tests/it/stories.rs`), one row for articles in one language and one for articles in two.

use std::collections::HashMap;

use serde::Deserialize;

use super::compare::{COMPARED, Compared};

const FILE: &str = include_str!("../../../assets/stories.toml");

#[derive(Debug, Clone, Deserialize)]
struct Written {
    version: u32,
    threshold: f32,
    within: HashMap<String, f32>,
    across: HashMap<String, f32>,
}

#[derive(Debug, Clone)]
pub struct Weights {
    /// Changes with every fit; what was grouped by another version is grouped anew.
    pub version: u32,
    /// From which likelihood on an article joins a story.
    pub threshold: f32,
    pub within: Compared,
    pub across: Compared,
}

impl Default for Weights {
    /// Those that kabar ships.
    fn default() -> Self {
        let Ok(Written { version, threshold, within, across }) = toml::from_str(FILE) else {
            return Self { version: 0, threshold: 1.0, within: Compared::default(), across: Compared::default() };
        };
        let row = |written: &HashMap<String, f32>| COMPARED.map(|name| written.get(name).copied().unwrap_or_default());
        Self { version, threshold, within: row(&within), across: row(&across) }
    }
}

/// The version of the shipped weights, read without the rest of them: it is asked for whenever there may be work.
#[must_use]
pub fn version() -> u32 {
    version_of(FILE)
}

/// The number in the line `version = …`.
pub(in crate::content) fn version_of(file: &str) -> u32 {
    let number = file.lines().find_map(|line| line.strip_prefix("version = ")?.trim().parse().ok());
    number.unwrap_or_default()
}

impl Weights {
    /// How likely two articles tell of one event, 0 to 1.
    #[must_use]
    pub fn likelihood(&self, compared: &Compared, is_one_language: bool) -> f32 {
        let weights = if is_one_language { &self.within } else { &self.across };
        let sum: f32 = weights.iter().zip(compared).map(|(weight, value)| weight * value).sum();
        1.0 / (1.0 + (-sum).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::topics;
    use super::*;

    #[test]
    fn a_version_is_read_alone_as_with_the_rest() {
        assert_eq!((version(), topics::version()), (Weights::default().version, topics::Rules::default().version));
        assert!(version() > 0 && topics::version() > 0);
    }
}
