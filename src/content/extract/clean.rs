//! Takes the clutter out of safe HTML, block by block: furniture, links to other articles, credits, bylines, pleas,
//! what is printed twice, and the tail. Serves pages and feeds alike. A sentence of the article is never worth a rule:
//! each one applies to short lines, and none to words that the article itself is about.

use super::super::guard::guarded;
use super::lexicon::{LEXICON, begins, ends_a_sentence, is_unspaced, weight};
use super::line::{Line, SEE_ALSO, is_credit, is_more, is_see_also};
use super::rules::Rules;
use super::signed;
use super::tree::{Inside, Tree};

/// References of one paragraph.
const REFERENCES: usize = 20;
/// Shown length of a caption that is a paragraph.
const CAPTION: usize = 200;
/// Shown length of a credit below a picture.
const CREDIT: usize = 60;
/// Colons of one text that a reference is looked for at.
const COLONS: usize = 4;

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
    tree.drop_links(is_mark);
    drop_references(&mut tree);
    drop_credits(&mut tree);
    if !about.is_feed {
        drop_teasers(&mut tree);
        signed::drop_signatures(&mut tree, about.authors);
    }
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

/// `A bridge is closed... Read the full story`: a line that leads to another article. Where a sentence ends before the
/// link, only the link goes.
fn drop_teasers(tree: &mut Tree) {
    for block in tree.blocks().into_iter().filter(|block| matches!(block.inside, Inside::Body | Inside::List)) {
        let Some((link, words)) = tree.last_link(&block).filter(|(_, words)| is_more(words, false)) else { continue };
        let before = block.text.strip_suffix(words.as_str()).unwrap_or_default().trim_end();
        let is_cut = before.ends_with(['…', ':']) || before.ends_with("...") || !ends_a_sentence(before);
        if is_cut && weight(before) <= SEE_ALSO {
            tree.drop(&block);
        } else if !is_cut {
            tree.drop_node(link);
        }
    }
}

/// `The tower before the quake. Photograph: AFP`: of a caption the credit goes, and the caption stays.
fn drop_credits(tree: &mut Tree) {
    let blocks = tree.blocks();
    // Many captions are paragraphs behind a picture.
    let is_below = |at: usize| {
        at.checked_sub(1).and_then(|at| blocks.get(at)).is_some_and(|block| block.has_image && block.text.is_empty())
    };
    let captions = blocks
        .iter()
        .enumerate()
        .filter(|(at, block)| block.inside == Inside::Figure || is_below(*at) && weight(&block.text) <= CAPTION);
    for block in captions.map(|(_, block)| block) {
        let mut ends = tree.ends(block).into_iter().map(Line::new);
        if let Some(credit) = ends.find(|end| is_credit(end) && end.weight <= CREDIT) {
            tree.drop(&credit.block);
        }
        tree.cut_behind(block, credit_at);
    }
}

/// Where the credit begins in a caption.
fn credit_at(text: &str) -> Option<usize> {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    let is_start = |c: char| matches!(c, '.' | '!' | '?' | '।' | '。' | '|' | '/' | ')' | '）' | '"' | '”');
    lower.match_indices(is_start).map(|(at, mark)| at + mark.len()).find(|at| {
        let rest = lower.get(*at..).unwrap_or_default().trim_start();
        weight(rest) <= CREDIT
            && LEXICON.credit.iter().any(|start| {
                start.ends_with(|c| matches!(c, ':' | ' ' | '：') || is_unspaced(c)) && begins(rest, start)
            })
    })
}

/// `↩`, `¶`: the words of a link from a note back to its place, or from a heading to itself.
fn is_mark(words: &str) -> bool {
    let is_mark = |c: char| matches!(c, '↩' | '↑' | '⤴' | '¶' | '#' | '§' | '^' | '🔗' | '\u{fe0e}' | '\u{fe0f}');
    !words.is_empty() && words.chars().all(is_mark)
}

/// `… he said. **Read also: A title**` within a paragraph: the reference goes, the sentences stay.
fn drop_references(tree: &mut Tree) {
    for block in tree.blocks().into_iter().filter(|block| block.name != "pre") {
        if block.linked > 0 {
            let is_reference = |part: &Line| part.linked() > 0.3 && is_see_also(part);
            let is_between = |part: &Line| {
                let (before, after) = tree.around(&block, &part.block);
                let is_start = after.chars().find(|c| c.is_alphanumeric()).is_none_or(|c| !c.is_lowercase());
                (before.is_empty() || before.ends_with([')', ']', ':']) || ends_a_sentence(&before)) && is_start
            };
            let parts = tree.ends(&block).into_iter().chain(tree.inner(&block)).map(Line::new).filter(is_reference);
            let found: Vec<Line> = parts.take(REFERENCES).filter(is_between).collect();
            for part in &found {
                tree.drop(&part.block);
            }
        }
        tree.cut_at(&block, reference_at);
        if block.inside == Inside::List {
            tree.cut_at(&block, return_at);
        }
    }
}

/// Where the mark stands with which a note leads back to its place, where that is no link any more.
fn return_at(text: &str, is_link: bool) -> Option<usize> {
    let note = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '\u{fe0e}' | '\u{fe0f}'));
    note.strip_suffix('↩').filter(|_| !is_link).map(|note| note.trim_end().len())
}

/// Where a reference begins in the text of a paragraph that ends with one: `… he said.Read also: A title`. `is_link`
/// tells that the title is a link behind the text.
fn reference_at(text: &str, is_link: bool) -> Option<usize> {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    let colons = lower.char_indices().rev().filter(|(_, c)| matches!(c, ':' | '：')).take(COLONS);
    for (colon, mark) in colons {
        let (label, rest) = (lower.get(..colon)?.trim_end(), lower.get(colon + mark.len_utf8()..)?.trim());
        let is_title = !rest.is_empty() && weight(rest) <= SEE_ALSO && !ends_a_sentence(rest);
        let is_reference = if is_link { rest.is_empty() } else { is_title };
        if !is_reference {
            continue;
        }
        let before = LEXICON.see_also.iter().find_map(|start| label.strip_suffix(start.trim_end_matches([':', '：'])));
        let before = before.map(|before| before.trim_end_matches([' ', '\u{a0}', '(', '[', '*', '>']));
        if let Some(before) = before.filter(|before| ends_a_sentence(before)) {
            return Some(before.len());
        }
    }
    None
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
    fn links_to_sites_all_over_are_what_the_article_is_about_and_links_within_a_site_are_not() {
        let list = |hosts: &[&str]| -> String {
            let item = |(n, host): (usize, &&str)| {
                format!("<li><a href=\"https://{host}/{n}\">Tautan nomor {n} ke sana</a></li>")
            };
            format!("<ul>{}</ul>", hosts.iter().enumerate().map(item).collect::<String>())
        };
        for hosts in [&["a.id", "b.co.id"][..], &["x.a.com", "b.com", "c.com", "c.com"]] {
            assert_eq!(cleaned(&[LONG, &list(hosts), MORE]).len(), hosts.len() + 2, "{hosts:?}");
        }
        for hosts in [&["a.id", "a.id"][..], &["news.a.com", "finance.a.com"], &["a.co.id", "a.co.id", "b.id"]] {
            assert_eq!(cleaned(&[LONG, &list(hosts), MORE]), [LONG, MORE], "{hosts:?}");
        }
    }

    #[test]
    fn services_that_the_article_is_about_stay_and_offers_to_share_it_go() {
        let services = "<ul><li>Facebook</li><li>TikTok</li></ul>";
        assert_eq!(
            cleaned(&[LONG, services, MORE, "<h2>TikTok</h2>", THIRD]),
            [LONG, "Facebook", "TikTok", MORE, "TikTok", THIRD]
        );
        let links =
            "<ul><li><a href=\"https://a.id/f\">Facebook</a></li><li><a href=\"https://a.id/t\">TikTok</a></li></ul>";
        for shared in [
            vec![services, LONG, MORE],
            vec![LONG, MORE, services],
            vec![LONG, links, MORE],
            vec![LONG, "Facebook", MORE],
        ] {
            assert_eq!(cleaned(&shared), [LONG, MORE], "{shared:?}");
        }
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
    fn a_sentence_that_speaks_of_channels_and_letters_is_no_plea_and_one_that_offers_them_is() {
        for sentence in [
            "\u{201c}All nine drones were shot down,\u{201d} the governor wrote on his WhatsApp channel.",
            "Few economists subscribe to the theory that prices follow wages, she added.",
            "The ministry declined to comment on this matter.",
            "Об этом сообщил губернатор в своем Telegram-канале.",
            "Polisi menemukan saluran WhatsApp yang menjual data pribadi.",
            "Il a levé deux millions pour soutenir les petits producteurs.",
            "اشترك في المسيرة آلاف العمال من المصانع القريبة.",
            "Der Trainer sagte, er sei der erste Spieler aus dem Dorf.",
        ] {
            assert_eq!(cleaned(&[LONG, sentence, MORE]), [LONG, sentence, MORE], "{sentence}");
        }
        for plea in [
            "Get the latest news on our WhatsApp channel.",
            "Subscribe to the Morning Post for more stories like it.",
            "Dapatkan kabar setiap pagi melalui saluran WhatsApp kami.",
            "Все подробности — в нашем Telegram-канале.",
            "<a href=\"https://a.id/x\">Telegram-канал редакции</a> работает круглые сутки.",
        ] {
            assert_eq!(cleaned(&[LONG, plea, MORE]), [LONG, MORE], "{plea}");
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
    fn a_list_of_the_articles_own_headings_goes() {
        let list = "<ul><li>Latar belakang</li><li>Dampak</li></ul>";
        let page = [LONG, list, "<h2>Latar belakang</h2>", MORE, "<h2>Dampak</h2>", THIRD];
        assert_eq!(cleaned(&page), [LONG, "Latar belakang", MORE, "Dampak", THIRD]);
        assert_eq!(cleaned(&[LONG, list, MORE]), [LONG, "Latar belakang", "Dampak", MORE]);
    }

    #[test]
    fn references_go_from_within_a_paragraph_and_sentences_that_hold_their_words_stay() {
        let link = "<a href=\"https://a.id/x\">Kremlin terbuka</a>";
        for (page, left) in [
            (format!("{LONG} <strong>Baca juga: {link}</strong>"), LONG.to_owned()),
            (format!("{LONG} <b>Baca juga:</b> {link} {MORE}"), format!("{LONG} {MORE}")),
            (format!("{LONG}Baca juga: {link}"), LONG.to_owned()),
            (format!("{LONG}Baca juga: Kremlin Tunggu Sikap Resmi Washington"), LONG.to_owned()),
        ] {
            assert_eq!(cleaned(&[&page, THIRD]), [left.as_str(), THIRD], "{page}");
        }
        for page in [
            format!("{LONG} Selengkapnya <a href=\"https://a.id/x\">lihat juga daftarnya</a> di laman itu."),
            "Untuk keterangan lebih jauh, <a href=\"https://a.id/x\">lihat juga laporan itu</a>".to_owned(),
            format!("{LONG} Ia menulis pesan. Baca: jangan pernah kembali ke sini."),
        ] {
            let kept = super::super::super::text::plain(&page);
            assert_eq!(cleaned(&[&page, THIRD]), [kept.as_str(), THIRD], "{page}");
        }
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
