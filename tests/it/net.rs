//! Fetching, against a server that plays the web. Nothing here leaves the loopback interface.

use std::fs::File;
use std::io::Write as _;
use std::time::Duration;

use futures_util::future::join_all;
use kabar::model::feed::{FailureKind, Validators};
use kabar::net::{Body, Client, Failure, Gate, Outcome, Proxy, Settings, Unchanged, Wait};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use url::Url;

use crate::web::{Page, Web};

fn settings() -> Settings {
    Settings {
        // The machine's proxy, if it has one, knows nothing of the loopback server.
        proxy: Proxy::Direct,
        ..Settings::default()
    }
}

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

async fn fetch(text: &str) -> Outcome {
    fetch_with(settings(), text, &Validators::default()).await
}

async fn fetch_with(settings: Settings, text: &str, validators: &Validators) -> Outcome {
    Client::new(settings).fetch(&url(text), validators).await
}

fn body(outcome: Outcome) -> Body {
    match outcome {
        Outcome::Body(body) => body,
        other => panic!("no body: {other:?}"),
    }
}

fn unchanged(outcome: Outcome) -> Unchanged {
    match outcome {
        Outcome::NotModified(unchanged) => unchanged,
        other => panic!("not unchanged: {other:?}"),
    }
}

fn failure(outcome: Outcome) -> Failure {
    match outcome {
        Outcome::Failed(failure) => failure,
        other => panic!("not failed: {other:?}"),
    }
}

#[tokio::test]
async fn a_body_comes_with_all_its_facts() {
    let web = Web::start();
    let page = Page::feed("<rss/>").etag("\"1\"").header("Cache-Control", "public, max-age=600");
    web.serve("/feed.xml?all", page);
    let address = web.url("/feed.xml?all");
    let body = body(fetch(&address).await);
    assert_eq!(body.bytes, b"<rss/>");
    assert_eq!(body.content_type.as_deref(), Some("application/rss+xml; charset=utf-8"));
    assert_eq!(body.validators.etag.as_deref(), Some(&b"\"1\""[..]));
    assert_eq!(body.validators.last_modified, None);
    assert_eq!(body.final_url.as_str(), address);
    assert_eq!(body.permanent, None);
    assert_eq!(body.wire_bytes, 6);
    assert_eq!(body.fresh, Some(Wait::After(Duration::from_secs(600))));
}

#[tokio::test]
async fn kabar_introduces_itself_and_sends_neither_cookies_nor_referer() {
    let web = Web::start();
    web.serve("/", Page::redirect(302, "/feed").header("Set-Cookie", "id=1; Path=/"));
    web.serve("/feed", Page::feed("<rss/>"));
    body(fetch(&web.url("/")).await);
    let requests = web.requests();
    assert_eq!(requests.len(), 2);
    for request in requests {
        assert_eq!(request.method, "GET");
        assert_eq!(request.header("Accept-Encoding"), Some("gzip, br, zstd"));
        let agent = request.header("User-Agent").unwrap();
        assert!(agent.starts_with("kabar/") && agent.contains("(+https://"), "{agent}");
        assert!(request.header("Accept").unwrap().contains("application/atom+xml"));
        for absent in ["Cookie", "Referer", "Authorization", "If-None-Match"] {
            assert_eq!(request.header(absent), None, "{absent}");
        }
    }
}

#[tokio::test]
async fn validators_go_back_byte_for_byte_and_a_304_brings_no_body() {
    let web = Web::start();
    // A weak tag with quotes missing and a byte outside ASCII; a date that is none. Both are opaque to a client.
    let (etag, date) = ("W/r\u{e9}v-1", "yesterday, around noon");
    web.serve("/feed", Page::feed("<rss/>").etag(etag).last_modified(date));
    let client = Client::new(settings());
    let address = url(&web.url("/feed"));
    let first = body(client.fetch(&address, &Validators::default()).await).validators;
    assert_eq!(first.etag.as_deref(), Some(&b"W/r\xe9v-1"[..]));
    let second = unchanged(client.fetch(&address, &first).await);
    assert_eq!(second.validators, first);
    let asked = web.requests().pop().unwrap();
    assert_eq!(asked.header("If-None-Match"), Some(etag));
    assert_eq!(asked.header("If-Modified-Since"), Some(date));
}

#[tokio::test]
async fn a_304_renews_the_validators_it_names() {
    let web = Web::start();
    let renewed = Page::status(304).etag("\"2\"").header("Cache-Control", "max-age=60");
    web.serve("/feed", renewed);
    let asked =
        Validators { etag: Some(b"\"1\"".to_vec()), last_modified: Some(b"Sun, 06 Nov 1994 08:49:37 GMT".to_vec()) };
    let unchanged = unchanged(fetch_with(settings(), &web.url("/feed"), &asked).await);
    assert_eq!(unchanged.validators.etag.as_deref(), Some(&b"\"2\""[..]));
    assert_eq!(unchanged.validators.last_modified, asked.last_modified);
    assert_eq!(unchanged.fresh, Some(Wait::After(Duration::from_secs(60))));
}

#[tokio::test]
async fn a_304_that_nobody_asked_for_is_a_failure() {
    let web = Web::start();
    web.serve("/feed", Page::status(304));
    let failure = failure(fetch(&web.url("/feed")).await);
    assert_eq!((failure.error.kind, failure.status), (FailureKind::Http, Some(304)));
}

#[tokio::test]
async fn ten_redirects_are_followed_and_an_eleventh_is_not() {
    let web = Web::start();
    for hop in 1..=11 {
        let next = format!("/{}", hop - 1);
        web.serve(&format!("/{hop}"), Page::redirect(307, &next));
    }
    web.serve("/0", Page::feed("<rss/>"));
    let reached = body(fetch(&web.url("/10")).await);
    assert_eq!(reached.final_url.as_str(), web.url("/0"));
    let failure = failure(fetch(&web.url("/11")).await);
    assert_eq!(failure.error.kind, FailureKind::Redirect);
    assert_eq!(failure.error.detail, "more than 10 redirects");
}

#[tokio::test]
async fn a_redirect_loop_ends() {
    let web = Web::start();
    web.serve("/loop", Page::redirect(301, "/loop"));
    let failure = failure(fetch(&web.url("/loop")).await);
    assert_eq!(failure.error.kind, FailureKind::Redirect);
    assert_eq!(web.hits("/loop"), 11);
}

#[tokio::test]
async fn a_move_is_permanent_only_if_every_hop_is() {
    let web = Web::start();
    web.serve("/a", Page::redirect(301, "/b"));
    web.serve("/b", Page::redirect(308, "/feed#top"));
    web.serve("/c", Page::redirect(302, "/b"));
    web.serve("/feed", Page::feed("<rss/>").etag("\"1\""));
    let moved = body(fetch(&web.url("/a")).await);
    assert_eq!(moved.permanent, Some(url(&web.url("/feed"))));
    let found = body(fetch(&web.url("/c")).await);
    assert_eq!(found.permanent, None);
    assert_eq!(found.final_url.as_str(), web.url("/feed"));
    let again = fetch_with(settings(), &web.url("/a"), &moved.validators).await;
    assert_eq!(unchanged(again).permanent, Some(url(&web.url("/feed"))));
}

#[tokio::test]
async fn a_redirect_leads_to_the_web_or_nowhere() {
    let web = Web::start();
    for (location, detail) in [
        ("file:///etc/passwd", "redirect to a file: URL"),
        ("exec:id", "redirect to a exec: URL"),
        ("http://[", "redirect to a URL that is not valid"),
    ] {
        web.serve("/", Page::redirect(302, location));
        let failure = failure(fetch(&web.url("/")).await);
        assert_eq!(failure.error.kind, FailureKind::Redirect);
        assert_eq!(failure.error.detail, detail);
    }
    web.serve("/", Page::status(301));
    let failure = failure(fetch(&web.url("/")).await);
    assert_eq!(failure.error.detail, "HTTP 301 without a Location");
}

/// Settings for which the server's address is one of the web, and every other is private.
fn as_if_public() -> Settings {
    Settings { is_public: |address| address == std::net::Ipv4Addr::LOCALHOST, ..settings() }
}

#[tokio::test]
async fn a_redirect_from_the_web_into_a_private_network_is_refused() {
    let web = Web::start();
    let inside = web.url("/inside").replace("127.0.0.1", "localhost");
    web.serve("/inside", Page::feed("<rss/>"));
    for (path, to) in [("/name", inside.as_str()), ("/number", "http://192.168.1.1/"), ("/six", "http://[::1]/")] {
        web.serve(path, Page::redirect(302, to));
        let failure = failure(fetch_with(as_if_public(), &web.url(path), &Validators::default()).await);
        assert_eq!(failure.error.kind, FailureKind::Private, "{failure:?}");
    }
    assert!(web.requests().iter().all(|request| request.path != "/inside"));
}

#[tokio::test]
async fn what_the_user_typed_may_be_private_and_lead_to_private_places() {
    let web = Web::start();
    let inside = web.url("/inside").replace("127.0.0.1", "localhost");
    web.serve("/inside", Page::feed("<rss/>"));
    web.serve("/moved", Page::redirect(302, &inside));
    assert_eq!(body(fetch(&web.url("/moved")).await).bytes, b"<rss/>");
    assert_eq!(body(fetch(&inside).await).bytes, b"<rss/>");
}

#[tokio::test]
async fn credentials_stay_on_their_host() {
    let (home, other) = (Web::start(), Web::start());
    home.serve("/feed", Page::redirect(301, "/moved"));
    home.serve("/moved", Page::redirect(301, &other.url("/feed")));
    let trap = other.url("/end").replace("http://", "http://mallory:trap@");
    other.serve("/feed", Page::redirect(301, &trap));
    other.serve("/end", Page::feed("<rss/>"));
    let address = home.url("/feed").replace("http://", "http://us%20er:p%40ss@");
    let body = body(fetch(&address).await);
    for request in home.requests() {
        // "us er:p@ss"
        assert_eq!(request.header("Authorization"), Some("Basic dXMgZXI6cEBzcw=="));
    }
    assert_eq!(home.requests().len(), 2);
    for request in other.requests() {
        assert_eq!(request.header("Authorization"), None, "{}", request.path);
    }
    assert_eq!(body.final_url.as_str(), other.url("/end"));
    assert_eq!(body.permanent, Some(url(&other.url("/end"))));
}

#[tokio::test]
async fn a_move_within_a_site_keeps_the_credentials_out_of_sight() {
    let web = Web::start();
    web.serve("/feed", Page::redirect(301, &web.url("/moved")));
    web.serve("/moved", Page::feed("<rss/>"));
    let with = |path: &str| web.url(path).replace("http://", "http://user:secret@");
    let body = body(fetch(&with("/feed")).await);
    assert_eq!(body.final_url.as_str(), web.url("/moved"));
    assert_eq!(body.permanent, Some(url(&with("/moved"))));
}

#[tokio::test]
async fn no_failure_repeats_credentials() {
    let web = Web::start();
    web.serve("/401", Page::status(401));
    web.serve("/loop", Page::redirect(302, "/loop"));
    web.serve("/closed", Page::hang_up());
    web.serve("/slow", Page::hang());
    let hasty = Settings { deadline: Duration::from_millis(300), ..settings() };
    for path in ["/401", "/loop", "/closed", "/slow"] {
        let address = web.url(path).replace("http://", "http://user:secret@");
        let outcome = fetch_with(hasty.clone(), &address, &Validators::default()).await;
        let shown = format!("{:?}", failure(outcome));
        assert!(!shown.contains("secret") && !shown.contains("user"), "{shown}");
    }
}

#[tokio::test]
async fn statuses_become_kinds_of_failure() {
    let web = Web::start();
    for (status, kind) in [
        (401, FailureKind::Forbidden),
        (403, FailureKind::Forbidden),
        (404, FailureKind::NotFound),
        (410, FailureKind::Gone),
        (429, FailureKind::Throttled),
        (500, FailureKind::Http),
        (503, FailureKind::Http),
    ] {
        web.serve("/", Page::status(status));
        let failure = failure(fetch(&web.url("/")).await);
        assert_eq!((failure.error.kind, failure.status), (kind, Some(status)));
        assert_eq!(failure.retry_after, None);
    }
}

#[tokio::test]
async fn a_throttling_server_says_how_long() {
    let web = Web::start();
    web.serve("/429", Page::status(429).header("Retry-After", "120"));
    let date = "Sun, 22 Nov 2026 12:00:00 GMT";
    web.serve("/503", Page::status(503).header("Retry-After", date));
    let seconds = failure(fetch(&web.url("/429")).await);
    assert_eq!(seconds.retry_after, Some(Wait::After(Duration::from_secs(120))));
    let date = failure(fetch(&web.url("/503")).await);
    assert_eq!(date.error.kind, FailureKind::Throttled);
    assert_eq!(date.retry_after, Some(Wait::At("2026-11-22T12:00:00Z".parse().unwrap())));
}

#[tokio::test]
async fn a_byte_at_a_time_ends_at_the_deadline() {
    let web = Web::start();
    web.serve("/", Page::feed("x".repeat(1 << 20)).drip(Duration::from_millis(5)));
    let settings = Settings { deadline: Duration::from_millis(300), ..settings() };
    let failure = failure(fetch_with(settings, &web.url("/"), &Validators::default()).await);
    assert_eq!(failure.error.kind, FailureKind::Timeout);
    assert!(failure.error.detail.ends_with("within 0.3 s"), "{failure:?}");
}

#[tokio::test]
async fn silence_ends_at_the_read_timeout() {
    let web = Web::start();
    web.serve("/", Page::hang());
    let settings = Settings { read_timeout: Duration::from_millis(100), ..settings() };
    let failure = failure(fetch_with(settings, &web.url("/"), &Validators::default()).await);
    assert_eq!(failure.error.kind, FailureKind::Timeout);
    assert_eq!(failure.error.detail, format!("127.0.0.1:{} stopped answering", web.port()));
}

#[tokio::test]
async fn a_large_body_that_waits_for_its_turn_is_neither_late_nor_silent() {
    let web = Web::start();
    let large = || Page::feed(vec![b'x'; 3 << 20]).gzip();
    for n in 0..5 {
        web.serve(&format!("/{n}"), large().stall());
    }
    web.serve("/5", large().meet(6));
    // Two at a time: five that fall silent take three times the limit.
    let limit = Duration::from_millis(600);
    let client = Client::new(Settings { read_timeout: limit, deadline: limit * 2, ..settings() });
    let urls: Vec<Url> = (0..6).map(|n| url(&web.url(&format!("/{n}")))).collect();
    let none = Validators::default();
    let mut outcomes = join_all(urls.iter().map(|url| client.fetch(url, &none))).await;
    assert_eq!(body(outcomes.pop().unwrap()).bytes.len(), 3 << 20);
    for outcome in outcomes {
        assert!(failure(outcome).error.detail.ends_with("stopped answering"));
    }
}

#[tokio::test]
async fn compressed_bodies_are_unpacked_and_counted_as_transferred() {
    let web = Web::start();
    let text = "<rss/>".repeat(1000);
    let page = Page::feed(text.clone()).gzip();
    let wire = page.len() as u64;
    web.serve("/gzip", page);
    web.serve("/plain", Page::feed(text.clone()));
    let body_of = async |path| body(fetch(&web.url(path)).await);
    let (packed, plain) = (body_of("/gzip").await, body_of("/plain").await);
    assert_eq!(packed.bytes, text.as_bytes());
    assert_eq!((packed.wire_bytes, plain.wire_bytes), (wire, 6000));
    assert_eq!(packed.digest, plain.digest);
}

#[tokio::test]
async fn brotli_and_zstd_are_unpacked() {
    let web = Web::start();
    // "kabar" as one uncompressed brotli metablock, and as one raw zstd block.
    let brotli = b"\x0b\x02\x80kabar\x03".to_vec();
    let zstd = b"\x28\xb5\x2f\xfd\x20\x05\x29\x00\x00kabar".to_vec();
    for (coding, packed) in [("br", brotli), ("zstd", zstd)] {
        web.serve("/", Page::feed(packed).header("Content-Encoding", coding));
        assert_eq!(body(fetch(&web.url("/")).await).bytes, b"kabar", "{coding}");
    }
}

#[tokio::test]
async fn an_empty_body_is_empty_however_it_is_labelled() {
    let web = Web::start();
    web.serve("/", Page::feed("").header("Content-Encoding", "gzip"));
    assert_eq!(body(fetch(&web.url("/")).await).bytes, b"");
}

#[tokio::test]
async fn a_bomb_is_cut_off_at_the_limit() {
    let web = Web::start();
    let bomb = Page::bomb(128 << 20);
    assert!(bomb.len() < 200_000);
    web.serve("/", bomb);
    let failure = failure(fetch(&web.url("/")).await);
    assert_eq!(failure.error.kind, FailureKind::TooLarge);
}

#[tokio::test]
async fn a_body_may_reach_the_limit_but_not_pass_it() {
    let web = Web::start();
    let settings = Settings { max_body: 1000, ..settings() };
    for (size, fits) in [(1000, true), (1001, false)] {
        web.serve("/plain", Page::new(vec![b'x'; size]));
        web.serve("/gzip", Page::new(vec![b'x'; size]).gzip());
        for path in ["/plain", "/gzip"] {
            match fetch_with(settings.clone(), &web.url(path), &Validators::default()).await {
                Outcome::Body(body) => assert!(fits && body.bytes.len() == size, "{path} {size}"),
                other => {
                    assert!(!fits, "{path} {size}");
                    assert_eq!(failure(other).error.kind, FailureKind::TooLarge);
                }
            }
        }
    }
}

#[tokio::test]
async fn damaged_compression_is_told_from_a_broken_connection() {
    let web = Web::start();
    web.serve("/lie", Page::feed("<rss/>").header("Content-Encoding", "gzip"));
    web.serve("/deflate", Page::feed("x").header("Content-Encoding", "deflate"));
    web.serve("/cut", Page::feed("<rss/>".repeat(100)).cut_short_by(100));
    web.serve("/cut-gzip", Page::feed("<rss/>".repeat(100)).gzip().cut_short_by(100));
    for (path, kind) in
        [("/lie", FailureKind::Encoding), ("/deflate", FailureKind::Encoding), ("/cut", FailureKind::Unreachable)]
    {
        let failure = failure(fetch(&web.url(path)).await);
        assert_eq!(failure.error.kind, kind, "{path}: {failure:?}");
        assert_eq!(failure.status, Some(200));
    }
    let failure = failure(fetch(&web.url("/cut-gzip")).await);
    assert_eq!(failure.error.kind, FailureKind::Unreachable, "{failure:?}");
}

#[tokio::test]
async fn servers_that_are_none_are_unreachable() {
    let web = Web::start();
    web.serve("/garbage", Page::raw("\u{1b}[2J220 mail ready\r\n"));
    web.serve("/closed", Page::hang_up());
    for path in ["/garbage", "/closed"] {
        let failure = failure(fetch(&web.url(path)).await);
        assert_eq!(failure.error.kind, FailureKind::Unreachable, "{failure:?}");
        assert!(!failure.error.detail.contains('\u{1b}'));
        assert!(failure.error.detail.starts_with("127.0.0.1:"), "{failure:?}");
    }
    let nobody = web.url("/");
    let port = web.port();
    drop(web);
    let failure = failure(fetch(&nobody).await);
    assert_eq!(failure.error.kind, FailureKind::Unreachable);
    assert_eq!(failure.error.detail, format!("127.0.0.1:{port} refused the connection"));
}

#[tokio::test]
async fn other_schemes_are_not_fetched() {
    for address in ["ftp://127.0.0.1/feed", "data:text/xml,<rss/>", "exec:id"] {
        let failure = failure(fetch(address).await);
        assert_eq!(failure.error.kind, FailureKind::Scheme, "{address}");
    }
}

#[tokio::test]
async fn at_most_four_fetches_run_on_one_host_and_four_do() {
    let web = Web::start();
    web.serve("/", Page::feed("<rss/>").meet(4));
    let settings = settings();
    let gate = Gate::new(settings.in_flight, settings.per_host);
    let client = Client::new(settings);
    let address = url(&web.url("/"));
    let outcomes = join_all((0..20).map(async |_| {
        let _pass = gate.enter("127.0.0.1").await;
        client.fetch(&address, &Validators::default()).await
    }));
    for outcome in outcomes.await {
        body(outcome);
    }
    assert_eq!(web.peak(), 4);
    assert_eq!(web.requests().len(), 20);
}

#[tokio::test]
async fn an_unchanged_file_is_not_read_again() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"<rss/>").unwrap();
    let address = Url::from_file_path(file.path()).unwrap();
    let client = Client::new(settings());
    let first = body(client.fetch(&address, &Validators::default()).await);
    assert_eq!(first.bytes, b"<rss/>");
    assert_eq!(first.final_url, address);
    let second = unchanged(client.fetch(&address, &first.validators).await);
    assert_eq!(second.validators, first.validators);
    file.write_all(b"<!-- more -->").unwrap();
    let third = body(client.fetch(&address, &first.validators).await);
    assert_ne!(third.digest, first.digest);
}

#[tokio::test]
async fn what_is_no_readable_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("no such\nfeed.xml");
    let large = folder.path().join("large.xml");
    File::create(&large).unwrap().set_len(1001).unwrap();
    for (path, kind, words) in [
        (missing, FailureKind::File, "no such feed.xml: no such file"),
        (folder.path().to_owned(), FailureKind::File, ": is a directory"),
        (large, FailureKind::TooLarge, "large.xml: too large"),
    ] {
        let address = Url::from_file_path(&path).unwrap();
        let settings = Settings { max_body: 1000, ..settings() };
        let failure = failure(fetch_with(settings, address.as_str(), &Validators::default()).await);
        assert_eq!(failure.error.kind, kind);
        assert!(failure.error.detail.ends_with(words), "{failure:?}");
    }
}

/// A certificate authority, and a server with a certificate of it for `name` that ends in `year`.
fn secure(name: &str, year: i32) -> (Vec<u8>, Web) {
    let mut ca = CertificateParams::default();
    ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let ca = CertifiedIssuer::self_signed(ca, KeyPair::generate().unwrap()).unwrap();
    let mut leaf = CertificateParams::new([name.to_owned()]).unwrap();
    leaf.not_after = date_time_ymd(year, 1, 1);
    let key = KeyPair::generate().unwrap();
    let certificate = leaf.signed_by(&key, &ca).unwrap();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(ring::default_provider().into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    (ca.der().to_vec(), Web::start_tls(config))
}

#[tokio::test]
async fn a_certificate_is_trusted_if_its_authority_is() {
    let (ca, web) = secure("127.0.0.1", 4000);
    web.serve("/", Page::feed("<rss/>"));
    let trusting = Settings { extra_roots: vec![ca], ..settings() };
    let trusted = fetch_with(trusting, &web.url("/"), &Validators::default()).await;
    assert_eq!(body(trusted).bytes, b"<rss/>");
    let failure = failure(fetch(&web.url("/")).await);
    assert_eq!(failure.error.kind, FailureKind::Certificate);
    assert_eq!(failure.error.detail, format!("127.0.0.1:{}: certificate of an unknown issuer", web.port()));
}

#[tokio::test]
async fn certificate_failures_say_what_is_wrong() {
    for (name, year, words) in
        [("127.0.0.1", 2000, ": certificate expired"), ("news.example", 4000, ": certificate of another host")]
    {
        let (ca, web) = secure(name, year);
        let trusting = Settings { extra_roots: vec![ca], ..settings() };
        let outcome = fetch_with(trusting, &web.url("/"), &Validators::default()).await;
        let failure = failure(outcome);
        assert_eq!(failure.error.kind, FailureKind::Certificate);
        assert!(failure.error.detail.ends_with(words), "{failure:?}");
    }
}
