//! Takes the clutter out of safe HTML, block by block: furniture, links to other articles, credits, bylines, pleas,
//! what is printed twice, and the tail. Serves pages and feeds alike. A sentence of the article is never worth a rule:
//! each one applies to short lines, and none to words that the article itself is about.

use std::collections::{HashMap, HashSet};

use super::super::date;
use super::lexicon::{LEXICON, bare, begins, folded, weight};
use super::tree::{Block, Inside, Tree};

/// Shown length up to which a line can be one of these.
const LABEL: usize = 60;
const CREDIT: usize = 130;
const PLEA: usize = 240;
const SEE_ALSO: usize = 220;
/// Shown length from which a line with few links is prose.
const PROSE: usize = 80;
/// Shown length from which a line that ends like a sentence is one.
const SENTENCE: usize = 25;
/// Shown length from which a line that comes again is a repetition, not a refrain.
const REPEATED: usize = 40;

/// What is known of the article besides its text.
#[derive(Debug, Clone, Copy, Default)]
pub struct About<'a> {
    pub title: Option<&'a str>,
    pub authors: &'a [String],
}

/// Safe HTML without clutter. What `html` consists of altogether is kept when nothing would be left.
#[must_use]
pub fn clean(html: &str, about: About<'_>) -> String {
    let mut tree = Tree::read(html);
    let lines: Vec<Line> = tree.blocks().into_iter().map(Line::new).collect();
    let verdicts = Rules::new(&lines, about).verdicts();
    let is_text_left = lines.iter().zip(&verdicts).any(|(line, is_clutter)| !is_clutter && line.weight > 0);
    if !is_text_left {
        return html.to_owned();
    }
    for (line, is_clutter) in lines.iter().zip(&verdicts) {
        if *is_clutter {
            tree.drop(&line.block);
        }
    }
    tree.html()
}

/// A block with what the rules look at.
struct Line {
    block: Block,
    folded: String,
    weight: usize,
    /// Letters and digits alone.
    letters: String,
}

impl Line {
    fn new(block: Block) -> Self {
        let folded = folded(&block.text);
        let letters = folded.chars().filter(|c| c.is_alphanumeric()).collect();
        Self { weight: weight(&folded), folded, letters, block }
    }

    fn bare(&self) -> &str {
        bare(&self.folded)
    }

    fn linked(&self) -> f64 {
        if self.block.text.is_empty() { 0.0 } else { self.block.linked as f64 / self.block.text.len() as f64 }
    }

    fn is_heading(&self) -> bool {
        matches!(self.block.name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
    }

    fn ends_a_sentence(&self) -> bool {
        let end = self.folded.trim_end_matches(['"', '\'', '”', '’', ')', '»', '」', '』', '）']);
        end.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟', '۔'])
    }

    fn is_prose(&self) -> bool {
        self.weight >= PROSE && self.linked() < 0.5 && !self.is_heading()
    }

    /// Short paragraphs count too: where an article ends must not be decided over their heads.
    fn is_told(&self) -> bool {
        self.is_prose() || (self.weight >= SENTENCE && self.ends_a_sentence() && self.linked() < 0.5)
    }
}

struct Rules<'a> {
    lines: &'a [Line],
    title: String,
    authors: Vec<String>,
    /// Pleas whose words the article itself uses again and again.
    topical: HashSet<&'static str>,
    told: usize,
}

impl<'a> Rules<'a> {
    fn new(lines: &'a [Line], about: About<'_>) -> Self {
        let title = folded(about.title.unwrap_or_default());
        let mut uses: HashMap<&'static str, usize> = HashMap::new();
        for line in lines.iter().filter(|line| line.is_prose()) {
            for plea in LEXICON.plea.iter().filter(|plea| line.folded.contains(plea.as_str())) {
                *uses.entry(plea).or_default() += 1;
            }
        }
        let mut topical: HashSet<&'static str> =
            uses.into_iter().filter(|(_, n)| *n >= 3).map(|(plea, _)| plea).collect();
        topical.extend(LEXICON.plea.iter().map(String::as_str).filter(|plea| title.contains(plea)));
        Self {
            title: letters(&title),
            authors: about.authors.iter().map(|name| folded(name)).collect(),
            topical,
            told: lines.iter().filter(|line| line.is_told()).map(|line| line.weight).sum(),
            lines,
        }
    }

    fn verdicts(&self) -> Vec<bool> {
        let mut clutter: Vec<bool> =
            self.lines.iter().enumerate().map(|(at, line)| self.is_clutter(at, line)).collect();
        self.mark_repeated(&mut clutter);
        self.mark_link_lists(&mut clutter);
        self.mark_tail(&mut clutter);
        self.mark_empty_headings(&mut clutter);
        clutter
    }

    fn is_clutter(&self, at: usize, line: &Line) -> bool {
        if line.weight == 0 || line.block.inside == Inside::Table || line.block.name == "pre" {
            return false;
        }
        is_label(line)
            || is_see_also(line)
            || is_credit(line)
            || self.is_plea(line)
            || is_bare_link(line)
            || (at < 6 && self.is_head_matter(at, line))
            || self.is_signature(at, line)
    }

    fn is_plea(&self, line: &Line) -> bool {
        let holds = |plea: &&String| line.folded.contains(plea.as_str()) && !self.topical.contains(plea.as_str());
        line.weight <= PLEA && !line.is_heading() && LEXICON.plea.iter().any(|plea| holds(&plea))
    }

    /// The title again, the date, the byline: what stands before the first paragraph.
    fn is_head_matter(&self, at: usize, line: &Line) -> bool {
        let is_before_prose = !self.lines.iter().take(at).any(Line::is_prose);
        if !self.title.is_empty() && line.letters == self.title && (is_before_prose || line.is_heading()) {
            return true;
        }
        let is_dateline = line.weight <= 50 && !line.ends_a_sentence() && date::find(&line.block.text).is_some();
        is_before_prose && (is_dateline || is_byline(line))
    }

    /// The author's name alone on its line, wherever it stands; a byline at the end.
    fn is_signature(&self, at: usize, line: &Line) -> bool {
        let name = line.bare();
        if line.weight > LABEL || line.ends_a_sentence() {
            return false;
        }
        let is_last = at + 3 >= self.lines.len();
        let is_named = self.authors.iter().any(|author| author == name) && !line.is_heading();
        is_named || LEXICON.desks.iter().any(|desk| desk == name) || (is_last && is_byline(line))
    }

    /// A teaser that begins a later paragraph, and what is printed again.
    fn mark_repeated(&self, clutter: &mut [bool]) {
        let mut seen: HashSet<&str> = HashSet::new();
        for (at, line) in self.lines.iter().enumerate() {
            if line.weight < REPEATED || line.block.inside == Inside::Table || clutter.get(at) == Some(&true) {
                continue;
            }
            let is_teaser = at < 5
                && self.lines.iter().skip(at + 1).take(12).any(|later| {
                    later.letters.len() > line.letters.len() && later.letters.starts_with(line.letters.as_str())
                });
            if (is_teaser || !seen.insert(&line.letters))
                && let Some(is_clutter) = clutter.get_mut(at)
            {
                *is_clutter = true;
            }
        }
    }

    /// Lists of nothing but links, unless a sentence leads into them.
    fn mark_link_lists(&self, clutter: &mut [bool]) {
        let mut at = 0;
        while at < self.lines.len() {
            let run =
                self.lines.iter().skip(at).take_while(|line| line.block.inside == Inside::List && line.linked() > 0.8);
            let length = run.count();
            let is_led_in = at.checked_sub(1).and_then(|before| self.lines.get(before)).is_some_and(|line| {
                line.block.inside == Inside::List || (line.folded.ends_with([':', '：']) && line.weight > 30)
            });
            let is_list_over = self.lines.get(at + length).is_none_or(|line| line.block.inside != Inside::List);
            if length >= 2 && !is_led_in && is_list_over {
                clutter.iter_mut().skip(at).take(length).for_each(|is_clutter| *is_clutter = true);
            }
            at += length.max(1);
        }
    }

    /// From a tail's heading on. Where much prose follows, the article goes on behind it, and only the links near the
    /// heading go.
    fn mark_tail(&self, clutter: &mut [bool]) {
        let mut before = 0;
        for (at, line) in self.lines.iter().enumerate() {
            if line.is_told() {
                before += line.weight;
            }
            if before * 10 < self.told * 3 || !is_tail(line) {
                continue;
            }
            let rest = self.lines.get(at + 1..).unwrap_or_default();
            let after: usize = rest.iter().filter(|line| line.is_told()).map(|line| line.weight).sum();
            let is_end = after * 100 <= self.told * 15;
            for (n, follower) in std::iter::once(line).chain(rest).enumerate() {
                if !is_end && n > 0 && (follower.is_told() || follower.is_heading()) {
                    break;
                }
                if let Some(is_clutter) = clutter.get_mut(at + n) {
                    *is_clutter = true;
                }
            }
            if is_end {
                return;
            }
        }
    }

    /// Headings under which nothing is left, at the end.
    fn mark_empty_headings(&self, clutter: &mut [bool]) {
        for (at, line) in self.lines.iter().enumerate().rev() {
            let Some(is_clutter) = clutter.get_mut(at) else { continue };
            if *is_clutter || (line.weight == 0 && line.block.has_image) {
                continue;
            }
            if !line.is_heading() {
                return;
            }
            *is_clutter = true;
        }
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn is_label(line: &Line) -> bool {
    line.weight <= LABEL && (LEXICON.labels.contains(line.bare()) || line.letters.is_empty() && line.weight <= 3)
}

fn is_see_also(line: &Line) -> bool {
    if line.weight > SEE_ALSO || line.is_heading() {
        return false;
    }
    let text =
        line.folded.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '【' | '▶' | '▼' | '→' | '>'));
    LEXICON.see_also.iter().any(|start| {
        let Some(rest) = text.strip_prefix(start.as_str()).filter(|_| begins(text, start)) else { return false };
        let is_marked =
            start.ends_with([':', '】', '：']) || rest.trim_start().starts_with([':', '：', '|', '»', '>', '-', '–']);
        is_marked || line.linked() > 0.3 || line.weight <= LABEL && !line.ends_a_sentence()
    })
}

fn is_credit(line: &Line) -> bool {
    if line.weight > CREDIT || line.is_heading() {
        return false;
    }
    let sentences = line.folded.matches(['.', '!', '?', '。']).count();
    LEXICON.credit.iter().any(|start| begins(&line.folded, start) || begins(line.bare(), start)) && sentences <= 2
}

/// A whole line that is one link: it leads away from the article.
fn is_bare_link(line: &Line) -> bool {
    line.block.inside == Inside::Body
        && !line.is_heading()
        && line.linked() > 0.95
        && line.weight >= 12
        && line.weight <= SEE_ALSO
        && !line.block.text.starts_with("http")
}

fn is_tail(line: &Line) -> bool {
    let text = line.bare();
    if line.weight > LABEL || line.ends_a_sentence() || line.block.inside == Inside::Table {
        return false;
    }
    LEXICON.tail.iter().any(|start| {
        let rest = text.strip_prefix(start.as_str()).filter(|_| begins(text, start));
        rest.is_some_and(|rest| {
            let rest = rest.trim_start();
            rest.is_empty() || rest.starts_with([':', '：', '(', '#', '/']) || line.is_heading() || line.linked() > 0.3
        })
    })
}

/// `Oleh: Sari Dewi`, `Redaksi`, `By Jane Doe | Reporter`.
fn is_byline(line: &Line) -> bool {
    if line.weight > LABEL + 20 || line.ends_a_sentence() || line.is_heading() {
        return false;
    }
    let text = line.bare().trim_start_matches(['(', '（', '[', '【']);
    let is_labelled = LEXICON.by.iter().any(|label| {
        let rest = text.strip_prefix(label.as_str()).filter(|_| begins(text, label));
        rest.is_some_and(|rest| {
            let rest = rest.trim_start();
            rest.starts_with([':', '：', '/', '|'])
                || (rest.split(' ').count() <= 5 && label.is_ascii() && !rest.is_empty())
        })
    });
    is_labelled || LEXICON.desks.iter().any(|desk| desk == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "Presiden mengatakan bahwa pembicaraan itu akan dilanjutkan pekan depan di ibu kota, dan semua pihak diundang untuk hadir.";
    const MORE: &str = "Menurut para pengamat, langkah ini dapat mengubah arah hubungan kedua negara yang selama ini dikenal dingin dan penuh curiga.";

    const THIRD: &str = "Kementerian luar negeri belum memberi keterangan, tetapi seorang pejabat menyebut bahwa tanggal pertemuan sudah disepakati.";
    const FOURTH: &str = "Pertemuan terakhir antara keduanya berlangsung enam tahun lalu, dan berakhir tanpa pernyataan bersama maupun jumpa pers.";

    fn cleaned(lines: &[&str]) -> Vec<String> {
        let html: String = lines
            .iter()
            .map(|line| if line.starts_with('<') { (*line).to_owned() } else { format!("<p>{line}</p>") })
            .collect();
        let about = About { title: Some("Putin Siap Jalin Kontak"), authors: &["Sari Dewi".to_owned()] };
        super::super::super::text::plain(&clean(&html, about)).lines().map(str::to_owned).collect()
    }

    #[test]
    fn the_clutter_that_kabar_was_conceived_against_goes() {
        let lead = LONG.split_at(60).0;
        let page = [
            "<h1>Putin Siap Jalin Kontak</h1>",
            "Redaksi",
            "Jumat, 8 November 2024 12:41 WIB",
            lead,
            LONG,
            "Gambar Istimewa : antaranews.com",
            "<p>Baca juga: <a href=\"https://a.id/x\">Kremlin terbuka</a></p>",
            MORE,
            "Jika keberatan atau harus diedit baik artikel maupun foto Silahkan Laporkan! Terima Kasih",
            "Ikuti kami :",
            "Tags",
            "<ul><li><a href=\"https://a.id/t\">Rusia</a></li></ul>",
            "Related Post",
            "Harga beras naik lagi",
        ];
        assert_eq!(cleaned(&page), [LONG, MORE]);
    }

    #[test]
    fn sentences_that_hold_clutter_words_stay() {
        for sentence in [
            "Foto-foto itu dibagikan kepada wartawan seusai pertemuan tertutup, dan memperlihatkan kedua pemimpin berjabat tangan. Keduanya tersenyum. Tidak ada yang berbicara.",
            "Tags on the fence told the story of the neighbourhood.",
            "By noon the square was full.",
            "Baca juga keras-keras, kata guru itu kepada murid-muridnya di depan kelas.",
            "Comments like these are rare.",
        ] {
            assert_eq!(cleaned(&[LONG, sentence, MORE]), [LONG, sentence, MORE], "{sentence}");
        }
    }

    #[test]
    fn words_that_the_article_is_about_are_no_plea() {
        let about = "The browser now refuses third-party cookies by default, and sites that live on cookies must find another way to know their readers.";
        let other = "Regulators have asked for years that cookies be set only with consent, which most people give without reading a word of it.";
        let third = "For readers little changes, since the cookies that keep them signed in are set by the site itself and go on working as before.";
        let short = "Nobody likes cookies more than advertisers.";
        assert!(cleaned(&[about, other, third, short]).contains(&short.to_owned()));
    }

    #[test]
    fn an_article_that_goes_on_behind_a_tail_is_kept() {
        let kept =
            cleaned(&[LONG, MORE, "Tags", "<ul><li><a href=\"https://a.id/t\">Rusia</a></li></ul>", THIRD, FOURTH]);
        assert_eq!(kept, [LONG, MORE, THIRD, FOURTH]);
    }

    #[test]
    fn a_list_of_links_stays_where_a_sentence_leads_to_it() {
        let list = "<ul><li><a href=\"https://a.id/1\">Panduan pertama</a></li><li><a href=\"https://a.id/2\">Panduan kedua</a></li></ul>";
        assert_eq!(cleaned(&[LONG, "Daftar lengkapnya dapat diunduh di sini:", list]).len(), 4);
        assert_eq!(cleaned(&[LONG, MORE, list]).len(), 2);
    }

    #[test]
    fn something_is_always_left() {
        assert_eq!(cleaned(&["Foto: Antara"]), ["Foto: Antara"]);
    }
}
