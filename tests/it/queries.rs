//! What a query finds, against a plain reading of its meaning over all articles.

use jiff::Zoned;
use kabar::content::{language, text};
use kabar::engine::Engine;
use kabar::model::entry::{Entry, EntryId, Headline};
use kabar::model::feed::Feed;
use kabar::model::query::{Part, Query, State, Text, Time, Within};
use kabar::model::tag::fold;
use kabar::model::terms::found::Sought;
use kabar::model::terms::stem::Stems;
use kabar::model::terms::{self, Form, Zone};
use kabar::model::view::NewView;
use kabar::store::{Mark, Span};

use crate::app::App;
use crate::cli_program::{Kabar, database, rss};

const QUERIES: &[&str] = &[
    "",
    "unread",
    "is:read",
    "starred",
    "-starred",
    "unread starred",
    "unread OR starred",
    "-(unread OR starred)",
    "tag:Rusia-AS",
    "tag:rusia-as",
    "tag:\"#Rusia – AS\"",
    "-tag:rusia-as",
    "tag:rusia-as tag:ukraina",
    "tag:rusia-as OR tag:ukraina",
    "tag:rusia-as -tag:ukraina",
    "tag:rusia-as tag:rusia-as",
    "tag:tidak-ada",
    "-tag:tidak-ada",
    "tag:tidak-ada OR tag:rusia-as",
    "tag:internasional unread",
    "tag:internasional is:read",
    "tag:internasional starred",
    "tag:climate OR tag:iklim OR tag:cop29",
    "(tag:climate OR tag:iklim) -tag:cop29",
    "-(tag:climate tag:cop29)",
    "tag:simpan",
    "tag:simpan -starred",
    "tag:hardware",
    "feed:1",
    "feed:2 OR feed:3",
    "feed:1 feed:2",
    "-feed:1",
    "feed:999",
    "feed:khatulistiwa",
    "feed:\"meridian wire\"",
    "feed:潮路",
    "feed:مرفأ",
    "feed:Полярный",
    "feed:полярный",
    "feed:.xml",
    "feed:khatulistiwa unread",
    "folder:Indonesia",
    "folder:Dunia",
    "folder:Indo",
    "folder:indonesia",
    "-folder:Dunia",
    "folder:Dunia tag:rusia-as",
    "folder:Indonesia OR folder:Ekonomi",
    "folder:Dunia unread -tag:cop29",
    "lang:id",
    "lang:en",
    "lang:ja OR lang:ru",
    "-lang:id",
    "title:putin",
    "title:PUTIN",
    "title:КЛИМАТ",
    "title:\"rusia dan\"",
    "-title:a",
    "author:ratna",
    "author:leila OR author:kenji",
    "-author:a",
    "url:meridianwire",
    "putin",
    "putin trump",
    "putin OR rupiah",
    "-putin",
    "\"presiden terpilih\"",
    "strong",
    "首相",
    "newer:2024-11-09",
    "older:2024-11-08 unread",
    "tag:rusia-as newer:2024-11-08 older:2024-11-09",
    "put*",
    "title:put* unread",
    "title:(putin OR trump)",
    "\"rusia dan\" OR rupiah",
    "putin -trump",
    "putin -trump unread",
    "-(putin OR trump)",
    "putin OR starred",
    "(putin OR trump) tag:rusia-as -starred",
    "body:presiden",
    "body:\"presiden terpilih\" -title:putin",
    "author:ratna putin",
    "ПУТИН OR путина",
    "ترامب OR اقتصاد",
    "~\"put(in|ra)\"",
    "title:~\"^p\"",
    "body:~\"\\bkata\\b\" OR title:~\"n$\"",
    "url:~\"/20[0-9]+/\"",
    "words:>80",
    "words:20..60 unread",
    "has:enclosure",
    "has:audio OR has:image",
    "-has:image",
    "has:fulltext",
    "has:note",
    "has:revision",
    "is:new",
    "is:muted",
    "-is:muted putin",
    "topic:tiada",
    "#rusia-as saved",
    "intitle:putin",
    "putin sort:relevance",
    "\"trump putin\"~5",
    "\"putin rusia\"~2 unread",
    "title:\"rusia putin\"~1 OR starred",
    "-\"presiden terpilih\"~9",
    "has:tag",
    "-has:tag",
    "#rusia-as,#climate",
    "putin – trump",
    "putin: trump",
    "title:/^p/i -title:/^P/",
    "date:2024-11-08",
    "pubdate:2024-11/ unread",
    "newer:2024-11-08T12:00 older:2024-11-09T06:30",
    "is:unstarred",
    "feed:1,2",
    "feed:/khatul|meridian/i unread",
    "-feed:~\"^潮\" putin",
    "feed:~tiada",
    "lang:id-ID",
    "date:2024-11-08T12",
    "folder:DUNIA",
    "e:3",
    "e:1,5,9 -e:5",
    "putin OR e:4",
    "l:*",
    "syncedafter:1h",
    "syncedbefore:1h",
    "-syncedafter:1d unread",
    "mdate:P1D",
    "-mdate:P1D starred",
    "mdate:/2020",
    "userdate:P1D",
    "-userdate:P1D unread",
    "userdate:/2020",
    "search:Air",
    "search:air unread",
    "S:2 OR starred",
    "-search:'dua kata'",
    "search:\"Dua Kata\" -trump",
];

/// Saved views that queries name.
pub const VIEWS: &[(&str, &str)] = &[
    ("Air", "banjir OR putin OR title:flood"),
    ("Belum", "search:air unread sort:relevance limit:2"),
    ("Dua Kata", "-search:Belum tag:rusia-as"),
];

pub async fn save_views(engine: &Engine) {
    for (name, query) in VIEWS {
        let query = Query::parse(query).unwrap();
        engine.save_view(None, NewView { name: (*name).to_owned(), query, key: None }).await.unwrap();
    }
}

/// What the store tells of one article, one by one.
pub struct Row {
    pub entry: Entry,
    pub tags: Vec<String>,
    pub feed: Feed,
    pub language: String,
    /// Of the body.
    pub words: u64,
    /// When it was changed last.
    pub edited: Option<jiff::Timestamp>,
    /// When the user marked it last.
    pub marked: Option<jiff::Timestamp>,
    /// Another feed had it before.
    pub is_later_copy: bool,
}

/// Whether an article is what a query asks for; `ask` tells what its words look for.
pub fn matches(query: &Query, row: &Row, now: &Zoned, ask: &dyn Fn(Query) -> Sought) -> bool {
    let headline = &row.entry.headline;
    let holds = |text: Option<&str>, word: &str| text.unwrap_or_default().to_lowercase().contains(&word.to_lowercase());
    match query {
        Query::And(parts) => parts.iter().all(|part| matches(part, row, now, ask)),
        Query::Or(parts) => parts.iter().any(|part| matches(part, row, now, ask)),
        Query::Not(inner) => !matches(inner, row, now, ask),
        Query::Tag(name) => row.tags.iter().any(|tag| fold(tag) == fold(name)),
        Query::Feed(name) => match name.parse::<i64>() {
            Ok(id) => row.feed.id.0 == id,
            Err(_) => {
                let home = row.feed.facts.home.as_deref();
                holds(Some(row.feed.name()), name) || holds(Some(&row.feed.url), name) || holds(home, name)
            }
        },
        Query::FeedLike(pattern) => {
            let regex = kabar::model::query::regex(pattern).unwrap();
            let home = row.feed.facts.home.as_deref().unwrap_or_default();
            [row.feed.name(), &row.feed.url, home].iter().any(|text| regex.is_match(text))
        }
        Query::Folder(name) => {
            let folder = row.feed.subscription.folder.as_deref().unwrap_or_default().to_lowercase();
            let name = name.to_lowercase();
            folder == name || folder.strip_prefix(&name).is_some_and(|rest| rest.starts_with('/'))
        }
        Query::Language(code) => headline.language.as_deref() == Some(code),
        Query::Text(Within::Url, Text::Phrase(part)) => holds(headline.url.as_deref(), part),
        Query::Text(Within::Url, Text::Regex(pattern)) => {
            kabar::model::query::regex(pattern).unwrap().is_match(headline.url.as_deref().unwrap_or_default())
        }
        Query::Text(within, sought) => says(*within, sought, row, ask),
        Query::Words(least, most) => (u64::from(*least)..=u64::from(*most)).contains(&row.words),
        Query::Has(Part::Enclosure) => !row.entry.enclosures.is_empty(),
        Query::Has(Part::Audio) => has_media(row, "audio/"),
        Query::Has(Part::Video) => has_media(row, "video/"),
        Query::Has(Part::Image) => row.entry.image.is_some() || row.entry.html.contains("<img "),
        Query::Has(Part::Fulltext) => row.entry.is_whole,
        Query::Has(Part::Tag) => !row.tags.is_empty(),
        Query::Has(Part::Note) | Query::Topic(_) | Query::Story(_) => false,
        Query::Has(Part::Revision) => headline.edited,
        Query::Is(State::New) => {
            !headline.read && headline.received >= now.timestamp() - jiff::SignedDuration::from_hours(24)
        }
        Query::Is(State::Dup) => row.is_later_copy,
        Query::Is(State::Muted) => row.feed.subscription.muted || headline.muted,
        Query::Sort(_) | Query::Limit(_) => true,
        Query::Is(State::Unread) => !headline.read,
        Query::Is(State::Read) => headline.read,
        Query::Is(State::Starred) => headline.starred,
        Query::From(Time::Arrived, when) => headline.received >= when.moment(now),
        Query::Until(Time::Arrived, when) => headline.received < when.moment(now),
        Query::From(Time::Edited, when) => row.edited.is_some_and(|edited| edited >= when.moment(now)),
        Query::Until(Time::Edited, when) => row.edited.is_some_and(|edited| edited < when.moment(now)),
        Query::From(Time::Marked, when) => row.marked.is_some_and(|marked| marked >= when.moment(now)),
        Query::Until(Time::Marked, when) => row.marked.is_some_and(|marked| marked < when.moment(now)),
        Query::View(named) if named.name == "2" => matches(&Query::parse(VIEWS[1].1).unwrap(), row, now, ask),
        Query::View(named) => {
            let is_meant = |(name, _): &&(&str, &str)| name.to_lowercase() == named.name.to_lowercase();
            let (_, query) = VIEWS.iter().find(is_meant).unwrap();
            matches(&Query::parse(query).unwrap(), row, now, ask)
        }
        Query::Entry(id) => headline.id.0 == *id,
        Query::Newer(when) => headline.at >= when.moment(now),
        Query::Older(when) => headline.at < when.moment(now),
    }
}

/// Looks at the article's words one by one, as the highlights do.
fn says(within: Within, sought: &Text, row: &Row, ask: &dyn Fn(Query) -> Sought) -> bool {
    let headline = &row.entry.headline;
    let author = headline.author.as_deref().unwrap_or_default();
    let visible = visible(&row.entry.html);
    let places = [(Within::Title, headline.title.as_str()), (Within::Author, author), (Within::Body, visible.as_str())];
    // What has no letter in it is looked for to the letter.
    if let Text::Word(text) | Text::Prefix(text) | Text::Phrase(text) | Text::Near(text, _) = sought
        && !text.chars().any(char::is_alphanumeric)
    {
        let mut within_these = places.iter().filter(|(place, _)| within == Within::All || within == *place);
        return within_these.any(|(_, said)| said.to_lowercase().contains(&text.to_lowercase()));
    }
    let code = &row.language;
    let (found, mut stems) = (ask(Query::Text(within, sought.clone())), Stems::default());
    places.into_iter().filter(|(place, _)| within == Within::All || within == *place).any(|(place, text)| {
        !found.places(text, place, if place == Within::Author { "" } else { code }, &mut stems).is_empty()
    })
}

fn has_media(row: &Row, kind: &str) -> bool {
    row.entry.enclosures.iter().any(|file| file.mime_type.as_deref().unwrap_or_default().starts_with(kind))
}

fn visible(html: &str) -> String {
    let tags = regex::Regex::new("<[^>]*>").unwrap();
    let text = tags.replace_all(html, " ");
    text.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// The demo with some articles read, starred and tagged.
fn library() -> App {
    let app = App::demo((80, 24));
    let ids: Vec<EntryId> = all(&app);
    let every = |step: usize| ids.iter().copied().step_by(step).collect::<Vec<_>>();
    app.block_on(app.engine.index(std::time::Duration::from_secs(60))).unwrap();
    app.block_on(app.engine.mark(every(3), Mark::Read)).unwrap();
    app.block_on(app.engine.mark(every(7), Mark::Starred)).unwrap();
    app.block_on(app.engine.edit_tag(every(5), "Simpan".to_owned(), true)).unwrap();
    app.block_on(save_views(&app.engine));
    app
}

fn all(app: &App) -> Vec<EntryId> {
    let rows = app.block_on(app.engine.headlines(Query::everything(), Span::Top, 1000)).unwrap().rows;
    rows.iter().map(|row| row.id).collect()
}

fn rows(app: &App) -> Vec<Row> {
    app.block_on(rows_of(&app.engine, all(app)))
}

/// These articles as the store tells of them.
pub async fn rows_of(engine: &Engine, ids: Vec<EntryId>) -> Vec<Row> {
    let feeds = engine.feeds().await.unwrap();
    let database = database(&engine.paths().data.join("kabar.db"));
    let marked = |id: EntryId| -> Option<i64> {
        database.query_row("SELECT marked FROM state WHERE id = ?1", [id.0], |row| row.get(0)).unwrap()
    };
    let mut rows = Vec::new();
    for id in ids {
        let entry = engine.entry(id).await.unwrap().unwrap();
        let tags = engine.entry_tags(id).await.unwrap().into_iter().map(|(name, _)| name).collect();
        let feed = feeds.iter().find(|feed| feed.id == entry.headline.feed).unwrap().clone();
        let (title, body) = (&entry.headline.title, text::plain(&entry.html));
        let language = language::of(entry.headline.language.as_deref(), &format!("{title} {body}")).unwrap_or_default();
        let read = terms::read(&terms::Text { title, body: &body, language: &language }, 9999, &mut Stems::default());
        let body = || read.words.iter().filter(|word| word.zone != Zone::Title);
        let pairs = body().filter(|word| word.form == Form::Pair).count();
        let words = (body().count() - pairs + pairs.div_ceil(2)) as u64;
        let edited = engine.revisions(id).await.unwrap().into_iter().skip(1).last().map(|last| last.version.seen);
        let marked = marked(id).map(|second| jiff::Timestamp::from_second(second).unwrap());
        rows.push(Row { entry, tags, feed, language, words, edited, marked, is_later_copy: false });
    }
    rows
}

#[test]
fn a_query_finds_what_it_says() {
    let app = library();
    let rows = rows(&app);
    let now = Zoned::now();
    let ask = |query: Query| app.block_on(app.engine.sought(query)).unwrap();
    let mut telling = 0;
    for text in QUERIES {
        let query = Query::parse(text).unwrap();
        let expected: Vec<EntryId> =
            rows.iter().filter(|row| matches(&query, row, &now, &ask)).map(|row| row.entry.headline.id).collect();
        let found = app.block_on(app.engine.headlines(query.clone(), Span::Top, 1000));
        let found = found.unwrap_or_else(|error| panic!("`{text}`: {error}")).rows;
        let found: Vec<EntryId> = found.iter().map(|row| row.id).collect();
        assert_eq!(found, expected, "`{text}`");
        assert_eq!(app.block_on(app.engine.count(query)).unwrap(), expected.len() as u64, "`{text}`");
        telling += usize::from(!expected.is_empty() && expected.len() < rows.len());
    }
    assert!(telling > 70, "only {telling} of the queries tell articles apart");
}

/// Queries put together at random from those above, always the same ones.
#[test]
fn what_is_put_together_finds_what_its_parts_say() {
    let app = library();
    let rows = rows(&app);
    let now = Zoned::now();
    let ask = |query: Query| app.block_on(app.engine.sought(query)).unwrap();
    let mut dice = 20_241_109_u64;
    let mut roll = |sides: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) as usize % sides
    };
    let mut parts: Vec<String> = QUERIES
        .iter()
        .filter(|text| !text.is_empty() && !text.contains("sort:"))
        .map(|text| format!("({text})"))
        .collect();
    for _ in 0..150 {
        let (a, b) = (parts[roll(parts.len())].clone(), parts[roll(parts.len())].clone());
        let text = ["{a} {b}", "{a} OR {b}", "-{a} {b}", "{a} -({b})", "-({a} OR {b})"][roll(5)];
        let text = text.replace("{a}", &a).replace("{b}", &b);
        let query = Query::parse(&text).unwrap();
        let expected: Vec<EntryId> =
            rows.iter().filter(|row| matches(&query, row, &now, &ask)).map(|row| row.entry.headline.id).collect();
        let found = app.block_on(app.engine.headlines(query.clone(), Span::Top, 1000));
        let found = found.unwrap_or_else(|error| panic!("`{text}`: {error}")).rows;
        assert_eq!(found.iter().map(|row| row.id).collect::<Vec<_>>(), expected, "`{text}`");
        if text.len() < 120 {
            parts.push(format!("({text})"));
        }
    }
}

#[test]
fn windows_of_a_list_join_without_a_gap() {
    let app = library();
    let keys = |rows: &[Headline]| rows.iter().map(Headline::key).collect::<Vec<_>>();
    for text in QUERIES {
        let query = Query::parse(text).unwrap();
        let window = |span, limit| {
            let window = app.block_on(app.engine.headlines(query.clone(), span, limit));
            window.unwrap_or_else(|error| panic!("`{text}`: {error}"))
        };
        let whole = keys(&window(Span::Top, 1000).rows);
        let (mut down, mut up) = (Vec::new(), Vec::new());
        let mut next = window(Span::Top, 7);
        loop {
            down.extend(keys(&next.rows));
            let Some(last) = down.last().filter(|_| !next.is_last) else { break };
            next = window(Span::After(*last), 7);
        }
        let mut next = window(Span::Bottom, 7);
        loop {
            up.splice(0..0, keys(&next.rows));
            let Some(first) = up.first().filter(|_| !next.is_last) else { break };
            next = window(Span::Before(*first), 7);
        }
        assert_eq!((&down, &up), (&whole, &whole), "`{text}`");
        if let Some(middle) = whole.get(whole.len() / 2) {
            assert_eq!(keys(&window(Span::From(*middle), 1000).rows), whole[whole.len() / 2..], "`{text}`");
        }
    }
}

#[test]
fn a_file_is_heard_or_seen_by_its_name_where_its_type_says_nothing() {
    let kabar = Kabar::new();
    let file = |n: u32, url: &str, kind: &str| {
        format!(
            "<item><title>{n}</title><guid>{n}</guid><pubDate>{n:02} Nov 2024 10:00:00 GMT</pubDate>\
             <enclosure url=\"https://a.example/{url}\" type=\"{kind}\" length=\"9\"/></item>"
        )
    };
    let items = [
        file(1, "a.mp3", "audio/mpeg"),
        file(2, "b.mp3?x=1", "application/octet-stream"),
        file(3, "c", "Audio/OGG; codecs=opus"),
        file(4, "v/abc?version=3", "application/x-shockwave-flash"),
        file(5, "d.mp4", "binary/octet-stream"),
        file(6, "e.mp4", "application/pdf"),
        file(7, "f.jpg", "image/jpeg"),
    ];
    let path = kabar.write("f.xml", rss("Berkas", &[]).replace("</channel>", &format!("{}</channel>", items.concat())));
    kabar.ok(&["add", path.to_str().unwrap()]);
    assert_eq!(kabar.titles(&["--query", "has:audio"]), ["3", "2", "1"]);
    assert_eq!(kabar.titles(&["--query", "has:video"]), ["5", "4"]);
    assert_eq!(kabar.titles(&["--query", "has:enclosure -has:audio -has:video"]), ["7", "6"]);
}

#[test]
fn a_language_that_nobody_declares_is_told_from_the_text() {
    let kabar = Kabar::new();
    let items = [
        ("Presiden mengatakan pemerintah akan membantu warga yang terkena banjir", "1", 1),
        ("Президент заявил, что правительство поможет пострадавшим", "2", 2),
        ("大統領は政府が被災者を支援すると述べた", "3", 3),
    ];
    let path = kabar.write("f.xml", rss("Dunia", &items).replace("<language>id</language>", ""));
    kabar.ok(&["add", path.to_str().unwrap()]);
    let listed = |query: &str| kabar.titles(&["--query", query]);
    assert_eq!(listed("lang:id"), [items[0].0]);
    assert_eq!(listed("lang:ru"), [items[1].0]);
    assert_eq!(listed("-lang:id -lang:ru"), [items[2].0]);
    assert_eq!(kabar.json(&["list", "--json"])[0]["language"], "ja");
}

#[test]
fn what_the_user_marks_is_found_by_when_and_what_a_rule_marks_is_not() {
    let kabar = Kabar::new();
    kabar.ok(&["rules", "add", "Tiga", "title:tiga", "--read"]);
    let path = kabar.write("f.xml", rss("Dunia", &[("Satu", "1", 1), ("Dua", "2", 2), ("Tiga", "3", 3)]));
    kabar.ok(&["add", path.to_str().unwrap()]);
    kabar.ok(&["mark", "star", "--query", "title:dua"]);
    assert_eq!(kabar.titles(&["--query", "is:read"]), ["Tiga"]);
    assert_eq!(kabar.titles(&["--query", "userdate:P1D"]), ["Dua"]);
    assert_eq!(kabar.titles(&["--query", "-userdate:P1D"]), ["Tiga", "Satu"]);
    kabar.database().execute("UPDATE state SET marked = marked - 86400 * 3 WHERE marked IS NOT NULL", []).unwrap();
    assert_eq!(kabar.titles(&["--query", "userdate:P1D"]), [""; 0]);
    assert_eq!(kabar.titles(&["--query", "userdate:P7D/ userdate:<1d"]), ["Dua"]);
}

#[test]
fn what_is_played_within_a_text_is_heard_or_seen_too() {
    let kabar = Kabar::new();
    let item = |n: u32, html: &str| {
        format!(
            "<item><title>{n}</title><guid>{n}</guid><pubDate>{n:02} Nov 2024 10:00:00 GMT</pubDate>\
             <description><![CDATA[Teks {html}]]></description></item>"
        )
    };
    let items = [
        item(1, "<video controls><source src=\"/v.mp4\"></video>"),
        item(2, "<iframe src=\"https://www.youtube.com/embed/x?y=1\"></iframe>"),
        item(3, "<audio src=\"https://b.example/a.mp3?z\"></audio>"),
        item(4, "<iframe src=\"https://open.spotify.com/embed/episode/x\"></iframe>"),
        item(5, "<a href=\"https://www.youtube.com/@kanal\">kanal kami</a>"),
        item(6, "<iframe src=\"https://notyoutube.com/embed/x\"></iframe> <img src=\"/v.mp4.jpg\">"),
    ];
    let path = kabar.write("f.xml", rss("Putar", &[]).replace("</channel>", &format!("{}</channel>", items.concat())));
    kabar.ok(&["add", path.to_str().unwrap()]);
    assert_eq!(kabar.titles(&["--query", "has:video"]), ["2", "1"]);
    assert_eq!(kabar.titles(&["--query", "has:audio"]), ["4", "3"]);
    assert_eq!(kabar.titles(&["--query", "-has:audio -has:video"]), ["6", "5"]);
}

#[test]
fn letters_are_the_same_in_every_form_of_unicode() {
    let kabar = Kabar::new();
    let document =
        rss("Cafe\u{301} E\u{301}clair", &[("E\u{301}lection a\u{300} Gene\u{300}ve", "1", 2), ("Élu", "2", 1)]);
    let mut parts = document.split("<description>");
    let (head, one, two) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
    let document = format!(
        "{head}<category>E\u{301}lections</category><category>ＡＩ</category><description>{one}\
         <category>élections</category><category>AI</category><description>{two}"
    );
    let path = kabar.write("f.xml", document);
    kabar.ok(&["add", path.to_str().unwrap()]);
    for (query, found) in
        [("tag:Élections", 2), ("tag:ai", 2), ("feed:café", 2), ("feed:~\"^café é\"", 2), ("title:~\"^élection\"", 1)]
    {
        assert_eq!(kabar.titles(&["--query", query]).len(), found, "{query}");
    }
    assert_eq!(kabar.json(&["tags", "--json"]).as_array().unwrap().len(), 2);
}

#[test]
fn a_list_is_put_in_the_order_that_its_query_names() {
    let kabar = Kabar::new();
    let one = rss("Zebra", &[("beta", "1", 3), ("Alfa", "2", 1)]);
    let two = rss("antara", &[("Écho", "3", 2), ("delta", "4", 4)]);
    for (name, document) in [("one.xml", one), ("two.xml", two)] {
        kabar.ok(&["add", kabar.write(name, document).to_str().unwrap()]);
    }
    let newest = kabar.titles(&[]);
    let oldest: Vec<String> = newest.iter().rev().cloned().collect();
    for (order, titles) in [
        ("<date", newest.clone()),
        (">date", oldest.clone()),
        ("title", ["Alfa", "beta", "delta", "Écho"].map(str::to_owned).to_vec()),
        (">title", ["Écho", "delta", "beta", "Alfa"].map(str::to_owned).to_vec()),
        ("feed title", ["delta", "Écho", "Alfa", "beta"].map(str::to_owned).to_vec()),
        (">feed <title", ["Alfa", "beta", "delta", "Écho"].map(str::to_owned).to_vec()),
        ("author >title", ["Écho", "delta", "beta", "Alfa"].map(str::to_owned).to_vec()),
    ] {
        let query = format!("sort:\"{order}\"");
        assert_eq!(kabar.titles(&["--query", &query]), titles, "{query}");
        assert_eq!(kabar.titles(&["--query", &query, "--limit", "2"]), titles[..2], "{query}");
        assert_eq!(kabar.titles(&["--query", &query, "--sort", "date"]), newest, "{query}");
    }
    kabar.ok(&["mark", "read", "--query", "sort:>date limit:1"]);
    assert_eq!(kabar.titles(&["--query", "is:read"]), oldest[..1]);
}

#[test]
fn the_interface_lists_the_oldest_first_where_a_query_says_so() {
    let mut app = App::with_feed((80, 24), &crate::app::feed("Banyak", 5));
    let ids = |app: &App| app.model.list.rows.iter().map(|row| row.id).collect::<Vec<_>>();
    let newest = ids(&app);
    app.press("F").type_text("sort:>date").press("enter");
    assert_eq!(ids(&app), newest.iter().rev().copied().collect::<Vec<_>>(), "{}", app.screen());
    app.press("\\");
    assert_eq!(ids(&app), newest, "{}", app.screen());
}
