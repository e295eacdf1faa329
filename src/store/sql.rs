//! Compiles a [`Query`] to SQL: names are resolved to ids first, then one index is chosen to walk in the list's order and
//! the rest filters along the way. The choice is made here and pinned with INDEXED BY, since the planner, which has no
//! statistics on a fresh store, has been seen to prefer a sort of everything.

use jiff::Zoned;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};

use super::StoreError;
use crate::model::entry::EntryId;
use crate::model::query::{Query, State};
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
    pub params: Vec<Value>,
    /// The columns of the order, in the index that is walked.
    pub at: &'static str,
    pub id: &'static str,
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
}

pub(super) fn compile(
    connection: &Connection,
    query: &Query,
    grain: Grain,
    now: &Zoned,
) -> Result<Compiled, StoreError> {
    compile_with(connection, query, grain, now, None)
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
    compile_with(connection, query, grain, now, Some(walk))
}

fn compile_with(
    connection: &Connection,
    query: &Query,
    grain: Grain,
    now: &Zoned,
    walk: Option<Walk>,
) -> Result<Compiled, StoreError> {
    let mut builder = Builder { connection, now, params: Vec::new(), needs_entry: false, row: LISTED };
    let parts: &[Query] = match query {
        Query::And(parts) => parts,
        one => std::slice::from_ref(one),
    };
    let (walk, consumed) = match walk {
        Some(walk) => (walk, None),
        None => builder.walk(parts)?,
    };
    let mut filters = vec![walk.filter];
    let (mut since, mut until): (Option<i64>, Option<i64>) = (None, None);
    for (n, part) in parts.iter().enumerate() {
        match part {
            _ if Some(n) == consumed => {}
            Query::Newer(when) => since = since.max(Some(when.moment(now).as_second())),
            Query::Older(when) => {
                let moment = when.moment(now).as_second();
                until = Some(until.map_or(moment, |until| until.min(moment)));
            }
            part => filters.push(builder.predicate(part)?),
        }
    }
    // A muted feed is heard only when it is asked for by name.
    let muted = if parts.iter().any(|part| matches!(part, Query::Feed(_))) {
        Vec::new()
    } else {
        builder.ids("SELECT id FROM feed WHERE muted = 1", [])?
    };
    if !muted.is_empty() {
        filters.push(format!("s.feed_id NOT IN ({})", list(&muted)));
    }
    if grain == Grain::Articles && !builder.is_of_one_feed(parts)? {
        filters.push(builder.is_first_copy(parts, &muted)?);
    }
    let undated = filters.join(" AND ");
    filters.extend(since.map(|since| format!("{} >= {since}", walk.at)));
    filters.extend(until.map(|until| format!("{} < {until}", walk.at)));
    let join = if builder.needs_entry { " CROSS JOIN entry e ON e.id = s.id" } else { "" };
    Ok(Compiled {
        from: format!("{}{join}", walk.from),
        filter: filters.join(" AND "),
        undated,
        since,
        until,
        params: builder.params,
        at: walk.at,
        id: walk.id,
    })
}

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
/// The copy of an article that came before the listed one.
const EARLIER: Names = Names { state: "d", entry: "c" };

struct Builder<'a> {
    connection: &'a Connection,
    now: &'a Zoned,
    params: Vec<Value>,
    needs_entry: bool,
    row: Names,
}

impl Builder<'_> {
    /// Chooses the index to walk, and says which part of the query that takes care of.
    fn walk(&mut self, parts: &[Query]) -> Result<(Walk, Option<usize>), StoreError> {
        for (n, part) in parts.iter().enumerate() {
            let feeds = match part {
                Query::Feed(name) => self.feeds(name)?,
                Query::Folder(name) => self.folder(name)?,
                _ => continue,
            };
            let articles: i64 = self
                .connection
                .prepare_cached(
                    "SELECT coalesce(sum(articles), 0) FROM feed WHERE id IN (SELECT value FROM json_each(?1))",
                )?
                .query_row([format!("[{}]", list(&feeds))], |row| row.get(0))?;
            if feeds.len() <= 1 || articles < GATHER {
                let filter = format!("s.is_live = 1 AND s.feed_id IN ({})", list(&feeds));
                return Ok((Walk::over("state s INDEXED BY state_feed", filter), Some(n)));
            }
        }
        let mut rarest: Option<(i64, i64, usize)> = None;
        for (n, part) in parts.iter().enumerate() {
            if let Query::Tag(name) = part {
                let (id, articles) = self.tag(name)?.unwrap_or((-1, 0));
                if rarest.is_none_or(|(fewest, ..)| articles < fewest) {
                    rarest = Some((articles, id, n));
                }
            }
        }
        if let Some((_, id, n)) = rarest {
            let filter = format!(
                "t.tag_id = {id} AND s.is_live = 1 AND NOT EXISTS (SELECT 1 FROM entry_tag d \
                 WHERE d.entry_id = t.entry_id AND d.tag_id = t.tag_id AND d.source < t.source)"
            );
            let from = "entry_tag t INDEXED BY entry_tag_tag CROSS JOIN state s ON s.id = t.entry_id";
            return Ok((Walk { from, filter, at: "t.at", id: "t.entry_id" }, Some(n)));
        }
        for (state, index, filter) in [
            (State::Starred, "state s INDEXED BY state_starred", "s.is_live = 1 AND s.is_starred = 1"),
            (State::Unread, "state s INDEXED BY state_unread", "s.is_live = 1 AND s.is_read = 0"),
        ] {
            if let Some(n) = parts.iter().position(|part| *part == Query::Is(state)) {
                return Ok((Walk::over(index, filter.to_owned()), Some(n)));
            }
        }
        Ok((Walk::over("state s INDEXED BY state_at", "s.is_live = 1".to_owned()), None))
    }

    /// Nothing that a list of one feed holds is a copy of anything else in it.
    fn is_of_one_feed(&self, parts: &[Query]) -> Result<bool, StoreError> {
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
    fn is_first_copy(&mut self, parts: &[Query], muted: &[i64]) -> Result<String, StoreError> {
        let needed = std::mem::replace(&mut self.needs_entry, false);
        self.row = EARLIER;
        let filter = self.joined(parts, " AND ")?;
        self.row = LISTED;
        let join =
            if std::mem::replace(&mut self.needs_entry, needed) { " CROSS JOIN entry c ON c.id = d.id" } else { "" };
        Ok(format!(
            "(s.has_copies = 0 OR NOT EXISTS (SELECT 1 FROM state d INDEXED BY state_copied{join} WHERE d.link = s.link \
             AND d.has_copies = 1 AND d.is_live = 1 AND d.id < s.id AND d.feed_id NOT IN ({}) AND {filter}))",
            list(muted)
        ))
    }

    fn predicate(&mut self, query: &Query) -> Result<String, StoreError> {
        let Names { state: s, entry: e } = self.row;
        Ok(match query {
            Query::And(parts) => self.joined(parts, " AND ")?,
            Query::Or(parts) if parts.is_empty() => self.nothing(),
            Query::Or(parts) => self.joined(parts, " OR ")?,
            Query::Not(inner) => format!("NOT {}", self.predicate(inner)?),
            Query::Tag(name) => match self.tag(name)? {
                Some((id, _)) => {
                    format!("EXISTS (SELECT 1 FROM entry_tag x WHERE x.entry_id = {s}.id AND x.tag_id = {id})")
                }
                None => self.nothing(),
            },
            Query::Feed(name) => format!("{s}.feed_id IN ({})", list(&self.feeds(name)?)),
            Query::Folder(name) => format!("{s}.feed_id IN ({})", list(&self.folder(name)?)),
            Query::Author(text) => self.holds(&format!("coalesce({e}.author, '')"), text),
            Query::Title(text) => self.holds(&format!("{e}.title"), text),
            Query::Url(text) => self.holds(&format!("coalesce({e}.url, '')"), text),
            Query::Text(text) => {
                let title = self.holds(&format!("{e}.title"), text);
                let author = self.holds(&format!("coalesce({e}.author, '')"), text);
                let word = self.bind(text.to_lowercase());
                format!(
                    "({title} OR {author} OR EXISTS (SELECT 1 FROM body b WHERE b.id = {s}.id AND holds_text(b.html, {word})))"
                )
            }
            Query::Language(code) => {
                self.needs_entry = true;
                format!("coalesce({e}.language, '') = {}", self.bind(code.to_lowercase()))
            }
            Query::Is(State::Unread) => format!("{s}.is_read = 0"),
            Query::Is(State::Read) => format!("{s}.is_read = 1"),
            Query::Is(State::Starred) => format!("{s}.is_starred = 1"),
            Query::Newer(when) => format!("{s}.at >= {}", when.moment(self.now).as_second()),
            Query::Older(when) => format!("{s}.at < {}", when.moment(self.now).as_second()),
        })
    }

    /// What no row is. A plain `0` would leave `SQLite` no use for the index that it is told to walk: an error.
    fn nothing(&self) -> String {
        format!("{}.id < 0", self.row.state)
    }

    fn joined(&mut self, parts: &[Query], operator: &str) -> Result<String, StoreError> {
        if parts.is_empty() {
            return Ok("1".to_owned());
        }
        let parts: Vec<String> = parts.iter().map(|part| self.predicate(part)).collect::<Result<_, _>>()?;
        Ok(format!("({})", parts.join(operator)))
    }

    fn holds(&mut self, column: &str, text: &str) -> String {
        self.needs_entry = true;
        format!("holds({column}, {})", self.bind(text.to_lowercase()))
    }

    fn bind(&mut self, text: String) -> String {
        self.params.push(Value::Text(text));
        format!("?{}", self.params.len())
    }

    fn tag(&self, name: &str) -> Result<Option<(i64, i64)>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT id, articles FROM tag WHERE key = ?1")?;
        Ok(statement.query_row([tag::fold(name)], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    /// A number is an id, everything else a part of the name or URL.
    fn feeds(&self, name: &str) -> Result<Vec<i64>, StoreError> {
        if let Ok(id) = name.parse::<i64>() {
            return Ok(vec![id]);
        }
        self.ids(
            "SELECT id FROM feed WHERE holds(coalesce(user_title, title), ?1) OR holds(url, ?1)",
            [name.to_lowercase()],
        )
    }

    fn folder(&self, name: &str) -> Result<Vec<i64>, StoreError> {
        self.ids(
            "SELECT id FROM feed WHERE folder = ?1 OR substr(folder, 1, length(?1) + 1) = ?1 || '/'",
            [name.to_owned()],
        )
    }

    fn ids<P: rusqlite::Params>(&self, sql: &str, params: P) -> Result<Vec<i64>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let ids = statement.query_map(params, |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(ids)
    }
}

/// For none, an id that nothing has: an index cannot be walked over `IN ()`.
fn list(ids: &[i64]) -> String {
    if ids.is_empty() {
        return "-1".to_owned();
    }
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}
