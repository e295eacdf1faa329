//! The address of an article's page without what does not tell articles apart: the scheme, `www.` and mobile hosts,
//! tracking, the place on the page. Never a guess: what may name another article (a query's ids) is kept.

use std::borrow::Cow;

use url::Url;
use xxhash_rust::xxh3::xxh3_64;

/// A link in the form in which two addresses of one page are equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    text: String,
    /// It looks like the page of one article: a number, a date, a long slug. Else it may be a section's front page.
    pub is_own: bool,
}

/// Hosts under which a site shows its pages to phones.
const MOBILE: [&str; 4] = ["m", "mobile", "amp", "touch"];

/// Parameters by which publishers and networks follow a click.
const TRACKING: [&str; 37] = [
    "fbclid",
    "gclid",
    "gclsrc",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "ysclid",
    "twclid",
    "ttclid",
    "igshid",
    "igsh",
    "mc_cid",
    "mc_eid",
    "_hsenc",
    "_hsmi",
    "__hstc",
    "__hssc",
    "vero_id",
    "mkt_tok",
    "oly_anon_id",
    "oly_enc_id",
    "wickedid",
    "rb_clickid",
    "s_cid",
    "ocid",
    "ref_src",
    "ref_url",
    "spm",
    "xtor",
    "cmpid",
    "smid",
    "li_fat_id",
    "usqp",
    "amp_js_v",
    "amp_gsa",
];
const TRACKING_FAMILIES: [&str; 12] = [
    "utm_",
    "mtm_",
    "piwik_",
    "hsa_",
    "pk_campaign",
    "pk_kwd",
    "pk_source",
    "pk_medium",
    "at_medium",
    "at_campaign",
    "at_custom",
    "ns_",
];
/// These say where a reader came from, where their value says so.
const ORIGINS: [&str; 8] = ["ref", "source", "src", "from", "partner", "emc", "cid", "mod"];

impl Link {
    /// `None` for what is no web address, and for a site's front page, which is no article's.
    #[must_use]
    pub fn of(url: &str) -> Option<Self> {
        let url = Url::parse(&at_its_site(url)).ok()?;
        Self::parsed(&url, &host(&url)?)
    }

    /// The same page as it would be on another host.
    #[must_use]
    pub fn on(url: &str, host: &str) -> Option<Self> {
        Self::parsed(&Url::parse(url).ok()?, host)
    }

    fn parsed(url: &Url, host: &str) -> Option<Self> {
        if !matches!(url.scheme(), "http" | "https") {
            return None;
        }
        let path = path(url);
        let query = query(url);
        // Pages that live behind `#!` and `#/` are pages of their own.
        let route = url.fragment().filter(|fragment| fragment.starts_with(['!', '/'])).unwrap_or_default();
        if path.is_empty() && query.is_empty() && route.is_empty() {
            return None;
        }
        let is_own = !query.is_empty() || !route.is_empty() || is_own(&path);
        let mut text = String::with_capacity(host.len() + path.len() + query.len() + route.len() + 2);
        for part in [host, &path, "?", &query, "#", route] {
            text.push_str(part);
        }
        Some(Self { text, is_own })
    }

    #[must_use]
    pub fn hash(&self) -> i64 {
        xxh3_64(self.text.as_bytes()) as i64
    }
}

/// The address without the parameters by which publishers and networks follow a click, and without a cache that stands
/// before the site; everything else as it was.
#[must_use]
pub fn without_tracking(url: &str) -> Cow<'_, str> {
    match at_its_site(url) {
        Cow::Borrowed(url) => untracked(url),
        Cow::Owned(url) => Cow::Owned(untracked(&url).into_owned()),
    }
}

/// The address of a page on its own site, where `url` is that of its copy in a cache for AMP
/// (`a-id.cdn.ampproject.org/c/s/a.id/amp/1`, `www.google.com/amp/s/a.id/amp/1`). The `s` stands for https.
fn at_its_site(url: &str) -> Cow<'_, str> {
    let rest = || {
        let (host, path) = url.strip_prefix("https://")?.split_once('/')?;
        let kinds: &[&str] = match host {
            host if host.ends_with(".cdn.ampproject.org") || host == "cdn.ampproject.org" => &["c/", "v/", "wp/"],
            host if host.starts_with("www.google.") => &["amp/"],
            _ => return None,
        };
        let page = kinds.iter().find_map(|kind| path.strip_prefix(kind))?;
        let (scheme, page) = page.strip_prefix("s/").map_or(("http", page), |page| ("https", page));
        let name = page.split(['/', '?', '#']).next().unwrap_or_default();
        let is_host = name.contains('.') && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
        is_host.then(|| format!("{scheme}://{page}"))
    };
    rest().map_or(Cow::Borrowed(url), Cow::Owned)
}

fn untracked(url: &str) -> Cow<'_, str> {
    if !(url.starts_with("http://") || url.starts_with("https://")) {
        return Cow::Borrowed(url);
    }
    let (address, fragment) = url.split_once('#').map_or((url, None), |(address, fragment)| (address, Some(fragment)));
    let Some((page, query)) = address.split_once('?') else { return Cow::Borrowed(url) };
    let is_kept = |part: &&str| is_amp(part) || !is_tracking(part);
    if query.split('&').all(|part| is_kept(&part)) {
        return Cow::Borrowed(url);
    }
    let kept: Vec<&str> = query.split('&').filter(is_kept).filter(|part| !part.is_empty()).collect();
    let mut clean = page.to_owned();
    if !kept.is_empty() {
        clean.push('?');
        clean.push_str(&kept.join("&"));
    }
    if let Some(fragment) = fragment {
        clean.push('#');
        clean.push_str(fragment);
    }
    Cow::Owned(clean)
}

/// Asks for a page's form for phones, which is no tracking.
fn is_amp(part: &str) -> bool {
    let name = part.split_once('=').map_or(part, |(name, _)| name);
    name.eq_ignore_ascii_case("amp") || name.eq_ignore_ascii_case("outputtype")
}

/// The host that pages of a site are told apart by: without `www.` and its mobile forms.
#[must_use]
pub fn host(url: &Url) -> Option<String> {
    let name = url.host_str()?.trim_end_matches('.');
    let name = if url.domain().is_some() { without_spare_labels(name) } else { Cow::Borrowed(name) };
    match url.port().filter(|port| !matches!(port, 80 | 443)) {
        Some(port) => Some(format!("{name}:{port}")),
        None => Some(name.into_owned()),
    }
}

fn without_spare_labels(name: &str) -> Cow<'_, str> {
    let name = name.strip_prefix("www.").filter(|rest| rest.contains('.')).unwrap_or(name);
    let Some((first, rest)) = name.split_once('.') else { return Cow::Borrowed(name) };
    // Of two labels nothing can be spared.
    if MOBILE.contains(&first) && rest.contains('.') {
        return Cow::Borrowed(rest);
    }
    match rest.split_once('.') {
        Some((second, last)) if MOBILE.contains(&second) && last.contains('.') => Cow::Owned(format!("{first}.{last}")),
        _ => Cow::Borrowed(name),
    }
}

/// Without a slash at the end, and without what asks for the page's AMP form.
fn path(url: &Url) -> Cow<'_, str> {
    let path = url.path().trim_end_matches('/');
    let is_deep = path.matches('/').count() > 1;
    let path = path.strip_suffix("/amp").filter(|_| is_deep).unwrap_or(path);
    match path.strip_suffix(".amp.html") {
        Some(page) => Cow::Owned(format!("{page}.html")),
        None => Cow::Borrowed(path.strip_suffix(".amp").unwrap_or(path)),
    }
}

/// What is left of the query, in the order of its names.
fn query(url: &Url) -> String {
    let Some(query) = url.query() else { return String::new() };
    let mut kept: Vec<&str> = query.split('&').filter(|part| !part.is_empty() && !is_tracking(part)).collect();
    kept.sort_unstable();
    kept.join("&")
}

fn is_tracking(part: &str) -> bool {
    let (name, value) = part.split_once('=').unwrap_or((part, ""));
    let (name, value) = (name.to_ascii_lowercase(), value.to_ascii_lowercase());
    let is_amp = |name: &str| matches!(name, "amp" | "outputtype");
    if is_amp(&name) {
        return matches!(value.as_str(), "" | "1" | "true" | "amp");
    }
    TRACKING.contains(&name.as_str())
        || TRACKING_FAMILIES.iter().any(|family| name.starts_with(family))
        || (ORIGINS.contains(&name.as_str()) && (value.starts_with("rss") || value == "feed"))
}

/// Sections have short names; articles have numbers, dates, slugs or files.
fn is_own(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    let words = last.split(['-', '_']).filter(|word| !word.is_empty()).count();
    path.bytes().any(|b| b.is_ascii_digit()) || words > 2 || last.len() > 24
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        let (a, b) = (Link::of(a), Link::of(b));
        a.is_some() && a == b
    }

    #[test]
    fn the_forms_of_one_address_are_one_link() {
        let plain = "https://contoh.id/berita/2024/putin-siap?id=7";
        for form in [
            "http://contoh.id/berita/2024/putin-siap?id=7",
            "https://WWW.Contoh.id:443/berita/2024/putin-siap/?id=7",
            "https://m.contoh.id/berita/2024/putin-siap?id=7&utm_source=rss&utm_medium=feed",
            "https://amp.contoh.id/berita/2024/putin-siap?id=7#komentar",
            "https://contoh.id/berita/2024/putin-siap/amp/?fbclid=x&id=7",
            "https://contoh.id/berita/2024/putin-siap?source=rss----3&id=7&amp",
            "https://contoh-id.cdn.ampproject.org/c/s/contoh.id/berita/2024/putin-siap/amp?id=7&usqp=mq331",
        ] {
            assert!(same(plain, form), "{form}");
        }
        assert!(same("https://en.wikipedia.org/wiki/COP29_2024", "https://en.m.wikipedia.org/wiki/COP29_2024"));
        assert!(same("https://a.id/x?a=1&b=2", "https://a.id/x?b=2&a=1"));
    }

    #[test]
    fn tracking_goes_and_the_rest_of_an_address_stays_as_it_was() {
        for (url, clean) in [
            ("https://a.id/x?utm_source=rss&id=7&fbclid=y#komentar", "https://a.id/x?id=7#komentar"),
            ("https://a.id/x?utm_source=rss", "https://a.id/x"),
            ("https://a.id/x?b=2&a=1&&", "https://a.id/x?b=2&a=1&&"),
            ("https://a.id/x?amp=1", "https://a.id/x?amp=1"),
            ("https://a.id/x?source=reuters", "https://a.id/x?source=reuters"),
            ("https://a.id/#/x?utm_source=rss", "https://a.id/#/x?utm_source=rss"),
            ("https://a-id.cdn.ampproject.org/c/s/a.id/amp/1?utm_source=x", "https://a.id/amp/1"),
            ("https://a-id.cdn.ampproject.org/v/a.id/1?amp_js_v=0.1&id=7", "http://a.id/1?id=7"),
            ("https://www.google.co.id/amp/s/www.a.id/berita/1/amp", "https://www.a.id/berita/1/amp"),
            ("https://www.google.com/amp/help", "https://www.google.com/amp/help"),
            ("https://www.google.com/search?q=amp/s/a.id", "https://www.google.com/search?q=amp/s/a.id"),
            ("mailto:a@b.id?utm_source=x", "mailto:a@b.id?utm_source=x"),
            ("", ""),
        ] {
            assert_eq!(without_tracking(url), clean);
        }
    }

    #[test]
    fn what_may_be_another_article_is_another_link() {
        for (a, b) in [
            ("https://a.id/?p=1", "https://a.id/?p=2"),
            ("https://a.id/berita?id=1", "https://a.id/berita"),
            ("https://a.id/1", "https://b.id/1"),
            ("https://a.id/1", "https://bola.a.id/1"),
            ("https://a.id/Satu-1", "https://a.id/satu-1"),
            ("https://a.id/x?source=reuters", "https://a.id/x?source=afp"),
            ("https://a.id/x?amp=fender", "https://a.id/x"),
            ("https://a.id/app#/artikel/1", "https://a.id/app#/artikel/2"),
            ("https://m.me/1", "https://me/1"),
            ("https://a.id:8080/1", "https://a.id/1"),
            ("http://10.0.0.1/1", "http://0.0.1/1"),
        ] {
            assert!(!same(a, b), "{a} {b}");
        }
    }

    #[test]
    fn a_front_page_is_no_articles_page() {
        for url in
            ["https://a.id/", "https://a.id", "https://a.id/?utm_source=x", "https://a.id/#top", "mailto:a@b.id", "x"]
        {
            assert_eq!(Link::of(url), None, "{url}");
        }
        let is_own = |url: &str| Link::of(url).is_some_and(|link| link.is_own);
        for url in ["https://a.id/2024/11/x", "https://a.id/?p=1", "https://a.id/putin-siap-jalin", "https://a.id/a/4"]
        {
            assert!(is_own(url), "{url}");
        }
        for url in
            ["https://a.id/cuaca", "https://a.id/cuaca/jawa-barat", "https://a.id/podcast/", "https://a.id/status"]
        {
            assert!(!is_own(url), "{url}");
        }
    }
}
