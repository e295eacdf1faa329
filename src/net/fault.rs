//! Puts what went wrong into a [`FailureKind`] and one line for people. The line names hosts, never whole URLs:
//! those may hold credentials and keys.

use std::error::Error;
use std::io;

use jiff::Timestamp;
use reqwest::StatusCode;
use rustls::CertificateError;
use url::Url;

use super::cache::Wait;
use super::outcome::Failure;
use super::reach::{NotPublic, is_of_this_machine};
use crate::model::feed::FailureKind;
use crate::model::schedule::Why;

/// A request that got no (whole) answer from the host of `url`. Through a proxy it is the proxy that is connected to.
pub(super) fn of_connection(error: &reqwest::Error, url: &Url, proxy: Option<&Url>) -> Failure {
    if find::<NotPublic>(error).is_some() {
        return of_reach(url);
    }
    let proxy = proxy.filter(|_| error.is_connect());
    let host = proxy.map_or_else(|| authority(url), |proxy| format!("the proxy {}", authority(proxy)));
    if let Some(fault) = find::<rustls::Error>(error) {
        return of_tls(fault, &host);
    }
    if error.is_timeout() && error.is_connect() {
        return Failure::new(FailureKind::Timeout, &format!("could not connect to {host} in time"));
    }
    if error.is_timeout() {
        return of_silence(url);
    }
    if error.is_dns() {
        let name = proxy.unwrap_or(url).host_str().unwrap_or_default();
        let name = if proxy.is_some() { format!("the proxy {name}") } else { name.to_owned() };
        return Failure::new(FailureKind::UnknownHost, &format!("no address for {name}"));
    }
    let detail = match find::<io::Error>(error).map(io::Error::kind) {
        Some(io::ErrorKind::ConnectionRefused) => format!("{host} refused the connection"),
        Some(io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe) => {
            format!("{host} broke the connection")
        }
        Some(io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable) => {
            format!("no route to {host}")
        }
        _ => format!("{host}: {}", root(error)),
    };
    let is_refused = find::<io::Error>(error).is_some_and(|error| error.kind() == io::ErrorKind::ConnectionRefused);
    // What this machine itself refuses, or the way out to the web, says nothing of the network.
    let is_refused = is_refused && proxy.is_none() && !is_of_this_machine(url);
    Failure { is_refused, ..Failure::new(FailureKind::Unreachable, &detail) }
}

/// The host of `url` has said nothing for too long.
pub(super) fn of_silence(url: &Url) -> Failure {
    Failure::new(FailureKind::Timeout, &format!("{} stopped answering", authority(url)))
}

/// A redirect led to a host that is left alone until then.
pub(super) fn of_hold(url: &Url, until: Timestamp, why: Why) -> Failure {
    let reason = match why {
        Why::Budget => "has been asked as often today as the settings allow",
        _ => "refused further requests and is left alone for a while",
    };
    let detail = format!("redirected to {}, which {reason}", authority(url));
    let failure = Failure::new(FailureKind::Throttled, &detail);
    Failure { retry_after: Some(Wait::At(until)), why: Some(why), ..failure }
}

/// Something on the web led to an address that is not.
pub(super) fn of_reach(url: &Url) -> Failure {
    let detail = format!("led to {}, an address in a private network", authority(url));
    Failure::new(FailureKind::Private, &detail)
}

fn of_tls(fault: &rustls::Error, host: &str) -> Failure {
    match fault {
        rustls::Error::InvalidCertificate(reason) => {
            Failure::new(FailureKind::Certificate, &format!("{host}: {}", certificate(reason)))
        }
        other => Failure::new(FailureKind::Unreachable, &format!("{host}: no secure connection: {other}")),
    }
}

fn certificate(reason: &CertificateError) -> &'static str {
    use CertificateError as E;
    match reason {
        E::Expired | E::ExpiredContext { .. } => "certificate expired",
        E::NotValidYet | E::NotValidYetContext { .. } => "certificate not valid yet",
        E::UnknownIssuer => "certificate of an unknown issuer",
        E::NotValidForName | E::NotValidForNameContext { .. } => "certificate of another host",
        E::Revoked => "certificate revoked",
        E::BadSignature => "certificate with a wrong signature",
        _ => "certificate not acceptable",
    }
}

/// An answer whose status is neither success nor redirect. The reason phrase is the standard's, not the server's.
pub(super) fn of_status(status: StatusCode, retry_after: Option<Wait>) -> Failure {
    let kind = match status.as_u16() {
        401 | 403 => FailureKind::Forbidden,
        404 => FailureKind::NotFound,
        410 => FailureKind::Gone,
        429 => FailureKind::Throttled,
        // Without a time it says no more than 500 does, and of this address only (RFC 9110 § 15.6.4).
        503 if retry_after.is_some() => FailureKind::Throttled,
        _ => FailureKind::Http,
    };
    let reason = status.canonical_reason().unwrap_or_default();
    Failure {
        retry_after,
        status: Some(status.as_u16()),
        ..Failure::new(kind, &format!("HTTP {} {reason}", status.as_u16()))
    }
}

/// Host, and port where it is not the usual one.
pub(super) fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// The links of an error's chain. `io::Error` hides the error it wraps from `source()`, hence the detour.
fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&link| match link.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(inner) => Some(inner),
        None => link.source(),
    })
}

fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    chain(error).find_map(|link| link.downcast_ref())
}

/// The words of the innermost error: the ones around it only say "error sending request for url (..)".
pub(super) fn root(error: &(dyn Error + 'static)) -> String {
    chain(error).last().map(ToString::to_string).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn status(code: u16, retry_after: Option<Wait>) -> (FailureKind, String) {
        let failure = of_status(StatusCode::from_u16(code).unwrap(), retry_after);
        assert_eq!(failure.status, Some(code));
        (failure.error.kind, failure.error.detail)
    }

    #[test]
    fn statuses_are_told_apart_by_what_to_do_next() {
        let soon = Some(Wait::After(Duration::from_secs(9)));
        for (code, retry_after, kind, detail) in [
            (401, None, FailureKind::Forbidden, "HTTP 401 Unauthorized"),
            (403, None, FailureKind::Forbidden, "HTTP 403 Forbidden"),
            (404, None, FailureKind::NotFound, "HTTP 404 Not Found"),
            (410, None, FailureKind::Gone, "HTTP 410 Gone"),
            (429, None, FailureKind::Throttled, "HTTP 429 Too Many Requests"),
            (503, soon, FailureKind::Throttled, "HTTP 503 Service Unavailable"),
            (503, None, FailureKind::Http, "HTTP 503 Service Unavailable"),
            (500, soon, FailureKind::Http, "HTTP 500 Internal Server Error"),
            (599, None, FailureKind::Http, "HTTP 599"),
        ] {
            assert_eq!(status(code, retry_after), (kind, detail.to_owned()));
        }
    }

    #[test]
    fn an_error_wrapped_by_io_is_found() {
        let tls = rustls::Error::InvalidCertificate(CertificateError::Expired);
        let outer = io::Error::other(io::Error::other(tls));
        assert!(find::<rustls::Error>(&outer).is_some());
        let failure = of_tls(find(&outer).unwrap(), "news.example");
        assert_eq!(failure.error.kind, FailureKind::Certificate);
        assert_eq!(failure.error.detail, "news.example: certificate expired");
    }
}
