//! A query whose last word is still being typed: it looks for all that begins so, and where nothing has what has only begun,
//! that is left out. Nothing is shown only where no further letter would bring anything.

use unicode_normalization::char::is_combining_mark;

use super::complete::suggestion;
use crate::model::query::{Query, Text, Within};
use crate::model::terms::split::is_dense;
use crate::tui::model::Model;

/// A shorter word is looked for as it is: too many words begin with so few letters.
const PREFIX: usize = 4;

/// What a list shows while one types. A word counts in its inflections, too, as it will once it is finished.
pub(super) fn listed(query: Query, text: &str) -> Query {
    begun(query, text, either)
}

/// What a list shows once its filter is kept, of which `shown` was seen: the same. A word that was left out because it had only
/// begun counts again, and so do all that begin with it.
pub(super) fn kept(query: Query, text: &str, shown: &Query) -> Query {
    let is_letter = matches!(last(&query), Query::Text(_, Text::Word(word)) if is_letter(word));
    if is_finished(text) || is_letter || *shown == listed(query.clone(), text) {
        return if is_letter { query } else { listed(query, text) };
    }
    at_end(query, 1, &either)
}

/// Words that begin so, and the inflections that this one has.
fn either(within: Within, word: String) -> Query {
    let begun = Query::Text(within, Text::Prefix(word.clone()));
    // What is written with a hyphen has no inflections.
    if end(&word) < word.chars().count() {
        return begun;
    }
    Query::Or(vec![begun, Query::Text(within, Text::Word(word))])
}

/// What is ranked while one types: what a word has in common with others is no matter yet.
pub(super) fn ranked(query: Query, text: &str) -> Query {
    begun(query, text, |within, word| Query::Text(within, Text::Prefix(word)))
}

/// The query with its last word as `begun` takes it. A single letter says nothing yet.
fn begun(query: Query, text: &str, begun: impl Fn(Within, String) -> Query) -> Query {
    if is_finished(text) {
        return query;
    }
    match last(&query) {
        Query::Text(_, Text::Word(word)) if is_letter(word) => without_last(&query).unwrap_or_else(Query::everything),
        _ => at_end(query, PREFIX, &begun),
    }
}

/// The query with its last word, where that has so many letters at least, as `begun` takes it.
fn at_end(query: Query, letters: usize, begun: &impl Fn(Within, String) -> Query) -> Query {
    let with_last = |mut parts: Vec<Query>| {
        if let Some(last) = parts.pop() {
            parts.push(at_end(last, letters, begun));
        }
        parts
    };
    match query {
        Query::Text(within, Text::Word(word)) if end(&word) >= letters => begun(within, word),
        Query::And(parts) => Query::And(with_last(parts)),
        Query::Or(parts) => Query::Or(with_last(parts)),
        query => query,
    }
}

/// What to look for where nothing is found: the query without what has only begun at its end. `None` where the end says
/// what it means, so that nothing is the answer.
pub(super) fn without_begun(model: &Model, query: &Query, text: &str) -> Option<Query> {
    if is_finished(text) {
        return None;
    }
    let may_go_on = match last(query) {
        // Where words have no spaces between them, all that goes on holds what is there already.
        Query::Text(_, Text::Word(word) | Text::Prefix(word)) if word.ends_with(is_dense) => false,
        Query::Text(_, Text::Word(word) | Text::Prefix(word)) => end(word) < PREFIX || suggestion(model).is_some(),
        Query::Tag(_) | Query::Feed(_) | Query::Folder(_) => suggestion(model).is_some(),
        Query::Topic(_) | Query::Story(_) | Query::Language(_) => true,
        _ => false,
    };
    may_go_on.then(|| without_last(query).unwrap_or_else(Query::everything))
}

/// Whether the last word is there in full.
fn is_finished(text: &str) -> bool {
    text.ends_with(|c: char| c.is_whitespace() || matches!(c, ')' | '"' | '\'' | '/' | '*'))
}

/// Whether it is one letter of a script that writes no words with one.
fn is_letter(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|c| c.is_lowercase() || c.is_uppercase()) && letters.next().is_none()
}

/// Letters of the last word of what is written as one.
fn end(word: &str) -> usize {
    word.chars().rev().take_while(|c| c.is_alphanumeric() || is_combining_mark(*c)).count()
}

fn last(query: &Query) -> &Query {
    match query {
        Query::And(parts) | Query::Or(parts) => parts.last().map_or(query, last),
        Query::Not(inner) => last(inner),
        one => one,
    }
}

fn without_last(query: &Query) -> Option<Query> {
    let shorter = |parts: &[Query]| {
        let (end, before) = parts.split_last()?;
        let mut parts = before.to_vec();
        parts.extend(without_last(end));
        (!parts.is_empty()).then_some(parts)
    };
    let one_or = |several: fn(Vec<Query>) -> Query, mut parts: Vec<Query>| {
        if parts.len() == 1 { parts.remove(0) } else { several(parts) }
    };
    match query {
        Query::And(parts) => shorter(parts).map(|parts| one_or(Query::And, parts)),
        Query::Or(parts) => shorter(parts).map(|parts| one_or(Query::Or, parts)),
        Query::Not(inner) => without_last(inner).map(|inner| Query::Not(Box::new(inner))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_looks_for_all_that_begins_so_until_it_is_finished() {
        for (text, meant) in [
            ("putin t", "putin"),
            ("t", ""),
            ("米", "米"),
            ("putin tr", "putin tr"),
            ("putin trum", "putin (trum* OR trum)"),
            ("putin trum ", "putin trum"),
            ("putin OR title:trum", "putin OR (title:trum* OR title:trum)"),
            ("putin \"trum\"", "putin \"trum\""),
            ("putin -trum", "putin -trum"),
            ("rusia-as", "rusia-as"),
            ("rusia-amer", "rusia-amer*"),
            ("putin unread", "putin is:unread"),
            ("สัมภาษณ์", "สัมภาษณ์* OR สัมภาษณ์"),
        ] {
            let query = listed(Query::parse(text).unwrap(), text);
            let said = query.to_string();
            assert_eq!(Query::parse(&said), Query::parse(meant), "{said}");
        }
        assert_eq!(ranked(Query::parse("putin trum").unwrap(), "putin trum"), Query::parse("putin trum*").unwrap());
    }

    #[test]
    fn a_filter_that_is_kept_means_what_it_showed() {
        let parse = |text: &str| Query::parse(text).unwrap();
        for (text, shown, kept_as) in [
            ("putin semar", "putin (semar* OR semar)", "putin (semar* OR semar)"),
            ("put", "put", "put"),
            // It was left out, since nothing says just this.
            ("put", "", "put* OR put"),
            ("putin tru", "putin", "putin (tru* OR tru)"),
            ("t", "", "t"),
            ("semar ", "semar", "semar"),
            ("tag:ek", "", "tag:ek"),
        ] {
            assert_eq!(kept(parse(text), text, &parse(shown)), parse(kept_as), "{text}");
        }
    }

    #[test]
    fn what_goes_is_the_end_alone() {
        for (text, left) in [
            ("putin tr", Some("putin")),
            ("putin (a OR b)", Some("putin a")),
            ("a OR b c", Some("a OR b")),
            ("a -b", Some("a")),
            ("tr", None),
        ] {
            let left = left.map(|left| Query::parse(left).unwrap());
            assert_eq!(without_last(&Query::parse(text).unwrap()), left, "{text}");
        }
    }
}
