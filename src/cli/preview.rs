//! `kabar preview`: parses a feed without subscribing to it, and without a store.

use std::path::Path;

use clap::{Args, ValueEnum};
use url::Url;

use super::error::CliError;
use super::headlines::day;
use super::import;
use super::out::{Out, counted, warn};
use super::session::Session;
use super::signals::unless_interrupted;
use crate::content::discover;
use crate::content::export::json_feed;
use crate::content::text;
use crate::engine::{self, EngineError, Typed};
use crate::model::entry::{Draft, FeedDraft};
use crate::model::feed::{Validators, shown_url};
use crate::model::identity::forget_shared_guids;
use crate::model::plan::{Knowledge, Sketch, plan};
use crate::model::scrub;
use crate::net::{Body, Client, Outcome, bare};

#[derive(Debug, Args)]
pub(super) struct PreviewArgs {
    /// A file, `-` for standard input, or a URL
    source: String,
    /// How to print it: as text, or as a JSON Feed 1.1 document
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// The URL that relative links are taken from, in place of the source's own
    #[arg(long, value_name = "URL")]
    base_url: Option<Url>,
    /// The Content-Type to go by, in place of the server's
    #[arg(long, value_name = "TYPE")]
    content_type: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// A body and where it came from.
pub(super) struct Source {
    pub bytes: Vec<u8>,
    pub content_type: Option<String>,
    pub base: Url,
    /// The feed's address, as far as it is one that others can use.
    url: Option<String>,
}

pub(super) async fn run(args: PreviewArgs, session: &Session) -> Result<(), CliError> {
    let client = engine::client(&session.config()?);
    let Source { bytes, content_type, base, url } = unless_interrupted(source(&args.source, &client)).await?;
    let given = args.base_url.as_ref().map(bare);
    let url = given.as_ref().map(Url::to_string).or(url);
    let base = given.unwrap_or(base);
    let what = shown_url(&args.source);
    let content_type = args.content_type.or(content_type);
    let elsewhere = elsewhere(&bytes, content_type.as_deref(), &base);
    let feed = unless_interrupted(async {
        let read = engine::read_document(bytes, content_type, base).await;
        read.map_err(|error| CliError::NotAFeed { what: what.clone(), problem: format!("{error}{elsewhere}") })
    });
    let mut feed = feed.await?;
    for repair in &feed.repairs {
        warn(&format!("{what}: {repair}"));
    }
    let mut out = Out::new().ascii(session.ascii);
    match args.format {
        Format::Json => out.json(&json_feed::of_feed(&feed, url.as_deref()))?,
        Format::Text => print(&feed, &mut out)?,
    }
    out.flush()?;
    // What is shown has its ids as they came; what is stored goes by those that name something.
    forget_shared_guids(&mut feed.entries);
    if let Some(left_out) = left_out(&feed) {
        warn(&format!("{what}: {left_out}"));
    }
    Ok(())
}

/// Where a page says that its feeds are; empty for everything else.
fn elsewhere(bytes: &[u8], content_type: Option<&str>, base: &Url) -> String {
    const BEGINNING: usize = 1024;
    const MOST: usize = 3;
    let beginning = bytes.get(..BEGINNING).unwrap_or(bytes).to_ascii_lowercase();
    if memchr::memmem::find(&beginning, b"<html").is_none() {
        return String::new();
    }
    let feeds = discover::announced(bytes, content_type, None, base);
    let urls: Vec<String> = feeds.iter().take(MOST).map(|feed| shown_url(feed.url.as_str())).collect();
    if urls.is_empty() { String::new() } else { format!("; it announces {}", urls.join(", ")) }
}

/// The items that would not be stored, and why.
fn left_out(feed: &FeedDraft) -> Option<String> {
    let kept: Vec<Sketch> = feed.entries.iter().filter(|item| !item.is_empty()).map(Sketch::of).collect();
    let repeated = plan(&kept, &Knowledge::new()).repeated as u64;
    let empty = feed.dropped.empty + (feed.entries.len() - kept.len()) as u64;
    let dropped = feed.dropped;
    let reasons = [
        (repeated, "repeated"),
        (empty, "empty"),
        (dropped.over_limit, "over the limit"),
        (dropped.unreadable + u64::from(feed.is_cut_off), "unreadable"),
    ];
    let all: u64 = reasons.iter().map(|(count, _)| count).sum();
    let reasons: Vec<String> =
        reasons.iter().filter(|(count, _)| *count > 0).map(|(count, why)| format!("{count} {why}")).collect();
    (all > 0).then(|| format!("{} would be left out: {}", counted(all, "item"), reasons.join(", ")))
}

pub(super) async fn source(source: &str, client: &Client) -> Result<Source, CliError> {
    let url = Url::parse(source).ok().filter(|url| matches!(url.scheme(), "http" | "https" | "file"));
    if let Some(url) = url {
        return fetched(&url, client).await;
    }
    if !Path::new(source).exists()
        && let Some(typed) = Typed::with_scheme_of_feeds(source)
    {
        return match (fetched(&typed.url, client).await, typed.or) {
            (Err(CliError::Engine(error)), Some(or)) if error.is_of_connection() => fetched(&or, client).await,
            (found, _) => found,
        };
    }
    if source.contains("://") {
        return Err(EngineError::NotAUrl(shown_url(source)).into());
    }
    let path = Path::new(source);
    let (_, bytes) = import::read(path)?;
    let absolute = std::path::absolute(path).ok().and_then(|path| Url::from_file_path(path).ok());
    let base = absolute.or_else(|| Url::parse("file:///").ok());
    let base = base.ok_or_else(|| EngineError::NotAUrl(shown_url(source)))?;
    Ok(Source { bytes, content_type: None, base, url: None })
}

async fn fetched(url: &Url, client: &Client) -> Result<Source, CliError> {
    let shown = shown_url(url.as_str());
    match client.fetch(url, &Validators::default()).await {
        Outcome::Body(Body { bytes, content_type, final_url, .. }) => {
            Ok(Source { bytes, content_type, url: Some(final_url.to_string()), base: final_url })
        }
        Outcome::Failed(failure) => Err(EngineError::Fetch { url: shown, error: failure.error }.into()),
        Outcome::NotModified(_) => {
            Err(CliError::NotAFeed { what: shown, problem: "it came without a body".to_owned() })
        }
    }
}

fn print(feed: &FeedDraft, out: &mut Out) -> Result<(), CliError> {
    out.line(&feed.facts.title)?;
    for line in feed.facts.home.iter().chain(&feed.facts.description) {
        out.line(&scrub::line(line))?;
    }
    out.line("")?;
    for item in &feed.entries {
        let date = item.published.or(item.updated).map_or_else(|| " ".repeat(16), day);
        let title = out.fitted(&title(item), 18);
        out.line(&format!("{date}  {title}"))?;
    }
    Ok(())
}

/// Its title; an item without one goes by its text, else by its address.
fn title(item: &Draft) -> String {
    if !item.title.is_empty() {
        return item.title.clone();
    }
    let html = item.summary.as_deref().or(item.content.as_deref()).unwrap_or_default();
    let teaser = text::teaser(html, 100);
    if teaser.is_empty() { item.url.clone().unwrap_or_else(|| "-".to_owned()) } else { teaser }
}
