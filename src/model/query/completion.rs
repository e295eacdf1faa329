//! What the word that is being typed may become.

use super::names::{BARE_STATES, FIELDS, field, written};
use super::{Part, Sort, State};

/// What the last word of a query may become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion<'a> {
    /// The part that is there already.
    pub typed: &'a str,
    /// The field whose value is being typed.
    pub field: Option<&'static str>,
    pub words: Vec<String>,
}

/// What may follow what is typed so far: the end of the last word, and the words it may become. Tags, feeds and folders
/// are known to the caller; `field` in the answer names the field whose values are wanted.
#[must_use]
pub fn completions(typed: &str) -> Completion<'_> {
    let Begun { word, open } = begun(typed);
    if let Some(tag) = word.strip_prefix('#') {
        return Completion { typed: tag, field: Some("tag"), words: Vec::new() };
    }
    match (word.split_once(':').filter(|(name, _)| !name.contains('"')), open) {
        (Some((name, value)), _) => values(field(&name.to_ascii_lowercase()), value),
        (None, Some(field)) => values(Some(field), word),
        (None, None) => Completion { typed: word, field: None, words: names(word) },
    }
}

/// The word at the end of what is typed, and the field in whose parentheses it stands.
struct Begun<'a> {
    word: &'a str,
    open: Option<&'static str>,
}

fn begun(typed: &str) -> Begun<'_> {
    let (mut start, mut is_quoted, mut open) = (0, false, Vec::new());
    for (at, c) in typed.char_indices() {
        is_quoted ^= c == '"';
        if is_quoted {
            continue;
        }
        let before = typed.get(start..at).unwrap_or_default().trim_start_matches(['-', '!', '~']);
        match c {
            '(' => {
                let named = before.strip_suffix(':').and_then(|name| field(&name.to_ascii_lowercase()));
                open.push(named.or(open.last().copied().flatten()));
            }
            ')' => {
                open.pop();
            }
            _ => {}
        }
        if c.is_whitespace() || matches!(c, '(' | ')') {
            start = at + c.len_utf8();
        }
    }
    let word = typed.get(start..).unwrap_or_default().trim_start_matches(['-', '!', '~']);
    Begun { word, open: open.last().copied().flatten() }
}

fn names(word: &str) -> Vec<String> {
    if word.is_empty() {
        return Vec::new();
    }
    let lower = word.to_ascii_lowercase();
    let fields = FIELDS.iter().map(|field| format!("{field}:"));
    let states = BARE_STATES.iter().map(|state| (*state).to_owned());
    fields.chain(states).filter(|name| name.starts_with(&lower)).chain(written(word)).collect()
}

fn values<'a>(field: Option<&'static str>, value: &'a str) -> Completion<'a> {
    // Of several the last one is being typed.
    let value = match field {
        Some("tag" | "topic" | "feed" | "folder" | "lang") if !value.starts_with('"') => {
            value.rsplit(',').next().unwrap_or_default()
        }
        _ => value,
    };
    let words: Vec<&str> = match field {
        Some("is") => State::ALL.iter().map(|state| state.name()).collect(),
        Some("has") => Part::ALL.iter().map(|part| part.name()).collect(),
        Some("sort") => Sort::WORDS.to_vec(),
        Some("newer" | "older" | "syncedafter" | "syncedbefore") => vec!["today", "yesterday", "1d", "7d", "30d"],
        _ => Vec::new(),
    };
    let words = words.into_iter().filter(|word| word.starts_with(value)).map(str::to_owned).collect();
    Completion { typed: value, field, words }
}
