//! Saved views and how much is unread in them.

use std::borrow::Cow;

use super::{Engine, EngineError};
use crate::model::query::{Query, State};
use crate::model::view::{NewView, SavedView, ViewId};
use crate::store::{Span, StoreError};

impl Engine {
    pub async fn views(&self) -> Result<Vec<SavedView>, EngineError> {
        Ok(self.store().views().await?)
    }

    /// The view of this name, in capitals or not.
    pub async fn view_named(&self, name: &str) -> Result<SavedView, EngineError> {
        let views = self.views().await?;
        let found = views.into_iter().find(|view| view.name.to_lowercase() == name.to_lowercase());
        found.ok_or_else(|| EngineError::UnknownView(name.to_owned()))
    }

    /// A query with what its saved views ask for in their place.
    pub async fn expanded<'q>(&self, query: &'q Query) -> Result<Cow<'q, Query>, EngineError> {
        let views = if query.names_view() { self.views().await? } else { Vec::new() };
        Ok(query.expanded(&views).map_err(StoreError::from)?)
    }

    /// Saves a view, over an older one where `over` or the name says so.
    pub async fn save_view(&self, over: Option<ViewId>, view: NewView) -> Result<ViewId, EngineError> {
        Ok(self.store().save_view(over, view).await?)
    }

    pub async fn remove_view(&self, id: ViewId) -> Result<(), EngineError> {
        self.store().remove_view(id).await?;
        Ok(())
    }

    /// How many articles of each of these lists are unread. A list that is a feed, a folder or a tag has its count kept; the
    /// others are counted one after the other, where nobody waits for the answer.
    pub async fn unread_in(&self, views: Vec<(ViewId, Query)>) -> Result<Vec<(ViewId, u64)>, EngineError> {
        let mut counts = Vec::with_capacity(views.len());
        for (id, query) in views {
            let unread = match query.limit() {
                // Of the so many that it shows.
                Some(limit) => {
                    let shown = self.articles(query, Span::Top, limit).await?.rows;
                    shown.iter().filter(|row| !row.read).count() as u64
                }
                None => self.count_articles(query.and(Query::Is(State::Unread))).await?,
            };
            counts.push((id, unread));
        }
        Ok(counts)
    }
}
