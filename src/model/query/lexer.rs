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
    /// `"words"~5`: within so many words of each other.
    Near(String, u32),
    Regex(String),
    /// `#one,#two`: any of these tags, and how it is written.
    Tags(Vec<String>, String),
}

pub(super) fn error(column: usize, problem: Problem) -> QueryError {
    QueryError { column, problem, remedy: Remedy::None }
}

pub(super) fn is_delimiter(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '"')
}

/// What a word cannot begin with, since it means something there.
pub(super) const OPENERS: [char; 6] = ['-', '!', '~', '#', '\'', '/'];

/// Whether a character is a sign between words: what is made of signs alone asks for nothing. Pictures are looked for.
pub(super) fn is_sign(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c,
            '¡' | '§' | '«' | '¶' | '·' | '»' | '¿' | '×' | '،' | '؛' | '؟' | '۔'
            | '\u{2010}'..='\u{205e}' | '\u{2190}'..='\u{2212}' | '\u{25a0}'..='\u{25ff}'
            | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{301f}' | '・'
            | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
}

pub(super) fn tokens(text: &str) -> Result<Vec<Token>, QueryError> {
    let mut lexer = Lexer { chars: text.chars().collect(), at: 0, tokens: Vec::new(), signs: Vec::new() };
    while let Some(c) = lexer.peek() {
        if c.is_whitespace() {
            lexer.at += 1;
            continue;
        }
        lexer.token(c)?;
    }
    let Lexer { tokens, signs, .. } = lexer;
    // A sign alone is looked for to the letter: it must not stand for everything, as nothing at all does.
    let negates = |token: &Token| matches!(&token.kind, Kind::Word(word) if word.trim_matches(['-', '!']).is_empty());
    if tokens.is_empty() && !signs.is_empty() && signs.iter().all(negates) {
        return Err(error(text.chars().count() + 1, Problem::Missing));
    }
    Ok(if tokens.is_empty() { signs } else { tokens })
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    tokens: Vec<Token>,
    /// What asks for nothing.
    signs: Vec<Token>,
}

impl Lexer {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn is_at(&self, at: usize, fits: impl Fn(char) -> bool) -> bool {
        self.chars.get(at).copied().is_some_and(fits)
    }

    fn is_gap(&self, at: usize) -> bool {
        self.chars.get(at).copied().is_none_or(is_delimiter)
    }

    /// Where the word at a place ends. A parenthesis behind a backslash belongs to it.
    fn end(&self, from: usize) -> usize {
        let goes_on = |at: &usize| {
            let is_escaped = *at > from && self.is_at(*at, is_parenthesis) && self.is_at(at - 1, |c| c == '\\');
            is_escaped || !self.is_gap(*at)
        };
        from + (from..self.chars.len()).take_while(goes_on).count()
    }

    fn text(&self, from: usize, to: usize) -> String {
        self.chars.get(from..to).unwrap_or_default().iter().collect()
    }

    fn push(&mut self, column: usize, kind: Kind) {
        self.tokens.push(Token { column, kind });
    }

    fn token(&mut self, c: char) -> Result<(), QueryError> {
        let column = self.at + 1;
        if self.sign(column) {
            return Ok(());
        }
        let kind = match c {
            '(' | ')' | '-' | '!' => {
                self.at += 1;
                match c {
                    '(' => Kind::Open,
                    ')' => Kind::Close,
                    _ => Kind::Minus,
                }
            }
            '"' => self.near()?,
            '~' => return self.tilde(column),
            '#' => self.tags()?,
            '\'' => match self.single_quoted() {
                Some(text) => Kind::Quoted(text),
                None => Kind::Word(unescaped(&self.word())),
            },
            '/' => match self.slashed() {
                Some(pattern) => Kind::Regex(pattern),
                None => Kind::Word(unescaped(&self.word())),
            },
            _ => self.word_or_field(),
        };
        self.push(column, kind);
        Ok(())
    }

    /// Takes a word that is made of signs alone, where they are no operator of what follows.
    fn sign(&mut self, column: usize) -> bool {
        let end = self.end(self.at);
        let word = self.text(self.at, end);
        let operates = match self.chars.get(end) {
            Some('(') => word.trim_matches(['-', '!', '~']).is_empty(),
            Some('"') => word.trim_end_matches(['~', '#']).trim_matches(['-', '!']).is_empty(),
            _ => false,
        };
        // What a field is given is its value, whatever it is.
        let is_value = matches!(self.tokens.last(), Some(Token { kind: Kind::Field(_), .. }))
            && self.at.checked_sub(1).is_some_and(|before| self.is_at(before, |c| c == ':'));
        let is_sign =
            !word.is_empty() && word.chars().all(is_sign) && !word.contains(is_parenthesis) && !operates && !is_value;
        if is_sign {
            self.at = end;
            self.signs.push(Token { column, kind: Kind::Word(word) });
        }
        is_sign
    }

    /// What stands between quotation marks, and how near each other its words are to be.
    fn near(&mut self) -> Result<Kind, QueryError> {
        let text = self.quoted()?;
        let digits = self.at + 1;
        let end = self.end(digits);
        if self.peek() == Some('~')
            && let Ok(words) = self.text(digits, end).parse()
        {
            self.at = end;
            return Ok(Kind::Near(text, words));
        }
        Ok(Kind::Quoted(text))
    }

    /// What stands between quotation marks, where `\"` and `\\` are escapes and every other backslash is itself.
    fn quoted(&mut self) -> Result<String, QueryError> {
        let column = self.at + 1;
        let mut quoted = String::new();
        loop {
            self.at += 1;
            match self.peek() {
                Some('"') => break,
                Some('\\') if self.is_at(self.at + 1, |c| matches!(c, '"' | '\\')) => {
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

    /// `'what stands so'`, as `FreshRSS` writes it: closed before a gap, so that an apostrophe is a letter.
    fn single_quoted(&mut self) -> Option<String> {
        let start = self.at + 1;
        let is_end = |at: &usize| self.is_at(*at, |c| c == '\'') && self.chars.get(at + 1).is_none_or(|c| is_end(*c));
        let end = (start + 1..self.chars.len()).find(is_end)?;
        let text = self.text(start, end);
        self.at = end + 1;
        Some(text)
    }

    /// `/pattern/` with flags, as `FreshRSS` and eilmeldung write it. Without `i` the case counts.
    fn slashed(&mut self) -> Option<String> {
        let start = self.at + 1;
        let (mut pattern, mut at) = (String::new(), start);
        loop {
            match self.chars.get(at)? {
                '/' => break,
                '\\' => {
                    at += 1;
                    let escaped = self.chars.get(at)?;
                    pattern.extend((*escaped != '/').then_some('\\'));
                    pattern.push(*escaped);
                }
                c => pattern.push(*c),
            }
            at += 1;
        }
        let rest = self.chars.get(at + 1..).unwrap_or_default();
        let flags: String = rest.iter().take_while(|c| matches!(c, 'i' | 'm' | 's')).collect();
        let end = at + 1 + flags.chars().count();
        if pattern.is_empty() || !self.is_gap(end) {
            return None;
        }
        self.at = end;
        let others: String = flags.chars().filter(|c| *c != 'i').collect();
        Some(match (others.is_empty(), flags.contains('i')) {
            (true, true) => pattern,
            (false, true) => format!("(?{others}){pattern}"),
            (_, false) => format!("(?{others}-i){pattern}"),
        })
    }

    /// `~` before a regular expression, or before what eilmeldung's users negate with it.
    fn tilde(&mut self, column: usize) -> Result<(), QueryError> {
        self.at += 1;
        if self.peek() == Some('"') {
            let pattern = self.quoted()?;
            self.push(column, Kind::Regex(pattern));
            return Ok(());
        }
        let end = self.end(self.at);
        if let Some((field, value)) = names::spoken(&self.text(self.at, end)) {
            self.push(column, Kind::Minus);
            self.push(column + 1, Kind::Field(field));
            self.push(column + 1, Kind::Word(value.to_owned()));
            self.at = end;
            return Ok(());
        }
        let kind = if self.is_at(self.at, |c| matches!(c, '(' | '#')) || self.field_at(self.at).is_some() {
            Kind::Minus
        } else {
            Kind::Regex(self.word())
        };
        self.push(column, kind);
        Ok(())
    }

    /// `#one,#two`, `#two+words`, `#"two words"`.
    fn tags(&mut self) -> Result<Kind, QueryError> {
        let start = self.at;
        self.at += 1;
        let quoted = match self.peek() {
            Some('"') => Some(self.quoted()?),
            Some('\'') => self.single_quoted(),
            _ => None,
        };
        if let Some(tag) = quoted {
            return Ok(Kind::Tags(vec![tag], self.text(start, self.at)));
        }
        self.at = self.end(start);
        let raw = self.text(start, self.at);
        let tags =
            raw.split(',').map(|tag| spaced(&unescaped(tag.trim_start_matches('#')))).filter(|tag| !tag.is_empty());
        Ok(Kind::Tags(tags.collect(), raw))
    }

    fn word(&mut self) -> String {
        let start = self.at;
        self.at = self.end(start);
        self.text(start, self.at)
    }

    /// The field whose name and colon stand at a place, and where they end.
    fn field_at(&self, start: usize) -> Option<(&'static str, usize)> {
        let rest = self.chars.get(start..).unwrap_or_default();
        let name: String = rest.iter().take_while(|c| c.is_ascii_alphabetic()).collect();
        let colon = start + name.len();
        // `link://` is an address.
        let is_field = self.is_at(colon, |c| c == ':') && self.chars.get(colon + 1..colon + 3) != Some(&['/', '/']);
        is_field.then(|| names::field(&name.to_ascii_lowercase())).flatten().map(|field| (field, colon + 1))
    }

    fn word_or_field(&mut self) -> Kind {
        let Some((field, end)) = self.field_at(self.at) else { return Kind::Word(unescaped(&self.word())) };
        let rest = self.chars.get(end..).unwrap_or_default();
        // A headline goes on after a colon and a gap.
        let is_text = rest.first().is_some_and(|c| c.is_whitespace()) && rest.iter().any(|c| !c.is_whitespace());
        if is_text {
            return Kind::Word(unescaped(&self.word()));
        }
        self.at = end;
        Kind::Field(field)
    }
}

fn is_parenthesis(c: char) -> bool {
    matches!(c, '(' | ')')
}

/// `a\(b\)` as `FreshRSS` writes a word with parentheses. Other backslashes are themselves.
fn unescaped(word: &str) -> String {
    word.replace("\\(", "(").replace("\\)", ")")
}

fn is_end(c: char) -> bool {
    c.is_whitespace() || c == ')'
}

/// `two+words` with its gaps; `C++` has none.
fn spaced(tag: &str) -> String {
    let chars: Vec<char> = tag.chars().collect();
    let is_letter = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphanumeric());
    let spaced = |(at, c): (usize, &char)| {
        let is_gap = *c == '+' && is_letter(at.checked_sub(1)) && is_letter(Some(at + 1));
        if is_gap { ' ' } else { *c }
    };
    chars.iter().enumerate().map(spaced).collect()
}
