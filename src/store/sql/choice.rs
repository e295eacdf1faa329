//! Which index a list walks: the one that its rows come from in order, or that of the few they are among.

use super::{Builder, EVERYTHING, GATHER, Span, Walk, feeds_like, list};
use crate::model::query::{Query, State, Time};
use crate::model::tag::TagSource;
use crate::store::{StoreError, search};

/// The articles of zones, each by its id.
const BY_ZONES: &str =
    "zone z CROSS JOIN state s NOT INDEXED ON s.id BETWEEN z.number * 1024 AND z.number * 1024 + 1023";

fn asks_for(parts: &[&Query], state: State) -> bool {
    parts.iter().any(|part| **part == Query::Is(state))
}

/// The ids that a part of a query names one by one.
fn entries(part: &Query) -> Option<Vec<i64>> {
    match part {
        Query::Entry(id) => Some(vec![*id]),
        Query::Or(parts) => {
            let ids: Option<Vec<Vec<i64>>> = parts.iter().map(entries).collect();
            ids.map(|ids| ids.concat())
        }
        _ => None,
    }
}

/// A state whose articles an index holds.
struct Held {
    articles: i64,
    /// Which part of the query asks for it.
    part: usize,
    index: &'static str,
    filter: &'static str,
}

/// A tag that a query asks for.
struct Tagged {
    articles: i64,
    id: i64,
    /// Only where a topic gave it.
    is_topic: bool,
    /// Which part of the query asks for it.
    part: usize,
}

impl Builder<'_> {
    /// Chooses the index to walk, and says which part of the query that takes care of.
    pub(super) fn walk(&mut self, parts: &[&Query]) -> Result<(Walk, Option<usize>), StoreError> {
        if let Some(n) = parts.iter().position(|part| **part == Query::Is(State::Muted)) {
            // They are few: gathered, and put in order.
            let feeds = self.ids("SELECT id FROM feed WHERE muted = 1", [])?;
            let filter = format!(
                "s.is_live = 1 AND s.id IN (SELECT id FROM state INDEXED BY state_muted WHERE is_live = 1 AND is_muted = 1 \
                 UNION ALL SELECT id FROM state INDEXED BY state_feed WHERE is_live = 1 AND feed_id IN ({}))",
                list(&feeds)
            );
            return Ok((Walk::over("state s NOT INDEXED", filter), Some(n)));
        }
        if let Some((n, ids)) = parts.iter().enumerate().find_map(|(n, part)| Some((n, entries(part)?))) {
            let filter = format!("s.is_live = 1 AND s.id IN ({})", list(&ids));
            return Ok((Walk::over("state s NOT INDEXED", filter), Some(n)));
        }
        if let Some(walk) = self.by_times(parts)? {
            return Ok((walk, None));
        }
        for (n, part) in parts.iter().enumerate() {
            let feeds = match part {
                Query::Feed(name) => self.feeds(name)?,
                Query::FeedLike(pattern) => feeds_like(self.connection, pattern)?,
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
        for (n, part) in parts.iter().enumerate() {
            if let Query::Story(id) = part {
                let filter = format!("s.is_live = 1 AND s.story = {id}");
                return Ok((Walk::over("state s INDEXED BY state_story", filter), Some(n)));
            }
        }
        let rarest = self.rarest_tag(parts)?;
        if let Some(Tagged { articles, id, is_topic, part }) = rarest
            && (articles >= GATHER || !is_topic)
            && let Some(state) = self.tag_state(id, parts)?
        {
            // A topic's articles are among those that bear its tag.
            let consumed = (!is_topic).then_some(part);
            let from = "tag_state t CROSS JOIN state s ON s.id = t.entry_id";
            let filter = format!("t.tag_id = {id} AND t.state = {state} AND s.is_live = 1");
            return Ok((Walk { from, filter, at: "t.at", id: "t.entry_id" }, consumed));
        }
        if let Some(Tagged { articles, id, is_topic, part }) = rarest
            && (self.states(parts, true)?.iter().all(|held| articles <= held.articles)
                || (!is_topic && asks_for(parts, State::Unread)))
        {
            // Of a tag whose unread articles are not kept apart little is read.
            let source = if is_topic { format!(" AND t.source = {}", TagSource::Topic as i64) } else { String::new() };
            let filter = format!(
                "t.tag_id = {id}{source} AND s.is_live = 1 AND NOT EXISTS (SELECT 1 FROM entry_tag d \
                 WHERE d.entry_id = t.entry_id AND d.tag_id = t.tag_id{} AND (d.source, d.said) < (t.source, t.said))",
                source.replace("t.source", "d.source")
            );
            let from = if is_topic {
                "entry_tag t INDEXED BY entry_tag_topic CROSS JOIN state s ON s.id = t.entry_id"
            } else {
                "entry_tag t INDEXED BY entry_tag_tag CROSS JOIN state s ON s.id = t.entry_id"
            };
            return Ok((Walk { from, filter, at: "t.at", id: "t.entry_id" }, Some(part)));
        }
        if let Some(n) = parts.iter().position(|part| **part == Query::Is(State::New)) {
            let day = self.a_day_ago();
            let filter = format!("s.is_live = 1 AND s.is_read = 0 AND s.first_seen >= {day}");
            let of_zones = format!("z.seen >= {day} AND {filter}");
            return Ok(if self.are_few(BY_ZONES, &of_zones)? {
                (Walk::over(BY_ZONES, of_zones), Some(n))
            } else {
                (Walk::over("state s INDEXED BY state_unread", filter), Some(n))
            });
        }
        if parts.iter().any(|part| **part == Query::Is(State::Dup)) {
            let copied = "state w INDEXED BY state_copied CROSS JOIN state s NOT INDEXED ON s.id = w.id";
            let filter = "w.has_copies = 1 AND s.is_live = 1";
            if self.are_few(copied, filter)? {
                return Ok((Walk::over(copied, filter.to_owned()), None));
            }
        }
        if let Some(held) = self.states(parts, rarest.is_some())?.first() {
            return Ok((Walk::over(held.index, held.filter.to_owned()), Some(held.part)));
        }
        Ok((Walk::over(EVERYTHING, "s.is_live = 1".to_owned()), None))
    }

    /// What has arrived or was marked or changed in the spans of time that a query asks for, where that is little. No index is needed for
    /// what has arrived: ids grow with arrival, and where a clock was set back the zones know.
    fn by_times(&self, parts: &[&Query]) -> Result<Option<Walk>, StoreError> {
        if let Some(Span { since, until }) = self.span(parts, Time::Arrived) {
            let filter = format!(
                "z.seen >= {since} AND z.earliest < {until} AND s.is_live = 1 \
                 AND s.first_seen >= {since} AND s.first_seen < {until}"
            );
            if self.are_few(BY_ZONES, &filter)? {
                return Ok(Some(Walk::over(BY_ZONES, filter)));
            }
        }
        if let Some(Span { since, until }) = self.span(parts, Time::Marked) {
            let marked = "state w INDEXED BY state_marked CROSS JOIN state s NOT INDEXED ON s.id = w.id";
            let filter = format!("s.is_live = 1 AND w.marked >= {since} AND w.marked < {until}");
            if self.are_few(marked, &filter)? {
                return Ok(Some(Walk::over(marked, filter)));
            }
        }
        if let Some(Span { since, until }) = self.span(parts, Time::Edited) {
            let changes = "revision r INDEXED BY revision_replaced";
            let filter = format!("r.replaced >= {since} AND r.replaced < {until}");
            if self.are_few(changes, &filter)? {
                let filter = format!("s.is_live = 1 AND s.id IN (SELECT r.entry_id FROM {changes} WHERE {filter})");
                return Ok(Some(Walk::over("state s NOT INDEXED", filter)));
            }
        }
        Ok(None)
    }

    /// The state that a query asks for and that is kept with this tag, as `tag_state` names it: what is starred is less than
    /// what is unread, which is kept where much has been read.
    fn tag_state(&self, tag: i64, parts: &[&Query]) -> Result<Option<u8>, StoreError> {
        if asks_for(parts, State::Starred) {
            return Ok(Some(1));
        }
        let mut keeps = self.connection.prepare_cached("SELECT 1 FROM tag WHERE id = ?1 AND keeps_unread = 1")?;
        Ok((asks_for(parts, State::Unread) && keeps.exists([tag])?).then_some(0))
    }

    /// The tag or topic of the query that the fewest articles have.
    fn rarest_tag(&self, parts: &[&Query]) -> Result<Option<Tagged>, StoreError> {
        let mut rarest: Option<Tagged> = None;
        for (n, part) in parts.iter().enumerate() {
            let (name, is_topic) = match part {
                Query::Tag(name) => (name, false),
                Query::Topic(name) => (name, true),
                _ => continue,
            };
            let (id, articles) = self.tag(name)?.unwrap_or((-1, 0));
            let articles = if is_topic { self.of_topic(id)? } else { articles };
            if rarest.as_ref().is_none_or(|rarest| articles < rarest.articles) {
                rarest = Some(Tagged { articles, id, is_topic, part: n });
            }
        }
        Ok(rarest)
    }

    /// How many articles have this tag because of a topic, as far as it matters.
    fn of_topic(&self, tag: i64) -> Result<i64, StoreError> {
        let sql = format!(
            "SELECT count(*) FROM (SELECT 1 FROM entry_tag INDEXED BY entry_tag_topic WHERE tag_id = ?1 AND source = {} \
             LIMIT {GATHER})",
            TagSource::Topic as i64
        );
        Ok(self.connection.prepare_cached(&sql)?.query_row([tag], |row| row.get(0))?)
    }

    /// The states that a query asks for and that an index holds, the rarest first: how many articles there are, which part
    /// asks for it, the index, and its filter. What is compared with nothing is not counted.
    fn states(&self, parts: &[&Query], is_compared: bool) -> Result<Vec<Held>, StoreError> {
        let mut states: Vec<(&str, Held)> = Vec::new();
        for (state, count, index, filter) in [
            (State::Starred, "starred", "state s INDEXED BY state_starred", "s.is_live = 1 AND s.is_starred = 1"),
            (State::Unread, "unread", "state s INDEXED BY state_unread", "s.is_live = 1 AND s.is_read = 0"),
            (State::Read, "articles - unread", "state s INDEXED BY state_read", "s.is_live = 1 AND s.is_read = 1"),
        ] {
            let part = parts.iter().position(|part| **part == Query::Is(state));
            states.extend(part.map(|part| (count, Held { articles: 0, part, index, filter })));
        }
        if is_compared || states.len() > 1 {
            for (count, held) in &mut states {
                let sql = format!("SELECT coalesce(sum({count}), 0) FROM feed");
                held.articles = self.connection.prepare_cached(&sql)?.query_row([], |row| row.get(0))?;
            }
        }
        let mut states: Vec<Held> = states.into_iter().map(|(_, held)| held).collect();
        states.sort_by_key(|held| held.articles);
        Ok(states)
    }

    /// Whether rows are so few that they are gathered and put in order.
    fn are_few(&self, from: &str, filter: &str) -> Result<bool, StoreError> {
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {from} WHERE {filter} LIMIT {})", search::NEWEST + 1);
        let count: i64 = self.connection.prepare_cached(&sql)?.query_row([], |row| row.get(0))?;
        Ok(count <= search::NEWEST as i64)
    }
}
