//! Text that is mostly copied from an original, with as little copying as possible.

use std::borrow::Cow;
use std::ops::Range;

/// A text under construction that copies runs of the original, and nothing at all as long as nothing changes.
pub(super) struct Patch<'a> {
    html: &'a str,
    run: Range<usize>,
    done: String,
}

impl<'a> Patch<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self { html, run: 0..0, done: String::new() }
    }

    pub(super) fn keep(&mut self, range: Range<usize>) {
        if range.start != self.run.end {
            self.flush();
            self.run.start = range.start;
        }
        self.run.end = range.end;
    }

    pub(super) fn put(&mut self, text: &str) {
        self.flush();
        self.run = self.run.end..self.run.end;
        self.done.push_str(text);
    }

    fn flush(&mut self) {
        if self.done.capacity() == 0 {
            self.done.reserve(self.html.len());
        }
        self.done.push_str(self.html.get(self.run.clone()).unwrap_or_default());
        self.run.start = self.run.end;
    }

    pub(super) fn finish(mut self) -> Cow<'a, str> {
        if self.done.is_empty() {
            return Cow::Borrowed(self.html.get(self.run).unwrap_or_default());
        }
        self.flush();
        Cow::Owned(self.done)
    }
}
