//! The terminal: taken over on start, given back on drop, on panic and on signals.

use std::cell::RefCell;
use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::style::Print;
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::Frame;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Cell;
use ratatui::layout::Size;

use crate::content::guard::is_guarded;

type Screen = ratatui::Terminal<CrosstermBackend<Sheet>>;

/// Whether the terminal is in kabar's hands, for the panic hook.
static IS_TAKEN: AtomicBool = AtomicBool::new(false);
/// Whether the terminal has been told to leave the order of text to kabar.
static IS_ORDERED: AtomicBool = AtomicBool::new(false);

/// Bidirectional support mode (ECMA-48 BDSM): the order of text is the program's, or the terminal's own.
const ORDER_OURS: &str = "\x1b[8l";
const ORDER_THEIRS: &str = "\x1b[8h";

/// Where a frame is put together, to be written at once or not at all. Flushing it does nothing. Shared by the screen,
/// which lends its writer to nobody, and the terminal.
#[derive(Debug, Default, Clone)]
struct Sheet(Rc<RefCell<Vec<u8>>>);

impl Write for Sheet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sheet {
    /// Whether a cell has been drawn or the cursor been placed: both begin with a move, which ends in this letter.
    fn shows_something(&self) -> bool {
        self.0.borrow().contains(&b'H')
    }

    fn clear(&self) {
        self.0.borrow_mut().clear();
    }

    /// Writes what is there to the terminal, in one go.
    fn send(&self) -> io::Result<()> {
        let mut out = io::stdout().lock();
        let result = out.write_all(&self.0.borrow()).and_then(|()| out.flush());
        self.clear();
        result
    }
}

/// The terminal in kabar's hands; dropping it gives it back.
#[derive(Debug)]
pub struct Terminal {
    screen: Screen,
    sheet: Sheet,
    has_mouse: bool,
    /// Right-to-left text comes in the order in which it is seen.
    is_ordered: bool,
    /// The last frame held clusters whose width terminals disagree on.
    had_clusters: bool,
}

impl Terminal {
    /// Takes the terminal over, and sees to it that a panic gives it back before it says anything, and names the log.
    pub fn take(has_mouse: bool, is_ordered: bool, log: &Path) -> io::Result<Self> {
        give_back_on_panic(log.to_owned());
        let sheet = Sheet::default();
        let screen = Screen::new(CrosstermBackend::new(sheet.clone()))?;
        let mut terminal = Self { screen, sheet, has_mouse, is_ordered, had_clusters: false };
        terminal.enter()?;
        Ok(terminal)
    }

    fn enter(&mut self) -> io::Result<()> {
        enable_raw_mode()?;
        IS_TAKEN.store(true, Ordering::SeqCst);
        let mut out = io::stdout();
        execute!(out, EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)?;
        if self.has_mouse {
            execute!(out, EnableMouseCapture)?;
        }
        if self.is_ordered {
            IS_ORDERED.store(true, Ordering::SeqCst);
            execute!(out, Print(ORDER_OURS))?;
        }
        Ok(())
    }

    /// Draws one frame, which the terminal shows at once. A frame like the last one costs no byte.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        queue!(self.sheet, BeginSynchronizedUpdate)?;
        if self.had_clusters {
            self.redraw()?;
        }
        let frame = self.screen.draw(view)?;
        self.had_clusters = frame.buffer.content.iter().any(is_cluster);
        if !self.sheet.shows_something() {
            self.sheet.clear();
            return Ok(());
        }
        queue!(self.sheet, EndSynchronizedUpdate)?;
        self.sheet.send()
    }

    /// Whether the terminal has not been hung up.
    #[must_use]
    pub fn is_there(&self) -> bool {
        io::stdout().is_terminal()
    }

    pub fn size(&self) -> io::Result<Size> {
        self.screen.size()
    }

    /// Forgets what is on the screen, so that the next frame draws all of it.
    pub fn redraw(&mut self) -> io::Result<()> {
        // Its `clear` asks the terminal where the cursor is, and fails where no answer comes.
        let size = self.screen.size()?;
        self.screen.resize(size.into())
    }

    /// Sends bytes that are no picture, such as a copy to the clipboard.
    pub fn send(&mut self, bytes: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(bytes.as_bytes())?;
        out.flush()
    }

    /// Lends the terminal to another program and takes it back when that has ended.
    pub fn lend<T>(&mut self, program: impl FnOnce() -> T) -> io::Result<T> {
        give_back();
        let result = program();
        self.enter()?;
        self.redraw()?;
        Ok(result)
    }
}

/// Whether a cell holds several characters that terminals set in more or fewer columns than the standard says: emoji that
/// are joined, flags, syllables of Indic scripts. After them a row cannot be mended cell by cell. A letter with an accent
/// or a vowel sign of Arabic is shorter than this.
fn is_cluster(cell: &Cell) -> bool {
    cell.symbol().len() > 4
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
    }
}

/// Puts the terminal back as it was. Safe to call at any time, and any number of times.
pub fn give_back() {
    if !IS_TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    // The terminal may be gone; there is nobody left to tell.
    if IS_ORDERED.swap(false, Ordering::SeqCst) {
        let _ = queue!(out, Print(ORDER_THEIRS));
    }
    let _ = execute!(
        out,
        EndSynchronizedUpdate,
        DisableMouseCapture,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    );
    let _ = disable_raw_mode();
}

fn give_back_on_panic(log: PathBuf) {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let report = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            // A worker's panic is caught where the work is given out; only the interface's own ends it.
            if std::thread::current().name() == Some("main") && !is_guarded() {
                give_back();
                tracing::error!(%panic, "the interface panicked");
                report(panic);
                let _ = writeln!(io::stderr(), "kabar: the log is {}", log.display());
            } else {
                tracing::error!(%panic, "a worker panicked");
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::{TerminalOptions, Viewport};

    use super::*;

    #[test]
    fn only_a_frame_unlike_the_last_one_shows_something() {
        let sheet = Sheet::default();
        let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, 20, 2)) };
        let mut screen = Screen::with_options(CrosstermBackend::new(sheet.clone()), options).unwrap();
        let mut draw = |text: &str, cursor: bool| {
            sheet.clear();
            let view = |frame: &mut Frame<'_>| {
                frame.render_widget(text, frame.area());
                if cursor {
                    frame.set_cursor_position((3, 1));
                }
            };
            screen.draw(view).unwrap();
            sheet.shows_something()
        };
        assert!(draw("Halo", false));
        assert!(!draw("Halo", false));
        assert!(draw("Hari", false));
        assert!(draw("Hari", true), "the cursor is shown");
    }
}
