//! Documents that are made to exhaust their reader: each ends with a reason or with what is good in it, within a bounded
//! memory, and harms no other feed. What it costs in time is measured elsewhere; here every one ends by itself.

use std::io::Write as _;
use std::process::{Child, Stdio};
use std::time::Duration;

use async_compression::Level;
use async_compression::tokio::bufread::{BrotliEncoder, ZstdEncoder};
use tokio::io::AsyncReadExt as _;

use crate::cli_program::{Kabar, Ran, rss, wait};
use crate::web::{Page, Web};

/// No document takes more memory than this.
const MOST_MIB: u64 = 300;
/// Nor more of the processor's time: what a document may take, a text that was begun then, and what is printed.
const MOST_SECONDS: u64 = if cfg!(debug_assertions) { 25 } else { 6 };
const DEEP: usize = 100_000;

/// Waits for the program and watches the most memory that it ever had, and its processor time: how long it takes tells
/// how busy the machine is.
fn watched(child: Child) -> Ran {
    let status = format!("/proc/{}/status", child.id());
    let waiting = std::thread::spawn(move || wait(child));
    let stat = status.replace("status", "stat");
    let (mut peak, mut ticks) = (0, 0);
    while !waiting.is_finished() {
        // Only Linux says it, and only while the process lives.
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let kib = text.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        peak = peak.max(kib.unwrap_or(0_u64) / 1024);
        // `utime` and `stime` come after the name in brackets and eleven more fields, in hundredths of a second.
        let text = std::fs::read_to_string(&stat).unwrap_or_default();
        let fields = text.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
        ticks = ticks.max(fields.filter_map(|ticks| ticks.parse::<u64>().ok()).sum());
        std::thread::sleep(Duration::from_millis(2));
    }
    let ran = waiting.join().unwrap();
    assert!(peak <= MOST_MIB, "{peak} MiB {ran:?}");
    assert!(ticks / 100 <= MOST_SECONDS, "{ticks} hundredths of a second {ran:?}");
    ran
}

/// What `preview` makes of a document: its output, or the reason why there is none.
fn preview(document: impl AsRef<[u8]>) -> Result<String, String> {
    let kabar = Kabar::new();
    let file = kabar.write("feed", document);
    let ran = watched(kabar.start(&["preview", "--format", "json", file.to_str().unwrap()]));
    assert!(!ran.err.contains("takes too long"), "{}", ran.err);
    match ran.code {
        Some(0) => Ok(ran.out),
        Some(1) if ran.err.lines().count() == 1 => Err(ran.err),
        _ => panic!("{:?} {}", ran.code, ran.err),
    }
}

/// The other item of each document.
const NEIGHBOUR: &str = "<item><guid>n</guid><title>Tetangga</title><description>Teks tetangga</description></item>";

fn channel(inside: &str) -> String {
    format!(
        "<rss version=\"2.0\" xmlns:media=\"http://search.yahoo.com/mrss/\" xmlns:content=\"http://purl.org/rss/1.0/modules/\
         content/\" xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\"><channel><title>Umpan</title>{NEIGHBOUR}\
         {inside}{}</channel></rss>",
        NEIGHBOUR.replace("n<", "m<")
    )
}

fn nested(name: &str) -> String {
    let end = name.split(' ').next().unwrap();
    format!("{}x{}", format!("<{name}>").repeat(DEEP), format!("</{end}>").repeat(DEEP))
}

/// Both neighbours are there.
fn assert_neighbours(what: &str, previewed: Result<String, String>) {
    let out = previewed.unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(out.matches("\"Tetangga\"").count(), 2, "{what}");
}

#[test]
fn nesting_without_end_in_any_element_of_an_item_costs_that_element_only() {
    for name in [
        "description",
        "title",
        "link",
        "category",
        "author",
        "enclosure url='https://a.example/x.mp3'",
        "media:group",
        "media:content url='https://a.example/x.mp4'",
        "itunes:category text='x'",
        "content:encoded",
        "unknown",
    ] {
        assert_neighbours(name, preview(channel(&format!("<item><guid>1</guid>{}</item>", nested(name)))));
    }
}

#[test]
fn nesting_without_end_beside_the_items_costs_them_nothing() {
    for name in ["image", "itunes:category text='x'", "skipHours", "media:group"] {
        assert_neighbours(name, preview(channel(&nested(name))));
    }
    let many = format!("<rss><channel><title>Umpan</title>{}</channel></rss>", "<item><title>x</title>".repeat(DEEP));
    assert!(preview(many).unwrap().contains("\"Umpan\""));
    for root in ["rss", "feed", "entry", "channel"] {
        assert!(preview(nested(root)).is_ok(), "{root}");
    }
}

#[test]
fn nesting_without_end_in_atom_is_flattened() {
    let (head, tail) = ("<feed xmlns='http://www.w3.org/2005/Atom'><title>Umpan</title>", "</feed>");
    for (outer, inner) in [("content type='xhtml'", "div"), ("content type='xhtml'", "b"), ("source", "source")] {
        let end = outer.split(' ').next().unwrap();
        let neighbour = NEIGHBOUR.replace("item>", "entry>");
        let entry = format!("<entry><id>1</id><{outer}>{}</{end}></entry>", nested(inner));
        assert_neighbours(inner, preview(format!("{head}{neighbour}{entry}{neighbour}{tail}").replace("guid", "id")));
    }
}

#[test]
fn nesting_without_end_within_html_is_flattened() {
    for tags in
        ["<div>", "<b>", "<a href='x'>", "<table><tr><td>", "<ul><li>", "<svg>", "<select>", "<blockquote>", "<i><p>"]
    {
        let body = tags.repeat(DEEP / 3);
        let item = format!("<item><guid>1</guid><description><![CDATA[{body}x]]></description></item>");
        assert_neighbours(tags, preview(channel(&item)));
    }
}

#[test]
fn entities_that_grow_without_end_are_cut_off() {
    let grown = (1..12).map(|n| format!("<!ENTITY a{n} '{}'>", format!("&a{};", n - 1).repeat(10))).collect::<String>();
    let nested = format!("<!DOCTYPE rss [<!ENTITY a0 '{}'>{grown}]>", "x".repeat(1000));
    let wide = format!("<!DOCTYPE rss [<!ENTITY a11 '{}'>]>", "y".repeat(100_000));
    let many = (0..300_000).map(|n| format!("<!ENTITY e{n} 'x'>")).collect::<String>();
    let open = format!("<!DOCTYPE rss [{}]>", "<!ENTITY a '".repeat(300_000));
    let nameless = format!("<!DOCTYPE rss [{} x]>", "<!ENTITY".repeat(1_000_000));
    let item = format!("<item><guid>1</guid><description>{}</description></item>", "&a11;".repeat(50_000));
    for (what, declared) in [
        ("nested", nested),
        ("wide", wide),
        ("many", format!("<!DOCTYPE rss [{many}]>")),
        ("open", open),
        ("nameless", nameless),
    ] {
        let document = format!("<?xml version='1.0'?>{declared}{}", channel(&item));
        assert_neighbours(what, preview(document));
    }
}

#[test]
fn an_external_entity_is_never_read() {
    let kabar = Kabar::new();
    let secret = kabar.write("secret", "rahasia");
    let document = format!(
        "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file://{0}'><!ENTITY % y SYSTEM 'file://{0}'> %y;]>{1}",
        secret.display(),
        channel("<item><guid>1</guid><title>a &x; b</title></item>")
    );
    let out = preview(document).unwrap();
    assert!(!out.contains("rahasia") && out.contains("a &x; b"), "{out}");
}

#[test]
fn of_a_million_items_the_first_ten_thousand_are_kept() {
    let xml = format!("<rss><channel><title>Umpan</title>{}</channel></rss>", "<item><title>x".repeat(1_000_000));
    let kabar = Kabar::new();
    let file = kabar.write("feed", xml);
    let ran = watched(kabar.start(&["preview", file.to_str().unwrap()]));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.contains("990000 over the limit"), "{}", ran.err);
    let head = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Umpan\",\"items\":[";
    for item in ["{\"id\":\"1\"},", "[0],", "0,"] {
        let out = preview(format!("{head}{}{{}}]}}", item.repeat(1_000_000))).unwrap();
        assert!(out.matches("content_html").count() <= 10_000);
    }
}

#[test]
fn json_without_end_is_refused_or_mended() {
    for (text, expected) in [
        ("[".repeat(DEEP), "a JSON document"),
        ("{\"a\":".repeat(DEEP), "a JSON document"),
        (format!("{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":{}", "[".repeat(DEEP)), ""),
    ] {
        match preview(text) {
            Ok(out) => assert!(expected.is_empty() && out.contains("\"items\": []"), "{out}"),
            Err(error) => assert!(error.contains(expected), "{error}"),
        }
    }
    let deep = format!("{}{}", "[".repeat(DEEP), "]".repeat(DEEP));
    let feed = format!(
        "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"_x\":{deep},\"items\":[{{\"title\":\"Tetangga\",\"id\":\"n\"}},\
         {{\"id\":\"1\",\"_y\":{deep}}},{deep},{{\"title\":\"Tetangga\",\"id\":\"m\"}}]}}"
    );
    assert_neighbours("json", preview(feed));
}

#[test]
fn a_list_of_subscriptions_may_nest_without_end() {
    let kabar = Kabar::new();
    let deep = format!(
        "<opml><body>{}<outline xmlUrl='https://a.example/rss' text='x'/>{}<outline xmlUrl='https://b.example/rss'/></body></opml>",
        "<outline text='d'>".repeat(DEEP),
        "</outline>".repeat(DEEP)
    );
    let list = kabar.write("list.opml", deep);
    let ran = watched(kabar.start(&["import", list.to_str().unwrap()]));
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "2 feeds added\n"), "{}", ran.err);
}

#[test]
fn a_text_of_half_a_gigabyte_is_not_read_to_its_end() {
    let kabar = Kabar::new();
    let mut child = kabar.command(&["preview", "-"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let writing = std::thread::spawn(move || {
        let piece = "kata ".repeat(200_000);
        let head = b"<rss><channel><title>Umpan</title><item><description>".to_vec();
        std::iter::once(head)
            .chain((0..500).map(|_| piece.clone().into_bytes()))
            .all(|piece| input.write_all(&piece).is_ok())
    });
    let ran = watched(child);
    assert!(!writing.join().unwrap(), "it was read to the end");
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.starts_with("kabar: standard input: ") && ran.err.contains("longer than"), "{}", ran.err);
}

#[test]
fn a_text_as_long_as_the_limit_is_cut_and_its_neighbours_stay() {
    for element in ["title", "description", "guid", "link", "pubDate", "category", "author", "itunes:keywords"] {
        let text = "kata ".repeat(3_600_000);
        assert_neighbours(element, preview(channel(&format!("<item><{element}>{text}</{element}></item>"))));
    }
}

#[test]
fn a_text_in_millions_of_pieces_takes_no_more_memory_than_another() {
    for (what, inside) in [
        ("comments", format!("<description>{}</description>", "x<!>".repeat(4_000_000))),
        ("sections", format!("<description>{}</description>", "<![CDATA[x]]>".repeat(1_300_000))),
        ("elements", "x<b/>".repeat(3_500_000)),
        ("deep elements", format!("{}{}", "<x>".repeat(300), "x<b/>".repeat(3_500_000))),
    ] {
        assert_neighbours(what, preview(channel(&format!("<item><guid>1</guid>{inside}</item>"))));
    }
}

#[test]
fn what_is_no_text_is_refused_in_words() {
    let utf16: Vec<u8> = "<x>".bytes().chain(std::iter::repeat_n(b'a', 9 << 20)).flat_map(|b| [b, 0]).collect();
    for (bytes, expected) in [
        (vec![0; 50 << 20], ""),
        ((0..8 << 20).map(|n: u32| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect(), "a binary file"),
        (utf16, "not a feed"),
        ("<!DOCTYPE x>".repeat(1_000_000).into_bytes(), ""),
        ("<!--x-->".repeat(1_000_000).into_bytes(), ""),
    ] {
        let error = preview(bytes).unwrap_err();
        assert!(error.contains(expected), "{error}");
    }
}

/// `size` spaces, in other packings than gzip's.
async fn packed(coding: &str, size: usize) -> Page {
    let plain = vec![b' '; size];
    let mut bytes = Vec::new();
    match coding {
        "br" => BrotliEncoder::with_quality(&plain[..], Level::Fastest).read_to_end(&mut bytes).await.unwrap(),
        _ => ZstdEncoder::with_quality(&plain[..], Level::Fastest).read_to_end(&mut bytes).await.unwrap(),
    };
    assert!(bytes.len() < 200_000, "{coding}: {}", bytes.len());
    Page::feed(bytes).header("Content-Encoding", coding)
}

#[test]
fn bombs_and_floods_and_drips_from_the_web_harm_no_neighbour() {
    let (kabar, web) = (Kabar::new(), Web::start());
    kabar.write("config/config.toml", "[poll]\ntimeout = \"4s\"\n");
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let size = 128 << 20;
    let good = |n: u32| Page::feed(rss(&format!("Baik {n}"), &[("Tetangga", &format!("g{n}"), n)]));
    let many_elements = channel(&format!("<item><guid>1</guid>{}</item>", "<title>x</title>".repeat(300_000)));
    let pages = [
        ("/baik/1", good(1)),
        ("/gzip", Page::bomb(size)),
        ("/br", runtime.block_on(packed("br", size))),
        ("/zstd", runtime.block_on(packed("zstd", size))),
        ("/banjir", Page::endless("<item><title>x</title></item>".repeat(1000))),
        ("/tetes", Page::feed("<rss>".repeat(1000)).drip(Duration::from_millis(100))),
        ("/diam", Page::hang()),
        ("/dalam", Page::feed(channel(&nested("item")))),
        ("/unsur/1", Page::feed(many_elements.clone())),
        ("/unsur/2", Page::feed(many_elements.clone())),
        ("/unsur/3", Page::feed(many_elements)),
        ("/baik/2", good(2)),
    ];
    for (path, page) in &pages {
        web.serve(path, page.clone());
    }
    kabar.import(&pages.each_ref().map(|(path, _)| web.url(path)));
    let ran = watched(kabar.start(&["refresh", "--json"]));
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, &report["fetched"], &report["failed"]), (Some(0), &6.into(), &6.into()), "{report}");
    let reasons: Vec<(String, String)> = report["failures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|failure| {
            let url = failure["url"].as_str().unwrap();
            (url.rsplit('/').next().unwrap().to_owned(), failure["error"].to_string())
        })
        .collect();
    for (path, reason) in reasons {
        let expected = if matches!(path.as_str(), "tetes" | "diam") { "within 4 s" } else { "larger than the limit" };
        assert!(reason.contains(expected), "{path}: {reason}");
    }
    let good = kabar.titles(&["--feed", "Baik 1"]).len() + kabar.titles(&["--feed", "Baik 2"]).len();
    assert_eq!(good, 2);
}

#[test]
fn any_number_of_bodies_that_are_as_large_as_they_may_be_take_the_memory_of_a_few() {
    let (kabar, webs) = (Kabar::new(), [(); 4].map(|()| Web::start()));
    kabar.write("config/config.toml", "[poll]\ntimeout = \"2s\"\n");
    let large = Page::feed(vec![b' '; 19 << 20]).gzip().stall();
    let paths: Vec<String> = (0..6).map(|n| format!("/{n}")).collect();
    let mut urls = Vec::new();
    for web in &webs {
        for path in &paths {
            web.serve(path, large.clone());
        }
        web.serve("/baik", Page::feed(rss("Baik", &[("Tetangga", "g", 1)])));
        urls.extend(paths.iter().map(|path| web.url(path)));
        urls.push(web.url("/baik"));
    }
    kabar.import(&urls);
    let ran = watched(kabar.start(&["refresh", "--json"]));
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&report["fetched"], &report["failed"]), (&4.into(), &24.into()), "{report}");
    let reasons = report["failures"].as_array().unwrap().iter().map(|failure| failure["error"].to_string());
    // Those that wait for their turn are not timed meanwhile.
    reasons.for_each(|reason| assert!(reason.contains("within 2 s"), "{reason}"));
}
