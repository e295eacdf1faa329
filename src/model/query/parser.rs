//! From tokens to a query, by recursive descent.

use super::lexer::{Kind, Token, error, tokens};
use super::names::{BARE_STATES, FIELDS, nearest, spoken};
use super::value::{is_blank, value};
use super::{Problem, Query, QueryError, Remedy, State, Text, Within, regex};

/// Deeper parentheses are a mistake, and would cost stack.
const MAX_DEPTH: usize = 64;

pub(super) fn parse(text: &str) -> Result<Query, QueryError> {
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return Ok(Query::everything());
    }
    let end = text.chars().count() + 1;
    let new = |speaks| Parser {
        tokens: &tokens,
        position: 0,
        end,
        depth: 0,
        field: None,
        shown: None,
        is_span: false,
        speaks,
        spoken: 0,
        words: 0,
    };
    let mut parser = new(false);
    let mut query = parser.or()?;
    // `read` or `today` among words is a word; with nothing but fields beside it, it is what other readers mean by it.
    if parser.spoken > 0 && parser.words == 0 {
        parser = new(true);
        query = parser.or()?;
    }
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
    /// What was read last is a span of time: its ends stand beside what else must hold.
    is_span: bool,
    /// What other readers write as one word has their meaning.
    speaks: bool,
    /// How many such words were met, and how many others that are looked for.
    spoken: usize,
    words: usize,
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

    fn is_open(&self) -> bool {
        matches!(self.peek(), Some(Token { kind: Kind::Open, .. }))
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
        let mut all = Vec::new();
        self.add(&mut all)?;
        loop {
            if self.is_word("AND") {
                self.position += 1;
            } else if self.is_word("OR") || self.is_close() || self.peek().is_none() {
                break;
            }
            self.add(&mut all)?;
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Query::And(all) })
    }

    fn add(&mut self, all: &mut Vec<Query>) -> Result<(), QueryError> {
        self.is_span = false;
        match (self.not()?, std::mem::take(&mut self.is_span)) {
            (Query::And(ends), true) => all.extend(ends),
            (one, _) => all.push(one),
        }
        Ok(())
    }

    fn not(&mut self) -> Result<Query, QueryError> {
        let is_minus = matches!(self.peek(), Some(Token { kind: Kind::Minus, .. }));
        if is_minus || self.is_word("NOT") {
            let column = self.next().map_or(self.end, |token| token.column);
            self.deeper(column)?;
            let inner = self.not()?;
            self.depth -= 1;
            self.is_span = false;
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
            Kind::Field(name) => self.field(name, column),
            // A keyword joins what stands on both sides of it.
            Kind::Word(word) if matches!(word.as_str(), "AND" | "OR") => Err(error(column, Problem::Missing)),
            Kind::Word(word) if word == "NEAR" && self.is_open() => {
                let remedy = Remedy::Written(&["\"a b\"~5"]);
                Err(QueryError { column, problem: Problem::NoNear, remedy })
            }
            kind if self.field.is_none() && is_blank(&kind) => Err(error(column, Problem::Missing)),
            kind if self.field.is_some() => self.value(self.field.unwrap_or_default(), column, column, kind),
            Kind::Tags(..) => self.value("tag", column, column, kind),
            Kind::Word(word) => match spoken(&word) {
                Some((name, value)) if !BARE_STATES.contains(&word.as_str()) => {
                    self.spoken += 1;
                    let kind = Kind::Word(if self.speaks { value.to_owned() } else { word });
                    self.value(if self.speaks { name } else { "all" }, column, column, kind)
                }
                _ => self.word(column, word),
            },
            kind => {
                self.words += 1;
                text(Within::All, kind, column)
            }
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
        self.is_span = false;
        match self.next() {
            Some(Token { kind: Kind::Close, .. }) => Ok(inner),
            other => Err(error(other.map_or(self.end, |token| token.column), Problem::Unclosed)),
        }
    }

    fn word(&mut self, column: usize, word: String) -> Result<Query, QueryError> {
        if let Some(state) = State::parse(&word).filter(|_| BARE_STATES.contains(&word.as_str())) {
            return Ok(Query::Is(state));
        }
        self.words += 1;
        // `Banjir: …` goes on; with nothing behind its colon it may be a field.
        let plain = word.strip_suffix(':').filter(|plain| super::print::is_plain_word(plain));
        if let Some(plain) = plain.filter(|_| self.peek().is_some()) {
            return text(Within::All, Kind::Word(plain.to_owned()), column);
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

    fn field(&mut self, name: &'static str, at: usize) -> Result<Query, QueryError> {
        match self.next() {
            Some(Token { column, kind: Kind::Open }) => {
                let outer = self.field.replace(name);
                let inner = self.group(column)?;
                self.field = outer;
                if inner == Query::everything() { Err(error(column, Problem::NoValue(name))) } else { Ok(inner) }
            }
            Some(Token { column, kind: Kind::Close | Kind::Minus | Kind::Field(_) }) => {
                Err(error(column, Problem::NoValue(name)))
            }
            Some(Token { column, kind }) => self.value(name, at, column, kind),
            None => Err(error(self.end, Problem::NoValue(name))),
        }
    }

    fn value(&mut self, name: &'static str, at: usize, column: usize, kind: Kind) -> Result<Query, QueryError> {
        let query = value(name, at, column, kind)?;
        if is_about_list(&query) {
            self.shown = Some((self.shown.map_or(1, |(count, _)| count + 1), column));
        }
        self.is_span = matches!(name, "date" | "mdate" | "userdate");
        Ok(query)
    }
}

/// A text to look for. In an address every letter counts, so a word of it is never a stem or a beginning.
pub(super) fn text(within: Within, kind: Kind, column: usize) -> Result<Query, QueryError> {
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
        Kind::Near(words, number) if within != Within::Url => Text::Near(words, number),
        Kind::Near(..) => return Err(error(column, Problem::NoNear)),
        Kind::Word(text) | Kind::Quoted(text) | Kind::Tags(_, text) => Text::Phrase(text),
        Kind::Open | Kind::Close | Kind::Minus | Kind::Field(_) => return Err(error(column, Problem::Missing)),
    };
    Ok(Query::Text(within, text))
}
