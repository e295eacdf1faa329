//! Sites whose feeds are known by their addresses: from the address of a page to the addresses of its feeds, the most
//! likely first. Nothing is fetched, so each of them may turn out not to be there.

use url::Url;

/// A service by its host, and what its pages' feeds are called.
type Service = (fn(&str) -> bool, fn(&Page<'_>) -> Vec<String>);

const SERVICES: [Service; 14] = [
    (|host| of(host, "youtube.com") || host == "youtu.be", youtube),
    (|host| host == "github.com", github),
    (|host| host == "gist.github.com", gist),
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
    (|_| true, elsewhere),
];

/// The feeds that the page at this address has, as far as its service says so. An address that is a feed's own has none
/// beside itself.
#[must_use]
pub fn of_address(url: &Url) -> Vec<Url> {
    let Some(page) = Page::of(url).filter(|page| !page.is_feed()) else { return Vec::new() };
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

/// Where `feed` and `rss` are names of projects, and of whatever is in them.
fn is_forge(host: &str) -> bool {
    matches!(host, "github.com" | "gist.github.com" | "codeberg.org") || host.starts_with("gitlab.")
}

/// The name of a project, also where the address is the one to clone it from.
fn project(name: &str) -> &str {
    name.strip_suffix(".git").unwrap_or(name)
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

    /// By the ending of its name, by the folder that a blog keeps its feeds in, or by what is asked of the page.
    fn is_feed(&self) -> bool {
        let last = self.path.last().copied().unwrap_or_default();
        let ending = last.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        let is_asked = || {
            self.url.query_pairs().any(|(name, value)| match name.as_ref() {
                "feed" => true,
                "format" | "alt" => matches!(value.as_ref(), "rss" | "atom" | "json"),
                _ => false,
            })
        };
        let is_of_a_blog = || {
            let is_folder = |part: &&str| matches!(*part, "feed" | "feeds" | "rss" | "atom");
            !is_forge(&self.host) && (self.path.iter().any(is_folder) || last.ends_with("rss"))
        };
        matches!(ending.as_deref(), Some("rss" | "atom" | "rdf" | "xml")) || is_asked() || is_of_a_blog()
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
        (_, Some(list)) if page.host == "youtu.be" => feed("playlist_id", &list),
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
        [owner, repo, kind @ ("releases" | "tags" | "wiki" | "discussions"), ..] => {
            vec![page.at(&format!("/{owner}/{repo}/{kind}.atom"))]
        }
        [owner, repo, "commits" | "tree" | "blob", branch @ ..] if !branch.is_empty() => {
            vec![page.at(&format!("/{owner}/{repo}/commits/{}.atom", branch.join("/")))]
        }
        [owner, repo, "commits"] => vec![page.at(&format!("/{owner}/{repo}/commits.atom"))],
        [owner, repo, ..] => {
            let repo = project(repo);
            ["releases", "tags", "commits"].map(|kind| page.at(&format!("/{owner}/{repo}/{kind}.atom"))).to_vec()
        }
        [] => Vec::new(),
    }
}

fn gist(page: &Page<'_>) -> Vec<String> {
    match page.path.as_slice() {
        [owner, ..] if *owner != "discover" => vec![page.at(&format!("/{owner}.atom"))],
        _ => Vec::new(),
    }
}

fn gitlab(page: &Page<'_>) -> Vec<String> {
    let (project, rest) = page.url.path().split_once("/-/").unwrap_or((page.url.path(), ""));
    let project = self::project(project.trim_end_matches('/'));
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
            let repo = project(repo);
            ["releases.rss", "tags.rss", "rss"].map(|kind| page.at(&format!("/{owner}/{repo}/{kind}"))).to_vec()
        }
        [] => Vec::new(),
    }
}

/// Every list of posts has its feed under `.rss`, in the order that was chosen for the page.
fn reddit(page: &Page<'_>) -> Vec<String> {
    let is_list =
        matches!(page.path.first(), None | Some(&("r" | "u" | "user" | "domain" | "new" | "top" | "rising" | "hot")));
    if !is_list {
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
        ("open.substack.com", ["pub", name, ..]) => vec![format!("https://{name}.substack.com/feed")],
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

/// Where the host says nothing: GitLab and the fediverse are at many places.
fn elsewhere(page: &Page<'_>) -> Vec<String> {
    if page.url.path().contains("/-/") { gitlab(page) } else { fediverse(page) }
}

/// Profiles and hashtags of Mastodon and its kin.
fn fediverse(page: &Page<'_>) -> Vec<String> {
    let path = match page.path.as_slice() {
        ["web" | "deck", rest @ ..] => rest,
        path => path,
    };
    match path {
        [name, ..] if name.starts_with('@') => {
            let Some((name, host)) = name.split_at(1).1.split_once('@') else {
                return if name.len() > 1 { vec![page.at(&format!("/{name}.rss"))] } else { Vec::new() };
            };
            // Somebody of another server, seen from this one.
            of_handle(&format!("@{name}@{host}")).map(|profile| format!("{profile}.rss")).into_iter().collect()
        }
        [kind @ ("users" | "tags"), name] => vec![page.at(&format!("/{kind}/{name}.rss"))],
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
            ("https://youtu.be/1?list=PL3", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL3"),
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
            ("https://mastodon.social/web/@antara", "https://mastodon.social/@antara.rss"),
            ("https://mastodon.social/@antara@lain.id", "https://lain.id/@antara.rss"),
            ("https://github.com/a/b.git", "https://github.com/a/b/releases.atom"),
            ("https://github.com/a/b/wiki/Halaman", "https://github.com/a/b/wiki.atom"),
            ("https://gist.github.com/nama/123", "https://gist.github.com/nama.atom"),
            ("https://github.com/a/rss", "https://github.com/a/rss/releases.atom"),
            ("https://gitlab.com/a/b.git", "https://gitlab.com/a/b/-/releases.atom"),
            ("https://salsa.debian.org/a/b/-/tags", "https://salsa.debian.org/a/b/-/tags?format=atom"),
            ("https://open.substack.com/pub/koran/p/satu", "https://koran.substack.com/feed"),
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
            "https://github.com/a/b/releases.atom",
            "https://github.com/a/b/commits/main.atom",
            "https://github.com/nama.atom",
            "https://gitlab.com/a/b/-/tags?format=atom",
            "https://gitlab.com/a/b.atom",
            "https://codeberg.org/a/b/releases.rss",
            "https://koran.wordpress.com/category/dunia/feed/",
            "https://koran.wordpress.com/comments/feed/",
            "https://koran.wordpress.com/?feed=comments-rss2",
            "https://koran.blogspot.com/feeds/posts/default/-/Dunia",
            "https://koran.blogspot.com/feeds/posts/summary?alt=rss",
            "https://koran.substack.com/feed/podcast/1.rss",
            "https://nama.tumblr.com/tagged/rust/rss",
            "https://news.ycombinator.com/showrss",
            "https://mastodon.social/@antara/tagged/rust.rss",
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
