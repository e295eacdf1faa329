//! From tokens to a query, by recursive descent.

use jiff::civil::Date;

use super::lexer::{Kind, Token, error, tokens};
use super::names::{BARE_STATES, FIELDS, nearest};
use super::{Part, Problem, Query, QueryError, Remedy, Sort, State, Text, Unit, When, Within, regex};

/// Deeper parentheses are a mistake, and would cost stack.
const MAX_DEPTH: usize = 64;

pub(super) fn parse(text: &str) -> Result<Query, QueryError> {
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return Ok(Query::everything());
    }
    let end = text.chars().count() + 1;
    let mut parser = Parser { tokens: &tokens, position: 0, end, depth: 0, field: None, shown: None };
    let query = parser.or()?;
    if let Some(token) = parser.peek() {
        return Err(error(token.column, Problem::Unopened));
    }
    // How a list is shown cannot depend on the article.
    let at_top = query.parts().iter().filter(|part| is_about_list(part)).count();
    match parser.shown {
        Some((count, column)) if count != at_top => Err(error(column, Problem::Misplaced)),
        _ => Ok(query),
    }
}

fn is_about_list(query: &Query) -> bool {
    matches!(query, Query::Sort(_) | Query::Limit(_))
}

struct Parser<'a> {
    tokens: &'a [Token],
    position: usize,
    end: usize,
    depth: usize,
    /// The field whose parentheses are open: what stands in them is its values.
    field: Option<&'static str>,
    /// How many `sort:` and `limit:` were met, and where the last one is.
    shown: Option<(usize, usize)>,
}

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

    fn is_close(&self) -> bool {
        matches!(self.peek(), Some(Token { kind: Kind::Close, .. }))
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
            } else if self.is_word("OR") || self.is_close() || self.peek().is_none() {
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
        if self.depth > MAX_DEPTH { Err(error(column, Problem::TooDeep)) } else { Ok(()) }
    }

    fn atom(&mut self) -> Result<Query, QueryError> {
        let Some(Token { column, kind }) = self.next() else {
            return Err(error(self.end, Problem::Missing));
        };
        match kind {
            Kind::Open => self.group(column),
            Kind::Close => Err(error(column, Problem::Unopened)),
            Kind::Minus => self.not(),
            Kind::Field(name) => self.field(name),
            value if self.field.is_some() => self.value(self.field.unwrap_or_default(), column, value),
            Kind::Quoted(text) => Ok(Query::Text(Within::All, Text::Phrase(text))),
            Kind::Regex(pattern) => text(Within::All, Kind::Regex(pattern), column),
            Kind::Word(word) => Self::word(column, word),
        }
    }

    fn group(&mut self, column: usize) -> Result<Query, QueryError> {
        if self.is_close() {
            self.position += 1;
            return Ok(Query::everything());
        }
        self.deeper(column)?;
        let inner = self.or()?;
        self.depth -= 1;
        match self.next() {
            Some(Token { kind: Kind::Close, .. }) => Ok(inner),
            other => Err(error(other.map_or(self.end, |token| token.column), Problem::Unclosed)),
        }
    }

    fn word(column: usize, word: String) -> Result<Query, QueryError> {
        if let Some(state) = State::parse(&word).filter(|_| BARE_STATES.contains(&word.as_str())) {
            return Ok(Query::Is(state));
        }
        if let Some(tag) = word.strip_prefix('#').filter(|tag| !tag.is_empty()) {
            return Ok(Query::Tag(tag.to_owned()));
        }
        if let Some((name, rest)) = word.split_once(':') {
            let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase());
            // `https://…` and `12:30` are text; `tga:x` is a slip.
            if is_name && !rest.starts_with('/') {
                let remedy = nearest(name, FIELDS.iter().copied())
                    .map_or(Remedy::Fields(FIELDS), |field| Remedy::Meant(format!("{field}:")));
                return Err(QueryError { column, problem: Problem::UnknownField(name.to_owned()), remedy });
            }
        }
        text(Within::All, Kind::Word(word), column)
    }

    fn field(&mut self, name: &'static str) -> Result<Query, QueryError> {
        match self.next() {
            Some(Token { column, kind: Kind::Open }) => {
                let outer = self.field.replace(name);
                let inner = self.group(column)?;
                self.field = outer;
                Ok(inner)
            }
            Some(Token { column, kind: kind @ (Kind::Word(_) | Kind::Quoted(_) | Kind::Regex(_)) }) => {
                self.value(name, column, kind)
            }
            Some(Token { column, .. }) => Err(error(column, Problem::NoValue(name))),
            None => Err(error(self.end, Problem::NoValue(name))),
        }
    }

    fn value(&mut self, name: &'static str, column: usize, kind: Kind) -> Result<Query, QueryError> {
        let within = match name {
            "title" => Some(Within::Title),
            "author" => Some(Within::Author),
            "body" => Some(Within::Body),
            "url" => Some(Within::Url),
            _ => None,
        };
        if let Some(within) = within {
            return text(within, kind, column);
        }
        let (Kind::Word(value) | Kind::Quoted(value)) = kind else {
            return Err(error(column, Problem::TakesNoRegex(name)));
        };
        Ok(match name {
            "tag" => Query::Tag(value),
            "topic" => Query::Topic(value),
            "feed" => Query::Feed(value),
            "folder" => Query::Folder(value),
            "lang" => Query::Language(value),
            "story" => Query::Story(number(&value, column)?),
            "words" => words(&value, column)?,
            "newer" => Query::Newer(when(&value, column)?),
            "older" => Query::Older(when(&value, column)?),
            "has" => Query::Has(known(&value, column, Problem::UnknownPart, Part::ALL, Part::parse, Part::name)?),
            "sort" => {
                self.show(column);
                Query::Sort(known(&value, column, Problem::UnknownOrder, Sort::ALL, Sort::parse, Sort::name)?)
            }
            "limit" => {
                self.show(column);
                Query::Limit(number(&value, column)?)
            }
            _ => Query::Is(known(&value, column, Problem::UnknownState, State::ALL, State::parse, State::name)?),
        })
    }

    fn show(&mut self, column: usize) {
        self.shown = Some((self.shown.map_or(1, |(count, _)| count + 1), column));
    }
}

/// A text to look for. In an address every letter counts, so a word of it is never a stem or a beginning.
fn text(within: Within, kind: Kind, column: usize) -> Result<Query, QueryError> {
    let text = match kind {
        Kind::Regex(pattern) => {
            regex(&pattern).map_err(|problem| error(column, problem))?;
            Text::Regex(pattern)
        }
        Kind::Word(word) if within != Within::Url => match word.strip_suffix('*') {
            Some(start) if super::print::is_plain_word(start) => Text::Prefix(start.to_owned()),
            _ if super::print::is_plain_word(&word) => Text::Word(word),
            _ => Text::Phrase(word),
        },
        Kind::Word(text) | Kind::Quoted(text) => Text::Phrase(text),
        _ => return Err(error(column, Problem::Missing)),
    };
    Ok(Query::Text(within, text))
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
    parse(value).ok_or_else(|| {
        let remedy = nearest(value, names())
            .map_or_else(|| Remedy::OneOf(names().collect()), |name| Remedy::Meant(name.to_owned()));
        QueryError { column, problem: unknown(value.to_owned()), remedy }
    })
}

fn number<T: std::str::FromStr>(value: &str, column: usize) -> Result<T, QueryError> {
    value.parse().map_err(|_not_one| error(column, Problem::NoNumber(value.to_owned())))
}

/// `500` (or more), `>500`, `<200`, `100..300`, `100..`, `..300`.
fn words(value: &str, column: usize) -> Result<Query, QueryError> {
    let bad = || QueryError {
        column,
        problem: Problem::NoLength(value.to_owned()),
        remedy: Remedy::Written(&["500", ">500", "<200", "100..300"]),
    };
    let read = |text: &str| text.parse::<u32>().ok();
    let found = if let Some(rest) = value.strip_prefix('>') {
        read(rest).map(|least| (least.saturating_add(1), u32::MAX))
    } else if let Some(rest) = value.strip_prefix('<') {
        read(rest).map(|most| (0, most.saturating_sub(1)))
    } else if let Some((least, most)) = value.split_once("..") {
        let least = if least.is_empty() { Some(0) } else { read(least) };
        let most = if most.is_empty() { Some(u32::MAX) } else { read(most) };
        least.zip(most)
    } else {
        read(value).map(|least| (least, u32::MAX))
    };
    found.map(|(least, most)| Query::Words(least, most)).ok_or_else(bad)
}

fn when(value: &str, column: usize) -> Result<When, QueryError> {
    if value == "today" {
        return Ok(When::Today);
    }
    if let Ok(day) = value.parse::<Date>() {
        return Ok(When::Day(day));
    }
    let unit = Unit::ALL.iter().find_map(|(letter, unit, _)| Some((value.strip_suffix(*letter)?, *unit)));
    unit.and_then(|(number, unit)| Some(When::Ago(number.parse().ok()?, unit))).ok_or_else(|| QueryError {
        column,
        problem: Problem::NoTime(value.to_owned()),
        remedy: Remedy::Written(&["7d", "12h", "today", "2026-11-01"]),
    })
}
