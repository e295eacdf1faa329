//! Articles as files: what other programs get to read, and what never happens to files that are there.

use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::Event;
use rbook::Epub;
use rbook::ebook::spine::PageDirection;

use crate::app::App;
use crate::cli_program::Kabar;
use crate::web::{Page, Web};

const LIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo/feeds.opml");

/// A feed whose items are title, language-marking text, and what else an item has.
fn with_items(items: &[(&str, &str, &str)]) -> (Kabar, Web) {
    let (kabar, web) = (Kabar::new(), Web::start());
    let items: String = (1..)
        .zip(items)
        .map(|(n, (title, text, more))| {
            format!(
                "<item><title>{title}</title><guid>g{n}</guid><link>https://a.example/{n}</link>{more}\
                 <pubDate>0{n} Nov 2024 10:00:00 GMT</pubDate><description><![CDATA[{text}]]></description></item>"
            )
        })
        .collect();
    let feed = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Kabar Contoh</title>{items}</channel></rss>"
    );
    web.serve("/rss", Page::feed(feed));
    kabar.import(&[web.url("/rss")]);
    kabar.ok(&["refresh"]);
    (kabar, web)
}

const ARABIC: &str = "<p>قال الرئيس إن المحادثات ستستمر الأسبوع المقبل في العاصمة.</p>";
const CHINESE: &str = "<p>总统表示，会谈将于下周在首都继续举行。<br>各方均受邀出席。</p>";

/// Every file of an archive, by name.
fn files(archive: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    (0..zip.len())
        .map(|n| {
            let mut file = zip.by_index(n).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

fn assert_well_formed(name: &str, xml: &str) {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_i32;
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}\n{xml}")) {
            Event::Start(tag) => {
                depth += 1;
                assert!(tag.attributes().all(|attribute| attribute.is_ok()), "{name}: {tag:?}");
            }
            Event::Empty(tag) => assert!(tag.attributes().all(|attribute| attribute.is_ok()), "{name}: {tag:?}"),
            Event::End(_) => depth -= 1,
            Event::GeneralRef(reference) => {
                let known = ["amp", "lt", "gt", "quot", "apos"];
                assert!(known.contains(&&*reference), "{name}: &{reference:?};");
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "{name} is not closed");
}

fn open(archive: &[u8]) -> Epub {
    // The type is found at its place without any knowledge of archives.
    assert_eq!(archive.get(30..38), Some(&b"mimetype"[..]));
    assert_eq!(archive.get(38..58), Some(&b"application/epub+zip"[..]));
    for (name, text) in files(archive) {
        if Path::new(&name).extension().is_some_and(|ending| ending == "xhtml" || ending == "opf" || ending == "xml") {
            assert_well_formed(&name, &text);
        }
    }
    Epub::options().strict(true).read(Cursor::new(archive.to_vec())).unwrap()
}

#[test]
fn a_library_in_all_its_languages_becomes_a_book_that_others_read() {
    let kabar = Kabar::new();
    kabar.ok(&["import", LIST]);
    kabar.ok(&["refresh"]);
    assert_eq!(kabar.ok(&["export", "--articles", "--format", "epub", "-o", "buku.epub"]), "");
    let archive = fs::read(kabar.path("buku.epub")).unwrap();
    let book = open(&archive);
    assert_eq!(book.metadata().title().unwrap().value(), "kabar");
    assert_eq!(book.spine().len(), 89, "the contents and 88 articles");
    assert_eq!(book.toc().contents().unwrap().len(), 88);
    let chapters: Vec<String> = files(&archive).into_iter().map(|(_, text)| text).collect();
    let of = |title: &str| chapters.iter().find(|text| text.contains(&format!("<title>{title}"))).unwrap().clone();
    assert!(of("بوتين: مستعدون لاستئناف").contains("lang=\"ar\" xml:lang=\"ar\" dir=\"rtl\">"));
    assert!(of("プーチン大統領").contains("lang=\"ja\" xml:lang=\"ja\" dir=\"ltr\">"));
    assert!(!chapters.iter().any(|text| text.contains("<img")), "a book may not fetch its pictures");
}

#[test]
fn a_book_of_one_article_says_what_is_known_of_it() {
    let more = "<author>a@a.example (ليلى)</author><category>سياسة &amp; اقتصاد</category>";
    let (kabar, _web) = with_items(&[("بوتين &amp; ترامب", ARABIC, more), ("普京与特朗普", CHINESE, "")]);
    let export = |query: &str| {
        kabar.ok(&["export", "--articles", "--query", query, "--format", "epub", "-o", "satu.epub"]);
        fs::read(kabar.path("satu.epub")).unwrap()
    };
    let book = open(&export("بوتين"));
    let metadata = book.metadata();
    assert_eq!(metadata.title().unwrap().value(), "بوتين & ترامب");
    assert_eq!(metadata.creators().map(|author| author.value().to_owned()).collect::<Vec<_>>(), ["ليلى"]);
    assert_eq!(metadata.tags().map(|tag| tag.value().to_owned()).collect::<Vec<_>>(), ["سياسة & اقتصاد"]);
    assert_eq!(metadata.publishers().next().unwrap().value(), "Kabar Contoh");
    assert_eq!(metadata.language().unwrap().value(), "ar");
    assert_eq!(book.spine().page_direction(), PageDirection::RightToLeft);
    let archive = export("普京");
    assert_eq!(open(&archive).spine().page_direction(), PageDirection::Default);
    assert!(files(&archive).iter().any(|(_, text)| text.contains("继续举行。<br/>各方均受邀出席。")));
}

#[test]
fn the_book_of_a_hostile_article_is_well_formed_and_acts_on_nothing() {
    let text = "<b><i>a</b></i><p>x &#27;[31m &bogus; & <table><td>y<li><ul><img src=x alt='\">'><a href='javascript:x'>z\
        <script>alert(1)</script><svg><style>]]&gt;</style></svg><p \"a'=b<c>\u{fffe}";
    let (kabar, _web) = with_items(&[("A &lt;b&gt; &amp;#27;[2J ]]&gt;", text, "")]);
    kabar.ok(&["export", "--articles", "--format", "epub", "-o", "buku.epub"]);
    let archive = fs::read(kabar.path("buku.epub")).unwrap();
    open(&archive);
    for (name, text) in files(&archive) {
        assert!(
            !text.contains('\u{1b}') && !text.contains("alert(1)") && !text.contains("javascript:"),
            "{name} {text}"
        );
    }
    for format in ["markdown", "text", "html", "jsonfeed", "ndjson"] {
        let ran = kabar.run(&["export", "--articles", "--format", format]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        ran.assert_harmless();
    }
}

/// The JSON of single articles says what the store has: scripts tell articles by it.
#[test]
fn documents_follow_nobody_neither_by_links_nor_by_pictures() {
    let text = format!(
        "{CHINESE}<p><a href=\"https://b.example/x?utm_source=rss\">来源</a><img src=\"https://pixel.wp.com/b.gif\" alt=x></p>"
    );
    let (kabar, web) = with_items(&[("普京", &text, "")]);
    let feed = "<rss version=\"2.0\"><channel><title>K</title><item><title>Satu</title><guid>z</guid>\
         <link>https://a.example/z?utm_medium=feed</link><description>Isi.</description></item></channel></rss>";
    web.serve("/z", Page::feed(feed));
    kabar.ok(&["add", &web.url("/z")]);
    for format in ["markdown", "text", "html"] {
        let page = kabar.ok(&["export", "--articles", "--format", format]);
        assert!(!page.contains("utm_") && !page.contains("pixel.wp.com"), "{format}: {page}");
        assert!(page.contains("https://b.example/x") && page.contains("https://a.example/z"), "{format}: {page}");
    }
    let json = kabar.ok(&["export", "--articles", "--format", "jsonfeed"]);
    assert!(!json.contains("utm_source") && !json.contains("pixel.wp.com"), "{json}");
    kabar.ok(&["export", "--articles", "--format", "epub", "-o", "buku.epub"]);
    let book = files(&fs::read(kabar.path("buku.epub")).unwrap());
    for (name, text) in book {
        assert!(!text.contains("utm_") && !text.contains("pixel.wp.com"), "{name}: {text}");
    }
}

#[test]
fn articles_are_written_with_what_is_known_of_them() {
    let more = "<author>a@a.example (ليلى)</author><category>سياسة</category>";
    let text = format!("{ARABIC}<p><a href=\"https://b.example/x\">المصدر</a></p>");
    let (kabar, _web) = with_items(&[("بوتين: نعم", &text, more), ("普京", CHINESE, "")]);
    let export = |format: &str| kabar.ok(&["export", "--articles", "--format", format]);
    let html = export("html");
    assert!(html.contains("<article lang=\"ar\" dir=\"rtl\">") && html.contains("#سياسة"), "{html}");
    let markdown = export("markdown");
    assert!(markdown.contains("<div dir=\"rtl\">\n\n# بوتين: نعم\n"), "{markdown}");
    assert!(markdown.contains("[المصدر][2-1]") && markdown.contains("[2-1]: <https://b.example/x>"), "{markdown}");
    let text = export("text");
    assert!(text.contains("Kabar Contoh · ليلى · 2024-11-01 10:00\nhttps://a.example/1\nar\n#سياسة\n"), "{text}");
    assert!(text.find("普京").unwrap() < text.find("بوتين").unwrap(), "the newest first");
    let rows: Vec<serde_json::Value> =
        export("ndjson").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows[1], kabar.json(&["show", "2", "--format", "json"]));
    let feed: serde_json::Value = serde_json::from_str(&export("jsonfeed")).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    let item = &feed["items"][1];
    assert_eq!((&item["authors"][0]["name"], &item["language"]), (&"ليلى".into(), &"ar".into()), "{item}");
    assert_eq!(item["_kabar"]["direction"], "rtl");
    let written = kabar.write("articles.json", export("jsonfeed"));
    let read_again = kabar.json(&["preview", written.to_str().unwrap(), "--format", "json"]);
    assert_eq!(read_again["items"].as_array().unwrap().len(), 2, "any reader of feeds can take it in");
}

#[test]
fn a_query_says_which_articles_how_many_and_in_which_order() {
    let kabar = Kabar::new();
    kabar.ok(&["import", LIST]);
    kabar.ok(&["refresh"]);
    let titles = |query: &str| -> Vec<String> {
        let out = kabar.ok(&["export", "--articles", "--format", "ndjson", "--query", query]);
        let title =
            |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["title"].as_str().unwrap().to_owned();
        out.lines().map(title).collect()
    };
    assert_eq!(titles("tag:Rusia-AS").len(), 4);
    assert_eq!(titles("putin limit:2"), kabar.titles(&["--query", "putin", "--limit", "2"]));
    let best = kabar.json(&["search", "putin", "--json"]);
    let best: Vec<&str> = best.as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap()).collect();
    assert_eq!(titles("putin sort:relevance"), best);
    let empty = kabar.ok(&["export", "--articles", "--query", "title:tidakada"]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&empty).unwrap()["items"], serde_json::json!([]));
}

#[test]
fn the_whole_text_is_exported_where_it_was_fetched() {
    let (kabar, web) = (Kabar::new(), Web::start());
    let paragraphs: String = (1..=6)
        .map(|n| {
            format!("<p>Paragraf ke-{n} menjelaskan bahwa pasar ikan di pelabuhan lama ditata ulang oleh kota.</p>")
        })
        .collect();
    web.serve(
        "/a",
        Page::new(format!("<html><body><article><h1>Pasar</h1>{paragraphs}</article></body></html>"))
            .header("Content-Type", "text/html"),
    );
    web.serve("/rss", Page::feed(format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>P</title><item><title>Pasar</title><guid>a</guid><link>{}</link><description>Cuplikan saja.</description></item></channel></rss>", web.url("/a"))));
    kabar.import(&[web.url("/rss")]);
    kabar.ok(&["refresh"]);
    kabar.ok(&["show", "1", "--full"]);
    let text = kabar.ok(&["export", "--articles", "--format", "text"]);
    assert!(text.contains("Paragraf ke-6"), "{text}");
}

#[test]
fn a_folder_gets_a_file_for_each_article_and_none_is_overwritten() {
    let titles = ["../../sama", "../../sama", "بوتين: نعم", "普京/特朗普", "CON"];
    let items: Vec<(&str, &str, &str)> = titles.iter().map(|title| (*title, CHINESE, "")).collect();
    let (kabar, _web) = with_items(&items);
    let names = || {
        let mut names: Vec<String> = fs::read_dir(kabar.path("arsip"))
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    kabar.write("arsip/sama.md", "milik saya");
    kabar.ok(&["export", "--articles", "--format", "markdown", "-o", "arsip/"]);
    let expected = ["_CON.md", "sama (2).md", "sama (3).md", "sama.md", "بوتين نعم.md", "普京 特朗普.md"];
    assert_eq!(names(), expected);
    assert_eq!(fs::read_to_string(kabar.path("arsip/sama.md")).unwrap(), "milik saya");
    let file = fs::read_to_string(kabar.path("arsip/普京 特朗普.md")).unwrap();
    assert!(file.starts_with("---\ntitle: \"普京/特朗普\"\nfeed: \"Kabar Contoh\"\ndate: \"2024-11-04T10:00:00Z\"\nlink: \"https://a.example/4\"\n"), "{file}");
    for format in ["text", "html", "epub", "jsonfeed"] {
        kabar.ok(&["export", "--articles", "--format", format, "-o", "arsip"]);
    }
    assert_eq!(names().len(), 6 + 4 * 5);
    open(&fs::read(kabar.path("arsip/_CON.epub")).unwrap());
}

#[test]
fn what_cannot_be_written_leaves_what_is_there() {
    let (kabar, _web) = with_items(&[("a", CHINESE, "")]);
    kabar.write("ada/baru.json", "{}");
    let path = kabar.path("ada/baru.json/x.json");
    assert!(kabar.fails(&["export", "--articles", "-o", path.to_str().unwrap()]).contains("baru.json"));
    for args in [
        &["export", "--articles", "--format", "opml"][..],
        &["export", "--format", "epub"],
        &["export", "--query", "a"],
        &["export", "--articles", "--format", "ndjson", "-o", "ada/"],
    ] {
        assert_eq!(kabar.run(args).code, Some(2), "{args:?}");
    }
    let list = kabar.ok(&["export"]);
    assert!(list.contains("<opml"), "{list}");
}

#[test]
fn where_an_article_was_saved_is_told_by_the_end_of_its_path() {
    for width in [40, 60, 80] {
        let mut app = App::demo((width, 20));
        app.press("S enter");
        let file = fs::read_dir(app.engine.saved_to()).unwrap().next().unwrap().unwrap();
        let name = file.file_name().into_string().unwrap();
        let (screen, ending) = (app.screen(), name.chars().skip(name.chars().count() - 8).collect::<String>());
        let line = screen.lines().last().unwrap();
        let is_whole = name.chars().count() + 2 > usize::from(width) || line.contains(&name);
        assert!(line.trim_end().ends_with(&ending) && is_whole, "{name}\n{screen}");
    }
}

#[test]
fn an_article_is_saved_from_the_interface_and_its_place_is_told() {
    let mut app = App::demo((100, 30));
    let folder = app.engine.saved_to();
    app.press("S");
    assert!(app.screen().contains("Simpan sebagai"), "{}", app.screen());
    app.press("enter");
    let names = || -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(&folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    assert_eq!(names().len(), 1);
    assert!(names()[0].contains(".md") && app.screen().contains("Disimpan: "), "{}", app.screen());
    app.press("v j v S").type_text("epub").press("enter");
    assert_eq!(names().iter().filter(|name| name.contains(".epub")).count(), 2, "{:?}", names());
    assert!(app.screen().contains("2 artikel disimpan"), "{}", app.screen());
    app.press("S enter");
    assert_eq!(names().len(), 4, "none was written over another: {:?}", names());
    app.press("S esc");
    assert_eq!(names().len(), 4);
}
