//! `kabar export --articles`: written as they are read from the store, one after the other.

use std::io::{self, BufReader, BufWriter, IsTerminal as _, Seek as _, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::error::CliError;
use super::super::show::Whole;
use super::super::signals::unless_interrupted;
use super::{Format, beside, put};
use crate::content::export::{html, json_feed, markdown, plain};
use crate::engine::{Book, Engine};
use crate::model::entry::Entry;
use crate::model::feed::shown_url;
use crate::model::file_format::FileFormat;
use crate::model::query::Query;
use crate::platform::clock;

pub(super) async fn write(
    engine: &Engine,
    query: Query,
    format: Format,
    output: Option<PathBuf>,
) -> Result<(), CliError> {
    let Some(path) = output else {
        return unless_interrupted(Box::pin(to_stdout(engine, query, format))).await;
    };
    let is_folder = path.is_dir() || path.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]);
    if is_folder {
        return unless_interrupted(Box::pin(into_folder(engine, query, format, &path))).await;
    }
    let fail = |source| CliError::File { what: path.display().to_string(), source };
    let mut file = beside(&path).map_err(fail)?;
    let written = unless_interrupted(Box::pin(one_document(engine, query, format, file.as_file_mut()))).await;
    written.map_err(|error| match error {
        CliError::Output(source) => fail(source),
        other => other,
    })?;
    put(file, &path).map_err(fail)
}

async fn to_stdout(engine: &Engine, query: Query, format: Format) -> Result<(), CliError> {
    if format != Format::Epub {
        let mut out = BufWriter::new(io::stdout());
        return Document { format, count: 0 }.write(engine, query, &mut out).await;
    }
    if io::stdout().is_terminal() {
        return Err(CliError::Usage("an EPUB is no text: name a file for it with -o".to_owned()));
    }
    // An archive cannot be written straight into a pipe.
    let mut file = tempfile::tempfile().map_err(CliError::Output)?;
    one_document(engine, query, format, &mut file).await?;
    file.rewind().map_err(CliError::Output)?;
    io::copy(&mut BufReader::new(file), &mut io::stdout().lock()).map_err(CliError::Output)?;
    io::stdout().flush().map_err(CliError::Output)
}

/// Failures to write are those of the output, whatever it is.
async fn one_document(engine: &Engine, query: Query, format: Format, file: &mut std::fs::File) -> Result<(), CliError> {
    let mut to = BufWriter::new(file);
    if format != Format::Epub {
        return Document { format, count: 0 }.write(engine, query, &mut to).await;
    }
    let title = title(&query);
    let zone = clock::zone();
    let mut book = Book::begin(to).map_err(CliError::Output)?;
    let mut articles = engine.export_articles(query).await?;
    let mut last = None;
    while let Some(entry) = articles.next().await? {
        book.add(&entry, &zone).map_err(CliError::Output)?;
        last = Some((last.is_none(), entry));
    }
    // A book of one article bears its title.
    let title = last.filter(|(is_only, _)| *is_only).map_or(title, |(_, entry)| entry.headline.words().to_owned());
    let mut to = book.finish(&title, clock::now()).map_err(CliError::Output)?;
    to.flush().map_err(CliError::Output)
}

async fn into_folder(engine: &Engine, query: Query, format: Format, folder: &Path) -> Result<(), CliError> {
    let format = match format {
        Format::Markdown => FileFormat::Markdown,
        Format::Text => FileFormat::Text,
        Format::Html => FileFormat::Html,
        Format::Epub => FileFormat::Epub,
        Format::Jsonfeed => FileFormat::JsonFeed,
        Format::Ndjson | Format::Opml | Format::Json | Format::Newsboat => {
            return Err(CliError::Usage("ndjson is one document: name a file for it".to_owned()));
        }
    };
    let mut articles = engine.export_articles(query).await?;
    while let Some(entry) = articles.next().await? {
        engine.save(entry, format, folder).await?;
    }
    Ok(())
}

fn title(query: &Query) -> String {
    let is_all = matches!(query, Query::And(parts) if parts.is_empty());
    if is_all { "kabar".to_owned() } else { format!("kabar: {query}") }
}

/// A text that grows by an article at a time.
struct Document {
    format: Format,
    count: u64,
}

impl Document {
    async fn write(mut self, engine: &Engine, query: Query, to: &mut impl Write) -> Result<(), CliError> {
        let put = |to: &mut dyn Write, text: &str| to.write_all(text.as_bytes()).map_err(CliError::Output);
        put(to, &self.start(&title(&query)))?;
        let mut articles = engine.export_articles(query).await?;
        while let Some(entry) = articles.next().await? {
            let part = self.part(engine, &entry).await?;
            put(to, &part)?;
            self.count += 1;
        }
        put(to, self.end())?;
        to.flush().map_err(CliError::Output)
    }

    fn start(&self, title: &str) -> String {
        match self.format {
            Format::Jsonfeed => json_feed::start(title),
            Format::Html => html::start(title, None),
            _ => String::new(),
        }
    }

    async fn part(&self, engine: &Engine, entry: &Arc<Entry>) -> Result<String, CliError> {
        let json = |text: serde_json::Result<String>| text.map_err(|error| CliError::Output(error.into()));
        Ok(match self.format {
            Format::Markdown => {
                let article = engine.as_set(entry, FileFormat::Markdown).await;
                markdown::part(entry, &article, &clock::zone())
            }
            Format::Text => {
                let article = engine.as_set(entry, FileFormat::Text).await;
                let before = if self.count > 0 { plain::BETWEEN } else { "" };
                format!("{before}{}", plain::document(entry, &article, &clock::zone()))
            }
            Format::Html => html::article(entry, &clock::zone()),
            Format::Ndjson => {
                let touches = engine.touches(entry.headline.id).await?;
                json(serde_json::to_string(&Whole::of(entry, &shown_url(&entry.feed_url), touches)))? + "\n"
            }
            _ => {
                let before = if self.count > 0 { ",\n" } else { "\n" };
                format!("{before}{}", json(serde_json::to_string(&json_feed::of_entry(entry)))?)
            }
        })
    }

    fn end(&self) -> &'static str {
        match self.format {
            Format::Jsonfeed => json_feed::END,
            Format::Html => html::end(),
            _ => "",
        }
    }
}
