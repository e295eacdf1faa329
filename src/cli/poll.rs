//! Polling with a progress bar, and ending it cleanly when asked to. Shared by the commands that fetch many feeds.

use std::future::Future;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::error::CliError;
use super::out::counted;
use super::signals::Stop;
use crate::engine::{Engine, EngineEvent, PollReport, PollRequest};

/// How long what has arrived may take to be stored once the poll is to stop.
const GRACE: Duration = Duration::from_secs(3);

/// How a poll ended.
pub(super) enum Polled {
    Done(PollReport),
    Stopped(Stop),
}

/// Polls until it is done or `stop` comes; then what has arrived is stored and the rest given up.
pub(super) async fn poll(
    engine: &Engine,
    request: PollRequest,
    stop: &mut (impl Future<Output = Stop> + Unpin),
) -> Result<Polled, CliError> {
    let bar = Bar::new();
    let mut events = engine.events();
    let mut poll = std::pin::pin!(engine.poll(request));
    loop {
        tokio::select! {
            // It is listened for before anything is started that a signal would leave behind.
            biased;
            why = &mut *stop => {
                engine.cancel_poll();
                let _ = tokio::time::timeout(GRACE, &mut poll).await;
                return Ok(Polled::Stopped(why));
            }
            report = &mut poll => return Ok(Polled::Done(report?)),
            // A listener that fell behind has only missed steps of the bar.
            event = events.recv() => if let Ok(event) = event {
                bar.show(&event);
            },
        }
    }
}

/// A progress bar on stderr; none where that is no terminal.
struct Bar(ProgressBar);

impl Bar {
    fn new() -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} feeds") {
            bar.set_style(style.progress_chars("=> "));
        }
        Self(bar)
    }

    fn show(&self, event: &EngineEvent) {
        match event {
            EngineEvent::PollStarted { feeds } => self.0.set_length(*feeds as u64),
            EngineEvent::FeedPolled { .. } => self.0.inc(1),
            EngineEvent::Ingested { .. }
            | EngineEvent::Grouped { .. }
            | EngineEvent::TopicsChanged
            | EngineEvent::PollFinished(_)
            | EngineEvent::FeedsChanged
            | EngineEvent::Notify(_)
            | EngineEvent::Indexed => {}
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// A poll in one line.
pub(super) fn summary(report: &PollReport) -> String {
    format!(
        "{}: {} fetched, {} not modified, {} failed; {}, {} updated; {} in {:.1} s",
        counted(report.feeds as u64, "feed"),
        report.fetched,
        report.not_modified,
        report.failures.len(),
        counted(report.new_articles as u64, "new article"),
        report.updated_articles,
        size(report.bytes),
        seconds(report),
    )
}

pub(super) fn seconds(report: &PollReport) -> f64 {
    Duration::from_millis(report.millis).as_secs_f64()
}

fn size(bytes: u64) -> String {
    let tenths = |unit: u64| format!("{}.{}", bytes / unit, bytes % unit * 10 / unit);
    match bytes {
        0..1000 => format!("{bytes} B"),
        1000..1_000_000 => format!("{} kB", tenths(1000)),
        _ => format!("{} MB", tenths(1_000_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_counts_in_words() {
        let report =
            PollReport { feeds: 1, fetched: 1, new_articles: 12, bytes: 4321, millis: 250, ..PollReport::default() };
        assert_eq!(
            summary(&report),
            "1 feed: 1 fetched, 0 not modified, 0 failed; 12 new articles, 0 updated; 4.3 kB in 0.2 s"
        );
        assert_eq!((size(999), size(2_500_000)), ("999 B".to_owned(), "2.5 MB".to_owned()));
    }
}
