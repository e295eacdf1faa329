//! What had to be mended or left out while a document was read, each kind once, in words for a warning.

use std::cell::{Cell, RefCell};

#[derive(Debug, Default)]
pub(super) struct Notes {
    flaws: RefCell<Vec<&'static str>>,
    left_out: RefCell<Vec<&'static str>>,
    breaks_off: Cell<bool>,
    has_half_item: Cell<bool>,
}

impl Notes {
    /// Something that XML does not allow and that was read all the same.
    pub(super) fn flaw(&self, what: &'static str) {
        note(&self.flaws, what);
    }

    /// Something that is missing from the result.
    pub(super) fn left_out(&self, what: &'static str) {
        note(&self.left_out, what);
    }

    /// The document ends before its end.
    pub(super) fn break_off(&self) {
        self.flaw("it breaks off");
        self.breaks_off.set(true);
    }

    pub(super) fn breaks_off(&self) -> bool {
        self.breaks_off.get()
    }

    /// The document ends in the middle of an item, which is the next one to be read.
    pub(super) fn half_item(&self) {
        self.has_half_item.set(true);
    }

    pub(super) fn has_half_item(&self) -> bool {
        self.has_half_item.get()
    }

    pub(super) fn into_repairs(self) -> Vec<String> {
        let flaws = self.flaws.into_inner();
        let mended = (!flaws.is_empty()).then(|| format!("mended its XML: {}", flaws.join(", ")));
        let left_out = self.left_out.into_inner().into_iter().map(|what| format!("left out {what}"));
        mended.into_iter().chain(left_out).collect()
    }
}

fn note(list: &RefCell<Vec<&'static str>>, what: &'static str) {
    let mut list = list.borrow_mut();
    if !list.contains(&what) {
        list.push(what);
    }
}
