//! Sites whose feeds are known by their addresses: from the address of a page to the addresses of its feeds, the most
//! likely first. Nothing is fetched, so each of them may turn out not to be there.

use url::Url;

/// A service by its host, and what its pages' feeds are called.
type Service = (fn(&str) -> bool, fn(&Page<'_>) -> Vec<String>);

const SERVICES: [Service; 13] = [
    (|host| of(host, "youtube.com"), youtube),
    (|host| host == "github.com", github),
    (|host| host == "gitlab.com" || host.starts_with("gitlab."), gitlab),
    (|host| host == "codeberg.org", codeberg),
    (|host| of(host, "reddit.com"), reddit),
    (|host| host == "bsky.app", bluesky),
    (|host| host == "substack.com" || host.ends_with(".substack.com"), substack),
    (|host| of(host, "medium.com"), medium),
    (|host| host.ends_with(".wordpress.com"), wordpress),
    (|host| host.contains(".blogspot."), blogger),
    (|host| host.ends_with(".tumblr.com"), |page| vec![page.at("/rss")]),
    (|host| host == "news.ycombinator.com", |page| vec![page.at("/rss")]),
    (|_| true, fediverse),
];

/// The feeds that the page at this address has, as far as its service says so.
#[must_use]
pub fn of_address(url: &Url) -> Vec<Url> {
    let Some(page) = Page::of(url) else { return Vec::new() };
    let service = SERVICES.iter().find(|(is_its, _)| is_its(&page.host));
    let found = service.map_or_else(Vec::new, |(_, feeds)| feeds(&page));
    found.iter().filter_map(|feed| Url::parse(feed).ok()).filter(|feed| feed != url).collect()
}

/// `@name@host` of the fediverse: the page of that profile.
#[must_use]
pub fn of_handle(text: &str) -> Option<Url> {
    let (name, host) = text.trim().strip_prefix('@')?.split_once('@')?;
    let is_name =
        |text: &str| !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    if !is_name(name) || !is_name(host) || !host.contains('.') {
        return None;
    }
    Url::parse(&format!("https://{host}/@{name}")).ok()
}

fn of(host: &str, domain: &str) -> bool {
    host == domain || host.strip_suffix(domain).is_some_and(|sub| sub.ends_with('.'))
}

/// It is a feed's address already.
fn is_feed(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("rss"))
}

/// A page's address in its parts.
struct Page<'a> {
    url: &'a Url,
    /// Without `www.`.
    host: String,
    /// The parts of the path that are not empty.
    path: Vec<&'a str>,
}

impl<'a> Page<'a> {
    fn of(url: &'a Url) -> Option<Self> {
        let host = url.host_str()?;
        let host = host.strip_prefix("www.").unwrap_or(host).to_owned();
        let path = url.path_segments()?.filter(|part| !part.is_empty()).collect();
        Some(Self { url, host, path })
    }

    /// Another path on the same server.
    fn at(&self, path: &str) -> String {
        self.url.join(path).map(String::from).unwrap_or_default()
    }

    fn query(&self, name: &str) -> Option<String> {
        self.url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }
}

/// Channels, users and playlists; a handle is found on its page, which announces the feed.
fn youtube(page: &Page<'_>) -> Vec<String> {
    let feed = |key: &str, id: &str| vec![format!("https://www.youtube.com/feeds/videos.xml?{key}={id}")];
    match (page.path.as_slice(), page.query("list")) {
        (["playlist" | "watch"], Some(list)) => feed("playlist_id", &list),
        (["channel", id, ..], _) => feed("channel_id", id),
        (["user", name, ..], _) => feed("user", name),
        _ => Vec::new(),
    }
}

fn github(page: &Page<'_>) -> Vec<String> {
    const PAGES: [&str; 11] = [
        "about",
        "features",
        "topics",
        "explore",
        "trending",
        "marketplace",
        "settings",
        "orgs",
        "search",
        "sponsors",
        "login",
    ];
    match page.path.as_slice() {
        [first, ..] if PAGES.contains(first) => Vec::new(),
        [owner] => vec![page.at(&format!("/{owner}.atom"))],
        [owner, repo, kind @ ("releases" | "tags"), ..] => vec![page.at(&format!("/{owner}/{repo}/{kind}.atom"))],
        [owner, repo, "commits" | "tree" | "blob", branch @ ..] if !branch.is_empty() => {
            vec![page.at(&format!("/{owner}/{repo}/commits/{}.atom", branch.join("/")))]
        }
        [owner, repo, "commits"] => vec![page.at(&format!("/{owner}/{repo}/commits.atom"))],
        [owner, repo, ..] => {
            ["releases", "tags", "commits"].map(|kind| page.at(&format!("/{owner}/{repo}/{kind}.atom"))).to_vec()
        }
        [] => Vec::new(),
    }
}

fn gitlab(page: &Page<'_>) -> Vec<String> {
    let (project, rest) = page.url.path().split_once("/-/").unwrap_or((page.url.path(), ""));
    let project = project.trim_end_matches('/');
    if project.matches('/').count() < 2 {
        return Vec::new();
    }
    let releases = format!("{project}/-/releases.atom");
    let tags = format!("{project}/-/tags?format=atom");
    let commits = |branch: &str| format!("{project}/-/commits/{branch}?format=atom");
    let rest: Vec<&str> = rest.split('/').filter(|part| !part.is_empty()).collect();
    let found = match rest.as_slice() {
        ["releases", ..] => vec![releases],
        ["tags", ..] => vec![tags],
        ["commits" | "tree", branch, ..] => vec![commits(branch)],
        _ => vec![releases, tags, commits("HEAD")],
    };
    found.iter().map(|path| page.at(path)).collect()
}

fn codeberg(page: &Page<'_>) -> Vec<String> {
    match page.path.as_slice() {
        [owner] => vec![page.at(&format!("/{owner}.rss"))],
        [owner, repo, kind @ ("releases" | "tags"), ..] => vec![page.at(&format!("/{owner}/{repo}/{kind}.rss"))],
        [owner, repo, ..] => {
            ["releases.rss", "tags.rss", "rss"].map(|kind| page.at(&format!("/{owner}/{repo}/{kind}"))).to_vec()
        }
        [] => Vec::new(),
    }
}

/// Every list of posts has its feed under `.rss`, in the order that was chosen for the page.
fn reddit(page: &Page<'_>) -> Vec<String> {
    let is_list =
        matches!(page.path.first(), None | Some(&("r" | "u" | "user" | "domain" | "new" | "top" | "rising" | "hot")));
    if !is_list || page.path.last().is_some_and(|last| is_feed(last)) {
        return Vec::new();
    }
    let mut feed = page.url.clone();
    feed.set_fragment(None);
    feed.set_path(&format!("{}/.rss", page.url.path().trim_end_matches('/')));
    vec![feed.into()]
}

fn bluesky(page: &Page<'_>) -> Vec<String> {
    match page.path.as_slice() {
        ["profile", name, ..] => vec![page.at(&format!("/profile/{name}/rss"))],
        _ => Vec::new(),
    }
}

fn substack(page: &Page<'_>) -> Vec<String> {
    match (page.host.as_str(), page.path.as_slice()) {
        ("substack.com", [name, ..]) => {
            name.strip_prefix('@').map(|name| format!("https://{name}.substack.com/feed")).into_iter().collect()
        }
        ("substack.com", []) => Vec::new(),
        _ => vec![page.at("/feed")],
    }
}

fn medium(page: &Page<'_>) -> Vec<String> {
    match (page.host.as_str(), page.path.as_slice()) {
        ("medium.com", ["feed" | "m" | "search" | "me", ..] | []) => Vec::new(),
        ("medium.com", ["tag", tag, ..]) => vec![page.at(&format!("/feed/tag/{tag}"))],
        ("medium.com", [name, ..]) => vec![page.at(&format!("/feed/{name}"))],
        _ => vec![page.at("/feed")],
    }
}

/// Below the page of a category, a tag or an author is its own feed.
fn wordpress(page: &Page<'_>) -> Vec<String> {
    let whole = page.at("/feed/");
    match page.path.as_slice() {
        ["category" | "tag" | "author", ..] => vec![page.at(&format!("/{}/feed/", page.path.join("/"))), whole],
        _ => vec![whole],
    }
}

fn blogger(page: &Page<'_>) -> Vec<String> {
    let whole = page.at("/feeds/posts/default");
    match page.path.as_slice() {
        ["search", "label", label, ..] => vec![page.at(&format!("/feeds/posts/default/-/{label}")), whole],
        _ => vec![whole],
    }
}

/// Profiles and hashtags of Mastodon and its kin.
fn fediverse(page: &Page<'_>) -> Vec<String> {
    match page.path.as_slice() {
        [name, ..] if name.starts_with('@') && name.len() > 1 && !is_feed(name) => {
            vec![page.at(&format!("/{name}.rss"))]
        }
        ["users" | "tags", name] if !is_feed(name) => {
            vec![page.at(&format!("/{}/{name}.rss", page.path[0]))]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(url: &str) -> Vec<String> {
        of_address(&Url::parse(url).unwrap()).into_iter().map(String::from).collect()
    }

    #[test]
    fn the_pages_of_a_service_have_their_feeds() {
        for (page, feed) in [
            (
                "https://www.youtube.com/channel/UCabc/videos",
                "https://www.youtube.com/feeds/videos.xml?channel_id=UCabc",
            ),
            ("https://m.youtube.com/playlist?list=PL1", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL1"),
            ("https://www.youtube.com/watch?v=1&list=PL2", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL2"),
            ("https://github.com/ratatui/ratatui/releases/tag/v1", "https://github.com/ratatui/ratatui/releases.atom"),
            ("https://github.com/ratatui/ratatui/commits/main", "https://github.com/ratatui/ratatui/commits/main.atom"),
            ("https://gitlab.com/a/b/c/-/tags", "https://gitlab.com/a/b/c/-/tags?format=atom"),
            ("https://gitlab.gnome.org/GNOME/gtk/-/releases", "https://gitlab.gnome.org/GNOME/gtk/-/releases.atom"),
            ("https://codeberg.org/a/b/tags", "https://codeberg.org/a/b/tags.rss"),
            ("https://old.reddit.com/r/rust/top/?t=week", "https://old.reddit.com/r/rust/top/.rss?t=week"),
            ("https://www.reddit.com/user/x/", "https://www.reddit.com/user/x/.rss"),
            ("https://bsky.app/profile/antara.bsky.social", "https://bsky.app/profile/antara.bsky.social/rss"),
            ("https://koran.substack.com/p/satu", "https://koran.substack.com/feed"),
            ("https://substack.com/@koran", "https://koran.substack.com/feed"),
            ("https://medium.com/@nama/judul-1", "https://medium.com/feed/@nama"),
            ("https://nama.medium.com/", "https://nama.medium.com/feed"),
            ("https://medium.com/tag/rust", "https://medium.com/feed/tag/rust"),
            ("https://koran.wordpress.com/2024/11/satu/", "https://koran.wordpress.com/feed/"),
            ("https://koran.wordpress.com/category/dunia/", "https://koran.wordpress.com/category/dunia/feed/"),
            ("https://koran.blogspot.co.id/2024/11/a.html", "https://koran.blogspot.co.id/feeds/posts/default"),
            ("https://koran.blogspot.com/search/label/Dunia", "https://koran.blogspot.com/feeds/posts/default/-/Dunia"),
            ("https://mastodon.social/@antara", "https://mastodon.social/@antara.rss"),
            ("https://mastodon.social/@antara/1134", "https://mastodon.social/@antara.rss"),
            ("https://mastodon.social/tags/rust", "https://mastodon.social/tags/rust.rss"),
        ] {
            assert_eq!(found(page).first().map(String::as_str), Some(feed), "{page}");
        }
    }

    #[test]
    fn a_repository_offers_releases_tags_and_commits() {
        let feeds = ["releases", "tags", "commits"].map(|kind| format!("https://github.com/a/b/{kind}.atom"));
        assert_eq!(found("https://github.com/a/b"), feeds);
        assert_eq!(found("https://gitlab.com/a/b").len(), 3);
    }

    #[test]
    fn other_pages_have_none() {
        for page in [
            "https://github.com/features/copilot",
            "https://www.youtube.com/watch?v=1",
            "https://www.youtube.com/@nama",
            "https://gitlab.com/explore",
            "https://notyoutube.com/channel/UCabc",
            "https://contoh.id/berita/1",
            "https://mastodon.social/@antara.rss",
            "https://www.reddit.com/r/rust/.rss",
            "https://medium.com/feed/@nama",
            "file:///srv/@nama",
        ] {
            assert_eq!(found(page), [""; 0], "{page}");
        }
    }

    #[test]
    fn a_handle_names_a_profile() {
        assert_eq!(
            of_handle(" @antara@mastodon.social").map(String::from).as_deref(),
            Some("https://mastodon.social/@antara")
        );
        for text in ["@antara", "antara@mastodon.social", "@a@b", "@a/b@c.id", "@@x.id"] {
            assert_eq!(of_handle(text), None, "{text}");
        }
    }
}
