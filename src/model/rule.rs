//! Rules: what is done by itself with articles that a query describes. Only the user makes them.

use std::fmt::{Display, Formatter};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::feed::FeedId;
use super::query::{Part, Query, State};
use super::tag;

/// Row id of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RuleId(pub i64);

/// What a rule does with an article. As JSON: `"star"`, `{"tag": "Ekonomi"}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RuleAct {
    Tag(String),
    Star,
    Read,
    /// Hides it from every list but that of what is muted.
    Mute,
    Notify,
    /// Fetches the whole article from its page.
    FullText,
    /// Runs a command of the user's, which gets the article as JSON on its input.
    Run(String),
}

impl RuleAct {
    /// The words for what takes no further one.
    const PLAIN: [Self; 5] = [Self::Star, Self::Read, Self::Notify, Self::FullText, Self::Mute];

    /// An act as it is shown; `None` for what is none. A command may have any words.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let rest = rest.trim();
        match word.to_lowercase().as_str() {
            "tag" if !tag::fold(rest).is_empty() => Some(Self::Tag(rest.to_owned())),
            "run" if !rest.is_empty() => Some(Self::Run(rest.to_owned())),
            word if rest.is_empty() => Self::PLAIN.into_iter().find(|act| act.to_string() == word),
            _ => None,
        }
    }

    /// What is done outside the store comes late, and what hides an article last.
    #[must_use]
    pub fn turn(&self) -> u8 {
        match self {
            Self::Tag(_) => 0,
            Self::Star => 1,
            Self::Read => 2,
            Self::Notify => 3,
            Self::FullText => 4,
            Self::Run(_) => 5,
            Self::Mute => 6,
        }
    }
}

impl Display for RuleAct {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Tag(name) => write!(f, "tag {name}"),
            Self::Star => f.write_str("star"),
            Self::Read => f.write_str("read"),
            Self::Mute => f.write_str("mute"),
            Self::Notify => f.write_str("notify"),
            Self::FullText => f.write_str("fulltext"),
            Self::Run(command) => write!(f, "run {command}"),
        }
    }
}

/// Acts as they are shown together.
#[must_use]
pub fn joined(acts: &[RuleAct]) -> String {
    acts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// A rule as it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRule {
    pub name: String,
    pub query: Query,
    /// Only articles of this feed.
    pub feed: Option<FeedId>,
    pub acts: Vec<RuleAct>,
}

impl NewRule {
    /// The query within the feed that the rule is for.
    #[must_use]
    pub fn scope(&self) -> Query {
        match self.feed {
            Some(feed) => Query::Feed(feed.to_string()).and(self.query.clone()),
            None => self.query.clone(),
        }
    }

    /// Whether what an earlier rule does may change what this one is for. What is muted is left alone by all that come later.
    #[must_use]
    pub fn heeds(&self, earlier: &Self) -> bool {
        earlier.acts.contains(&RuleAct::Mute) || self.builds_on(earlier)
    }

    /// Whether this one asks for what an earlier rule does.
    #[must_use]
    pub fn builds_on(&self, earlier: &Self) -> bool {
        let asks_for = |part: &Query, act: &RuleAct| match act {
            // Tags that were made one have several names.
            RuleAct::Tag(_) => matches!(part, Query::Tag(_) | Query::Has(Part::Tag)),
            RuleAct::Star => *part == Query::Is(State::Starred),
            RuleAct::Read => matches!(part, Query::Is(State::Unread | State::Read | State::New)),
            _ => false,
        };
        earlier.acts.iter().any(|act| self.query.asks_for(&|part| asks_for(part, act)))
    }
}

/// A rule that is kept, and in how many articles it has done something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub id: RuleId,
    pub rule: NewRule,
    pub touched: u64,
}

/// That a rule has done something with an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Touch {
    pub rule: String,
    /// As [`RuleAct`] shows it.
    pub act: String,
    pub at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_are_kept_as_the_json_that_scripts_see() {
        let acts = vec![RuleAct::Tag("Ekonomi".into()), RuleAct::Mute, RuleAct::FullText, RuleAct::Run("cat".into())];
        let json = serde_json::to_string(&acts).unwrap();
        assert_eq!(json, r#"[{"tag":"Ekonomi"},"mute","fulltext",{"run":"cat"}]"#);
        assert_eq!(serde_json::from_str::<Vec<RuleAct>>(&json).unwrap(), acts);
    }

    #[test]
    fn an_act_reads_back_as_it_is_shown() {
        let acts = [RuleAct::Tag("Luar Negeri".into()), RuleAct::Run("cat | sort, uniq".into())];
        for act in acts.into_iter().chain(RuleAct::PLAIN) {
            assert_eq!(RuleAct::parse(&act.to_string()), Some(act));
        }
        assert_eq!(RuleAct::parse("  Mute "), Some(RuleAct::Mute));
        for nothing in ["", "tag", "tag -", "run ", "star it", "delete"] {
            assert_eq!(RuleAct::parse(nothing), None, "{nothing}");
        }
    }
}
