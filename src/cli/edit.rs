//! `kabar edit`: changes what a subscription is set to. What is not named stays.

use clap::{Args, ValueEnum};

use super::add::filled;
use super::error::CliError;
use super::manners::MannersArgs;
use super::out::Out;
use super::row::shown;
use super::session::Session;
use crate::config::raw::Span;
use crate::model::feed::Subscription;

#[derive(Debug, Args)]
pub(super) struct EditArgs {
    /// Id, URL or a part of the title
    #[arg(value_name = "FEED")]
    feed: String,
    /// Where the feed is now
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Your own name for it; empty for the publisher's
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// The folder to put it in; empty for none
    #[arg(long, value_name = "FOLDER")]
    folder: Option<String>,
    /// A tag for all of its articles, in place of those it has; may be given several times, once empty for none
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// Time between two polls, at least 5m: 15m, 1h, 2d; empty for the one in the settings
    #[arg(long, value_name = "TIME", value_parser = interval)]
    interval: Option<Interval>,
    /// Fetch the whole page of every new article
    #[arg(long, value_enum, value_name = "SWITCH", num_args = 0..=1, default_missing_value = "on")]
    fulltext: Option<Switch>,
    /// Show nothing of it outside its own list
    #[arg(long, value_enum, value_name = "SWITCH", num_args = 0..=1, default_missing_value = "on")]
    mute: Option<Switch>,
    /// A command that the document passes before it is read as a feed; empty for none
    #[arg(long, value_name = "CMD")]
    filter: Option<String>,
    #[command(flatten)]
    manners: MannersArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Switch {
    On,
    Off,
}

/// Seconds; none for the usual.
#[derive(Debug, Clone, Copy)]
struct Interval(Option<u32>);

fn interval(text: &str) -> Result<Interval, String> {
    if text.is_empty() {
        return Ok(Interval(None));
    }
    let seconds = Span::parse(text)?.0.as_secs();
    if seconds < 300 {
        return Err("it is at least 5m".to_owned());
    }
    Ok(Interval(Some(u32::try_from(seconds).unwrap_or(u32::MAX))))
}

pub(super) async fn run(args: EditArgs, session: &Session) -> Result<(), CliError> {
    let engine = session.engine()?;
    let feed = engine.feed_named(&args.feed).await?;
    let subscription = changed(feed.subscription.clone(), &args);
    engine.edit_feed(feed.id, args.url.as_deref(), subscription).await?;
    let mut out = Out::new();
    let now = engine.feed_named(&feed.id.to_string()).await?;
    out.line(&format!("Changed: {} (feed {})", shown(now.name()), now.id))?;
    out.flush()
}

fn changed(old: Subscription, args: &EditArgs) -> Subscription {
    let is_on = |switch: Option<Switch>, old| switch.map_or(old, |switch| switch == Switch::On);
    Subscription {
        title: args.title.as_deref().map_or(old.title, filled),
        folder: args.folder.as_deref().map_or(old.folder, filled),
        tags: if args.tag.is_empty() { old.tags } else { args.tag.iter().filter_map(|tag| filled(tag)).collect() },
        interval: args.interval.map_or(old.interval, |interval| interval.0),
        fulltext: is_on(args.fulltext, old.fulltext),
        muted: is_on(args.mute, old.muted),
        filter: args.filter.as_deref().map_or(old.filter, filled),
        manners: args.manners.changed(*old.manners.unwrap_or_default()).if_any(),
    }
}
