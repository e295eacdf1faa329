//! Pages in AMP: the plainer form of another page, which some sites cut so that readers go on to that one.

use url::Url;

use super::super::markup::{Token, Tokens};
use super::super::{entity, text};
use super::line::is_more;

/// Whether the article of a page in AMP ends before its end: it says so, or has a link that leads on to the page whose
/// form it is.
pub(super) fn is_cut(page: &str, article: &str, at: &Url, canonical: &str) -> bool {
    let text = text::plain(article);
    let end = text.trim_end_matches([' ', '\n', '"', '”', '»', ')', ']']);
    if end.ends_with(['…', '⋯']) || end.ends_with("...") {
        return true;
    }
    let leads_on = |href: &str| {
        let bare = |url: Url| (url.host_str().map(str::to_owned), url.path().trim_end_matches('/').to_owned());
        let to = at.join(&entity::decode(href)).ok().map(bare);
        to.is_some() && to == Url::parse(canonical).ok().map(bare)
    };
    let mut words: Option<String> = None;
    for token in Tokens::new(page) {
        match token {
            Token::Start(tag) if tag.name.eq_ignore_ascii_case("a") => {
                words = tag.attribute("href").filter(|href| leads_on(href)).map(|_| String::new());
            }
            Token::Text(said) => {
                if let Some(words) = &mut words {
                    words.push_str(said);
                }
            }
            Token::End(name) if name.eq_ignore_ascii_case("a") => {
                let is_onward = words.take().is_some_and(|words| is_more(&entity::decode(&words), true));
                if is_onward {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(page: &str, article: &str) -> bool {
        is_cut(page, article, &Url::parse("https://a.id/amp/1").unwrap(), "https://a.id/1")
    }

    #[test]
    fn a_form_that_leads_on_to_its_page_is_cut() {
        assert!(cut("<a class=go href='/1?utm_source=amp'>Baca <b>selengkapnya</b></a>", "<p>Isi.</p>"));
        assert!(cut("", "<p>Isi yang terpo…</p>") && cut("", "<p>Isi yang terpo [...]</p>"));
        assert!(!cut("<a href='/1'>Situs lengkap</a><a href='/2'>Baca selengkapnya</a>", "<p>Isi.</p>"));
    }
}
