//! Dates in figures (`05/06/2024`), which may begin with the day or the month: it is the document as a whole that says so.

use super::super::super::date;
use super::super::draft::Raw;
use super::item::Dates;

/// The dates of those items that have them in figures.
#[derive(Default)]
pub(super) struct Figures {
    /// Each with the place of its item.
    dates: Vec<(usize, Dates)>,
}

impl Figures {
    /// Takes note of the dates of the item at this place, where they are in figures.
    pub(super) fn note(&mut self, place: usize, dates: Dates) {
        if dates.texts().any(date::is_in_figures) {
            self.dates.push((place, dates));
        }
    }

    /// Reads the dates of these items again, in the order that all of them together show.
    pub(super) fn settle<'r>(&self, mut items: impl Iterator<Item = &'r mut Raw>) {
        let Some(order) = date::order(self.dates.iter().flat_map(|(_, dates)| dates.texts())) else { return };
        let again = |text: &Option<String>| date::parse_in(text.as_deref()?, Some(order));
        let mut next = 0;
        for (place, dates) in &self.dates {
            let Some(raw) = items.nth(place - next) else { return };
            next = place + 1;
            raw.published = again(&dates.published).or(raw.published);
            raw.updated = again(&dates.updated).or(raw.updated);
        }
    }
}

impl Dates {
    fn texts(&self) -> impl Iterator<Item = &str> {
        self.published.as_deref().into_iter().chain(self.updated.as_deref())
    }
}
