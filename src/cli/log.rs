//! The log: a file, never the screen. Made when there is something to say; where it cannot be written there is none.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::content::guard;
use crate::platform::private;

/// A log that is larger than this when kabar starts is put aside, in place of the one that was put aside before.
const LARGE: u64 = 5 << 20;

/// Checks a filter.
pub(super) fn level(text: &str) -> Result<String, String> {
    let text = if text.trim().is_empty() { "info" } else { text };
    let wrong = |error| format!("{error}; write error, warn, info, debug or trace");
    text.parse::<Targets>().map(|_| text.to_owned()).map_err(wrong)
}

pub(super) fn start(path: PathBuf, level: &str) {
    quiet_caught_panics();
    let Ok(filter) = level.parse::<Targets>() else { return };
    let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(Log { path, file: OnceLock::new() });
    // It fails when a log has been started before, which then goes on.
    let _ = tracing_subscriber::registry().with(lines).with(filter).try_init();
}

/// Panics of third-party parsers on hostile documents are caught; they go to the log and not on the screen.
fn quiet_caught_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if guard::is_guarded() {
            tracing::debug!(%panic, "caught");
        } else {
            usual(panic);
        }
    }));
}

struct Log {
    path: PathBuf,
    file: OnceLock<Option<File>>,
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Line<'a>;

    fn make_writer(&'a self) -> Line<'a> {
        Line(self.file.get_or_init(|| open(&self.path).ok()).as_ref())
    }
}

fn open(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        private::folder(folder)?;
    }
    if path.metadata().is_ok_and(|metadata| metadata.len() > LARGE) {
        std::fs::rename(path, path.with_extension("log.old"))?;
    }
    File::options().create(true).append(true).open(path)
}

/// Writes one record at once, so that two processes do not mix theirs.
struct Line<'a>(Option<&'a File>);

impl Write for Line<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.0 {
            Some(mut file) => file.write(bytes),
            None => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_log_is_put_aside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state/kabar.log");
        open(&path).unwrap().set_len(LARGE + 1).unwrap();
        assert_eq!(open(&path).unwrap().metadata().unwrap().len(), 0);
        assert_eq!(path.with_extension("log.old").metadata().unwrap().len(), LARGE + 1);
    }

    #[test]
    fn a_log_that_cannot_be_written_is_none() {
        let mut line = Line(None);
        assert_eq!(line.write(b"x").unwrap(), 1);
    }

    #[test]
    fn a_wrong_filter_is_refused() {
        assert_eq!(level("").as_deref(), Ok("info"));
        assert!(level("kabar::net=debug").is_ok());
        assert!(level("kabar=loud").is_err());
    }
}
