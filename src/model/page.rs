//! The article of a web page, as it was found there: its text and what the page says about it.

use jiff::civil::DateTime;
use jiff::tz::Offset;
use jiff::{Timestamp, Zoned};

/// An article taken from a page. Titles, names and tags are plain text without control characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    pub title: Option<String>,
    pub authors: Vec<String>,
    pub date: Option<Dated>,
    /// ISO 639 code.
    pub language: Option<String>,
    pub tags: Vec<String>,
    /// Absolute URL of the lead image.
    pub image: Option<String>,
    /// Safe HTML of the article alone.
    pub html: String,
    /// Absolute URL of the article's next page.
    pub next: Option<String>,
    /// Absolute URL under which the publisher wants the article known.
    pub canonical: Option<String>,
    /// Absolute URL of the same article in a plainer form (AMP).
    pub amp: Option<String>,
    /// It is such a plainer form itself, or was asked for under the address of one.
    pub is_amp: bool,
    /// It is one that leaves the rest of the article to the other.
    pub is_cut: bool,
    /// Why the text is not the whole article.
    pub barrier: Option<Barrier>,
}

/// A short text that so many articles of a site have that it is left out of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learned {
    pub hash: i64,
    pub words: String,
    /// How many articles had it when it was learned.
    pub articles: u64,
    /// The reader wants it all the same.
    pub is_kept: bool,
}

/// What stands between a reader and the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Barrier {
    /// The rest is for subscribers.
    Paywall,
    /// The page asks for consent (cookies, age, being human) before it shows anything.
    Consent,
    /// The text is put in by a script.
    Script,
    /// There is no article: a list of links, an error page, a form.
    NoArticle,
}

impl Barrier {
    pub const ALL: [Self; 4] = [Self::Paywall, Self::Consent, Self::Script, Self::NoArticle];

    /// The stable name stored and shown to scripts.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Paywall => "paywall",
            Self::Consent => "consent",
            Self::Script => "script",
            Self::NoArticle => "no-article",
        }
    }

    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|barrier| barrier.name() == name)
    }

    /// In words, for a line on stderr.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Paywall => "the whole article is for subscribers",
            Self::Consent => "the page wants consent before it shows the article",
            Self::Script => "the page shows its text by a script only",
            Self::NoArticle => "the page has no article",
        }
    }
}

/// A date as it was written: the publisher's clock, with its distance from UTC where that was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    pub civil: DateTime,
    pub offset: Option<Offset>,
    pub has_time: bool,
}

impl Dated {
    /// The instant; without a zone it is read as UTC. `None` beyond the calendar's ends.
    #[must_use]
    pub fn instant(self) -> Option<Timestamp> {
        self.offset.unwrap_or(Offset::UTC).to_timestamp(self.civil).ok()
    }
}

/// RFC 3339, as far as it was written: `2024-11-08` or `2024-11-08T12:41:00+07:00`.
impl std::fmt::Display for Dated {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if !self.has_time {
            return self.civil.date().fmt(f);
        }
        let offset = self.offset.unwrap_or(Offset::UTC);
        match self.instant() {
            Some(instant) => {
                let zoned = Zoned::new(instant, jiff::tz::TimeZone::fixed(offset));
                write!(f, "{}", zoned.strftime("%Y-%m-%dT%H:%M:%S%:z"))
            }
            None => self.civil.date().fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_shown_as_far_as_it_was_written() {
        let civil = jiff::civil::date(2024, 11, 8).at(0, 30, 0, 0);
        let offset = jiff::tz::offset(7);
        let shown = |offset, has_time| Dated { civil, offset, has_time }.to_string();
        assert_eq!(shown(None, false), "2024-11-08");
        assert_eq!(shown(Some(offset), true), "2024-11-08T00:30:00+07:00");
        assert_eq!(shown(None, true), "2024-11-08T00:30:00+00:00");
    }

    #[test]
    fn every_barrier_is_stored_under_its_own_name() {
        for barrier in Barrier::ALL {
            assert_eq!(Barrier::from_name(barrier.name()), Some(barrier));
        }
    }
}
