//! What a person means by an address that was typed or pasted.

use std::path::Path;

use url::Url;

use super::EngineError;
use crate::content::discover;
use crate::model::feed::shown_url;

/// What browsers and podcast players write before the address of a feed.
const OF_FEEDS: [&str; 5] = ["feed:", "rss:", "itpc:", "pcast:", "podcast:"];

/// An address as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    pub url: Url,
    /// The same without encryption, where nobody has said which it is: for a server that has none. Never with a login.
    pub or: Option<Url>,
}

impl Typed {
    /// `feed:` and missing schemes are mended, paths become file URLs.
    pub fn read(text: &str) -> Result<Self, EngineError> {
        let text = unwrapped(text.trim());
        let wrong = || EngineError::NotAUrl(shown_url(text));
        if let Some((scheme, rest)) = of_feeds(text) {
            // One is enough.
            return if rest.contains(scheme) { Err(wrong()) } else { Self::read(rest.trim_start_matches("//")) };
        }
        if text.is_empty() {
            return Err(wrong());
        }
        if let Some(profile) = discover::of_handle(text) {
            return Ok(profile.into());
        }
        if let Some(path) = text.strip_prefix("file:").filter(|path| !path.is_empty() && !path.starts_with('/')) {
            // Without a root it is a path from here, as for a shell.
            return Self::read(&if path.starts_with(['.', '~']) { path.to_owned() } else { format!("./{path}") });
        }
        let is_path = text.starts_with(['/', '.', '~']) || Path::new(text).is_file();
        if is_path {
            let path = match text.strip_prefix("~/") {
                Some(rest) => directories::BaseDirs::new().map(|dirs| dirs.home_dir().join(rest)).ok_or_else(wrong)?,
                None => std::path::absolute(text).map_err(|_no_cwd| wrong())?,
            };
            return Url::from_file_path(path).map(Self::from).map_err(|()| wrong());
        }
        match Url::parse(text) {
            Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(url.into()),
            Ok(url) if url.scheme() == "file" => Ok(url.into()),
            // `example.com:8080/feed` parses as a scheme; `example.com/feed` does not parse.
            _ if !text.contains("://") => Self::without_scheme(text).ok_or_else(wrong),
            _ => Err(wrong()),
        }
    }

    /// The address behind a scheme that only says that it is a feed's; `None` where there is no such scheme.
    #[must_use]
    pub fn with_scheme_of_feeds(text: &str) -> Option<Self> {
        of_feeds(text.trim())?;
        Self::read(text).ok()
    }

    fn without_scheme(text: &str) -> Option<Self> {
        let url = Url::parse(&format!("https://{text}")).ok()?;
        let looks_like_a_host = url.host_str().is_some_and(|host| host.contains('.') || host == "localhost");
        let is_open = url.username().is_empty() && url.password().is_none();
        let or = Url::parse(&format!("http://{text}")).ok().filter(|_| is_open);
        looks_like_a_host.then_some(Self { url, or })
    }
}

impl From<Url> for Typed {
    fn from(url: Url) -> Self {
        Self { url, or: None }
    }
}

/// An address as letters and notes have it: `<https://a.example/>`, `"https://a.example/"`.
fn unwrapped(text: &str) -> &str {
    let inner = [('<', '>'), ('"', '"'), ('\'', '\'')].into_iter().find_map(|(start, end)| {
        text.strip_prefix(start)?.strip_suffix(end).filter(|inner| inner.contains("://")).map(str::trim)
    });
    inner.unwrap_or(text)
}

fn of_feeds(text: &str) -> Option<(&'static str, &str)> {
    OF_FEEDS.into_iter().find_map(|scheme| {
        let start = text.get(..scheme.len())?;
        Some((scheme, text.get(scheme.len()..)?)).filter(|_| start.eq_ignore_ascii_case(scheme))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_understood_as_people_type_it() {
        let typed = |text| Typed::read(text).map(|typed| typed.url.into()).map_err(|error| error.to_string());
        assert_eq!(typed(" antaranews.com/rss "), Ok("https://antaranews.com/rss".to_owned()));
        assert_eq!(typed("<https://a.example/x>"), Ok("https://a.example/x".to_owned()));
        assert_eq!(typed("\"feed://a.example/x\""), Ok("https://a.example/x".to_owned()));
        assert_eq!(typed("feed://a.example/x"), Ok("https://a.example/x".to_owned()));
        assert_eq!(typed("Feed:http://a.example/x"), Ok("http://a.example/x".to_owned()));
        assert_eq!(typed("a.example:8080/feed"), Ok("https://a.example:8080/feed".to_owned()));
        assert_eq!(typed("/srv/feed.xml"), Ok("file:///srv/feed.xml".to_owned()));
        let here = Url::from_file_path(std::path::absolute("a b.xml").unwrap()).unwrap();
        assert_eq!(typed("file:a b.xml"), Ok(here.into()));
        assert_eq!(typed("file:/srv/feed.xml"), Ok("file:///srv/feed.xml".to_owned()));
        assert!(typed("putin").is_err() && typed("").is_err() && typed("ftp://a.example").is_err());
        assert!(typed("javascript:alert(1)").is_err());
    }

    #[test]
    fn an_address_without_a_scheme_may_be_one_without_encryption_unless_it_has_a_login() {
        let or = |text| Typed::read(text).unwrap().or.map(String::from);
        for text in ["a.example/x", "feed://a.example/x", "rss://a.example/x", "itpc://a.example/x"] {
            assert_eq!(or(text).as_deref(), Some("http://a.example/x"), "{text}");
        }
        for text in ["https://a.example/x", "feed:https://a.example/x", "me:secret@a.example/x", "/srv/feed.xml"] {
            assert_eq!(or(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_repeated_without_its_password() {
        let said = Typed::read("ftp://me:secret@a.example/x").unwrap_err().to_string();
        assert_eq!(said, "`ftp://a.example/x` is no URL and no file");
    }
}
