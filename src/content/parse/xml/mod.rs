//! RSS of every version, Atom 0.3 and 1.0, RDF and CDF, well-formed or not:
//!
//! ```text
//! text ─▶ scan (tags) ─▶ tree (one item at a time) ─▶ head, item (by meaning) ─▶ canonical Atom ─▶ feed-rs ─▶ Raw
//!                                                            └─ content, summary ────────────────────────────▲
//! ```
//!
//! feed-rs gives a whole feed up for one odd attribute and knows each dialect a little differently. It gets one item at a
//! time, in the one form that it reads without loss: what is wrong with an item is that item's trouble alone.

mod canonical;
mod entities;
mod figures;
mod head;
mod item;
mod media;
mod names;
mod notes;
mod person;
mod scan;
mod tree;
mod value;

use std::borrow::Cow;
use std::ops::Range;

use feed_rs::model::{Entry, Feed, Person, Text};
use feed_rs::parser::Builder;
use jiff::Timestamp;
use url::Url;

use crate::model::entry::{Enclosure, FeedDraft};
use crate::model::feed::FeedFacts;
use crate::model::ledger::Dropped;

use super::super::{address, date, guard, language};
use super::draft::{self, Body, Raw};
use super::mojibake::Mender;
use super::{MOST_ITEMS, ParseError, Stop};
use entities::Entities;
use figures::Figures;
use head::Head;
use item::Written;
use notes::Notes;
use scan::{Scan, Token};
use tree::{Part, Parts};
use value::Reader;

/// `prolog` is what stands before the root element.
pub(super) fn parse(
    prolog: &str,
    root: &str,
    base: &Url,
    mender: &Mender,
    stop: &Stop<'_>,
) -> Result<FeedDraft, ParseError> {
    let notes = Notes::default();
    let Understood { head, items, dropped, is_cut_off } = understood(prolog, root, base, &notes, mender, stop)?;
    let quiet = head.quiet;
    let ttl = head.ttl.filter(|minutes| *minutes > 0);
    let is_atom = head.is_atom;
    let facts = read(&head.write()).ok_or(ParseError::Malformed { detail: "its facts".to_owned() })?;
    let declared = facts.language.clone().map(|tag| draft::plain_line(&tag)).filter(|tag| !tag.is_empty());
    let facts = FeedFacts { ttl, quiet, ..self::facts(facts, base) };
    let home = facts.home.as_deref().and_then(|home| Url::parse(home).ok());
    // What relative addresses in bodies refer to: the site, which is where the text is read, else the document.
    let site = home.as_ref().filter(|_| !is_atom).unwrap_or(base);
    let mut entries = Vec::with_capacity(items.len());
    for (mut raw, own_base) in items {
        stop.check()?;
        if raw.authors.is_empty() && is_atom {
            raw.authors.clone_from(&facts.authors);
        }
        entries.push(draft::draft(raw, own_base.as_ref().unwrap_or(site)));
    }
    let breaks_off = notes.breaks_off();
    let repairs = notes.into_repairs();
    Ok(FeedDraft { facts, entries, language: declared, repairs, dropped, is_cut_off, breaks_off })
}

pub(super) fn pieces(document: &str) -> Vec<Range<usize>> {
    let notes = Notes::default();
    let mut scan = Scan::new(document, &notes);
    std::iter::from_fn(|| scan.next("item"))
        .map(|token| match token {
            Token::Text(piece) | Token::Cdata(piece) | Token::End(piece) | Token::Start { name: piece, .. } => piece,
        })
        .map(|piece| {
            let start = piece.as_ptr().addr() - document.as_ptr().addr();
            start..start + piece.len()
        })
        .collect()
}

#[derive(Default)]
struct Understood {
    head: Head,
    /// Each with the base of its body.
    items: Vec<(Raw, Option<Url>)>,
    dropped: Dropped,
    is_cut_off: bool,
}

fn understood(
    prolog: &str,
    root: &str,
    base: &Url,
    notes: &Notes,
    mender: &Mender,
    stop: &Stop<'_>,
) -> Result<Understood, ParseError> {
    let reader = Reader { entities: Entities::declared(prolog), notes, mender, stop };
    let Understood { mut head, mut items, mut dropped, mut is_cut_off } = Understood::default();
    let mut figures = Figures::default();
    let mut site = None;
    for part in Parts::of(root, base, notes, stop) {
        match part {
            Part::Container(element) => head.container(&element, base),
            Part::Fact(element) => head.take(&element, &reader, base),
            Part::Item(_) if items.len() == MOST_ITEMS => {
                notes.left_out("the items after the first 10,000");
                dropped.over_limit += 1;
            }
            Part::Item(element) => {
                stop.check()?;
                let is_atom = head.is_atom || element.name == "entry";
                let site = site.get_or_insert_with(|| head.site_elsewhere(base)).as_ref();
                let own = element.base.as_deref().or(site).unwrap_or(base);
                let Written { entry, bodies, dates } = item::entry(&element, &reader, own, is_atom);
                match read(&entry).and_then(|feed| feed.entries.into_iter().next()) {
                    Some(entry) => {
                        is_cut_off = notes.has_half_item();
                        figures.note(items.len(), dates);
                        items.push(raw(entry, bodies, base));
                    }
                    None => {
                        notes.left_out("an item that cannot be read");
                        dropped.unreadable += 1;
                    }
                }
            }
        }
    }
    // Where the time was up within a part, there is no further one.
    stop.check()?;
    figures.settle(items.iter_mut().map(|(raw, _)| raw));
    Ok(Understood { head, items, dropped, is_cut_off })
}

fn read(xml: &str) -> Option<Feed> {
    // A parser of feed-rs cannot be used again after an error, so each document gets its own.
    guard::guarded(|| {
        Builder::new()
            .sanitize_content(false)
            .id_generator(|_, _, _| String::new())
            // The `parse` is chrono's, which has to be handed text: the type cannot be named without depending on it.
            .timestamp_parser(|text| date::parse(text)?.to_string().parse().ok())
            .build()
            .parse(xml.as_bytes())
            .ok()
    })?
}

fn facts(feed: Feed, base: &Url) -> FeedFacts {
    let page = feed.links.iter().find_map(|link| address::resource(&link.href, base)).map(Cow::into_owned);
    FeedFacts {
        title: feed.title.as_ref().map(title).unwrap_or_default(),
        description: feed.description.as_ref().map(title).filter(|text| !text.is_empty()),
        language: feed.language.as_deref().and_then(language::declared),
        icon: feed.icon.and_then(|icon| address::resource(&icon.uri, base).map(Cow::into_owned)),
        authors: authors(&feed.authors),
        ttl: None,
        quiet: crate::model::feed::Quiet::default(),
        is_local: false,
        home: page,
    }
}

/// What feed-rs has read of a canonical entry, and the base of its body.
fn raw(entry: Entry, bodies: Vec<Body>, base: &Url) -> (Raw, Option<Url>) {
    let own_base = entry.base.as_deref().and_then(|own| base.join(own).ok());
    let guid = Some(entry.id.trim()).filter(|id| !id.is_empty()).map(str::to_owned);
    let mut raw = Raw {
        guid,
        title: entry.title.as_ref().map(title),
        authors: authors(&entry.authors),
        published: entry.published.and_then(instant),
        updated: entry.updated.and_then(instant),
        language: entry.language,
        bodies,
        categories: entry.categories.into_iter().map(|category| category.term).collect(),
        ..Raw::default()
    };
    for link in entry.links {
        match link.rel.as_deref() {
            Some("enclosure") => raw.enclosures.push(Enclosure {
                url: link.href,
                mime_type: link.media_type,
                title: link.title,
                size: link.length,
                duration: None,
            }),
            Some(canonical::IMAGE) => raw.thumbnails.push(link.href),
            Some(canonical::ELSEWHERE) => raw.external_url = Some(link.href),
            _ => raw.url = Some(link.href),
        }
    }
    for file in entry.media.into_iter().flat_map(|object| object.content) {
        let url = file.url.map(String::from);
        if let Some(known) = raw.enclosures.iter_mut().find(|known| Some(&known.url) == url.as_ref()) {
            known.duration = file.duration.map(|duration| duration.as_secs());
        }
    }
    (raw, own_base)
}

/// On one line, without markup where there can be any.
fn title(text: &Text) -> String {
    draft::line(&text.content, text.content_type.as_str() != "text/plain")
}

fn authors(people: &[Person]) -> Vec<String> {
    let mut names = Vec::new();
    for person in people {
        // feed-rs calls a person without a name by an empty one.
        let name = person.name.as_deref().filter(|name| !name.trim().is_empty());
        if let Some(name) = name.or(person.email.as_deref()) {
            draft::author_into(&mut names, name);
        }
    }
    names
}

/// From chrono's to jiff's, without naming chrono.
fn instant(at: impl Into<std::time::SystemTime>) -> Option<Timestamp> {
    Timestamp::try_from(at.into()).ok()
}
