//! What a person can tell kabar to do. One table ([`table`]) defines every command; the parser, the default keys, the
//! palette, the help screen, the manual's key page and the README's key table all derive from it.

pub mod args;
pub mod docs;
pub mod keys;
pub mod table;

pub use args::{Answer, ArgKind, Direction, Match, Order, Pane, Scope, Side, Size, Step};
pub use keys::{Key, KeySequence};
pub use table::{Command, CommandError, Context, ROWS, Row};
