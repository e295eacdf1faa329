//! THE table of commands. To add one, write its row here: rustc then asks for its match arm in `tui/update`, and the
//! golden tests show what changed in the generated documents. Its texts are `cmd-NAME` (or `cmd-NAME-ARGUMENT`) in
//! `assets/locales/`.

use super::args::{Answer, ArgKind, Argument, Direction, Order, Pane, Scope, Side, Size, Step};
use crate::model::file_format::FileFormat;

/// Where a key means what the table says. A pane's keys come before the general ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// Any of the three panes.
    Panes,
    Sources,
    Headlines,
    Article,
    /// The article while something is looked for in it, on top of `Article`.
    Find,
    /// A popup with a list, and the welcome screen.
    Popup,
    /// The tag filter, on top of `Popup`.
    Tags,
    /// The links of an article, on top of `Popup`.
    Links,
    /// Why an article is here, on top of `Popup`.
    Why,
    /// A line of input, on top of `Popup`.
    Prompt,
}

impl Context {
    pub const ALL: [Self; 10] = [
        Self::Panes,
        Self::Sources,
        Self::Headlines,
        Self::Article,
        Self::Find,
        Self::Popup,
        Self::Tags,
        Self::Links,
        Self::Why,
        Self::Prompt,
    ];

    /// The name of its section in `keys.toml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Panes => "panes",
            Self::Sources => "sources",
            Self::Headlines => "headlines",
            Self::Article => "article",
            Self::Find => "find",
            Self::Popup => "popup",
            Self::Tags => "tags",
            Self::Links => "links",
            Self::Why => "why",
            Self::Prompt => "prompt",
        }
    }
}

/// One command as the documents and the key map see it.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    pub name: &'static str,
    /// What it does, in English, for the manual.
    pub about: &'static str,
    pub arg: ArgKind,
    pub contexts: &'static [Context],
    /// Default keys, each with the argument it gives (empty for none).
    pub keys: &'static [(&'static str, &'static str)],
}

/// Why a line is no command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    #[error("unknown command `{name}`{}", hint(.suggestion.as_deref()))]
    Unknown { name: String, suggestion: Option<String> },
    #[error("`{name}` takes no argument")]
    Surplus { name: &'static str },
    #[error("`{name}` needs {expected}")]
    Argument { name: &'static str, expected: String },
}

fn hint(suggestion: Option<&str>) -> String {
    suggestion.map_or_else(String::new, |name| format!(", did you mean `{name}`?"))
}

macro_rules! commands {
    ($( $(#[doc = $doc:literal])+ $variant:ident $(($arg:ty))? = $name:literal
        in [$($context:ident),+] keys [$($key:literal $(=> $value:literal)?),* $(,)?]; )+) => {
        /// What the user wants.
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum Command { $( $(#[doc = $doc])+ $variant $(($arg))?, )+ }

        /// Every command, in the order of the documents.
        pub const ROWS: &[Row] = &[ $( Row {
            name: $name,
            about: concat!($($doc),+),
            arg: commands!(@kind $($arg)?),
            contexts: &[$(Context::$context),+],
            keys: &[$(($key, commands!(@value $($value)?))),*],
        } ),+ ];

        impl Command {
            /// Reads `NAME` or `NAME ARGUMENT`.
            pub fn parse(line: &str) -> Result<Self, CommandError> {
                let line = line.trim();
                let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
                let rest = rest.trim();
                match name {
                    $( $name => commands!(@parse $variant, $name, rest $(, $arg)?), )+
                    _ => Err(CommandError::Unknown { name: name.to_owned(), suggestion: nearest(name) }),
                }
            }

            #[must_use]
            pub fn name(&self) -> &'static str {
                match self { $( commands!(@pattern $variant $(, $arg)?) => $name, )+ }
            }

            /// The argument as it is written; empty for none.
            #[must_use]
            pub fn argument(&self) -> String {
                match self { $( commands!(@bind $variant, it $(, $arg)?) => commands!(@print it $(, $arg)?), )+ }
            }
        }
    };
    (@kind) => { ArgKind::None };
    (@kind $arg:ty) => { <$arg as Argument>::KIND };
    (@value) => { "" };
    (@value $value:literal) => { $value };
    (@parse $variant:ident, $name:literal, $rest:ident) => {
        if $rest.is_empty() { Ok(Self::$variant) } else { Err(CommandError::Surplus { name: $name }) }
    };
    (@parse $variant:ident, $name:literal, $rest:ident, $arg:ty) => {
        <$arg as Argument>::parse($rest).map(Self::$variant)
            .ok_or_else(|| CommandError::Argument { name: $name, expected: expected(<$arg as Argument>::KIND) })
    };
    (@pattern $variant:ident) => { Self::$variant };
    (@pattern $variant:ident, $arg:ty) => { Self::$variant(_) };
    (@bind $variant:ident, $it:ident) => { Self::$variant };
    (@bind $variant:ident, $it:ident, $arg:ty) => { Self::$variant($it) };
    (@print $it:ident) => { String::new() };
    (@print $it:ident, $arg:ty) => { Argument::print($it) };
}

/// Commands between semicolons. For scripts of keys: `keys.toml` has lists of them.
impl Argument for Vec<Command> {
    const KIND: ArgKind = ArgKind::Text("COMMAND; COMMAND");

    fn parse(text: &str) -> Option<Self> {
        text.split(';').map(|line| Command::parse(line).ok()).collect()
    }

    fn print(&self) -> String {
        self.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    }
}

fn expected(kind: ArgKind) -> String {
    match kind {
        ArgKind::None => "no argument".to_owned(),
        ArgKind::Choice(words) => format!("one of {}", words.join(", ")),
        ArgKind::Text(placeholder) => placeholder.to_owned(),
    }
}

commands! {
    /// Move the selection, or scroll the article.
    Move(Step) = "move" in [Panes] keys [
        "down" => "down", "j" => "down", "up" => "up", "k" => "up",
        "pagedown" => "page-down", "ctrl-f" => "page-down", "pageup" => "page-up", "ctrl-b" => "page-up",
        "ctrl-d" => "half-down", "ctrl-u" => "half-up",
        "home" => "first", "g g" => "first", "end" => "last", "G" => "last",
    ];
    /// Go to another pane.
    Pane(Pane) = "pane" in [Panes] keys [
        "left" => "left", "h" => "left", "right" => "right", "l" => "right", "tab" => "next", "backtab" => "previous",
    ];
    /// Open what is selected.
    Open = "open" in [Panes] keys ["enter"];
    /// Step back; at the top level, quit.
    Back = "back" in [Panes] keys ["esc", "q"];
    /// Quit now.
    Quit = "quit" in [Panes] keys ["Q"];
    /// Read on: a page down, at the end the next unread article, across feeds.
    ReadOn = "read-on" in [Panes] keys ["space"];
    /// Scroll the article a page back.
    PageBack = "page-back" in [Panes] keys ["b"];
    /// Open the next or previous unread article.
    Unread(Direction) = "unread" in [Panes] keys ["n" => "next", "p" => "previous"];
    /// Open the next or previous article, from any pane.
    Article(Direction) = "article" in [Panes] keys ["J" => "next", "K" => "previous"];
    /// Show the articles that have arrived since the list was made.
    ShowNew = "show-new" in [Panes] keys ["."];

    /// Choose the tags the list is filtered by.
    TagFilter = "tag-filter" in [Panes] keys ["t"];
    /// Choose among this article's own tags.
    ArticleTags = "article-tags" in [Panes] keys ["#"];
    /// Follow a tag, or what an article is about, as a topic; a followed one no longer.
    Follow = "follow" in [Panes, Tags] keys ["f"];
    /// Show what many tell of just now, to follow it as a topic.
    SuggestTopics = "suggest-topics" in [Panes, Tags] keys ["ctrl-g"];
    /// Show what was told of a topic, day by day and outlet by outlet.
    TopicPage = "topic-page" in [Panes] keys ["g t"];
    /// Filter the list by one tag.
    FilterTag(String) = "filter-tag" in [Panes] keys [];
    /// Search all articles, the best first.
    Search = "search" in [Sources, Headlines] keys ["/"];
    /// Filter the list by a query.
    Filter = "filter" in [Panes] keys ["F"];
    /// Go to a saved view.
    Views = "views" in [Panes] keys ["'"];
    /// Save what the list shows as a view.
    SaveView = "save-view" in [Panes] keys ["V"];
    /// Show the rules; make one of what the list shows, or change one.
    Rules = "rules" in [Panes] keys ["g r"];
    /// Remove all filters.
    ClearFilters = "clear-filters" in [Panes] keys ["ctrl-t"];
    /// List all articles, the unread ones or the starred ones.
    Scope(Scope) = "scope" in [Sources, Headlines] keys ["1" => "all", "2" => "unread", "3" => "starred"];
    /// List the newest first, or what says best what is looked for.
    Sort(Order) = "sort" in [Panes] keys ["\\" => "other"];

    /// Mark as read or unread.
    ToggleRead = "toggle-read" in [Panes] keys ["m"];
    /// Star or unstar.
    ToggleStar = "toggle-star" in [Panes] keys ["s"];
    /// Hide the article from every list but that of `is:muted`, or bring it back.
    ToggleMute = "toggle-mute" in [Panes] keys ["M"];
    /// Show why the article is here: its feed, tags and rules.
    Why = "why" in [Panes] keys ["i"];
    /// Mark this feed's articles as read.
    ReadFeed = "read-feed" in [Panes] keys ["A"];
    /// Mark all listed articles as read.
    ReadListed = "read-listed" in [Panes] keys ["C"];
    /// Mark the row, so that the next act works on all marked rows.
    Mark = "mark" in [Headlines] keys ["v"];
    /// Take the article out of its story; the marked ones into one of their own.
    SplitStory = "split-story" in [Panes] keys ["X"];
    /// Make one story of those that the marked articles are in.
    MergeStories = "merge-stories" in [Panes] keys ["&"];
    /// List each story once, or every article.
    ToggleStories = "toggle-stories" in [Panes] keys ["E"];
    /// Change this article's own tags.
    EditTags = "edit-tags" in [Panes] keys ["T"];
    /// Add one of your tags to this article.
    AddTag = "add-tag" in [Panes] keys ["+"];
    /// Take one of your tags off this article.
    RemoveTag = "remove-tag" in [Panes] keys ["-"];
    /// Undo the last change.
    Undo = "undo" in [Panes, Why] keys ["u", "ctrl-z"];
    /// Do again what was undone.
    Redo = "redo" in [Panes, Why] keys ["ctrl-r"];

    /// Open the article in the browser.
    Browser = "browser" in [Panes] keys ["o"];
    /// Open the article in the browser and mark it as read.
    BrowserRead = "browser-read" in [Panes] keys ["O"];
    /// Open a link of the article by its number.
    OpenLink(u32) = "open-link" in [Article] keys [
        "1" => "1", "2" => "2", "3" => "3", "4" => "4", "5" => "5", "6" => "6", "7" => "7", "8" => "8", "9" => "9",
    ];
    /// Find words in the article.
    Find = "find" in [Article] keys ["/"];
    /// Go to the next or previous place where they stand.
    Match(Direction) = "match" in [Find] keys ["n" => "next", "N" => "previous"];
    /// List the links and pictures of the article; Enter follows one without leaving kabar.
    Links = "links" in [Article] keys [";"];
    /// Show the pictures of the article, where kabar was built with them; else list them to be opened outside.
    Pictures = "pictures" in [Article] keys ["I"];
    /// List the headings of the article.
    Outline = "outline" in [Article] keys ["g o"];
    /// Move code that is wider than the pane sideways.
    Shift(Side) = "shift" in [Article] keys ["H" => "left", "L" => "right", "shift-left" => "left", "shift-right" => "right"];
    /// Fetch the whole article from its page.
    FullText = "full-text" in [Panes] keys ["x"];
    /// Show what has changed since the article came.
    Changes = "changes" in [Panes] keys ["d"];
    /// Show what is left out of this site's articles because all of them have it; Enter keeps a line.
    Boilerplate = "boilerplate" in [Panes] keys [];
    /// Save the article to a file.
    Save = "save" in [Panes] keys ["S"];
    /// Save the article to a file of this format.
    SaveAs(FileFormat) = "save-as" in [Panes] keys [];
    /// Copy the link.
    CopyLink = "copy-link" in [Panes] keys ["y"];
    /// Copy title and link.
    CopyTitle = "copy-title" in [Panes] keys ["Y"];

    /// Fetch this feed now.
    Reload = "reload" in [Panes] keys ["r"];
    /// Fetch all feeds now.
    ReloadAll = "reload-all" in [Panes] keys ["R"];
    /// Stop what is running.
    Cancel = "cancel" in [Panes, Popup] keys ["ctrl-c"];
    /// Subscribe to a feed.
    Subscribe = "subscribe" in [Panes] keys ["a"];
    /// Choose starter packs to subscribe to.
    Packs = "packs" in [Panes] keys [];
    /// Change this subscription.
    EditFeed = "edit-feed" in [Panes] keys ["e"];
    /// Fetch this feed as often as it needs, so that nothing rolls past.
    Sooner = "sooner" in [Sources] keys ["P"];
    /// Show how this feed fares: what fails, when it is asked next and why then, and what it costs.
    ExplainFeed = "explain-feed" in [Sources] keys ["i"];
    /// End this subscription.
    Unsubscribe = "unsubscribe" in [Panes] keys ["D"];

    /// Read in one centred column.
    Zoom = "zoom" in [Panes] keys ["z"];
    /// Move the split.
    Split(Size) = "split" in [Panes] keys ["<" => "shrink", ">" => "grow"];
    /// Put the article beside the list, or below it.
    Rotate = "rotate" in [Panes] keys ["w"];
    /// One line or two for each headline.
    Compact = "compact" in [Panes] keys ["c"];
    /// Run these commands, one after the other.
    Run(Vec<Command>) = "run" in [Panes] keys [];
    /// Tell how to have macros: keys that run several commands.
    Macros = "macros" in [Panes] keys [","];
    /// Find a command by name.
    Palette = "palette" in [Panes] keys [":"];
    /// Show the keys.
    Help = "help" in [Panes] keys ["?"];
    /// Draw the screen anew.
    Redraw = "redraw" in [Panes] keys ["ctrl-l"];

    /// Move in a popup's list.
    Choose(Step) = "choose" in [Popup] keys [
        "down" => "down", "ctrl-n" => "down", "up" => "up", "ctrl-p" => "up",
        "pagedown" => "page-down", "pageup" => "page-up",
    ];
    /// Take the selection.
    Accept = "accept" in [Popup] keys ["enter"];
    /// Close the popup.
    Dismiss = "dismiss" in [Popup] keys ["esc"];
    /// Take what is suggested for the word that is being typed; in a form, go to the next line.
    Complete = "complete" in [Prompt] keys ["tab"];
    /// Tick a row and stay.
    Tick = "tick" in [Popup] keys ["space"];
    /// Leave out the articles that have this tag.
    Exclude = "exclude" in [Tags] keys ["!"];
    /// Open the link in the browser.
    LinkBrowser = "link-browser" in [Links] keys ["ctrl-o"];
    /// Copy the link's address.
    LinkCopy = "link-copy" in [Links] keys ["ctrl-y"];
    /// Say that the article belongs to the topic, or does not.
    Teach(Answer) = "teach" in [Why] keys ["y" => "yes", "n" => "no"];
    /// Go to the next topic.
    NextTopic = "next-topic" in [Why] keys ["tab"];
    /// Switch between all of the ticked tags and any of them.
    SwitchMatch = "switch-match" in [Tags] keys ["tab"];
}

/// The command name that differs least from `name`, if it is near enough to be meant.
fn nearest(name: &str) -> Option<String> {
    ROWS.iter()
        .map(|row| (distance(name, row.name), row.name))
        .min()
        .filter(|(distance, known)| *distance <= 2.max(known.len() / 3))
        .map(|(_, known)| known.to_owned())
}

/// Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

impl std::fmt::Display for Command {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let argument = self.argument();
        if argument.is_empty() { f.write_str(self.name()) } else { write!(f, "{} {argument}", self.name()) }
    }
}

impl Command {
    /// The id of its description in the interface's language.
    #[must_use]
    pub fn text_id(&self) -> String {
        let by_choice = ROWS.iter().any(|row| row.name == self.name() && matches!(row.arg, ArgKind::Choice(_)));
        if by_choice { format!("cmd-{}-{}", self.name(), self.argument()) } else { format!("cmd-{}", self.name()) }
    }
}

impl Row {
    /// Every command this row stands for that needs nothing more to be typed, one for each choice of its argument.
    #[must_use]
    pub fn commands(&self) -> Vec<Command> {
        let lines = match self.arg {
            ArgKind::None => vec![self.name.to_owned()],
            ArgKind::Choice(words) => words.iter().map(|word| format!("{} {word}", self.name)).collect(),
            ArgKind::Text(_) => Vec::new(),
        };
        lines.iter().filter_map(|line| Command::parse(line).ok()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_prints_as_it_parses() {
        for row in ROWS {
            for command in row.commands() {
                assert_eq!(Command::parse(&command.to_string()), Ok(command));
            }
            for (_, argument) in row.keys {
                assert!(Command::parse(&format!("{} {argument}", row.name)).is_ok(), "{} {argument}", row.name);
            }
        }
        let tag = Command::FilterTag("Rusia-AS".to_owned());
        assert_eq!(Command::parse(&tag.to_string()), Ok(tag));
        let run = Command::Run(vec![Command::ToggleStar, Command::Scope(Scope::All)]);
        assert_eq!(Command::parse("run toggle-star; scope all"), Ok(run.clone()));
        assert_eq!(Command::parse(&run.to_string()), Ok(run));
    }

    #[test]
    fn a_wrong_command_says_what_was_expected() {
        let error = |line| Command::parse(line).unwrap_err().to_string();
        assert_eq!(error("toggle-star now"), "`toggle-star` takes no argument");
        assert_eq!(error("scope read"), "`scope` needs one of all, unread, starred");
        assert_eq!(error("tag-filtr"), "unknown command `tag-filtr`, did you mean `tag-filter`?");
        assert_eq!(error("xyzzy"), "unknown command `xyzzy`");
    }
}
