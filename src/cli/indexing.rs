//! What is still to be indexed is indexed before a query asks for words: scripts get every article that matches, or none.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::error::CliError;
use super::signals::unless_interrupted;
use crate::engine::Engine;
use crate::model::query::Query;

/// How long is waited for what a list could do without: its rows' topics and stories, and rules that may hide or mark.
pub(super) const PATIENT: Duration = Duration::from_secs(3);

/// Works off the index for a query, with a progress bar on a terminal. The engine would do it, too, without a word. Rules
/// that another process left waiting are applied, so that what they hide is not listed as if they had let it pass.
pub(super) async fn indexed_for(engine: &Engine, query: &Query) -> Result<(), CliError> {
    with_bar(async |told| Ok(engine.index_for(query, told).await?)).await?;
    unless_interrupted(async { Ok(engine.apply_waiting_rules(PATIENT).await?) }).await
}

/// Works off the index, stories and topics.
pub(super) async fn settled(engine: &Engine) -> Result<(), CliError> {
    with_bar(async |told| Ok(engine.settle(told).await?)).await
}

async fn with_bar<W>(work: W) -> Result<(), CliError>
where
    W: AsyncFnOnce(&mut (dyn FnMut(u64) + Send)) -> Result<(), CliError>,
{
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} articles indexed") {
        bar.set_style(style.progress_chars("=> "));
    }
    let mut most = 0;
    let mut told = |left: u64| {
        most = left.max(most);
        bar.set_length(most);
        bar.set_position(most - left);
    };
    let done = unless_interrupted(work(&mut told)).await;
    bar.finish_and_clear();
    done
}
