//! What the value of a field means.

use super::lexer::{Kind, error};
use super::names::nearest;
use super::parser::text;
use super::when::{interval, when};
use super::{Named, Part, Problem, Query, QueryError, Remedy, Sort, State, Time, When, Within, regex};
use crate::model::language::declared;

/// The part of a query that a field asks for with a value; `at` is where its name stands, `column` where the value does.
pub(super) fn value(name: &'static str, at: usize, column: usize, kind: Kind) -> Result<Query, QueryError> {
    let within = match name {
        "all" => Some(Within::All),
        "title" => Some(Within::Title),
        "author" => Some(Within::Author),
        "body" => Some(Within::Body),
        "url" => Some(Within::Url),
        _ => None,
    };
    if is_blank(&kind) {
        return Err(error(column, Problem::NoValue(name)));
    }
    if let Some(within) = within {
        return text(within, kind, column);
    }
    no_number(name, at, &kind)?;
    if let (Kind::Regex(pattern), "feed") = (&kind, name) {
        regex(pattern).map_err(|problem| error(column, problem))?;
        return Ok(Query::FeedLike(pattern.clone()));
    }
    let values = values(name, column, kind)?;
    let any: Vec<Query> = values.into_iter().map(|value| single(name, value, column)).collect::<Result<_, _>>()?;
    Ok(match <[Query; 1]>::try_from(any) {
        Ok([one]) => one,
        Err(any) if any.is_empty() => return Err(error(column, Problem::NoValue(name))),
        Err(any) => Query::Or(any),
    })
}

/// Whether there is nothing between the quotation marks: that must not stand for everything.
pub(super) fn is_blank(kind: &Kind) -> bool {
    match kind {
        Kind::Quoted(text) | Kind::Near(text, _) => text.trim().is_empty(),
        Kind::Tags(tags, _) => tags.iter().all(|tag| tag.trim().is_empty()),
        _ => false,
    }
}

/// The values, any of which will do. What is quoted is one.
fn values(name: &'static str, column: usize, kind: Kind) -> Result<Vec<String>, QueryError> {
    let split = |value: &str| {
        let values = value.split(',').map(|value| value.trim().to_owned());
        values.filter(|value| !value.is_empty()).collect()
    };
    Ok(match (kind, name) {
        (Kind::Tags(tags, _), "tag" | "labels" | "l" | "topic") => tags,
        (Kind::Word(value), "tag" | "topic" | "feed" | "folder" | "lang" | "labels" | "c" | "l" | "e")
        | (Kind::Quoted(value), "labels") => split(&value),
        (Kind::Word(value) | Kind::Quoted(value) | Kind::Tags(_, value), _) => vec![value],
        (Kind::Near(..), _) => return Err(error(column, Problem::NoNear)),
        _ => return Err(error(column, Problem::TakesNoRegex(name))),
    })
}

/// Numbers that another reader has given to folders and labels name nothing here.
fn no_number(name: &'static str, at: usize, kind: &Kind) -> Result<(), QueryError> {
    let numbers = match kind {
        Kind::Word(value) => value.chars().all(|c| c.is_ascii_digit() || c == ','),
        _ => false,
    };
    let remedy = match name {
        "c" if numbers => Remedy::Written(&["folder:Dunia"]),
        "l" if numbers => Remedy::Written(&["tag:Politik"]),
        _ => return Ok(()),
    };
    Err(QueryError { column: at, problem: Problem::TakesName(name), remedy })
}

fn single(name: &'static str, value: String, column: usize) -> Result<Query, QueryError> {
    Ok(match name {
        "l" if value == "*" => Query::Has(Part::Tag),
        "tag" | "labels" | "l" => Query::Tag(value),
        "topic" => Query::Topic(value),
        "feed" => Query::Feed(value),
        "folder" | "c" => Query::Folder(value),
        "lang" => Query::Language(declared(&value).ok_or_else(|| no_language(value, column))?),
        "story" => Query::Story(number(&value, column)?),
        "search" => Query::View(Named { name: value, column }),
        "e" => Query::Entry(i64::try_from(number::<u64>(&value, column)?).unwrap_or(i64::MAX)),
        "words" => words(&value, column)?,
        "newer" => Query::Newer(when(&value).ok_or_else(|| no_time(value, column))?),
        "older" => Query::Older(when(&value).ok_or_else(|| no_time(value, column))?),
        "date" => span(value, column, Query::Newer, Query::Older)?,
        "syncedafter" => Query::From(Time::Arrived, when(&value).ok_or_else(|| no_time(value, column))?),
        "syncedbefore" => Query::Until(Time::Arrived, when(&value).ok_or_else(|| no_time(value, column))?),
        "mdate" => {
            time(value, column, |when| Query::From(Time::Edited, when), |when| Query::Until(Time::Edited, when))?
        }
        "userdate" => {
            time(value, column, |when| Query::From(Time::Marked, when), |when| Query::Until(Time::Marked, when))?
        }
        "has" => Query::Has(known(&value, column, Problem::UnknownPart, Part::ALL, Part::parse, Part::name)?),
        "sort" => Query::Sort(order(value, column)?),
        "limit" => Query::Limit(number(&value, column)?),
        _ => state(&value, column)?,
    })
}

fn order(value: String, column: usize) -> Result<Sort, QueryError> {
    let lower = value.to_lowercase();
    Sort::parse(&lower).ok_or_else(|| {
        let remedy = nearest(&lower, Sort::WORDS.iter().copied())
            .map_or_else(|| Remedy::OneOf(Sort::WORDS.to_vec()), |name| Remedy::Meant(name.to_owned()));
        QueryError { column, problem: Problem::UnknownOrder(value), remedy }
    })
}

/// `starred`, and what is not so: `unstarred`.
fn state(value: &str, column: usize) -> Result<Query, QueryError> {
    let lower = value.to_lowercase();
    let opposite = lower.strip_prefix("un").and_then(State::parse);
    if let Some(state) = opposite.filter(|state| matches!(state, State::Starred | State::Muted)) {
        return Ok(Query::Not(Box::new(Query::Is(state))));
    }
    known(value, column, Problem::UnknownState, State::ALL, State::parse, State::name).map(Query::Is)
}

/// One end of a span as it is printed, `>=7d` or `<7d`, or a span.
fn time(value: String, column: usize, since: fn(When) -> Query, until: fn(When) -> Query) -> Result<Query, QueryError> {
    let end = |written: &str| when(written).ok_or_else(|| no_time(written.to_owned(), column));
    if let Some(written) = value.strip_prefix(">=") {
        Ok(since(end(written)?))
    } else if let Some(written) = value.strip_prefix('<') {
        Ok(until(end(written)?))
    } else {
        span(value, column, since, until)
    }
}

/// From when and until when, each as a part of the query.
fn span(value: String, column: usize, since: fn(When) -> Query, until: fn(When) -> Query) -> Result<Query, QueryError> {
    Ok(match interval(&value) {
        Some((Some(from), None)) => since(from),
        Some((None, Some(to))) => until(to),
        Some((Some(from), Some(to))) => Query::And(vec![since(from), until(to)]),
        _ => {
            let remedy = Remedy::Written(&["2026-11-01", "2026-11", "2026-11-01/2026-11-07", "P7D/"]);
            return Err(QueryError { column, problem: Problem::NoTime(value), remedy });
        }
    })
}

fn no_language(value: String, column: usize) -> QueryError {
    QueryError { column, problem: Problem::NoLanguage(value), remedy: Remedy::Written(&["id", "en"]) }
}

fn no_time(value: String, column: usize) -> QueryError {
    let remedy = Remedy::Written(&["7d", "12h", "today", "2026-11-01"]);
    QueryError { column, problem: Problem::NoTime(value), remedy }
}

fn known<T: Copy>(
    value: &str,
    column: usize,
    unknown: fn(String) -> Problem,
    all: &[T],
    parse: fn(&str) -> Option<T>,
    name: fn(T) -> &'static str,
) -> Result<T, QueryError> {
    let names = || all.iter().map(|one| name(*one));
    let lower = value.to_lowercase();
    parse(&lower).ok_or_else(|| {
        let remedy = nearest(&lower, names())
            .map_or_else(|| Remedy::OneOf(names().collect()), |name| Remedy::Meant(name.to_owned()));
        QueryError { column, problem: unknown(value.to_owned()), remedy }
    })
}

fn number<T: std::str::FromStr>(value: &str, column: usize) -> Result<T, QueryError> {
    value.parse().map_err(|_not_one| error(column, Problem::NoNumber(value.to_owned())))
}

/// `500` (or more), `>500`, `>=500`, `<200`, `<=200`, `100..300`, `100-300`, `100..`, `..300`.
fn words(value: &str, column: usize) -> Result<Query, QueryError> {
    let read = |text: &str| text.parse::<u32>().ok();
    let found = if let Some(rest) = value.strip_prefix(">=") {
        read(rest).map(|least| (least, u32::MAX))
    } else if let Some(rest) = value.strip_prefix("<=") {
        read(rest).map(|most| (0, most))
    } else if let Some(rest) = value.strip_prefix('>') {
        read(rest).map(|least| (least.saturating_add(1), u32::MAX))
    } else if let Some(rest) = value.strip_prefix('<') {
        read(rest).map(|most| (0, most.saturating_sub(1)))
    } else if let Some((least, most)) = value.split_once("..").or_else(|| value.split_once('-')) {
        let least = if least.is_empty() { Some(0) } else { read(least) };
        let most = if most.is_empty() { Some(u32::MAX) } else { read(most) };
        least.zip(most)
    } else {
        read(value).map(|least| (least, u32::MAX))
    };
    found.map(|(least, most)| Query::Words(least, most)).ok_or_else(|| QueryError {
        column,
        problem: Problem::NoLength(value.to_owned()),
        remedy: Remedy::Written(&["500", ">500", "<200", "100..300"]),
    })
}
