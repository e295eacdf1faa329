//! Themes: a table of roles and their styles, as data. `bold #d08770 on black` is a style.

use std::path::Path;

use ratatui::style::{Color, Modifier, Style};
use serde::{Deserialize, Deserializer};

use super::ConfigError;

/// What each part of the screen looks like.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Plain text.
    pub text: Look,
    /// What matters less: ages, feeds, hints.
    pub dim: Look,
    /// The program's name, pane titles.
    pub title: Look,
    pub border: Look,
    /// The border of the pane that has the keys.
    pub border_active: Look,
    /// The selected row, in the pane that has the keys and in another one.
    pub selected: Look,
    pub selected_idle: Look,
    /// Titles of unread articles, and of read ones.
    pub unread: Look,
    pub read: Look,
    /// Marks: the unread dot, the star, a marked row.
    pub mark: Look,
    pub star: Look,
    pub tag: Look,
    /// A filter in the top line.
    pub chip: Look,
    /// A key in the bottom line.
    pub key: Look,
    pub error: Look,
    pub notice: Look,
    /// What a filter matched.
    pub matched: Look,
    /// In the article.
    pub heading: Look,
    pub emphasis: Look,
    pub strong: Look,
    pub code: Look,
    /// Parts of code that stand out.
    pub code_keyword: Look,
    pub code_text: Look,
    pub code_comment: Look,
    pub quote: Look,
    pub link: Look,
    pub image: Look,
    pub furniture: Look,
}

/// One style of a theme.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look(pub Style);

impl<'de> Deserialize<'de> for Look {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

const MODIFIERS: &[(&str, Modifier)] = &[
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
    ("strike", Modifier::CROSSED_OUT),
];

impl Look {
    /// Reads words: modifiers, a colour, `on` and a background colour.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut style = Style::new();
        let mut on = false;
        for word in text.split_whitespace() {
            if let Some((_, modifier)) = MODIFIERS.iter().find(|(name, _)| *name == word) {
                style = style.add_modifier(*modifier);
            } else if word == "on" {
                on = true;
            } else {
                let color: Color =
                    word.parse().map_err(|_not_a_colour| format!("`{word}` is no colour (red, bright-blue, 208, #d08770) nor bold, dim, italic, underline, reverse, strike"))?;
                style = if on { style.bg(color) } else { style.fg(color) };
            }
        }
        Ok(Self(style))
    }
}

const BUILT_IN: &[(&str, &str)] = &[
    ("dark", include_str!("../../config/themes/dark.toml")),
    ("light", include_str!("../../config/themes/light.toml")),
    ("contrast", include_str!("../../config/themes/contrast.toml")),
    ("sixteen", include_str!("../../config/themes/sixteen.toml")),
    ("mono", include_str!("../../config/themes/mono.toml")),
];

impl Theme {
    /// A built-in theme; `dark` where there is none of that name.
    #[must_use]
    pub fn built_in(name: &str) -> Option<Self> {
        let (_, text) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
        toml::from_str(text).ok()
    }

    #[must_use]
    pub fn dark() -> Self {
        Self::built_in("dark").unwrap_or_else(Self::plain)
    }

    /// Without colours, for `NO_COLOR`.
    #[must_use]
    pub fn mono() -> Self {
        Self::built_in("mono").unwrap_or_else(Self::plain)
    }

    fn plain() -> Self {
        let [none, reverse, bold] = ["", "reverse", "bold"].map(|text| Look::parse(text).unwrap_or_default());
        Self {
            text: none,
            dim: none,
            title: bold,
            border: none,
            border_active: bold,
            selected: reverse,
            selected_idle: reverse,
            unread: bold,
            read: none,
            mark: bold,
            star: bold,
            tag: none,
            chip: reverse,
            key: bold,
            error: reverse,
            notice: bold,
            matched: bold,
            heading: bold,
            emphasis: none,
            strong: bold,
            code: none,
            code_keyword: bold,
            code_text: none,
            code_comment: none,
            quote: none,
            link: none,
            image: none,
            furniture: none,
        }
    }
}

/// The theme of this name: built in, or `NAME.toml` in the folder.
pub(super) fn load(name: &str, folder: &Path) -> Result<Theme, ConfigError> {
    if let Some(theme) = Theme::built_in(name) {
        return Ok(theme);
    }
    let path = folder.join(format!("{name}.toml"));
    let text = std::fs::read_to_string(&path).map_err(|error| {
        let known: Vec<_> = BUILT_IN.iter().map(|(name, _)| *name).collect();
        let reason = format!("no theme `{name}` ({error}); built in are {}", known.join(", "));
        ConfigError::Unreadable { path: path.clone(), reason }
    })?;
    toml::from_str(&text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        ConfigError::at(&path, &text, offset, error.message().to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_theme_names_every_role() {
        for (name, text) in BUILT_IN {
            let theme: Result<Theme, _> = toml::from_str(text);
            assert!(theme.is_ok(), "{name}: {}", theme.unwrap_err());
        }
    }

    #[test]
    fn a_theme_that_is_not_there_names_those_that_are() {
        let error = load("gelap", Path::new("themes")).unwrap_err().to_string();
        assert!(error.contains("no theme `gelap`") && error.contains("dark, light, contrast"), "{error}");
    }

    #[test]
    fn the_monochrome_theme_has_no_colour() {
        let text = BUILT_IN.iter().find(|(name, _)| *name == "mono").unwrap().1;
        let theme: std::collections::BTreeMap<String, Look> = toml::from_str(text).unwrap();
        assert!(theme.values().all(|look| look.0.fg.is_none() && look.0.bg.is_none()));
    }
}
