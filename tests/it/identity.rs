//! Feeds that change over time: guids, hosts, addresses, titles and dates. What was read stays read, what is new is new.

use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp};
use kabar::config::Config;
use kabar::engine::{Engine, PollRequest};
use kabar::model::entry::EntryId;
use kabar::model::feed::{FeedId, Subscription};
use kabar::model::query::Query;
use kabar::store::{Mark, Span};
use tokio::runtime::Runtime;

use crate::app::paths;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    Rss,
    RssWithoutGuids,
    Atom,
    Rdf,
    Json,
}

const DIALECTS: [Dialect; 5] = [Dialect::Rss, Dialect::RssWithoutGuids, Dialect::Atom, Dialect::Rdf, Dialect::Json];

/// One article as its feed has it at some moment.
#[derive(Debug, Clone)]
struct Article {
    guid: String,
    link: String,
    title: String,
    date: Timestamp,
    text: String,
}

fn start() -> Timestamp {
    "2024-11-01T07:13:00Z".parse().unwrap()
}

/// The nth article of a paper, as first published.
fn article(n: usize) -> Article {
    let subject = ["Prakiraan cuaca", "Harga pangan", "Langsung: sidang", "Hasil liga"][n % 4];
    Article {
        guid: format!("https://www.lama.id/?p={n}"),
        link: format!("http://www.lama.id/berita/2024/11/{n}/{}", subject.to_lowercase().replace([' ', ':'], "-")),
        // Titles come again every few days.
        title: format!("{subject} {}", n % 12),
        date: start() + SignedDuration::from_mins(97 * n as i64),
        text: format!("<p>Isi berita {n} tentang {subject} di hari itu.</p>"),
    }
}

fn document(dialect: Dialect, articles: &[Article]) -> String {
    let mut text = String::new();
    for Article { guid, link, title, date, text: body } in articles.iter().rev() {
        let (guid, link) = (guid.replace('&', "&amp;"), link.replace('&', "&amp;"));
        let escaped = body.replace('<', "&lt;");
        let item = match dialect {
            Dialect::Rss | Dialect::RssWithoutGuids => {
                let guid = if dialect == Dialect::Rss {
                    format!("<guid isPermaLink=\"false\">{guid}</guid>")
                } else {
                    String::new()
                };
                let date = date.strftime("%a, %d %b %Y %H:%M:%S GMT");
                format!(
                    "<item><title>{title}</title><link>{link}</link>{guid}<pubDate>{date}</pubDate><description>{escaped}</description></item>"
                )
            }
            Dialect::Atom => format!(
                "<entry><id>{guid}</id><title>{title}</title><link href=\"{link}\"/><published>{date}</published><updated>{date}</updated><content type=\"html\">{escaped}</content></entry>"
            ),
            Dialect::Rdf => format!(
                "<item rdf:about=\"{guid}\"><title>{title}</title><link>{link}</link><dc:date>{date}</dc:date><description>{escaped}</description></item>"
            ),
            Dialect::Json => {
                let (guid, link) = (guid.replace("&amp;", "&"), link.replace("&amp;", "&"));
                let comma = if text.is_empty() { "" } else { "," };
                format!(
                    "{comma}{{\"id\":\"{guid}\",\"url\":\"{link}\",\"title\":\"{title}\",\"date_published\":\"{date}\",\"content_html\":\"{body}\"}}"
                )
            }
        };
        text.push_str(&item);
    }
    match dialect {
        Dialect::Rss | Dialect::RssWithoutGuids => {
            format!("<rss version=\"2.0\"><channel><title>Koran</title>{text}</channel></rss>")
        }
        Dialect::Atom => format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Koran</title>{text}</feed>"),
        Dialect::Rdf => format!(
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel rdf:about=\"x\"><title>Koran</title></channel>{text}</rdf:RDF>"
        ),
        Dialect::Json => {
            format!("{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Koran\",\"items\":[{text}]}}")
        }
    }
}

/// A store with one feed.
struct World {
    runtime: Runtime,
    engine: Engine,
    feed: FeedId,
    folder: tempfile::TempDir,
    dialect: Dialect,
}

impl World {
    fn new(dialect: Dialect, articles: &[Article]) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let engine = Engine::open(&paths(folder.path()), Config::default()).unwrap();
        let path = folder.path().join("lama.xml");
        std::fs::write(&path, document(dialect, articles)).unwrap();
        let added = runtime.block_on(engine.add(&path.to_string_lossy(), Subscription::default())).unwrap();
        Self { runtime, engine, feed: added.feed, folder, dialect }
    }

    fn ids(&self, query: &str) -> Vec<EntryId> {
        let query = Query::parse(query).unwrap();
        let rows = self.runtime.block_on(self.engine.headlines(query, Span::Top, 1000)).unwrap().rows;
        rows.into_iter().map(|row| row.id).collect()
    }

    /// The feed has these articles from now on, at another address if so said. Returns how many were new.
    fn publish(&self, articles: &[Article], at: &str) -> usize {
        let path = self.folder.path().join(at);
        std::fs::write(&path, document(self.dialect, articles)).unwrap();
        if at != "lama.xml" {
            let url = path.to_string_lossy().into_owned();
            self.runtime.block_on(self.engine.edit_feed(self.feed, Some(&url), Subscription::default())).unwrap();
        }
        let request = PollRequest { all: true, only: None };
        let report = self.runtime.block_on(self.engine.poll(request)).unwrap();
        assert!(report.failures.is_empty(), "{report:?}");
        report.new_articles
    }
}

/// What a publisher does to an article that was there before, by the article's number.
type Change = fn(usize, &mut Article);

const CHANGES: [(&str, Change); 14] = [
    ("nothing", |_, _| {}),
    ("guids", |n, article| article.guid = format!("tag:lama.id,2024:{n}")),
    ("https", |_, article| https(article)),
    ("host", |_, article| host(article)),
    ("guids and host", |n, article| {
        host(article);
        article.guid = format!("urn:koran:{n}");
    }),
    ("guids, host and https", |n, article| {
        host(article);
        https(article);
        article.guid = format!("urn:koran:{n}");
    }),
    ("tracking", |n, article| write!(article.link, "?utm_source=rss&utm_campaign={n}&fbclid=x{n}").unwrap()),
    ("slashes", |_, article| article.link.push('/')),
    ("slashes and guids", |_, article| {
        article.link.push('/');
        article.guid = article.link.clone();
    }),
    ("dates", |n, article| article.date += SignedDuration::from_hours(if n.is_multiple_of(5) { 49 } else { 0 })),
    ("titles", |n, article| retitle(n, article)),
    ("titles and guids", |n, article| {
        retitle(n, article);
        article.guid = format!("tag:lama.id,2024:{n}");
    }),
    ("titles, guids and host", |n, article| {
        host(article);
        retitle(n, article);
        article.guid = format!("tag:baru.example,2024:{n}");
    }),
    ("guids and slugs", |n, article| {
        article.guid = format!("tag:lama.id,2024:{n}");
        article.link = format!("https://www.lama.id/a{n}-baru");
    }),
];

fn https(article: &mut Article) {
    article.link = article.link.replace("http://", "https://");
}

fn host(article: &mut Article) {
    article.link = article.link.replace("www.lama.id", "berita.baru.example");
    article.guid = article.guid.replace("www.lama.id", "berita.baru.example");
}

/// One title in ten is edited.
fn retitle(n: usize, article: &mut Article) {
    if n.is_multiple_of(10) {
        article.title.push_str(" (diperbarui)");
    }
}

#[test]
fn a_feed_that_changes_keeps_what_was_read_and_what_is_new_is_new() {
    const BEFORE: usize = 40;
    const GONE: usize = 6;
    const NEW: usize = 7;
    let (mut expected, mut kept, mut faults) = (0, 0, Vec::new());
    for dialect in DIALECTS {
        for (what, change) in CHANGES {
            let before: Vec<Article> = (0..BEFORE).map(article).collect();
            let world = World::new(dialect, &before);
            let read: Vec<EntryId> = world.ids("").into_iter().step_by(2).collect();
            world.runtime.block_on(world.engine.mark(read.clone(), Mark::Read)).unwrap();
            let after: Vec<Article> = (GONE..BEFORE + NEW)
                .map(|n| {
                    let mut article = article(n);
                    change(n, &mut article);
                    article
                })
                .collect();
            let at = if what.contains("host") { "baru.xml" } else { "lama.xml" };
            let new = world.publish(&after, at);
            expected += BEFORE - GONE;
            kept += (BEFORE - GONE).saturating_sub(new.saturating_sub(NEW));
            let (still_read, all) = (world.ids("is:read"), world.ids("").len());
            if new != NEW || still_read.len() != read.len() || all != BEFORE + NEW {
                faults.push(format!("{dialect:?}, {what}: {new} new, {} read, {all} in all", still_read.len()));
            }
            // And again, as it is now: everything is known by its new names.
            assert_eq!(world.publish(&after, at), 0, "{dialect:?}, {what}");
        }
    }
    let share = kept as f64 / expected as f64;
    assert!(share >= 0.99, "{share}: {faults:#?}");
    assert!(faults.is_empty(), "{kept} of {expected} known: {faults:#?}");
}

/// Makes the nth issue of something that comes again and again.
type History = (&'static str, fn(&dyn Fn(usize, &str, &str) -> Article, usize) -> Article);

/// Articles that come again under the same title or address: each of them is one of its own.
#[test]
fn articles_that_look_alike_are_not_one() {
    let day = |n: usize| start() + SignedDuration::from_hours(24 * n as i64);
    let recurring = |n: usize, title: &str, link: &str| Article {
        guid: format!("{title}-{n}"),
        link: link.to_owned(),
        title: title.to_owned(),
        date: day(n),
        text: format!("<p>{title} hari ke-{n}.</p>"),
    };
    let histories: [History; 5] = [
        ("a forecast on one page", |make, n| make(n, "Prakiraan cuaca", "https://koran.id/cuaca")),
        ("a live page with a number", |make, n| make(n, "Langsung: banjir", "https://koran.id/langsung/2024")),
        ("a column", |make, n| make(n, "Kolom Senin", &format!("https://koran.id/kolom/senin/{n}"))),
        ("a status page", |make, n| make(n, "Gangguan layanan", "https://status.koran.id/")),
        ("a feed of a front page", |make, n| make(n, &format!("Edisi {n}"), "https://koran.id/")),
    ];
    for dialect in DIALECTS {
        for (what, history) in histories {
            // An address of one's own is what an item without a guid goes by; what RDF has for one is an address too.
            if matches!(dialect, Dialect::RssWithoutGuids | Dialect::Rdf) && what.contains("live page") {
                continue;
            }
            for window in [1, 3] {
                let issue = |n: usize| history(&recurring, n);
                let world = World::new(dialect, &(0..window).map(issue).collect::<Vec<_>>());
                for n in 1..6 {
                    let articles: Vec<Article> = (n..n + window).map(issue).collect();
                    assert_eq!(world.publish(&articles, "lama.xml"), 1, "{dialect:?}, {what}, {window} at a time, {n}");
                }
            }
        }
    }
}

#[test]
fn an_address_that_was_unsubscribed_can_be_moved_to() {
    let articles: Vec<Article> = (0..5).map(article).collect();
    let world = World::new(Dialect::Rss, &articles);
    let other = world.folder.path().join("baru.xml");
    std::fs::write(&other, document(Dialect::Rss, &articles)).unwrap();
    let other = other.to_string_lossy().into_owned();
    let added = world.runtime.block_on(world.engine.add(&other, Subscription::default())).unwrap();
    let taken = world.runtime.block_on(world.engine.edit_feed(world.feed, Some(&other), Subscription::default()));
    assert!(taken.unwrap_err().to_string().ends_with(&format!("is feed {} already", added.feed)));
    world.runtime.block_on(world.engine.remove(added.feed)).unwrap();
    assert_eq!(world.publish(&articles, "baru.xml"), 0);
    assert_eq!(world.ids("").len(), 5);
    assert_eq!(world.runtime.block_on(world.engine.check_store()).unwrap(), [""; 0]);
}

#[test]
fn a_feed_that_is_subscribed_to_again_has_its_articles_again_as_they_were() {
    let articles: Vec<Article> = (0..6).map(article).collect();
    let world = World::new(Dialect::Rss, &articles);
    let (engine, ids) = (&world.engine, world.ids(""));
    let mark = |id: EntryId, mark| world.runtime.block_on(engine.mark(vec![id], mark)).unwrap();
    mark(ids[0], Mark::Read);
    mark(ids[1], Mark::Starred);
    for id in [ids[1], ids[3]] {
        world.runtime.block_on(engine.edit_tag(vec![id], "Arsip".to_owned(), true)).unwrap();
    }
    world.runtime.block_on(engine.remove(world.feed)).unwrap();
    assert_eq!((world.ids(""), world.ids("tag:arsip")), (vec![ids[1]], vec![ids[1]]));
    let path = world.folder.path().join("lama.xml");
    std::fs::write(&path, document(Dialect::Rss, &articles.iter().skip(1).cloned().collect::<Vec<_>>())).unwrap();
    let subscription = Subscription { tags: vec!["koran".to_owned()], ..Subscription::default() };
    let added = world.runtime.block_on(engine.add(&path.to_string_lossy(), subscription)).unwrap();
    assert_eq!(added.feed, world.feed);
    // What the publisher no longer has is gone.
    assert_eq!(world.ids(""), ids.split_last().unwrap().1);
    assert_eq!((world.ids("is:read"), world.ids("is:starred")), (vec![ids[0]], vec![ids[1]]));
    assert_eq!(world.ids("tag:koran").len(), 5);
    assert_eq!(world.ids("tag:arsip"), [ids[1], ids[3]]);
    let entry = world.runtime.block_on(engine.entry(ids[2])).unwrap().unwrap();
    assert!(entry.html.contains("Isi berita 3"));
    let feed = world.runtime.block_on(engine.feeds()).unwrap().remove(0);
    assert_eq!((feed.articles, feed.unread, feed.starred), (5, 4, 1));
    assert_eq!(world.runtime.block_on(engine.check_store()).unwrap(), [""; 0]);
    assert_eq!(world.publish(&articles, "lama.xml"), 0);
    assert_eq!(world.ids(""), ids);
    // What was read in another feed meanwhile is read here, too.
    let other = world.folder.path().join("lain.xml");
    std::fs::write(&other, document(Dialect::Rss, &articles)).unwrap();
    world.runtime.block_on(engine.add(&other.to_string_lossy(), Subscription::default())).unwrap();
    world.runtime.block_on(engine.remove(world.feed)).unwrap();
    world.runtime.block_on(engine.mark(world.ids(""), Mark::Read)).unwrap();
    world.runtime.block_on(engine.add(&path.to_string_lossy(), Subscription::default())).unwrap();
    assert_eq!((world.ids("is:read").len(), world.ids("is:unread").len()), (12, 0));
    assert_eq!(world.runtime.block_on(engine.check_store()).unwrap(), [""; 0]);
}

#[test]
fn articles_that_share_a_guid_are_all_there_and_known_when_they_come_again() {
    for dialect in [Dialect::Rss, Dialect::Atom, Dialect::Json] {
        let issue = |n: usize| Article { guid: "https://koran.id/".to_owned(), ..article(n) };
        let world = World::new(dialect, &(0..5).map(issue).collect::<Vec<_>>());
        assert_eq!(world.ids("").len(), 5, "{dialect:?}");
        assert_eq!(world.publish(&(1..7).map(issue).collect::<Vec<_>>(), "lama.xml"), 2, "{dialect:?}");
        assert_eq!(world.publish(&(6..7).map(issue).collect::<Vec<_>>(), "lama.xml"), 0, "{dialect:?}");
        assert_eq!(world.ids("").len(), 7, "{dialect:?}");
    }
}
