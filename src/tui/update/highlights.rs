//! What the list's filter looks for stands out in the article that is shown.

use crate::tui::model::Model;
use crate::tui::model::reader::Highlights;
use crate::tui::msg::Effect;

/// Asks for the places once for each article, width and filter.
pub(super) fn want(model: &mut Model) -> Option<Effect> {
    let query = model.list.filter.query();
    if !query.has_text() {
        model.reader.highlights = None;
        return None;
    }
    let shown = model.reader.current()?.clone();
    if model.reader.highlights.as_ref().is_some_and(|known| known.are_of(&shown, &query)) {
        return None;
    }
    let (id, width) = (shown.id, shown.width);
    model.reader.highlights = Some(Highlights { id, width, query: query.clone(), hits: Vec::new() });
    Some(Effect::Highlight { id, width, query, entry: shown.entry, article: shown.article })
}

pub(super) fn arrived(model: &mut Model, found: Highlights) -> Vec<Effect> {
    let is_wanted = |known: &Highlights| (known.id, known.width, &known.query) == (found.id, found.width, &found.query);
    if model.reader.highlights.as_ref().is_some_and(is_wanted) {
        model.reader.highlights = Some(found);
    }
    Vec::new()
}
