//! An entry's readable text, set off the interface's task and within a time limit.

use std::borrow::Cow;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use xxhash_rust::xxh3::xxh3_64;

use super::workers::LONG;
use super::{Engine, EngineError};
use crate::content::article::{Source, Words};
use crate::content::{export, text};
use crate::model::article::{Article, Line, Span};
use crate::model::entry::{Entry, EntryId};

/// HTML renderers have been seen to hang on hostile input; a reader does not wait longer than this.
const DEADLINE: Duration = Duration::from_secs(4);

/// Articles that are kept as they were read: the shown one and its neighbours; of long ones only the latest.
const SOURCES: usize = 4;
const BYTES: usize = 1 << 20;

/// An article as it was read, with the digest of its text and the bytes of it.
#[derive(Debug)]
pub(super) struct Kept {
    key: u64,
    bytes: usize,
    source: Arc<Source>,
}

impl Engine {
    /// The entry and its text, set for `width` columns. `image` is the word for a picture's placeholder.
    pub async fn article(
        &self,
        id: EntryId,
        width: u16,
        image: String,
    ) -> Result<Option<(Arc<Entry>, Article)>, EngineError> {
        let Some(entry) = self.entry(id).await? else { return Ok(None) };
        let entry = Arc::new(entry);
        let article = self.set(Arc::clone(&entry), width, image).await;
        Ok(Some((entry, article)))
    }

    /// An entry's text, set for `width` columns.
    pub async fn set(&self, entry: Arc<Entry>, width: u16, image: String) -> Article {
        let (engine, theirs) = (self.clone(), Arc::clone(&entry));
        let set = move || {
            let language = export::language(&theirs).map(Cow::into_owned);
            Article { language, ..engine.source(&theirs.html, &image).set(width) }
        };
        self.in_turn(entry.html.len(), set).await.unwrap_or_else(|| plain(&entry.html, width))
    }

    /// Does the work for an article of so many bytes, a long one while no other is at it. None where it fails, or where that
    /// and the wait before it take too long.
    pub(super) async fn in_turn<T: Send + 'static>(
        &self,
        bytes: usize,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let long = &self.inner.long;
        let done = async {
            if bytes <= LONG {
                return tokio::task::spawn_blocking(work).await.ok();
            }
            let turn = long.turn().await?;
            long.start(turn, work).await.ok()
        };
        tokio::time::timeout(DEADLINE, done).await.ok()?
    }
}

impl Engine {
    /// The article, read once for every width that it is set at.
    fn source(&self, html: &str, image: &str) -> Arc<Source> {
        let key = xxh3_64(html.as_bytes());
        let kept = || self.inner.sources.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().iter().find(|known| known.key == key) {
            return Arc::clone(&known.source);
        }
        let source = Arc::new(Source::read(html, &Words { image }));
        let mut kept = kept();
        kept.push_front(Kept { key, bytes: html.len(), source: Arc::clone(&source) });
        while kept.len() > SOURCES || kept.len() > 1 && kept.iter().map(|kept| kept.bytes).sum::<usize>() > BYTES {
            kept.pop_back();
        }
        source
    }
}

/// The text without its markup, for what the renderer cannot set.
fn plain(html: &str, width: u16) -> Article {
    let text = text::plain(html);
    let words = text.split_whitespace().count();
    let mut lines: Vec<Line> = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.chars().count() + word.chars().count() >= usize::from(width) {
                lines.push(of(std::mem::take(&mut line)));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(of(line));
    }
    Article { width, lines, words, ..Article::default() }
}

fn of(text: String) -> Line {
    Line { spans: vec![Span { text, ..Span::default() }], ..Line::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::platform::paths::Paths;

    #[tokio::test]
    async fn a_long_article_waits_for_the_one_before_it() {
        let folder = tempfile::tempdir().unwrap();
        let (config, data) = (folder.path().join("config"), folder.path().join("data"));
        let paths = Paths::find(Some(&config), Some(&data), |_| None).unwrap();
        let engine = Engine::open(&paths, Config::default()).unwrap();
        let before = engine.inner.long.turn().await.unwrap();
        assert_eq!(engine.in_turn(LONG, || "short").await, Some("short"));
        let waits = engine.in_turn(LONG + 1, || "long");
        assert!(tokio::time::timeout(Duration::from_millis(50), waits).await.is_err());
        drop(before);
        assert_eq!(engine.in_turn(LONG + 1, || "long").await, Some("long"));
    }
}
