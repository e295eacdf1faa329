//! Pictures of articles, fetched because somebody asked for them or has named their feed in the settings. The latest are
//! kept in memory, so that going back to one asks for nothing.

use std::sync::{Arc, PoisonError};

use url::Url;

use super::pages::PageError;
use super::{Engine, EngineError};
use crate::content::picture;
use crate::model::entry::{Entry, EntryId};
use crate::model::feed::{FeedId, Validators};
use crate::net::{self, Body, Outcome};

/// Bytes that a picture may have.
const LARGEST: usize = 8 << 20;
/// Bytes of the pictures that are kept.
const KEPT: usize = 24 << 20;
/// Pictures of an article that are fetched ahead.
const AHEAD: usize = 4;

/// A picture as it came, for the feed whose article shows it: another may not be allowed to reach its address.
#[derive(Debug)]
pub(super) struct Kept {
    feed: FeedId,
    url: Url,
    bytes: Arc<[u8]>,
}

impl Engine {
    /// The pixels of the picture at `url`, which is one of the article's.
    pub async fn picture(&self, from: &Entry, url: &str) -> Result<image::DynamicImage, PageError> {
        let bytes = self.picture_bytes(from, url).await?;
        let decoded = tokio::task::spawn_blocking(move || picture::decode(&bytes)).await;
        decoded.ok().flatten().ok_or(PageError::NoPicture)
    }

    /// Fetches the first pictures of an article, one after the other, so that they are there when they are asked for.
    pub async fn fetch_pictures(&self, id: EntryId) -> Result<(), EngineError> {
        let Some(entry) = self.entry(id).await?.map(Arc::new) else { return Ok(()) };
        let article = self.set(Arc::clone(&entry), 80, String::new()).await;
        for image in article.images.iter().take(AHEAD) {
            if let Err(error) = self.picture_bytes(&entry, &image.url).await {
                tracing::info!(entry = id.0, %error, "no picture");
            }
        }
        Ok(())
    }

    async fn picture_bytes(&self, from: &Entry, url: &str) -> Result<Arc<[u8]>, PageError> {
        let url =
            Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https")).ok_or(PageError::NoAddress)?;
        let pass = self.inner.gate.enter(&net::host(&url)).await;
        // It may have come while its host's turn was waited for.
        if let Some(bytes) = self.kept_picture(from.headline.feed, &url) {
            return Ok(bytes);
        }
        let asked = self.ask(&pass, self.link_reach(from, &url), &url, &Validators::default()).await;
        let bytes = match asked.map_err(|_store| PageError::Failed)?.map_err(|_held| PageError::Held)? {
            Outcome::Body(Body { bytes, .. }) => bytes,
            Outcome::Failed(failure) => return Err(PageError::Fetch(failure.error.detail)),
            Outcome::NotModified(_) => return Err(PageError::Failed),
        };
        if bytes.len() > LARGEST {
            return Err(PageError::TooLarge);
        }
        let bytes: Arc<[u8]> = bytes.into();
        self.keep_picture(Kept { feed: from.headline.feed, url, bytes: Arc::clone(&bytes) });
        Ok(bytes)
    }

    fn kept_picture(&self, feed: FeedId, url: &Url) -> Option<Arc<[u8]>> {
        let pictures = self.inner.pictures.lock().unwrap_or_else(PoisonError::into_inner);
        pictures.iter().find(|kept| kept.feed == feed && kept.url == *url).map(|kept| Arc::clone(&kept.bytes))
    }

    fn keep_picture(&self, picture: Kept) {
        let mut pictures = self.inner.pictures.lock().unwrap_or_else(PoisonError::into_inner);
        pictures.push_front(picture);
        let mut bytes = 0;
        pictures.retain(|kept| {
            bytes += kept.bytes.len();
            bytes <= KEPT
        });
    }
}
