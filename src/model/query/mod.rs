//! The query: one language for the list's filter, saved views, rules and the command line. `parse(print(q)) == q`.
//!
//! ```text
//! expr  := or                          or   := and (OR and)*             and := not ([AND] not)*
//! not   := (NOT | "-" | "!") not | atom                atom := "(" expr ")" | field | "#" tag | text
//! text  := word | word"*" | "quoted text" | "near words"~number | ~"regex" | /regex/i
//! field := name ":" (value ("," value)* | text | "(" expr ")")
//! ```
//! Fields and their other names are in `names`, whatever the case. `is` takes a [`State`], of which `unread`, `starred` and
//! `saved` may stand alone; `has` a [`Part`]; `newer` and `older` an age (`7d`, `12h`, `30m`, `1y`), `today`, `yesterday`, a
//! date (`2026-11-01`, `2026-11`) or a time of it, and so do `syncedafter` and `syncedbefore`, which ask when an article came;
//! `date` a span of time as ISO 8601 has it (`2026-11`, `P7D/`), and so do `mdate`, which asks when its publisher changed it, and
//! `userdate`, which asks when the user marked it;
//! `words` a number or a range (`>500`, `100..300`). A bare word is looked for in title, author and text, in its inflections; what is
//! quoted, exactly so. `sort` and `limit` say how the list is shown and stand outside parentheses.
//!
//! `search` names a saved view by its name, its key or its number, and stands for its query.
//!
//! Signs that stand alone ask for nothing, and a colon with a gap behind it ends no field's name: a headline can be pasted.

mod completion;
mod lexer;
mod names;
mod parser;
mod print;
mod problem;
#[cfg(test)]
mod tests;
mod value;
mod views;
mod when;

pub use completion::{Completion, completions};
pub use names::{FIELDS, Key, Keys, Part, Sort, State, written};
pub use problem::{Problem, QueryError, Remedy, listed};
pub use views::Named;
pub use when::{Unit, When};

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
    /// Belongs to the followed topic.
    Topic(String),
    /// Belongs to the story with this id.
    Story(i64),
    /// Is of the feed with this id (all digits), or one whose name or URL contains this, or its site's.
    Feed(String),
    /// Is of a feed whose name or URL, or its site's, this regular expression matches.
    FeedLike(String),
    /// Is of a feed in this folder or below it, whatever the case.
    Folder(String),
    Language(String),
    /// Says this there.
    Text(Within, Text),
    Is(State),
    Has(Part),
    /// Its text is this many words long: at least, at most.
    Words(u32, u32),
    Newer(When),
    Older(When),
    /// This time of it is then or later.
    From(Time, When),
    /// This time of it is before that.
    Until(Time, When),
    /// Has this id.
    Entry(i64),
    /// What a saved view asks for.
    View(Named),
    /// In this order: holds of every article.
    Sort(Sort),
    /// Only the first so many: holds of every article.
    Limit(u32),
}

/// A time that an article has besides the one that lists are in order of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Time {
    /// When it came.
    Arrived,
    /// When its publisher changed it last; one that was never changed has none.
    Edited,
    /// When the user marked it last, as read or with a star or otherwise; one that was never marked has none.
    Marked,
}

/// Where in an article a text is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Within {
    /// In title, author and body.
    All,
    Title,
    Author,
    Body,
    /// In the article's address, letter by letter.
    Url,
}

/// What is looked for in a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Text {
    /// This word or its inflections.
    Word(String),
    /// Words that begin so.
    Prefix(String),
    /// Exactly these words, in this order.
    Phrase(String),
    /// Exactly these words, in any order, so many others between the first and the last of them at most.
    Near(String, u32),
    /// What this regular expression matches, whatever the case.
    Regex(String),
}

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
        parser::parse(text)
    }

    /// What must all hold, side by side.
    #[must_use]
    pub fn parts(&self) -> &[Self] {
        match self {
            Self::And(parts) => parts,
            one => std::slice::from_ref(one),
        }
    }

    /// The order it asks for.
    #[must_use]
    pub fn sort(&self) -> Option<Sort> {
        self.parts().iter().rev().find_map(|part| if let Self::Sort(sort) = part { Some(*sort) } else { None })
    }

    /// Whether its list is put in order as a whole: it is not that of time, which lists are kept in.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.sort().is_some_and(|sort| sort != Sort::Date)
    }

    /// How many rows it asks for at most.
    #[must_use]
    pub fn limit(&self) -> Option<u32> {
        self.parts().iter().filter_map(|part| if let Self::Limit(limit) = part { Some(*limit) } else { None }).min()
    }

    /// Whether it asks for what is known of an article once it is indexed: its words, and its language where none is declared.
    #[must_use]
    pub fn asks_index(&self) -> bool {
        self.has_text() || self.asks_for(&|part| matches!(part, Self::Language(_)))
    }

    /// Whether the words of articles are asked for, as a saved view may.
    #[must_use]
    pub fn has_text(&self) -> bool {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::has_text),
            Self::Not(inner) => inner.has_text(),
            Self::Text(..) | Self::Words(..) | Self::View(_) => true,
            _ => false,
        }
    }

    /// Whether it asks for a story, or with `or_tags` for tags or topics, which are tags, too.
    #[must_use]
    pub fn has_groups(&self, or_tags: bool) -> bool {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().any(|part| part.has_groups(or_tags)),
            Self::Not(inner) => inner.has_groups(or_tags),
            Self::Story(_) => true,
            Self::Tag(_) | Self::Topic(_) => or_tags,
            _ => false,
        }
    }

    /// Whether it asks for a story: then its articles are wanted, each of them.
    #[must_use]
    pub fn names_story(&self) -> bool {
        self.has_groups(false)
    }

    /// The tags that it names, those of topics among them.
    #[must_use]
    pub fn tags(&self) -> Vec<&str> {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().flat_map(Self::tags).collect(),
            Self::Not(inner) => inner.tags(),
            Self::Tag(name) | Self::Topic(name) => vec![name],
            _ => Vec::new(),
        }
    }

    /// Whether a part of it, in whatever brackets, is such.
    #[must_use]
    pub fn asks_for(&self, is_such: &dyn Fn(&Self) -> bool) -> bool {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().any(|part| part.asks_for(is_such)),
            Self::Not(inner) => inner.asks_for(is_such),
            part => is_such(part),
        }
    }

    /// Whether it asks for notes, which nobody can write yet: it is well to say so.
    #[must_use]
    pub fn asks_for_notes(&self) -> bool {
        self.asks_for(&|part| *part == Self::Has(Part::Note))
    }

    /// The texts that an article should show, without those that it must not have.
    #[must_use]
    pub fn sought(&self) -> Vec<(Within, &Text)> {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().flat_map(Self::sought).collect(),
            Self::Text(within, text) => vec![(*within, text)],
            _ => Vec::new(),
        }
    }
}

/// Compiled expressions larger than this are refused: they would cost memory for every article.
const REGEX_SIZE: usize = 1 << 18;

/// A regular expression of a query, within limits.
pub fn regex(pattern: &str) -> Result<regex::Regex, Problem> {
    let built = regex::RegexBuilder::new(pattern).case_insensitive(true).size_limit(REGEX_SIZE).nest_limit(50).build();
    built.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => Problem::LargeRegex,
        other => {
            let said = other.to_string();
            Problem::NoRegex(said.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned())
        }
    })
}
