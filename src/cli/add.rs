//! `kabar add`: subscribes to what is at an address, having looked at it.

use clap::Args;

use super::error::CliError;
use super::out::{Out, counted, warn};
use super::session::Session;
use super::signals::unless_interrupted;
use crate::engine::Added;
use crate::model::feed::Subscription;
use crate::model::scrub;

#[derive(Debug, Args)]
pub(super) struct AddArgs {
    /// A feed, a web page that announces one, or a file
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
        ..Subscription::default()
    };
    let mut out = Out::new();
    let mut failed = None;
    for url in &args.urls {
        let added = unless_interrupted(async { Ok(engine.add(url, subscription.clone()).await?) });
        match added.await {
            Ok(added) => {
                if added.was_known && subscription != Subscription::default() {
                    warn(&format!("the settings given were not taken over; kabar edit {} changes them", added.feed));
                }
                out.line(&line(&added))?;
                out.flush()?;
            }
            Err(CliError::Interrupted) => return Err(CliError::Interrupted),
            // One that fails keeps the others from nothing. The last failure is told at the end.
            Err(error) => failed.replace(error).iter().for_each(|earlier| warn(&earlier.words())),
        }
    }
    failed.map_or(Ok(()), Err)
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
