//! `config.toml` as it is written. Each field's doc comment is its documentation everywhere: in the JSON schema, in
//! `config/default.toml` and in the manual.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::{Bindings, Config, ConfigError, Interface, Poll, Theme};
use crate::content::extract::Sites;
use crate::platform::opener::Browser;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Raw {
    pub poll: RawPoll,
    pub interface: RawInterface,
    pub programs: RawPrograms,
    pub files: RawFiles,
    pub keys: RawKeys,
}

/// How feeds are fetched.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawPoll {
    /// Poll in the background while the interface is open.
    pub automatic: bool,
    /// Shortest time between two polls of a feed, at least 5m. One that brings little is asked up to once a day.
    #[schemars(with = "String")]
    pub interval: Span,
    /// Requests under way at once.
    #[schemars(range(min = 1, max = 512))]
    pub in_flight: Whole<1, 512>,
    /// Requests under way at once to one host.
    #[schemars(range(min = 1, max = 16))]
    pub per_host: Whole<1, 16>,
    /// Requests a day to one host; its feeds wait for the next day (UTC) when they are used up. 0: as many as the
    /// schedule asks for.
    #[schemars(range(min = 0, max = 65535))]
    pub host_budget: Whole<0, 65535>,
    /// The longest that one fetch may take.
    #[schemars(with = "String")]
    pub timeout: Span,
    /// How kabar names itself to servers. Empty: kabar, its version and its home page.
    pub user_agent: String,
    /// Proxy for all requests, as a URL. Empty: what the environment says (`HTTPS_PROXY` and so on).
    pub proxy: String,
}

impl Default for RawPoll {
    fn default() -> Self {
        Self {
            automatic: true,
            interval: Span(Duration::from_secs(3600)),
            in_flight: Whole(64),
            per_host: Whole(4),
            host_budget: Whole(0),
            timeout: Span(Duration::from_secs(30)),
            user_agent: String::new(),
            proxy: String::new(),
        }
    }
}

/// How the interface looks and behaves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "settings that hold independently")]
pub struct RawInterface {
    /// The interface's language: "auto" (the locale's), "en" or "id".
    pub language: Language,
    /// "dark", "light", "contrast", "sixteen", "mono", or the name of a file in themes/ beside this one.
    pub theme: String,
    /// Clicks, wheel and dragging the split.
    pub mouse: bool,
    /// Draw with ASCII characters only.
    pub ascii: bool,
    /// One line for each headline instead of two.
    pub compact: bool,
    /// What the list holds at the start: "all", "unread" or "starred".
    pub scope: ScopeSetting,
    /// How long an article must have been open before it counts as read.
    #[schemars(with = "String")]
    pub read_delay: Span,
    /// An article that several feeds have is read in all of them once it is read in one.
    pub read_copies: bool,
    /// The headline list's share of the space it has in common with the article, in percent.
    #[schemars(range(min = 10, max = 90))]
    pub split: Whole<10, 90>,
    /// Where the article is: "auto" (beside the list in wide windows, else below it), "right" or "below".
    pub article: ArticlePlace,
    /// Columns of text when the article has the window to itself.
    #[schemars(range(min = 20, max = 200))]
    pub reading_width: Whole<20, 200>,
    /// Who puts Arabic and Hebrew into the order in which it is read: "kabar" or "terminal". "auto" leaves it to those
    /// terminals that are known to insist on doing it themselves.
    pub bidi: Bidi,
    /// Feeds, by words of their titles or addresses, whose pictures are fetched as soon as an article is opened, where kabar
    /// was built with pictures; those of others when I asks for them.
    pub pictures: Vec<String>,
}

impl Default for RawInterface {
    fn default() -> Self {
        Self {
            language: Language::Auto,
            theme: "dark".to_owned(),
            mouse: true,
            ascii: false,
            compact: false,
            scope: ScopeSetting::All,
            read_delay: Span(Duration::ZERO),
            read_copies: true,
            split: Whole(45),
            article: ArticlePlace::Auto,
            reading_width: Whole(72),
            bidi: Bidi::Auto,
            pictures: Vec::new(),
        }
    }
}

/// Programs that kabar starts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawPrograms {
    /// The command that opens links, as "w3m %u"; %u is the link. Empty: the system's browser. No shell is involved.
    pub browser: String,
    /// The browser needs the terminal: kabar waits until it ends.
    pub browser_in_terminal: bool,
    /// The command that shows a notification, as "notify-send kabar %s"; %s is the text. Empty: the terminal's own way, in
    /// the interface. No shell is involved.
    pub notify: String,
}

/// Files that kabar writes for you.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawFiles {
    /// The folder for articles that are saved with S. Empty: the folder for downloads. A leading ~ is your home.
    pub save_to: String,
}

/// What keys do; single keys are set in keys.toml.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RawKeys {
    /// Where keys.toml starts from: "kabar", "vim" or "newsboat".
    pub preset: Preset,
}

macro_rules! words {
    ($( $(#[doc = $doc:literal])+ $name:ident { $first:ident $(, $rest:ident)* } )+) => { $(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "lowercase")]
        pub enum $name { #[default] $first, $($rest),* }
    )+ };
}

words! {
    /// The interface's language.
    Language { Auto, En, Id }
    /// What the list holds at the start.
    ScopeSetting { All, Unread, Starred }
    /// Where the article pane is.
    ArticlePlace { Auto, Right, Below }
    /// Who puts right-to-left text in order.
    Bidi { Auto, Kabar, Terminal }
    /// A set of keys to start from.
    Preset { Kabar, Vim, Newsboat }
}

/// A time span as people write it: `90s`, `15m`, `1h`, `1h30m`, `2d`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span(pub Duration);

impl Span {
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no time span; write 90s, 15m, 1h or 2d");
        let mut seconds = 0_u64;
        let mut number = String::new();
        for c in text.trim().chars() {
            if c.is_ascii_digit() {
                number.push(c);
                continue;
            }
            let unit = match c {
                's' => 1,
                'm' => 60,
                'h' => 3600,
                'd' => 86_400,
                _ => return Err(wrong()),
            };
            let count: u64 = std::mem::take(&mut number).parse().map_err(|_not_a_number| wrong())?;
            seconds = count.checked_mul(unit).and_then(|more| seconds.checked_add(more)).ok_or_else(wrong)?;
        }
        if number == "0" && seconds == 0 {
            return Ok(Self(Duration::ZERO));
        }
        if !number.is_empty() || text.trim().is_empty() { Err(wrong()) } else { Ok(Self(Duration::from_secs(seconds))) }
    }
}

impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut rest = self.0.as_secs();
        if rest == 0 {
            return f.write_str("0s");
        }
        for (unit, letter) in [(86_400, 'd'), (3600, 'h'), (60, 'm'), (1, 's')] {
            if rest >= unit {
                write!(f, "{}{letter}", rest / unit)?;
                rest %= unit;
            }
        }
        Ok(())
    }
}

impl Serialize for Span {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// A whole number from MIN to MAX.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Whole<const MIN: u16, const MAX: u16>(pub u16);

impl<'de, const MIN: u16, const MAX: u16> Deserialize<'de> for Whole<MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = i64::deserialize(deserializer)?;
        u16::try_from(number)
            .ok()
            .filter(|number| (MIN..=MAX).contains(number))
            .map(Self)
            .ok_or_else(|| serde::de::Error::custom(format!("{number} is not within {MIN} to {MAX}")))
    }
}

/// Reads the text of `config.toml`.
pub(super) fn parse(path: &Path, text: &str) -> Result<Raw, ConfigError> {
    let raw: Raw = toml::from_str(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        ConfigError::at(path, text, offset, error.message().lines().collect::<Vec<_>>().join(" "))
    })?;
    if raw.poll.interval.0 < Duration::from_secs(300) {
        let offset = text.find("interval").unwrap_or(0);
        return Err(ConfigError::at(path, text, offset, "`interval` is at least 5m"));
    }
    Ok(raw)
}

impl Raw {
    /// The settings in force; `bindings`, `theme` and `sites` come from files of their own.
    #[must_use]
    pub(super) fn resolve(self, bindings: Bindings, theme: Theme, sites: Sites) -> Config {
        let filled = |text: String| (!text.is_empty()).then_some(text);
        let split = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<String>>();
        let words = split(&self.programs.browser);
        Config {
            poll: Poll {
                automatic: self.poll.automatic,
                interval: self.poll.interval.0,
                in_flight: self.poll.in_flight.0.into(),
                per_host: self.poll.per_host.0.into(),
                host_budget: self.poll.host_budget.0.into(),
                timeout: self.poll.timeout.0,
                user_agent: filled(self.poll.user_agent),
                proxy: filled(self.poll.proxy),
            },
            interface: Interface {
                language: self.interface.language,
                theme,
                mouse: self.interface.mouse,
                ascii: self.interface.ascii,
                compact: self.interface.compact,
                scope: self.interface.scope,
                read_delay: self.interface.read_delay.0,
                read_copies: self.interface.read_copies,
                split: self.interface.split.0,
                article: self.interface.article,
                reading_width: self.interface.reading_width.0,
                bidi: self.interface.bidi,
                pictures: self
                    .interface
                    .pictures
                    .iter()
                    .map(|words| words.trim().to_lowercase())
                    .filter(|words| !words.is_empty())
                    .collect(),
            },
            save_to: filled(self.files.save_to).map(PathBuf::from),
            browser: if words.is_empty() {
                Browser::System
            } else {
                Browser::Own { words, in_terminal: self.programs.browser_in_terminal }
            },
            notify: split(&self.programs.notify),
            bindings,
            sites: Arc::new(sites),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        parse(Path::new("config.toml"), text).unwrap_err().to_string()
    }

    #[test]
    fn a_mistake_names_its_place_and_what_was_expected() {
        assert!(
            error("[poll]\nintervall = \"1h\"\n").starts_with("config.toml:2:1: unknown field `intervall`, expected")
        );
        assert_eq!(
            error("[poll]\ninterval = \"often\""),
            "config.toml:2:12: `often` is no time span; write 90s, 15m, 1h or 2d"
        );
        assert_eq!(error("[interface]\n\nsplit = 95"), "config.toml:3:9: 95 is not within 10 to 90");
        assert!(error("[interface]\nscope = \"new\"").contains("expected one of `all`, `unread`, `starred`"));
        assert!(error("[poll\n").starts_with("config.toml:1:6: "));
        assert_eq!(error("[poll]\ninterval = \"1m\""), "config.toml:2:1: `interval` is at least 5m");
    }

    #[test]
    fn time_spans_print_as_they_parse() {
        for text in ["90s", "15m", "1h30m", "2d", "0s"] {
            assert_eq!(Span::parse(&Span::parse(text).unwrap().to_string()), Span::parse(text));
        }
        assert_eq!(Span::parse("0"), Ok(Span(Duration::ZERO)));
        for text in ["", "5", "m", "1x", "99999999999999999999d", "-1h"] {
            assert!(Span::parse(text).is_err(), "{text:?}");
        }
    }
}
