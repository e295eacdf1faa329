//! The names that queries are written with, those that users of other readers know among them.

/// The fields, as they are printed.
pub const FIELDS: &[&str] = &[
    "tag",
    "topic",
    "story",
    "feed",
    "folder",
    "author",
    "lang",
    "title",
    "body",
    "url",
    "is",
    "has",
    "words",
    "newer",
    "older",
    "syncedafter",
    "syncedbefore",
    "mdate",
    "userdate",
    "search",
    "sort",
    "limit",
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
    ("category", "folder"),
    ("label", "tag"),
    ("tags", "tag"),
    ("language", "lang"),
    ("by", "author"),
    ("after", "newer"),
    ("since", "newer"),
    ("before", "older"),
    ("until", "older"),
    ("order", "sort"),
    ("feedurl", "feed"),
    ("feedweburl", "feed"),
    ("summary", "body"),
    // What stands for several fields, or for none of kabar's.
    ("all", "all"),
    ("date", "date"),
    ("pubdate", "date"),
    ("labels", "labels"),
    ("s", "search"),
    ("l", "l"),
    ("c", "c"),
    ("e", "e"),
];

/// What other readers write as one word and kabar with its field. Beside words that are looked for it is such a word, too.
const SPOKEN: &[(&str, &str, &str)] = &[
    ("unread", "is", "unread"),
    ("read", "is", "read"),
    ("starred", "is", "starred"),
    ("saved", "is", "starred"),
    ("marked", "is", "starred"),
    ("unmarked", "is", "unstarred"),
    ("tagged", "has", "tag"),
    ("today", "newer", "today"),
];

/// The field and the value that a word of another reader stands for.
pub(super) fn spoken(word: &str) -> Option<(&'static str, &'static str)> {
    SPOKEN.iter().find(|(spoken, ..)| *spoken == word).map(|(_, field, value)| (*field, *value))
}

/// How kabar writes what other readers write as this word, where it takes the word alone for a text.
#[must_use]
pub fn written(word: &str) -> Option<String> {
    spoken(word).filter(|_| !BARE_STATES.contains(&word)).map(|(field, value)| format!("{field}:{value}"))
}

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
        /// Any tag, whoever gave it.
        Tag = "tag",
        /// It was edited after it was published.
        Revision = "revision" | "edited",
    }
);

words!(
    /// What articles may be put in order by.
    Key {
        /// The newest first.
        Date = "date",
        /// What came last first.
        Synced = "synced",
        Title = "title",
        Author = "author",
        Feed = "feed",
    }
);

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sort {
    /// The newest first.
    Date,
    Relevance,
    By(Keys),
}

/// Keys as eilmeldung's users name them, the first first, each with whether it is the other way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Keys([Option<(Key, bool)>; Key::ALL.len()]);

impl Keys {
    pub fn in_order(&self) -> impl Iterator<Item = (Key, bool)> {
        self.0.into_iter().flatten()
    }
}

impl Sort {
    /// The words for orders.
    pub const WORDS: &[&str] = &["date", "relevance", "synced", "title", "author", "feed"];

    /// `date`, `relevance`, or keys: `>date`, `<feed >date title`. A key is named once.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.trim() == "relevance" {
            return Some(Self::Relevance);
        }
        let (mut keys, mut number, mut left) = (Keys([None; Key::ALL.len()]), 0, text.trim());
        while !left.is_empty() {
            let word = left.trim_start_matches(['<', '>']);
            let signs = left.get(..left.len() - word.len())?;
            let word = word.trim_start();
            let end = word.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(word.len());
            let key = Key::parse(word.get(..end)?).filter(|_| signs.len() <= 1)?;
            if keys.in_order().any(|(known, _)| known == key) {
                return None;
            }
            *keys.0.get_mut(number)? = Some((key, signs == ">"));
            (number, left) = (number + 1, word.get(end..)?.trim_start());
        }
        match keys.in_order().collect::<Vec<_>>()[..] {
            [] => None,
            [(Key::Date, false)] => Some(Self::Date),
            _ => Some(Self::By(keys)),
        }
    }
}

impl std::fmt::Display for Sort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Date => f.write_str("date"),
            Self::Relevance => f.write_str("relevance"),
            Self::By(keys) => {
                let key =
                    |(key, is_reversed): (Key, bool)| format!("{}{}", if is_reversed { '>' } else { '<' }, key.name());
                f.write_str(&keys.in_order().map(key).collect::<Vec<_>>().join(" "))
            }
        }
    }
}

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
