//! An entry's readable text, set off the interface's task and within a time limit.

use std::sync::Arc;
use std::time::Duration;

use super::{Engine, EngineError};
use crate::content::article::{Words, render};
use crate::content::text;
use crate::model::article::{Article, Line, Span};
use crate::model::entry::{Entry, EntryId};

/// HTML renderers have been seen to hang on hostile input; a reader does not wait longer than this.
const DEADLINE: Duration = Duration::from_secs(4);

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
        let theirs = Arc::clone(&entry);
        let work = tokio::task::spawn_blocking(move || render(&theirs.html, width, &Words { image: &image }));
        match tokio::time::timeout(DEADLINE, work).await {
            Ok(Ok(article)) => article,
            Ok(Err(_)) | Err(_) => plain(&entry.html, width),
        }
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
