//! Who wrote something: a name, a mail address, or both in one of the ways that feeds put them together.

use super::canonical::Person;
use super::names::Space;
use super::tree::Element;
use super::value::Reader;

/// Atom's `name` and `email`, the `itunes:owner` of podcasts, else the text as a whole.
pub(super) fn person(element: &Element<'_>, reader: &Reader<'_>) -> Option<Person> {
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
