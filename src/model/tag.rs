//! Tags: what `tag:` matches. One tag has many spellings; [`fold`] says which are the same.

use serde::Serialize;
use unicode_normalization::UnicodeNormalization as _;

/// Who says that an entry has a tag. One tag of one entry may have several sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TagSource {
    /// The item's categories.
    Publisher = 0,
    /// The user, on this article.
    User = 1,
    /// The user, on the whole feed.
    Feed = 2,
    /// A rule of the user's.
    Rule = 3,
    /// The article's page, which says more than the feed.
    Page = 4,
    /// A topic that is followed.
    Topic = 5,
}

impl TagSource {
    #[must_use]
    pub fn from_code(code: i64) -> Self {
        let known = [Self::User, Self::Feed, Self::Rule, Self::Page, Self::Topic];
        let known = known.into_iter().find(|source| *source as i64 == code);
        known.unwrap_or(Self::Publisher)
    }

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Publisher => "publisher",
            Self::User => "user",
            Self::Feed => "feed",
            Self::Rule => "rule",
            Self::Page => "page",
            Self::Topic => "topic",
        }
    }
}

/// A tag with its counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagCount {
    /// The first spelling that was met.
    pub name: String,
    /// What [`fold`] makes of it; unique.
    pub key: String,
    pub articles: u64,
    pub unread: u64,
}

/// The key under which a tag's spellings meet: case, spaces, hyphens, dashes, underscores and a leading `#` do not matter
/// (`Rusia-AS` = `rusia – as` = `#Rusia_AS`), nor does the form of Unicode (`ＡＩ` = `AI`). Empty when nothing is left.
#[must_use]
pub fn fold(name: &str) -> String {
    if name.is_ascii() {
        return fold_title(name);
    }
    // In small letters İ would keep the dot that its capital has.
    let name: String = name.nfkc().map(|c| if c == 'İ' { 'i' } else { c }).collect();
    fold_title(&name)
}

/// The same without a look at the forms of Unicode: articles are known by it.
#[must_use]
pub fn fold_title(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_whitespace() || is_joiner(c) {
            if !key.is_empty() && !key.ends_with('-') {
                key.push('-');
            }
        } else if c == '#' && key.is_empty() {
            // A hash sign is how a tag is written, not part of its name.
        } else {
            key.extend(c.to_lowercase());
        }
    }
    key.truncate(key.trim_end_matches('-').len());
    key
}

fn is_joiner(c: char) -> bool {
    matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_tag_share_a_key() {
        for name in ["Rusia-AS", "rusia-as", "Rusia – AS", "RUSIA_AS", " #Rusia — as ", "rusia  as"] {
            assert_eq!(fold(name), "rusia-as", "{name:?}");
        }
        for (one, other) in [("E\u{301}lections", "élections"), ("ＡＩ規制", "ai規制"), ("İSTANBUL", "istanbul")]
        {
            assert_eq!(fold(one), fold(other), "{one:?}");
        }
    }

    #[test]
    fn what_only_looks_alike_stays_apart() {
        assert_ne!(fold("C#"), fold("C"));
        assert_ne!(fold("C++"), fold("C"));
        assert_eq!(fold(" - "), "");
        assert_eq!(fold("Россия"), "россия");
    }
}
