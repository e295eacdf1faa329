//! Topics as the user handles them: followed, taught, dropped, and proposed from what is told of just now.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::PoisonError;

use super::{Engine, EngineError, EngineEvent, Reader};
use crate::content::features::subjects::subjects;
use crate::content::features::{hash, says_nothing};
use crate::content::{language, text};
use crate::model::entry::{EntryId, Headline};
use crate::model::query::{self, Query, Unit, When, Within};
use crate::model::story::{Story, StoryId};
use crate::model::terms::stem::Stems;
use crate::model::terms::{self, Form, Text};
use crate::model::topic::{Membership, TopicCount, TopicId, TopicRow, Why};
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

/// What a topic says of an article.
#[derive(Debug, Clone, PartialEq)]
pub struct Belonging {
    pub topic: TopicId,
    pub name: String,
    /// None for an article that does not belong to it.
    pub membership: Option<Membership>,
    /// What the user has said.
    pub said: Option<bool>,
    /// The title of the example that it is like.
    pub like: Option<String>,
}

/// Stories that are looked at for proposals.
const STORIES: u32 = 200;
/// Words of an article that say what it is about.
const TOLD: usize = 800;
/// Proposals.
const PROPOSED: usize = 12;

impl Engine {
    /// The topics that are followed, by name.
    pub async fn topics(&self) -> Result<Vec<TopicCount>, EngineError> {
        Ok(self.store().topics().await?)
    }

    /// The topics as the interface lists them.
    pub async fn topic_rows(&self) -> Result<Vec<TopicRow>, EngineError> {
        Ok(self.store().topic_rows().await?)
    }

    /// Follows a topic, or adds to one that is followed. `None` when its name has no letter.
    pub async fn follow_topic(
        &self,
        name: String,
        query: Option<String>,
        taught: Vec<(EntryId, bool)>,
    ) -> Result<Option<TopicId>, EngineError> {
        let topic = self.store().follow(name, query, taught).await?;
        self.tell(EngineEvent::TopicsChanged);
        Ok(topic)
    }

    /// The topic of this name.
    pub async fn topic(&self, name: String) -> Result<Option<TopicId>, EngineError> {
        Ok(self.store().topic(name).await?)
    }

    /// What the user says of articles: they belong to the topic, or do not.
    pub async fn teach(&self, topic: TopicId, taught: Vec<(EntryId, bool)>) -> Result<(), EngineError> {
        self.store().teach(topic, taught).await?;
        self.tell(EngineEvent::TopicsChanged);
        Ok(())
    }

    /// Takes back what the user said of an article, which belongs to the topic again as it did before.
    pub async fn unteach(&self, topic: TopicId, id: EntryId, before: Option<Membership>) -> Result<(), EngineError> {
        self.store().unteach(topic, id, before).await?;
        self.tell(EngineEvent::TopicsChanged);
        Ok(())
    }

    pub async fn unfollow(&self, topic: TopicId) -> Result<(), EngineError> {
        self.store().unfollow(topic).await?;
        self.tell(EngineEvent::TopicsChanged);
        Ok(())
    }

    /// The topics that an article belongs to, and why.
    pub async fn topics_of(&self, id: EntryId) -> Result<Vec<(String, Membership)>, EngineError> {
        Ok(self.store().topics_of(id).await?)
    }

    /// What each topic says of an article.
    pub(super) async fn belongings(&self, id: EntryId) -> Result<Vec<Belonging>, EngineError> {
        let known = self.topics_of(id).await?;
        let said = self.store().said_of(id).await?;
        let mut belongings = Vec::new();
        for row in self.topic_rows().await? {
            let membership = known.iter().find(|(name, _)| *name == row.name).map(|(_, membership)| membership.clone());
            let like = match &membership {
                Some(Membership { why: Why::Like(id), .. }) => self.headlines_by_id(vec![*id]).await?.pop(),
                _ => None,
            };
            belongings.push(Belonging {
                topic: row.id,
                name: row.name,
                membership,
                said: said.iter().find(|(topic, _)| *topic == row.id).map(|(_, said)| *said),
                like: like.map(|row| row.title),
            });
        }
        // Those that it belongs to come first.
        belongings.sort_by_key(|one: &Belonging| one.membership.is_none());
        Ok(belongings)
    }

    /// What an article is about, by the names that one might follow it by, in the reader's language.
    pub async fn subjects(&self, id: EntryId, reader: &'static str) -> Result<Vec<String>, EngineError> {
        let Some(entry) = self.entry(id).await? else { return Ok(Vec::new()) };
        let engine = self.clone();
        let read = move || {
            let Headline { title, language, .. } = &entry.headline;
            let body = text::plain(&entry.html);
            let language = language::of(language.as_deref(), &format!("{title} {body}")).unwrap_or_default();
            let text = Text { title, body: &body, language: &language };
            let mut reader_of = engine.inner.reader.lock().unwrap_or_else(PoisonError::into_inner);
            let Reader { stems, lexicon } = &mut *reader_of;
            let terms = terms::read(&text, TOLD, stems);
            subjects(&text, &terms, &lexicon.table(&language, stems), reader)
        };
        // The runtime is shutting down.
        Ok(tokio::task::spawn_blocking(read).await.unwrap_or_default())
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
                Query::Text(Within::Title, query::Text::Phrase(phrase.clone())),
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
    let words = terms::read(&Text { title, body: "", language }, 64, stems).words;
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
