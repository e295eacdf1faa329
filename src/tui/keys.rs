//! What the terminal sends, read on a thread of its own, one event each time one is asked for.
//!
//! crossterm's own `EventStream` is read by whoever polls it, and on a terminal that has been hung up it tries to read
//! for ever: the loop of the interface would never get to notice. Here only this thread is lost, and ends with the program.

use std::io;
use std::sync::mpsc as request;

use crossterm::event::{self, Event};
use tokio::sync::mpsc;

#[derive(Debug)]
pub struct Keys {
    requests: request::Sender<()>,
    events: mpsc::Receiver<io::Result<Event>>,
    is_asked: bool,
}

impl Keys {
    pub fn listen() -> io::Result<Self> {
        let (requests, asked) = request::channel();
        let (answers, events) = mpsc::channel(1);
        std::thread::Builder::new().name("keys".to_owned()).spawn(move || {
            while asked.recv().is_ok() {
                if answers.blocking_send(event::read()).is_err() {
                    break;
                }
            }
        })?;
        Ok(Self { requests, events, is_asked: false })
    }

    /// The next event. Nothing is read from the terminal between an event and the next call, so that the terminal can be
    /// lent to another program. Cancel safe: an answer that is not waited for comes with the next call.
    pub async fn next(&mut self) -> Option<io::Result<Event>> {
        if !self.is_asked {
            self.requests.send(()).ok()?;
            self.is_asked = true;
        }
        let event = self.events.recv().await;
        self.is_asked = false;
        event
    }
}
