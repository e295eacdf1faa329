//! Where an article goes on: the same address with the next number. Links to the next *article* look alike, so an address
//! has to be this page's but for its number.

use url::Url;

use super::super::address;
use super::clues::Clues;

/// Pages of one article that are followed.
pub const PAGES: usize = 10;

/// Ways of writing the number of a page in a query.
const KEYS: [&str; 8] = ["page", "p", "pg", "halaman", "hal", "seite", "pagina", "paged"];
/// Values that ask for all pages in one.
const ALL: [&str; 4] = ["all", "semua", "alle", "full"];

/// The next page of the article at `url`; all pages in one where there is such an address.
pub(super) fn next(clues: &Clues, url: &Url) -> Option<String> {
    let here = split(url);
    let marked = clues.links.iter().filter(|(rel, _)| rel.split(' ').any(|rel| rel == "next")).map(|(_, href)| href);
    let turned = clues.pagers.iter().map(|(href, _)| href);
    let mut next = None;
    for href in marked.chain(turned) {
        let Some(found) = address::resource(href, url).and_then(|href| Url::parse(&href).ok()) else { continue };
        if found.host_str() != url.host_str() {
            continue;
        }
        let there = split(&found);
        if there.base != here.base {
            continue;
        }
        if there.page == Page::All && here.page != Page::All {
            return Some(found.into());
        }
        if let (Page::Number(there), Page::Number(here)) = (there.page, here.page)
            && there == here + 1
            && next.is_none()
        {
            next = Some(String::from(found));
        }
    }
    next
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    Number(u32),
    All,
}

/// An address without its page number.
#[derive(Debug, PartialEq, Eq)]
struct Numbered {
    base: String,
    page: Page,
}

fn split(url: &Url) -> Numbered {
    let mut page = Page::Number(1);
    let mut query: Vec<String> = Vec::new();
    for (name, value) in url.query_pairs() {
        let is_page = KEYS.contains(&name.to_ascii_lowercase().as_str());
        let is_all = ALL.contains(&value.to_ascii_lowercase().as_str());
        match (is_page, value.parse()) {
            (true, Ok(number)) if number < 1000 => page = Page::Number(number),
            (true, _) if is_all => page = Page::All,
            _ if matches!(name.as_ref(), "single" | "showpage" | "view") && (value == "1" || is_all) => {
                page = Page::All;
            }
            _ => query.push(format!("{name}={value}")),
        }
    }
    let mut path = url.path().trim_end_matches('/').to_owned();
    if page == Page::Number(1)
        && let Some((base, number)) = in_path(&path)
    {
        path = base;
        page = Page::Number(number);
    }
    Numbered { base: format!("{path}?{}", query.join("&")), page }
}

/// `/judul/2`, `/judul/page/2`, `/judul-2.html`, `/judul/halaman-2`, `/judul_2.html`: numbers from 2 to 99 only, since longer ones
/// name the article.
fn in_path(path: &str) -> Option<(String, u32)> {
    let (stem, suffix) = match path.rsplit_once('.') {
        Some((stem, suffix)) if suffix.len() <= 5 && !suffix.contains('/') => (stem, format!(".{suffix}")),
        _ => (path, String::new()),
    };
    let at = stem.rfind(|c: char| !c.is_ascii_digit())?;
    let (base, digits) = stem.split_at(at + 1);
    let number: u32 = digits.parse().ok().filter(|number| (2..100).contains(number) && digits.len() <= 2)?;
    let base = base.strip_suffix(['/', '-', '_', ','])?;
    let lower = base.to_ascii_lowercase();
    let key = KEYS.iter().find(|key| lower.ends_with(&format!("/{key}")) || lower.ends_with(&format!("-{key}")));
    let base = key.map_or(base, |key| base.split_at(base.len() - key.len() - 1).0);
    Some((format!("{base}{suffix}"), number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next_of(url: &str, hrefs: &[&str]) -> Option<String> {
        let clues = Clues {
            pagers: hrefs.iter().map(|href| ((*href).to_owned(), "x".to_owned())).collect(),
            ..Clues::default()
        };
        next(&clues, &Url::parse(url).unwrap())
    }

    #[test]
    fn an_article_goes_on_under_the_next_number() {
        for (here, href, there) in [
            ("https://a.id/berita/judul", "?page=2", "https://a.id/berita/judul?page=2"),
            ("https://a.id/berita/judul?page=2", "?page=3", "https://a.id/berita/judul?page=3"),
            ("https://a.id/berita/judul/", "/berita/judul/2/", "https://a.id/berita/judul/2/"),
            ("https://a.id/judul.html", "/judul-2.html", "https://a.id/judul-2.html"),
            ("https://a.id/judul", "/judul/halaman/2", "https://a.id/judul/halaman/2"),
            ("https://a.id/judul?page=2", "/judul?page=all", "https://a.id/judul?page=all"),
        ] {
            assert_eq!(next_of(here, &[href]).as_deref(), Some(there), "{here} {href}");
        }
    }

    #[test]
    fn another_article_is_no_next_page() {
        for (here, href) in [
            ("https://a.id/berita/judul", "/berita/lain"),
            ("https://a.id/berita/judul", "https://b.id/berita/judul?page=2"),
            ("https://a.id/2024/11/08/judul", "/2024/11/09/judul"),
            ("https://a.id/baca/1001", "/baca/1002"),
            ("https://a.id/berita/judul?page=2", "?page=1"),
            ("https://a.id/berita/judul?page=2", "?page=9"),
        ] {
            assert_eq!(next_of(here, &[href]), None, "{here} {href}");
        }
    }
}
