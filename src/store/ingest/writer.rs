//! Carries out the plan for one document.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::inserts::{Inserts, State};
use super::known::Recognition;
use super::tagging::Tagging;
use super::{FetchRecord, Ingest, Ingested, Item, write_record};
use crate::model::entry::{Draft, EntryId};
use crate::model::ledger::{Account, Dropped, Gap, Kept, Ledger, Passage};
use crate::model::moved::Moved;
use crate::model::plan::{Plan, plan};
use crate::model::tag::TagSource;
use crate::store::StoreError;
use crate::store::copies::{self, Arrival, Company};
use crate::store::entries::Details;
use crate::store::headlines::timestamp;
use crate::store::ledger;
use crate::store::revisions::{self, Source, Text};
use crate::store::state::{Mark, mark_entries, recount};

pub(super) struct Writer<'a> {
    connection: &'a Connection,
    ingest: &'a Ingest,
    is_muted: bool,
    feed_tags: Vec<String>,
    inserts: Inserts<'a>,
    tagging: Tagging<'a>,
    /// What is read in one feed arrives read in another.
    is_read_shared: bool,
    /// Unread ones among the new.
    unread: i64,
    /// Copies of what the user has muted.
    hidden: Vec<EntryId>,
}

impl<'a> Writer<'a> {
    /// `None` for a feed that has been unsubscribed.
    pub fn new(
        connection: &'a Connection,
        ingest: &'a Ingest,
        is_read_shared: bool,
    ) -> Result<Option<Self>, StoreError> {
        let found: Option<(bool, String)> = connection
            .prepare_cached("SELECT muted, tags FROM feed WHERE id = ?1 AND is_subscribed = 1")?
            .query_row([ingest.record.feed.0], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((is_muted, tags)) = found else {
            return Ok(None);
        };
        let feed_tags = serde_json::from_str(&tags)?;
        let (inserts, tagging) = (Inserts::new(connection)?, Tagging::new(connection)?);
        let (unread, hidden) = (0, Vec::new());
        Ok(Some(Self { connection, ingest, is_muted, feed_tags, inserts, tagging, is_read_shared, unread, hidden }))
    }

    pub fn run(mut self) -> Result<Ingested, StoreError> {
        let Recognition { sketches, known } = Recognition::of(self.connection, self.ingest)?;
        let Plan { new, changed, unchanged, renamed, returned, repeated, has_moved } = plan(&sketches, &known);
        let dropped = Dropped { repeated: repeated as u64, ..self.ingest.dropped };
        let ledger = Ledger {
            items: self.ingest.items.len() as u64 + dropped.empty + dropped.over_limit + dropped.unreadable,
            new: new.len() as u64,
            changed: changed.len() as u64,
            known: unchanged.len() as u64,
            dropped,
        };
        // A feed's first document shows what the user has subscribed to, wherever it comes from.
        let is_first = ledger::read(self.connection, self.ingest.record.feed)?.sum.items == 0;
        let is_same = is_first || ledger.known + ledger.changed > 0;
        let gap = self.keep_account(ledger, &new, changed.iter().chain(&unchanged))?;
        let mut done = Ingested { ledger, gap, ..Ingested::default() };
        // Feeds list the newest first: stored from the end, ids grow with the order of appearance.
        for index in new.iter().rev() {
            done.new.push(self.insert(&self.ingest.items[*index])?);
        }
        for (id, index) in &changed {
            self.update(*id, &self.ingest.items[*index], has_moved)?;
            done.changed.push(*id);
        }
        for (id, index) in &returned {
            self.bring_back(*id, &self.ingest.items[*index])?;
        }
        for (id, index) in &renamed {
            self.rename(*id, &self.ingest.items[*index])?;
        }
        self.write_counts(new.len() as i64)?;
        if !returned.is_empty() {
            recount(self.connection)?;
        }
        if !self.hidden.is_empty() {
            mark_entries(self.connection, std::mem::take(&mut self.hidden), Mark::Muted, None)?;
        }
        self.write_facts()?;
        match &self.ingest.record.moved {
            Some(moved) if moved.is_same.is_none() => {
                let moved = Some(Moved { is_same: Some(is_same), ..moved.clone() });
                write_record(self.connection, &FetchRecord { moved, ..self.ingest.record.clone() })?;
            }
            _ => write_record(self.connection, &self.ingest.record)?,
        }
        Ok(done)
    }

    /// Adds the document to the feed's account, and says whether something has rolled past before it.
    fn keep_account<'p>(
        &self,
        ledger: Ledger,
        new: &[usize],
        kept: impl Iterator<Item = &'p (EntryId, usize)>,
    ) -> Result<Option<Gap>, StoreError> {
        let feed = self.ingest.record.feed;
        let mut account = ledger::read(self.connection, feed)?;
        let gap = if ledger.is_nearly_all_new() && account.last.items > 0 {
            let kept = self.kept(new, kept)?;
            self.passage(&account, ledger, kept, new)?.gap()
        } else {
            None
        };
        account.last = ledger;
        account.sum.add(&ledger);
        account.gap = gap.or(account.gap);
        ledger::write(self.connection, feed, &account)?;
        Ok(gap)
    }

    /// Where in the document the few are that were known.
    fn kept<'p>(&self, new: &[usize], kept: impl Iterator<Item = &'p (EntryId, usize)>) -> Result<Kept, StoreError> {
        let first_new = new.iter().min().copied().unwrap_or_default();
        let mut statement = self.connection.prepare_cached("SELECT at FROM state WHERE id = ?1")?;
        let mut newest = None;
        for (id, index) in kept {
            if *index > first_new {
                return Ok(Kept::Below);
            }
            newest = newest.max(Some(statement.query_row([id.0], |row| row.get::<_, i64>(0))?));
        }
        Ok(newest.map_or(Kept::Nothing, Kept::Above))
    }

    fn passage(&self, account: &Account, ledger: Ledger, kept: Kept, new: &[usize]) -> Result<Passage, StoreError> {
        let feed = self.ingest.record.feed.0;
        let newest_known = self
            .connection
            .prepare_cached(
                "SELECT at FROM state INDEXED BY state_feed WHERE feed_id = ?1 AND is_live = 1 ORDER BY at DESC LIMIT 1",
            )?
            .query_row([feed], |row| row.get(0))
            .optional()?;
        let last_success: Option<i64> = self
            .connection
            .prepare_cached("SELECT last_success FROM fetch WHERE feed_id = ?1")?
            .query_row([feed], |row| row.get(0))?;
        // Where some have no date, those that have one tell nothing of the others.
        let dates: Option<Vec<i64>> = new.iter().map(|index| date(&self.ingest.items[*index].draft)).collect();
        let dates = dates.unwrap_or_default();
        Ok(Passage {
            now: self.ingest.record.at,
            last_success: last_success.map(timestamp),
            before: account.last.items,
            ledger,
            newest_known,
            kept,
            oldest: dates.iter().min().copied(),
            newest: dates.iter().max().copied(),
        })
    }

    fn insert(&mut self, item: &Item) -> Result<EntryId, StoreError> {
        let Item { draft, identities, .. } = item;
        let (feed, now) = (self.ingest.record.feed.0, self.ingest.record.at.as_second());
        // A date in the future would pin the item to the top.
        let at = date(draft).map_or(now, |date| date.min(now));
        let company = copies::join(self.connection, &arrival(feed, at, item))?;
        let is_read = company.is_read && self.is_read_shared;
        let row = State { feed, at, now, item, company: &company, is_read };
        let id = self.inserts.state(&row)?;
        self.inserts.text(id, item, language(self.ingest, draft))?;
        self.inserts.identities(feed, id, identities)?;
        let named = [(draft.categories.as_slice(), TagSource::Publisher), (&self.feed_tags, TagSource::Feed)];
        self.tagging.give((id, at, is_read), named)?;
        self.unread += i64::from(!is_read);
        self.hidden.extend(company.is_muted.then_some(EntryId(id)));
        company.put_back(self.connection)?;
        Ok(EntryId(id))
    }

    /// Keeps the version that an item had, and says whether readers see a difference. Its page is then out of date.
    fn keep_version(&self, id: EntryId, draft: &Draft) -> Result<bool, StoreError> {
        let (title, old): (String, String) = self
            .connection
            .prepare_cached("SELECT e.title, b.html FROM entry e JOIN body b ON b.id = e.id WHERE e.id = ?1")?
            .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let texts = (Text { title: &title, html: &old }, Text { title: &draft.title, html: html(draft) });
        let is_edit = revisions::replace(self.connection, id, Source::Feed, texts, self.ingest.record.at)?;
        if is_edit {
            self.connection
                .prepare_cached("UPDATE page SET is_stale = 1, attempts = 0 WHERE id = ?1")?
                .execute([id.0])?;
        }
        Ok(is_edit)
    }

    /// An edited item keeps its state, its place in the list and the user's tags.
    /// A feed that has moved has other links in its texts, which is no edit.
    fn update(&mut self, id: EntryId, item: &Item, has_moved: bool) -> Result<(), StoreError> {
        let Item { draft, .. } = item;
        let is_edit = self.keep_version(id, draft)?;
        self.connection
            .prepare_cached(
                "UPDATE entry SET is_edited = max(is_edited, ?9 AND (title <> ?3 OR NOT ?10)), \
                 url = coalesce(?2, url), title = ?3, author = ?4, published = coalesce(?5, published), updated = ?6, \
                 language = coalesce(?7, language), summary = ?8 WHERE id = ?1",
            )?
            .execute(params![
                id.0,
                draft.url,
                draft.title,
                draft.authors.first(),
                draft.published.map(Timestamp::as_second),
                draft.updated.map(Timestamp::as_second),
                language(self.ingest, draft),
                item.summary,
                is_edit,
                has_moved,
            ])?;
        self.connection.prepare_cached("UPDATE body SET html = ?2, details = ?3 WHERE id = ?1")?.execute(params![
            id.0,
            html(draft),
            details(draft).json()?
        ])?;
        self.connection
            .prepare_cached("UPDATE state SET fingerprint = ?2, title_hash = ?3 WHERE id = ?1")?
            .execute(params![id.0, item.fingerprint, item.title_hash])?;
        let group = copies::groups(self.connection, &[id])?;
        group.iter().try_for_each(|article| copies::take_off(self.connection, *article))?;
        self.tagging.retag(id, &draft.categories, TagSource::Publisher)?;
        group.iter().try_for_each(|article| copies::put_back(self.connection, *article))?;
        self.recognise(id, item, true)?;
        Ok(())
    }

    /// An item whose text went with its subscription is there again, with the state that it had. The caller recounts.
    fn bring_back(&mut self, id: EntryId, item: &Item) -> Result<(), StoreError> {
        self.inserts.text(id.0, item, language(self.ingest, &item.draft))?;
        self.connection
            .prepare_cached("UPDATE state SET is_live = 1, fingerprint = ?2, title_hash = ?3 WHERE id = ?1")?
            .execute(params![id.0, item.fingerprint, item.title_hash])?;
        self.tagging.retag(id, &item.draft.categories, TagSource::Publisher)?;
        self.tagging.retag(id, &self.feed_tags, TagSource::Feed)?;
        self.bring_back_tags(id)?;
        let company = self.recognise(id, item, true)?;
        self.hidden.extend(company.is_muted.then_some(id));
        if company.is_read && self.is_read_shared {
            self.connection.prepare_cached("UPDATE state SET is_read = 1 WHERE id = ?1")?.execute([id.0])?;
        }
        Ok(())
    }

    /// What it was tagged with by the user and by rules.
    fn bring_back_tags(&mut self, id: EntryId) -> Result<(), StoreError> {
        for source in [TagSource::User, TagSource::Rule] {
            let names: Vec<String> = self
                .connection
                .prepare_cached("SELECT name FROM kept_tag WHERE entry_id = ?1 AND source = ?2")?
                .query_map([id.0, source as i64], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            self.tagging.retag(id, &names, source)?;
        }
        self.connection.prepare_cached("DELETE FROM kept_tag WHERE entry_id = ?1")?.execute([id.0])?;
        Ok(())
    }

    /// An item that says what it said has another guid or page.
    fn rename(&mut self, id: EntryId, item: &Item) -> Result<(), StoreError> {
        self.recognise(id, item, false)?;
        Ok(())
    }

    /// Learns by what an entry is recognised from now on, and whose copy it is.
    fn recognise(&mut self, id: EntryId, item: &Item, is_other_text: bool) -> Result<Company, StoreError> {
        self.inserts.identities(self.ingest.record.feed.0, id.0, &item.identities)?;
        let (at, link): (i64, Option<i64>) = self
            .connection
            .prepare_cached("SELECT at, link FROM state WHERE id = ?1")?
            .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let has_guid = item.identities.guid.is_some();
        self.connection
            .prepare_cached("UPDATE state SET has_guid = ?2 WHERE id = ?1 AND has_guid <> ?2")?
            .execute(params![id.0, has_guid])?;
        let arrival = arrival(self.ingest.record.feed.0, at, item);
        // An item that comes without its link keeps the one that it had.
        let arrival = Arrival { id: Some(id.0), link: arrival.link.or(link), ..arrival };
        if arrival.link == link && !is_other_text {
            return Ok(Company::default());
        }
        let company = copies::join(self.connection, &arrival)?;
        self.connection
            .prepare_cached(
                "UPDATE state SET link = ?2, wording = ?3, article = ?4, has_copies = ?4 IS NOT NULL WHERE id = ?1",
            )?
            .execute(params![id.0, arrival.link, company.wording, company.article])?;
        company.put_back(self.connection)?;
        Ok(company)
    }

    fn write_counts(&self, new: i64) -> Result<(), StoreError> {
        if new > 0 {
            self.connection
                .prepare_cached("UPDATE feed SET articles = articles + ?2, unread = unread + ?3 WHERE id = ?1")?
                .execute([self.ingest.record.feed.0, new, self.unread])?;
        }
        // A muted feed's articles are not met through tags, so they do not count there.
        if self.is_muted { Ok(()) } else { self.tagging.write_counts() }
    }

    fn write_facts(&self) -> Result<(), StoreError> {
        let facts = serde_json::to_string(&self.ingest.facts)?;
        self.connection
            .prepare_cached(
                "UPDATE feed SET title = iif(?2 = '', title, ?2), facts = ?3 WHERE id = ?1 AND (title <> ?2 OR facts <> ?3)",
            )?
            .execute(params![self.ingest.record.feed.0, self.ingest.facts.title, facts])?;
        Ok(())
    }
}

fn arrival(feed: i64, at: i64, item: &Item) -> Arrival<'_> {
    Arrival {
        id: None,
        feed,
        at,
        title: item.title_hash,
        link: item.identities.link.map(|link| link.0),
        is_own_link: item.identities.is_own_link,
        text: Text { title: &item.draft.title, html: html(&item.draft) },
    }
}

/// When it was published, in unix seconds.
pub(super) fn date(draft: &Draft) -> Option<i64> {
    draft.published.or(draft.updated).map(Timestamp::as_second)
}

fn language<'d>(ingest: &'d Ingest, draft: &'d Draft) -> Option<&'d str> {
    draft.language.as_deref().or(ingest.facts.language.as_deref())
}

pub(super) fn html(draft: &Draft) -> &str {
    draft.content.as_deref().or(draft.summary.as_deref()).unwrap_or_default()
}

pub(super) fn details(draft: &Draft) -> Details {
    Details {
        authors: draft.authors.clone(),
        image: draft.image.clone(),
        enclosures: draft.enclosures.clone(),
        external_url: draft.external_url.clone(),
    }
}
