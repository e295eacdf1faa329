//! Compiles a [`Query`] to SQL: names are resolved to ids first, then one index is chosen to walk in the list's order and
//! the rest filters along the way. The choice is made here and pinned with INDEXED BY, since the planner, which has no
//! statistics on a fresh store, has been seen to prefer a sort of everything.

mod choice;
mod predicate;

use std::collections::HashMap;

use jiff::Zoned;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::connection::composed;
use super::tags::place;
use super::{StoreError, search, views};
use crate::model::entry::EntryId;
use crate::model::query::{Query, State, Time};
use crate::model::tag;

/// A query ready to run: `FROM {from} WHERE {filter} ORDER BY {at}, {id}`.
#[derive(Debug, Clone)]
pub(super) struct Compiled {
    pub from: String,
    pub filter: String,
    /// The filter without its dates, and the dates: the first second that matches, and the first that no longer does.
    pub undated: String,
    pub since: Option<i64>,
    pub until: Option<i64>,
    /// When what matches has arrived, where that is asked for.
    pub arrived: Option<Span>,
    pub params: Vec<Value>,
    /// The columns of the order, in the index that is walked.
    pub at: &'static str,
    pub id: &'static str,
}

/// From this second on, before that one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub since: i64,
    pub until: i64,
}

/// Every entry of a list, or the newest so many where it has a limit.
pub(super) fn entries(connection: &Connection, query: &Query, now: &Zoned) -> Result<Vec<EntryId>, StoreError> {
    let Compiled { from, filter, params, at, id, .. } = compile(connection, query, Grain::Entries, now)?;
    let first = query.limit().map_or_else(String::new, |limit| format!(" ORDER BY {at} DESC, {id} DESC LIMIT {limit}"));
    let mut statement = connection.prepare(&format!("SELECT s.id FROM {from} WHERE {filter}{first}"))?;
    let ids = statement.query_map(params_from_iter(params), |row| row.get(0).map(EntryId))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// What the search index is asked for the sake of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Words {
    /// Its articles say this.
    Said(String),
    /// None of them says this.
    Unsaid(String),
}

/// A list that depends on what articles say.
#[derive(Debug, Clone)]
pub(super) struct ByWords {
    pub words: Words,
    /// Those of some articles that are in the list, whatever they say; their ids, a JSON array, follow the other parameters.
    pub compiled: Compiled,
    /// Every entry that may be in the list, whatever it says, by the index that meets the fewest.
    pub others: Compiled,
    /// That index meets fewer rows than there are.
    pub has_other_walk: bool,
}

/// Folders with fewer articles than this are gathered feed by feed and sorted; larger ones are met often enough when
/// the whole list is walked.
const GATHER: i64 = 20_000;

/// What a list is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grain {
    /// Every entry, as scripts and exports want it.
    Entries,
    /// An article that several feeds have once: the entry of those in the list that came first.
    Articles,
    /// The same, and of the articles of a story only the newest in the list: a story rises with its news.
    Stories,
}

pub(super) fn compile(
    connection: &Connection,
    query: &Query,
    grain: Grain,
    now: &Zoned,
) -> Result<Compiled, StoreError> {
    compile_with(Builder::new(connection, now), query, grain, None)
}

/// The same for a window, which meets few of the rows.
pub(super) fn compile_window(
    connection: &Connection,
    query: &Query,
    grain: Grain,
    now: &Zoned,
) -> Result<Compiled, StoreError> {
    let builder = Builder { meets_few: true, ..Builder::new(connection, now) };
    compile_with(builder, query, grain, None)
}

/// A list by what the search index says; `None` for a query that is not of words that every article must say, or must not.
pub(super) fn compile_by_words(
    connection: &Connection,
    query: &Query,
    grain: Grain,
    now: &Zoned,
) -> Result<Option<ByWords>, StoreError> {
    let query = &*views::expanded(connection, query)?;
    let mut builder = Builder { meets_few: true, ..Builder::new(connection, now) };
    let Some((words, parts)) = builder.asked(query.parts())? else { return Ok(None) };
    let (walk, consumed) = builder.walk(&parts)?;
    let has_other_walk = walk.from != EVERYTHING;
    let others = builder.finish(query, &parts, walk, consumed, Grain::Entries)?;
    let builder = Builder { is_asked_by_row: true, ..Builder::new(connection, now) };
    let walk = Walk::over("state s NOT INDEXED", String::new());
    let compiled = builder.finish(query, &parts, walk, None, grain)?.among();
    Ok(Some(ByWords { words, compiled, others, has_other_walk }))
}

/// Only what has arrived after the entry with this id: walks the newcomers, which are few.
pub(super) fn compile_newer(
    connection: &Connection,
    query: &Query,
    grain: Grain,
    than: EntryId,
    now: &Zoned,
) -> Result<Compiled, StoreError> {
    let walk = Walk::over("state s NOT INDEXED", format!("s.is_live = 1 AND s.id > {}", than.0));
    compile_with(Builder::new(connection, now), query, grain, Some(walk))
}

/// Only what is among the entries with these ids, a JSON array.
pub(super) fn compile_among(
    connection: &Connection,
    query: &Query,
    ids: &str,
    grain: Grain,
    now: &Zoned,
) -> Result<Compiled, StoreError> {
    let walk = Walk::over("state s NOT INDEXED", String::new());
    let mut compiled = compile_with(Builder::new(connection, now), query, grain, Some(walk))?.among();
    compiled.params.push(Value::Text(ids.to_owned()));
    Ok(compiled)
}

impl Compiled {
    /// Of a list that walks no index: only what is among the ids in the parameter that follows the others, a JSON array.
    fn among(self) -> Self {
        let among = format!("s.is_live = 1 AND s.id IN (SELECT value FROM json_each(?{}))", self.params.len() + 1);
        let filter = if self.filter.is_empty() { among } else { format!("{among} AND {}", self.filter) };
        Self { filter, ..self }
    }
}

fn compile_with(
    mut builder: Builder<'_>,
    query: &Query,
    grain: Grain,
    walk: Option<Walk>,
) -> Result<Compiled, StoreError> {
    let query = &*views::expanded(builder.connection, query)?;
    let parts = query.parts();
    // The words of the whole query are asked for at once.
    let (said, parts) = builder.words(parts)?;
    let (mut walk, consumed) = match (walk, &said) {
        (Some(walk), _) => (walk, None),
        (None, Some(said)) if builder.is_gathered(said)? => {
            let filter = format!("s.is_live = 1 AND {}", builder.says(said)?);
            return builder.finish(query, &parts, Walk::over("state s NOT INDEXED", filter), None, grain);
        }
        (None, _) => builder.walk(&parts)?,
    };
    if let Some(said) = said {
        let says = builder.says(&said)?;
        walk.filter = if walk.filter.is_empty() { says } else { format!("{} AND {says}", walk.filter) };
    }
    builder.finish(query, &parts, walk, consumed, grain)
}

/// What a list hides: muted articles, and those of muted feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hidden {
    pub articles: bool,
    pub feeds: bool,
}

impl Hidden {
    pub const MUTED: Self = Self { articles: true, feeds: true };
}

/// What the list of this query hides. Who names a feed or what is muted means to see it.
pub(super) fn hidden(query: &Query) -> Hidden {
    let names_feed = query.parts().iter().any(|part| matches!(part, Query::Feed(_) | Query::FeedLike(_)));
    let articles = !names_muted(query);
    Hidden { articles, feeds: articles && !names_feed }
}

/// Whether a query asks for what is muted, or for what is not.
fn names_muted(query: &Query) -> bool {
    match query {
        Query::And(parts) | Query::Or(parts) => parts.iter().any(names_muted),
        Query::Not(inner) => names_muted(inner),
        Query::Is(state) => *state == State::Muted,
        _ => false,
    }
}

/// The index of every article in the list's order.
const EVERYTHING: &str = "state s INDEXED BY state_at";

struct Walk {
    from: &'static str,
    filter: String,
    at: &'static str,
    id: &'static str,
}

impl Walk {
    fn over(index: &'static str, filter: String) -> Self {
        Self { from: index, filter, at: "s.at", id: "s.id" }
    }
}

/// What the rows of `state` and `entry` go by in a predicate.
#[derive(Debug, Clone, Copy)]
struct Names {
    state: &'static str,
    entry: &'static str,
}

const LISTED: Names = Names { state: "s", entry: "e" };
/// The article that the listed one goes behind: an earlier copy, or a newer one of its story.
const BEFORE: Names = Names { state: "d", entry: "c" };
/// An earlier copy of that one.
const EARLIER: Names = Names { state: "h", entry: "k" };

struct Builder<'a> {
    connection: &'a Connection,
    now: &'a Zoned,
    params: Vec<Value>,
    needs_entry: bool,
    row: Names,
    /// What was asked of the search index: the ids as JSON when they are few.
    gathered: HashMap<String, Option<String>>,
    /// The search index is asked about single rows: those who say it are many, and few rows are met.
    is_asked_by_row: bool,
    /// Few rows are met: a common word is not looked up in all that say it.
    meets_few: bool,
}

impl<'a> Builder<'a> {
    fn new(connection: &'a Connection, now: &'a Zoned) -> Self {
        Self {
            connection,
            now,
            params: Vec::new(),
            needs_entry: false,
            row: LISTED,
            gathered: HashMap::new(),
            is_asked_by_row: false,
            meets_few: false,
        }
    }

    /// The whole from a walk and the parts of the query that are not about words, but for the one that the walk takes care of.
    fn finish(
        mut self,
        query: &Query,
        parts: &[&Query],
        walk: Walk,
        consumed: Option<usize>,
        grain: Grain,
    ) -> Result<Compiled, StoreError> {
        let mut filters = vec![walk.filter];
        let (mut since, mut until): (Option<i64>, Option<i64>) = (None, None);
        for (n, part) in parts.iter().copied().enumerate() {
            match part {
                _ if Some(n) == consumed => {}
                // They say how the list is shown.
                Query::Sort(_) | Query::Limit(_) => {}
                Query::Newer(when) => since = since.max(Some(when.moment(self.now).as_second())),
                Query::Older(when) => {
                    let moment = when.moment(self.now).as_second();
                    until = Some(until.map_or(moment, |until| until.min(moment)));
                }
                part => filters.push(self.predicate(part)?),
            }
        }
        let arrived = self.span(parts, Time::Arrived);
        // An article's place in the list is not after it came, and it came before it was changed.
        for span in [arrived, self.span(parts, Time::Edited)].into_iter().flatten().filter(|span| span.until < i64::MAX)
        {
            until = Some(until.map_or(span.until, |until| until.min(span.until)));
        }
        // A muted feed is heard only when it is asked for by name.
        let hidden = hidden(query);
        let muted = if hidden.feeds { self.ids("SELECT id FROM feed WHERE muted = 1", [])? } else { Vec::new() };
        if !muted.is_empty() {
            filters.push(format!("s.feed_id NOT IN ({})", list(&muted)));
        }
        if hidden.articles {
            filters.push("s.is_muted = 0".to_owned());
        }
        if grain != Grain::Entries && !self.is_of_one_feed(parts)? {
            filters.push(self.is_first_copy(query, &muted)?);
            if grain == Grain::Stories && !query.names_story() {
                filters.push(self.is_newest_of_story(query, &muted)?);
            }
        }
        filters.retain(|filter| !filter.is_empty());
        let undated = filters.join(" AND ");
        filters.extend(since.map(|since| format!("{} >= {since}", walk.at)));
        filters.extend(until.map(|until| format!("{} < {until}", walk.at)));
        let join = if self.needs_entry { " CROSS JOIN entry e ON e.id = s.id" } else { "" };
        Ok(Compiled {
            from: format!("{}{join}", walk.from),
            filter: filters.join(" AND "),
            undated,
            since,
            until,
            arrived,
            params: self.params,
            at: walk.at,
            id: walk.id,
        })
    }
}

impl Builder<'_> {
    /// What the index is asked for all parts that are about words, and the other parts.
    fn words<'q>(&self, parts: &'q [Query]) -> Result<(Option<String>, Vec<&'q Query>), StoreError> {
        let (mut words, mut others) = (Vec::new(), Vec::new());
        for part in parts {
            let inner = if let Query::Not(inner) = part { inner } else { part };
            let list = if search::match_of(self.connection, inner)?.is_some() { &mut words } else { &mut others };
            list.push(part);
        }
        // What only must not be said is no question to the index.
        match search::match_of(self.connection, &Query::And(words.iter().copied().cloned().collect()))? {
            Some(said) => Ok((Some(said), others)),
            None => Ok((None, parts.iter().collect())),
        }
    }

    /// What the index is asked for the whole list, and the parts that are not about words.
    fn asked<'q>(&self, parts: &'q [Query]) -> Result<Option<(Words, Vec<&'q Query>)>, StoreError> {
        let (said, others) = self.words(parts)?;
        if let Some(said) = said {
            return Ok(Some((Words::Said(said), others)));
        }
        let (mut unwanted, mut others) = (Vec::new(), Vec::new());
        for part in parts {
            match part {
                Query::Not(inner) if self.is_of_words(inner)? => unwanted.push(Query::clone(inner)),
                part => others.push(part),
            }
        }
        let unsaid = search::match_of(self.connection, &Query::Or(unwanted))?;
        Ok(unsaid.map(|unsaid| (Words::Unsaid(unsaid), others)))
    }

    /// Whether the articles that say this are few: then they are gathered and put in order.
    fn is_gathered(&mut self, said: &str) -> Result<bool, StoreError> {
        if let Some(known) = self.gathered.get(said) {
            return Ok(known.is_some());
        }
        let ids = search::newest(self.connection, said, search::NEWEST + 1)?;
        let few = (ids.len() <= search::NEWEST).then(|| search::json(&ids));
        let is_few = few.is_some();
        self.gathered.insert(said.to_owned(), few);
        Ok(is_few)
    }

    /// That an article is among those that say this.
    fn says(&mut self, said: &str) -> Result<String, StoreError> {
        let s = self.row.state;
        let is_many = !self.is_asked_by_row && !self.is_gathered(said)?;
        let by_row = self.is_asked_by_row || (is_many && self.meets_few && search::is_common(self.connection, said)?);
        Ok(if by_row {
            format!(
                "EXISTS (SELECT 1 FROM search a WHERE a.search MATCH {} AND a.rowid = {s}.id)",
                self.bind(said.to_owned())
            )
        } else if !is_many {
            let ids = self.gathered.get(said).cloned().flatten().unwrap_or_default();
            format!("{s}.id IN (SELECT value FROM json_each({}))", self.bind(ids))
        } else {
            format!("{s}.id IN (SELECT rowid FROM search WHERE search MATCH {})", self.bind(said.to_owned()))
        })
    }

    /// The span of one of their times that all articles of a query are in; `None` where none is asked for.
    fn span(&self, parts: &[&Query], of: Time) -> Option<Span> {
        let mut found = None;
        for part in parts {
            let (since, until) = match part {
                Query::From(time, when) if *time == of => (when.moment(self.now).as_second(), i64::MAX),
                Query::Until(time, when) if *time == of => (i64::MIN, when.moment(self.now).as_second()),
                _ => continue,
            };
            let span = found.get_or_insert(Span { since, until });
            *span = Span { since: since.max(span.since), until: until.min(span.until) };
        }
        found
    }

    fn a_day_ago(&self) -> i64 {
        self.now.timestamp().as_second() - 86_400
    }

    /// Nothing that a list of one feed holds is a copy of anything else in it.
    fn is_of_one_feed(&self, parts: &[&Query]) -> Result<bool, StoreError> {
        for part in parts {
            if let Query::Feed(name) = part
                && self.feeds(name)?.len() == 1
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// No copy in another feed that came earlier is in the list too.
    fn is_first_copy(&mut self, query: &Query, muted: &[i64]) -> Result<String, StoreError> {
        self.has_no_earlier(LISTED, BEFORE, query, muted)
    }

    fn has_no_earlier(&mut self, row: Names, other: Names, query: &Query, muted: &[i64]) -> Result<String, StoreError> {
        let (s, d) = (row.state, other.state);
        let belongs = format!("{d}.article = {s}.article AND {d}.has_copies = 1 AND {d}.id < {s}.id");
        let earlier = self.before(other, "state_copied", &belongs, query, muted)?;
        Ok(format!("({s}.has_copies = 0 OR NOT EXISTS ({earlier}))"))
    }

    /// No newer article of the same story is in the list too; a copy that is not there hides nothing.
    fn is_newest_of_story(&mut self, query: &Query, muted: &[i64]) -> Result<String, StoreError> {
        let belongs = "d.story = s.story AND (d.at, d.id) > (s.at, s.id)";
        let newer = self.before(BEFORE, "state_story", belongs, query, muted)?;
        let is_there = self.has_no_earlier(BEFORE, EARLIER, query, muted)?;
        Ok(format!("(s.has_story = 0 OR NOT EXISTS ({newer} AND {is_there}))"))
    }

    /// What the list has of those that belong to a row, by an index, and go before it. What is muted hides nothing.
    fn before(
        &mut self,
        other: Names,
        index: &str,
        belongs: &str,
        query: &Query,
        muted: &[i64],
    ) -> Result<String, StoreError> {
        let needed = std::mem::replace(&mut self.needs_entry, false);
        let Names { state: d, entry: c } = other;
        self.row = other;
        let filter = self.predicate(query)?;
        self.row = LISTED;
        let needs_entry = std::mem::replace(&mut self.needs_entry, needed);
        let join = if needs_entry { format!(" CROSS JOIN entry {c} ON {c}.id = {d}.id") } else { String::new() };
        Ok(format!(
            "SELECT 1 FROM state {d} INDEXED BY {index}{join} WHERE {belongs} AND {d}.is_live = 1{} \
             AND {d}.feed_id NOT IN ({}) AND {filter}",
            if names_muted(query) { String::new() } else { format!(" AND {d}.is_muted = 0") },
            list(muted)
        ))
    }

    fn tag(&self, name: &str) -> Result<Option<(i64, i64)>, StoreError> {
        let mut known = self.connection.prepare_cached("SELECT id FROM tag WHERE key = ?1")?;
        let Some(id) = known.query_row([tag::fold(name)], |row| row.get(0)).optional()? else { return Ok(None) };
        let mut articles = self.connection.prepare_cached("SELECT id, articles FROM tag WHERE id = ?1")?;
        let id = place(self.connection, id)?.tag_id;
        Ok(articles.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    fn feeds(&self, name: &str) -> Result<Vec<i64>, StoreError> {
        feeds_named(self.connection, name)
    }

    fn folder(&self, name: &str) -> Result<Vec<i64>, StoreError> {
        Ok(folders_named(self.connection, name)?.into_iter().map(|(id, _)| id).collect())
    }

    fn ids<P: rusqlite::Params>(&self, sql: &str, params: P) -> Result<Vec<i64>, StoreError> {
        ids(self.connection, sql, params)
    }
}

/// The feeds that `feed:` means: a number is an id, everything else a part of the name or URL.
pub(super) fn feeds_named(connection: &Connection, name: &str) -> Result<Vec<i64>, StoreError> {
    if let Ok(id) = name.parse::<i64>() {
        return Ok(vec![id]);
    }
    let sql = "SELECT id FROM feed WHERE holds(coalesce(user_title, title), ?1) OR holds(url, ?1) \
               OR holds(coalesce(facts ->> '$.home', ''), ?1)";
    ids(connection, sql, [composed(name).to_lowercase()])
}

/// The feeds whose name, URL or site's URL a regular expression matches.
fn feeds_like(connection: &Connection, pattern: &str) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT id FROM feed WHERE finds(coalesce(user_title, title), ?1) OR finds(url, ?1) \
               OR finds(coalesce(facts ->> '$.home', ''), ?1)";
    ids(connection, sql, [pattern])
}

/// The feeds that `folder:` means, each with its folder: this one or one below it, whatever the case.
pub(super) fn folders_named(connection: &Connection, name: &str) -> Result<Vec<(i64, String)>, StoreError> {
    let name = name.to_lowercase();
    let is_within = |(_, folder): &(i64, String)| {
        folder.to_lowercase().strip_prefix(&name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let mut statement = connection.prepare_cached("SELECT id, folder FROM feed WHERE folder IS NOT NULL")?;
    let feeds: Vec<(i64, String)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    Ok(feeds.into_iter().filter(is_within).collect())
}

fn ids<P: rusqlite::Params>(connection: &Connection, sql: &str, params: P) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_map(params, |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// For none, an id that nothing has: an index cannot be walked over `IN ()`.
fn list(ids: &[i64]) -> String {
    if ids.is_empty() {
        return "-1".to_owned();
    }
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}
