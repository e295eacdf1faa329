//! Title, authors, date, language, tags and lead image, from what a page says about itself: JSON-LD first, then OpenGraph
//! and meta elements, microdata, and the byline that readers see.

use url::Url;

use super::super::{address, date, entity, language, text};
use super::byline;
use super::clues::Clues;
use super::jsonld::Described;
use super::lexicon::{LEXICON, folded};
use super::next;
use crate::model::page::{Dated, Page};
use crate::model::scrub;

const TITLES: [&str; 6] = ["og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title"];
const AUTHORS: [&str; 10] = [
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
    "og:article:author",
    "articleauthor",
    "content_author",
];
const DATES: [&str; 16] = [
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "publishdate",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dc.date",
    "publish-date",
    "publication_date",
    "date",
    "cxenseparse:recs:publishtime",
];
const TAGGED: [&str; 2] = ["article:tag", "og:article:tag"];
/// What search engines are told; a page that says its tags says here the same, and more than is true.
const KEYWORDS: [&str; 4] = ["news_keywords", "keywords", "parsely-tags", "sailthru.tags"];
const IMAGES: [&str; 4] = ["og:image:secure_url", "og:image", "og:image:url", "twitter:image"];
/// Short pieces of text that count as right below the title.
const BELOW: usize = 8;
/// Tags of one article; more are a list for search engines.
const TAGS: usize = 20;
/// Links that may be tags; more are another list.
const LIKELY: usize = 12;

/// A page's facts, without its text.
pub(super) fn metadata(clues: &Clues, described: Option<&Described>, url: &Url) -> Page {
    let base = clues.base.as_ref().and_then(|href| url.join(href).ok()).unwrap_or_else(|| url.clone());
    let link = |rel: &str| {
        let href = clues.links.iter().find(|(name, _)| name.split(' ').any(|name| name == rel))?;
        address::resource(&href.1, &base).map(std::borrow::Cow::into_owned)
    };
    Page {
        title: title(clues, described),
        authors: authors(clues, described),
        date: published(clues, described, url),
        language: spoken(clues, described),
        tags: tags(clues, described),
        image: image(clues, described, &base),
        next: next::next(clues, &base),
        canonical: link("canonical"),
        amp: link("amphtml"),
        is_amp: clues.is_amp,
        ..Page::default()
    }
}

impl Clues {
    /// What a meta element of one of these names says, in the order of the names.
    fn meta<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = &'a str> {
        names.iter().flat_map(|name| {
            let said = self.metas.iter().filter(move |(key, value)| key == name && !value.is_empty());
            said.map(|(_, value)| value.as_str())
        })
    }

    fn property<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.properties.iter().filter(move |(key, _)| key.split(' ').any(|key| key == name));
        named.map(|(_, value)| value.as_str())
    }
}

/// What the page says it is about.
pub(super) fn description(clues: &Clues) -> Option<&str> {
    clues.meta(&["og:description", "description", "twitter:description"]).next()
}

/// Text of JSON-LD or a meta element as one plain line: some are escaped twice, some hold markup.
fn line(raw: &str) -> String {
    let decoded = entity::decode(raw);
    let decoded = entity::decode(&decoded);
    let plain = if decoded.contains('<') { text::plain(&decoded) } else { decoded.into_owned() };
    let plain = plain.replace('\u{ad}', "");
    scrub::line(&plain).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn title(clues: &Clues, described: Option<&Described>) -> Option<String> {
    let name = clues.meta(&["og:site_name", "application-name"]).next().map(line);
    let publisher = described.and_then(|found| found.publisher.as_deref()).map(line);
    let sites: Vec<&str> = name.iter().chain(&publisher).map(String::as_str).collect();
    let document = clues.title.as_deref().map(line);
    let headings: Vec<String> = clues.headings.iter().map(|heading| line(heading)).collect();
    let said = described.filter(|found| !found.is_page).and_then(|found| found.headline.as_deref()).map(line);
    let meta = clues.meta(&TITLES).next().map(line);
    let named: Vec<&String> = [&meta, &document, &said].into_iter().flatten().collect();
    // `A title - The Village Post`, `Notes from the shore: A title`: a heading at one end of it is the site's name where the
    // title is told elsewhere, or is the heading of the next rank at its other end.
    let subheadings: Vec<String> = clues.subheadings.iter().map(|heading| line(heading)).collect();
    let title_beside = |heading: &str| {
        let document = document.as_deref().filter(|title| same_start(title, heading) || same_end(title, heading))?;
        let is_beside = |title: &&String| {
            title.chars().count() >= 8
                && [(title.as_str(), heading), (heading, title.as_str())]
                    .iter()
                    .all(|(long, short)| !same_start(long, short) && !same_end(long, short))
                && (same_start(document, title) || same_end(document, title))
        };
        [&meta, &said].into_iter().flatten().chain(&subheadings).find(is_beside)
    };
    // `Metro: Trial run of the metro ends`: a heading that begins with its subject.
    let is_shown =
        |title: &&String| title.chars().count() >= 16 && headings.iter().any(|heading| same_end(heading, title));
    if let Some(title) = [&meta, &said].into_iter().flatten().find(is_shown) {
        return Some(title.clone());
    }
    // The heading that readers see, when the page names it elsewhere too.
    for heading in &headings {
        if let Some(title) = title_beside(heading) {
            return Some(title.clone());
        }
        let is_known = named.iter().any(|title| same_start(title, heading) || holds(title, heading));
        // `Козули — Энциклопедия`: a short one too, where nothing else names the article.
        let is_alone = headings.len() == 1 && named.len() == 1 && named.iter().any(|title| is_set_off(title, heading));
        if is_known && (heading.chars().count() >= 8 || is_alone) {
            // Its markup may have left spaces in it.
            let written = [&meta, &said].into_iter().flatten().find(|title| unspaced(title) == unspaced(heading));
            return Some(written.unwrap_or(heading).clone());
        }
    }
    let property = clues.property("headline").next().map(line);
    let best = [said, meta, property].into_iter().flatten().map(|title| without_site(&title, &sites));
    let best = best.chain(document.iter().map(|title| without_site(title, &sites)));
    best.chain(headings).find(|title| title.chars().count() >= 2)
}

/// Whether `title` begins with all of `heading`, whatever the case and the marks.
fn same_start(title: &str, heading: &str) -> bool {
    let heading = letters(heading);
    !heading.is_empty() && letters(title).starts_with(&heading)
}

fn same_end(title: &str, heading: &str) -> bool {
    let heading = letters(heading);
    !heading.is_empty() && letters(title).ends_with(&heading)
}

/// Whether `heading` stands at the start of `title` with a mark behind it and a site's name behind that.
fn is_set_off(title: &str, heading: &str) -> bool {
    let rest = title.strip_prefix(heading).map(str::trim_start);
    rest.is_some_and(|rest| rest.starts_with(['|', '-', '–', '—', '·', '•', '»']) && rest.chars().count() <= 40)
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn unspaced(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Whether all of a heading that is long enough to be no other text's is somewhere in `title`.
fn holds(title: &str, heading: &str) -> bool {
    heading.chars().count() >= 16 && title.to_lowercase().contains(&heading.to_lowercase())
}

/// Without the site's name at its end or start.
fn without_site(title: &str, sites: &[&str]) -> String {
    let mut title = title;
    'again: loop {
        for separator in [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " / "] {
            if let Some((rest, end)) = title.rsplit_once(separator) {
                let is_site = sites.iter().any(|site| same_start(site, end) || same_start(end, site));
                let is_short = matches!(separator, " | " | " :: " | " » ") && end.split(' ').count() <= 4;
                if (is_site || is_short) && rest.chars().count() > end.chars().count() {
                    title = rest.trim();
                    continue 'again;
                }
            }
            if let Some((start, rest)) = title.split_once(separator)
                && sites.iter().any(|site| same_start(site, start) && same_start(start, site))
            {
                return rest.trim().to_owned();
            }
        }
        return title.to_owned();
    }
}

fn authors(clues: &Clues, described: Option<&Described>) -> Vec<String> {
    let said = described.map(|found| found.authors.clone()).unwrap_or_default();
    // `twitter:data1` is the author, or the reading time, or a price.
    let label = clues.meta(&["twitter:label1"]).next().map(folded);
    let is_author = label.is_none_or(|label| LEXICON.by.contains(&label.as_str()));
    let card = clues.meta(&["twitter:data1"]).filter(|_| is_author);
    let metas = clues.meta(&AUTHORS).chain(card).map(str::to_owned).collect();
    let marked = clues.property("author").chain(clues.property("author name")).map(str::to_owned).collect();
    // An outlet that signs is nobody's byline.
    let outlets: Vec<String> =
        described.map(|found| found.outlets.iter().map(|name| line(name)).collect()).unwrap_or_default();
    let names_outlet = |piece: &String| outlets.iter().any(|outlet| piece.contains(outlet.as_str()));
    let seen = clues.bylines.iter().take(6).filter(|piece| !names_outlet(piece)).cloned().collect();
    let is_signed = |(at, piece): &(usize, &String)| byline::is_signed(piece, *at < BELOW) && !names_outlet(piece);
    let signed = clues.short.iter().enumerate().filter(is_signed);
    let signed = signed.map(|(_, piece)| piece.clone()).collect();
    let sources: [Vec<String>; 5] = [said, metas, marked, seen, signed];
    // The name of the site stands for a desk.
    let site = clues.meta(&["og:site_name", "application-name"]).next();
    let document = clues.title.as_deref().unwrap_or_default();
    let is_site = |name: &str| site.is_some_and(|site| same_start(site, name)) || same_end(document, name);
    let mut desk = outlets.clone();
    for (source, names) in sources.iter().enumerate() {
        let is_visible = source >= 3;
        let found = byline::names(names.iter().map(|name| line(name)), is_visible);
        let people: Vec<String> =
            found.iter().filter(|name| !byline::is_desk(name) && !is_site(name)).cloned().collect();
        if !people.is_empty() {
            return people;
        }
        if desk.is_empty() {
            desk = found;
        }
    }
    desk
}

fn published(clues: &Clues, described: Option<&Described>, url: &Url) -> Option<Dated> {
    let said = described.and_then(|found| found.published.as_deref());
    let metas = clues.meta(&DATES);
    let marked = clues.property("datepublished").chain(clues.property("datecreated"));
    let exact = said.into_iter().chain(metas).chain(marked).find_map(date::read);
    let seen = || clues.dates.iter().take(30).find_map(|text| date::find(text));
    let bylines = || clues.bylines.iter().take(6).find_map(|text| date::find(text));
    let changed = || {
        let said = described.and_then(|found| found.modified.as_deref());
        said.into_iter()
            .chain(clues.meta(&["article:modified_time", "og:updated_time", "last-modified"]))
            .find_map(date::read)
    };
    let beside = || clues.beside.iter().find_map(|text| date::find(text));
    exact
        .or_else(seen)
        .or_else(bylines)
        .or_else(beside)
        .or_else(|| in_address(url))
        .or_else(changed)
        .filter(|dated| (1990..=2100).contains(&dated.civil.year()))
}

/// `/2024/11/08/` or `/2024-11-08-` in the address.
fn in_address(url: &Url) -> Option<Dated> {
    let numbers: Vec<&str> = url.path().split(['/', '-', '_']).collect();
    numbers.windows(3).find_map(|part| match part {
        [year, month, day] if year.len() == 4 && month.len() == 2 && day.len() == 2 => date::read(&part.join("-")),
        _ => None,
    })
}

fn spoken(clues: &Clues, described: Option<&Described>) -> Option<String> {
    let said = described.and_then(|found| found.language.as_deref());
    let metas = clues.meta(&["og:locale", "content-language", "dc.language", "language"]);
    let mut all = clues.language.as_deref().into_iter().chain(said).chain(metas);
    all.find_map(language::declared)
}

fn tags(clues: &Clues, described: Option<&Described>) -> Vec<String> {
    let split = |text: &str| -> Vec<String> {
        let separator = if text.contains(';') { ';' } else { ',' };
        text.split([separator, '、', '،', '，']).map(line).collect()
    };
    let said: Vec<String> =
        described.map(|found| found.keywords.iter().flat_map(|words| split(words)).collect()).unwrap_or_default();
    let tagged: Vec<String> = clues.meta(&TAGGED).flat_map(split).collect();
    let metas = KEYWORDS.iter().find_map(|name| {
        let found: Vec<String> = clues.meta(&[name]).flat_map(split).collect();
        Some(found).filter(|found| !found.is_empty())
    });
    let marked: Vec<String> = clues.property("keywords").flat_map(split).collect();
    let seen: Vec<String> = clues.tags.iter().map(|tag| line(tag)).collect();
    let likely: Vec<String> = clues.likely_tags.iter().map(|tag| line(tag)).collect();
    let likely = if likely.len() > LIKELY { Vec::new() } else { likely };
    let mut tags: Vec<String> = Vec::new();
    // The same words on every page of a site.
    let site = clues.meta(&["og:site_name", "application-name"]).next().map(folded);
    let is_general = |tag: &str| {
        let tag = folded(tag);
        LEXICON.general.contains(tag.as_str()) || site.as_ref() == Some(&tag)
    };
    // A page may say some of its tags in one way and some in another; what is less sure counts where none does.
    let source = [[seen, said, tagged].concat(), metas.unwrap_or_default(), marked, likely]
        .into_iter()
        .find(|tags| !tags.is_empty())
        .unwrap_or_default();
    for tag in source {
        let tag = tag.trim_start_matches('#').trim().to_owned();
        let is_fit = (2..=60).contains(&tag.chars().count()) && !is_general(&tag);
        if is_fit && tags.len() < TAGS && !tags.iter().any(|known| known.to_lowercase() == tag.to_lowercase()) {
            tags.push(tag);
        }
    }
    tags
}

fn image(clues: &Clues, described: Option<&Described>, base: &Url) -> Option<String> {
    let said = described.and_then(|found| found.image.as_deref());
    let marked = clues.property("image");
    let mut all = said.into_iter().chain(clues.meta(&IMAGES)).chain(marked);
    all.find_map(|address| address::resource(address, base).map(std::borrow::Cow::into_owned))
}
