//! Rules for single sites, as the program applies them: those that come with it, the user's own, and mistakes in these.

use crate::cli_program::Kabar;

const FIRST: &str = "Pemerintah kota menata ulang pasar ikan di pelabuhan lama, sehingga para nelayan dapat menjual tangkapan mereka langsung kepada warga.";
const SECOND: &str = "Menurut wali kota, pekerjaan itu menelan biaya dua belas miliar rupiah dan berlangsung sampai musim gugur tahun depan.";
const ASIDE: &str =
    "Dapatkan potongan harga besar untuk paket wisata akhir pekan di kota ini, hanya sampai hari Minggu malam nanti.";

/// A page built the way a news portal builds its pages, with a promotion that reads like a paragraph of the article.
fn portal(body: &str, promotion: &str) -> String {
    format!(
        "<html><head><title>Pasar ikan</title></head><body><nav><a href=/>Beranda</a></nav><article><h1>Pasar ikan ditata ulang</h1>\
         <div class=\"{body} itp_bodycontent\"><p>{FIRST}</p><div class=\"{promotion}\"><p>{ASIDE}</p></div><p>{SECOND}</p></div></article>\
         <footer>Hak cipta</footer></body></html>"
    )
}

fn text(kabar: &Kabar, page: &str, url: &str) -> String {
    let file = kabar.write("page.html", page);
    kabar.ok(&["extract", file.to_str().unwrap(), "--url", url])
}

#[test]
fn the_rules_that_come_with_kabar_leave_out_what_reads_like_the_article() {
    let kabar = Kabar::new();
    for (url, body, promotion) in [
        ("https://news.detik.com/berita/d-1/pasar", "detail__body-text", "parallaxindetail"),
        ("https://www.cnnindonesia.com/ekonomi/1/pasar", "detail-text", "paradetail"),
        ("https://www.antaranews.com/berita/1/pasar", "post-content", "baca-juga"),
        ("https://nasional.kompas.com/read/1/pasar", "read__content", "inner-link-baca-juga"),
    ] {
        let text = text(&kabar, &portal(body, promotion), url);
        assert!(text.contains("pelabuhan lama") && text.contains("dua belas miliar"), "{url}: {text}");
        assert!(!text.contains("potongan harga") && !text.contains("Hak cipta"), "{url}: {text}");
    }
}

#[test]
fn a_site_that_is_built_anew_is_read_by_the_heuristics() {
    let text = text(&Kabar::new(), &portal("isi-baru", "apa-saja"), "https://news.detik.com/berita/d-1/pasar");
    assert!(text.contains("pelabuhan lama") && text.contains("dua belas miliar"), "{text}");
}

#[test]
fn the_users_own_rule_holds_in_the_place_of_kabars() {
    let kabar = Kabar::new();
    let page = portal("detail__body-text", "parallaxindetail");
    let url = "https://news.detik.com/berita/d-1/pasar";
    kabar.write("config/sites/detik.toml", "site = [\"detik.com\"]\nkeep = [\"div.parallaxindetail\"]\n");
    kabar.ok(&["config", "check"]);
    assert!(text(&kabar, &page, url).contains("potongan harga"), "the user keeps what he likes");
    let other = portal("isi", "iklan-tengah");
    kabar.write(
        "config/sites/lain.toml",
        "site = [\"berita.example\"]\nkeep = [\".isi\"]\ndrop = [\".iklan-tengah\"]\n",
    );
    let text = text(&kabar, &other, "https://www.berita.example/1");
    assert!(text.contains("dua belas miliar") && !text.contains("potongan harga"), "{text}");
}

#[test]
fn a_mistake_in_a_rule_names_file_line_and_column() {
    let kabar = Kabar::new();
    kabar.write("config/sites/salah.toml", "site = [\"berita.example\"]\ndrop = [\n  \".iklan\",\n  \"div[\",\n]\n");
    let said = kabar.fails(&["config", "check"]);
    assert!(said.contains("sites/salah.toml:4:3: `div[` is no CSS selector"), "{said}");
    kabar.write("config/sites/salah.toml", "site = [\"berita.example\"]\nkeeps = [\"p\"]\n");
    let said = kabar.fails(&["config", "check"]);
    assert!(said.contains("sites/salah.toml:2:1: unknown field `keeps`"), "{said}");
}
