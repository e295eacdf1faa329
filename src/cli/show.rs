//! `kabar show`: one article.

use std::sync::Arc;

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use serde::Serialize;

use super::error::CliError;
use super::headlines::day;
use super::out::{Out, Style};
use super::revisions;
use super::row::{Row, shown};
use super::session::Session;
use super::signals::unless_interrupted;
use crate::content::export::markdown;
use crate::content::text;
use crate::engine::{Engine, PageError};
use crate::model::article::Article;
use crate::model::entry::{Enclosure, Entry, EntryId};
use crate::model::feed::shown_url;
use crate::model::rule::Touch;
use crate::platform::clock;

#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// The id that `list` shows
    id: i64,
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Fetch the whole article from its page first, unless that was done before
    #[arg(long)]
    full: bool,
    /// Print all versions that were published, each with what it changed of the one before
    #[arg(long, conflicts_with = "full")]
    revisions: bool,
    /// Columns of the text; the terminal's, but at most 80, without it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(10..=1000))]
    width: Option<u16>,
}

/// How an article is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Markdown,
    Html,
    Json,
}

/// An article as scripts get it.
#[derive(Serialize)]
pub(super) struct Whole<'a> {
    #[serde(flatten)]
    row: Row<'a>,
    authors: &'a [String],
    updated: Option<Timestamp>,
    html: &'a str,
    text: String,
    image: Option<&'a str>,
    enclosures: &'a [Enclosure],
    /// The text is from the article's page.
    full: bool,
    /// Hidden by a rule or by hand.
    muted: bool,
    /// What rules have done with it.
    rules: Vec<Touch>,
}

pub(super) async fn run(args: ShowArgs, session: &Session) -> Result<(), CliError> {
    let engine = session.engine()?;
    if args.revisions {
        return revisions::print(&engine, args.id, args.format).await;
    }
    let missing = if args.full { whole(&engine, args.id).await? } else { None };
    let mut out = Out::new();
    let usual = out.columns.map_or(80, |columns| columns.clamp(10, 80)) as u16;
    match args.format {
        Format::Text => {
            let (entry, article) = article(&engine, args.id, args.width.unwrap_or(usual)).await?;
            print(&entry, &article, &mut out)?;
        }
        Format::Markdown => {
            let (entry, article) = article(&engine, args.id, markdown::WIDTH).await?;
            out.text(&markdown::document(&entry, &article, &clock::zone()))?;
        }
        Format::Html => out.line(&entry(&engine, args.id).await?.html)?,
        Format::Json => {
            let entry = entry(&engine, args.id).await?;
            json(&entry, engine.touches(EntryId(args.id)).await?, &mut out)?;
        }
    }
    out.flush()?;
    // What the feed has is printed all the same.
    missing.map_or(Ok(()), |problem| Err(CliError::NoWhole { id: args.id, problem }))
}

/// Fetches the article's page; the reason when there is no whole article.
async fn whole(engine: &Engine, id: i64) -> Result<Option<PageError>, CliError> {
    if entry(engine, id).await?.is_whole {
        return Ok(None);
    }
    let fetched = unless_interrupted(async { Ok(engine.fetch_whole(EntryId(id)).await?) }).await?;
    Ok(fetched.err())
}

async fn entry(engine: &Engine, id: i64) -> Result<Entry, CliError> {
    engine.entry(EntryId(id)).await?.ok_or(CliError::NoArticle(id))
}

async fn article(engine: &Engine, id: i64, width: u16) -> Result<(Arc<Entry>, Article), CliError> {
    engine.article(EntryId(id), width, "image".to_owned()).await?.ok_or(CliError::NoArticle(id))
}

fn json(entry: &Entry, rules: Vec<Touch>, out: &mut Out) -> Result<(), CliError> {
    out.json(&Whole::of(entry, &shown_url(&entry.feed_url), rules))
}

impl<'a> Whole<'a> {
    pub(super) fn of(entry: &'a Entry, feed_url: &'a str, rules: Vec<Touch>) -> Self {
        Self {
            row: Row::new(&entry.headline, feed_url),
            authors: &entry.authors,
            updated: entry.updated,
            html: &entry.html,
            text: text::plain(&entry.html),
            image: entry.image.as_deref(),
            enclosures: &entry.enclosures,
            full: entry.is_whole,
            muted: entry.headline.muted,
            rules,
        }
    }
}

fn print(entry: &Entry, article: &Article, out: &mut Out) -> Result<(), CliError> {
    let title = out.styled(entry.headline.words(), Style::Strong);
    out.line(&title)?;
    for line in about(entry) {
        let line = out.styled(&line, Style::Dim);
        out.line(&line)?;
    }
    lines(article, out)
}

/// The text and the addresses of its links.
pub(super) fn lines(article: &Article, out: &mut Out) -> Result<(), CliError> {
    for line in &article.lines {
        let text = line.text();
        let text = text.trim_end();
        let text = if line.heading.is_some() { out.styled(text, Style::Strong) } else { text.to_owned() };
        out.line(&text)?;
    }
    if !article.links.is_empty() {
        out.line("")?;
    }
    for (n, link) in article.links.iter().enumerate() {
        out.line(&format!("[{}] {}", n + 1, link.url))?;
    }
    Ok(())
}

/// Where it is from, by whom and when; its address, tags and files; an empty line before the text.
fn about(entry: &Entry) -> Vec<String> {
    let headline = &entry.headline;
    let from = [Some(shown(&headline.feed_title).into_owned()), authors(entry), Some(day(headline.at))];
    let mut lines = vec![from.into_iter().flatten().collect::<Vec<_>>().join(" · ")];
    lines.extend(headline.url.clone());
    if !headline.tags.is_empty() {
        lines.push(headline.tags.iter().map(|tag| format!("#{tag}")).collect::<Vec<_>>().join(" "));
    }
    lines.extend(entry.enclosures.iter().map(|file| format!("+ {}", file.url)));
    lines.push(String::new());
    lines
}

fn authors(entry: &Entry) -> Option<String> {
    Some(entry.authors().join(", ")).filter(|authors| !authors.is_empty())
}
