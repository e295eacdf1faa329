//! From keys to commands: what a sequence means in the contexts that hold now, the closest first.

use crate::command::keys::{Key, KeySequence};
use crate::command::{Command, Context};
use crate::config::Bindings;

/// What the keys pressed so far mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    Command(Command),
    /// The beginning of a sequence.
    Pending,
    Nothing,
}

/// Looks the keys up. A key that ends no sequence starts anew, so that a slip costs one press.
#[must_use]
pub fn resolve(bindings: &Bindings, contexts: &[Context], pending: &mut KeySequence, key: Key) -> Meaning {
    pending.push(key);
    let meaning = meaning(bindings, contexts, pending);
    match meaning {
        Meaning::Pending => {}
        Meaning::Nothing if pending.len() > 1 => {
            pending.clear();
            return resolve(bindings, contexts, pending, key);
        }
        Meaning::Command(_) | Meaning::Nothing => pending.clear(),
    }
    meaning
}

fn meaning(bindings: &Bindings, contexts: &[Context], keys: &[Key]) -> Meaning {
    for context in contexts {
        let here = || bindings.0.iter().filter(|binding| binding.context == *context);
        if let Some(binding) = here().find(|binding| binding.keys == keys) {
            return Meaning::Command(binding.command.clone());
        }
        if here().any(|binding| binding.keys.len() > keys.len() && binding.keys.starts_with(keys)) {
            return Meaning::Pending;
        }
    }
    Meaning::Nothing
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{Scope, Step};

    fn press(contexts: &[Context], keys: &str) -> Vec<Meaning> {
        let bindings = Bindings::default();
        let mut pending = KeySequence::new();
        keys.split(' ').map(|key| resolve(&bindings, contexts, &mut pending, Key::parse(key).unwrap())).collect()
    }

    #[test]
    fn a_sequence_waits_for_its_end() {
        let first = Meaning::Command(Command::Move(Step::First));
        assert_eq!(press(&[Context::Panes], "g g"), [Meaning::Pending, first]);
    }

    #[test]
    fn a_slip_in_a_sequence_costs_one_press() {
        let down = Meaning::Command(Command::Move(Step::Down));
        assert_eq!(press(&[Context::Panes], "g j"), [Meaning::Pending, down]);
    }

    #[test]
    fn the_closer_context_wins() {
        let one = |contexts: &[Context]| press(contexts, "1").remove(0);
        assert_eq!(one(&[Context::Headlines, Context::Panes]), Meaning::Command(Command::Scope(Scope::All)));
        assert_eq!(one(&[Context::Article, Context::Panes]), Meaning::Command(Command::OpenLink(1)));
    }
}
