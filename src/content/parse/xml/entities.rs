//! The entities that a document declares for itself, one level only: no entity is expanded within another, and none is
//! fetched from anywhere.

use std::cell::Cell;
use std::collections::HashMap;

use memchr::memmem;

use super::super::super::entity::{self, Reference};
use super::super::LONGEST_TEXT;
use super::notes::Notes;

const MOST_ENTITIES: usize = 1000;
/// In characters. Without a limit, what is no declaration would be read to the end of the document, each time anew.
const LONGEST_NAME: usize = 64;
/// What all references of one document may add to it: honest ones are a few words long.
const MOST_EXPANDED: usize = 256 * 1024;

#[derive(Default)]
pub(super) struct Entities<'a> {
    declared: HashMap<&'a str, String>,
    expanded: Cell<usize>,
}

impl<'a> Entities<'a> {
    /// Reads the declarations of a document type, in what stands before the root element.
    pub(super) fn declared(prolog: &'a str) -> Self {
        let mut declared = HashMap::new();
        let starts = memmem::find_iter(prolog.as_bytes(), b"<!ENTITY").take(MOST_ENTITIES);
        for after in starts.filter_map(|at| prolog.get(at + 8..)) {
            let after = after.trim_start();
            let mut start = after.char_indices().take(LONGEST_NAME);
            let Some((end, _)) = start.find(|(_, c)| c.is_whitespace()) else { continue };
            let (name, tail) = after.split_at(end);
            let tail = tail.trim_start();
            let Some(quote) = tail.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
                // A parameter entity, or one that stands in another file.
                continue;
            };
            let Some(value) = tail.split(quote).nth(1) else { break };
            declared.entry(name).or_insert_with(|| flat(value));
        }
        Self { declared, expanded: Cell::new(0) }
    }

    /// The text behind a name; `None` when the document does not declare it or has used up what it may add.
    fn value(&self, name: &str, notes: &Notes) -> Option<&str> {
        let value = self.declared.get(name)?;
        let expanded = self.expanded.get() + value.len();
        if expanded > MOST_EXPANDED {
            notes.left_out("entities that grow without end");
            return Some("");
        }
        self.expanded.set(expanded);
        Some(value)
    }

    /// Appends `raw` with its references decoded, as far as a text goes. Those that nobody knows stay as they are written.
    pub(super) fn decode_into(&self, out: &mut String, raw: &str, notes: &Notes) {
        out.reserve(raw.len());
        let mut rest = raw;
        while let Some(at) = memchr::memchr(b'&', rest.as_bytes())
            && out.len() <= LONGEST_TEXT
        {
            let (plain, tail) = rest.split_at(at);
            out.push_str(plain);
            let own = (!self.declared.is_empty()).then(|| name(tail)).flatten();
            let taken = if let Some((name, value)) = own.and_then(|name| Some((name, self.value(name, notes)?))) {
                out.push_str(value);
                name.len() + 2
            } else {
                match entity::read(tail.as_bytes()) {
                    // A number that names no character.
                    Reference::Char(char::REPLACEMENT_CHARACTER, length) => length,
                    Reference::Char(c, length) => {
                        out.push(c);
                        length
                    }
                    Reference::Bare => {
                        notes.flaw("a bare `&`");
                        out.push('&');
                        1
                    }
                    Reference::Unknown => {
                        out.push('&');
                        1
                    }
                }
            };
            rest = tail.get(taken..).unwrap_or_default();
        }
        out.push_str(rest);
    }
}

/// The value of a declaration: characters are decoded, other entities stay names.
fn flat(value: &str) -> String {
    entity::decode(value).into_owned()
}

/// The name in `&name;` at the start of `text`.
fn name(text: &str) -> Option<&str> {
    let body = text.strip_prefix('&')?;
    let end = body.bytes().take(64).position(|b| b == b';')?;
    body.get(..end).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(prolog: &str, raw: &str) -> String {
        let mut out = String::new();
        Entities::declared(prolog).decode_into(&mut out, raw, &Notes::default());
        out
    }

    #[test]
    fn a_documents_own_entities_are_read_one_level_deep() {
        let prolog = "<!DOCTYPE x [<!ENTITY a 'satu &#38; dua'><!ENTITY b \"&a;&a;\"><!ENTITY c SYSTEM 'file:///etc/passwd'>\
                      <!ENTITY % d 'x'>]>";
        assert_eq!(decoded(prolog, "&a; &b; &c; &amp;"), "satu & dua &a;&a; &c; &");
    }

    #[test]
    fn declarations_without_names_are_not_looked_at_each_to_the_end_of_the_document() {
        let prolog = "<!ENTITY".repeat(1_000_000) + " x 'y'>";
        assert_eq!(decoded(&prolog, "&x;"), "&x;");
    }

    #[test]
    fn entities_cannot_fill_the_memory() {
        let prolog = format!("<!ENTITY a '{}'>", "x".repeat(100_000));
        let notes = Notes::default();
        let mut out = String::new();
        Entities::declared(&prolog).decode_into(&mut out, &"&a;".repeat(10_000), &notes);
        assert!(out.len() <= MOST_EXPANDED);
        assert_eq!(notes.into_repairs(), ["left out entities that grow without end"]);
    }
}
