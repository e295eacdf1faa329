//! The program itself, in directories of its own, as a script would run it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use kabar::model::scrub;
use serde_json::Value;
use tempfile::TempDir;

/// A user with nothing yet: no settings, no store.
#[derive(Debug)]
pub struct Kabar {
    pub folder: TempDir,
}

#[expect(clippy::disallowed_methods, reason = "another program that looks into the file, or writes to it")]
pub fn database(path: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(path).unwrap()
}

/// Has every other tag keep its unread articles apart, as those do of which much has been read.
pub fn keep_unread(path: &Path) {
    let keep = "CREATE TRIGGER every_other AFTER INSERT ON tag WHEN new.id % 2 = 1 \
                BEGIN UPDATE tag SET keeps_unread = 1 WHERE id = new.id; END";
    database(path).execute_batch(keep).unwrap();
}

/// How a command ended.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Kabar {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The store, as another program sees it.
    pub fn database(&self) -> rusqlite::Connection {
        database(&self.path("data/kabar.db"))
    }

    /// Writes a file of the user's.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kabar"));
        // Nothing of the machine's own settings, its proxy and its time zone above all.
        command.env_clear().args(args).current_dir(self.folder.path());
        for (name, folder) in [("CONFIG", "config"), ("DATA", "data"), ("CACHE", "cache")] {
            command.env(format!("KABAR_{name}_DIR"), self.path(folder));
        }
        command.envs([("TZ", "UTC"), ("LANG", "C.UTF-8"), ("TERM", "xterm-256color")]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub fn start(&self, args: &[&str]) -> Child {
        self.command(args).spawn().unwrap()
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        self.command(args).output().unwrap().into()
    }

    /// What a command prints; it has to succeed and say nothing else.
    pub fn ok(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{args:?} {ran:?}");
        ran.out
    }

    pub fn json(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.ok(args)).unwrap()
    }

    /// The one line on stderr of a command that has to fail.
    pub fn fails(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!(ran.code, Some(1), "{args:?} {ran:?}");
        assert_eq!(ran.err.lines().count(), 1, "{args:?} {ran:?}");
        ran.err.trim_end().to_owned()
    }

    /// Subscribes to these without fetching.
    pub fn import(&self, urls: &[String]) {
        let list = self.write("feeds.urls", urls.join("\n"));
        self.ok(&["import", list.to_str().unwrap()]);
    }

    pub fn titles(&self, args: &[&str]) -> Vec<String> {
        let rows = self.json(&[&["list", "--json"], args].concat());
        rows.as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap().to_owned()).collect()
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ran {
    /// No control function and no reversal of the text, on either stream.
    pub fn assert_harmless(&self) {
        for stream in [&self.out, &self.err] {
            assert!(!stream.chars().any(|c| c != '\n' && scrub::is_unsafe(c)), "{stream:?}");
            assert!(!stream.contains("\\u001b") && !stream.contains("\\u009b"), "{stream}");
        }
    }
}

/// Sends a signal by name.
pub fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").arg(format!("-{name}")).arg(child.id().to_string()).status();
    assert!(sent.unwrap().success());
}

/// Waits until something is so.
pub fn eventually(what: &str, is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !is_so() {
        assert!(Instant::now() < deadline, "never: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

pub fn wait(child: Child) -> Ran {
    child.wait_with_output().unwrap().into()
}

/// The text of all files below `folder` with this extension.
pub fn all_text(folder: &Path, extension: &str) -> String {
    let mut text = String::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            text += &all_text(&entry.path(), extension);
        } else if entry.path().extension().is_some_and(|found| found == extension) {
            text += &String::from_utf8_lossy(&std::fs::read(entry.path()).unwrap());
        }
    }
    text
}

/// Compares with `tests/golden/NAME`, or writes that anew with `UPDATE_GOLDEN=1`.
pub fn golden(name: &str, text: &str) {
    same_as_file(&Path::new("tests/golden").join(name), text);
}

/// The same with any file of the repository that is generated.
pub fn same_as_file(path: &Path, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        return;
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(known == text, "{} is stale; UPDATE_GOLDEN=1 writes it anew. It should be:\n{text}", path.display());
}

/// An RSS document; each item is its title, its guid and its day in November 2024.
pub fn rss(title: &str, items: &[(&str, &str, u32)]) -> String {
    let items: Vec<String> = items
        .iter()
        .map(|(title, guid, day)| {
            format!(
                "<item><title>{title}</title><guid isPermaLink=\"false\">{guid}</guid>\
                 <link>https://a.example/{guid}</link><pubDate>{day:02} Nov 2024 10:00:00 GMT</pubDate>\
                 <description>Teks {guid}</description></item>\n"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>{title}</title><link>https://a.example/</link>\
         <language>id</language>\n{}</channel></rss>",
        items.concat()
    )
}
