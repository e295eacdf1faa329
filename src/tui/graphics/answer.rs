//! Asks the terminal what pictures it can show, and reads its answer and nothing behind it. The query of ratatui-image
//! itself leaves a thread that goes on reading when the terminal keeps silent: it took the reader's first keys, and put
//! the terminal's modes back in the midst of the interface.

pub use ratatui_image::picker::cap_parser::Response;

#[cfg(unix)]
pub use unix::ask;

/// Not asked: half blocks work everywhere.
#[cfg(not(unix))]
pub fn ask(_is_tmux: bool, _is_partial: bool) -> Vec<Response> {
    Vec::new()
}

#[cfg(unix)]
mod unix {
    use std::io::{self, IsTerminal, Write};
    use std::time::{Duration, Instant};

    use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
    use ratatui_image::picker::ProtocolType;
    use ratatui_image::picker::cap_parser::{Parser, QueryStdioOptions};
    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    use super::Response;

    /// How long the terminal has to say what it can. What comes later would be taken for keys.
    const PATIENCE: Duration = Duration::from_secs(1);

    /// What the terminal says it can.
    pub fn ask(is_tmux: bool, is_partial: bool) -> Vec<Response> {
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() || enable_raw_mode().is_err() {
            return Vec::new();
        }
        let answers = converse(is_tmux, is_partial).unwrap_or_default();
        // A terminal that has gone away is noticed by who reads from it next.
        let _ = disable_raw_mode();
        answers
    }

    fn converse(is_tmux: bool, is_partial: bool) -> io::Result<Vec<Response>> {
        let avoided = if is_partial { vec![ProtocolType::Kitty, ProtocolType::Sixel] } else { Vec::new() };
        let options = QueryStdioOptions { blacklist_protocols: avoided, ..QueryStdioOptions::default() };
        let mut out = io::stdout();
        out.write_all(Parser::query(is_tmux, options).as_bytes())?;
        out.flush()?;
        let (input, deadline) = (io::stdin(), Instant::now() + PATIENCE);
        let (mut parser, mut answers) = (Parser::new(), Vec::new());
        while let Some(left) = deadline.checked_duration_since(Instant::now()) {
            let left = Timespec { tv_sec: 0, tv_nsec: left.as_nanos().min(999_999_999).try_into().unwrap_or_default() };
            if poll(&mut [PollFd::new(&input, PollFlags::IN)], Some(&left))? == 0 {
                break;
            }
            // One by one, so that what stands behind the answer is left to who reads the keys.
            let mut byte = [0];
            if rustix::io::read(&input, &mut byte)? == 0 {
                break;
            }
            let more = parser.push(char::from(byte[0]));
            // Every terminal knows the last of the questions.
            if more.contains(&Response::Status) {
                break;
            }
            answers.extend(more);
        }
        Ok(answers)
    }
}
