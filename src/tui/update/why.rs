//! Why is this article here?

use crate::engine::Explanation;
use crate::tui::model::{Model, Popup};
use crate::tui::msg::Effect;

pub(super) fn ask(model: &mut Model) -> Vec<Effect> {
    model.list.current().map(|row| Effect::Explain(row.id)).into_iter().collect()
}

pub(super) fn explained(model: &mut Model, found: Option<Box<Explanation>>) -> Vec<Effect> {
    // Something else may have been opened since it was asked.
    if let Some(explanation) = found.filter(|_| model.popup.is_none()) {
        model.popup = Some(Popup::Why { explanation, scroll: 0 });
    }
    Vec::new()
}
