//! `kabar show --revisions`: the versions of one article, and what each changed.

use jiff::Timestamp;
use serde::Serialize;

use super::error::CliError;
use super::headlines::day;
use super::out::{Out, Style};
use super::show::Format;
use crate::engine::{Engine, Revision};
use crate::model::entry::EntryId;
use crate::model::revision::{Kind, Piece, compare, escaped, paragraphs};

#[derive(Serialize)]
struct Row<'a> {
    number: usize,
    seen: Timestamp,
    title: &'a str,
    html: &'a str,
    text: &'a str,
    title_changes: &'a [Piece],
    changes: &'a [Piece],
}

pub(super) async fn print(engine: &Engine, id: i64, format: Format) -> Result<(), CliError> {
    let revisions = engine.revisions(EntryId(id)).await?;
    if revisions.is_empty() {
        return Err(CliError::NoArticle(id));
    }
    let mut out = Out::new();
    match format {
        Format::Json => {
            let rows = (1..).zip(&revisions).map(|(number, revision)| Row {
                number,
                seen: revision.version.seen,
                title: &revision.version.title,
                html: &revision.version.html,
                text: &revision.text,
                title_changes: &revision.title_changes,
                changes: &revision.changes,
            });
            out.json(&rows.collect::<Vec<_>>())?;
        }
        Format::Html => {
            for revision in &revisions {
                out.text(&html(revision))?;
            }
        }
        Format::Text | Format::Markdown => {
            for (number, revision) in (1..).zip(&revisions) {
                text(number, revision, &mut out)?;
            }
        }
    }
    out.flush()
}

/// The first version has nothing before it: all of it is as it was.
fn all_of(revision: &Revision) -> (Vec<Piece>, Vec<Piece>) {
    if revision.changes.is_empty() && revision.title_changes.is_empty() {
        let (title, text) = (&revision.version.title, &revision.text);
        return (compare(title, title), compare(text, text));
    }
    (revision.title_changes.clone(), revision.changes.clone())
}

fn html(revision: &Revision) -> String {
    let mark = |kind, text: &str| match kind {
        Kind::Same => text.to_owned(),
        Kind::Removed => format!("<del>{text}</del>"),
        Kind::Added => format!("<ins>{text}</ins>"),
    };
    let (title, changes) = all_of(revision);
    let title: String = title.iter().map(|piece| mark(piece.kind, &escaped(&piece.text))).collect();
    let (seen, text) = (revision.version.seen, paragraphs(&changes, mark));
    format!("<article>\n<h1>{title}</h1>\n<p><time>{seen}</time></p>\n{text}</article>\n")
}

/// What went stands in `[-…-]`, what came in `{+…+}`.
fn text(number: usize, revision: &Revision, out: &mut Out) -> Result<(), CliError> {
    let (title, changes) = all_of(revision);
    if number > 1 {
        out.line("")?;
    }
    let head = out.styled(&format!("{number} · {}", day(revision.version.seen)), Style::Dim);
    out.line(&head)?;
    let title = marked(&title, out);
    out.line(&title)?;
    out.line("")?;
    let changes = marked(&changes, out);
    out.line(&changes)
}

fn marked(pieces: &[Piece], out: &Out) -> String {
    let marked = |piece: &Piece| match piece.kind {
        Kind::Same => piece.text.clone(),
        Kind::Removed => out.styled(&format!("[-{}-]", piece.text), Style::Dim),
        Kind::Added => out.styled(&format!("{{+{}+}}", piece.text), Style::Strong),
    };
    pieces.iter().map(marked).collect()
}
