//! The arguments that commands take, each with its spelling.

use crate::model::file_format::FileFormat;

/// How a command's argument is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgKind {
    None,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Anything up to the end of the line; shown as this placeholder.
    Text(&'static str),
}

/// An argument type: its kind, and text to value and back.
pub trait Argument: Sized {
    const KIND: ArgKind;
    fn parse(text: &str) -> Option<Self>;
    fn print(&self) -> String;
}

macro_rules! choices {
    ($( $(#[doc = $doc:literal])+ $name:ident { $($variant:ident = $word:literal),+ $(,)? } )+) => { $(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($variant),+ }

        impl Argument for $name {
            const KIND: ArgKind = ArgKind::Choice(&[$($word),+]);

            fn parse(text: &str) -> Option<Self> {
                match text { $($word => Some(Self::$variant),)+ _ => None }
            }

            fn print(&self) -> String {
                match self { $(Self::$variant => $word),+ }.to_owned()
            }
        }
    )+ };
}

choices! {
    /// How far a selection or a text moves.
    Step {
        Down = "down", Up = "up",
        PageDown = "page-down", PageUp = "page-up",
        HalfDown = "half-down", HalfUp = "half-up",
        First = "first", Last = "last",
    }
    /// The pane to go to.
    Pane { Left = "left", Right = "right", Next = "next", Previous = "previous" }
    /// Which way along a list.
    Direction { Next = "next", Previous = "previous" }
    /// Which articles the list holds.
    Scope { All = "all", Unread = "unread", Starred = "starred" }
    /// What to do with the list's share of the screen.
    Size { Shrink = "shrink", Grow = "grow" }
    /// Which way sideways.
    Side { Left = "left", Right = "right" }
    /// Whether an article belongs to a topic.
    Answer { Yes = "yes", No = "no" }
    /// What a list begins with: its newest articles or the best, or whichever it does not begin with now.
    Order { Other = "other", Date = "date", Relevance = "relevance" }
    /// Whether an article needs all chosen tags or any of them.
    Match { All = "all", Any = "any" }
}

impl Argument for String {
    const KIND: ArgKind = ArgKind::Text("TEXT");

    fn parse(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn print(&self) -> String {
        self.clone()
    }
}

impl Argument for u32 {
    const KIND: ArgKind = ArgKind::Text("N");

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn print(&self) -> String {
        self.to_string()
    }
}

impl Argument for FileFormat {
    const KIND: ArgKind = ArgKind::Choice(&["markdown", "text", "html", "epub", "jsonfeed"]);

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == text)
    }

    fn print(&self) -> String {
        self.name().to_owned()
    }
}
