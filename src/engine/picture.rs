//! A picture of an article, fetched because somebody asked for it.

use url::Url;

use super::Engine;
use super::pages::PageError;
use crate::content::picture;
use crate::model::entry::Entry;
use crate::model::feed::Validators;
use crate::net::{self, Body, Outcome};

/// Bytes that a picture may have.
const LARGEST: usize = 8 << 20;

impl Engine {
    /// The pixels of the picture at `url`, which is one of the article's.
    pub async fn picture(&self, from: &Entry, url: &str) -> Result<image::DynamicImage, PageError> {
        let url =
            Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https")).ok_or(PageError::NoAddress)?;
        let _pass = self.inner.gate.enter(&net::host(&url)).await;
        let asked = self.ask(self.link_reach(from, &url), &url, &Validators::default()).await;
        let bytes = match asked.map_err(|_store| PageError::Failed)?.map_err(|_held| PageError::Held)? {
            Outcome::Body(Body { bytes, .. }) => bytes,
            Outcome::Failed(failure) => return Err(PageError::Fetch(failure.error.detail)),
            Outcome::NotModified(_) => return Err(PageError::Failed),
        };
        if bytes.len() > LARGEST {
            return Err(PageError::TooLarge);
        }
        let decoded = tokio::task::spawn_blocking(move || picture::decode(&bytes)).await;
        decoded.ok().flatten().ok_or(PageError::NoPicture)
    }
}
