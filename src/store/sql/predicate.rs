//! What a row of the list must be, for each part of a query.

use rusqlite::types::Value;

use super::{Builder, Names, feeds_like, list};
use crate::model::query::{Part, Problem, Query, Remedy, State, Text, Time, Within};
use crate::model::tag::TagSource;
use crate::store::connection::composed;
use crate::store::{StoreError, search};

impl Builder<'_> {
    pub(super) fn predicate(&mut self, query: &Query) -> Result<String, StoreError> {
        let Names { state: s, entry: e } = self.row;
        Ok(match query {
            Query::And(parts) => self.all(parts)?,
            Query::Or(parts) if parts.is_empty() => self.nothing(),
            query @ (Query::Or(_) | Query::Text(..)) if self.is_of_words(query)? => {
                let said = search::match_of(self.connection, query)?.unwrap_or_default();
                self.says(&said)?
            }
            Query::Or(parts) => self.joined(&parts.iter().collect::<Vec<_>>(), " OR ")?,
            Query::Not(inner) => format!("NOT {}", self.predicate(inner)?),
            Query::Tag(name) => match self.tag(name)? {
                // EXISTS would be taken for a join, and looked at after all that is looked up by row. The index is in order of
                // time, as the rows come: the next one is found beside the last.
                Some((id, _)) => format!(
                    "(SELECT 1 FROM entry_tag x INDEXED BY entry_tag_tag \
                     WHERE x.tag_id = {id} AND x.at = {s}.at AND x.entry_id = {s}.id) IS NOT NULL"
                ),
                None => self.nothing(),
            },
            Query::Topic(name) => match self.tag(name)? {
                Some((id, _)) => format!(
                    "(SELECT 1 FROM entry_tag x WHERE x.entry_id = {s}.id AND x.tag_id = {id} AND x.source = {}) IS NOT NULL",
                    TagSource::Topic as i64
                ),
                None => self.nothing(),
            },
            Query::Story(id) => format!("{s}.story = {id}"),
            Query::Feed(name) => format!("{s}.feed_id IN ({})", list(&self.feeds(name)?)),
            Query::FeedLike(pattern) => format!("{s}.feed_id IN ({})", list(&feeds_like(self.connection, pattern)?)),
            Query::Folder(name) => format!("{s}.feed_id IN ({})", list(&self.folder(name)?)),
            Query::Text(within, text) => self.letters(*within, text),
            Query::Language(code) => {
                self.needs_entry = true;
                format!("coalesce({e}.language, '') = {}", self.bind(code.to_lowercase()))
            }
            Query::Is(state) => self.state(*state)?,
            Query::Has(part) => self.part(*part),
            Query::Words(least, most) => {
                format!("EXISTS (SELECT 1 FROM indexed i WHERE i.id = {s}.id AND i.words BETWEEN {least} AND {most})")
            }
            Query::Sort(_) | Query::Limit(_) => "1".to_owned(),
            Query::From(time, when) => self.time(*time, Some(when.moment(self.now).as_second()), None),
            Query::Until(time, when) => self.time(*time, None, Some(when.moment(self.now).as_second())),
            // Whoever compiles a query has put what the views ask for in their place.
            Query::View(named) => {
                return Err(named.error(Problem::NoView(named.name.clone()), Remedy::None).into());
            }
            Query::Entry(id) => format!("{s}.id = {id}"),
            Query::Newer(when) => format!("{s}.at >= {}", when.moment(self.now).as_second()),
            Query::Older(when) => format!("{s}.at < {}", when.moment(self.now).as_second()),
        })
    }

    /// What no row is. A plain `0` would leave `SQLite` no use for the index that it is told to walk: an error.
    pub(super) fn nothing(&self) -> String {
        format!("{}.id < 0", self.row.state)
    }

    pub(super) fn is_of_words(&self, query: &Query) -> Result<bool, StoreError> {
        Ok(search::match_of(self.connection, query)?.is_some())
    }

    fn all(&mut self, parts: &[Query]) -> Result<String, StoreError> {
        let (said, others) = self.words(parts)?;
        let Some(said) = said else { return self.joined(&others, " AND ") };
        let said = self.says(&said)?;
        Ok(if others.is_empty() { said } else { format!("({said} AND {})", self.joined(&others, " AND ")?) })
    }

    pub(super) fn joined(&mut self, parts: &[&Query], operator: &str) -> Result<String, StoreError> {
        if parts.is_empty() {
            return Ok("1".to_owned());
        }
        let parts: Vec<String> = parts.iter().map(|part| self.predicate(part)).collect::<Result<_, _>>()?;
        Ok(format!("({})", parts.join(operator)))
    }

    fn state(&self, state: State) -> Result<String, StoreError> {
        let s = self.row.state;
        Ok(match state {
            State::Unread => format!("{s}.is_read = 0"),
            State::Read => format!("{s}.is_read = 1"),
            State::Starred => format!("{s}.is_starred = 1"),
            State::New => format!("({s}.is_read = 0 AND {s}.first_seen >= {})", self.a_day_ago()),
            State::Dup => format!(
                "({s}.has_copies = 1 AND EXISTS (SELECT 1 FROM state o INDEXED BY state_copied WHERE o.article = {s}.article \
                 AND o.has_copies = 1 AND o.is_live = 1 AND o.id < {s}.id))"
            ),
            State::Muted => {
                let feeds = self.ids("SELECT id FROM feed WHERE muted = 1", [])?;
                format!("({s}.is_muted = 1 OR {s}.feed_id IN ({}))", list(&feeds))
            }
        })
    }

    /// That a time of the article is in this span, which has one end.
    fn time(&self, time: Time, since: Option<i64>, until: Option<i64>) -> String {
        let s = self.row.state;
        let edited = |then: &str| format!("EXISTS (SELECT 1 FROM revision r WHERE r.entry_id = {s}.id{then})");
        match (time, since, until) {
            (Time::Arrived, Some(since), _) => format!("{s}.first_seen >= {since}"),
            (Time::Arrived, None, until) => format!("{s}.first_seen < {}", until.unwrap_or(i64::MAX)),
            (Time::Marked, Some(since), _) => format!("({s}.marked IS NOT NULL AND {s}.marked >= {since})"),
            (Time::Marked, None, until) => {
                format!("({s}.marked IS NOT NULL AND {s}.marked < {})", until.unwrap_or(i64::MAX))
            }
            (Time::Edited, Some(since), _) => edited(&format!(" AND r.replaced >= {since}")),
            // The last of its changes was before.
            (Time::Edited, None, until) => {
                let later = edited(&format!(" AND r.replaced >= {}", until.unwrap_or(i64::MAX)));
                format!("({} AND NOT {later})", edited(""))
            }
        }
    }

    fn part(&mut self, part: Part) -> String {
        let Names { state: s, entry: e } = self.row;
        let enclosure = |filter: &str| {
            format!(
                "EXISTS (SELECT 1 FROM body b CROSS JOIN json_each(b.details, '$.enclosures') j \
                 WHERE b.id = {s}.id AND b.details IS NOT NULL{filter})"
            )
        };
        match part {
            Part::Enclosure => enclosure(""),
            Part::Audio | Part::Video => {
                let medium = if part == Part::Audio { "audio" } else { "video" };
                let attached =
                    enclosure(&format!(" AND medium(j.value ->> 'mime_type', j.value ->> 'url') = '{medium}'"));
                format!(
                    "({attached} OR EXISTS (SELECT 1 FROM body b LEFT JOIN page p ON p.id = b.id WHERE b.id = {s}.id \
                     AND plays(coalesce(p.html, b.html), '{medium}')))"
                )
            }
            Part::Image => format!(
                "EXISTS (SELECT 1 FROM body b LEFT JOIN page p ON p.id = b.id WHERE b.id = {s}.id \
                 AND (b.details ->> 'image' IS NOT NULL OR instr(coalesce(p.html, b.html), '<img ') > 0))"
            ),
            Part::Fulltext => format!("EXISTS (SELECT 1 FROM page p WHERE p.id = {s}.id AND p.html IS NOT NULL)"),
            Part::Tag => format!("EXISTS (SELECT 1 FROM entry_tag x WHERE x.entry_id = {s}.id)"),
            // Nobody can write notes yet.
            Part::Note => self.nothing(),
            Part::Revision => {
                self.needs_entry = true;
                format!("{e}.is_edited = 1")
            }
        }
    }

    /// A text that is looked for letter by letter: in an address, by a regular expression, or without a word in it.
    fn letters(&mut self, within: Within, text: &Text) -> String {
        let Names { state: s, entry: e } = self.row;
        let (function, sought) = match text {
            Text::Regex(pattern) => ("finds", pattern.clone()),
            Text::Word(text) | Text::Prefix(text) | Text::Phrase(text) | Text::Near(text, _) => {
                ("holds", composed(text).to_lowercase())
            }
        };
        let sought = self.bind(sought);
        let within_entry = |column: &str| format!("{function}(coalesce({e}.{column}, ''), {sought})");
        let body = format!(
            "EXISTS (SELECT 1 FROM body b LEFT JOIN page p ON p.id = b.id WHERE b.id = {s}.id \
             AND {function}_text(coalesce(p.html, b.html), {sought}))"
        );
        self.needs_entry |= within != Within::Body;
        match within {
            Within::Title => within_entry("title"),
            Within::Author => within_entry("author"),
            Within::Url => within_entry("url"),
            Within::Body => body,
            Within::All => format!("({} OR {} OR {body})", within_entry("title"), within_entry("author")),
        }
    }

    pub(super) fn bind(&mut self, text: String) -> String {
        self.params.push(Value::Text(text));
        format!("?{}", self.params.len())
    }
}
