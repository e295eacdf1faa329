//! Rules: made by the user, tried over the archive, applied to what comes (by the store) and to what is there.

use std::time::Duration;

use super::stories::InStory;
use super::topics::Belonging;
use super::{Engine, EngineError};
use crate::model::entry::{EntryId, Headline};
use crate::model::feed::FeedId;
use crate::model::query::Query;
use crate::model::rule::{NewRule, Rule, RuleId, Touch};
use crate::model::tag::TagSource;
use crate::platform::clock;
use crate::store::Span;

/// Articles of the archive that one transaction changes.
const STEP: usize = 500;

/// What a rule would be for, if it were applied to the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    pub articles: u64,
    /// The newest of them.
    pub samples: Vec<Headline>,
}

/// Why an article is here, or is not.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    pub headline: Headline,
    /// Its tags with who gave them.
    pub tags: Vec<(String, TagSource)>,
    /// What rules have done with it.
    pub touches: Vec<Touch>,
    /// The other feeds that have it.
    pub also_in: Vec<String>,
    /// What each topic says of it.
    pub topics: Vec<Belonging>,
    /// Its story; none before it is grouped.
    pub story: Option<InStory>,
}

impl Engine {
    pub async fn rules(&self) -> Result<Vec<Rule>, EngineError> {
        Ok(self.store().rules().await?)
    }

    /// The rule of this name, in capitals or not.
    pub async fn rule_named(&self, name: &str) -> Result<Rule, EngineError> {
        let rules = self.rules().await?;
        let found = rules.into_iter().find(|rule| rule.rule.name.to_lowercase() == name.to_lowercase());
        found.ok_or_else(|| EngineError::UnknownRule(name.to_owned()))
    }

    /// Keeps a rule, in place of one of this name. It is applied to what comes from now on.
    pub async fn save_rule(&self, rule: NewRule) -> Result<RuleId, EngineError> {
        Ok(self.store().save_rule(rule).await?)
    }

    /// Ends a rule; what it has done stays.
    pub async fn remove_rule(&self, id: RuleId) -> Result<(), EngineError> {
        Ok(self.store().remove_rule(id).await?)
    }

    /// What the archive has for a rule, with so many samples. Nothing is changed.
    pub async fn try_rule(&self, query: Query, feed: Option<FeedId>, samples: u32) -> Result<Trial, EngineError> {
        let scope = NewRule { name: String::new(), query, feed, acts: Vec::new() }.scope();
        let articles = self.count(scope.clone()).await?;
        let samples = self.headlines(scope, Span::Top, samples).await?.rows;
        Ok(Trial { articles, samples })
    }

    /// Applies a rule to the whole archive, the newest first, and tells after each step how many articles of how many it
    /// has gone through. Dropped in between, it has done so many.
    pub async fn apply_rule(&self, rule: &Rule, mut told: impl FnMut(usize, usize)) -> Result<usize, EngineError> {
        let scope = rule.rule.scope();
        self.index_for(&scope, |_| {}).await?;
        let entries = self.store().matching(scope, clock::local()).await?;
        let (mut changed, mut gone_through) = (0, 0);
        for step in entries.chunks(STEP) {
            changed += self.store().apply_rule(rule.id, step.to_vec(), clock::now()).await?;
            gone_through += step.len();
            told(gone_through, entries.len());
        }
        Ok(changed)
    }

    /// Applies the rules that wait for words and groups, as far as that is done in about so long.
    pub async fn apply_waiting_rules(&self, within: Duration) -> Result<(), EngineError> {
        if self.store().has_waiting_rules().await? {
            self.settle_within(within).await?;
        }
        Ok(())
    }

    /// What rules have done with an article.
    pub async fn touches(&self, id: EntryId) -> Result<Vec<Touch>, EngineError> {
        Ok(self.store().touches(id).await?)
    }

    /// Why an article is here; `None` when it is gone.
    pub async fn explain(&self, id: EntryId) -> Result<Option<Explanation>, EngineError> {
        let Some(entry) = self.entry(id).await? else { return Ok(None) };
        let tags = self.entry_tags(id).await?;
        let touches = self.touches(id).await?;
        // An article itself does not carry what lists say of its story.
        let headline = self.headlines_by_id(vec![id]).await?.pop().unwrap_or(entry.headline);
        let topics = self.belongings(id).await?;
        let story = self.in_story(&headline).await?;
        Ok(Some(Explanation { headline, tags, touches, also_in: entry.also_in, topics, story }))
    }
}
