//! One item of any dialect, read by the meaning of its elements and written down in the canonical form.

use std::borrow::Cow;
use std::collections::HashSet;

use url::Url;

use super::super::super::{address, date};
use super::super::draft::Body;
use super::canonical::{Attached, Canonical, Person};
use super::media;
use super::names::Space;
use super::person;
use super::tree::Element;
use super::value::{Reader, Value, is_content};

/// Bytes of an entry without its texts.
const SHORT: usize = 2048;
const MOST_FILES: usize = 200;
const MOST_CATEGORIES: usize = 500;

/// What an item says, each word of it at the place of its meaning.
#[derive(Default)]
pub(super) struct Item<'e> {
    /// The best first, by rank.
    titles: Vec<(u8, Value)>,
    ids: Vec<(u8, String)>,
    pages: Vec<(u8, String)>,
    /// Named as the page itself, whatever stands before it.
    page: Option<String>,
    published: Vec<(u8, String)>,
    updated: Vec<(u8, String)>,
    authors: Vec<(u8, Person)>,
    contents: Vec<(u8, &'e Element<'e>, Value)>,
    summaries: Vec<(u8, &'e Element<'e>, Value)>,
    categories: Vec<String>,
    language: Option<String>,
    pub(super) files: Vec<Attached>,
    pub(super) duration: Option<u64>,
    pub(super) images: Vec<String>,
}

/// An item as an Atom entry, and what the entry does not say: its texts, which have no need to be read once more, and dates
/// as they came.
pub(super) struct Written {
    pub entry: String,
    /// Content and summary, the better one first.
    pub bodies: Vec<Body>,
    pub dates: Dates,
}

/// The dates of an item, in its publisher's words.
pub(super) struct Dates {
    pub published: Option<String>,
    pub updated: Option<String>,
}

pub(super) fn entry<'e>(element: &'e Element<'e>, reader: &Reader<'_>, base: &Url, atom: bool) -> Written {
    let mut item = Item::default();
    // CDF and RDF say some of it in attributes.
    item.own(element, base);
    for child in element.elements().take_while(|_| !reader.stop.tick()) {
        item.take(child, reader, child.base.as_deref().unwrap_or(base), atom);
    }
    item.write(element)
}

impl<'e> Item<'e> {
    fn own(&mut self, element: &Element<'_>, base: &Url) {
        if let Some(about) = element.attribute("about") {
            self.ids.push((1, about.into_owned()));
        }
        if let Some(page) = element.attribute("href") {
            self.pages.extend(resolved(&page, base).map(|url| (1, url)));
        }
        if let Some(date) = element.attribute("lastmod") {
            self.updated.push((2, date.into_owned()));
        }
    }

    fn take(&mut self, child: &'e Element<'e>, reader: &Reader<'_>, base: &Url, atom: bool) {
        if is_content(child) {
            let html = !atom || child.space != Space::Feed;
            // A portal's copy is mostly without its links and pictures.
            let rank = u8::from(child.space == Space::Other);
            self.contents.extend(reader.rich(child, html).map(|value| (rank, child, value)));
            // The text is elsewhere, or it is no text (RFC 4287 § 4.1.3.2).
            if let Some(source) = child.attribute("src").filter(|_| atom) {
                if says_html(child) {
                    self.pages.extend(resolved(&source, base).map(|url| (5, url)));
                } else {
                    media::linked(self, child, &source, base);
                }
            }
            return;
        }
        match child.space {
            Space::Feed => self.take_core(child, reader, base, atom),
            Space::Dublin => self.take_dublin(child, reader),
            Space::Itunes => self.take_itunes(child, reader, base),
            Space::Media => {
                media::media(self, child, reader, base, 0);
                if child.name == "group" || child.name == "content" {
                    for inner in child.elements() {
                        self.take_media(inner, reader);
                        // A file within a group has words of its own.
                        for word in inner.elements().filter(|_| inner.is(Space::Media, "content")) {
                            self.take_media(word, reader);
                        }
                    }
                } else {
                    self.take_media(child, reader);
                }
            }
            Space::Podcast => media::podcast(self, child, base),
            Space::Other if child.name == "enclosure" => media::enclosure(self, child, reader, base),
            // The page behind the address that counts its readers: FeedBurner's word and Pheedo's.
            Space::Other if child.name == "origlink" => {
                self.page = self.page.take().or_else(|| resolved(&reader.text(child)?, base));
            }
            _ => {}
        }
    }

    fn take_core(&mut self, child: &'e Element<'e>, reader: &Reader<'_>, base: &Url, atom: bool) {
        match child.name.as_ref() {
            "title" => self.titles.extend(reader.rich(child, !atom).map(|value| (0, value))),
            "link" | "a" => self.link(child, reader, base),
            "guid" => {
                let id = reader.text(child);
                let is_page = child.attribute("ispermalink").map(|is| is.eq_ignore_ascii_case("true"));
                if is_page != Some(false) {
                    let is_address = |id: &&str| address::is_http(id) || is_page == Some(true) && id.starts_with('/');
                    let page = id.as_deref().filter(is_address).and_then(|id| resolved(id, base));
                    self.pages.extend(page.map(|page| (3, page)));
                }
                self.ids.extend(id.map(|id| (0, id)));
            }
            "id" => {
                let id = reader.text(child);
                let page = id.as_deref().filter(|id| address::is_http(id)).and_then(|id| resolved(id, base));
                self.pages.extend(page.map(|page| (4, page)));
                self.ids.extend(id.map(|id| (0, id)));
            }
            "keywords" | "tags" => self.keywords(child, reader),
            "pubdate" | "published" | "issued" => self.published.extend(reader.text(child).map(|at| (0, at))),
            "created" | "date" => self.published.extend(reader.text(child).map(|at| (2, at))),
            "updated" | "modified" | "lastbuilddate" => self.updated.extend(reader.text(child).map(|at| (0, at))),
            "author" => self.authors.extend(person::ranked(child, reader, 0)),
            // Whoever wrote it before it was gathered (RFC 4287 § 4.2.1).
            "source" => {
                let authors = child.elements().filter(|inner| inner.is(Space::Feed, "author"));
                self.authors.extend(authors.filter_map(|author| person::ranked(author, reader, 5)));
            }
            "category" => {
                let said = child.attribute("label").or_else(|| child.attribute("term")).map(Cow::into_owned);
                self.categories.extend(said.or_else(|| reader.own_text(child)));
            }
            "description" | "summary" | "abstract" => {
                let rank = u8::from(child.name == "abstract");
                self.summaries.extend(reader.rich(child, !atom).map(|value| (rank, child, value)));
            }
            "enclosure" => media::enclosure(self, child, reader, base),
            "image" | "logo" => self.image(child, reader, base),
            "language" => self.language = self.language.take().or_else(|| reader.text(child)),
            _ => {}
        }
    }

    fn take_dublin(&mut self, child: &'e Element<'e>, reader: &Reader<'_>) {
        match child.name.as_ref() {
            "title" => self.titles.extend(reader.rich(child, true).map(|value| (1, value))),
            "creator" | "author" => self.authors.extend(person::ranked(child, reader, 0)),
            "subject" => self.categories.extend(reader.text(child)),
            // A date of its own is when the item came out; beside another one, when it was last changed.
            "date" => {
                if let Some(at) = reader.text(child) {
                    self.published.push((9, at.clone()));
                    self.updated.push((9, at));
                }
            }
            "issued" | "available" => self.published.extend(reader.text(child).map(|at| (1, at))),
            "created" => self.published.extend(reader.text(child).map(|at| (3, at))),
            "modified" => self.updated.extend(reader.text(child).map(|at| (1, at))),
            "identifier" => self.ids.extend(reader.text(child).map(|id| (2, id))),
            "description" | "abstract" => {
                self.summaries.extend(reader.rich(child, true).map(|value| (2, child, value)));
            }
            "language" => self.language = self.language.take().or_else(|| reader.text(child)),
            _ => {}
        }
    }

    fn take_itunes(&mut self, child: &'e Element<'e>, reader: &Reader<'_>, base: &Url) {
        match child.name.as_ref() {
            "title" => self.titles.extend(reader.rich(child, true).map(|value| (2, value))),
            "author" => self.authors.extend(person::ranked(child, reader, 1)),
            "summary" => self.summaries.extend(reader.rich(child, true).map(|value| (3, child, value))),
            "subtitle" => self.summaries.extend(reader.rich(child, true).map(|value| (5, child, value))),
            "keywords" => self.keywords(child, reader),
            "category" => {
                // One level of narrower ones within, as the dialect has it.
                let inner = child.elements().filter(|inner| inner.is(Space::Itunes, "category"));
                let all = std::iter::once(child).chain(inner);
                self.categories.extend(all.filter_map(|category| category.attribute("text")).map(Cow::into_owned));
            }
            "duration" => self.duration = self.duration.or_else(|| media::seconds(&reader.text(child)?)),
            "image" => self.image(child, reader, base),
            "link" if says_image(child) => self.image(child, reader, base),
            _ => {}
        }
    }

    fn take_media(&mut self, child: &'e Element<'e>, reader: &Reader<'_>) {
        match child.name.as_ref() {
            "title" => self.titles.extend(reader.rich(child, true).map(|value| (3, value))),
            "description" => self.summaries.extend(reader.rich(child, true).map(|value| (4, child, value))),
            "category" => self.categories.extend(reader.text(child)),
            "keywords" => self.keywords(child, reader),
            _ => {}
        }
    }

    fn keywords(&mut self, child: &Element<'_>, reader: &Reader<'_>) {
        let text = reader.text(child).unwrap_or_default();
        let separator = if text.contains(',') || !text.contains(';') { ',' } else { ';' };
        let words = text.split(separator).map(str::trim).filter(|word| !word.is_empty());
        self.categories.extend(words.take(MOST_CATEGORIES).map(str::to_owned));
    }

    fn link(&mut self, child: &Element<'_>, reader: &Reader<'_>, base: &Url) {
        let Some(href) = child.attribute("href").map(Cow::into_owned).or_else(|| reader.text(child)) else {
            return;
        };
        let rel = child.attribute("rel").unwrap_or_default().to_ascii_lowercase();
        match rel.rsplit('/').next().unwrap_or_default() {
            "" | "alternate" => self.pages.extend(resolved(&href, base).map(|url| (page_rank(child), url))),
            "enclosure" => media::linked(self, child, &href, base),
            _ => {}
        }
    }

    fn image(&mut self, child: &Element<'_>, reader: &Reader<'_>, base: &Url) {
        let url = child.attribute("href").or_else(|| child.attribute("url")).map(Cow::into_owned);
        let url = url.or_else(|| reader.text(child.child(Space::Feed, "url").unwrap_or(child)));
        self.images.extend(url.as_deref().and_then(|url| resolved(url, base)));
    }

    fn write(mut self, element: &Element<'_>) -> Written {
        let mut entry = Canonical::new("entry", None, SHORT);
        entry.text("id", best(self.ids).as_deref());
        if let Some(title) = best(self.titles) {
            entry.rich("title", &title);
        }
        let page = best(self.pages);
        if let (Some(own), Some(counted)) = (&self.page, &page)
            && own != counted
        {
            entry.elsewhere(counted);
        }
        entry.page(self.page.or(page).as_deref());
        let published = best_rank(&self.published);
        keep_dates(&mut self.published);
        keep_dates(&mut self.updated);
        self.updated.retain(|(rank, _)| *rank != 9 || published != Some(9));
        let dates = Dates { published: best(self.published), updated: best(self.updated) };
        entry.text("published", dates.published.as_deref());
        entry.text("updated", dates.updated.as_deref());
        let rank = self.authors.iter().map(|(rank, _)| *rank).min();
        for (_, person) in self.authors.iter().filter(|(its, _)| Some(*its) == rank).take(20) {
            entry.person(person);
        }
        let mut seen = HashSet::new();
        for category in self.categories.iter().filter(|name| seen.insert(name.as_str())).take(MOST_CATEGORIES) {
            entry.category(category);
        }
        let language = self.language.or_else(|| element.language.as_deref().map(str::to_owned));
        let contents = ranked(self.contents);
        let summaries = ranked(self.summaries);
        let mut texts = contents.into_iter().chain(summaries);
        let mut bodies = Vec::new();
        if let Some((its, value)) = texts.next() {
            let language = its.language.as_deref().or(language.as_deref());
            entry.content(its.base.as_ref().map(|base| base.as_str()), language);
            let other = texts.find(|(_, other)| other.text.trim() != value.text.trim());
            bodies.extend(std::iter::once(value).chain(other.map(|(_, summary)| summary)));
        } else {
            entry.content(None, language.as_deref());
        }
        if let Some(file) = self.files.iter_mut().find(|file| media::is_played(file)) {
            file.duration = file.duration.or(self.duration);
        }
        for file in self.files.iter().take(MOST_FILES) {
            entry.attached(file);
        }
        for image in self.images.iter().take(MOST_FILES) {
            entry.image(image);
        }
        let bodies = bodies.into_iter().map(body).collect();
        Written { entry: entry.finish(), bodies, dates }
    }
}

/// `itunes:link rel="image"`, of old.
pub(super) fn says_image(element: &Element<'_>) -> bool {
    element.attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("image"))
}

/// A page by its type comes before an address that may be anything, and that before what is no page.
pub(super) fn page_rank(link: &Element<'_>) -> u8 {
    match link.attribute("type") {
        Some(kind) if !kind.contains("html") => 2,
        None if link.attribute("href").is_some() => 1,
        _ => 0,
    }
}

fn says_html(element: &Element<'_>) -> bool {
    element.attribute("type").is_none_or(|kind| kind.contains("html"))
}

fn body(Value { text, html }: Value) -> Body {
    let trimmed = text.trim();
    Body { text: if trimmed.len() == text.len() { text } else { trimmed.to_owned() }, html }
}

/// Of several dates those that are dates, if any is.
fn keep_dates(dates: &mut Vec<(u8, String)>) {
    if dates.len() > 1 {
        let are_dates: Vec<bool> = dates.iter().map(|(_, text)| date::parse(text).is_some()).collect();
        if are_dates.contains(&true) {
            let mut is_date = are_dates.into_iter();
            dates.retain(|_| is_date.next() == Some(true));
        }
    }
}

fn best<T>(ranked: Vec<(u8, T)>) -> Option<T> {
    ranked.into_iter().min_by_key(|(rank, _)| *rank).map(|(_, value)| value)
}

fn best_rank<T>(ranked: &[(u8, T)]) -> Option<u8> {
    ranked.iter().map(|(rank, _)| *rank).min()
}

fn ranked<'e>(mut texts: Vec<(u8, &'e Element<'e>, Value)>) -> Vec<(&'e Element<'e>, Value)> {
    texts.sort_by_key(|(rank, ..)| *rank);
    texts.into_iter().map(|(_, element, value)| (element, value)).collect()
}

pub(super) fn resolved(raw: &str, base: &Url) -> Option<String> {
    address::page(raw, base).map(Cow::into_owned)
}
