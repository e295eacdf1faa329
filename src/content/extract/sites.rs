//! Rules for single sites, as data: what of their pages is the article, what is not, where it goes on. For what no
//! heuristic can know. They are read from TOML:
//!
//! ```toml
//! site = ["berita.example"]         # its hosts; what lies below them is meant, too
//! keep = ["div.isi"]                # the article is what these hold; without it kabar looks for itself
//! drop = [".baca-juga", "aside"]    # goes, wherever it is
//! next = ["a.halaman-berikut"]      # the link to the article's next page
//! ```
//!
//! The values are CSS selectors.

use std::borrow::Cow;
use std::sync::LazyLock;

use dom_query::{Document, Matcher, Selection};
use serde::Deserialize;
use toml::Spanned;
use url::Url;

use super::super::guard::guarded;
use super::super::sanitise::sanitise;
use super::super::{address, text};
use super::lexicon::weight;

/// Shown length below which what a rule keeps is no article: the site is built anew.
const LEAST: usize = 140;

/// Rules by site. Of two that fit a page the one for the longer host holds, and of those the first.
#[derive(Debug, Clone, Default)]
pub struct Sites {
    rules: Vec<Rule>,
    /// Those behind them, read when the first page is.
    shipped: Option<&'static LazyLock<Vec<Rule>>>,
}

/// What one file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub sites: Vec<String>,
    keep: Vec<String>,
    drop: Vec<String>,
    next: Vec<String>,
}

/// What is wrong with a file, and at which byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleError {
    pub offset: usize,
    pub problem: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    site: Vec<Spanned<String>>,
    #[serde(default)]
    keep: Vec<Spanned<String>>,
    #[serde(default)]
    drop: Vec<Spanned<String>>,
    #[serde(default)]
    next: Vec<Spanned<String>>,
}

impl Rule {
    /// Reads a file; a selector that cannot be one is a mistake in it.
    pub fn parse(file: &str) -> Result<Self, RuleError> {
        let raw: Raw = toml::from_str(file).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            RuleError { offset, problem: error.message().lines().collect::<Vec<_>>().join(" ") }
        })?;
        let wrong = |offset, problem: &str| Err(RuleError { offset, problem: problem.to_owned() });
        if raw.site.is_empty() {
            return wrong(0, "`site` names no host");
        }
        if raw.keep.is_empty() && raw.drop.is_empty() && raw.next.is_empty() {
            return wrong(0, "neither `keep` nor `drop` nor `next` says anything");
        }
        if let Some(site) = raw.site.iter().find(|site| !is_host(site.get_ref())) {
            let problem = format!("`{}` is no host; write berita.example", site.get_ref());
            return wrong(site.span().start, &problem);
        }
        let mut selectors = raw.keep.iter().chain(&raw.drop).chain(&raw.next);
        if let Some(selector) = selectors.find(|selector| Matcher::new(selector.get_ref()).is_err()) {
            let problem = format!("`{}` is no CSS selector", selector.get_ref());
            return wrong(selector.span().start, &problem);
        }
        let plain = |values: Vec<Spanned<String>>| values.into_iter().map(Spanned::into_inner).collect();
        Ok(Self { sites: plain(raw.site), keep: plain(raw.keep), drop: plain(raw.drop), next: plain(raw.next) })
    }

    /// How much of a page's host the rule names, in bytes; none where it is another site's.
    fn fits(&self, host: &str) -> Option<usize> {
        let is_part = |site: &&String| {
            let rest = host.strip_suffix(site.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        self.sites.iter().filter(is_part).map(String::len).max()
    }
}

fn is_host(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && label.chars().all(|c| (c.is_alphanumeric() && !c.is_uppercase()) || c == '-')
    };
    text.split('.').all(is_label)
}

/// What a rule makes of a page.
#[derive(Debug, Default)]
pub(super) struct Applied {
    /// The page without what is dropped.
    pub page: Option<String>,
    /// Safe HTML of what is kept.
    pub article: Option<String>,
    pub next: Option<String>,
}

impl PartialEq for Sites {
    fn eq(&self, other: &Self) -> bool {
        self.all().eq(other.all())
    }
}

impl Sites {
    /// The earlier rules win over the later ones.
    #[must_use]
    pub fn new(rules: Vec<Rule>) -> Self {
        Self { rules, shipped: None }
    }

    /// With more rules behind these, which are read when the first page is.
    #[must_use]
    pub fn before(self, shipped: &'static LazyLock<Vec<Rule>>) -> Self {
        Self { shipped: Some(shipped), ..self }
    }

    fn all(&self) -> impl DoubleEndedIterator<Item = &Rule> {
        self.rules.iter().chain(self.shipped.into_iter().flat_map(|shipped| shipped.iter()))
    }

    fn rule(&self, url: &Url) -> Option<&Rule> {
        let host = url.host_str()?.trim_end_matches('.');
        let fitting = self.all().rev().filter_map(|rule| Some((rule.fits(host)?, rule)));
        fitting.max_by_key(|(length, _)| *length).map(|(_, rule)| rule)
    }

    /// Applies the rule for a tamed page, if there is one.
    pub(super) fn apply(&self, page: &str, url: &Url) -> Applied {
        let Some(rule) = self.rule(url) else { return Applied::default() };
        guarded(|| applied(rule, page, url)).unwrap_or_default()
    }
}

fn applied(rule: &Rule, page: &str, url: &Url) -> Applied {
    let document = Document::from(page);
    let select = |selectors: &[String]| {
        let matcher = Matcher::new(&selectors.join(", ")).ok().filter(|_| !selectors.is_empty())?;
        Some(document.select_matcher(&matcher))
    };
    // Before anything is dropped: pages are turned beside the article.
    let next = select(&rule.next).and_then(|links| {
        let href = links.iter().find_map(|link| link.attr("href"))?;
        address::resource(&href, url).map(Cow::into_owned).filter(|next| next != url.as_str())
    });
    if let Some(clutter) = select(&rule.drop) {
        clutter.remove();
    }
    let mut kept = String::new();
    for part in select(&rule.keep).iter().flat_map(Selection::iter) {
        // What stands within another part is there already.
        let is_inner = part.ancestors(None).iter().any(|outer| rule.keep.iter().any(|keep| outer.is(keep)));
        if !is_inner {
            kept.push_str(&part.html());
        }
    }
    let article = sanitise(&kept, url).into_owned();
    let is_article = weight(&text::plain(&article)) >= LEAST;
    Applied { page: Some(document.html().to_string()), article: Some(article).filter(|_| is_article), next }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(file: &str) -> Rule {
        Rule::parse(file).unwrap()
    }

    #[test]
    fn a_mistake_is_told_with_its_place() {
        for (file, place, problem) in [
            ("site = [\"a.id\"]\nkeeep = [\"p\"]", "keeep", "unknown field `keeep`"),
            ("site = [\"a.id\"]\nkeep = [\"p\", \"div[\"]", "\"div[\"", "`div[` is no CSS selector"),
            ("site = [\"https://a.id/\"]\nkeep = [\"p\"]", "\"https", "`https://a.id/` is no host"),
            ("site = [\"A.id\"]\nkeep = [\"p\"]", "\"A.id", "`A.id` is no host"),
            ("site = []\nkeep = [\"p\"]", "", "`site` names no host"),
            ("site = [\"a.id\"]", "", "neither `keep` nor"),
            ("site = \"a.id\"\nkeep = [\"p\"]", "\"a.id", "invalid type"),
        ] {
            let error = Rule::parse(file).unwrap_err();
            assert!(error.problem.starts_with(problem), "{file}: {error:?}");
            assert!(file.get(error.offset..).unwrap().starts_with(place), "{file}: {error:?}");
        }
    }

    #[test]
    fn the_rule_for_the_nearest_host_holds_and_of_two_the_first() {
        let sites = Sites::new(vec![
            rule("site = [\"berita.id\"]\ndrop = [\"b\"]"),
            rule("site = [\"id.berita.id\", \"lain.id\"]\ndrop = [\"i\"]"),
            rule("site = [\"berita.id\"]\ndrop = [\"u\"]"),
        ]);
        let dropped = |url: &str| sites.rule(&Url::parse(url).unwrap()).map(|rule| rule.drop[0].as_str());
        assert_eq!(dropped("https://www.berita.id/x"), Some("b"));
        assert_eq!(dropped("https://id.berita.id./x"), Some("i"));
        assert_eq!(dropped("https://lain.id/x"), Some("i"));
        assert_eq!((dropped("https://xberita.id/"), dropped("file:///berita.id")), (None, None));
    }

    #[test]
    fn parts_are_kept_in_their_order_once_and_the_next_page_is_found() {
        let text = "Pemerintah kota menata ulang pasar ikan di pelabuhan lama, sehingga para nelayan dapat menjual \
                    tangkapan mereka langsung kepada warga setiap pagi, kata wali kota.";
        let page = format!(
            "<div class=isi><p>{text}</p><div class=isi><p>Dalam.</p></div><p class=promo>Unduh aplikasi</p></div>\
             <nav><a class=lanjut href='?hal=2'>2</a></nav><div class=isi><p>Akhir.</p></div><p>Di luar.</p>"
        );
        let rule = rule("site = [\"a.id\"]\nkeep = [\".isi\"]\ndrop = [\".promo\", \"nav\"]\nnext = [\".lanjut\"]");
        let applied = applied(&rule, &page, &Url::parse("https://a.id/x").unwrap());
        let article = applied.article.unwrap();
        assert_eq!(text::plain(&article).lines().collect::<Vec<_>>(), [text, "Dalam.", "Akhir."]);
        assert_eq!(applied.next.as_deref(), Some("https://a.id/x?hal=2"));
        assert!(!applied.page.unwrap().contains("Unduh"));
    }

    #[test]
    fn a_rule_that_finds_no_article_leaves_it_to_the_heuristics() {
        let rule = rule("site = [\"a.id\"]\nkeep = [\".isi\"]");
        let found = applied(&rule, "<p>Teks</p><p class=isi>Sisa.</p>", &Url::parse("https://a.id/").unwrap());
        assert!(found.article.is_none() && found.next.is_none());
    }
}
