//! Reads a response body: decompresses it as it arrives and stops at the size limit, so that neither a large document
//! nor a small one that unpacks to gigabytes costs more memory than the limit.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_compression::tokio::bufread::{BrotliDecoder, GzipDecoder, ZstdDecoder};
use async_compression::zstd::DParameter;
use futures_util::{StreamExt, TryStreamExt, stream};
use reqwest::Response;
use reqwest::header::{CONTENT_ENCODING, HeaderMap};
use tokio::io::{AsyncBufRead, AsyncRead, AsyncReadExt, BufReader};
use tokio_util::io::StreamReader;

use super::client::Settings;
use super::large::{Clock, SMALL, Turn, Turns};

/// What kabar can decompress, as it tells servers.
pub(super) const ACCEPT_ENCODING: &str = "gzip, br, zstd";

/// RFC 8878 recommends decoders to support, and servers not to exceed, windows of 8 MB.
const ZSTD_WINDOW_LOG: u32 = 23;

/// More than a server has reason to use, and each one multiplies what a hostile body can unpack to.
const MAX_CODINGS: usize = 2;

/// A body as received.
#[derive(Debug)]
pub(super) struct Received {
    pub(super) bytes: Vec<u8>,
    /// Bytes transferred.
    pub(super) wire: u64,
    pub(super) turn: Turn,
}

/// A body that could not be read to its end.
#[derive(Debug)]
pub(super) struct Cut {
    pub(super) why: Broken,
    /// Bytes transferred until then.
    pub(super) wire: u64,
}

/// Why it could not.
#[derive(Debug)]
pub(super) enum Broken {
    TooLarge,
    /// Compressed in a way kabar does not know, or not what its header says.
    Encoding(String),
    Connection(reqwest::Error),
    /// Nothing more has come for too long.
    Silent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coding {
    Gzip,
    Brotli,
    Zstd,
}

/// Reads the whole body of `response`, at most the limit's worth of bytes. A large one waits until it is the turn of its host,
/// while the clock stands still.
pub(super) async fn read(
    response: Response,
    settings: &Settings,
    turns: &Turns,
    host: &str,
    clock: &Clock,
) -> Result<Received, Cut> {
    let (limit, silence) = (settings.max_body, settings.read_timeout);
    let codings = codings(response.headers()).map_err(|words| Cut { why: Broken::Encoding(words), wire: 0 })?;
    if response.content_length().is_some_and(|length| length > limit as u64) {
        return Err(Cut { why: Broken::TooLarge, wire: 0 });
    }
    let wire = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&wire);
    let pieces = response.bytes_stream().boxed();
    let stream = stream::unfold(pieces, move |mut pieces| async move {
        // Timed while the piece is waited for, not while the body waits for its turn.
        let piece = match tokio::time::timeout(silence, pieces.next()).await {
            Ok(piece) => piece?.map_err(io::Error::other),
            Err(_elapsed) => Err(io::ErrorKind::TimedOut.into()),
        };
        Some((piece, pieces))
    });
    let stream = stream.inspect_ok(move |piece| {
        counter.fetch_add(piece.len() as u64, Ordering::Relaxed);
    });
    let mut reader: Pin<Box<dyn AsyncBufRead + Send>> = Box::pin(StreamReader::new(stream.boxed()));
    for coding in codings.into_iter().rev() {
        reader = decoder(coding, reader);
    }

    let (mut bytes, mut turn) = (Vec::new(), Turn::default());
    // One byte above the limit tells a body that just fits from one that does not.
    let most = limit.saturating_add(1);
    let mut reader = reader.take(most.min(SMALL) as u64);
    let mut end = reader.read_to_end(&mut bytes).await;
    if end.is_ok() && bytes.len() == SMALL && most > SMALL {
        turn = clock.stopped(turns.take(host)).await;
        // Growing by doubling would take up to twice as much.
        bytes.reserve_exact(most - SMALL);
        end = reader.into_inner().take((most - SMALL) as u64).read_to_end(&mut bytes).await;
        bytes.shrink_to_fit();
    }
    let wire = wire.load(Ordering::Relaxed);
    let why = match end {
        Err(fault) if fault.kind() == io::ErrorKind::TimedOut && fault.get_ref().is_none() => Broken::Silent,
        // Answers without a body (204, or simply empty) may still bear a Content-Encoding.
        Err(fault) if wire == 0 && connection_fault(&fault).is_none() => return Ok(Received { bytes, wire, turn }),
        Err(fault) => broken(fault),
        Ok(_) if bytes.len() > limit || wire > limit as u64 => Broken::TooLarge,
        Ok(_) => return Ok(Received { bytes, wire, turn }),
    };
    Err(Cut { why, wire })
}

fn decoder(coding: Coding, inner: Pin<Box<dyn AsyncBufRead + Send>>) -> Pin<Box<dyn AsyncBufRead + Send>> {
    fn buffered(reader: impl AsyncRead + Send + 'static) -> Pin<Box<dyn AsyncBufRead + Send>> {
        Box::pin(BufReader::new(reader))
    }
    match coding {
        Coding::Gzip => {
            let mut gzip = GzipDecoder::new(inner);
            gzip.multiple_members(true);
            buffered(gzip)
        }
        Coding::Brotli => buffered(BrotliDecoder::new(inner)),
        Coding::Zstd => {
            let window = [DParameter::window_log_max(ZSTD_WINDOW_LOG)];
            let mut zstd = ZstdDecoder::with_params(inner, &window);
            zstd.multiple_members(true);
            buffered(zstd)
        }
    }
}

/// The codings applied, in the order they were applied. Names that are no content coding at all (servers put charsets
/// there) are ignored, as browsers do; real ones that kabar did not ask for are an error.
fn codings(headers: &HeaderMap) -> Result<Vec<Coding>, String> {
    let mut found = Vec::new();
    for value in headers.get_all(CONTENT_ENCODING) {
        let value = String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase();
        for name in value.split(',').map(str::trim) {
            match name {
                "gzip" | "x-gzip" => found.push(Coding::Gzip),
                "br" => found.push(Coding::Brotli),
                "zstd" => found.push(Coding::Zstd),
                "deflate" | "compress" | "x-compress" | "dcb" | "dcz" => {
                    return Err(format!("the body is compressed with {name}"));
                }
                _ => {}
            }
        }
    }
    if found.len() > MAX_CODINGS {
        return Err(format!("the body is compressed {} times over", found.len()));
    }
    Ok(found)
}

/// A decoder hands on the connection's errors untouched, wrapped as they came; all others are its own.
fn broken(fault: io::Error) -> Broken {
    if connection_fault(&fault).is_some() {
        return match fault.downcast::<reqwest::Error>() {
            Ok(error) => Broken::Connection(error),
            Err(fault) => Broken::Encoding(fault.to_string()),
        };
    }
    Broken::Encoding(format!("the compressed body is damaged: {fault}"))
}

fn connection_fault(fault: &io::Error) -> Option<&reqwest::Error> {
    fault.get_ref()?.downcast_ref()
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn named(values: &[&'static str]) -> Result<Vec<Coding>, String> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(CONTENT_ENCODING, HeaderValue::from_static(value));
        }
        codings(&headers)
    }

    #[test]
    fn codings_are_read_from_all_header_lines_in_order() {
        assert_eq!(named(&["gzip, br"]), Ok(vec![Coding::Gzip, Coding::Brotli]));
        assert_eq!(named(&["X-GZIP", "zstd"]), Ok(vec![Coding::Gzip, Coding::Zstd]));
    }

    #[test]
    fn what_is_no_coding_is_ignored() {
        assert_eq!(named(&[]), Ok(vec![]));
        assert_eq!(named(&["identity", "", "UTF-8, none"]), Ok(vec![]));
    }

    #[test]
    fn unwanted_and_piled_up_codings_are_errors() {
        assert!(named(&["deflate"]).unwrap_err().contains("deflate"));
        assert!(named(&["gzip, gzip, gzip"]).unwrap_err().contains('3'));
    }
}
