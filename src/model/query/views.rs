//! Saved views within queries: `search:NAME` stands for what the view asks for, whatever its order and its limit.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use super::names::nearest;
use super::{Problem, Query, QueryError, Remedy};
use crate::model::view::{SavedView, ViewId};

/// Views that one query may stand for, those of views included: each may name another one twice.
const MOST: usize = 256;

/// A saved view by its name, its key or its number in the list of views, and where that is written: what differs in that
/// alone is the same.
#[derive(Debug, Clone)]
pub struct Named {
    pub name: String,
    /// In characters from 1.
    pub column: usize,
}

impl PartialEq for Named {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Named {}

impl Hash for Named {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl Named {
    /// The view that is meant: a name goes before a key, a key before a number.
    fn among<'v>(&self, views: &'v [SavedView]) -> Result<&'v SavedView, QueryError> {
        let name = self.name.to_lowercase();
        let by_name = views.iter().find(|view| view.name.to_lowercase() == name);
        let by_key = || views.iter().find(|view| view.key.is_some_and(|key| self.name.chars().eq([key])));
        let by_number = || views.get(self.name.parse::<usize>().ok()?.checked_sub(1)?);
        by_name.or_else(by_key).or_else(by_number).ok_or_else(|| {
            let names = views.iter().map(|view| view.name.as_str()).filter(|name| name.chars().count() > 1);
            let meant = nearest(&self.name, names);
            let remedy = meant.map_or(Remedy::None, |name| Remedy::Meant(name.to_owned()));
            self.error(Problem::NoView(self.name.clone()), remedy)
        })
    }

    pub(crate) fn error(&self, problem: Problem, remedy: Remedy) -> QueryError {
        QueryError { column: self.column, problem, remedy }
    }
}

impl Query {
    /// Whether it names a saved view.
    #[must_use]
    pub fn names_view(&self) -> bool {
        self.asks_for(&|part| matches!(part, Self::View(_)))
    }

    /// What it asks for with the views that it names, and those that they name.
    pub fn expanded(&self, views: &[SavedView]) -> Result<Cow<'_, Self>, QueryError> {
        if !self.names_view() {
            return Ok(Cow::Borrowed(self));
        }
        Expansion { views, within: Vec::new(), at: None, left: MOST }.of(self).map(Cow::Owned)
    }

    /// The same as it is kept: views go by their names alone, so that it stays the same when keys and numbers change. An error
    /// where a view is not there, or would be part of itself. `own` is the view that it is to be the query of.
    pub fn kept(&self, views: &[SavedView], own: Option<ViewId>) -> Result<Self, QueryError> {
        Expansion { views, within: own.into_iter().collect(), at: None, left: MOST }.of(self)?;
        self.replaced(&mut |named| Ok(Self::View(Named { name: named.among(views)?.name.clone(), ..named.clone() })))
    }

    /// With another part in place of each that names this view; `None` where none does.
    #[must_use]
    pub fn without_view(&self, views: &[SavedView], id: ViewId, other: &dyn Fn(&Named) -> Self) -> Option<Self> {
        let is_meant = |named: &Named| named.among(views).is_ok_and(|view| view.id == id);
        if !self.asks_for(&|part| matches!(part, Self::View(named) if is_meant(named))) {
            return None;
        }
        let replace = &mut |named: &Named| Ok(if is_meant(named) { other(named) } else { Self::View(named.clone()) });
        self.replaced(replace).ok()
    }

    /// It without what only says how a list is shown.
    #[must_use]
    pub fn unlisted(&self) -> Self {
        let parts = self.parts().iter().filter(|part| !matches!(part, Self::Sort(_) | Self::Limit(_)));
        match parts.collect::<Vec<_>>()[..] {
            [one] => one.clone(),
            ref parts => Self::And(parts.iter().copied().cloned().collect()),
        }
    }

    fn replaced(&self, replace: &mut dyn FnMut(&Named) -> Result<Self, QueryError>) -> Result<Self, QueryError> {
        Ok(match self {
            Self::And(parts) => {
                let mut all = Vec::new();
                for part in parts {
                    // What a view asks for stands beside the rest, so that its parts are seen.
                    match (part, part.replaced(replace)?) {
                        (Self::View(_), Self::And(parts)) => all.extend(parts),
                        (_, part) => all.push(part),
                    }
                }
                if all.len() == 1 { all.remove(0) } else { Self::And(all) }
            }
            Self::Or(parts) => Self::Or(parts.iter().map(|part| part.replaced(replace)).collect::<Result<_, _>>()?),
            Self::Not(inner) => Self::Not(Box::new(inner.replaced(replace)?)),
            Self::View(named) => replace(named)?,
            part => part.clone(),
        })
    }
}

struct Expansion<'v> {
    views: &'v [SavedView],
    /// The views that what is being read is part of.
    within: Vec<ViewId>,
    /// Where the outermost of them is named.
    at: Option<usize>,
    left: usize,
}

impl Expansion<'_> {
    fn of(&mut self, query: &Query) -> Result<Query, QueryError> {
        query.replaced(&mut |named| {
            let outermost = self.at;
            let named = Named { column: outermost.unwrap_or(named.column), ..named.clone() };
            let view = named.among(self.views)?;
            if self.within.contains(&view.id) {
                return Err(named.error(Problem::ViewOfItself(view.name.clone()), Remedy::None));
            }
            let Some(left) = self.left.checked_sub(1) else {
                return Err(named.error(Problem::TooDeep, Remedy::None));
            };
            self.left = left;
            self.within.push(view.id);
            self.at = Some(named.column);
            let query = self.of(&view.query.unlisted());
            self.within.pop();
            self.at = outermost;
            query
        })
    }
}
