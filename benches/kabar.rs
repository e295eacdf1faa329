//! How long kabar takes: `cargo bench`. Figures for people to compare; what must never get worse is counted in
//! `tests/it/costs.rs` instead.
//!
//! The large libraries are made on first use, kept in Cargo's folder for such files and taken up again by the next run.
//! The one of a million articles takes minutes and more than a gigabyte: it is measured only where `KABAR_BENCH_LARGE` is set.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot be made ends")]

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use divan::{Bencher, black_box};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use kabar::config::{Bindings, Config, Theme};
use kabar::content::article::{Source, Words, render};
use kabar::engine::{Engine, PollRequest};
use kabar::i18n::Language;
use kabar::model::entry::{Draft, RowKey};
use kabar::model::feed::{FeedFacts, Subscription};
use kabar::model::ledger::Dropped;
use kabar::model::query::Query;
use kabar::model::schedule::{Next, Why};
use kabar::platform::clock;
use kabar::platform::paths::Paths;
use kabar::store::{FetchRecord, Ingest, Item, Mark, NewFeed, Span, Store};
use kabar::tui::model::Model;
use kabar::tui::msg::{Effect, Msg};
use kabar::tui::{update, view};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;
use tokio::runtime::Runtime;

const NOW: &str = "2024-11-09T12:00:00Z";
const FEEDS: usize = 200;
const BATCH: usize = 1000;
const WIDTH: u16 = 200;
const HEIGHT: u16 = 50;
/// What the interface asks for at once.
const PAGE: u32 = 400;
const PARAGRAPH: &str = "<p>Presiden Rusia Vladimir Putin menyatakan siap melanjutkan <em>kontak</em> dengan \
     <a href=\"https://a.example/trump\">Donald Trump</a>, kata Kremlin di Moskow, Jumat (8/11/2024), sehari setelah \
     hasil pemilihan presiden diumumkan.</p>\n";

fn main() {
    divan::main();
}

fn paths(folder: &Path) -> Paths {
    let at = |name: &str| folder.join(name);
    Paths { config: at("config"), data: at("data"), cache: at("cache"), state: at("state") }
}

fn sizes() -> Vec<usize> {
    let is_large = std::env::var_os("KABAR_BENCH_LARGE").is_some();
    if is_large { vec![100_000, 1_000_000] } else { vec![100_000] }
}

/// A library of this many articles, some of them read, starred and tagged.
fn library(runtime: &Runtime, size: usize) -> Engine {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("library-{size}"));
    let open = || Engine::open(&paths(&folder), Config::default()).unwrap();
    let engine = open();
    if runtime.block_on(engine.count(Query::everything())).unwrap() == size as u64 {
        return engine;
    }
    drop(engine);
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::create_dir_all(paths(&folder).data).unwrap();
    runtime.block_on(fill(&Store::open(&paths(&folder).store()).unwrap(), size));
    open()
}

async fn fill(store: &Store, size: usize) {
    let feeds = (0..FEEDS).map(|n| NewFeed {
        url: format!("https://{n}.example/feed"),
        subscription: Subscription { folder: Some(format!("Folder {}", n % 8)), ..Subscription::default() },
        title: format!("Umpan {n}"),
    });
    let feeds = store.subscribe(feeds.collect()).await.unwrap();
    let end: Timestamp = NOW.parse().unwrap();
    for batch in 0..size / BATCH {
        let next = Next { at: end, earliest: end, why: Why::Gone };
        let record = FetchRecord::new(feeds[batch % FEEDS].0, end, next);
        // The batches interleave in time, as the articles of feeds do.
        let items =
            (0..BATCH).map(|n| item(batch * BATCH + n, end - SignedDuration::from_secs((n * 3600 + batch) as i64)));
        let ingest =
            Ingest { record, facts: FeedFacts::default(), items: items.collect(), dropped: Dropped::default() };
        let new = store.ingest(ingest).await.unwrap().new;
        let (read, starred) = (new.iter().step_by(2).copied(), new.iter().step_by(100).copied());
        store.mark(read.collect(), Mark::Read, clock::now()).await.unwrap();
        store.mark(starred.collect(), Mark::Starred, clock::now()).await.unwrap();
    }
}

fn item(number: usize, published: Timestamp) -> Item {
    let tags = ["Politik", "Ekonomi", "Olahraga", "Rusia-AS"];
    let every = [2, 3, 5, 500];
    let draft = Draft {
        guid: Some(format!("urn:{number}")),
        // Every tenth article is that of the feed before, too.
        url: Some(format!(
            "https://a.example/{}",
            number - if number.is_multiple_of(10) && number / BATCH % 2 == 1 { BATCH } else { 0 }
        )),
        title: format!("Putin siap jalin kontak kembali dengan Trump, kata Kremlin ({number})"),
        published: Some(published),
        content: Some(PARAGRAPH.repeat(3)),
        categories: tags
            .iter()
            .zip(every)
            .filter(|(_, every)| number.is_multiple_of(*every))
            .map(|(tag, _)| (*tag).to_owned())
            .collect(),
        ..Draft::default()
    };
    Item::new(draft, "Presiden Rusia Vladimir Putin menyatakan siap melanjutkan kontak dengan Donald Trump.".to_owned())
}

/// One feed of a thousand new articles, from its file to the commit.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn ingest_a_thousand_articles(bencher: Bencher<'_, '_>) {
    let runtime = Runtime::new().unwrap();
    let mut feed = String::from("<rss version=\"2.0\"><channel><title>Banyak</title>");
    for n in 0..1000 {
        write!(
            feed,
            "<item><guid>{n}</guid><title>Judul {n}</title><link>https://a.example/{n}</link><category>Politik</category>\
             <description><![CDATA[{}]]></description></item>",
            PARAGRAPH.repeat(6)
        )
        .unwrap();
    }
    feed.push_str("</channel></rss>");
    let prepared = || {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("feed.xml"), &feed).unwrap();
        let engine = Engine::open(&paths(folder.path()), Config::default()).unwrap();
        runtime
            .block_on(engine.import(
                "list",
                &format!("file://{}\n", folder.path().join("feed.xml").display()),
                None,
                kabar::engine::Commands::Refused,
            ))
            .unwrap();
        (engine, folder)
    };
    bencher.with_inputs(prepared).bench_local_refs(|(engine, _folder)| {
        let report = runtime.block_on(engine.poll(PollRequest { all: true, only: None })).unwrap();
        assert_eq!(report.new_articles, 1000);
    });
}

/// A page of an article as publishers write it: links, images, classes, a list, a frame, references.
const BODY: &str = "<p class=\"lead\">Presiden Rusia Vladimir Putin menyatakan siap melanjutkan <em>kontak</em> dengan \
     <a href=\"https://a.example/trump?ref=rss&amp;id=1\" target=\"_blank\" rel=\"noopener\">Donald Trump</a>, kata \
     Kremlin&nbsp;di Moskow, Jumat (8/11/2024) &#8211; sehari setelah hasil pemilihan presiden diumumkan.</p>\n\
     <figure><img src=\"/foto/putin.jpg\" alt=\"Putin &amp; Trump\" width=\"800\" height=\"450\" loading=\"lazy\" \
     srcset=\"/a.jpg 1x, /b.jpg 2x\"><figcaption>Foto: Antara</figcaption></figure>\n<ul><li>Satu</li><li>Dua</li></ul>\n\
     <div style=\"margin:0\" data-x=\"1\"><script>ads()</script><blockquote>“Kami siap”, katanya.<br/>Ia tersenyum.\
     </blockquote></div><iframe src=\"https://www.youtube.com/embed/x\"></iframe>\n";

/// Feeds of ten megabytes: how bodies are written, and how many times a body fills an item.
const SHAPES: [(&str, usize); 7] = [
    ("RSS, escaped", 5),
    ("RSS, CDATA", 5),
    ("Atom, xhtml", 5),
    ("JSON Feed", 5),
    ("RSS, short items", 0),
    ("RSS, long items", 800),
    ("RSS, broken HTML", 5),
];

fn feed_of_ten_megabytes(shape: &str, times: usize) -> String {
    let body = BODY.repeat(times);
    let escaped = body.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let xhtml = body.replace("&nbsp;", "&#160;").replace("2x\">", "2x\"/>");
    let broken = body.replace("</li>", "").replace("</em>", "</b>").replace("</figure>", "<table>x<td>");
    let (head, tail) = match shape {
        "Atom, xhtml" => ("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Besar</title>", "</feed>"),
        "JSON Feed" => ("{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Besar\",\"items\":[", "{}]}"),
        _ => ("<rss version=\"2.0\"><channel><title>Besar</title><link>https://a.example/</link>", "</channel></rss>"),
    };
    let mut feed = String::from(head);
    for n in 0..10_000 {
        if feed.len() > 10_000_000 {
            break;
        }
        let rss = |text: &str| {
            format!(
                "<item><title>Putin siap jalin kontak kembali ({n})</title><link>https://a.example/{n}</link><guid>{n}</guid>\
                 <pubDate>Fri, 08 Nov 2024 12:41:00 +0700</pubDate><category>Politik</category><category>Rusia</category>\
                 <description>{text}</description></item>\n"
            )
        };
        feed.push_str(&match shape {
            "RSS, CDATA" | "RSS, long items" => rss(&format!("<![CDATA[{body}]]>")),
            "RSS, broken HTML" => rss(&format!("<![CDATA[{broken}]]>")),
            "RSS, short items" => rss(&"Kremlin menyatakan siap melanjutkan kontak dengan Washington. ".repeat(12)),
            "Atom, xhtml" => format!(
                "<entry><id>urn:{n}</id><title>Putin siap ({n})</title><link href=\"https://a.example/{n}\"/>\
                 <published>2024-11-08T12:41:00+07:00</published><content type=\"xhtml\"><div \
                 xmlns=\"http://www.w3.org/1999/xhtml\">{xhtml}</div></content></entry>\n"
            ),
            "JSON Feed" => format!(
                "{{\"id\":\"{n}\",\"url\":\"https://a.example/{n}\",\"title\":\"Putin siap ({n})\",\"date_published\":\
                 \"2024-11-08T12:41:00+07:00\",\"tags\":[\"Politik\"],\"content_html\":{}}},\n",
                serde_json::Value::from(body.as_str())
            ),
            _ => rss(&escaped),
        });
    }
    feed + tail
}

/// From the bytes of a feed to drafts, sanitising included.
#[divan::bench(args = SHAPES.map(|(shape, _)| shape), sample_count = 10, sample_size = 1)]
fn parse_ten_megabytes(bencher: Bencher<'_, '_>, shape: &str) {
    let (_, times) = SHAPES.into_iter().find(|(known, _)| *known == shape).unwrap();
    let feed = feed_of_ten_megabytes(shape, times);
    if let Some(folder) = std::env::var_os("KABAR_BENCH_FEEDS") {
        std::fs::write(PathBuf::from(folder).join(shape.replace(", ", "-")), &feed).unwrap();
    }
    let base = url::Url::parse("https://a.example/rss").unwrap();
    bencher.counter(divan::counter::BytesCount::of_str(&feed)).bench_local(|| {
        let parsed = kabar::content::parse::parse(black_box(feed.as_bytes()), None, &base).unwrap();
        assert!(parsed.entries.len() > 10);
        parsed
    });
}

const QUERIES: [&str; 6] = ["", "unread", "tag:politik", "tag:rusia-as unread", "feed:7", "folder:\"Folder 3\""];

/// The first page of a list, as it is opened.
#[divan::bench(args = cases(), sample_count = 50)]
fn open_a_list(bencher: Bencher<'_, '_>, case: &Case) {
    let runtime = Runtime::new().unwrap();
    let engine = library(&runtime, case.size);
    let query = Query::parse(case.query).unwrap();
    bencher.bench_local(|| {
        let window = runtime.block_on(engine.articles(query.clone(), Span::Top, PAGE)).unwrap();
        assert!(!window.rows.is_empty());
        window
    });
}

/// The page around the middle of the library, as when its end is scrolled away from.
#[divan::bench(args = sizes(), sample_count = 50)]
fn page_deep_in_a_list(bencher: Bencher<'_, '_>, size: usize) {
    let runtime = Runtime::new().unwrap();
    let engine = library(&runtime, size);
    let at = NOW.parse::<Timestamp>().unwrap().as_second() - 500 * 3600;
    let middle = Span::After(RowKey { at, id: kabar::model::entry::EntryId(0) });
    bencher.bench_local(|| runtime.block_on(engine.articles(Query::everything(), middle, PAGE)).unwrap());
}

struct Case {
    size: usize,
    query: &'static str,
}

impl std::fmt::Display for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {}", if self.query.is_empty() { "everything" } else { self.query }, self.size)
    }
}

fn cases() -> Vec<Case> {
    sizes().into_iter().flat_map(|size| QUERIES.map(|query| Case { size, query })).collect()
}

/// The interface on the smaller library, its list and first article loaded.
struct Interface {
    model: Model,
    bindings: Bindings,
    terminal: Terminal<TestBackend>,
}

impl Interface {
    fn open() -> Self {
        let runtime = Runtime::new().unwrap();
        let engine = library(&runtime, 100_000);
        let config = Config::default();
        let now = NOW.parse().unwrap();
        let mut model = Model::new(&config, Language::Indonesian, Theme::dark(), now, TimeZone::UTC);
        model.size = Size::new(WIDTH, HEIGHT);
        let mut effects = VecDeque::from(update::start(&mut model));
        while let Some(effect) = effects.pop_front() {
            if let Some(msg) = runtime.block_on(answer(&engine, effect)) {
                effects.extend(update::update(&mut model, &config.bindings, msg));
            }
        }
        assert!(model.list.is_loaded && model.reader.current().is_some());
        let terminal = Terminal::new(TestBackend::new(WIDTH, HEIGHT)).unwrap();
        Self { model, bindings: config.bindings, terminal }
    }

    fn draw(&mut self) {
        let Self { model, bindings, terminal } = self;
        terminal.draw(|frame| view::draw(model, bindings, frame)).unwrap();
    }
}

async fn answer(engine: &Engine, effect: Effect) -> Option<Msg> {
    Some(match effect {
        Effect::List { ticket, query, span, keep } => {
            let window = engine.articles(query, span, PAGE).await.unwrap();
            Msg::Listed { ticket, span, keep, result: Ok(window), places: Vec::new() }
        }
        Effect::Count { ticket, query } => {
            let (count, listed) = engine.count_listed(query).await.unwrap();
            Msg::Counted { ticket, count, listed }
        }
        Effect::LoadFeeds => {
            let feeds = engine.feeds().await.unwrap();
            Msg::Feeds(feeds, engine.overlaps().await.unwrap(), engine.gaps().await.unwrap())
        }
        Effect::LoadArticle { id, width, image_word } => {
            let found = engine.article(id, width, image_word).await.unwrap();
            Msg::Article { id, width, found: found.map(|(entry, article)| (entry, article.into())) }
        }
        _ => return None,
    })
}

/// A frame of 200×50, from the model to the cells that differ from the last one.
#[divan::bench]
fn frame(bencher: Bencher<'_, '_>) {
    let mut interface = Interface::open();
    bencher.bench_local(|| interface.draw());
}

/// Down and up again in the list: two keys, two frames.
#[divan::bench]
fn two_keys_to_two_frames(bencher: Bencher<'_, '_>) {
    let mut interface = Interface::open();
    bencher.bench_local(|| {
        for code in [KeyCode::Down, KeyCode::Up] {
            let key = Msg::Terminal(Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
            black_box(update::update(&mut interface.model, &interface.bindings, key));
            interface.draw();
        }
    });
}

/// Articles of 200 kB, each of another kind.
const ARTICLES: [(&str, &str); 5] = [
    ("news", PARAGRAPH),
    (
        "Chinese",
        "<p>俄罗斯总统普京表示，愿意恢复与特朗普的接触。“我们准备好了”，他在索契举行的会议上说（现场报道）。</p>",
    ),
    ("Arabic", "<p>أعلن الرئيس الروسي استعداده لاستئناف الاتصالات مع Donald Trump بعد الانتخابات الأمريكية.</p>"),
    ("code", "<pre><code>fn main() {\n    println!(\"halo, dunia\"); // selesai\n}\n</code></pre>"),
    (
        "tables",
        "<table><tr><th>Kota</th><th>Penduduk</th><th>Luas</th></tr><tr><td>Jakarta</td><td>10.562.088</td><td>661,5</td></tr></table>",
    ),
];

/// A width that the article has not been set at yet.
#[divan::bench(args = ARTICLES.map(|(name, _)| name), sample_count = 50)]
fn render_a_long_article(bencher: Bencher<'_, '_>, name: &str) {
    let piece = ARTICLES.iter().find(|(known, _)| *known == name).unwrap().1;
    let html = piece.repeat(200_000 / piece.len() + 1);
    let source = Source::read(&html, &Words { image: "gambar" });
    bencher.bench_local(|| black_box(&source).set(80));
}

/// From HTML to lines, as for an article that is opened.
#[divan::bench(args = ARTICLES.map(|(name, _)| name), sample_count = 50)]
fn open_a_long_article(bencher: Bencher<'_, '_>, name: &str) {
    let piece = ARTICLES.iter().find(|(known, _)| *known == name).unwrap().1;
    let html = piece.repeat(200_000 / piece.len() + 1);
    bencher.bench_local(|| render(black_box(&html), 80, &Words { image: "gambar" }));
}
