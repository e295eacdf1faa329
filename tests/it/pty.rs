//! The program in a real terminal: what it puts on the screen, and how it leaves it.
#![cfg(unix)]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use kabar::model::tag;
use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

use crate::app::feed;
use crate::web::{Page, Web};

/// Longer than anything here takes, also on a busy machine.
const LONGEST: Duration = Duration::from_secs(30);
const SIZE: (u16, u16) = (80, 24);
const UP_AND_RUNNING: &str = "⏎ baca";
/// Stands in place of the keys until one is pressed.
const DEMO_IS_FETCHED: &str = "10 umpan: 88 berita baru, 0 gagal";

/// What the terminal has received.
struct Received {
    terminal: vt100::Parser,
    bytes: Vec<u8>,
    exit: Option<ExitStatus>,
    is_closed: bool,
}

struct Shared {
    received: Mutex<Received>,
    news: Condvar,
    /// The terminal goes away: who reads from it stops.
    is_leaving: AtomicBool,
}

impl Shared {
    fn change(&self, change: impl FnOnce(&mut Received)) {
        change(&mut self.received.lock().unwrap_or_else(PoisonError::into_inner));
        self.news.notify_all();
    }
}

/// kabar in a terminal of its own.
struct Pty {
    shared: Arc<Shared>,
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    reader: Option<std::thread::JoinHandle<()>>,
    pid: u32,
    modes_before: String,
}

/// Where kabar keeps its files in these tests.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["config", "data", "cache", "tmp"] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
        }
        Self(folder)
    }

    /// With one subscribed feed whose articles are titled `Judul 1` (the newest) and so on.
    fn with_articles(count: usize) -> Self {
        let home = Self::new();
        let path = home.path("feed.xml");
        std::fs::write(&path, feed("Banyak", count)).unwrap();
        let added = home.command("add").arg(path).output().unwrap();
        assert!(added.status.success(), "{added:?}");
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        vec![
            ("KABAR_CONFIG_DIR", self.path("config")),
            ("KABAR_DATA_DIR", self.path("data")),
            ("KABAR_CACHE_DIR", self.path("cache")),
            ("TMPDIR", self.path("tmp")),
            ("HOME", self.path("")),
            ("LANG", "id_ID.UTF-8".into()),
            ("TERM", "xterm-256color".into()),
            ("COLORTERM", "truecolor".into()),
            ("TZ", "Asia/Jakarta".into()),
        ]
    }

    /// `kabar COMMAND`, outside the terminal.
    fn command(&self, command: &str) -> std::process::Command {
        let mut process = std::process::Command::new(env!("CARGO_BIN_EXE_kabar"));
        process.env_clear().envs(self.environment()).arg(command);
        process
    }

    /// The articles as scripts see them, the newest first.
    fn list(&self) -> Vec<serde_json::Value> {
        let listed = self.command("list").arg("--json").output().unwrap();
        assert!(listed.status.success(), "{listed:?}");
        serde_json::from_slice(&listed.stdout).unwrap()
    }
}

impl Pty {
    fn start(home: &Home, arguments: &[&str]) -> Self {
        Self::start_with(home, arguments, SIZE, |_| {})
    }

    fn start_with(
        home: &Home,
        arguments: &[&str],
        (width, height): (u16, u16),
        change: impl FnOnce(&mut CommandBuilder),
    ) -> Self {
        let pair = native_pty_system().openpty(size(width, height)).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_kabar"));
        command.args(arguments);
        command.env_clear();
        for (name, value) in home.environment() {
            command.env(name, value);
        }
        change(&mut command);
        let modes_before = modes(&*pair.master);
        let mut child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let pid = child.process_id().unwrap();
        let [rows, columns] = [height, width].map(|side| NonZeroU16::new(side).unwrap());
        let received = Received {
            terminal: vt100::Parser::new(rows, columns, 0),
            bytes: Vec::new(),
            exit: None,
            is_closed: false,
        };
        let shared = Arc::new(Shared {
            received: Mutex::new(received),
            news: Condvar::new(),
            is_leaving: AtomicBool::new(false),
        });
        let output = pair.master.try_clone_reader().unwrap();
        let theirs = Arc::clone(&shared);
        let reader = std::thread::spawn(move || listen(output, &theirs));
        let theirs = Arc::clone(&shared);
        std::thread::spawn(move || {
            let exit = child.wait().unwrap();
            theirs.change(|received| received.exit = Some(exit));
        });
        let writer = Some(pair.master.take_writer().unwrap());
        Self { shared, master: Some(pair.master), writer, reader: Some(reader), pid, modes_before }
    }

    fn send(&mut self, bytes: &str) -> &mut Self {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(bytes.as_bytes()).and_then(|()| writer.flush()).unwrap();
        self
    }

    /// Waits until what the terminal has received is as wished; returns false when that does not come about in time.
    fn wait_at_most(&self, longest: Duration, mut is_as_wished: impl FnMut(&Received) -> bool) -> bool {
        let deadline = Instant::now() + longest;
        let mut received = self.shared.received.lock().unwrap();
        loop {
            if is_as_wished(&received) {
                return true;
            }
            let Some(left) = deadline.checked_duration_since(Instant::now()) else { return false };
            received = self.shared.news.wait_timeout(received, left).unwrap().0;
        }
    }

    /// Waits until the screen is as wished.
    fn wait_until(&self, what: &str, is_as_wished: impl Fn(&str) -> bool) -> &Self {
        let is_there = self.wait_at_most(LONGEST, |received| is_as_wished(&received.terminal.screen().contents()));
        assert!(is_there, "{what} does not come; the screen is\n{}", self.screen());
        self
    }

    fn wait_for(&self, text: &str) -> &Self {
        self.wait_until(text, |screen| screen.contains(text))
    }

    fn with<T>(&self, look: impl FnOnce(&Received) -> T) -> T {
        look(&self.shared.received.lock().unwrap())
    }

    fn screen(&self) -> String {
        self.with(|received| received.terminal.screen().contents())
    }

    /// Everything that was written to the terminal.
    fn bytes(&self) -> String {
        self.with(|received| String::from_utf8_lossy(&received.bytes).into_owned())
    }

    /// Waits until the process has ended and all that it wrote has been read.
    fn wait_exit(&self) -> ExitStatus {
        let is_over = |received: &Received| received.exit.is_some() && received.is_closed;
        assert!(self.wait_at_most(LONGEST, is_over), "kabar does not end; the screen is\n{}", self.screen());
        self.with(|received| received.exit.clone().unwrap())
    }

    fn signal(&self, name: &str) {
        // The shell's own `kill`: a program of that name is not everywhere.
        let status = std::process::Command::new("sh").arg("-c").arg(format!("kill -{name} {}", self.pid)).status();
        assert!(status.unwrap().success());
    }

    fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        let [rows, columns] = [height, width].map(|side| NonZeroU16::new(side).unwrap());
        self.shared.change(|received| received.terminal.set_size(rows, columns));
        self.master.as_ref().unwrap().resize(size(width, height)).unwrap();
        self
    }

    /// The terminal goes away, as when its window is closed.
    fn vanish(&mut self) {
        self.shared.is_leaving.store(true, Ordering::SeqCst);
        // Whatever is drawn next wakes the reader, which has the terminal open as well.
        self.send("?");
        let is_left = self.wait_at_most(LONGEST, |received| received.is_closed);
        assert!(is_left, "nothing is drawn any more; the screen is\n{}", self.screen());
        self.reader.take().unwrap().join().unwrap();
        self.writer = None;
        self.master = None;
    }

    /// Nothing of the interface is left in the terminal.
    fn assert_restored(&self) {
        self.with(|received| {
            let screen = received.terminal.screen();
            assert!(!screen.alternate_screen(), "the alternate screen was not left");
            assert!(!screen.hide_cursor(), "the cursor is hidden");
            assert!(!screen.bracketed_paste(), "pasting is still bracketed");
            assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        });
        let bytes = self.bytes();
        assert!(bytes.rfind("\x1b[?2026l") > bytes.rfind("\x1b[?2026h"), "a frame was left open");
        assert!(bytes.rfind("\x1b[?25h") > bytes.rfind("\x1b[?25l"), "the cursor was not shown");
        assert_eq!(modes(&**self.master.as_ref().unwrap()), self.modes_before, "raw mode");
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // A test that has failed leaves nothing running.
        if self.shared.received.lock().is_ok_and(|received| received.exit.is_none()) {
            let _ = std::process::Command::new("sh").arg("-c").arg(format!("kill -KILL {}", self.pid)).status();
        }
    }
}

fn listen(mut output: Box<dyn Read + Send>, shared: &Shared) {
    let mut buffer = [0; 16_384];
    while let Ok(count @ 1..) = output.read(&mut buffer) {
        shared.change(|received| {
            received.bytes.extend_from_slice(&buffer[..count]);
            received.terminal.process(&buffer[..count]);
        });
        if shared.is_leaving.load(Ordering::SeqCst) {
            break;
        }
    }
    shared.change(|received| received.is_closed = true);
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

/// The terminal's line settings; raw mode shows in them.
fn modes(master: &dyn MasterPty) -> String {
    let modes = master.get_termios().unwrap();
    format!("{:?} {:?} {:?}", modes.input_flags, modes.output_flags, modes.local_flags)
}

fn row(screen: &str, number: usize) -> &str {
    screen.lines().nth(number).unwrap_or_default()
}

#[test]
fn a_reader_opens_an_article_filters_by_a_tag_and_leaves() {
    let home = Home::new();
    let mut pty = Pty::start(&home, &["demo"]);
    pty.wait_for("Semua artikel · 88").wait_for(DEMO_IS_FETCHED);
    assert_ne!(modes(&**pty.master.as_ref().unwrap()), pty.modes_before);
    pty.wait_until("an unread second row", |screen| row(screen, 3).contains('●'));
    let second = "Indonesia dare to dream";
    pty.send("\x1b[B")
        .wait_until("the second article", |screen| screen.lines().skip(9).any(|line| line.contains(second)));
    pty.send("\r").wait_for("baca terus");
    pty.wait_until("a read second row", |screen| row(screen, 3).contains(second) && !row(screen, 3).contains('●'));
    pty.send("t").wait_for("Saring menurut tag");
    for letter in "Rusia-AS".chars() {
        pty.send(&letter.to_string());
    }
    pty.wait_for("Rusia-AS");
    // The feeds are fetched side by side; the spelling of the one that comes first is shown.
    let has_chip = |screen: &str| tag::fold(row(screen, 0)).contains("rusia-as-×");
    pty.send("\r").wait_until("the filter", has_chip).wait_for("Semua artikel · 4");
    pty.wait_until("the list of four", |screen| row(screen, 6).trim_matches(['│', ' ']).is_empty());
    let screen = pty.screen();
    let headlines = [
        "Kremlin: Belum Ada Jadwal Pembicaraan Putin dengan Presiden Terpilih AS",
        "Putin Nyatakan Siap Lanjutkan Kontak dengan Trump, Ini Syaratnya",
        "Putin Siap Jalin Kontak Kembali dengan Trump",
        "Usai Pemilu Amerika, Moskow Buka Pintu Dialog",
    ];
    for (n, headline) in headlines.into_iter().enumerate() {
        let beginning: String = headline.chars().take(40).collect();
        assert!(row(&screen, 2 + n).contains(&beginning), "{screen}");
    }
    pty.send("Q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
    pty.assert_restored();
    assert_eq!(std::fs::read_dir(home.path("tmp")).unwrap().count(), 0, "the demo's files are left");
}

#[test]
fn a_signal_ends_the_interface_in_good_order() {
    for signal in ["TERM", "HUP", "INT"] {
        let home = Home::with_articles(3);
        let pty = Pty::start(&home, &[]);
        pty.wait_for(UP_AND_RUNNING).wait_for("Judul 2");
        pty.signal(signal);
        let exit = pty.wait_exit();
        assert_eq!(exit.signal(), None, "{signal} was not caught");
        pty.assert_restored();
    }
}

#[test]
fn a_terminal_that_goes_away_takes_kabar_with_it() {
    // With a controlling terminal the system sends SIGHUP; without one only reading fails.
    for has_control in [true, false] {
        let home = Home::with_articles(3);
        let mut pty = Pty::start_with(&home, &[], SIZE, |command| command.set_controlling_tty(has_control));
        pty.wait_for(UP_AND_RUNNING).wait_for("Judul 2");
        pty.vanish();
        let is_over = pty.wait_at_most(Duration::from_secs(8), |received| received.exit.is_some());
        assert!(is_over, "kabar outlives its terminal (controlling: {has_control})");
    }
}

#[test]
fn a_panic_gives_the_terminal_back_and_says_why() {
    let home = Home::with_articles(3);
    let pty = Pty::start_with(&home, &[], SIZE, |command| command.env("KABAR_TEST_PANIC", "tui"));
    assert_ne!(pty.wait_exit().exit_code(), 0);
    pty.assert_restored();
    let bytes = pty.bytes();
    let (_, after) = bytes.split_once("\x1b[?1049l").unwrap();
    assert!(after.contains("KABAR_TEST_PANIC asked for this"), "{after}");
    assert_eq!(bytes.matches("KABAR_TEST_PANIC asked").count(), 1, "{bytes}");
    assert!(after.contains("kabar.log"), "{after}");
}

#[test]
fn a_mistake_in_the_settings_is_told_before_the_screen_is_touched() {
    let home = Home::new();
    let path = home.path("config").join("config.toml");
    std::fs::write(&path, "[interface]\nmouse = \"ya\"\n").unwrap();
    for arguments in [&[][..], &["demo"]] {
        let pty = Pty::start(&home, arguments);
        assert_eq!(pty.wait_exit().exit_code(), 1);
        let bytes = pty.bytes();
        assert!(bytes.contains(&format!("{}:2:9: ", path.display())), "{bytes}");
        assert_eq!(bytes.trim_end().lines().count(), 1, "{bytes}");
        assert!(!bytes.contains('\x1b'), "{bytes:?}");
    }
}

#[test]
fn two_interfaces_share_a_store() {
    let home = Home::with_articles(5);
    let mut first = Pty::start(&home, &[]);
    first.wait_for(UP_AND_RUNNING).wait_for("Judul 5");
    let mut second = Pty::start(&home, &[]);
    second.wait_for(UP_AND_RUNNING).wait_for("Judul 5");
    first.send("m").wait_until("a read first row", |screen| !row(screen, 2).contains('●'));
    second.wait_until("the other's mark", |screen| !row(screen, 2).contains('●'));
    second.send("j").send("s").wait_until("a star", |screen| row(screen, 3).contains('★'));
    first.wait_until("the other's star", |screen| row(screen, 3).contains('★'));
    for pty in [&mut first, &mut second] {
        pty.send("Q");
        assert_eq!(pty.wait_exit().exit_code(), 0);
        pty.assert_restored();
    }
    let list = home.list();
    assert_eq!((&list[0]["read"], &list[1]["starred"]), (&true.into(), &true.into()));
    assert!(home.command("doctor").output().unwrap().status.success());
}

#[test]
fn an_interface_a_watcher_and_a_refresh_ask_for_each_feed_once() {
    let (home, web) = (Home::new(), Web::start());
    let paths: Vec<String> = (0..8).map(|n| format!("/{n}")).collect();
    for path in &paths {
        web.serve(path, Page::feed(feed("Sumber", 2)).drip(Duration::from_millis(1)));
    }
    let list = home.path("urls");
    std::fs::write(&list, paths.iter().map(|path| web.url(path) + "\n").collect::<String>()).unwrap();
    assert!(home.command("import").arg(list).output().unwrap().status.success());
    let mut watcher =
        home.command("watch").args(["--interval", "1s"]).stdout(std::process::Stdio::null()).spawn().unwrap();
    // It polls by itself as soon as it is open.
    let mut pty = Pty::start(&home, &[]);
    let refreshed = home.command("refresh").output().unwrap();
    assert!(refreshed.status.success(), "{refreshed:?}");
    pty.wait_for(UP_AND_RUNNING).wait_for("Judul 2");
    // Rounds of the watcher that find nothing due.
    std::thread::sleep(Duration::from_secs(3));
    watcher.kill().unwrap();
    watcher.wait().unwrap();
    pty.send("Q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
    let hits: Vec<usize> = paths.iter().map(|path| web.hits(path)).collect();
    assert_eq!(hits, [1; 8]);
    assert_eq!(home.list().len(), 16);
}

#[test]
fn an_idle_interface_writes_nothing_and_costs_nothing() {
    // Longer than the interface leaves between two looks at the store.
    const CALM: Duration = Duration::from_secs(3);
    const IDLE: Duration = Duration::from_secs(5);
    let home = Home::new();
    let pty = Pty::start(&home, &["demo"]);
    // The notice of the poll goes by itself; from then on there is nothing to show.
    pty.wait_for("Semua artikel · 88").wait_for(DEMO_IS_FETCHED).wait_for("gerak");
    let count = || pty.with(|received| received.bytes.len());
    let deadline = Instant::now() + LONGEST;
    loop {
        let before = count();
        if !pty.wait_at_most(CALM, |received| received.bytes.len() != before) {
            break;
        }
        assert!(Instant::now() < deadline, "the interface does not come to rest");
    }
    let before = (count(), processor_ticks(pty.pid));
    let has_written = pty.wait_at_most(IDLE, |received| received.bytes.len() != before.0);
    assert!(!has_written, "{:?}", pty.bytes().get(before.0..));
    if let (Some(before), Some(after)) = (before.1, processor_ticks(pty.pid)) {
        assert!(after - before <= 3, "{} ms of processor time", 10 * (after - before));
    }
}

/// Hundredths of a second that a process has computed, where the system tells.
fn processor_ticks(pid: u32) -> Option<u64> {
    let stat = std::fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("stat")).ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = fields.split_whitespace().collect();
    Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
}

#[test]
fn a_resized_terminal_is_filled_anew() {
    let home = Home::with_articles(60);
    let mut pty = Pty::start(&home, &[]);
    pty.wait_for(UP_AND_RUNNING).wait_for("Judul 3");
    for (width, height) in [(40, 12), (200, 50), (80, 24), (200, 50), (40, 12), (80, 24)] {
        pty.resize(width, height);
        let is_filled = |screen: &str| {
            let last = row(screen, usize::from(height) - 1);
            let corner = row(screen, 1).trim_end().chars().count();
            last.contains("gerak") && corner == usize::from(width) && screen.contains("Judul 1")
        };
        pty.wait_until(&format!("a screen of {width}x{height}"), is_filled);
    }
    pty.send("Q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
}

#[test]
fn the_screen_is_drawn_anew_without_asking_the_terminal() {
    let home = Home::with_articles(3);
    let mut pty = Pty::start(&home, &[]);
    pty.wait_for(UP_AND_RUNNING).wait_for("Judul 2");
    let cleared = |received: &Received| received.bytes.windows(4).filter(|bytes| bytes == b"\x1b[2J").count();
    let before = pty.with(cleared);
    pty.send("\x0c");
    assert!(pty.wait_at_most(LONGEST, |received| cleared(received) > before));
    pty.wait_for("Judul 3").wait_for(UP_AND_RUNNING);
    assert!(!pty.bytes().contains("\x1b[6n"), "the terminal was asked for its cursor");
    pty.send("Q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
}

#[cfg(feature = "images")]
#[test]
fn a_terminal_says_what_pictures_it_can_show_and_the_key_behind_that_is_the_readers() {
    let home = Home::with_articles(3);
    let mut pty = Pty::start(&home, &[]);
    assert!(pty.wait_at_most(LONGEST, |received| received.bytes.windows(4).any(|bytes| bytes == b"\x1b[5n")));
    pty.send("\x1b_Gi=31;OK\x1b\\\x1b[?62;4c\x1b[6;20;10t\x1b[0n?").wait_for("Di mana saja");
    pty.send("\x1b").wait_until("a screen without the keys", |screen| !screen.contains("Di mana saja"));
    pty.send("Q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
    pty.assert_restored();
}

#[test]
fn a_browser_in_the_terminal_gets_the_screen_and_the_keys() {
    let home = Home::with_articles(3);
    let browser = home.path("browser");
    std::fs::write(&browser, "printf 'SEEN %s' \"$1\"; read line; printf 'HEARD %s' \"$line\"; read line\n").unwrap();
    let settings = format!("[programs]\nbrowser = \"sh {} %u\"\nbrowser_in_terminal = true\n", browser.display());
    std::fs::write(home.path("config").join("config.toml"), settings).unwrap();
    let mut pty = Pty::start(&home, &[]);
    pty.wait_for(UP_AND_RUNNING).wait_for("Judul 2");
    pty.send("o").wait_for("SEEN https://a.example/1");
    pty.assert_restored();
    pty.send("aDQ\r").wait_for("HEARD aDQ");
    pty.send("\r").wait_for("Judul 2");
    assert!(pty.with(|received| received.terminal.screen().alternate_screen()));
    pty.send("?").wait_for("Tombol");
    pty.send("\x1b").wait_for(UP_AND_RUNNING);
    pty.send("Q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
    pty.assert_restored();
}

#[test]
fn an_opened_article_is_read_on_disk_before_the_next_key_is() {
    for n in 0..4 {
        let home = Home::with_articles(6);
        let mut pty = Pty::start(&home, &[]);
        pty.wait_for(UP_AND_RUNNING).wait_for("Judul 5");
        for _ in 0..n {
            pty.send("j");
        }
        // Both keys are there at once; that the second one shows means that the first is on disk.
        pty.send("\r?").wait_for("Tombol");
        pty.signal("KILL");
        assert!(pty.wait_exit().signal().is_some());
        let list = home.list();
        let read: Vec<usize> = (0..list.len()).filter(|row| list[*row]["read"] == true).collect();
        assert_eq!(read, [n]);
    }
}
