//! Lists whose length is kept along with every change: everything, a folder, a feed or a tag, whole or unread.

use rusqlite::{Connection, OptionalExtension};

use super::StoreError;
use super::headlines::number;
use super::sql::{self, Grain};
use super::tags::place;
use crate::model::query::{Query, State};
use crate::model::tag;

/// The columns of `feed`, `tag` and `overlap` that hold counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Articles,
    Unread,
    Starred,
}

impl Column {
    fn name(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Unread => "unread",
            Self::Starred => "starred",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Whose {
    All,
    Folder(String),
    Feed(String),
    Tag(String),
}

/// A list that may have a kept count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counter {
    whose: Whose,
    column: Column,
}

impl Counter {
    pub fn of(query: &Query) -> Option<Self> {
        let (mut whose, mut column) = (Whose::All, Column::Articles);
        for part in query.parts() {
            let place = match part {
                Query::Sort(_) | Query::Limit(_) => continue,
                Query::Is(state @ (State::Unread | State::Starred)) => {
                    let state = if *state == State::Unread { Column::Unread } else { Column::Starred };
                    if column != Column::Articles && column != state {
                        return None;
                    }
                    column = state;
                    continue;
                }
                Query::And(parts) if parts.is_empty() => continue,
                Query::Folder(name) => Whose::Folder(name.clone()),
                Query::Feed(name) => Whose::Feed(name.clone()),
                Query::Tag(name) => Whose::Tag(name.clone()),
                _ => return None,
            };
            if whose != Whose::All && whose != place {
                return None;
            }
            whose = place;
        }
        // Tags count no stars.
        let is_kept = column != Column::Starred || !matches!(whose, Whose::Tag(_));
        is_kept.then_some(Self { whose, column })
    }

    /// The count, where this list has one.
    pub fn kept(&self, connection: &Connection, grain: Grain) -> Result<Option<u64>, StoreError> {
        let column = self.column.name();
        let overlap = |kind: &str, key: &str| match grain {
            Grain::Entries => "0".to_owned(),
            Grain::Articles | Grain::Stories => {
                format!("coalesce((SELECT o.{column} FROM overlap o WHERE o.kind = {kind} AND o.key = {key}), 0)")
            }
        };
        let one = |sql: String, key: &str| -> Result<Option<u64>, StoreError> {
            Ok(connection.prepare_cached(&sql)?.query_row([key], number).optional()?)
        };
        match &self.whose {
            Whose::All => {
                let sql = format!(
                    "SELECT coalesce(sum({column}), 0) - {} FROM feed WHERE muted = 0 AND '' = ?1",
                    overlap("0", "''")
                );
                one(sql, "")
            }
            Whose::Folder(name) => {
                // With others below it, or in another case, its articles are counted together.
                if sql::folders_named(connection, name)?.iter().any(|(_, folder)| folder != name) {
                    return Ok(None);
                }
                let sql = format!(
                    "SELECT coalesce(sum({column}), 0) - {} FROM feed WHERE muted = 0 AND folder = ?1",
                    overlap("1", "?1")
                );
                one(sql, name)
            }
            Whose::Feed(name) => match sql::feeds_named(connection, name)?[..] {
                [id] => one(format!("SELECT {column} FROM feed WHERE id = ?1"), &id.to_string()),
                _ => Ok(None),
            },
            Whose::Tag(name) => {
                let mut known = connection.prepare_cached("SELECT id FROM tag WHERE key = ?1")?;
                let Some(id) = known.query_row([tag::fold(name)], |row| row.get(0)).optional()? else {
                    return Ok(Some(0));
                };
                let sql = format!("SELECT g.{column} - {} FROM tag g WHERE g.id = ?1", overlap("2", "g.id"));
                one(sql, &place(connection, id)?.tag_id.to_string())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lists_that_are_counted_along_have_a_kept_count() {
        let of = |text: &str| Counter::of(&Query::parse(text).unwrap());
        for kept in ["", "unread", "starred", "tag:a unread", "feed:3", "folder:Dunia unread sort:relevance"] {
            assert!(of(kept).is_some(), "{kept}");
        }
        for counted in
            ["unread starred", "tag:a tag:b", "tag:a starred", "-unread", "banjir", "newer:7d", "tag:a OR tag:b"]
        {
            assert_eq!(of(counted), None, "{counted}");
        }
    }
}
