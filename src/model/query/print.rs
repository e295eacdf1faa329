//! A query as it is written.

use std::fmt::{Display, Formatter, Result};

use super::lexer::{OPENERS, is_delimiter};
use super::names::BARE_STATES;
use super::{Query, Text, Unit, When, Within};

impl Display for When {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Today => f.write_str("today"),
            Self::Day(day) => write!(f, "{day}"),
            Self::Ago(number, unit) => {
                let letter = Unit::ALL.iter().find(|(_, known, _)| known == unit).map_or('d', |(letter, ..)| *letter);
                write!(f, "{number}{letter}")
            }
        }
    }
}

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::And(all) if all.is_empty() => f.write_str("()"),
            Self::Or(any) if any.is_empty() => f.write_str("-()"),
            Self::And(all) => joined(f, all, " "),
            Self::Or(any) => joined(f, any, " OR "),
            Self::Not(inner) => {
                f.write_str("-")?;
                group(f, inner)
            }
            Self::Tag(value) => named(f, "tag", value),
            Self::Topic(value) => named(f, "topic", value),
            Self::Story(id) => named(f, "story", &id.to_string()),
            Self::Feed(value) => named(f, "feed", value),
            Self::Folder(value) => named(f, "folder", value),
            Self::Language(value) => named(f, "lang", value),
            Self::Text(within, text) => sought(f, *within, text),
            Self::Is(state) => write!(f, "is:{}", state.name()),
            Self::Has(part) => write!(f, "has:{}", part.name()),
            Self::Words(least, u32::MAX) => write!(f, "words:{least}.."),
            Self::Words(least, most) => write!(f, "words:{least}..{most}"),
            Self::Newer(when) => write!(f, "newer:{when}"),
            Self::Older(when) => write!(f, "older:{when}"),
            Self::Sort(sort) => write!(f, "sort:{}", sort.name()),
            Self::Limit(limit) => write!(f, "limit:{limit}"),
        }
    }
}

fn joined(f: &mut Formatter<'_>, parts: &[Query], separator: &str) -> Result {
    for (n, part) in parts.iter().enumerate() {
        if n > 0 {
            f.write_str(separator)?;
        }
        group(f, part)?;
    }
    Ok(())
}

fn group(f: &mut Formatter<'_>, part: &Query) -> Result {
    match part {
        Query::And(parts) | Query::Or(parts) if !parts.is_empty() => write!(f, "({part})"),
        _ => write!(f, "{part}"),
    }
}

fn sought(f: &mut Formatter<'_>, within: Within, text: &Text) -> Result {
    f.write_str(match within {
        Within::All => "",
        Within::Title => "title:",
        Within::Author => "author:",
        Within::Body => "body:",
        Within::Url => "url:",
    })?;
    match text {
        Text::Word(word) => f.write_str(word),
        Text::Prefix(start) => write!(f, "{start}*"),
        Text::Phrase(text) => quoted(f, text),
        Text::Regex(pattern) => {
            f.write_str("~")?;
            quoted(f, pattern)
        }
    }
}

fn named(f: &mut Formatter<'_>, name: &str, value: &str) -> Result {
    write!(f, "{name}:")?;
    // `feed://x` would be an address.
    let is_special = value.starts_with(OPENERS) || value.starts_with("//");
    let is_plain = !value.is_empty() && !is_special && !value.contains(is_delimiter) && !value.contains(':');
    if is_plain { f.write_str(value) } else { quoted(f, value) }
}

fn quoted(f: &mut Formatter<'_>, value: &str) -> Result {
    write!(f, "\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Whether a word, written as it is, reads back as that word.
pub(super) fn is_plain_word(value: &str) -> bool {
    let is_keyword = matches!(value, "AND" | "OR" | "NOT") || BARE_STATES.contains(&value);
    let is_special = value.starts_with(OPENERS) || value.ends_with('*');
    !value.is_empty() && !is_keyword && !is_special && !value.contains(is_delimiter) && !value.contains(':')
}
