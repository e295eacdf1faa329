//! What hosts have asked for, and times that a changed clock has made wrong.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, params};

use super::headlines::timestamp;
use super::{Store, StoreError};
use crate::model::schedule::rest;

/// No plan reaches further than this, unless the user's interval does: a week that a server named, and a week of hours that
/// the publisher excludes.
const FURTHEST: i64 = 14 * 86_400;
const DAY: i64 = 86_400;
/// How long after a rest another one counts as the same trouble: feeds of such a host are asked again within a day.
const LATELY: i64 = 2 * DAY;
/// What no plan made at ?1 can be; ?2 is [`FURTHEST`].
const TOO_FAR: &str = "(next_attempt > ?1 + ?2 AND \
                       next_attempt > ?1 + coalesce((SELECT interval FROM feed WHERE id = feed_id), 0) * 2)";

impl Store {
    /// Leaves a host alone until then. A shorter hold never cuts a longer one.
    pub async fn hold(&self, host: String, now: Timestamp, until: Timestamp) -> Result<(), StoreError> {
        self.record(move |connection| {
            connection
                .prepare_cached(
                    "INSERT INTO host (name, held_since, held_until) VALUES (?1, ?2, ?3) ON CONFLICT (name) \
                     DO UPDATE SET held_since = ?2, held_until = ?3, ahead_since = NULL WHERE held_until < ?3",
                )?
                .execute(params![host, now.as_second(), until.as_second()])?;
            Ok(())
        })
        .await
    }

    /// Lets a host rest that has named no time, and says until when: longer than the last time, where that was lately and
    /// nothing has come from the host since. One that rests already is left as it is.
    pub async fn rest(&self, host: String, now: Timestamp) -> Result<Timestamp, StoreError> {
        self.record(move |connection| {
            let last: Option<(i64, i64)> = connection
                .prepare_cached("SELECT held_since, held_until FROM host WHERE name = ?1")?
                .query_row([&host], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let (since, until) = last.unwrap_or_default();
            if until > now.as_second() {
                return Ok(timestamp(until));
            }
            let is_lately = until > since && now.as_second() - until < LATELY;
            let until = now.saturating_add(rest(is_lately.then(|| SignedDuration::from_secs(until - since))));
            let until = until.unwrap_or(now);
            connection
                .prepare_cached(
                    "INSERT INTO host (name, held_since, held_until) VALUES (?1, ?2, ?3) ON CONFLICT (name) \
                     DO UPDATE SET held_since = ?2, held_until = ?3, ahead_since = NULL",
                )?
                .execute(params![host, now.as_second(), until.as_second()])?;
            Ok(until)
        })
        .await
    }

    /// Something has come from a host after its rest: the next one is a first one.
    pub async fn rested(&self, host: String, now: Timestamp) -> Result<(), StoreError> {
        self.record(move |connection| {
            connection
                .prepare_cached("UPDATE host SET held_since = held_until WHERE name = ?1 AND held_until <= ?2")?
                .execute(params![host, now.as_second()])?;
            Ok(())
        })
        .await
    }

    /// The hosts that are to be left alone at `now`, or were lately and have sent nothing since, and until when.
    pub async fn holds(&self, now: Timestamp) -> Result<Vec<(String, Timestamp)>, StoreError> {
        self.read(move |connection| {
            let sql = "SELECT name, held_until FROM host WHERE held_until > ?1 AND held_until > held_since";
            let mut statement = connection.prepare_cached(sql)?;
            let since = now.as_second() - LATELY;
            let holds = statement.query_map([since], |row| Ok((row.get(0)?, timestamp(row.get(1)?))))?;
            Ok(holds.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Counts a request to a host.
    pub async fn spend(&self, host: String, now: Timestamp) -> Result<(), StoreError> {
        self.record(move |connection| {
            // A day that has not come is one of a clock that was set back.
            connection
                .prepare_cached(
                    "INSERT INTO host (name, day, requests) VALUES (?1, ?2, 1) ON CONFLICT (name) \
                     DO UPDATE SET requests = iif(day >= ?2, requests + 1, 1), day = ?2",
                )?
                .execute(params![host, now.as_second() / DAY])?;
            Ok(())
        })
        .await
    }

    /// The requests of this day to each host, where they are counted.
    pub async fn spent(&self, now: Timestamp) -> Result<Vec<(String, u32)>, StoreError> {
        self.read(move |connection| {
            let sql = "SELECT name, requests FROM host WHERE requests > 0 AND day >= ?1";
            let mut statement = connection.prepare_cached(sql)?;
            let spent = statement.query_map([now.as_second() / DAY], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(spent.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Whether the clock has been set back since times were stored, or set right after that: what was is then in the future,
    /// and what is planned would be far off.
    pub async fn is_ahead_of(&self, now: Timestamp) -> Result<bool, StoreError> {
        self.read(move |connection| {
            let sql = format!(
                "SELECT EXISTS (SELECT 1 FROM fetch WHERE last_attempt > ?1 OR ahead_last <= ?1 OR {TOO_FAR}) \
                 OR EXISTS (SELECT 1 FROM host WHERE held_since > ?1 OR ahead_since <= ?1)"
            );
            Ok(connection.prepare_cached(&sql)?.query_row([now.as_second(), FURTHEST], |row| row.get(0))?)
        })
        .await
    }

    /// A clock that is set forward cannot be told from a machine that slept for that time, whose feeds are due: each is then
    /// asked once, and no more often than ever afterwards; set right again, it is a clock that was set back.
    ///
    /// Counts from `now` what was counted from a time that the clock has not reached: each wait is as long as it was, so
    /// that a clock set back makes nothing due and puts nothing off for ever. Which of the two clocks was the right one is
    /// not known, so the times are kept: once the clock has reached them after all, they hold again. Forgets what is over.
    pub async fn mend_times(&self, now: Timestamp) -> Result<(), StoreError> {
        self.edit(move |connection| {
            let now = now.as_second();
            connection.execute(
                "UPDATE fetch SET next_attempt = max(next_attempt, ahead_next), earliest = max(earliest, ahead_earliest), \
                 last_attempt = max(last_attempt, ahead_last), ahead_last = NULL WHERE ahead_last <= ?1",
                [now],
            )?;
            connection.execute(
                "UPDATE host SET held_until = max(held_until, ahead_until), held_since = max(held_since, ahead_since), \
                 ahead_since = NULL WHERE ahead_since <= ?1",
                [now],
            )?;
            connection.execute(
                "UPDATE fetch SET ahead_next = iif(ahead_last IS NULL, next_attempt, ahead_next), \
                 ahead_earliest = iif(ahead_last IS NULL, earliest, ahead_earliest), \
                 ahead_last = coalesce(ahead_last, last_attempt), next_attempt = ?1 + max(next_attempt - last_attempt, 0), \
                 earliest = ?1 + max(earliest - last_attempt, 0), last_attempt = ?1, \
                 last_success = min(last_success, ?1) WHERE last_attempt > ?1",
                [now],
            )?;
            let sql = format!("UPDATE fetch SET next_attempt = ?1 + ?3, earliest = min(earliest, ?1 + ?3) WHERE {TOO_FAR}");
            connection.execute(&sql, [now, FURTHEST, DAY])?;
            connection.execute(
                "UPDATE host SET ahead_until = iif(ahead_since IS NULL, held_until, ahead_until), \
                 ahead_since = coalesce(ahead_since, held_since), held_until = ?1 + max(held_until - held_since, 0), \
                 held_since = ?1 WHERE held_since > ?1",
                [now],
            )?;
            connection.execute(
                "DELETE FROM host WHERE held_until <= ?1 - ?2 AND day < ?1 / 86400 AND ahead_since IS NULL",
                [now, LATELY],
            )?;
            Ok(())
        })
        .await
    }
}
