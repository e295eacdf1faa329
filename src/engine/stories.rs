//! Stories and topics in the background: what has been indexed is grouped and judged in small steps, each one transaction;
//! what was not done when kabar ended is still on the queue.

use std::collections::{HashMap, HashSet};
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use super::event::EngineEvent;
use super::grouping::{Example, Followed, Grouping, Missing};
use super::search::STRETCH;
use super::{Engine, EngineError, Reader};
use crate::content::cluster::weights;
use crate::content::features::Features;
use crate::content::topics::name::Wanted;
use crate::content::topics::{self, settled};
use crate::model::entry::{EntryId, Headline, RowKey};
use crate::model::query::Query;
use crate::model::story::{Story, StoryId};
use crate::model::topic::{BELONGS, Membership, TopicId, Why};
use crate::platform::clock;
use crate::store::{Featured, Grouped, Span, StoryEdit, ToGroup, Window};

/// Articles grouped in one transaction: an urgent edit waits for that long at most.
const STEP: u32 = 32;
/// Articles of the library judged at once.
const JUDGED: u32 = 500;
/// Of so many articles, the newest, people's company is learned before a topic is judged.
const LEARNED: u32 = 10_000;
/// A new version of the weights groups the articles of so many days anew; what is older stays as it is.
const REGROUPED: i64 = 14;

/// The name under which it is kept whether a story is listed once.
const TELLS_ONCE: &str = "tells-once";
/// A list of so many articles is gone through to count its rows.
const COUNTED: u64 = 20_000;

/// Where an article stands in its story.
#[derive(Debug, Clone, PartialEq)]
pub struct InStory {
    pub size: usize,
    /// None for the first one.
    pub joined: Option<Joined>,
    /// The user has said so.
    pub is_merged: bool,
}

/// How likely an article tells what the one tells that it is most like.
#[derive(Debug, Clone, PartialEq)]
pub struct Joined {
    /// 0 to 1.
    pub likelihood: f32,
    pub title: String,
    pub feed: String,
}

impl Engine {
    /// Groups what is indexed, for no longer than this, and judges the library by new topics; how much is left to group.
    pub async fn group(&self, within: Duration) -> Result<u64, EngineError> {
        let deadline = Instant::now() + within;
        let since = clock::now().as_second() - REGROUPED * 86_400;
        self.store().renew_stories(weights::version(), since).await?;
        self.store().renew_topics(topics::version()).await?;
        loop {
            let step = self.store().to_group(STEP).await?;
            if step.is_empty() {
                break;
            }
            self.group_step(step).await?;
            if Instant::now() >= deadline {
                return Ok(self.store().ungrouped().await?);
            }
        }
        let (topics, naming) = self.store().unjudged().await?;
        for topic in topics {
            self.judge_library(topic).await?;
        }
        // One that names another that names a third is through after as many rounds as there are of them.
        for _ in &naming {
            let mut has_changed = false;
            for topic in &naming {
                has_changed |= self.judge_library(*topic).await?;
            }
            if !has_changed {
                break;
            }
        }
        Ok(0)
    }

    /// Indexes and groups all there is, before something that depends on stories and topics; `told` hears how many
    /// articles are left of the work that is being done.
    pub async fn settle(&self, mut told: impl FnMut(u64)) -> Result<(), EngineError> {
        self.index_all(&mut told).await?;
        loop {
            match self.group(STRETCH).await? {
                0 => return Ok(()),
                left => told(left),
            }
        }
    }

    /// Indexes and groups what has just arrived, for no longer than this, before a list that shows stories and topics.
    pub async fn settle_within(&self, within: Duration) -> Result<(), EngineError> {
        if self.index(within).await? == 0 {
            self.group(within).await?;
        }
        Ok(())
    }

    async fn group_step(&self, step: Vec<ToGroup>) -> Result<(), EngineError> {
        let mut grouping = self.grouping().await?;
        let (Some(first), Some(last)) = (step.first(), step.last()) else { return Ok(()) };
        self.load(&mut grouping, first.article.at, last.article.at).await?;
        let queried = self.queried(&grouping, step.iter().map(|item| item.article.id).collect()).await?;
        let judged = step.iter().filter(|item| item.article.story.is_some()).map(|item| item.article.id);
        grouping.recall(self.store().memberships(judged.collect()).await?);
        let work = move || {
            let grouped = grouping.step(step);
            (grouping, grouped)
        };
        // The runtime is shutting down: what is on the queue stays there.
        let Ok((mut grouping, mut grouped)) = tokio::task::spawn_blocking(work).await else { return Ok(()) };
        grouped.topics.retain(|(topic, id, membership)| {
            membership.is_some() || !queried.iter().any(|(of, found, _)| (of, found) == (topic, id))
        });
        grouped.topics.extend(queried);
        let Grouped { placed, topics } = &grouped;
        let mut ids: Vec<EntryId> = placed.iter().map(|(item, _)| item.article.id).collect();
        ids.extend(topics.iter().map(|(_, id, _)| *id));
        // Where another process was faster, its work is seen at the next step.
        if let Some((stories, generation)) =
            self.store().put_grouped(grouped, grouping.generation, clock::now()).await?
        {
            grouping.settle_numbers(&stories, generation);
            *self.inner.grouping.lock().unwrap_or_else(PoisonError::into_inner) = Some(grouping);
            self.tell(EngineEvent::Grouped { entries: ids });
        }
        Ok(())
    }

    /// What was held in memory, if it still agrees with the store.
    async fn grouping(&self) -> Result<Grouping, EngineError> {
        let generation = self.store().generation().await?;
        let kept = self.inner.grouping.lock().unwrap_or_else(PoisonError::into_inner).take();
        match kept.filter(|kept| kept.generation == generation) {
            Some(kept) => Ok(kept),
            None => Ok(Grouping::new(generation, self.followed().await?)),
        }
    }

    /// Lets go of what grouping holds in memory, and of the stems and tables of the languages that were read: a table is made
    /// anew in some milliseconds.
    pub(super) fn forget_news(&self) {
        self.inner.grouping.lock().unwrap_or_else(PoisonError::into_inner).take();
        *self.inner.reader.lock().unwrap_or_else(PoisonError::into_inner) = Reader::default();
    }

    async fn load(&self, grouping: &mut Grouping, first: i64, last: i64) -> Result<(), EngineError> {
        if let Missing::Stretch(from, to) = grouping.missing(first, last) {
            grouping.load(self.store().featured(from, to).await?);
        }
        Ok(())
    }

    /// The topics, ready to judge by.
    async fn followed(&self) -> Result<Vec<Followed>, EngineError> {
        let mut followed = Vec::new();
        for count in self.store().topics().await? {
            let topic = count.topic;
            let taught: HashMap<EntryId, bool> = topic.taught.iter().copied().collect();
            let known = self.store().features_of(topic.taught.iter().map(|(id, _)| *id).collect()).await?;
            let examples = known.into_iter().filter_map(|Featured { id, story, packed, .. }| {
                let belongs = taught.get(&id).copied().unwrap_or_default();
                Some(Example { id, story, belongs, features: Features::unpack(&packed)? })
            });
            let wanted = {
                let mut reader = self.inner.reader.lock().unwrap_or_else(PoisonError::into_inner);
                let reader = &mut *reader;
                Wanted::of(&topic.name, "id", &mut reader.lexicon, &mut reader.stems)
            };
            let query = topic.query.as_deref().and_then(|query| Query::parse(query).ok());
            followed.push(Followed { id: topic.id, wanted, query, examples: examples.collect() });
        }
        Ok(followed)
    }

    /// What the topics' queries find among these articles.
    async fn queried(
        &self,
        grouping: &Grouping,
        ids: Vec<EntryId>,
    ) -> Result<Vec<(TopicId, EntryId, Option<Membership>)>, EngineError> {
        let mut found = Vec::new();
        for topic in &grouping.topics {
            if let Some(query) = &topic.query {
                let among = self.store().among(query.clone(), ids.clone(), clock::local()).await?;
                let by_query = || Some(Membership { score: 1.0, why: Why::Query });
                found.extend(among.into_iter().map(|id| (topic.id, id, by_query())));
            }
        }
        Ok(found)
    }

    /// Judges every article of the library by a topic; whether others belong to it now.
    async fn judge_library(&self, topic: TopicId) -> Result<bool, EngineError> {
        let mut grouping = self.grouping().await?;
        let now = clock::now().as_second();
        self.load(&mut grouping, now, now).await?;
        grouping.learn(&self.store().features_before(i64::MAX, LEARNED).await?);
        let mut before = i64::MAX;
        let mut belonging: HashMap<EntryId, Membership> = HashMap::new();
        let mut stories: HashMap<StoryId, Vec<(EntryId, Membership)>> = HashMap::new();
        loop {
            let articles = self.store().features_before(before, JUDGED).await?;
            let Some(last) = articles.last() else { break };
            before = last.id.0;
            let ids = articles.iter().map(|article| article.id).collect();
            let work = move || {
                let judged = grouping.judge_archive(topic, &articles);
                (grouping, judged)
            };
            let Ok((back, judged)) = tokio::task::spawn_blocking(work).await else { return Ok(false) };
            grouping = back;
            for (id, story, membership) in judged {
                match story {
                    Some(story) => stories.entry(story).or_default().push((id, membership)),
                    None if membership.score >= BELONGS => drop(belonging.insert(id, membership)),
                    None => {}
                }
            }
            let queried = self.queried(&grouping, ids).await?;
            belonging.extend(
                queried.into_iter().filter(|(of, ..)| *of == topic).filter_map(|(_, id, found)| Some((id, found?))),
            );
        }
        let examples: Vec<StoryId> = grouping
            .topics
            .iter()
            .filter(|followed| followed.id == topic)
            .flat_map(|followed| followed.examples.iter().filter(|example| example.belongs))
            .filter_map(|example| example.story)
            .collect();
        for (story, own) in stories {
            for (id, membership) in settled(own, examples.contains(&story)) {
                if let Some(membership) = membership {
                    belonging.entry(id).or_insert(membership);
                }
            }
        }
        let mut changes: Vec<(TopicId, EntryId, Option<Membership>)> = Vec::new();
        let before = self.store().belonging(topic).await?;
        changes.extend(before.iter().filter(|id| !belonging.contains_key(id)).map(|id| (topic, *id, None)));
        let has_changed = !changes.is_empty() || before.len() != belonging.len();
        changes.extend(belonging.into_iter().map(|(id, membership)| (topic, id, Some(membership))));
        changes.sort_unstable_by_key(|(_, id, _)| *id);
        let mut generation = grouping.generation;
        for part in changes.chunks(STEP as usize * 8) {
            let ids: Vec<EntryId> = part.iter().map(|(_, id, _)| *id).collect();
            // Another change came in between: the topic stays to be judged.
            let Some(next) = self.store().put_topics(part.to_vec(), generation).await? else { return Ok(false) };
            generation = next;
            self.tell(EngineEvent::Grouped { entries: ids });
        }
        self.store().set_judged(topic, generation).await?;
        self.tell(EngineEvent::TopicsChanged);
        Ok(has_changed)
    }

    /// Stories that have an article of the list, those with the newest articles first.
    pub async fn stories(&self, query: Query, limit: Option<u32>) -> Result<Vec<Story>, EngineError> {
        Ok(self.store().stories(query, limit, clock::local()).await?)
    }

    pub async fn story(&self, id: StoryId) -> Result<Option<Story>, EngineError> {
        Ok(self.store().story(id).await?)
    }

    /// Why an article joined its story.
    pub async fn why_in_story(&self, id: EntryId) -> Result<Option<(f32, EntryId)>, EngineError> {
        Ok(self.store().why_in_story(id).await?)
    }

    /// Takes articles out of their story, for good; the story that they are in from now on.
    pub async fn split(&self, entries: Vec<EntryId>) -> Result<Option<StoryEdit>, EngineError> {
        Ok(self.store().split(entries).await?)
    }

    /// Makes one story of those that these articles are in, for good.
    pub async fn merge(&self, entries: Vec<EntryId>) -> Result<Option<StoryEdit>, EngineError> {
        Ok(self.store().merge(entries).await?)
    }

    /// Takes a split or a merge back.
    pub async fn take_back(&self, edit: StoryEdit) -> Result<StoryEdit, EngineError> {
        Ok(self.store().take_back(edit).await?)
    }

    /// Whether lists show of a story only its first article: until the user switches it.
    pub async fn tells_once(&self) -> Result<bool, EngineError> {
        Ok(self.store().preference(TELLS_ONCE).await?.is_none_or(|value| value != "no"))
    }

    pub async fn set_tells_once(&self, is_once: bool) -> Result<(), EngineError> {
        let value = if is_once { "yes" } else { "no" };
        Ok(self.store().set_preference(TELLS_ONCE, value.to_owned()).await?)
    }

    /// At most `limit` rows of a list as the user wants it: each story once, or every article.
    pub async fn listed(&self, query: Query, span: Span, limit: u32) -> Result<Window, EngineError> {
        if self.tells_once().await? {
            self.told(query, span, limit).await
        } else {
            self.articles(query, span, limit).await
        }
    }

    /// How far a list reaches that has so many rows at most: their number, and the last of them.
    pub async fn reach(&self, query: Query, limit: u32) -> Result<(u64, Option<RowKey>), EngineError> {
        self.catch_up(&query).await?;
        let is_once = self.tells_once().await?;
        Ok(self.store().reach(query, is_once, limit, clock::local()).await?)
    }

    /// The same, the best first, all rows at once. Of a story's articles the best is there.
    pub async fn listed_best(&self, query: Query, limit: u32) -> Result<Window, EngineError> {
        let is_once = self.tells_once().await? && !self.expanded(&query).await?.names_story();
        let most = query.limit().unwrap_or(limit).min(limit) as usize;
        let hits = self.rank_all(query, limit, true, |_| {}).await?;
        let mut told = HashSet::new();
        let is_first = |row: &Headline| !is_once || row.story.is_none_or(|story| told.insert(story));
        Ok(Window::whole(hits.into_iter().map(|hit| hit.row).filter(is_first).take(most).collect()))
    }

    /// How many articles a list has, and how many rows where that is soon found out.
    pub async fn count_listed(&self, query: Query) -> Result<(u64, Option<u64>), EngineError> {
        if let Some(limit) = query.limit() {
            let (rows, _) = self.reach(query.clone(), limit).await?;
            // A limit is one of rows. Where it cuts nothing off, they stand for all articles.
            let is_cut = rows >= u64::from(limit);
            let articles = if is_cut { rows } else { self.store().count_articles(query, clock::local()).await? };
            return Ok((articles, Some(rows)));
        }
        let articles = self.count_articles(query.clone()).await?;
        let rows = match self.tells_once().await? {
            false => Some(articles),
            true if articles <= COUNTED => Some(self.store().count_told(query, clock::local()).await?),
            true => None,
        };
        Ok((articles, rows))
    }

    /// Why an article is in its story; `None` for one that is not grouped yet.
    pub(super) async fn in_story(&self, headline: &Headline) -> Result<Option<InStory>, EngineError> {
        if headline.story.is_none() {
            return Ok(None);
        }
        let size = headline.in_story as usize;
        let joined = match self.why_in_story(headline.id).await? {
            Some((likelihood, like)) => {
                let row = self.headlines_by_id(vec![like]).await?.pop();
                row.map(|row| Joined { likelihood, title: row.title, feed: row.feed_title })
            }
            None => None,
        };
        Ok(Some(InStory { size, joined, is_merged: self.store().is_merged(headline.id).await? }))
    }
}
