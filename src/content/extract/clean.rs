//! Takes the clutter out of safe HTML, block by block: furniture, links to other articles, credits, bylines, pleas,
//! what is printed twice, and the tail. Serves pages and feeds alike. A sentence of the article is never worth a rule:
//! each one applies to short lines, and none to words that the article itself is about.

use super::super::guard::guarded;
use super::line::{Line, is_more, is_see_also};
use super::rules::Rules;
use super::tree::Tree;

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
    drop_references(&mut tree);
    let (blocks, boxes) = tree.boxed_blocks();
    let lines: Vec<Line> = blocks.into_iter().map(Line::new).collect();
    let verdicts = Rules::new(&lines, &boxes, about).verdicts();
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

/// `… he said. **Read also: A title**` at the end of a paragraph: the reference goes, the sentence stays.
fn drop_references(tree: &mut Tree) {
    for block in tree.blocks().into_iter().filter(|block| block.linked > 0) {
        let is_reference = |end: &Line| end.linked() > 0.3 && is_see_also(end);
        let end = tree.ends(&block).into_iter().map(Line::new).find(is_reference);
        if let Some(end) = end {
            tree.drop(&end.block);
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
