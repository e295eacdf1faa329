//! A picture's bytes to its pixels, within limits. Fetches nothing, draws nothing.

use std::io::Cursor;

use image::{DynamicImage, ImageReader, Limits};

use super::guard;

/// Wider and higher ones are maps and posters, which no terminal shows.
const SIDE: u32 = 12_000;
/// Bytes that decoding may take.
const MEMORY: u64 = 160 << 20;
/// No terminal has more pixels.
const SHOWN: u32 = 2560;

/// The picture, made smaller where no terminal could show all of it. `None` for what is no picture of a known kind, or
/// is beyond the limits.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<DynamicImage> {
    guard::guarded(|| {
        let mut limits = Limits::default();
        limits.max_image_width = Some(SIDE);
        limits.max_image_height = Some(SIDE);
        limits.max_alloc = Some(MEMORY);
        let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
        reader.limits(limits);
        let picture = reader.decode().ok()?;
        let is_large = picture.width() > SHOWN || picture.height() > SHOWN;
        Some(if is_large { picture.thumbnail(SHOWN, SHOWN) } else { picture })
    })
    .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_luma8(width, height).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn pictures_are_decoded_within_limits() {
        let size = |bytes: &[u8]| decode(bytes).map(|picture| (picture.width(), picture.height()));
        assert_eq!(size(&png(40, 20)), Some((40, 20)));
        assert_eq!(size(&png(5120, 100)), Some((2560, 50)));
        assert_eq!(size(&png(12_001, 1)), None);
        assert_eq!(size(&png(12_000, 12_000)), Some((2560, 2560)), "a grey one takes a byte a pixel");
        for bytes in [&b"<html>"[..], b"", &png(40, 20)[..40]] {
            assert_eq!(size(bytes), None);
        }
        // The header claims what the limits forbid.
        let mut bomb = png(40, 20);
        bomb[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
        assert_eq!(size(&bomb), None);
    }
}
