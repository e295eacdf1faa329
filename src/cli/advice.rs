//! What to do about a fault, in words.

use std::time::Duration;

use super::headlines::day;
use crate::config::raw::Span;
use crate::engine::EngineError;
use crate::model::feed::{FailureKind, Feed, shown_url};
use crate::model::ledger::Account;
use crate::model::moved::{DAYS, Obstacle};
use crate::model::schedule::Why;
use crate::platform::clock;
use crate::store::StoreError;

/// What to do about an error.
pub(super) fn on(error: &EngineError) -> &'static str {
    match error {
        EngineError::Store(StoreError::Newer { .. }) => "run the newer kabar",
        EngineError::Store(StoreError::NoFeed(_)) | EngineError::UnknownFeed(_) => "`kabar feeds` lists them",
        EngineError::Store(StoreError::ViewExists(_)) => "choose another name, or remove that one first",
        EngineError::Store(StoreError::KeyTaken { .. }) => "choose another key",
        EngineError::UnknownRule(_) => "`kabar rules` lists them",
        EngineError::UnknownView(_) | EngineError::Store(StoreError::Query(_)) => "`kabar views` lists them",
        EngineError::Store(_) => "`kabar doctor` looks into it",
        EngineError::Io { .. } => "see that it is there and may be written; KABAR_DATA_DIR moves it",
        EngineError::NotAUrl(_) => "write an address such as https://example.com/feed.xml",
        EngineError::Fetch { error, .. } => on_first_failure(error.kind),
        EngineError::NoFeed { .. } => "give the address of the feed itself",
        EngineError::Ambiguous { .. } => "give the number in brackets",
        EngineError::Import { .. } => "give an OPML document or newsboat's list of addresses",
    }
}

/// What to do about a document that cannot be had, to which nobody is subscribed yet.
fn on_first_failure(kind: FailureKind) -> &'static str {
    match kind {
        FailureKind::Unreachable | FailureKind::Timeout | FailureKind::Http | FailureKind::Encoding => {
            "try again later"
        }
        FailureKind::Throttled => "try again later; the server wants to be left alone for now",
        FailureKind::NotFound | FailureKind::Gone | FailureKind::Redirect => "look for the feed's address on its site",
        FailureKind::NotAFeed => "give the address of a feed, or of a page that announces one",
        _ => on_failure(kind),
    }
}

/// What a feed has missed, and what catches it, where it is polled less often.
pub(super) fn on_gap(feed: &Feed, account: &Account, usual: u64) -> Option<(String, String)> {
    let interval = feed.subscription.interval.unwrap_or(u32::try_from(usual).unwrap_or(u32::MAX));
    let gap = account.offer(interval, clock::now())?;
    let wanted = Span(Duration::from_secs(gap.interval.into()));
    let missed = format!("articles came and went between two polls on {}", day(gap.at));
    Some((missed, format!("`kabar edit {} --interval {wanted}` asks oftener", feed.id)))
}

/// Why a feed is still asked at its old address, though its server sends it on for good; and what to do, where only the
/// user can say that the new one is right.
pub(super) fn on_move(feed: &Feed) -> Option<(String, Option<String>)> {
    let moved = feed.fetch.moved.as_ref().filter(|moved| moved.is_for_good())?;
    let (to, days) = (shown_url(&moved.to), moved.days);
    let but = match (feed.obstacle(), moved.is_same) {
        (Some(Obstacle::Clear), _) => "but what comes from there is not encrypted",
        (Some(Obstacle::Secrets), _) => "but its login or headers are for the site that it is on",
        (None, Some(false)) => "but none of its articles have come from there",
        (None, _) => {
            let when = format!(
                "its server sends it on to {to} for good: that becomes its address when it has been so on {DAYS} days \
                 (so far {days}), with the same articles"
            );
            return Some((when, None));
        }
    };
    let advice = format!("if that is it: `kabar edit {} --url URL`", feed.id);
    Some((format!("its server sends it on to {to} for good, {but}"), Some(advice)))
}

/// The same as one line.
pub(super) fn on_move_in_short(feed: &Feed) -> Option<String> {
    let (said, advice) = on_move(feed)?;
    Some(advice.map_or(said.clone(), |advice| format!("{said}; {advice}")))
}

/// Why a feed is asked again then, and not sooner.
pub(super) fn on_time(why: Why) -> &'static str {
    match why {
        Why::Interval => "the interval that you have set",
        Why::Rhythm => "as often as it brings something",
        Why::Gap => "articles came and went between two polls, so it is asked oftener for a while",
        Why::Ttl => "the feed asks not to be fetched sooner",
        Why::Fresh => "until then the server calls it fresh",
        Why::Quiet => "after the hours in which the feed wants to rest",
        Why::Backoff => "the pauses grow with each failure",
        Why::Held => "its server refused further requests and is left alone until then",
        Why::Budget => "its server has had as many requests today as the settings allow",
        Why::Offline => "there was no network",
        Why::Gone => "its publisher has ended it",
    }
}

/// What to do about a subscription that fails.
pub(super) fn on_feed(feed: &Feed) -> Option<String> {
    let error = feed.fetch.error.as_ref()?;
    Some(on_failure(error.kind).replace("FEED", &feed.id.to_string()))
}

/// What to do about a feed that fails.
pub(super) fn on_failure(kind: FailureKind) -> &'static str {
    match kind {
        FailureKind::UnknownHost => "check the spelling of the host, and the network",
        FailureKind::Unreachable | FailureKind::Timeout | FailureKind::Http => "kabar tries again on its own",
        FailureKind::Certificate => "the site has to renew its certificate; check this machine's clock too",
        FailureKind::TooLarge => "look for a shorter feed of this site",
        FailureKind::Redirect => "find the feed's new address and set it with `kabar edit FEED --url`",
        FailureKind::Private => "if it is yours, give its own address: kabar follows no server into your network",
        FailureKind::Forbidden => "give it a login: `kabar edit FEED --login USER:PASSWORD`, or another `--user-agent`",
        FailureKind::NotFound => "find the feed's new address and set it with `kabar edit FEED --url`, or remove it",
        FailureKind::Gone => {
            "its publisher has ended it: `kabar remove FEED`, or `kabar refresh FEED` to ask once more"
        }
        FailureKind::Throttled => "the server wants to be asked less often; kabar keeps to that on its own",
        FailureKind::Encoding => "the server compresses wrongly; kabar tries again on its own",
        FailureKind::NotAFeed => "look at the address in a browser; `kabar edit FEED --url` sets another one",
        FailureKind::File => "see that the file is there and may be read",
        FailureKind::Scheme => "use an http, https or file address",
        FailureKind::Command => "run the command by hand and see what it says",
    }
}
