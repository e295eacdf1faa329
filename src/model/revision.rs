//! The versions of an article: what makes one, how the older ones are kept, what has changed between two.

use serde::{Deserialize, Serialize};
use similar::{Algorithm, ChangeTag, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

/// Beyond so many pairs of pieces two texts are compared more coarsely: the work grows with both lengths.
const PAIRS: usize = 16_000_000;

/// One published version of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub title: String,
    /// Safe HTML.
    pub html: String,
    /// When kabar first saw it.
    pub seen: jiff::Timestamp,
}

/// A run of words that two versions share, or that only one has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    pub kind: Kind,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Same,
    Removed,
    Added,
}

/// Whether two versions of sanitised HTML read the same: they differ at most in markup, in the addresses of links and
/// pictures, in how characters are written, in white space.
#[must_use]
pub fn reads_the_same(a: &str, b: &str) -> bool {
    a == b || letters(a) == letters(b)
}

/// What is read, without the spaces. The sanitiser leaves these references alone: it writes all others as characters.
fn letters(html: &str) -> String {
    let mut letters = String::with_capacity(html.len());
    let mut quote = None;
    let mut is_tag = false;
    for c in html.chars() {
        match (is_tag, quote) {
            (false, _) if c == '<' => is_tag = true,
            (false, _) => letters.extend(Some(c).filter(|c| !c.is_whitespace() && !is_unseen(*c))),
            (true, None) if c == '>' => is_tag = false,
            (true, None) if matches!(c, '"' | '\'') => quote = Some(c),
            (true, Some(open)) if c == open => quote = None,
            (true, _) => {}
        }
    }
    let letters = letters.replace("&nbsp;", "").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    letters.replace("&#39;", "'").replace("&amp;", "&")
}

/// Soft hyphens, joiners of lines, marks of the byte order.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// A step back to the older text: a stretch of the newer one (start and length in bytes), or text of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
enum Step {
    Keep(usize, usize),
    Put(String),
}

/// What leads from the newer text back to the older one.
pub fn delta(newer: &str, older: &str) -> serde_json::Result<String> {
    let (new, old) = (sentences(newer), sentences(older));
    let mut starts: Vec<usize> = vec![0];
    starts.extend(new.iter().scan(0, |at, piece| {
        *at += piece.len();
        Some(*at)
    }));
    let kept = |from: usize, len: usize| Step::Keep(starts[from], starts[from + len] - starts[from]);
    let mut steps = Vec::new();
    for op in changes(&new, &old) {
        match op {
            DiffOp::Equal { old_index, len, .. } => steps.push(kept(old_index, len)),
            DiffOp::Delete { .. } => {}
            DiffOp::Insert { new_index, new_len, .. } | DiffOp::Replace { new_index, new_len, .. } => {
                steps.push(Step::Put(old[new_index..new_index + new_len].concat()));
            }
        }
    }
    serde_json::to_string(&steps)
}

/// The older text again; `None` where the delta is not one of this text.
#[must_use]
pub fn undo(newer: &str, delta: &str) -> Option<String> {
    let steps: Vec<Step> = serde_json::from_str(delta).ok()?;
    let mut older = String::with_capacity(newer.len());
    for step in &steps {
        match step {
            Step::Keep(start, len) => older.push_str(newer.get(*start..start.checked_add(*len)?)?),
            Step::Put(text) => older.push_str(text),
        }
    }
    Some(older)
}

/// Tags, and the sentences between them.
fn sentences(html: &str) -> Vec<&str> {
    html.split_inclusive(['>', '.', '。', '\n']).collect()
}

/// The edits from `a` to `b`; where both are too long, all of one for all of the other, but for what they begin and end with.
fn changes(a: &[&str], b: &[&str]) -> Vec<DiffOp> {
    let head = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (mid_a, mid_b) = (a.len() - head - tail, b.len() - head - tail);
    if mid_a.saturating_mul(mid_b) <= PAIRS {
        return capture_diff_slices(Algorithm::Myers, a, b);
    }
    vec![
        DiffOp::Equal { old_index: 0, new_index: 0, len: head },
        DiffOp::Replace { old_index: head, old_len: mid_a, new_index: head, new_len: mid_b },
        DiffOp::Equal { old_index: head + mid_a, new_index: head + mid_b, len: tail },
    ]
}

/// What has changed between two plain texts, word by word; scripts that set no spaces go by their characters.
#[must_use]
pub fn compare(older: &str, newer: &str) -> Vec<Piece> {
    let (old, new) = (words(older), words(newer));
    let mut pieces: Vec<Piece> = Vec::new();
    for op in changes(&old, &new) {
        for (tag, run) in op.iter_slices(&old, &new) {
            let kind = match tag {
                ChangeTag::Equal => Kind::Same,
                ChangeTag::Delete => Kind::Removed,
                ChangeTag::Insert => Kind::Added,
            };
            if !run.is_empty() {
                pieces.push(Piece { kind, text: run.concat() });
            }
        }
    }
    legible(&pieces)
}

/// Lines of a comparison as paragraphs of HTML, each run of words in what `mark` makes of it.
#[must_use]
pub fn paragraphs(pieces: &[Piece], mark: impl Fn(Kind, &str) -> String) -> String {
    let mut lines = vec![String::new()];
    for piece in pieces {
        for (n, part) in piece.text.split('\n').enumerate() {
            if n > 0 {
                lines.push(String::new());
            }
            if let Some(line) = lines.last_mut().filter(|_| !part.is_empty()) {
                line.push_str(&mark(piece.kind, &escaped(part)));
            }
        }
    }
    lines.iter().filter(|line| !line.is_empty()).map(|line| format!("<p>{line}</p>\n")).collect()
}

/// Text as HTML.
#[must_use]
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn words(text: &str) -> Vec<&str> {
    text.split_word_bounds().collect()
}

/// Changes with nothing but spaces and signs between them are one: first all that went, then all that came.
fn legible(pieces: &[Piece]) -> Vec<Piece> {
    let mut shown: Vec<Piece> = Vec::new();
    let (mut removed, mut added) = (String::new(), String::new());
    for (n, piece) in pieces.iter().enumerate() {
        let is_between = n > 0
            && n + 1 < pieces.len()
            && !piece.text.contains(['\n'])
            && !piece.text.contains(char::is_alphanumeric);
        match piece.kind {
            Kind::Removed => removed.push_str(&piece.text),
            Kind::Added => added.push_str(&piece.text),
            Kind::Same if is_between && !removed.is_empty() && !added.is_empty() => {
                removed.push_str(&piece.text);
                added.push_str(&piece.text);
            }
            Kind::Same => {
                flush(&mut shown, &mut removed, &mut added);
                shown.push(piece.clone());
            }
        }
    }
    flush(&mut shown, &mut removed, &mut added);
    shown
}

fn flush(shown: &mut Vec<Piece>, removed: &mut String, added: &mut String) {
    for (kind, text) in [(Kind::Removed, removed), (Kind::Added, added)] {
        if !text.is_empty() {
            shown.push(Piece { kind, text: std::mem::take(text) });
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked(older: &str, newer: &str) -> String {
        let sign = |piece: &Piece| match piece.kind {
            Kind::Same => piece.text.clone(),
            Kind::Removed => format!("[-{}-]", piece.text),
            Kind::Added => format!("{{+{}+}}", piece.text),
        };
        compare(older, newer).iter().map(sign).collect()
    }

    #[test]
    fn a_word_diff_marks_words_in_every_script() {
        assert_eq!(
            marked("Presiden tiba Senin pagi.", "Presiden tiba Selasa pagi."),
            "Presiden tiba [-Senin-]{+Selasa+} pagi."
        );
        assert_eq!(marked("首相は東京で会見した。", "首相は大阪で会見した。"), "首相は[-東京-]{+大阪+}で会見した。");
        assert_eq!(marked("总统周一抵达北京", "总统周二抵达北京"), "总统周[-一-]{+二+}抵达北京");
        assert_eq!(marked("ราคา 10 บาท", "ราคา 12 บาท"), "ราคา [-10-]{+12+} บาท");
        assert_eq!(marked("وصل الرئيس الاثنين", "وصل الرئيس الثلاثاء"), "وصل الرئيس [-الاثنين-]{+الثلاثاء+}");
    }

    #[test]
    fn changed_words_beside_each_other_are_one_change() {
        assert_eq!(marked("a satu dua b", "a tiga empat b"), "a [-satu dua-]{+tiga empat+} b");
    }

    #[test]
    fn markup_addresses_references_and_spaces_make_no_version() {
        let old = r#"<p>Harga "naik" &amp; turun <a href="https://a.id/1">di sini</a>.</p>"#;
        let new = "<div>Harga &quot;naik&quot; &amp;\n turun <a href=\"https://a.id/1?utm_source=x>\"><b>di</b> sini</a>.</div>";
        assert!(reads_the_same(old, new));
        assert!(!reads_the_same("<p>12 orang</p>", "<p>13 orang</p>"));
        assert!(!reads_the_same("<p>a &lt; b</p>", "<p>a &gt; b</p>"));
    }

    #[test]
    fn a_change_over_several_lines_is_marked_on_each() {
        let pieces = compare("satu\n<a>", "satu dua\ntiga");
        let html = paragraphs(&pieces, |kind, text| format!("{kind:?}({text})"));
        assert_eq!(html.matches("<p>").count(), html.matches("</p>").count());
        assert!(!html.contains("<a>") && html.contains("&lt;a&gt;") && !html.contains('\r'), "{html}");
        assert_eq!(paragraphs(&compare("", "a\nb"), |_, text| format!("+{text}")), "<p>+a</p>\n<p>+b</p>\n");
    }

    #[test]
    fn a_delta_of_one_changed_sentence_is_small() {
        let paragraph: String = (0..200).map(|n| format!("<p>Kalimat ke-{n} dari berita ini.</p>")).collect();
        let newer = paragraph.replace("ke-77 ", "ke-77 yang baru ");
        let delta = delta(&newer, &paragraph).unwrap();
        assert!(delta.len() < 120, "{delta}");
        assert_eq!(undo(&newer, &delta).as_deref(), Some(paragraph.as_str()));
    }

    #[test]
    fn texts_too_long_to_compare_come_back_all_the_same() {
        let text = |word: &str| (0..20_000).map(|n| format!("{word}{n}.")).collect::<String>();
        let (older, newer) = (text("lama"), text("baru"));
        assert_eq!(undo(&newer, &delta(&newer, &older).unwrap()), Some(older.clone()));
        // All of one for all of the other, and the stop that both end with.
        assert_eq!(compare(&older, &newer).len(), 3);
    }

    #[test]
    fn a_delta_of_another_text_brings_nothing_back() {
        assert_eq!(undo("pendek", "[[3,100]]"), None);
        assert_eq!(undo("日本", "[[1,2]]"), None);
        assert_eq!(undo("", "rusak"), None);
    }

    proptest! {
        #[test]
        fn every_version_comes_back_whole(older in "(<p>|日。|a|é|\\. |\n){0,40}", newer in "(<p>|日。|a|é|\\. |\n){0,40}") {
            prop_assert_eq!(undo(&newer, &delta(&newer, &older).unwrap()), Some(older));
        }

        #[test]
        fn a_comparison_holds_all_of_both(older in "[a-c 日ก\n]{0,40}", newer in "[a-c 日ก\n]{0,40}") {
            let pieces = compare(&older, &newer);
            let of = |without: Kind| pieces.iter().filter(|p| p.kind != without).map(|p| p.text.as_str()).collect::<String>();
            prop_assert_eq!((of(Kind::Added), of(Kind::Removed)), (older, newer));
        }
    }
}
