//! The tags of what is stored: the publisher's and the feed's, and the counts that follow them.

use std::collections::HashMap;

use rusqlite::{CachedStatement, Connection, params};

use crate::model::entry::EntryId;
use crate::model::tag::{self, TagSource};
use crate::store::StoreError;
use crate::store::tags::{self, Place};

/// Gives tags to entries, and keeps what their counts gain until it is written.
pub(in crate::store) struct Tagging<'a> {
    connection: &'a Connection,
    put: CachedStatement<'a>,
    /// Where the tags that were named count; how many articles and unread ones each gains.
    tags: HashMap<String, Option<Place>>,
    gains: HashMap<i64, (i64, i64)>,
}

impl<'a> Tagging<'a> {
    pub fn new(connection: &'a Connection) -> Result<Self, StoreError> {
        let put = connection.prepare_cached(
            "INSERT OR IGNORE INTO entry_tag (entry_id, tag_id, source, at, said) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        Ok(Self { connection, put, tags: HashMap::new(), gains: HashMap::new() })
    }

    /// The tags of a new entry.
    pub fn give(
        &mut self,
        (id, at, is_read): (i64, i64, bool),
        named: [(&[String], TagSource); 2],
    ) -> Result<(), StoreError> {
        let mut given = Vec::new();
        for (names, source) in named {
            for name in names {
                let Some(place) = self.place(name)? else { continue };
                self.put_tag(id, place, source, at)?;
                if !given.contains(&place.tag_id) {
                    given.push(place.tag_id);
                    self.gain(place.tag_id, 1, i64::from(!is_read));
                }
            }
        }
        Ok(())
    }

    /// Brings the tags that this source gives an entry up to date.
    pub fn retag(&mut self, id: EntryId, names: &[String], source: TagSource) -> Result<(), StoreError> {
        let (at, is_read, is_muted): (i64, bool, bool) = self
            .connection
            .prepare_cached("SELECT at, is_read, is_muted FROM state WHERE id = ?1")?
            .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let wanted: Vec<String> = names.iter().map(|name| tag::fold(name)).collect();
        let stored: Vec<(Place, String)> = self
            .connection
            .prepare_cached(
                "SELECT x.tag_id, x.said, g.key FROM entry_tag x JOIN tag g ON g.id = iif(x.said = 0, x.tag_id, x.said) \
                 WHERE x.entry_id = ?1 AND x.source = ?2",
            )?
            .query_map(params![id.0, source as i64], |row| {
                Ok((Place { tag_id: row.get(0)?, said: row.get(1)? }, row.get(2)?))
            })?
            .collect::<Result<_, _>>()?;
        for (place, _) in stored.iter().filter(|(_, key)| !wanted.contains(key)) {
            self.connection
                .prepare_cached(
                    "DELETE FROM entry_tag WHERE entry_id = ?1 AND tag_id = ?2 AND source = ?3 AND said = ?4",
                )?
                .execute(params![id.0, place.tag_id, source as i64, place.said])?;
            if !is_muted && !has_tag(self.connection, id.0, place.tag_id)? {
                self.gain(place.tag_id, -1, if is_read { 0 } else { -1 });
            }
        }
        for name in names {
            let Some(place) = self.place(name)? else { continue };
            let had = has_tag(self.connection, id.0, place.tag_id)?;
            self.put_tag(id.0, place, source, at)?;
            if !had && !is_muted {
                self.gain(place.tag_id, 1, i64::from(!is_read));
            }
        }
        Ok(())
    }

    /// Where what a publisher or user calls so counts; `None` when nothing is left of the name.
    fn place(&mut self, name: &str) -> Result<Option<Place>, StoreError> {
        if let Some(place) = self.tags.get(name) {
            return Ok(*place);
        }
        let key = tag::fold(name);
        let place = if key.is_empty() {
            None
        } else {
            Some(tags::place(self.connection, tags::ensure(self.connection, &key, name)?)?)
        };
        self.tags.insert(name.to_owned(), place);
        Ok(place)
    }

    fn put_tag(&mut self, entry: i64, place: Place, source: TagSource, at: i64) -> Result<(), StoreError> {
        self.put.execute(params![entry, place.tag_id, source as i64, at, place.said])?;
        Ok(())
    }

    fn gain(&mut self, tag_id: i64, articles: i64, unread: i64) {
        let gain = self.gains.entry(tag_id).or_default();
        gain.0 += articles;
        gain.1 += unread;
    }

    pub fn write_counts(&self) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("UPDATE tag SET articles = articles + ?2, unread = unread + ?3 WHERE id = ?1")?;
        for (tag_id, (articles, unread)) in &self.gains {
            statement.execute([*tag_id, *articles, *unread])?;
        }
        Ok(())
    }
}

fn has_tag(connection: &Connection, entry: i64, tag_id: i64) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM entry_tag WHERE entry_id = ?1 AND tag_id = ?2")?;
    Ok(statement.exists([entry, tag_id])?)
}
