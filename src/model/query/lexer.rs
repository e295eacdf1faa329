//! From a text to tokens with their columns.

use super::{Problem, QueryError, Remedy, names};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub column: usize,
    pub kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Open,
    Close,
    Minus,
    /// `name:`, by the name of the field that is meant.
    Field(&'static str),
    Word(String),
    Quoted(String),
    Regex(String),
}

pub(super) fn error(column: usize, problem: Problem) -> QueryError {
    QueryError { column, problem, remedy: Remedy::None }
}

pub(super) fn is_delimiter(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '"')
}

/// What a word cannot begin with, since it means something there.
pub(super) const OPENERS: [char; 4] = ['-', '!', '~', '#'];

pub(super) fn tokens(text: &str) -> Result<Vec<Token>, QueryError> {
    let mut lexer = Lexer { chars: text.chars().collect(), at: 0 };
    let mut tokens = Vec::new();
    while let Some(c) = lexer.peek() {
        let column = lexer.at + 1;
        if c.is_whitespace() {
            lexer.at += 1;
            continue;
        }
        tokens.push(Token { column, kind: lexer.token(c)? });
    }
    Ok(tokens)
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
}

impl Lexer {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn token(&mut self, c: char) -> Result<Kind, QueryError> {
        let single = match c {
            '(' => Some(Kind::Open),
            ')' => Some(Kind::Close),
            '-' | '!' => Some(Kind::Minus),
            _ => None,
        };
        if let Some(kind) = single {
            self.at += 1;
            return Ok(kind);
        }
        match c {
            '"' => self.quoted().map(Kind::Quoted),
            '~' => {
                self.at += 1;
                let is_quoted = self.peek() == Some('"');
                let pattern = if is_quoted { self.quoted()? } else { self.word() };
                Ok(Kind::Regex(pattern))
            }
            _ => Ok(self.word_or_field()),
        }
    }

    /// What stands between quotation marks, where `\"` and `\\` are escapes and every other backslash is itself.
    fn quoted(&mut self) -> Result<String, QueryError> {
        let column = self.at + 1;
        let mut quoted = String::new();
        loop {
            self.at += 1;
            match self.peek() {
                Some('"') => break,
                Some('\\') if matches!(self.chars.get(self.at + 1), Some('"' | '\\')) => {
                    self.at += 1;
                    quoted.extend(self.peek());
                }
                Some(c) => quoted.push(c),
                None => return Err(error(column, Problem::Unquoted)),
            }
        }
        self.at += 1;
        Ok(quoted)
    }

    fn word(&mut self) -> String {
        let start = self.at;
        while self.peek().is_some_and(|c| !is_delimiter(c)) {
            self.at += 1;
        }
        self.chars[start..self.at].iter().collect()
    }

    fn word_or_field(&mut self) -> Kind {
        let start = self.at;
        let mut name = String::new();
        while let Some(c) = self.peek().filter(char::is_ascii_lowercase) {
            name.push(c);
            self.at += 1;
        }
        if self.peek() == Some(':')
            && let Some(field) = names::field(&name)
            // `link://` is an address.
            && self.chars.get(self.at + 1..self.at + 3) != Some(&['/', '/'])
        {
            self.at += 1;
            return Kind::Field(field);
        }
        self.at = start;
        Kind::Word(self.word())
    }
}
