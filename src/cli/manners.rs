//! What a subscription's server wants to be asked with, as flags that `add` and `edit` share.

use clap::Args;
use url::Url;

use super::add::filled;
use crate::model::manners::{Manners, header};

#[derive(Debug, Default, Args)]
pub(super) struct MannersArgs {
    /// A header for the feed's own site, as 'Name: value', in place of those it has; may be given several times, once empty
    /// for none
    #[arg(long, value_name = "HEADER", value_parser = parse_header)]
    header: Vec<Header>,
    /// User name and password for the feed's own site; empty for none
    #[arg(long, value_name = "USER:PASSWORD")]
    login: Option<String>,
    /// How kabar names itself to this server; empty for what the settings say
    #[arg(long, value_name = "TEXT")]
    user_agent: Option<String>,
    /// The proxy for this feed, as a URL; empty for what the settings say
    #[arg(long, value_name = "URL", value_parser = parse_proxy)]
    proxy: Option<String>,
}

/// One header, or none. Its value may be secret.
#[derive(Clone)]
struct Header(Option<(String, String)>);

impl std::fmt::Debug for Header {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Header").field(&self.0.as_ref().map(|(name, _)| name)).finish()
    }
}

fn parse_header(text: &str) -> Result<Header, String> {
    if text.is_empty() { Ok(Header(None)) } else { header(text).map(|header| Header(Some(header))) }
}

fn parse_proxy(text: &str) -> Result<String, String> {
    let is_proxy = |url: &Url| matches!(url.scheme(), "http" | "https") && url.has_host();
    match Url::parse(text) {
        _ if text.is_empty() => Ok(String::new()),
        Ok(url) if is_proxy(&url) => Ok(url.into()),
        _ => Err("write it as http://host:port".to_owned()),
    }
}

impl MannersArgs {
    /// What is not named stays.
    pub(super) fn changed(&self, old: Manners) -> Manners {
        let headers: Vec<_> = self.header.iter().filter_map(|header| header.0.clone()).collect();
        Manners {
            headers: if self.header.is_empty() { old.headers } else { headers },
            login: self.login.as_deref().map_or(old.login, filled),
            user_agent: self.user_agent.as_deref().map_or(old.user_agent, filled),
            proxy: self.proxy.as_deref().map_or(old.proxy, filled),
        }
    }
}
