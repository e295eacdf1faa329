//! What rules ask to be done outside the store: one notification for all that has come, whole articles, commands.

use std::sync::atomic::Ordering;
use std::time::Duration;

use serde::Serialize;

use super::{Engine, EngineError, EngineEvent};
use crate::content::text;
use crate::model::entry::{Entry, EntryId};
use crate::model::feed::shown_url;
use crate::model::rule::RuleAct;
use crate::platform::clock;
use crate::platform::notifier::Notification;
use crate::store::{Errand, Kind};

/// Errands taken on at once.
const STEP: u32 = 64;
/// Titles that a notification names.
const NAMED: usize = 3;
/// How long a command of the user's may take.
const COMMAND: Duration = Duration::from_secs(30);

/// An article as a command gets it on its input.
#[derive(Serialize)]
struct Given<'a> {
    rule: &'a str,
    id: EntryId,
    feed: &'a str,
    feed_url: String,
    title: &'a str,
    url: Option<&'a str>,
    authors: &'a [String],
    published: Option<jiff::Timestamp>,
    tags: &'a [String],
    language: Option<&'a str>,
    summary: &'a str,
    text: String,
}

impl Engine {
    /// Does what rules have asked for. All that is to be notified becomes one notification, which is told as an event. An
    /// errand that fails is tried again later, a few times.
    pub async fn do_errands(&self) -> Result<(), EngineError> {
        self.notify().await?;
        loop {
            let errands = self.store().take_errands(Kind::Work, STEP, clock::now()).await?;
            if errands.is_empty() {
                return Ok(());
            }
            for errand in errands {
                if self.do_errand(&errand).await? == Done::Yes {
                    self.store().end_errands(vec![errand.id]).await?;
                }
            }
        }
    }

    /// One notification for all that there is to tell.
    async fn notify(&self) -> Result<(), EngineError> {
        let (mut told, mut done) = (Vec::new(), Vec::new());
        loop {
            let errands = self.store().take_errands(Kind::Notify, STEP, clock::now()).await?;
            if errands.is_empty() {
                break;
            }
            let ids: Vec<EntryId> = errands.iter().map(|errand| errand.entry).collect();
            let rows = self.store().headlines_by_id(ids).await?;
            // A rule that came later, or the user, may have hidden it.
            told.extend(rows.iter().filter(|row| !row.muted).map(|row| format!("{}: {}", row.feed_title, row.title)));
            done.extend(errands.iter().map(|errand| errand.id));
        }
        if let Some(notification) = notification(&told) {
            self.tell(EngineEvent::Notify(notification));
        }
        Ok(self.store().end_errands(done).await?)
    }

    async fn do_errand(&self, errand: &Errand) -> Result<Done, EngineError> {
        let Some(entry) = self.store().entry(errand.entry).await? else { return Ok(Done::Yes) };
        match &errand.act {
            RuleAct::FullText if entry.is_whole => Ok(Done::Yes),
            RuleAct::FullText => Ok(match self.fetch_whole(errand.entry).await? {
                Err(error) if !error.is_final() => Done::No,
                Ok(()) | Err(_) => Done::Yes,
            }),
            RuleAct::Run(command) => Ok(self.run_command(command, &errand.rule, &entry).await),
            RuleAct::Tag(_) | RuleAct::Star | RuleAct::Read | RuleAct::Mute | RuleAct::Notify => Ok(Done::Yes),
        }
    }

    /// The command is the user's own, to the letter; of the article it gets nothing but its input.
    async fn run_command(&self, command: &str, rule: &str, entry: &Entry) -> Done {
        let row = &entry.headline;
        let given = Given {
            rule,
            id: row.id,
            feed: &row.feed_title,
            feed_url: shown_url(&entry.feed_url),
            title: &row.title,
            url: row.url.as_deref(),
            authors: &entry.authors,
            published: row.published,
            tags: &row.tags,
            language: row.language.as_deref(),
            summary: &row.summary,
            text: text::plain(&entry.html),
        };
        let Ok(json) = serde_json::to_vec(&given) else { return Done::Yes };
        match tokio::time::timeout(COMMAND, self.inner.client.pipe(command, json)).await {
            Ok(Ok(_printed)) => Done::Yes,
            Ok(Err(failure)) => {
                tracing::warn!(rule, entry = row.id.0, error = %failure.error.detail, "the command of a rule failed");
                Done::No
            }
            Err(_elapsed) => {
                tracing::warn!(rule, entry = row.id.0, "the command of a rule took too long");
                Done::No
            }
        }
    }

    /// Whether a poll is under way: what it brings is notified when it has ended, all at once.
    pub(super) fn is_polling(&self) -> bool {
        self.inner.polls.load(Ordering::SeqCst) > 0
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    Yes,
    No,
}

/// Does what rules ask for, once all that has come is indexed, until it is aborted.
pub(super) async fn errands_by_itself(engine: &Engine) {
    /// Other processes leave errands, too.
    const LOOK: Duration = Duration::from_secs(5);
    let mut events = engine.events();
    loop {
        // A poll's end, the index's and a grouping are what it waits for; whatever else happens is no reason to hurry.
        let is_time = async {
            loop {
                match events.recv().await {
                    Ok(EngineEvent::PollFinished(_) | EngineEvent::Indexed | EngineEvent::Grouped { .. }) | Err(_) => {
                        break;
                    }
                    Ok(_) => {}
                }
            }
        };
        let _ = tokio::time::timeout(LOOK, is_time).await;
        let is_behind = engine.store().unindexed().await.is_ok_and(|left| left > 0);
        if engine.is_polling() || is_behind {
            continue;
        }
        if let Err(error) = engine.do_errands().await {
            tracing::warn!(%error, "what rules ask for could not be done");
        }
    }
}

/// One notification for all of these.
fn notification(lines: &[String]) -> Option<Notification> {
    let first = lines.first()?;
    let mut named: Vec<&str> = lines.iter().take(NAMED).map(String::as_str).collect();
    let more = (lines.len() > NAMED).then(|| format!("+{}", lines.len() - NAMED));
    named.extend(more.as_deref());
    let body = if lines.len() == 1 { first.clone() } else { named.join("\n") };
    Some(Notification { count: lines.len(), body })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_articles_are_one_short_notification() {
        let lines: Vec<String> = (1..=50).map(|n| format!("Antara: {n}")).collect();
        let all = notification(&lines).unwrap();
        assert_eq!((all.count, all.body.as_str()), (50, "Antara: 1\nAntara: 2\nAntara: 3\n+47"));
        assert_eq!(notification(&lines[..1]).unwrap().body, "Antara: 1");
        assert_eq!(notification(&[]), None);
    }
}
