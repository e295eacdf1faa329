//! The query: one language for the list's filter, saved views, rules and the command line. `parse(print(q)) == q`.
//!
//! ```text
//! expr  := or                   or  := and (OR and)*        and := not ([AND] not)*
//! not   := (NOT | "-") not | atom                           atom := "(" expr ")" | field ":" value | value
//! value := word | "quoted text"
//! ```
//! Fields: `tag feed folder author lang title url is newer older`; `is` takes unread, read or starred, which may also stand
//! alone; `newer` and `older` take an age (`7d`, `12h`, `30m`), `today` or a date (`2026-11-01`). A bare value is looked for
//! in title, author and text.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, Zoned};

/// What an article must be.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Query {
    /// All of these; of none: everything.
    And(Vec<Query>),
    /// Any of these; of none: nothing.
    Or(Vec<Query>),
    Not(Box<Query>),
    /// Has the tag, in any spelling.
    Tag(String),
    /// Is of the feed with this id (all digits), or one whose name or URL contains this.
    Feed(String),
    /// Is of a feed in this folder or below it.
    Folder(String),
    Author(String),
    Language(String),
    Title(String),
    Url(String),
    /// Title, author or text contains this.
    Text(String),
    Is(State),
    Newer(When),
    Older(When),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    Unread,
    Read,
    Starred,
}

/// A moment, absolute or relative to now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// This many of the unit ago.
    Ago(u32, Unit),
    /// The last midnight.
    Today,
    /// The midnight at which this day begins.
    Day(Date),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    Minutes,
    Hours,
    Days,
    Weeks,
}

impl Unit {
    const ALL: [(char, Self, i64); 4] =
        [('m', Self::Minutes, 60), ('h', Self::Hours, 3600), ('d', Self::Days, 86_400), ('w', Self::Weeks, 604_800)];

    #[must_use]
    pub fn seconds(self) -> i64 {
        Self::ALL.iter().find(|(_, unit, _)| *unit == self).map_or(0, |(_, _, seconds)| *seconds)
    }
}

impl When {
    /// The moment meant, seen from `now`, whose time zone says when a day begins.
    #[must_use]
    pub fn moment(self, now: &Zoned) -> Timestamp {
        match self {
            Self::Ago(number, unit) => now
                .timestamp()
                .saturating_sub(SignedDuration::from_secs(i64::from(number) * unit.seconds()))
                .unwrap_or(Timestamp::MIN),
            Self::Today => midnight(now.date(), now),
            Self::Day(day) => midnight(day, now),
        }
    }
}

fn midnight(day: Date, now: &Zoned) -> Timestamp {
    day.to_zoned(now.time_zone().clone()).map_or(Timestamp::MIN, |zoned| zoned.timestamp())
}

/// Why a text is no query; `column` counts characters from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem} at column {column}")]
pub struct QueryError {
    pub column: usize,
    pub problem: String,
}

const FIELDS: &[&str] = &["tag", "feed", "folder", "author", "lang", "title", "url", "is", "newer", "older"];
const STATES: &[(&str, State)] = &[("unread", State::Unread), ("read", State::Read), ("starred", State::Starred)];
/// `read` alone is a common word; only these states may stand without `is:`.
const BARE_STATES: &[&str] = &["unread", "starred"];

impl Query {
    /// Matches every article.
    #[must_use]
    pub fn everything() -> Self {
        Self::And(Vec::new())
    }

    /// Both, without needless nesting.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::And(mut all), Self::And(more)) => {
                all.extend(more);
                Self::And(all)
            }
            (Self::And(mut all), one) => {
                all.push(one);
                Self::And(all)
            }
            (one, Self::And(mut all)) => {
                all.insert(0, one);
                Self::And(all)
            }
            (one, other) => Self::And(vec![one, other]),
        }
    }

    /// Reads a query; a blank one matches everything.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        let tokens = tokens(text)?;
        let mut parser = Parser { tokens: &tokens, position: 0, end: text.chars().count() + 1, depth: 0 };
        if tokens.is_empty() {
            return Ok(Self::everything());
        }
        let query = parser.or()?;
        match parser.peek() {
            None => Ok(query),
            Some(token) => Err(error(token.column, "unexpected `)`")),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Token {
    column: usize,
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Open,
    Close,
    Minus,
    /// `name:`
    Field(String),
    Word(String),
    Quoted(String),
}

fn error(column: usize, problem: impl Into<String>) -> QueryError {
    QueryError { column, problem: problem.into() }
}

fn tokens(text: &str) -> Result<Vec<Token>, QueryError> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let column = at + 1;
        let kind = match c {
            c if c.is_whitespace() => {
                at += 1;
                continue;
            }
            '(' => Kind::Open,
            ')' => Kind::Close,
            '-' => Kind::Minus,
            '"' => {
                let mut quoted = String::new();
                loop {
                    at += 1;
                    match chars.get(at) {
                        Some('"') => break Kind::Quoted(quoted),
                        Some('\\') if matches!(chars.get(at + 1), Some('"' | '\\')) => {
                            at += 1;
                            quoted.push(chars[at]);
                        }
                        Some(&c) => quoted.push(c),
                        None => return Err(error(column, "unclosed quotation mark")),
                    }
                }
            }
            _ => {
                let start = at;
                while chars.get(at).is_some_and(|&c| !is_delimiter(c)) {
                    at += 1;
                    if chars[at - 1] == ':'
                        && FIELDS.contains(&chars[start..at - 1].iter().collect::<String>().as_str())
                    {
                        break;
                    }
                }
                let word: String = chars[start..at].iter().collect();
                at -= 1;
                match word.strip_suffix(':') {
                    Some(name) if FIELDS.contains(&name) => Kind::Field(name.to_owned()),
                    _ => Kind::Word(word),
                }
            }
        };
        tokens.push(Token { column, kind });
        at += 1;
    }
    Ok(tokens)
}

fn is_delimiter(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '"')
}

struct Parser<'a> {
    tokens: &'a [Token],
    position: usize,
    end: usize,
    depth: usize,
}

/// Deeper parentheses are a mistake, and would cost stack.
const MAX_DEPTH: usize = 64;

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.position)
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.peek().cloned();
        self.position += 1;
        token
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token { kind: Kind::Word(found), .. }) if found == word)
    }

    fn or(&mut self) -> Result<Query, QueryError> {
        let mut any = vec![self.and()?];
        while self.is_word("OR") {
            self.position += 1;
            any.push(self.and()?);
        }
        Ok(if any.len() == 1 { any.remove(0) } else { Query::Or(any) })
    }

    fn and(&mut self) -> Result<Query, QueryError> {
        let mut all = vec![self.not()?];
        loop {
            if self.is_word("AND") {
                self.position += 1;
            } else if self.is_word("OR") || matches!(self.peek(), None | Some(Token { kind: Kind::Close, .. })) {
                break;
            }
            all.push(self.not()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Query::And(all) })
    }

    fn not(&mut self) -> Result<Query, QueryError> {
        let is_minus = matches!(self.peek(), Some(Token { kind: Kind::Minus, .. }));
        if is_minus || self.is_word("NOT") {
            let column = self.next().map_or(self.end, |token| token.column);
            self.deeper(column)?;
            let inner = self.not()?;
            self.depth -= 1;
            return Ok(Query::Not(Box::new(inner)));
        }
        self.atom()
    }

    fn deeper(&mut self, column: usize) -> Result<(), QueryError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(error(column, "nested too deeply")) } else { Ok(()) }
    }

    fn atom(&mut self) -> Result<Query, QueryError> {
        let Some(token) = self.next() else {
            return Err(error(self.end, "something is missing"));
        };
        match token.kind {
            Kind::Open => {
                if matches!(self.peek(), Some(Token { kind: Kind::Close, .. })) {
                    self.position += 1;
                    return Ok(Query::everything());
                }
                self.deeper(token.column)?;
                let inner = self.or()?;
                self.depth -= 1;
                match self.next() {
                    Some(Token { kind: Kind::Close, .. }) => Ok(inner),
                    other => Err(error(other.map_or(self.end, |token| token.column), "`)` is missing")),
                }
            }
            Kind::Close => Err(error(token.column, "unexpected `)`")),
            Kind::Minus => self.not(),
            Kind::Quoted(text) => Ok(Query::Text(text)),
            Kind::Word(word) => Self::word(token.column, word),
            Kind::Field(name) => {
                let (column, value) = match self.next() {
                    Some(Token { column, kind: Kind::Word(value) | Kind::Quoted(value) }) => (column, value),
                    Some(Token { column, .. }) => {
                        return Err(error(column, format!("`{name}:` needs a value")));
                    }
                    None => return Err(error(self.end, format!("`{name}:` needs a value"))),
                };
                field(&name, value, column)
            }
        }
    }

    fn word(column: usize, word: String) -> Result<Query, QueryError> {
        if BARE_STATES.contains(&word.as_str()) {
            return state(&word, column);
        }
        if let Some((name, rest)) = word.split_once(':') {
            let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase());
            // `https://…` and `12:30` are text; `tga:x` is a slip.
            if is_name && !rest.starts_with("//") {
                let near = FIELDS.iter().find(|field| same_letters(field, name));
                let hint = near.map_or_else(
                    || format!("; the fields are {}", FIELDS.join(", ")),
                    |field| format!(", did you mean `{field}:`?"),
                );
                return Err(error(column, format!("unknown field `{name}:`{hint}")));
            }
        }
        Ok(Query::Text(word))
    }
}

/// One letter swapped, dropped or added.
fn same_letters(field: &str, typed: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    let (a, b) = (sorted(field), sorted(typed));
    let (short, long) = if a.len() < b.len() { (&a, &b) } else { (&b, &a) };
    let mut rest = long.iter();
    let is_subset = short.iter().all(|letter| rest.any(|other| other == letter));
    long.len() - short.len() <= 1 && is_subset
}

fn state(name: &str, column: usize) -> Result<Query, QueryError> {
    let found = STATES.iter().find(|(known, _)| *known == name).map(|(_, state)| Query::Is(*state));
    found.ok_or_else(|| error(column, format!("unknown state `{name}`; it is unread, read or starred")))
}

fn field(name: &str, value: String, column: usize) -> Result<Query, QueryError> {
    Ok(match name {
        "tag" => Query::Tag(value),
        "feed" => Query::Feed(value),
        "folder" => Query::Folder(value),
        "author" => Query::Author(value),
        "lang" => Query::Language(value),
        "title" => Query::Title(value),
        "url" => Query::Url(value),
        "newer" => Query::Newer(when(&value, column)?),
        "older" => Query::Older(when(&value, column)?),
        _ => state(&value, column)?,
    })
}

fn when(value: &str, column: usize) -> Result<When, QueryError> {
    if value == "today" {
        return Ok(When::Today);
    }
    if let Ok(day) = value.parse::<Date>() {
        return Ok(When::Day(day));
    }
    let unit = Unit::ALL.iter().find_map(|(letter, unit, _)| Some((value.strip_suffix(*letter)?, *unit)));
    unit.and_then(|(number, unit)| Some(When::Ago(number.parse().ok()?, unit)))
        .ok_or_else(|| error(column, format!("`{value}` is no time; write 7d, 12h, today or 2026-11-01")))
}

impl std::fmt::Display for When {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
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

impl std::fmt::Display for Query {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
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
            Self::Feed(value) => named(f, "feed", value),
            Self::Folder(value) => named(f, "folder", value),
            Self::Author(value) => named(f, "author", value),
            Self::Language(value) => named(f, "lang", value),
            Self::Title(value) => named(f, "title", value),
            Self::Url(value) => named(f, "url", value),
            Self::Text(value) if is_plain_word(value) => f.write_str(value),
            Self::Text(value) => quoted(f, value),
            Self::Is(state) => {
                write!(f, "is:{}", STATES.iter().find(|(_, known)| known == state).map_or("", |(name, _)| name))
            }
            Self::Newer(when) => write!(f, "newer:{when}"),
            Self::Older(when) => write!(f, "older:{when}"),
        }
    }
}

fn joined(f: &mut std::fmt::Formatter<'_>, parts: &[Query], separator: &str) -> std::fmt::Result {
    for (n, part) in parts.iter().enumerate() {
        if n > 0 {
            f.write_str(separator)?;
        }
        group(f, part)?;
    }
    Ok(())
}

fn group(f: &mut std::fmt::Formatter<'_>, part: &Query) -> std::fmt::Result {
    match part {
        Query::And(parts) | Query::Or(parts) if !parts.is_empty() => write!(f, "({part})"),
        _ => write!(f, "{part}"),
    }
}

fn named(f: &mut std::fmt::Formatter<'_>, name: &str, value: &str) -> std::fmt::Result {
    write!(f, "{name}:")?;
    let is_plain =
        !value.is_empty() && !value.starts_with('-') && !value.contains(is_delimiter) && !value.contains(':');
    if is_plain { f.write_str(value) } else { quoted(f, value) }
}

fn quoted(f: &mut std::fmt::Formatter<'_>, value: &str) -> std::fmt::Result {
    write!(f, "\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

fn is_plain_word(value: &str) -> bool {
    let is_keyword = matches!(value, "AND" | "OR" | "NOT") || BARE_STATES.contains(&value);
    !value.is_empty() && !is_keyword && !value.starts_with('-') && !value.contains(is_delimiter) && !value.contains(':')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn print(text: &str) -> String {
        Query::parse(text).unwrap().to_string()
    }

    #[test]
    fn a_query_reads_as_people_write_it() {
        assert_eq!(
            Query::parse(r#"tag:Rusia-AS unread newer:7d feed:"Antara News" -tag:olahraga"#).unwrap(),
            Query::And(vec![
                Query::Tag("Rusia-AS".into()),
                Query::Is(State::Unread),
                Query::Newer(When::Ago(7, Unit::Days)),
                Query::Feed("Antara News".into()),
                Query::Not(Box::new(Query::Tag("olahraga".into()))),
            ])
        );
        assert_eq!(print("putin OR (trump -is:read)"), "putin OR (trump -is:read)");
        assert_eq!(print("https://a.example/x?y=1"), r#""https://a.example/x?y=1""#);
        assert_eq!(print("  "), "()");
    }

    #[test]
    fn an_error_names_the_column_and_the_remedy() {
        let error = |text| Query::parse(text).unwrap_err().to_string();
        assert_eq!(error("unread tga:x"), "unknown field `tga:`, did you mean `tag:`? at column 8");
        assert_eq!(error("is:old"), "unknown state `old`; it is unread, read or starred at column 4");
        assert_eq!(error("newer:soon"), "`soon` is no time; write 7d, 12h, today or 2026-11-01 at column 7");
        assert_eq!(error("(a b"), "`)` is missing at column 5");
        assert_eq!(error("a OR"), "something is missing at column 5");
        assert_eq!(error("\"a"), "unclosed quotation mark at column 1");
        assert!(Query::parse(&"(".repeat(10_000)).is_err());
        assert!(Query::parse(&"-".repeat(10_000)).is_err());
    }

    fn leaf() -> impl Strategy<Value = Query> {
        let text = prop_oneof!["[a-zA-Z0-9 :()\"\\\\–-]{0,12}", "(AND|OR|NOT|unread|read|tag:x)", "\\PC{0,6}"];
        let when = prop_oneof![
            (0_u32..1000, 0_usize..4).prop_map(|(n, unit)| When::Ago(n, Unit::ALL[unit].1)),
            Just(When::Today),
            (1_i16..9999, 1_i8..13, 1_i8..29).prop_map(|(y, m, d)| When::Day(jiff::civil::date(y, m, d))),
        ];
        prop_oneof![
            text.clone().prop_map(Query::Text),
            text.clone().prop_map(Query::Tag),
            text.clone().prop_map(Query::Feed),
            text.prop_map(Query::Title),
            prop_oneof![Just(State::Unread), Just(State::Read), Just(State::Starred)].prop_map(Query::Is),
            when.clone().prop_map(Query::Newer),
            when.prop_map(Query::Older),
        ]
    }

    fn query() -> impl Strategy<Value = Query> {
        leaf().prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 2..4).prop_map(Query::And),
                prop::collection::vec(inner.clone(), 2..4).prop_map(Query::Or),
                inner.prop_map(|query| Query::Not(Box::new(query))),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back_the_same(query in query()) {
            let printed = query.to_string();
            prop_assert_eq!(Query::parse(&printed), Ok(query), "{}", printed);
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in "\\PC{0,40}") {
            let _ = Query::parse(&text);
        }
    }
}
