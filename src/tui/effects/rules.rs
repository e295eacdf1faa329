//! Carries out what is asked about rules.

use crate::engine::{Engine, EngineError};
use crate::tui::msg::{Msg, RuleEffect, RuleMsg};

/// Articles that a trial shows.
const SAMPLES: u32 = 3;

pub(super) async fn answer(engine: &Engine, effect: RuleEffect) -> Result<Msg, EngineError> {
    let msg = match effect {
        RuleEffect::List => RuleMsg::Listed(engine.rules().await?),
        RuleEffect::Try { typed, query, feed } => {
            RuleMsg::Tried { typed, trial: engine.try_rule(query, feed, SAMPLES).await? }
        }
        RuleEffect::Save { over, rule } => {
            let name = rule.name.clone();
            let id = engine.save_rule(rule).await?;
            // It has another name now.
            if let Some(old) = over.filter(|old| *old != id) {
                engine.remove_rule(old).await?;
            }
            RuleMsg::Saved(name)
        }
        RuleEffect::Apply(name) => {
            let rule = engine.rule_named(&name).await?;
            RuleMsg::Applied(engine.apply_rule(&rule, |_, _| {}).await?)
        }
        RuleEffect::Remove(id) => {
            engine.remove_rule(id).await?;
            RuleMsg::Removed
        }
    };
    Ok(Msg::Rule(msg))
}
