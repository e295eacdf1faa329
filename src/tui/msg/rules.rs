//! What is asked about rules, and what comes back.

use crate::engine::Trial;
use crate::model::feed::FeedId;
use crate::model::query::Query;
use crate::model::rule::{NewRule, Rule, RuleId};

/// What the update asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum RuleEffect {
    /// The rules there are.
    List,
    /// What the archive has for a query, which was typed so.
    Try {
        typed: String,
        query: Query,
        feed: Option<FeedId>,
    },
    /// Keep a rule, in place of this one.
    Save {
        over: Option<RuleId>,
        rule: NewRule,
    },
    /// Apply the rule of this name to the archive.
    Apply(String),
    Remove(RuleId),
}

/// What comes back.
#[derive(Debug)]
pub enum RuleMsg {
    Listed(Vec<Rule>),
    Tried {
        typed: String,
        trial: Trial,
    },
    /// The rule's name.
    Saved(String),
    /// In how many articles it has changed something.
    Applied(usize),
    Removed,
}
