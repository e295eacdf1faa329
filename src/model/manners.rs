//! How one feed's server wants to be asked: what the user sets for it beyond the settings. Secrets are among it.

use serde::{Deserialize, Serialize};

/// Shown without what may be secret, also in a log.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Manners {
    /// Names and values, for the feed's own site alone.
    pub headers: Vec<(String, String)>,
    pub user_agent: Option<String>,
    /// `http://user:password@host:port`.
    pub proxy: Option<String>,
    /// `user:password` of basic authorization, for the feed's own site alone.
    pub login: Option<String>,
}

/// Headers that are kabar's to set: they say how the answer is sent, and whether there is a new one.
const OWN: [&str; 11] = [
    "host",
    "connection",
    "content-length",
    "transfer-encoding",
    "te",
    "upgrade",
    "accept-encoding",
    "if-none-match",
    "if-modified-since",
    "cookie",
    "proxy-authorization",
];

impl Manners {
    pub const NONE: Self = Self { headers: Vec::new(), user_agent: None, proxy: None, login: None };

    /// As a subscription holds them: only when there are any.
    #[must_use]
    pub fn if_any(self) -> Option<Box<Self>> {
        (self != Self::NONE).then(|| Box::new(self))
    }

    /// Has what only the feed's own site may get.
    #[must_use]
    pub fn has_secrets(&self) -> bool {
        self.login.is_some() || !self.headers.is_empty()
    }

    /// What any site may get.
    #[must_use]
    pub fn without_secrets(&self) -> Self {
        Self { headers: Vec::new(), login: None, ..self.clone() }
    }

    /// The user's name at the server, without the password.
    #[must_use]
    pub fn user(&self) -> Option<&str> {
        self.login.as_deref().map(|login| login.split_once(':').map_or(login, |(user, _)| user))
    }
}

impl std::fmt::Debug for Manners {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Manners")
            .field("headers", &names)
            .field("user_agent", &self.user_agent)
            .field("proxy", &self.proxy.is_some())
            .field("login", &self.login.is_some())
            .finish()
    }
}

/// Reads `Name: value`.
pub fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once(':').ok_or("write it as `Name: value`")?;
    let (name, value) = (name.trim(), value.trim());
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if name.is_empty() || !name.chars().all(is_token) {
        return Err("that is no name of a header".to_owned());
    }
    if value.chars().any(char::is_control) {
        return Err("its value has characters that cannot be sent".to_owned());
    }
    if OWN.iter().any(|own| name.eq_ignore_ascii_case(own)) {
        return Err(format!("{name} is kabar's own to set"));
    }
    Ok((name.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_a_name_and_a_value_and_none_that_is_ours() {
        assert_eq!(header("X-Key:  a: b "), Ok(("X-Key".to_owned(), "a: b".to_owned())));
        for wrong in ["X-Key", ": a", "X Key: a", "X-Key: a\u{7}", "X: a\r\nY: b", "Host: a.example", "COOKIE: a"] {
            assert!(header(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn secrets_are_not_among_what_is_written_for_debugging() {
        let manners = Manners {
            headers: vec![("X-Key".to_owned(), "secret".to_owned())],
            proxy: Some("http://me:secret@proxy.example".to_owned()),
            login: Some("me:secret".to_owned()),
            user_agent: None,
        };
        let shown = format!("{manners:?}");
        assert!(shown.contains("X-Key") && !shown.contains("secret"), "{shown}");
        assert_eq!(manners.user(), Some("me"));
    }
}
