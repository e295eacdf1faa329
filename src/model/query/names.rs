//! The names that queries are written with, those that users of other readers know among them.

/// The fields, as they are printed.
pub const FIELDS: &[&str] = &[
    "tag", "topic", "story", "feed", "folder", "author", "lang", "title", "body", "url", "is", "has", "words", "newer",
    "older", "sort", "limit",
];

/// Other names for them: those of `FreshRSS`, eilmeldung and newsboat.
const ALIASES: &[(&str, &str)] = &[
    ("intitle", "title"),
    ("intext", "body"),
    ("content", "body"),
    ("text", "body"),
    ("inurl", "url"),
    ("link", "url"),
    ("f", "feed"),
    ("c", "folder"),
    ("category", "folder"),
    ("label", "tag"),
    ("labels", "tag"),
    ("tags", "tag"),
    ("language", "lang"),
    ("by", "author"),
    ("after", "newer"),
    ("since", "newer"),
    ("before", "older"),
    ("until", "older"),
    ("order", "sort"),
];

/// The field that a name stands for.
pub(super) fn field(name: &str) -> Option<&'static str> {
    let own = FIELDS.iter().find(|field| **field == name).copied();
    own.or_else(|| ALIASES.iter().find(|(alias, _)| *alias == name).map(|(_, field)| *field))
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $word:literal $(| $other:literal)*),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$inner])* $variant),+ }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word $(| $other)* => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

words!(
    /// What kabar or the user has made of an article.
    State {
        Unread = "unread",
        Read = "read",
        Starred = "starred" | "saved" | "marked" | "favorite" | "favourite",
        /// Unread, and first seen within a day.
        New = "new",
        /// An article that another feed had before.
        Dup = "dup" | "duplicate",
        /// Of a muted feed.
        Muted = "muted",
    }
);

words!(
    /// What comes with an article.
    Part {
        Enclosure = "enclosure" | "attachment",
        Image = "image",
        Audio = "audio" | "podcast",
        Video = "video",
        /// The whole page.
        Fulltext = "fulltext",
        Note = "note",
        /// It was edited after it was published.
        Revision = "revision" | "edited",
    }
);

words!(
    /// The order of a list.
    Sort { Date = "date", Relevance = "relevance" }
);

/// States that may stand without `is:`. `read` alone is a common word.
pub(super) const BARE_STATES: &[&str] = &["unread", "starred", "saved"];

/// The name that was probably meant: one letter swapped, dropped, added or changed.
pub(super) fn nearest<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let near = |name: &str| -> usize { distance(name, typed) };
    names
        .map(|name| (near(name), name))
        .filter(|(far, name)| *far <= 1 || (*far == 2 && name.len() > 5))
        .min()
        .map(|(_, name)| name)
}

/// Edits between two short words, where two neighbours that change places are one.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().take(32).collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut least = change.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    least = least.min(rows[i - 2][j - 2] + 1);
                }
                least
            };
        }
    }
    rows[a.len()][b.len()]
}

/// What may follow what is typed so far: the end of the last word, and the words it may become. Tags, feeds and folders
/// are known to the caller; `kind` in the answer names the field whose values are wanted.
#[must_use]
pub fn completions(typed: &str) -> Completion<'_> {
    let (mut start, mut is_quoted) = (0, false);
    for (at, c) in typed.char_indices() {
        is_quoted ^= c == '"';
        if !is_quoted && (c.is_whitespace() || c == '(') {
            start = at + c.len_utf8();
        }
    }
    let word = typed.get(start..).unwrap_or_default().trim_start_matches(['-', '!']);
    if let Some(tag) = word.strip_prefix('#') {
        return Completion { typed: tag, field: Some("tag"), words: Vec::new() };
    }
    let Some((name, value)) = word.split_once(':').filter(|(name, _)| !name.contains('"')) else {
        let all =
            FIELDS.iter().map(|field| format!("{field}:")).chain(BARE_STATES.iter().map(|state| (*state).to_owned()));
        return Completion {
            typed: word,
            field: None,
            words: all.filter(|name| !word.is_empty() && name.starts_with(word)).collect(),
        };
    };
    let field = field(name);
    let words: Vec<&str> = match field {
        Some("is") => State::ALL.iter().map(|state| state.name()).collect(),
        Some("has") => Part::ALL.iter().map(|part| part.name()).collect(),
        Some("sort") => Sort::ALL.iter().map(|sort| sort.name()).collect(),
        Some("newer" | "older") => vec!["today", "1d", "7d", "30d"],
        _ => Vec::new(),
    };
    let words = words.into_iter().filter(|word| word.starts_with(value)).map(str::to_owned).collect();
    Completion { typed: value, field, words }
}

/// What the last word of a query may become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion<'a> {
    /// The part that is there already.
    pub typed: &'a str,
    /// The field whose value is being typed.
    pub field: Option<&'static str>,
    pub words: Vec<String>,
}
