//! The files that an article can be written to.

/// How an article is written to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FileFormat {
    Markdown,
    Text,
    Html,
    Epub,
    JsonFeed,
}

impl FileFormat {
    pub const ALL: [Self; 5] = [Self::Markdown, Self::Text, Self::Html, Self::Epub, Self::JsonFeed];

    /// As commands and scripts write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Text => "text",
            Self::Html => "html",
            Self::Epub => "epub",
            Self::JsonFeed => "jsonfeed",
        }
    }

    /// How the file's name ends.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Text => "txt",
            Self::Html => "html",
            Self::Epub => "epub",
            Self::JsonFeed => "json",
        }
    }
}
