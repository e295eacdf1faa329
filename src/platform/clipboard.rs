//! Copies through the terminal (OSC 52), which also works over ssh.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

/// The bytes to write to the terminal so that it takes `text` into the clipboard.
#[must_use]
pub fn copy(text: &str) -> String {
    format!("\x1b]52;c;{}\x07", BASE64_STANDARD.encode(text))
}

#[cfg(test)]
mod tests {
    #[test]
    fn text_reaches_the_terminal_encoded() {
        assert_eq!(super::copy("kabar\x1b"), "\x1b]52;c;a2FiYXIb\x07");
    }
}
