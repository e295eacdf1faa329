//! A topic's page: what was told of it, story by story, who told it, and what only one of them says.

use std::collections::HashMap;
use std::sync::PoisonError;

use jiff::Timestamp;

use super::{Engine, EngineError, Reader};
use crate::content::features::alone::alone;
use crate::content::{language, text};
use crate::model::entry::{EntryId, Headline};
use crate::model::query::Query;
use crate::model::story::StoryId;
use crate::model::terms::Text;
use crate::model::topic::TopicId;
use crate::store::Span;

/// Articles on a page, the newest.
const ARTICLES: u32 = 200;
/// Stories whose articles are compared, and articles of one.
const COMPARED: (usize, usize) = (30, 12);

/// A topic over time, the newest story first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicPage {
    pub topic: TopicId,
    pub name: String,
    /// When it was last looked at.
    pub looked: Option<Timestamp>,
    pub stories: Vec<TopicStory>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicStory {
    /// The place of its newest article in the list.
    pub at: Timestamp,
    /// The newest first.
    pub articles: Vec<Told>,
}

/// An article of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub id: EntryId,
    pub outlet: String,
    /// ISO 639; empty when unknown.
    pub language: String,
    pub title: String,
    pub read: bool,
    /// It came since the page was last looked at.
    pub is_new: bool,
    /// A sentence with facts that no other article of the story has.
    pub only: Option<String>,
}

impl Engine {
    /// The page of a topic as it is now; from now on it has been looked at. `None` for one that is not followed.
    pub async fn topic_page(&self, topic: TopicId) -> Result<Option<TopicPage>, EngineError> {
        let Some(row) = self.topic_rows().await?.into_iter().find(|row| row.id == topic) else { return Ok(None) };
        let rows = self.articles(Query::Tag(row.name.clone()), Span::Top, ARTICLES).await?.rows;
        let looked = self.store().look_at(topic, self.now()).await?;
        let mut stories: Vec<(Option<StoryId>, Vec<Headline>)> = Vec::new();
        let mut places: HashMap<StoryId, usize> = HashMap::new();
        for row in rows {
            match row.story.and_then(|story| places.get(&story)) {
                Some(nth) => stories[*nth].1.push(row),
                None => {
                    places.extend(row.story.map(|story| (story, stories.len())));
                    stories.push((row.story, vec![row]));
                }
            }
        }
        let mut page = TopicPage { topic, name: row.name, looked, stories: Vec::new() };
        for (nth, (_, rows)) in stories.into_iter().enumerate() {
            let only = if nth < COMPARED.0 { self.only(&rows).await? } else { Vec::new() };
            let mut only = only.into_iter();
            let at = rows.first().map_or(Timestamp::UNIX_EPOCH, |row| row.at);
            let told = rows.into_iter().map(|row| Told {
                id: row.id,
                is_new: looked.is_some_and(|looked| row.received > looked),
                outlet: row.feed_title,
                language: language::of(row.language.as_deref(), &format!("{} {}", row.title, row.summary))
                    .unwrap_or_default(),
                title: row.title,
                read: row.read,
                only: only.next().flatten(),
            });
            page.stories.push(TopicStory { at, articles: told.collect() });
        }
        Ok(Some(page))
    }

    /// What only one of these articles says, where several outlets tell.
    async fn only(&self, rows: &[Headline]) -> Result<Vec<Option<String>>, EngineError> {
        if rows.len() < 2 || rows.iter().all(|row| row.feed == rows[0].feed) {
            return Ok(Vec::new());
        }
        let mut articles = Vec::new();
        for row in rows.iter().take(COMPARED.1) {
            let html = self.entry(row.id).await?.map(|entry| entry.html).unwrap_or_default();
            let body = text::plain(&html);
            let language = language::of(row.language.as_deref(), &format!("{} {body}", row.title)).unwrap_or_default();
            articles.push((row.title.clone(), body, language));
        }
        let engine = self.clone();
        let compare = move || {
            let texts: Vec<Text<'_>> =
                articles.iter().map(|(title, body, language)| Text { title, body, language }).collect();
            let mut reader = engine.inner.reader.lock().unwrap_or_else(PoisonError::into_inner);
            let Reader { stems, lexicon } = &mut *reader;
            alone(&texts, lexicon, stems)
        };
        // The runtime is shutting down.
        Ok(tokio::task::spawn_blocking(compare).await.unwrap_or_default())
    }
}
