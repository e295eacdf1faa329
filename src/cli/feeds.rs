//! `kabar feeds`: the subscriptions and how they fare.

use std::borrow::Cow;

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use super::error::CliError;
use super::out::{Out, Style, flush_right, padded};
use super::row::shown;
use super::session::Session;
use super::{advice, headlines};
use crate::model::feed::{Feed, FeedId, FetchError, shown_url};
use crate::model::ledger::{Account, Gap, Ledger};
use crate::model::schedule::Why;
use crate::model::traffic::Cost;
use crate::platform::clock;

#[derive(Debug, Args)]
pub(super) struct FeedsArgs {
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Row<'a> {
    id: FeedId,
    url: String,
    title: Cow<'a, str>,
    folder: Option<&'a str>,
    tags: &'a [String],
    articles: u64,
    unread: u64,
    starred: u64,
    /// Seconds.
    interval: Option<u32>,
    fulltext: bool,
    muted: bool,
    /// The command that its document passes.
    filter: Option<&'a str>,
    /// Names only: the values may be secret.
    headers: Vec<&'a str>,
    user_agent: Option<&'a str>,
    proxy: Option<String>,
    /// The user's name at the server.
    login: Option<&'a str>,
    language: Option<&'a str>,
    home: Option<&'a str>,
    last_attempt: Option<Timestamp>,
    last_success: Option<Timestamp>,
    next_attempt: Option<Timestamp>,
    /// Why it is then.
    why: Option<Why>,
    failures: u32,
    error: Option<&'a FetchError>,
    /// What to do about it.
    advice: Option<String>,
    /// Where its server sends it on to for good, and why it is still asked at this address.
    moved: Option<MovedTo>,
    /// Of the last thirty days.
    traffic: Cost,
    /// What became of the items of its last document and of all of them.
    ledger: Books,
    /// It has rolled past between two polls: when, and the seconds between polls that would have caught it.
    gap: Option<Gap>,
}

#[derive(Serialize)]
struct MovedTo {
    to: String,
    /// Different days on which it did.
    days: u32,
    /// Whether articles of the feed have come from there; null until something has.
    same_articles: Option<bool>,
    why: String,
}

impl MovedTo {
    fn of(feed: &Feed) -> Option<Self> {
        let why = advice::on_move_in_short(feed)?;
        let moved = feed.fetch.moved.as_ref()?;
        Some(Self { to: shown_url(&moved.to), days: moved.days, same_articles: moved.is_same, why })
    }
}

#[derive(Serialize)]
struct Books {
    last: Ledger,
    sum: Ledger,
}

impl<'a> Row<'a> {
    fn new(feed: &'a Feed, account: &Account, day: u32) -> Self {
        Self {
            id: feed.id,
            url: shown_url(&feed.url),
            title: shown(feed.name()),
            folder: feed.subscription.folder.as_deref(),
            tags: &feed.subscription.tags,
            articles: feed.articles,
            unread: feed.unread,
            starred: feed.starred,
            interval: feed.subscription.interval,
            fulltext: feed.subscription.fulltext,
            muted: feed.subscription.muted,
            filter: feed.subscription.filter.as_deref(),
            headers: feed.subscription.manners().headers.iter().map(|(name, _)| name.as_str()).collect(),
            user_agent: feed.subscription.manners().user_agent.as_deref(),
            proxy: feed.subscription.manners().proxy.as_deref().map(shown_url),
            login: feed.subscription.manners().user(),
            language: feed.facts.language.as_deref(),
            home: feed.facts.home.as_deref(),
            last_attempt: feed.fetch.last_attempt,
            last_success: feed.fetch.last_success,
            next_attempt: feed.fetch.next_attempt,
            why: feed.fetch.why,
            failures: feed.fetch.failures,
            error: feed.fetch.error.as_ref(),
            advice: advice::on_feed(feed),
            moved: MovedTo::of(feed),
            traffic: feed.fetch.traffic.sum(day),
            ledger: Books { last: account.last, sum: account.sum },
            gap: account.gap,
        }
    }
}

pub(super) async fn run(args: FeedsArgs, session: &Session) -> Result<(), CliError> {
    let engine = session.engine()?;
    let (feeds, accounts) = (engine.feeds().await?, engine.accounts().await?);
    let none = Account::default();
    let account = |feed: &Feed| accounts.get(&feed.id).unwrap_or(&none);
    let mut out = Out::new().ascii(session.ascii);
    if args.json {
        out.json(&feeds.iter().map(|feed| Row::new(feed, account(feed), today())).collect::<Vec<_>>())?;
    } else {
        let usual = engine.config().poll.interval.as_secs();
        let gap = |feed: &Feed| {
            advice::on_gap(feed, account(feed), usual).map(|(missed, advice)| format!("{missed}; {advice}"))
        };
        text(&feeds, &gap, &mut out)?;
    }
    out.flush()
}

fn today() -> u32 {
    u32::try_from(clock::now().as_second() / 86_400).unwrap_or_default()
}

/// What is wrong, what comes next, and what the reader can do.
fn failure(feed: &Feed, error: &FetchError) -> String {
    let next = match (feed.fetch.next_attempt, feed.fetch.why) {
        (_, Some(Why::Gone)) => "not asked again by itself".to_owned(),
        (Some(at), _) => format!("next attempt {}", headlines::day(at)),
        (None, _) => "asked with the next poll".to_owned(),
    };
    let advice = advice::on_feed(feed).map(|advice| format!("; {advice}")).unwrap_or_default();
    format!("{}; {next}{advice}", error.detail)
}

/// Why nothing is heard of a feed that does not fail.
fn put_off(feed: &Feed) -> Option<String> {
    let why = feed.fetch.why.filter(|why| matches!(why, Why::Held | Why::Budget | Why::Offline));
    let (why, next) = why.zip(feed.fetch.next_attempt)?;
    Some(format!("not asked before {}: {}", headlines::day(next), advice::on_time(why)))
}

/// One aligned line for each: id, unread and all articles, title, address; below it why it fails, where it may
/// have moved, and what it has missed.
fn text(feeds: &[Feed], gap: &dyn Fn(&Feed) -> Option<String>, out: &mut Out) -> Result<(), CliError> {
    let counts = |feed: &Feed| format!("{}/{}", feed.unread, feed.articles);
    let width = |column: &dyn Fn(&Feed) -> String| feeds.iter().map(|feed| column(feed).width()).max().unwrap_or(0);
    let id = width(&|feed| feed.id.to_string());
    let count = width(&counts);
    let title = width(&|feed| shown(feed.name()).into_owned()).min(40);
    for feed in feeds {
        let start = format!("{}  {}  ", flush_right(&feed.id.to_string(), id), flush_right(&counts(feed), count));
        let rest = format!("{}  {}", padded(&shown(feed.name()), title), shown_url(&feed.url));
        let rest = out.fitted(&rest, start.width());
        let start = out.styled(&start, Style::Dim);
        out.line(&format!("{start}{rest}"))?;
        let error = feed.fetch.error.as_ref().map(|error| failure(feed, error)).or_else(|| put_off(feed));
        for line in error.into_iter().chain(advice::on_move_in_short(feed)).chain(gap(feed)) {
            out.line(&format!("{}{}", " ".repeat(id + 2), out.fitted(&line, id + 2)))?;
        }
    }
    Ok(())
}
