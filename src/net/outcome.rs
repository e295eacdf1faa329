//! What a fetch comes back with. Every way it can end is a value here; nothing of it is an `Err` to forget.

use url::Url;
use xxhash_rust::xxh3::xxh3_128;

use super::cache::Wait;
use super::large::Turn;
use super::reach::Reach;
use crate::model::feed::{Digest, FailureKind, FetchError, Validators};
use crate::model::schedule::Why;
use crate::model::scrub;

/// How one fetch ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The server (or the file) says that nothing has changed since the validators were handed out.
    NotModified(Unchanged),
    Body(Body),
    Failed(Failure),
}

/// What a 304 tells beyond "unchanged".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unchanged {
    /// To ask with the next time: the 304's own where it has some, else those we asked with (RFC 9110 §15.4.5).
    pub validators: Validators,
    /// See [`Body::final_url`].
    pub final_url: Url,
    /// See [`Body::permanent`].
    pub permanent: Option<Url>,
    /// Redirects that were followed.
    pub hops: usize,
    /// How long the publisher considers this fresh (`Cache-Control`, `Expires`).
    pub fresh: Option<Wait>,
}

/// A whole body, decompressed, within the size limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    pub bytes: Vec<u8>,
    /// The Content-Type as sent, charset and all.
    pub content_type: Option<String>,
    /// The Link header (RFC 8288), of several lines as one.
    pub links: Option<String>,
    pub validators: Validators,
    /// How far what the body names may reach: no further than the web when it came from there.
    pub reach: Reach,
    /// Where the body came from in the end; without credentials, fit for resolving links against and for showing.
    pub final_url: Url,
    /// The URL to use from now on: set when there were redirects and each one was permanent (301, 308).
    /// Keeps the user's credentials where the redirects stayed on the same site.
    pub permanent: Option<Url>,
    /// Redirects that were followed.
    pub hops: usize,
    /// Bytes of the body as transferred, before decompression.
    pub wire_bytes: u64,
    /// Fingerprint of `bytes`.
    pub digest: Digest,
    /// How long the publisher considers this fresh (`Cache-Control`, `Expires`).
    pub fresh: Option<Wait>,
    /// To be held for as long as what was read of the body takes memory.
    pub turn: Turn,
}

impl Body {
    /// A document of this machine, which no server has said anything of.
    pub(super) fn local(bytes: Vec<u8>, url: Url, validators: Validators) -> Self {
        Self {
            content_type: None,
            links: None,
            validators,
            reach: Reach::Anywhere,
            final_url: url,
            permanent: None,
            hops: 0,
            wire_bytes: bytes.len() as u64,
            digest: Digest(xxh3_128(&bytes)),
            fresh: None,
            bytes,
            turn: Turn::default(),
        }
    }
}

/// Why there is no body, in the words of the store, and how long the server wants to be left alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub error: FetchError,
    pub retry_after: Option<Wait>,
    /// Why `retry_after` is waited for, where no answer of this fetch says so.
    pub why: Option<Why>,
    /// The HTTP status, when a server got as far as sending one.
    pub status: Option<u16>,
    /// The host that refused, which redirects may have led to; see [`host`](super::host).
    pub host: Option<String>,
    /// Redirects that were followed.
    pub hops: usize,
    /// Bytes of a body as transferred, as far as one came.
    pub wire_bytes: u64,
    /// Another machine has refused the connection: there is a network.
    pub is_refused: bool,
}

impl Failure {
    /// A failure without a status. The detail is made one line, whatever went into it.
    #[must_use]
    pub fn new(kind: FailureKind, detail: &str) -> Self {
        let detail = scrub::line(detail).into_owned();
        Self {
            error: FetchError { kind, detail },
            retry_after: None,
            why: None,
            status: None,
            host: None,
            hops: 0,
            wire_bytes: 0,
            is_refused: false,
        }
    }
}
