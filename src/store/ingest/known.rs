//! What the store knows of a document's items, as the plan asks for it.

use std::collections::HashSet;
use std::collections::hash_map::Entry;

use rusqlite::{CachedStatement, Connection, Row};
use url::Url;

use super::writer::date;
use super::{Ingest, Item};
use crate::model::entry::EntryId;
use crate::model::link::{self, Link};
use crate::model::plan::{Identity, Knowledge, Known, Sketch};
use crate::store::StoreError;

/// The hosts of so many of the feed's newest links are looked at, and of so many different ones its items are looked for.
const LINKS: i64 = 50;
const HOSTS: usize = 4;
/// More entries of one title and date are not told from each other.
const NAMESAKES: i64 = 50;

/// The items as the plan sees them, and what is stored under their identities.
pub(super) struct Recognition {
    pub sketches: Vec<Sketch>,
    pub known: Knowledge,
}

impl Recognition {
    /// Weaker identities are only looked up where the guid is unknown, and none for a feed that has brought nothing yet.
    pub fn of(connection: &Connection, ingest: &Ingest) -> Result<Self, StoreError> {
        let feed = ingest.record.feed.0;
        let now = ingest.record.at.as_second();
        let mut known = Knowledge::new();
        let mut sketches: Vec<Sketch> = ingest.items.iter().map(|item| sketch(item, now)).collect();
        if !connection.prepare_cached("SELECT 1 FROM identity WHERE feed_id = ?1")?.exists([feed])? {
            return Ok(Self { sketches, known });
        }
        let mut lookup = Lookup::new(connection, feed)?;
        let mut hosts: Option<HashSet<String>> = None;
        for (item, sketch) in ingest.items.iter().zip(&mut sketches) {
            let identities = item.identities;
            if let Some(guid) = identities.guid
                && lookup.by_name(guid, &mut known)?
            {
                continue;
            }
            if let Some(text) = identities.text
                && lookup.by_name(text, &mut known)?
            {
                continue;
            }
            if lookup.by_name(identities.title, &mut known)? && identities.guid.is_none() {
                lookup.namesakes(sketch, &mut known)?;
            }
            let Some(link) = identities.link else { continue };
            if lookup.by_link(link, &mut known)? {
                continue;
            }
            let hosts = match &mut hosts {
                Some(hosts) => hosts,
                none => none.insert(former_hosts(connection, feed)?),
            };
            sketch.moved = moved(item, hosts);
            for link in &sketch.moved {
                lookup.by_link(*link, &mut known)?;
            }
        }
        Ok(Self { sketches, known })
    }
}

fn sketch(item: &Item, now: i64) -> Sketch {
    Sketch {
        identities: item.identities,
        fingerprint: item.fingerprint,
        title: item.title_hash,
        date: date(&item.draft).map(|date| date.min(now)),
        moved: Vec::new(),
    }
}

/// The item's link on each host that the feed's links were on, when it is on another one.
fn moved(item: &Item, hosts: &HashSet<String>) -> Vec<Identity> {
    let Some(url) = item.draft.url.as_deref() else { return Vec::new() };
    let own = Url::parse(url).ok().as_ref().and_then(link::host);
    if own.is_none_or(|own| hosts.contains(&own)) {
        return Vec::new();
    }
    hosts.iter().take(HOSTS).filter_map(|host| Some(Identity(Link::on(url, host)?.hash()))).collect()
}

fn former_hosts(connection: &Connection, feed: i64) -> Result<HashSet<String>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT e.url FROM state s INDEXED BY state_feed CROSS JOIN entry e ON e.id = s.id \
         WHERE s.feed_id = ?1 AND s.is_live = 1 ORDER BY s.at DESC, s.id DESC LIMIT ?2",
    )?;
    let mut hosts = HashSet::new();
    for url in statement.query_map([feed, LINKS], |row| row.get::<_, Option<String>>(0))? {
        hosts.extend(url?.and_then(|url| link::host(&Url::parse(&url).ok()?)));
    }
    Ok(hosts)
}

struct Lookup<'a> {
    feed: i64,
    names: CachedStatement<'a>,
    links: CachedStatement<'a>,
    namesakes: CachedStatement<'a>,
}

impl<'a> Lookup<'a> {
    fn new(connection: &'a Connection, feed: i64) -> Result<Self, StoreError> {
        let names = connection.prepare_cached(
            "SELECT s.id, s.fingerprint, s.has_guid, s.title_hash, s.at, s.is_live FROM identity i \
             CROSS JOIN state s ON s.id = i.entry_id WHERE i.feed_id = ?1 AND i.hash = ?2",
        )?;
        let links = connection.prepare_cached(
            "SELECT s.id, s.fingerprint, s.has_guid, s.title_hash, s.at, s.is_live FROM state s INDEXED BY state_link \
             WHERE s.feed_id = ?1 AND s.link = ?2 LIMIT 2",
        )?;
        let namesakes = connection.prepare_cached(
            "SELECT s.id, s.fingerprint, s.has_guid, s.title_hash, s.at, s.is_live FROM state s INDEXED BY state_feed \
             WHERE s.feed_id = ?1 AND s.is_live = 1 AND s.at = ?2 AND s.title_hash = ?3 LIMIT ?4",
        )?;
        Ok(Self { feed, names, links, namesakes })
    }

    fn by_name(&mut self, identity: Identity, known: &mut Knowledge) -> Result<bool, StoreError> {
        look_up(&mut self.names, self.feed, identity, known)
    }

    /// Of several entries with one title and date the first has both for its identity.
    fn namesakes(&mut self, sketch: &Sketch, known: &mut Knowledge) -> Result<(), StoreError> {
        let Some(date) = sketch.date else { return Ok(()) };
        let found = self.namesakes.query_map((self.feed, date, sketch.title, NAMESAKES), entry)?;
        let found: Vec<Known> = found.collect::<Result<_, _>>()?;
        if found.len() > 1 {
            known.insert(sketch.identities.title, found);
        }
        Ok(())
    }

    fn by_link(&mut self, identity: Identity, known: &mut Knowledge) -> Result<bool, StoreError> {
        look_up(&mut self.links, self.feed, identity, known)
    }
}

/// Whether something is stored under this identity.
fn look_up(
    statement: &mut CachedStatement<'_>,
    feed: i64,
    identity: Identity,
    known: &mut Knowledge,
) -> Result<bool, StoreError> {
    let Entry::Vacant(place) = known.entry(identity) else { return Ok(true) };
    let found: Vec<Known> = statement.query_map([feed, identity.0], entry)?.collect::<Result<_, _>>()?;
    let is_known = !found.is_empty();
    if is_known {
        place.insert(found);
    }
    Ok(is_known)
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Known> {
    Ok(Known {
        id: EntryId(row.get(0)?),
        fingerprint: row.get(1)?,
        has_guid: row.get(2)?,
        title: row.get(3)?,
        at: row.get(4)?,
        is_removed: !row.get::<_, bool>(5)?,
    })
}
