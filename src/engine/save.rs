//! Articles as files: one article a file, named after its title, never in the place of another.

use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::tz::TimeZone;
use tempfile::NamedTempFile;

use super::book::Book;
use super::{Engine, EngineError};
use crate::content::export::{html, json_feed, markdown, name, plain};
use crate::model::article::Article;
use crate::model::entry::Entry;
use crate::model::file_format::FileFormat;
use crate::platform::{clock, paths};

/// Files of the same name that are numbered before it is given up.
const NAMESAKES: u32 = 10_000;

impl Engine {
    /// Writes an article into a file of its own in `folder`, which is made where it is missing.
    pub async fn save(&self, entry: Arc<Entry>, format: FileFormat, folder: &Path) -> Result<PathBuf, EngineError> {
        let article = self.as_set(&entry, format).await;
        let theirs = folder.to_owned();
        let work = tokio::task::spawn_blocking(move || write(&entry, &article, format, &theirs, &clock::zone()));
        let written = work.await.unwrap_or_else(|panicked| Err(std::io::Error::other(panicked)));
        written.map_err(|source| EngineError::Io { path: folder.to_owned(), source })
    }

    /// The folder for articles that are saved: what the settings say, else the one for downloads.
    #[must_use]
    pub fn saved_to(&self) -> PathBuf {
        let set = self.inner.config.save_to.as_deref();
        set.map_or_else(|| paths::downloads().unwrap_or_else(|| self.inner.paths.data.join("saved")), paths::at_home)
    }

    /// The article set as a format needs it; empty for those that take its HTML.
    pub async fn as_set(&self, entry: &Arc<Entry>, format: FileFormat) -> Article {
        let width = match format {
            FileFormat::Markdown => markdown::WIDTH,
            FileFormat::Text => plain::WIDTH,
            FileFormat::Html | FileFormat::Epub | FileFormat::JsonFeed => return Article::default(),
        };
        self.set(Arc::clone(entry), width, "image".to_owned()).await
    }
}

fn write(
    entry: &Entry,
    article: &Article,
    format: FileFormat,
    folder: &Path,
    zone: &TimeZone,
) -> std::io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let mut file = new_file(folder)?;
    match format {
        FileFormat::Markdown => file.write_all(markdown::file(entry, article).as_bytes())?,
        FileFormat::Text => file.write_all(plain::document(entry, article, zone).as_bytes())?,
        FileFormat::Html => file.write_all(html::document(entry, zone).as_bytes())?,
        FileFormat::JsonFeed => {
            let item = serde_json::to_string_pretty(&json_feed::of_entry(entry))?;
            let start = json_feed::start(&entry.headline.feed_name());
            file.write_all([&start, "\n", &item, json_feed::END].concat().as_bytes())?;
        }
        FileFormat::Epub => {
            let mut book = Book::begin(BufWriter::new(file.as_file_mut()))?;
            book.add(entry, zone)?;
            book.finish(entry.headline.words(), clock::now())?.flush()?;
        }
    }
    file.as_file().sync_all()?;
    named(file, folder, &name::stem(entry), format.extension())
}

/// Gives the file the first name of its kind that is free.
fn named(mut file: NamedTempFile, folder: &Path, stem: &str, extension: &str) -> std::io::Result<PathBuf> {
    for n in 1..=NAMESAKES {
        let number = if n == 1 { String::new() } else { format!(" ({n})") };
        let path = folder.join(format!("{stem}{number}.{extension}"));
        match file.persist_noclobber(&path) {
            Ok(_) => return Ok(path),
            Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => file = error.file,
            Err(error) => return Err(error.error),
        }
    }
    Err(std::io::ErrorKind::AlreadyExists.into())
}

/// A temporary file is its owner's alone; a saved one may be read like any other that is made here.
fn new_file(folder: &Path) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}
