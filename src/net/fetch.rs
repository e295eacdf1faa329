//! One fetch from start to end: conditional request, redirects, body. Keeps no state; the deadline is its only clock.

use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, ready};
use jiff::Timestamp;
use reqwest::Response;
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_TYPE, DATE, ETAG, EXPIRES, HeaderMap, HeaderName, HeaderValue,
    IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LINK, RETRY_AFTER, USER_AGENT,
};
use url::Url;
use xxhash_rust::xxh3::xxh3_128;

use super::body::{self, Broken, Cut};
use super::cache::Wait;
use super::client::Client;
use super::large::Clock;
use super::outcome::{Body, Failure, Outcome, Unchanged};
use super::reach::Reach;
use super::redirect::{Trail, bare, with_login};
use super::{fault, file, gate};
use crate::model::feed::{Digest, FailureKind, Validators};
use crate::model::manners::Manners;
use crate::model::schedule::Why;

/// Feeds first, for servers that have a feed and a page at one URL; pages too, since kabar looks for feeds in them.
const ACCEPTED: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, \
                        text/xml;q=0.9, application/json;q=0.8, text/html;q=0.7, */*;q=0.5";

/// Asked before a redirect is followed: waits for the turn of the URL's host, and says until when that is to be left alone
/// and why, if it is; else the caller counts a request to it.
pub type Leave<'a> = &'a (dyn Fn(&Url) -> BoxFuture<'a, Option<(Timestamp, Why)>> + Sync);

impl Client {
    /// Fetches `url` (http, https or file) unless it is unchanged since `validators` were handed out. Ends within the
    /// deadline, with at most the limit's worth of memory, whatever the server does.
    pub async fn fetch(&self, url: &Url, validators: &Validators) -> Outcome {
        self.fetch_within(Reach::Anywhere, url, validators).await
    }

    /// Fetches what somebody other than the user may have named.
    pub async fn fetch_within(&self, reach: Reach, url: &Url, validators: &Validators) -> Outcome {
        self.fetch_as(&Manners::default(), reach, url, validators, &|_| ready(None).boxed()).await
    }

    /// The same with what the user has set for this one, and without following a redirect to where `leave` names a time.
    pub async fn fetch_as(
        &self,
        manners: &Manners,
        reach: Reach,
        url: &Url,
        validators: &Validators,
        leave: Leave<'_>,
    ) -> Outcome {
        let deadline = self.settings().deadline;
        let clock = Clock::new(deadline);
        let fetch = async {
            match url.scheme() {
                "http" | "https" => self.fetch_web(manners, reach, url, validators, leave, &clock).await,
                "file" => self.fetch_file(url, validators).await,
                scheme => fail(FailureKind::Scheme, &format!("kabar does not fetch {scheme}: URLs")),
            }
        };
        tokio::select! {
            biased;
            outcome = fetch => return outcome,
            () = clock.is_over() => {}
        }
        let within = seconds(deadline);
        let detail = match url.host_str() {
            Some(_) => format!("no whole answer from {} within {within}", fault::authority(url)),
            None => format!("{}: could not be read within {within}", url.path()),
        };
        fail(FailureKind::Timeout, &detail)
    }

    async fn fetch_file(&self, url: &Url, validators: &Validators) -> Outcome {
        let (url, validators, limit) = (url.clone(), validators.clone(), self.settings().max_body);
        let read = move || file::fetch(&url, &validators, limit);
        // The task fails only when the runtime is shutting down.
        tokio::task::spawn_blocking(read).await.unwrap_or_else(|_| fail(FailureKind::File, "kabar is closing"))
    }

    async fn fetch_web(
        &self,
        manners: &Manners,
        reach: Reach,
        url: &Url,
        validators: &Validators,
        leave: Leave<'_>,
        clock: &Clock,
    ) -> Outcome {
        let mut at = Trail::new(&with_login(url, manners.login.as_deref()));
        match self.walk(&mut at, manners, reach, validators, leave, clock).await {
            Outcome::Failed(failure) => Outcome::Failed(Failure { hops: at.hops, ..failure }),
            other => other,
        }
    }

    async fn walk(
        &self,
        at: &mut Trail,
        manners: &Manners,
        mut reach: Reach,
        validators: &Validators,
        leave: Leave<'_>,
        clock: &Clock,
    ) -> Outcome {
        for _ in 0..=self.settings().max_redirects {
            let response = match self.send(reach, at, manners, validators).await {
                Ok(response) => response,
                Err(failure) => return Outcome::Failed(failure),
            };
            match response.status().as_u16() {
                301 | 302 | 303 | 307 | 308 => {
                    let from = at.url.clone();
                    if let Err(failure) = at.follow(response.status(), response.headers()) {
                        return Outcome::Failed(failure);
                    }
                    reach = self.onward(self.after(reach, &response), &from, &at.url);
                    // That host's turn must not be waited for with a request to this one open.
                    drop(response);
                    if let Some((until, why)) = clock.stopped(leave(&at.url)).await {
                        return Outcome::Failed(fault::of_hold(&at.url, until, why));
                    }
                }
                // A 304 that nobody asked for would leave the reader without the body for ever.
                304 if !validators.is_empty() => {
                    return Outcome::NotModified(Unchanged {
                        validators: renewed(response.headers(), validators),
                        final_url: bare(&at.url),
                        permanent: at.permanent(),
                        hops: at.hops,
                        fresh: fresh(response.headers()),
                    });
                }
                200..=299 => return self.receive(response, at, reach, clock).await,
                _ => return Outcome::Failed(refusal(&response, &at.url)),
            }
        }
        let detail = format!("more than {} redirects", self.settings().max_redirects);
        fail(FailureKind::Redirect, &detail)
    }

    /// How far what this answer says may reach: what came from the web speaks for the web only.
    fn after(&self, reach: Reach, response: &Response) -> Reach {
        let was_public = response.remote_addr().is_some_and(|at| (self.settings().is_public)(at.ip()));
        if was_public { Reach::Public } else { reach }
    }

    async fn send(
        &self,
        reach: Reach,
        at: &Trail,
        manners: &Manners,
        validators: &Validators,
    ) -> Result<Response, Failure> {
        let url = &at.url;
        let http = self.http(url, reach, manners.proxy.as_deref()).await?;
        // A user name and password in the URL leave it here, as an Authorization header.
        let request = http.get(url.clone()).headers(asking(validators, manners, at.is_home));
        match tokio::time::timeout(self.settings().read_timeout, request.send()).await {
            Ok(answer) => answer.map_err(|error| fault::of_connection(&error, url, self.proxy(manners).as_ref())),
            Err(_elapsed) => Err(fault::of_silence(url)),
        }
    }

    async fn receive(&self, response: Response, at: &Trail, reach: Reach, clock: &Clock) -> Outcome {
        let reach = self.after(reach, &response);
        let headers = response.headers();
        let (content_type, links) = (text(headers, &CONTENT_TYPE), lines(headers, &LINK));
        let (validators, fresh) = (handed_out(headers), fresh(headers));
        let status = response.status();
        let host = gate::host(&at.url);
        match body::read(response, self.settings(), &self.turns, &host, clock).await {
            Ok(received) => Outcome::Body(Body {
                content_type,
                links,
                validators,
                reach,
                final_url: bare(&at.url),
                permanent: at.permanent(),
                hops: at.hops,
                wire_bytes: received.wire,
                digest: Digest(xxh3_128(&received.bytes)),
                fresh,
                bytes: received.bytes,
                turn: received.turn,
            }),
            Err(Cut { why, wire }) => {
                let failure = self.breakage(why, &at.url);
                Outcome::Failed(Failure { status: Some(status.as_u16()), wire_bytes: wire, ..failure })
            }
        }
    }

    fn breakage(&self, broken: Broken, url: &Url) -> Failure {
        match broken {
            Broken::TooLarge => {
                let detail = format!("larger than the limit of {} bytes", self.settings().max_body);
                Failure::new(FailureKind::TooLarge, &detail)
            }
            Broken::Encoding(detail) => Failure::new(FailureKind::Encoding, &detail),
            Broken::Connection(error) => fault::of_connection(&error, url, None),
            Broken::Silent => fault::of_silence(url),
        }
    }
}

fn asking(validators: &Validators, manners: &Manners, is_home: bool) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static(ACCEPTED));
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(body::ACCEPT_ENCODING));
    for (name, value) in [(IF_NONE_MATCH, &validators.etag), (IF_MODIFIED_SINCE, &validators.last_modified)] {
        // Bytes that cannot be sent were not received from a server either.
        let value = value.as_ref().map(|bytes| HeaderValue::from_bytes(bytes));
        if let Some(Ok(value)) = value {
            headers.insert(name, value);
        }
    }
    if let Some(Ok(agent)) = manners.user_agent.as_deref().map(HeaderValue::from_str) {
        headers.insert(USER_AGENT, agent);
    }
    for (name, value) in manners.headers.iter().filter(|_| is_home) {
        if let (Ok(name), Ok(mut value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
            value.set_sensitive(true);
            headers.insert(name, value);
        }
    }
    headers
}

fn handed_out(headers: &HeaderMap) -> Validators {
    let bytes = |name| Some(headers.get(name)?.as_bytes().to_vec()).filter(|value| !value.is_empty());
    Validators { etag: bytes(ETAG), last_modified: bytes(LAST_MODIFIED) }
}

fn renewed(headers: &HeaderMap, asked: &Validators) -> Validators {
    let new = handed_out(headers);
    Validators {
        etag: new.etag.or_else(|| asked.etag.clone()),
        last_modified: new.last_modified.or_else(|| asked.last_modified.clone()),
    }
}

fn refusal(response: &Response, url: &Url) -> Failure {
    let header = |name| text(response.headers(), &name);
    let retry_after = header(RETRY_AFTER).and_then(|value| Wait::retry_after(&value, header(DATE).as_deref()));
    Failure { host: Some(gate::host(url)), ..fault::of_status(response.status(), retry_after) }
}

fn fresh(headers: &HeaderMap) -> Option<Wait> {
    let cache_control = lines(headers, &CACHE_CONTROL).unwrap_or_default();
    let date = |name| text(headers, &name);
    Wait::fresh(&cache_control, date(EXPIRES).as_deref(), date(DATE).as_deref())
}

/// All lines of a header that is a list, as one.
fn lines(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let lines: Vec<_> = headers.get_all(name).iter().map(|line| String::from_utf8_lossy(line.as_bytes())).collect();
    (!lines.is_empty()).then(|| lines.join(", "))
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    Some(String::from_utf8_lossy(headers.get(name)?.as_bytes()).into_owned())
}

fn seconds(time: Duration) -> String {
    format!("{} s", time.as_secs_f64())
}

fn fail(kind: FailureKind, detail: &str) -> Outcome {
    Outcome::Failed(Failure::new(kind, detail))
}
