//! Followed topics: what a reader wants to hear of, and why an article belongs to one.

use serde::{Deserialize, Serialize};

use super::entry::EntryId;

/// Row id of a topic in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TopicId(pub i64);

/// From this score on an article belongs to a topic.
pub const BELONGS: f32 = 0.5;

/// A topic that is followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    pub id: TopicId,
    /// As the reader wrote it.
    pub name: String,
    /// What belongs to it beside what its name says.
    pub query: Option<String>,
    /// What the reader said of articles: they belong to it, or do not.
    pub taught: Vec<(EntryId, bool)>,
}

/// A topic with its counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicCount {
    pub topic: Topic,
    pub articles: u64,
    pub unread: u64,
}

/// A topic as a list of places shows it: with what its tag counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicRow {
    pub id: TopicId,
    pub name: String,
    /// The key of its tag.
    pub key: String,
    pub articles: u64,
    pub unread: u64,
    /// The whole library has been judged by it; until then more may come.
    pub is_judged: bool,
}

/// A part of a topic's name that was met in an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// A country's code, a concept's key or a word.
    pub of: String,
    pub in_title: bool,
    /// A person stands for the country.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_implied: bool,
}

/// Why an article belongs to a topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Why {
    /// The reader said so.
    Taught,
    /// The topic's query finds it.
    Query,
    /// It tells of what the name says.
    Name(Vec<Evidence>),
    /// Its story belongs to it.
    Story,
    /// It is like what the reader gave as an example.
    Like(EntryId),
}

/// An article's place in a topic.
#[derive(Debug, Clone, PartialEq)]
pub struct Membership {
    /// 0 to 1.
    pub score: f32,
    pub why: Why,
}
