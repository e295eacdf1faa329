//! What names mean: a language's words for countries and the concepts of the news, and the names of office holders, regions and
//! organisations, from `assets/lexicon/`. Among the countries a key that is no code (`--`) stands for nothing: AS Roma is no
//! country; a region or an organisation of that key is of no country.
//!
//! A language's table is made when the first article in it is read. Words are compared by their stems, the longest name
//! that begins at a word counts; scripts without spaces are searched letter by letter.

mod files;
mod table;

use std::collections::HashMap;
use std::sync::Arc;

use super::hash;
use crate::model::terms::stem::Stems;

pub use files::{
    concept_word, games, is_person, is_proper_name, meant, most_special, offices, place_name, rank, related,
    says_nothing_beside, shown_name,
};
pub(super) use table::is_katakana;
pub use table::{Met, Table};

/// A country or an alliance: the letters of its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place(pub u32);

impl Place {
    /// A code of ISO 3166, or EU, UN, NATO.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let is_code = (2..=4).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_uppercase());
        is_code.then(|| Self(code.bytes().fold(0, |sum, b| sum << 8 | u32::from(b))))
    }

    #[must_use]
    pub fn code(self) -> String {
        let letters = self.0.to_be_bytes();
        letters.iter().filter(|b| **b != 0).map(|b| char::from(*b)).collect()
    }
}

/// What a name stands for. The numbers are hashes of the lexicon's keys: they outlive an edit of its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sense {
    Place(Place),
    /// What has a name of its own in the lexicon: an office holder, a region, an organisation.
    Named(u32),
    Concept(u32),
    /// What several games have, and the one that it stands for where the article has no other.
    Shared(u32),
}

impl Sense {
    #[must_use]
    pub fn concept(name: &str) -> Self {
        Self::Concept(hash(name))
    }
}

/// The tables of the languages that were met.
#[derive(Debug, Default)]
pub struct Lexicon {
    tables: HashMap<String, Arc<Table>>,
}

impl Lexicon {
    /// The names in a language.
    pub fn table(&mut self, language: &str, stems: &mut Stems) -> Arc<Table> {
        if let Some(table) = self.tables.get(language) {
            return table.clone();
        }
        let table = Arc::new(Table::read(language, stems));
        self.tables.insert(language.to_owned(), table.clone());
        table
    }
}
