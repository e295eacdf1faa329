//! The lead that a page sets below its title, outside the text: it is the article's first sentence, and extractors miss it.

use super::super::{entity, text};
use super::lexicon::weight;

/// Shown lengths of a lead.
const SHORTEST: usize = 40;
const LONGEST: usize = 600;

/// `html` with the lead before it, unless the text has it already.
pub(super) fn with_lead(html: String, deck: Option<&str>) -> String {
    let Some(deck) = deck.map(str::trim) else { return html };
    let is_sentence = deck.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟', '”', '"', '»']);
    let is_fit = is_sentence && (SHORTEST..=LONGEST).contains(&weight(deck));
    if !is_fit || html.is_empty() || letters(&text::plain(&html)).contains(&letters(deck)) {
        return html;
    }
    let mut whole = String::from("<p>");
    entity::escape_into(&mut whole, deck);
    whole.push_str("</p>");
    whole + &html
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAD: &str = "Sungai itu mencapai titik terendah dalam sejarah, dan perahu tidak lagi dapat lewat.";

    #[test]
    fn a_lead_outside_the_text_is_put_before_it() {
        assert_eq!(with_lead("<p>Isi.</p>".to_owned(), Some(LEAD)), format!("<p>{LEAD}</p><p>Isi.</p>"));
    }

    #[test]
    fn a_lead_that_is_there_and_a_label_are_not() {
        let html = format!("<p>{LEAD} Isi.</p>");
        assert_eq!(with_lead(html.clone(), Some(LEAD)), html);
        assert_eq!(with_lead(html.clone(), Some("Berita utama")), html);
        assert_eq!(with_lead(html.clone(), None), html);
    }
}
