//! The lead that a page sets below its title, outside the text: it is the article's first sentence, and extractors miss it.

use super::super::{entity, text};
use super::lexicon::{ends_a_sentence, weight};

/// Shown lengths of a lead.
const SHORTEST: usize = 40;
const LONGEST: usize = 600;
/// Lines of a page among which its lead is.
const FIRST: usize = 120;

/// `html` with the lead before it, unless the text has it already. `description` is what the page says of itself, `shown`
/// its whole text.
pub(super) fn with_lead(html: String, deck: Option<&str>, description: Option<&str>, shown: &str) -> String {
    let told = description.map(letters);
    // Many leads go without a full stop; what the page says it is about is one.
    let is_told = |line: &str| told.as_ref().is_some_and(|told| told.starts_with(&letters(line)));
    let is_lead = |line: &str| (SHORTEST..=LONGEST).contains(&weight(line)) && (ends_a_sentence(line) || is_told(line));
    let called = deck.map(str::trim).filter(|deck| is_lead(deck));
    // A lead that nothing names is one when the page shows it among its first lines and describes itself so.
    let is_nameless = |line: &&str| is_lead(line) && told.as_ref().is_some_and(|told| *told == letters(line));
    let lead = called.or_else(|| shown.lines().take(FIRST).map(str::trim).find(is_nameless));
    // Before its second half may stand a label that is not the article's.
    let second_half = |lead: &str| {
        let letters = letters(lead);
        let half = letters.chars().count() / 2;
        letters.chars().skip(half).collect::<String>()
    };
    let Some(lead) = lead.filter(|lead| !html.is_empty() && !letters(&text::plain(&html)).contains(&second_half(lead)))
    else {
        return html;
    };
    let mut whole = String::from("<p>");
    entity::escape_into(&mut whole, lead);
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
        assert_eq!(with_lead("<p>Isi.</p>".to_owned(), Some(LEAD), None, ""), format!("<p>{LEAD}</p><p>Isi.</p>"));
    }

    #[test]
    fn a_lead_without_a_full_stop_is_one_where_the_page_describes_itself_so() {
        let deck = "Sungai itu mencapai titik terendah dalam sejarah dan perahu tidak lewat";
        let html = "<p>Isi.</p>".to_owned();
        assert_eq!(with_lead(html.clone(), Some(deck), Some("Hal lain"), ""), html);
        let whole = with_lead(html.clone(), Some(deck), Some(&format!("{deck} lagi.")), "");
        assert_eq!(whole, format!("<p>{deck}</p><p>Isi.</p>"));
        assert_eq!(with_lead(html.clone(), None, Some(deck), &format!("Menu\n{deck}\nIsi.")), whole);
        assert_eq!(with_lead(html.clone(), None, Some(deck), "Isi."), html);
    }

    #[test]
    fn a_lead_that_is_there_behind_another_label_is_not_put_before_it() {
        let html = format!("<p>{LEAD} Isi.</p>");
        assert_eq!(with_lead(html.clone(), Some(&format!("Iklan {LEAD}")), None, ""), html);
    }

    #[test]
    fn a_lead_that_is_there_and_a_label_are_not() {
        let html = format!("<p>{LEAD} Isi.</p>");
        assert_eq!(with_lead(html.clone(), Some(LEAD), None, ""), html);
        assert_eq!(with_lead(html.clone(), Some("Berita utama"), None, ""), html);
        assert_eq!(with_lead(html.clone(), None, None, ""), html);
    }
}
