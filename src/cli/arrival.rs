//! What is done about articles that have just come, before a command that fetched them ends: rules that wait for their
//! words or their groups, and what rules ask for.

use super::error::CliError;
use super::notices;
use super::stories::GROUPING;
use crate::engine::Engine;

/// Applies the rules that wait for words and groups; without such, only what is little is worked off.
pub(super) async fn ruled(engine: &Engine) -> Result<(), CliError> {
    engine.index_little().await?;
    engine.group(GROUPING).await?;
    Ok(())
}

/// Does what rules ask for and shows what they tell.
pub(super) async fn errands(engine: &Engine) -> Result<(), CliError> {
    let mut events = engine.events();
    engine.do_errands().await?;
    notices::show_waiting(engine, &mut events);
    Ok(())
}
