//! Which vocabulary a name belongs to: by the namespace that its prefix is bound to, whatever the prefix; by the
//! customary prefix where the publisher forgot to declare it.

use std::borrow::Cow;

use super::super::super::entity;
use super::super::super::markup::Attributes;

/// More bindings at one time are no document of this world.
const MOST_BINDINGS: usize = 64;

/// A vocabulary that says something to a reader of feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// RSS of every version, Atom of every version, CDF, and names without a namespace: they never contradict each other.
    Feed,
    /// Dublin Core, the elements and the terms.
    Dublin,
    Content,
    Itunes,
    Media,
    Podcast,
    Rdf,
    Xhtml,
    Other,
}

/// The prefixes in force, the latest last.
#[derive(Default)]
pub(super) struct Scopes<'a> {
    bindings: Vec<Binding<'a>>,
}

struct Binding<'a> {
    depth: usize,
    prefix: &'a str,
    space: Space,
}

impl<'a> Scopes<'a> {
    /// Takes the declarations of a start tag at `depth`.
    pub(super) fn declare(&mut self, attributes: &'a str, depth: usize) {
        if !attributes.contains("xmlns") {
            return;
        }
        for attribute in Attributes::of(attributes) {
            let prefix = match attribute.name.strip_prefix("xmlns") {
                Some("") => "",
                Some(name) => match name.strip_prefix(':') {
                    Some(prefix) => prefix,
                    None => continue,
                },
                None => continue,
            };
            if self.bindings.len() < MOST_BINDINGS {
                let mut space = by_address(&entity::decode(attribute.value), prefix.is_empty());
                // Made up or misspelt: what is meant is what the prefix stands for everywhere else.
                if space == Space::Other {
                    space = Some(by_custom(prefix)).filter(|meant| *meant != Space::Xhtml).unwrap_or(space);
                }
                self.bindings.push(Binding { depth, prefix, space });
            }
        }
    }

    /// Forgets what was declared deeper than `depth`.
    pub(super) fn leave(&mut self, depth: usize) {
        while self.bindings.last().is_some_and(|binding| binding.depth > depth) {
            self.bindings.pop();
        }
    }

    /// The vocabulary of a name, and the name without its prefix in lower case.
    pub(super) fn resolve(&self, name: &'a str) -> (Space, Cow<'a, str>) {
        let (prefix, local) = name.rsplit_once(':').unwrap_or(("", name));
        let bound = self.bindings.iter().rev().find(|binding| binding.prefix == prefix).map(|binding| binding.space);
        (bound.unwrap_or_else(|| by_custom(prefix)), lower(local))
    }
}

pub(super) fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

fn by_address(address: &str, is_default: bool) -> Space {
    let address = address.trim().to_ascii_lowercase();
    let place = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or(&address);
    let place = place.trim_start_matches("www.").trim_end_matches(['/', '#']);
    match place {
        "purl.org/rss/1.0/modules/content" => Space::Content,
        "purl.org/dc/terms" => Space::Dublin,
        "w3.org/1999/02/22-rdf-syntax-ns" => Space::Rdf,
        "w3.org/1999/xhtml" => Space::Xhtml,
        "rssboard.org/media-rss" => Space::Media,
        "" | "purl.org/rss/1.0" | "purl.org/net/rss1.1" | "w3.org/2005/atom" | "blogs.law.harvard.edu/tech/rss" => {
            Space::Feed
        }
        _ if place.starts_with("purl.org/atom/") || place.starts_with("backend.userland.com/rss") => Space::Feed,
        _ if place.contains("netscape.com/rdf/simple") || place.contains("netscape.com/publish") => Space::Feed,
        _ if place.starts_with("purl.org/dc/elements") => Space::Dublin,
        _ if place.ends_with("podcast-1.0.dtd") => Space::Itunes,
        _ if place.ends_with("/mrss") => Space::Media,
        _ if place.contains("podcastindex") || place.contains("podcast-namespace") => Space::Podcast,
        // The document's own vocabulary under an address that is misspelt or made up.
        _ if is_default => Space::Feed,
        _ => Space::Other,
    }
}

fn by_custom(prefix: &str) -> Space {
    match lower(prefix).as_ref() {
        "" | "rss" | "atom" | "atom10" | "a10" | "atom03" => Space::Feed,
        "dc" | "dcterms" | "dct" => Space::Dublin,
        "content" => Space::Content,
        "itunes" => Space::Itunes,
        "media" => Space::Media,
        "podcast" => Space::Podcast,
        "rdf" => Space::Rdf,
        "xhtml" | "html" | "h" => Space::Xhtml,
        _ => Space::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_goes_by_its_namespace_not_its_prefix() {
        let mut scopes = Scopes::default();
        scopes.declare(" xmlns:x='http://purl.org/dc/elements/1.1/' xmlns:dc=\"http://search.yahoo.com/mrss\"", 1);
        assert_eq!(scopes.resolve("x:Creator"), (Space::Dublin, "creator".into()));
        assert_eq!(scopes.resolve("dc:thumbnail").0, Space::Media);
        scopes.leave(0);
        assert_eq!(scopes.resolve("dc:date").0, Space::Dublin);
        assert_eq!(scopes.resolve("y:date").0, Space::Other);
        scopes.declare(" xmlns:media='http://contoh.id/media' xmlns:h='urn:h' xmlns:y='urn:y'", 1);
        assert_eq!(scopes.resolve("media:thumbnail").0, Space::Media, "under an address that is made up");
        assert_eq!((scopes.resolve("h:p").0, scopes.resolve("y:date").0), (Space::Other, Space::Other));
    }

    #[test]
    fn the_default_namespace_may_be_misspelt() {
        let mut scopes = Scopes::default();
        scopes.declare(" xmlns=\"http://www.w3.org/2005/Atomm\"", 1);
        assert_eq!(scopes.resolve("entry").0, Space::Feed);
        scopes.declare(" xmlns=\"http://www.w3.org/1999/xhtml\"", 2);
        assert_eq!(scopes.resolve("p").0, Space::Xhtml);
        scopes.leave(1);
        assert_eq!(scopes.resolve("entry").0, Space::Feed);
    }
}
