//! Why a text is no query: as values, which the command line says in English and the interface in the reader's language.

use std::fmt;

/// Why a text is no query; `column` counts characters from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem} at {column}{remedy}")]
pub struct QueryError {
    pub column: usize,
    pub problem: Problem,
    pub remedy: Remedy,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    #[error("unknown field `{0}:`")]
    UnknownField(String),
    #[error("unknown state `{0}`")]
    UnknownState(String),
    #[error("unknown part `{0}`")]
    UnknownPart(String),
    #[error("unknown order `{0}`")]
    UnknownOrder(String),
    #[error("`{0}` is no number")]
    NoNumber(String),
    #[error("`{0}` is no length")]
    NoLength(String),
    #[error("`{0}` is no time")]
    NoTime(String),
    #[error("`{0}` is no language")]
    NoLanguage(String),
    #[error("`{0}:` needs a value")]
    NoValue(&'static str),
    #[error("`{0}:` takes no regular expression")]
    TakesNoRegex(&'static str),
    #[error("words near each other are written with quotation marks")]
    NoNear,
    #[error("there is no saved view `{0}`")]
    NoView(String),
    #[error("the saved view `{0}` would be part of itself")]
    ViewOfItself(String),
    #[error("`{0}:` takes a name, not a number of another reader's")]
    TakesName(&'static str),
    #[error("no regular expression: {0}")]
    NoRegex(String),
    #[error("the regular expression is too large")]
    LargeRegex,
    #[error("something is missing")]
    Missing,
    #[error("unexpected `)`")]
    Unopened,
    #[error("`)` is missing")]
    Unclosed,
    #[error("unclosed quotation mark")]
    Unquoted,
    #[error("nested too deeply")]
    TooDeep,
    #[error("`sort:` and `limit:` stand outside parentheses, OR and NOT")]
    Misplaced,
}

impl Problem {
    /// Its name in the files of texts.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::UnknownField(_) => "unknown-field",
            Self::UnknownState(_) => "unknown-state",
            Self::UnknownPart(_) => "unknown-part",
            Self::UnknownOrder(_) => "unknown-order",
            Self::NoNumber(_) => "no-number",
            Self::NoLength(_) => "no-length",
            Self::NoTime(_) => "no-time",
            Self::NoLanguage(_) => "no-language",
            Self::NoValue(_) => "no-value",
            Self::TakesNoRegex(_) => "takes-no-regex",
            Self::NoNear => "no-near",
            Self::NoView(_) => "no-view",
            Self::ViewOfItself(_) => "view-of-itself",
            Self::TakesName(_) => "takes-name",
            Self::NoRegex(_) => "no-regex",
            Self::LargeRegex => "large-regex",
            Self::Missing => "missing",
            Self::Unopened => "unopened",
            Self::Unclosed => "unclosed",
            Self::Unquoted => "unquoted",
            Self::TooDeep => "too-deep",
            Self::Misplaced => "misplaced",
        }
    }

    /// What was written that is wrong, where there is such a thing.
    #[must_use]
    pub fn value(&self) -> &str {
        match self {
            Self::UnknownField(value)
            | Self::UnknownState(value)
            | Self::UnknownPart(value)
            | Self::UnknownOrder(value)
            | Self::NoNumber(value)
            | Self::NoLength(value)
            | Self::NoTime(value)
            | Self::NoLanguage(value)
            | Self::NoView(value)
            | Self::ViewOfItself(value)
            | Self::NoRegex(value) => value,
            Self::NoValue(field) | Self::TakesNoRegex(field) | Self::TakesName(field) => field,
            Self::NoNear
            | Self::LargeRegex
            | Self::Missing
            | Self::Unopened
            | Self::Unclosed
            | Self::Unquoted
            | Self::TooDeep
            | Self::Misplaced => "",
        }
    }
}

/// What was probably meant, or what there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    None,
    /// This is close.
    Meant(String),
    /// There are these fields.
    Fields(&'static [&'static str]),
    /// It is one of these.
    OneOf(Vec<&'static str>),
    /// Such a thing is written like these.
    Written(&'static [&'static str]),
}

impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Meant(name) => write!(f, ", did you mean `{name}`?"),
            Self::Fields(fields) => write!(f, "; the fields are {}", fields.join(", ")),
            Self::OneOf(names) => write!(f, "; it is {}", listed(names, "or")),
            Self::Written(examples) => write!(f, "; write {}", listed(examples, "or")),
        }
    }
}

/// `a, b or c`.
#[must_use]
pub fn listed(names: &[&str], or: &str) -> String {
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {or} {last}", rest.join(", ")),
        _ => names.concat(),
    }
}
