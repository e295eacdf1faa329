//! Which way a text is written.

/// A letter of a script that is written from right to left.
#[must_use]
pub fn is_rtl_letter(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Whether the text begins in a script that is written from right to left.
#[must_use]
pub fn begins_rtl(text: &str) -> bool {
    text.chars().find(|c| c.is_alphabetic()).is_some_and(is_rtl_letter)
}

/// Whether most of the text's letters, as far as it is looked at, are written from right to left.
#[must_use]
pub fn is_rtl(text: &str) -> bool {
    const LETTERS: usize = 1000;
    let (mut all, mut rtl) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| c.is_alphabetic()).take(LETTERS) {
        all += 1;
        rtl += usize::from(is_rtl_letter(c));
    }
    rtl * 2 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_written_as_most_of_its_letters_are() {
        assert!(is_rtl("قال الرئيس (Trump) إن المحادثات ستستمر"));
        assert!(!is_rtl("Kata السلام berarti damai, dan dipakai sebagai salam."));
        assert!(begins_rtl("«السلام» berarti damai") && !is_rtl(""));
    }
}
