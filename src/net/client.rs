//! The one HTTP client: its limits, its manners, its trust. Built on the first fetch, because reading the system's
//! certificates costs time and memory that an interface which only shows what it has should not pay.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::redirect::Policy;
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};
use tokio::sync::OnceCell;
use url::Url;

use super::fault;
use super::large::Turns;
use super::outcome::Failure;
use super::reach::{self, Guard, IsPublic, Reach};
use crate::model::feed::FailureKind;
use crate::model::manners::Manners;

/// How kabar introduces itself to servers.
pub const USER_AGENT: &str = concat!("kabar/", env!("CARGO_PKG_VERSION"), " (+https://github.com/kabar-reader/kabar)");

/// Limits and manners of fetching.
#[derive(Debug, Clone)]
pub struct Settings {
    pub user_agent: String,
    /// For the connection alone, TLS handshake included.
    pub connect_timeout: Duration,
    /// Between two pieces of an answer.
    pub read_timeout: Duration,
    /// For a whole fetch, redirects included: a server that sends a byte a second never trips `read_timeout`.
    pub deadline: Duration,
    /// Bytes of a body once decompressed; also of the body as transferred.
    pub max_body: usize,
    pub max_redirects: usize,
    /// Fetches at once, see [`Gate`](super::Gate).
    pub in_flight: usize,
    /// Fetches at once from one host, see [`Gate`](super::Gate).
    pub per_host: usize,
    pub proxy: Proxy,
    /// Which addresses are of the web, see [`Reach`].
    pub is_public: IsPublic,
    /// Certificate authorities (DER) to trust besides the system's.
    pub extra_roots: Vec<Vec<u8>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            user_agent: USER_AGENT.to_owned(),
            connect_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(15),
            deadline: Duration::from_secs(30),
            max_body: 20 << 20,
            max_redirects: 10,
            in_flight: 128,
            per_host: 4,
            proxy: Proxy::System,
            is_public: reach::is_public,
            extra_roots: Vec::new(),
        }
    }
}

/// The way out to the web.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Proxy {
    /// As the environment (`http_proxy`, `no_proxy` ..) or the operating system says.
    #[default]
    System,
    Direct,
    /// One proxy for everything: `http://user:password@host:port`.
    At(String),
}

/// Fetches. Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct Client {
    settings: Arc<Settings>,
    http: Arc<OnceCell<Pair>>,
    /// For feeds that have a proxy of their own.
    proxied: Arc<Mutex<HashMap<String, Arc<OnceCell<Pair>>>>>,
    pub(super) turns: Arc<Turns>,
}

/// Two clients, because connections are shared within each: one that the user's own address opened must not serve
/// what may only reach the web.
#[derive(Debug, Clone)]
struct Pair {
    anywhere: reqwest::Client,
    public: reqwest::Client,
}

impl Client {
    /// Remembers the settings; connects to nothing and reads nothing yet.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self { settings: Arc::new(settings), http: Arc::default(), proxied: Arc::default(), turns: Arc::default() }
    }

    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// How far what `from` names may reach, when `from` itself was fetched within `reach`.
    #[must_use]
    pub fn onward(&self, reach: Reach, from: &Url, to: &Url) -> Reach {
        reach.onward(from, to, self.settings.is_public)
    }

    /// The HTTP client for a URL within a reach. Names are judged when they are resolved, for the connection; an address
    /// in the URL, and a proxy's name, never get that far, so they are judged here.
    pub(super) async fn http(&self, url: &Url, reach: Reach, proxy: Option<&str>) -> Result<reqwest::Client, Failure> {
        let proxy = proxy.map_or_else(|| self.settings.proxy.clone(), |proxy| Proxy::At(proxy.to_owned()));
        let pair = self.pair(&proxy).await?;
        if reach == Reach::Anywhere {
            return Ok(pair.anywhere);
        }
        let is_proxy = url.host_str().is_some_and(|host| proxies(&proxy).iter().any(|name| name == host));
        if is_proxy || reach::is_private_name(url, self.settings.is_public) {
            return Err(fault::of_reach(url));
        }
        Ok(pair.public)
    }

    /// The proxy that the user has set for this one, or for all.
    pub(super) fn proxy(&self, manners: &Manners) -> Option<Url> {
        match (&manners.proxy, &self.settings.proxy) {
            (Some(proxy), _) | (None, Proxy::At(proxy)) => Url::parse(proxy).ok(),
            (None, Proxy::System | Proxy::Direct) => None,
        }
    }

    /// Built by the first to ask, off the async threads since it reads files.
    async fn pair(&self, proxy: &Proxy) -> Result<Pair, Failure> {
        let cell = match proxy {
            Proxy::At(url) if *proxy != self.settings.proxy => {
                let mut proxied = self.proxied.lock().unwrap_or_else(PoisonError::into_inner);
                Arc::clone(proxied.entry(url.clone()).or_default())
            }
            _ => Arc::clone(&self.http),
        };
        let pair = cell
            .get_or_try_init(|| async {
                let settings = Settings { proxy: proxy.clone(), ..Settings::clone(&self.settings) };
                match tokio::task::spawn_blocking(move || build(&settings)).await {
                    Ok(built) => built.map_err(|words| Failure::new(FailureKind::Unreachable, &words)),
                    // Only when the runtime is shutting down.
                    Err(_) => Err(Failure::new(FailureKind::Unreachable, "kabar is closing")),
                }
            })
            .await?;
        Ok(pair.clone())
    }
}

fn build(settings: &Settings) -> Result<Pair, String> {
    let fail = |error| format!("the HTTP client cannot be set up: {}", fault::root(&error));
    let tls = tls(settings)?;
    let guard = Guard { is_public: settings.is_public, proxies: proxies(&settings.proxy) };
    let public = builder(settings, tls.clone())?.dns_resolver(Arc::new(guard)).build().map_err(fail)?;
    Ok(Pair { anywhere: builder(settings, tls)?.build().map_err(fail)?, public })
}

/// The names of the proxies that may be asked.
fn proxies(proxy: &Proxy) -> Vec<String> {
    let urls: Vec<String> = match proxy {
        Proxy::Direct => Vec::new(),
        Proxy::At(url) => vec![url.clone()],
        Proxy::System => ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"]
            .iter()
            .filter_map(|name| std::env::var(name).ok())
            .collect(),
    };
    let host = |url: &String| {
        let url = if url.contains("://") { url.clone() } else { format!("http://{url}") };
        Some(Url::parse(&url).ok()?.host_str()?.to_owned())
    };
    urls.iter().filter_map(host).collect()
}

fn tls(settings: &Settings) -> Result<ClientConfig, &'static str> {
    let provider = Arc::new(ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let Ok(versions) = versions else {
        return Err("no usable TLS version");
    };
    let mut tls = versions.with_root_certificates(roots(&settings.extra_roots)).with_no_client_auth();
    tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(tls)
}

/// The faults are fixed words: a proxy's URL may hold a password, so none of it is repeated.
fn builder(settings: &Settings, tls: ClientConfig) -> Result<reqwest::ClientBuilder, &'static str> {
    let builder = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .user_agent(settings.user_agent.as_str())
        .redirect(Policy::none())
        .referer(false)
        .connect_timeout(settings.connect_timeout)
        .pool_max_idle_per_host(settings.per_host.min(4))
        // Feeds of one host are polled close together; after that a connection is only memory.
        .pool_idle_timeout(Duration::from_secs(20))
        .tcp_nodelay(true)
        // Large bodies that wait for their turn must not use up what the others on their connection may send.
        .http2_initial_stream_window_size(256 << 10)
        .http2_initial_connection_window_size(8 << 20)
        // Feeds live on old and home-made servers; browsers read these headers too.
        .http1_ignore_invalid_headers_in_responses(true)
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .http1_allow_spaces_after_header_name_in_responses(true);
    Ok(match &settings.proxy {
        Proxy::System => builder,
        Proxy::Direct => builder.no_proxy(),
        Proxy::At(url) => {
            let Ok(proxy) = reqwest::Proxy::all(url.as_str()) else {
                return Err("the URL of the proxy is not valid");
            };
            builder.proxy(proxy)
        }
    })
}

/// The system's certificate authorities; the built-in list where the system has none that can be read (containers,
/// minimal installations). A certificate that cannot be parsed is left out, as other TLS clients do.
fn roots(extra: &[Vec<u8>]) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    roots.add_parsable_certificates(extra.iter().map(|der| CertificateDer::from(der.as_slice())));
    roots
}

#[cfg(test)]
mod tests {
    use reqwest::dns::{Name, Resolve, Resolving};

    use super::*;
    use crate::model::feed::Validators;
    use crate::net::Outcome;

    #[test]
    fn there_is_always_somebody_to_trust() {
        assert!(!roots(&[]).is_empty());
        assert!(!roots(&[b"not a certificate".to_vec()]).is_empty());
    }

    #[tokio::test]
    async fn a_bad_proxy_is_named_but_not_quoted() {
        let client =
            Client::new(Settings { proxy: Proxy::At("http://user:secret@[".to_owned()), ..Settings::default() });
        let failure = client.pair(&client.settings.proxy).await.unwrap_err();
        assert!(failure.error.detail.contains("proxy"), "{failure:?}");
        assert!(!format!("{failure:?}").contains("secret"));
    }

    #[tokio::test]
    async fn a_name_is_judged_by_the_address_it_is_connected_to() {
        let settings = Settings { proxy: Proxy::Direct, ..Settings::default() };
        let url = Url::parse("http://localhost:9/rss").unwrap();
        // Past the look at the name, as a name of the web would come.
        let error = build(&settings).unwrap().public.get(url.clone()).send().await.unwrap_err();
        let failure = fault::of_connection(&error, &url, None);
        assert_eq!(failure.error.kind, FailureKind::Private, "{failure:?}");
        assert_eq!(failure.error.detail, "led to localhost:9, an address in a private network");
    }

    /// A name server that knows no names, so that the test asks no real one.
    struct Nowhere;

    impl Resolve for Nowhere {
        fn resolve(&self, _: Name) -> Resolving {
            Box::pin(async { Err("unknown name".into()) })
        }
    }

    #[tokio::test]
    async fn a_host_without_an_address_is_unknown() {
        let settings = Settings { proxy: Proxy::Direct, ..Settings::default() };
        let http =
            builder(&settings, tls(&settings).unwrap()).unwrap().dns_resolver(Arc::new(Nowhere)).build().unwrap();
        let pair = Pair { anywhere: http.clone(), public: http };
        let client = Client { http: Arc::new(OnceCell::new_with(Some(pair))), ..Client::new(settings) };
        let url = Url::parse("http://feeds.invalid/rss").unwrap();
        let Outcome::Failed(failure) = client.fetch(&url, &Validators::default()).await else {
            panic!("fetched from nowhere");
        };
        assert_eq!(failure.error.kind, FailureKind::UnknownHost);
        assert_eq!(failure.error.detail, "no address for feeds.invalid");
    }
}
