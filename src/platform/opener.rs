//! Opens a URL in the user's browser. Never through a shell.

use std::io;
use std::process::{Command, Stdio};

/// How to open links: the user's own command line, split into words, or the system's default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Browser {
    System,
    /// Program and arguments; `%u` stands for the URL, which comes last where there is no `%u`.
    /// `in_terminal` programs get the screen until they end.
    Own {
        words: Vec<String>,
        in_terminal: bool,
    },
}

impl Browser {
    /// The command to run for this URL; only http(s) and file URLs are opened.
    pub fn command(&self, url: &str) -> io::Result<Command> {
        let is_openable = ["http://", "https://", "file://"].iter().any(|scheme| url.starts_with(scheme));
        if !is_openable {
            return Err(io::Error::new(io::ErrorKind::Unsupported, format!("kabar does not open {url}")));
        }
        match self {
            Self::System => open::commands(url)
                .into_iter()
                .next()
                .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no program to open links with")),
            Self::Own { words, .. } => {
                let (program, arguments) = words
                    .split_first()
                    .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "the browser setting is empty"))?;
                let mut command = Command::new(program);
                command.args(arguments.iter().map(|word| word.replace("%u", url)));
                if !arguments.iter().any(|word| word.contains("%u")) {
                    command.arg(url);
                }
                Ok(command)
            }
        }
    }

    #[must_use]
    pub fn is_in_terminal(&self) -> bool {
        matches!(self, Self::Own { in_terminal: true, .. })
    }

    /// Starts a browser that has a window of its own, and does not wait for it.
    pub fn open(&self, url: &str) -> io::Result<()> {
        if *self == Self::System {
            let candidates = open::commands(url);
            self.command(url)?;
            let mut last = io::Error::new(io::ErrorKind::NotFound, "no program to open links with");
            for mut command in candidates {
                match detach(&mut command) {
                    Ok(()) => return Ok(()),
                    Err(error) => last = error,
                }
            }
            return Err(last);
        }
        detach(&mut self.command(url)?)
    }
}

fn detach(command: &mut Command) -> io::Result<()> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    // Somebody has to collect the exit code, or a zombie stays for as long as kabar runs.
    std::thread::Builder::new().name("browser".to_owned()).spawn(move || child.wait())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(words: &[&str], url: &str) -> Vec<String> {
        let browser = Browser::Own { words: words.iter().map(|&word| word.into()).collect(), in_terminal: false };
        browser.command(url).unwrap().get_args().map(|word| word.to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn the_url_is_one_argument_whatever_it_holds() {
        let url = "https://a.example/?x=1;rm -rf $HOME&y='\"";
        assert_eq!(arguments(&["w3m", "-T", "%u"], url), ["-T", url]);
        assert_eq!(arguments(&["w3m"], url), [url]);
    }

    #[test]
    fn only_pages_are_opened() {
        assert!(Browser::System.command("javascript:alert(1)").is_err());
        assert!(Browser::System.command("-version").is_err());
    }
}
