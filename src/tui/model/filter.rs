//! What the headline list shows: a place, a scope, tags and words, each but the first removable as a chip.

use crate::command::{Match, Scope};
use crate::model::feed::FeedId;
use crate::model::query::{Query, Sort, State, When};
use crate::model::story::StoryId;
use crate::model::topic::TopicId;
use crate::model::view::SavedView;

/// Where the articles come from: a row of the source pane.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum Place {
    #[default]
    All,
    Today,
    Starred,
    View(SavedView),
    /// What is followed, by name.
    Topics(Vec<String>),
    Topic {
        id: TopicId,
        name: String,
    },
    Folder(String),
    Feed(FeedId),
}

impl Place {
    /// Whether it is the same row of the pane, though a view may have been changed.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::View(one), Self::View(other)) => one.id == other.id,
            (Self::Topics(_), Self::Topics(_)) => true,
            (Self::Topic { id, .. }, Self::Topic { id: other, .. }) => id == other,
            (one, other) => one == other,
        }
    }
}

/// A tag that articles must have, or must not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagChip {
    pub name: String,
    pub key: String,
    pub is_excluded: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    pub place: Place,
    pub scope: Scope,
    pub tags: Vec<TagChip>,
    pub matching: Match,
    /// What was typed, and what it means.
    pub words: Option<(String, Query)>,
    /// The order that was chosen, whatever the query asks for. It is kept while there is nothing to rank by.
    pub sort: Option<Sort>,
    /// The story whose articles are listed instead of the place's, and its title.
    pub story: Option<(StoryId, String)>,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            place: Place::All,
            scope: Scope::All,
            tags: Vec::new(),
            matching: Match::All,
            words: None,
            sort: None,
            story: None,
        }
    }
}

impl Filter {
    #[must_use]
    pub fn query(&self) -> Query {
        let query = self.unsorted();
        let Some(sort) = self.chosen_sort() else { return query };
        let mut parts = query.parts().to_vec();
        parts.retain(|part| !matches!(part, Query::Sort(_)));
        parts.extend((sort == Sort::Relevance).then_some(Query::Sort(sort)));
        Query::And(parts)
    }

    /// The order that was chosen, where it is another one than the query's and there are words to rank by.
    #[must_use]
    pub fn chosen_sort(&self) -> Option<Sort> {
        let query = self.unsorted();
        let is_choice = query.has_text() || matches!(query.sort(), Some(Sort::By(_)));
        self.sort.filter(|sort| is_choice && query.sort().unwrap_or(Sort::Date) != *sort)
    }

    /// What the place, the chips and the words ask for.
    fn unsorted(&self) -> Query {
        let mut parts = match (&self.place, &self.story) {
            (_, Some((story, _))) => vec![Query::Story(story.0)],
            (Place::View(view), None) => view.query.parts().to_vec(),
            _ => Vec::new(),
        };
        match &self.place {
            _ if self.story.is_some() => {}
            Place::All | Place::View(_) => {}
            Place::Today => parts.push(Query::Newer(When::Today)),
            Place::Topics(names) => {
                let mut tags: Vec<Query> = names.iter().cloned().map(Query::Tag).collect();
                parts.push(if tags.len() == 1 { tags.remove(0) } else { Query::Or(tags) });
            }
            Place::Topic { name, .. } => parts.push(Query::Tag(name.clone())),
            Place::Starred => parts.push(Query::Is(State::Starred)),
            Place::Folder(name) => parts.push(Query::Folder(name.clone())),
            Place::Feed(id) => parts.push(Query::Feed(id.to_string())),
        }
        match self.scope {
            Scope::All => {}
            Scope::Unread => parts.push(Query::Is(State::Unread)),
            Scope::Starred => parts.push(Query::Is(State::Starred)),
        }
        let (out, wanted): (Vec<_>, Vec<_>) = self.tags.iter().partition(|tag| tag.is_excluded);
        let wanted: Vec<Query> = wanted.into_iter().map(|tag| Query::Tag(tag.name.clone())).collect();
        match self.matching {
            Match::Any if wanted.len() > 1 => parts.push(Query::Or(wanted)),
            Match::Any | Match::All => parts.extend(wanted),
        }
        parts.extend(out.into_iter().map(|tag| Query::Not(Box::new(Query::Tag(tag.name.clone())))));
        let query = Query::And(parts);
        match &self.words {
            Some((_, words)) => query.and(words.clone()),
            None => query,
        }
    }

    /// Removes the chip that was added last, a story's apart; false when there is none.
    pub fn remove_chip(&mut self) -> bool {
        if self.chosen_sort().is_some() {
            self.sort = None;
            return true;
        }
        if self.words.take().is_some() || self.tags.pop().is_some() {
            return true;
        }
        let had_scope = self.scope != Scope::All;
        self.scope = Scope::All;
        had_scope
    }

    /// Ticks or unticks a tag.
    pub fn toggle_tag(&mut self, name: &str, key: &str, is_excluded: bool) {
        let existing = self.tags.iter().position(|tag| tag.key == key);
        match existing.map(|n| self.tags.remove(n)) {
            Some(tag) if tag.is_excluded == is_excluded => {}
            _ => self.tags.push(TagChip { name: name.to_owned(), key: key.to_owned(), is_excluded }),
        }
    }

    /// Whether anything but the place says what is listed, and how.
    #[must_use]
    pub fn has_chips(&self) -> bool {
        let is_narrowed = self.words.is_some() || !self.tags.is_empty() || self.scope != Scope::All;
        self.story.is_some() || is_narrowed || self.chosen_sort().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_reads_as_a_query() {
        let mut filter = Filter { place: Place::Feed(FeedId(7)), scope: Scope::Unread, ..Filter::default() };
        filter.toggle_tag("Rusia-AS", "rusia-as", false);
        filter.toggle_tag("olahraga", "olahraga", true);
        assert_eq!(filter.query().to_string(), "feed:7 is:unread tag:Rusia-AS -tag:olahraga");
        filter.toggle_tag("Ukraina", "ukraina", false);
        filter.matching = Match::Any;
        assert_eq!(filter.query().to_string(), "feed:7 is:unread (tag:Rusia-AS OR tag:Ukraina) -tag:olahraga");
    }

    #[test]
    fn chips_go_one_at_a_time_the_last_first() {
        let mut filter = Filter { scope: Scope::Unread, ..Filter::default() };
        filter.toggle_tag("a", "a", false);
        filter.toggle_tag("b", "b", false);
        let mut seen = Vec::new();
        while filter.remove_chip() {
            seen.push(filter.query().to_string());
        }
        assert_eq!(seen, ["is:unread tag:a", "is:unread", "()"]);
    }

    #[test]
    fn an_order_is_chosen_where_there_are_words_to_rank_by() {
        let words = |text: &str| Some((text.to_owned(), Query::parse(text).unwrap()));
        let filter = |text, sort| Filter { words: words(text), sort, ..Filter::default() };
        for (text, sort, asked, is_chip) in [
            ("banjir", None, "banjir", false),
            ("banjir", Some(Sort::Relevance), "banjir sort:relevance", true),
            ("banjir", Some(Sort::Date), "banjir", false),
            ("banjir sort:relevance", Some(Sort::Date), "banjir", true),
            ("banjir sort:relevance", Some(Sort::Relevance), "banjir sort:relevance", false),
            ("tag:banjir", Some(Sort::Relevance), "tag:banjir", false),
        ] {
            let mut filter = filter(text, sort);
            assert_eq!((filter.query().to_string().as_str(), filter.chosen_sort().is_some()), (asked, is_chip));
            assert!(filter.remove_chip() && filter.words.is_some() == is_chip, "{text}: the order goes first");
        }
    }

    #[test]
    fn ticking_twice_unticks_and_excluding_replaces() {
        let mut filter = Filter::default();
        filter.toggle_tag("a", "a", false);
        filter.toggle_tag("a", "a", true);
        assert_eq!(filter.query().to_string(), "(-tag:a)".trim_matches(['(', ')']));
        filter.toggle_tag("a", "a", true);
        assert!(!filter.has_chips());
    }
}
