//! A query as it is written.

use std::fmt::{Display, Formatter, Result};

use super::lexer::{OPENERS, is_delimiter, is_sign};
use super::names::{BARE_STATES, written};
use super::{Query, Text, Time, Within};

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
            Self::FeedLike(pattern) => {
                f.write_str("feed:~")?;
                quoted(f, pattern)
            }
            Self::Folder(value) => named(f, "folder", value),
            Self::Language(value) => named(f, "lang", value),
            Self::Text(within, text) => sought(f, *within, text),
            Self::Is(state) => write!(f, "is:{}", state.name()),
            Self::Has(part) => write!(f, "has:{}", part.name()),
            Self::Words(least, u32::MAX) => write!(f, "words:{least}.."),
            Self::Words(least, most) => write!(f, "words:{least}..{most}"),
            Self::Newer(when) => write!(f, "newer:{when}"),
            Self::Older(when) => write!(f, "older:{when}"),
            Self::From(Time::Arrived, when) => write!(f, "syncedafter:{when}"),
            Self::Until(Time::Arrived, when) => write!(f, "syncedbefore:{when}"),
            Self::From(Time::Edited, when) => write!(f, "mdate:>={when}"),
            Self::Until(Time::Edited, when) => write!(f, "mdate:<{when}"),
            Self::From(Time::Marked, when) => write!(f, "userdate:>={when}"),
            Self::Until(Time::Marked, when) => write!(f, "userdate:<{when}"),
            Self::View(view) => named(f, "search", &view.name),
            Self::Entry(id) => write!(f, "e:{id}"),
            Self::Sort(sort) => named(f, "sort", &sort.to_string()),
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
        // Alone it would be a state.
        Within::All if matches!(text, Text::Word(word) if written(word).is_some()) => "all:",
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
        Text::Near(text, words) => {
            quoted(f, text)?;
            write!(f, "~{words}")
        }
        Text::Regex(pattern) => {
            f.write_str("~")?;
            quoted(f, pattern)
        }
    }
}

fn named(f: &mut Formatter<'_>, name: &str, value: &str) -> Result {
    write!(f, "{name}:")?;
    let is_special = value.starts_with(OPENERS) || value.ends_with('\\') || value.chars().all(is_sign);
    let is_plain = !is_special && !value.contains(is_delimiter) && !value.contains([':', ',']) && !is_keyword(value);
    if is_plain { f.write_str(value) } else { quoted(f, value) }
}

fn quoted(f: &mut Formatter<'_>, value: &str) -> Result {
    write!(f, "\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Whether a word, written as it is, reads back as that word.
pub(super) fn is_plain_word(value: &str) -> bool {
    // Behind a backslash a parenthesis would be a letter.
    let is_special = value.starts_with(OPENERS) || value.ends_with(['*', '\\']) || value.chars().all(is_sign);
    let is_known = is_keyword(value) || BARE_STATES.contains(&value);
    !is_known && !is_special && !value.contains(is_delimiter) && !value.contains(':')
}

fn is_keyword(value: &str) -> bool {
    matches!(value, "AND" | "OR" | "NOT" | "NEAR")
}
