//! The interface's texts, from `assets/locales/*.ftl` (Fluent). English stands in for what a language lacks; a test holds
//! the languages complete.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use jiff::{Timestamp, tz::TimeZone};
use unic_langid::LanguageIdentifier;

use crate::model::query::{QueryError, Remedy, listed};
use crate::model::schedule::Why;

const ENGLISH: &str = include_str!("../../assets/locales/en.ftl");
const INDONESIAN: &str = include_str!("../../assets/locales/id.ftl");

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    English,
    Indonesian,
}

impl Language {
    /// The language of a locale name as the environment gives it (`id_ID.UTF-8`).
    #[must_use]
    pub fn of_locale(locale: &str) -> Self {
        let code = locale.split(['_', '-', '.', '@']).next().unwrap_or_default().to_lowercase();
        // `in` is what some systems still call Indonesian; Malay readers are closer to it than to English.
        if matches!(code.as_str(), "id" | "in" | "ind") { Self::Indonesian } else { Self::English }
    }

    /// The language of the user's environment.
    #[must_use]
    pub fn of_environment() -> Self {
        sys_locale::get_locale().map_or(Self::English, |locale| Self::of_locale(&locale))
    }

    /// Its code of ISO 639.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.source().0
    }

    fn source(self) -> (&'static str, &'static str) {
        match self {
            Self::English => ("en", ENGLISH),
            Self::Indonesian => ("id", INDONESIAN),
        }
    }
}

/// The texts of a language as they are written, and those that were asked for so far, read: a text is read when it is first
/// shown, since most never are. None speaks of another.
struct Book {
    written: HashMap<&'static str, &'static str>,
    read: RefCell<FluentBundle<FluentResource>>,
}

impl Book {
    fn open(language: Language) -> Self {
        let (code, source) = language.source();
        let identifier: LanguageIdentifier = code.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new(vec![identifier]);
        // Isolation marks are for text that is laid out bidirectionally; in a terminal they only show as boxes.
        bundle.set_use_isolating(false);
        Self { written: written(source).collect(), read: RefCell::new(bundle) }
    }

    /// The text with this id; `None` where there is none.
    fn format(&self, id: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let written = *self.written.get(id)?;
        if !self.read.borrow().has_message(id) {
            let resource = FluentResource::try_new(written.to_owned()).unwrap_or_else(|(partial, _)| partial);
            self.read.borrow_mut().add_resource_overriding(resource);
        }
        let bundle = self.read.borrow();
        let pattern = bundle.get_message(id)?.value()?;
        Some(bundle.format_pattern(pattern, args, &mut Vec::new()).into_owned())
    }
}

/// Each text of a file, by its id: a line that begins with it, and those behind that begin with a space or a brace.
fn written(source: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut starts: Vec<usize> = vec![0];
    starts.extend(source.match_indices('\n').map(|(at, _)| at + 1));
    starts.retain(|at| source.get(*at..).is_some_and(|line| line.starts_with(|c: char| c.is_alphabetic() || c == '#')));
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([source.len()]).collect();
    starts.into_iter().zip(ends).filter_map(move |(from, to)| {
        let text = source.get(from..to)?;
        let (id, _) = text.split_once('=').filter(|_| !text.starts_with('#'))?;
        Some((id.trim(), text))
    })
}

/// Columns of [`Texts::narrow_age`].
pub const AGE: usize = 7;

/// All texts in one language.
pub struct Texts {
    language: Language,
    book: Book,
    /// Opened when a text is first found missing.
    english: OnceCell<Book>,
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Texts").field("language", &self.language).finish_non_exhaustive()
    }
}

impl Texts {
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self { language, book: Book::open(language), english: OnceCell::new() }
    }

    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The text with this id; the id itself where there is none, which a test rules out.
    #[must_use]
    pub fn get(&self, id: &str) -> String {
        self.format(id, None)
    }

    /// The text with one number or word filled in.
    #[must_use]
    pub fn with<'a>(&self, id: &str, name: &'a str, value: impl Into<FluentValue<'a>>) -> String {
        let mut args = FluentArgs::new();
        args.set(name, value);
        self.format(id, Some(&args))
    }

    /// The text with several filled in.
    #[must_use]
    pub fn with_all(&self, id: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(*name, value.clone());
        }
        self.format(id, Some(&args))
    }

    /// Whether this language, or English, has a text with this id.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.home(id).is_some()
    }

    /// The book that has a text.
    fn home(&self, id: &str) -> Option<&Book> {
        if self.book.written.contains_key(id) {
            return Some(&self.book);
        }
        if self.language == Language::English {
            return None;
        }
        let english = self.english.get_or_init(|| Book::open(Language::English));
        Some(english).filter(|english| english.written.contains_key(id))
    }

    fn format(&self, id: &str, args: Option<&FluentArgs<'_>>) -> String {
        self.home(id).and_then(|book| book.format(id, args)).unwrap_or_else(|| id.to_owned())
    }

    /// Why what was typed is no query, where, and what was probably meant.
    #[must_use]
    pub fn query_error(&self, QueryError { column, problem, remedy }: &QueryError) -> String {
        let problem = self.with(&format!("query-{}", problem.name()), "value", problem.value());
        let or = self.get("query-or");
        let (id, value) = match remedy {
            Remedy::None => ("query-error", String::new()),
            Remedy::Meant(name) => ("query-error-meant", name.clone()),
            Remedy::Fields(fields) => ("query-error-fields", fields.join(", ")),
            Remedy::OneOf(names) => ("query-error-one-of", listed(names, &or)),
            Remedy::Written(examples) => ("query-error-written", listed(examples, &or)),
        };
        // As a word: a number would be set with its thousands.
        let column = column.to_string();
        self.with_all(id, &[("problem", problem.into()), ("column", column.into()), ("value", value.into())])
    }

    /// How long ago, as short as a list needs it: `12m`, `3h`, `2d`, then the day.
    #[must_use]
    pub fn age(&self, at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
        let seconds = now.duration_since(at).as_secs();
        match seconds {
            ..60 => self.get("age-now"),
            60..3600 => self.with("age-minutes", "n", seconds / 60),
            3600..86_400 => self.with("age-hours", "n", seconds / 3600),
            86_400..604_800 => self.with("age-days", "n", seconds / 86_400),
            _ => self.day(at, now, zone),
        }
    }

    /// The same in at most [`AGE`] columns: of other years year and month.
    #[must_use]
    pub fn narrow_age(&self, at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
        let (date, today) = (at.to_zoned(zone.clone()), now.to_zoned(zone.clone()));
        let is_day = now.duration_since(at).as_secs() >= 604_800;
        if is_day && date.year() != today.year() {
            format!("{:04}-{:02}", date.year(), date.month())
        } else {
            self.age(at, now, zone)
        }
    }

    /// The day, with the year where it is not this one.
    #[must_use]
    pub fn day(&self, at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
        let (date, today) = (at.to_zoned(zone.clone()), now.to_zoned(zone.clone()));
        let month = self.get(&format!("month-{}", date.month()));
        if date.year() == today.year() {
            format!("{} {month}", date.day())
        } else {
            format!("{} {month} {}", date.day(), date.year())
        }
    }

    /// Day and time in full.
    #[must_use]
    pub fn moment(&self, at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
        let zoned = at.to_zoned(zone.clone());
        format!("{} {:02}:{:02}", self.day(at, now, zone), zoned.hour(), zoned.minute())
    }

    /// When a feed is asked again, and why then.
    #[must_use]
    pub fn next_attempt(&self, at: Option<Timestamp>, why: Why, now: Timestamp, zone: &TimeZone) -> String {
        let at = at.map(|at| self.moment(at, now, zone)).unwrap_or_default();
        self.with(&format!("why-{}", why.name()), "at", at)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::model::query::Query;
    use crate::model::view::{SavedView, ViewId};

    fn ids(source: &str) -> BTreeSet<String> {
        let is_id = |line: &&str| line.contains(" = ") && line.starts_with(|c: char| c.is_ascii_lowercase());
        source.lines().filter(is_id).filter_map(|line| Some(line.split_once(" = ")?.0.to_owned())).collect()
    }

    #[test]
    fn every_language_has_every_text() {
        assert_eq!(ids(ENGLISH), ids(INDONESIAN));
        for language in [Language::English, Language::Indonesian] {
            // Read one by one they are those of the whole file.
            let book = Book::open(language);
            assert_eq!(book.written.keys().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>(), ids(ENGLISH));
            assert!(book.written.keys().all(|id| book.format(id, None).is_some_and(|text| !text.is_empty())));
        }
        for text in [ENGLISH, INDONESIAN] {
            assert!(FluentResource::try_new(text.to_owned()).is_ok());
        }
    }

    #[test]
    fn one_of_a_kind_is_not_many() {
        let texts = Texts::new(Language::English);
        assert_eq!(texts.with("new-articles", "n", 1), "1 new article");
        assert_eq!(texts.with("new-articles", "n", 2), "2 new articles");
        let polled = |feeds: u64, new: u64| {
            texts.with_all("poll-finished", &[("feeds", feeds.into()), ("new", new.into()), ("failed", 0.into())])
        };
        assert_eq!(polled(1, 0), "1 feed: 0 new articles, 0 failed.");
        assert_eq!(polled(40, 1), "40 feeds: 1 new article, 0 failed.");
        let asked = |requests: u64| {
            let values = [("requests", requests.into()), ("share", 50.into()), ("size", "3 kB".into())];
            texts.with_all("explain-traffic", &values)
        };
        assert_eq!(asked(0), "In 30 days: no request.");
        assert_eq!(asked(1), "In 30 days: 1 request, 50 % of them answered with “unchanged”; 3 kB received.");
    }

    #[test]
    fn ages_are_short_and_in_the_readers_language() {
        let texts = Texts::new(Language::Indonesian);
        let now: Timestamp = "2024-11-09T12:00:00Z".parse().unwrap();
        let age = |at: &str| texts.age(at.parse().unwrap(), now, &TimeZone::UTC);
        assert_eq!(age("2024-11-09T11:48:00Z"), "12m");
        assert_eq!(age("2024-11-09T09:00:00Z"), "3j");
        assert_eq!(age("2024-11-07T09:00:00Z"), "2h");
        assert_eq!(age("2024-08-17T09:00:00Z"), "17 Agu");
        assert_eq!(age("2023-05-01T09:00:00Z"), "1 Mei 2023");
    }

    #[test]
    fn a_narrow_age_has_its_columns_whenever_it_was() {
        let now: Timestamp = "2024-12-31T12:00:00Z".parse().unwrap();
        for language in [Language::English, Language::Indonesian] {
            let texts = Texts::new(language);
            for hours in (0..24 * 800).step_by(7) {
                let age = texts.narrow_age(now - jiff::SignedDuration::from_hours(hours), now, &TimeZone::UTC);
                assert!(age.chars().count() <= AGE, "{age}");
            }
        }
        let texts = Texts::new(Language::Indonesian);
        let at = "2023-05-01T09:00:00Z".parse().unwrap();
        assert_eq!(texts.narrow_age(at, now, &TimeZone::UTC), "2023-05");
    }

    #[test]
    fn what_is_wrong_with_a_query_is_said_in_the_readers_language() {
        let (english, indonesian) = (Texts::new(Language::English), Texts::new(Language::Indonesian));
        for text in [
            "unread tga:x",
            "qwertz:x",
            "is:unraed",
            "is:old",
            "has:vidio",
            "sort:new",
            "limit:x",
            "words:long",
            "newer:soon",
            "tag:",
            "tag:~x",
            "title:~\"(\"",
            &format!("title:~\"{}\"", "(a{100}){100}"),
            "a OR",
            "a )",
            "(a b",
            "\"a",
            &"(".repeat(100),
            "a OR limit:3",
        ] {
            let error = Query::parse(text).unwrap_err();
            assert_eq!(english.query_error(&error), error.to_string(), "{text}");
            let said = indonesian.query_error(&error);
            assert!(said.contains(&format!("ke-{}", error.column)), "{said}");
            assert!(said.contains(error.problem.value()), "{said}");
            assert!(!said.contains("query-") && !said.contains(" at ") && !said.contains('{'), "{said}");
        }
        for text in ["x search:Tiada", "search:a"] {
            let query = Query::parse("search:A").unwrap();
            let views = [SavedView { id: ViewId(1), name: "A".to_owned(), query, key: None }];
            let error = Query::parse(text).unwrap().expanded(&views).unwrap_err();
            assert_eq!(english.query_error(&error), error.to_string(), "{text}");
            let said = indonesian.query_error(&error);
            assert!(
                said.contains(error.problem.value()) && !said.contains("query-") && !said.contains(" at "),
                "{said}"
            );
        }
        assert_eq!(
            indonesian.query_error(&Query::parse("unread tga:x").unwrap_err()),
            "bidang `tga:` tidak dikenal pada huruf ke-8, mungkin maksudnya `tag:`?"
        );
    }

    #[test]
    fn a_locale_chooses_the_language() {
        assert_eq!(Language::of_locale("id_ID.UTF-8"), Language::Indonesian);
        assert_eq!(Language::of_locale("C.UTF-8"), Language::English);
    }
}
