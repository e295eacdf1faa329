//! Finds out whose copy an entry is, when it arrives and when its page or its text has changed.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Row, params};

use super::{put_back, take_off};
use crate::model::copies::{Candidate, NEAR, articles};
use crate::model::wording::wording;
use crate::store::StoreError;
use crate::store::revisions::Text;

/// More entries of the same title are not looked at: who is one of a group brings the others of it along.
const SAME_TITLES: i64 = 20;
/// Kept for a text that is too short to tell an article by.
const TELLS_NOTHING: i64 = 0;
/// The columns of a [`Member`].
const MEMBER: &str = "id, feed_id, at, link, wording, article, is_read, \
     is_muted AND NOT EXISTS (SELECT 1 FROM touched t WHERE t.entry_id = state.id AND t.act = 'mute')";

/// An entry that may have become a copy of others, or have ceased to be one, with what it has from now on.
#[derive(Debug, Clone, Copy)]
pub(in crate::store) struct Arrival<'a> {
    /// `None` when it is not stored yet.
    pub id: Option<i64>,
    pub feed: i64,
    pub at: i64,
    pub title: i64,
    pub link: Option<i64>,
    /// The link looks like one article's own page.
    pub is_own_link: bool,
    pub text: Text<'a>,
}

/// What the other entries mean for one that has arrived or changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::store) struct Company {
    /// The article that several feeds have, as which the entry is to be stored.
    pub article: Option<i64>,
    /// What the entry says, as far as that had to be known.
    pub wording: Option<i64>,
    /// Some copy has been read.
    pub is_read: bool,
    /// The user has muted some copy. What a rule mutes it mutes in the feeds that it is for.
    pub is_muted: bool,
    /// The articles whose overlap has been taken off.
    changed: BTreeSet<i64>,
}

impl Company {
    /// Counts the overlaps again, once the entry is stored.
    pub fn put_back(&self, connection: &Connection) -> Result<(), StoreError> {
        self.changed.iter().try_for_each(|article| put_back(connection, *article))
    }
}

/// Looks at who else has this page or says the same, before the entry is stored, and tells all others what that makes of
/// them. The caller stores the entry and puts back what has changed.
pub(in crate::store) fn join(connection: &Connection, arrival: &Arrival<'_>) -> Result<Company, StoreError> {
    let page = Page::of(connection, arrival)?;
    let mut found = page.peers;
    let (wording, same) = same_texts(connection, arrival)?;
    found.extend(same);
    let mut changed: BTreeSet<i64> = found.iter().filter_map(|member| member.article).collect();
    changed.extend(former(connection, arrival)?);
    if found.is_empty() && changed.is_empty() {
        return Ok(Company { wording, ..Company::default() });
    }
    let members = with_copies(connection, found, &changed, arrival)?;
    changed.iter().try_for_each(|article| take_off(connection, *article))?;
    let mut company = Company { wording, ..Company::default() };
    let mut set = connection.prepare_cached("UPDATE state SET article = ?2, has_copies = ?3 WHERE id = ?1")?;
    for group in articles(candidates(&members, arrival, wording, page.is_articles)) {
        let article = group.first().filter(|_| group.len() > 1).map(|first| first.id);
        changed.extend(article);
        let others: Vec<&Member> = group.iter().filter_map(|entry| members.get(&entry.id)).collect();
        for member in others.iter().filter(|member| member.article != article) {
            set.execute(params![member.id, article, article.is_some()])?;
        }
        if others.len() < group.len() {
            let is_read = others.iter().any(|member| member.is_read);
            let is_muted = others.iter().any(|member| member.is_muted);
            company = Company { article, is_read, is_muted, ..company };
        }
    }
    Ok(Company { changed, ..company })
}

/// An entry that is stored.
struct Member {
    id: i64,
    feed: i64,
    at: i64,
    link: Option<i64>,
    wording: Option<i64>,
    article: Option<i64>,
    is_read: bool,
    is_muted: bool,
}

fn member(row: &Row<'_>) -> rusqlite::Result<Member> {
    Ok(Member {
        id: row.get(0)?,
        feed: row.get(1)?,
        at: row.get(2)?,
        link: row.get(3)?,
        wording: row.get(4)?,
        article: row.get(5)?,
        is_read: row.get(6)?,
        is_muted: row.get(7)?,
    })
}

/// The page that an entry links to, with the others that do.
struct Page {
    /// It is one article's, and not that of a section, a status or a running story.
    is_articles: bool,
    /// Those whose article it is, or was until now.
    peers: Vec<Member>,
}

impl Page {
    fn of(connection: &Connection, arrival: &Arrival<'_>) -> Result<Self, StoreError> {
        let Some(link) = arrival.link else { return Ok(Self { is_articles: false, peers: Vec::new() }) };
        let sql = format!("SELECT {MEMBER}, title_hash FROM state WHERE link = ?1 AND id IS NOT ?2");
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![link, arrival.id], |row| Ok((member(row)?, row.get::<_, i64>(8)?)))?;
        let (peers, titles): (Vec<Member>, Vec<i64>) = rows.collect::<Result<Vec<_>, _>>()?.into_iter().unzip();
        let feeds: BTreeSet<i64> = peers.iter().map(|peer| peer.feed).collect();
        let is_one = |title: i64| arrival.is_own_link || titles.iter().all(|other| *other == title);
        let was_articles = feeds.len() == peers.len() && titles.first().is_none_or(|title| is_one(*title));
        Ok(Self {
            is_articles: was_articles && !feeds.contains(&arrival.feed) && is_one(arrival.title),
            // What many share already tells nothing of any of them.
            peers: if was_articles { peers } else { Vec::new() },
        })
    }
}

/// What the arrival says, and the entries of other feeds that say the same at about the same time. Texts are only compared
/// where the titles are the same: to read every one of them would cost as much as to store it.
fn same_texts(connection: &Connection, arrival: &Arrival<'_>) -> Result<(Option<i64>, Vec<Member>), StoreError> {
    if arrival.text.title.is_empty() {
        return Ok((None, Vec::new()));
    }
    let sql = format!(
        "SELECT {MEMBER} FROM state INDEXED BY state_title \
         WHERE is_live = 1 AND title_hash = ?1 AND at BETWEEN ?2 AND ?3 AND feed_id <> ?4 AND id IS NOT ?5 \
         ORDER BY at DESC LIMIT {SAME_TITLES}"
    );
    let (from, to) = (arrival.at.saturating_sub(NEAR), arrival.at.saturating_add(NEAR));
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![arrival.title, from, to, arrival.feed, arrival.id], member)?;
    let mut found: Vec<Member> = rows.collect::<Result<_, _>>()?;
    if found.is_empty() {
        return Ok((None, found));
    }
    let own = wording(arrival.text.title, arrival.text.html).unwrap_or(TELLS_NOTHING);
    for member in found.iter_mut().filter(|member| member.wording.is_none()) {
        member.wording = Some(learn(connection, member.id)?);
    }
    found.retain(|member| own != TELLS_NOTHING && member.wording == Some(own));
    Ok((Some(own), found))
}

/// Works out what a stored entry says, once.
fn learn(connection: &Connection, id: i64) -> Result<i64, StoreError> {
    let (title, html): (String, String) = connection
        .prepare_cached("SELECT e.title, b.html FROM entry e CROSS JOIN body b ON b.id = e.id WHERE e.id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let said = wording(&title, &html).unwrap_or(TELLS_NOTHING);
    connection.prepare_cached("UPDATE state SET wording = ?2 WHERE id = ?1")?.execute([id, said])?;
    Ok(said)
}

/// The article that the entry has been a copy of until now.
fn former(connection: &Connection, arrival: &Arrival<'_>) -> Result<Option<i64>, StoreError> {
    let Some(id) = arrival.id else { return Ok(None) };
    let mut statement = connection.prepare_cached("SELECT article FROM state WHERE id = ?1")?;
    Ok(statement.query_row([id], |row| row.get(0))?)
}

/// These entries and all that are copies of these articles, but for the arrival.
fn with_copies(
    connection: &Connection,
    found: Vec<Member>,
    articles: &BTreeSet<i64>,
    arrival: &Arrival<'_>,
) -> Result<BTreeMap<i64, Member>, StoreError> {
    let sql = format!("SELECT {MEMBER} FROM state INDEXED BY state_copied WHERE article = ?1 AND has_copies = 1");
    let mut copies = connection.prepare_cached(&sql)?;
    let mut members: BTreeMap<i64, Member> = found.into_iter().map(|member| (member.id, member)).collect();
    for article in articles {
        for copy in copies.query_map([article], member)? {
            let copy = copy?;
            members.insert(copy.id, copy);
        }
    }
    if let Some(id) = arrival.id {
        members.remove(&id);
    }
    Ok(members)
}

/// One that is not stored yet comes after all others.
fn candidates(
    members: &BTreeMap<i64, Member>,
    arrival: &Arrival<'_>,
    wording: Option<i64>,
    is_articles: bool,
) -> Vec<Candidate> {
    let own = arrival.link.filter(|_| is_articles);
    let telling = |wording: Option<i64>| wording.filter(|said| *said != TELLS_NOTHING);
    let Arrival { feed, at, .. } = *arrival;
    let arrived = Candidate { id: arrival.id.unwrap_or(i64::MAX), feed, at, page: own, wording: telling(wording) };
    let stored = members.values().map(|member| Candidate {
        id: member.id,
        feed: member.feed,
        at: member.at,
        page: if member.link == arrival.link { own } else { member.link },
        wording: telling(member.wording),
    });
    stored.chain([arrived]).collect()
}
