//! Opening connections: pragmas, functions, migrations.

use std::borrow::Cow;
use std::path::Path;
use std::time::Duration;

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::{Connection, OpenFlags};
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::StoreError;
use super::state::recount;
use crate::model::entry::Medium;
use crate::model::link::Link;
use crate::model::{query, tag};

/// Append-only: a released file is never edited.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_spine.sql"),
    include_str!("migrations/0002_copies.sql"),
    include_str!("migrations/0003_pages.sql"),
    include_str!("migrations/0004_positions.sql"),
    include_str!("migrations/0005_filter.sql"),
    include_str!("migrations/0006_search.sql"),
    include_str!("migrations/0007_revisions.sql"),
    include_str!("migrations/0008_views.sql"),
    include_str!("migrations/0009_rules.sql"),
    include_str!("migrations/0010_tag_merges.sql"),
    include_str!("migrations/0011_hosts.sql"),
    include_str!("migrations/0012_traffic.sql"),
    include_str!("migrations/0013_manners.sql"),
    include_str!("migrations/0014_moved.sql"),
    include_str!("migrations/0015_stories.sql"),
    include_str!("migrations/0016_topic_page.sql"),
    include_str!("migrations/0017_index_costs.sql"),
    include_str!("migrations/0018_canonical.sql"),
    include_str!("migrations/0019_zones.sql"),
    include_str!("migrations/0020_rules_grouped.sql"),
    include_str!("migrations/0021_muted_feeds.sql"),
    include_str!("migrations/0022_read.sql"),
    include_str!("migrations/0023_one_row.sql"),
    include_str!("migrations/0024_topic_walk.sql"),
    include_str!("migrations/0025_clock.sql"),
    include_str!("migrations/0026_wording.sql"),
    include_str!("migrations/0027_starred_tags.sql"),
    include_str!("migrations/0028_tag_forms.sql"),
    include_str!("migrations/0029_kept_tags.sql"),
    include_str!("migrations/0030_tag_states.sql"),
    include_str!("migrations/0031_times.sql"),
    include_str!("migrations/0032_languages.sql"),
    include_str!("migrations/0033_marked.sql"),
];

/// Other processes write in short transactions; waiting for one is normal.
const BUSY: Duration = Duration::from_secs(10);

/// Pages that a connection keeps, in KiB below zero: one that answers again and again, and one that goes over much once.
const READING: i64 = -1000;
const PASSING: i64 = -100;

/// The connection that writes. Creates the file and brings it up to date.
pub(super) fn writer(path: &Path) -> Result<Connection, StoreError> {
    let mut connection = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
    configure_writer(&mut connection, path)?;
    Ok(connection)
}

/// The connection that writes, to a store that has been opened: a file that has gone meanwhile is not made anew.
pub(super) fn writer_of_existing(path: &Path) -> Result<Connection, StoreError> {
    let mut connection = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    configure_writer(&mut connection, path)?;
    Ok(connection)
}

fn configure_writer(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let fail = |source| StoreError::Open { path: path.to_owned(), source };
    connection.pragma_update(None, "page_size", 4096).map_err(fail)?;
    connection.pragma_update(None, "journal_mode", "WAL").map_err(fail)?;
    // In WAL mode a commit survives the death of the process; NORMAL syncs at checkpoints, which keeps the file whole
    // through a power cut. What a poll stored last may then be lost, and is fetched again: validators commit with it.
    connection.pragma_update(None, "synchronous", "NORMAL").map_err(fail)?;
    connection.pragma_update(None, "wal_autocheckpoint", 4000).map_err(fail)?;
    connection.pragma_update(None, "cache_size", -24000).map_err(fail)?;
    migrate(connection, path)
}

/// A connection that only reads, to a store that is there and up to date.
pub(super) fn reader_of_current(path: &Path) -> Result<Option<Connection>, StoreError> {
    if !path.exists() {
        return Ok(None);
    }
    let connection = reader(path)?;
    let is_current = version(&connection).is_ok_and(|found| found == MIGRATIONS.len() as i64);
    Ok(is_current.then_some(connection))
}

/// A connection for what goes over much of the store once: no page is worth being kept.
pub(super) fn scanner(path: &Path) -> Result<Connection, StoreError> {
    let connection = reader(path)?;
    connection.pragma_update(None, "cache_size", PASSING)?;
    Ok(connection)
}

/// Reads what is long and read once: of its pages few are kept.
pub(super) fn in_passing<T>(
    connection: &Connection,
    read: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    connection.pragma_update(None, "cache_size", PASSING)?;
    let done = read(connection);
    connection.pragma_update(None, "cache_size", READING)?;
    done
}

/// A connection that only reads.
pub(super) fn reader(path: &Path) -> Result<Connection, StoreError> {
    let connection = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.pragma_update(None, "query_only", true)?;
    // The system keeps the pages that were read, too: once is enough while the interface rests. A megabyte holds those by
    // which the index of words finds a word, so that to ask it once more is half the work.
    connection.pragma_update(None, "cache_size", READING)?;
    Ok(connection)
}

#[expect(clippy::disallowed_methods, reason = "the one place that opens connections")]
fn open(path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let fail = |source| StoreError::Open { path: path.to_owned(), source };
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(fail)?;
    connection.busy_timeout(BUSY).map_err(fail)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.pragma_update(None, "temp_store", "MEMORY").map_err(fail)?;
    for (name, visible) in [("holds", false), ("holds_text", true)] {
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
        connection.create_scalar_function(name, 2, flags, move |context| holds(context, visible)).map_err(fail)?;
    }
    for (name, visible) in [("finds", false), ("finds_text", true)] {
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
        connection.create_scalar_function(name, 2, flags, move |context| finds(context, visible)).map_err(fail)?;
    }
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("link_hash", 1, flags, link_hash).map_err(fail)?;
    connection.create_scalar_function("medium", 2, flags, medium).map_err(fail)?;
    connection.create_scalar_function("plays", 2, flags, plays).map_err(fail)?;
    connection.create_scalar_function("fold_tag", 1, flags, fold_tag).map_err(fail)?;
    connection.create_scalar_function("small", 1, flags, small).map_err(fail)?;
    Ok(connection)
}

/// `link_hash(url)`: the page that it is the address of; null for what is no article's.
fn link_hash(context: &Context<'_>) -> rusqlite::Result<Option<i64>> {
    let url = context.get_raw(0).as_str_or_null()?.unwrap_or_default();
    Ok(Link::of(url).map(|link| link.hash()))
}

/// `fold_tag(name)`: the key of a tag.
fn fold_tag(context: &Context<'_>) -> rusqlite::Result<String> {
    Ok(tag::fold(context.get_raw(0).as_str_or_null()?.unwrap_or_default()))
}

/// `small(text)`: in small letters, so that capitals are no matter to an order.
fn small(context: &Context<'_>) -> rusqlite::Result<Option<String>> {
    Ok(context.get_raw(0).as_str_or_null()?.map(str::to_lowercase))
}

/// `medium(type, url)`: what is heard or seen in a file.
fn medium(context: &Context<'_>) -> rusqlite::Result<Option<&'static str>> {
    let url = context.get_raw(1).as_str_or_null()?.unwrap_or_default();
    Ok(Medium::of(context.get_raw(0).as_str_or_null()?, url).map(Medium::name))
}

/// `plays(html, medium)`: is such a thing shown within the text, or linked to?
fn plays(context: &Context<'_>) -> rusqlite::Result<bool> {
    let html = context.get_raw(0).as_str_or_null()?.unwrap_or_default();
    let sought = context.get_raw(1).as_str_or_null()?.unwrap_or_default();
    Ok(Medium::within(html).any(|medium| medium.name() == sought))
}

/// `holds(text, word)` and `holds_text(html, word)`: is the word in it, whatever the case? The word comes in small letters.
fn holds(context: &Context<'_>, only_visible: bool) -> rusqlite::Result<bool> {
    let text = context.get_raw(0).as_str_or_null()?.unwrap_or_default();
    let word = context.get_raw(1).as_str_or_null()?.unwrap_or_default();
    let text = if only_visible { visible_text(text) } else { text.to_owned() };
    Ok(composed(&text).to_lowercase().contains(word))
}

/// A text as keyboards write it: a letter with its mark is one character.
pub(super) fn composed(text: &str) -> Cow<'_, str> {
    let is_composed = text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes;
    if is_composed { Cow::Borrowed(text) } else { text.nfc().collect() }
}

/// `finds(text, pattern)` and `finds_text(html, pattern)`: does the regular expression match in it? It is compiled once a
/// statement.
fn finds(context: &Context<'_>, only_visible: bool) -> rusqlite::Result<bool> {
    let regex = context.get_or_create_aux(1, |value| {
        query::regex(value.as_str()?).map_err(Box::<dyn std::error::Error + Send + Sync>::from)
    })?;
    let text = context.get_raw(0).as_str_or_null()?.unwrap_or_default();
    let text = if only_visible { Cow::Owned(visible_text(text)) } else { Cow::Borrowed(text) };
    Ok(regex.is_match(&composed(&text)))
}

/// What a person sees of safe HTML: no tags, the escapes of `&`, `<`, `>`, `"` and the hard space undone.
fn visible_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => {
                in_tag = false;
                text.push(' ');
            }
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    let escapes = [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    escapes.iter().fold(
        text,
        |text, (escape, plain)| {
            if text.contains('&') { text.replace(escape, plain) } else { text }
        },
    )
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let known = MIGRATIONS.len() as i64;
    let found = version(connection)?;
    if found > known {
        return Err(StoreError::Newer { path: path.to_owned(), found, known });
    }
    if found == known {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Another process may have migrated while this one waited for the lock.
    let found = version(&transaction)?;
    for (number, sql) in MIGRATIONS.iter().enumerate().skip(found as usize) {
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", number as i64 + 1)?;
    }
    recount(&transaction)?;
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A store as this version left it.
    fn of_version(path: &Path, version: usize) -> Connection {
        let connection = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE).unwrap();
        MIGRATIONS.iter().take(version).for_each(|sql| connection.execute_batch(sql).unwrap());
        connection.pragma_update(None, "user_version", version as i64).unwrap();
        connection
    }

    /// A store as the first version left it, with an article that two feeds have.
    fn old(path: &Path) {
        let connection = of_version(path, 1);
        for feed in 1..=2 {
            connection.execute("INSERT INTO feed (id, url, articles, unread) VALUES (?1, ?1, 2, 2)", [feed]).unwrap();
            connection.execute("INSERT INTO fetch (feed_id) VALUES (?1)", [feed]).unwrap();
        }
        for (id, feed, url) in [
            (1, 1, "https://contoh.id/2024/1"),
            (2, 1, "https://contoh.id/2024/2"),
            (3, 2, "http://www.contoh.id/2024/1?utm_source=rss"),
            (4, 2, "https://contoh.id/"),
        ] {
            let state = "INSERT INTO state (id, feed_id, at, first_seen, fingerprint, title_hash, has_guid) \
                         VALUES (?1, ?2, ?1, ?1, ?1, 7, 1)";
            connection.execute(state, [id, feed]).unwrap();
            connection.execute("INSERT INTO entry (id, url, title) VALUES (?1, ?2, 'Judul')", (id, url)).unwrap();
            connection.execute("INSERT INTO body (id, html) VALUES (?1, '')", [id]).unwrap();
        }
    }

    #[test]
    fn a_store_of_the_first_version_learns_of_pages_and_copies() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kabar.db");
        old(&path);
        let connection = writer(&path).unwrap();
        let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!(number("SELECT count(*) FROM state WHERE link IS NOT NULL"), 3);
        assert_eq!(number("SELECT sum(id) FROM state WHERE has_copies = 1"), 1 + 3);
        assert_eq!(number("SELECT unread FROM overlap WHERE kind = 0"), 1);
        assert_eq!(number("PRAGMA user_version"), MIGRATIONS.len() as i64);
    }

    #[test]
    fn tags_that_were_two_for_their_form_alone_are_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kabar.db");
        of_version(&path, 27)
            .execute_batch(
                "INSERT INTO feed (id, url) VALUES (1, '1');
                 INSERT INTO fetch (feed_id) VALUES (1);
                 INSERT INTO state (id, feed_id, at, first_seen, fingerprint, title_hash, has_guid, is_starred)
                 VALUES (1, 1, 1, 1, 1, 7, 1, 1), (2, 1, 2, 2, 2, 8, 1, 1);
                 INSERT INTO entry (id, url, title) VALUES (1, '1', 'Satu'), (2, '2', 'Dua');
                 INSERT INTO body (id, html) VALUES (1, ''), (2, '');
                 INSERT INTO tag (id, key, name) VALUES
                 (1, '\u{e9}lections', '\u{e9}lections'), (2, 'e\u{301}lections', 'E\u{301}lections'), (3, 'ａｉ', 'ＡＩ');
                 INSERT INTO entry_tag (entry_id, tag_id, source, at) VALUES (1, 1, 0, 1), (1, 3, 0, 1), (2, 2, 0, 2);",
            )
            .unwrap();
        let connection = writer(&path).unwrap();
        let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!(number("SELECT count(*) FROM entry_tag WHERE tag_id = 1"), 2);
        assert_eq!(number("SELECT articles FROM tag WHERE id = 1"), 2);
        assert_eq!(number("SELECT into_id FROM tag_merge WHERE tag_id = 2"), 1);
        assert_eq!(number("SELECT count(*) FROM tag WHERE key = 'ai'"), 1);
        // What is starred is found by the tag that both are.
        assert_eq!(number("SELECT count(*) FROM tag_state WHERE tag_id = 1 AND state = 1"), 2);
    }

    #[test]
    fn articles_without_a_declared_language_have_that_of_the_index_and_are_not_indexed_once_more() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kabar.db");
        of_version(&path, 31)
            .execute_batch(
                "INSERT INTO entry (id, url, title, language) VALUES (1, '1', 'Satu', NULL), (2, '2', 'Two', 'en');
                 INSERT INTO indexed (id, words, language) VALUES (1, 1, 'id'), (2, 1, 'id');
                 DELETE FROM index_queue;",
            )
            .unwrap();
        let connection = writer(&path).unwrap();
        let text = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
        assert_eq!(text("SELECT group_concat(language) FROM entry"), "id,en");
        assert_eq!(text("SELECT count(*) || '' FROM index_queue"), "0");
    }
}
