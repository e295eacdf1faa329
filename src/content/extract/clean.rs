//! Takes the clutter out of safe HTML, block by block: furniture, links to other articles, credits, bylines, pleas,
//! what is printed twice, and the tail. Serves pages and feeds alike. A sentence of the article is never worth a rule:
//! each one applies to short lines, and none to words that the article itself is about.

use std::collections::{HashMap, HashSet};

use super::super::date;
use super::super::guard::guarded;
use super::lexicon::{LEXICON, folded};
use super::line::{
    LABEL, Line, is_bare_link, is_byline, is_credit, is_footer, is_label, is_more, is_more_folded, is_see_also,
    is_tail, letters,
};
use super::tree::{Inside, Tree};

/// Shown length up to which a line can be a plea.
const PLEA: usize = 240;
/// Shown length from which a line that comes again is a repetition, not a refrain.
const REPEATED: usize = 40;

/// What is known of the article besides its text.
#[derive(Debug, Clone, Copy, Default)]
pub struct About<'a> {
    pub title: Option<&'a str>,
    pub authors: &'a [String],
    /// It is the text of a feed: nothing stood around it, so that links and lists of links are part of it.
    pub is_feed: bool,
}

/// Safe HTML without clutter. What `html` consists of altogether is kept when nothing would be left.
#[must_use]
pub fn clean(html: &str, about: About<'_>) -> String {
    let mut tree = Tree::read(html);
    if about.is_feed {
        drop_links_onward(&mut tree);
    }
    let lines: Vec<Line> = tree.blocks().into_iter().map(Line::new).collect();
    let verdicts = Rules::new(&lines, about).verdicts();
    let is_text_left = lines.iter().zip(&verdicts).any(|(line, is_clutter)| !is_clutter && line.weight > 0);
    if !is_text_left {
        return html.to_owned();
    }
    for (line, is_clutter) in lines.iter().zip(&verdicts) {
        if *is_clutter && about.is_feed {
            tree.drop_words(&line.block);
        } else if *is_clutter {
            tree.drop(&line.block);
        }
    }
    tree.html()
}

/// The text of a feed as it is read: without what its publisher's system puts around it. No sentence of it is lost, and a
/// text that cannot be taken apart stays as it is.
#[must_use]
pub fn clean_feed(html: &str, title: &str, authors: &[String]) -> String {
    // Beyond that it is no article, and taking it apart takes memory.
    const LONGEST: usize = 2 << 20;
    if html.len() > LONGEST {
        return html.to_owned();
    }
    let about = About { title: Some(title), authors, is_feed: true };
    guarded(|| clean(html, about)).unwrap_or_else(|| html.to_owned())
}

/// `… the rest of it. Continue reading →` within the last line of a paragraph: the link goes, the sentence stays.
fn drop_links_onward(tree: &mut Tree) {
    for block in tree.blocks() {
        if let Some((link, words)) = tree.last_link(&block).filter(|(_, words)| is_more(words, true))
            && words.len() < block.text.len()
        {
            tree.drop_node(link);
        }
    }
}

struct Rules<'a> {
    is_feed: bool,
    lines: &'a [Line],
    title: String,
    authors: Vec<String>,
    /// Pleas whose words the article itself uses again and again.
    topical: HashSet<usize>,
    /// The pleas that each line that is short enough for one holds.
    pleas: Vec<Vec<usize>>,
    told: usize,
}

impl<'a> Rules<'a> {
    fn new(lines: &'a [Line], about: About<'_>) -> Self {
        let title = folded(about.title.unwrap_or_default());
        let is_short = |line: &Line| line.weight <= PLEA && !line.is_heading();
        let held = |line: &Line| if is_short(line) { LEXICON.plea.held(&line.folded) } else { Vec::new() };
        let pleas: Vec<Vec<usize>> = lines.iter().map(held).collect();
        let mut topical: HashSet<usize> = HashSet::new();
        if pleas.iter().any(|held| !held.is_empty()) {
            let mut uses: HashMap<usize, usize> = HashMap::new();
            for plea in lines.iter().filter(|line| line.is_prose()).flat_map(|line| LEXICON.plea.held(&line.folded)) {
                *uses.entry(plea).or_default() += 1;
            }
            topical.extend(uses.into_iter().filter(|(_, n)| *n >= 3).map(|(plea, _)| plea));
            topical.extend(LEXICON.plea.held(&title));
        }
        Self {
            is_feed: about.is_feed,
            title: letters(&title),
            authors: about.authors.iter().map(|name| folded(name)).collect(),
            topical,
            pleas,
            told: lines.iter().filter(|line| line.is_told()).map(|line| line.weight).sum(),
            lines,
        }
    }

    fn verdicts(&self) -> Vec<bool> {
        let mut clutter: Vec<bool> =
            self.lines.iter().enumerate().map(|(at, line)| self.is_clutter(at, line)).collect();
        self.mark_repeated(&mut clutter);
        if !self.is_feed {
            self.mark_link_lists(&mut clutter);
        }
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
            || is_footer(line)
            || self.is_plea(at, line)
            || (if self.is_feed { is_more_folded(&line.folded, line.linked() > 0.3) } else { is_bare_link(line) })
            || (at < 6 && self.is_head_matter(at, line))
            || self.is_signature(at, line)
    }

    fn is_plea(&self, at: usize, line: &Line) -> bool {
        // In the midst of a feed's text a sentence may well speak of these things.
        if self.is_feed && at + 4 < self.lines.len() && line.linked() < 0.3 {
            return false;
        }
        self.pleas.get(at).is_some_and(|held| held.iter().any(|plea| !self.topical.contains(plea)))
    }

    /// The title again, the date, the byline: what stands before the first paragraph.
    fn is_head_matter(&self, at: usize, line: &Line) -> bool {
        let is_before_prose = !self.lines.iter().take(at).any(Line::is_prose);
        if !self.title.is_empty() && line.letters == self.title && (is_before_prose || line.is_heading()) {
            return true;
        }
        // `2024年11月21日 09:15 新网新闻 收藏 微博`: what begins with the date may bring along more.
        let most = if line.block.text.starts_with(|c: char| c.is_numeric()) { 110 } else { 50 };
        let is_dateline = line.weight <= most && !line.ends_a_sentence() && date::find(&line.block.text).is_some();
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
            if self.is_feed && !is_end {
                continue;
            }
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
        let about =
            About { title: Some("Putin Siap Jalin Kontak"), authors: &["Sari Dewi".to_owned()], ..About::default() };
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
    fn a_row_of_labels_goes_and_a_sentence_of_their_words_stays() {
        let kept = cleaned(&[
            LONG,
            "Advertisement Scroll untuk membaca",
            "<p><small>Advertisement</small>Scroll untuk membaca</p>",
            "Halaman 2 dari 3",
            "<p><a href=\"https://a.id/f\">Facebook</a> <a href=\"https://a.id/w\">WhatsApp</a></p>",
            "Facebook membeli WhatsApp.",
            MORE,
        ]);
        assert_eq!(kept, [LONG, "Facebook membeli WhatsApp.", MORE]);
    }

    #[test]
    fn something_is_always_left() {
        assert_eq!(cleaned(&["Foto: Antara"]), ["Foto: Antara"]);
    }
}
