//! What has changed in an article: its versions, the newest first, shown like a page that was gone to.

use std::sync::Arc;

use super::links;
use crate::engine::Revision;
use crate::model::entry::Entry;
use crate::model::revision::{Kind, Piece, compare as between, escaped, paragraphs};
use crate::tui::model::Model;
use crate::tui::msg::Effect;

/// Asks for the versions of the selected article.
pub(super) fn compare(model: &mut Model) -> Vec<Effect> {
    // No store knows the versions of a page that was gone to.
    if model.reader.visit().is_some() {
        model.tell(model.texts.get("no-changes"));
        return Vec::new();
    }
    let Some(row) = model.list.current() else { return Vec::new() };
    let id = row.id;
    let ticket = model.ticket();
    model.reader.following = Some(ticket);
    vec![Effect::Compare { ticket, id }]
}

/// They are there; Esc leads back to the article.
pub(super) fn compared(model: &mut Model, found: Option<(Arc<Entry>, Vec<Revision>)>) -> Vec<Effect> {
    let Some((entry, revisions)) = found.filter(|(_, revisions)| revisions.len() > 1) else {
        model.tell(model.texts.get("no-changes"));
        return Vec::new();
    };
    let mut shown = Entry::clone(&entry);
    shown.headline.id = model.reader.next_visit();
    shown.html = document(model, &revisions);
    shown.is_whole = true;
    (shown.page_problem, shown.position) = (None, None);
    shown.enclosures.clear();
    links::arrived(model, Arc::new(shown))
}

fn document(model: &Model, revisions: &[Revision]) -> String {
    let mut html = String::new();
    for (number, revision) in revisions.iter().enumerate().rev().map(|(index, revision)| (index + 1, revision)) {
        let at = model.texts.moment(revision.version.seen, model.now, &model.zone);
        let head = model.texts.with_all("version-at", &[("n", number.into()), ("at", at.into())]);
        html.push_str(&format!("<h2>{}</h2>\n", escaped(&head)));
        if number == 1 {
            let title = &revision.version.title;
            html.push_str(&marked(&between(title, title)));
            html.push_str(&marked(&between(&revision.text, &revision.text)));
            continue;
        }
        if revision.title_changes.iter().any(|piece| piece.kind != Kind::Same) {
            html.push_str(&marked(&revision.title_changes));
        }
        html.push_str(&marked(&revision.changes));
    }
    html
}

/// Signs as well as styles: nothing is told by looks alone.
fn marked(pieces: &[Piece]) -> String {
    paragraphs(pieces, |kind, text| match kind {
        Kind::Same => text.to_owned(),
        Kind::Removed => format!("<del>[-{text}-]</del>"),
        Kind::Added => format!("<strong>{{+{text}+}}</strong>"),
    })
}
