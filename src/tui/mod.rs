//! The interface: one loop that takes in messages, updates the model and draws. Between a key and its frame nothing is
//! waited for; see `effects` for what is done meanwhile.

pub mod effects;
pub mod graphics;
pub mod keymap;
pub mod keys;
pub mod layout;
pub mod model;
pub mod msg;
pub mod terminal;
pub mod update;
pub mod view;

use std::time::Duration;

use crossterm::event::Event;
use tokio::sync::{broadcast, mpsc};
use tokio::time::Instant;

use crate::config::{Bidi, Config, Theme, raw};
use crate::engine::{Demo, Engine, EngineEvent};
use crate::i18n::Language;
use crate::platform::notifier::Notification;
use crate::platform::{clipboard, clock, priority};
use effects::{Reply, Runner};
use graphics::Graphics;
use keys::Keys;
pub use model::Exit;
use model::Model;
use msg::{Effect, Msg};
use terminal::Terminal;

/// What the interface is started with.
#[derive(Debug, Default)]
pub struct Options {
    /// Draw with ASCII characters only, whatever the settings say.
    pub ascii: bool,
    /// The sample feeds: subscribed and fetched at the start.
    pub demo: Option<Demo>,
}

#[derive(Debug, thiserror::Error)]
pub enum TuiError {
    #[error("the interface needs a terminal: {0}")]
    Terminal(#[from] std::io::Error),
    #[error(transparent)]
    Engine(#[from] crate::engine::EngineError),
}

/// The shortest time between two frames that no key asked for: a poll's progress is read, not watched.
const FRAME: Duration = Duration::from_millis(100);
/// How long after a key no frame comes that no key asked for: a key's own frame shows what has come up to then, and the
/// next key never finds the terminal busy with news.
const HANDS: Duration = Duration::from_millis(200);
/// How long the first frame waits for the first rows.
const FIRST: Duration = Duration::from_millis(25);
/// How long the source pane's selection has to rest before the list follows it.
const REST: Duration = Duration::from_millis(150);
/// How long a notice stands in place of the keys, if none is pressed.
const NOTICE: Duration = Duration::from_secs(8);
/// How often news that pour in are followed up while no key comes, and while keys come.
const FOLLOW_UP: Duration = Duration::from_millis(500);
const FOLLOW_UP_LATER: Duration = Duration::from_secs(5);
/// How often it is looked whether an article has been open for long enough.
const LINGER: Duration = Duration::from_millis(500);
/// How often the store is asked whether another process has written to it.
const LOOK: Duration = Duration::from_secs(2);

/// Runs the interface until the reader leaves it or the terminal goes away. From the welcome screen it may go on in the
/// demo.
pub async fn run(engine: Engine, options: Options) -> Result<(), TuiError> {
    let (paths, config, ascii) = (engine.paths().clone(), engine.config().clone(), options.ascii);
    let graphics = Graphics::ask();
    let mut keys = Keys::listen()?;
    if session(engine, options, &graphics, &mut keys).await? == Exit::Demo {
        let demo = Demo::lay_out()?;
        let engine = Engine::open(&demo.paths(&paths), config)?;
        session(engine, Options { ascii, demo: Some(demo) }, &graphics, &mut keys).await?;
    }
    Ok(())
}

/// One run over one store.
async fn session(engine: Engine, options: Options, graphics: &Graphics, keys: &mut Keys) -> Result<Exit, TuiError> {
    let config = engine.config().clone();
    let theme = if std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        Theme::mono()
    } else {
        config.interface.theme.clone()
    };
    let zone = clock::zone();
    let mut model = Model::new(&config, language(&config), theme, clock::now(), zone);
    model.is_ascii |= options.ascii;
    if config.interface.bidi == Bidi::Auto {
        model.reorders = !reorders_itself(|name| std::env::var(name).ok());
    }
    model.is_demo = options.demo.is_some();
    if let Some(demo) = &options.demo {
        engine.subscribe_demo(demo).await?;
    }
    let events = engine.events();
    let indexer = tokio::spawn(crate::engine::index_by_itself(engine.clone()));
    let poller = config.poll.automatic.then(|| tokio::spawn(effects::poll_by_itself(engine.clone())));
    let log = engine.paths().log_file();
    let (mut runner, inbox) = Runner::new(engine);
    runner.graphics = graphics.clone();
    // Before the terminal is taken: from then on a signal must not end kabar without giving it back.
    let mut signals = Signals::new()?;
    let terminal = Terminal::take(config.interface.mouse, model.reorders, &log)?;
    let mut app = App {
        model,
        config,
        runner,
        inbox,
        events,
        terminal,
        last_draw: None,
        last_key: Instant::now(),
        last_follow_up: Instant::now(),
        noticed: Instant::now(),
    };
    let result = app.run(keys, &mut signals).await;
    for effect in update::leave(&mut app.model) {
        app.runner.start(effect, false);
    }
    let App { runner, terminal, model, .. } = app;
    drop(terminal);
    if let Some(poller) = poller {
        poller.abort();
    }
    indexer.abort();
    runner.finish().await;
    result?;
    Ok(model.exit.unwrap_or(Exit::Quit))
}

/// Whether the terminal puts right-to-left text in order whatever it is told. Those of VTE do as they are told, unless a
/// multiplexer stands between.
fn reorders_itself(variable: impl Fn(&str) -> Option<String>) -> bool {
    let has = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    let is = |name: &str, start: &str| variable(name).is_some_and(|value| value.starts_with(start));
    has("KONSOLE_VERSION")
        || has("MLTERM")
        || is("TERM", "mlterm")
        || is("TERM_PROGRAM", "Apple_Terminal")
        || (has("VTE_VERSION") && (has("TMUX") || has("STY")))
}

fn language(config: &Config) -> Language {
    match config.interface.language {
        raw::Language::Auto => Language::of_environment(),
        raw::Language::En => Language::English,
        raw::Language::Id => Language::Indonesian,
    }
}

struct App {
    model: Model,
    config: Config,
    runner: Runner,
    inbox: mpsc::Receiver<Reply>,
    events: broadcast::Receiver<EngineEvent>,
    terminal: Terminal,
    last_draw: Option<Instant>,
    /// When a key was last taken in.
    last_key: Instant,
    /// When it was last looked at what a poll has brought.
    last_follow_up: Instant,
    /// When the notice appeared.
    noticed: Instant,
}

/// What woke the loop.
enum Wake {
    /// From the reader, or what followed from that.
    Msg(Msg),
    /// From a poll or another process, or what followed from that.
    News(Msg),
    Draw,
    /// The terminal has gone, or a signal asks to end.
    End,
}

impl App {
    async fn run(&mut self, keys: &mut Keys, signals: &mut Signals) -> Result<(), TuiError> {
        self.model.size = self.terminal.size()?;
        let effects = update::start(&mut self.model);
        self.start(effects, false)?;
        self.first_rows().await?;
        self.draw()?;
        priority::go_first();
        provoke_panic();
        let mut linger = tokio::time::interval(LINGER);
        let mut look = tokio::time::interval(LOOK);
        linger.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut is_dirty = false;
        while self.model.exit.is_none() {
            let next_frame = self.last_draw.map_or_else(Instant::now, |last| (last + FRAME).max(self.last_key + HANDS));
            let next_follow_up = self.next_follow_up();
            let wake = tokio::select! {
                biased;
                () = signals.received() => Wake::End,
                event = keys.next(), if !self.runner.is_writing() => match event {
                    Some(Ok(event)) => Wake::Msg(Msg::Terminal(event)),
                    // A terminal that has gone would answer with errors for ever.
                    Some(Err(_)) | None => Wake::End,
                },
                Some(Reply { msg, is_news }) = self.inbox.recv() => if is_news { Wake::News(msg) } else { Wake::Msg(msg) },
                event = self.events.recv() => Wake::News(heard(event)),
                () = tokio::time::sleep_until(next_frame), if is_dirty => Wake::Draw,
                () = tokio::time::sleep_until(self.last_key + REST), if self.model.sources.following.is_some() => Wake::Msg(Msg::Rested),
                () = tokio::time::sleep_until(self.noticed + NOTICE), if self.model.notice.is_some() => Wake::Msg(Msg::NoticeOver),
                () = tokio::time::sleep_until(next_follow_up), if self.model.counts_due => Wake::News(Msg::FollowUp),
                _ = linger.tick(), if self.model.reader.opened.is_some() => Wake::Msg(Msg::Lingered),
                // A terminal that has been hung up is not always an error for whoever reads its keys.
                _ = look.tick() => {
                    if !self.terminal.is_there() {
                        break;
                    }
                    self.runner.start(Effect::CheckVersion, true);
                    continue;
                }
            };
            match wake {
                Wake::End => break,
                Wake::Draw => {}
                Wake::News(Msg::Version(version)) if self.model.store_version == Some(version) => continue,
                Wake::Msg(msg) => {
                    if matches!(msg, Msg::Terminal(_)) {
                        self.last_key = Instant::now();
                        self.runner.attend();
                    }
                    // An article that was set ahead of time changes nothing on the screen.
                    let is_ahead = matches!(&msg, Msg::Article { id, .. } if self.model.reader.wanted != Some(*id));
                    self.take(msg, false)?;
                    if is_ahead && self.inbox.is_empty() && self.events.is_empty() {
                        continue;
                    }
                    self.drain()?;
                }
                Wake::News(msg) => {
                    if matches!(msg, Msg::FollowUp) {
                        self.last_follow_up = Instant::now();
                    }
                    self.take(msg, true)?;
                    is_dirty = true;
                    // What the reader has set off is drawn at once; news that pour in wait for their turn.
                    if !self.drain()? && Instant::now() < next_frame {
                        continue;
                    }
                }
            }
            self.draw()?;
            is_dirty = false;
        }
        Ok(())
    }

    fn next_follow_up(&self) -> Instant {
        let rested = self.last_key + HANDS;
        (self.last_follow_up + FOLLOW_UP).max(rested).min(self.last_follow_up + FOLLOW_UP_LATER)
    }

    /// Waits a moment for the first list, so that the first frame has something in it.
    async fn first_rows(&mut self) -> Result<(), TuiError> {
        let deadline = Instant::now() + FIRST;
        while !self.model.list.is_loaded {
            match tokio::time::timeout_at(deadline, self.inbox.recv()).await {
                Ok(Some(reply)) => self.take(reply.msg, reply.is_news)?,
                Ok(None) | Err(_) => break,
            }
        }
        Ok(())
    }

    fn take(&mut self, msg: Msg, is_news: bool) -> Result<(), TuiError> {
        self.model.now = clock::now();
        let notice = self.model.notice.clone();
        let effects = update::update(&mut self.model, &self.config.bindings, msg);
        if self.model.notice != notice {
            self.noticed = Instant::now();
        }
        self.start(effects, is_news)
    }

    /// Takes in what else has come, so that one frame shows all of it. Each key has a frame of its own. Says whether
    /// something was among it that the reader waits for.
    fn drain(&mut self) -> Result<bool, TuiError> {
        const AT_ONCE: usize = 256;
        let mut is_awaited = false;
        for _ in 0..AT_ONCE {
            if self.model.exit.is_some() {
                break;
            }
            let (msg, is_news) = if let Ok(Reply { msg, is_news }) = self.inbox.try_recv() {
                (msg, is_news)
            } else if let Ok(event) = self.events.try_recv() {
                (Msg::Engine(event), true)
            } else {
                break;
            };
            is_awaited |= !is_news;
            self.take(msg, is_news)?;
        }
        Ok(is_awaited)
    }

    fn start(&mut self, effects: Vec<Effect>, is_news: bool) -> Result<(), TuiError> {
        for effect in effects {
            match effect {
                Effect::Copy(text) => self.terminal.send(&clipboard::copy(&text))?,
                Effect::Redraw => self.terminal.redraw()?,
                Effect::Notify(notification) => self.notify(&notification)?,
                Effect::Browse(url) => self.browse(url)?,
                other => self.runner.start(other, is_news),
            }
        }
        Ok(())
    }

    fn notify(&mut self, notification: &Notification) -> Result<(), TuiError> {
        let words = &self.config.notify;
        if words.is_empty() {
            self.terminal.send(&notification.for_terminal(|name| std::env::var(name).ok()))?;
        } else if let Err(error) = notification.by_command(words) {
            tracing::warn!(%error, "the command to notify with could not be run");
        }
        Ok(())
    }

    fn browse(&mut self, url: String) -> Result<(), TuiError> {
        let browser = &self.config.browser;
        let result = if browser.is_in_terminal() {
            let run = || browser.command(&url).and_then(|mut command| command.status()).map(|_| ());
            self.terminal.lend(run)?
        } else {
            browser.open(&url)
        };
        let msg = match result {
            Ok(()) => Msg::Opened(url),
            Err(error) => Msg::Failed(msg::Fault { id: "fault-browser", detail: error.to_string() }),
        };
        self.take(msg, false)
    }

    fn draw(&mut self) -> Result<(), TuiError> {
        // The terminal may have been resized without an event, on its way back from another program; or the event waits
        // behind what is drawn now.
        let size = self.terminal.size()?;
        if size != self.model.size {
            self.take(Msg::Terminal(Event::Resize(size.width, size.height)), false)?;
        }
        let (model, bindings) = (&self.model, &self.config.bindings);
        self.terminal.draw(|frame| view::draw(model, bindings, frame))?;
        self.last_draw = Some(Instant::now());
        Ok(())
    }
}

fn heard(event: Result<EngineEvent, broadcast::error::RecvError>) -> Msg {
    event.map_or(Msg::Lagged, Msg::Engine)
}

/// `KABAR_TEST_PANIC=tui` is how scripts test that a panic gives the terminal back.
fn provoke_panic() {
    assert!(std::env::var_os("KABAR_TEST_PANIC").is_none_or(|value| value != "tui"), "KABAR_TEST_PANIC asked for this");
}

/// The signals that end the interface in good order.
#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    hang_up: tokio::signal::unix::Signal,
    /// Sent by hand: the key is a key here.
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn received(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.hang_up.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn received(&mut self) {
        std::future::pending().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_terminals_that_insist_on_it_order_text_themselves() {
        let is = |set: &[(&str, &str)]| {
            reorders_itself(|name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
        };
        assert!(is(&[("KONSOLE_VERSION", "230804")]) && is(&[("TERM_PROGRAM", "Apple_Terminal")]));
        assert!(is(&[("VTE_VERSION", "7600"), ("TMUX", "/tmp/x")]));
        assert!(!is(&[("VTE_VERSION", "7600")]) && !is(&[("TERM", "xterm-kitty")]) && !is(&[("KONSOLE_VERSION", "")]));
    }
}
