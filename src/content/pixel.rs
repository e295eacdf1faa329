//! Images that count their readers and show nothing, by their addresses; by their sides it is `model::beacon` that tells.

/// Hosts that serve nothing else, as whole labels at the end of a host's name.
const HOSTS: [&str; 16] = [
    "doubleclick.net",
    "google-analytics.com",
    "googletagmanager.com",
    "scorecardresearch.com",
    "quantserve.com",
    "pixel.wp.com",
    "stats.wp.com",
    "stats.wordpress.com",
    "feedsportal.com",
    "counter.theconversation.com",
    "counter.theconversation.edu.au",
    "hits.theguardian.com",
    "piano.io",
    "chartbeat.net",
    "imrworldwide.com",
    "mc.yandex.ru",
];
/// Parts of addresses, behind the host, that only such images have.
const PATHS: [&str; 12] = [
    "/~r/",
    "/~4/",
    "/~ff/",
    "/pixel.gif",
    "/pixel.png",
    "/1x1.",
    "rss-pixel",
    "/tracking/pixel",
    "/_/stat?",
    "/matomo.php",
    "/piwik.php",
    "/b/ss/",
];

/// Whether an image at this address is one.
pub(super) fn is_pixel(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else { return false };
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = host.to_ascii_lowercase();
    let host = host.rsplit_once(':').map_or(host.as_str(), |(name, _)| name);
    let is_of = |known: &str| host == known || host.strip_suffix(known).is_some_and(|rest| rest.ends_with('.'));
    let is_facebook =
        host.ends_with("facebook.com") && (path == "/tr" || path.starts_with("/tr?") || path.starts_with("/tr/"));
    HOSTS.iter().any(|known| is_of(known)) || PATHS.iter().any(|part| path.contains(part)) || is_facebook
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_are_told_from_pictures() {
        for url in [
            "https://feeds.feedburner.com/~r/kabar/~4/abc",
            "https://pixel.wp.com/b.gif?v=noscript",
            "https://ad.doubleclick.net/x",
            "https://www.facebook.com/tr?id=1",
            "https://media.npr.org/include/images/tracking/npr-rss-pixel.png?story=1",
            "https://medium.com/_/stat?event=post",
        ] {
            assert!(is_pixel(url), "{url}");
        }
        for url in [
            "https://contoh.id/foto/pixel-art.jpg",
            "https://notdoubleclick.net/a.png",
            "https://www.facebook.com/trump.jpg",
            "data:image/png;base64,xx",
            "https://contoh.id/1x1",
        ] {
            assert!(!is_pixel(url), "{url}");
        }
    }
}
