//! What is asked about topics and stories, and what comes back.

use super::Origin;
use crate::engine::{Suggestion, TopicPage};
use crate::model::entry::EntryId;
use crate::model::topic::{TopicId, TopicRow};
use crate::store::StoryEdit;
use crate::tui::model::Lesson;

/// What the update asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum TopicEffect {
    /// The topics with their counts.
    Load,
    /// Follow a topic; these articles belong to it.
    Follow {
        name: String,
        examples: Vec<EntryId>,
        origin: Origin,
    },
    Unfollow {
        topic: TopicId,
        name: String,
    },
    /// An article belongs to a topic, or does not; taken back with [`Origin::Undo`].
    Teach {
        lesson: Lesson,
        origin: Origin,
    },
    /// What many tell of just now.
    Suggest,
    /// Take articles out of their story.
    Split(Vec<EntryId>),
    /// Make one story of those of these articles.
    Merge(Vec<EntryId>),
    TakeBack {
        edit: StoryEdit,
        origin: Origin,
    },
    /// List each story once, or every article.
    ToggleStories,
    /// What was told of a topic.
    Page(TopicId),
    /// What an article is about.
    Subjects {
        id: EntryId,
        language: &'static str,
    },
}

/// What came of it.
#[derive(Debug)]
pub enum TopicMsg {
    Rows(Vec<TopicRow>),
    /// `topic` is none where the name has no letter; `is_new`: it was not followed before.
    Followed {
        topic: Option<TopicId>,
        name: String,
        examples: Vec<EntryId>,
        is_new: bool,
        origin: Origin,
    },
    Unfollowed(String),
    Taught {
        lesson: Lesson,
        origin: Origin,
    },
    /// None for one that is followed no longer.
    Page(TopicId, Option<Box<TopicPage>>),
    Suggested(Vec<Suggestion>),
    Regrouped {
        edit: Option<StoryEdit>,
        origin: Origin,
    },
    StoriesToggled(bool),
    Subjects {
        id: EntryId,
        names: Vec<String>,
    },
}
