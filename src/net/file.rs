//! `file:` sources: a document on this machine, read like one of the web, with the same limit and the same outcomes.
//! Its validators are made up from the file's time and length, so that an unchanged file is not read again.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;
use std::time::UNIX_EPOCH;

use url::Url;

use super::outcome::{Body, Failure, Outcome, Unchanged};
use crate::model::feed::{FailureKind, Validators};

/// Reads the file that `url` names. Blocks.
pub(super) fn fetch(url: &Url, validators: &Validators, limit: usize) -> Outcome {
    let Ok(path) = url.to_file_path() else {
        let detail = format!("{}: not a path on this machine", url.path());
        return Outcome::Failed(Failure::new(FailureKind::File, &detail));
    };
    read(url, &path, validators, limit).unwrap_or_else(|fault| {
        let (kind, words) = describe(&fault);
        let detail = format!("{}: {words}", path.display());
        Outcome::Failed(Failure::new(kind, &detail))
    })
}

fn read(url: &Url, path: &Path, asked: &Validators, limit: usize) -> io::Result<Outcome> {
    // Looked at before it is opened: opening a named pipe would wait for a writer, perhaps for ever.
    let metadata = path.metadata()?;
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !metadata.is_file() {
        return Err(io::Error::new(io::ErrorKind::Unsupported, "not a file"));
    }
    let validators = validators(&metadata);
    if !validators.is_empty() && validators == *asked {
        return Ok(Outcome::NotModified(Unchanged {
            validators,
            final_url: url.clone(),
            permanent: None,
            hops: 0,
            fresh: None,
        }));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > limit {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(Outcome::Body(Body::local(bytes, url.clone(), validators)))
}

/// None where the file system keeps no modification times.
fn validators(metadata: &Metadata) -> Validators {
    let etag = metadata.modified().ok().map(|time| {
        let nanoseconds = match time.duration_since(UNIX_EPOCH) {
            Ok(since) => since.as_nanos().cast_signed(),
            Err(before) => -before.duration().as_nanos().cast_signed(),
        };
        format!("\"file-{nanoseconds}-{}\"", metadata.len()).into_bytes()
    });
    Validators { etag, last_modified: None }
}

fn describe(fault: &io::Error) -> (FailureKind, String) {
    let words = match fault.kind() {
        io::ErrorKind::NotFound => "no such file",
        io::ErrorKind::PermissionDenied => "permission denied",
        io::ErrorKind::IsADirectory => "is a directory",
        io::ErrorKind::FileTooLarge => return (FailureKind::TooLarge, "too large".to_owned()),
        _ => return (FailureKind::File, fault.to_string()),
    };
    (FailureKind::File, words.to_owned())
}
