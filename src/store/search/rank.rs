//! The best of the newest: BM25 over the newest hits, a title's word counting six times, older articles for less. The
//! index's own `bm25` goes through every article that has a word; this reads two thousand at most.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use jiff::Zoned;
use rusqlite::{Connection, params_from_iter};

use super::hits::{self, Hits, RECENT, newest};
use super::{NEWEST, STEMS, expression, json, languages, match_of};
use crate::model::entry::{EntryId, Headline};
use crate::model::query::{Key, Keys, Query, Text, Within};
use crate::model::terms::{Salient, found};
use crate::store::headlines::{self, COLUMNS, headline};
use crate::store::{StoreError, sql, views};

/// The usual constants of BM25 (Robertson and Zaragoza 2009).
const K1: f64 = 1.2;
const B: f64 = 0.75;
/// How many times a word of the title counts.
const TITLE: f64 = 6.0;
/// How many times a word is taken to be said that the body says often.
const OFTEN: f64 = 4.0;
/// Seconds after which the part of the score that is due to news has halved.
const HALF_LIFE: f64 = 14.0 * 86_400.0;
/// The part of the score that age cannot take.
const LASTING: f64 = 0.4;
/// The newest articles that say a word, by which is told how common it is.
const SAMPLE: usize = 500;

/// Beyond those as many hits are enough as are wanted, and this many at least.
const FEW: usize = 50;

/// An article that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    pub row: Headline,
    pub score: f64,
}

/// What a search has found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// The best first.
    pub hits: Vec<Hit>,
    /// There were more articles than are ranked: only so many, the newest.
    pub is_partial: bool,
    pub ranked: usize,
    /// Articles that are not in the index yet.
    pub unindexed: u64,
}

struct Candidate {
    id: i64,
    at: i64,
    words: f64,
}

/// An article by what it is worth: its score, its time and its id.
pub type Ranked = (f64, i64, i64);

/// Where a ranking of everything goes on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Further {
    /// Only ids below this one.
    below: i64,
    /// The length of articles that others are compared with.
    average: f64,
}

/// Some articles of a ranking, and where it goes on.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    /// The best first.
    pub ranked: Vec<Ranked>,
    pub further: Option<Further>,
    /// How many articles that say it were looked at.
    pub looked_at: usize,
}

/// What is to be ranked.
#[derive(Debug, Clone)]
pub struct Asked {
    pub query: Query,
    pub limit: usize,
    /// An article that several feeds have counts once.
    pub once: bool,
    pub now: Zoned,
}

pub(super) fn search(connection: &Connection, asked: &Asked) -> Result<Found, StoreError> {
    let mut statement = connection.prepare_cached("SELECT count(*) FROM index_queue")?;
    let unindexed = statement.query_row([], |row| row.get::<_, i64>(0))?.unsigned_abs();
    let Stretch { ranked, further, looked_at } = stretch(connection, asked, None)?;
    Ok(Found { hits: rows(connection, &ranked)?, is_partial: further.is_some(), ranked: looked_at, unindexed })
}

/// Ranks the next two thousand articles that say what is asked for, from the newest on.
pub(super) fn stretch(connection: &Connection, asked: &Asked, from: Option<Further>) -> Result<Stretch, StoreError> {
    let Asked { query, limit, once, now } = asked;
    let query = &*views::expanded(connection, query)?;
    let (texts, rest): (Vec<Query>, Vec<Query>) =
        query.parts().iter().cloned().partition(|part| !is_sorted_out_by_rows(connection, part));
    let texts = Query::And(texts);
    let Some(matching) = match_of(connection, &texts)? else {
        let listed = listed(connection, query, *limit, *once, now)?;
        let ranked = listed.iter().map(|one| (0.0, one.at, one.id)).collect();
        return Ok(Stretch { ranked, further: None, looked_at: listed.len() });
    };
    // One word is found wherever it is said; of several, or a phrase, most of what they are in may say nothing.
    let is_one = matches!(texts.sought()[..], [(_, Text::Word(_) | Text::Prefix(_))]);
    let (enough, most) = if is_one { (NEWEST, NEWEST) } else { ((*limit).max(FEW), NEWEST / 2) };
    let (ids, has_more) = next(connection, &matching, from, enough, most)?;
    let candidates = candidates(connection, &ids, &Query::And(rest), *once, now)?;
    let average = from.map_or_else(|| average(&candidates), |further| further.average);
    let mut scores: HashMap<i64, f64> = candidates.iter().map(|candidate| (candidate.id, 0.0)).collect();
    let span = ids.last().copied().unwrap_or_default()..=ids.first().copied().unwrap_or_default();
    score(
        connection,
        &texts,
        &Among { matching: &matching, span, count: ids.len(), average },
        &candidates,
        &mut scores,
    )?;
    let mut ranked: Vec<Ranked> = candidates
        .iter()
        .map(|candidate| {
            let age = (now.timestamp().as_second() - candidate.at).max(0) as f64;
            let recency = LASTING + (1.0 - LASTING) * (-age / HALF_LIFE).exp2();
            (scores.get(&candidate.id).copied().unwrap_or_default() * recency, candidate.at, candidate.id)
        })
        .collect();
    best_first(&mut ranked, *limit);
    let further = ids.last().filter(|_| has_more).map(|last| Further { below: *last, average });
    Ok(Stretch { ranked, further, looked_at: ids.len() })
}

/// The next hits, and whether there may be more: so many at `most`, or fewer once they are `enough` and the rest is old.
fn next(
    connection: &Connection,
    matching: &str,
    from: Option<Further>,
    enough: usize,
    most: usize,
) -> Result<(Vec<i64>, bool), StoreError> {
    let below = match from {
        Some(from) => from.below,
        None => hits::last(connection)? + 1,
    };
    // What is said seldom side by side by words that are common would be looked for in everything they are in.
    let is_enough = |count: usize, id: i64| count > most || (count >= enough && below - id >= RECENT);
    let mut hits = Hits::new(connection, matching)?;
    let (mut ids, reached) = hits.downwards(1..=below - 1, is_enough)?;
    let has_more = ids.len() > most || hits.has_any_below(reached)?;
    ids.truncate(most);
    Ok((ids, has_more))
}

/// Puts the best first and lets go of those beyond the limit.
pub fn best_first(ranked: &mut Vec<Ranked>, limit: usize) {
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(b.2.cmp(&a.2)));
    ranked.truncate(limit);
}

fn average(candidates: &[Candidate]) -> f64 {
    candidates.iter().map(|one| one.words).sum::<f64>() / candidates.len().max(1) as f64
}

/// Whether a part of a query is for the rows to say, and not for the index.
fn is_sorted_out_by_rows(connection: &Connection, part: &Query) -> bool {
    let alone = match part {
        Query::Not(inner) => inner,
        part => part,
    };
    !matches!(match_of(connection, alone), Ok(Some(_)))
}

/// Those of the hits that the rest of the query lets through.
fn candidates(
    connection: &Connection,
    ids: &[i64],
    rest: &Query,
    once: bool,
    now: &Zoned,
) -> Result<Vec<Candidate>, StoreError> {
    let compiled = sql::compile_among(connection, rest, &json(ids), grain(once), now)?;
    let sql = format!(
        "SELECT s.id, s.at, coalesce((SELECT words FROM indexed i WHERE i.id = s.id), 0) FROM {} WHERE {}",
        compiled.from, compiled.filter
    );
    let mut statement = connection.prepare(&sql)?;
    let rows = statement.query_map(params_from_iter(compiled.params), |row| {
        Ok(Candidate { id: row.get(0)?, at: row.get(1)?, words: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Without a word to look up there is nothing to rank by but the date.
fn listed(
    connection: &Connection,
    query: &Query,
    limit: usize,
    once: bool,
    now: &Zoned,
) -> Result<Vec<Candidate>, StoreError> {
    let limit = u32::try_from(limit).unwrap_or(u32::MAX);
    let keys = headlines::first(connection, query, grain(once), now, limit)?;
    Ok(keys.into_iter().map(|(at, id)| Candidate { id, at, words: 0.0 }).collect())
}

fn grain(once: bool) -> sql::Grain {
    if once { sql::Grain::Articles } else { sql::Grain::Entries }
}

/// The articles among which candidates are scored.
struct Among<'a> {
    matching: &'a str,
    /// The ids of the candidates.
    span: RangeInclusive<i64>,
    /// How many there are.
    count: usize,
    average: f64,
}

/// Adds up what each text of the query is worth in each article.
fn score(
    connection: &Connection,
    query: &Query,
    articles: &Among<'_>,
    candidates: &[Candidate],
    scores: &mut HashMap<i64, f64>,
) -> Result<(), StoreError> {
    let library: f64 = connection
        .prepare_cached("SELECT coalesce(sum(articles), 0) FROM feed")?
        .query_row([], |row| row.get::<_, f64>(0))?
        .max(1.0);
    let Among { matching, span, count, average } = articles;
    let sought = query.sought();
    let is_one = sought.len() == 1;
    for (within, text) in sought {
        let Some(Places { anywhere, title, often }) = places(connection, within, text)? else { continue };
        let among = |expression: String| hits::among(connection, &expression, span);
        // Every hit says what it has to say.
        let own = Query::Text(within, text.clone());
        let is_in_all = is_one || query.parts().contains(&own);
        // What else must be said makes a long list short; one that is short is read as it is.
        let others = match text {
            Text::Phrase(_) => None,
            _ if is_in_all => {
                let others = query.parts().iter().filter(|part| **part != own).cloned().collect();
                match_of(connection, &Query::And(others))?
            }
            _ => Some((*matching).to_owned()),
        };
        let both = |expression: String| match &others {
            Some(others) => format!("({expression} AND {others})"),
            None => expression,
        };
        let in_title = title.map(both).map(among).transpose()?.unwrap_or_default();
        let often = often.map(both).map(among).transpose()?.unwrap_or_default();
        // Alone, it is no rarer than another: how common it is changes no order, and is not worth counting.
        let common = if is_one { *count as f64 } else { common(connection, &anywhere)? };
        let anywhere = if is_in_all { None } else { Some(among(format!("({anywhere} AND {matching})"))?) };
        let rarity = (1.0 + (library - common).max(0.0) / (common + 0.5)).ln();
        for candidate in candidates {
            if anywhere.as_ref().is_some_and(|ids| !ids.contains(&candidate.id)) {
                continue;
            }
            let in_body = if often.contains(&candidate.id) { OFTEN } else { 1.0 };
            let said = in_body + if in_title.contains(&candidate.id) { TITLE } else { 0.0 };
            let length = 1.0 - B + B * candidate.words / average.max(1.0);
            *scores.entry(candidate.id).or_default() += rarity * said * (K1 + 1.0) / (said + K1 * length);
        }
    }
    Ok(())
}

/// Whether one article in ten says this, or more.
pub(in crate::store) fn is_common(connection: &Connection, matching: &str) -> Result<bool, StoreError> {
    Ok(common(connection, matching)? * 10.0 > hits::last(connection)? as f64)
}

/// In about how many articles a word is: where it is in many, by how close together the newest of them are.
fn common(connection: &Connection, matching: &str) -> Result<f64, StoreError> {
    let ids = newest(connection, matching, SAMPLE)?;
    let (Some(last), true) = (ids.last(), ids.len() == SAMPLE) else { return Ok(ids.len() as f64) };
    let newest = hits::last(connection)?;
    let span = (newest - last + 1).max(SAMPLE as i64);
    Ok(SAMPLE as f64 * newest as f64 / span as f64)
}

struct Places {
    anywhere: String,
    title: Option<String>,
    often: Option<String>,
}

/// The expressions that say where in an article a text stands.
fn places(connection: &Connection, within: Within, text: &Text) -> Result<Option<Places>, StoreError> {
    let languages = languages(connection)?;
    let languages: Vec<&str> = languages.iter().map(String::as_str).collect();
    Ok(STEMS.with_borrow_mut(|stems| {
        let anywhere = expression(&Query::Text(within, text.clone()), &languages, stems)?;
        let mut salient = |place: Salient, is_asked: bool| {
            found::of(text, &languages, stems)
                .filter(|_| is_asked)
                .and_then(|wanted| super::expression::salient(wanted, place))
        };
        let title = salient(Salient::InTitle, matches!(within, Within::All | Within::Title));
        let often = salient(Salient::Often, matches!(within, Within::All | Within::Body));
        Some(Places { anywhere, title, often })
    }))
}

/// The first articles by these keys. What is the same by all of them is in the order of lists.
pub(super) fn ordered(connection: &Connection, asked: &Asked, keys: Keys) -> Result<Vec<Hit>, StoreError> {
    let Asked { query, limit, once, now } = asked;
    let compiled = sql::compile(connection, query, grain(*once), now)?;
    let (from, filter, at, id) = (&compiled.from, &compiled.filter, compiled.at, compiled.id);
    let mut terms = Vec::new();
    let mut end = format!("{at} DESC, {id} DESC");
    for (key, is_reversed) in keys.in_order() {
        let direction = |is_descending: bool| if is_descending { "DESC" } else { "ASC" };
        terms.push(match key {
            Key::Date => {
                // As the index has them.
                end = format!("{id} {}", direction(!is_reversed));
                format!("{at} {}", direction(!is_reversed))
            }
            Key::Synced => format!("s.first_seen {}", direction(!is_reversed)),
            Key::Title => format!("(SELECT small(k.title) FROM entry k WHERE k.id = s.id) {}", direction(is_reversed)),
            Key::Author => format!("(SELECT small(k.author) FROM entry k WHERE k.id = s.id) {}", direction(is_reversed)),
            Key::Feed => format!(
                "(SELECT small(coalesce(k.user_title, nullif(k.title, ''), k.url)) FROM feed k WHERE k.id = s.feed_id) {}",
                direction(is_reversed)
            ),
        });
    }
    let terms = terms.join(", ");
    let sql = format!("SELECT {at}, s.id FROM {from} WHERE {filter} ORDER BY {terms}, {end} LIMIT {limit}");
    let mut statement = connection.prepare(&sql)?;
    let found = statement
        .query_map(params_from_iter(compiled.params), |row| Ok((0.0, row.get(0)?, row.get(1)?)))?
        .collect::<Result<Vec<Ranked>, _>>()?;
    rows(connection, &found)
}

pub(super) fn rows(connection: &Connection, ranked: &[Ranked]) -> Result<Vec<Hit>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM state s CROSS JOIN entry e ON e.id = s.id CROSS JOIN feed f ON f.id = s.feed_id \
         WHERE s.id = ?1 AND s.is_live = 1"
    ))?;
    let mut hits = Vec::with_capacity(ranked.len());
    for (score, _, EntryId(id)) in ranked.iter().map(|(score, at, id)| (*score, *at, EntryId(*id))) {
        let found = statement.query_map([id], headline)?.collect::<Result<Vec<_>, _>>()?;
        hits.extend(found.into_iter().map(|row| Hit { row, score }));
    }
    Ok(hits)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said side by side seldom is looked for among the newest, and further only until there is enough to choose from.
    #[test]
    fn the_newest_hits_are_enough_where_the_rest_is_old() {
        const ARTICLES: i64 = 3 * RECENT;
        let connection = Connection::open_in_memory().unwrap();
        let sql = "CREATE VIRTUAL TABLE search USING fts5 (body, content = ''); CREATE TABLE indexed (id INTEGER PRIMARY KEY);";
        connection.execute_batch(sql).unwrap();
        let ids = "WITH RECURSIVE all_ids (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM all_ids WHERE id < ?1)";
        connection.execute(&format!("INSERT INTO indexed {ids} SELECT id FROM all_ids"), [ARTICLES]).unwrap();
        let sql = format!(
            "INSERT INTO search (rowid, body) {ids} SELECT id, iif(id % 256 = 0, 'bank sentral', 'sentral bank') FROM all_ids"
        );
        connection.execute(&sql, [ARTICLES]).unwrap();
        let all = (ARTICLES / 256) as usize;
        let found = |enough: usize| next(&connection, "\"bank sentral\"", None, enough, NEWEST).unwrap();
        let (newest, has_more) = found(FEW);
        assert!(newest.len() < all / 2 && newest.len() > FEW && has_more, "{} of {all}", newest.len());
        assert_eq!(found(usize::MAX), ((1..=all as i64).rev().map(|n| n * 256).collect(), false));
        let further = Further { below: newest[newest.len() - 1], average: 0.0 };
        let rest = next(&connection, "\"bank sentral\"", Some(further), usize::MAX, NEWEST).unwrap();
        assert_eq!((newest.len() + rest.0.len(), rest.1), (all, false));
        assert_eq!(next(&connection, "bank", None, FEW, NEWEST).unwrap().0.len(), NEWEST);
    }
}
