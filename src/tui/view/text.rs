//! Text by the columns it takes: cut at graphemes, wrapped at words, never at a byte.

use std::ops::Range;

use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns that the text takes when it is drawn grapheme by grapheme, as a terminal does. The width of a whole string
/// may be less: it counts an Arabic lam-alef as the one letter that it is printed as on paper.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(UnicodeWidthStr::width).sum() }
}

/// So many bytes, for people.
#[must_use]
pub fn bytes(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        _ => format!("{} MB", bytes.div_ceil(1_000_000)),
    }
}

/// At most `columns` of the text; what is cut ends in `mark`.
#[must_use]
pub fn fit(text: &str, columns: usize, mark: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(mark.width());
    let mut cut = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        used += grapheme.width();
        if used > room {
            break;
        }
        cut.push_str(grapheme);
    }
    if columns >= mark.width() {
        cut.truncate(cut.trim_end().len());
        cut.push_str(mark);
    }
    cut
}

/// The end of a path in at most `columns`: as many whole folders before its last name as there is room for. A last name
/// that is longer is cut in its midst, so that its ending is seen.
#[must_use]
pub fn fit_path(path: &str, columns: usize, mark: &str) -> String {
    if width(path) <= columns {
        return path.to_owned();
    }
    let starts = path.match_indices(['/', '\\']).map(|(at, _)| path.split_at(at).1);
    if let Some(end) = starts.filter(|end| end.len() > 1).find(|end| mark.width() + width(end) <= columns) {
        return format!("{mark}{end}");
    }
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    if width(name) <= columns {
        return name.to_owned();
    }
    // The ending, and a little before it.
    let mut end = String::new();
    for grapheme in name.graphemes(true).rev().take_while({
        let mut used = 0;
        move |grapheme| {
            used += grapheme.width();
            used <= columns / 3
        }
    }) {
        end.insert_str(0, grapheme);
    }
    format!("{}{end}", fit(name, columns.saturating_sub(width(&end)), mark))
}

/// At most `columns` of the text, around the first of these places, in bytes; and where in it they are. What is cut off
/// leaves a `mark`, on either side.
#[must_use]
pub fn around(text: &str, places: &[Range<usize>], columns: usize, mark: &str) -> (String, Vec<Range<usize>>) {
    if width(text) <= columns {
        return (text.to_owned(), within(places, 0..text.len(), 0));
    }
    let Some(first) = places.iter().find(|place| place.start < place.end && place.end <= text.len()) else {
        return (fit(text, columns, mark), Vec::new());
    };
    let graphemes: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
    let index = |at: usize| graphemes.partition_point(|(start, _)| *start <= at).saturating_sub(1);
    let wide = |from: usize, to: usize| graphemes[from..to].iter().map(|(_, one)| one.width()).sum::<usize>();
    let (start, end, sign) = (index(first.start), index(first.end - 1) + 1, mark.width());
    let lead = if wide(0, end) + sign <= columns {
        0
    } else {
        // A little before it, at the beginning of a word where there is one.
        let spare = columns.saturating_sub(2 * sign + wide(start, end));
        let spare = spare.saturating_sub(wide(end, graphemes.len())).max(spare / 3);
        let mut lead = start;
        while lead > 0 && wide(lead - 1, start) <= spare {
            lead -= 1;
        }
        let before = lead.saturating_sub(1);
        let gap = graphemes[before..start].iter().position(|(_, one)| one.trim().is_empty());
        gap.map_or(lead, |gap| before + gap + 1)
    };
    let opening = if lead > 0 && columns > sign { mark } else { "" };
    let mut room = columns - opening.width();
    let mut closing = "";
    if wide(lead, graphemes.len()) > room && room >= sign {
        (closing, room) = (mark, room - sign);
    }
    let mut last = lead;
    while last < graphemes.len() && wide(lead, last + 1) <= room {
        last += 1;
    }
    let byte = |index: usize| graphemes.get(index).map_or(text.len(), |(at, _)| *at);
    let shown = text.get(byte(lead)..byte(last)).unwrap_or_default();
    let shown = if closing.is_empty() { shown } else { shown.trim_end() };
    let places = within(places, byte(lead)..byte(lead) + shown.len(), opening.len());
    (format!("{opening}{shown}{closing}"), places)
}

/// The parts of these places that lie in a range, counted from its beginning, behind so many bytes.
fn within(places: &[Range<usize>], range: Range<usize>, behind: usize) -> Vec<Range<usize>> {
    let parts = places.iter().map(|place| place.start.max(range.start)..place.end.min(range.end));
    let parts = parts.filter(|part| part.start < part.end);
    parts.map(|part| part.start - range.start + behind..part.end - range.start + behind).collect()
}

/// Where in the lines that a text was wrapped into these places of it are, in bytes of each.
#[must_use]
pub fn places_in(text: &str, lines: &[String], places: &[Range<usize>]) -> Vec<Vec<Range<usize>>> {
    let mut from = 0;
    let of_line = |line: &String| {
        // A line with a sign that had no room is not in the text as it stands.
        let Some(at) = text.get(from..).and_then(|rest| rest.find(line.as_str())) else { return Vec::new() };
        let start = from + at;
        from = start + line.len();
        within(places, start..from, 0)
    };
    lines.iter().map(of_line).collect()
}

/// The text in lines of at most `columns`, broken where its script lets a line end (UAX #14); a word that is longer is
/// broken anywhere.
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2);
    let mut lines = vec![String::new()];
    // Columns of the last line, and those that spaces behind it take.
    let (mut used, mut spaces) = (0, 0);
    let mut from = 0;
    for (end, _) in linebreaks(text) {
        let piece = text.get(from..end).unwrap_or_default();
        from = end;
        let word = piece.trim_end();
        let wide = width(word);
        if used > 0 && used + spaces + wide > columns {
            lines.push(String::new());
            (used, spaces) = (0, 0);
        }
        if used > 0
            && !word.is_empty()
            && let Some(line) = lines.last_mut()
        {
            line.push_str(&" ".repeat(spaces));
            used += spaces;
        }
        // A line neither begins nor ends with spaces.
        let word = if used == 0 { word.trim_start() } else { word };
        for grapheme in word.graphemes(true) {
            // Marks pile up to any width; what no line has room for is not shown.
            let grapheme = if grapheme.width() > columns { "\u{fffd}" } else { grapheme };
            let wide = grapheme.width();
            if used + wide > columns {
                lines.push(String::new());
                used = 0;
            }
            if let Some(line) = lines.last_mut() {
                line.push_str(grapheme);
            }
            used += wide;
        }
        spaces = if word.is_empty() { spaces } else { 0 } + width(piece).saturating_sub(width(piece.trim_end()));
    }
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn of_a_path_the_end_is_shown() {
        let path = "/home/sari/Unduhan/kabar/Putin Siap Jalin Kontak.md";
        assert_eq!(fit_path(path, 60, "…"), path);
        assert_eq!(fit_path(path, 44, "…"), "…/Unduhan/kabar/Putin Siap Jalin Kontak.md");
        assert_eq!(fit_path(path, 28, "…"), "…/Putin Siap Jalin Kontak.md");
        assert_eq!(fit_path(path, 26, "…"), "Putin Siap Jalin Kontak.md");
        assert_eq!(fit_path(path, 20, "…"), "Putin Siap Ja…tak.md");
        assert_eq!(fit_path("/a/会談が東京で開かれた.md", 20, "…"), "会談が東京で開…た.md");
        for columns in 0..60 {
            assert!(width(&fit_path(path, columns, "…")) <= columns, "{columns}");
        }
    }

    #[test]
    fn what_was_sought_is_in_sight_at_every_width_in_every_script() {
        let texts = [
            ("Setelah tiga hari hujan, warga di tepi sungai mengungsi karena banjir besar melanda kota.", "banjir"),
            ("東京都心では朝から雨が降り続き、首相は午後に記者会見を開いて対応を説明した。", "首相"),
            ("سافر الوفد إلى العاصمة صباح اليوم حيث بدأت المحادثات بين الجانبين في القصر", "المحادثات"),
            ("🌧️🌧️🌧️🌧️🌧️🌧️🌧️🌧️ 👩‍👩‍👧‍👦 keluarga dievakuasi 🇮🇩 dari rumah yang terendam air bah", "🇮🇩"),
            ("banjir di awal, dan kata-kata yang banyak sekali sesudahnya sampai ke ujung", "banjir"),
            ("panjang sekali kata-kata yang ada di depannya sampai tiba di ujung banjir", "banjir"),
        ];
        for (text, sought) in texts {
            let at = text.find(sought).unwrap();
            let place = at..at + sought.len();
            for columns in 0..130 {
                let (shown, found) = around(text, std::slice::from_ref(&place), columns, "…");
                assert!(width(&shown) <= columns, "{columns}: {shown}");
                let said: String = found.iter().map(|place| shown.get(place.clone()).unwrap()).collect();
                if columns >= width(sought) + 2 {
                    assert_eq!(said, sought, "{columns}: {shown}");
                } else {
                    assert!(sought.starts_with(&said), "{columns}: {shown}");
                }
                if columns > width(text) {
                    assert_eq!(shown, text);
                }
            }
        }
        let shown = |text: &str, at: usize| around(text, std::slice::from_ref(&(at..at + 6)), 30, "…").0;
        assert_eq!(shown(texts[0].0, 63), "…karena banjir besar melanda…");
        assert_eq!(shown(texts[5].0, 67), "…sampai tiba di ujung banjir");
    }

    proptest! {
        #[test]
        fn a_window_around_a_place_keeps_to_its_columns(text in "\\PC{0,40}", places in prop::collection::vec((0_usize..160, 0_usize..20), 0..4), columns in 0_usize..60, mark in "…|\\.\\.|") {
            let places: Vec<Range<usize>> = places.into_iter().map(|(start, length)| start..start + length).collect();
            let (shown, found) = around(&text, &places, columns, &mark);
            prop_assert!(width(&shown) <= columns);
            prop_assert!(found.iter().all(|place| place.start < place.end && place.end <= shown.len()));
        }
    }

    #[test]
    fn a_cut_never_splits_a_grapheme() {
        assert_eq!(fit("Putin Siap Jalin Kontak", 12, "…"), "Putin Siap…");
        assert_eq!(fit("👩\u{200d}🚀👩\u{200d}🚀", 3, "…"), "👩\u{200d}🚀…");
        assert_eq!(fit("普京准备恢复接触", 7, "…"), "普京准…");
        assert_eq!(fit("abc", 3, "…"), "abc");
    }

    #[test]
    fn a_lam_alef_takes_two_columns() {
        assert_eq!(width("السلام"), 6);
        assert_eq!(fit("السلام", 6, "…"), "السلام");
    }

    #[test]
    fn lines_break_between_words_and_inside_chinese() {
        assert_eq!(wrap("Putin siap jalin kontak", 11), ["Putin siap", "jalin", "kontak"].map(str::to_owned).to_vec());
        assert_eq!(wrap("普京准备恢复", 6), ["普京准", "备恢复"]);
        assert_eq!(wrap("普京准备。好", 8), ["普京准", "备。好"]);
        assert_eq!(wrap("tombol di bawah.", 15), ["tombol di", "bawah."]);
        assert_eq!((wrap("", 5), wrap("a  b ", 9)), (vec![String::new()], vec!["a  b".to_owned()]));
    }

    #[test]
    fn a_cluster_that_is_wider_than_the_line_is_not_shown() {
        assert_eq!(wrap("꒐\u{c41}", 2), ["\u{fffd}"]);
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_asked(text in "\\PC{0,60}", columns in 2_usize..40) {
            for line in wrap(&text, columns) {
                // One grapheme may be wider than a very narrow column.
                prop_assert!(width(&line) <= columns || line.graphemes(true).count() == 1, "{:?}", line);
            }
            prop_assert!(width(&fit(&text, columns, "…")) <= columns);
        }
    }
}
