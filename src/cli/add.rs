//! `kabar add`: subscribes to what is at an address, having looked at it.

use clap::Args;
use serde::Serialize;

use super::arrival;
use super::error::CliError;
use super::manners::MannersArgs;
use super::out::{Out, counted, warn};
use super::session::Session;
use super::signals::unless_interrupted;
use crate::engine::{Added, Offer};
use crate::model::feed::{FeedId, Subscription};
use crate::model::manners::Manners;
use crate::model::scrub;

#[derive(Debug, Args)]
pub(super) struct AddArgs {
    /// A feed, a web page that has one, a file, or `exec:COMMAND` for what a command prints; of several feeds the best is
    /// taken and the others are listed
    #[arg(required = true, value_name = "URL")]
    urls: Vec<String>,
    /// Your own name for the feed
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// The folder to put it in
    #[arg(long, value_name = "FOLDER")]
    folder: Option<String>,
    /// A tag for all of its articles; may be given several times
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// A command that the document passes before it is read as a feed
    #[arg(long, value_name = "CMD")]
    filter: Option<String>,
    #[command(flatten)]
    manners: MannersArgs,
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Row<'a> {
    feed: FeedId,
    url: &'a str,
    title: &'a str,
    articles: usize,
    was_known: bool,
    /// The other feeds that were found there.
    others: &'a [Offer],
}

pub(super) async fn run(args: AddArgs, session: &Session) -> Result<(), CliError> {
    if args.title.is_some() && args.urls.len() > 1 {
        return Err(CliError::Usage("--title names one feed, but several are added".to_owned()));
    }
    let engine = session.engine()?;
    let subscription = Subscription {
        title: args.title.as_deref().and_then(filled),
        folder: args.folder.as_deref().and_then(filled),
        tags: args.tag.iter().filter_map(|tag| filled(tag)).collect(),
        filter: args.filter.as_deref().and_then(filled),
        manners: args.manners.changed(Manners::default()).if_any(),
        ..Subscription::default()
    };
    let mut out = Out::new();
    let mut failed = None;
    let mut done: Vec<Added> = Vec::new();
    for url in &args.urls {
        let added = unless_interrupted(async { Ok(engine.add(url, subscription.clone()).await?) });
        match added.await {
            Ok(added) => {
                if added.was_known && subscription != Subscription::default() {
                    warn(&format!("the settings given were not taken over; kabar edit {} changes them", added.feed));
                }
                if !args.json {
                    text(&added, &mut out)?;
                    out.flush()?;
                }
                done.push(added);
            }
            Err(CliError::Interrupted) => return Err(CliError::Interrupted),
            // One that fails keeps the others from nothing. The last failure is told at the end.
            Err(error) => failed.replace(error).iter().for_each(|earlier| warn(&earlier.words())),
        }
    }
    if done.iter().any(|added| !added.was_known && added.articles > 0) {
        unless_interrupted(arrival::ruled(&engine)).await?;
        unless_interrupted(arrival::errands(&engine)).await?;
    }
    if args.json {
        out.json(&done.iter().map(row).collect::<Vec<_>>())?;
        out.flush()?;
    }
    failed.map_or(Ok(()), Err)
}

fn row(added: &Added) -> Row<'_> {
    let Added { feed, url, title, articles, was_known, others } = added;
    Row { feed: *feed, url, title, articles: *articles, was_known: *was_known, others }
}

/// What was subscribed to, and below it what else there was.
fn text(added: &Added, out: &mut Out) -> Result<(), CliError> {
    out.line(&line(added))?;
    for Offer { url, title, articles } in &added.others {
        let title = if title.is_empty() { url } else { title };
        out.line(&format!("  also there: {} ({}, {url})", scrub::line(title), counted(*articles as u64, "article")))?;
    }
    Ok(())
}

fn line(added: &Added) -> String {
    let what = if added.was_known { "Already subscribed" } else { "Subscribed" };
    let title = if added.title.is_empty() { &added.url } else { &added.title };
    format!("{what}: {title} (feed {}, {}, {})", added.feed, counted(added.articles as u64, "article"), added.url)
}

/// One line without control characters, if anything is left of it.
pub(super) fn filled(text: &str) -> Option<String> {
    let text = scrub::line(text);
    (!text.is_empty()).then(|| text.into_owned())
}
