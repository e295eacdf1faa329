//! Images of one pixel: they count readers and show nothing. Feeds keep them as they were written; nothing loads them,
//! and two versions of an article that differ only in them are one, since many count under an address of each request.

use memchr::memmem;

/// Whether an image with sides of these lengths, as written, counts its readers.
#[must_use]
pub fn is_beacon<'a>(sides: impl IntoIterator<Item = &'a str>) -> bool {
    sides.into_iter().any(|side| matches!(side.trim().trim_end_matches("px").trim_end(), "0" | "1"))
}

/// Safe HTML in pieces, without its beacons.
pub fn around(html: &str) -> impl Iterator<Item = &str> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut from = 0;
        // Every text of a feed is looked through: `split_once` takes ten times as long.
        while let Some(at) = rest.get(from..).and_then(|tail| memmem::find(tail.as_bytes(), b"<img ")) {
            let start = from + at;
            let image = rest.get(start..).unwrap_or_default();
            // The sanitiser writes no `>` within a tag.
            let (tag, after) = image.split_once('>').unwrap_or((image, ""));
            let sides = [" width=\"", " height=\""];
            let sides = sides.iter().filter_map(|side| Some(tag.split_once(side)?.1.split_once('"')?.0));
            if is_beacon(sides) {
                let piece = rest.get(..start);
                rest = after;
                return piece;
            }
            from = rest.len() - after.len();
        }
        Some(std::mem::take(&mut rest))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_side_of_one_pixel_counts_readers_however_it_is_written() {
        assert!(["0", "1", " 1 ", "1px", "0 px"].iter().all(|side| is_beacon([*side])));
        assert!(["", "10", "100%", "2px", "01"].iter().all(|side| !is_beacon([*side])));
        assert!(is_beacon(["600", "1"]));
    }

    #[test]
    fn what_stands_around_a_beacon_stays() {
        let beacon = "<img src=\"https://a.id/1.gif\" width=\"1\" height=\"1\">";
        let image = "<img src=\"https://a.id/1.jpg\" width=\"100\" height=\"90\">";
        for (html, left) in [
            (String::new(), String::new()),
            ("<p>teks</p>".to_owned(), "<p>teks</p>".to_owned()),
            (beacon.to_owned(), String::new()),
            (format!("{beacon}a{image}b{beacon}{beacon}c"), format!("a{image}bc")),
            (format!("{image}é{beacon}"), format!("{image}é")),
            ("<img src=\"x\" width=\"1\"".to_owned(), String::new()),
        ] {
            assert_eq!(around(&html).collect::<String>(), left, "{html}");
        }
    }
}
