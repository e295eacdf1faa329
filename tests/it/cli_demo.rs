//! The sample feeds: through the demo, and through the ordinary commands.

use crate::cli_program::Kabar;

const LIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo/feeds.opml");

#[test]
fn the_demo_lists_every_headline_in_all_its_languages_and_leaves_nothing_behind() {
    let kabar = Kabar::new();
    let temporary = kabar.path("tmp");
    std::fs::create_dir(&temporary).unwrap();
    let output = kabar.command(&["demo", "--headless"]).env("TMPDIR", &temporary).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
    assert_eq!(text.lines().count(), 88);
    for title in [
        "Putin Siap Jalin Kontak Kembali dengan Trump",
        "Putin says he is ready to resume contact with Trump",
        "Путин заявил о готовности возобновить контакты с Трампом",
        "بوتين: مستعدون لاستئناف الاتصالات مع ترامب",
        "プーチン大統領「トランプ氏との接触再開に用意」 米大統領選後初めて言及",
    ] {
        assert!(text.contains(title), "{title}");
    }
    assert_eq!(std::fs::read_dir(&temporary).unwrap().count(), 0);
    assert!(!kabar.path("data/kabar.db").exists(), "the user's own store is left alone");
}

#[test]
fn a_tag_finds_its_articles_in_every_spelling() {
    let kabar = Kabar::new();
    assert_eq!(kabar.ok(&["import", LIST]), "10 feeds added\n");
    let report = kabar.json(&["refresh", "--json"]);
    assert_eq!((&report["fetched"], &report["new_articles"]), (&10.into(), &88.into()));
    let mut titles = kabar.titles(&["--tag", "Rusia-AS"]);
    titles.sort();
    assert_eq!(
        titles,
        [
            "Kremlin: Belum Ada Jadwal Pembicaraan Putin dengan Presiden Terpilih AS",
            "Putin Nyatakan Siap Lanjutkan Kontak dengan Trump, Ini Syaratnya",
            "Putin Siap Jalin Kontak Kembali dengan Trump",
            "Usai Pemilu Amerika, Moskow Buka Pintu Dialog",
        ]
    );
    for spelling in ["rusia-as", "Rusia – AS", "#RUSIA AS"] {
        assert_eq!(kabar.titles(&["--tag", spelling]).len(), 4, "{spelling}");
    }
    let folders: Vec<_> =
        kabar.json(&["feeds", "--json"]).as_array().unwrap().iter().map(|feed| feed["folder"].clone()).collect();
    assert_eq!(folders.iter().filter(|folder| *folder == "Dunia").count(), 5);
}
