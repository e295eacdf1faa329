//! Articles about one event, as they stream in: each joins the story it fits, or begins one. No store, no clock.
//!
//! An article is looked up by its heaviest terms among those of three days before and after it; at most forty are compared.
//! It joins the story whose members it is most like: `0.55 · the best + 0.45 · the mean of the best three`.

pub mod compare;
pub mod weights;

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use self::compare::{Profile, compare};
use self::weights::Weights;
use super::features::numbers::is_few;
use super::features::{Features, Kind, Mark};

/// How far apart two articles of one story are at most, in seconds.
pub const SPAN: i64 = 72 * 3600;

/// How many articles one is compared with.
const COMPARED: usize = 40;

/// As if this many articles had been seen before the first: a word that is new in a small library is not yet rare.
const PRIOR: f32 = 400.0;

/// In how many of those what the lexicon knows is told of: countries, office holders and subjects that it was written for
/// since the news is full of them. Counts of a few are as common.
const KNOWN: f32 = 12.0;

/// How many articles of the span have a term.
#[derive(Debug, Default)]
pub struct Frequencies {
    articles: u32,
    counts: HashMap<u32, u32>,
}

impl Frequencies {
    /// How rare a term is: about 1 for one that nobody else has, near 0 for one that all have.
    #[must_use]
    pub fn rarity(&self, key: u32) -> f32 {
        self.rarity_with(key, 1.0)
    }

    /// How rare it is that an article mentions this.
    #[must_use]
    pub fn rarity_of(&self, mark: &Mark) -> f32 {
        let is_known = match mark.kind {
            Kind::Place | Kind::Named | Kind::Concept => true,
            Kind::Number => is_few(mark.id),
            Kind::Name => false,
        };
        self.rarity_with(mark.key(), if is_known { KNOWN } else { 1.0 })
    }

    fn rarity_with(&self, key: u32, before: f32) -> f32 {
        let all = self.articles as f32 + PRIOR;
        let with = self.counts.get(&key).map_or(0.0, |count| *count as f32) + before;
        (all / with).ln().max(0.0) / all.ln()
    }

    fn add(&mut self, profile: &Profile) {
        self.articles += 1;
        profile.keys().for_each(|key| *self.counts.entry(key).or_default() += 1);
    }

    fn take(&mut self, profile: &Profile) {
        self.articles = self.articles.saturating_sub(1);
        for key in profile.keys() {
            if let Some(count) = self.counts.get_mut(&key) {
                *count -= 1;
                if *count == 0 {
                    self.counts.remove(&key);
                }
            }
        }
    }
}

/// What becomes of an article.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Placed<Id> {
    /// It tells what another one tells.
    Joins {
        story: i64,
        /// 0 to 1.
        likelihood: f32,
        /// The member that it is most like.
        like: Id,
    },
    /// It is the first to tell.
    Begins,
}

/// What the user has said of an article: in one story with these, never with those.
#[derive(Debug, Clone)]
pub struct Said<Id> {
    pub with: Vec<Id>,
    pub without: Vec<Id>,
}

impl<Id> Default for Said<Id> {
    fn default() -> Self {
        Self { with: Vec::new(), without: Vec::new() }
    }
}

#[derive(Debug)]
struct Member {
    profile: Profile,
    story: i64,
    looked_up_by: Vec<u32>,
}

/// The articles of some days, with their stories.
#[derive(Debug)]
pub struct Window<Id> {
    weights: Weights,
    members: HashMap<Id, Member>,
    postings: HashMap<u32, Vec<Id>>,
    digests: HashMap<u64, Id>,
    frequencies: Frequencies,
}

impl<Id: Copy + Eq + Hash + Ord> Window<Id> {
    #[must_use]
    pub fn new(weights: Weights) -> Self {
        Self {
            weights,
            members: HashMap::new(),
            postings: HashMap::new(),
            digests: HashMap::new(),
            frequencies: Frequencies::default(),
        }
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.members.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    #[must_use]
    pub fn frequencies(&self) -> &Frequencies {
        &self.frequencies
    }

    /// An article as it will be compared.
    #[must_use]
    pub fn profile(&self, features: &Features, at: i64) -> Profile {
        Profile::new(features, at, &self.frequencies)
    }

    /// Where an article belongs.
    #[must_use]
    pub fn place(&self, profile: &Profile, said: &Said<Id>) -> Placed<Id> {
        for id in &said.with {
            if let Some(member) = self.members.get(id) {
                return Placed::Joins { story: member.story, likelihood: 1.0, like: *id };
            }
        }
        let barred: HashSet<i64> = said.without.iter().filter_map(|id| Some(self.members.get(id)?.story)).collect();
        if let Some((id, twin)) = self.twin(profile)
            && !barred.contains(&twin.story)
        {
            return Placed::Joins { story: twin.story, likelihood: 1.0, like: id };
        }
        let mut stories: HashMap<i64, Vec<(f32, Id)>> = HashMap::new();
        for (id, member, likelihood) in self.compared(profile) {
            if !barred.contains(&member.story) {
                stories.entry(member.story).or_default().push((likelihood, id));
            }
        }
        let judged = stories.into_iter().map(|(story, mut members)| {
            members.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let best = members[0];
            let three = &members[..members.len().min(3)];
            let mean = three.iter().map(|(likelihood, _)| likelihood).sum::<f32>() / three.len() as f32;
            (0.55 * best.0 + 0.45 * mean, best.1, story)
        });
        let best = judged.max_by(|a, b| a.0.total_cmp(&b.0).then(b.2.cmp(&a.2)));
        match best {
            Some((likelihood, like, story)) if likelihood >= self.weights.threshold => {
                Placed::Joins { story, likelihood, like }
            }
            _ => Placed::Begins,
        }
    }

    /// The article with the same text, word for word.
    fn twin(&self, profile: &Profile) -> Option<(Id, &Member)> {
        let id = (profile.digest != 0).then(|| self.digests.get(&profile.digest)).flatten()?;
        let member = self.members.get(id)?;
        ((member.profile.at - profile.at).abs() <= SPAN).then_some((*id, member))
    }

    /// The articles that share the most of what this one is looked up by, and how likely each tells the same.
    fn compared(&self, profile: &Profile) -> impl Iterator<Item = (Id, &Member, f32)> {
        let candidates = if profile.says_enough() { self.candidates(profile) } else { Vec::new() };
        candidates.into_iter().filter_map(move |id| {
            let member = self.members.get(&id).filter(|member| member.profile.says_enough())?;
            let compared = compare(profile, &member.profile);
            Some((id, member, self.weights.likelihood(&compared, profile.is_in_language_of(&member.profile))))
        })
    }

    /// The articles worth comparing, for fitting the weights.
    #[must_use]
    pub fn candidates(&self, profile: &Profile) -> Vec<Id> {
        let mut shared: HashMap<Id, f32> = HashMap::new();
        for (key, weight) in profile.heaviest() {
            let posted = self.postings.get(&key).map(Vec::as_slice).unwrap_or_default();
            // What everybody says finds nobody; the newest have come last.
            for id in posted.iter().rev().take(400) {
                *shared.entry(*id).or_default() += weight;
            }
        }
        let mut found: Vec<(Id, f32)> = shared
            .into_iter()
            .filter(|(id, _)| self.members.get(id).is_some_and(|member| (member.profile.at - profile.at).abs() <= SPAN))
            .collect();
        found.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.truncate(COMPARED);
        found.into_iter().map(|(id, _)| id).collect()
    }

    /// Takes in an article of a story.
    pub fn insert(&mut self, id: Id, profile: Profile, story: i64) {
        self.remove(id);
        self.frequencies.add(&profile);
        let is_twin = self.twin(&profile).is_some();
        // A copy would be counted once more among the best three.
        let looked_up_by: Vec<u32> =
            if is_twin { Vec::new() } else { profile.heaviest().into_iter().map(|(key, _)| key).collect() };
        for key in &looked_up_by {
            self.postings.entry(*key).or_default().push(id);
        }
        if profile.digest != 0 {
            self.digests.entry(profile.digest).or_insert(id);
        }
        self.members.insert(id, Member { profile, story, looked_up_by });
    }

    pub fn remove(&mut self, id: Id) {
        let Some(member) = self.members.remove(&id) else { return };
        self.frequencies.take(&member.profile);
        for key in member.looked_up_by {
            if let Some(posted) = self.postings.get_mut(&key) {
                posted.retain(|other| *other != id);
                if posted.is_empty() {
                    self.postings.remove(&key);
                }
            }
        }
        if self.digests.get(&member.profile.digest) == Some(&id) {
            self.digests.remove(&member.profile.digest);
        }
    }

    /// Lets go of what is too old for anything that comes from now on.
    pub fn expire(&mut self, before: i64) {
        let old: Vec<Id> =
            self.members.iter().filter(|(_, member)| member.profile.at < before).map(|(id, _)| *id).collect();
        for id in old {
            self.remove(id);
        }
    }

    /// The story of an article that was taken in has another number.
    pub fn set_story(&mut self, id: Id, story: i64) {
        if let Some(member) = self.members.get_mut(&id) {
            member.story = story;
        }
    }

    /// The article as it was taken in.
    #[must_use]
    pub fn profile_of(&self, id: Id) -> Option<&Profile> {
        Some(&self.members.get(&id)?.profile)
    }
}
