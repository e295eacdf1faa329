//! Key notation: `j`, `G`, `ctrl-b`, `pagedown`, `space`, and sequences of them separated by spaces (`g g`).

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// One press, without the details terminals disagree on: a shifted letter is the capital, with no Shift of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd)]
pub struct Key {
    pub code: KeyCode,
    pub modifiers: KeyModifiers,
}

/// Keys pressed one after the other.
pub type KeySequence = Vec<Key>;

/// Why a text is no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown key `{0}`; keys are written like j, G, ctrl-b, alt-x, pagedown, space, f5")]
pub struct KeyError(pub String);

const NAMED: &[(&str, KeyCode)] = &[
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("backtab", KeyCode::BackTab),
    ("space", KeyCode::Char(' ')),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pageup", KeyCode::PageUp),
    ("pagedown", KeyCode::PageDown),
];

const MODIFIERS: &[(&str, KeyModifiers)] =
    &[("ctrl-", KeyModifiers::CONTROL), ("alt-", KeyModifiers::ALT), ("shift-", KeyModifiers::SHIFT)];

impl Key {
    /// Reads one key's notation.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let mut rest = text;
        let mut modifiers = KeyModifiers::NONE;
        while let Some((tail, modifier)) =
            MODIFIERS.iter().find_map(|(prefix, modifier)| Some((rest.strip_prefix(prefix)?, *modifier)))
        {
            rest = tail;
            modifiers |= modifier;
        }
        let mut chars = rest.chars();
        let code = match (chars.next(), chars.next()) {
            (Some(c), None) => KeyCode::Char(c),
            _ => named(rest).ok_or_else(|| KeyError(text.to_owned()))?,
        };
        Ok(Self { code, modifiers }.normal())
    }

    /// The same press whatever the terminal calls it: Shift folds into capitals and `BackTab`, Ctrl letters are small.
    fn normal(mut self) -> Self {
        if let KeyCode::Char(c) = self.code {
            if self.modifiers.contains(KeyModifiers::CONTROL) {
                self.code = KeyCode::Char(c.to_ascii_lowercase());
            } else if self.modifiers.contains(KeyModifiers::SHIFT) && c.is_lowercase() {
                self.code = KeyCode::Char(c.to_uppercase().next().unwrap_or(c));
            }
            self.modifiers.remove(KeyModifiers::SHIFT);
        }
        if self.code == KeyCode::Tab && self.modifiers.contains(KeyModifiers::SHIFT) {
            self.code = KeyCode::BackTab;
        }
        if self.code == KeyCode::BackTab {
            self.modifiers.remove(KeyModifiers::SHIFT);
        }
        self
    }
}

fn named(name: &str) -> Option<KeyCode> {
    if let Some((_, code)) = NAMED.iter().find(|(known, _)| *known == name) {
        return Some(*code);
    }
    let number: u8 = name.strip_prefix('f')?.parse().ok()?;
    (1..=24).contains(&number).then_some(KeyCode::F(number))
}

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Self {
        let modifiers = event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        Self { code: event.code, modifiers }.normal()
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (prefix, modifier) in MODIFIERS {
            if self.modifiers.contains(*modifier) {
                f.write_str(prefix)?;
            }
        }
        match self.code {
            KeyCode::Char(' ') => f.write_str("space"),
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::F(number) => write!(f, "f{number}"),
            code => match NAMED.iter().find(|(_, known)| *known == code) {
                Some((name, _)) => f.write_str(name),
                None => f.write_str("?"),
            },
        }
    }
}

/// Reads keys separated by spaces.
pub fn parse_sequence(text: &str) -> Result<KeySequence, KeyError> {
    let keys: KeySequence = text.split_whitespace().map(Key::parse).collect::<Result<_, _>>()?;
    if keys.is_empty() { Err(KeyError(text.to_owned())) } else { Ok(keys) }
}

#[must_use]
pub fn print_sequence(keys: &[Key]) -> String {
    keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::ROWS;

    #[test]
    fn every_default_key_prints_as_it_is_written() {
        for (key, _) in ROWS.iter().flat_map(|row| row.keys) {
            assert_eq!(print_sequence(&parse_sequence(key).unwrap()), *key);
        }
    }

    #[test]
    fn a_shifted_letter_is_the_capital_however_the_terminal_says_it() {
        let capital = Key::parse("G").unwrap();
        for (c, modifiers) in [('G', KeyModifiers::SHIFT), ('g', KeyModifiers::SHIFT), ('G', KeyModifiers::NONE)] {
            assert_eq!(Key::from(KeyEvent::new(KeyCode::Char(c), modifiers)), capital);
        }
        assert_eq!(Key::from(KeyEvent::new(KeyCode::Tab, KeyModifiers::SHIFT)), Key::parse("backtab").unwrap());
    }

    #[test]
    fn what_is_no_key_is_named_in_the_error() {
        assert!(parse_sequence("ctrl-pagdown").unwrap_err().to_string().contains("ctrl-pagdown"));
        assert!(parse_sequence("").is_err());
        assert!(parse_sequence("f99").is_err());
    }
}
