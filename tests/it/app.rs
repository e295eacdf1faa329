//! The interface without a terminal: the real model, engine and effects, drawn on a test backend, driven key by key.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use crossterm::event::{Event, KeyEvent};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use kabar::command::keys::{Key, parse_sequence};
use kabar::config::{Bindings, Config, Theme};
use kabar::engine::{Demo, Engine, EngineEvent, PollRequest};
use kabar::i18n::Language;
use kabar::platform::paths::Paths;
use kabar::tui::effects::{Reply, Runner};
use kabar::tui::model::Model;
use kabar::tui::msg::{Effect, Msg};
use kabar::tui::{update, view};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio::sync::{broadcast, mpsc};

/// The interface's clock in tests.
pub const NOW: &str = "2024-11-09T12:00:00Z";
/// Longer than anything here takes; a test that gets here has hung.
const LONGEST: Duration = Duration::from_secs(20);

pub struct App {
    pub model: Model,
    pub engine: Engine,
    /// Effects that need a terminal or a browser.
    pub outside: Vec<Effect>,
    bindings: Bindings,
    runner: Option<Runner>,
    inbox: mpsc::Receiver<Reply>,
    events: broadcast::Receiver<EngineEvent>,
    runtime: Runtime,
    _folder: TempDir,
    _demo: Option<Demo>,
}

pub fn paths(folder: &Path) -> Paths {
    let at = |name: &str| folder.join(name);
    Paths { config: at("config"), data: at("data"), cache: at("cache"), state: at("state") }
}

impl App {
    /// On an empty store.
    pub fn empty(size: (u16, u16)) -> Self {
        Self::open(size, None, |_, _| {})
    }

    /// On the demo's feeds, fetched one after the other so that the order is always the same.
    pub fn demo(size: (u16, u16)) -> Self {
        let demo = Demo::lay_out().unwrap();
        Self::open(size, Some(demo), fetch_in_turn)
    }

    /// On one feed with this many articles, titled `Judul 1` (the newest) and so on.
    pub fn with_articles(size: (u16, u16), count: usize) -> Self {
        Self::with_feed(size, &feed("Banyak", count))
    }

    /// On one feed with one article of this text (HTML).
    pub fn with_text(size: (u16, u16), html: &str) -> Self {
        let text = format!("<![CDATA[{html}]]>");
        Self::with_feed(size, &feed("Satu", 1).replace("Isi 1.", &text))
    }

    pub fn with_feed(size: (u16, u16), document: &str) -> Self {
        Self::open(size, None, |runtime, engine| {
            let folder = engine.paths().data.clone();
            std::fs::write(folder.join("feed.xml"), document).unwrap();
            runtime
                .block_on(
                    engine.add(&folder.join("feed.xml").to_string_lossy(), kabar::model::feed::Subscription::default()),
                )
                .unwrap();
        })
    }

    fn open(size: (u16, u16), demo: Option<Demo>, fill: impl FnOnce(&Runtime, &Engine)) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let config = Config { save_to: Some(folder.path().join("saved")), ..Config::default() };
        let engine = Engine::open(&paths(folder.path()), config.clone()).unwrap();
        if let Some(demo) = &demo {
            runtime.block_on(engine.subscribe_demo(demo)).unwrap();
        }
        fill(&runtime, &engine);
        let (runner, inbox) = runtime.block_on(async { Runner::new(engine.clone()) });
        let mut model = Model::new(&config, Language::Indonesian, Theme::dark(), NOW.parse().unwrap(), TimeZone::UTC);
        model.size = Size::new(size.0, size.1);
        let events = engine.events();
        let mut app = Self {
            model,
            engine,
            outside: Vec::new(),
            bindings: config.bindings,
            runner: Some(runner),
            inbox,
            events,
            runtime,
            _folder: folder,
            _demo: demo,
        };
        let effects = update::start(&mut app.model);
        app.start(effects);
        app.settle();
        app
    }

    /// With this `keys.toml`.
    pub fn with_keys(mut self, text: &str) -> Self {
        let paths = self.engine.paths();
        std::fs::create_dir_all(&paths.config).unwrap();
        std::fs::write(paths.keys_file(), text).unwrap();
        self.bindings = kabar::config::load(paths).unwrap().bindings;
        self
    }

    /// Presses keys, in notation, and waits after each until everything that it set off has come in.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for key in parse_sequence(keys).unwrap() {
            self.key(key);
        }
        self
    }

    /// Types text letter by letter.
    pub fn type_text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            let notation = if c == ' ' { "space".to_owned() } else { c.to_string() };
            self.key(Key::parse(&notation).unwrap());
        }
        self
    }

    fn key(&mut self, key: Key) {
        self.take(Msg::Terminal(Event::Key(KeyEvent::new(key.code, key.modifiers))));
        self.settle();
    }

    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.take(Msg::Terminal(Event::Resize(width, height)));
        self.settle();
        self
    }

    /// Leaves the interface and opens it anew on the same store.
    pub fn restart(&mut self) -> &mut Self {
        let effects = update::leave(&mut self.model);
        self.start(effects);
        self.settle();
        let size = self.model.size;
        let config = Config::default();
        self.model = Model::new(&config, Language::Indonesian, Theme::dark(), NOW.parse().unwrap(), TimeZone::UTC);
        self.model.size = size;
        let effects = update::start(&mut self.model);
        self.start(effects);
        self.settle();
        self
    }

    /// Fetches all feeds as another process would, and tells the interface.
    pub fn poll(&mut self) -> &mut Self {
        self.runtime.block_on(self.engine.poll(PollRequest { all: true, only: None })).unwrap();
        self.settle();
        self
    }

    /// Presses keys before what this message asks for has come.
    pub fn press_meanwhile(&mut self, msg: Msg, keys: &str) -> &mut Self {
        self.take(msg);
        self.press(keys)
    }

    /// Looks whether another process has written, as the interface does now and then.
    pub fn look(&mut self) -> &mut Self {
        self.start(vec![Effect::CheckVersion]);
        self.settle();
        self
    }

    pub fn block_on<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    fn take(&mut self, msg: Msg) {
        self.model.now = NOW.parse::<Timestamp>().unwrap();
        let effects = update::update(&mut self.model, &self.bindings, msg);
        self.start(effects);
    }

    fn start(&mut self, effects: Vec<Effect>) {
        let _context = self.runtime.enter();
        for effect in effects {
            match effect {
                Effect::Browse(_) | Effect::Copy(_) | Effect::Redraw => self.outside.push(effect),
                other => self.runner.as_mut().unwrap().start(other, false),
            }
        }
    }

    /// Waits until no effect is under way and no message waits.
    pub fn settle(&mut self) {
        let deadline = std::time::Instant::now() + LONGEST;
        loop {
            assert!(std::time::Instant::now() < deadline, "the interface does not come to rest");
            let is_idle = self.runner.as_mut().unwrap().is_idle();
            let msg = match self.inbox.try_recv() {
                Ok(reply) => Some(reply.msg),
                Err(_) => self.events.try_recv().ok().map(Msg::Engine),
            };
            match msg {
                Some(msg) => self.take(msg),
                None if self.model.sources.following.is_some() => self.take(Msg::Rested),
                None if is_idle && self.model.counts_due => self.take(Msg::FollowUp),
                None if is_idle => break,
                None => {
                    let inbox = &mut self.inbox;
                    let wait = async { tokio::time::timeout(Duration::from_millis(5), inbox.recv()).await };
                    if let Ok(Some(reply)) = self.runtime.block_on(wait) {
                        self.take(reply.msg);
                    }
                }
            }
        }
    }

    /// What is on the screen, line by line, without trailing spaces.
    pub fn screen(&self) -> String {
        let buffer = self.buffer();
        let lines = buffer.content.chunks(usize::from(buffer.area.width));
        lines.map(|line| row_text(line).trim_end().to_owned()).collect::<Vec<_>>().join("\n")
    }

    /// How many cells of each line are underlined, where any is.
    pub fn underlined(&self) -> Vec<usize> {
        let buffer = self.buffer();
        let is = |cell: &&ratatui::buffer::Cell| cell.modifier.contains(ratatui::style::Modifier::UNDERLINED);
        let lines = buffer.content.chunks(usize::from(buffer.area.width));
        lines.map(|line| line.iter().filter(is).count()).filter(|count| *count > 0).collect()
    }

    /// The screen, and below it the styles of each line: `letter × cells`, with a legend.
    pub fn styled_screen(&self) -> String {
        let buffer = self.buffer();
        let mut legend: Vec<ratatui::style::Style> = Vec::new();
        let mut map = String::new();
        for line in buffer.content.chunks(usize::from(buffer.area.width)) {
            let mut runs: Vec<(usize, usize)> = Vec::new();
            for cell in line {
                let style = cell.style();
                let letter = legend.iter().position(|known| *known == style).unwrap_or_else(|| {
                    legend.push(style);
                    legend.len() - 1
                });
                match runs.last_mut() {
                    Some((last, count)) if *last == letter => *count += 1,
                    _ => runs.push((letter, 1)),
                }
            }
            for (letter, count) in runs {
                write!(map, "{}{count} ", char::from(b'a' + letter as u8)).unwrap();
            }
            map.push('\n');
        }
        let legend: String = (b'a'..)
            .zip(&legend)
            .map(|(letter, style)| {
                format!("{}: fg {:?} bg {:?} {:?}\n", char::from(letter), style.fg, style.bg, style.add_modifier)
            })
            .collect();
        format!("{}\n\n{map}\n{legend}", self.screen())
    }

    fn buffer(&self) -> ratatui::buffer::Buffer {
        let mut terminal = Terminal::new(TestBackend::new(self.model.size.width, self.model.size.height)).unwrap();
        terminal.draw(|frame| view::draw(&self.model, &self.bindings, frame)).unwrap();
        terminal.backend().buffer().clone()
    }

    /// The title under the cursor.
    pub fn selected(&self) -> String {
        self.model.list.current().map(|row| row.title.clone()).unwrap_or_default()
    }
}

impl Drop for App {
    fn drop(&mut self) {
        if let Some(runner) = self.runner.take() {
            self.runtime.block_on(runner.finish());
        }
    }
}

fn row_text(cells: &[ratatui::buffer::Cell]) -> String {
    use unicode_width::UnicodeWidthStr as _;
    let mut line = String::new();
    let mut hidden = 0;
    for cell in cells {
        if hidden > 0 {
            hidden -= 1;
            continue;
        }
        line.push_str(cell.symbol());
        hidden = cell.symbol().width().saturating_sub(1);
    }
    line
}

fn fetch_in_turn(runtime: &Runtime, engine: &Engine) {
    for feed in runtime.block_on(engine.feeds()).unwrap() {
        let request = PollRequest { all: true, only: Some(vec![feed.id]) };
        let report = runtime.block_on(engine.poll(request)).unwrap();
        assert_eq!(report.failures, [], "{}", feed.url);
    }
}

/// An RSS document with articles an hour apart, the newest first.
pub fn feed(title: &str, count: usize) -> String {
    let newest: Timestamp = "2024-11-09T11:00:00Z".parse().unwrap();
    let items: String = (1..=count)
        .map(|n| {
            let at = newest - jiff::SignedDuration::from_secs(60 * n as i64);
            format!(
                "<item><guid>{title}-{n}</guid><title>Judul {n}</title><link>https://a.example/{n}</link>\
                 <pubDate>{}</pubDate><description>Isi {n}.</description></item>",
                jiff::fmt::rfc2822::to_string(&at.to_zoned(TimeZone::UTC)).unwrap()
            )
        })
        .collect();
    format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>{title}</title>{items}</channel></rss>")
}
