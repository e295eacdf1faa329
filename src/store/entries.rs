//! One entry with everything, the body included.

use rusqlite::{OptionalExtension, Row};
use serde::{Deserialize, Serialize};

use super::headlines::{COLUMNS, headline, timestamp};
use super::{Store, StoreError};
use crate::model::article::Anchor;
use crate::model::entry::{Enclosure, Entry, EntryId, Headline};

/// What only the article pane and exports need; JSON in `body.details`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Details {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub enclosures: Vec<Enclosure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_url: Option<String>,
}

impl Details {
    /// `None` where there is nothing to keep.
    pub(super) fn json(&self) -> Result<Option<String>, StoreError> {
        if *self == Self::default() { Ok(None) } else { Ok(Some(serde_json::to_string(self)?)) }
    }
}

impl Store {
    /// The entry with this id, if its text is still there.
    pub async fn entry(&self, id: EntryId) -> Result<Option<Entry>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {COLUMNS}, f.url, e.updated, coalesce(p.html, b.html), b.details, p.html IS NOT NULL, \
                 p.problem, r.block, r.offset, r.mark, coalesce(f.facts ->> '$.is_local', 0), \
                 CASE WHEN p.canonical_of = e.url THEN p.canonical END FROM state s CROSS JOIN entry e ON e.id = s.id \
                 CROSS JOIN feed f ON f.id = s.feed_id LEFT JOIN body b ON b.id = s.id \
                 LEFT JOIN page p ON p.id = s.id LEFT JOIN position r ON r.id = s.id WHERE s.id = ?1 AND s.is_live = 1"
            ))?;
            let Some(entry) = statement.query_row([id.0], entry).optional()? else { return Ok(None) };
            Ok(Some(Entry { also_in: Self::other_feeds(connection, id)?, ..entry }))
        })
        .await
    }
}

fn position(row: &Row<'_>) -> rusqlite::Result<Option<Anchor>> {
    let Some(block) = row.get(26)? else { return Ok(None) };
    Ok(Some(Anchor { block, offset: row.get(27)?, mark: row.get(28)? }))
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let details: Option<String> = row.get(23)?;
    let details: Details = details.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
    let headline = headline(row)?;
    // An address that is only a plainer form's gives way to the page's own.
    let url: Option<String> = row.get(30)?;
    Ok(Entry {
        headline: Headline { url: url.or(headline.url), ..headline },
        feed_url: row.get(20)?,
        is_local: row.get(29)?,
        updated: row.get::<_, Option<i64>>(21)?.map(timestamp),
        html: row.get::<_, Option<String>>(22)?.unwrap_or_default(),
        authors: details.authors,
        image: details.image,
        enclosures: details.enclosures,
        also_in: Vec::new(),
        is_whole: row.get(24)?,
        page_problem: row.get(25)?,
        position: position(row)?,
    })
}
