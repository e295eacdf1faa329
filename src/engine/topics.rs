//! Topics as the user handles them: followed, taught, dropped, and proposed from what is told of just now.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Engine, EngineError};
use crate::content::features::{hash, says_nothing};
use crate::model::entry::{EntryId, Headline};
use crate::model::query::{Query, Text, Unit, When, Within};
use crate::model::story::{Story, StoryId};
use crate::model::terms::stem::Stems;
use crate::model::terms::{self, Form};
use crate::model::topic::{Membership, TopicCount, TopicId};
use crate::platform::clock;

/// A topic that one might follow: a story that many tell, by its most telling phrase.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    pub name: String,
    pub story: StoryId,
    pub title: String,
    pub articles: usize,
    pub outlets: usize,
    pub languages: usize,
}

/// Stories that are looked at for proposals.
const STORIES: u32 = 200;
/// Proposals.
const PROPOSED: usize = 12;

impl Engine {
    /// The topics that are followed, by name.
    pub async fn topics(&self) -> Result<Vec<TopicCount>, EngineError> {
        Ok(self.store().topics().await?)
    }

    /// Follows a topic, or adds to one that is followed. `None` when its name has no letter.
    pub async fn follow_topic(
        &self,
        name: String,
        query: Option<String>,
        taught: Vec<(EntryId, bool)>,
    ) -> Result<Option<TopicId>, EngineError> {
        Ok(self.store().follow(name, query, taught).await?)
    }

    /// The topic of this name.
    pub async fn topic(&self, name: String) -> Result<Option<TopicId>, EngineError> {
        Ok(self.store().topic(name).await?)
    }

    /// What the user says of articles: they belong to the topic, or do not.
    pub async fn teach(&self, topic: TopicId, taught: Vec<(EntryId, bool)>) -> Result<(), EngineError> {
        Ok(self.store().teach(topic, taught).await?)
    }

    pub async fn unfollow(&self, topic: TopicId) -> Result<(), EngineError> {
        Ok(self.store().unfollow(topic).await?)
    }

    /// The topics that an article belongs to, and why.
    pub async fn topics_of(&self, id: EntryId) -> Result<Vec<(String, Membership)>, EngineError> {
        Ok(self.store().topics_of(id).await?)
    }

    /// What the most outlets and languages tell of in the last day, each by the phrase that its titles say more than the days
    /// before did.
    pub async fn suggestions(&self) -> Result<Vec<Suggestion>, EngineError> {
        let day = Query::Newer(When::Ago(24, Unit::Hours));
        let mut told = Vec::new();
        for story in self.stories(day, Some(STORIES)).await? {
            if story.articles.len() < 2 {
                continue;
            }
            let rows = self.headlines_by_id(story.articles.clone()).await?;
            let outlets: BTreeSet<i64> = rows.iter().map(|row| row.feed.0).collect();
            let languages: BTreeSet<&str> = rows.iter().filter_map(|row| row.language.as_deref()).collect();
            if outlets.len() >= 2 {
                told.push((outlets.len(), languages.len(), story, rows));
            }
        }
        told.sort_by_key(|(outlets, languages, story, _)| std::cmp::Reverse((outlets + 2 * languages, story.last)));
        let followed: BTreeSet<String> =
            self.topics().await?.into_iter().map(|count| crate::model::tag::fold(&count.topic.name)).collect();
        let mut suggestions: Vec<Suggestion> = Vec::new();
        for (outlets, languages, Story { id, title, articles, .. }, rows) in told {
            let Some(name) = self.phrase(&rows).await? else { continue };
            let key = crate::model::tag::fold(&name);
            if followed.contains(&key) || suggestions.iter().any(|other| crate::model::tag::fold(&other.name) == key) {
                continue;
            }
            suggestions.push(Suggestion { name, story: id, title, articles: articles.len(), outlets, languages });
            if suggestions.len() == PROPOSED {
                break;
            }
        }
        Ok(suggestions)
    }

    /// The phrase of these titles that the library says least beside.
    async fn phrase(&self, rows: &[Headline]) -> Result<Option<String>, EngineError> {
        let mut stems = Stems::default();
        let mut said: HashMap<u32, (String, BTreeSet<EntryId>)> = HashMap::new();
        for row in rows {
            for phrase in phrases(&row.title, row.language.as_deref().unwrap_or_default(), &mut stems) {
                let (_, by) = said.entry(hash(&phrase.to_lowercase())).or_insert((phrase, BTreeSet::new()));
                by.insert(row.id);
            }
        }
        let mut said: Vec<(String, usize)> = said.into_values().map(|(phrase, by)| (phrase, by.len())).collect();
        // What the most titles say; among those the longest.
        said.sort_by(|a, b| (b.1, b.0.len(), &a.0).cmp(&(a.1, a.0.len(), &b.0)));
        said.truncate(6);
        let mut best: BTreeMap<i64, String> = BTreeMap::new();
        for (phrase, by) in said {
            let elsewhere = Query::And(vec![
                Query::Text(Within::Title, Text::Phrase(phrase.clone())),
                Query::Older(When::Ago(24, Unit::Hours)),
                Query::Newer(When::Ago(8, Unit::Days)),
            ]);
            let before = self.store().count(elsewhere, clock::local()).await?;
            let burst = by as f64 / (1.0 + before as f64 / 7.0);
            best.entry(-(burst * 1000.0) as i64).or_insert(phrase);
        }
        Ok(best.into_values().next())
    }
}

/// The words of a title that may name a topic, alone and with the next one.
fn phrases(title: &str, language: &str, stems: &mut Stems) -> Vec<String> {
    let words = terms::read(&terms::Text { title, body: "", language }, 64, stems).words;
    let is_telling = |word: &terms::Word| {
        !matches!(word.form, Form::Number | Form::Pair)
            && word.surface.chars().count() > 2
            && !says_nothing(&word.surface, language)
    };
    let mut found = Vec::new();
    for (nth, word) in words.iter().enumerate().filter(|(_, word)| is_telling(word)) {
        found.extend(title.get(word.at.clone()).map(str::to_owned));
        if let Some(next) = words.get(nth + 1).filter(|next| is_telling(next))
            && title.get(word.at.end..next.at.start) == Some(" ")
        {
            found.extend(title.get(word.at.start..next.at.end).map(str::to_owned));
        }
    }
    found
}
