//! Desktop notifications: by the user's own command, else by the terminal (OSC 777 or OSC 9). Never through a shell.

use std::io;
use std::process::{Command, Stdio};

/// What a notification says: how many articles, and some of them by name, one a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    pub count: usize,
    pub body: String,
}

/// Bytes of a notification at most; terminals drop longer sequences.
const LONGEST: usize = 400;

impl Notification {
    /// On one line, without anything that a terminal could take for a command.
    fn line(&self) -> String {
        let safe: String = self.body.replace('\n', " · ").chars().filter(|c| !c.is_control() && *c != ';').collect();
        let mut line = String::new();
        for c in safe.chars() {
            if line.len() + c.len_utf8() > LONGEST {
                line.push('…');
                break;
            }
            line.push(c);
        }
        line
    }

    /// The bytes that make the terminal notify: of the two ways there are, the one that this terminal knows.
    #[must_use]
    pub fn for_terminal(&self, variable: impl Fn(&str) -> Option<String>) -> String {
        let is = |name: &str, starts: &[&str]| {
            variable(name).is_some_and(|value| starts.iter().any(|start| value.starts_with(start)))
        };
        let title = format!("kabar ({})", self.count);
        if is("TERM", &["foot", "rxvt", "xterm-ghostty"]) || variable("VTE_VERSION").is_some() {
            format!("\x1b]777;notify;{title};{}\x1b\\", self.line())
        } else {
            format!("\x1b]9;{title}: {}\x1b\\", self.line())
        }
    }

    /// Runs the user's command, split into words: `%s` stands for the text, which comes last where there is no `%s`. Does
    /// not wait for it.
    pub fn by_command(&self, words: &[String]) -> io::Result<()> {
        let mut command = self.command(words)?;
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        // Somebody has to collect the exit code, or a zombie stays for as long as kabar runs.
        std::thread::Builder::new().name("notify".to_owned()).spawn(move || child.wait())?;
        Ok(())
    }

    fn command(&self, words: &[String]) -> io::Result<Command> {
        let (program, arguments) =
            words.split_first().ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no command to notify with"))?;
        let mut command = Command::new(program);
        command.args(arguments.iter().map(|word| word.replace("%s", &self.body)));
        if !arguments.iter().any(|word| word.contains("%s")) {
            command.arg(&self.body);
        }
        Ok(command)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_leave_its_sequence() {
        let notification = Notification { count: 1, body: "a\u{1b}\\\u{7}b;c\nd".to_owned() };
        assert_eq!(notification.for_terminal(|_| None), "\x1b]9;kabar (1): a\\bc · d\x1b\\");
        let foot = notification.for_terminal(|name| (name == "TERM").then(|| "foot".to_owned()));
        assert_eq!(foot, "\x1b]777;notify;kabar (1);a\\bc · d\x1b\\");
    }

    #[test]
    fn a_long_notification_is_cut() {
        let notification = Notification { count: 9, body: "印".repeat(5000) };
        assert!(notification.for_terminal(|_| None).len() < LONGEST + 40);
    }

    #[test]
    fn the_text_is_one_argument_whatever_it_holds() {
        let body = "$(touch x); 'a' \"b\"";
        let notification = Notification { count: 1, body: body.to_owned() };
        let arguments = |words: &[&str]| -> Vec<String> {
            let words: Vec<String> = words.iter().map(|&word| word.into()).collect();
            let command = notification.command(&words).unwrap();
            command.get_args().map(|word| word.to_string_lossy().into_owned()).collect()
        };
        assert_eq!(arguments(&["notify-send", "kabar"]), ["kabar", body]);
        assert_eq!(arguments(&["notify-send", "%s", "-u", "low"]), [body, "-u", "low"]);
        assert!(notification.command(&[]).is_err());
    }
}
