//! What grouping holds in memory: the articles of the days around those that stream in, and the topics they are judged by.
//! Values in, decisions out; `engine::stories` reads and writes the store around it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::content::cluster::compare::Profile;
use crate::content::cluster::weights::Weights;
use crate::content::cluster::{Placed, SPAN, Said, Window};
use crate::content::features::Features;
use crate::content::features::lexicon::{self, Place};
use crate::content::topics::name::Wanted;
use crate::content::topics::{Company, Judge, Likeness, Rules, likeness, settled};
use crate::model::entry::EntryId;
use crate::model::query::Query;
use crate::model::story::StoryId;
use crate::model::topic::{BELONGS, Membership, TopicId, Why};
use crate::store::{Featured, Goes, Grouped, ToGroup};

/// A topic, ready to judge by.
#[derive(Debug)]
pub(super) struct Followed {
    pub id: TopicId,
    pub wanted: Wanted,
    pub query: Option<Query>,
    /// What was taught: the article, its story, whether it belongs.
    pub examples: Vec<Example>,
}

#[derive(Debug)]
pub(super) struct Example {
    pub id: EntryId,
    pub story: Option<StoryId>,
    pub belongs: bool,
    pub features: Features,
}

/// What an article alone says of each topic.
type Own = Vec<Membership>;

#[derive(Debug)]
pub(super) struct Grouping {
    /// The store's generation that this agrees with.
    pub generation: i64,
    pub topics: Vec<Followed>,
    window: Window<EntryId>,
    /// The stretch of time whose articles are here.
    span: Option<(i64, i64)>,
    company: Company,
    offices: HashMap<u32, Place>,
    related: HashMap<u32, Vec<(u32, f32)>>,
    rules: Rules,
    own: HashMap<EntryId, Own>,
    stories: BTreeMap<i64, BTreeSet<EntryId>>,
    belongs: HashMap<(TopicId, EntryId), bool>,
}

/// Which articles are needed beside those that are here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Missing {
    Nothing,
    Stretch(i64, i64),
}

impl Grouping {
    pub fn new(generation: i64, topics: Vec<Followed>) -> Self {
        Self {
            generation,
            topics,
            window: Window::new(Weights::default()),
            span: None,
            company: Company::default(),
            offices: lexicon::offices(),
            related: lexicon::related(),
            rules: Rules::default(),
            own: HashMap::new(),
            stories: BTreeMap::new(),
            belongs: HashMap::new(),
        }
    }

    /// Makes room for articles between two moments, and says which others are to be loaded for them.
    pub fn missing(&mut self, first: i64, last: i64) -> Missing {
        let (from, to) = (first - SPAN, last + SPAN + 1);
        match self.span {
            Some((start, end)) if start <= from && first <= end => {
                self.expire(from);
                self.span = Some((from, end.max(to)));
                if to > end { Missing::Stretch(end, to) } else { Missing::Nothing }
            }
            _ => {
                self.window = Window::new(Weights::default());
                self.own.clear();
                self.stories.clear();
                self.belongs.clear();
                self.span = Some((from, to));
                Missing::Stretch(from, to)
            }
        }
    }

    fn expire(&mut self, before: i64) {
        self.window.expire(before);
        let window = &self.window;
        self.own.retain(|id, _| window.profile_of(*id).is_some());
        self.belongs.retain(|(_, id), _| window.profile_of(*id).is_some());
        self.stories.retain(|_, members| {
            members.retain(|id| window.profile_of(*id).is_some());
            !members.is_empty()
        });
    }

    /// Takes in articles that have their story.
    pub fn load(&mut self, articles: Vec<Featured>) {
        for Featured { id, at, story, packed } in articles {
            if let (Some(story), Some(features)) = (story, Features::unpack(&packed)) {
                self.take_in(id, at, story.0, &features);
            }
        }
    }

    /// Which of the articles that are judged again have belonged to topics.
    pub fn recall(&mut self, memberships: Vec<(TopicId, EntryId)>) {
        for membership in memberships {
            self.belongs.entry(membership).or_insert(true);
        }
    }

    fn take_in(&mut self, id: EntryId, at: i64, story: i64, features: &Features) {
        self.company.learn(features);
        let profile = self.window.profile(features, at);
        self.own.insert(id, self.judge(features, &profile, Some(StoryId(story))));
        self.window.insert(id, profile, story);
        self.stories.entry(story).or_default().insert(id);
    }

    /// What an article alone says of each topic.
    fn judge(&self, features: &Features, profile: &Profile, story: Option<StoryId>) -> Own {
        self.topics.iter().map(|topic| self.judge_by(topic, features, profile, story)).collect()
    }

    fn judge_by(&self, topic: &Followed, features: &Features, profile: &Profile, story: Option<StoryId>) -> Membership {
        let judge =
            Judge { rules: &self.rules, company: &self.company, offices: &self.offices, related: &self.related };
        // An example's own story needs no likeness: it belongs as a story.
        let others = topic.examples.iter().filter(|example| story.is_none() || example.story != story);
        let others: Vec<(EntryId, bool, Profile)> = others
            .map(|one| (one.id, one.belongs, Profile::new(&one.features, 0, self.window.frequencies())))
            .collect();
        let said = |belongs: bool| -> Vec<&Profile> {
            others.iter().filter(|(_, said, _)| *said == belongs).map(|(.., profile)| profile).collect()
        };
        let (yes, no) = (Likeness::to(profile, &said(true)), Likeness::to(profile, &said(false)));
        let like = Likeness { best: yes.best - no.best, common: yes.common - no.common };
        let membership = judge.member(&topic.wanted, features, like);
        let by_name = judge.member(&topic.wanted, features, Likeness::default());
        let nearest = others
            .iter()
            .filter(|(_, belongs, _)| *belongs)
            .max_by(|a, b| likeness(profile, &a.2).total_cmp(&likeness(profile, &b.2)));
        match nearest {
            Some(&(id, ..)) if membership.score >= BELONGS && by_name.score < BELONGS => {
                Membership { why: Why::Like(id), ..membership }
            }
            _ => membership,
        }
    }

    /// Finds the stories of these articles, and what follows for topics.
    pub fn step(&mut self, step: Vec<ToGroup>) -> Grouped {
        let mut grouped = Grouped::default();
        let mut touched = BTreeSet::new();
        for item in step {
            let article = &item.article;
            let Some(features) = Features::unpack(&article.packed) else {
                grouped.placed.push((item, Goes::First));
                continue;
            };
            let (id, at) = (article.id, article.at);
            let (story, goes) = match article.story {
                Some(story) => (story.0, Goes::Stays(story)),
                None => self.place(&item, &features),
            };
            self.take_in(id, at, story, &features);
            touched.insert(story);
            grouped.placed.push((item, goes));
        }
        for story in touched {
            self.settle(story, &mut grouped.topics);
        }
        grouped
    }

    fn place(&self, item: &ToGroup, features: &Features) -> (i64, Goes) {
        let said = Said { with: item.with.clone(), without: item.without.clone() };
        let profile = self.window.profile(features, item.article.at);
        // What it is to be with may be too far away in time to be here.
        if let Some((story, like)) = item.story_of_with
            && !item.with.iter().any(|id| self.window.profile_of(*id).is_some())
        {
            return (story.0, Goes::To { story, likelihood: 1.0, like });
        }
        match self.window.place(&profile, &said) {
            // A story that begins in this step goes by its first article until it has a number.
            Placed::Joins { story, likelihood, .. } if story < 0 => {
                (story, Goes::With { article: EntryId(-story), likelihood })
            }
            Placed::Joins { story, likelihood, like } => (story, Goes::To { story: StoryId(story), likelihood, like }),
            Placed::Begins => (-item.article.id.0, Goes::First),
        }
    }

    /// What belongs to a topic of a story's articles: those that say so themselves, and all when most of the story does.
    fn settle(&mut self, story: i64, changes: &mut Vec<(TopicId, EntryId, Option<Membership>)>) {
        let Some(members) = self.stories.get(&story) else { return };
        let own: Vec<(EntryId, &Own)> = members.iter().filter_map(|id| Some((*id, self.own.get(id)?))).collect();
        let mut found = Vec::new();
        for (nth, topic) in self.topics.iter().enumerate() {
            let scores: Vec<(EntryId, Membership)> =
                own.iter().filter_map(|(id, own)| Some((*id, own.get(nth)?.clone()))).collect();
            let has_example = topic.examples.iter().any(|one| one.belongs && one.story == Some(StoryId(story)));
            found.extend(settled(scores, has_example).into_iter().map(|(id, membership)| (topic.id, id, membership)));
        }
        for (topic, id, membership) in found {
            let is_in = membership.is_some();
            // What was never in needs no word.
            let before = self.belongs.insert((topic, id), is_in);
            if before != Some(is_in) && (is_in || before.is_some()) {
                changes.push((topic, id, membership));
            }
        }
    }

    /// The stories that the store has given numbers to.
    pub fn settle_numbers(&mut self, numbers: &HashMap<EntryId, StoryId>, generation: i64) {
        self.generation = generation;
        for (id, story) in numbers {
            let Some(members) = self.stories.remove(&-id.0) else { continue };
            for member in &members {
                self.window.set_story(*member, story.0);
            }
            self.stories.entry(story.0).or_default().extend(members);
        }
    }

    /// Judges articles of the library by one topic: the membership of each on its own.
    pub fn judge_archive(&self, topic: TopicId, articles: &[Featured]) -> Vec<(EntryId, Option<StoryId>, Membership)> {
        let Some(topic) = self.topics.iter().find(|followed| followed.id == topic) else { return Vec::new() };
        let judged = |article: &Featured| {
            let features = Features::unpack(&article.packed)?;
            let profile = self.window.profile(&features, article.at);
            Some((article.id, article.story, self.judge_by(topic, &features, &profile, article.story)))
        };
        articles.iter().filter_map(judged).collect()
    }

    /// Learns who keeps whose company from articles that were not taken in: those have been learned from.
    pub fn learn(&mut self, articles: &[Featured]) {
        let is_new = |article: &&Featured| self.window.profile_of(article.id).is_none();
        for features in articles.iter().filter(is_new).filter_map(|article| Features::unpack(&article.packed)) {
            self.company.learn(&features);
        }
    }
}
