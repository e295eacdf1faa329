//! The articles of a query, one after the other: however many there are, only one is held, and the ids of a few.

use std::collections::VecDeque;
use std::sync::Arc;

use super::{Engine, EngineError};
use crate::model::entry::{Entry, EntryId};
use crate::model::query::Query;
use crate::store::Span;

/// Rows read at once.
const WINDOW: u32 = 500;

/// Goes through articles; see [`Engine::export_articles`].
#[derive(Debug)]
pub struct Articles {
    engine: Engine,
    query: Query,
    ids: VecDeque<EntryId>,
    /// Where the next window begins; none after the last.
    next: Option<Span>,
    left: u64,
}

impl Engine {
    /// The articles of a query in its order, at most as many as it says.
    pub async fn export_articles(&self, query: Query) -> Result<Articles, EngineError> {
        let limit = query.limit();
        self.index_for(&query, |_| {}).await?;
        let (ids, next) = if query.is_whole() {
            let found = self.rank_all(query.clone(), limit.unwrap_or(u32::MAX), false, |_| {}).await?;
            (found.into_iter().map(|hit| hit.row.id).collect(), None)
        } else {
            (VecDeque::new(), Some(Span::Top))
        };
        Ok(Articles { engine: self.clone(), query, ids, next, left: limit.map_or(u64::MAX, u64::from) })
    }
}

impl Articles {
    /// The next article; none at the end. One that has gone since its row was read is left out.
    pub async fn next(&mut self) -> Result<Option<Arc<Entry>>, EngineError> {
        loop {
            while let Some(id) = self.ids.pop_front() {
                if let Some(entry) = self.engine.entry(id).await? {
                    return Ok(Some(Arc::new(entry)));
                }
            }
            let limit = u32::try_from(self.left).unwrap_or(WINDOW).min(WINDOW);
            let Some(span) = self.next.take().filter(|_| limit > 0) else { return Ok(None) };
            let window = self.engine.headlines(self.query.clone(), span, limit).await?;
            self.left -= window.rows.len() as u64;
            self.next = window.rows.last().filter(|_| !window.is_last).map(|row| Span::After(row.key()));
            self.ids = window.rows.into_iter().map(|row| row.id).collect();
        }
    }
}
