//! Who wrote something: a name, a mail address, or both in one of the ways that feeds put them together.

use super::super::draft;
use super::canonical::Person;
use super::names::Space;
use super::tree::Element;
use super::value::Reader;

/// A mail address is a worse name than one that ranks behind it.
const NAMELESS: u8 = 10;

/// A person and its rank, which is `rank` where it has a name.
pub(super) fn ranked(element: &Element<'_>, reader: &Reader<'_>, rank: u8) -> Option<(u8, Person)> {
    let person = person(element, reader)?;
    let mut names = Vec::new();
    draft::author_into(&mut names, person.name.as_deref().unwrap_or_default());
    let has_name = names.iter().any(|name| !name.contains('@'));
    Some((if has_name { rank } else { rank + NAMELESS }, person))
}

/// Atom's `name` and `email`, the `itunes:owner` of podcasts, else the text as a whole.
fn person(element: &Element<'_>, reader: &Reader<'_>) -> Option<Person> {
    let part = |name: &str| {
        let of = |space| element.child(space, name).and_then(|part| reader.text(part));
        of(Space::Feed).or_else(|| of(Space::Itunes))
    };
    let (name, email) = (part("name"), part("email"));
    if name.is_some() || email.is_some() {
        return Some(Person { name, email });
    }
    let name = match element.elements().next() {
        // Of an RDF agent, or of a person with an address only.
        Some(_) => reader.text(element).filter(|text| !text.contains('\n')),
        None => reader.text(element),
    };
    name.map(|name| Person { name: Some(name), email: None })
}
