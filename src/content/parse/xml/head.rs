//! The facts about a feed, gathered from wherever its dialect puts them, written down in the canonical form.

use std::borrow::Cow;

use url::Url;

use super::canonical::{Canonical, Person};
use super::item::{page_rank, resolved, says_image};
use super::names::Space;
use super::person;
use super::tree::Element;
use super::value::{Reader, Value};
use crate::model::feed::Quiet;

/// Of several words for one thing the one with the lowest rank counts, of equal ones the first.
#[derive(Default)]
pub(super) struct Head {
    pub(super) is_atom: bool,
    /// Minutes (RSS).
    pub(super) ttl: Option<u32>,
    pub(super) quiet: Quiet,
    titles: Vec<(u8, Value)>,
    descriptions: Vec<(u8, Value)>,
    pages: Vec<(u8, String)>,
    icons: Vec<(u8, String)>,
    languages: Vec<(u8, String)>,
    authors: Vec<(u8, Person)>,
}

/// Beyond this, facts repeat themselves.
const MOST: usize = 100;

impl Head {
    /// The root element and those that only hold others.
    pub(super) fn container(&mut self, element: &Element<'_>, base: &Url) {
        self.is_atom |= element.name == "feed";
        if let Some(language) = &element.language {
            self.languages.push((2, language.to_string()));
        }
        // CDF says it there.
        let own = element.base.as_deref().unwrap_or(base);
        self.pages.extend(element.attribute("href").and_then(|page| resolved(&page, own)).map(|url| (3, url)));
    }

    pub(super) fn take(&mut self, element: &Element<'_>, reader: &Reader<'_>, base: &Url) {
        if self.titles.len() + self.descriptions.len() + self.pages.len() + self.icons.len() + self.authors.len() > MOST
        {
            return;
        }
        let base = element.base.as_deref().unwrap_or(base);
        match element.space {
            Space::Feed => self.take_core(element, reader, base),
            Space::Dublin => self.take_dublin(element, reader),
            Space::Itunes => self.take_itunes(element, reader, base),
            _ => {}
        }
    }

    fn take_core(&mut self, element: &Element<'_>, reader: &Reader<'_>, base: &Url) {
        let html = !self.is_atom;
        match element.name.as_ref() {
            "title" => {
                self.titles.extend(reader.rich(element, html).map(|value| (0, value)));
                self.spoken(element);
            }
            "description" | "subtitle" | "tagline" => {
                self.descriptions.extend(reader.rich(element, html).map(|value| (0, value)));
            }
            "info" | "abstract" => self.descriptions.extend(reader.rich(element, html).map(|value| (1, value))),
            "link" | "a" => self.link(element, reader, base),
            "language" => self.languages.extend(reader.text(element).map(|language| (0, language))),
            "managingeditor" | "author" => self.authors.extend(person::ranked(element, reader, 0)),
            "image" | "logo" => self.image(element, reader, base, 1),
            "icon" => self.image(element, reader, base, 2),
            "skiphours" => self.quiet.hours = bits(element, reader, hour),
            "skipdays" => self.quiet.days = bits(element, reader, day) as u8,
            "ttl" => self.ttl = reader.text(element).and_then(|minutes| minutes.parse().ok()),
            _ => {}
        }
    }

    fn take_dublin(&mut self, element: &Element<'_>, reader: &Reader<'_>) {
        match element.name.as_ref() {
            "title" => self.titles.extend(reader.rich(element, true).map(|value| (1, value))),
            "description" => self.descriptions.extend(reader.rich(element, true).map(|value| (2, value))),
            "language" => self.languages.extend(reader.text(element).map(|language| (1, language))),
            "creator" | "author" => self.authors.extend(person::ranked(element, reader, 0)),
            _ => {}
        }
    }

    fn take_itunes(&mut self, element: &Element<'_>, reader: &Reader<'_>, base: &Url) {
        match element.name.as_ref() {
            "title" => self.titles.extend(reader.rich(element, true).map(|value| (2, value))),
            "summary" => self.descriptions.extend(reader.rich(element, true).map(|value| (3, value))),
            "subtitle" => self.descriptions.extend(reader.rich(element, true).map(|value| (4, value))),
            "author" => self.authors.extend(person::ranked(element, reader, 1)),
            "owner" => self.authors.extend(person::ranked(element, reader, 2)),
            // A podcast's own; the other one is often that of the station.
            "image" => self.image(element, reader, base, 0),
            "link" if says_image(element) => self.image(element, reader, base, 0),
            _ => {}
        }
    }

    /// The language of the title is that of the feed, where the root element keeps silent.
    fn spoken(&mut self, element: &Element<'_>) {
        if let Some(language) = &element.language {
            self.languages.push((3, language.to_string()));
        }
    }

    fn link(&mut self, element: &Element<'_>, reader: &Reader<'_>, base: &Url) {
        let href = element.attribute("href").map(Cow::into_owned).or_else(|| reader.text(element));
        let rel = element.attribute("rel").unwrap_or_default().to_ascii_lowercase();
        if !matches!(rel.rsplit('/').next(), Some("" | "alternate")) {
            return;
        }
        self.pages.extend(href.and_then(|href| resolved(&href, base)).map(|url| (page_rank(element), url)));
    }

    fn image(&mut self, element: &Element<'_>, reader: &Reader<'_>, base: &Url, rank: u8) {
        let inner = element.child(Space::Feed, "url").and_then(|url| reader.text(url));
        let own = || element.attribute("href").or_else(|| element.attribute("url")).map(Cow::into_owned);
        let text = || element.elements().next().is_none().then(|| reader.text(element)).flatten();
        let resource = || element.attribute("resource").map(Cow::into_owned);
        let url = inner.or_else(own).or_else(text).or_else(resource);
        self.icons.extend(url.and_then(|url| resolved(&url, base)).map(|url| (rank, url)));
    }

    /// The site of a feed that another host delivers: what the addresses of its items are relative to, for want of a base
    /// (RSS states none).
    pub(super) fn site_elsewhere(&self, base: &Url) -> Option<Url> {
        let (_, page) = self.pages.iter().filter(|_| !self.is_atom).min_by_key(|(rank, _)| *rank)?;
        Url::parse(page).ok().filter(|site| site.has_host() && site.host() != base.host())
    }

    /// The facts as an Atom feed without entries.
    pub(super) fn write(mut self) -> String {
        let language = first(std::mem::take(&mut self.languages));
        let mut feed = Canonical::new("feed", language.as_deref(), 0);
        if let Some(title) = first(self.titles) {
            feed.rich("title", &title);
        }
        if let Some(description) = first(self.descriptions) {
            feed.rich("subtitle", &description);
        }
        feed.page(first(self.pages).as_deref());
        feed.icon(first(self.icons).as_deref());
        let rank = self.authors.iter().map(|(rank, _)| *rank).min();
        for (_, person) in self.authors.iter().filter(|(its, _)| Some(*its) == rank).take(20) {
            feed.person(person);
        }
        feed.finish()
    }
}

/// One bit for each child that says a number.
fn bits(list: &Element<'_>, reader: &Reader<'_>, number: fn(&str) -> Option<u32>) -> u32 {
    let named = list.elements().take(MOST).filter_map(|child| number(reader.text(child)?.trim()));
    named.fold(0, |bits, number| bits | 1 << number)
}

/// 0 to 23; in RSS 0.91 midnight is 24.
fn hour(text: &str) -> Option<u32> {
    text.parse().ok().filter(|hour| *hour <= 24).map(|hour: u32| hour % 24)
}

/// Days after Monday.
fn day(name: &str) -> Option<u32> {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    (0..).zip(days).find(|(_, day)| name.eq_ignore_ascii_case(day)).map(|(number, _)| number)
}

fn first<T>(ranked: Vec<(u8, T)>) -> Option<T> {
    ranked.into_iter().min_by_key(|(rank, _)| *rank).map(|(_, value)| value)
}
