//! What an article says, however it is set: the same for copies of one text that differ in markup, case, marks,
//! punctuation or white space. Numbers count: a template that is filled in otherwise is another text.

use unicode_normalization::char::is_combining_mark;
use xxhash_rust::xxh3::xxh3_64;

use super::terms::fold::{lower, unmark};
use super::terms::split::is_dense;

/// Texts of fewer words are stubs, which feeds may share without sharing an article.
const WORDS: usize = 30;
/// `&quot;` and `&nbsp;` are the longest references that safe HTML has; all of them are of what is no letter.
const REFERENCE: usize = 6;

/// A hash over the words of a title and of safe HTML; `None` where the text is too short to tell an article by.
#[must_use]
pub fn wording(title: &str, html: &str) -> Option<i64> {
    let mut words = Words { folded: String::with_capacity(title.len() + html.len()), count: 0 };
    words.read(title);
    words.folded.push('\n');
    words.count = 0;
    words.read_html(html);
    (words.count >= WORDS).then(|| xxh3_64(words.folded.as_bytes()) as i64)
}

/// Words in one spelling and without what stands between them, for markup may take a word apart.
struct Words {
    folded: String,
    count: usize,
}

impl Words {
    fn read_html(&mut self, html: &str) {
        let mut rest = html;
        while let Some(end) = rest.find(['<', '&']) {
            let (text, mark) = rest.split_at(end);
            self.read(text);
            rest = if mark.starts_with('<') { after_tag(mark) } else { after_reference(mark) };
        }
        self.read(rest);
    }

    fn read(&mut self, text: &str) {
        text.split(|c| !is_of_word(c)).filter(|word| !word.is_empty()).for_each(|word| self.push(word));
    }

    fn push(&mut self, word: &str) {
        let before = self.folded.len();
        if word.is_ascii() {
            self.part_numbers(word);
            self.folded.extend(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
        } else {
            let word = unmark(&lower(word));
            self.part_numbers(&word);
            self.folded.push_str(&word);
        }
        let is_without_spaces = word.chars().next().is_some_and(is_dense);
        self.count += match self.folded.len() - before {
            0 => 0,
            _ if is_without_spaces => word.chars().count().div_ceil(2),
            _ => 1,
        };
    }

    /// `1,5` is not `15`.
    fn part_numbers(&mut self, word: &str) {
        if self.folded.ends_with(|c: char| c.is_ascii_digit()) && word.starts_with(|c: char| c.is_ascii_digit()) {
            self.folded.push(' ');
        }
    }
}

fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && (c.is_alphanumeric() || is_combining_mark(c)))
}

/// What follows the tag that the text begins with.
fn after_tag(html: &str) -> &str {
    let mut quote = None;
    for (at, c) in html.char_indices() {
        match (quote, c) {
            (None, '>') => return html.split_at(at + 1).1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    ""
}

/// What follows the reference that the text begins with, or the `&` alone.
fn after_reference(html: &str) -> &str {
    let end = html.bytes().take(REFERENCE).position(|byte| byte == b';').unwrap_or(0);
    html.split_at(end + 1).1
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Presiden Rusia Vladimir Putin menyatakan siap melanjutkan kontak dengan Donald Trump, kata juru \
        bicara Kremlin di Moskow, Jumat. Menurut dia, kedua pemimpin dapat berbicara lewat telepon sebelum 20 Januari, \
        saat Trump dilantik untuk masa jabatan yang kedua.";

    #[test]
    fn markup_case_marks_and_punctuation_make_no_other_text() {
        let plain = wording("Putin siap, kata Kremlin", TEXT);
        assert!(plain.is_some());
        let set = TEXT
            .replace("Putin", "<b title=\"a > b\">P</b>utin")
            .replace(", ", "&nbsp;\u{2014} ")
            .replace("Menurut", "<p>\n&quot;Menurút")
            .replace("Moskow", "Mos\u{ad}kow");
        assert_eq!(wording("PUTIN SIAP: kata “Kremlin”", &set), plain);
    }

    #[test]
    fn another_number_word_or_title_makes_another_text() {
        let of = |from: &str, to: &str| wording("Putin siap", &TEXT.replace(from, to));
        assert_ne!(of("20 Januari", "21 Januari"), of("", ""));
        assert_ne!(of("20 Januari", "2,0 Januari"), of("", ""));
        assert_ne!(of("Donald ", ""), of("", ""));
        assert_ne!(wording("Putin belum siap", TEXT), wording("Putin siap", TEXT));
    }

    #[test]
    fn words_do_not_move_between_title_and_text_unseen() {
        assert_ne!(wording("Putin", &format!("siap {TEXT}")), wording("Putin siap", TEXT));
    }

    #[test]
    fn a_stub_tells_no_article() {
        assert_eq!(wording("Putin siap", "Baca selengkapnya di situs kami."), None);
        assert_eq!(wording(TEXT, "Lihat foto."), None);
        assert_eq!(wording("Putin siap", &"<img src=\"https://contoh.id/foto/1.jpg\" alt=\"foto\">".repeat(40)), None);
    }

    #[test]
    fn texts_without_spaces_are_measured_by_their_characters() {
        let text = "俄罗斯总统普京表示准备与特朗普恢复联系克里姆林宫发言人周五在莫斯科说两国领导人可能在就职典礼之前通电话讨论乌克兰局势以及双边关系的未来发展";
        assert!(wording("普京", text).is_some());
        assert_eq!(wording("普京", &text.replace("周五", "，周五，")), wording("普京", text));
        assert_eq!(wording("普京", "点击阅读原文，更多内容请下载我们的客户端。"), None);
    }

    #[test]
    fn half_a_tag_and_a_bare_ampersand_end_nothing() {
        assert_ne!(wording("A", &format!("{TEXT} &")), None);
        assert_eq!(wording("A", &format!("{TEXT} <a href=\"")), wording("A", TEXT));
        assert_ne!(wording("A", &format!("{TEXT} AT&T é")), wording("A", TEXT));
    }
}
